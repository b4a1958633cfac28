package reviews

import (
	"net/http"

	"danvan/internal/fault"
	"danvan/internal/review"
	"danvan/internal/submission"
	"danvan/web/current"
	"danvan/web/form"
	"danvan/web/respond"
	"danvan/web/show/submissions"
	"danvan/web/ui"
)

// reading is everything the review page shows.
type reading struct {
	Matter  Matter
	Base    string // address of the submission
	Path    string // of this page
	Case    submission.Case
	Version submission.Version
	Changes changes
	Content content
	Notes   []submission.Note
	Remark  submission.Decision
	Accept  submission.Decision
	Return  submission.Decision
	Reopen  submission.Decision
	Refuse  submission.Decision
	Retract submission.Decision // rút hiệu lực
	Me      int64
	Add     *form.Form // of a remark that was refused
	Decide  *form.Form
	Next    *review.Waiting
}

// Show reads one submission: opening it counts as having read it.
func (h Pages) Show(w http.ResponseWriter, r *http.Request) error {
	v, err := h.read(r)
	if err != nil {
		return err
	}
	return h.page(w, r, http.StatusOK, v)
}

func (h Pages) page(w http.ResponseWriter, r *http.Request, status int, v reading) error {
	return respond.Page(w, r, status, ui.Page{Head: head(v)}, show(v))
}

// read loads the page and marks the version as read.
func (h Pages) read(r *http.Request) (reading, error) {
	ctx, act, now := r.Context(), current.Actor(r), current.Now(r)
	ref, err := h.Matter.refOf(r)
	if err != nil {
		return reading{}, err
	}
	if !review.Receives(act) {
		return reading{}, fault.NotFound
	}
	c, version, err := h.service().Open(ctx, act, now, ref)
	if err != nil {
		return reading{}, err
	}
	if !act.Is(c.Receiver, review.Roles...) {
		return reading{}, fault.NotFound
	}
	v := reading{Matter: h.Matter, Base: submissions.Address(c.Kind, ref), Path: h.address(ref), Case: c, Version: version,
		Me: int64(act.Person), Decide: form.New(nil), Add: form.New(nil)}
	if v.Content, err = h.Matter.load(ctx, now, c, version); err != nil {
		return reading{}, err
	}
	if v.Notes, err = h.service().Notes(ctx, c); err != nil {
		return reading{}, err
	}
	before, err := h.service().Before(ctx, c, version.No)
	if err != nil {
		return reading{}, err
	}
	v.Changes = changesOf(before, version)
	waiting, err := h.Reviews.Queue(ctx, act, now, queueSize, 0)
	if err != nil {
		return reading{}, err
	}
	v.Next = nextAfter(waiting, c)
	decide := func(a submission.Action) submission.Decision { return submission.Decide(act, a, c, now) }
	v.Remark, v.Accept, v.Return = decide(submission.Remark), decide(submission.Accept), decide(submission.Return)
	v.Reopen, v.Refuse, v.Retract = decide(submission.Reopen), decide(submission.RefuseReopen), decide(submission.Withdraw)
	return v, nil
}
