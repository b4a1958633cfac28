package report_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"danvan/internal/actor"
	"danvan/internal/database"
	"danvan/internal/database/dbtest"
	"danvan/internal/evidence"
	"danvan/internal/fault"
	"danvan/internal/indicator"
	"danvan/internal/plan"
	"danvan/internal/post"
	"danvan/internal/report"
	"danvan/internal/review"
	"danvan/internal/submission"
	"danvan/internal/viet"
)

// The units of the tests: the lead unit, a department, a district with two communes.
const (
	snv actor.UnitID = iota + 1
	stp
	district
	vinhTuong
	viThuy
)

const foundation = `
	insert into unit (id, slug) overriding system value
	    values (1, 'snv'), (2, 'stp'), (3, 'h-vi-thuy'), (4, 'xa-vinh-tuong'), (5, 'xa-vi-thuy');
	insert into unit_version (id, unit_id, valid, code, name, short, symbol, place, kind) overriding system value
	    select id, id, '[2020-01-01,)', 'U' || id, name, short, symbol, 'Hậu Giang', kind
	    from (values
	        (1, 'Sở Nội vụ', 'Nội vụ', 'SNV', 'department'),
	        (2, 'Sở Tư pháp', 'Tư pháp', 'STP', 'department'),
	        (3, 'Ủy ban nhân dân huyện Vị Thủy', 'H. Vị Thủy', 'UBND', 'district'),
	        (4, 'Ủy ban nhân dân xã Vĩnh Tường', 'Xã Vĩnh Tường', 'UBND', 'commune'),
	        (5, 'Ủy ban nhân dân xã Vị Thủy', 'Xã Vị Thủy', 'UBND', 'commune')) v (id, name, short, symbol, kind);
	insert into campaign (id, year, lead_unit, directive, active) overriding system value
	    values (1, 2022, 1, 'Kế hoạch số 32/KH-UBND ngày 28/02/2022', '[2022-01-01,2022-12-31]');
	insert into task (campaign_id, no, short, title)
	    select 1, no, 'Việc ' || no, 'Nhiệm vụ số ' || no from generate_series(0, 7) no;
	insert into roster (campaign_id, unit_id, unit_version_id, reports_to, position, valid)
	    select 1, unit, unit, receiver, unit, '[2022-01-01,)' from (values (1, 1), (2, 1), (3, 1), (4, 3), (5, 3)) r (unit, receiver);
	insert into period (id, campaign_id, kind, slug, name, opens_on, data, cumulative) overriding system value values
	    (1, 1, 'plan', 'ke-hoach', 'Kế hoạch năm 2022', '2022-02-28', null, false),
	    (2, 1, 'report', '6-thang', '6 tháng đầu năm 2022', '2022-06-01', '[2021-12-15,2022-06-14]', true),
	    (3, 1, 'report', 'nam', 'Năm 2022', '2022-11-15', '[2021-12-15,2022-11-30]', true);
	insert into deadline (period_id, unit_kind, due_before)
	    select p.id, kind, p.due::timestamptz
	    from (values (1, '2022-04-01 00:00+07'), (2, '2022-06-21 00:00+07'), (3, '2022-12-05 00:00+07')) p (id, due),
	         (values ('department'), ('district'), ('commune')) k (kind);`

var offices = []struct {
	name, full string
	held       []actor.Membership
}{
	{"lan", "Nguyễn Thị Lan", []actor.Membership{{Unit: stp, Role: actor.Staff}}},
	{"minh", "Trần Văn Minh", []actor.Membership{{Unit: stp, Role: actor.Staff}}},
	{"hung", "Lê Quốc Hùng", []actor.Membership{{Unit: stp, Role: actor.UnitLeader}}},
	{"nhi", "Lâm Yến Nhi", []actor.Membership{{Unit: snv, Role: actor.UnitLeader}}},
	{"hoa", "Đặng Thị Hoa", []actor.Membership{{Unit: snv, Role: actor.Reviewer}}},
	{"tong", "Phạm Văn Tổng", []actor.Membership{{Unit: snv, Role: actor.Consolidator}}},
	{"huyen", "Đỗ Văn Huyện", []actor.Membership{{Unit: district, Role: actor.UnitLeader}}},
	{"giang", "Bùi Thu Giang", []actor.Membership{{Unit: district, Role: actor.Reviewer}}},
	{"tuong", "Ngô Văn Tường", []actor.Membership{{Unit: vinhTuong, Role: actor.UnitLeader}}},
	{"thuy", "Hồ Thị Thủy", []actor.Membership{{Unit: viThuy, Role: actor.UnitLeader}}},
	{"quan-tri", "Mai Thị Quản", []actor.Membership{{Unit: snv, Role: actor.Admin}}},
	{"la", "Người Lạ", nil},
}

var (
	half = time.Date(2022, time.June, 15, 9, 0, 0, 0, viet.Location)
	year = time.Date(2022, time.December, 1, 9, 0, 0, 0, viet.Location)
)

// The reports of the tests.
var (
	ofDepartment = report.Ref(2022, "nam", "stp")
	ofDistrict   = report.Ref(2022, "nam", "h-vi-thuy")
	ofVinhTuong  = report.Ref(2022, "nam", "xa-vinh-tuong")
	ofViThuy     = report.Ref(2022, "nam", "xa-vi-thuy")
)

func inHalf(ref submission.Ref) submission.Ref { return report.Ref(ref.Year, "6-thang", ref.Unit) }

type world struct {
	db      *pgxpool.Pool
	svc     *report.Service
	plans   *plan.Service
	reviews *review.Service
	files   *evidence.Store
	people  map[string]actor.Actor
	keys    int
	papers  int
}

// seed fills a database of its own with units, a campaign and the core indicators;
// every unit has its plan and both reports to file.
func seed(t testing.TB) *world {
	t.Helper()
	db := dbtest.New(t)
	files, err := evidence.Open(t.TempDir(), evidence.DefaultMax)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = files.Close() }) // only a descriptor
	w := &world{db: db, files: files, people: map[string]actor.Actor{},
		svc: report.NewService(db, files), plans: plan.NewService(db), reviews: review.NewService(db)}
	w.exec(t, foundation)
	for i, o := range offices {
		act := actor.Actor{Person: actor.PersonID(i + 1), Name: o.full, From: "10.0.0.1", Memberships: o.held}
		w.exec(t, `insert into person (id, name, name_sort) overriding system value values ($1, $2, $2)`, act.Person, act.Name)
		for _, m := range o.held {
			w.exec(t, `insert into membership (person_id, unit_id, role, valid) values ($1, $2, $3, '[2022-01-01,)')`, act.Person, m.Unit, m.Role)
		}
		w.people[o.name] = act
	}
	must(t, indicator.Load(t.Context(), db, actor.System, half))
	must(t, submission.Ensure(t.Context(), db, year))
	return w
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

func (w *world) content(t testing.TB, ref submission.Ref, now time.Time) report.Content {
	t.Helper()
	c, err := submission.Load(t.Context(), w.db, now, ref)
	must(t, err)
	content, err := w.svc.Working(t.Context(), now, c)
	must(t, err)
	return content
}

// row is a figure as a test types it: a number, or a mark.
func row(typed string, read int) report.FigureEdit {
	if indicator.ParseAmount(typed) != nil {
		return report.FigureEdit{Read: read, Values: submission.Content{"own": typed, "mark": "", "estimated": ""}}
	}
	return report.FigureEdit{Read: read, Values: submission.Content{"own": "", "mark": typed, "estimated": ""}}
}

// write fills a report in: figures as given, every other one "không phát sinh".
func (w *world) write(t testing.TB, who string, ref submission.Ref, now time.Time, figures map[string]string) {
	t.Helper()
	content := w.content(t, ref, now)
	for _, s := range content.Tasks {
		e := report.TaskEdit{Figures: map[string]report.FigureEdit{}, Narrative: report.Edit{Read: s.Part.Revision,
			Values: submission.Content{"status": "done", "result": "Đã thực hiện nhiệm vụ " + fmt.Sprint(s.Task)}}}
		for _, r := range s.Rows {
			if !r.Asked || !r.Typed() {
				continue
			}
			typed, given := figures[r.Code]
			if !given {
				typed = "nil"
			}
			e.Figures[r.Code] = row(typed, r.Part.Revision)
		}
		saved, err := w.svc.SaveTask(t.Context(), w.people[who], now, w.once(), ref, s.Task, e)
		must(t, err)
		must(t, saved.Faults.OrNil())
		if len(saved.Conflicts) > 0 {
			t.Fatal(saved.Conflicts[0])
		}
	}
	_, err := w.svc.SaveOverall(t.Context(), w.people[who], now, w.once(), ref,
		report.Edit{Read: content.Overall.Revision, Values: submission.Content{"strengths": "Kịp thời, đúng quy định"}})
	must(t, err)
	_, err = w.svc.SaveNext(t.Context(), w.people[who], now, w.once(), ref,
		report.Edit{Read: content.Next.Revision, Values: submission.Content{"steps": "Tiếp tục đối thoại với Nhân dân"}})
	must(t, err)
}

// signature signs what is in the working copy now, under a number of its own.
func (w *world) signature(t testing.TB, ref submission.Ref, now time.Time) submission.Signature {
	t.Helper()
	w.papers++
	c, err := submission.Load(t.Context(), w.db, now, ref)
	must(t, err)
	doc, err := submission.PartByKey(t.Context(), w.db, c.ID, submission.ReferenceKey)
	must(t, err)
	return submission.Signature{Read: c.Revision, RefRead: doc.Revision, Reference: submission.Content{
		"number": fmt.Sprint(w.papers), "symbol": "BC-" + c.Symbol, "issued_on": viet.DateOf(now).ISO(),
		"subject": "Báo cáo kết quả công tác dân vận chính quyền", "signer": "Lê Quốc Hùng", "capacity": "GIÁM ĐỐC"}}
}

// sent writes a report and sends it; who leads the unit.
func (w *world) sent(t testing.TB, who string, ref submission.Ref, now time.Time, figures map[string]string) {
	t.Helper()
	w.write(t, who, ref, now, figures)
	must(t, w.svc.Submit(t.Context(), w.people[who], now, w.once(), ref, w.signature(t, ref, now)))
}

// accepted is sent and accepted by decider.
func (w *world) accepted(t testing.TB, who, decider string, ref submission.Ref, now time.Time, figures map[string]string) {
	t.Helper()
	w.sent(t, who, ref, now, figures)
	w.accepts(t, decider, ref, now)
}

func (w *world) accepts(t testing.TB, decider string, ref submission.Ref, now time.Time) {
	t.Helper()
	c, err := submission.Load(t.Context(), w.db, now, ref)
	must(t, err)
	must(t, w.reviews.Accept(t.Context(), w.people[decider], now, w.once(), ref, c.Last.No))
}

// version returns the newest sending of ref.
func (w *world) version(t testing.TB, ref submission.Ref, now time.Time) submission.Version {
	t.Helper()
	c, err := submission.Load(t.Context(), w.db, now, ref)
	must(t, err)
	v, err := submission.VersionByNo(t.Context(), w.db, c.ID, c.Last.No)
	must(t, err)
	return v
}

// facts returns the facts of one indicator for a period, as "unit mark own+below".
func (w *world) facts(t testing.TB, period, code string) string {
	t.Helper()
	lines, err := database.Values[string](t.Context(), w.db, `
		select u.slug || ' ' || f.mark || ' ' || coalesce(trim_scale(f.own)::text, '–') || '+' || coalesce(trim_scale(f.below)::text, '–')
		from figure_fact f
		join period p on p.id = f.period_id
		join unit u on u.id = f.unit_id
		join indicator i on i.id = f.indicator_id
		where p.slug = @period and i.code = @code
		order by u.id`, database.Args{"period": period, "code": code})
	must(t, err)
	return strings.Join(lines, "; ")
}

// refused fails unless err is a refusal with a reason.
func refused(t testing.TB, what string, err error) {
	t.Helper()
	if r, ok := errors.AsType[fault.Refusal](err); !ok || r.Reason == "" {
		t.Errorf("%s: got %v, want a refusal with its reason", what, err)
	}
}

// inTx runs fn on the locked case of ref and rolls back when it fails.
func (w *world) inTx(t testing.TB, ref submission.Ref, now time.Time, fn func(tx pgx.Tx, c *submission.Case) error) error {
	t.Helper()
	return database.InTx(t.Context(), w.db, func(tx pgx.Tx) error {
		c, err := submission.Lock(t.Context(), tx, now, ref)
		if err != nil {
			return err
		}
		return fn(tx, c)
	})
}
