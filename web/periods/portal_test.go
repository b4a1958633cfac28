package periods

import (
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
	"danvan/internal/unit"
	"danvan/internal/viet"
	"danvan/web/current"
	"danvan/web/respond"
	"danvan/web/ui"
)

// portal is the pages of this package over the province of 2022 and a few people.
type portal struct {
	t      testing.TB
	db     *pgxpool.Pool
	year   campaign.Campaign
	router chi.Router
	people map[string]actor.Actor
	now    time.Time
	said   string
}

func at(text string) time.Time {
	t, err := time.ParseInLocation("02/01/2006 15:04:05", text, viet.Location)
	if err != nil {
		panic(err)
	}
	return t
}

// Trúc writes for Sở Tư pháp, Đông for huyện Vị Thủy, Mai for one of its communes;
// Kiều decides at the district, Tú at Sở Nội vụ, where Ngân consolidates.
var offices = []struct {
	name, full, unit string
	role             actor.Role
}{
	{"truc", "Lê Thị Thanh Trúc", "stp", actor.Staff},
	{"dong", "Nguyễn Hoàng Đông", "h-vi-thuy", actor.Staff},
	{"kieu", "Trần Thúy Kiều", "h-vi-thuy", actor.Reviewer},
	{"mai", "Đặng Xuân Mai", "xa-vi-thang-h-vi-thuy", actor.Staff},
	{"tu", "Huỳnh Thị Cẩm Tú", "snv", actor.Reviewer},
	{"ngan", "Châu Thị Bích Ngân", "snv", actor.Consolidator},
	{"chutich", "Đặng Hữu Phước", "ubnd-tinh", actor.Leadership},
	{"quantri", "Mai Quốc Trị", "snv", actor.Admin},
	{"mattran", "Cao Thị Mai", "mttq", actor.Observer},
}

func newPortal(t testing.TB, now string) *portal {
	t.Helper()
	p := &portal{t: t, db: dbtest.New(t), people: map[string]actor.Actor{}, now: at(now)}
	opening := at("28/02/2022 07:30:00")
	_, err := unit.Load(t.Context(), p.db, actor.System, opening, unit.Reference(), unit.ReferenceFrom, unit.ReferenceBasis)
	p.must(err)
	p.year, err = campaign.Load2022(t.Context(), p.db, actor.System, opening)
	p.must(err)
	for _, o := range offices {
		type row struct{ Person, Unit int64 }
		r, err := database.One[row](t.Context(), p.db, `
			with h as (insert into person (name, name_sort) values (@name, @name) returning id),
			     m as (insert into membership (person_id, unit_id, role, valid)
			           select h.id, u.id, @role, '[2022-01-01,)' from h, unit u where u.slug = @unit returning person_id, unit_id)
			select person_id as person, unit_id as unit from m`,
			database.Args{"name": o.full, "role": o.role, "unit": o.unit})
		p.must(err)
		p.people[o.name] = actor.Actor{Person: actor.PersonID(r.Person), Name: o.full,
			Memberships: []actor.Membership{{Unit: actor.UnitID(r.Unit), Role: o.role}}}
	}
	h, r := Pages{DB: p.db}, chi.NewRouter()
	on := func(fn respond.Handler) http.HandlerFunc { return fn.ServeHTTP }
	for _, prefix := range []string{"/ke-hoach/{year}/thoi-han", "/bao-cao/{year}/{period}/thoi-han"} {
		r.Get(prefix, on(h.Show))
		for path, form := range map[string][2]respond.Handler{
			"/sua": {h.DeadlinesForm, h.SetDeadlines}, "/gia-han": {h.ExtendForm, h.Extend},
			"/dong-ky": {h.CloseForm, h.Close}, "/mo-lai-ky": {h.ReopenForm, h.Reopen},
		} {
			r.Get(prefix+path, on(form[0]))
			r.Post(prefix+path, on(form[1]))
		}
	}
	r.Get("/bao-cao/{year}/{period}/cap-xa", on(h.Communes))
	r.Get("/bao-cao/{year}/{period}/cap-xa/{unit}", on(h.SwitchOnForm))
	r.Post("/bao-cao/{year}/{period}/cap-xa/{unit}", on(h.SwitchOn))
	p.router = r
	return p
}

func (p *portal) must(err error) {
	p.t.Helper()
	if err != nil {
		p.t.Fatal(err)
	}
}

// visited is the answer to one request.
type visited struct {
	*goquery.Document
	status int
	to     string
}

// text is what a part of the page says, blanks folded.
func (v visited) text(selector string) string {
	return strings.Join(strings.Fields(v.Find(selector).Text()), " ")
}

func (p *portal) send(who string, r *http.Request) visited {
	p.t.Helper()
	act, ok := p.people[who]
	if !ok {
		p.t.Fatalf("nobody is called %s", who)
	}
	r = current.With(r, current.Visit{Actor: act, Now: p.now, Frame: ui.Frame{SignedIn: true, Who: act.Name},
		PutMessage: func(m string) { p.said = m },
		PopMessage: func() string { m := p.said; p.said = ""; return m }})
	w := httptest.NewRecorder()
	p.router.ServeHTTP(w, r)
	doc, err := goquery.NewDocumentFromReader(w.Result().Body)
	p.must(err)
	return visited{Document: doc, status: w.Code, to: w.Header().Get("Location")}
}

func (p *portal) get(who, path string) visited {
	p.t.Helper()
	return p.send(who, httptest.NewRequest(http.MethodGet, path, nil))
}

// fill posts the form of a page as it stands, with some fields filled in.
func (p *portal) fill(who, path string, pairs ...string) visited {
	p.t.Helper()
	return p.post(who, path, p.filled(who, path, pairs...))
}

// filled is the form of a page as a browser would post it.
func (p *portal) filled(who, path string, pairs ...string) url.Values {
	p.t.Helper()
	page := p.get(who, path)
	f := page.Find(`form[action="` + path + `"]`)
	if f.Length() != 1 {
		p.t.Fatalf("%d forms post to %s, answered %d: %s", f.Length(), path, page.status, page.text("main"))
	}
	values := url.Values{}
	f.Find("input, select, textarea").Each(func(_ int, x *goquery.Selection) {
		value, _ := x.Attr("value")
		switch goquery.NodeName(x) {
		case "select":
			value = x.Find("option[selected]").AttrOr("value", "")
		case "textarea":
			value = strings.TrimPrefix(x.Text(), "\n")
		}
		if _, ticked := x.Attr("checked"); ticked || x.AttrOr("type", "") != "checkbox" {
			values.Add(x.AttrOr("name", ""), value)
		}
	})
	for i := 0; i+1 < len(pairs); i += 2 {
		values[pairs[i]] = strings.Split(pairs[i+1], ",")
	}
	return values
}

func (p *portal) post(who, path string, values url.Values) visited {
	p.t.Helper()
	r := httptest.NewRequest(http.MethodPost, path, strings.NewReader(values.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return p.send(who, r)
}
