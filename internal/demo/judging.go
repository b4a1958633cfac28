package demo

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"danvan/internal/actor"
	"danvan/internal/demo/content"
	"danvan/internal/plan"
	"danvan/internal/post"
	"danvan/internal/review"
	"danvan/internal/submission"
	"danvan/internal/viet"
)

// judging is how the reviewers of Sở Nội vụ share out the units, and what they
// want explained of what waits.
func (s *stage) judging() []act {
	acts := []act{{moment(time.March, 8, "08:30"), s.sharesOut}}
	for _, q := range questions {
		acts = append(acts, act{q.askedAt, s.asks(q)})
		if q.answer != "" {
			acts = append(acts, act{q.answeredAt, s.explains(q)})
		}
	}
	return acts
}

// inOrder puts acts of several kinds into the order of time.
func inOrder(kinds ...[]act) []act {
	all := slices.Concat(kinds...)
	slices.SortStableFunc(all, func(a, b act) int { return a.at.Compare(b.at) })
	return all
}

func moment(month time.Month, day int, clock string) time.Time {
	at, err := time.Parse("15:04", clock)
	if err != nil {
		panic(err) // a constant of this file
	}
	return time.Date(content.Year, month, day, at.Hour(), at.Minute(), 0, 0, viet.Location)
}

// asking is what a reviewer asks a unit about what it sent, and what the unit says.
type asking struct {
	of         submission.Ref
	askedAt    time.Time
	body       string
	due        viet.Date
	answeredAt time.Time
	answer     string // "" = not yet
}

var questions = []asking{
	{
		of: yearEnd("h-phung-hiep"), askedAt: moment(time.November, 25, "08:20"), due: viet.NewDate(content.Year, time.November, 29),
		body:       "Số lượt được quán triệt là 2.002 qua 14 cuộc, tăng 25,4% so với năm 2021. Đề nghị giải trình cách tính: mỗi người tính một lần hay tính theo từng lượt dự.",
		answeredAt: moment(time.November, 25, "16:20"),
		answer:     "Huyện tính theo lượt dự: 14 cuộc đều có danh sách ký tên, cộng lại 2.002 lượt. Năm 2021 do dịch bệnh có 11 cuộc, 1.597 lượt. Danh sách lưu tại Phòng Nội vụ huyện.",
	},
	{
		of: yearEnd("stnmt"), askedAt: moment(time.November, 25, "15:10"), due: viet.NewDate(content.Year, time.November, 30),
		body: "Qua đối thoại tiếp nhận 87 ý kiến, mới trả lời 74 (85,1%), năm 2021 đạt 100%. Đề nghị giải trình 13 ý kiến còn lại về nội dung gì, khi nào trả lời.",
	},
	{
		of: plan.Ref(content.Year, "snnptnt"), askedAt: moment(time.November, 25, "09:05"), due: viet.NewDate(content.Year, time.December, 1),
		body: "Hoạt động 3.1 nay ghi 24 cuộc tại 12 xã, năm chỉ còn hơn một tháng. Đề nghị giải trình đã họp bao nhiêu cuộc, khả năng hoàn thành trong năm.",
	},
}

// yearEnd is the report of the year of a unit.
func yearEnd(unit string) submission.Ref {
	return submission.Ref{Year: content.Year, Period: "nam", Unit: unit}
}

func (s *stage) asks(q asking) step {
	return func(ctx context.Context, now time.Time) error {
		reviewer, err := s.by("snv.thamdinh", now)
		if err != nil {
			return err
		}
		c, _, err := s.reviews.Open(ctx, reviewer, now, q.of)
		if err != nil {
			return err
		}
		return s.reviews.AskToExplain(ctx, reviewer, now, post.Once{}, q.of, c.Last.No, q.body, q.due)
	}
}

func (s *stage) explains(q asking) step {
	return func(ctx context.Context, now time.Time) error {
		clerk, err := s.by(q.of.Unit+".chuyenvien", now)
		if err != nil {
			return err
		}
		c, err := s.reports.Case(ctx, clerk, now, q.of)
		if err != nil {
			return err
		}
		if len(c.Questions) == 0 {
			return fmt.Errorf("nothing was asked of %s", q.of.Unit)
		}
		return s.reports.Explain(ctx, clerk, now, post.Once{}, q.of, c.Questions[0].ID, c.Questions[0].AnswerRev, q.answer)
	}
}

// sharesOut gives the departments to one reviewer, the districts and the plan of
// Sở Nội vụ itself, which the first one writes, to the other. Two units that came
// late to the list are given to nobody yet.
func (s *stage) sharesOut(ctx context.Context, now time.Time) error {
	by, err := s.by("snv.tonghop", now)
	if err != nil {
		return err
	}
	departments, err := s.by("snv.thamdinh", now)
	if err != nil {
		return err
	}
	districts, err := s.by("snv.thamdinh2", now)
	if err != nil {
		return err
	}
	office, err := s.reviews.Office(ctx, by, now)
	if err != nil {
		return err
	}
	var shifts []review.Shift
	for _, d := range office.Duties {
		if to := lookedAfter(d.Slug, departments.Person, districts.Person); to != 0 {
			shifts = append(shifts, review.Shift{Slug: d.Slug, To: to})
		}
	}
	return s.reviews.Share(ctx, by, now, post.Once{}, shifts)
}

func lookedAfter(slug string, departments, districts actor.PersonID) actor.PersonID {
	kind, _, hasKind := strings.Cut(slug, "-")
	switch {
	case slug == "bdt", slug == "bqlkcn":
		return 0
	case slug == "snv", hasKind && slices.Contains([]string{"h", "tx", "tp"}, kind):
		return districts
	}
	return departments
}
