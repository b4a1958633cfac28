package submission

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"

	"danvan/internal/actor"
	"danvan/internal/audit"
	"danvan/internal/database"
	"danvan/internal/fault"
)

// Gap is something missing that blocks sending, with where to mend it.
type Gap struct {
	Part    string // part key, "" = the whole
	Field   string
	Title   string // what it is about, e.g. "6.3. Phối hợp với Cục Thi hành án"
	Message string // what is missing
}

// Doubt is something odd that is asked about once and never blocks.
type Doubt struct {
	Code        string
	Fingerprint string // of the facts doubted: other facts ask again
	Message     string
	Answer      string // "" = not yet answered
	ByName      string
}

// Doubts fills in the answers already given to what is doubted now.
func Doubts(ctx context.Context, db database.DB, id ID, found []Doubt) ([]Doubt, error) {
	if len(found) == 0 {
		return nil, nil
	}
	type row struct{ Code, Fingerprint, Answer, ByName string }
	given, err := database.All[row](ctx, db, `
		select code, fingerprint, answer, by_name from doubt where submission_id = @id`,
		database.Args{"id": id})
	if err != nil {
		return nil, err
	}
	for i, d := range found {
		for _, g := range given {
			if g.Code == d.Code && g.Fingerprint == d.Fingerprint {
				found[i].Answer, found[i].ByName = g.Answer, g.ByName
			}
		}
	}
	return found, nil
}

// AnswerDoubt keeps the unit's explanation; the reviewer sees it.
func AnswerDoubt(ctx context.Context, tx pgx.Tx, act actor.Actor, now time.Time, c *Case, d Doubt, answer string) error {
	if err := Decide(act, Edit, *c, now).Err(); err != nil {
		return err
	}
	answer, problem := tidyWords(answer, "Ghi lời giải thích")
	if problem != "" {
		return fault.Invalid{"answer": problem}
	}
	if err := database.Change(ctx, tx, `
		insert into doubt (submission_id, code, fingerprint, answer, by_person, by_name, at)
		values (@id, @code, @fingerprint, @answer, @by, @name, @now)
		on conflict (submission_id, code) do update
		set fingerprint = excluded.fingerprint, answer = excluded.answer,
		    by_person = excluded.by_person, by_name = excluded.by_name, at = excluded.at`,
		database.Args{"id": c.ID, "code": d.Code, "fingerprint": d.Fingerprint, "answer": answer,
			"by": act.Person, "name": act.Name, "now": now}); err != nil {
		return err
	}
	if err := c.Touch(ctx, tx, act); err != nil {
		return err
	}
	return c.Record(ctx, tx, act, now, audit.Entry{Action: "explained", After: map[string]any{"doubt": d.Code, "answer": answer}})
}
