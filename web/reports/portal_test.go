package reports

import (
	"context"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
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
	"danvan/internal/indicator"
	"danvan/internal/post"
	"danvan/internal/report"
	"danvan/internal/review"
	"danvan/internal/submission"
	"danvan/internal/unit"
	"danvan/internal/viet"
	"danvan/web/current"
	"danvan/web/form"
	"danvan/web/paths"
	"danvan/web/respond"
	"danvan/web/ui"
)

// portal is the pages of this package over a database of their own, with the
// province of 2022 and a few people of Sở Tư pháp and Sở Nội vụ.
type portal struct {
	t       testing.TB
	db      *pgxpool.Pool
	reports *report.Service
	reviews *review.Service
	files   *evidence.Store
	router  chi.Router
	people  map[string]actor.Actor
	now     time.Time
	said    string
	keys    int
}

var (
	midyear = time.Date(2022, time.June, 15, 8, 15, 0, 0, viet.Location)
	yearEnd = time.Date(2022, time.November, 28, 8, 15, 0, 0, viet.Location)
)

// offices are the people, by the name tests call them: Trúc and Gấm write, Khải
// leads; Tú receives, Tổng sums up.
var offices = []struct {
	name, full, unit string
	role             actor.Role
}{
	{"truc", "Lê Thị Thanh Trúc", "stp", actor.Staff},
	{"gam", "Võ Thị Hồng Gấm", "stp", actor.Staff},
	{"oanh", "Nguyễn Thị Kiều Oanh", "stp", actor.Staff},
	{"khai", "Trần Quốc Khải", "stp", actor.UnitLeader},
	{"tu", "Huỳnh Thị Cẩm Tú", "snv", actor.Reviewer},
	{"tong", "Dương Thanh Tổng", "snv", actor.Consolidator},
	{"chutich", "Đặng Hữu Phước", "ubnd-tinh", actor.Leadership},
	{"quantri", "Mai Quốc Trị", "snv", actor.Admin},
	{"mattran", "Cao Thị Mai", "mttq", actor.Observer},
	{"yte", "Ngô Văn Tế", "syt", actor.Staff},
	{"huyen", "Đỗ Văn Huyện", "h-vi-thuy", actor.UnitLeader},
}

var stp, half = report.Ref(2022, "nam", "stp"), report.Ref(2022, "6-thang", "stp")

// base is the address of the report most tests are about.
var base = paths.Report(2022, "nam", "stp")

func newPortal(t testing.TB) *portal {
	t.Helper()
	p := &portal{t: t, db: dbtest.New(t), people: map[string]actor.Actor{}, now: yearEnd}
	ctx := t.Context()
	_, err := unit.Load(ctx, p.db, actor.System, midyear, unit.Reference(), unit.ReferenceFrom, unit.ReferenceBasis)
	p.must(err)
	_, err = campaign.Load2022(ctx, p.db, actor.System, midyear)
	p.must(err)
	p.must(indicator.Load(ctx, p.db, actor.System, midyear))
	p.must(submission.Ensure(ctx, p.db, yearEnd))
	for _, o := range offices {
		p.people[o.name] = p.hire(o.full, o.unit, o.role)
	}
	p.files, err = evidence.Open(t.TempDir(), 1<<20)
	p.must(err)
	t.Cleanup(func() { p.must(p.files.Close()) })
	p.reports, p.reviews = report.NewService(p.db, p.files), review.NewService(p.db)
	p.router = routes(p)
	return p
}

// hire adds a person with one role.
func (p *portal) hire(name, slug string, role actor.Role) actor.Actor {
	p.t.Helper()
	type row struct{ Person, Unit int64 }
	r, err := database.One[row](p.t.Context(), p.db, `
		with h as (insert into person (name, name_sort) values (@name, @sort) returning id),
		     m as (insert into membership (person_id, unit_id, role, valid)
		           select h.id, u.id, @role, '[2022-01-01,)' from h, unit u where u.slug = @unit returning person_id, unit_id)
		select person_id as person, unit_id as unit from m`,
		database.Args{"name": name, "sort": viet.SortName(name), "role": role, "unit": slug})
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
	h := Pages{DB: p.db, Reports: p.reports, Files: p.files}
	on := func(fn respond.Handler) http.HandlerFunc { return fn.ServeHTTP }
	r := chi.NewRouter()
	r.Route("/bao-cao/{year}/{period}/{unit}", func(r chi.Router) {
		r.Get("/", on(h.Show))
		r.Get("/lich-su", on(h.History))
		r.Get("/lan-gui/{no}", on(h.Version))
		r.Get("/kiem-tra", on(h.Check))
		r.Get("/nhiem-vu/{task}", on(h.TaskForm))
		r.Post("/nhiem-vu/{task}", on(h.SaveTask))
		r.Get("/danh-gia-chung", on(h.OverallForm))
		r.Post("/danh-gia-chung", on(h.SaveOverall))
		r.Get("/phuong-huong", on(h.NextForm))
		r.Post("/phuong-huong", on(h.SaveNext))
		r.Get("/van-ban", on(h.ReferenceForm))
		r.Post("/van-ban", on(h.SaveReference))
		r.Get("/kien-nghi", on(h.Proposals))
		r.Get("/kien-nghi/moi", on(h.NewProposal))
		r.Post("/kien-nghi/moi", on(h.AddProposal))
		r.Get("/kien-nghi/{no}", on(h.ProposalForm))
		r.Post("/kien-nghi/{no}", on(h.SaveProposal))
		r.Get("/kien-nghi/{no}/xoa", on(h.DropProposalForm))
		r.Post("/kien-nghi/{no}/xoa", on(h.DropProposal))
		r.Get("/dan-van-kheo", on(h.Exemplars))
		r.Get("/dan-van-kheo/moi", on(h.NewExemplar))
		r.Post("/dan-van-kheo/moi", on(h.AddExemplar))
		r.Get("/dan-van-kheo/{no}", on(h.ExemplarForm))
		r.Post("/dan-van-kheo/{no}", on(h.SaveExemplar))
		r.Get("/dan-van-kheo/{no}/xoa", on(h.DropExemplarForm))
		r.Post("/dan-van-kheo/{no}/xoa", on(h.DropExemplar))
		r.Get("/minh-chung", on(h.Evidence))
		r.Post("/minh-chung", on(h.Attach))
		r.Get("/minh-chung/{id}", on(h.EvidenceFile))
		r.Get("/minh-chung/{id}/bo", on(h.DetachForm))
		r.Post("/minh-chung/{id}/bo", on(h.Detach))
		r.Get("/so-lieu-nam-truoc", on(h.PriorForm))
		r.Post("/so-lieu-nam-truoc", on(h.SavePrior))
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
	return ui.Frame{SignedIn: true, Who: act.Name, Province: "Tỉnh Hậu Giang", Moment: yearEnd}
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
	values = maps.Clone(values)
	values.Set(form.AutosaveField, "1")
	r := httptest.NewRequest(http.MethodPost, path, strings.NewReader(values.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Accept", "application/json")
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

// taskPath is the form of a task of the report.
func taskPath(no int) string { return paths.ReportTask(base, no) }

// task is the form of a task as one person sees it.
func (p *portal) task(who string, no int) url.Values {
	p.t.Helper()
	return p.get(who, taskPath(no)).want(200).form(taskPath(no))
}

// content is the working copy of a report.
func (p *portal) content(ref submission.Ref) report.Content {
	p.t.Helper()
	ctx := context.Background()
	c, err := submission.Load(ctx, p.db, p.now, ref)
	p.must(err)
	content, err := p.reports.Working(ctx, p.now, c)
	p.must(err)
	return content
}

// stored is a figure as it is saved, "" for one never saved.
func (p *portal) stored(code string) string {
	p.t.Helper()
	c := p.content(stp).Rows[code].Part.Content
	var said []string
	for _, name := range slices.Sorted(maps.Keys(c)) {
		said = append(said, name+"="+c[name])
	}
	return strings.Join(said, " ")
}

func (p *portal) once() post.Once {
	p.keys++
	return post.Once{Key: fmt.Sprintf("key-of-a-form-%06d", p.keys), Body: []byte{byte(p.keys)}}
}

// write fills a report in through the service: figures as given, every other one
// "không phát sinh".
func (p *portal) write(ref submission.Ref, figures map[string]string) {
	p.t.Helper()
	act := p.people["truc"]
	content := p.content(ref)
	for _, s := range content.Tasks {
		e := report.TaskEdit{Figures: map[string]report.FigureEdit{}, Narrative: report.Edit{Read: s.Part.Revision,
			Values: submission.Content{"status": "done", "result": "Đã thực hiện nhiệm vụ " + fmt.Sprint(s.Task)}}}
		for _, r := range answerable(s) {
			values := submission.Content{"own": figures[r.Code], "mark": "", "estimated": ""}
			if figures[r.Code] == "" {
				values["mark"] = "nil"
			}
			e.Figures[r.Code] = report.FigureEdit{Read: r.Part.Revision, Values: values}
		}
		saved, err := p.reports.SaveTask(p.t.Context(), act, p.now, p.once(), ref, s.Task, e)
		p.must(err)
		p.must(saved.Faults.OrNil())
	}
	_, err := p.reports.SaveOverall(p.t.Context(), act, p.now, p.once(), ref,
		report.Edit{Read: content.Overall.Revision, Values: submission.Content{"strengths": "Kịp thời, đúng quy định"}})
	p.must(err)
	_, err = p.reports.SaveNext(p.t.Context(), act, p.now, p.once(), ref,
		report.Edit{Read: content.Next.Revision, Values: submission.Content{"steps": "Tiếp tục đối thoại với Nhân dân"}})
	p.must(err)
}

// submit sends a report that is written, by its leader.
func (p *portal) submit(ref submission.Ref) {
	p.t.Helper()
	c, err := submission.Load(p.t.Context(), p.db, p.now, ref)
	p.must(err)
	doc, err := submission.PartByKey(p.t.Context(), p.db, c.ID, submission.ReferenceKey)
	p.must(err)
	p.must(p.reports.Submit(p.t.Context(), p.people["khai"], p.now, p.once(), ref, submission.Signature{
		Read: c.Revision, RefRead: doc.Revision, Reference: submission.Content{
			"number": fmt.Sprint(100 + p.keys), "symbol": "BC-STP", "issued_on": viet.DateOf(p.now).ISO(),
			"subject": "Kết quả công tác dân vận chính quyền", "signer": "Trần Quốc Khải", "capacity": "GIÁM ĐỐC"}}))
}

// accept takes the newest sending of a report in.
func (p *portal) accept(ref submission.Ref) {
	p.t.Helper()
	c, err := submission.Load(p.t.Context(), p.db, p.now, ref)
	p.must(err)
	p.must(p.reviews.Accept(p.t.Context(), p.people["tu"], p.now, p.once(), ref, c.Last.No))
}
