package submission

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"

	"danvan/internal/actor"
	"danvan/internal/audit"
	"danvan/internal/database"
	"danvan/internal/fault"
	"danvan/internal/viet"
)

// Note is one remark (góp ý) on a version, anchored to a field, a part or the whole.
type Note struct {
	ID           int64
	VersionID    int64
	VersionNo    int
	PartKey      string // "" = the whole
	Field        string // "" = the part
	OldText      string // the field as it was when the remark was made
	ByPerson     actor.PersonID
	ByName       string
	Body         string
	MadeAt       time.Time
	SentAt       *time.Time // nil: a draft among those who may decide
	Answer       string
	AnswerRev    int
	AnsweredName string
	AnsweredAt   *time.Time
	ResolvedName string
	ResolvedAt   *time.Time
}

// At is when the remark was sent; while nobody but those who may decide reads it,
// when it was made.
func (n Note) At() time.Time {
	if n.SentAt != nil {
		return *n.SentAt
	}
	return n.MadeAt
}

// Open reports whether the remark still wants something.
func (n Note) Open() bool { return n.ResolvedAt == nil }

// Unanswered is the condition on a remark m that the unit still owes it an answer:
// one given before the last return, which kept the remark open, was not enough.
const Unanswered = `m.sent_at is not null and m.resolved_at is null and (m.answer = '' or m.answered_at < (
	select max(o.decided_at) from version_outcome o where o.submission_id = m.submission_id and o.outcome = 'returned'))`

// Awaits is [Unanswered] of a remark at hand.
func (c Case) Awaits(n Note) bool {
	return n.SentAt != nil && n.Open() && (n.AnsweredAt == nil || c.returnedAfter(*n.AnsweredAt))
}

func (c Case) returnedAfter(t time.Time) bool {
	d := c.LastDecided
	return d != nil && d.Outcome == WasReturned && d.DecidedAt != nil && t.Before(*d.DecidedAt)
}

// Notes returns the remarks of a submission, oldest first: drafts too only for
// those who may decide.
func Notes(ctx context.Context, db database.DB, c Case, drafts bool) ([]Note, error) {
	return database.All[Note](ctx, db, `
		select m.id, m.version_id, v.no as version_no, m.part_key, m.field, m.old_text, m.by_person, m.by_name, m.body,
		       m.made_at, m.sent_at, m.answer, m.answer_rev, m.answered_name, m.answered_at, m.resolved_name, m.resolved_at
		from remark m
		join version v on v.id = m.version_id
		where m.submission_id = @id and (m.sent_at is not null or @drafts)
		order by m.id`,
		database.Args{"id": c.ID, "drafts": drafts})
}

// maxRemark is the longest remark or answer, in characters.
const maxRemark = 4000

func tidyWords(body, empty string) (clean, problem string) {
	clean = viet.Clean(body)
	switch n := len([]rune(clean)); {
	case n == 0:
		return clean, empty
	case n > maxRemark:
		return clean, "Viết không quá 4.000 ký tự"
	}
	return clean, ""
}

// AddRemark drafts a remark on version no. The anchor must exist in the version.
func AddRemark(ctx context.Context, tx pgx.Tx, act actor.Actor, now time.Time, c *Case, no int, partKey, field, body string) error {
	if err := Decide(act, Remark, *c, now).Err(); err != nil {
		return err
	}
	if no != c.Last.No {
		return fault.Conflict
	}
	body, problem := tidyWords(body, "Ghi nội dung góp ý")
	if problem != "" {
		return fault.Invalid{"body": problem}
	}
	v, err := VersionByNo(ctx, tx, c.ID, no)
	if err != nil {
		return err
	}
	content := v.Frozen.Part(partKey)
	if content == nil && (partKey != "" || field != "") {
		return fault.Invalid{"body": "Mục này không có trong lần gửi"}
	}
	if err := database.Change(ctx, tx, `
		insert into remark (submission_id, version_id, part_key, field, old_text, by_person, by_name, body, made_at)
		values (@id, @version, @part, @field, @old, @by, @name, @body, @now)`,
		database.Args{"id": c.ID, "version": c.Last.ID, "part": partKey, "field": field, "old": content[field],
			"by": act.Person, "name": act.Name, "body": body, "now": now}); err != nil {
		return err
	}
	c.Remarks++
	// Whoever remarks has read: a recall would leave the remark behind unseen.
	if err := c.noteRead(ctx, tx, act, now, true); err != nil {
		return err
	}
	return c.Record(ctx, tx, act, now, audit.Entry{Action: "remarked", VersionID: c.Last.ID,
		After: map[string]any{"part": partKey, "field": field, "body": body}})
}

// DropRemark removes one's own draft.
func DropRemark(ctx context.Context, tx pgx.Tx, act actor.Actor, now time.Time, c *Case, id int64) error {
	if err := Decide(act, Remark, *c, now).Err(); err != nil {
		return err
	}
	body, err := database.Value[string](ctx, tx, `
		delete from remark
		where id = @remark and submission_id = @id and by_person = @by and sent_at is null
		returning body`,
		database.Args{"remark": id, "id": c.ID, "by": act.Person})
	if err != nil {
		return err
	}
	return c.Record(ctx, tx, act, now, audit.Entry{Action: "remark_dropped", Before: map[string]any{"body": body}})
}

// AnswerRemark stores the unit's answer; read is the answer's revision that was
// on the form. Somebody else's newer answer is a *[Conflict], never overwritten.
func AnswerRemark(ctx context.Context, tx pgx.Tx, act actor.Actor, now time.Time, c *Case, id int64, read int, answer string) error {
	if err := Decide(act, Answer, *c, now).Err(); err != nil {
		return err
	}
	answer, problem := tidyWords(answer, "Ghi nội dung trả lời")
	if problem != "" {
		return fault.Invalid{"answer": problem}
	}
	type row struct {
		Answer       string
		AnswerRev    int
		AnsweredName string
		AnsweredAt   *time.Time
	}
	was, err := database.One[row](ctx, tx, `
		select answer, answer_rev, answered_name, answered_at
		from remark
		where id = @remark and submission_id = @id and sent_at is not null and resolved_at is null`,
		database.Args{"remark": id, "id": c.ID})
	if err != nil {
		return err
	}
	if was.Answer == answer && !c.returnedAfter(*was.AnsweredAt) { // it is never empty
		return nil
	}
	if was.AnswerRev != read {
		x := &Conflict{Revision: was.AnswerRev, Mine: Content{"answer": answer}, Theirs: Content{"answer": was.Answer},
			Base: Content{}, Fields: []string{"answer"}, TheirName: was.AnsweredName}
		if was.AnsweredAt != nil {
			x.TheirAt = *was.AnsweredAt
		}
		return x
	}
	if err := database.Change(ctx, tx, `
		update remark
		set answer = @answer, answer_rev = answer_rev + 1, answered_by = @by, answered_name = @name, answered_at = @now
		where id = @remark`,
		database.Args{"remark": id, "answer": answer, "by": act.Person, "name": act.Name, "now": now}); err != nil {
		return err
	}
	if err := c.Touch(ctx, tx, act); err != nil {
		return err
	}
	return c.Record(ctx, tx, act, now, audit.Entry{Action: "answered",
		Before: map[string]any{"remark": id, "answer": was.Answer}, After: map[string]any{"remark": id, "answer": answer}})
}

// ResolveRemark settles a remark that was sent (đạt), or opens it again (chưa
// đạt). A draft is nothing to settle yet: a refusal among those who see drafts.
func ResolveRemark(ctx context.Context, tx pgx.Tx, act actor.Actor, now time.Time, c *Case, id int64, resolved bool) error {
	sent, err := database.Value[bool](ctx, tx, `
		select sent_at is not null
		from remark
		where id = @remark and submission_id = @id`,
		database.Args{"remark": id, "id": c.ID})
	if err != nil {
		return err
	}
	if !See(act, *c).Remarks || !sent && !act.Is(c.Receiver, actor.Reviewer, actor.Consolidator) {
		return fault.NotFound
	}
	if err := Decide(act, Remark, *c, now).Err(); err != nil {
		return err
	}
	if !sent {
		return fault.Refusal{Reason: "Góp ý này còn là bản nháp, đơn vị chưa đọc nên chưa có gì để kết luận.",
			Remedy: "Góp ý nháp được gửi đơn vị khi bạn trả lại hoặc tiếp nhận; nếu không cần nữa thì bỏ góp ý nháp."}
	}
	if err := database.Change(ctx, tx, `
		update remark
		set resolved_by = case when @resolved then @by::bigint end,
		    resolved_name = case when @resolved then @name else '' end,
		    resolved_at = case when @resolved then @now::timestamptz end
		where id = @remark and submission_id = @id and sent_at is not null`,
		database.Args{"remark": id, "id": c.ID, "resolved": resolved, "by": act.Person, "name": act.Name, "now": now}); err != nil {
		return err
	}
	return c.Record(ctx, tx, act, now, audit.Entry{Action: "resolved", After: map[string]any{"remark": id, "resolved": resolved}})
}
