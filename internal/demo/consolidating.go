package demo

import (
	"context"
	"time"

	"danvan/internal/consolidation"
	"danvan/internal/consolidation/wording"
	"danvan/internal/demo/content"
	"danvan/internal/paper"
	"danvan/internal/post"
	"danvan/internal/viet"
	"danvan/internal/workingcopy"
)

// halfYearIssued is the evening of the day on which the report of the first half of
// the year went out. What units sent for it had been decided on a week before.
var halfYearIssued = time.Date(2022, time.July, 6, 17, 0, 0, 0, viet.Location)

// consolidating is how Sở Nội vụ makes the report of a period.
type consolidating struct {
	*stage
	svc     *consolidation.Service
	ref     consolidation.Ref
	editor  person
	leader  person
	whether error // the first thing that went wrong
}

func (s *stage) consolidating(period string) (*consolidating, error) {
	editor, err := s.people.withUsername("snv.tonghop")
	if err != nil {
		return nil, err
	}
	leader, err := s.people.withUsername("snv.lanhdao")
	return &consolidating{stage: s, svc: consolidation.NewService(s.db, s.files, paper.Consolidated), editor: editor, leader: leader,
		ref: consolidation.Ref{Year: content.Year, Period: period, Unit: lead}}, err
}

// on does one thing at a moment, unless something went wrong before.
func (c *consolidating) on(month time.Month, day, hour, minute int, do func(now time.Time) error) {
	if c.whether == nil {
		c.whether = do(time.Date(content.Year, month, day, hour, minute, 0, 0, viet.Location))
	}
}

// write replaces what a field held by what rewrite makes of it.
func (c *consolidating) write(ctx context.Context, now time.Time, key, field string, rewrite func(was string) string) error {
	w, err := c.svc.Working(ctx, c.editor.at(now), now, c.ref)
	if err != nil {
		return err
	}
	part := w.Parts[key]
	_, err = c.svc.SavePart(ctx, c.editor.at(now), now, post.Once{}, c.ref, key, workingcopy.Typed{Read: part.Revision,
		Values: workingcopy.Content{field: rewrite(part.Content[field])}})
	return err
}

// finalise hands the report to the leader.
func (c *consolidating) finalise(ctx context.Context, now time.Time) error {
	k, err := c.svc.Case(ctx, c.editor.at(now), now, c.ref)
	if err != nil {
		return err
	}
	return c.svc.Finalise(ctx, c.editor.at(now), now, post.Once{}, c.ref, k.Revision)
}

func below(more string) func(string) string {
	return func(was string) string { return wording.Append(was, more) }
}

func above(more string) func(string) string {
	return func(was string) string { return wording.Append(more, was) }
}

// consolidate lets what Sở Nội vụ sums up come about once everything before a moment
// has.
func (s *stage) consolidate(ctx context.Context, until time.Time) error {
	switch {
	case until.Equal(halfYearIssued):
		return s.issueHalfYear(ctx)
	case until.Equal(Start):
		return s.draftYear(ctx)
	}
	return nil
}

// issueHalfYear lets the report of the first half of the year come about: begun
// without two who never reported, sent back once, signed off and issued.
func (s *stage) issueHalfYear(ctx context.Context) error {
	c, err := s.consolidating(content.HalfYear)
	if err != nil {
		return err
	}
	c.on(time.June, 30, 8, 40, func(now time.Time) error { return c.svc.Begin(ctx, c.editor.at(now), now, post.Once{}, c.ref) })
	c.on(time.June, 30, 9, 5, func(now time.Time) error {
		return c.svc.Proceed(ctx, c.editor.at(now), now, post.Once{}, c.ref,
			"Sở Khoa học và Công nghệ, Ban Quản lý các khu công nghiệp chưa gửi báo cáo dù đã đôn đốc qua điện thoại ngày 22/6 và 27/6; tổng hợp trước để kịp báo cáo UBND tỉnh, bổ sung khi tổng hợp năm.")
	})
	c.on(time.July, 1, 10, 15, func(now time.Time) error {
		return c.write(ctx, now, consolidation.TaskKey(4), "text", above(
			"Công tác tiếp công dân, đối thoại, giải quyết đơn thư được các cấp, các ngành duy trì nền nếp; người đứng đầu trực tiếp tiếp dân theo lịch công khai, số liệu tổng hợp {T4.01 đơn vị} báo cáo."))
	})
	c.on(time.July, 4, 9, 30, func(now time.Time) error {
		return c.write(ctx, now, consolidation.NextKey, "steps", above(
			"Đôn đốc các đơn vị chưa báo cáo, chấn chỉnh việc gửi báo cáo trễ hạn; rà soát chất lượng số liệu trước khi tổng hợp năm."))
	})
	c.on(time.July, 4, 10, 20, func(now time.Time) error { return c.finalise(ctx, now) })
	c.on(time.July, 4, 15, 40, func(now time.Time) error {
		return c.svc.SendBack(ctx, c.leader.at(now), now, post.Once{}, c.ref,
			"Bổ sung nhận xét về tình hình gửi báo cáo của các đơn vị vào phần hạn chế, nêu rõ số đơn vị gửi đúng hạn.")
	})
	c.on(time.July, 5, 8, 20, func(now time.Time) error {
		return c.write(ctx, now, consolidation.OverallKey, "shortcomings", below(
			"- Việc chấp hành chế độ báo cáo chưa nghiêm: {đã gửi}/{đơn vị} đơn vị gửi báo cáo, trong đó {đúng hạn} đơn vị gửi đúng hạn; còn đơn vị chưa gửi báo cáo, chưa chủ động phản ánh vướng mắc."))
	})
	c.on(time.July, 5, 9, 10, func(now time.Time) error { return c.finalise(ctx, now) })
	c.on(time.July, 5, 14, 30, func(now time.Time) error {
		k, err := c.svc.Case(ctx, c.leader.at(now), now, c.ref)
		if err != nil {
			return err
		}
		return c.svc.SignOff(ctx, c.leader.at(now), now, post.Once{}, c.ref, k.Frozen.SHA256)
	})
	c.on(time.July, 6, 8, 45, func(now time.Time) error {
		k, doc, err := c.svc.Reference(ctx, c.editor.at(now), now, c.ref)
		if err != nil {
			return err
		}
		return c.svc.Issue(ctx, c.editor.at(now), now, post.Once{}, c.ref, consolidation.Issuance{Read: doc.Revision, Frozen: k.Frozen.SHA256,
			Reference: workingcopy.Content{"number": "224", "symbol": "BC-SNV", "issued_on": viet.DateOf(now).ISO(),
				"subject": "Kết quả thực hiện công tác dân vận chính quyền 6 tháng đầu năm 2022", "signer": c.leader.Name, "capacity": "GIÁM ĐỐC"}})
	})
	c.on(time.July, 7, 9, 15, func(now time.Time) error { return c.attachIssue(ctx, now) })
	return c.whether
}

// draftYear begins the report of the year on the last working day before the start,
// with most reports still to come.
func (s *stage) draftYear(ctx context.Context) error {
	c, err := s.consolidating(content.WholeYear)
	if err != nil {
		return err
	}
	c.on(time.November, 25, 16, 5, func(now time.Time) error { return c.svc.Begin(ctx, c.editor.at(now), now, post.Once{}, c.ref) })
	c.on(time.November, 25, 16, 35, func(now time.Time) error {
		return c.write(ctx, now, consolidation.OverallKey, "strengths", above(
			"Công tác dân vận chính quyền năm 2022 được triển khai đồng bộ ngay từ đầu năm; đến nay {đã tiếp nhận}/{đơn vị} báo cáo năm đã được tiếp nhận."))
	})
	return c.whether
}
