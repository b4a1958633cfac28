package agenda

import (
	"cmp"
	"context"
	"slices"
	"time"

	"danvan/internal/actor"
	"danvan/internal/campaign"
	"danvan/internal/database"
	"danvan/internal/plan"
	"danvan/internal/progress"
	"danvan/internal/viet"
)

// Work is an activity of the plan in force of a unit one works for.
type Work struct {
	Unit     actor.UnitID
	UnitSlug string
	UnitName string
	Task     int
	Code     string
	Title    string
	StartOn  viet.Date
	DueOn    viet.Date
	Status   progress.Status
	AsOf     viet.Date // of the current entry; zero: none was written
	Percent  string    // reached by then, canonical numbers, "" = none
	Value    string
	Target   string
	Measure  string // unit of measure
	Owner    *plan.Assignee
	Deputy   *plan.Assignee
}

// Open reports whether there is still something to be done.
func (w Work) Open() bool { return w.Status != progress.Cancelled && !w.Status.Finished() }

// Ownerless reports whether nobody who still works in the unit is in charge.
func (w Work) Ownerless() bool { return w.Owner == nil || !w.Owner.Active }

func (w Work) isOf(act actor.Actor) bool {
	return w.Owner != nil && w.Owner.ID == act.Person || w.Deputy != nil && w.Deputy.ID == act.Person
}

// inCharge selects who holds the open assignment of activity f of a kind, and
// whether that person still works in the unit.
const inCharge = `
	select json_build_object('ID', q.id, 'Name', q.name,
	           'Active', q.active and exists (
	               select from membership m
	               where m.person_id = q.id and m.unit_id = f.unit_id and m.valid @> @today::date)) as who
	from assignment g
	join person q on q.id = g.person_id
	where g.activity_id = f.activity_id and upper_inf(g.valid) and g.kind = `

// worksOf returns the activities of the plans in force of the units act works
// for, in the order in which they fall due.
func worksOf(ctx context.Context, db database.DB, act actor.Actor, now time.Time, id campaign.ID) ([]Work, error) {
	units := own(act)
	if len(units) == 0 {
		return nil, nil
	}
	return database.All[Work](ctx, db, `
		select f.unit_id as unit, u.slug as unit_slug, v.name as unit_name, f.task_no as task, f.code, f.title,
		       f.start_on, f.due_on, `+progress.StatusSQL+` as status,
		       cur.as_of, coalesce(cur.percent, '') as percent, coalesce(cur.value, '') as value,
		       coalesce(trim_scale(f.target)::text, '') as target, f.uom as measure,
		       o.who as owner, d.who as deputy
		from activity_fact f
		join roster r on r.campaign_id = f.campaign_id and r.unit_id = f.unit_id
		join unit u on u.id = f.unit_id
		join unit_version v on v.id = r.unit_version_id
		`+progress.Standing+progress.Latest+`
		left join lateral (`+inCharge+`'owner') o on true
		left join lateral (`+inCharge+`'deputy') d on true
		where f.campaign_id = @campaign and f.unit_id = any(@own::bigint[])
		order by f.due_on, r.position, f.task_no = 0, f.task_no, f.position, f.activity_id`,
		database.Args{"campaign": id, "own": ids(units), "today": viet.DateOf(now)})
}

// placeWorks puts each open activity into the one section where it is asked for.
func (a *Agenda) placeWorks(act actor.Actor, works []Work) {
	for _, w := range works {
		switch {
		case !w.Open():
		case w.Ownerless() && act.Is(w.Unit, actor.UnitLeader):
			a.Ownerless = append(a.Ownerless, w)
		case w.Status == progress.Overdue:
			a.Overdue = append(a.Overdue, w)
		case a.comesUp(w.DueOn):
			a.Due = append(a.Due, Due{On: w.DueOn, Work: &w})
		}
	}
	slices.SortStableFunc(a.Overdue, func(x, y Work) int { return cmp.Compare(rank(act, x), rank(act, y)) })
}

// rank puts one's own work before that of others.
func rank(act actor.Actor, w Work) int {
	if w.isOf(act) {
		return 0
	}
	return 1
}

// Year is how one unit stands in the year.
type Year struct {
	Unit  Unit
	Tasks []Task // 1 to n
	All   progress.Tally
	Files []File // what the portal keeps of it
}

// Task is one task of a unit's plan in force.
type Task struct {
	No         int
	Short      string
	OutOfScope bool // Không thuộc phạm vi
	Tally      progress.Tally
}

// yearsOf sums up the units act works for.
func yearsOf(act actor.Actor, a Agenda, g ground, files []File, works []Work) []Year {
	var years []Year
	for _, u := range g.Units {
		if !act.Is(u.ID, actor.Staff, actor.UnitLeader) {
			continue
		}
		y := Year{Unit: u}
		for _, t := range g.Tasks {
			task := Task{No: t.No, Short: t.Short,
				OutOfScope: slices.Contains(g.Scopes, scope{u.ID, t.No, plan.ScopeNone})}
			for _, w := range works {
				if w.Unit == u.ID && w.Task == t.No {
					task.Tally.Count(w.Status, w.StartOn, a.Today)
				}
			}
			y.Tasks = append(y.Tasks, task)
			y.All = y.All.Plus(task.Tally)
		}
		for _, f := range files {
			if f.Own && f.Unit == u.ID && f.kept() {
				y.Files = append(y.Files, f)
			}
		}
		years = append(years, y)
	}
	return years
}
