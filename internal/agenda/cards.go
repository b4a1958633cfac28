package agenda

import (
	"context"
	"fmt"
	"time"

	"danvan/internal/actor"
	"danvan/internal/campaign"
	"danvan/internal/database"
	"danvan/internal/fault"
	"danvan/internal/progress"
	"danvan/internal/viet"
)

// Card is what a partner sees of an activity that names it: the activity as the
// plan in force has it, and how it stands. Nothing else of the plan.
type Card struct {
	UnitSlug string
	UnitName string
	Task     int
	Code     string
	Title    string
	Product  string
	Section  string // phòng chủ trì
	SpanKind viet.SpanKind
	StartOn  viet.Date
	DueOn    viet.Date
	Status   progress.Status
	AsOf     viet.Date // of the current entry of its log; zero: none was written
	Total    int       // of all rows
}

// Span is the time of the activity.
func (c Card) Span() viet.Span { return viet.Span{Kind: c.SpanKind, Start: c.StartOn, Due: c.DueOn} }

// Done reports whether nothing is to be expected of it any more.
func (c Card) Done() bool { return c.Status == progress.Cancelled || c.Status.Finished() }

// partners are the roles in which one sees what names one's unit.
var partners = []actor.Role{actor.Observer, actor.Staff}

// MaySeePartnered reports whether act sees what names a unit of act's as partner.
func MaySeePartnered(act actor.Actor) bool { return act.Has(partners...) }

// Partnered is what names one's units in a year.
type Partnered struct {
	Units []Unit // one's own
	Cards []Card // by unit, in the order of its plan
}

// PartneredIn returns the activities in force of a year that name a unit of
// act's as partner, or [fault.NotFound] for who is nobody's partner.
func PartneredIn(ctx context.Context, db database.DB, act actor.Actor, now time.Time, year int) (Partnered, error) {
	if !MaySeePartnered(act) {
		return Partnered{}, fault.NotFound
	}
	own, err := unitsIn(ctx, db, year, act.Units(partners...), viet.DateOf(now))
	if err != nil {
		return Partnered{}, fmt.Errorf("activities of %d in partnership: %w", year, err)
	}
	if len(own) == 0 {
		return Partnered{}, fault.NotFound
	}
	var p Partnered
	for _, u := range own {
		p.Units = append(p.Units, u.Unit)
	}
	if p.Cards, err = cardsFor(ctx, db, act, now, own[0].Campaign, byPlan); err != nil {
		return p, fmt.Errorf("activities of %d in partnership: %w", year, err)
	}
	return p, nil
}

// unitIn is a unit as it is called on a day, and the campaign of a year.
type unitIn struct {
	Unit
	Campaign campaign.ID
}

// unitsIn returns units in the order given, none for a year without a campaign.
func unitsIn(ctx context.Context, db database.DB, year int, units []actor.UnitID, on viet.Date) ([]unitIn, error) {
	return database.All[unitIn](ctx, db, `
		select c.id as campaign, u.id, u.slug, v.name, v.short
		from campaign c
		join unit u on u.id = any(@units::bigint[])
		join unit_version v on v.unit_id = u.id and v.valid @> @on::date
		where c.year = @year
		order by array_position(@units::bigint[], u.id)`,
		database.Args{"year": year, "units": ids(units), "on": on})
}

// listing says which cards are wanted.
type listing struct {
	order    string
	limit    int
	sections bool // the section in charge, which only the frozen plan has
}

var (
	byPlan = listing{order: `position, task = 0, task, place, code`, limit: everything, sections: true}
	byDay  = listing{order: `status in ('cancelled', 'done', 'done_late'), due_on, position, task, place, code`, limit: Rows}
)

// cardsFor opens each frozen plan once, and only for its sections in charge.
func cardsFor(ctx context.Context, db database.DB, act actor.Actor, now time.Time, id campaign.ID, l listing) ([]Card, error) {
	return database.All[Card](ctx, db, `
		with named as materialized (
			select distinct activity_id
			from activity_partner
			where unit_id = any(@partners::bigint[])
		), found as (
			select f.activity_id, f.version_id, r.position, f.task_no as task, f.position as place,
			       u.slug as unit_slug, v.name as unit_name, f.code, f.title, f.product,
			       f.span_kind, f.start_on, f.due_on, `+progress.StatusSQL+` as status, cur.as_of
			from named
			join activity_fact f on f.activity_id = named.activity_id
			join roster r on r.campaign_id = f.campaign_id and r.unit_id = f.unit_id
			join unit u on u.id = f.unit_id
			join unit_version v on v.id = r.unit_version_id
			`+progress.Standing+progress.Latest+`
			where f.campaign_id = @campaign
		), page as (
			select *, count(*) over () as total
			from found
			order by `+l.order+`
			limit @limit
		), frozen as materialized (
			select v.id as version_id, p.value ->> 'key' as key, p.value -> 'content' ->> 'section' as section
			from version v
			cross join jsonb_array_elements(convert_from(v.content, 'utf8')::jsonb -> 'parts') p
			where @sections and v.id in (select version_id from page)
		)
		select unit_slug, unit_name, task, code, title, product, coalesce(z.section, '') as section,
		       span_kind, start_on, due_on, status, as_of, total
		from page
		left join frozen z on z.version_id = page.version_id and z.key = 'activity/' || page.activity_id
		order by `+l.order,
		database.Args{"campaign": id, "today": viet.DateOf(now), "partners": ids(act.Units(partners...)), "limit": l.limit, "sections": l.sections})
}
