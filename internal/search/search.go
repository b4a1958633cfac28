// Package search finds, in everything one may see, the plans, reports and
// activities that match a few words. It reads across features and changes nothing.
package search

import (
	"context"
	"time"

	"danvan/internal/actor"
	"danvan/internal/database"
	"danvan/internal/submission"
	"danvan/internal/unit"
	"danvan/internal/viet"
)

// Kind says what was found.
type Kind string

const (
	Plan     Kind = "plan"
	Report   Kind = "report"
	Activity Kind = "activity"
)

// Hit is one thing found.
type Hit struct {
	Kind     Kind
	Year     int
	Unit     string // slug
	UnitName string
	Period   string // slug of a report's period
	Code     string // of an activity
	Title    string // of an activity, or the name of a report's period; a plan is named by its unit
	Product  string
	Partner  bool // seen only because it names one of one's units as partner
	Total    int
}

// MinLetters is the least a search must hold to be carried out.
const MinLetters = 2

// Find returns the plans whose unit matches, the reports whose unit and period
// match, and the activities in force whose title or product matches every word of
// typed, newest year first. Only what act
// may see: units' own, those reporting to the units where act decides, what names
// one of act's units as partner, or everything.
func Find(ctx context.Context, db database.DB, act actor.Actor, now time.Time, typed string, limit, offset int) ([]Hit, error) {
	words := unit.SearchWords(typed)
	if len([]rune(viet.CleanLine(typed))) < MinLetters || len(words) == 0 {
		return nil, nil
	}
	args := submission.SeenArgs(act, map[string]any{"search": words, "limit": limit, "offset": offset,
		"partner_units": partners(act)})
	return database.All[Hit](ctx, db, `
		with found as (
			select 'plan' as kind, c.year, u.slug as unit, v.name as unit_name, '' as period, '' as code, '' as title, '' as product, false as partner,
			       0 as rank, p.opens_on
			from submission s
			join period p on p.id = s.period_id and p.kind = 'plan'
			join campaign c on c.id = p.campaign_id
			join roster r on r.campaign_id = c.id and r.unit_id = s.unit_id
			join unit u on u.id = s.unit_id
			join unit_version v on v.id = r.unit_version_id
			where `+submission.SeenBy+` and `+unit.Matches+`
			union all
			select 'report', c.year, u.slug, v.name, p.slug, '', p.name, '', false,
			       case when `+unit.Matches+` or v.name_fold like any (array(select '%' || fold(w) || '%' from unnest(@search::text[]) w)) then 1 else 3 end,
			       p.opens_on
			from submission s
			join period p on p.id = s.period_id and p.kind = 'report'
			join campaign c on c.id = p.campaign_id
			join roster r on r.campaign_id = c.id and r.unit_id = s.unit_id
			join unit u on u.id = s.unit_id
			join unit_version v on v.id = r.unit_version_id
			where `+submission.SeenBy+`
			  and (`+unit.Matches+`
			       or v.name_fold || ' ' || fold('báo cáo ' || p.name) like all (array(select '%' || fold(w) || '%' from unnest(@search::text[]) w)))
			union all
			select 'activity', c.year, u.slug, v.name, '', f.code, f.title, f.product, not (@sees_all
			           or f.unit_id = any(@own_units::bigint[])
			           or r.reports_to = any(@below_units::bigint[])
			           or c.lead_unit = any(@below_units::bigint[])), 2, null
			from activity_fact f
			join campaign c on c.id = f.campaign_id
			join roster r on r.campaign_id = c.id and r.unit_id = f.unit_id
			join unit u on u.id = f.unit_id
			join unit_version v on v.id = r.unit_version_id
			where f.title_fold like all (array(select '%' || fold(w) || '%' from unnest(@search::text[]) w))
			  and (@sees_all
			       or f.unit_id = any(@own_units::bigint[])
			       or r.reports_to = any(@below_units::bigint[])
			       or c.lead_unit = any(@below_units::bigint[])
			       or exists (select from activity_partner a where a.activity_id = f.activity_id and a.unit_id = any(@partner_units::bigint[])))
		)
		select kind, year, unit, unit_name, period, code, title, product, partner, count(*) over () as total
		from found
		order by year desc, rank, unit_name collate "vi-x-icu", opens_on desc, string_to_array(nullif(code, ''), '.')::int[]
		limit @limit offset @offset`,
		args)
}

// partners are the units for which act sees what names them as partner.
func partners(act actor.Actor) []int64 {
	out := make([]int64, 0)
	for _, u := range act.Units(actor.Observer, actor.Staff) {
		out = append(out, int64(u))
	}
	return out
}
