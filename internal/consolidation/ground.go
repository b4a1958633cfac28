package consolidation

import (
	"encoding/hex"
	"slices"
	"time"

	"danvan/internal/actor"
	"danvan/internal/indicator"
	"danvan/internal/overview"
	"danvan/internal/report"
	"danvan/internal/unit"
	"danvan/internal/viet"
)

// Ground is everything below that a consolidation is made of, as of a moment: as it
// is now, or as it was frozen. It is the same for everybody who may see it. Numbers
// are canonical text, "" is no number; lists are in roster order.
type Ground struct {
	Year       int           `json:"year"`
	Directive  string        `json:"directive"` // "Kế hoạch số 32/KH-UBND ngày 28/02/2022 …"
	Period     PeriodFacts   `json:"period"`
	Unit       UnitFacts     `json:"unit"`     // who consolidates
	Superior   UnitFacts     `json:"superior"` // to whom: the province's committee, or the lead unit for a district
	Root       UnitFacts     `json:"root"`     // UBND tỉnh, which may issue itself
	Tasks      []Task        `json:"tasks"`    // 1 to n
	Counts     Counts        `json:"counts"`
	Status     []UnitStatus  `json:"status"`   // of every unit expected, or with a sending
	Missing    []UnitRef     `json:"missing"`  // expected, without a version in force
	Versions   []UsedVersion `json:"versions"` // in force: all that is counted and quoted
	Lines      []Line        `json:"lines"`
	Narratives []Narrative   `json:"narratives"` // by task, then in roster order
	Overall    []Assessment  `json:"overall"`
	Next       []Said        `json:"next"`
	Proposals  []Proposal    `json:"proposals"`
	Exemplars  []Exemplar    `json:"exemplars"`
	Followers  []Follower    `json:"followers,omitempty"` // compared with what others had
}

// Follower is a unit whose figures stand beside those that units it follows since had
// a year before.
type Follower struct {
	Unit  string   `json:"unit"` // slug
	Short string   `json:"short"`
	Since []string `json:"since"` // by name
}

// PeriodFacts is the period of a consolidation.
type PeriodFacts struct {
	Slug       string    `json:"slug"`
	Name       string    `json:"name"`
	OpensOn    viet.Date `json:"opens_on"`
	From       viet.Date `json:"from"` // of the data
	To         viet.Date `json:"to"`   // last day: chốt số liệu
	Cumulative bool      `json:"cumulative"`
}

// UnitFacts is what a letterhead says of a unit.
type UnitFacts struct {
	ID           actor.UnitID `json:"id"`
	Slug         string       `json:"slug"`
	Name         string       `json:"name"`  // in full
	Short        string       `json:"short"` // as sentences call it: "Sở Nội vụ", "UBND huyện Vị Thủy"
	Kind         unit.Kind    `json:"kind"`
	Symbol       string       `json:"symbol"` // in document numbers
	Place        string       `json:"place"`
	HeaderParent string       `json:"header_parent"` // cơ quan chủ quản, "" for none
	Lead         bool         `json:"lead"`          // consolidates the province
}

// Task is a numbered task of the directive.
type Task struct {
	No    int    `json:"no"`
	Short string `json:"short"`
	Title string `json:"title"`
}

// Counts says how complete the reports are, of the units expected.
type Counts struct {
	Expected       int `json:"expected"`
	Received       int `json:"received"`
	OnTime         int `json:"on_time"` // received on time
	Accepted       int `json:"accepted"`
	AcceptedOnTime int `json:"accepted_on_time"`
}

// UnitRef names a unit in the ground.
type UnitRef struct {
	Slug  string             `json:"slug"`
	Name  string             `json:"name"`            // in full
	Short string             `json:"short"`           // as sentences call it
	Label string             `json:"label,omitempty"` // as a narrow place does, not in what was frozen early
	State overview.PlanState `json:"state"`           // of its report
}

// UnitStatus is how a unit's report came in.
type UnitStatus struct {
	UnitRef
	Kind      unit.Kind  `json:"kind"`
	Expected  bool       `json:"expected"`             // on the roster on the last day of the data
	FirstSent *time.Time `json:"first_sent,omitempty"` // the first sending not recalled
	DueBefore *time.Time `json:"due_before,omitempty"` // exclusive; that of the first sending
	Version   int        `json:"version,omitempty"`    // in force; 0: none
}

// Late reports whether the first sending came in at or after its deadline.
func (s UnitStatus) Late() bool {
	return s.FirstSent != nil && s.DueBefore != nil && !s.FirstSent.Before(*s.DueBefore)
}

// UsedVersion is a sending in force that is counted and quoted.
type UsedVersion struct {
	Unit   string    `json:"unit"` // slug
	Name   string    `json:"name"`
	Short  string    `json:"short"`
	No     int       `json:"no"`
	SHA256 string    `json:"sha256"` // of what was frozen, in hexadecimal digits
	SentAt time.Time `json:"sent_at"`
}

// Line is one indicator over the scope.
type Line struct {
	Code      string                `json:"code"`
	Task      int                   `json:"task"` // 0: the common part
	Name      string                `json:"name"`
	Measure   string                `json:"measure"` // đơn vị tính
	Kind      indicator.Kind        `json:"kind"`
	Across    indicator.AcrossUnits `json:"across"`
	Value     string                `json:"value"`               // what the scope comes to
	Text      string                `json:"text"`                // the same as it is printed: "1.234", "86,4%"; "" without a value
	Estimated string                `json:"estimated,omitempty"` // the part of it that units say is estimated
	Numbers   int                   `json:"numbers"`             // n in "từ n/N đơn vị"
	Of        int                   `json:"of"`                  // N
	Same      Compared              `json:"same"`                // with the same period a year before
	Cells     []Cell                `json:"cells"`               // of the units asked, or with a figure all the same
}

// Compared is a line beside the same period of last year, over the units that have
// a number in both.
type Compared struct {
	Then  string `json:"then"`  // "": there is nothing to compare with
	Now   string `json:"now"`   // of the same units
	Text  string `json:"text"`  // Then as it is printed
	Words string `json:"words"` // "tăng 12,4%", "giảm 3,0%", "không thay đổi", "chưa có số liệu cùng kỳ"; "–" from 0
	Units int    `json:"units"`
}

// Cell is one unit's part of a line.
type Cell struct {
	Unit      string         `json:"unit"` // slug
	Asked     bool           `json:"asked"`
	Mark      indicator.Mark `json:"mark"`            // of what is typed
	Own       string         `json:"own,omitempty"`   // what the unit itself counted
	Below     string         `json:"below,omitempty"` // what the units reporting to it counted
	Value     string         `json:"value"`           // with what lies below, or the ratio
	Text      string         `json:"text"`            // Value as it is printed, else the words of the answer; "" for a gap
	Estimated string         `json:"estimated,omitempty"`
	Same      string         `json:"same,omitempty"` // a year before
	Version   int            `json:"version"`        // in force that says so, 0: none
}

// Narrative is what a unit wrote about a task in its version in force.
type Narrative struct {
	Task        int           `json:"task"`
	Unit        string        `json:"unit"` // slug
	Short       string        `json:"short"`
	Version     int           `json:"version"`
	Status      report.Status `json:"status"`
	Result      string        `json:"result"`
	Shortcoming string        `json:"shortcoming"`
	Cause       string        `json:"cause"`
}

// Assessment is a unit's overall assessment.
type Assessment struct {
	Unit         string `json:"unit"`
	Short        string `json:"short"`
	Version      int    `json:"version"`
	Strengths    string `json:"strengths"`
	Shortcomings string `json:"shortcomings"`
	Causes       string `json:"causes"`
}

// Said is a text of a unit's version in force.
type Said struct {
	Unit    string `json:"unit"`
	Short   string `json:"short"`
	Version int    `json:"version"`
	Text    string `json:"text"`
}

// Proposal (kiến nghị) is what a unit asks for.
type Proposal struct {
	Unit     string `json:"unit"`
	Short    string `json:"short"`
	Version  int    `json:"version"`
	No       int    `json:"no"` // within the unit's report
	Body     string `json:"body"`
	Receiver string `json:"receiver"`
}

// Exemplar is a line of a unit's table of Dân vận khéo.
type Exemplar struct {
	Unit    string `json:"unit"`
	Short   string `json:"short"`
	Version int    `json:"version"`
	No      int    `json:"no"` // within the unit's report
	Name    string `json:"name"`
	Field   string `json:"field"` // in words
	Holder  string `json:"holder"`
	Result  string `json:"result"`
	Level   string `json:"level"` // in words: "Cấp tỉnh"
	Rank    int    `json:"rank"`  // of the level, 0 for none
}

// Line returns the line of an indicator.
func (g Ground) Line(code string) (Line, bool) {
	i := slices.IndexFunc(g.Lines, func(l Line) bool { return l.Code == code })
	if i < 0 {
		return Line{}, false
	}
	return g.Lines[i], true
}

// Cell returns the part of a unit in the line.
func (l Line) Cell(unit string) (Cell, bool) {
	i := slices.IndexFunc(l.Cells, func(c Cell) bool { return c.Unit == unit })
	if i < 0 {
		return Cell{}, false
	}
	return l.Cells[i], true
}

// Version returns the sending of a unit that is counted.
func (g Ground) Version(unit string) (UsedVersion, bool) {
	i := slices.IndexFunc(g.Versions, func(v UsedVersion) bool { return v.Unit == unit })
	if i < 0 {
		return UsedVersion{}, false
	}
	return g.Versions[i], true
}

// UnitStatus returns how the report of a unit came in.
func (g Ground) UnitStatus(unit string) (UnitStatus, bool) {
	i := slices.IndexFunc(g.Status, func(s UnitStatus) bool { return s.Slug == unit })
	if i < 0 {
		return UnitStatus{}, false
	}
	return g.Status[i], true
}

// Task returns a task of the directive.
func (g Ground) Task(no int) (Task, bool) {
	i := slices.IndexFunc(g.Tasks, func(t Task) bool { return t.No == no })
	if i < 0 {
		return Task{}, false
	}
	return g.Tasks[i], true
}

// NarrativesOf are what units wrote about a task, in roster order.
func (g Ground) NarrativesOf(task int) []Narrative {
	var list []Narrative
	for _, n := range g.Narratives {
		if n.Task == task {
			list = append(list, n)
		}
	}
	return list
}

// LinesOf are the lines of a task, 0 the common part.
func (g Ground) LinesOf(task int) []Line {
	var list []Line
	for _, l := range g.Lines {
		if l.Task == task {
			list = append(list, l)
		}
	}
	return list
}

func hexOf(sum []byte) string { return hex.EncodeToString(sum) }
