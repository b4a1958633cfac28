package reviews

import (
	"context"
	"net/http"
	"strconv"
	"time"

	"github.com/a-h/templ"
	"github.com/go-chi/chi/v5"

	"danvan/internal/fault"
	"danvan/internal/plan"
	"danvan/internal/report"
	"danvan/internal/submission"
	"danvan/internal/viet"
	"danvan/web/paths"
	reportshow "danvan/web/show/reports"
	"danvan/web/ui"
)

// Matter is what the pages must know of one kind of submission.
type Matter struct {
	kind   submission.Kind
	schema submission.Schema
	refOf  func(*http.Request) (submission.Ref, error)
	list   func(c submission.Case) ui.Link // those of the same period
	// withdrawn says what becomes of what was worked out from the version.
	withdrawn string
	load      func(ctx context.Context, now time.Time, c submission.Case, v submission.Version, before *submission.Version) (content, error)
}

// content is one version as the reviewer of its kind reads it.
type content interface {
	holds() string         // how much it is, and what is odd about it
	news(v reading) string // what is not as it was, "" where everything is to be read
	strip(v reading) []ui.StripItem
	oddities() []submission.Doubt // about the whole
	sections(v reading) templ.Component
	unitNames() map[string]string // short names by slug, as far as it names units
	title(key string) string      // of a part that is no longer there, "" for none
}

// Plans is the matter of plans.
func Plans(plans *plan.Service) Matter {
	return Matter{
		kind: submission.Plan, schema: plan.Schema,
		refOf: func(r *http.Request) (submission.Ref, error) {
			year, err := yearOf(r)
			return plan.Ref(year, chi.URLParam(r, "unit")), err
		},
		list: func(c submission.Case) ui.Link {
			return ui.Link{Label: viet.UpperFirst(c.What()), Path: paths.Plans(c.Year)}
		},
		withdrawn: "Tiến độ đã ghi vẫn lưu và được tính lại khi có lần gửi mới được tiếp nhận.",
		load: func(ctx context.Context, now time.Time, c submission.Case, v submission.Version, before *submission.Version) (content, error) {
			p := planContent{}
			var err error
			if p.Content, err = plans.FromVersion(ctx, c, v.Frozen); err != nil {
				return nil, err
			}
			if p.names, err = plans.PartnerNames(ctx, now, withPartners(p.Content, before)); err != nil {
				return nil, err
			}
			p.doubts, err = plans.Doubts(ctx, c, p.Content)
			return p, err
		},
	}
}

// Reports is the matter of the reports of any period.
func Reports(reports *report.Service) Matter {
	return Matter{
		kind: submission.Report, schema: report.Schema,
		refOf: func(r *http.Request) (submission.Ref, error) {
			year, err := yearOf(r)
			return report.Ref(year, chi.URLParam(r, "period"), chi.URLParam(r, "unit")), err
		},
		list: func(c submission.Case) ui.Link {
			return ui.Link{Label: viet.UpperFirst(c.What()), Path: paths.Reports(c.Year, c.Period)}
		},
		withdrawn: "Số liệu được tính lại khi có lần gửi mới được tiếp nhận.",
		load: func(ctx context.Context, _ time.Time, c submission.Case, v submission.Version, _ *submission.Version) (content, error) {
			p := reportContent{}
			var err error
			if p.Content, err = reports.FromVersion(ctx, c, v.Frozen); err != nil {
				return nil, err
			}
			p.view = reportshow.View{Case: c, Base: paths.Report(c.Year, c.Period, c.UnitSlug)}
			p.doubts, err = reports.Doubts(ctx, c, p.Content)
			return p, err
		},
	}
}

func yearOf(r *http.Request) (int, error) {
	year, err := strconv.Atoi(chi.URLParam(r, "year"))
	if err != nil {
		return 0, fault.NotFound
	}
	return year, nil
}
