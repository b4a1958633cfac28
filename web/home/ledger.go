package home

import (
	"strconv"

	"danvan/internal/actor"
	"danvan/internal/agenda"
	"danvan/internal/direction"
	"danvan/internal/proposal"
	"danvan/internal/unit"
	"danvan/internal/viet"
	"danvan/web/paths"
	"danvan/web/ui"
)

// directions is what those who lead said and nobody has answered: to be answered
// by one's own unit, or to be known of.
func (v view) directions() section {
	s := section{ID: "h-y-kien", Title: "Ý kiến chỉ đạo, phối hợp chờ trả lời", Right: count(v.Directed, "ý kiến")}
	for _, d := range v.Directions {
		given := viet.DateOf(d.GivenAt)
		path := paths.Direction(d.Year, d.No)
		r := row{Date: given.Short(), When: given.Ago(v.Today), Title: d.Title() + " về " + d.About(), Path: path,
			Text: sentence(cut(d.Body)), Over: d.State(v.Today) == direction.Overdue}
		if !d.DueOn.IsZero() {
			r.Date, r.When = d.DueOn.Short(), d.DueOn.Remaining(v.Today)
		}
		if v.act.Is(d.UnitID, actor.Staff, actor.UnitLeader) {
			r.Do, r.Primary = ui.Link{Label: "Trả lời", Path: paths.AnswerDirection(path)}, "Trả lời "+viet.LowerFirst(d.Title())
		}
		s.Rows = append(s.Rows, r)
	}
	if v.Directed > agenda.Rows {
		s.More = ui.Link{Label: "Xem cả " + count(v.Directed, "ý kiến"), Path: paths.Directions(v.Campaign.Year)}
	}
	return s
}

// proposals is what units want settled and nobody has seen to.
func (v view) proposals() section {
	s := section{ID: "h-kien-nghi", Title: "Kiến nghị quá hạn, chưa phân công", Right: count(v.Proposed, "kiến nghị")}
	for _, p := range v.Proposals {
		entered := viet.DateOf(p.EnteredAt)
		path := paths.LedgerProposal(p.Year, p.Period, p.Unit, p.No)
		r := row{Date: entered.Short(), When: entered.Ago(v.Today), Title: unit.Called(p.UnitName) + ": kiến nghị " + strconv.Itoa(p.No) + ", báo cáo " + viet.LowerFirst(p.PeriodName),
			Path: path, Text: sentence(cut(p.Body)), Do: ui.Link{Label: "Phân công", Path: paths.AssignProposal(path)}, Primary: "Phân công kiến nghị"}
		if p.State(v.Today) == proposal.Overdue {
			r.Date, r.When, r.Over = p.DueOn.Short(), p.DueOn.Remaining(v.Today), true
			r.Text = sentence(cut(p.Body), p.Receiver+" chưa trả lời")
			r.Do, r.Primary = ui.Link{Label: "Ghi trả lời", Path: paths.AnswerProposal(path)}, "Ghi trả lời kiến nghị quá hạn"
		}
		s.Rows = append(s.Rows, r)
	}
	if v.Proposed > agenda.Rows {
		s.More = ui.Link{Label: "Xem cả " + count(v.Proposed, "kiến nghị"), Path: paths.ProposalLedger(v.Campaign.Year)}
	}
	return s
}
