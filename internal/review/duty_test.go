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

func (o *office) duty(slug string) review.Duty {
	o.t.Helper()
	all, err := o.reviews.Office(o.t.Context(), o.tong, at("20/03/2022 08:00"))
	o.must(err)
	for _, d := range all.Duties {
		if d.Slug == slug {
			return d
		}
	}
	o.t.Fatalf("%s is not in the office", slug)
	return review.Duty{}
}

func TestSharingOutUnitsPermitsNothingAndForbidsNothing(t *testing.T) {
	t.Parallel()
	o := opened(t)
	leaders := o.sent("stp", "stc")
	o.gives(o.hoa, "stp", "stc")
	now := at("20/03/2022 08:00")
	c, err := submission.Load(t.Context(), o.db, now, plan.Ref(2022, "stp"))
	o.must(err)
	for name, act := range map[string]actor.Actor{"given": o.hoa, "not given": o.tu, "consolidator": o.tong} {
		if d := submission.Decide(act, submission.Accept, c, now); !d.Allowed {
			t.Errorf("%s: %s", name, d.Reason)
		}
	}
	o.must(o.reviews.Accept(t.Context(), o.tu, now, post.Once{}, plan.Ref(2022, "stp"), 1))
	// Whoever lost the role looks after nothing, and may nothing.
	_, err = database.Exec(t.Context(), o.db, `update membership set valid = daterange('2022-01-01', '2022-03-15') where person_id = @id`, database.Args{"id": o.hoa.Person})
	o.must(err)
	gone := o.hoa
	gone.Memberships = nil
	if d := submission.Decide(gone, submission.Accept, c, now); d.Allowed {
		t.Error("a duty permits what no role does")
	}
	if d := o.duty("stc"); d.Person != 0 || d.Name != "" || d.Waiting != 1 {
		t.Errorf("somebody without the role looks after it: %+v", d)
	}
	if w := o.queue(o.tu, "20/03/2022 08:00", review.Filter{Whose: review.Nobody}); slugs(w) != "stc" || w[0].Duty != "" {
		t.Errorf("the queue still names who left: %+v", w)
	}
	for name, to := range map[string]actor.PersonID{"who lost the role": o.hoa.Person, "the unit's leader": leaders["stc"].Person, "nobody there is": 999_999} {
		err := o.reviews.Share(t.Context(), o.tong, now, post.Once{}, []review.Shift{{Slug: "stc", To: to}})
		if invalid, ok := errors.AsType[fault.Invalid](err); !ok || !strings.Contains(invalid["stc"], "quyền rà soát") {
			t.Errorf("given to %s: %v", name, err)
		}
	}
}

func TestOnlyTheConsolidatorOfTheReceiverSharesOut(t *testing.T) {
	t.Parallel()
	o := opened(t)
	now := at("20/03/2022 08:00")
	shift := []review.Shift{{Slug: "stp", To: o.tu.Person}}
	var refusal fault.Refusal
	if err := o.reviews.Share(t.Context(), o.hoa, now, post.Once{}, shift); !errors.As(err, &refusal) || !strings.Contains(refusal.Reason, "chuyên viên tổng hợp") {
		t.Errorf("a reviewer: %v", err)
	}
	for _, act := range []actor.Actor{o.leader("stp"), o.hire("Tổng hợp huyện", o.unit("h-vi-thuy"), actor.Consolidator)} {
		if err := o.reviews.Share(t.Context(), act, now, post.Once{}, shift); !errors.Is(err, fault.NotFound) {
			t.Errorf("%s: %v", act.Name, err)
		}
	}
	if _, err := o.reviews.Office(t.Context(), o.leader("stc"), now); !errors.Is(err, fault.NotFound) {
		t.Errorf("who receives nothing: %v", err)
	}
	if d := o.duty("stp"); d.Person != 0 {
		t.Errorf("%+v", d)
	}
}

func TestTwoWhoShareOutAtOnceOverwriteNothingOfEachOther(t *testing.T) {
	t.Parallel()
	o := opened(t)
	now := at("20/03/2022 08:00")
	once := post.Once{Key: strings.Repeat("p", 20), Body: []byte("1")}
	o.must(o.reviews.Share(t.Context(), o.tong, now, once, []review.Shift{{Slug: "stp", To: o.hoa.Person}, {Slug: "stc", To: o.hoa.Person}, {Slug: "sct"}}))
	o.must(o.reviews.Share(t.Context(), o.tong, now, once, []review.Shift{{Slug: "stp", To: o.hoa.Person}, {Slug: "stc", To: o.hoa.Person}, {Slug: "sct"}}))
	// Seen before that: nobody looked after any of them.
	err := o.reviews.Share(t.Context(), o.tong, now, post.Once{}, []review.Shift{{Slug: "stp", To: o.tu.Person}, {Slug: "sxd", To: o.tu.Person}})
	overtaken, ok := errors.AsType[*review.Overtaken](err)
	if !ok || len(overtaken.Units) != 1 || overtaken.Units["stp"] != "Đặng Thị Hoa" {
		t.Errorf("got %v", err)
	}
	if o.duty("stp").Person != o.hoa.Person || o.duty("sxd").Person != 0 {
		t.Error("part of an overtaken form was stored")
	}
	o.must(o.reviews.Share(t.Context(), o.tong, now, post.Once{}, []review.Shift{{Slug: "stp", Was: o.hoa.Person, To: o.tu.Person}, {Slug: "stc", Was: o.hoa.Person}}))
	if o.duty("stp").Person != o.tu.Person || o.duty("stc").Person != 0 {
		t.Errorf("%+v, %+v", o.duty("stp"), o.duty("stc"))
	}
	entries, err := database.Value[int](t.Context(), o.db, `select count(*) from audit where action = 'duty_shared'`, nil)
	o.must(err)
	told, err := database.Value[int](t.Context(), o.db, `select count(*) from notice where subject = 'queue'`, nil)
	o.must(err)
	if entries != 4 || told != 2 {
		t.Errorf("%d entries of the audit, %d people told; want 4 and 2", entries, told)
	}
}
