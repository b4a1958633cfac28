package account

import (
	"context"
	"fmt"
	"time"
	"unicode/utf8"

	"github.com/jackc/pgx/v5"

	"danvan/internal/actor"
	"danvan/internal/audit"
	"danvan/internal/database"
	"danvan/internal/fault"
	"danvan/internal/viet"
)

// Session is one browser in which a person is signed in. Machine time.
type Session struct {
	ID      string // random, so that it can stand in an address
	BeganAt time.Time
	SeenAt  time.Time // to the minute
	EndsAt  time.Time
	From    string // network address at sign-in
	Agent   string
}

const maxAgent = 400 // bytes of what a browser calls itself

func begin(ctx context.Context, tx pgx.Tx, act actor.Actor, agent string, limits Limits, machine time.Time) (string, error) {
	agent = viet.CleanLine(agent)
	for len(agent) > maxAgent || !utf8.ValidString(agent) {
		agent = agent[:min(len(agent)-1, maxAgent)]
	}
	return database.Value[string](ctx, tx, `
		insert into person_session (person_id, began_at, seen_at, ends_at, from_addr, agent)
		values (@person, @machine, @machine, @ends, @from, @agent)
		returning public_id::text`,
		database.Args{"person": act.Person, "machine": machine, "ends": machine.Add(limits.Life), "from": act.From, "agent": agent})
}

// Sessions lists where a person is signed in, the last used first.
func Sessions(ctx context.Context, db database.DB, person actor.PersonID, limits Limits, machine time.Time) ([]Session, error) {
	return database.All[Session](ctx, db, `
		select public_id::text as id, began_at, seen_at, ends_at, from_addr as from, agent
		from person_session
		where person_id = @person
		  and ended_at is null
		  and ends_at > @machine::timestamptz
		  and seen_at > @idle_since::timestamptz
		order by seen_at desc, id`,
		database.Args{"person": person, "machine": machine, "idle_since": machine.Add(-limits.Idle)})
}

// SignOut ends the session act is in. One that has ended already stays as it is.
func SignOut(ctx context.Context, db database.DB, act actor.Actor, session string, machine, now time.Time) error {
	return endOne(ctx, db, act, session, machine, now, "signed_out")
}

// EndSession ends another session of act; the browser that holds it is signed
// out at its next request. What is not theirs is [fault.NotFound].
func EndSession(ctx context.Context, db database.DB, act actor.Actor, session string, machine, now time.Time) error {
	owned, err := database.Value[bool](ctx, db, `
		select exists (
			select from person_session
			where public_id::text = @session
			  and person_id = @person)`,
		database.Args{"session": session, "person": act.Person})
	if err != nil {
		return err
	}
	if !owned {
		return fmt.Errorf("end session: %w", fault.NotFound)
	}
	return endOne(ctx, db, act, session, machine, now, "session_ended")
}

func endOne(ctx context.Context, db database.DB, act actor.Actor, session string, machine, now time.Time, action string) error {
	return database.InTx(ctx, db, func(tx pgx.Tx) error {
		n, err := database.Exec(ctx, tx, `
			update person_session
			set ended_at = @machine
			where public_id = @session::uuid
			  and person_id = @person
			  and ended_at is null`,
			database.Args{"session": session, "person": act.Person, "machine": machine})
		if err != nil || n == 0 {
			return err
		}
		return audit.Record(ctx, tx, act, now, audit.Entry{Subject: subject(act.Person), Action: action})
	})
}

// EndOtherSessions ends every session of act but the one named.
func EndOtherSessions(ctx context.Context, db database.DB, act actor.Actor, but string, machine, now time.Time) error {
	return database.InTx(ctx, db, func(tx pgx.Tx) error {
		if err := endAllBut(ctx, tx, act.Person, but, machine); err != nil {
			return err
		}
		return audit.Record(ctx, tx, act, now, audit.Entry{Subject: subject(act.Person), Action: "other_sessions_ended"})
	})
}

// endAllBut ends every session of person but one; "" spares none.
func endAllBut(ctx context.Context, tx pgx.Tx, person actor.PersonID, but string, machine time.Time) error {
	_, err := database.Exec(ctx, tx, `
		update person_session
		set ended_at = @machine
		where person_id = @person
		  and ended_at is null
		  and public_id::text <> @but`,
		database.Args{"person": person, "but": but, "machine": machine})
	return err
}

// keepFailures is longer than any guard looks back.
const keepFailures = 24 * time.Hour

// DeleteExpired removes what can no longer be used: sessions and old failures to
// sign in. A job calls it.
func DeleteExpired(ctx context.Context, db database.DB, limits Limits, machine time.Time) error {
	for _, stale := range []struct {
		what, where string
		before      time.Time
	}{
		{"sessions", "expiry <= @before", machine},
		{"person_session", "ended_at is not null or ends_at <= @before", machine},
		{"person_session", "seen_at <= @before", machine.Add(-limits.Idle)},
		{"sign_in_failure", "until <= @before and last_at <= @before", machine.Add(-keepFailures)},
	} {
		_, err := database.Exec(ctx, db, `
			delete from `+stale.what+`
			where `+stale.where,
			database.Args{"before": stale.before})
		if err != nil {
			return fmt.Errorf("delete expired from %s: %w", stale.what, err)
		}
	}
	return nil
}
