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

// Report is what a verification read and what it found wrong.
type Report struct {
	Entries, Subjects, Seals int
	Faults                   []string
}

func (r *Report) fault(format string, args ...any) {
	r.Faults = append(r.Faults, fmt.Sprintf(format, args...))
}

// Verify recomputes every chain and every seal from the stored contents. A nil
// error with faults means that the record was altered. Given a pool or a
// connection it reads one snapshot, so that it may run beside writers; in a
// transaction it sees what that sees.
func Verify(ctx context.Context, db database.DB) (Report, error) {
	begin, outside := db.(interface {
		BeginTx(context.Context, pgx.TxOptions) (pgx.Tx, error)
	})
	if !outside {
		return verify(ctx, db)
	}
	tx, err := begin.BeginTx(ctx, pgx.TxOptions{IsoLevel: pgx.RepeatableRead, AccessMode: pgx.ReadOnly})
	if err != nil {
		return Report{}, err
	}
	// Nothing was written: a rollback that fails loses nothing.
	defer func() { _ = tx.Rollback(context.WithoutCancel(ctx)) }()
	return verify(ctx, tx)
}

func verify(ctx context.Context, db database.DB) (Report, error) {
	var r Report
	chains, err := r.chains(ctx, db)
	if err != nil {
		return r, err
	}
	if err := r.heads(ctx, db, chains); err != nil {
		return r, err
	}
	return r, r.seals(ctx, db, chains)
}

// chain is what a subject's entries add up to.
type chain struct {
	seq    int64
	last   []byte
	sealed map[int64][]byte // hash of each sealed entry that is still there
}

// row is an entry as it is stored: what people read, and what was hashed.
type row struct {
	Year       int
	Subject    string
	Seq        int64
	At         time.Time
	RecordedAt time.Time
	PersonID   int64
	Person     string
	Authority  string
	From       string
	Action     string
	Before     json.RawMessage
	After      json.RawMessage
	VersionID  int64
	Prev       []byte
	Content    []byte
	Hash       []byte
	Sealed     bool
}

// matchesContent reports whether the columns say what was hashed.
func (x row) matchesContent() bool {
	var s sealed
	if err := json.Unmarshal(x.Content, &s); err != nil {
		return false
	}
	return s.Subject == x.Subject && s.At.Equal(x.At) && s.At.Year() == x.Year && s.RecordedAt.Equal(x.RecordedAt) &&
		s.PersonID == x.PersonID && s.Person == x.Person && s.Authority == x.Authority && s.From == x.From &&
		s.Action == x.Action && s.VersionID == x.VersionID && sameJSON(s.Before, x.Before) && sameJSON(s.After, x.After)
}

// chains reads every entry in order and checks it against its predecessor.
func (r *Report) chains(ctx context.Context, db database.DB) (map[string]*chain, error) {
	rows, err := db.Query(ctx, `
		select a.year, a.subject, a.seq, a.at, a.recorded_at, coalesce(a.person_id, 0) as person_id, a.person, a.authority,
		       a.from_addr as from, a.action, a.before, a.after, coalesce(a.version_id, 0) as version_id,
		       a.prev, a.content, a.hash,
		       exists (select from audit_seal_head s where s.subject = a.subject and s.seq = a.seq) as sealed
		from audit a
		order by a.subject collate "C", a.seq`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	chains := map[string]*chain{}
	for rows.Next() {
		x, err := pgx.RowToStructByName[row](rows)
		if err != nil {
			return nil, err
		}
		r.Entries++
		c := chains[x.Subject]
		if c == nil {
			c = &chain{sealed: map[int64][]byte{}}
			chains[x.Subject] = c
			r.Subjects++
		}
		c.seq++
		if x.Seq != c.seq {
			r.fault("%s #%d: expected #%d: an entry is missing", x.Subject, x.Seq, c.seq)
			c.seq = x.Seq
		}
		if !bytes.Equal(x.Prev, c.last) {
			r.fault("%s #%d: does not follow its predecessor", x.Subject, x.Seq)
		}
		if sum := sha256.Sum256(append(append([]byte{}, x.Prev...), x.Content...)); !bytes.Equal(sum[:], x.Hash) {
			r.fault("%s #%d: content does not match its hash", x.Subject, x.Seq)
		}
		if !x.matchesContent() {
			r.fault("%s #%d: columns do not match the hashed content", x.Subject, x.Seq)
		}
		c.last = x.Hash
		if x.Sealed {
			c.sealed[x.Seq] = x.Hash
		}
	}
	return chains, rows.Err()
}

// heads checks that every chain ends where its head says.
func (r *Report) heads(ctx context.Context, db database.DB, chains map[string]*chain) error {
	stored, err := database.All[head](ctx, db, `select subject, seq, hash from audit_head order by subject collate "C"`, nil)
	if err != nil {
		return err
	}
	known := map[string]bool{}
	for _, h := range stored {
		known[h.Subject] = true
		if c := chains[h.Subject]; c == nil || c.seq != h.Seq || !bytes.Equal(c.last, h.Hash) {
			r.fault("%s: its newest entries are missing", h.Subject)
		}
	}
	for subject := range chains {
		if !known[subject] {
			r.fault("%s: its head is missing", subject)
		}
	}
	return nil
}

// seals checks the list of seals and that everything sealed is still there.
func (r *Report) seals(ctx context.Context, db database.DB, chains map[string]*chain) error {
	all, err := database.All[seal](ctx, db, sealQuery+`order by no`, nil)
	if err != nil {
		return err
	}
	type sealedHead struct {
		No int64
		head
	}
	heads, err := database.All[sealedHead](ctx, db, `
		select no, subject, seq, hash
		from audit_seal_head
		order by no, subject collate "C"`, nil)
	if err != nil {
		return err
	}
	under := map[int64][]head{}
	newest := map[string]int64{}
	for _, h := range heads {
		under[h.No] = append(under[h.No], h.head)
		newest[h.Subject] = h.Seq
		c := chains[h.Subject]
		switch {
		case c == nil:
			r.fault("%s: all its entries are missing since seal %d", h.Subject, h.No)
		case !bytes.Equal(c.sealed[h.Seq], h.Hash):
			r.fault("%s #%d: is not as seal %d has it", h.Subject, h.Seq, h.No)
		}
	}
	prev := []byte{}
	for i, s := range all {
		if s.No != int64(i+1) || !bytes.Equal(s.Prev, prev) || !bytes.Equal(s.sum(), s.Hash) ||
			len(under[s.No]) != s.Heads || !bytes.Equal(digest(under[s.No]), s.Root) {
			r.fault("seal %d is broken", s.No)
		}
		prev = s.Hash
	}
	r.Seals = len(all)
	type mark struct {
		Subject string
		Sealed  int64
	}
	marks, err := database.All[mark](ctx, db, `select subject, sealed from audit_head where sealed > 0 order by subject collate "C"`, nil)
	if err != nil {
		return err
	}
	for _, m := range marks {
		if newest[m.Subject] != m.Sealed {
			r.fault("%s #%d: its seal is missing", m.Subject, m.Sealed)
		}
	}
	return nil
}

func sameJSON(a, b json.RawMessage) bool {
	var x, y any
	_ = json.Unmarshal(a, &x) // unreadable counts as null
	_ = json.Unmarshal(b, &y)
	xs, _ := json.Marshal(x) // what was just decoded encodes again
	ys, _ := json.Marshal(y)
	return bytes.Equal(xs, ys)
}
