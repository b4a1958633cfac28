package review_test

import (
	"testing"
	"time"

	"danvan/internal/actor"
	"danvan/internal/campaign"
	"danvan/internal/plan"
	"danvan/internal/post"
	"danvan/internal/review"
	"danvan/internal/submission"
	"danvan/internal/viet"
)

func TestTheQueueBeginsWithOnesOwnUnitsAndThenWithWhatWaitsLongest(t *testing.T) {
	t.Parallel()
	o := opened(t)
	o.sent("stp", "stc", "sct", "sxd")
	if got := slugs(o.queue(o.hoa, "20/03/2022 08:00", review.Filter{})); got != "stp stc sct sxd" {
		t.Errorf("shared out to nobody: %s", got)
	}
	o.gives(o.hoa, "sxd")
	o.gives(o.tu, "stp")
	rows := o.queue(o.hoa, "20/03/2022 08:00", review.Filter{})
	if got := slugs(rows); got != "sxd stc sct stp" {
		t.Errorf("one's own, then nobody's, then others': %s", got)
	}
	if !rows[0].Mine || rows[0].Duty != "Đặng Thị Hoa" || rows[1].Duty != "" || rows[3].Duty != "Huỳnh Thị Cẩm Tú" || rows[3].Mine || rows[0].WaitedDays(at("20/03/2022 08:00")) != 7 {
		t.Errorf("rows %+v", rows)
	}
	if got := slugs(o.queue(o.tu, "20/03/2022 08:00", review.Filter{})); got != "stp stc sct sxd" {
		t.Errorf("for the other: %s", got)
	}
}

func TestTheQueueIsNarrowedByWhatItsCountsSay(t *testing.T) {
	t.Parallel()
	o := opened(t)
	leaders := o.sent("stp", "stc", "sct", "h-vi-thuy")
	o.gives(o.hoa, "stp")
	o.gives(o.tu, "stc")
	o.opens(o.hoa, "sct", "14/03/2022 08:00")
	o.must(o.reviews.AskToExplain(t.Context(), o.tu, at("14/03/2022 08:00"), post.Once{}, plan.Ref(2022, "stc"), 1, "Vì sao không có hoạt động nào?", viet.NewDate(2022, time.March, 20)))
	o.must(o.reviews.AskToExplain(t.Context(), o.tu, at("14/03/2022 08:00"), post.Once{}, plan.Ref(2022, "stp"), 1, "Vì sao không có hoạt động nào?", viet.NewDate(2022, time.March, 20)))
	c, err := o.plans.Case(t.Context(), leaders["stp"], at("15/03/2022 08:00"), plan.Ref(2022, "stp"))
	o.must(err)
	o.must(o.plans.Explain(t.Context(), leaders["stp"], at("15/03/2022 08:00"), post.Once{}, plan.Ref(2022, "stp"), c.Questions[0].ID, 1, "Năm nay thực hiện chung với Sở Nội vụ."))

	now := "20/03/2022 08:00"
	counts, err := o.reviews.Count(t.Context(), o.hoa, at(now))
	o.must(err)
	for name, tt := range map[string]struct {
		filter review.Filter
		want   string
		count  int
	}{
		"all":           {review.Filter{}, "stp sct h-vi-thuy stc", counts.All},
		"plans":         {review.Filter{Kind: submission.Plan}, "stp sct h-vi-thuy stc", counts.Kinds[submission.Plan]},
		"reports":       {review.Filter{Kind: submission.Report}, "", counts.Kinds[submission.Report]},
		"mine":          {review.Filter{Whose: review.Mine}, "stp", counts.Whose[review.Mine]},
		"nobody's":      {review.Filter{Whose: review.Nobody}, "sct h-vi-thuy", counts.Whose[review.Nobody]},
		"others'":       {review.Filter{Whose: review.Others}, "stc", counts.Whose[review.Others]},
		"unread":        {review.Filter{Trait: review.Unread}, "stp h-vi-thuy stc", counts.Traits[review.Unread]},
		"asked":         {review.Filter{Trait: review.Asked}, "stp stc", counts.Traits[review.Asked]},
		"explained":     {review.Filter{Trait: review.Explained}, "stp", counts.Traits[review.Explained]},
		"reopening":     {review.Filter{Trait: review.Reopening}, "", counts.Traits[review.Reopening]},
		"late":          {review.Filter{Trait: review.Late}, "", counts.Traits[review.Late]},
		"by name":       {review.Filter{Search: "vi thuy"}, "h-vi-thuy", 1},
		"two at a time": {review.Filter{Whose: review.Nobody, Trait: review.Unread}, "h-vi-thuy", 1},
	} {
		got := o.queue(o.hoa, now, tt.filter)
		if slugs(got) != tt.want || tt.count != len(got) {
			t.Errorf("%s: got %q, counted %d, want %q", name, slugs(got), tt.count, tt.want)
		}
	}
}

func TestTheReceiversTimeStandsApartFromTheUnits(t *testing.T) {
	t.Parallel()
	o := opened(t)
	leader := o.sent("stp")["stp"] // on the 10th
	o.returns(o.hoa, "stp", "14/03/2022 17:00", 1)
	o.answers(leader, "stp", "20/03/2022 08:00")
	o.send(leader, "stp", "21/03/2022 09:00")
	o.returns(o.hoa, "stp", "23/03/2022 09:00", 2)
	o.answers(leader, "stp", "24/03/2022 08:00")
	o.send(leader, "stp", "24/03/2022 09:00")
	w := o.queue(o.hoa, "27/03/2022 08:00", review.Filter{})[0]
	if w.HeldDays != 6 || w.UnitDays != 8 || w.WaitedDays(at("27/03/2022 08:00")) != 3 || !w.Again || w.Answered != 2 {
		t.Errorf("receiver %d and %d now, unit %d days: %+v", w.HeldDays, w.WaitedDays(at("27/03/2022 08:00")), w.UnitDays, w)
	}
	// What was in force for a while was held by nobody.
	o.must(o.reviews.Accept(t.Context(), o.hoa, at("28/03/2022 08:00"), post.Once{}, plan.Ref(2022, "stp"), 3))
	o.must(o.plans.Amend(t.Context(), leader, at("01/06/2022 08:00"), post.Once{}, plan.Ref(2022, "stp")))
	o.send(leader, "stp", "10/06/2022 08:00")
	if w := o.queue(o.hoa, "12/06/2022 08:00", review.Filter{})[0]; w.HeldDays != 0 || w.UnitDays != 0 || !w.Amends {
		t.Errorf("an amendment: %+v", w)
	}
}

func TestTheQueueSaysWhatTheDecisionSays(t *testing.T) {
	t.Parallel()
	o := opened(t)
	leaders := o.sent("stp", "stc", "snv", "sct", "h-vi-thuy")
	// Somebody on both sides, as staff of the receiving unit are.
	both := o.hoa
	both.Memberships = append(both.Memberships, actor.Membership{Unit: o.unit("sxd"), Role: actor.UnitLeader})
	o.writes(both, "sxd")
	o.send(both, "sxd", "16/03/2022 09:00")
	now := "20/03/2022 08:00"
	o.must(o.reviews.Accept(t.Context(), o.tu, at(now), post.Once{}, plan.Ref(2022, "sct"), 1))
	o.must(o.plans.RequestReopen(t.Context(), leaders["sct"], at(now), post.Once{}, plan.Ref(2022, "sct"), "Sửa thời gian thực hiện"))
	o.must(o.reviews.Accept(t.Context(), o.tu, at(now), post.Once{}, plan.Ref(2022, "stc"), 1))
	members, err := campaign.Roster(t.Context(), o.db, o.campaign.ID, campaign.RosterFilter{})
	o.must(err)
	for _, act := range []actor.Actor{both, o.tu, o.tong, leaders["stp"], o.hire("Lãnh đạo tỉnh", o.unit("stp"), actor.Leadership)} {
		listed := map[string]review.Waiting{}
		for _, w := range o.queue(act, now, review.Filter{}) {
			listed[w.UnitSlug] = w
		}
		for _, m := range members {
			slug := m.Unit.Slug
			c, err := submission.Load(t.Context(), o.db, at(now), plan.Ref(2022, slug))
			o.must(err)
			w, in := listed[slug]
			waits := act.Is(c.Receiver, review.Roles...) && (c.State == submission.Submitted || c.Reopen != nil)
			if in != waits {
				t.Errorf("%s, %s: in the queue %t, waits for this person %t", act.Name, slug, in, waits)
			}
			action := submission.Accept
			if c.Reopen != nil {
				action = submission.RefuseReopen
			}
			if d := submission.Decide(act, action, c, at(now)); in && d.Allowed == w.Own {
				t.Errorf("%s, %s: own work %t, may %s %t", act.Name, slug, w.Own, action, d.Allowed)
			}
			if in && w.Asked != len(c.Questions) {
				t.Errorf("%s: %d questions, the case has %d", slug, w.Asked, len(c.Questions))
			}
		}
		if act.Is(o.campaign.LeadID, review.Roles...) == (len(listed) == 0) {
			t.Errorf("%s has %d rows", act.Name, len(listed))
		}
	}
	if got := slugs(o.queue(both, now, review.Filter{})); got != "stp snv h-vi-thuy sxd sct" {
		t.Errorf("in order of waiting: %s", got)
	}
}

func TestTheNextFollowsInTheQueueAndGoesRound(t *testing.T) {
	t.Parallel()
	o := opened(t)
	o.sent("stp", "stc", "sct")
	now := at("20/03/2022 08:00")
	next := func(slug string, f review.Filter) string {
		t.Helper()
		c, err := submission.Load(t.Context(), o.db, now, plan.Ref(2022, slug))
		o.must(err)
		p, err := o.reviews.Next(t.Context(), o.hoa, now, f, c.ID)
		o.must(err)
		if p == nil {
			return ""
		}
		return p.UnitSlug
	}
	for slug, want := range map[string]string{"stp": "stc", "stc": "sct", "sct": "stp", "sxd": "stp"} {
		if got := next(slug, review.Filter{}); got != want {
			t.Errorf("after %s comes %q, want %q", slug, got, want)
		}
	}
	o.gives(o.hoa, "sct")
	if got := next("sct", review.Filter{Whose: review.Mine}); got != "" {
		t.Errorf("after the only one of one's own comes %q", got)
	}
	if got := next("sct", review.Filter{}); got != "stp" {
		t.Errorf("after one's own comes %q", got)
	}
	// What one wrote is nothing to go on with.
	both := o.hoa
	both.Memberships = append(both.Memberships, actor.Membership{Unit: o.unit("sxd"), Role: actor.UnitLeader})
	o.writes(both, "sxd")
	o.send(both, "sxd", "19/03/2022 09:00")
	if got := next("stc", review.Filter{}); got != "sct" {
		t.Errorf("after the last but one's own work comes %q, want the first", got)
	}
}
