package web_test

import (
	"net/http/httptest"
	"testing"
	"time"

	"danvan/internal/account"
	"danvan/internal/actor"
	"danvan/internal/database/dbtest"
	"danvan/internal/viet"
	"danvan/web"
)

// live is the portal behind a real address, with sessions in the database, and
// the people who sign in to it with a password.
type live struct {
	*httptest.Server
	world *world
}

// officials are the people of the journeys.
var officials = []struct {
	username, name string
	roles          []held
}{
	{"stp.chuyenvien", "Lê Thị Thanh Trúc", []held{{"stp", actor.Staff}}},
	{"stp.chuyenvien2", "Võ Minh Đăng", []held{{"stp", actor.Staff}}},
	{"stp.lanhdao", "Trần Quốc Khải", []held{{"stp", actor.UnitLeader}}},
	{"snv.thamdinh", "Huỳnh Thị Cẩm Tú", []held{{"snv", actor.Reviewer}}},
	{"ubnd.lanhdao", "Đặng Hữu Phước", []held{{"ubnd-tinh", actor.Leadership}}},
}

// newLive serves a fresh database. Business time runs from [moment] on.
func newLive(t testing.TB) *live {
	t.Helper()
	w := newWorld(t, dbtest.New(t))
	for _, o := range officials {
		id, err := account.CreatePerson(t.Context(), w.db, actor.System, moment, account.NewPerson{
			Name: o.name, Username: o.username, Hash: testHash(t), Exempt: true})
		must(t, err)
		a := actor.Actor{Person: id, Name: o.name, From: "192.0.2.1"}
		for _, r := range o.roles {
			must(t, account.Grant(t.Context(), w.db, actor.System, moment, id, w.units[r.unit], r.role, viet.NewDate(2021, time.January, 1), viet.Date{}))
			a.Memberships = append(a.Memberships, actor.Membership{Unit: w.units[r.unit], Role: r.role})
		}
		w.actors[o.username] = a
	}
	p := newPortal(t, w)
	c := p.config
	c.Sessions = web.Sessions(w.db, time.Hour, false)
	began := time.Now()
	c.Now = func() time.Time { return moment.Add(time.Since(began)) }
	l := &live{Server: httptest.NewUnstartedServer(nil), world: w}
	c.BaseURL = "http://" + l.Listener.Addr().String()
	l.Config.Handler = web.Handler(c)
	l.Start()
	t.Cleanup(l.Close)
	return l
}

// signsIn opens a browser and signs in as one of the officials.
func (l *live) signsIn(t testing.TB, username string, scripts bool) *reader {
	t.Helper()
	r := newReader(t, l.URL, username, scripts)
	r.open("/")
	r.says("Đăng nhập")
	r.signIn(username)
	return r
}

// signIn fills in the form of the page one is on.
func (r *reader) signIn(username string) {
	r.t.Helper()
	r.fill("Tên đăng nhập", username)
	r.fill("Mật khẩu", testPassword)
	r.follow("Đăng nhập")
}
