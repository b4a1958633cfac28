// Package plans is the pages of one unit's yearly plan: reading it, writing its
// activities, and the forms around them. Who may do what is decided by the
// services; the steps of the workflow have files of their own.
package plans

import (
	"net/http"
	"regexp"
	"strconv"

	"github.com/go-chi/chi/v5"

	"danvan/internal/evidence"
	"danvan/internal/fault"
	"danvan/internal/plan"
	"danvan/internal/progress"
	"danvan/internal/submission"
	"danvan/web/current"
	"danvan/web/paths"
	"danvan/web/show/submissions"
	"danvan/web/ui"
)

// Pages are the handlers.
type Pages struct {
	Plans    *plan.Service
	Progress *progress.Service
	Files    *evidence.Store
}

// maxPost is the largest form in bytes: an activity with every text at its limit
// takes a fifth, every partner ticked included.
const maxPost = 512 << 10

var codes = regexp.MustCompile(`^[0-9]{1,2}\.[0-9]{1,6}$`)

// refOf names the plan of the address; an address nobody makes is not found.
func refOf(r *http.Request) (submission.Ref, error) {
	year, err := paths.Year(r)
	if err != nil {
		return submission.Ref{}, err
	}
	unit, err := paths.Slug(r, "unit")
	return plan.Ref(year, unit), err
}

func codeOf(r *http.Request) (string, error) {
	code := chi.URLParam(r, "code")
	if !codes.MatchString(code) {
		return "", fault.NotFound
	}
	return code, nil
}

// opened is the working copy as somebody works on it.
type opened struct {
	ref     submission.Ref
	c       submission.Case
	content plan.Content
}

// open returns the working copy when action is allowed now, else why not.
func (p Pages) open(r *http.Request, action submission.Action) (opened, error) {
	ref, err := refOf(r)
	if err != nil {
		return opened{}, err
	}
	act, now := current.Actor(r), current.Now(r)
	c, err := p.Plans.Case(r.Context(), act, now, ref)
	if err != nil {
		return opened{}, err
	}
	if err := submission.Decide(act, action, c, now).Err(); err != nil {
		return opened{}, err
	}
	content, err := p.Plans.Working(r.Context(), now, c)
	return opened{ref: ref, c: c, content: content}, err
}

// activity returns the activity of the address, out of the working copy.
func (o opened) activity(r *http.Request) (plan.Activity, error) {
	code, err := codeOf(r)
	if err != nil {
		return plan.Activity{}, err
	}
	a, ok := o.content.Activity(code)
	if !ok {
		return plan.Activity{}, fault.NotFound
	}
	return a, nil
}

// crumbs lead from the year to a page below the plan.
func crumbs(c submission.Case, last ...ui.Link) []ui.Link {
	links := []ui.Link{
		{Label: "Năm " + strconv.Itoa(c.Year), Path: paths.Overview(c.Year)},
		{Label: "Kế hoạch", Path: paths.Plans(c.Year)},
		{Label: c.UnitShort, Path: paths.Plan(c.Year, c.UnitSlug)},
	}
	if len(last) == 0 {
		links[2].Path = ""
	}
	return append(links, last...)
}

// head is that of a page below the plan, under the plan's state.
func head(c submission.Case, title, crumb string) ui.Head {
	return ui.Head{Title: title, Crumbs: crumbs(c, ui.Link{Label: crumb}), Meta: meta(c, submissions.Sentence(c, true))}
}
