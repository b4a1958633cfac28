package overview

import (
	"context"
	"fmt"
	"time"

	"danvan/internal/actor"
	"danvan/internal/database"
	"danvan/internal/viet"
)

// Filing is where the reports of some units stand in the report period opened last.
type Filing struct {
	Period FiledPeriod // without a slug: none has opened
	Units  map[actor.UnitID]FilingState
}

// FilingState is where one report stands.
type FilingState struct {
	State   PlanState
	InForce bool // a version counts, whatever is being amended beside it
}

type filingLine struct {
	Slug    string
	Name    string
	Unit    *actor.UnitID
	State   PlanState
	InForce bool
}

// FilingOf returns where the reports of the units of a board stand, of which one
// sees the rows, in one statement.
func FilingOf(ctx context.Context, db database.DB, now time.Time, b Board) (Filing, error) {
	ids := make([]actor.UnitID, len(b.Rows))
	for i, r := range b.Rows {
		ids[i] = r.ID
	}
	lines, err := database.All[filingLine](ctx, db, `
		select p.slug, p.name, s.unit_id as unit, s.in_force is not null as in_force,
		       -- A look at one row each: "exists" would read every part and version there is.
		       coalesce(case when s.state = 'draft'
		                          and (select true from part where copy_id = s.id limit 1) is null
		                          and (select true from version where submission_id = s.id limit 1) is null
		                     then 'none' else s.state end, '') as state
		from (select id, slug, name
		      from period
		      where campaign_id = @campaign and kind = 'report' and opens_on <= @today::date
		      order by opens_on desc, id desc
		      limit 1) p
		left join submission s on s.period_id = p.id and s.unit_id = any(@ids::bigint[])`,
		database.Args{"campaign": b.Campaign, "today": viet.DateOf(now), "ids": ids})
	if err != nil {
		return Filing{}, fmt.Errorf("reports beside the plans of %d: %w", b.Year, err)
	}
	f := Filing{Units: map[actor.UnitID]FilingState{}}
	for _, l := range lines {
		f.Period = FiledPeriod{Slug: l.Slug, Name: l.Name}
		if l.Unit != nil {
			f.Units[*l.Unit] = FilingState{State: l.State, InForce: l.InForce}
		}
	}
	return f, nil
}
