package overview

import (
	"math/big"
	"slices"

	"danvan/internal/indicator"
	"danvan/internal/report"
)

// earlier is one of the two times with which figures are compared.
type earlier int

const (
	previousPeriod earlier = iota
	yearBefore
)

// kin is a unit of the scope, or one that it follows since (unit_lineage), with what
// it had at the times when it counted for itself. Numbers are canonical, "" is none.
type kin struct {
	Unit   string // slug
	Name   string
	Before map[indicator.ID]string        // in the previous period, own and below together
	Last   map[indicator.ID]lastYearsFact // a year before
	Prior  map[indicator.ID][]string      // a year before, typed in afterwards: value, source
	// To whom it reported then, by slug, where that was not the receiver of the scope:
	// what it had is part of what lay below that one.
	UnderBefore, UnderLast string
}

// lastYearsFact is what a report then in force came to, with its sending.
type lastYearsFact struct {
	Total string
	No    int
}

// kinship selects the units that report to @receiver and those they follow by the end
// of the period, each with the day on which it was followed: the rule of the unit's
// own form ([report.Content]).
const kinship = `
	with recursive family (unit_id, kin_id, until) as (
	    select r.unit_id, r.unit_id, null::date
	    from period p
	    join roster r on r.campaign_id = p.campaign_id
	    where p.id = @period and r.reports_to = @receiver
	    union
	    select f.unit_id, l.from_unit, l.on_date
	    from family f
	    join unit_lineage l on l.to_unit = f.kin_id
	    join period p on p.id = @period
	    where l.on_date < upper(p.data)
	), kin as (
	    select unit_id, kin_id, case when bool_or(until is null) then null else max(until) end as until
	    from family
	    group by unit_id, kin_id
	)`

// families are the kin of unit r, itself first. What a unit had counts for periods
// that had ended when it was followed; of later ones its successor reports itself.
const families = `
	(select json_agg(json_build_object(
	            'Unit', ku.slug,
	            'Name', (select kv.name from unit_version kv where kv.unit_id = k.kin_id order by lower(kv.valid) desc limit 1),
	            'Before', (select coalesce(json_object_agg(f.indicator_id, ` + total + `), '{}')
	                       from figure_fact f
	                       where f.period_id = before.id and (k.until is null or k.until >= upper(before.data))
	                         and f.unit_id = k.kin_id and f.indicator_id = any(@indicators::bigint[])),
	            'Last', (select coalesce(json_object_agg(f.indicator_id, json_build_object('Total', ` + total + `, 'No', y.no)), '{}')
	                     from figure_fact f
	                     join version y on y.id = f.version_id
	                     where f.period_id = last.id and (k.until is null or k.until >= upper(last.data))
	                       and f.unit_id = k.kin_id and f.indicator_id = any(@indicators::bigint[])),
	            'Prior', (select coalesce(json_object_agg(f.indicator_id, json_build_array(trim_scale(f.value)::text, f.source)), '{}')
	                      from prior_figure f
	                      where f.unit_id = k.kin_id and f.indicator_id = any(@indicators::bigint[]) and f.year = @last_year and f.period = p.slug),
	            'UnderBefore', coalesce((select o.slug from roster x join unit o on o.id = x.reports_to where x.campaign_id = before.campaign_id and x.unit_id = k.kin_id and x.reports_to <> @receiver), ''),
	            'UnderLast', coalesce((select o.slug from roster x join unit o on o.id = x.reports_to where x.campaign_id = last.campaign_id and x.unit_id = k.kin_id and x.reports_to <> @receiver), ''))
	            order by k.kin_id <> r.unit_id, k.kin_id)
	 from kin k
	 join unit ku on ku.id = k.kin_id
	 where k.unit_id = r.unit_id)`

// had is what the unit had at that time, by code of the parts, as far as it was
// reported, and else as far as it was typed in.
func (k kin) had(at earlier, parts []indicator.Use) (reported, typed map[string]indicator.Figure) {
	reported, typed = make(map[string]indicator.Figure, len(parts)), map[string]indicator.Figure{}
	for _, part := range parts {
		if at == previousPeriod {
			if value, found := k.Before[part.ID]; found {
				reported[part.Code] = then(indicator.ParseAmount(value))
			}
			continue
		}
		if l, found := k.Last[part.ID]; found {
			reported[part.Code] = then(indicator.ParseAmount(l.Total))
		}
		if value := k.Prior[part.ID]; value != nil {
			typed[part.Code] = then(indicator.ParseAmount(value[0]))
		}
	}
	return reported, typed
}

// alone is what a unit that follows nobody had, as [report.Standing] says it.
func (k kin) alone(at earlier, parts []indicator.Use) table {
	var reported, typed table
	for i, part := range parts {
		total, found := k.Before[part.ID]
		if at == yearBefore {
			var l lastYearsFact
			l, found = k.Last[part.ID]
			total = l.Total
		}
		if found {
			reported.rows[i] = append(reported.rows[i], then(indicator.ParseAmount(total)))
			reported.units++
		}
		if value := k.Prior[part.ID]; value != nil && at == yearBefore {
			typed.rows[i] = append(typed.rows[i], then(indicator.ParseAmount(value[0])))
			typed.units++
		}
	}
	for _, all := range []table{reported, typed} {
		if all.units == len(parts) {
			all.units = 1
			return all
		}
	}
	return table{}
}

// under is to whom it reported at that time.
func (k kin) under(at earlier) string {
	if at == previousPeriod {
		return k.UnderBefore
	}
	return k.UnderLast
}

// then is a figure of another time, of which only what it came to matters.
func then(total *big.Rat) indicator.Figure { return indicator.Figure{Below: total} }

// standing are the units whose figures stand for those of u at that time.
func (u reporter) standing(at earlier, parts []indicator.Use) []report.Witness {
	all, codes := make([]report.Witness, len(u.Family)), make([]string, len(parts))
	for i, k := range u.Family {
		all[i] = report.Witness{Unit: k.Unit, Called: k.Name, Own: k.Unit == u.Unit}
		all[i].Figures, all[i].Typed = k.had(at, parts)
	}
	for i, part := range parts {
		codes[i] = part.Code
	}
	return report.Standing(codes, all)
}

// earlierFigure is what stands beside a unit's figure.
type earlierFigure struct {
	value *big.Rat
	no    int      // the sending that says so, 0: it was typed in afterwards, or is a sum
	from  string   // where what was typed in comes from
	of    []string // the units whose sum it is, by name; none: it is the unit's own
}

// earlier is what the unit's figure, made of parts, came to at that time.
func (u reporter) earlier(at earlier, i indicator.Indicator, parts []indicator.Use) earlierFigure {
	known := u.standing(at, parts)
	var all table
	for _, w := range known {
		all.add(parts, func(part indicator.Use) indicator.Figure { return w.Figure(part.Code) })
	}
	if len(known) == 1 && known[0].Own {
		f := earlierFigure{value: all.rows[0][0].Total()}
		if len(parts) == 2 {
			f.value = indicator.Percent(all.rows[0][0].Total(), all.rows[1][0].Total())
		}
		own, id := u.Family[0], parts[0].ID
		switch _, reported := known[0].Figures[parts[0].Code]; {
		case at == previousPeriod:
		case reported:
			f.no = own.Last[id].No
		default:
			f.from = own.Prior[id][1]
		}
		return f
	}
	f := earlierFigure{value: all.sum(i).Value}
	for _, w := range known {
		f.of = append(f.of, w.Called)
	}
	return f
}

// versus lays what units have now beside what they, or those they follow, had.
type versus struct {
	now, then table
	units     int // of now, with a number
}

func (v versus) compared(i indicator.Indicator) Compared {
	return Compared{Value: v.then.sum(i).Value, Now: v.now.sum(i).Value, Units: v.units}
}

// add takes in units whose figures of another time cannot be told apart, each of them
// once: one that nobody followed into and that follows nobody stands alone. Like is
// compared with like: all of them have answered now, and a number stands on each side.
func (v *versus) add(at earlier, parts []indicator.Use, together []reporter) {
	var now, past table
	for _, u := range together {
		now.add(parts, func(part indicator.Use) indicator.Figure { return u.figure(part.ID) })
	}
	if now.numbers() == 0 || now.gap() {
		return
	}
	if len(together) == 1 && len(together[0].Family) == 1 { // nearly everybody, and cheap
		past = together[0].Family[0].alone(at, parts)
	} else {
		for _, w := range once(at, parts, together) {
			past.add(parts, func(part indicator.Use) indicator.Figure { return w.Figure(part.Code) })
		}
	}
	if past.numbers() == 0 {
		return
	}
	v.units += now.numbers()
	v.now.append(now)
	v.then.append(past)
}

// once are those whose figures stand for those of units, without who is part of what
// lay below another of them.
func once(at earlier, parts []indicator.Use, units []reporter) []report.Witness {
	all, under := map[string]report.Witness{}, map[string]string{}
	var order []string
	for _, u := range units {
		for _, w := range u.standing(at, parts) {
			if _, seen := all[w.Unit]; !seen {
				order = append(order, w.Unit)
			}
			all[w.Unit] = w
		}
		for _, k := range u.Family {
			under[k.Unit] = k.under(at)
		}
	}
	adds := !slices.ContainsFunc(parts, func(part indicator.Use) bool { return !part.Units.AddsUp() })
	var list []report.Witness
	for _, unit := range order {
		if _, inside := all[under[unit]]; inside && under[unit] != unit && adds {
			continue
		}
		list = append(list, all[unit])
	}
	return list
}

// kindred puts together the units that share somebody they follow, or of which one
// follows another or somebody who reported to another: places in units, in order.
func kindred(units []reporter) [][]int {
	of := map[string]int{} // slug to place in groups
	var groups [][]int
	for i, u := range units {
		names := []string{u.Unit}
		for _, k := range u.Family[1:] {
			names = append(names, k.Unit, k.UnderBefore, k.UnderLast)
		}
		joined := []int{i}
		for _, name := range names {
			if g, found := of[name]; found && name != "" && len(groups[g]) > 0 {
				joined, groups[g] = append(groups[g], joined...), nil
			}
		}
		groups = append(groups, joined)
		for name, g := range of {
			if groups[g] == nil {
				of[name] = len(groups) - 1
			}
		}
		for _, name := range names {
			of[name] = len(groups) - 1
		}
	}
	groups = slices.DeleteFunc(groups, func(g []int) bool { return g == nil })
	for _, g := range groups {
		slices.Sort(g)
	}
	return groups
}

// Follower is a unit of the scope that is compared with what others had.
type Follower struct {
	Unit  string // slug
	Name  string
	Since []string // the units whose sum that is, by name
}

// Followers are the units one may see by name whose figures stand beside those of
// units they follow since, in roster order.
func (b FigureBoard) Followers() []Follower {
	var list []Follower
	for _, u := range b.units {
		if !b.Names(u.ID) || len(u.Family) < 2 {
			continue
		}
		f := Follower{Unit: u.Unit, Name: u.Name}
		for _, l := range b.Lines {
			for _, at := range []earlier{previousPeriod, yearBefore} {
				for _, name := range u.earlier(at, l.Indicator, b.parts[l.Code]).of {
					if !slices.Contains(f.Since, name) {
						f.Since = append(f.Since, name)
					}
				}
			}
		}
		if len(f.Since) > 0 {
			list = append(list, f)
		}
	}
	return list
}

// Followers are those of the one line.
func (d Breakdown) Followers() []Follower { return d.board.Followers() }
