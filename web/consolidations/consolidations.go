// Package consolidations is the pages on which a unit sums the reports of a period
// up: completeness, figures, the text beside its sources, the preview, sign-off and
// issue. Who may do what is decided by the service.
package consolidations

import (
	"net/http"

	"danvan/internal/consolidation"
	"danvan/internal/database"
	"danvan/internal/evidence"
	"danvan/internal/viet"
	"danvan/web/paths"
	"danvan/web/ui"
)

// Pages are the handlers.
type Pages struct {
	DB             database.DB // finds the period of now
	Consolidations *consolidation.Service
	Files          *evidence.Store
	Word           func(consolidation.Printed) ([]byte, error) // the Word file of a report
}

// maxPost is the largest form in bytes: three texts at their limits, on a page that
// settles a conflict about all of them.
const maxPost = 2 << 20

// refOf names the consolidation of the address; an address nobody makes is not found.
func refOf(r *http.Request) (consolidation.Ref, error) {
	year, period, err := periodOf(r)
	if err != nil {
		return consolidation.Ref{}, err
	}
	unit, err := paths.Slug(r, "unit")
	return consolidation.Ref{Year: year, Period: period, Unit: unit}, err
}

func periodOf(r *http.Request) (year int, period string, err error) {
	if year, err = paths.Year(r); err != nil {
		return 0, "", err
	}
	period, err = paths.Slug(r, "period")
	return year, period, err
}

func baseOf(ref consolidation.Ref) string {
	return paths.Consolidation(ref.Year, ref.Period, ref.Unit)
}

// titleOf names a consolidation.
func titleOf(c consolidation.Case) string {
	return "Báo cáo tổng hợp " + viet.LowerFirst(c.PeriodName) + " của " + c.UnitShort
}

// crumbs lead from the reports that are summed up to a page of the consolidation.
func crumbs(c consolidation.Case, last ...ui.Link) []ui.Link {
	links := []ui.Link{
		{Label: "Báo cáo " + viet.LowerFirst(c.PeriodName), Path: paths.Reports(c.Year, c.Period)},
		{Label: "Tổng hợp", Path: baseOf(c.Ref())},
	}
	if len(last) == 0 {
		links[1].Path = ""
	}
	return append(links, last...)
}

// head is that of a page below the consolidation, under its state.
func head(c consolidation.Case, title, sentence string, last ...ui.Link) ui.Head {
	return ui.Head{Title: title, Crumbs: crumbs(c, last...), Meta: meta(c, sentence)}
}

func look(s consolidation.State) ui.Kind {
	switch s {
	case consolidation.Draft:
		return ui.Draft
	case consolidation.AwaitingSignoff:
		return ui.Awaiting
	case consolidation.SignedOff:
		return ui.Submitted
	case consolidation.Issued:
		return ui.Accepted
	}
	return ui.NotBegun
}
