package steps

import (
	"net/http"
	"strconv"
	"strings"

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
	// mend leads to where a part is written; nil where that stands beside its remarks.
	mend func(c submission.Case, part submission.Part) ui.Link
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
		mend: mendPlan,
	}
}

func mendPlan(c submission.Case, part submission.Part) ui.Link {
	kind, no, _ := strings.Cut(part.Key, "/")
	switch kind {
	case "activity":
		code := part.Content["code"]
		return ui.Link{Label: "Sửa hoạt động " + code, Path: paths.EditActivity(c.Year, c.UnitSlug, code)}
	case "task":
		task, _ := strconv.Atoi(no) // keys are made by the portal
		return ui.Link{Label: "Sửa phạm vi của nhiệm vụ " + no, Path: paths.PlanScope(c.Year, c.UnitSlug, task)}
	}
	return ui.Link{Label: "Sửa thông tin văn bản", Path: paths.Reference(paths.Plan(c.Year, c.UnitSlug))}
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
