package campaign_test

import (
	"errors"
	"slices"
	"strconv"
	"strings"
	"testing"

	"danvan/internal/actor"
	"danvan/internal/campaign"
	"danvan/internal/database"
	"danvan/internal/fault"
	"danvan/internal/overview"
	"danvan/internal/plan"
	"danvan/internal/post"
	"danvan/internal/review"
	"danvan/internal/submission"
)

// office files plans in the year of a fixture, from one moment to the next.
type office struct {
	fixture
	t        *testing.T
	plans    *plan.Service
	reviews  *review.Service
	reviewer actor.Actor
	numbers  int
}

func opened(t *testing.T) *office {
	t.Helper()
	o := &office{fixture: load2022(t), t: t}
	o.plans, o.reviews = plan.NewService(o.DB), review.NewService(o.DB)
	o.reviewer = o.hire("Huỳnh Thị Cẩm Tú", o.LeadID, actor.Reviewer)
	o.must(submission.Ensure(t.Context(), o.DB, start))
	return o
}

func (o *office) must(err error) {
	o.t.Helper()
	if err != nil {
		o.t.Fatal(err)
	}
}

func (o *office) hire(name string, unit actor.UnitID, role actor.Role) actor.Actor {
	o.t.Helper()
	id, err := database.Value[actor.PersonID](o.t.Context(), o.DB, `
		with p as (insert into person (name, name_sort) values (@name, @name) returning id)
		insert into membership (person_id, unit_id, role, valid)
		select id, @unit, @role, '[2022-01-01,)'
		from p
		returning person_id`,
		database.Args{"name": name, "unit": unit, "role": role})
	o.must(err)
	return actor.Actor{Person: id, Name: name, Memberships: []actor.Membership{{Unit: unit, Role: role}}}
}

// leader writes the plan of a unit, all of it out of scope, ready to be sent.
func (o *office) leader(slug string) actor.Actor {
	o.t.Helper()
	act := o.hire("Lãnh đạo "+slug, o.member(o.t, slug).Unit.ID, actor.UnitLeader)
	for task := 1; task <= 7; task++ {
		_, err := o.plans.SaveScope(o.t.Context(), act, start, post.Once{}, plan.Ref(2022, slug), task,
			plan.Edit{Values: submission.Content{"scope": plan.ScopeNil, "reason": "Năm nay không phát sinh."}})
		o.must(err)
	}
	return act
}

func (o *office) send(act actor.Actor, slug, now string) error {
	o.t.Helper()
	ref := plan.Ref(2022, slug)
	c, err := o.plans.Case(o.t.Context(), act, at(now), ref)
	o.must(err)
	working, err := o.plans.Working(o.t.Context(), at(now), c)
	o.must(err)
	o.numbers++
	return o.plans.Submit(o.t.Context(), act, at(now), post.Once{}, ref, plan.Signature{Read: c.Revision, RefRead: working.RefPart.Revision,
		Reference: submission.Content{"number": strconv.Itoa(o.numbers), "symbol": "KH", "issued_on": "2022-03-10", "subject": "Kế hoạch năm 2022",
			"signer": "Trần Quốc Khải", "capacity": "GIÁM ĐỐC"}})
}

func (o *office) giveBack(slug, now string, no int) {
	o.t.Helper()
	ref := plan.Ref(2022, slug)
	_, _, err := o.reviews.Open(o.t.Context(), o.reviewer, at(now), ref)
	o.must(err)
	o.must(o.reviews.Remark(o.t.Context(), o.reviewer, at(now), post.Once{}, ref, no, "", "", "Đề nghị nêu rõ vì sao không phát sinh."))
	o.must(o.reviews.Return(o.t.Context(), o.reviewer, at(now), post.Once{}, ref, no, "Chưa rõ lý do không phát sinh"))
}

// answer answers every open remark.
func (o *office) answer(act actor.Actor, slug, now string) {
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

func (o *office) extend(slug, now, before string) {
	o.t.Helper()
	o.must(campaign.Extend(o.t.Context(), o.DB, o.consolidator, at(now), o.period(o.t, "ke-hoach").ID, o.member(o.t, slug).Unit.ID, day(before),
		"Bão lụt diện rộng"))
}

// onTime lists who was received in time and who was late, as the consolidator
// reads it.
func (o *office) onTime() (inTime, late []string) {
	o.t.Helper()
	list, err := overview.Plans(o.t.Context(), o.DB, o.consolidator, at("01/06/2022 08:00:00"), 2022, overview.PlanFilter{Group: overview.Received, Limit: 100})
	o.must(err)
	received, err := overview.Plans(o.t.Context(), o.DB, o.consolidator, at("01/06/2022 08:00:00"), 2022, overview.PlanFilter{Group: overview.ReceivedOnTime, Limit: 100})
	o.must(err)
	for _, r := range received.Rows {
		inTime = append(inTime, r.Unit)
	}
	for _, r := range list.Rows {
		if isLate := r.DaysLate(day("01/06/2022")) > 0; isLate == slices.Contains(inTime, r.Unit) {
			o.t.Errorf("%s is late: %t, and counted as in time: %t", r.Unit, isLate, !isLate)
		}
		if !slices.Contains(inTime, r.Unit) {
			late = append(late, r.Unit)
		}
	}
	return inTime, late
}

// Plans are due before 01/04/2022.
func TestLatenessIsThatOfTheFirstSendingByTheDeadlineThenInForce(t *testing.T) {
	t.Parallel()
	o := opened(t)
	for _, tt := range []struct {
		unit, why      string
		extended       [2]string // when, before which day
		sent           string
		late           bool
		extendedLater  [2]string
		returned, anew string
	}{
		{unit: "stp", why: "the last second in time", sent: "31/03/2022 23:59:59"},
		{unit: "stc", why: "the first moment too late", sent: "01/04/2022 00:00:00", late: true},
		{unit: "sct", why: "the last second of more time", extended: [2]string{"30/03/2022 08:00:00", "11/04/2022"}, sent: "10/04/2022 23:59:59"},
		{unit: "sxd", why: "the end of more time", extended: [2]string{"30/03/2022 08:00:00", "11/04/2022"}, sent: "11/04/2022 00:00:00", late: true},
		{unit: "syt", why: "more time given after the deadline", extended: [2]string{"05/04/2022 08:00:00", "11/04/2022"}, sent: "10/04/2022 23:59:59"},
		{unit: "bdt", why: "more time given after it was sent", sent: "02/04/2022 08:00:00", late: true, extendedLater: [2]string{"03/04/2022 08:00:00", "11/04/2022"}},
		{unit: "ttt", why: "held for a month, returned, sent again", sent: "31/03/2022 16:00:00", returned: "29/04/2022 08:00:00", anew: "04/05/2022 08:00:00"},
		{unit: "sgtvt", why: "late once, returned, sent again in its longer time", sent: "02/04/2022 08:00:00", late: true,
			returned: "03/04/2022 08:00:00", extendedLater: [2]string{"04/04/2022 08:00:00", "20/04/2022"}, anew: "05/04/2022 08:00:00"},
	} {
		leader := o.leader(tt.unit)
		if tt.extended[0] != "" {
			o.extend(tt.unit, tt.extended[0], tt.extended[1])
		}
		o.must(o.send(leader, tt.unit, tt.sent))
		if tt.returned != "" {
			o.giveBack(tt.unit, tt.returned, 1)
		}
		if tt.extendedLater[0] != "" {
			o.extend(tt.unit, tt.extendedLater[0], tt.extendedLater[1])
		}
		if tt.anew != "" {
			o.answer(leader, tt.unit, tt.anew)
			o.must(o.send(leader, tt.unit, tt.anew))
		}
		inTime, late := o.onTime()
		if slices.Contains(late, tt.unit) != tt.late || slices.Contains(inTime, tt.unit) == tt.late {
			t.Errorf("%s, %s: late %v, in time %v", tt.unit, tt.why, late, inTime)
		}
	}
	queue, err := o.reviews.Queue(t.Context(), o.reviewer, at("01/06/2022 08:00:00"), review.Filter{}, 100, 0)
	o.must(err)
	var late []string
	for _, w := range queue {
		if w.Late {
			late = append(late, w.UnitSlug)
		}
	}
	slices.Sort(late)
	if want := []string{"bdt", "sgtvt", "stc", "sxd"}; !slices.Equal(late, want) {
		t.Errorf("the queue calls %v late, want %v", late, want)
	}
}

func TestARecalledSendingCountsForNothing(t *testing.T) {
	t.Parallel()
	o := opened(t)
	leader := o.leader("stp")
	o.must(o.send(leader, "stp", "31/03/2022 16:00:00"))
	o.must(o.plans.Recall(t.Context(), leader, at("31/03/2022 16:05:00"), post.Once{}, plan.Ref(2022, "stp")))
	if inTime, late := o.onTime(); len(inTime)+len(late) != 0 {
		t.Errorf("received %v and %v", inTime, late)
	}
	o.must(o.send(leader, "stp", "01/04/2022 00:00:00"))
	if _, late := o.onTime(); !slices.Equal(late, []string{"stp"}) {
		t.Errorf("late are %v, want stp", late)
	}
}

func TestAPeriodTakesPlansUntilTheMomentItCloses(t *testing.T) {
	t.Parallel()
	o := opened(t)
	period := o.period(t, "ke-hoach")
	o.must(campaign.Close(t.Context(), o.DB, o.consolidator, at("05/04/2022 08:00:00"), period.ID, day("20/04/2022"), "Tổng hợp kế hoạch của tỉnh"))
	stp, stc, syt := o.leader("stp"), o.leader("stc"), o.leader("syt")
	o.must(o.send(stp, "stp", "31/03/2022 16:00:00"))
	o.must(o.send(stc, "stc", "19/04/2022 23:59:59")) // late, and taken
	refused := func(err error) bool {
		refusal, ok := errors.AsType[fault.Refusal](err)
		return ok && strings.Contains(refusal.Reason, "Kỳ này đã đóng. Tổng hợp kế hoạch của tỉnh") && refusal.Since.Equal(at("20/04/2022 00:00:00"))
	}
	if err := o.send(syt, "syt", "20/04/2022 00:00:00"); !refused(err) {
		t.Errorf("sent at the moment of closing: %v", err)
	}
	// What was sent is still decided on, and what is in force still amended.
	ref := plan.Ref(2022, "stp")
	_, _, err := o.reviews.Open(t.Context(), o.reviewer, at("21/04/2022 08:00:00"), ref)
	o.must(err)
	o.must(o.reviews.Accept(t.Context(), o.reviewer, at("21/04/2022 08:05:00"), post.Once{}, ref, 1))
	o.must(o.plans.Amend(t.Context(), stp, at("22/04/2022 08:00:00"), post.Once{}, ref))
	// An extension opens nothing; opening again does.
	o.extend("syt", "22/04/2022 08:00:00", "30/04/2022")
	if err := o.send(syt, "syt", "22/04/2022 09:00:00"); !refused(err) {
		t.Errorf("sent in a closed period with more time: %v", err)
	}
	o.must(campaign.Reopen(t.Context(), o.DB, o.consolidator, at("25/04/2022 08:00:00"), period.ID, "Sở Y tế chưa gửi được"))
	o.must(o.send(syt, "syt", "25/04/2022 08:00:00"))
	if inTime, _ := o.onTime(); !slices.Contains(inTime, "syt") {
		t.Errorf("in time are %v, want Sở Y tế by its own deadline", inTime)
	}
}
