package direction

import (
	"context"
	"fmt"
	"time"

	"danvan/internal/actor"
	"danvan/internal/database"
	"danvan/internal/fault"
	"danvan/internal/viet"
)

// Choices is what a new direction of a year can be about.
type Choices struct {
	Units      []Named // of the roster today, in its order
	Tasks      []Task  // in the order of plans: 1 to n, then 0
	Periods    []Named // of reports that have opened
	Activities []Work  // of the plan in force of the one unit asked for, in its order
}

// Task is a task as it is chosen.
type Task struct {
	No    int
	Short string
}

// Name is the task in a list: "3. Cải cách hành chính".
func (t Task) Name() string { return viet.UpperFirst(taskName(t.No, t.Short)) }

// Work is an activity as it is chosen.
type Work struct {
	Code  string
	Title string
}

// ChoicesIn returns the choices of a year for who gives directions; with the slug
// of a unit, also its activities. For those who see no directions there are none:
// [fault.NotFound].
func ChoicesIn(ctx context.Context, db database.DB, act actor.Actor, now time.Time, year int, unit string) (Choices, error) {
	if !MaySee(act) {
		return Choices{}, fault.NotFound
	}
	if err := Decide(act, Give, Case{}).Err(); err != nil {
		return Choices{}, err
	}
	c, err := database.One[Choices](ctx, db, `
		select (select coalesce(json_agg(json_build_object('Slug', u.slug, 'Name', v.name) order by r.position, r.unit_id), '[]')
		        from roster r
		        join unit u on u.id = r.unit_id
		        join unit_version v on v.id = r.unit_version_id
		        where r.campaign_id = c.id and r.valid @> @today::date) as units,
		       (select coalesce(json_agg(json_build_object('No', t.no, 'Short', t.short) order by t.no = 0, t.no), '[]')
		        from task t
		        where t.campaign_id = c.id) as tasks,
		       (select coalesce(json_agg(json_build_object('Slug', d.slug, 'Name', d.name) order by d.opens_on, d.id), '[]')
		        from period d
		        where d.campaign_id = c.id and d.kind = 'report' and d.opens_on <= @today::date) as periods,
		       (select coalesce(json_agg(json_build_object('Code', f.code, 'Title', f.title) order by f.task_no = 0, f.task_no, f.position), '[]')
		        from activity_fact f
		        join unit u on u.id = f.unit_id
		        where f.campaign_id = c.id and u.slug = @unit and f.stopped_reason = '') as activities
		from campaign c
		where c.year = @year`,
		database.Args{"year": year, "today": viet.DateOf(now), "unit": unit})
	if err != nil {
		return c, fmt.Errorf("what a direction of %d can be about: %w", year, err)
	}
	return c, nil
}

// Unit returns the unit with a slug, if it can be chosen.
func (c Choices) Unit(slug string) (Named, bool) {
	for _, u := range c.Units {
		if u.Slug == slug {
			return u, true
		}
	}
	return Named{}, false
}
