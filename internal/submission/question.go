package submission

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"

	"danvan/internal/actor"
	"danvan/internal/audit"
	"danvan/internal/database"
	"danvan/internal/fault"
	"danvan/internal/viet"
)

// Question is what who receives a sending wants explained (yêu cầu giải trình)
// while it stays where it is. It is open until they close it, or decide.
type Question struct {
	ID           int64
	VersionNo    int
	Body         string
	ByName       string
	At           time.Time
	DueOn        viet.Date // the last day for the answer; missing it locks nothing
	Answer       string    // "" = not yet
	AnswerRev    int
	AnsweredName string
	AnsweredAt   *time.Time
	ClosedName   string
	ClosedAt     *time.Time
}

// Open reports whether it still wants something of somebody.
func (q Question) Open() bool { return q.ClosedAt == nil }

// Waits reports whether the unit has still to answer.
func (q Question) Waits() bool { return q.Open() && q.Answer == "" }

// Overdue reports whether the unit has let the last day pass.
func (q Question) Overdue(now time.Time) bool { return q.Waits() && viet.DateOf(now).After(q.DueOn) }

// questionOf selects the JSON of one question q about version qv.
const questionOf = `json_build_object(
	'ID', q.id, 'VersionNo', qv.no, 'Body', q.reason, 'ByName', q.by_name, 'At', q.at, 'DueOn', q.due_on,
	'Answer', q.answer, 'AnswerRev', q.answer_rev, 'AnsweredName', q.answered_name, 'AnsweredAt', q.answered_at,
	'ClosedName', q.closed_name, 'ClosedAt', q.closed_at)`

// Questions returns what was ever asked about a submission, oldest first.
// Whoever calls has asked [See] for Remarks.
func Questions(ctx context.Context, db database.DB, id ID) ([]Question, error) {
	return database.Values[Question](ctx, db, `
		select `+questionOf+`
		from request q
		join version qv on qv.id = q.version_id
		where q.submission_id = @id and q.kind = 'explain'
		order by q.id`,
		database.Args{"id": id})
}

// mostOpen is how many questions may wait at once: more are a return.
const mostOpen = 10

// AskToExplain (yêu cầu giải trình) asks the unit about version no, which was
// read, until a day. The state stays what it is.
func AskToExplain(ctx context.Context, tx pgx.Tx, act actor.Actor, now time.Time, c *Case, no int, body string, due viet.Date) error {
	if err := Decide(act, AskExplanation, *c, now).Err(); err != nil {
		return err
	}
	if no != c.Last.No {
		return fault.Conflict
	}
	bad := fault.Invalid{}
	body, problem := Reason(body)
	if problem != "" {
		bad.Add("question", questionProblem(problem))
	}
	today := viet.DateOf(now)
	switch {
	case due.IsZero():
		bad.Add("due", "Ghi hạn trả lời")
	case due.Before(today):
		bad.Add("due", "Hạn trả lời không thể trước hôm nay, "+today.String())
	case due.After(today.AddDays(60)):
		bad.Add("due", "Hạn trả lời trong vòng 60 ngày, muộn nhất "+today.AddDays(60).String())
	}
	if err := bad.OrNil(); err != nil {
		return err
	}
	id, err := database.Value[int64](ctx, tx, `
		insert into request (submission_id, kind, version_id, reason, due_on, by_person, by_name, at)
		values (@id, 'explain', @version, @body, @due, @by, @name, @now)
		returning id`,
		database.Args{"id": c.ID, "version": c.Last.ID, "body": body, "due": due, "by": act.Person, "name": act.Name, "now": now})
	if err != nil {
		return err
	}
	// Whoever asks has read: a recall would take away what was asked about.
	if err := c.noteRead(ctx, tx, act, now, true); err != nil {
		return err
	}
	c.Questions = append(c.Questions, Question{ID: id, VersionNo: no, Body: body, ByName: act.Name, At: now, DueOn: due, AnswerRev: 1})
	if err := c.Record(ctx, tx, act, now, audit.Entry{Action: "question_asked", VersionID: c.Last.ID,
		After: map[string]any{"question": id, "version": no, "reason": body, "due": due}}); err != nil {
		return err
	}
	return c.tell(ctx, tx, act, now, c.Unit, unitAll,
		fmt.Sprintf("%s yêu cầu giải trình %s, lần gửi %d, trước hết ngày %s: %s", c.Receives, c.What(), no, due, body))
}

// questionProblem says of a question what [Reason] says of a reason.
func questionProblem(problem string) string {
	switch problem {
	case "Nêu lý do":
		return "Ghi nội dung cần giải trình"
	case "Lý do cần ít nhất 10 ký tự":
		return "Nội dung cần giải trình ít nhất 10 ký tự"
	}
	return "Nội dung cần giải trình dài quá 2.000 ký tự"
}

// ExplainIt (giải trình) stores the unit's answer, also after the day it was asked
// for, and as often as it wants until the question is closed. read is the
// revision of the answer on the form: somebody else's newer one is a *[Conflict].
func ExplainIt(ctx context.Context, tx pgx.Tx, act actor.Actor, now time.Time, c *Case, id int64, read int, answer string) error {
	if err := Decide(act, GiveExplanation, *c, now).Err(); err != nil {
		return err
	}
	answer, problem := tidyWords(answer, "Ghi nội dung giải trình")
	if problem != "" {
		return fault.Invalid{"answer": problem}
	}
	was := c.question(id)
	if was == nil {
		return fault.NotFound
	}
	if was.Answer == answer {
		return nil
	}
	if was.AnswerRev != read {
		return was.conflict(answer)
	}
	if err := database.Change(ctx, tx, `
		update request
		set answer = @answer, answer_rev = answer_rev + 1, answered_by = @by, answered_name = @name, answered_at = @now
		where id = @question and submission_id = @id and outcome = 'open'`,
		database.Args{"question": id, "id": c.ID, "answer": answer, "by": act.Person, "name": act.Name, "now": now}); err != nil {
		return err
	}
	// Who speaks for the sending does not decide on it.
	if _, err := database.Exec(ctx, tx, `
		insert into version_author (version_id, person_id)
		values (@version, @by)
		on conflict do nothing`,
		database.Args{"version": c.Last.ID, "by": act.Person}); err != nil {
		return err
	}
	if err := c.Record(ctx, tx, act, now, audit.Entry{Action: "question_answered", VersionID: c.Last.ID,
		Before: map[string]any{"question": id, "answer": was.Answer},
		After:  map[string]any{"question": id, "version": c.Last.No, "reason": answer, "late": was.DueOn.Before(viet.DateOf(now))}}); err != nil {
		return err
	}
	return c.tell(ctx, tx, act, now, c.Receiver, deciders, fmt.Sprintf("%s giải trình %s, lần gửi %d: %s", c.UnitShort, c.What(), c.Last.No, answer))
}

// SettleQuestion (kết luận giải trình) ends a question: clear after its answer, or
// no longer asked.
func SettleQuestion(ctx context.Context, tx pgx.Tx, act actor.Actor, now time.Time, c *Case, id int64) error {
	if err := Decide(act, SettleExplanation, *c, now).Err(); err != nil {
		return err
	}
	found := c.question(id)
	if found == nil {
		return fault.NotFound
	}
	q := *found
	if err := c.closeQuestions(ctx, tx, act, now, id); err != nil {
		return err
	}
	verb, said := "question_closed", "đã rõ nội dung giải trình về"
	if q.Answer == "" {
		verb, said = "question_dropped", "không yêu cầu giải trình nữa về"
	}
	if err := c.Record(ctx, tx, act, now, audit.Entry{Action: verb, VersionID: c.Last.ID,
		After: map[string]any{"question": id, "version": c.Last.No, "reason": q.Body}}); err != nil {
		return err
	}
	return c.tell(ctx, tx, act, now, c.Unit, unitAll, fmt.Sprintf("%s %s %s, lần gửi %d: %s", c.Receives, said, c.What(), c.Last.No, q.Body))
}

// closeQuestions ends one open question, or with 0 all of them, by name: a
// decision leaves nothing to explain.
func (c *Case) closeQuestions(ctx context.Context, tx pgx.Tx, act actor.Actor, now time.Time, id int64) error {
	c.Questions = slices.DeleteFunc(slices.Clone(c.Questions), func(q Question) bool { return id == 0 || q.ID == id })
	_, err := database.Exec(ctx, tx, `
		update request
		set outcome = case when answer = '' then 'dropped' else 'granted' end,
		    closed_by = @by, closed_name = @name, closed_at = @now
		where submission_id = @id and kind = 'explain' and outcome = 'open' and @question::bigint in (0, id)`,
		database.Args{"id": c.ID, "question": id, "by": act.Person, "name": act.Name, "now": now})
	return err
}

// question is an open question of the case, nil for none.
func (c *Case) question(id int64) *Question {
	for i, q := range c.Questions {
		if q.ID == id {
			return &c.Questions[i]
		}
	}
	return nil
}

// conflict is somebody else's newer answer.
func (q Question) conflict(mine string) error {
	x := &Conflict{Revision: q.AnswerRev, Mine: Content{"answer": mine}, Theirs: Content{"answer": q.Answer},
		Base: Content{}, Fields: []string{"answer"}, TheirName: q.AnsweredName}
	if q.AnsweredAt != nil {
		x.TheirAt = *q.AnsweredAt
	}
	return x
}
