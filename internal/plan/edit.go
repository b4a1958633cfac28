package plan

import (
	"context"
	"fmt"
	"strconv"
	"time"

	"github.com/jackc/pgx/v5"

	"danvan/internal/actor"
	"danvan/internal/database"
	"danvan/internal/fault"
	"danvan/internal/post"
	"danvan/internal/submission"
	"danvan/internal/viet"
)

// Edit is one form's worth of changes.
type Edit struct {
	Read     int                // revision of the part the form was filled from
	Seen     string             // its [submission.Digest]; "" = the form does not say
	Values   submission.Content // canonical text of every readable field on the form
	Autosave bool
	Forgone  submission.Content // typed before and given up on a conflict page
	// In charge, when the form asks for it; nil leaves people as they are.
	Owner, Deputy *Charge
}

// typed is the changes to the part itself.
func (e Edit) typed() submission.Typed {
	return submission.Typed{Read: e.Read, Seen: e.Seen, Values: e.Values, Autosave: e.Autosave, Forgone: e.Forgone}
}

// Result says what was stored and what was not. Its code is that of the activity.
type Result struct {
	submission.Result
	Taken Taken
}

// AddActivity makes a new activity under a task; it takes the next number of
// the task, which is never given again.
func (s *Service) AddActivity(ctx context.Context, act actor.Actor, now time.Time, once post.Once, ref submission.Ref, taskNo int, e Edit) (Result, error) {
	var r Result
	code, err := submission.Change(ctx, s.db, act, now, once, ref, func(tx pgx.Tx, c *submission.Case) (string, error) {
		if err := submission.Decide(act, submission.Edit, *c, now).Err(); err != nil {
			return "", err
		}
		return add(ctx, tx, act, now, c, taskNo, e, &r)
	})
	r.Code = code
	return r, wrap(err, "add activity to", ref)
}

// add makes an activity of what is valid of e. It exists from then on, faults or
// not: a repeat must not make another.
func add(ctx context.Context, tx pgx.Tx, act actor.Actor, now time.Time, c *submission.Case, taskNo int, e Edit, r *Result) (code string, err error) {
	good, bad, err := splitActivity(ctx, tx, c, e.Values)
	if err != nil {
		return "", err
	}
	id, code, err := newActivity(ctx, tx, c, taskNo)
	if err != nil {
		return "", err
	}
	r.Code, r.Faults = code, bad
	good["task"], good["code"] = strconv.Itoa(taskNo), code
	last, err := database.Value[int](ctx, tx, `
		select coalesce(max((content->>'position')::int), 0)
		from part
		where copy_id = @id and starts_with(key, 'activity/') and content->>'task' = @task`,
		database.Args{"id": c.ID, "task": strconv.Itoa(taskNo)})
	if err != nil {
		return "", err
	}
	good["position"] = strconv.Itoa(last + 1)
	if r.Saved, err = submission.SavePart(ctx, tx, act, now, c, submission.Save{Key: ActivityKey(id), Values: good, Autosave: e.Autosave}); err != nil {
		return "", err
	}
	return code, putInCharge(ctx, tx, act, now, c, id, code, e, r)
}

// SaveActivity stores the valid fields of an activity and says what is wrong
// with the rest.
func (s *Service) SaveActivity(ctx context.Context, act actor.Actor, now time.Time, once post.Once, ref submission.Ref, code string, e Edit) (Result, error) {
	r := Result{Result: submission.Result{Code: code}}
	_, err := submission.Change(ctx, s.db, act, now, once, ref, func(tx pgx.Tx, c *submission.Case) (string, error) {
		if err := submission.Decide(act, submission.Edit, *c, now).Err(); err != nil {
			return "", err
		}
		if err := change(ctx, tx, act, now, c, code, e, &r); err != nil {
			return "", err
		}
		return r.Done(), nil
	})
	return r, wrap(err, "save activity "+code+" of", ref)
}

// change stores what is valid of e in an activity.
func change(ctx context.Context, tx pgx.Tx, act actor.Actor, now time.Time, c *submission.Case, code string, e Edit, r *Result) error {
	id, err := activityByCode(ctx, tx, c.ID, code)
	if err != nil {
		return err
	}
	good, bad, err := splitActivity(ctx, tx, c, e.Values)
	if err != nil {
		return err
	}
	r.Faults = bad
	if e.Read == 0 {
		return fault.Conflict // the form did not say what it was filled from
	}
	forgone, _, err := splitActivity(ctx, tx, c, e.Forgone)
	if err != nil {
		return err
	}
	if r.Saved, err = submission.SavePart(ctx, tx, act, now, c, submission.Save{Key: ActivityKey(id), Read: e.Read, Seen: e.Seen, Values: good,
		Autosave: e.Autosave, Forgone: forgone}); err != nil {
		return err
	}
	return putInCharge(ctx, tx, act, now, c, id, code, e, r)
}

// putInCharge assigns whom the form names. A person who cannot be in charge is
// one more fault of the form, not a reason to lose the rest.
func putInCharge(ctx context.Context, tx pgx.Tx, act actor.Actor, now time.Time, c *submission.Case, id ActivityID, code string, e Edit, r *Result) error {
	if e.Owner == nil || e.Deputy == nil {
		return nil
	}
	taken, err := assign(ctx, tx, act, now, c, id, code, *e.Owner, *e.Deputy)
	if mistakes, ok := err.(fault.Invalid); ok {
		r.Taken = taken
		for name, sentence := range mistakes {
			r.Faults.Add(name, sentence)
		}
		return nil
	}
	return err
}

// splitActivity checks the fields of an activity against the campaign.
func splitActivity(ctx context.Context, tx pgx.Tx, c *submission.Case, values submission.Content) (submission.Content, fault.Invalid, error) {
	known, err := knownTo(ctx, tx, c.Campaign, lines(values["partners"]))
	if err != nil {
		return nil, nil, err
	}
	kind, _ := Schema.Of("activity") // the schema is fixed
	good, bad := kind.Split(values, known)
	delete(good, "stopped") // StopActivity alone does that
	return good, bad, nil
}

// knownTo loads what the fields of activities are checked against: when they may
// lie, and which of the units named there are.
func knownTo(ctx context.Context, db database.DB, campaign int64, slugs []string) (submission.Known, error) {
	inside, err := activeRange(ctx, db, campaign)
	known := submission.Known{Inside: inside, Units: map[string]bool{}}
	if err != nil || len(slugs) == 0 {
		return known, err
	}
	found, err := database.Values[string](ctx, db, `select slug from unit where slug = any(@slugs::text[])`, database.Args{"slugs": slugs})
	for _, slug := range found {
		known.Units[slug] = true
	}
	return known, err
}

// activeRange returns the first and last day on which activities may lie.
func activeRange(ctx context.Context, db database.DB, campaign int64) ([2]viet.Date, error) {
	type row struct{ First, Last viet.Date }
	r, err := database.One[row](ctx, db, `
		select lower(active) as first, upper(active) - 1 as last from campaign where id = @id`,
		database.Args{"id": campaign})
	return [2]viet.Date{r.First, r.Last}, err
}

// newActivity takes the next number of a task.
func newActivity(ctx context.Context, tx pgx.Tx, c *submission.Case, taskNo int) (ActivityID, string, error) {
	known, err := hasTask(ctx, tx, c, taskNo)
	if err != nil {
		return 0, "", err
	}
	if !known {
		return 0, "", fault.Invalid{"task": "Chọn nhiệm vụ trong danh sách"}
	}
	type row struct {
		ID   ActivityID
		Code string
	}
	r, err := database.One[row](ctx, tx, `
		with n as (
			insert into activity_counter (submission_id, task_no, last_seq)
			values (@id, @no, 1)
			on conflict (submission_id, task_no) do update set last_seq = activity_counter.last_seq + 1
			returning last_seq
		)
		insert into activity (submission_id, task_no, seq)
		select @id, @no, last_seq from n
		returning id, code`,
		database.Args{"id": c.ID, "no": taskNo})
	return r.ID, r.Code, err
}

// hasTask reports whether the directive has a task of that number.
func hasTask(ctx context.Context, tx pgx.Tx, c *submission.Case, no int) (bool, error) {
	return database.Value[bool](ctx, tx, `
		select exists (select from task where campaign_id = @campaign and no = @no)`,
		database.Args{"campaign": c.Campaign, "no": no})
}

// SaveScope says that a task is out of scope or that nothing arises in it. The
// common part has no scope: it may be empty without a word.
func (s *Service) SaveScope(ctx context.Context, act actor.Actor, now time.Time, once post.Once, ref submission.Ref, taskNo int, e Edit) (Result, error) {
	r, err := s.SavePart(ctx, act, now, once, ref, TaskKey(taskNo), func(tx pgx.Tx, c *submission.Case) error {
		if err := submission.Decide(act, submission.Edit, *c, now).Err(); err != nil {
			return err
		}
		known, err := hasTask(ctx, tx, c, taskNo)
		if err == nil && (!known || taskNo == 0) {
			err = fault.NotFound
		}
		return err
	}, e.typed())
	return Result{Result: r}, err
}

// SaveReference stores the document reference, also while the leader reads.
func (s *Service) SaveReference(ctx context.Context, act actor.Actor, now time.Time, once post.Once, ref submission.Ref, e Edit) (Result, error) {
	r, err := s.Desk.SaveReference(ctx, act, now, once, ref, e.typed())
	return Result{Result: r}, err
}

func wrap(err error, doing string, ref submission.Ref) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("%s plan %s/%d: %w", doing, ref.Unit, ref.Year, err)
}
