package campaign

import (
	"context"
	"fmt"

	"danvan/internal/database"
	"danvan/internal/unit"
	"danvan/internal/viet"
)

// Member is a unit of the roster under the name it had on its first day there,
// which the year's papers keep.
type Member struct {
	unit.Unit
	ReportsTo      unit.ID // who receives and adds up; the lead unit: itself
	ReportsToSlug  string
	ReportsToShort string
	Position       int
	JoinedOn       viet.Date
	LeftOn         viet.Date // first day outside; zero: stays
	Reason         string    // of joining or leaving in mid-year
	DirectSubmit   bool      // staff may submit without the leader
}

// PresentOn reports whether the unit files on a day.
func (m Member) PresentOn(day viet.Date) bool {
	return !day.Before(m.JoinedOn) && (m.LeftOn.IsZero() || day.Before(m.LeftOn))
}

const members = `
	select ` + unit.Columns + `,
	       r.reports_to, ru.slug as reports_to_slug, coalesce(rv.short, '') as reports_to_short, r.position,
	       lower(r.valid) as joined_on, upper(r.valid) as left_on, r.reason, r.direct_submit
	from roster r
	join unit u on u.id = r.unit_id
	join unit_version v on v.id = r.unit_version_id
	left join unit pu on pu.id = v.parent_id
	left join unit_version pv on pv.unit_id = v.parent_id and pv.valid @> lower(r.valid)
	join unit ru on ru.id = r.reports_to
	left join unit_version rv on rv.unit_id = r.reports_to and rv.valid @> lower(r.valid) `

// RosterFilter narrows a roster. Zero fields do not filter.
type RosterFilter struct {
	On        viet.Date // present on this day
	Kinds     []unit.Kind
	ReportsTo unit.ID // directly, the receiver itself included where it reports to itself
	Search    string  // as in [unit.Filter]
}

// Roster returns the units of a campaign in roster order.
func Roster(ctx context.Context, db database.DB, id ID, f RosterFilter) ([]Member, error) {
	list, err := database.All[Member](ctx, db, members+`
		where r.campaign_id = @id
		  and (@on::date is null or r.valid @> @on::date)
		  and (cardinality(@kinds::text[]) = 0 or v.kind = any(@kinds::text[]))
		  and (@reports_to::bigint = 0 or r.reports_to = @reports_to::bigint)
		  and `+unit.Matches+`
		order by r.position, r.unit_id`,
		database.Args{
			"id": id, "on": f.On, "kinds": append([]unit.Kind{}, f.Kinds...),
			"reports_to": f.ReportsTo, "search": unit.SearchWords(f.Search),
		})
	if err != nil {
		return nil, fmt.Errorf("roster of campaign %d: %w", id, err)
	}
	return list, nil
}

// RosterOn returns the units that file on a day in roster order.
func RosterOn(ctx context.Context, db database.DB, id ID, on viet.Date) ([]Member, error) {
	return Roster(ctx, db, id, RosterFilter{On: on})
}

// RosterUnit returns a unit of the roster, present or not, or [fault.NotFound].
func RosterUnit(ctx context.Context, db database.DB, id ID, slug string) (Member, error) {
	m, err := database.One[Member](ctx, db, members+`
		where r.campaign_id = @id and u.slug = @slug`,
		database.Args{"id": id, "slug": slug})
	if err != nil {
		return m, fmt.Errorf("unit %s in roster of campaign %d: %w", slug, id, err)
	}
	return m, nil
}
