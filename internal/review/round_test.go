package review_test

import (
	"crypto/sha256"
	"testing"

	"danvan/internal/database"
	"danvan/internal/plan"
	"danvan/internal/post"
	"danvan/internal/submission"
	"danvan/internal/viet"
)

// hadPlan puts a plan of the year before in force.
func (o *office) hadPlan(slug string, f submission.Frozen) {
	o.t.Helper()
	content, err := f.Canonical()
	o.must(err)
	sum := sha256.Sum256(content)
	_, err = o.db.Exec(o.t.Context(), `
		with c as (
			insert into campaign (year, lead_unit, directive, active)
			values (2021, @lead, 'Kế hoạch năm 2021', '[2021-01-01,2021-12-31]')
			returning id
		), p as (
			insert into period (campaign_id, kind, slug, name, opens_on)
			select id, 'plan', 'ke-hoach', 'Kế hoạch năm 2021', '2021-03-01' from c
			returning id
		), s as (
			insert into submission (period_id, unit_id, state_at)
			select id, @unit, '2021-03-20' from p
			returning id
		), v as (
			insert into version (submission_id, no, content, sha256, sent_by, sent_by_name, authority, due_before, sent_at)
			select id, 1, @content, @sum, @by, 'Người cũ', 'unit_leader', '2021-04-01', '2021-03-20' from s
			returning id, submission_id
		)
		insert into version_outcome (version_id, submission_id, outcome, decided_at, decided_by)
		select id, submission_id, 'accepted', '2021-03-25', @by from v`,
		database.Args{"lead": o.campaign.LeadID, "unit": o.unit(slug), "content": content, "sum": sum[:], "by": o.tu.Person})
	o.must(err)
	_, err = o.db.Exec(o.t.Context(), `
		update submission s set state = 'accepted', in_force = v.id
		from version v
		where v.submission_id = s.id and v.sent_by_name = 'Người cũ'`)
	o.must(err)
}

func TestAVersionIsReadBesideTheOneDecidedOnBeforeOrTheYearBefore(t *testing.T) {
	t.Parallel()
	o := opened(t)
	o.hadPlan("stp", submission.Frozen{Kind: submission.Plan, Year: 2021, Parts: []submission.FrozenPart{
		{Key: "activity/1", Content: submission.Content{"task": "1", "title": "Đối thoại năm 2021"}}}})
	leaders := o.sent("stp", "stc")
	beside := func(slug string, no int) (before, yearAgo string) {
		t.Helper()
		c, err := submission.Load(t.Context(), o.db, at("20/03/2022 08:00"), plan.Ref(2022, slug))
		o.must(err)
		found, err := submission.Beside(t.Context(), o.db, c, no)
		o.must(err)
		if found.No != no {
			t.Errorf("version %d for %d", found.No, no)
		}
		if b := found.Before; b != nil {
			before = viet.FormatInt(b.Frozen.Year) + "/" + viet.FormatInt(b.No)
		}
		if y := found.YearAgo; y != nil {
			yearAgo = y.Frozen.Part("activity/1")["title"]
		}
		return before, yearAgo
	}
	if before, yearAgo := beside("stp", 1); before != "" || yearAgo != "Đối thoại năm 2021" {
		t.Errorf("a first version: %q, %q", before, yearAgo)
	}
	if before, yearAgo := beside("stc", 1); before != "" || yearAgo != "" {
		t.Errorf("a first version of who had none: %q, %q", before, yearAgo)
	}
	o.returns(o.hoa, "stp", "14/03/2022 17:00", 1)
	o.answers(leaders["stp"], "stp", "15/03/2022 08:00")
	o.send(leaders["stp"], "stp", "15/03/2022 09:00")
	o.must(o.plans.Recall(t.Context(), leaders["stp"], at("15/03/2022 09:05"), post.Once{}, plan.Ref(2022, "stp")))
	o.send(leaders["stp"], "stp", "15/03/2022 10:00")
	if before, yearAgo := beside("stp", 3); before != "2.022/1" || yearAgo != "" {
		t.Errorf("after a return and a recall: %q, %q", before, yearAgo)
	}
	o.must(o.reviews.Accept(t.Context(), o.hoa, at("16/03/2022 08:00"), post.Once{}, plan.Ref(2022, "stp"), 3))
	if before, _ := beside("stp", 3); before != "2.022/1" {
		t.Errorf("a version already accepted is compared with %q", before)
	}

	desk, err := o.reviews.Read(t.Context(), o.hoa, at("20/03/2022 08:00"), plan.Ref(2022, "stp"))
	o.must(err)
	if r := desk.Rounds; len(r) != 3 || r[0].No != 3 || r[0].Outcome != submission.WasAccepted || r[1].Outcome != submission.WasRecalled ||
		len(r[2].Notes) != 1 || r[2].Reason != "Chưa rõ lý do không phát sinh" || !r[2].Notes[0].MadeAt.Equal(at("14/03/2022 17:00")) {
		t.Errorf("rounds %+v", desk.Rounds)
	}
}
