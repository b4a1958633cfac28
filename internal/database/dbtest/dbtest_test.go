package dbtest_test

import (
	"testing"

	"danvan/internal/database"
	"danvan/internal/database/dbtest"
)

func TestEachTestHasADatabaseOfItsOwn(t *testing.T) {
	t.Parallel()
	one, other := dbtest.New(t), dbtest.New(t)
	const name = `select current_database()::text`
	a, err := database.Value[string](t.Context(), one, name, nil)
	if err != nil {
		t.Fatal(err)
	}
	b, err := database.Value[string](t.Context(), other, name, nil)
	if err != nil {
		t.Fatal(err)
	}
	if a == b {
		t.Errorf("two tests share %s", a)
	}
}

func BenchmarkClone(b *testing.B) {
	for b.Loop() {
		dbtest.New(b)
	}
}
