package review_test

import (
	"strconv"
	"strings"
	"testing"
	"time"

	"danvan/internal/actor"
	"danvan/internal/campaign"
	"danvan/internal/database"
	"danvan/internal/database/dbtest"
	"danvan/internal/plan"
	"danvan/internal/post"
	"danvan/internal/review"
	"danvan/internal/submission"
	"danvan/internal/unit"
	"danvan/internal/viet"
)

// office is the receiver's side of the year 2022, of which the units file plans.
type office struct {
	t        *testing.T
	db       database.DB
	plans    *plan.Service
	reviews  *review.Service
	campaign campaign.Campaign
	hoa, tu  actor.Actor // reviewers
	tong     actor.Actor // consolidator
	numbers  int
}

func at(text string) time.Time {
	t, err := time.ParseInLocation("02/01/2006 15:04", text, viet.Location)
	if err != nil {
		panic(err)
	}
	return t
}

var start = at("01/03/2022 08:00")

func opened(t *testing.T) *office {
	t.Helper()
	o := &office{t: t, db: dbtest.New(t)}
	_, err := unit.Load(t.Context(), o.db, actor.System, start, unit.Reference(), unit.ReferenceFrom, unit.ReferenceBasis)
	o.must(err)
	o.campaign, err = campaign.Load2022(t.Context(), o.db, actor.System, start)
	o.must(err)
	o.must(submission.Ensure(t.Context(), o.db, start))
	o.plans, o.reviews = plan.NewService(o.db), review.NewService(o.db)
	o.hoa = o.hire("Đặng Thị Hoa", o.campaign.LeadID, actor.Reviewer)
	o.tu = o.hire("Huỳnh Thị Cẩm Tú", o.campaign.LeadID, actor.Reviewer)
	o.tong = o.hire("Phạm Văn Tổng", o.campaign.LeadID, actor.Consolidator)
	return o
}

func (o *office) must(err error) {
	o.t.Helper()
	if err != nil {
		o.t.Fatal(err)
	}
}

func (o *office) hire(name string, in actor.UnitID, role actor.Role) actor.Actor {
	o.t.Helper()
	id, err := database.Value[actor.PersonID](o.t.Context(), o.db, `
		with p as (insert into person (name, name_sort) values (@name, @name) returning id)
		insert into membership (person_id, unit_id, role, valid)
		select id, @unit, @role, '[2022-01-01,)'
		from p
		returning person_id`,
		database.Args{"name": name, "unit": in, "role": role})
	o.must(err)
	return actor.Actor{Person: id, Name: name, Memberships: []actor.Membership{{Unit: in, Role: role}}}
}

func (o *office) unit(slug string) actor.UnitID {
	o.t.Helper()
	m, err := campaign.RosterUnit(o.t.Context(), o.db, o.campaign.ID, slug)
	o.must(err)
	return m.Unit.ID
}

// leader writes the plan of a unit, all of it out of scope, ready to be sent.
func (o *office) leader(slug string) actor.Actor {
	o.t.Helper()
	act := o.hire("Lãnh đạo "+slug, o.unit(slug), actor.UnitLeader)
	o.writes(act, slug)
	return act
}

func (o *office) writes(act actor.Actor, slug string) {
	o.t.Helper()
	for task := 1; task <= 7; task++ {
		_, err := o.plans.SaveScope(o.t.Context(), act, start, post.Once{}, plan.Ref(2022, slug), task,
			plan.Edit{Values: submission.Content{"scope": plan.ScopeNil, "reason": "Năm nay không phát sinh."}})
		o.must(err)
	}
}

// send sends the plan of a unit.
func (o *office) send(act actor.Actor, slug, now string) {
	o.t.Helper()
	ref := plan.Ref(2022, slug)
	c, err := o.plans.Case(o.t.Context(), act, at(now), ref)
	o.must(err)
	working, err := o.plans.Working(o.t.Context(), at(now), c)
	o.must(err)
	o.numbers++
	o.must(o.plans.Submit(o.t.Context(), act, at(now), post.Once{}, ref, plan.Signature{Read: c.Revision, RefRead: working.RefPart.Revision,
		Reference: submission.Content{"number": strconv.Itoa(o.numbers), "symbol": "KH", "issued_on": "2022-03-10", "subject": "Kế hoạch năm 2022",
			"signer": "Trần Quốc Khải", "capacity": "GIÁM ĐỐC"}}))
}

// sent sends the plans of units, a day after another from 10/03/2022.
func (o *office) sent(slugs ...string) map[string]actor.Actor {
	o.t.Helper()
	leaders := map[string]actor.Actor{}
	for i, slug := range slugs {
		leaders[slug] = o.leader(slug)
		o.send(leaders[slug], slug, strconv.Itoa(10+i)+"/03/2022 09:00")
	}
	return leaders
}

func (o *office) opens(act actor.Actor, slug, now string) submission.Case {
	o.t.Helper()
	c, _, err := o.reviews.Open(o.t.Context(), act, at(now), plan.Ref(2022, slug))
	o.must(err)
	return c
}

func (o *office) returns(act actor.Actor, slug, now string, no int) {
	o.t.Helper()
	ref := plan.Ref(2022, slug)
	o.must(o.reviews.Remark(o.t.Context(), act, at(now), post.Once{}, ref, no, "", "", "Đề nghị nêu rõ vì sao không phát sinh."))
	o.must(o.reviews.Return(o.t.Context(), act, at(now), post.Once{}, ref, no, "Chưa rõ lý do không phát sinh"))
}

func (o *office) answers(act actor.Actor, slug, now string) {
	o.t.Helper()
	ref := plan.Ref(2022, slug)
	c, err := o.plans.Case(o.t.Context(), act, at(now), ref)
	o.must(err)
	notes, err := o.plans.Notes(o.t.Context(), c)
	o.must(err)
	for _, n := range notes {
		o.must(o.plans.AnswerRemark(o.t.Context(), act, at(now), post.Once{}, ref, n.ID, n.AnswerRev, "Đã nêu rõ trong văn bản"))
	}
}

func (o *office) queue(act actor.Actor, now string, f review.Filter) []review.Waiting {
	o.t.Helper()
	rows, err := o.reviews.Queue(o.t.Context(), act, at(now), f, 100, 0)
	o.must(err)
	return rows
}

// slugs are the units of rows in their order.
func slugs(rows []review.Waiting) string {
	var all []string
	for _, w := range rows {
		all = append(all, w.UnitSlug)
	}
	return strings.Join(all, " ")
}

// gives makes somebody look after units.
func (o *office) gives(to actor.Actor, units ...string) {
	o.t.Helper()
	var shifts []review.Shift
	for _, slug := range units {
		shifts = append(shifts, review.Shift{Slug: slug, To: to.Person})
	}
	o.must(o.reviews.Share(o.t.Context(), o.tong, start, post.Once{}, shifts))
}
