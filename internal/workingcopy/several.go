package workingcopy

import (
	"context"
	"errors"
	"time"

	"github.com/jackc/pgx/v5"

	"danvan/internal/actor"
	"danvan/internal/database"
)

// Several is what saving several parts of one page led to, each for itself.
type Several struct {
	Saved     map[string]Saved // by key; conflicting parts are not among them
	Conflicts []*Conflict      // in the order of the saves; nothing of these parts was stored
}

// SaveParts is [SavePart] for each of saves. A conflict about one part does not
// keep the others from being stored. Each key stands in saves once.
func SaveParts(ctx context.Context, tx pgx.Tx, act actor.Actor, now time.Time, c Copy, saves []Save) (Several, error) {
	s := Several{Saved: map[string]Saved{}}
	parts, err := PartsByKeys(ctx, tx, c.CopyID(), keysOf(saves))
	if err != nil {
		return s, err
	}
	for _, one := range saves {
		saved, err := savePart(ctx, tx, act, now, c, parts[one.Key], one)
		if conflict, ok := errors.AsType[*Conflict](err); ok {
			s.Conflicts = append(s.Conflicts, conflict)
			continue
		}
		if err != nil {
			return s, err
		}
		s.Saved[one.Key] = saved
	}
	return s, nil
}

func keysOf(saves []Save) []string {
	keys := make([]string, len(saves))
	for i, s := range saves {
		keys[i] = s.Key
	}
	return keys
}

// PartsByKeys returns the named parts by key; those never saved are empty, as in
// [PartByKey].
func PartsByKeys(ctx context.Context, db database.DB, id ID, keys []string) (map[string]Part, error) {
	list, err := database.All[Part](ctx, db, `
		select key, revision, content, saved_by, saved_at, autosave
		from part
		where copy_id = @id and key = any(@keys::text[])`,
		database.Args{"id": id, "keys": append([]string{}, keys...)})
	if err != nil {
		return nil, err
	}
	parts := make(map[string]Part, len(keys))
	for _, key := range keys {
		parts[key] = Part{Key: key, Content: Content{}}
	}
	for _, p := range list {
		parts[p.Key] = p
	}
	return parts, nil
}

// NextNumber returns the number of a new part prefix/<n>. Numbers of deleted
// parts are never given again: remarks and frozen contents go on naming them.
func NextNumber(ctx context.Context, tx pgx.Tx, c Copy, prefix string) (int, error) {
	return database.Value[int](ctx, tx, `
		select 1 + coalesce(max(split_part(key, '/', 2)::int), 0)
		from (
		    select key from part where copy_id = @id
		    union all
		    select key from part_history where copy_id = @id
		) k
		where key ~ ('^' || @prefix || '/[0-9]{1,9}$')`,
		database.Args{"id": c.CopyID(), "prefix": prefix})
}
