package review

import (
	"context"
	"time"

	"danvan/internal/actor"
	"danvan/internal/database"
	"danvan/internal/submission"
)

// Whose says by whom the units of a queue are looked after.
type Whose string

const (
	Mine   Whose = "mine"
	Nobody Whose = "nobody"
	Others Whose = "others"
)

// Trait is something by which one picks from a queue.
type Trait string

const (
	Unread    Trait = "unread"    // not opened by the reader
	Resent    Trait = "resent"    // mended and sent again
	Amending  Trait = "amending"  // beside a version in force
	Late      Trait = "late"      // first sent after its deadline
	Asked     Trait = "asked"     // an explanation is asked for
	Explained Trait = "explained" // and given
	Reopening Trait = "reopening" // the unit wants it opened again
)

// Traits lists every trait in the order in which it is offered.
var Traits = []Trait{Unread, Resent, Amending, Late, Asked, Explained, Reopening}

// Filter narrows the queue; the zero Filter leaves all of it.
type Filter struct {
	Kind   submission.Kind
	Whose  Whose
	Trait  Trait
	Search string // words of the unit's name, without diacritics too
}

var (
	whose = map[Whose]string{
		"":     "true",
		Mine:   "mine",
		Nobody: "turn = 1",
		Others: "turn = 2",
	}
	traits = map[Trait]string{
		"":        "true",
		Unread:    "not read and reopen_at is null",
		Resent:    "again and not amends and reopen_at is null",
		Amending:  "amends and reopen_at is null",
		Late:      "late",
		Asked:     "asked > 0",
		Explained: "explained > 0",
		Reopening: "reopen_at is not null",
	}
)

// condition is f on a row of waits. What is no filter leaves nothing out.
func (f Filter) condition() string {
	return `(@kind::text = '' or kind = @kind)
		and (@search::text = '' or name_fold like '%' || fold(@search) || '%')
		and ` + orTrue(whose[f.Whose]) + ` and (` + orTrue(traits[f.Trait]) + `)`
}

func orTrue(condition string) string {
	if condition == "" {
		return "true"
	}
	return condition
}

// Counts are how many of a whole queue there are of each sort.
type Counts struct {
	All    int
	Kinds  map[submission.Kind]int
	Whose  map[Whose]int
	Traits map[Trait]int
}

// Count counts the queue of act, whatever it is narrowed to.
func (s *Service) Count(ctx context.Context, act actor.Actor, now time.Time) (Counts, error) {
	count := func(condition string) string { return `count(*) filter (where ` + condition + `)` }
	with := args(act, now, Filter{})
	delete(with, "kind")
	delete(with, "search")
	return database.One[Counts](ctx, s.db, `
		with waits as (`+waits+`)
		select count(*) as all,
		       json_build_object('plan', `+count("kind = 'plan'")+`, 'report', `+count("kind = 'report'")+`,
		           'evaluation', `+count("kind = 'evaluation'")+`) as kinds,
		       json_build_object('mine', `+count(whose[Mine])+`, 'nobody', `+count(whose[Nobody])+`, 'others', `+count(whose[Others])+`) as whose,
		       json_build_object(`+countsOf()+`) as traits
		from waits`, with)
}

// countsOf counts each trait.
func countsOf() string {
	sql := ""
	for i, t := range Traits {
		if i > 0 {
			sql += ", "
		}
		sql += `'` + string(t) + `', count(*) filter (where ` + traits[t] + `)`
	}
	return sql
}
