// Package home serves the first page: what one person has to do and by when, and
// how his or her unit stands in the year.
package home

import (
	"errors"
	"net/http"

	"danvan/internal/agenda"
	"danvan/internal/campaign"
	"danvan/internal/database"
	"danvan/internal/fault"
	"danvan/web/current"
	"danvan/web/paths"
	"danvan/web/respond"
	"danvan/web/ui"
)

// Pages serves the page.
type Pages struct {
	DB database.DB
}

// Show is Việc của tôi. Who only follows the whole province is sent on to it.
func (h Pages) Show(w http.ResponseWriter, r *http.Request) error {
	ctx, act, now := r.Context(), current.Actor(r), current.Now(r)
	if agenda.OnlyLeads(act) {
		c, err := campaign.Current(ctx, h.DB, now)
		if err == nil {
			return respond.To(w, r, paths.Overview(c.Year))
		}
		if !errors.Is(err, fault.NotFound) {
			return err
		}
	}
	a, err := agenda.For(ctx, h.DB, act, now)
	if err != nil {
		return err
	}
	v := newView(act, a)
	return respond.Page(w, r, http.StatusOK, ui.Page{Head: v.head()}, page(v))
}
