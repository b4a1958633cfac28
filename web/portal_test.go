package web_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"
	"github.com/alexedwards/argon2id"
	"github.com/alexedwards/scs/v2"
	"github.com/alexedwards/scs/v2/memstore"
	"github.com/go-chi/chi/v5"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"danvan/internal/account"
	"danvan/internal/actor"
	"danvan/internal/campaign"
	"danvan/internal/database"
	"danvan/internal/database/dbtest"
	"danvan/internal/evidence"
	"danvan/internal/overview"
	"danvan/internal/post"
	"danvan/internal/submission"
	"danvan/internal/unit"
	"danvan/internal/viet"
	"danvan/web"
)

// The small world of these tests: campaign 2022 with the real units, and people
// named by what they are to the plan of Sở Tư pháp.
const (
	year    = 2022
	ownUnit = "stp"
)

// people are the actors of the policy table, in its order.
var people = []struct {
	name  string
	roles []held
}{
	{"own-staff", []held{{"stp", actor.Staff}}},
	{"own-leader", []held{{"stp", actor.UnitLeader}}},
	{"other-staff", []held{{"sct", actor.Staff}}},
	{"other-leader", []held{{"sct", actor.UnitLeader}}},
	{"reviewer", []held{{"snv", actor.Reviewer}}},
	{"reviewer-author", []held{{"snv", actor.Reviewer}, {"stp", actor.Staff}}},
	{"consolidator", []held{{"snv", actor.Consolidator}}},
	{"below-reviewer", []held{{"h-vi-thuy", actor.Reviewer}}},
	{"leadership", []held{{"ubnd-tinh", actor.Leadership}}},
	{"partner", []held{{"mttq", actor.Observer}}},
	{"other-observer", []held{{"cat", actor.Observer}}},
	{"lead-leader", []held{{"snv", actor.UnitLeader}}},
	{"admin", []held{{"snv", actor.Admin}}},
	{"nobody", nil},
}

type held struct {
	unit string
	role actor.Role
}

// moment is when the tests take place: plans are open and not yet late.
var moment = time.Date(2022, time.March, 15, 9, 30, 0, 0, viet.Location)

// world is a database with the units, the campaign and the people.
type world struct {
	db     database.DB
	files  *evidence.Store
	actors map[string]actor.Actor
	units  map[string]actor.UnitID
}

// newWorld fills db.
func newWorld(t testing.TB, db database.DB) *world {
	t.Helper()
	ctx := t.Context()
	w := &world{db: db, files: newFiles(t), actors: map[string]actor.Actor{}, units: map[string]actor.UnitID{}}
	from := viet.NewDate(2020, time.January, 1)
	_, err := unit.Load(ctx, db, actor.System, moment, unit.Reference(), from, "danh mục đơn vị năm 2022")
	must(t, err)
	_, err = campaign.Load2022(ctx, db, actor.System, moment)
	must(t, err)
	must(t, submission.Ensure(ctx, db, moment))
	all, err := unit.List(ctx, db, unit.Filter{On: viet.DateOf(moment)})
	must(t, err)
	for _, u := range all {
		w.units[u.Slug] = u.ID
	}
	for _, p := range people {
		w.add(t, p.name, p.roles...)
	}
	return w
}

// in is the world as a transaction on it sees it, with files of its own.
func (w *world) in(t testing.TB, tx pgx.Tx) *world {
	t.Helper()
	return &world{db: tx, files: newFiles(t), actors: w.actors, units: w.units}
}

func newFiles(t testing.TB) *evidence.Store {
	t.Helper()
	files, err := evidence.Open(t.TempDir(), 20<<20)
	must(t, err)
	t.Cleanup(func() { _ = files.Close() })
	return files
}

// add makes a person with a sign-in name but no password: tests open sessions directly.
func (w *world) add(t testing.TB, name string, roles ...held) {
	t.Helper()
	id, err := account.CreatePerson(t.Context(), w.db, actor.System, moment, account.NewPerson{
		Name: "Người " + name, Username: strings.ReplaceAll(name, " ", "-"), Hash: testHash(t), Exempt: true})
	must(t, err)
	a := actor.Actor{Person: id, Name: "Người " + name, From: "192.0.2.1"}
	for _, r := range roles {
		must(t, account.Grant(t.Context(), w.db, actor.System, moment, id, w.units[r.unit], r.role, viet.NewDate(2021, time.January, 1), viet.Date{}))
		a.Memberships = append(a.Memberships, actor.Membership{Unit: w.units[r.unit], Role: r.role})
	}
	w.actors[name] = a
}

// testPassword is everybody's.
const testPassword = "Mat-Khau-Thu-2022"

// testHash is its hash, made once and at the least cost there is: hashing is slow
// on purpose, and a password is compared at the cost it was hashed at.
func testHash(t testing.TB) account.Hash {
	t.Helper()
	hash, err := hashOnce()
	must(t, err)
	return account.Hash(hash)
}

var hashOnce = sync.OnceValues(func() (string, error) {
	return argon2id.CreateHash(testPassword, &argon2id.Params{Memory: 8, Iterations: 1, Parallelism: 1, SaltLength: 16, KeyLength: 32})
})

// portal is the whole site on a database, with sessions in memory.
type portal struct {
	t        testing.TB
	world    *world
	config   web.Config
	router   chi.Router
	handle   *handle
	sessions *scs.SessionManager
	cookies  map[string]*http.Cookie
	entered  map[string][]byte // what the session of a cookie began with, by name
	who      string
	now      time.Time
}

// newPortal serves w.
func newPortal(t testing.TB, w *world) *portal {
	t.Helper()
	sessions := scs.New()
	sessions.Store = memstore.NewWithCleanupInterval(0)
	sealer, err := post.NewSealer(t.Context(), w.db)
	must(t, err)
	p := &portal{t: t, world: w, handle: &handle{w.db}, sessions: sessions, cookies: map[string]*http.Cookie{}, entered: map[string][]byte{}, now: moment}
	p.config = web.Config{
		DB: p.handle, Files: w.files, Sealer: sealer, Sessions: sessions, Limits: account.DefaultLimits,
		Now: func() time.Time { return p.now }, Machine: time.Now, BaseURL: "http://danvan.test", Boards: &overview.Memory{},
		Ready: func(ctx context.Context) error { return database.Ready(ctx, w.db) },
	}
	p.router = web.Handler(p.config)
	return p
}

// handle is a database that can be exchanged under a running site: for a
// savepoint to be rolled back.
type handle struct{ database.DB }

// on makes the site work on db from now on.
func (p *portal) on(db database.DB) *portal {
	p.handle.DB = db
	return p
}

// as makes later requests come from the named person, signed in.
func (p *portal) as(name string) *portal {
	p.t.Helper()
	p.who = name
	if _, known := p.cookies[name]; !known && name != "" && name != "visitor" {
		p.enter(name, openSession(p.t, p.world.db, p.world.actors[name].Person))
	}
	return p
}

// reenter gives the named person the session of the sign-in again: an earlier
// request may have ended it or put something into it.
func (p *portal) reenter(name string) {
	p.t.Helper()
	if c := p.cookies[name]; c != nil {
		must(p.t, p.sessions.Store.Commit(c.Value, p.entered[name], time.Now().Add(time.Hour)))
	}
}

// enter gives the named person a cookie for the session already open.
func (p *portal) enter(name, session string) {
	p.t.Helper()
	ctx, err := p.sessions.Load(p.t.Context(), "")
	must(p.t, err)
	p.sessions.Put(ctx, "session", session)
	p.sessions.Put(ctx, "person", int64(p.world.actors[name].Person))
	token, _, err := p.sessions.Commit(ctx)
	must(p.t, err)
	p.cookies[name] = &http.Cookie{Name: p.sessions.Cookie.Name, Value: token}
	p.entered[name], _, err = p.sessions.Store.Find(token)
	must(p.t, err)
}

// openSession makes the row that a sign-in would have made.
func openSession(t testing.TB, db database.DB, person actor.PersonID) string {
	t.Helper()
	id, err := database.Value[string](t.Context(), db, `
		insert into person_session (person_id, began_at, seen_at, ends_at, from_addr, agent)
		values (@person, @now, @now, @ends, '192.0.2.1', 'test')
		returning public_id::text`,
		database.Args{"person": person, "now": time.Now(), "ends": time.Now().Add(time.Hour)})
	must(t, err)
	return id
}

// get asks for a page.
func (p *portal) get(path string) *response { return p.do(http.MethodGet, path, nil) }

// post sends a form.
func (p *portal) post(path string, values url.Values) *response {
	return p.do(http.MethodPost, path, values)
}

func (p *portal) do(method, path string, values url.Values) *response {
	p.t.Helper()
	return p.send(p.request(method, path, values))
}

// request is what the browser of the person at work sends.
func (p *portal) request(method, path string, values url.Values) *http.Request {
	r := httptest.NewRequest(method, path, strings.NewReader(values.Encode()))
	if method == http.MethodPost {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	if c := p.cookies[p.who]; c != nil {
		r.AddCookie(c)
	}
	return r
}

func (p *portal) serve(r *http.Request) *httptest.ResponseRecorder {
	rec := httptest.NewRecorder()
	p.router.ServeHTTP(rec, r)
	return rec
}

func (p *portal) send(r *http.Request) *response {
	p.t.Helper()
	rec := p.serve(r)
	res := &response{t: p.t, rec: rec, what: r.Method + " " + r.URL.Path + " as " + p.who}
	if strings.HasPrefix(rec.Header().Get("Content-Type"), "text/html") {
		doc, err := goquery.NewDocumentFromReader(strings.NewReader(rec.Body.String()))
		must(p.t, err)
		res.page = doc
	}
	return res
}

type response struct {
	t    testing.TB
	rec  *httptest.ResponseRecorder
	page *goquery.Document
	what string
}

func (r *response) want(status int) *response {
	r.t.Helper()
	if r.rec.Code != status {
		r.t.Fatalf("%s: status = %d, want %d\n%s", r.what, r.rec.Code, status, excerpt(r.rec.Body.String()))
	}
	return r
}

// to checks where a 303 leads.
func (r *response) to(path string) *response {
	r.t.Helper()
	r.want(http.StatusSeeOther)
	if got := r.rec.Header().Get("Location"); got != path {
		r.t.Fatalf("%s: leads to %q, want %q", r.what, got, path)
	}
	return r
}

// says checks that the page shows a text.
func (r *response) says(texts ...string) *response {
	r.t.Helper()
	shown := strings.Join(strings.Fields(r.page.Find("body").Text()), " ")
	for _, text := range texts {
		if !strings.Contains(shown, text) {
			r.t.Errorf("%s: does not say %q\n%s", r.what, text, excerpt(shown))
		}
	}
	return r
}

// filled returns what a browser would send for the form posting to action: every
// field as it stands, hidden ones too.
func (r *response) filled(action string) url.Values {
	r.t.Helper()
	f := r.page.Find("form[action='" + action + "']").First()
	if f.Length() == 0 {
		r.t.Fatalf("%s: has no form for %s", r.what, action)
	}
	values := url.Values{}
	f.Find("input[name], textarea[name], select[name]").Each(func(_ int, field *goquery.Selection) {
		name := field.AttrOr("name", "")
		switch {
		case goquery.NodeName(field) == "textarea":
			values.Add(name, strings.TrimPrefix(field.Text(), "\n"))
		case goquery.NodeName(field) == "select":
			chosen := field.Find("option[selected]")
			if chosen.Length() == 0 {
				chosen = field.Find("option").First()
			}
			values.Add(name, chosen.AttrOr("value", strings.TrimSpace(chosen.Text())))
		case field.AttrOr("type", "") == "checkbox" || field.AttrOr("type", "") == "radio":
			if _, ticked := field.Attr("checked"); ticked {
				values.Add(name, field.AttrOr("value", "on"))
			}
		case field.AttrOr("type", "") == "file":
		default:
			values.Add(name, field.AttrOr("value", ""))
		}
	})
	return values
}

func excerpt(text string) string {
	if i := strings.Index(text, "<main"); i >= 0 {
		text = text[i:]
	}
	if len(text) > 1500 {
		return text[:1500] + " …"
	}
	return text
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// inTransaction begins a transaction that is rolled back after the test.
func inTransaction(t testing.TB, pool *pgxpool.Pool) pgx.Tx {
	t.Helper()
	tx, err := pool.Begin(t.Context())
	must(t, err)
	t.Cleanup(func() { _ = tx.Rollback(context.WithoutCancel(t.Context())) })
	return tx
}

// freshWorld is a world on a database of its own.
func freshWorld(t testing.TB) *world { return newWorld(t, dbtest.New(t)) }
