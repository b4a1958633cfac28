package audit

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"danvan/internal/database"
)

// Seal chains the heads of all subjects into one list, so that dropping a whole
// subject shows too. A job calls it each minute; when nothing was recorded since
// the last seal, none is added. at is machine time.
func Seal(ctx context.Context, db database.DB, at time.Time) error {
	return database.InTx(ctx, db, func(tx pgx.Tx) error {
		// Two processes must not seal at once.
		if _, err := tx.Exec(ctx, `select pg_advisory_xact_lock(hashtext('audit_seal'))`); err != nil {
			return err
		}
		heads, root, err := digest(ctx, tx)
		if err != nil {
			return err
		}
		last, err := database.All[seal](ctx, tx, `select no, at, heads, root, prev, hash from audit_seal order by no desc limit 1`, nil)
		if err != nil {
			return err
		}
		next := seal{No: 1, At: instant(at), Heads: heads, Root: root, Prev: []byte{}}
		if len(last) == 1 {
			if bytes.Equal(last[0].Root, root) {
				return nil
			}
			next.No, next.Prev = last[0].No+1, last[0].Hash
		}
		return database.Change(ctx, tx, `
			insert into audit_seal (no, at, heads, root, prev, hash)
			values (@no, @at, @heads, @root, @prev, @hash)`,
			database.Args{"no": next.No, "at": next.At, "heads": next.Heads, "root": next.Root, "prev": next.Prev, "hash": next.sum()})
	})
}

type seal struct {
	No    int64
	At    time.Time
	Heads int
	Root  []byte
	Prev  []byte
	Hash  []byte
}

func (s seal) sum() []byte {
	h := sha256.New()
	fmt.Fprintf(h, "%d %s %d\n", s.No, s.At.UTC().Format(time.RFC3339Nano), s.Heads)
	h.Write(s.Prev)
	h.Write(s.Root)
	return h.Sum(nil)
}

// digest hashes the heads in order of subject.
func digest(ctx context.Context, db database.DB) (heads int, root []byte, err error) {
	type head struct {
		Subject string
		Seq     int64
		Hash    []byte
	}
	all, err := database.All[head](ctx, db, `select subject, seq, hash from audit_head order by subject collate "C"`, nil)
	if err != nil {
		return 0, nil, err
	}
	h := sha256.New()
	for _, x := range all {
		fmt.Fprintf(h, "%d %s %d %x\n", len(x.Subject), x.Subject, x.Seq, x.Hash)
	}
	return len(all), h.Sum(nil), nil
}

// Report is what a verification read and what it found wrong.
type Report struct {
	Entries, Subjects, Seals int
	Faults                   []string
}

// Verify recomputes every chain and every seal from the stored contents. A nil
// error with faults means that the record was altered.
func Verify(ctx context.Context, db database.DB) (Report, error) {
	var r Report
	type row struct {
		Subject string
		Seq     int64
		At      time.Time
		Person  string
		Action  string
		Before  json.RawMessage
		After   json.RawMessage
		Prev    []byte
		Content []byte
		Hash    []byte
	}
	rows, err := db.Query(ctx, `
		select subject, seq, at, person, action, before, after, prev, content, hash
		from audit
		order by subject collate "C", seq`)
	if err != nil {
		return r, err
	}
	defer rows.Close()
	heads := map[string][]byte{}
	var subject string
	var seq int64
	for rows.Next() {
		x, err := pgx.RowToStructByName[row](rows)
		if err != nil {
			return r, err
		}
		r.Entries++
		if x.Subject != subject {
			subject, seq = x.Subject, 0
			r.Subjects++
		}
		seq++
		fault := func(what string) { r.Faults = append(r.Faults, fmt.Sprintf("%s #%d: %s", x.Subject, x.Seq, what)) }
		if x.Seq != seq {
			fault(fmt.Sprintf("expected #%d: an entry is missing", seq))
			seq = x.Seq
		}
		if !bytes.Equal(x.Prev, heads[subject]) {
			fault("does not follow its predecessor")
		}
		if sum := sha256.Sum256(append(append([]byte{}, x.Prev...), x.Content...)); !bytes.Equal(sum[:], x.Hash) {
			fault("content does not match its hash")
		}
		var s sealed
		if err := json.Unmarshal(x.Content, &s); err != nil {
			fault("content is unreadable")
		} else if s.Subject != x.Subject || s.Action != x.Action || s.Person != x.Person || !s.At.Equal(x.At) ||
			!sameJSON(s.Before, x.Before) || !sameJSON(s.After, x.After) {
			fault("columns do not match the hashed content")
		}
		heads[subject] = x.Hash
	}
	if err := rows.Err(); err != nil {
		return r, err
	}
	type head struct {
		Subject string
		Hash    []byte
	}
	stored, err := database.All[head](ctx, db, `select subject, hash from audit_head`, nil)
	if err != nil {
		return r, err
	}
	for _, h := range stored {
		if !bytes.Equal(heads[h.Subject], h.Hash) {
			r.Faults = append(r.Faults, h.Subject+": its newest entries are missing")
		}
		delete(heads, h.Subject)
	}
	for s := range heads {
		r.Faults = append(r.Faults, s+": its head is missing")
	}
	seals, err := database.All[seal](ctx, db, `select no, at, heads, root, prev, hash from audit_seal order by no`, nil)
	if err != nil {
		return r, err
	}
	prev := []byte{}
	for i, s := range seals {
		if s.No != int64(i+1) || !bytes.Equal(s.Prev, prev) || !bytes.Equal(s.sum(), s.Hash) {
			r.Faults = append(r.Faults, fmt.Sprintf("seal %d is broken", s.No))
		}
		prev = s.Hash
	}
	r.Seals = len(seals)
	return r, nil
}

func sameJSON(a, b json.RawMessage) bool {
	var x, y any
	_ = json.Unmarshal(a, &x) // unreadable counts as null
	_ = json.Unmarshal(b, &y)
	xs, _ := json.Marshal(x) // what was just decoded encodes again
	ys, _ := json.Marshal(y)
	return bytes.Equal(xs, ys)
}
