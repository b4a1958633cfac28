package agenda

import (
	"context"
	"slices"

	"danvan/internal/actor"
	"danvan/internal/database"
	"danvan/internal/viet"
)

// ground is what the agenda stands on, whatever there is to do.
type ground struct {
	Tasks    []task
	Scopes   []scope
	Holidays []viet.Date
	Units    []Unit
	Sums     []Sum
}

type task struct {
	No    int
	Short string
}

// scope is a task that is out of scope for a unit, or in which nothing arises.
type scope struct {
	Unit actor.UnitID
	Task int
	Kind string
}

func (g ground) calendar() viet.Calendar { return viet.NewCalendar(slices.Values(g.Holidays)) }

func groundOf(ctx context.Context, db database.DB, act actor.Actor, a Agenda) (ground, error) {
	return database.One[ground](ctx, db, `
		select (select coalesce(json_agg(json_build_object('No', t.no, 'Short', t.short) order by t.no), '[]')
		        from task t
		        where t.campaign_id = @campaign and t.no > 0) as tasks,
		       (select coalesce(json_agg(json_build_object('Unit', s.unit_id, 'Task', s.task_no, 'Kind', s.kind)), '[]')
		        from task_scope_fact s
		        where s.campaign_id = @campaign and s.unit_id = any(@own::bigint[])) as scopes,
		       array(select h.day from holiday h order by h.day) as holidays,
		       (select coalesce(json_agg(json_build_object('ID', u.id, 'Slug', u.slug, 'Name', v.name, 'Short', v.short)
		                                 order by array_position(@units::bigint[], u.id)), '[]')
		        from unit u
		        join unit_version v on v.unit_id = u.id and v.valid @> @today::date
		        where u.id = any(@units::bigint[])) as units,
		       (`+sums+`) as sums`,
		database.Args{"campaign": a.Campaign.ID, "today": a.Today, "now": a.Now, "own": ids(own(act)),
			"units": ids(act.Units(actor.Roles...)), "consolidates": consolidates(act), "leads": leads(act)})
}
