package audit

import (
	"context"
	"crypto/sha256"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"danvan/internal/database"
)

// Seal chains the heads that moved since the last seal into one list, so that
// dropping a whole subject, or its newest entries with its head, shows too. A job
// calls it each minute; when nothing was recorded, no seal is added. Subjects that
// somebody is just writing to wait for the next seal. at is machine time.
func Seal(ctx context.Context, db database.DB, at time.Time) error {
	return database.InTx(ctx, db, func(tx pgx.Tx) error {
		// Two processes must not seal at once.
		if _, err := tx.Exec(ctx, `select pg_advisory_xact_lock(hashtext('audit_seal'))`); err != nil {
			return err
		}
		// Waiting for a writer that waits for another head could deadlock.
		heads, err := database.All[head](ctx, tx, `
			select subject, seq, hash
			from audit_head
			where seq > sealed
			order by subject collate "C"
			for update skip locked`, nil)
		if err != nil || len(heads) == 0 {
			return err
		}
		next := seal{No: 1, At: instant(at), Heads: len(heads), Root: digest(heads), Prev: []byte{}}
		last, err := database.All[seal](ctx, tx, sealQuery+`order by no desc limit 1`, nil)
		if err != nil {
			return err
		}
		if len(last) == 1 {
			next.No, next.Prev = last[0].No+1, last[0].Hash
		}
		if err := database.Change(ctx, tx, `
			insert into audit_seal (no, at, heads, root, prev, hash)
			values (@no, @at, @heads, @root, @prev, @hash)`,
			database.Args{"no": next.No, "at": next.At, "heads": next.Heads, "root": next.Root, "prev": next.Prev, "hash": next.sum()}); err != nil {
			return err
		}
		subjects := make([]string, len(heads))
		for i, h := range heads {
			subjects[i] = h.Subject
		}
		_, err = database.Exec(ctx, tx, `
			with moved as (
				update audit_head set sealed = seq
				where subject = any(@subjects)
				returning subject, seq, hash
			)
			insert into audit_seal_head (no, subject, seq, hash)
			select @no, subject, seq, hash from moved`,
			database.Args{"no": next.No, "subjects": subjects})
		return err
	})
}

// head is the newest entry of a subject.
type head struct {
	Subject string
	Seq     int64
	Hash    []byte
}

type seal struct {
	No    int64
	At    time.Time
	Heads int
	Root  []byte
	Prev  []byte
	Hash  []byte
}

const sealQuery = `
	select no, at, heads, root, prev, hash
	from audit_seal `

func (s seal) sum() []byte {
	h := sha256.New()
	fmt.Fprintf(h, "%d %s %d\n", s.No, s.At.UTC().Format(time.RFC3339Nano), s.Heads)
	h.Write(s.Prev)
	h.Write(s.Root)
	return h.Sum(nil)
}

// digest hashes heads, which are in order of subject.
func digest(heads []head) []byte {
	h := sha256.New()
	for _, x := range heads {
		fmt.Fprintf(h, "%d %s %d %x\n", len(x.Subject), x.Subject, x.Seq, x.Hash)
	}
	return h.Sum(nil)
}
