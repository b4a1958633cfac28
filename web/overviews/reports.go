package overviews

import (
	"errors"
	"net/http"
	"strconv"

	"github.com/go-chi/chi/v5"

	"danvan/internal/actor"
	"danvan/internal/document/sheet"
	"danvan/internal/fault"
	"danvan/internal/indicator"
	"danvan/internal/overview"
	"danvan/internal/viet"
	"danvan/web/current"
	"danvan/web/paths"
	"danvan/web/respond"
	"danvan/web/ui"
)

// CurrentReports leads to the reports of the period that matters now.
func (h Pages) CurrentReports(w http.ResponseWriter, r *http.Request) error {
	year, err := paths.Year(r)
	if err != nil {
		return err
	}
	if !overview.MaySeePlans(current.Actor(r)) {
		return fault.NotFound
	}
	slug, err := overview.CurrentPeriod(r.Context(), h.DB, current.Now(r), year)
	if errors.Is(err, fault.NotFound) {
		return respond.Page(w, r, http.StatusOK, ui.Page{Head: ui.Head{Title: "Báo cáo năm " + strconv.Itoa(year)}},
			ui.Empty("Năm "+strconv.Itoa(year)+" chưa có kỳ báo cáo.", "Chuyên viên tổng hợp của cơ quan chủ trì đặt kỳ và hạn gửi; khi đó mỗi đơn vị có một báo cáo tại đây."))
	}
	if err != nil {
		return err
	}
	return respond.To(w, r, paths.Reports(year, slug))
}

// Reports lists the reports of a period that one may see.
func (h Pages) Reports(w http.ResponseWriter, r *http.Request) error {
	year, err := paths.Year(r)
	if err != nil {
		return err
	}
	act := current.Actor(r)
	if !overview.MaySeePlans(act) {
		return fault.NotFound
	}
	f := filterOf(r.URL.Query())
	format, saving := respond.TableFormat(r.URL.Query())
	if saving {
		f.Limit, f.Offset = respond.MostRows, 0
	}
	list, err := overview.Filed(r.Context(), h.DB, act, current.Now(r), year, chi.URLParam(r, "period"), f)
	if err != nil {
		return err
	}
	v := reportsView{listing: listing{list.Counts, list.Total, r.URL, f, current.Now(r), act.Has(actor.Reviewer, actor.Consolidator)},
		Year: list.Year, Period: list.Period, Periods: list.Periods, Rows: list.Rows, Decides: indicator.MayManage(act, list.Lead) == nil}
	if saving {
		if err := respond.TooMany(v.Total, "đơn vị"); err != nil {
			return err
		}
		return respond.Table(w, r, v.table(), format)
	}
	if v.beyond() {
		return fault.NotFound
	}
	if v.Summed, err = h.allSummed(r.Context(), act, current.Now(r), year, list.Period.Slug); err != nil {
		return err
	}
	return respond.Page(w, r, http.StatusOK, v.page(), reports(v))
}

// reportsView is the list with what was asked for.
type reportsView struct {
	listing
	Year    int
	Period  overview.FiledPeriod
	Periods []overview.FiledPeriod // of the year
	Rows    []overview.FiledRow
	Decides bool // what the year asks units to count
	Summed  ui.Link
}

func (v reportsView) page() ui.Page {
	head := ui.Head{Title: v.title(), Crumbs: []ui.Link{{Label: "Năm " + strconv.Itoa(v.Year)}, {Label: "Báo cáo " + viet.LowerFirst(v.Period.Name)}},
		Actions: v.actions()}
	if meta := v.meta(); meta != "" {
		head.Meta = span(meta)
	}
	return ui.Page{Head: head, PrintNote: head.Title}
}

func (v reportsView) title() string {
	return "Báo cáo " + viet.LowerFirst(v.Period.Name) + " của các đơn vị"
}

// meta is "12/28 đơn vị đã gửi; 9 báo cáo đã tiếp nhận. Chốt số liệu ngày 30/11/2022."
func (v reportsView) meta() string {
	n := v.Counts.Groups
	text := ""
	if n[overview.Expected] > 0 {
		text = viet.FormatInt(n[overview.Received]) + "/" + viet.FormatInt(n[overview.Expected]) + " đơn vị đã gửi; " +
			viet.FormatInt(n[overview.InForce]) + " báo cáo đã tiếp nhận."
	}
	if !v.Period.DataTo.IsZero() {
		text = ui.Joined(" ", text, "Chốt số liệu ngày "+v.Period.DataTo.String()+".")
	}
	return text
}

// tabs switch between the periods of the year.
func (v reportsView) tabs() []ui.Tab {
	tabs := make([]ui.Tab, len(v.Periods))
	for i, p := range v.Periods {
		tabs[i] = ui.Tab{Label: p.Name, Path: paths.Reports(v.Year, p.Slug), Current: p.Slug == v.Period.Slug}
	}
	return tabs
}

// none says why there is nothing to list.
func (v reportsView) none() (what, who string) {
	switch {
	case v.Counts.All == 0 && v.today().Before(v.Period.OpensOn):
		return "Kỳ báo cáo này mở từ ngày " + v.Period.OpensOn.String() + ".", "Từ ngày đó mỗi đơn vị có một báo cáo tại đây."
	case v.Counts.All == 0:
		return "Không có báo cáo nào thuộc phạm vi của bạn.", "Danh sách gồm báo cáo của đơn vị bạn và của các đơn vị gửi về đơn vị bạn."
	}
	return noMatch()
}

// table is the list with every value of its own type.
func (v reportsView) table() sheet.Table {
	t := sheet.Table{Sheet: "Báo cáo", Title: v.title(), Notes: v.narrowed(), At: v.Now, Fixed: 1,
		Columns: append(filedColumns(), sheet.Column{Title: "Lần gửi có hiệu lực", Kind: sheet.Number})}
	for _, r := range v.Rows {
		row := filedValues(r.PlanRow, v.today())
		if r.No > 0 {
			row = append(row, sheet.Count(r.No))
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}
