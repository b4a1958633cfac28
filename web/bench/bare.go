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
			select page.code, page.title, page.product, page.unit_name, page.due_on, p.percent::text
			from (
			    select f.activity_id, f.code, f.title, f.product, f.due_on, v.name as unit_name,
			           r.position, f.task_no = 0 as common, f.task_no, f.position as place
			    from campaign c
			    join roster r on r.campaign_id = c.id
			    join unit_version v on v.id = r.unit_version_id
			    join activity_fact f on f.campaign_id = c.id and f.unit_id = r.unit_id
			    where c.year = @year and f.stopped_reason = ''
			    order by r.position, common, f.task_no, place
			    limit 30
			) page
			left join lateral (
			    select percent from progress where activity_id = page.activity_id order by as_of desc, id desc limit 1
			) p on true
			order by page.position, page.common, page.task_no, page.place`,
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
