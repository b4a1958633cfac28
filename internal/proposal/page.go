package proposal

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

// columns selects a [Proposal] from [tables].
const columns = `
	p.id, c.year, d.slug as period, d.name as period_name, u.slug as unit, s.unit_id, uv.name as unit_name, p.no,
	p.body, p.asked, v.no as version, p.entered_at, p.changed_at, p.left_at, p.left_why,
	p.receiver, coalesce(ru.slug, '') as receiver_unit, p.due_on,
	p.answer, p.paper, p.answered_on, p.written_at, p.written_name, p.revision`

const tables = `
	from proposal p
	join submission s on s.id = p.submission_id
	join period d on d.id = s.period_id
	join campaign c on c.id = d.campaign_id
	join roster r on r.campaign_id = c.id and r.unit_id = s.unit_id
	join unit u on u.id = s.unit_id
	join unit_version uv on uv.id = r.unit_version_id
	join version v on v.id = p.version_id
	left join unit ru on ru.id = p.receiver_unit`

// Facts is what an event changed, before or after; only what it is about is set.
type Facts struct {
	Version    int       `json:"version,omitempty"` // the sending that caused it
	Body       string    `json:"body,omitempty"`
	Asked      string    `json:"asked,omitempty"`
	Receiver   string    `json:"receiver,omitempty"`
	DueOn      viet.Date `json:"due_on,omitzero"`
	Answer     string    `json:"answer,omitempty"`
	Paper      string    `json:"paper,omitempty"`
	AnsweredOn viet.Date `json:"answered_on,omitzero"`
	Why        string    `json:"why,omitempty"` // it left
	Reason     string    `json:"reason,omitempty"`
}

// Event is one step in the life of a proposal. Action is one of entered, changed,
// left, returned, assigned, answered, reopened.
type Event struct {
	At     time.Time
	Person string
	Action string
	Before Facts
	After  Facts
}

// Page is one proposal with what happened to it, newest first.
type Page struct {
	Case
	Events []Event
}

// Show returns the proposal of ref; what act may not see is [fault.NotFound].
func Show(ctx context.Context, db database.DB, act actor.Actor, now time.Time, ref Ref) (Page, error) {
	p, err := show(ctx, db, act, now, ref)
	return p, wrap(err, "show", ref)
}

func show(ctx context.Context, db database.DB, act actor.Actor, now time.Time, ref Ref) (Page, error) {
	c, err := load(ctx, db, now, ref)
	if err != nil {
		return Page{}, err
	}
	if !See(act, c) {
		return Page{}, fault.NotFound
	}
	p := Page{Case: c}
	lines, err := audit.History(ctx, db, c.subject(), 200)
	if err != nil {
		return p, err
	}
	for _, l := range lines {
		e := Event{At: l.At, Person: l.Person, Action: l.Action}
		if err := read(l.Before, &e.Before); err != nil {
			return p, err
		}
		if err := read(l.After, &e.After); err != nil {
			return p, err
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

// One returns the proposal of ref for those who may see it, without its events.
func One(ctx context.Context, db database.DB, act actor.Actor, now time.Time, ref Ref) (Case, error) {
	c, err := load(ctx, db, now, ref)
	if err == nil && !See(act, c) {
		err = fault.NotFound
	}
	return c, wrap(err, "show", ref)
}

func load(ctx context.Context, db database.DB, now time.Time, ref Ref) (Case, error) {
	return database.One[Case](ctx, db, `
		select `+columns+`,
		       r.reports_to as keeper, c.lead_unit as lead,
		       coalesce((select `+unit.CalledSQL("x.name")+` from unit_version x where x.unit_id = r.reports_to and x.valid @> @today::date), '') as keeps,
		       array(select a.person_id from version_author a where a.version_id = p.version_id) as authors,
		       (select coalesce(json_agg(json_build_object('ID', q.id, 'Name', q.name) order by q.name_sort collate "vi-x-icu", q.id), '[]')
		        from person q where q.active and exists (
		            select from membership m where m.person_id = q.id and m.unit_id = r.reports_to
		            and m.role in ('reviewer', 'consolidator') and m.valid @> @today::date)) as keepers
		`+tables+`
		where c.year = @year and d.slug = @period and u.slug = @unit and p.no = @no`,
		database.Args{"today": viet.DateOf(now), "year": ref.Year, "period": ref.Period, "unit": ref.Unit, "no": ref.No})
}

// lock returns the case of ref and lets nobody else change the entry until tx ends.
func lock(ctx context.Context, tx pgx.Tx, now time.Time, ref Ref) (Case, error) {
	// The row is locked first, so that the case is read as the last writer left it.
	if _, err := database.Value[int64](ctx, tx, `
		select p.id
		from proposal p
		join submission s on s.id = p.submission_id
		join period d on d.id = s.period_id
		join campaign c on c.id = d.campaign_id
		join unit u on u.id = s.unit_id
		where c.year = @year and d.slug = @period and u.slug = @unit and p.no = @no
		for update of p`,
		database.Args{"year": ref.Year, "period": ref.Period, "unit": ref.Unit, "no": ref.No}); err != nil {
		return Case{}, err
	}
	return load(ctx, tx, now, ref)
}

func wrap(err error, doing string, ref Ref) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("%s proposal %d of %s/%d/%s: %w", doing, ref.No, ref.Unit, ref.Year, ref.Period, err)
}
