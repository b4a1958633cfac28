// Package proposals serves the ledger of what units want settled elsewhere: its
// list, each entry with what happened to it, and the forms of those who keep it.
// Writing proposals belongs to the reports they stand in.
package proposals

import (
	"net/http"
	"strconv"

	"github.com/go-chi/chi/v5"

	"danvan/internal/database"
	"danvan/internal/fault"
	"danvan/internal/proposal"
	"danvan/web/current"
	"danvan/web/paths"
	"danvan/web/respond"
	"danvan/web/ui"
)

// Pages serves the ledger.
type Pages struct {
	DB database.DB
}

// maxBody bounds what a form here may post.
const maxBody = 1 << 18

// Names of parameters that narrow the list.
const (
	stateParam  = "tinh-trang"
	unitParam   = "don-vi"
	periodParam = "ky"
)

// pageSize is how many rows the list shows at once.
const pageSize = 30

func refOf(r *http.Request) (proposal.Ref, error) {
	year, err := paths.Year(r)
	if err != nil {
		return proposal.Ref{}, err
	}
	no, err := strconv.Atoi(chi.URLParam(r, "no"))
	if err != nil || no < 1 {
		return proposal.Ref{}, fault.NotFound
	}
	return proposal.Ref{Year: year, Period: chi.URLParam(r, "period"), Unit: chi.URLParam(r, "unit"), No: no}, nil
}

// List is the ledger of a year, as far as one sees it.
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
	ledger, err := proposal.List(r.Context(), h.DB, current.Actor(r), current.Now(r), year, f)
	if err != nil {
		return err
	}
	v := listView{Ledger: ledger, URL: r.URL, Filter: f, Now: current.Now(r)}
	if saving {
		if err := respond.TooMany(v.Total, "kiến nghị"); err != nil {
			return err
		}
		return respond.Table(w, r, v.table(), format)
	}
	if v.beyond() {
		return fault.NotFound
	}
	return respond.Page(w, r, http.StatusOK, v.page(), list(v))
}

// Show is one proposal with what happened to it.
func (h Pages) Show(w http.ResponseWriter, r *http.Request) error {
	ref, err := refOf(r)
	if err != nil {
		return err
	}
	act, now := current.Actor(r), current.Now(r)
	p, err := proposal.Show(r.Context(), h.DB, act, now, ref)
	if err != nil {
		return err
	}
	v := newShowing(act, now, p)
	head := ui.Head{Title: v.title(), Crumbs: v.crumbs(""), Meta: v.meta(), Actions: v.actions()}
	return respond.Page(w, r, http.StatusOK, ui.Page{Title: p.Title(), Head: head, PrintNote: p.Title()}, v.body())
}
