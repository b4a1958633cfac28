// Package papers serves what the portal holds as Word files, and the form of the
// letter to those who are late. It shows and hands out; it stores nothing.
package papers

import (
	"bytes"
	"net/http"
	"strconv"

	"github.com/go-chi/chi/v5"

	"danvan/internal/document/word"
	"danvan/internal/fault"
	"danvan/internal/paper"
	"danvan/internal/plan"
	"danvan/internal/submission"
	"danvan/web/current"
	"danvan/web/paths"
	"danvan/web/respond"
)

// Pages are the handlers.
type Pages struct {
	Desk *paper.Desk
}

// refOf names the plan or report of the address; an address nobody makes is not
// found.
func refOf(r *http.Request) (submission.Ref, error) {
	ref, err := periodOf(r)
	if err != nil {
		return submission.Ref{}, err
	}
	ref.Unit, err = paths.Slug(r, "unit")
	return ref, err
}

// periodOf is year and period of the address; one without a period is about plans.
func periodOf(r *http.Request) (submission.Ref, error) {
	year, err := paths.Year(r)
	ref := submission.Ref{Year: year, Period: plan.Period}
	if err != nil || chi.URLParam(r, "period") == "" {
		return ref, err
	}
	if ref.Period, err = paths.Slug(r, "period"); err != nil || ref.Period == plan.Period {
		return submission.Ref{}, fault.NotFound
	}
	return ref, nil
}

func versionOf(r *http.Request) (int, error) {
	no, err := strconv.Atoi(chi.URLParam(r, "no"))
	if err != nil || no < 1 || no > 1_000_000 {
		return 0, fault.NotFound
	}
	return no, nil
}

// Plan is a plan as its page shows it.
func (p Pages) Plan(w http.ResponseWriter, r *http.Request) error {
	ref, err := refOf(r)
	if err != nil {
		return err
	}
	file, err := p.Desk.Plan(r.Context(), current.Actor(r), current.Now(r), ref)
	return send(w, r, file, err)
}

// PlanVersion is one sending of a plan.
func (p Pages) PlanVersion(w http.ResponseWriter, r *http.Request) error {
	ref, err := refOf(r)
	if err != nil {
		return err
	}
	no, err := versionOf(r)
	if err != nil {
		return err
	}
	file, err := p.Desk.PlanVersion(r.Context(), current.Actor(r), current.Now(r), ref, no)
	return send(w, r, file, err)
}

// Report is a report as its page shows it.
func (p Pages) Report(w http.ResponseWriter, r *http.Request) error {
	ref, err := refOf(r)
	if err != nil {
		return err
	}
	file, err := p.Desk.Report(r.Context(), current.Actor(r), current.Now(r), ref)
	return send(w, r, file, err)
}

// ReportVersion is one sending of a report.
func (p Pages) ReportVersion(w http.ResponseWriter, r *http.Request) error {
	ref, err := refOf(r)
	if err != nil {
		return err
	}
	no, err := versionOf(r)
	if err != nil {
		return err
	}
	file, err := p.Desk.ReportVersion(r.Context(), current.Actor(r), current.Now(r), ref, no)
	return send(w, r, file, err)
}

func send(w http.ResponseWriter, r *http.Request, file paper.File, err error) error {
	if err != nil {
		return err
	}
	return respond.Download(w, r, file.Name, word.Type, bytes.NewReader(file.Content))
}
