package proposal

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"danvan/internal/actor"
	"danvan/internal/audit"
	"danvan/internal/database"
	"danvan/internal/submission"
	"danvan/internal/viet"
)

// prefix names the parts of a report that are proposals.
const prefix = "proposal/"

// stated is a proposal as a version words it.
type stated struct {
	No    int
	Body  string
	Asked string
}

// statedIn returns the proposals of a frozen version by number.
func statedIn(f submission.Frozen) []stated {
	var all []stated
	for _, p := range f.Parts {
		rest, ok := strings.CutPrefix(p.Key, prefix)
		no, err := strconv.Atoi(rest)
		body := viet.Clean(p.Content["body"])
		if ok && err == nil && body != "" {
			all = append(all, stated{no, body, viet.CleanLine(p.Content["receiver"])})
		}
	}
	slices.SortFunc(all, func(a, b stated) int { return cmp.Compare(a.No, b.No) })
	return all
}

// entry is what following a version needs to know of a row.
type entry struct {
	ID    int64
	No    int
	Body  string
	Asked string
	Left  bool
}

// Follow brings the ledger to version v of c, which has just come into force:
// what is new enters, what is worded anew follows, what is gone leaves, and what
// had left comes back. Receiver, due date and answer stay with the number. It
// belongs to the transaction that accepts.
func Follow(ctx context.Context, tx pgx.Tx, act actor.Actor, now time.Time, c *submission.Case, v submission.Version) error {
	entries, err := entriesOf(ctx, tx, c.ID)
	if err != nil {
		return err
	}
	kept := map[int]bool{}
	for _, s := range statedIn(v.Frozen) {
		kept[s.No] = true
		i := slices.IndexFunc(entries, func(e entry) bool { return e.No == s.No })
		if i < 0 {
			err = enter(ctx, tx, act, now, c, v, s)
		} else {
			err = entries[i].follow(ctx, tx, act, now, c, v, s)
		}
		if err != nil {
			return err
		}
	}
	for _, e := range entries {
		if kept[e.No] || e.Left {
			continue
		}
		if err := e.leave(ctx, tx, act, now, c, LeftDropped, Facts{Version: v.No}); err != nil {
			return err
		}
	}
	return nil
}

// Drop takes everything c stated out of the ledger: its version in force has just
// been withdrawn for a reason. It belongs to the transaction that withdraws.
func Drop(ctx context.Context, tx pgx.Tx, act actor.Actor, now time.Time, c *submission.Case, reason string) error {
	entries, err := entriesOf(ctx, tx, c.ID)
	if err != nil {
		return err
	}
	for _, e := range entries {
		if e.Left {
			continue
		}
		if err := e.leave(ctx, tx, act, now, c, LeftWithdrawn, Facts{Reason: reason}); err != nil {
			return err
		}
	}
	return nil
}

// entriesOf locks the rows of a submission.
func entriesOf(ctx context.Context, tx pgx.Tx, id submission.ID) ([]entry, error) {
	return database.All[entry](ctx, tx, `
		select id, no, body, asked, left_at is not null as left
		from proposal
		where submission_id = @id
		order by no
		for update`,
		database.Args{"id": id})
}

func enter(ctx context.Context, tx pgx.Tx, act actor.Actor, now time.Time, c *submission.Case, v submission.Version, s stated) error {
	id, err := database.Value[int64](ctx, tx, `
		insert into proposal (submission_id, no, version_id, body, asked, entered_at)
		values (@submission, @no, @version, @body, @asked, @now)
		returning id`,
		database.Args{"submission": c.ID, "no": s.No, "version": v.ID, "body": s.Body, "asked": s.Asked, "now": now})
	if err != nil {
		return err
	}
	return record(ctx, tx, act, now, c, id, "entered", nil, &Facts{Version: v.No, Body: s.Body, Asked: s.Asked})
}

func (e entry) follow(ctx context.Context, tx pgx.Tx, act actor.Actor, now time.Time, c *submission.Case, v submission.Version, s stated) error {
	reworded := e.Body != s.Body || e.Asked != s.Asked
	if err := database.Change(ctx, tx, `
		update proposal
		set version_id = @version, body = @body, asked = @asked, left_at = null, left_why = '',
		    changed_at = case when @reworded then @now else changed_at end,
		    revision = revision + case when @reworded or @back then 1 else 0 end
		where id = @id`,
		database.Args{"id": e.ID, "version": v.ID, "body": s.Body, "asked": s.Asked, "reworded": reworded, "back": e.Left, "now": now}); err != nil {
		return err
	}
	if e.Left {
		if err := record(ctx, tx, act, now, c, e.ID, "returned", nil, &Facts{Version: v.No}); err != nil {
			return err
		}
	}
	if !reworded {
		return nil
	}
	return record(ctx, tx, act, now, c, e.ID, "changed", &Facts{Body: e.Body, Asked: e.Asked}, &Facts{Version: v.No, Body: s.Body, Asked: s.Asked})
}

func (e entry) leave(ctx context.Context, tx pgx.Tx, act actor.Actor, now time.Time, c *submission.Case, why string, facts Facts) error {
	if err := database.Change(ctx, tx, `
		update proposal
		set left_at = @now, left_why = @why, revision = revision + 1
		where id = @id`,
		database.Args{"id": e.ID, "now": now, "why": why}); err != nil {
		return err
	}
	facts.Why = why
	return record(ctx, tx, act, now, c, e.ID, "left", nil, &facts)
}

// record notes what deciding on the report did to an entry.
func record(ctx context.Context, tx pgx.Tx, act actor.Actor, now time.Time, c *submission.Case, id int64, action string, before, after *Facts) error {
	e := audit.Entry{Subject: fmt.Sprintf("proposal/%d", id), Action: action, After: after}
	if before != nil {
		e.Before = before
	}
	for _, r := range []actor.Role{actor.Consolidator, actor.Reviewer} {
		if act.Is(c.Receiver, r) || act.Is(c.Lead, r) {
			e.Authority = string(r)
			break
		}
	}
	return audit.Record(ctx, tx, act, now, e)
}
