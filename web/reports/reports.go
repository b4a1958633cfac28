// Package reports is the pages of one unit's report of a period: figures, words,
// proposals and evidence. Who may do what is decided by the services; the steps of
// the workflow are pages of their own.
package reports

import (
	"net/http"
	"strconv"
	"time"

	"danvan/internal/database"
	"danvan/internal/evidence"
	"danvan/internal/report"
	"danvan/internal/submission"
	"danvan/internal/viet"
	"danvan/web/current"
	"danvan/web/paths"
	reportshow "danvan/web/show/reports"
	"danvan/web/show/submissions"
	"danvan/web/ui"
)

// Pages are the handlers.
type Pages struct {
	DB      database.DB // for the figures of the year before
	Reports *report.Service
	Files   *evidence.Store
}

// maxPost is the largest form in bytes: the words of a task at their limits, on a
// page that settles a conflict about all of them, with the figures around.
const maxPost = 2 << 20

// refOf names the report of the address; an address nobody makes is not found.
func refOf(r *http.Request) (submission.Ref, error) {
	year, err := paths.Year(r)
	if err != nil {
		return submission.Ref{}, err
	}
	period, err := paths.Slug(r, "period")
	if err != nil {
		return submission.Ref{}, err
	}
	unit, err := paths.Slug(r, "unit")
	return report.Ref(year, period, unit), err
}

// opened is the working copy as somebody works on it.
type opened struct {
	ref     submission.Ref
	c       submission.Case
	content report.Content
}

// open returns the working copy when action is allowed now, else why not.
func (p Pages) open(r *http.Request, action submission.Action) (opened, error) {
	ref, err := refOf(r)
	if err != nil {
		return opened{}, err
	}
	act, now := current.Actor(r), current.Now(r)
	c, err := p.Reports.Case(r.Context(), act, now, ref)
	if err != nil {
		return opened{}, err
	}
	if err := submission.Decide(act, action, c, now).Err(); err != nil {
		return opened{}, err
	}
	content, err := p.Reports.Working(r.Context(), now, c)
	return opened{ref: ref, c: c, content: content}, err
}

// again reads the working copy anew, after something was stored.
func (p Pages) again(r *http.Request, o opened) (opened, error) {
	var err error
	if o.c, err = p.Reports.Case(r.Context(), current.Actor(r), current.Now(r), o.ref); err != nil {
		return o, err
	}
	o.content, err = p.Reports.Working(r.Context(), current.Now(r), o.c)
	return o, err
}

func (o opened) base() string { return baseOf(o.c) }

// baseOf is the address of a report.
func baseOf(c submission.Case) string { return paths.Report(c.Year, c.Period, c.UnitSlug) }

// view is the working copy as its pages show it.
func (o opened) view() reportshow.View {
	return reportshow.View{Case: o.c, Base: o.base(), Gaps: report.Gaps(o.content), Working: true}
}

// titleOf names a report.
func titleOf(c submission.Case) string {
	return "Báo cáo " + viet.LowerFirst(c.PeriodName) + " của " + c.UnitName
}

// crumbs lead from the year to a page below the report.
func crumbs(c submission.Case, last ...ui.Link) []ui.Link {
	links := []ui.Link{
		{Label: "Năm " + strconv.Itoa(c.Year), Path: paths.Overview(c.Year)},
		{Label: "Báo cáo " + viet.LowerFirst(c.PeriodName), Path: paths.Reports(c.Year, c.Period)},
		{Label: c.UnitShort, Path: baseOf(c)},
	}
	if len(last) == 0 {
		links[2].Path = ""
	}
	return append(links, last...)
}

// head is that of a page below the report, under the report's state.
func head(c submission.Case, title string, last ...ui.Link) ui.Head {
	return ui.Head{Title: title, Crumbs: crumbs(c, last...), Meta: meta(c, submissions.Sentence(c, true))}
}

// window says which days the figures are about, and by when to send.
func (o opened) window() string {
	w := o.content.Window
	words := ""
	if !w.From.IsZero() {
		words = "Số liệu từ " + w.From.String() + " đến " + w.To.String() + "."
	}
	if o.c.Last == nil && !o.c.DueBefore.IsZero() {
		words = ui.Joined(" ", words, submissions.Lateness(o.c))
	}
	return words
}

// lastSaved is when the newest of parts was saved, as one says it at now; "" for
// never.
func lastSaved(now time.Time, parts ...submission.Part) string {
	var last time.Time
	for _, p := range parts {
		if p.SavedAt.After(last) {
			last = p.SavedAt
		}
	}
	return viet.Recent(last, now)
}
