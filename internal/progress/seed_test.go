package progress_test

import (
	"crypto/sha256"
	"strconv"
	"strings"
	"testing"
	"time"

	"danvan/internal/actor"
	"danvan/internal/database"
	"danvan/internal/evidence"
	"danvan/internal/plan"
	"danvan/internal/post"
	"danvan/internal/progress"
	"danvan/internal/submission"
	"danvan/internal/viet"
)

var (
	now   = time.Date(2022, time.November, 28, 8, 42, 0, 0, viet.Location)
	today = viet.DateOf(now)
	ref   = plan.Ref(2022, "stp")
)

func day(month time.Month, d int) viet.Date { return viet.NewDate(2022, month, d) }

// world is one campaign in which Sở Tư pháp files a plan with Sở Nội vụ.
type world struct {
	db       database.DB
	svc      *progress.Service
	files    *evidence.Store
	staff    actor.Actor
	leader   actor.Actor
	reviewer actor.Actor
	stranger actor.Actor
	unit     actor.UnitID
	campaign int64
	plan     submission.ID
	version  int64
	keys     int
}

// seed fills db: a plan sent on 30/03/2022 and not yet accepted, without activities.
func seed(t testing.TB, db database.DB) *world {
	t.Helper()
	files, err := evidence.Open(t.TempDir(), evidence.DefaultMax)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = files.Close() }) // only a descriptor
	w := &world{db: db, files: files, svc: progress.NewService(db, files)}
	snv := w.unitNamed(t, "snv", "Nội vụ")
	w.unit = w.unitNamed(t, "stp", "Tư pháp")
	skhcn := w.unitNamed(t, "skhcn", "KH&CN")
	w.staff = w.person(t, "Lê Văn Chuyên", w.unit, actor.Staff)
	w.leader = w.person(t, "Trần Thị Lãnh Đạo", w.unit, actor.UnitLeader)
	w.reviewer = w.person(t, "Phạm Rà Soát", snv, actor.Reviewer)
	w.stranger = w.person(t, "Người Khác", skhcn, actor.Staff)
	w.campaign = w.id(t, `insert into campaign (year, lead_unit, directive, active)
		values (2022, @snv, 'Kế hoạch số 32/KH-UBND', '[2022-01-01,2023-01-01)') returning id`, database.Args{"snv": snv})
	for i, u := range []actor.UnitID{snv, w.unit, skhcn} {
		w.exec(t, `insert into roster (campaign_id, unit_id, unit_version_id, reports_to, position, valid)
			select @campaign, @unit, v.id, @snv, @position, '[2022-01-01,)' from unit_version v where v.unit_id = @unit`,
			database.Args{"campaign": w.campaign, "unit": u, "snv": snv, "position": i})
	}
	period := w.id(t, `insert into period (campaign_id, kind, slug, name, opens_on)
		values (@campaign, 'plan', 'ke-hoach', 'Kế hoạch', '2022-02-28') returning id`, database.Args{"campaign": w.campaign})
	w.exec(t, `insert into deadline (period_id, unit_kind, due_before) values (@period, 'department', @due)`,
		database.Args{"period": period, "due": day(time.April, 1).Start()})
	w.plan = submission.ID(w.id(t, `insert into submission (period_id, unit_id, state, state_at)
		values (@period, @unit, 'draft', @at) returning id`,
		database.Args{"period": period, "unit": w.unit, "at": day(time.March, 1).Start()}))
	return w
}

func (w *world) exec(t testing.TB, sql string, args database.Args) {
	t.Helper()
	if _, err := database.Exec(t.Context(), w.db, sql, args); err != nil {
		t.Fatal(err)
	}
}

func (w *world) id(t testing.TB, sql string, args database.Args) int64 {
	t.Helper()
	id, err := database.Value[int64](t.Context(), w.db, sql, args)
	if err != nil {
		t.Fatal(err)
	}
	return id
}

func (w *world) unitNamed(t testing.TB, slug, short string) actor.UnitID {
	t.Helper()
	id := w.id(t, `insert into unit (slug) values (@slug) returning id`, database.Args{"slug": slug})
	w.exec(t, `insert into unit_version (unit_id, valid, code, name, short, symbol, place, kind)
		values (@id, '[2000-01-01,)', @slug, @short, @short, upper(@slug), 'Hậu Giang', 'department')`,
		database.Args{"id": id, "slug": slug, "short": short})
	return actor.UnitID(id)
}

func (w *world) person(t testing.TB, name string, unit actor.UnitID, role actor.Role) actor.Actor {
	t.Helper()
	id := w.id(t, `insert into person (name, name_sort) values (@name, @name) returning id`, database.Args{"name": name})
	w.exec(t, `insert into membership (person_id, unit_id, role, valid) values (@id, @unit, @role, '[2022-01-01,)')`,
		database.Args{"id": id, "unit": unit, "role": role})
	return actor.Actor{Person: actor.PersonID(id), Name: name, Memberships: []actor.Membership{{Unit: unit, Role: role}}}
}

// activity is one as a test wants it. The zero one is wanted all year.
type activity struct {
	task    int // 0 = 1
	seq     int
	start   viet.Date
	due     viet.Date
	goal    progress.Goal
	stopped string
	notSent bool
	inForce bool
}

func (a activity) code() string { return strconv.Itoa(max(a.task, 1)) + "." + strconv.Itoa(a.seq) }

// add makes an activity; in force it has its facts too.
func (w *world) add(t testing.TB, a activity) plan.ActivityID {
	t.Helper()
	if a.start.IsZero() {
		a.start = day(time.January, 1)
	}
	if a.due.IsZero() {
		a.due = day(time.December, 31)
	}
	id := w.id(t, `insert into activity (submission_id, task_no, seq, sent) values (@plan, @task, @seq, @sent) returning id`,
		database.Args{"plan": w.plan, "task": max(a.task, 1), "seq": a.seq, "sent": !a.notSent})
	if a.inForce {
		if w.version == 0 {
			w.send(t, nil)
		}
		w.exec(t, `insert into activity_fact (activity_id, version_id, campaign_id, unit_id, task_no, position, code, title, product,
				start_on, due_on, span_kind, uom, baseline, target, evidence_required, stopped_reason)
			values (@id, @version, @campaign, @unit, @task, @seq, @code, @code, 'x', @start, @due, 'day', @uom,
				nullif(@baseline, '')::numeric, nullif(@target, '')::numeric, @evidence, @stopped)`,
			database.Args{"id": id, "version": w.version, "campaign": w.campaign, "unit": w.unit, "task": max(a.task, 1), "seq": a.seq,
				"code": a.code(), "start": a.start, "due": a.due, "uom": a.goal.Unit, "baseline": a.goal.Baseline,
				"target": a.goal.Target, "evidence": a.goal.Evidence, "stopped": a.stopped})
	}
	return plan.ActivityID(id)
}

// send freezes a version with parts that waits for a decision.
func (w *world) send(t testing.TB, parts []submission.FrozenPart) {
	t.Helper()
	content, err := submission.Frozen{Kind: submission.Plan, Year: 2022, Period: plan.Period, Unit: "stp", Parts: parts}.Canonical()
	if err != nil {
		t.Fatal(err)
	}
	sum := sha256.Sum256(content)
	w.version = w.id(t, `insert into version (submission_id, no, content, sha256, sent_by, sent_by_name, authority, due_before, sent_at)
		values (@plan, 1, @content, @sum, @by, 'Trần Thị Lãnh Đạo', 'unit_leader', @due, @at) returning id`,
		database.Args{"plan": w.plan, "content": content, "sum": sum[:], "by": w.leader.Person,
			"due": day(time.April, 1).Start(), "at": day(time.March, 30).Start()})
	w.exec(t, `insert into version_outcome (version_id, submission_id) values (@version, @plan)`,
		database.Args{"version": w.version, "plan": w.plan})
	w.exec(t, `update submission set state = 'submitted' where id = @plan`, database.Args{"plan": w.plan})
}

func (w *world) once() post.Once {
	w.keys++
	return post.Once{Key: strings.Repeat("k", 16) + strconv.Itoa(w.keys), Body: []byte{byte(w.keys)}}
}

// log adds an entry that must be taken.
func (w *world) log(t testing.TB, a activity, d progress.Draft) progress.EntryID {
	t.Helper()
	id, err := w.svc.Log(t.Context(), w.staff, now, w.once(), ref, a.code(), d)
	if err != nil {
		t.Fatalf("log %+v: %v", d, err)
	}
	return id
}

// evidence puts a small PDF with a text of its own.
func (w *world) pdf(t testing.TB, name, text string) evidence.File {
	t.Helper()
	f, err := w.files.Put(t.Context(), name, strings.NewReader("%PDF-1.7\n"+text+"\n%%EOF\n"))
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// one returns how the only activity of the plan in force stands.
func (w *world) one(t testing.TB) progress.Current {
	t.Helper()
	list, err := progress.Of(t.Context(), w.db, w.campaign, w.unit, today)
	if err != nil {
		t.Fatal(err)
	}
	if len(list) != 1 {
		t.Fatalf("got %d activities, want 1", len(list))
	}
	return list[0]
}
