package account_test

import (
	"errors"
	"slices"
	"testing"
	"time"

	"danvan/internal/account"
	"danvan/internal/actor"
	"danvan/internal/database"
	"danvan/internal/database/dbtest"
	"danvan/internal/fault"
)

func sentence(err error) string {
	bad, _ := errors.AsType[fault.Invalid](err)
	return bad[""]
}

func TestASessionEndsWhenIdleAndAtItsLimit(t *testing.T) {
	t.Parallel()
	db := dbtest.Tx(t)
	enter(t, db, "stp.chuyenvien")
	opened := signIn(t, db, "stp.chuyenvien")
	for after, want := range map[time.Duration]bool{
		0: true, limits.Idle - time.Second: true, limits.Idle: false, limits.Life: false,
	} {
		if got := load(t, db, opened, machine.Add(after)).SessionOpen; got != want {
			t.Errorf("unused for %s: open %t, want %t", after, got, want)
		}
	}
	// Used all the time, it still ends at its limit.
	at := machine
	for at.Before(machine.Add(limits.Life)) {
		s := load(t, db, opened, at)
		if !s.SessionOpen {
			t.Fatalf("in use and over after %s", at.Sub(machine))
		}
		if err := s.Seen(t.Context(), db, at); err != nil {
			t.Fatal(err)
		}
		at = at.Add(limits.Idle / 2)
	}
	if load(t, db, opened, at).SessionOpen {
		t.Errorf("still open after %s, limit %s", at.Sub(machine), limits.Life)
	}
}

func TestUseIsNotedOnceAMinute(t *testing.T) {
	t.Parallel()
	db := dbtest.Tx(t)
	enter(t, db, "stp.chuyenvien")
	opened := signIn(t, db, "stp.chuyenvien")
	for after, want := range map[time.Duration]time.Duration{59 * time.Second: 0, time.Minute: time.Minute} {
		at := machine.Add(after)
		if err := load(t, db, opened, at).Seen(t.Context(), db, at); err != nil {
			t.Fatal(err)
		}
		if got := load(t, db, opened, at).SeenAt.Sub(machine); after == time.Minute && got != want {
			t.Errorf("used after %s, noted %s, want %s", after, got, want)
		}
	}
	// A process that loaded it long ago does not set it back or write again.
	old := account.Signed{Session: opened.Session, SeenAt: machine.Add(-time.Hour)}
	if err := old.Seen(t.Context(), db, machine.Add(90*time.Second)); err != nil {
		t.Fatal(err)
	}
	if got := load(t, db, opened, machine.Add(90*time.Second)).SeenAt.Sub(machine); got != time.Minute {
		t.Errorf("noted %s after sign-in, want 1m", got)
	}
}

func TestAnEndedSessionIsRefusedAndOthersGoOn(t *testing.T) {
	t.Parallel()
	db := dbtest.Tx(t)
	id := enter(t, db, "stp.chuyenvien")
	stranger := enter(t, db, "stp.lanhdao")
	here, there, third := signIn(t, db, "stp.chuyenvien"), signIn(t, db, "stp.chuyenvien"), signIn(t, db, "stp.chuyenvien")
	open := func() []bool {
		return []bool{load(t, db, here, machine).SessionOpen, load(t, db, there, machine).SessionOpen, load(t, db, third, machine).SessionOpen}
	}
	for _, session := range []string{there.Session, "", "khong-phai-uuid", "00000000-0000-0000-0000-000000000000"} {
		if err := account.EndSession(t.Context(), db, as(stranger), session, machine, now); !errors.Is(err, fault.NotFound) {
			t.Errorf("a stranger ends %q: %v, want not found", session, err)
		}
	}
	if got := open(); !slices.Equal(got, []bool{true, true, true}) {
		t.Fatalf("open = %v before any end", got)
	}
	if err := account.EndSession(t.Context(), db, as(id), there.Session, machine, now); err != nil {
		t.Fatal(err)
	}
	if got := open(); !slices.Equal(got, []bool{true, false, true}) {
		t.Errorf("open = %v after ending the second", got)
	}
	if err := account.EndOtherSessions(t.Context(), db, as(id), here.Session, machine, now); err != nil {
		t.Fatal(err)
	}
	if got := open(); !slices.Equal(got, []bool{true, false, false}) {
		t.Errorf("open = %v after ending the others", got)
	}
	list, err := account.Sessions(t.Context(), db, id, limits, machine)
	if err != nil || len(list) != 1 || list[0].ID != here.Session {
		t.Errorf("listed %v, %v; want this one", list, err)
	}
	if err := account.SignOut(t.Context(), db, as(id), here.Session, machine, now); err != nil {
		t.Fatal(err)
	}
	if load(t, db, here, machine).SessionOpen {
		t.Error("open after signing out")
	}
	for _, action := range []string{"session_ended", "other_sessions_ended", "signed_out"} {
		wantAudit(t, db, id, action)
	}
}

func TestASessionOpensForItsOwnPersonOnly(t *testing.T) {
	t.Parallel()
	db := dbtest.Tx(t)
	enter(t, db, "stp.chuyenvien")
	opened := signIn(t, db, "stp.chuyenvien")
	opened.Person = enter(t, db, "stp.lanhdao")
	if load(t, db, opened, machine).SessionOpen {
		t.Error("a session opens for somebody else")
	}
}

func TestDevicesAreNamedAsPeopleCallThem(t *testing.T) {
	t.Parallel()
	for agent, want := range map[string]string{
		"Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 Safari/537.36":                                 "Chrome trên Windows",
		"Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 Safari/537.36 Edg/120.0.0.0":                   "Edge trên Windows",
		"Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) coc_coc_browser/109.0.0 Chrome/103.0.0.0 Safari/537.36":         "Cốc Cốc trên Windows",
		"Mozilla/5.0 (X11; Linux x86_64; rv:120.0) Gecko/20100101 Firefox/120.0":                                                                          "Firefox trên Linux",
		"Mozilla/5.0 (iPhone; CPU iPhone OS 17_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.1 Mobile/15E148 Safari/604.1":         "Safari trên iPhone",
		"Mozilla/5.0 (iPhone; CPU iPhone OS 17_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/119.0.6045.169 Mobile/15E148 Safari/604.1": "Chrome trên iPhone",
		"Mozilla/5.0 (Linux; Android 13; SM-A536E) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/23.0 Chrome/115.0.0.0 Mobile Safari/537.36":      "Samsung Internet trên Android",
		"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.1 Safari/605.1.15":                           "Safari trên macOS",
		"Something (Windows)": "Trình duyệt không rõ trên Windows",
		"curl/8.5.0":          "curl",
		"":                    "Thiết bị không rõ",
	} {
		if got := (account.Session{Agent: agent}).Device(); got != want {
			t.Errorf("%s: %q, want %q", agent, got, want)
		}
	}
}

func TestWhatCanNoLongerBeUsedIsDeleted(t *testing.T) {
	t.Parallel()
	db := dbtest.Tx(t)
	id := enter(t, db, "stp.chuyenvien")
	for _, stmt := range []struct {
		sql string
		at  time.Time
	}{
		{`insert into sessions (token, data, expiry) values ('old', '', $1), ('live', '', $1::timestamptz + interval '1 second')`, machine},
		{`insert into person_session (person_id, began_at, seen_at, ends_at, ended_at, from_addr, agent)
		  select (select id from person), $1, $1::timestamptz + seen, $1::timestamptz + ends, case when ended then $1::timestamptz end, '', name
		  from (values ('live', interval '0', interval '1 hour', false), ('ended', '0', '1 hour', true),
		               ('over', '0', '0', false), ('idle', '-61 minutes', '1 hour', false)) v(name, seen, ends, ended)`, machine},
		{`insert into sign_in_failure (key, failures, last_at, until)
		  values ('old', 1, $1::timestamptz - interval '25 hours', $1::timestamptz - interval '25 hours'), ('live', 1, $1, $1)`, machine},
	} {
		if _, err := db.Exec(t.Context(), stmt.sql, stmt.at); err != nil {
			t.Fatal(err)
		}
	}
	for range 2 { // twice is once
		if err := account.DeleteExpired(t.Context(), db, limits, machine); err != nil {
			t.Fatal(err)
		}
	}
	left, err := database.Values[string](t.Context(), db, `
		select token from sessions
		union all select agent from person_session
		union all select key from sign_in_failure`, nil)
	if err != nil || !slices.Equal(left, []string{"live", "live", "live"}) {
		t.Errorf("left %v, %v", left, err)
	}
	if p, err := account.ByID(t.Context(), db, id); err != nil || p.ID != id {
		t.Errorf("the person: %v", err)
	}
}

// Every request asks this.
func TestWhoIsSignedInIsLoadedInOneStatement(t *testing.T) {
	t.Parallel()
	db := dbtest.Tx(t)
	in := office(t, db, "stp")
	id := enter(t, db, "stp.chuyenvien")
	grant(t, db, id, in, actor.Staff)
	counter := 0
	opened := signIn(t, db, "stp.chuyenvien")
	s, err := account.Load(t.Context(), counting{db, &counter}, account.Visit{Session: opened.Session, Person: id, Machine: machine, Today: today, Limits: limits})
	if err != nil || !s.SessionOpen || counter != 1 {
		t.Errorf("open %t with %d statements, want 1 (%v)", s.SessionOpen, counter, err)
	}
}
