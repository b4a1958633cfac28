package overview

import (
	"context"
	"slices"
	"time"

	"danvan/internal/actor"
	"danvan/internal/campaign"
	"danvan/internal/database"
	"danvan/internal/fault"
	"danvan/internal/plan"
	"danvan/internal/viet"
)

// Scope is whose activities one may see together, and how much of each.
type Scope struct {
	Campaign  campaign.ID
	Year      int
	From      viet.Date   // the campaign's active range: first day …
	Until     viet.Date   // … and first day after it
	Tasks     []Task      // 1 to n
	OpensOn   viet.Date   // of the plan period; no date: there is none
	Reporting []Reporting // in order
	Holidays  []viet.Date
	Receiver  Receiver
	Receivers []Receiver // those whose scope act may choose, in roster order
	All       bool       // every unit by name
	Own       []actor.UnitID
}

// Reporting is a period of the year in which reports are filed.
type Reporting struct {
	Slug string
	Name string
}

// Task is a numbered task of the directive.
type Task struct {
	No          int
	Short       string
	Title       string
	Supplements []campaign.Supplement // oldest first
}

// Receiver is a unit that others report to.
type Receiver struct {
	ID    actor.UnitID
	Unit  string // slug
	Name  string
	Short string
	Lead  bool // consolidates the campaign: its scope is the province
}

// Names says whether the scope shows a unit by name. Of the others it shows sums.
func (s Scope) Names(id actor.UnitID) bool { return s.All || slices.Contains(s.Own, id) }

// Sight is what act may see of the reporters, the units that report to receiver:
// all by name, or its own beside sums of the others. The
// zero Sight is nothing.
type Sight struct {
	All bool
	Own []actor.UnitID
}

// See answers for the roll-ups what the visibility table of the domain says. lead
// is the consolidating unit of the campaign.
func See(act actor.Actor, lead, receiver actor.UnitID, reporters []actor.UnitID) Sight {
	switch {
	case act.Has(actor.Leadership),
		oversees(act, receiver), oversees(act, lead):
		return Sight{All: true}
	}
	var s Sight
	for _, u := range act.Units(actor.Staff, actor.UnitLeader) {
		if slices.Contains(reporters, u) {
			s.Own = append(s.Own, u)
		}
	}
	return s
}

// oversees says whether act reads in unit what is filed below it: to decide on it,
// to sum it up, or to sign what is made of it.
func oversees(act actor.Actor, unit actor.UnitID) bool {
	return act.Is(unit, actor.Reviewer, actor.Consolidator, actor.UnitLeader)
}

// outline is what the scopes of a year have in common. It is never changed.
type outline struct {
	head string    // see [Memory]
	at   time.Time // of the machine

	Campaign campaign.ID
	Year     int
	Lead     actor.UnitID
	From     viet.Date
	Until    viet.Date
	Tasks    []Task
	OpensOn  viet.Date
	Periods  []Reporting
	Holidays []viet.Date
	Scopes   []struct {
		Receiver
		Reporters []actor.UnitID // in roster order
	}
}

func outlineOf(ctx context.Context, db database.DB, year int) (*outline, error) {
	o, err := database.One[outline](ctx, db, `
		select c.id as campaign, c.year, c.lead_unit as lead, lower(c.active) as from, upper(c.active) as until,
		       (select coalesce(json_agg(json_build_object('No', t.no, 'Short', t.short, 'Title', t.title, 'Supplements', (
		            select json_agg(json_build_object('on_date', s.on_date, 'body', s.body, 'basis', s.basis) order by s.on_date, s.id)
		            from task_supplement s
		            where s.campaign_id = t.campaign_id and s.task_no = t.no)) order by t.no), '[]')
		        from task t
		        where t.campaign_id = c.id and t.no > 0) as tasks,
		       (select p.opens_on from period p where p.campaign_id = c.id and p.slug = '`+plan.Period+`') as opens_on,
		       (select coalesce(json_agg(json_build_object('Slug', p.slug, 'Name', p.name) order by p.opens_on, p.id), '[]')
		        from period p
		        where p.campaign_id = c.id and p.kind = 'report') as periods,
		       array(select h.day from holiday h order by h.day) as holidays,
		       (select coalesce(json_agg(json_build_object('ID', x.id, 'Unit', u.slug, 'Name', v.name, 'Short', v.short,
		                                                   'Lead', x.id = c.lead_unit, 'Reporters', x.reporters) order by x.id <> c.lead_unit, own.position, x.id), '[]')
		        from (select r.reports_to as id, json_agg(r.unit_id order by r.position, r.unit_id) as reporters
		              from roster r
		              where r.campaign_id = c.id
		              group by r.reports_to) x
		        join unit u on u.id = x.id
		        left join roster own on own.campaign_id = c.id and own.unit_id = x.id
		        join lateral (select v.name, v.short
		                      from unit_version v
		                      where v.unit_id = x.id
		                      order by v.id = own.unit_version_id desc nulls last, v.valid @> lower(c.active) desc, lower(v.valid) desc
		                      limit 1) v on true) as scopes
		from campaign c
		where c.year = @year`,
		database.Args{"year": year})
	return &o, err
}

// reporters returns the units that report to a receiver, in roster order.
func (o *outline) reporters(receiver actor.UnitID) []actor.UnitID {
	for _, x := range o.Scopes {
		if x.ID == receiver {
			return x.Reporters
		}
	}
	return nil
}

// scopeOf loads what act may see of a year, and chooses among several receivers.
func scopeOf(ctx context.Context, db database.DB, act actor.Actor, year int, receiver string) (Scope, error) {
	o, err := outlineOf(ctx, db, year)
	if err != nil {
		return Scope{}, err
	}
	return o.scope(act, receiver)
}

// scope is what act may see, of the receiver chosen or the one nearest to act.
func (o *outline) scope(act actor.Actor, receiver string) (Scope, error) {
	s := Scope{Campaign: o.Campaign, Year: o.Year, From: o.From, Until: o.Until, Tasks: o.Tasks, OpensOn: o.OpensOn, Reporting: o.Periods, Holidays: o.Holidays}
	best, chosen := 0, Sight{}
	for _, x := range o.Scopes {
		sight := See(act, o.Lead, x.ID, x.Reporters)
		if !sight.All && len(sight.Own) == 0 {
			continue
		}
		s.Receivers = append(s.Receivers, x.Receiver)
		near := nearness(act, o.Lead, x.Receiver, sight)
		if receiver != "" {
			near = 0
			if x.Unit == receiver {
				near = 1
			}
		}
		if near > best {
			best, chosen, s.Receiver = near, sight, x.Receiver
		}
	}
	if best == 0 {
		return Scope{}, fault.NotFound
	}
	s.All, s.Own = chosen.All, chosen.Own
	return s, nil
}

// nearness orders the receivers among which nobody chose: the province for those
// who see all of it, else the receiver one works for, else the one of one's own
// unit.
func nearness(act actor.Actor, lead actor.UnitID, r Receiver, s Sight) int {
	switch {
	case s.All && r.ID == lead:
		return 4
	case act.Is(r.ID, actor.Reviewer, actor.Consolidator):
		return 3
	case !s.All:
		return 2
	}
	return 1
}
