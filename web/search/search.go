// Package search serves the one search over everything one may see.
package search

import (
	"net/http"
	"strconv"
	"time"

	"danvan/internal/database"
	"danvan/internal/direction"
	"danvan/internal/document/sheet"
	"danvan/internal/search"
	"danvan/internal/unit"
	"danvan/internal/viet"
	"danvan/web/current"
	"danvan/web/paths"
	"danvan/web/respond"
	"danvan/web/ui"
)

// Pages serves the search page.
type Pages struct {
	DB database.DB
}

const size = 30

// Show answers a search, or says how to search.
func (h Pages) Show(w http.ResponseWriter, r *http.Request) error {
	q := r.URL.Query().Get(paths.FindParam)
	page := paths.Page(r.URL.Query())
	format, saving := respond.TableFormat(r.URL.Query())
	limit, offset := size, (page-1)*size
	if saving {
		limit, offset = respond.MostRows, 0
	}
	hits, err := search.Find(r.Context(), h.DB, current.Actor(r), current.Now(r), q, limit, offset)
	if err != nil {
		return err
	}
	pages := ui.Pages{URL: r.URL, Page: page, Size: size, Noun: "kết quả", Files: ui.FilesOf(r.URL)}
	if len(hits) > 0 {
		pages.Total = hits[0].Total
	}
	if saving {
		if err := respond.TooMany(pages.Total, pages.Noun); err != nil {
			return err
		}
		return respond.Table(w, r, table(q, hits, current.Now(r)), format)
	}
	title := "Tìm kiếm"
	if q != "" {
		title = "Tìm “" + ui.Short(viet.CleanLine(q), 80) + "”"
	}
	return respond.Page(w, r, http.StatusOK, ui.Page{Head: ui.Head{Title: title}}, results(q, hits, pages))
}

// table is what was found with every value of its own type.
func table(q string, hits []search.Hit, now time.Time) sheet.Table {
	t := sheet.Table{Sheet: "Tìm kiếm", Title: "Tìm “" + viet.CleanLine(q) + "”", Notes: []string{viet.FormatInt(len(hits)) + " kết quả trong phần bạn được xem"}, At: now, Fixed: 1,
		Columns: []sheet.Column{{Title: "Loại"}, {Title: "Năm", Kind: sheet.Number}, {Title: "Đơn vị"}, {Title: "Mã, số"}, {Title: "Nội dung"}, {Title: "Sản phẩm"}}}
	for _, h := range hits {
		number := h.Code
		if h.No > 0 {
			number = source(h)
		}
		t.Rows = append(t.Rows, []sheet.Value{sheet.Words(kindWord(h.Kind)), sheet.Count(h.Year), sheet.Words(h.UnitName),
			sheet.Words(number), sheet.Words(h.Title), sheet.Words(h.Product)})
	}
	return t
}

func kindWord(k search.Kind) string {
	switch k {
	case search.Plan:
		return "Kế hoạch"
	case search.Report:
		return "Báo cáo"
	case search.Proposal:
		return "Kiến nghị"
	case search.Direction:
		return "Ý kiến"
	}
	return "Hoạt động"
}

// address is where the reader may open what was found.
func address(h search.Hit) string {
	switch {
	case h.Kind == search.Plan:
		return paths.Plan(h.Year, h.Unit)
	case h.Kind == search.Report:
		return paths.Report(h.Year, h.Period, h.Unit)
	case h.Kind == search.Proposal:
		return paths.LedgerProposal(h.Year, h.Period, h.Unit, h.No)
	case h.Kind == search.Direction:
		return paths.Direction(h.Year, h.No)
	case h.Partner:
		return paths.PartneredActivity(h.Year, h.Unit, h.Code)
	}
	return paths.Activity(h.Year, h.Unit, h.Code)
}

// longest is how much of what is proposed or said a result shows.
const longest = 180

func name(h search.Hit) string {
	switch h.Kind {
	case search.Plan:
		return unit.Called(h.UnitName)
	case search.Report:
		return unit.Called(h.UnitName) + ": báo cáo " + viet.LowerFirst(h.Title)
	case search.Activity:
		return h.Code + ". " + h.Title
	}
	return ui.Short(h.Title, longest)
}

// below says whose it is where the name does not.
func below(h search.Hit) string {
	switch {
	case h.Kind == search.Plan, h.Kind == search.Report:
		return ""
	case h.No > 0:
		return unit.Called(h.UnitName) + " · " + source(h)
	case h.Product != "":
		return unit.Called(h.UnitName) + " · " + h.Product
	}
	return unit.Called(h.UnitName)
}

// source numbers a proposal within its report, and a direction within its year.
func source(h search.Hit) string {
	if h.Kind == search.Proposal {
		return "kiến nghị " + strconv.Itoa(h.No) + ", báo cáo " + viet.LowerFirst(h.Source)
	}
	return viet.LowerFirst(direction.Kind(h.Source).Word()) + " số " + strconv.Itoa(h.No)
}
