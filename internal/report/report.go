// Package report is what a unit reports for a period: narrative by task, figures,
// assessment, proposals, exemplars and evidence, on top of the workflow of package
// submission, and the facts an accepted report leaves for everybody to add up.
package report

import (
	"math/big"
	"strconv"
	"strings"

	"danvan/internal/database"
	"danvan/internal/evidence"
	"danvan/internal/indicator"
	"danvan/internal/progress"
	"danvan/internal/submission"
	"danvan/internal/viet"
)

// Ref names the report of a unit for a period.
func Ref(year int, period, unit string) submission.Ref {
	return submission.Ref{Year: year, Period: period, Unit: unit}
}

// Service carries out what people do with reports. Each method that writes is one
// transaction and asks the policy inside it.
type Service struct {
	*submission.Desk
	db    database.DB
	files *evidence.Store
}

// NewService returns the service on db whose evidence lies in files.
func NewService(db database.DB, files *evidence.Store) *Service {
	return &Service{Desk: submission.NewDesk(db, book{}), db: db, files: files}
}

// Content is a whole report: the working copy or a version.
type Content struct {
	Tasks     []Section // 1..n, then 0
	Overall   submission.Part
	Next      submission.Part
	Proposals []Proposal
	Exemplars []Exemplar
	Files     []File
	Reference submission.Reference
	RefPart   submission.Part
	Rows      map[string]Row // by code: what stands in the sections
	Window    Window
	Reporters int     // units that report to this one for the period
	Since     []Since // of a version: reports in force below that it does not have in it

	parts  []submission.Part
	checks []indicator.Check
	left   map[string]bool // keys of figures nobody asks for any more
}

// Window is the time a report is about.
type Window struct {
	From, To   viet.Date // chốt số liệu: last day
	Cumulative bool      // figures run from the start of the campaign's data
}

// Section is one task of the report.
type Section struct {
	Task       int
	Short      string
	Title      string
	Part       submission.Part
	Rows       []Row
	Activities []Activity // of the plan in force, as they stood at the cut-off
	Files      []File     // evidence about the task, its figures and activities
}

// Status is how the unit says the task went, "" while it has not.
func (s Section) Status() Status { return Status(s.Part.Content["status"]) }

// Answered counts the figures of the task that the unit is asked to type, and
// those of them that it has answered.
func (s Section) Answered() (answered, asked int) {
	for _, r := range s.Rows {
		if !r.Asked || !r.Typed() {
			continue
		}
		asked++
		if r.Figure.Answered() {
			answered++
		}
	}
	return answered, asked
}

// Row is one figure of the report.
type Row struct {
	indicator.Indicator
	Asked    bool            // the unit answers it; else it stands here for what lies below
	Part     submission.Part // as typed
	Figure   indicator.Figure
	Value    *big.Rat // what it comes to with what lies below, or the ratio in percent; nil: no number
	Below    *Below
	Previous *Compared // the newest earlier period of the year with a report in force
	LastYear *Compared // the same period a year before
	Offer    *Offer    // only while the box is empty
}

// Below is what the units reporting to this one come to, by their reports in force.
type Below struct {
	Value    *big.Rat
	Sources  []Source // units whose figure is in it
	Expected int      // units that report for the period; 0 in a version
}

// Since is a report in force of a unit below that came after a version: its figures
// count above once the version is amended.
type Since struct {
	Unit   string // slug
	Called string
	No     int
}

// Source is one unit's sending that a figure was taken from.
type Source struct {
	Unit string // slug
	No   int
}

// Compared is a figure of another period beside which one stands.
type Compared struct {
	Value  *big.Rat // with what lay below, or the ratio; nil: answered without a number
	Figure indicator.Figure
	Year   int
	Period string   // slug
	Name   string   // of the period
	No     int      // the sending in force it stands in, 0 = typed in afterwards
	Source string   // where a figure that was typed in comes from
	Of     []string // the units that the unit follows whose figures these are, by name; none: its own
}

// Offer is a figure the portal knows already, to be stored with the page.
type Offer struct {
	Value  string         // canonical number, "" with the marks that have none
	Mark   indicator.Mark // Number, Nil or NotApplicable
	Source string         // in words of the reader
}

// Activity is an activity of the plan as it stood at the cut-off.
type Activity struct {
	Task    int
	Code    string
	Title   string
	Status  progress.Status
	AsOf    viet.Date // zero: nothing was logged
	Percent string    // canonical numbers, "" = none
	Value   string
	Target  string
	Unit    string // of measure
}

// Proposal (kiến nghị) is something the unit wants settled elsewhere.
type Proposal struct {
	No       int
	Part     submission.Part
	Body     string
	Receiver string
}

// Exemplar is one line of the Dân vận khéo table.
type Exemplar struct {
	No     int
	Part   submission.Part
	Name   string
	Field  string
	Holder string
	Result string
	Level  string
}

// File is a piece of evidence.
type File struct {
	ID    int64
	Part  submission.Part
	Name  string
	Size  int64 // bytes
	SHA   evidence.SHA
	About string // "task/3", "figure/T4.01", "activity/2.3" or "overall"
}

// Task is the task the file is about, or [Whole].
func (f File) Task() int { return TaskOf(f.About) }

// Keys of parts.
const (
	ReferenceKey = submission.ReferenceKey
	OverallKey   = "overall"
	NextKey      = "next"
)

// TaskKey is the part that says how a task went.
func TaskKey(no int) string { return "task/" + strconv.Itoa(no) }

// FigureKey is the part that holds a figure.
func FigureKey(code string) string { return "figure/" + code }

// ProposalKey is the part that holds a proposal.
func ProposalKey(no int) string { return "proposal/" + strconv.Itoa(no) }

// ExemplarKey is the part that holds a line of the Dân vận khéo table.
func ExemplarKey(no int) string { return "exemplar/" + strconv.Itoa(no) }

// FileKey is the part that says that an attachment stands in the report.
func FileKey(id int64) string { return "file/" + strconv.FormatInt(id, 10) }

// ActivityKey is the computed part of an activity.
func ActivityKey(code string) string { return "activity/" + code }

// FieldOf is the name of a field of a figure on a page with several.
func FieldOf(code, field string) string { return code + "." + field }

// Whole is the task of what belongs to none.
const Whole = -1

// TaskOf returns the task a part belongs to, or [Whole].
func TaskOf(key string) int {
	prefix, rest, _ := strings.Cut(key, "/")
	switch prefix {
	case "task":
	case "figure", "below", "ratio", "last", "before":
		rest, _, _ = strings.Cut(strings.TrimPrefix(rest, "T"), ".")
	case "activity":
		rest, _, _ = strings.Cut(rest, ".")
	default:
		return Whole
	}
	no, err := strconv.Atoi(rest)
	if err != nil {
		return Whole
	}
	return no
}

// Section returns the section of a task.
func (c Content) Section(no int) (Section, bool) {
	for _, s := range c.Tasks {
		if s.Task == no {
			return s, true
		}
	}
	return Section{}, false
}

// Proposal returns the proposal with a number.
func (c Content) Proposal(no int) (Proposal, bool) {
	for _, p := range c.Proposals {
		if p.No == no {
			return p, true
		}
	}
	return Proposal{}, false
}

// Exemplar returns the line of the Dân vận khéo table with a number.
func (c Content) Exemplar(no int) (Exemplar, bool) {
	for _, x := range c.Exemplars {
		if x.No == no {
			return x, true
		}
	}
	return Exemplar{}, false
}

// Part returns a part as it is saved; one that was never saved is empty.
func (c Content) Part(key string) submission.Part {
	for _, p := range c.parts {
		if p.Key == key {
			return p
		}
	}
	return submission.Part{Key: key, Content: submission.Content{}}
}

// Parts returns the parts as they are saved, by key.
func (c Content) Parts() map[string]submission.Content {
	parts := make(map[string]submission.Content, len(c.parts))
	for _, p := range c.parts {
		parts[p.Key] = p.Content
	}
	return parts
}
