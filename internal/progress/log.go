package progress

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"time"

	"github.com/jackc/pgx/v5"

	"danvan/internal/actor"
	"danvan/internal/audit"
	"danvan/internal/database"
	"danvan/internal/evidence"
	"danvan/internal/fault"
	"danvan/internal/plan"
	"danvan/internal/post"
	"danvan/internal/submission"
	"danvan/internal/viet"
)

// Service writes the log.
type Service struct {
	db    database.DB
	files *evidence.Store
}

// NewService returns the service on db whose files lie in files.
func NewService(db database.DB, files *evidence.Store) *Service {
	return &Service{db: db, files: files}
}

// Draft is an entry as somebody filled it in.
type Draft struct {
	AsOf     viet.Date
	Percent  string // canonical number, "" = not given
	Value    string // cumulative since the baseline's day; canonical number, "" = not given
	Note     string
	Replaces EntryID         // the entry this one corrects, 0 = none
	Files    []evidence.File // put beforehand
	Keep     []evidence.SHA  // files of the corrected entry that go along
}

// Log adds an entry to the log of the activity with code in the plan ref. It
// opens with the unit's first sign-off and stays open whatever the state of the
// working copy. Mistakes are a [fault.Invalid] under as_of, percent, value, note,
// replaces and file; then nothing is stored.
func (s *Service) Log(ctx context.Context, act actor.Actor, now time.Time, once post.Once, ref submission.Ref, code string, d Draft) (EntryID, error) {
	result, err := submission.Change(ctx, s.db, act, now, once, ref, func(tx pgx.Tx, c *submission.Case) (string, error) {
		id, err := s.log(ctx, tx, act, now, c, code, d)
		return strconv.FormatInt(int64(id), 10), err
	})
	if err != nil {
		return 0, fmt.Errorf("log progress of %s/%d %s: %w", ref.Unit, ref.Year, code, err)
	}
	id, err := strconv.ParseInt(result, 10, 64)
	return EntryID(id), err
}

func (s *Service) log(ctx context.Context, tx pgx.Tx, act actor.Actor, now time.Time, c *submission.Case, code string, d Draft) (EntryID, error) {
	if err := submission.Decide(act, submission.LogProgress, *c, now).Err(); err != nil {
		return 0, err
	}
	a, err := termsOf(ctx, tx, c, code)
	if err != nil {
		return 0, err
	}
	if a.Stopped != "" {
		return 0, fault.Refusal{Reason: "Hoạt động này đã dừng thực hiện: " + a.Stopped}
	}
	entries, err := Entries(ctx, tx, a.ID)
	if err != nil {
		return 0, err
	}
	d.Note = viet.Clean(d.Note)
	if err := check(d, a, entries, viet.DateOf(now)); err != nil {
		return 0, err
	}
	files := slices.Concat(d.Files, kept(d, entries))
	if err := s.files.Register(ctx, tx, now, files...); err != nil {
		return 0, err
	}
	id, err := insert(ctx, tx, act, now, a.ID, d, files)
	if err != nil {
		return 0, err
	}
	return id, record(ctx, tx, act, now, c, code, id, d, files, entries)
}

func insert(ctx context.Context, tx pgx.Tx, act actor.Actor, now time.Time, activity plan.ActivityID, d Draft, files []evidence.File) (EntryID, error) {
	id, err := database.Value[EntryID](ctx, tx, `
		insert into progress (activity_id, as_of, percent, value, note, by_person, by_name, at, replaces)
		values (@activity, @as_of, nullif(@percent, '')::numeric, nullif(@value, '')::numeric, @note, @by, @name, @now,
		        nullif(@replaces::bigint, 0))
		returning id`,
		database.Args{"activity": activity, "as_of": d.AsOf, "percent": d.Percent, "value": d.Value, "note": d.Note,
			"by": act.Person, "name": act.Name, "now": now, "replaces": d.Replaces})
	if err != nil {
		return 0, err
	}
	for _, f := range files {
		// The same file chosen twice is one file; its first name stays.
		if _, err := database.Exec(ctx, tx, `
			insert into progress_file (progress_id, file_sha, name)
			values (@id, @sha, @name)
			on conflict do nothing`,
			database.Args{"id": id, "sha": f.SHA, "name": f.Name}); err != nil {
			return 0, err
		}
	}
	return id, nil
}

// record audits the entry beside what counted before it.
func record(ctx context.Context, tx pgx.Tx, act actor.Actor, now time.Time, c *submission.Case, code string, id EntryID, d Draft, files []evidence.File, log []Entry) error {
	e := audit.Entry{Subject: c.Subject(), Action: "progress_logged", Authority: string(actor.Staff)}
	if act.Is(c.Unit, actor.UnitLeader) {
		e.Authority = string(actor.UnitLeader)
	}
	if c.InForce != nil {
		e.VersionID = c.InForce.ID
	}
	was, found := byID(log, d.Replaces)
	if !found {
		was, found = current(log)
	}
	if found {
		e.Before = map[string]any{"activity": code, "entry": was.ID, "as_of": was.AsOf, "percent": was.Percent, "value": was.Value, "note": was.Note}
	}
	names := []string{}
	for _, f := range files {
		names = append(names, f.Name)
	}
	after := map[string]any{"activity": code, "entry": id, "as_of": d.AsOf, "percent": d.Percent, "value": d.Value, "note": d.Note, "files": names}
	if d.Replaces != 0 {
		after["replaces"] = d.Replaces
	}
	e.After = after
	return audit.Record(ctx, tx, act, now, e)
}

// current is the entry that says how the activity stands. log is in the order of
// [Entries].
func current(log []Entry) (Entry, bool) {
	i := slices.IndexFunc(log, Entry.Counts)
	if i < 0 {
		return Entry{}, false
	}
	return log[i], true
}

func byID(log []Entry, id EntryID) (Entry, bool) {
	i := slices.IndexFunc(log, func(e Entry) bool { return e.ID == id })
	if i < 0 {
		return Entry{}, false
	}
	return log[i], true
}

// kept returns the files of the corrected entry that go along.
func kept(d Draft, log []Entry) []evidence.File {
	was, _ := byID(log, d.Replaces) // none has no files
	return slices.DeleteFunc(slices.Clone(was.Files), func(f evidence.File) bool { return !slices.Contains(d.Keep, f.SHA) })
}

// terms is what the log must know of an activity.
type terms struct {
	ID      plan.ActivityID
	Sent    bool
	InForce bool
	Stopped string
	Goal    Goal
	Opens   viet.Date // first day of the campaign
}

// termsOf reads the activity as the plan in force has it, else as it was sent.
func termsOf(ctx context.Context, db database.DB, c *submission.Case, code string) (terms, error) {
	a, err := database.One[terms](ctx, db, `
		select a.id, a.sent, f.activity_id is not null as in_force, coalesce(f.stopped_reason, '') as stopped,
		       json_build_object('Target', coalesce(trim_scale(f.target)::text, ''),
		                         'Baseline', coalesce(trim_scale(f.baseline)::text, ''),
		                         'Unit', coalesce(f.uom, ''),
		                         'Evidence', coalesce(f.evidence_required, false)) as goal,
		       lower(c.active) as opens
		from activity a
		join submission s on s.id = a.submission_id
		join period p on p.id = s.period_id
		join campaign c on c.id = p.campaign_id
		left join activity_fact f on f.activity_id = a.id
		where a.submission_id = @id and a.code = @code`,
		database.Args{"id": c.ID, "code": code})
	if err != nil || a.InForce {
		return a, err
	}
	notSent := fault.Refusal{
		Reason: "Hoạt động này chưa có trong lần gửi nào nên chưa ghi được tiến độ.",
		Until:  "Đến khi lãnh đạo đơn vị duyệt, gửi kế hoạch có hoạt động này",
	}
	if !a.Sent {
		return a, notSent
	}
	v, err := submission.VersionByNo(ctx, db, c.ID, c.Last.No)
	if err != nil {
		return a, err
	}
	content := v.Frozen.Part(plan.ActivityKey(a.ID))
	if content == nil {
		return a, notSent
	}
	a.Stopped = content["stopped"]
	a.Goal = Goal{Target: content["target"], Baseline: content["baseline"], Unit: content["uom"], Evidence: content["evidence"] != ""}
	return a, nil
}
