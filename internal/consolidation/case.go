package consolidation

import (
	"fmt"
	"slices"
	"time"

	"danvan/internal/actor"
	"danvan/internal/submission"
	"danvan/internal/viet"
	"danvan/internal/workingcopy"
)

// Case is everything the decision who may do what depends on, loaded by one query.
// What only the content can tell (Faults) is set by the service.
type Case struct {
	ID         ID // 0: nobody has begun it
	Campaign   int64
	Year       int
	PeriodID   int64
	Period     string // slug
	PeriodName string
	OpensOn    viet.Date
	Periods    []PeriodHead // of the year that have opened, in the order of their days
	Unit       actor.UnitID // who consolidates
	UnitSlug   string
	UnitName   string
	UnitShort  string // as sentences call it
	Symbol     string // of the unit, in document numbers
	Lead       bool   // the unit consolidates the province

	State       State
	Revision    int
	StateByName string
	StateAt     time.Time
	StateWhy    string

	Missing   []string // slugs of units expected, without a version in force
	Proceeded *Proceeding
	Frozen    *FrozenHead // the newest, whatever became of it
	Issues    []IssueHead // the newest first
	Issue     *IssueHead  `db:"-"` // the newest

	Consolidators []submission.Person // of the unit today
	Leaders       []submission.Person

	Faults int // places of the text that cannot be printed; set by the service
}

// PeriodHead is a period of the year with where its consolidation stands.
type PeriodHead struct {
	Slug   string
	Name   string
	State  State
	Issued bool // at least once
}

// PeriodsFor are the periods whose consolidation act may see.
func (c Case) PeriodsFor(act actor.Actor) []PeriodHead {
	var list []PeriodHead
	for _, p := range c.Periods {
		one := Case{Unit: c.Unit, State: p.State}
		if p.Issued {
			one.Issue = &IssueHead{}
		}
		if See(act, one) != (Sight{}) {
			list = append(list, p)
		}
	}
	return list
}

// Proceeding is the recorded reason to go on without everybody.
type Proceeding struct {
	Reason string    `json:"reason"`
	Units  []string  `json:"units"` // slugs of those missing then
	ByName string    `json:"by_name"`
	At     time.Time `json:"at"`
}

// FrozenHead is one freezing of data and text (Lần trình).
type FrozenHead struct {
	No            int
	SHA256        string // hexadecimal digits: what the leader signs off
	ByName        string
	At            time.Time
	SignedOffName string // "" while it is not
	SignedOffAt   *time.Time
}

// IssueHead is one issue (Lần phát hành).
type IssueHead struct {
	No           int
	Frozen       int // the freezing it was made of
	Reference    workingcopy.Reference
	Body         Body
	DocxSHA256   string
	SHA256       string // of the stamp: reference, signature, file
	ByName       string
	At           time.Time
	AsFrozen     bool // something below had changed; it was issued as frozen all the same
	Supersedes   int  // the issue it replaces, 0 for none
	SupersededBy int  // the issue that replaces it, 0 for none
	Signed       []SignedHead
}

// Begun reports whether there is a consolidation at all.
func (c Case) Begun() bool { return c.ID != 0 }

// Ref names the case's consolidation.
func (c Case) Ref() Ref { return Ref{Year: c.Year, Period: c.Period, Unit: c.UnitSlug} }

// Uncovered are the units missing without a recorded reason to go on without them.
func (c Case) Uncovered() []string {
	if c.Proceeded == nil {
		return c.Missing
	}
	var left []string
	for _, slug := range c.Missing {
		if !slices.Contains(c.Proceeded.Units, slug) {
			left = append(left, slug)
		}
	}
	return left
}

// CopyID is the working copy of the consolidation.
func (c *Case) CopyID() workingcopy.ID { return workingcopy.ID(c.ID) }

// Known says from when to when the paper may be dated.
func (c *Case) Known(now time.Time) workingcopy.Known {
	return workingcopy.Known{Issued: workingcopy.PaperDays(c.Year, now)}
}

// Subject is the consolidation's name in the audit.
func (c Case) Subject() string { return Subject(c.ID) }

// Subject is a consolidation's name in the audit.
func Subject(id ID) string { return fmt.Sprintf("consolidation/%d", id) }

// What names the consolidation in a sentence.
func (c Case) What() string { return "báo cáo tổng hợp " + viet.LowerFirst(c.PeriodName) }
