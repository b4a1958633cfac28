package consolidation

import "danvan/internal/actor"

// Sight is what one may see of a consolidation. The zero Sight is nothing: it does
// not exist as far as that person can tell.
type Sight struct {
	State   bool // the state word and its times
	Working bool // the working copy, every freezing, the history
	Signed  bool // the frozen content, once the leader has signed it off
	Issues  bool // every issue with its file
}

// See says what act may see of c: those who make it everything; leadership what is
// signed off or issued; the administrator the state alone.
func See(act actor.Actor, c Case) Sight {
	switch {
	case act.Is(c.Unit, actor.Consolidator, actor.UnitLeader, actor.Reviewer):
		return Sight{State: true, Working: true, Signed: true, Issues: true}
	case act.Has(actor.Leadership) && (c.State == SignedOff || c.Issue != nil):
		return Sight{State: true, Signed: true, Issues: true}
	case act.Has(actor.Admin):
		return Sight{State: true}
	}
	return Sight{}
}
