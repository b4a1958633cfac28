package review_test

import (
	"errors"
	"strings"
	"testing"

	"danvan/internal/actor"
	"danvan/internal/database"
	"danvan/internal/fault"
	"danvan/internal/plan"
	"danvan/internal/post"
	"danvan/internal/review"
	"danvan/internal/submission"
)

func item(slug string, no int) review.Item {
	return review.Item{Kind: submission.Plan, Ref: plan.Ref(2022, slug), No: no}
}

// together accepts items and returns what became of them as it is told later.
func (o *office) together(act actor.Actor, now string, once post.Once, items ...review.Item) []review.Outcome {
	o.t.Helper()
	key, err := o.reviews.AcceptAll(o.t.Context(), act, at(now), once, items)
	o.must(err)
	told, err := o.reviews.Outcomes(o.t.Context(), act, key)
	o.must(err)
	if len(told.Outcomes) != len(items) || !told.At.Equal(at(now)) {
		o.t.Fatalf("%d outcomes of %s for %d items", len(told.Outcomes), told.At, len(items))
	}
	if _, err := o.reviews.Outcomes(o.t.Context(), o.tong, key); !errors.Is(err, fault.NotFound) {
		o.t.Errorf("a colleague reads the outcomes: %v", err)
	}
	return told.Outcomes
}

func TestTogetherOnlyWhatOneHasReadIsAcceptedAndEachItemSaysWhatBecameOfIt(t *testing.T) {
	t.Parallel()
	o := opened(t)
	leaders := o.sent("stp", "stc", "sct", "sxd", "snv")
	now := "20/03/2022 08:00"
	both := o.hoa
	both.Memberships = append(both.Memberships, actor.Membership{Unit: o.unit("h-vi-thuy"), Role: actor.UnitLeader})
	o.writes(both, "h-vi-thuy")
	o.send(both, "h-vi-thuy", "16/03/2022 09:00")
	for _, slug := range []string{"stp", "sct", "sxd", "h-vi-thuy"} {
		o.opens(both, slug, now)
	}
	// One was decided on since it was read, another sent anew.
	o.must(o.reviews.Accept(t.Context(), o.tu, at(now), post.Once{}, plan.Ref(2022, "sct"), 1))
	o.returns(o.tu, "sxd", now, 1)
	o.answers(leaders["sxd"], "sxd", now)
	o.send(leaders["sxd"], "sxd", now)
	o.opens(both, "sxd", now)

	items := []review.Item{item("stp", 1), item("stc", 1), item("sct", 1), item("sxd", 1), item("h-vi-thuy", 1), item("khong-co", 1),
		{Kind: submission.Report, Ref: plan.Ref(2022, "stp"), No: 1}}
	once := post.Once{Key: strings.Repeat("k", 24), Body: []byte("chọn")}
	o.together(both, now, post.Once{Key: once.Key, Body: []byte("chọn khác")}, item("khong-co", 1)) // from the same page
	for round := range 2 {                                                                          // the same form twice
		outcomes := o.together(both, now, once, items...)
		for i, want := range []review.Result{review.Taken, review.NotRead, review.Stale, review.Stale, review.OwnWork, review.Unknown, review.Unknown} {
			got := outcomes[i]
			if got.Result != want || got.Item != items[i] {
				t.Errorf("round %d, %s %s: %s, want %s", round, items[i].Kind, items[i].Ref.Unit, got.Result, want)
			}
			if (got.Result != review.Unknown) != (got.What == "kế hoạch năm 2022" && got.UnitName != "") {
				t.Errorf("round %d: %+v", round, got)
			}
			if (got.Result == review.OwnWork) != (got.Reason != "") {
				t.Errorf("round %d: %+v", round, got)
			}
		}
	}
	accepted, err := database.Values[string](t.Context(), o.db, `
		select u.slug
		from submission s
		join unit u on u.id = s.unit_id
		join version_outcome v on v.version_id = s.in_force and v.decided_by = @by
		order by u.slug`,
		database.Args{"by": both.Person})
	o.must(err)
	if strings.Join(accepted, " ") != "stp" {
		t.Errorf("in force by this hand: %v", accepted)
	}
	entries, err := database.Value[int](t.Context(), o.db, `
		select count(*)
		from audit
		where action = 'accepted' and person_id = @by`,
		database.Args{"by": both.Person})
	o.must(err)
	if entries != 1 {
		t.Errorf("%d entries of the audit", entries)
	}
}

func TestWhoReceivesNothingAcceptsNothing(t *testing.T) {
	t.Parallel()
	o := opened(t)
	leaders := o.sent("stp")
	for _, act := range []actor.Actor{leaders["stp"], o.hire("Lãnh đạo tỉnh", o.unit("stp"), actor.Leadership), o.hire("Nơi khác", o.unit("h-vi-thuy"), actor.Reviewer)} {
		key, err := o.reviews.AcceptAll(t.Context(), act, at("20/03/2022 08:00"), post.Once{Body: []byte("chọn")}, []review.Item{item("stp", 1)})
		o.must(err)
		told, err := o.reviews.Outcomes(t.Context(), act, key)
		if review.Receives(act) != (err == nil) || err == nil && told.Outcomes[0].Result != review.Unknown {
			t.Errorf("%s: %+v, %v", act.Name, told, err)
		}
	}
	if _, err := o.reviews.AcceptAll(t.Context(), o.hoa, at("20/03/2022 08:00"), post.Once{}, make([]review.Item, review.MostTogether+1)); err == nil {
		t.Error("more than a form may hold is tried")
	}
}
