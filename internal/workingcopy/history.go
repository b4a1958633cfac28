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

// Former is one earlier content of a part.
type Former struct {
	Key          string
	Revision     int
	Content      Content
	SavedName    string
	SavedAt      time.Time
	ReplacedName string
	ReplacedAt   time.Time
	Why          string
}

// PartHistory returns the former contents of the parts whose key is prefix or
// lies under it, newest first. An empty prefix returns all.
func PartHistory(ctx context.Context, db database.DB, id ID, prefix string) ([]Former, error) {
	return database.All[Former](ctx, db, `
		select h.key, h.revision, h.content, coalesce(s.name, '') as saved_name, h.saved_at,
		       coalesce(r.name, '') as replaced_name, h.replaced_at, h.why
		from part_history h
		left join person s on s.id = h.saved_by
		left join person r on r.id = h.replaced_by
		where h.copy_id = @id
		  and (@prefix = '' or h.key = @prefix or starts_with(h.key, @prefix || '/'))
		order by h.id desc`,
		database.Args{"id": id, "prefix": prefix})
}

// Restore makes the working copy hold what is wanted, by key, and nothing else.
// What it held goes to the history as discarded.
func Restore(ctx context.Context, tx pgx.Tx, act actor.Actor, now time.Time, id ID, wanted map[string]Content) error {
	parts, err := Parts(ctx, tx, id)
	if err != nil {
		return err
	}
	current := map[string]Part{}
	for _, p := range parts {
		current[p.Key] = p
	}
	for _, key := range slices.Sorted(maps.Keys(wanted)) {
		was, exists := current[key]
		delete(current, key)
		if exists && was.Content.Equal(wanted[key]) {
			continue
		}
		if exists {
			if err := remember(ctx, tx, act, now, id, was, "discarded"); err != nil {
				return err
			}
		}
		if err := put(ctx, tx, act, now, id, key, wanted[key]); err != nil {
			return err
		}
	}
	for _, key := range slices.Sorted(maps.Keys(current)) {
		if err := remember(ctx, tx, act, now, id, current[key], "discarded"); err != nil {
			return err
		}
		if err := database.Change(ctx, tx, `delete from part where copy_id = @id and key = @key`,
			database.Args{"id": id, "key": key}); err != nil {
			return err
		}
	}
	return nil
}

// put writes a part as it is wanted.
func put(ctx context.Context, tx pgx.Tx, act actor.Actor, now time.Time, id ID, key string, content Content) error {
	return database.Change(ctx, tx, `
		insert into part (copy_id, key, revision, content, saved_by, saved_at)
		values (@id, @key, 1 + coalesce((select max(revision) from part_history where copy_id = @id and key = @key), 0),
		        @content, @by, @now)
		on conflict (copy_id, key) do update
		set revision = part.revision + 1, content = excluded.content,
		    saved_by = excluded.saved_by, saved_at = excluded.saved_at, autosave = false`,
		database.Args{"id": id, "key": key, "content": content, "by": orNull(act.Person), "now": now})
}

// remember adds the content of was to the history.
func remember(ctx context.Context, tx pgx.Tx, act actor.Actor, now time.Time, id ID, was Part, why string) error {
	return database.Change(ctx, tx, `
		insert into part_history (copy_id, key, revision, content, saved_by, saved_at, replaced_by, replaced_at, why)
		values (@id, @key, @revision, @content, @saved_by, @saved_at, @by, @now, @why)`,
		database.Args{"id": id, "key": was.Key, "revision": was.Revision, "content": was.Content,
			"saved_by": was.SavedBy, "saved_at": was.SavedAt, "by": orNull(act.Person), "now": now, "why": why})
}
