package submission

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"danvan/internal/actor"
	"danvan/internal/database"
	"danvan/internal/fault"
)

// Frozen is what a version keeps for ever. Its canonical JSON – fixed order of
// members, sorted keys, UTF-8, no spare white space – is what is hashed.
type Frozen struct {
	Kind     Kind         `json:"kind"`
	Year     int          `json:"year"`
	Period   string       `json:"period"`
	Unit     string       `json:"unit"`
	UnitName string       `json:"unit_name"`
	Parts    []FrozenPart `json:"parts"` // in order of key
	// Computed is what the portal worked out from elsewhere, as it stood when the
	// version was frozen; in order of key.
	Computed []FrozenPart `json:"computed,omitempty"`
	// Reference is the paper as it was sent: a later sending under the same
	// number may mend date or signer, and this one keeps what it was sent with.
	Reference Reference `json:"reference,omitzero"`
}

// FrozenPart is one part of a version. People records who was in charge then,
// though assignments are not versioned content.
type FrozenPart struct {
	Key     string            `json:"key"`
	Content Content           `json:"content"`
	People  map[string]string `json:"people,omitempty"`
}

// Canonical returns the bytes that are stored and hashed.
func (f Frozen) Canonical() ([]byte, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(f); err != nil {
		return nil, err
	}
	return bytes.TrimSuffix(b.Bytes(), []byte("\n")), nil
}

// Part returns the content of a part, typed or computed, or nil.
func (f Frozen) Part(key string) Content {
	for _, p := range slices.Concat(f.Parts, f.Computed) {
		if p.Key == key {
			return p.Content
		}
	}
	return nil
}

// contents are the parts by key.
func (f Frozen) contents() map[string]Content {
	parts := make(map[string]Content, len(f.Parts))
	for _, p := range f.Parts {
		parts[p.Key] = p.Content
	}
	return parts
}

// Version is a frozen, numbered sending (Lần gửi).
type Version struct {
	Head
	Frozen    Frozen
	SHA256    [sha256.Size]byte
	Authority string
	Reference Reference
}

type versionRow struct {
	Head      Head
	Content   []byte
	Authority string
}

func (r versionRow) version() (Version, error) {
	v := Version{Head: r.Head, SHA256: sha256.Sum256(r.Content), Authority: r.Authority}
	if err := json.Unmarshal(r.Content, &v.Frozen); err != nil {
		return v, fmt.Errorf("version %d: %w", r.Head.ID, err)
	}
	v.Reference = v.Frozen.Reference
	return v, nil
}

const versionQuery = `
	select ` + headOf + ` as head, v.content, v.authority
	from version v
	join version_outcome o on o.version_id = v.id `

// VersionByNo returns one version of a submission.
func VersionByNo(ctx context.Context, db database.DB, id ID, no int) (Version, error) {
	r, err := database.One[versionRow](ctx, db, versionQuery+`where v.submission_id = @id and v.no = @no`,
		database.Args{"id": id, "no": no})
	if err != nil {
		return Version{}, err
	}
	return r.version()
}

// Heads returns every version of a submission, oldest first, without content.
func Heads(ctx context.Context, db database.DB, id ID) ([]Head, error) {
	return database.Values[Head](ctx, db, `
		select `+headOf+`
		from version v
		join version_outcome o on o.version_id = v.id
		where v.submission_id = @id
		order by v.no`,
		database.Args{"id": id})
}

// freeze makes the next version out of the working copy and hands it over to
// those who decide.
func freeze(ctx context.Context, tx pgx.Tx, act actor.Actor, now time.Time, c *Case, authority actor.Role, s Signing) (Head, error) {
	parts, err := Parts(ctx, tx, c.ID)
	if err != nil {
		return Head{}, err
	}
	f := Frozen{Kind: c.Kind, Year: c.Year, Period: c.Period, Unit: c.UnitSlug, UnitName: c.UnitName, Parts: []FrozenPart{},
		Computed:  slices.SortedFunc(slices.Values(s.Computed), func(a, b FrozenPart) int { return strings.Compare(a.Key, b.Key) }),
		Reference: s.Reference}
	for _, p := range parts {
		if !s.Omitted[p.Key] {
			f.Parts = append(f.Parts, FrozenPart{Key: p.Key, Content: p.Content, People: s.People[p.Key]})
		}
	}
	content, err := f.Canonical()
	if err != nil {
		return Head{}, err
	}
	refID, err := keepReference(ctx, tx, c, s.Reference)
	if err != nil {
		return Head{}, err
	}
	h := Head{No: 1, Outcome: Pending, SentAt: now, SentByName: act.Name, DueBefore: c.DueBefore}
	if c.Last != nil {
		h.No = c.Last.No + 1
	}
	sum := sha256.Sum256(content)
	h.ID, err = database.Value[int64](ctx, tx, `
		with v as (
			insert into version (submission_id, no, content, sha256, sent_by, sent_by_name, authority, document_ref_id, due_before, sent_at)
			values (@id, @no, @content, @sha, @by, @name, @authority, @ref, @due, @now)
			returning id, submission_id
		), o as (
			insert into version_outcome (version_id, submission_id)
			select id, submission_id from v
		), a as (
			insert into version_author (version_id, person_id)
			select v.id, w.person_id from v join working_author w on w.submission_id = v.submission_id
		)
		select id from v`,
		database.Args{"id": c.ID, "no": h.No, "content": content, "sha": sum[:], "by": act.Person, "name": act.Name,
			"authority": authority, "ref": refID, "due": c.DueBefore, "now": now})
	if err != nil {
		return Head{}, err
	}
	c.Last = &h
	return h, nil
}

// keepReference stores the document reference as it reads now. A number once used
// stays with the submission that used it: sending the same paper again reuses it.
func keepReference(ctx context.Context, tx pgx.Tx, c *Case, r Reference) (int64, error) {
	found, err := database.Values[int64](ctx, tx, `
		insert into document_ref (issuer_id, year, symbol, number, suffix, issued_on, subject, signer, capacity)
		values (@issuer, @year, @symbol, @number, @suffix, @issued_on, @subject, @signer, @capacity)
		on conflict on constraint document_ref_once do update
		set issued_on = excluded.issued_on, subject = excluded.subject,
		    signer = excluded.signer, capacity = excluded.capacity
		where exists (select from version v where v.document_ref_id = document_ref.id and v.submission_id = @id)
		returning id`,
		database.Args{"issuer": c.Unit, "year": r.IssuedOn.Year(), "symbol": r.Symbol, "number": r.Number, "suffix": r.Suffix,
			"issued_on": r.IssuedOn, "subject": r.Subject, "signer": r.Signer, "capacity": r.Capacity, "id": c.ID})
	if err != nil {
		return 0, err
	}
	if len(found) == 0 {
		return 0, fault.Invalid{"number": fmt.Sprintf("Số %s năm %d đã dùng cho văn bản khác của đơn vị", r, r.IssuedOn.Year())}
	}
	return found[0], nil
}

// MarkRead notes that act opened the newest version; from then on the unit
// cannot recall it if act is one of those who may decide. Reading twice is once.
func MarkRead(ctx context.Context, db database.DB, act actor.Actor, now time.Time, c Case) error {
	h := c.pendingHead()
	if h == nil || act.Person == 0 {
		return nil
	}
	return database.InTx(ctx, db, func(tx pgx.Tx) error {
		// The lock makes opening and recalling happen one after the other: what was
		// decided on meanwhile is not read any more.
		if _, err := database.Value[ID](ctx, tx, `select id from submission where id = @id for update`, database.Args{"id": c.ID}); err != nil {
			return err
		}
		return c.noteRead(ctx, tx, act, now, Decide(act, Accept, c, now).Allowed)
	})
}

// noteRead keeps that act has seen the newest version while it waits.
func (c *Case) noteRead(ctx context.Context, tx pgx.Tx, act actor.Actor, now time.Time, decides bool) error {
	_, err := database.Exec(ctx, tx, `
		insert into version_read (version_id, person_id, at, decides)
		select o.version_id, @person, @now, @decides
		from version_outcome o
		where o.version_id = @version and o.outcome = 'pending'
		on conflict (version_id, person_id) do update
		set decides = version_read.decides or excluded.decides`,
		database.Args{"version": c.Last.ID, "person": act.Person, "now": now, "decides": decides})
	return err
}
