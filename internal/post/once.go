// Package post holds what every posted form needs whatever it is about: being
// carried out once however often it arrives, and being kept for its author when
// it cannot be carried out at all.
package post

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"

	"danvan/internal/actor"
	"danvan/internal/database"
)

// Once identifies one filled-in form. The zero Once is for posts that repeat
// themselves by nature (autosave), which revisions protect.
type Once struct {
	Key  string // made when the form was rendered, 16–64 characters
	Body []byte // SHA-256 of what was typed
}

// Do carries out fn in one transaction, at most once for each form and content:
// a repeated post gets the result of the first one. fn returns that result, a
// short text such as the code of what was made; "" means that the post was
// carried out in part only and may be repeated. Failures are forgotten too.
//
// Two copies that arrive together wait for one another on the key's row.
func (o Once) Do(ctx context.Context, db database.DB, act actor.Actor, fn func(tx pgx.Tx) (result string, err error)) (result string, err error) {
	err = database.InTx(ctx, db, func(tx pgx.Tx) error {
		if o.Key == "" {
			result, err = fn(tx)
			return err
		}
		args := database.Args{"person": act.Person, "key": o.Key, "body": o.Body}
		tag, err := tx.Exec(ctx, `
			insert into idempotency (person_id, key, body_sha, result, at)
			values (@person, @key, @body, '', @at)
			on conflict do nothing`,
			// The machine's time: a demo's business clock must not age the key.
			database.Args{"person": act.Person, "key": o.Key, "body": o.Body, "at": time.Now()})
		if err != nil {
			return err
		}
		if tag.RowsAffected() == 0 {
			result, err = database.Value[string](ctx, tx, `
				select result from idempotency
				where person_id = @person and key = @key and body_sha = @body`, args)
			return err
		}
		if result, err = fn(tx); err != nil {
			return err
		}
		if result == "" {
			return database.Change(ctx, tx, `
				delete from idempotency where person_id = @person and key = @key and body_sha = @body`, args)
		}
		return database.Change(ctx, tx, `
			update idempotency set result = @result
			where person_id = @person and key = @key and body_sha = @body`,
			database.Args{"person": act.Person, "key": o.Key, "body": o.Body, "result": result})
	})
	return result, err
}

// Run is [Once.Do] for what leads nowhere in particular; fn works on db alone.
func (o Once) Run(ctx context.Context, db database.DB, act actor.Actor, fn func(db database.DB) error) error {
	_, err := o.Do(ctx, db, act, func(tx pgx.Tx) (string, error) { return "done", fn(tx) })
	return err
}

// Keep notes what became of a form that takes several transactions, in place of
// what was noted of it before, for the page to which it leads: [Kept] returns it.
// Unlike [Once.Do] it says nothing about whether the form may be carried out again.
func (o Once) Keep(ctx context.Context, db database.DB, act actor.Actor, result string) error {
	_, err := database.Exec(ctx, db, `
		insert into idempotency (person_id, key, body_sha, result, at)
		values (@person, @key, @body, @result, @at)
		on conflict (person_id, key, body_sha) do update set result = excluded.result, at = excluded.at`,
		database.Args{"person": act.Person, "key": o.Key, "body": o.Body, "result": result, "at": time.Now()})
	return err
}

// Kept returns what [Once.Keep] noted of act's form with this key, for a week;
// after that, and for everybody else, it is [fault.NotFound].
func Kept(ctx context.Context, db database.DB, act actor.Actor, key string) (string, error) {
	return database.Value[string](ctx, db, `
		select result
		from idempotency
		where person_id = @person and key = @key
		order by at desc
		limit 1`,
		database.Args{"person": act.Person, "key": key})
}
