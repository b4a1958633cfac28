// Package reviews serves the receiver's side: the queue of what arrived, and the
// page on which one submission is read, remarked on, returned or accepted. One
// page for all kinds; what a kind holds it draws itself.
package reviews

import (
	"net/http"
	"strconv"

	"danvan/internal/fault"
	"danvan/internal/post"
	"danvan/internal/review"
	"danvan/internal/submission"
	"danvan/web/current"
	"danvan/web/form"
	"danvan/web/paths"
	"danvan/web/respond"
	"danvan/web/show/submissions"
	"danvan/web/ui"
)

// Pages serves the queue and the review pages of one kind of submission.
type Pages struct {
	Reviews *review.Service
	Matter  Matter
}

// service decides on submissions of the pages' kind alone.
func (h Pages) service() *review.Service { return h.Reviews.Of(h.Matter.kind) }

// address is the page on which ref is read.
func (h Pages) address(ref submission.Ref) string {
	return submissions.ReviewAddress(h.Matter.kind, ref)
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

func once(f *form.Form) post.Once { return post.Once{Key: f.Key(), Body: f.Sum()} }

const maxBody = 1 << 18
