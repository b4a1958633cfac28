package consolidation_test

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"

	"danvan/internal/actor"
	"danvan/internal/consolidation"
	"danvan/internal/database"
	"danvan/internal/database/dbtest"
	"danvan/internal/evidence"
	"danvan/internal/fault"
	"danvan/internal/indicator"
	"danvan/internal/post"
	"danvan/internal/report"
	"danvan/internal/review"
	"danvan/internal/submission"
	"danvan/internal/viet"
	"danvan/internal/workingcopy"
)

// The units of the tests: the lead unit, a department, a district with two communes,
// the province.
const (
	snv actor.UnitID = iota + 1
	stp
	district
	vinhTuong
	viThuy
	ubnd
)

const foundation = `
	insert into unit (id, slug) overriding system value
	    values (1, 'snv'), (2, 'stp'), (3, 'h-vi-thuy'), (4, 'xa-vinh-tuong'), (5, 'xa-vi-thuy'), (6, 'ubnd-tinh');
	insert into unit_version (id, unit_id, valid, code, name, short, symbol, place, kind, header_parent) overriding system value
	    select id, id, '[2020-01-01,)', 'U' || id, name, short, symbol, 'Hậu Giang', kind, parent
	    from (values
	        (1, 'Sở Nội vụ', 'Nội vụ', 'SNV', 'department', 'UBND TỈNH HẬU GIANG'),
	        (2, 'Sở Tư pháp', 'Tư pháp', 'STP', 'department', 'UBND TỈNH HẬU GIANG'),
	        (3, 'Ủy ban nhân dân huyện Vị Thủy', 'H. Vị Thủy', 'UBND', 'district', ''),
	        (4, 'Ủy ban nhân dân xã Vĩnh Tường', 'Xã Vĩnh Tường', 'UBND', 'commune', ''),
	        (5, 'Ủy ban nhân dân xã Vị Thủy', 'Xã Vị Thủy', 'UBND', 'commune', ''),
	        (6, 'Ủy ban nhân dân tỉnh Hậu Giang', 'UBND tỉnh', 'UBND', 'province', '')) v (id, name, short, symbol, kind, parent);
	insert into campaign (id, year, lead_unit, directive, active) overriding system value
	    values (1, 2022, 1, 'Kế hoạch số 32/KH-UBND ngày 28/02/2022 của Ủy ban nhân dân tỉnh Hậu Giang', '[2022-01-01,2022-12-31]');
	insert into task (campaign_id, no, short, title)
	    select 1, no, 'Việc ' || no, 'Nhiệm vụ số ' || no || '.' from generate_series(0, 7) no;
	insert into roster (campaign_id, unit_id, unit_version_id, reports_to, position, valid)
	    select 1, unit, unit, receiver, unit, '[2022-01-01,)' from (values (1, 1), (2, 1), (3, 1), (4, 3), (5, 3)) r (unit, receiver);
	insert into period (id, campaign_id, kind, slug, name, opens_on, data, cumulative) overriding system value values
	    (2, 1, 'report', '6-thang', '6 tháng đầu năm 2022', '2022-06-01', '[2021-12-15,2022-06-14]', true),
	    (3, 1, 'report', 'nam', 'Năm 2022', '2022-11-15', '[2021-12-15,2022-11-30]', true);
	insert into deadline (period_id, unit_kind, due_before)
	    select p.id, kind, p.due::timestamptz
	    from (values (2, '2022-06-21 00:00+07'), (3, '2022-12-05 00:00+07')) p (id, due),
	         (values ('department'), ('district'), ('commune')) k (kind);`

var offices = []struct {
	name, full string
	held       []actor.Membership
}{
	{"tong", "Phạm Văn Tổng", []actor.Membership{{Unit: snv, Role: actor.Consolidator}}},
	{"hop", "Trần Thị Hợp", []actor.Membership{{Unit: snv, Role: actor.Consolidator}}},
	{"nhi", "Lâm Yến Nhi", []actor.Membership{{Unit: snv, Role: actor.UnitLeader}}},
	{"hoa", "Đặng Thị Hoa", []actor.Membership{{Unit: snv, Role: actor.Reviewer}}},
	{"vy", "Đoàn Tường Vy", []actor.Membership{{Unit: snv, Role: actor.Staff}}},
	{"lan", "Nguyễn Thị Lan", []actor.Membership{{Unit: stp, Role: actor.Staff}}},
	{"hung", "Lê Quốc Hùng", []actor.Membership{{Unit: stp, Role: actor.UnitLeader}}},
	{"huyen", "Đỗ Văn Huyện", []actor.Membership{{Unit: district, Role: actor.UnitLeader}}},
	{"giang", "Bùi Thu Giang", []actor.Membership{{Unit: district, Role: actor.Reviewer}}},
	{"hai", "Đỗ Văn Hải", []actor.Membership{{Unit: district, Role: actor.Consolidator}}},
	{"tuong", "Ngô Văn Tường", []actor.Membership{{Unit: vinhTuong, Role: actor.UnitLeader}}},
	{"thuy", "Hồ Thị Thủy", []actor.Membership{{Unit: viThuy, Role: actor.UnitLeader}}},
	{"chu-tich", "Trương Văn Chủ", []actor.Membership{{Unit: ubnd, Role: actor.Leadership}}},
	{"quan-tri", "Mai Thị Quản", []actor.Membership{{Unit: snv, Role: actor.Admin}}},
	{"la", "Người Lạ", nil},
}

var year = time.Date(2022, time.December, 1, 9, 0, 0, 0, viet.Location)

// The consolidations of the tests.
var (
	ofProvince = consolidation.Ref{Year: 2022, Period: "nam", Unit: "snv"}
	ofDistrict = consolidation.Ref{Year: 2022, Period: "nam", Unit: "h-vi-thuy"}
)

func of(unit string) submission.Ref { return report.Ref(2022, "nam", unit) }

type world struct {
	db      *pgxpool.Pool
	tx      database.DB // within which a sequence of steps is taken
	svc     *consolidation.Service
	reports *report.Service
	reviews *review.Service
	files   *evidence.Store
	people  map[string]actor.Actor
	keys    int
	papers  int
}

// seed fills a database of its own with units and a campaign; every unit has its
// reports to file.
func seed(t testing.TB) *world {
	t.Helper()
	db := dbtest.New(t)
	files, err := evidence.Open(t.TempDir(), evidence.DefaultMax)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = files.Close() }) // only a descriptor
	w := &world{db: db, files: files, people: map[string]actor.Actor{}, reports: report.NewService(db, files), reviews: review.NewService(db),
		svc: consolidation.NewService(db, files, wordFile)}
	w.exec(t, foundation)
	for i, o := range offices {
		act := actor.Actor{Person: actor.PersonID(i + 1), Name: o.full, From: "10.0.0.1", Memberships: o.held}
		w.exec(t, `insert into person (id, name, name_sort) overriding system value values ($1, $2, $2)`, act.Person, act.Name)
		for _, m := range o.held {
			w.exec(t, `insert into membership (person_id, unit_id, role, valid) values ($1, $2, $3, '[2022-01-01,)')`, act.Person, m.Unit, m.Role)
		}
		w.people[o.name] = act
	}
	must(t, indicator.Load(t.Context(), db, actor.System, year))
	must(t, submission.Ensure(t.Context(), db, year))
	return w
}

// wordFile writes a print in as few bytes as pass for a Word file.
func wordFile(p consolidation.Printed) ([]byte, error) {
	content, err := json.Marshal(p)
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, part := range []struct{ name, content string }{
		{"[Content_Types].xml", `<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">` +
			`<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>`},
		{"word/document.xml", string(content)},
	} {
		f, err := z.Create(part.name)
		if err != nil {
			return nil, err
		}
		if _, err := f.Write([]byte(part.content)); err != nil {
			return nil, err
		}
	}
	err = z.Close()
	return b.Bytes(), err
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func (w *world) exec(t testing.TB, sql string, args ...any) {
	t.Helper()
	_, err := w.db.Exec(t.Context(), sql, args...)
	must(t, err)
}

func (w *world) once() post.Once {
	w.keys++
	return post.Once{Key: fmt.Sprintf("key-of-a-form-%06d", w.keys), Body: []byte{byte(w.keys)}}
}

// write fills a report in: figures as given, every other one "không phát sinh".
func (w *world) write(t testing.TB, who, unit string, figures map[string]string) {
	t.Helper()
	c, err := submission.Load(t.Context(), w.db, year, of(unit))
	must(t, err)
	content, err := w.reports.Working(t.Context(), year, c)
	must(t, err)
	for _, s := range content.Tasks {
		e := report.TaskEdit{Figures: map[string]report.FigureEdit{}, Narrative: report.Edit{Read: s.Part.Revision,
			Values: submission.Content{"status": "good", "result": fmt.Sprintf("%s làm xong nhiệm vụ %d", unit, s.Task), "shortcoming": unit + " còn chậm"}}}
		for _, r := range s.Rows {
			if !r.Asked || !r.Typed() {
				continue
			}
			values := submission.Content{"own": figures[r.Code], "mark": "", "estimated": ""}
			if values["own"] == "" {
				values["mark"] = "nil"
			}
			e.Figures[r.Code] = report.FigureEdit{Read: r.Part.Revision, Values: values}
		}
		saved, err := w.reports.SaveTask(t.Context(), w.people[who], year, w.once(), of(unit), s.Task, e)
		must(t, err)
		must(t, saved.Faults.OrNil())
	}
	_, err = w.reports.SaveOverall(t.Context(), w.people[who], year, w.once(), of(unit),
		report.Edit{Read: content.Overall.Revision, Values: submission.Content{"strengths": unit + " kịp thời, đúng quy định"}})
	must(t, err)
	_, err = w.reports.SaveNext(t.Context(), w.people[who], year, w.once(), of(unit),
		report.Edit{Read: content.Next.Revision, Values: submission.Content{"steps": unit + " tiếp tục đối thoại"}})
	must(t, err)
}

// sends writes a report and sends it; who leads the unit.
func (w *world) sends(t testing.TB, who, unit string, figures map[string]string) {
	t.Helper()
	w.write(t, who, unit, figures)
	w.papers++
	c, err := submission.Load(t.Context(), w.db, year, of(unit))
	must(t, err)
	doc, err := submission.PartByKey(t.Context(), w.db, c.ID, submission.ReferenceKey)
	must(t, err)
	must(t, w.reports.Submit(t.Context(), w.people[who], year, w.once(), of(unit), submission.Signature{Read: c.Revision, RefRead: doc.Revision,
		Reference: submission.Content{"number": fmt.Sprint(w.papers), "symbol": "BC-" + c.Symbol, "issued_on": viet.DateOf(year).ISO(),
			"subject": "Báo cáo kết quả công tác dân vận chính quyền", "signer": "Lê Quốc Hùng", "capacity": "GIÁM ĐỐC"}}))
}

// accepted is sent and accepted by decider.
func (w *world) accepted(t testing.TB, who, decider, unit string, figures map[string]string) {
	t.Helper()
	w.sends(t, who, unit, figures)
	c, err := submission.Load(t.Context(), w.db, year, of(unit))
	must(t, err)
	must(t, w.reviews.Accept(t.Context(), w.people[decider], year, w.once(), of(unit), c.Last.No))
}

// everybody has a report in force, the communes before their district.
func (w *world) everybody(t testing.TB) {
	t.Helper()
	w.accepted(t, "nhi", "hoa", "snv", map[string]string{"T4.01": "4", "T2.04": "50", "T2.05": "45"})
	w.accepted(t, "hung", "hoa", "stp", map[string]string{"T4.01": "30", "T2.04": "100", "T2.05": "80"})
	w.accepted(t, "tuong", "giang", "xa-vinh-tuong", map[string]string{"T4.01": "7"})
	w.accepted(t, "thuy", "giang", "xa-vi-thuy", map[string]string{"T4.01": "5"})
	w.accepted(t, "huyen", "hoa", "h-vi-thuy", map[string]string{"T4.01": "10"})
}

func (w *world) load(t testing.TB, ref consolidation.Ref, who string) consolidation.Case {
	t.Helper()
	c, err := w.svc.Case(t.Context(), w.people[who], year, ref)
	must(t, err)
	return c
}

func (w *world) working(t testing.TB, ref consolidation.Ref, who string) consolidation.Working {
	t.Helper()
	x, err := w.svc.Working(t.Context(), w.people[who], year, ref)
	must(t, err)
	return x
}

// finalised is begun and handed to the leader.
func (w *world) finalised(t testing.TB, ref consolidation.Ref, who string) {
	t.Helper()
	if !w.load(t, ref, who).Begun() {
		must(t, w.svc.Begin(t.Context(), w.people[who], year, w.once(), ref))
	}
	must(t, w.svc.Finalise(t.Context(), w.people[who], year, w.once(), ref, w.load(t, ref, who).Revision))
}

// signed is finalised and signed off.
func (w *world) signed(t testing.TB) {
	t.Helper()
	w.finalised(t, ofProvince, "tong")
	must(t, w.svc.SignOff(t.Context(), w.people["nhi"], year, w.once(), ofProvince, w.load(t, ofProvince, "nhi").Frozen.SHA256))
}

// issuance is the form of an issue of the province under a number.
func (w *world) issuance(t testing.TB, number string) consolidation.Issuance {
	t.Helper()
	return w.issuanceOf(t, ofProvince, "tong", number, "BC-SNV")
}

func (w *world) issuanceOf(t testing.TB, ref consolidation.Ref, who, number, symbol string) consolidation.Issuance {
	t.Helper()
	c, doc, err := w.svc.Reference(t.Context(), w.people[who], year, ref)
	must(t, err)
	return consolidation.Issuance{Read: doc.Revision, Frozen: c.Frozen.SHA256, Reference: workingcopy.Content{
		"number": number, "symbol": symbol, "issued_on": "2022-12-01", "subject": "Kết quả công tác dân vận chính quyền năm 2022",
		"signer": "Lâm Yến Nhi", "capacity": "GIÁM ĐỐC"}}
}

func (w *world) issues(t testing.TB, number string) {
	t.Helper()
	must(t, w.svc.Issue(t.Context(), w.people["tong"], year, w.once(), ofProvince, w.issuance(t, number)))
}

// refused fails unless err is a refusal with a reason.
func refused(t testing.TB, what string, err error) {
	t.Helper()
	if r, ok := errors.AsType[fault.Refusal](err); !ok || r.Reason == "" {
		t.Errorf("%s: got %v, want a refusal with its reason", what, err)
	}
}

// invalid fails unless err says what is to be mended in field.
func invalid(t testing.TB, what string, err error, field string) string {
	t.Helper()
	bad, ok := errors.AsType[fault.Invalid](err)
	if !ok || bad[field] == "" {
		t.Errorf("%s: got %v, want something to be mended in %s", what, err, field)
	}
	return bad[field]
}
