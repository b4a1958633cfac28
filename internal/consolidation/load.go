package consolidation

import (
	"context"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"danvan/internal/actor"
	"danvan/internal/audit"
	"danvan/internal/database"
	"danvan/internal/unit"
	"danvan/internal/viet"
	"danvan/internal/workingcopy"
)

// peopleOf selects those who hold a role in the consolidating unit u on @today.
func peopleOf(role actor.Role) string {
	return `(select coalesce(json_agg(json_build_object('ID', q.id, 'Name', q.name) order by q.name_sort collate "vi-x-icu", q.id), '[]')
	        from person q where q.active and exists (
	            select from membership m where m.person_id = q.id and m.unit_id = u.id
	            and m.role = '` + string(role) + `' and m.valid @> @today::date))`
}

// caseQuery wants @today, @year and @period. It finds every unit that others report
// to; more conditions and an order may follow.
var caseQuery = `
	select coalesce(k.id, 0) as id, c.id as campaign, c.year, p.id as period_id, p.slug as period, p.name as period_name, p.opens_on,
	       (select json_agg(json_build_object('Slug', o.slug, 'Name', o.name, 'State', coalesce(s.state, ''),
	                                          'Issued', exists (select from issue i where i.consolidation_id = s.id)) order by upper(o.data), lower(o.data), o.id)
	        from period o
	        left join consolidation s on s.period_id = o.id and s.unit_id = u.id
	        where o.campaign_id = c.id and o.kind = 'report' and (o.opens_on <= @today::date or o.id = p.id)) as periods,
	       u.id as unit, u.slug as unit_slug, uv.name as unit_name, ` + unit.CalledSQL("uv.name") + ` as unit_short, uv.symbol,
	       u.id = c.lead_unit as lead,
	       coalesce(k.state, '') as state, coalesce(k.revision, 0) as revision,
	       coalesce(sp.name, '') as state_by_name, coalesce(k.state_at, 'epoch') as state_at, coalesce(k.state_why, '') as state_why,
	       array(select ru.slug
	             from roster r
	             join unit ru on ru.id = r.unit_id
	             left join submission x on x.period_id = p.id and x.unit_id = r.unit_id
	             where r.campaign_id = c.id and r.reports_to = u.id and r.valid @> (upper(p.data) - 1) and x.in_force is null
	             order by r.position, r.unit_id) as missing,
	       (select json_build_object('reason', g.reason, 'units', g.units, 'by_name', g.by_name, 'at', g.at)
	        from consolidation_proceeding g
	        where g.consolidation_id = k.id
	        order by g.id desc
	        limit 1) as proceeded,
	       (select json_build_object('No', f.no, 'SHA256', encode(f.sha256, 'hex'), 'ByName', f.by_name, 'At', f.at,
	                                 'SignedOffName', coalesce(o.by_name, ''), 'SignedOffAt', o.at)
	        from consolidation_frozen f
	        left join consolidation_signoff o on o.frozen_id = f.id
	        where f.consolidation_id = k.id
	        order by f.no desc
	        limit 1) as frozen,
	       (select coalesce(json_agg(` + issueHead + ` order by i.no desc), '[]')
	        from issue i ` + issueJoins + `
	        where i.consolidation_id = k.id) as issues,
	       ` + peopleOf(actor.Consolidator) + ` as consolidators,
	       ` + peopleOf(actor.UnitLeader) + ` as leaders,
	       0 as faults
	from campaign c
	join period p on p.campaign_id = c.id and p.slug = @period and p.kind = 'report'
	join unit u on exists (select from roster r where r.campaign_id = c.id and r.reports_to = u.id)
	left join roster own on own.campaign_id = c.id and own.unit_id = u.id
	join lateral (
	    select v.name, v.symbol
	    from unit_version v
	    where v.unit_id = u.id
	    order by v.id = own.unit_version_id desc nulls last, v.valid @> lower(c.active) desc, lower(v.valid) desc
	    limit 1
	) uv on true
	left join consolidation k on k.period_id = p.id and k.unit_id = u.id
	left join person sp on sp.id = k.state_by
	where c.year = @year `

func load(ctx context.Context, db database.DB, now time.Time, ref Ref) (Case, error) {
	c, err := database.One[Case](ctx, db, caseQuery+`and u.slug = @unit`,
		database.Args{"today": viet.DateOf(now), "year": ref.Year, "period": ref.Period, "unit": ref.Unit})
	c.point()
	return c, err
}

// point makes [Case.Issue] the newest issue.
func (c *Case) point() {
	if len(c.Issues) > 0 {
		c.Issue = &c.Issues[0]
	}
}

// lock returns the case of ref and lets nobody else change the consolidation, or
// begin it, until tx ends. Everything that writes goes through it.
func lock(ctx context.Context, tx pgx.Tx, now time.Time, ref Ref) (*Case, error) {
	if _, err := tx.Exec(ctx, `select pg_advisory_xact_lock(hashtextextended('consolidation ' || $1, 0))`, ref.String()); err != nil {
		return nil, err
	}
	c, err := load(ctx, tx, now, ref)
	return &c, err
}

// Touch counts a change of the text.
func (c *Case) Touch(ctx context.Context, tx pgx.Tx, _ actor.Actor) error {
	c.Revision++
	return database.Change(ctx, tx, `update consolidation set revision = @revision where id = @id`,
		database.Args{"id": c.ID, "revision": c.Revision})
}

// Record adds an entry to the consolidation's chain.
func (c *Case) Record(ctx context.Context, tx pgx.Tx, act actor.Actor, now time.Time, e audit.Entry) error {
	e.Subject = c.Subject()
	if e.Authority == "" {
		e.Authority = c.authority(act)
	}
	return audit.Record(ctx, tx, act, now, e)
}

// authority says in which role act works on the consolidation.
func (c *Case) authority(act actor.Actor) string {
	for _, r := range []actor.Role{actor.Consolidator, actor.UnitLeader} {
		if act.Is(c.Unit, r) {
			return string(r)
		}
	}
	return ""
}

// step moves the consolidation to a state and records why.
func (c *Case) step(ctx context.Context, tx pgx.Tx, act actor.Actor, now time.Time, to State, verb, reason string, more map[string]any) error {
	from := c.State
	c.Revision++
	c.State, c.StateAt, c.StateWhy, c.StateByName = to, now, reason, act.Name
	if err := database.Change(ctx, tx, `
		update consolidation
		set state = @state, revision = @revision, state_by = @by, state_at = @now, state_why = @why
		where id = @id`,
		database.Args{"id": c.ID, "state": to, "revision": c.Revision, "by": act.Person, "now": now, "why": reason}); err != nil {
		return err
	}
	if err := workingcopy.EndRuns(ctx, tx, c.CopyID()); err != nil {
		return err
	}
	after := map[string]any{"state": to}
	if reason != "" {
		after["reason"] = reason
	}
	for k, v := range more {
		after[k] = v
	}
	return c.Record(ctx, tx, act, now, audit.Entry{Action: verb, Before: map[string]any{"state": from}, After: after})
}

// notice is what messages about the consolidation are filed under.
func (c Case) notice() string {
	return fmt.Sprintf("consolidation/%d/%s/%s", c.Year, c.Period, c.UnitSlug)
}
