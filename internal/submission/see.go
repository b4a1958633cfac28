package submission

import "danvan/internal/actor"

// Sight is what one may see of a submission. The zero Sight is nothing: the
// submission does not exist as far as that person can tell.
type Sight struct {
	State    bool // the state word and its times
	Working  bool // the working copy
	Versions bool // every frozen version, recalled ones too
	Sent     bool // versions sent and not recalled
	Timeline bool // decisions and times
	Remarks  bool
	InForce  bool // the version in force, those that were before, and progress
}

// Opens reports whether a sending of which that became may be read. What was
// accepted stood in force once: the reports made of it then still lead there.
func (s Sight) Opens(o Outcome) bool {
	return s.Versions || s.Sent && o != WasRecalled || s.InForce && o == WasAccepted
}

// See says what act may see of c. Who leads the unit that receives it, or the one
// that consolidates the campaign, signs the report made of it and so reads what
// stands in force. Partners named in an activity see that activity alone, which
// the plan package answers.
func See(act actor.Actor, c Case) Sight {
	switch {
	case act.Is(c.Unit, actor.Staff, actor.UnitLeader):
		return Sight{State: true, Working: true, Versions: true, Sent: true, Timeline: true, Remarks: true, InForce: true}
	case act.Is(c.Receiver, actor.Reviewer, actor.Consolidator):
		return Sight{State: true, Versions: true, Sent: true, Timeline: true, Remarks: true, InForce: true}
	case act.Has(actor.Leadership):
		return Sight{State: true, Sent: true, Timeline: true, InForce: true}
	case act.Is(c.Receiver, actor.UnitLeader), act.Is(c.Lead, actor.Reviewer, actor.Consolidator, actor.UnitLeader):
		return Sight{State: true, Timeline: true, InForce: true}
	case act.Has(actor.Admin):
		return Sight{State: true, Timeline: true}
	}
	return Sight{}
}

// SeenBy is the State rule of [See] as a condition on s (submission), r (roster)
// and c (campaign), for lists. Its arguments come from [SeenArgs].
const SeenBy = `(@administers or ` + ReadBy + `)`

// ReadBy is the InForce rule of [See] in the same way, for lists of what stands in
// submissions: who administers sees that one exists and none of its content. Its
// arguments come from [ReadArgs].
const ReadBy = `(@leads
	or s.unit_id = any(@own_units::bigint[])
	or r.reports_to = any(@above_units::bigint[])
	or c.lead_unit = any(@above_units::bigint[]))`

// DecidedBy is the condition on r (roster) that act is of those who decide on what
// the unit sends to its receiver. Its arguments come from [DecidedArgs].
const DecidedBy = `r.reports_to = any(@deciding_units::bigint[])`

// SeenArgs adds the arguments of [SeenBy] to args.
func SeenArgs(act actor.Actor, args map[string]any) map[string]any {
	args["administers"] = act.Has(actor.Admin)
	return ReadArgs(act, args)
}

// ReadArgs adds the arguments of [ReadBy] to args.
func ReadArgs(act actor.Actor, args map[string]any) map[string]any {
	args["above_units"] = ids(act.Units(actor.Reviewer, actor.Consolidator, actor.UnitLeader))
	return OwnArgs(act, args)
}

// OwnArgs adds what of [ReadArgs] has nothing to do with units above to args:
// @leads and @own_units.
func OwnArgs(act actor.Actor, args map[string]any) map[string]any {
	args["leads"] = act.Has(actor.Leadership)
	args["own_units"] = ids(act.Units(actor.Staff, actor.UnitLeader))
	return args
}

// DecidedArgs adds the arguments of [DecidedBy] to args.
func DecidedArgs(act actor.Actor, args map[string]any) map[string]any {
	args["deciding_units"] = ids(act.Units(actor.Reviewer, actor.Consolidator))
	return args
}

// ids is never nil: NULL would make a condition unknown.
func ids(units []actor.UnitID) []int64 {
	out := make([]int64, 0, len(units))
	for _, u := range units {
		out = append(out, int64(u))
	}
	return out
}
