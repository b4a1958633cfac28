package overviews

import (
	"strconv"
	"strings"

	"danvan/internal/progress"
	"danvan/internal/viet"
	"danvan/web/ui"
)

// kinds is the look of each status.
var kinds = map[progress.Status]ui.Kind{
	progress.Cancelled:  ui.Cancelled,
	progress.Done:       ui.Done,
	progress.DoneLate:   ui.Late,
	progress.Overdue:    ui.Overdue,
	progress.DueSoon:    ui.Soon,
	progress.InProgress: ui.Going,
	progress.NotStarted: ui.Idle,
}

// gravest lists the statuses that count, the gravest first, as a cell tells them.
var gravest = []progress.Status{progress.Overdue, progress.DueSoon, progress.NotStarted, progress.InProgress, progress.DoneLate, progress.Done}

// lowered are the words of the statuses for the middle of a sentence.
var lowered = map[progress.Status]string{}

func init() {
	for _, s := range progress.Statuses {
		lowered[s] = lower(s.Word())
	}
}

// segments is a bar of a tally.
func segments(t progress.Tally) []ui.Segment {
	var parts []ui.Segment
	for _, s := range []progress.Status{progress.Done, progress.DoneLate, progress.InProgress, progress.NotStarted, progress.DueSoon, progress.Overdue} {
		parts = append(parts, ui.Segment{Fill: kinds[s], Count: t.Of(s)})
	}
	return parts
}

// spelled is "1 sắp đến hạn, 4 hoàn thành".
func spelled(t progress.Tally) string {
	var b []byte
	for _, s := range gravest {
		if n := t.Of(s); n > 0 {
			if len(b) > 0 {
				b = append(b, ", "...)
			}
			b = append(append(append(b, viet.FormatInt(n)...), ' '), lowered[s]...)
		}
	}
	return string(b)
}

// share is "18/26", "–" without anything to count.
func share(t progress.Tally) string {
	if t.Total() == 0 {
		return "–"
	}
	return strconv.Itoa(t.Finished()) + "/" + strconv.Itoa(t.Total())
}

// late is one line of the list of what is overdue longest.
type late struct {
	Unit  string // short
	Plan  string // address of the unit's plan
	Task  int
	Title string
	Path  string
	Days  int
}

// owing is the units whose plan stands in one state and was never sent.
type owing struct {
	State ui.Kind
	Word  string
	Units []ui.Link
}

// stripItem is a task with what is done of it; path is where its activities of a
// status stand, "" for all of them.
func stripItem(c column, t progress.Tally, path func(status string) string) ui.StripItem {
	item := ui.StripItem{No: c.No, Title: c.Short, Path: path(""), Bar: segments(t), Left: share(t)}
	if t.Overdue > 0 {
		item.Right, item.Tone, item.Opens = viet.FormatInt(t.Overdue)+" quá hạn", ui.Bad, path(statusWords[progress.Overdue])
	}
	return item
}

// compared is a task of one's own beside all units of the province.
type compared struct {
	column
	Own      progress.Tally
	Province progress.Tally
}

// province is everything the page shows.
type province struct {
	Year       int
	Own        bool     // one's own units only
	Place      string   // "Tổng quan toàn tỉnh"
	Whole      string   // whose averages stand beside one's own: "toàn tỉnh"
	Scopes     []ui.Tab // the receivers to choose among, if there are several
	Projecting bool     // to a room
	Projector  string   // address of the page to show to a room …
	Screen     string   // … and of the one to come back to
	Files      []ui.File
	Finding    []finding // lines of the title
	Deadline   string    // "trước ngày 05/12/2022", in bold
	LastDay    string    // "hạn cuối: hết Chủ nhật 04/12/2022; …" while that lies ahead
	Rest       string    // after both: ", còn 6 ngày"
	Clock      string    // when the numbers were counted
	Measures   []ui.Measure
	Strip      []ui.StripItem
	Banks      []bank
	Common     cell   // activities of the plans' common part
	CommonLate string // address of those overdue
	Silent     bool   // some outcome says KPS
	Late       []late
	LateAll    int
	LatePath   string
	Curve      curve
	Months     []month
	Owing      []owing
	Missing    int // of the units in Owing
	Compared   []compared
	Periods    []ui.Tab // what else there is to see of the year
	Verdict    verdict
	Voices     voices // what waits for an answer; not of one's own units only
}

// lower puts a word of state into the middle of a sentence.
func lower(word string) string { return strings.ToLower(word) }

// rest is what follows the deadline. A room has no time for its last day.
func (p province) rest() string {
	if p.LastDay == "" || p.Projecting {
		return p.Rest + ". "
	}
	return " (" + p.LastDay + ")" + p.Rest + ". "
}

// tabs are what the page can tell of; shown to a room, also the way back.
func (p province) tabs() []ui.Tab {
	tabs := []ui.Tab{{Label: "Kế hoạch", Path: p.Screen, Current: true}}
	if p.Projecting {
		tabs[0].Path = p.Projector
		return append(tabs, ui.Tab{Label: "Thoát", Path: p.Screen})
	}
	return append(tabs, p.Periods...)
}
