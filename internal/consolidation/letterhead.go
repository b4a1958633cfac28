package consolidation

import (
	"context"
	"fmt"

	"danvan/internal/database"
)

// facts are what letterheads say.
type facts struct {
	Directive string
	Unit      UnitFacts
	Superior  UnitFacts
	Root      UnitFacts
}

// unitFacts selects the [UnitFacts] of unit u, as it was called in the campaign.
const unitFacts = `
	(select json_build_object('id', u.id, 'slug', u.slug, 'name', v.name, 'short', replace(v.name, 'Ủy ban nhân dân', 'UBND'), 'kind', v.kind,
	                          'symbol', v.symbol, 'place', v.place, 'header_parent', v.header_parent, 'lead', u.id = c.lead_unit)
	 from unit_version v
	 left join roster own on own.campaign_id = c.id and own.unit_id = u.id
	 where v.unit_id = u.id
	 order by v.id = own.unit_version_id desc nulls last, v.valid @> lower(c.active) desc, lower(v.valid) desc
	 limit 1)`

// factsOf returns what the letterheads of c need, in one statement. The superior of
// the lead unit is the province's committee.
func factsOf(ctx context.Context, db database.DB, c Case) (facts, error) {
	f, err := database.One[facts](ctx, db, `
		select c.directive,
		       (select `+unitFacts+` from unit u where u.id = @unit) as unit,
		       coalesce((select `+unitFacts+` from unit u where u.id = coalesce(above.unit_id, root.unit_id)), '{}') as superior,
		       coalesce((select `+unitFacts+` from unit u where u.id = root.unit_id), '{}') as root
		from campaign c
		left join lateral (
		    select v.unit_id
		    from unit_version v
		    where v.kind = 'province' and v.valid @> lower(c.active)
		    order by v.unit_id
		    limit 1
		) root on true
		left join lateral (
		    select r.reports_to as unit_id
		    from roster r
		    where r.campaign_id = c.id and r.unit_id = @unit and r.reports_to <> @unit
		) above on true
		where c.id = @campaign`,
		database.Args{"campaign": c.Campaign, "unit": c.Unit})
	if err != nil {
		return f, fmt.Errorf("letterheads: %w", err)
	}
	return f, nil
}
