// Package reviews serves the receiver's side: the queue of what arrived, and the
// page on which one plan is read, remarked on, returned or accepted.
package reviews

import (
	"net/http"
	"strconv"

	"github.com/go-chi/chi/v5"

	"danvan/internal/fault"
	"danvan/internal/plan"
	"danvan/internal/post"
	"danvan/internal/review"
	"danvan/internal/submission"
	"danvan/web/current"
	"danvan/web/form"
	"danvan/web/paths"
	"danvan/web/respond"
	"danvan/web/ui"
)

// Pages serves queue and review pages.
type Pages struct {
	Reviews *review.Service
	Plans   *plan.Service
}

const queueSize = 30

// Queue lists what waits for the receiver, oldest first.
func (h Pages) Queue(w http.ResponseWriter, r *http.Request) error {
	act := current.Actor(r)
	if !review.Receives(act) {
		return fault.NotFound
	}
	number := max(1, whole(r.URL.Query().Get(paths.PageParam)))
	waiting, err := h.Reviews.Queue(r.Context(), act, current.Now(r), queueSize, (number-1)*queueSize)
	if err != nil {
		return err
	}
	pages := ui.Pages{URL: r.URL, Page: number, Size: queueSize, Noun: "hồ sơ"}
	if len(waiting) > 0 {
		pages.Total = waiting[0].Total
	}
	return respond.Page(w, r, http.StatusOK, ui.Page{Head: ui.Head{Title: queueTitle(pages.Total)}},
		queue(waiting, pages, current.Now(r)))
}

func queueTitle(n int) string {
	if n == 0 {
		return "Không có hồ sơ nào chờ tiếp nhận, rà soát"
	}
	return strconv.Itoa(n) + " hồ sơ chờ tiếp nhận, rà soát"
}

// whole is 0 for what is no number.
func whole(text string) int {
	n, err := strconv.Atoi(text)
	if err != nil || n > 100_000 {
		return 0
	}
	return n
}

// reading is everything the review page shows.
type reading struct {
	Case    submission.Case
	Version submission.Version
	Content plan.Content
	Names   map[string]string
	Notes   []submission.Note
	Doubts  []submission.Doubt
	Remark  submission.Decision
	Accept  submission.Decision
	Return  submission.Decision
	Reopen  submission.Decision
	Refuse  submission.Decision
	Retract submission.Decision // rút hiệu lực
	Me      int64
	Add     *form.Form // of a remark that was refused
	AddAt   anchor
	Decide  *form.Form
	Next    *review.Waiting
	Waiting int
}

// anchor is what a remark is about.
type anchor struct{ Part, Field string }

// Show reads one plan: opening it counts as having read it.
func (h Pages) Show(w http.ResponseWriter, r *http.Request) error {
	v, err := h.read(r)
	if err != nil {
		return err
	}
	return h.page(w, r, http.StatusOK, v)
}

func (h Pages) page(w http.ResponseWriter, r *http.Request, status int, v reading) error {
	return respond.Page(w, r, status, ui.Page{Head: head(v)}, show(v, current.Now(r)))
}

// read loads the page and marks the version as read.
func (h Pages) read(r *http.Request) (reading, error) {
	ctx, act, now := r.Context(), current.Actor(r), current.Now(r)
	ref, err := refOf(r)
	if err != nil {
		return reading{}, err
	}
	if !review.Receives(act) {
		return reading{}, fault.NotFound
	}
	c, version, err := h.Reviews.Open(ctx, act, now, ref)
	if err != nil {
		return reading{}, err
	}
	if !act.Is(c.Receiver, review.Roles...) {
		return reading{}, fault.NotFound
	}
	content, err := h.Plans.FromVersion(ctx, c, version.Frozen)
	if err != nil {
		return reading{}, err
	}
	names, err := h.Plans.PartnerNames(ctx, now, content)
	if err != nil {
		return reading{}, err
	}
	notes, err := h.Reviews.Notes(ctx, c)
	if err != nil {
		return reading{}, err
	}
	doubts, err := h.Plans.Doubts(ctx, c, content)
	if err != nil {
		return reading{}, err
	}
	waiting, err := h.Reviews.Queue(ctx, act, now, queueSize, 0)
	if err != nil {
		return reading{}, err
	}
	v := reading{Case: c, Version: version, Content: content, Names: names, Notes: notes, Doubts: doubts,
		Me: int64(act.Person), Decide: form.New(nil), Add: form.New(nil), Waiting: len(waiting)}
	decide := func(a submission.Action) submission.Decision { return submission.Decide(act, a, c, now) }
	v.Remark, v.Accept, v.Return = decide(submission.Remark), decide(submission.Accept), decide(submission.Return)
	v.Reopen, v.Refuse, v.Retract = decide(submission.Reopen), decide(submission.RefuseReopen), decide(submission.Withdraw)
	v.Next = nextAfter(waiting, c)
	return v, nil
}

// nextAfter is what to read when this one is done: the next in the queue, from
// its beginning after its end.
func nextAfter(waiting []review.Waiting, c submission.Case) *review.Waiting {
	for i := range waiting {
		if waiting[i].UnitSlug == c.UnitSlug && waiting[i].Year == c.Year && waiting[i].Period == c.Period {
			rest := append(waiting[i+1:len(waiting):len(waiting)], waiting[:i]...)
			if len(rest) == 0 {
				return nil
			}
			return &rest[0]
		}
	}
	if len(waiting) == 0 {
		return nil
	}
	return &waiting[0]
}

func refOf(r *http.Request) (submission.Ref, error) {
	year, err := strconv.Atoi(chi.URLParam(r, "year"))
	if err != nil {
		return submission.Ref{}, fault.NotFound
	}
	return plan.Ref(year, chi.URLParam(r, "unit")), nil
}

func once(f *form.Form) post.Once { return post.Once{Key: f.Key(), Body: f.Sum()} }

const maxBody = 1 << 18
