package plans

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"
	"github.com/go-chi/chi/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"danvan/internal/actor"
	"danvan/internal/campaign"
	"danvan/internal/database"
	"danvan/internal/database/dbtest"
	"danvan/internal/evidence"
	"danvan/internal/plan"
	"danvan/internal/post"
	"danvan/internal/progress"
	"danvan/internal/submission"
	"danvan/internal/unit"
	"danvan/internal/viet"
	"danvan/web/current"
	"danvan/web/form"
	"danvan/web/respond"
	"danvan/web/ui"
)

// portal is the pages of this package over a database of their own, with the
// province of 2022 and a few people of Sở Tư pháp and Sở Nội vụ.
type portal struct {
	t      testing.TB
	db     *pgxpool.Pool
	plans  *plan.Service
	files  *evidence.Store
	router chi.Router
	people map[string]actor.Actor
	now    time.Time
	said   string
}

var morning = time.Date(2022, time.March, 14, 8, 15, 0, 0, viet.Location)

// offices are the people, by the name tests call them: Trúc and Gấm write, Khải
// leads, Sơn has left; Tú receives.
var offices = []struct {
	name, full, unit string
	role             actor.Role
	valid            string
}{
	{"truc", "Lê Thị Thanh Trúc", "stp", actor.Staff, "[2022-01-01,)"},
	{"gam", "Võ Thị Hồng Gấm", "stp", actor.Staff, "[2022-01-01,)"},
	{"nhut", "Phạm Minh Nhựt", "stp", actor.Staff, "[2022-01-01,)"},
	{"oanh", "Nguyễn Thị Kiều Oanh", "stp", actor.Staff, "[2022-01-01,)"},
	{"khai", "Trần Quốc Khải", "stp", actor.UnitLeader, "[2022-01-01,)"},
	{"son", "Danh Hoàng Sơn", "stp", actor.Staff, "[2022-01-01,2022-03-10)"},
	{"tu", "Huỳnh Thị Cẩm Tú", "snv", actor.Reviewer, "[2022-01-01,)"},
	{"tong", "Dương Thanh Tổng", "snv", actor.Consolidator, "[2022-01-01,)"},
	{"chutich", "Đặng Hữu Phước", "ubnd-tinh", actor.Leadership, "[2022-01-01,)"},
	{"quantri", "Mai Quốc Trị", "snv", actor.Admin, "[2022-01-01,)"},
	{"mattran", "Cao Thị Mai", "mttq", actor.Observer, "[2022-01-01,)"},
	{"yte", "Ngô Văn Tế", "syt", actor.Staff, "[2022-01-01,)"},
}

var stp = plan.Ref(2022, "stp")

func newPortal(t testing.TB) *portal {
	t.Helper()
	p := &portal{t: t, db: dbtest.New(t), people: map[string]actor.Actor{}, now: morning}
	ctx := t.Context()
	p.must(func() error {
		_, err := unit.Load(ctx, p.db, actor.System, p.now, unit.Reference(), unit.ReferenceFrom, unit.ReferenceBasis)
		return err
	}())
	c, err := campaign.Load2022(ctx, p.db, actor.System, p.now)
	p.must(err)
	_, err = database.Exec(ctx, p.db, `
		insert into submission (period_id, unit_id, state_at)
		select p.id, r.unit_id, @now
		from period p
		join roster r on r.campaign_id = p.campaign_id
		where p.campaign_id = @campaign and p.kind = 'plan'
		on conflict do nothing`,
		database.Args{"campaign": c.ID, "now": time.Date(2022, time.February, 28, 8, 0, 0, 0, viet.Location)})
	p.must(err)
	for _, o := range offices {
		p.people[o.name] = p.hire(o.full, o.unit, o.role, o.valid)
	}
	p.plans = plan.NewService(p.db)
	p.files, err = evidence.Open(t.TempDir(), 1<<20)
	p.must(err)
	t.Cleanup(func() { p.must(p.files.Close()) })
	p.router = routes(p)
	return p
}

// hire adds a person with one role. A unit that does not exist is left out.
func (p *portal) hire(name, slug string, role actor.Role, valid string) actor.Actor {
	p.t.Helper()
	type row struct{ Person, Unit int64 }
	r, err := database.One[row](p.t.Context(), p.db, `
		with h as (insert into person (name, name_sort) values (@name, @sort) returning id),
		     m as (insert into membership (person_id, unit_id, role, valid)
		           select h.id, u.id, @role, @valid::daterange from h, unit u where u.slug = @unit returning person_id, unit_id)
		select person_id as person, unit_id as unit from m`,
		database.Args{"name": name, "sort": viet.SortName(name), "role": role, "valid": valid, "unit": slug})
	if err != nil {
		p.t.Fatalf("hire %s at %s: %v", name, slug, err)
	}
	return actor.Actor{Person: actor.PersonID(r.Person), Name: name, From: "10.0.0.1",
		Memberships: []actor.Membership{{Unit: actor.UnitID(r.Unit), Role: role}}}
}

func (p *portal) must(err error) {
	p.t.Helper()
	if err != nil {
		p.t.Fatal(err)
	}
}

// routes is the part of the route table that this package answers.
func routes(p *portal) chi.Router {
	h := Pages{Plans: p.plans, Progress: progress.NewService(p.db, p.files), Files: p.files}
	on := func(fn respond.Handler) http.HandlerFunc { return fn.ServeHTTP }
	r := chi.NewRouter()
	r.Route("/ke-hoach/{year}/{unit}", func(r chi.Router) {
		r.Get("/", on(h.Show))
		r.Get("/lich-su", on(h.History))
		r.Get("/lan-gui/{no}", on(h.Version))
		r.Get("/nhiem-vu/{task}", on(h.ScopeForm))
		r.Post("/nhiem-vu/{task}", on(h.SaveScope))
		r.Get("/van-ban", on(h.ReferenceForm))
		r.Post("/van-ban", on(h.SaveReference))
		r.Get("/hoat-dong/moi", on(h.NewActivity))
		r.Post("/hoat-dong", on(h.AddActivity))
		r.Get("/hoat-dong/{code}", on(h.Activity))
		r.Get("/hoat-dong/{code}/sua", on(h.EditActivity))
		r.Post("/hoat-dong/{code}/sua", on(h.SaveActivity))
		r.Post("/hoat-dong/{code}/doi-cho", on(h.MoveActivity))
		r.Get("/hoat-dong/{code}/xoa", on(h.DeleteForm))
		r.Post("/hoat-dong/{code}/xoa", on(h.DeleteActivity))
		r.Get("/hoat-dong/{code}/dung", on(h.StopForm))
		r.Post("/hoat-dong/{code}/dung", on(h.StopActivity))
		r.Get("/hoat-dong/{code}/phan-cong", on(h.AssignForm))
		r.Post("/hoat-dong/{code}/phan-cong", on(h.Assign))
		r.Get("/hoat-dong/{code}/tien-do", on(h.ProgressForm))
		r.Post("/hoat-dong/{code}/tien-do", on(h.LogProgress))
		r.Get("/hoat-dong/{code}/tien-do/{entry}/{sum}", on(h.ProgressFile))
	})
	return r
}

// visited is the answer to one request.
type visited struct {
	*goquery.Document
	t      testing.TB
	status int
	body   string
	to     string // Location
}

func (p *portal) send(who string, r *http.Request) visited {
	p.t.Helper()
	act, ok := p.people[who]
	if !ok {
		p.t.Fatalf("nobody is called %s", who)
	}
	r = current.With(r, current.Visit{Actor: act, Now: p.now, Frame: frameOf(act), Token: func() string { return "sealed" },
		PutMessage: func(m string) { p.said = m },
		PopMessage: func() string { m := p.said; p.said = ""; return m }})
	w := httptest.NewRecorder()
	p.router.ServeHTTP(w, r)
	body, err := io.ReadAll(w.Result().Body)
	p.must(err)
	doc, err := goquery.NewDocumentFromReader(strings.NewReader(string(body)))
	p.must(err)
	return visited{Document: doc, t: p.t, status: w.Code, body: string(body), to: w.Header().Get("Location")}
}

func frameOf(act actor.Actor) ui.Frame {
	return ui.Frame{SignedIn: true, Who: act.Name, Province: "Tỉnh Hậu Giang", Moment: morning}
}

func (p *portal) get(who, path string) visited {
	p.t.Helper()
	path, _, _ = strings.Cut(path, "#")
	return p.send(who, httptest.NewRequest(http.MethodGet, path, nil))
}

func (p *portal) post(who, path string, values url.Values) visited {
	p.t.Helper()
	r := httptest.NewRequest(http.MethodPost, path, strings.NewReader(values.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return p.send(who, r)
}

// autosave posts as the page does by itself.
func (p *portal) autosave(who, path string, values url.Values) visited {
	p.t.Helper()
	values.Set(form.AutosaveField, "1")
	r := httptest.NewRequest(http.MethodPost, path, strings.NewReader(values.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Accept", "application/json")
	values.Del(form.AutosaveField)
	return p.send(who, r)
}

// form returns what a browser would post for the form with an action, as filled.
func (v visited) form(action string) url.Values {
	v.t.Helper()
	f := v.Find(`form[action="` + action + `"]`)
	if f.Length() != 1 {
		v.t.Fatalf("%d forms post to %s in:\n%s", f.Length(), action, v.body)
	}
	values := url.Values{}
	f.Find("input, textarea, select").Each(func(_ int, s *goquery.Selection) {
		name, ok := s.Attr("name")
		if !ok {
			return
		}
		switch kind := s.AttrOr("type", ""); {
		case goquery.NodeName(s) == "textarea":
			values.Add(name, strings.TrimPrefix(s.Text(), "\n"))
		case goquery.NodeName(s) == "select":
			chosen := s.Find("option[selected]")
			if chosen.Length() == 0 {
				chosen = s.Find("option").First()
			}
			values.Add(name, chosen.AttrOr("value", chosen.Text()))
		case kind == "checkbox" || kind == "radio":
			if _, on := s.Attr("checked"); on {
				values.Add(name, s.AttrOr("value", "on"))
			}
		default:
			values.Add(name, s.AttrOr("value", ""))
		}
	})
	return values
}

func (v visited) want(status int) visited {
	v.t.Helper()
	if v.status != status {
		v.t.Fatalf("status %d, want %d:\n%s", v.status, status, v.body)
	}
	return v
}

// says fails unless the text of what matches contains words.
func (v visited) says(selector, words string) {
	v.t.Helper()
	if got := strings.Join(strings.Fields(v.Find(selector).Text()), " "); !strings.Contains(got, words) {
		v.t.Errorf("%s says %q, want %q in it", selector, got, words)
	}
}

// lacks fails if anything matches.
func (v visited) lacks(selector string) {
	v.t.Helper()
	if n := v.Find(selector).Length(); n > 0 {
		v.t.Errorf("%d × %s, want none", n, selector)
	}
}

// add makes an activity through the service.
func (p *portal) add(task int, content submission.Content) string {
	p.t.Helper()
	r, err := p.plans.AddActivity(p.t.Context(), p.people["truc"], p.now, post.Once{}, stp, task, plan.Edit{Values: content})
	p.must(err)
	if len(r.Faults) > 0 {
		p.t.Fatal(r.Faults)
	}
	return r.Code
}

// assign puts somebody in charge through the service.
func (p *portal) assign(code, owner string) {
	p.t.Helper()
	a := p.stored(code)
	var was actor.PersonID
	if a.Owner != nil && a.Owner.Active {
		was = a.Owner.ID
	}
	_, err := p.plans.Assign(p.t.Context(), p.people["truc"], p.now, post.Once{}, stp, code,
		plan.Charge{Was: was, Now: p.people[owner].Person}, plan.Charge{})
	p.must(err)
}

// stored is an activity as it is saved.
func (p *portal) stored(code string) plan.Activity {
	p.t.Helper()
	ctx := context.Background()
	c, err := p.plans.Case(ctx, p.people["truc"], p.now, stp)
	p.must(err)
	content, err := p.plans.Working(ctx, p.now, c)
	p.must(err)
	a, ok := content.Activity(code)
	if !ok {
		p.t.Fatalf("no activity %s", code)
	}
	return a
}

// count returns how many activities the plan has.
func (p *portal) count() int {
	p.t.Helper()
	n, err := database.Value[int](p.t.Context(), p.db, `select count(*) from part where key like 'activity/%'`, nil)
	p.must(err)
	return n
}
