package overviews

import (
	"net/http"

	"danvan/internal/direction"
	"danvan/internal/proposal"
	"danvan/internal/viet"
	"danvan/web/current"
	"danvan/web/paths"
	"danvan/web/ui"
)

// voices is what waits for an answer: units' proposals past their day, and what
// those who lead said.
type voices struct {
	Year       int
	Proposals  []ui.Item
	Proposed   int // all that are overdue
	Directions []ui.Item
	Directed   int  // all that are not closed
	Gives      bool // the reader gives directions
}

// voiceLines is how many lines stand in each list.
const voiceLines = 5

// voices are for who sees the units by name.
func (h Pages) voices(r *http.Request, year int) (voices, error) {
	act, now := current.Actor(r), current.Now(r)
	v := voices{Year: year, Gives: direction.MayGive(act)}
	today := viet.DateOf(now)
	overdue, n, err := proposal.Overdues(r.Context(), h.DB, act, now, year, voiceLines)
	if err != nil {
		return v, err
	}
	v.Proposed = n
	for _, p := range overdue {
		v.Proposals = append(v.Proposals, ui.Item{Icon: "st-overdue", Text: ui.Short(p.Body, 110), Path: paths.LedgerProposal(p.Year, p.Period, p.Unit, p.No),
			Note: unitName(p.UnitName) + " kiến nghị. " + p.Receiver + " chưa trả lời, quá hạn " + viet.FormatInt(p.DaysLate(today)) + " ngày."})
	}
	open, n, err := direction.Pressing(r.Context(), h.DB, act, now, year, voiceLines, direction.Overdue, direction.Waiting, direction.Answered)
	v.Directed = n
	for _, d := range open {
		v.Directions = append(v.Directions, ui.Item{Icon: directionIcon(d.State(today)), Text: ui.Short(d.Body, 110), Path: paths.Direction(d.Year, d.No),
			Note: d.Title() + ", về " + d.About() + ". " + waits(d, today) + "."})
	}
	return v, err
}

func directionIcon(s direction.State) string {
	switch s {
	case direction.Overdue:
		return "st-overdue"
	case direction.Answered:
		return "circle-check"
	}
	return "st-awaiting"
}

// waits is "Chờ trả lời, còn 4 ngày".
func waits(d direction.Direction, today viet.Date) string {
	s := d.State(today)
	if s == direction.Answered || d.DueOn.IsZero() {
		return s.Word()
	}
	return direction.Waiting.Word() + ", " + d.DueOn.Remaining(today)
}
