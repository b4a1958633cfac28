package proposal

import (
	"context"
	"errors"
	"strconv"
	"time"
	"unicode/utf8"

	"github.com/jackc/pgx/v5"

	"danvan/internal/actor"
	"danvan/internal/audit"
	"danvan/internal/database"
	"danvan/internal/fault"
	"danvan/internal/notify"
	"danvan/internal/post"
	"danvan/internal/submission"
	"danvan/internal/unit"
	"danvan/internal/viet"
)

// Assignment says who settles a proposal, and by when.
type Assignment struct {
	Read  int    // the revision the form was filled from
	Unit  string // slug of a unit the portal knows, or
	Other string // the name of somebody else
	DueOn viet.Date
}

// Reply is an answer to a proposal.
type Reply struct {
	Read   int
	Answer string
	Paper  string // số, ký hiệu, ngày; may be empty
	On     viet.Date
}

// change carries out an action on the locked entry, once for each form.
func change(ctx context.Context, db database.DB, act actor.Actor, now time.Time, once post.Once, ref Ref, action Action, read int, fn func(tx pgx.Tx, c Case) error) error {
	_, err := once.Do(ctx, db, act, func(tx pgx.Tx) (string, error) {
		c, err := lock(ctx, tx, now, ref)
		if err != nil {
			return "", err
		}
		if !See(act, c) {
			return "", fault.NotFound
		}
		if err := Decide(act, action, c).Err(); err != nil {
			return "", err
		}
		if read != c.Revision {
			return "", fault.Invalid{"": "Kiến nghị vừa thay đổi sau khi bạn mở trang này. Đọc lại phần “Đang có” rồi lưu lần nữa; nội dung bạn gõ còn nguyên bên dưới"}
		}
		return strconv.Itoa(c.Revision + 1), fn(tx, c)
	})
	return wrap(err, string(action), ref)
}

// AssignIt (phân công) says who settles the proposal and by when, also anew
// until it is answered.
func AssignIt(ctx context.Context, db database.DB, act actor.Actor, now time.Time, once post.Once, ref Ref, a Assignment) error {
	return change(ctx, db, act, now, once, ref, Assign, a.Read, func(tx pgx.Tx, c Case) error {
		bad := fault.Invalid{}
		receiver, id, err := receiverOf(ctx, tx, viet.DateOf(now), a, bad)
		if err != nil {
			return err
		}
		switch {
		case a.DueOn.IsZero():
			bad.Add("due_on", "Chọn hạn trả lời")
		case a.DueOn.Before(viet.DateOf(now)) && a.DueOn != c.DueOn:
			bad.Add("due_on", "Hạn trả lời phải từ hôm nay ("+viet.DateOf(now).String()+") trở đi")
		}
		if err := bad.OrNil(); err != nil {
			return err
		}
		if err := database.Change(ctx, tx, `
			update proposal
			set receiver = @receiver, receiver_unit = @receiver_unit, due_on = @due_on, revision = revision + 1
			where id = @id and revision = @read`,
			database.Args{"id": c.ID, "read": a.Read, "receiver": receiver, "receiver_unit": id, "due_on": a.DueOn}); err != nil {
			return err
		}
		if err := c.record(ctx, tx, act, now, "assigned", &Facts{Receiver: c.Receiver, DueOn: c.DueOn}, &Facts{Receiver: receiver, DueOn: a.DueOn}); err != nil {
			return err
		}
		return c.tell(ctx, tx, act, now, c.Title()+": giao "+receiver+" giải quyết, hạn trả lời "+a.DueOn.String()+".")
	})
}

// receiverOf names who is meant; id is nil for those the portal does not know.
func receiverOf(ctx context.Context, db database.DB, today viet.Date, a Assignment, bad fault.Invalid) (name string, id *actor.UnitID, err error) {
	typed := viet.CleanLine(a.Other)
	switch {
	case a.Unit == "" && typed == "":
		bad.Add("receiver", "Chọn nơi giải quyết, hoặc ghi tên cơ quan khác ở ô dưới")
	case a.Unit != "" && typed != "":
		bad.Add("other", "Đã chọn một đơn vị trong danh sách. Xóa tên ở ô này, hoặc chọn lại “Cơ quan khác”")
	case utf8.RuneCountInString(typed) > maxLine:
		bad.Add("other", "Tên cơ quan dài quá 300 ký tự")
	case typed != "":
		return typed, nil, nil
	}
	if len(bad) > 0 {
		return "", nil, nil
	}
	u, err := unit.BySlug(ctx, db, a.Unit, today)
	if errors.Is(err, fault.NotFound) {
		bad.Add("receiver", "Chọn một mục trong danh sách")
		return "", nil, nil
	}
	return unit.Called(u.Name), &u.ID, err
}

// AnswerIt (ghi trả lời) enters the answer of the receiver, or mends it.
func AnswerIt(ctx context.Context, db database.DB, act actor.Actor, now time.Time, once post.Once, ref Ref, r Reply) error {
	return change(ctx, db, act, now, once, ref, Answer, r.Read, func(tx pgx.Tx, c Case) error {
		answer, paper := viet.Clean(r.Answer), viet.CleanLine(r.Paper)
		bad := fault.Invalid{}
		switch n := utf8.RuneCountInString(answer); {
		case n == 0:
			bad.Add("answer", "Ghi nội dung trả lời")
		case n < minAnswer:
			bad.Add("answer", "Nội dung trả lời cần ít nhất 10 ký tự")
		case n > maxAnswer:
			bad.Add("answer", "Nội dung trả lời dài quá 5.000 ký tự")
		}
		if utf8.RuneCountInString(paper) > maxLine {
			bad.Add("paper", "Số, ký hiệu văn bản dài quá 300 ký tự")
		}
		switch {
		case r.On.IsZero():
			bad.Add("answered_on", "Chọn ngày trả lời")
		case r.On.After(viet.DateOf(now)):
			bad.Add("answered_on", "Ngày trả lời không thể sau hôm nay ("+viet.DateOf(now).String()+")")
		}
		if err := bad.OrNil(); err != nil {
			return err
		}
		if err := database.Change(ctx, tx, `
			update proposal
			set answer = @answer, paper = @paper, answered_on = @on,
			    written_at = @now, written_by = @by, written_name = @name, revision = revision + 1
			where id = @id and revision = @read`,
			database.Args{"id": c.ID, "read": r.Read, "answer": answer, "paper": paper, "on": r.On,
				"now": now, "by": act.Person, "name": act.Name}); err != nil {
			return err
		}
		after := &Facts{Receiver: c.Receiver, Answer: answer, Paper: paper, AnsweredOn: r.On}
		if err := c.record(ctx, tx, act, now, "answered", &Facts{Answer: c.Answer, Paper: c.Paper, AnsweredOn: c.AnsweredOn}, after); err != nil {
			return err
		}
		return c.tell(ctx, tx, act, now, c.Receiver+" trả lời "+viet.LowerFirst(c.Title())+".")
	})
}

// ReopenIt (mở lại) takes an answer back, so that the proposal waits for one again;
// what was answered stays in the history.
func ReopenIt(ctx context.Context, db database.DB, act actor.Actor, now time.Time, once post.Once, ref Ref, read int, reason string) error {
	return change(ctx, db, act, now, once, ref, Reopen, read, func(tx pgx.Tx, c Case) error {
		reason, problem := submission.Reason(reason)
		if problem != "" {
			return fault.Invalid{"reason": problem}
		}
		if err := database.Change(ctx, tx, `
			update proposal
			set answer = '', paper = '', answered_on = null,
			    written_at = null, written_by = null, written_name = '', revision = revision + 1
			where id = @id and revision = @read`,
			database.Args{"id": c.ID, "read": read}); err != nil {
			return err
		}
		before := &Facts{Receiver: c.Receiver, Answer: c.Answer, Paper: c.Paper, AnsweredOn: c.AnsweredOn}
		if err := c.record(ctx, tx, act, now, "reopened", before, &Facts{Reason: reason}); err != nil {
			return err
		}
		return c.tell(ctx, tx, act, now, c.Keeps+" mở lại "+viet.LowerFirst(c.Title())+": "+reason)
	})
}

func (c Case) record(ctx context.Context, tx pgx.Tx, act actor.Actor, now time.Time, action string, before, after *Facts) error {
	return audit.Record(ctx, tx, act, now, audit.Entry{Subject: c.subject(), Action: action, Authority: c.authority(act), Before: before, After: after})
}

// tell leaves body for the unit that made the proposal.
func (c Case) tell(ctx context.Context, tx pgx.Tx, act actor.Actor, now time.Time, body string) error {
	return notify.Tell(ctx, tx, act, now, c.UnitID, []actor.Role{actor.Staff, actor.UnitLeader}, c.address(), body)
}
