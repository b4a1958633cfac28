// Package notify queues messages to people in the transaction that causes them,
// and reads them back. It knows no addresses: the site turns a subject into one.
package notify

import (
	"context"
	"time"

	"danvan/internal/actor"
	"danvan/internal/database"
)

// Notice is one message to one person.
type Notice struct {
	ID      int64
	At      time.Time
	Subject string // e.g. "plan/2022/stp"
	Body    string
	ReadAt  *time.Time
}

// Tell leaves body for everyone who holds one of roles in unit on the day of
// now, but not for the person who acts.
func Tell(ctx context.Context, db database.DB, act actor.Actor, now time.Time, unit actor.UnitID, roles []actor.Role, subject, body string) error {
	_, err := database.Exec(ctx, db, `
		insert into notice (person_id, at, subject, body)
		select distinct m.person_id, @now::timestamptz, @subject, @body
		from membership m
		join person p on p.id = m.person_id and p.active
		where m.unit_id = @unit
		  and m.role = any(@roles::text[])
		  and m.valid @> (@now::timestamptz at time zone 'Asia/Ho_Chi_Minh')::date
		  and m.person_id <> @act`,
		database.Args{"now": now, "subject": subject, "body": body, "unit": unit, "roles": roles, "act": act.Person})
	return err
}

// TellPerson leaves body for one person.
func TellPerson(ctx context.Context, db database.DB, now time.Time, person actor.PersonID, subject, body string) error {
	return database.Change(ctx, db, `
		insert into notice (person_id, at, subject, body)
		values (@person, @now, @subject, @body)`,
		database.Args{"person": person, "now": now, "subject": subject, "body": body})
}

// List returns a person's notices, newest first, and how many there are in all.
func List(ctx context.Context, db database.DB, person actor.PersonID, limit, offset int) (list []Notice, total int, err error) {
	type page struct {
		List  []Notice
		Total int
	}
	p, err := database.One[page](ctx, db, `
		select (select count(*) from notice where person_id = @person) as total,
		       (select coalesce(json_agg(n), '[]')
		        from (select id as "ID", at as "At", subject as "Subject", body as "Body", read_at as "ReadAt"
		              from notice
		              where person_id = @person
		              order by at desc, id desc
		              limit @limit offset @offset) n) as list`,
		database.Args{"person": person, "limit": limit, "offset": offset})
	return p.List, p.Total, err
}

// MarkRead notes that a person has read the notices up to the one with id.
func MarkRead(ctx context.Context, db database.DB, person actor.PersonID, now time.Time, upTo int64) error {
	_, err := database.Exec(ctx, db, `
		update notice set read_at = @now
		where person_id = @person and read_at is null and id <= @up_to`,
		database.Args{"person": person, "now": now, "up_to": upTo})
	return err
}
