package submission_test

import (
	"context"
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
	"danvan/internal/fault"
	"danvan/internal/submission"
	"danvan/internal/viet"
)

// The units of a world: the consolidating department and another one, a district
// and its commune, the province and a partner.
const (
	snv actor.UnitID = iota + 1
	stp
	district
	commune
	ubnd
	mttq
)

// offices says who holds which role, by the name the tests call them.
var offices = []struct {
	name, full string
	held       []actor.Membership
}{
	{"lan", "Nguyễn Thị Lan", []actor.Membership{{Unit: stp, Role: actor.Staff}}},
	{"minh", "Trần Văn Minh", []actor.Membership{{Unit: stp, Role: actor.Staff}}},
	{"hung", "Lê Quốc Hùng", []actor.Membership{{Unit: stp, Role: actor.UnitLeader}}},
	{"hoa", "Đặng Thị Hoa", []actor.Membership{{Unit: snv, Role: actor.Reviewer}}},
	{"tong", "Phạm Văn Tổng", []actor.Membership{{Unit: snv, Role: actor.Consolidator}}},
	{"kiem", "Võ Thị Kiêm", []actor.Membership{{Unit: stp, Role: actor.Staff}, {Unit: snv, Role: actor.Reviewer}}},
	{"an", "Lý Văn An", []actor.Membership{{Unit: commune, Role: actor.Staff}}},
	{"binh", "Hồ Thị Bình", []actor.Membership{{Unit: commune, Role: actor.Staff}}},
	{"chi", "Ngô Văn Chí", []actor.Membership{{Unit: commune, Role: actor.UnitLeader}}},
	{"dung", "Dương Thị Dung", []actor.Membership{{Unit: commune, Role: actor.UnitLeader}, {Unit: district, Role: actor.Reviewer}}},
	{"giang", "Bùi Thu Giang", []actor.Membership{{Unit: district, Role: actor.Reviewer}}},
	{"hai", "Đỗ Văn Hải", []actor.Membership{{Unit: district, Role: actor.Consolidator}}},
	{"chu-tich", "Trương Văn Chủ", []actor.Membership{{Unit: ubnd, Role: actor.Leadership}}},
	{"quan-tri", "Mai Thị Quản", []actor.Membership{{Unit: snv, Role: actor.Admin}}},
	{"mat-tran", "Cao Văn Mặt", []actor.Membership{{Unit: mttq, Role: actor.Observer}}},
}

// world is one campaign of its own with a plan period, and a submission of each
// of three units.
type world struct {
	db                                  database.DB
	no                                  int64 // every id begins with it
	people                              map[string]actor.Actor
	ofDepartment, ofDistrict, ofCommune submission.Ref
}

// unit returns the id of a unit in this world.
func (w world) unit(u actor.UnitID) actor.UnitID { return actor.UnitID(w.no)*1000 + u }

// start is the business time at which the tests begin.
var start = time.Date(2022, time.March, 7, 8, 0, 0, 0, viet.Location)

// years are free for a world each: the number of a world is the year of its
// campaign, of which there is one, and parallel tests must not meet.
var years = func() chan int64 {
	free := make(chan int64, 100)
	for year := int64(2030); year <= 2100; year++ {
		free <- year
	}
	return free
}()

const foundation = `
	insert into unit (id, slug) overriding system value
	    select NO * 1000 + id, slug || '-NO'
	    from (values (1, 'snv'), (2, 'stp'), (3, 'h-vi-thuy'), (4, 'xa-vi-thuy'), (5, 'ubnd'), (6, 'mttq')) u (id, slug);
	insert into unit_version (id, unit_id, valid, code, name, short, symbol, place, kind) overriding system value
	    select NO * 1000 + id, NO * 1000 + id, '[2020-01-01,)', 'NO-' || id, name, short, symbol, 'Hậu Giang', kind
	    from (values
	        (1, 'Sở Nội vụ', 'Sở Nội vụ', 'SNV', 'department'),
	        (2, 'Sở Tư pháp', 'Sở Tư pháp', 'STP', 'department'),
	        (3, 'Ủy ban nhân dân huyện Vị Thủy', 'H. Vị Thủy', 'UBND', 'district'),
	        (4, 'Ủy ban nhân dân xã Vị Thủy', 'Xã Vị Thủy', 'UBND', 'commune'),
	        (5, 'Ủy ban nhân dân tỉnh Hậu Giang', 'UBND tỉnh', 'UBND', 'province'),
	        (6, 'Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh', 'MTTQ tỉnh', 'MTTQ', 'coordinating_body')) v (id, name, short, symbol, kind);
	insert into campaign (id, year, lead_unit, directive, active) overriding system value
	    values (NO, NO, NO * 1000 + 1, 'Kế hoạch số 32/KH-UBND ngày 28/02/2022', '[2022-01-01,2022-12-31]');
	insert into roster (campaign_id, unit_id, unit_version_id, reports_to, position, valid)
	    select NO, NO * 1000 + unit, NO * 1000 + unit, NO * 1000 + receiver, unit, '[2022-01-01,)'
	    from (values (2, 1), (3, 1), (4, 3)) r (unit, receiver);
	insert into period (id, campaign_id, kind, slug, name, opens_on) overriding system value
	    values (NO, NO, 'plan', 'ke-hoach', 'Kế hoạch năm 2022', '2022-02-28');
	insert into deadline (period_id, unit_kind, due_before)
	    select NO, kind, '2022-04-01 00:00+07' from (values ('department'), ('district'), ('commune')) k (kind);
	insert into submission (id, period_id, unit_id, state_at) overriding system value
	    select NO * 1000 + unit, NO, NO * 1000 + unit, '2022-02-28 08:00+07' from (values (2), (3), (4)) s (unit);`

// fresh returns a world that vanishes with the test.
func fresh(t testing.TB) world {
	t.Helper()
	year := <-years
	t.Cleanup(func() { years <- year }) // after the transaction has been rolled back
	return found(t, dbtest.Tx(t), year)
}

// shared returns a world that several connections see; it takes far longer to make.
func shared(t testing.TB) (world, *pgxpool.Pool) {
	t.Helper()
	pool := dbtest.New(t)
	return found(t, pool, 2022), pool
}

func found(t testing.TB, db interface {
	database.DB
	SendBatch(context.Context, *pgx.Batch) pgx.BatchResults
}, no int64) world {
	t.Helper()
	ref := func(unit string) submission.Ref {
		return submission.Ref{Year: int(no), Period: "ke-hoach", Unit: fmt.Sprintf("%s-%d", unit, no)}
	}
	w := world{db: db, no: no, people: map[string]actor.Actor{},
		ofDepartment: ref("stp"), ofDistrict: ref("h-vi-thuy"), ofCommune: ref("xa-vi-thuy")}
	if _, err := db.Exec(t.Context(), strings.ReplaceAll(foundation, "NO", fmt.Sprint(no))); err != nil {
		t.Fatal(err)
	}
	var batch pgx.Batch
	for i, o := range offices {
		act := actor.Actor{Person: actor.PersonID(no*1000 + int64(i) + 1), Name: o.full, From: "10.0.0.1"}
		batch.Queue(`insert into person (id, name, name_sort) overriding system value values ($1, $2, $2)`, act.Person, act.Name)
		for _, m := range o.held {
			m.Unit = w.unit(m.Unit)
			act.Memberships = append(act.Memberships, m)
			batch.Queue(`insert into membership (person_id, unit_id, role, valid) values ($1, $2, $3, '[2022-01-01,)')`, act.Person, m.Unit, m.Role)
		}
		w.people[o.name] = act
	}
	if err := db.SendBatch(t.Context(), &batch).Close(); err != nil {
		t.Fatal(err)
	}
	return w
}

// load returns the case of ref at the start of the tests.
func (w world) load(t testing.TB, ref submission.Ref) submission.Case {
	t.Helper()
	c, err := submission.Load(t.Context(), w.db, start, ref)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// try runs fn on the locked case of ref, as every service does.
func (w world) try(t testing.TB, ref submission.Ref, now time.Time, fn func(tx pgx.Tx, c *submission.Case) error) error {
	t.Helper()
	return database.InTx(t.Context(), w.db, func(tx pgx.Tx) error {
		c, err := submission.Lock(t.Context(), tx, now, ref)
		if err != nil {
			return err
		}
		return fn(tx, c)
	})
}

// must is try for what has to succeed.
func (w world) must(t testing.TB, ref submission.Ref, now time.Time, fn func(tx pgx.Tx, c *submission.Case) error) {
	t.Helper()
	if err := w.try(t, ref, now, fn); err != nil {
		t.Fatal(err)
	}
}

// save posts a form about a part.
func (w world) save(t testing.TB, who string, ref submission.Ref, now time.Time, s submission.Save) (saved submission.Saved, err error) {
	t.Helper()
	err = w.try(t, ref, now, func(tx pgx.Tx, c *submission.Case) error {
		saved, err = submission.SavePart(t.Context(), tx, w.people[who], now, c, s)
		return err
	})
	return saved, err
}

// saves is save for what has to succeed; it returns the new revision.
func (w world) saves(t testing.TB, who string, ref submission.Ref, now time.Time, s submission.Save) int {
	t.Helper()
	saved, err := w.save(t, who, ref, now, s)
	if err != nil {
		t.Fatal(err)
	}
	return saved.Revision
}

// paper is a complete document reference of the department.
func paper(number int) submission.Reference {
	return submission.Reference{Number: number, Symbol: "KH-STP", IssuedOn: viet.NewDate(2022, 3, 20),
		Subject: "Kế hoạch dân vận chính quyền năm 2022", Signer: "Lê Quốc Hùng", Capacity: "GIÁM ĐỐC"}
}

// submitted brings ref's submission to submitted: one staff member writes, the leader sends.
func (w world) submitted(t testing.TB, ref submission.Ref, writer, leader string, number int) {
	t.Helper()
	part, err := submission.PartByKey(t.Context(), w.db, w.load(t, ref).ID, "task/1")
	if err != nil {
		t.Fatal(err)
	}
	w.saves(t, writer, ref, start, submission.Save{Key: "task/1", Read: part.Revision, Values: submission.Content{"title": "Đối thoại lần " + paper(number).String()}})
	w.must(t, ref, start, func(tx pgx.Tx, c *submission.Case) error {
		_, err := submission.SubmitItDirectly(t.Context(), tx, w.people[leader], start, c, submission.Signing{Read: c.Revision, Reference: paper(number)})
		return err
	})
}

// accepted brings ref's submission to accepted.
func (w world) accepted(t testing.TB, ref submission.Ref, writer, leader, decider string, number int) {
	t.Helper()
	w.submitted(t, ref, writer, leader, number)
	w.must(t, ref, start, func(tx pgx.Tx, c *submission.Case) error {
		return submission.AcceptIt(t.Context(), tx, w.people[decider], start, c, c.Last.No)
	})
}

// refusedFor returns the sentence about field with which err refuses, or fails.
func refusedFor(t testing.TB, err error, field string) string {
	t.Helper()
	invalid, ok := errors.AsType[fault.Invalid](err)
	if !ok || invalid[field] == "" {
		t.Fatalf("got %v, want a sentence about %q", err, field)
	}
	return invalid[field]
}
