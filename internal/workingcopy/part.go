package workingcopy

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"

	"danvan/internal/actor"
	"danvan/internal/audit"
	"danvan/internal/database"
	"danvan/internal/fault"
)

// Part is the unit of saving and of conflict. A part that was never saved has
// revision 0 and no content.
type Part struct {
	Key      string
	Revision int
	Content  Content
	SavedBy  *actor.PersonID
	SavedAt  time.Time
	Autosave bool
}

// Parts returns the content of a working copy, ordered by the bytes of the keys: the
// same everywhere, since what is frozen is hashed in this order.
func Parts(ctx context.Context, db database.DB, id ID) ([]Part, error) {
	return database.All[Part](ctx, db, `
		select key, revision, content, saved_by, saved_at, autosave
		from part
		where copy_id = @id
		order by key collate "C"`,
		database.Args{"id": id})
}

// PartByKey returns one part; one that was never saved is empty, not an error.
func PartByKey(ctx context.Context, db database.DB, id ID, key string) (Part, error) {
	p, err := database.One[Part](ctx, db, `
		select key, revision, content, saved_by, saved_at, autosave
		from part
		where copy_id = @id and key = @key`,
		database.Args{"id": id, "key": key})
	if errors.Is(err, fault.NotFound) {
		return Part{Key: key, Content: Content{}}, nil
	}
	return p, err
}

// Save is one form's worth of changes to a part.
type Save struct {
	Key    string
	Read   int     // the revision the form was filled from; 0 = the part was empty
	Values Content // every field of the form that is valid; absent fields are untouched
	Whole  bool    // two people's changes never merge: the fields make sense together only
	// Seen is the [Digest] of what the form was filled from, "" where it does not
	// say. Autosaves that folded leave no content to compare with; the form knows.
	Seen     string
	Autosave bool
	// Forgone is what the same person typed before and gave up on a conflict
	// page: it goes to the history.
	Forgone Content
}

// Saved says what a save led to.
type Saved struct {
	Revision int
	At       time.Time
	Merged   []string // fields somebody else changed meanwhile, kept as they saved them
	Content  Content  // as stored at Revision: a page that stays open must show the merged fields
	Changed  bool     // false: everything was already so
}

// Conflict is the refusal to overwrite: fields that two people changed to
// different texts. Nothing was stored.
type Conflict struct {
	Key                string
	Revision           int // of Theirs: the next save is made against it
	Base, Mine, Theirs Content
	Fields             []string // in conflict
	OnlyMine           []string // changed by me alone: would merge
	OnlyTheirs         []string
	TheirName          string
	TheirAt            time.Time
	Own                bool // theirs is of the same person, saved on another page
}

func (c *Conflict) Error() string {
	return fmt.Sprintf("%s: %v changed by %s first", c.Key, c.Fields, c.TheirName)
}

// Is makes every such conflict a kind of [fault.Conflict].
func (c *Conflict) Is(target error) bool { return target == fault.Conflict }

// SavePart stores s on top of whatever was saved since it was read: fields
// changed on one side only merge, fields changed on both are a *[Conflict].
// The former content goes to the history, unless it was the same person's
// autosave of the last ten minutes.
func SavePart(ctx context.Context, tx pgx.Tx, act actor.Actor, now time.Time, c Copy, s Save) (Saved, error) {
	was, err := PartByKey(ctx, tx, c.CopyID(), s.Key)
	if err != nil {
		return Saved{}, err
	}
	return savePart(ctx, tx, act, now, c, was, s)
}

func savePart(ctx context.Context, tx pgx.Tx, act actor.Actor, now time.Time, c Copy, was Part, s Save) (Saved, error) {
	if s.Read > was.Revision { // read from a part since deleted, or forged
		return Saved{}, fault.Conflict
	}
	base, unsure, err := s.base(ctx, tx, c.CopyID(), was)
	if err != nil {
		return Saved{}, err
	}
	m := merge(base, s.Values, was.Content, unsure...)
	if s.Whole {
		m = m.whole()
	}
	if len(m.Clashes) > 0 {
		name, err := personName(ctx, tx, was.SavedBy)
		if err != nil {
			return Saved{}, err
		}
		return Saved{}, &Conflict{
			Key: s.Key, Revision: was.Revision,
			Base: base, Mine: base.With(s.Values), Theirs: was.Content,
			Fields: m.Clashes, OnlyMine: m.OnlyMine, OnlyTheirs: m.Theirs,
			TheirName: name, TheirAt: was.SavedAt, Own: was.SavedBy != nil && *was.SavedBy == act.Person,
		}
	}
	if put := was.Content.With(s.Forgone); !put.Equal(was.Content) && !put.Equal(m.Result) {
		// It passes through the part: the history has nothing but former contents.
		if was, err = store(ctx, tx, act, now, c, was, put, false); err != nil {
			return Saved{}, err
		}
	}
	if m.Result.Equal(was.Content) {
		saved := Saved{Revision: was.Revision, At: was.SavedAt, Merged: m.Theirs, Content: was.Content}
		if was.Autosave && !s.Autosave {
			return saved, closeRun(ctx, tx, c.CopyID(), s.Key)
		}
		return saved, nil
	}
	next, err := store(ctx, tx, act, now, c, was, m.Result, s.Autosave)
	if err != nil {
		return Saved{}, err
	}
	return Saved{Revision: next.Revision, At: now, Merged: m.Theirs, Content: next.Content, Changed: true}, nil
}

// store replaces the content of was, keeping history, authorship and audit.
func store(ctx context.Context, tx pgx.Tx, act actor.Actor, now time.Time, c Copy, was Part, content Content, autosave bool) (Part, error) {
	folds := false
	if autosave {
		var err error
		if folds, err = foldsInto(ctx, tx, act, now, c.CopyID(), was, content); err != nil {
			return Part{}, err
		}
	}
	if was.Revision > 0 && !folds {
		if err := remember(ctx, tx, act, now, c.CopyID(), was, "edited"); err != nil {
			return Part{}, err
		}
	}
	next := Part{Key: was.Key, Content: content, SavedBy: &act.Person, SavedAt: now, Autosave: autosave}
	revision, err := database.Value[int](ctx, tx, `
		insert into part (copy_id, key, revision, content, saved_by, saved_at, autosave)
		values (@id, @key, 1 + coalesce((select max(revision) from part_history where copy_id = @id and key = @key), 0),
		        @content, @by, @now, @autosave)
		on conflict (copy_id, key) do update
		set revision = part.revision + 1,
		    content = excluded.content,
		    saved_by = excluded.saved_by,
		    saved_at = excluded.saved_at,
		    autosave = excluded.autosave
		returning revision`,
		database.Args{"id": c.CopyID(), "key": was.Key, "content": content, "by": orNull(act.Person), "now": now, "autosave": autosave})
	if err != nil {
		return Part{}, err
	}
	next.Revision = revision
	if err := c.Touch(ctx, tx, act); err != nil || folds {
		return next, err
	}
	before, after := difference(was.Content, content)
	return next, c.Record(ctx, tx, act, now, audit.Entry{
		Action: "saved",
		Before: map[string]any{"part": was.Key, "revision": was.Revision, "fields": before},
		After:  map[string]any{"part": was.Key, "revision": next.Revision, "fields": after},
	})
}

// DeletePart removes a part from the working copy; its content stays in the history.
func DeletePart(ctx context.Context, tx pgx.Tx, act actor.Actor, now time.Time, c Copy, key string, read int) error {
	was, err := PartByKey(ctx, tx, c.CopyID(), key)
	if err != nil {
		return err
	}
	if was.Revision != read {
		return fault.Conflict
	}
	if err := remember(ctx, tx, act, now, c.CopyID(), was, "deleted"); err != nil {
		return err
	}
	if err := database.Change(ctx, tx, `delete from part where copy_id = @id and key = @key`,
		database.Args{"id": c.CopyID(), "key": key}); err != nil {
		return err
	}
	if err := c.Touch(ctx, tx, act); err != nil {
		return err
	}
	return c.Record(ctx, tx, act, now, audit.Entry{
		Action: "deleted",
		Before: map[string]any{"part": key, "revision": was.Revision, "fields": was.Content},
	})
}

// difference returns the fields in which two contents differ, as they were and are.
func difference(before, after Content) (was, is Content) {
	was, is = Content{}, Content{}
	for _, k := range slices.Sorted(maps.Keys(before)) {
		if before[k] != after[k] {
			was[k] = before[k]
		}
	}
	for k, v := range after {
		if before[k] != v {
			is[k] = v
		}
	}
	return was, is
}

// orNull is NULL for the portal itself, which is no person.
func orNull(p actor.PersonID) *actor.PersonID {
	if p == 0 {
		return nil
	}
	return &p
}

func personName(ctx context.Context, db database.DB, id *actor.PersonID) (string, error) {
	if id == nil {
		return actor.System.Name, nil
	}
	return database.Value[string](ctx, db, `select name from person where id = @id`, database.Args{"id": *id})
}
