// Package progressshow draws how activities stand: the look of a status, and a
// bar of many. It handles no requests and decides nothing.
package progressshow

import (
	"unicode"

	"danvan/internal/progress"
	"danvan/web/ui"
)

var kinds = map[progress.Status]ui.Kind{
	progress.Cancelled:  ui.Cancelled,
	progress.Done:       ui.Done,
	progress.DoneLate:   ui.Late,
	progress.Overdue:    ui.Overdue,
	progress.DueSoon:    ui.Soon,
	progress.InProgress: ui.Going,
	progress.NotStarted: ui.Idle,
}

// Kind is the look of a status; its word is [progress.Status.Word].
func Kind(s progress.Status) ui.Kind { return kinds[s] }

// barOrder is that of the parts of a bar: what is done first, what presses last.
var barOrder = []progress.Status{
	progress.Done, progress.DoneLate, progress.InProgress, progress.NotStarted, progress.DueSoon, progress.Overdue,
}

// Segments are the parts of a bar for t, each with its words for a legend.
// Cancelled activities have no part in it.
func Segments(t progress.Tally) []ui.Segment {
	segments := make([]ui.Segment, len(barOrder))
	for i, s := range barOrder {
		segments[i] = ui.Segment{Fill: Kind(s), Count: t.Of(s), Label: lowered(s.Word())}
	}
	return segments
}

// lowered writes a word for the middle of a line.
func lowered(word string) string {
	first := []rune(word)
	first[0] = unicode.ToLower(first[0])
	return string(first)
}
