// Package directions serves what those who lead say about a unit's work: the list,
// each with its answer and what happened to it, and the forms to give, answer and
// close one.
package directions

import (
	"net/http"
	"strconv"

	"github.com/go-chi/chi/v5"

	"danvan/internal/database"
	"danvan/internal/direction"
	"danvan/internal/fault"
	"danvan/web/current"
	"danvan/web/paths"
	"danvan/web/respond"
	"danvan/web/ui"
)

// Pages serves directions.
type Pages struct {
	DB database.DB
}

// maxBody bounds what a form here may post.
const maxBody = 1 << 18

// Names of parameters that narrow the list.
const (
	stateParam = "tinh-trang"
	kindParam  = "loai"
	unitParam  = "don-vi"
)

// pageSize is how many rows the list shows at once.
const pageSize = 30

// numberOf reads the year and the number of the address.
func numberOf(r *http.Request) (year, no int, err error) {
	if year, err = paths.Year(r); err != nil {
		return 0, 0, err
	}
	if no, err = strconv.Atoi(chi.URLParam(r, "no")); err != nil || no < 1 || no > 1_000_000 {
		return 0, 0, fault.NotFound
	}
	return year, no, nil
}

// List is what was said in a year, as far as one sees it.
func (h Pages) List(w http.ResponseWriter, r *http.Request) error {
	year, err := paths.Year(r)
	if err != nil {
		return err
	}
	query := r.URL.Query()
	f := filterOf(query)
	format, saving := respond.TableFormat(query)
	if saving {
		f.Limit, f.Offset = respond.MostRows, 0
	}
	act := current.Actor(r)
	all, err := direction.Listed(r.Context(), h.DB, act, current.Now(r), year, f)
	if err != nil {
		return err
	}
	v := listView{List: all, URL: r.URL, Filter: f, Now: current.Now(r), Gives: direction.MayGive(act)}
	if saving {
		if err := respond.TooMany(v.Total, "ý kiến"); err != nil {
			return err
		}
		return respond.Table(w, r, v.table(), format)
	}
	if v.beyond() {
		return fault.NotFound
	}
	return respond.Page(w, r, http.StatusOK, v.page(), list(v))
}

// Show is one direction with what happened to it.
func (h Pages) Show(w http.ResponseWriter, r *http.Request) error {
	year, no, err := numberOf(r)
	if err != nil {
		return err
	}
	act, now := current.Actor(r), current.Now(r)
	p, err := direction.Show(r.Context(), h.DB, act, now, year, no)
	if err != nil {
		return err
	}
	v := newShowing(act, now, p)
	head := ui.Head{Title: p.Title(), Crumbs: v.crumbs(""), Meta: v.meta(), Actions: v.actions()}
	return respond.Page(w, r, http.StatusOK, ui.Page{Title: p.Title() + ", " + p.About(), Head: head, PrintNote: p.Title() + " năm " + strconv.Itoa(year)}, v.body())
}
