// Package bench measures the site against the least that could serve the same:
// a bare handler of the same router, pool, templates and sessions. It is built
// into nothing.
package bench

import (
	"net/http"
	"strconv"
	"time"

	"github.com/alexedwards/scs/v2"
	"github.com/go-chi/chi/v5"

	"danvan/internal/database"
)

// row is one activity of the list.
type row struct {
	Code     string
	Title    string
	Product  string
	UnitName string
	DueOn    time.Time
	Percent  *string
}

// bare answers with one session, one SELECT and the rows.
func bare(db database.DB, sessions *scs.SessionManager, year int) http.Handler {
	r := chi.NewRouter()
	r.Use(sessions.LoadAndSave)
	r.Get("/tran", func(w http.ResponseWriter, r *http.Request) {
		person := sessions.GetInt64(r.Context(), "person")
		if person == 0 {
			http.Error(w, "no session", http.StatusForbidden)
			return
		}
		rows, err := database.All[row](r.Context(), db, `
			select f.code, f.title, f.product, v.name as unit_name, f.due_on, p.percent::text
			from activity_fact f
			join campaign c on c.id = f.campaign_id
			join unit_version v on v.unit_id = f.unit_id and upper_inf(v.valid)
			left join lateral (
			    select percent from progress where activity_id = f.activity_id order by as_of desc, id desc limit 1
			) p on true
			where c.year = @year
			order by v.name collate "vi-x-icu", f.task_no, f.position
			limit 30`,
			database.Args{"year": year})
		if err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
			return
		}
		if err := list(strconv.Itoa(year), rows).Render(r.Context(), w); err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
		}
	})
	return r
}
