// Package search serves the one search over everything one may see.
package search

import (
	"net/http"
	"strconv"

	"danvan/internal/database"
	"danvan/internal/search"
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
	hits, err := search.Find(r.Context(), h.DB, current.Actor(r), current.Now(r), q, size, (page-1)*size)
	if err != nil {
		return err
	}
	pages := ui.Pages{URL: r.URL, Page: page, Size: size, Noun: "kết quả"}
	if len(hits) > 0 {
		pages.Total = hits[0].Total
	}
	title := "Tìm kiếm"
	if q != "" {
		title = "Tìm “" + q + "”"
	}
	return respond.Page(w, r, http.StatusOK, ui.Page{Head: ui.Head{Title: title}}, results(q, hits, pages))
}

// number is 0 for what is no number.
func number(text string) int {
	n, err := strconv.Atoi(text)
	if err != nil || n > 100_000 {
		return 0
	}
	return n
}
