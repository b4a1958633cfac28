// Package search finds, in everything one may see, the plans, reports, activities,
// proposals and directions that match a few words. It reads across features and
// changes nothing.
package search

import (
	"context"
	"time"

	"danvan/internal/actor"
	"danvan/internal/database"
	"danvan/internal/direction"
	"danvan/internal/submission"
	"danvan/internal/unit"
	"danvan/internal/viet"
)

// Kind says what was found.
type Kind string

const (
	Plan      Kind = "plan"
	Report    Kind = "report"
	Activity  Kind = "activity"
	Proposal  Kind = "proposal"
	Direction Kind = "direction"
)

// Hit is one thing found.
type Hit struct {
	Kind     Kind
	Year     int
	Unit     string // slug
	UnitName string
	Period   string // slug, of a report and of the report in which a proposal stands
	Code     string // of an activity
	No       int    // of a proposal in its report, of a direction in its year
	Title    string // of an activity, the name of a report's period, what is proposed or said; a plan is named by its unit
	Product  string
	Source   string // the name of a proposal's period, the kind of a direction
	Partner  bool   // seen only because it names one of one's units as partner
	Total    int
}

// MinLetters is the least a search must hold to be carried out.
const MinLetters = 2

// holds are the words searched for as patterns.
const holds = `(array(select '%' || fold(w) || '%' from unnest(@search::text[]) w))`

// ofUnit joins the unit of s, as it is called in campaign c.
const ofUnit = `join roster r on r.campaign_id = c.id and r.unit_id = s.unit_id
			join unit u on u.id = s.unit_id
			join unit_version v on v.id = r.unit_version_id`

// Find returns the plans whose unit matches, the reports whose unit and period
// match, and the activities in force, proposals in the ledger and directions of
// which every word of typed is part, newest year first. Only what act may see:
// units' own, those reporting to the units where act decides, what names one of
// act's units as partner, or everything.
func Find(ctx context.Context, db database.DB, act actor.Actor, now time.Time, typed string, limit, offset int) ([]Hit, error) {
	words := unit.SearchWords(typed)
	if len([]rune(viet.CleanLine(typed))) < MinLetters || len(words) == 0 {
		return nil, nil
	}
	args := direction.ReadArgs(act, submission.SeenArgs(act, map[string]any{"search": words, "limit": limit, "offset": offset,
		"partner_units": partners(act)}))
	return database.All[Hit](ctx, db, `
		with found as (
			select 'plan' as kind, c.year, u.slug as unit, v.name as unit_name, '' as period, '' as code, 0 as no,
			       '' as title, '' as product, '' as source, false as partner, 0 as rank, p.opens_on
			from submission s
			join period p on p.id = s.period_id and p.kind = 'plan'
			join campaign c on c.id = p.campaign_id
			`+ofUnit+`
			where `+submission.SeenBy+` and `+unit.Matches+`
			union all
			select 'report', c.year, u.slug, v.name, p.slug, '', 0,
			       p.name, '', '', false, case when `+unit.Matches+` or v.name_fold like any `+holds+` then 1 else 5 end, p.opens_on
			from submission s
			join period p on p.id = s.period_id and p.kind = 'report'
			join campaign c on c.id = p.campaign_id
			`+ofUnit+`
			where `+submission.SeenBy+`
			  and (`+unit.Matches+` or v.name_fold || ' ' || fold('báo cáo ' || p.name) like all `+holds+`)
			union all
			select 'activity', c.year, u.slug, v.name, '', s.code, 0,
			       s.title, s.product, '', not `+submission.ReadBy+`, 2, null
			from activity_fact s
			join campaign c on c.id = s.campaign_id
			`+ofUnit+`
			where s.title_fold like all `+holds+`
			  and (`+submission.ReadBy+`
			       or exists (select from activity_partner a where a.activity_id = s.activity_id and a.unit_id = any(@partner_units::bigint[])))
			union all
			select 'proposal', c.year, u.slug, v.name, p.slug, '', x.no,
			       x.body, '', p.name, false, 3, p.opens_on
			from proposal x
			join submission s on s.id = x.submission_id
			join period p on p.id = s.period_id
			join campaign c on c.id = p.campaign_id
			`+ofUnit+`
			where x.left_at is null and x.text_fold like all `+holds+`
			  and `+submission.ReadBy+`
			union all
			select 'direction', c.year, u.slug, v.name, '', '', x.no,
			       x.body, '', x.kind, false, 4, null
			from direction x
			join campaign c on c.id = x.campaign_id
			join roster r on r.campaign_id = c.id and r.unit_id = x.unit_id
			join unit u on u.id = x.unit_id
			join unit_version v on v.id = r.unit_version_id
			where x.text_fold like all `+holds+`
			  and `+direction.ReadBy+`
		)
		select kind, year, unit, unit_name, period, code, no, title, product, source, partner, count(*) over () as total
		from found
		order by year desc, rank, unit_name collate "vi-x-icu", opens_on desc, string_to_array(nullif(code, ''), '.')::int[], no
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
