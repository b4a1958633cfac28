package proposal

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

// Order is a sort a user may ask for.
type Order string

const (
	ByNeed  Order = ""      // what presses first
	ByUnit  Order = "unit"  // roster order
	ByDue   Order = "due"   // without a due date last
	ByState Order = "state" // in the order of [States]
)

var orders = map[Order][2]string{
	ByNeed: {`press, case when answer = '' then due_on end nulls last, answered_on desc nulls last, position, opens_on desc, no`,
		`press desc, due_on desc nulls last, position, opens_on desc, no`},
	ByUnit:  {`position, opens_on desc, no`, `position desc, opens_on desc, no`},
	ByDue:   {`due_on nulls last, position, no`, `due_on desc nulls last, position, no`},
	ByState: {`press, position, no`, `press desc, position, no`},
}

// Filter narrows a ledger. Zero fields do not filter, but without a State what was
// withdrawn is left out.
type Filter struct {
	State  State
	Unit   string // slug
	Period string // slug
	Search string // every word must occur in text, receiver or answer; without diacritics
	Order  Order
	Down   bool // the other way round
	Limit  int
	Offset int
}

// Named is a unit or a period that has proposals.
type Named struct {
	Slug string
	Name string
}

// Ledger is what one person sees of a year's proposals.
type Ledger struct {
	Year    int
	Counts  map[State]int // of all one sees
	Units   []Named       // that have one, in roster order
	Periods []Named       // of reports, in order
	Rows    []Proposal    // one page of those that fit
	Total   int           // of those that fit
}

// line is a row with what only the list needs.
type line struct {
	Proposal
	Total int
}

// List returns the proposals of a year that act sees. For those who see none by
// their roles, and for a year without a campaign, there is no ledger:
// [fault.NotFound].
func List(ctx context.Context, db database.DB, act actor.Actor, now time.Time, year int, f Filter) (Ledger, error) {
	l, err := list(ctx, db, act, now, year, f)
	if err != nil {
		return l, fmt.Errorf("proposals of %d: %w", year, err)
	}
	return l, nil
}

func list(ctx context.Context, db database.DB, act actor.Actor, now time.Time, year int, f Filter) (Ledger, error) {
	if !MaySee(act) {
		return Ledger{}, fault.NotFound
	}
	l, err := groundOf(ctx, db, act, now, year)
	if err != nil {
		return l, err
	}
	way := 0
	if f.Down {
		way = 1
	}
	order := orders[ByNeed]
	if o, ok := orders[f.Order]; ok {
		order = o
	}
	args := submission.ReadArgs(act, database.Args{"year": year, "today": viet.DateOf(now), "state": string(f.State), "unit": f.Unit, "period": f.Period,
		"search": unit.SearchWords(f.Search), "states": States, "limit": f.Limit, "offset": f.Offset})
	rows, err := database.All[line](ctx, db, `
		with found as (
			select `+columns+`, r.position, d.opens_on, array_position(@states::text[], `+stateSQL+`) as press
			`+tables+`
			where c.year = @year and `+submission.ReadBy+`
			  and (case when @state = '' then p.left_at is null else `+stateSQL+` = @state end)
			  and (@unit = '' or u.slug = @unit)
			  and (@period = '' or d.slug = @period)
			  and p.text_fold like all (array(select '%' || fold(w) || '%' from unnest(@search::text[]) w))
		)
		select id, year, period, period_name, unit, unit_id, unit_name, no, body, asked, version, entered_at, changed_at, left_at, left_why,
		       receiver, receiver_unit, due_on, answer, paper, answered_on, written_at, written_name, revision,
		       count(*) over () as total
		from found
		order by `+order[way]+`
		limit @limit offset @offset`,
		args)
	for _, r := range rows {
		l.Rows, l.Total = append(l.Rows, r.Proposal), r.Total
	}
	return l, err
}

// ground is what stands around the rows.
type ground struct {
	Counts  map[State]int
	Units   []Named
	Periods []Named
}

func groundOf(ctx context.Context, db database.DB, act actor.Actor, now time.Time, year int) (Ledger, error) {
	g, err := database.One[ground](ctx, db, `
		with seen as (
			select s.unit_id, r.position, u.slug, uv.name, `+stateSQL+` as state
			`+tables+`
			where c.year = @year and `+submission.ReadBy+`
		)
		select (select coalesce(json_object_agg(x.state, x.n), '{}') from (select state, count(*) as n from seen group by state) x) as counts,
		       (select coalesce(json_agg(json_build_object('Slug', x.slug, 'Name', x.name) order by x.position, x.slug), '[]')
		        from (select distinct slug, name, position from seen) x) as units,
		       (select coalesce(json_agg(json_build_object('Slug', d.slug, 'Name', d.name) order by d.opens_on, d.id), '[]')
		        from period d
		        where d.campaign_id = c.id and d.kind = 'report') as periods
		from campaign c
		where c.year = @year`,
		submission.ReadArgs(act, database.Args{"year": year, "today": viet.DateOf(now)}))
	return Ledger{Year: year, Counts: g.Counts, Units: g.Units, Periods: g.Periods}, err
}

// Overdues returns the overdue proposals of a year that act sees, those that are
// due longest first, and how many there are.
func Overdues(ctx context.Context, db database.DB, act actor.Actor, now time.Time, year, limit int) ([]Proposal, int, error) {
	return pressing(ctx, db, now, year, limit, submission.ReadArgs(act, database.Args{"states": []State{Overdue}}), submission.ReadBy)
}

// ToKeep returns the proposals of a year for which act has to do something as one
// of those who keep the ledger: overdue, or with nobody to settle them. Those one
// wrote oneself are for others.
func ToKeep(ctx context.Context, db database.DB, act actor.Actor, now time.Time, year, limit int) ([]Proposal, int, error) {
	args := submission.DecidedArgs(act, submission.ReadArgs(act, database.Args{"states": []State{Overdue, Unassigned}, "me": act.Person}))
	return pressing(ctx, db, now, year, limit, args, submission.ReadBy+`
		  and `+submission.DecidedBy+`
		  and not exists (select from version_author a where a.version_id = p.version_id and a.person_id = @me)`)
}

// pressing lists what is not answered in one of @states, of those the condition
// whose leaves; args are its arguments. Those without a due date come after those
// with one, the longest in the ledger first.
func pressing(ctx context.Context, db database.DB, now time.Time, year, limit int, args database.Args, whose string) ([]Proposal, int, error) {
	args["year"], args["today"], args["limit"] = year, viet.DateOf(now), limit
	rows, err := database.All[line](ctx, db, `
		select `+columns+`, count(*) over () as total
		`+tables+`
		where c.year = @year and `+whose+`
		  and p.left_at is null and p.answer = ''
		  and `+stateSQL+` = any(@states::text[])
		order by p.due_on nulls last, (p.entered_at at time zone 'Asia/Ho_Chi_Minh')::date, r.position, d.opens_on, p.no
		limit @limit`,
		args)
	if err != nil {
		return nil, 0, fmt.Errorf("pressing proposals of %d: %w", year, err)
	}
	var out []Proposal
	total := 0
	for _, r := range rows {
		out, total = append(out, r.Proposal), r.Total
	}
	return out, total, nil
}
