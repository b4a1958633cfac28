// Package audit records who did what, in the transaction that does it, and
// proves later that nothing was altered. It knows no feature.
package audit

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"time"

	"danvan/internal/actor"
	"danvan/internal/database"
)

// Entry is one thing that was done to a subject such as "submission/12".
type Entry struct {
	Subject   string
	Action    string // past tense: saved, submitted, returned
	Authority string // the role or office used, "" when any signed-in person may
	Before    any    // nil or a value that encodes to a JSON object
	After     any
	VersionID int64 // 0: none
}

// sealed is what is hashed: everything but the place in the chain.
type sealed struct {
	Subject    string          `json:"subject"`
	At         time.Time       `json:"at"`
	RecordedAt time.Time       `json:"recorded_at"`
	PersonID   int64           `json:"person_id"`
	Person     string          `json:"person"`
	Authority  string          `json:"authority"`
	From       string          `json:"from"`
	Action     string          `json:"action"`
	Before     json.RawMessage `json:"before"`
	After      json.RawMessage `json:"after"`
	VersionID  int64           `json:"version_id"`
}

// Record adds e to the chain of its subject. It must run inside the transaction
// that makes the change: now is business time, the machine's own is added here.
// Writers of one subject wait for one another; those of different ones do not.
func Record(ctx context.Context, db database.DB, act actor.Actor, now time.Time, e Entry) error {
	before, err := object(e.Before)
	if err != nil {
		return fmt.Errorf("audit %s %s: %w", e.Subject, e.Action, err)
	}
	after, err := object(e.After)
	if err != nil {
		return fmt.Errorf("audit %s %s: %w", e.Subject, e.Action, err)
	}
	s := sealed{
		Subject: e.Subject, At: instant(now), RecordedAt: instant(time.Now()),
		PersonID: int64(act.Person), Person: act.Name, Authority: e.Authority, From: act.From,
		Action: e.Action, Before: before, After: after, VersionID: e.VersionID,
	}
	content, err := json.Marshal(s)
	if err != nil {
		return err
	}
	return database.Change(ctx, db, `
		with head as (
			insert into audit_head (subject, seq, prev, hash)
			values (@subject, 1, '', sha256(@content::bytea))
			on conflict (subject) do update
			set seq = audit_head.seq + 1,
			    prev = audit_head.hash,
			    hash = sha256(audit_head.hash || @content::bytea)
			returning seq, prev, hash
		)
		insert into audit (year, subject, seq, at, recorded_at, person_id, person, authority,
		                   from_addr, action, before, after, version_id, prev, content, hash)
		select @year, @subject, seq, @at, @recorded_at, nullif(@person_id::bigint, 0), @person, @authority,
		       @from_addr, @action, @before::jsonb, @after::jsonb, nullif(@version_id::bigint, 0), prev, @content::bytea, hash
		from head`,
		database.Args{
			"subject": e.Subject, "content": content, "year": s.At.Year(), "at": s.At, "recorded_at": s.RecordedAt,
			"person_id": s.PersonID, "person": s.Person, "authority": s.Authority, "from_addr": s.From,
			"action": s.Action, "before": orNil(before), "after": orNil(after), "version_id": s.VersionID,
		})
}

// instant is t as Postgres keeps it, so that what is hashed is what is stored.
func instant(t time.Time) time.Time { return t.UTC().Truncate(time.Microsecond) }

func object(v any) (json.RawMessage, error) {
	if v == nil {
		return json.RawMessage("null"), nil
	}
	return json.Marshal(v)
}

func orNil(raw json.RawMessage) *string {
	if bytes.Equal(raw, []byte("null")) {
		return nil
	}
	s := string(raw)
	return &s
}

// Line is one entry as people read it back.
type Line struct {
	Seq       int64
	At        time.Time
	PersonID  *int64
	Person    string
	Authority string
	Action    string
	Before    json.RawMessage
	After     json.RawMessage
	VersionID *int64
}

// History returns the entries of subject, newest first, at most limit. With
// actions, only those.
func History(ctx context.Context, db database.DB, subject string, limit int, actions ...string) ([]Line, error) {
	return database.All[Line](ctx, db, `
		select seq, at, person_id, person, authority, action, before, after, version_id
		from audit
		where subject = @subject
		  and (cardinality(@actions::text[]) = 0 or action = any(@actions::text[]))
		order by year desc, seq desc
		limit @limit`,
		database.Args{"subject": subject, "limit": limit, "actions": append([]string{}, actions...)})
}
