package overviews

import (
	"net/http"
	"net/url"
	"strconv"
	"time"

	"github.com/go-chi/chi/v5"

	"danvan/internal/actor"
	"danvan/internal/indicator"
	"danvan/internal/overview"
	"danvan/internal/report"
	"danvan/internal/viet"
	"danvan/web/current"
	"danvan/web/paths"
	"danvan/web/respond"
	"danvan/web/ui"
)

// breakdown is what a total of a period is made of.
type breakdown struct {
	overview.Breakdown
	Rows    []unitPart
	Totals  unitPart // of all units, also of those not named
	Mean    string
	Below   bool // some figures have a part from units below
	Ratio   bool
	Parts   [2]string // what a ratio is worked out from
	Chart   unitBars
	Verdict verdict
	Files   []ui.File
	URL     *url.URL
	At      time.Time

	links periodLinks
}

// unitPart is one unit's part of the total.
type unitPart struct {
	overview.UnitFigure
	Path      string
	Report    string // where its report stands, and the sending in force
	Sending   string // address of that sending
	Own       value  // of a ratio: the numerator
	Estimated string
	Below     value // of a ratio: the denominator
	Sources   []source
	Value     value
	Before    value
	LastYear  value
	Change    change
	Wrong     bool
}

// source is a sending of a unit below.
type source struct {
	Label string
	Path  string // empty for who may not see it
}

// Breakdown is what a total is made of, unit by unit, each figure open to the
// sending in which somebody typed it.
func (h Pages) Breakdown(w http.ResponseWriter, r *http.Request) error {
	year, err := paths.Year(r)
	if err != nil {
		return err
	}
	ctx, act, now := r.Context(), current.Actor(r), current.Now(r)
	slug, code, query := chi.URLParam(r, "period"), chi.URLParam(r, "code"), r.URL.Query()
	verdict := verdictOf(r.URL, "Từ nội dung báo cáo đang có hiệu lực, không qua số liệu tổng hợp sẵn. Số kỳ trước, cùng kỳ tính lại ở trang của kỳ đó.")
	b, found, err := confirmed(verdict.Asked, func() (overview.Breakdown, error) {
		return overview.FigureByUnit(ctx, h.DB, act, now, year, slug, query.Get(receiverParam), code)
	}, func(b overview.Breakdown) (overview.Recounted, error) { return overview.RecountFigure(ctx, h.DB, b) })
	if err != nil {
		return err
	}
	v := breakdownOf(b, act, found)
	v.URL, v.At, v.Files = r.URL, now, ui.FilesOf(r.URL)
	names := map[string]string{b.Line.Code: b.Line.Name, b.Line.Numerator: "tử số " + b.Line.Numerator, b.Line.Denominator: "mẫu số " + b.Line.Denominator}
	v.Verdict = verdict.ofReports(found, b.Scope, names, []overview.FigureLine{b.Line}, v.links)
	v.sort(query.Get(paths.SortParam))
	if f, asked := respond.TableFormat(query); asked {
		return respond.Table(w, r, v.table(), f)
	}
	return respond.Page(w, r, http.StatusOK, v.page(), showBreakdown(v))
}

// breakdownOf puts what a total is made of into words and addresses.
func breakdownOf(b overview.Breakdown, act actor.Actor, found overview.Recounted) breakdown {
	v := breakdown{Breakdown: b, links: periodLinksOf(b.Scope, b.Period.Slug), Mean: meanText(b.Line), Ratio: !b.Line.Typed(),
		Parts: [2]string{b.Line.Numerator, b.Line.Denominator}}
	wrong := map[string]bool{}
	for _, d := range found.Differences {
		wrong[d.Unit] = true
	}
	for _, u := range b.Units {
		row := v.unitPart(u, act)
		row.Wrong = wrong[u.Unit]
		v.Below = v.Below || u.Figure.Below != nil
		v.Rows = append(v.Rows, row)
	}
	v.Totals = v.totals()
	v.Totals.Wrong = wrong[""]
	v.Chart = comparisonOf(v)
	return v
}

func (v breakdown) unitPart(u overview.UnitFigure, act actor.Actor) unitPart {
	i := v.Line.Indicator
	row := unitPart{UnitFigure: u, Path: v.links.report(u.Unit), Report: stateWords(u.ReportRow), Value: unitValue(i, u),
		Before: thenValue(i, u, u.Before), LastYear: thenValue(i, u, u.LastYear), Change: changeOf(i, u.Value, u.LastYear)}
	if u.No > 0 {
		row.Sending = paths.Version(row.Path, u.No)
	}
	row.Value.Path = v.links.typed(u.ReportRow, i.Code)
	if v.Ratio {
		row.Own = v.part(u, i.Numerator, u.Numerator)
		row.Below = v.part(u, i.Denominator, u.Denominator)
	} else {
		row.Own = answered(i, u, u.Figure)
		row.Own.Path = row.Value.Path
		row.Below = thenValue(i, u, u.Figure.Below)
		if u.Figure.Below != nil {
			row.Below.Path = row.Value.Path
		}
	}
	if u.Figure.Estimated != nil {
		row.Estimated = unitText(i, u, u.Figure.Estimated)
	}
	for _, s := range u.Below {
		row.Sources = append(row.Sources, v.source(u, s, act))
	}
	if u.Before != nil && len(u.BeforeOf) > 0 {
		row.Before.Small = viet.LowerFirst(report.Following(u.BeforeOf))
	}
	if u.LastYear != nil {
		row.LastYear.Small = u.LastFrom
		if len(u.LastOf) > 0 {
			row.LastYear.Small = viet.LowerFirst(report.Following(u.LastOf))
		}
		if u.LastNo > 0 {
			row.LastYear.Small = "lần gửi " + strconv.Itoa(u.LastNo)
			row.LastYear.Path = paths.Version(paths.Report(v.Year-1, v.Period.Slug, u.Unit), u.LastNo) + "#" + paths.FigureAnchor(i.Code)
		}
	}
	return row
}

// part is what one side of a ratio comes to.
func (v breakdown) part(u overview.UnitFigure, code string, f indicator.Figure) value {
	side := indicator.Indicator{Kind: indicator.Amount}
	part := answered(side, u, f)
	if total := f.Total(); total != nil {
		part = value{Text: sumText(side, total)}
	}
	part.Path = v.links.typed(u.ReportRow, code)
	return part
}

// source names a sending of a unit below, for those who may open it: who decides on
// it, the leadership, and for what is in force whoever sees all of the scope.
func (v breakdown) source(u overview.UnitFigure, s overview.Source, act actor.Actor) source {
	words := s.Short + ", lần gửi " + strconv.Itoa(s.No) + ": "
	if s.Value == nil {
		words += "không có số"
	} else {
		i := v.Line.Indicator
		if i.Kind == indicator.Flag {
			i.Kind = indicator.Count
		}
		words += sumText(i, s.Value)
	}
	out := source{Label: words}
	if act.Has(actor.Leadership) || act.Is(u.ID, actor.Reviewer, actor.Consolidator) || v.All && s.Valid {
		out.Path = paths.Version(v.links.report(s.Unit), s.No) + "#" + paths.FigureAnchor(v.Line.Code)
	}
	return out
}

// bothTimes says of how many units a sum of another time is.
func bothTimes(c overview.Compared) string {
	if c.Value == nil {
		return ""
	}
	return "của " + unitsText(c.Units) + " có số cả hai kỳ"
}

// totals is the line below the units.
func (v breakdown) totals() unitPart {
	l := v.Line
	var r figureRow
	r.fill(l)
	t := unitPart{Value: r.Total, Estimated: r.Estimated, Before: r.Before, LastYear: r.LastYear, Change: r.Change}
	t.Value.Path = ""
	if v.All {
		// The columns above hold every unit; these are of those that can be compared.
		t.Before.Small, t.LastYear.Small = bothTimes(l.Previous), bothTimes(l.LastYear)
		return t
	}
	// Beside one's own figure, what all come to then and now would tell what the
	// others said.
	t.Estimated, t.Before, t.LastYear, t.Change = "", value{}, value{}, change{}
	if hides(v.Scope, l.Sum.Numbers) && l.Sum.Value != nil {
		t.Value = value{Text: hidden, Quiet: true}
	}
	return t
}
