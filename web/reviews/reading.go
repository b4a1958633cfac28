package reviews

import (
	"net/http"
	"time"

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
	Next    *review.Place
	YearAgo *submission.Version // beside a first version
	Filter  review.Filter       // of the queue it is read from
	Rounds  []review.Round
	Papers  []submission.SignedFile // of every sending
	// Questions of every round, and whether one may ask, and settle.
	Questions []submission.Question
	AskAbout  submission.Decision
	Settle    submission.Decision
	Now       time.Time
	Ask       *form.Form // of a question that was refused
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
	d, err := h.service().Read(ctx, act, now, ref)
	if err != nil {
		return reading{}, err
	}
	c := d.Case
	if !act.Is(c.Receiver, review.Roles...) {
		return reading{}, fault.NotFound
	}
	v := reading{Matter: h.Matter, Base: submissions.Address(c.Kind, ref), Path: h.address(ref), Case: c, Version: d.Version,
		Changes: changesOf(d.Before, d.Version), YearAgo: d.YearAgo, Notes: d.Notes, Questions: d.Questions, Rounds: d.Rounds, Papers: d.Papers,
		Me: int64(act.Person), Decide: form.New(nil), Add: form.New(nil), Ask: form.New(nil), Now: now}
	if v.Content, err = h.Matter.load(ctx, now, c, d.Version, d.Before); err != nil {
		return reading{}, err
	}
	v.Filter = filterOf(r.URL.Query())
	if v.Next, err = h.Reviews.Next(ctx, act, now, v.Filter, c.ID); err != nil {
		return reading{}, err
	}
	decide := func(a submission.Action) submission.Decision { return submission.Decide(act, a, c, now) }
	v.Remark, v.Accept, v.Return = decide(submission.Remark), decide(submission.Accept), decide(submission.Return)
	v.Reopen, v.Refuse, v.Retract = decide(submission.Reopen), decide(submission.RefuseReopen), decide(submission.Withdraw)
	v.AskAbout, v.Settle = decide(submission.AskExplanation), decide(submission.SettleExplanation)
	return v, nil
}
