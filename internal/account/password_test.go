package account_test

import (
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"

	"danvan/internal/account"
	"danvan/internal/database/dbtest"
)

func TestAPasswordThatIsEasyToGuessIsRefused(t *testing.T) {
	t.Parallel()
	db := dbtest.Tx(t)
	id := enter(t, db, "stp.chuyenvien")
	opened := signIn(t, db, "stp.chuyenvien")
	const good = "bốn con trâu già"
	for name, tt := range map[string]struct {
		old, replacement, again string
		field                   string
	}{
		"nothing":                     {password, "", "", "new"},
		"nine characters":             {password, "ậệộữỳậệộữ", "ậệộữỳậệộữ", "new"},
		"too long":                    {password, strings.Repeat("ăâđêôơư", 19), strings.Repeat("ăâđêôơư", 19), "new"},
		"the user name":               {password, strings.ToUpper(login(t, "stp.chuyenvien")), "", "new"},
		"the user name inside":        {password, login(t, "stp.chuyenvien") + "1", "", "new"},
		"a common one":                {password, "password123", "password123", "new"},
		"a common one in Vietnamese":  {password, "MậtKhẩu123", "MậtKhẩu123", "new"},
		"the one of the demo":         {password, "DanVan@2022", "DanVan@2022", "new"},
		"one character":               {password, "aaaaaaaaaaaa", "aaaaaaaaaaaa", "new"},
		"the old one":                 {password, password, password, "new"},
		"two different ones":          {password, good, good + " ", "again"},
		"without the old one":         {"", good, good, "old"},
		"with something for the old":  {"không phải thế này", good, good, "old"},
		"the old one in other blanks": {password + " ", good, good, "old"},
	} {
		err := account.ChangePassword(t.Context(), db, as(id), opened.Session, tt.old, tt.replacement, tt.again, machine, now)
		if err == nil {
			t.Errorf("%s: accepted", name)
			continue
		}
		wantInvalid(t, err, tt.field)
	}
}

func TestAChangedPasswordIsTheOnlyOneAndEndsOtherSessions(t *testing.T) {
	t.Parallel()
	db := dbtest.Tx(t)
	id := enter(t, db, "stp.chuyenvien")
	here, there := signIn(t, db, "stp.chuyenvien"), signIn(t, db, "stp.chuyenvien")
	if !load(t, db, here, machine).MustChange {
		t.Error("the first password need not be changed")
	}
	const replacement = "bốn con trâu già"
	if err := account.ChangePassword(t.Context(), db, as(id), here.Session, password, replacement, replacement, machine, now); err != nil {
		t.Fatal(err)
	}
	if s := load(t, db, here, machine); !s.SessionOpen || s.MustChange {
		t.Errorf("this session: open %t, must change %t; want true, false", s.SessionOpen, s.MustChange)
	}
	if load(t, db, there, machine).SessionOpen {
		t.Error("the other session is still open")
	}
	_, err := account.SignIn(t.Context(), db, account.Attempt{Username: login(t, "stp.chuyenvien"), Password: password}, limits, machine, now)
	wantInvalid(t, err, "")
	// The same words from a keyboard that writes marks as characters of their own.
	_, err = account.SignIn(t.Context(), db, account.Attempt{Username: login(t, "stp.chuyenvien"), Password: norm.NFD.String(replacement)}, limits, machine, now)
	if err != nil {
		t.Errorf("the new password: %v", err)
	}
	wantAudit(t, db, id, "password_changed")
}

func TestTemporaryPasswordsDifferAndMaySignIn(t *testing.T) {
	t.Parallel()
	a, b := account.TemporaryPassword(), account.TemporaryPassword()
	if a == b || len(a) != 17 {
		t.Errorf("got %q and %q", a, b)
	}
}
