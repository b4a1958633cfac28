package paper

import (
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"danvan/internal/actor"
	"danvan/internal/campaign"
	"danvan/internal/document/word"
	"danvan/internal/fault"
	"danvan/internal/submission"
	"danvan/internal/viet"
)

// Letter is the reminder to units whose plan or report has not come in (công văn
// đôn đốc).
type Letter struct {
	Setting   Setting // of the unit that writes
	Kind      submission.Kind
	Period    string // name of the period
	Units     []Late
	Today     viet.Date
	Reference submission.Reference // what is not given is left open
	By        viet.Date            // last day now asked for, zero: as soon as it is read
}

// Late is a unit that has sent nothing though its deadline has passed.
type Late struct {
	Slug      string
	Name      string
	DueBefore time.Time // exclusive
}

// Days is how many have passed since the last day in time.
func (l Late) Days(today viet.Date) int { return viet.LastDayBefore(l.DueBefore).DaysUntil(today) }

// DecideLetter returns nil for those who may write in the name of the receiver to
// the units that report to it: its reviewers and consolidators.
func DecideLetter(act actor.Actor, receiver Setting) error {
	if receiver.ID != 0 && act.Is(receiver.ID, actor.Reviewer, actor.Consolidator) {
		return nil
	}
	return fault.Refusal{Reason: "Chỉ người rà soát, tổng hợp của nơi tiếp nhận được soạn công văn đôn đốc.",
		Remedy: "Đề nghị nơi tiếp nhận của các đơn vị soạn, phát hành."}
}

// FileName names the Word file.
func (l Letter) FileName() string {
	return fileName("công văn đôn đốc gửi "+l.what()+" của "+l.Setting.Name, "")
}

func (l Letter) what() string { return l.Kind.Named(l.Setting.Year, l.Period) }

// Reminder writes the letter.
func Reminder(out io.Writer, l Letter) error {
	s := l.Setting
	w := word.New(out, word.Properties{Title: "Công văn đôn đốc gửi " + l.what(), Author: s.Name})
	head := s.letterhead("Công văn", "", l.Reference)
	head.About = viet.LowerFirst(l.Reference.Subject)
	if head.About == "" {
		head.About = "đôn đốc gửi " + l.what()
	}
	w.Letterhead(head)
	to := make([]string, len(l.Units))
	for i, u := range l.Units {
		to[i] = u.Name
	}
	if len(to) == 0 {
		to = []string{missing}
	}
	w.To(to...)
	w.Paragraph(fmt.Sprintf("Thực hiện %s, các cơ quan, đơn vị gửi %s về %s %s.", s.Directive, l.what(), s.Name, l.deadline()))
	l.overdue(w)
	asked := "ngay sau khi nhận được Công văn này"
	if !l.By.IsZero() {
		asked = "chậm nhất ngày " + l.By.String()
	}
	who := "Thủ trưởng các cơ quan, đơn vị nêu trên"
	if len(l.Units) == 1 {
		who = "Thủ trưởng " + l.Units[0].Name
		if strings.HasPrefix(l.Units[0].Name, committee) {
			who = "Chủ tịch " + l.Units[0].Name
		}
	}
	w.Paragraph(fmt.Sprintf("%s đề nghị %s chỉ đạo hoàn thành, gửi %s %s; nêu rõ lý do gửi chậm. Trong quá trình thực hiện, nếu có khó khăn, vướng mắc, phản ánh về %[1]s để được hướng dẫn.",
		s.Name, who, l.what(), asked))
	w.Paragraph(s.Name + " đề nghị các cơ quan, đơn vị quan tâm thực hiện.")
	foot := s.signature(l.Reference, "Như trên")
	if section, ok := strings.CutPrefix(l.Reference.Symbol, s.Symbol+"-"); ok { // a letter's symbol names who wrote it
		foot.Recipients[len(foot.Recipients)-1] += ", " + section
	}
	w.Signature(foot)
	return w.Close()
}

// deadline is by when everybody had to send; units with another one see it in
// their row.
func (l Letter) deadline() string {
	if len(l.Units) == 0 {
		return "theo thời hạn quy định"
	}
	for _, u := range l.Units[1:] {
		if !u.DueBefore.Equal(l.Units[0].DueBefore) {
			return "theo thời hạn quy định"
		}
	}
	return campaign.Words(viet.Calendar{}, l.Units[0].DueBefore)
}

// overdue says who has not sent, and for how long.
func (l Letter) overdue(w *word.Writer) {
	switch len(l.Units) {
	case 0:
		w.Paragraph(missing)
		return
	case 1:
		u := l.Units[0]
		w.Paragraph(fmt.Sprintf("Đến ngày %s, %s chưa gửi %s, quá hạn %s ngày.", l.Today, u.Name, l.what(), viet.FormatInt(u.Days(l.Today))))
		return
	}
	w.Paragraph(fmt.Sprintf("Đến ngày %s, còn %02d cơ quan, đơn vị chưa gửi, cụ thể:", l.Today, len(l.Units)))
	columns := []word.Column{{Title: "TT", Share: 8, Align: word.Center}, {Title: "Cơ quan, đơn vị", Share: 54},
		{Title: "Hạn cuối", Share: 20, Align: word.Center}, {Title: "Số ngày quá hạn", Share: 18, Align: word.Center}}
	w.Table(columns, func(yield func(word.Row) bool) {
		for i, u := range l.Units {
			cells := []string{strconv.Itoa(i + 1), u.Name, "hết " + viet.LastDayBefore(u.DueBefore).String(), viet.FormatInt(u.Days(l.Today))}
			if !yield(word.Row{Cells: cells}) {
				return
			}
		}
	})
}
