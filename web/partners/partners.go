// Package partners serves what names one's unit as partner: the activities of
// others' plans in force as cards, and nothing else of those plans.
package partners

import (
	"net/http"
	"strconv"

	"github.com/go-chi/chi/v5"

	"danvan/internal/agenda"
	"danvan/internal/database"
	"danvan/internal/fault"
	"danvan/internal/viet"
	"danvan/web/current"
	"danvan/web/respond"
	"danvan/web/ui"
)

// Pages serves the page.
type Pages struct {
	DB database.DB
}

// Show lists the activities of a year by the unit that carries them out.
func (h Pages) Show(w http.ResponseWriter, r *http.Request) error {
	year, err := strconv.Atoi(chi.URLParam(r, "year"))
	if err != nil || year < 2000 || year > 2100 {
		return fault.NotFound
	}
	p, err := agenda.PartneredIn(r.Context(), h.DB, current.Actor(r), current.Now(r), year)
	if err != nil {
		return err
	}
	if f, asked := respond.TableFormat(r.URL.Query()); asked {
		return respond.Table(w, r, cardTable(p, year, current.Now(r)), f)
	}
	head := ui.Head{Title: title(p),
		Crumbs: []ui.Link{{Label: "Năm " + strconv.Itoa(year)}, {Label: "Phối hợp"}}, Meta: meta(p)}
	if len(p.Cards) > 0 {
		head.Actions = ui.Download(ui.FilesOf(r.URL)...)
	}
	return respond.Page(w, r, http.StatusOK, ui.Page{Title: "Phối hợp năm " + strconv.Itoa(year), Head: head},
		cards(p, viet.DateOf(current.Now(r))))
}
