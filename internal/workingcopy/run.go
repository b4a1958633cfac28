package workingcopy

import (
	"context"
	"maps"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"

	"danvan/internal/actor"
	"danvan/internal/database"
)

// runLength is how long successive autosaves of one person fold into one entry
// of the history.
const runLength = 10 * time.Minute

// foldsInto reports whether an autosave continues the run of autosaves that was
// belongs to. One that brings a field back to what it was before the run does
// not: whatever a run has moved must show when its two ends are compared.
func foldsInto(ctx context.Context, db database.DB, act actor.Actor, now time.Time, id ID, was Part, content Content) (bool, error) {
	if !was.Autosave || was.SavedBy == nil || *was.SavedBy != act.Person || now.Sub(was.SavedAt) >= runLength {
		return false, nil
	}
	start, err := startOfRun(ctx, db, id, was.Key, was.Revision)
	if err != nil {
		return false, err
	}
	return !slices.ContainsFunc(moved(was.Content, content), func(name string) bool { return content[name] == start[name] }), nil
}

// closeRun ends a run of autosaves, so that what is there now will be kept.
func closeRun(ctx context.Context, tx pgx.Tx, id ID, key string) error {
	return database.Change(ctx, tx, `
		update part set autosave = false
		where copy_id = @id and key = @key`,
		database.Args{"id": id, "key": key})
}

// EndRuns ends every run of autosaves: what is there now will be kept. A change of
// state calls it.
func EndRuns(ctx context.Context, tx pgx.Tx, id ID) error {
	_, err := database.Exec(ctx, tx, `update part set autosave = false where copy_id = @id and autosave`,
		database.Args{"id": id})
	return err
}

// base returns what the form was filled from, and the fields of which it is not
// known exactly.
func (s Save) base(ctx context.Context, db database.DB, id ID, was Part) (base Content, unsure []string, err error) {
	if mine := (Content{}).With(s.Values); s.Seen != "" && s.Seen == Digest(mine) {
		return mine, nil, nil // nothing was changed in the form
	}
	if s.Seen != "" && s.Seen == Digest(was.Content) {
		return was.Content, nil, nil // nothing was changed behind it
	}
	base, unsure, err = baseOf(ctx, db, id, was, s.Read)
	if err != nil || s.Seen == "" || len(unsure) == 0 {
		return base, unsure, err
	}
	left := base // as it is if the form left alone what the run moved
	for _, name := range unsure {
		left = left.With(Content{name: s.Values[name]})
	}
	if s.Seen == Digest(left) {
		return left, nil, nil
	}
	return base, unsure, nil
}

// baseOf returns the content of a part at the revision that was read. Autosaves
// that folded into one run have no content of their own: then it is the one
// before the run, and the fields that the run has moved since are unsure.
func baseOf(ctx context.Context, db database.DB, id ID, was Part, read int) (base Content, unsure []string, err error) {
	switch read {
	case 0:
		return Content{}, nil, nil
	case was.Revision:
		return was.Content, nil, nil
	}
	type row struct {
		Revision int
		Content  Content
	}
	next, err := database.All[row](ctx, db, `
		select revision, content
		from part_history
		where copy_id = @id and key = @key and revision >= @read
		order by revision
		limit 1`,
		database.Args{"id": id, "key": was.Key, "read": read})
	if err != nil {
		return nil, nil, err
	}
	end := was.Content
	if len(next) == 1 {
		end = next[0].Content
		if next[0].Revision == read {
			return end, nil, nil
		}
	}
	start, err := startOfRun(ctx, db, id, was.Key, read)
	return start, moved(start, end), err
}

// startOfRun returns what a part held before the run of autosaves in which
// revision lies.
func startOfRun(ctx context.Context, db database.DB, id ID, key string, revision int) (Content, error) {
	type row struct {
		Content Content
		Why     string
	}
	rows, err := database.All[row](ctx, db, `
		select content, why
		from part_history
		where copy_id = @id and key = @key and revision < @revision
		order by revision desc
		limit 1`,
		database.Args{"id": id, "key": key, "revision": revision})
	// A run never follows a content that was discarded: the part was removed.
	if err != nil || len(rows) == 0 || rows[0].Why != "edited" {
		return Content{}, err
	}
	return rows[0].Content, nil
}

// moved returns the names of the fields in which two contents differ, sorted.
func moved(a, b Content) []string {
	names := map[string]bool{}
	for _, content := range []Content{a, b} {
		for name := range content {
			if a[name] != b[name] {
				names[name] = true
			}
		}
	}
	return slices.Sorted(maps.Keys(names))
}
