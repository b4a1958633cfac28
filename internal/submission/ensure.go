package submission

import (
	"context"
	"time"

	"danvan/internal/database"
	"danvan/internal/viet"
)

// Ensure makes the plan and the reports of every roster unit for each period that
// has opened by now, or when the unit joins; twice is once, whoever runs it. Who
// joins after the last day of a report's data has nothing to report in it. A job
// calls it.
func Ensure(ctx context.Context, db database.DB, now time.Time) error {
	_, err := database.Exec(ctx, db, `
		insert into submission (period_id, unit_id, state_at)
		select p.id, r.unit_id, @now
		from period p
		join roster r on r.campaign_id = p.campaign_id
		where p.kind in ('plan', 'report')
		  and p.opens_on <= @today
		  and (lower_inf(r.valid) or lower(r.valid) <= @today)
		  and (upper_inf(r.valid) or upper(r.valid) > p.opens_on)
		  and (p.data is null or lower_inf(r.valid) or lower(r.valid) < upper(p.data))
		on conflict do nothing`,
		database.Args{"now": now, "today": viet.DateOf(now)})
	return err
}
