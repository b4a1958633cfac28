package direction

import (
	"context"
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
	"danvan/internal/unit"
	"danvan/internal/viet"
)

// change carries out an action on the locked direction, once for each form.
func change(ctx context.Context, db database.DB, act actor.Actor, now time.Time, once post.Once, year, no int, action Action, read int, fn func(tx pgx.Tx, c Case) error) error {
	_, err := once.Do(ctx, db, act, func(tx pgx.Tx) (string, error) {
		c, err := lock(ctx, tx, now, year, no)
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
			return "", fault.Invalid{"": "Ý kiến này vừa thay đổi sau khi bạn mở trang. Đọc lại phần “Đang có” rồi gửi lần nữa; nội dung bạn gõ còn nguyên bên dưới"}
		}
		return strconv.Itoa(c.Revision + 1), fn(tx, c)
	})
	return wrap(err, string(action), year, no)
}

// AnswerIt (trả lời) enters the unit's answer, or words it anew. Who gave the
// direction is told.
func AnswerIt(ctx context.Context, db database.DB, act actor.Actor, now time.Time, once post.Once, year, no, read int, answer string) error {
	return change(ctx, db, act, now, once, year, no, Answer, read, func(tx pgx.Tx, c Case) error {
		answer := viet.Clean(answer)
		bad := fault.Invalid{}
		checkText("answer", "Nội dung trả lời", answer, bad)
		if err := bad.OrNil(); err != nil {
			return err
		}
		if err := database.Change(ctx, tx, `
			update direction
			set answer = @answer, answered_by = @by, answered_name = @name, answered_at = @now, revision = revision + 1
			where id = @id and revision = @read`,
			database.Args{"id": c.ID, "read": read, "answer": answer, "by": act.Person, "name": act.Name, "now": now}); err != nil {
			return err
		}
		if err := c.record(ctx, tx, act, now, Answer, "answered", Facts{Answer: c.Answer}, Facts{Answer: answer}); err != nil {
			return err
		}
		said := unit.Called(c.UnitName) + " trả lời " + viet.LowerFirst(c.Title()) + "."
		if err := notify.Tell(ctx, tx, act, now, c.FromUnit, []actor.Role{actor.Leadership}, c.address(), said); err != nil || c.Keeper == c.UnitID {
			return err
		}
		return notify.Tell(ctx, tx, act, now, c.Keeper, keeperRoles, c.address(), said)
	})
}

// CloseIt (kết thúc) ends a direction, with a word on how it ended; without an
// answer that word is needed. The unit is told.
func CloseIt(ctx context.Context, db database.DB, act actor.Actor, now time.Time, once post.Once, year, no, read int, closing string) error {
	return change(ctx, db, act, now, once, year, no, Close, read, func(tx pgx.Tx, c Case) error {
		closing := viet.Clean(closing)
		bad := fault.Invalid{}
		switch {
		case c.Answer == "":
			checkText("closing", "Kết luận", closing, bad)
		case utf8.RuneCountInString(closing) > maxBody:
			bad.Add("closing", "Kết luận dài quá 5.000 ký tự")
		}
		if err := bad.OrNil(); err != nil {
			return err
		}
		if err := database.Change(ctx, tx, `
			update direction
			set closing = @closing, closed_by = @by, closed_name = @name, closed_at = @now, revision = revision + 1
			where id = @id and revision = @read`,
			database.Args{"id": c.ID, "read": read, "closing": closing, "by": act.Person, "name": act.Name, "now": now}); err != nil {
			return err
		}
		if err := c.record(ctx, tx, act, now, Close, "closed", Facts{}, Facts{Closing: closing}); err != nil {
			return err
		}
		said := c.Title() + " về " + c.About() + " đã kết thúc."
		if closing != "" {
			said += " " + closing
		}
		return notify.Tell(ctx, tx, act, now, c.UnitID, unitRoles, c.address(), said)
	})
}

func (c Case) record(ctx context.Context, tx pgx.Tx, act actor.Actor, now time.Time, as Action, action string, before, after Facts) error {
	return audit.Record(ctx, tx, act, now, audit.Entry{Subject: c.subject(), Action: action, Authority: c.authority(act, as), Before: before, After: after})
}
