package database_test

import (
	"errors"
	"testing"

	"github.com/jackc/pgx/v5"

	"danvan/internal/database"
	"danvan/internal/database/dbtest"
	"danvan/internal/fault"
)

type numbered struct {
	No   int
	Name string
}

func TestOneFindsTheOnlyRowOrNothing(t *testing.T) {
	t.Parallel()
	tx := dbtest.Tx(t)
	const query = `
		select no, name
		from (values (1, 'một'), (2, 'hai')) as t (no, name)
		where no between @from and @to`
	got, err := database.One[numbered](t.Context(), tx, query, database.Args{"from": 2, "to": 2})
	if want := (numbered{2, "hai"}); err != nil || got != want {
		t.Errorf("got %v, %v, want %v", got, err, want)
	}
	if _, err := database.One[numbered](t.Context(), tx, query, database.Args{"from": 3, "to": 3}); !errors.Is(err, fault.NotFound) {
		t.Errorf("no row: got %v, want %v", err, fault.NotFound)
	}
	if _, err := database.One[numbered](t.Context(), tx, query, database.Args{"from": 1, "to": 2}); err == nil || errors.Is(err, fault.NotFound) {
		t.Errorf("two rows: got %v, want an error that is not NotFound", err)
	}
	all, err := database.All[numbered](t.Context(), tx, query+" order by no", database.Args{"from": 1, "to": 2})
	if err != nil || len(all) != 2 || all[1].Name != "hai" {
		t.Errorf("all: got %v, %v", all, err)
	}
}

func TestForgottenArgumentIsAnError(t *testing.T) {
	t.Parallel()
	tx := dbtest.Tx(t)
	for _, wrong := range []database.Args{nil, {"none": 1}, {"no": 1, "none": 1}} {
		for range 2 { // also when the query is known
			if _, err := database.Value[int](t.Context(), tx, `select @no::int`, wrong); err == nil {
				t.Errorf("%v was accepted", wrong)
			}
			if n, err := database.Value[int](t.Context(), tx, `select @no::int`, database.Args{"no": 7}); err != nil || n != 7 {
				t.Errorf("got %d, %v, want 7", n, err)
			}
		}
	}
	if _, err := database.Value[int](t.Context(), tx, `select 1`, database.Args{"no": 1}); err == nil {
		t.Error("an argument nobody uses was accepted")
	}
}

func TestArgumentsKeepTheirPlacesWhateverTheirOrder(t *testing.T) {
	t.Parallel()
	tx := dbtest.Tx(t)
	const query = `select @z::text || @a::text || @z::text || '@b' || @m::text`
	for i := range 5 {
		z, a, m := string(rune('p'+i)), string(rune('f'+i)), string(rune('k'+i))
		got, err := database.Value[string](t.Context(), tx, query, database.Args{"a": a, "m": m, "z": z})
		if want := z + a + z + "@b" + m; err != nil || got != want {
			t.Errorf("got %q, %v, want %q", got, err, want)
		}
	}
}

func TestChangeTouchesExactlyOneRowOrIsAConflict(t *testing.T) {
	t.Parallel()
	tx := dbtest.Tx(t)
	if _, err := tx.Exec(t.Context(), `insert into audit_head (subject, seq, prev, hash) values ('a', 1, '', ''), ('b', 1, '', '')`); err != nil {
		t.Fatal(err)
	}
	const guarded = `
		update audit_head
		set seq = seq + 1
		where subject = any (@subjects)
		and seq = @seq`
	tests := []struct {
		name     string
		subjects []string
		seq      int
		want     error
	}{
		{"one", []string{"a"}, 1, nil},
		{"the same again", []string{"a"}, 1, fault.Conflict},
		{"none", []string{"c"}, 1, fault.Conflict},
		{"several", []string{"a", "b"}, 2, nil},
		{"two", []string{"b", "a"}, 1, nil},
	}
	for _, test := range tests {
		if err := database.Change(t.Context(), tx, guarded, database.Args{"subjects": test.subjects, "seq": test.seq}); !errors.Is(err, test.want) {
			t.Errorf("%s: got %v, want %v", test.name, err, test.want)
		}
	}
	both := database.Change(t.Context(), tx, `update audit_head set seq = 9 where subject in ('a', 'b')`, nil)
	if !errors.Is(both, fault.Conflict) {
		t.Errorf("two rows changed: got %v, want %v", both, fault.Conflict)
	}
}

func TestViolatesNamesTheBrokenConstraint(t *testing.T) {
	t.Parallel()
	tx := dbtest.Tx(t)
	err := database.InTx(t.Context(), tx, func(tx pgx.Tx) error {
		_, err := tx.Exec(t.Context(), `insert into audit_head (subject, seq, prev, hash) values ('a', 1, '', ''), ('a', 1, '', '')`)
		return err
	})
	if !database.Violates(err, "audit_head_pkey") {
		t.Errorf("got %v, want a violation of audit_head_pkey", err)
	}
	if database.Violates(err, "audit_seal_pkey") || database.Violates(nil, "audit_head_pkey") {
		t.Error("a constraint that holds is said to be broken")
	}
}

func TestFailedTransactionLeavesNothing(t *testing.T) {
	t.Parallel()
	tx := dbtest.Tx(t)
	broken := errors.New("broken")
	err := database.InTx(t.Context(), tx, func(tx pgx.Tx) error {
		if _, err := tx.Exec(t.Context(), `insert into audit_head (subject, seq, prev, hash) values ('a', 1, '', '')`); err != nil {
			return err
		}
		return broken
	})
	if !errors.Is(err, broken) {
		t.Errorf("got %v, want %v", err, broken)
	}
	n, err := database.Value[int](t.Context(), tx, `select count(*) from audit_head where subject = 'a'`, nil)
	if err != nil || n != 0 {
		t.Errorf("%d rows stayed behind (%v)", n, err)
	}
}
