package evidence_test

import (
	"crypto/sha256"
	"errors"
	"slices"
	"strings"
	"testing"

	"danvan/internal/evidence"
)

func TestRestoredFileIsTheOneOfItsHash(t *testing.T) {
	t.Parallel()
	s := store(t, t.TempDir())
	const content = "biên bản – của một loại nay không nhận nữa"
	sha := evidence.SHA(sha256.Sum256([]byte(content)))
	if err := s.Restore(t.Context(), sha, strings.NewReader(content)); err != nil {
		t.Fatal(err)
	}
	if got := read(t, s, sha); got != content {
		t.Errorf("got %q", got)
	}
	if all, err := s.List(t.Context()); err != nil || !slices.Equal(all, []evidence.SHA{sha}) {
		t.Errorf("listed %v, %v, want %v", all, err, sha)
	}
}

func TestAlteredContentIsNotRestored(t *testing.T) {
	t.Parallel()
	s := store(t, t.TempDir())
	sha := evidence.SHA(sha256.Sum256([]byte("biên bản")))
	if err := s.Restore(t.Context(), sha, strings.NewReader("biên bản khác")); !errors.Is(err, evidence.ErrAltered) {
		t.Errorf("got %v, want %v", err, evidence.ErrAltered)
	}
	if all, err := s.List(t.Context()); err != nil || len(all) != 0 {
		t.Errorf("stored %v, %v", all, err)
	}
}
