package direction

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"danvan/internal/actor"
	"danvan/internal/audit"
	"danvan/internal/database"
	"danvan/internal/fault"
	"danvan/internal/unit"
	"danvan/internal/viet"
)

// columns selects a [Direction] from [tables].
const columns = `
	x.id, c.year, x.no, x.kind, x.from_unit, x.from_name, u.slug as unit, x.unit_id, uv.name as unit_name,
	x.task_no as task, coalesce(k.short, '') as task_short, coalesce(a.code, '') as code, coalesce(f.title, '') as activity,
	coalesce(d.slug, '') as period, coalesce(d.name, '') as period_name,
	x.body, x.due_on, x.given_name, x.given_at, x.answer, x.answered_by, x.answered_name, x.answered_at,
	x.closing, x.closed_name, x.closed_at, x.revision`

const tables = `
	from direction x
	join campaign c on c.id = x.campaign_id
	join roster r on r.campaign_id = c.id and r.unit_id = x.unit_id
	join unit u on u.id = x.unit_id
	join unit_version uv on uv.id = r.unit_version_id
	left join task k on k.campaign_id = c.id and k.no = x.task_no
	left join activity a on a.id = x.activity_id
	left join activity_fact f on f.activity_id = x.activity_id
	left join period d on d.id = x.period_id`

// Facts is what an event changed, before or after; only what it is about is set.
type Facts struct {
	Body    string    `json:"body,omitempty"`
	About   string    `json:"about,omitempty"`
	DueOn   viet.Date `json:"due_on,omitzero"`
	Answer  string    `json:"answer,omitempty"`
	Closing string    `json:"closing,omitempty"`
}

// Event is one step in the life of a direction. Action is given, answered or closed.
type Event struct {
	At     time.Time
	Person string
	Action string
	Before Facts
	After  Facts
}

// Page is one direction with what happened to it, newest first.
type Page struct {
	Case
	Events []Event
}

// Show returns a direction by its number in the year; what act may not see is
// [fault.NotFound].
func Show(ctx context.Context, db database.DB, act actor.Actor, now time.Time, year, no int) (Page, error) {
	c, err := One(ctx, db, act, now, year, no)
	if err != nil {
		return Page{}, err
	}
	p := Page{Case: c}
	lines, err := audit.History(ctx, db, c.subject(), 200)
	if err != nil {
		return p, wrap(err, "show", year, no)
	}
	for _, l := range lines {
		e := Event{At: l.At, Person: l.Person, Action: l.Action}
		if err := read(l.Before, &e.Before); err != nil {
			return p, wrap(err, "show", year, no)
		}
		if err := read(l.After, &e.After); err != nil {
			return p, wrap(err, "show", year, no)
		}
		p.Events = append(p.Events, e)
	}
	return p, nil
}

func read(raw json.RawMessage, facts *Facts) error {
	if len(raw) == 0 {
		return nil
	}
	return json.Unmarshal(raw, facts)
}

// One returns a direction without its events for those who may see it.
func One(ctx context.Context, db database.DB, act actor.Actor, now time.Time, year, no int) (Case, error) {
	c, err := load(ctx, db, now, year, no)
	if err == nil && !See(act, c) {
		err = fault.NotFound
	}
	return c, wrap(err, "show", year, no)
}

func load(ctx context.Context, db database.DB, now time.Time, year, no int) (Case, error) {
	return database.One[Case](ctx, db, `
		select `+columns+`,
		       r.reports_to as keeper,
		       coalesce((select `+unit.CalledSQL("n.name")+` from unit_version n where n.unit_id = r.reports_to and n.valid @> @today::date), '') as keeps
		`+tables+`
		where c.year = @year and x.no = @no`,
		database.Args{"today": viet.DateOf(now), "year": year, "no": no})
}

// lock returns the direction and lets nobody else change it until tx ends.
func lock(ctx context.Context, tx pgx.Tx, now time.Time, year, no int) (Case, error) {
	// The row is locked first, so that the case is read as the last writer left it.
	if _, err := database.Value[int64](ctx, tx, `
		select x.id
		from direction x
		join campaign c on c.id = x.campaign_id
		where c.year = @year and x.no = @no
		for update of x`,
		database.Args{"year": year, "no": no}); err != nil {
		return Case{}, err
	}
	return load(ctx, tx, now, year, no)
}

func wrap(err error, doing string, year, no int) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("%s direction %d/%d: %w", doing, year, no, err)
}
