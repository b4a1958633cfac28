// Package search serves the one search over everything one may see.
package search

import (
	"net/http"
	"strconv"
	"time"

	"danvan/internal/database"
	"danvan/internal/document/sheet"
	"danvan/internal/search"
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
	page := max(1, number(r.URL.Query().Get(paths.PageParam)))
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
		title = "Tìm “" + q + "”"
	}
	return respond.Page(w, r, http.StatusOK, ui.Page{Head: ui.Head{Title: title}}, results(q, hits, pages))
}

// table is what was found with every value of its own type.
func table(q string, hits []search.Hit, now time.Time) sheet.Table {
	t := sheet.Table{Sheet: "Tìm kiếm", Title: "Tìm “" + viet.CleanLine(q) + "”", Notes: []string{viet.FormatInt(len(hits)) + " kết quả trong phần bạn được xem"}, At: now, Fixed: 1,
		Columns: []sheet.Column{{Title: "Loại"}, {Title: "Năm", Kind: sheet.Number}, {Title: "Đơn vị"}, {Title: "Mã"}, {Title: "Nội dung"}, {Title: "Sản phẩm"}}}
	for _, h := range hits {
		t.Rows = append(t.Rows, []sheet.Value{sheet.Words(kindWord(h.Kind)), sheet.Count(h.Year), sheet.Words(h.UnitName),
			sheet.Words(h.Code), sheet.Words(h.Title), sheet.Words(h.Product)})
	}
	return t
}

func kindWord(k search.Kind) string {
	switch k {
	case search.Plan:
		return "Kế hoạch"
	case search.Report:
		return "Báo cáo"
	}
	return "Hoạt động"
}

// number is 0 for what is no number.
func number(text string) int {
	n, err := strconv.Atoi(text)
	if err != nil || n > 100_000 {
		return 0
	}
	return n
}
