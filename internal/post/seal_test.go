package post_test

import (
	"encoding/base64"
	"errors"
	"strings"
	"testing"
	"time"

	"danvan/internal/actor"
	"danvan/internal/database"
	"danvan/internal/database/dbtest"
	"danvan/internal/post"
)

// machine is the machine time of these tests; business time is another.
var machine = time.Date(2026, time.May, 9, 8, 0, 0, 0, time.UTC)

const path = "/ke-hoach/2022/stp/nhiem-vu/3"

func sealer(t testing.TB, db database.DB) *post.Sealer {
	t.Helper()
	s, err := post.NewSealer(t.Context(), db)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestATokenComesBackAsItWasSealedInAnyProcess(t *testing.T) {
	t.Parallel()
	db := dbtest.Tx(t)
	one, other := sealer(t, db), sealer(t, db)
	token := one.Token(42, path, machine)
	person, where, at, err := other.Open(token, machine.Add(time.Hour))
	if err != nil || person != 42 || where != path || !at.Equal(machine) {
		t.Errorf("got %d, %q, %v, %v", person, where, at, err)
	}
	if again := one.Token(42, path, machine); again == token {
		t.Error("two tokens for the same form are equal")
	}
	if strings.ContainsAny(token, "+/=&?#") {
		t.Errorf("%s does not fit a form or an address as it is", token)
	}
}

func TestATokenIsValidForADay(t *testing.T) {
	t.Parallel()
	s := sealer(t, dbtest.Tx(t))
	token := s.Token(42, path, machine)
	tests := map[string]struct {
		after time.Duration
		valid bool
	}{
		"at once":                         {0, true},
		"after a day":                     {24 * time.Hour, true},
		"after a day and a second":        {24*time.Hour + time.Second, false},
		"on a machine whose clock lags":   {-5 * time.Minute, true},
		"long before it can have existed": {-time.Hour, false},
	}
	for name, tt := range tests {
		if _, _, _, err := s.Open(token, machine.Add(tt.after)); (err == nil) != tt.valid || err != nil && !errors.Is(err, post.ErrToken) {
			t.Errorf("%s: %v, want valid = %t", name, err, tt.valid)
		}
	}
}

func TestATokenThatWasTamperedWithIsRefused(t *testing.T) {
	t.Parallel()
	s := sealer(t, dbtest.Tx(t))
	token := s.Token(42, path, machine)
	sealed, err := base64.RawURLEncoding.DecodeString(token)
	if err != nil {
		t.Fatal(err)
	}
	for i := range sealed {
		changed := append([]byte{}, sealed...)
		changed[i] ^= 1
		refused(t, s, base64.RawURLEncoding.EncodeToString(changed))
		refused(t, s, base64.RawURLEncoding.EncodeToString(sealed[:i]))
	}
	refused(t, s, token+"A")
	refused(t, s, token+"\n")
	refused(t, s, " "+token)
	refused(t, s, s.Token(0, path, machine)) // nobody
}

func refused(t testing.TB, s *post.Sealer, token string) {
	t.Helper()
	person, where, at, err := s.Open(token, machine)
	if !errors.Is(err, post.ErrToken) || person != 0 || where != "" || !at.IsZero() {
		t.Errorf("%q opened: %d, %q, %v, %v", token, person, where, at, err)
	}
}

func TestATokenOfAnotherInstallationOrPurposeIsRefused(t *testing.T) {
	t.Parallel()
	db := dbtest.Tx(t)
	s := sealer(t, db)
	lan, _ := twoPeople(t, db)
	if _, err := s.Park(t.Context(), db, lost(lan, path, "Chữ"), business, machine); err != nil {
		t.Fatal(err)
	}
	parked, err := database.Value[[]byte](t.Context(), db, `select sealed from parked_post`, nil)
	if err != nil {
		t.Fatal(err)
	}
	refused(t, s, base64.RawURLEncoding.EncodeToString(parked))

	if _, err := db.Exec(t.Context(), `update installation set seal_key = sha256('another')`); err != nil {
		t.Fatal(err)
	}
	refused(t, s, sealer(t, db).Token(42, path, machine))
}

func FuzzOpenNeverTrustsAToken(f *testing.F) {
	s := sealer(f, dbtest.Tx(f))
	genuine := s.Token(42, path, machine)
	for _, seed := range []string{"", "A", genuine, genuine[1:], genuine + genuine, strings.Repeat("A", 64), "đ"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, token string) {
		person, where, at, err := s.Open(token, machine)
		// Nothing else was ever sealed with this key.
		if err == nil && (person != actor.PersonID(42) || where != path || !at.Equal(machine)) {
			t.Errorf("%q opened as %d, %q, %v", token, person, where, at)
		}
		if err != nil && !errors.Is(err, post.ErrToken) {
			t.Errorf("%q: %v", token, err)
		}
	})
}
