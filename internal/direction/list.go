package direction

import (
	"context"
	"fmt"
	"time"

	"danvan/internal/actor"
	"danvan/internal/database"
	"danvan/internal/fault"
	"danvan/internal/submission"
	"danvan/internal/unit"
	"danvan/internal/viet"
)

// ReadBy is [See] as a condition on direction x and roster r. Its arguments come
// from [ReadArgs].
const ReadBy = `(@leads or x.unit_id = any(@own_units::bigint[]) or ` + submission.DecidedBy + `)`

// ReadArgs adds the arguments of [ReadBy] to args.
func ReadArgs(act actor.Actor, args map[string]any) map[string]any {
	return submission.DecidedArgs(act, submission.OwnArgs(act, args))
}

// Order is a sort a user may ask for.
type Order string

const (
	ByNeed  Order = ""      // what presses first
	ByNo    Order = "no"    // as given
	ByUnit  Order = "unit"  // roster order
	ByDue   Order = "due"   // without a due date last
	ByState Order = "state" // in the order of [States]
)

var orders = map[Order][2]string{
	ByNeed:  {`press, due_on nulls last, no desc`, `press desc, due_on desc nulls last, no`},
	ByNo:    {`no`, `no desc`},
	ByUnit:  {`position, no desc`, `position desc, no desc`},
	ByDue:   {`due_on nulls last, no`, `due_on desc nulls last, no`},
	ByState: {`press, no desc`, `press desc, no desc`},
}

// Filter narrows a list. Zero fields do not filter.
type Filter struct {
	State  State
	Open   bool // not closed, whatever the state
	Kind   Kind
	Unit   string // slug
	Search string // every word must occur in text or answer; without diacritics
	Order  Order
	Down   bool // the other way round
	Limit  int
	Offset int
}

// Named is a unit that directions are about.
type Named struct {
	Slug string
	Name string
}

// List is what one person sees of a year's directions.
type List struct {
	Year   int
	Counts map[State]int // of all one sees
	Units  []Named       // concerned by one, in roster order
	Rows   []Direction   // one page of those that fit
	Total  int           // of those that fit
}

// line is a row with what only the list needs.
type line struct {
	Direction
	Total int
}

// Listed returns the directions of a year that act sees. For those who see none
// by their roles, and for a year without a campaign, there is no list:
// [fault.NotFound].
func Listed(ctx context.Context, db database.DB, act actor.Actor, now time.Time, year int, f Filter) (List, error) {
	l, err := listed(ctx, db, act, now, year, f)
	if err != nil {
		return l, fmt.Errorf("directions of %d: %w", year, err)
	}
	return l, nil
}

func listed(ctx context.Context, db database.DB, act actor.Actor, now time.Time, year int, f Filter) (List, error) {
	if !MaySee(act) {
		return List{}, fault.NotFound
	}
	today := viet.DateOf(now)
	g, err := database.One[struct {
		Counts map[State]int
		Units  []Named
	}](ctx, db, `
		with seen as (
			select u.slug, uv.name, r.position, `+stateSQL+` as state
			`+tables+`
			where c.year = @year and `+ReadBy+`
		)
		select (select coalesce(json_object_agg(n.state, n.n), '{}') from (select state, count(*) as n from seen group by state) n) as counts,
		       (select coalesce(json_agg(json_build_object('Slug', n.slug, 'Name', n.name) order by n.position, n.slug), '[]')
		        from (select distinct slug, name, position from seen) n) as units
		from campaign c
		where c.year = @year`,
		ReadArgs(act, database.Args{"year": year, "today": today}))
	if err != nil {
		return List{}, err
	}
	l := List{Year: year, Counts: g.Counts, Units: g.Units}
	order := orders[ByNeed]
	if o, ok := orders[f.Order]; ok {
		order = o
	}
	way := 0
	if f.Down {
		way = 1
	}
	rows, err := database.All[line](ctx, db, `
		with found as (
			select `+columns+`, r.position, array_position(@states::text[], `+stateSQL+`) as press
			`+tables+`
			where c.year = @year and `+ReadBy+`
			  and (@state = '' or `+stateSQL+` = @state)
			  and (not @open or x.closed_at is null)
			  and (@kind = '' or x.kind = @kind)
			  and (@unit = '' or u.slug = @unit)
			  and x.text_fold like all (array(select '%' || fold(w) || '%' from unnest(@search::text[]) w))
		)
		select id, year, no, kind, from_unit, from_name, unit, unit_id, unit_name, task, task_short, code, activity, period, period_name,
		       body, due_on, given_name, given_at, answer, answered_by, answered_name, answered_at, closing, closed_name, closed_at, revision,
		       count(*) over () as total
		from found
		order by `+order[way]+`
		limit @limit offset @offset`,
		ReadArgs(act, database.Args{"year": year, "today": today, "states": States, "state": string(f.State), "open": f.Open, "kind": string(f.Kind), "unit": f.Unit,
			"search": unit.SearchWords(f.Search), "limit": f.Limit, "offset": f.Offset}))
	for _, r := range rows {
		l.Rows, l.Total = append(l.Rows, r.Direction), r.Total
	}
	return l, err
}

// Pressing returns the directions of a year in one of states that act sees, those
// that are due longest first, and how many there are.
func Pressing(ctx context.Context, db database.DB, act actor.Actor, now time.Time, year, limit int, states ...State) ([]Direction, int, error) {
	rows, err := database.All[line](ctx, db, `
		select `+columns+`, count(*) over () as total
		`+tables+`
		where c.year = @year and `+ReadBy+`
		  and x.closed_at is null
		  and `+stateSQL+` = any(@states::text[])
		order by x.answer <> '', x.due_on nulls last, x.no
		limit @limit`,
		ReadArgs(act, database.Args{"year": year, "today": viet.DateOf(now), "states": states, "limit": limit}))
	if err != nil {
		return nil, 0, fmt.Errorf("pressing directions of %d: %w", year, err)
	}
	var out []Direction
	total := 0
	for _, r := range rows {
		out, total = append(out, r.Direction), r.Total
	}
	return out, total, nil
}
