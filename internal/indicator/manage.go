package indicator

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"danvan/internal/actor"
	"danvan/internal/audit"
	"danvan/internal/database"
	"danvan/internal/unit"
	"danvan/internal/viet"
)

// Managed is a definition as those see it who decide what a campaign asks for.
type Managed struct {
	Use
	With     int // units asked for it although their kind is not
	Without  int // units not asked although their kind is
	Answered int // units with a figure of it in force
}

type managedLine struct {
	useLine
	With     int
	Without  int
	Answered int
}

// Manage returns every definition in order, with what the campaign asks of whom.
func Manage(ctx context.Context, db database.DB, campaign int64) ([]Managed, error) {
	lines, err := database.All[managedLine](ctx, db, `
		select d.*, own."with", own.without, (
		           select count(distinct f.unit_id)
		           from figure_fact f
		           join period p on p.id = f.period_id
		           where p.campaign_id = @campaign and f.indicator_id = d.id) as answered
		from (`+definitions+`) d
		cross join lateral (
		    select count(*) filter (where x.applies and v.kind <> all(d.asked)) as "with",
		           count(*) filter (where not x.applies and v.kind = any(d.asked)) as without
		    from indicator_unit x
		    join roster r on r.campaign_id = x.campaign_id and r.unit_id = x.unit_id
		    join unit_version v on v.id = r.unit_version_id
		    where x.campaign_id = @campaign and x.indicator_id = d.id
		) own
		order by d.task = 0, d.task, d.code`,
		database.Args{"campaign": campaign})
	if err != nil {
		return nil, fmt.Errorf("manage indicators of campaign %d: %w", campaign, err)
	}
	list := make([]Managed, len(lines))
	for i, l := range lines {
		list[i] = Managed{Use: l.use(), With: l.With, Without: l.Without, Answered: l.Answered}
	}
	return list, nil
}

// Seat is a unit of the roster, and whether it is asked for an indicator.
type Seat struct {
	Unit     string // slug
	Name     string
	Kind     unit.Kind
	ByKind   bool // what is asked of its kind
	Asked    bool // what holds for the unit
	Answered bool // a figure is in force: it cannot be left out any more
}

// Seats returns the units that file in a campaign on a day or later, in the order
// of the roster, with whether each is asked for the indicator of that code.
func Seats(ctx context.Context, db database.DB, campaign int64, code string, on viet.Date) ([]Seat, error) {
	seats, err := database.All[Seat](ctx, db, `
		select u.slug as unit, v.name, v.kind, k.asked as by_kind, coalesce(own.applies, k.asked) as asked,
		       exists (select
		               from figure_fact f
		               join period p on p.id = f.period_id
		               where p.campaign_id = r.campaign_id and f.unit_id = r.unit_id and f.indicator_id = i.id) as answered
		from indicator i
		join roster r on r.campaign_id = @campaign
		join unit u on u.id = r.unit_id
		join unit_version v on v.id = r.unit_version_id
		left join indicator_use use on use.campaign_id = r.campaign_id and use.indicator_id = i.id
		cross join lateral (select v.kind = any(coalesce(use.kinds, '{}')) as asked) k
		left join indicator_unit own on own.campaign_id = r.campaign_id and own.unit_id = r.unit_id and own.indicator_id = i.id
		where i.code = @code and (upper_inf(r.valid) or upper(r.valid) > @on::date)
		order by r.position, r.unit_id`,
		database.Args{"campaign": campaign, "code": code, "on": on})
	if err != nil {
		return nil, fmt.Errorf("units asked for %s in campaign %d: %w", code, campaign, err)
	}
	return seats, nil
}

// Event is a change to what a campaign asks of whom.
type Event struct {
	At      time.Time
	Person  string // "" for the portal itself
	Action  string // indicator_switched_on, indicator_switched_off, indicator_applies_set
	Was, Is []unit.Kind
	Unit    string // indicator_applies_set: slug
	Applies bool   // likewise
}

// History returns what was changed about one indicator, newest first.
func History(ctx context.Context, db database.DB, campaign int64, code string) ([]Event, error) {
	const limit = 5000 // over all indicators of the year
	lines, err := audit.History(ctx, db, subject(campaign), limit, "indicator_switched_on", "indicator_switched_off", "indicator_applies_set")
	if err != nil {
		return nil, fmt.Errorf("history of %s in campaign %d: %w", code, campaign, err)
	}
	var events []Event
	for _, l := range lines {
		var was, is useNote
		var one appliesNote // of the one action that is about a unit
		for _, read := range []struct {
			from json.RawMessage
			into any
		}{{l.Before, &was}, {l.After, &is}, {l.After, &one}} {
			if err := json.Unmarshal(read.from, read.into); err != nil {
				return nil, fmt.Errorf("history of %s in campaign %d: %s: %w", code, campaign, l.Action, err)
			}
		}
		if is.Indicator == code {
			events = append(events, Event{At: l.At, Person: l.Person, Action: l.Action, Was: was.Kinds, Is: is.Kinds, Unit: one.Unit, Applies: one.Applies})
		}
	}
	return events, nil
}

// MayManage returns nil for those who decide what a campaign of the lead unit asks
// for, else the [fault.Refusal] that names who does.
func MayManage(act actor.Actor, lead actor.UnitID) error {
	_, err := authority(act, lead)
	return err
}

// Filing lists the kinds of unit that may be asked for figures.
func Filing() []unit.Kind { return append([]unit.Kind{}, filing...) }
