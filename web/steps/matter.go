package steps

import (
	"net/http"
	"strconv"

	"github.com/go-chi/chi/v5"

	"danvan/internal/submission"
	"danvan/internal/viet"
	"danvan/web/paths"
	"danvan/web/ui"
)

// Matter is what the pages of the steps must know of a kind of submission.
type Matter struct {
	base   func(ref submission.Ref) string // address
	refOf  func(*http.Request) (submission.Ref, error)
	crumbs func(c submission.Case) []ui.Link // the way to it, without itself
}

// Plans is the matter of plans, whose one period has this slug.
func Plans(period string) Matter {
	return Matter{
		base: func(ref submission.Ref) string { return paths.Plan(ref.Year, ref.Unit) },
		refOf: func(r *http.Request) (submission.Ref, error) {
			year, err := paths.Year(r)
			return submission.Ref{Year: year, Period: period, Unit: chi.URLParam(r, "unit")}, err
		},
		crumbs: func(c submission.Case) []ui.Link {
			return []ui.Link{{Label: "Năm " + strconv.Itoa(c.Year), Path: paths.Overview(c.Year)}, {Label: "Kế hoạch", Path: paths.Plans(c.Year)}}
		},
	}
}

// Reports is the matter of the reports of any period.
var Reports = Matter{
	base: func(ref submission.Ref) string { return paths.Report(ref.Year, ref.Period, ref.Unit) },
	refOf: func(r *http.Request) (submission.Ref, error) {
		year, err := paths.Year(r)
		return submission.Ref{Year: year, Period: chi.URLParam(r, "period"), Unit: chi.URLParam(r, "unit")}, err
	},
	crumbs: func(c submission.Case) []ui.Link {
		return []ui.Link{{Label: "Năm " + strconv.Itoa(c.Year), Path: paths.Overview(c.Year)},
			{Label: "Báo cáo " + viet.LowerFirst(c.PeriodName), Path: paths.Reports(c.Year, c.Period)}}
	},
}
