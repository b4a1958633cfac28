package account_test

import (
	"strings"
	"sync"
	"testing"
	"time"

	"danvan/internal/account"
	"danvan/internal/database"
	"danvan/internal/database/dbtest"
)

func TestSignInIgnoresCaseAndBlanksOfTheUserNameOnly(t *testing.T) {
	t.Parallel()
	db := dbtest.Tx(t)
	id := enter(t, db, "stp.chuyenvien")
	for _, tt := range []struct {
		username, password string
		ok                 bool
	}{
		{login(t, "stp.chuyenvien"), password, true},
		{"  " + strings.ToUpper(login(t, "stp.chuyenvien")) + "\t", password, true},
		{login(t, "stp.chuyenvien"), strings.ToUpper(password), false},
		{login(t, "stp.chuyenvien"), password + " ", false},
		{"stp.khac", password, false},
		{"stp.khac", strings.Repeat("x", 100_000), false},
	} {
		opened, err := account.SignIn(t.Context(), db, account.Attempt{Username: tt.username, Password: tt.password}, limits, machine, now)
		if (err == nil) != tt.ok || (opened.Person == id) != tt.ok {
			t.Errorf("%q: person %d, err %v, want ok %t", tt.username, opened.Person, err, tt.ok)
		}
	}
	wantAudit(t, db, id, "signed_in")
	for field, a := range map[string]account.Attempt{"username": {Password: "x"}, "password": {Username: "x"}} {
		_, err := account.SignIn(t.Context(), db, a, limits, machine, now)
		wantInvalid(t, err, field)
	}
}

// try returns the sentence with which a wrong password is refused.
func try(t testing.TB, db database.DB, username, from string, at time.Time) string {
	t.Helper()
	_, err := account.SignIn(t.Context(), db, account.Attempt{Username: login(t, username), Password: "sai mật khẩu rồi", From: from}, limits, at, now)
	if err == nil {
		t.Fatal("a wrong password signs in")
	}
	return err.Error() + sentence(err)
}

func TestTheWaitGrowsForAnyNameFromAnyProcess(t *testing.T) {
	t.Parallel()
	urls := dbtest.NewURL(t)
	pools := make([]database.DB, 2)
	for i := range pools {
		pool, err := database.Open(t.Context(), urls.App)
		if err != nil {
			t.Fatal(err)
		}
		defer pool.Close()
		pools[i] = pool
	}
	enter(t, pools[0], "stp.chuyenvien")
	var said [2][]string
	for i, username := range []string{"stp.chuyenvien", "stp.khong-co"} {
		at := machine
		for n := range 12 {
			text := try(t, pools[n%2], username, "", at)
			said[i] = append(said[i], text)
			if n < 4 {
				continue
			}
			// From the fifth failure on there is a wait: 1 minute, doubled up to an hour.
			wait := min(time.Minute<<(n-4), time.Hour)
			if text := try(t, pools[n%2], username, "", at.Add(wait-time.Second)); !strings.Contains(text, "Chờ 1 giây ") {
				t.Fatalf("%s, failure %d, a second too early: %q", username, n+1, text)
			}
			if text := try(t, pools[(n+1)%2], username, "", at.Add(time.Second)); !strings.Contains(text, "nhiều lần") {
				t.Fatalf("%s, failure %d, at once from the other process: %q", username, n+1, text)
			}
			at = at.Add(wait)
		}
	}
	if a, b := strings.Join(said[0], "\n"), strings.Join(said[1], "\n"); a != b {
		t.Errorf("the answers tell which account exists:\n%s\nand\n%s", a, b)
	}
}

func TestGuessesSentAtOnceAreCountedOneByOne(t *testing.T) {
	t.Parallel()
	db := dbtest.New(t)
	enter(t, db, "stp.chuyenvien")
	var looked sync.Map
	var group sync.WaitGroup
	for i := range 20 {
		group.Go(func() { looked.Store(i, try(t, db, "stp.chuyenvien", "", machine)) })
	}
	group.Wait()
	compared := 0
	for i := range 20 {
		text, _ := looked.Load(i)
		if strings.Contains(text.(string), "không đúng") {
			compared++
		}
	}
	if compared != 5 {
		t.Errorf("%d passwords were looked at, want 5", compared)
	}
}

func TestASuccessClearsTheAccountButNotItsAddress(t *testing.T) {
	t.Parallel()
	db := dbtest.Tx(t)
	enter(t, db, "stp.chuyenvien")
	const from = "203.0.113.9"
	for range 4 {
		try(t, db, "stp.chuyenvien", from, machine)
	}
	if _, err := account.SignIn(t.Context(), db, account.Attempt{Username: login(t, "stp.chuyenvien"), Password: password, From: from}, limits, machine, now); err != nil {
		t.Fatal(err)
	}
	keys, err := database.Values[string](t.Context(), db, `select key from sign_in_failure`, nil)
	if err != nil || len(keys) != 1 || keys[0] != "addr:203.0.113.9" {
		t.Errorf("left %v, %v; want the address only", keys, err)
	}
}

func TestAnAddressThatGuessesAtManyAccountsWaits(t *testing.T) {
	t.Parallel()
	db := dbtest.Tx(t)
	enter(t, db, "stp.chuyenvien")
	if _, err := db.Exec(t.Context(), `
		insert into sign_in_failure (key, failures, last_at, until)
		values ('addr:2001:db8::/64', 29, $1, $1)`, machine); err != nil {
		t.Fatal(err)
	}
	// One more, from another machine of the same network.
	if text := try(t, db, "stp.ai-do", "2001:db8::1234", machine); !strings.Contains(text, "không đúng") {
		t.Fatalf("failure 30: %q", text)
	}
	a := account.Attempt{Username: login(t, "stp.chuyenvien"), Password: password, From: "2001:db8::99"}
	_, err := account.SignIn(t.Context(), db, a, limits, machine.Add(59*time.Second), now)
	if !strings.Contains(sentence(err), "Chờ 1 giây") {
		t.Errorf("the right password from there: %v, want to wait", err)
	}
	a.From = "2001:db8:0:1::99"
	if _, err := account.SignIn(t.Context(), db, a, limits, machine, now); err != nil {
		t.Errorf("from another network: %v", err)
	}
}

func TestFailuresAreForgottenAfterADay(t *testing.T) {
	t.Parallel()
	db := dbtest.Tx(t)
	enter(t, db, "stp.chuyenvien")
	for range 4 {
		try(t, db, "stp.chuyenvien", "", machine)
	}
	later := machine.Add(25 * time.Hour)
	try(t, db, "stp.chuyenvien", "", later)
	if text := try(t, db, "stp.chuyenvien", "", later); strings.Contains(text, "nhiều lần") {
		t.Errorf("yesterday's failures count: %q", text)
	}
}

func TestTypedUserNamesAreNotKept(t *testing.T) {
	t.Parallel()
	db := dbtest.Tx(t)
	// People type passwords into the wrong field.
	try(t, db, "mat-khau-cua-toi", "", machine)
	key, err := database.Value[string](t.Context(), db, `select key from sign_in_failure`, nil)
	if err != nil || !strings.HasPrefix(key, "name:") || strings.Contains(key, "mat-khau") {
		t.Errorf("kept %q, %v", key, err)
	}
}
