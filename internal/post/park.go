package post

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/gob"
	"fmt"
	"maps"
	"net/url"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgtype"

	"danvan/internal/actor"
	"danvan/internal/database"
	"danvan/internal/fault"
)

// Why a post was parked.
type Why string

const (
	NoSession  Why = "session"  // the sign-in had ended
	LostRights Why = "rights"   // the author may no longer do it
	PutOff     Why = "conflict" // the author put a conflict off (Để sau)
	Failed     Why = "failure"  // it could not be stored
)

// Whys lists every reason.
var Whys = []Why{NoSession, LostRights, PutOff, Failed}

const (
	maxParked = 20
	maxSize   = 256 << 10 // bytes of one post
	// keptFor is how long parked posts and keys of forms are kept.
	keptFor = 7 * 24 * time.Hour
)

// Lost is a post that could not be carried out.
type Lost struct {
	Person   actor.PersonID // signed in, or named by the form's token
	Path     string         // where it was posted
	Label    string         // what it was about, for the author to recognise
	Why      Why
	Values   url.Values // what was typed, and the revision it was typed against
	HadFiles bool       // files came along; they are not kept
}

// Parked is a post kept for its author.
type Parked struct {
	ID       string
	Path     string
	Label    string
	Why      Why
	HadFiles bool
	At       time.Time // business time
}

// Park keeps a lost post for its author, encrypted, until it is used or a week
// has passed, and returns its id. The same post again is kept once, a week from
// then, under why and when it was first lost: sending it again tells why it failed
// now. One too
// large, or one too many, is a [fault.Invalid]: nothing kept is pushed out
// except an older post to the same address. now is business time.
//
// Parking is not audited: nothing the portal records has changed, and what is
// done with the post later is audited as any other change.
func (s *Sealer) Park(ctx context.Context, db database.DB, l Lost, now, machineNow time.Time) (id string, err error) {
	var typed bytes.Buffer
	if err := gob.NewEncoder(&typed).Encode(l.Values); err != nil {
		return "", err
	}
	if typed.Len() > maxSize {
		return "", fault.Invalid{"": "Nội dung vừa gửi lớn hơn 256 kB nên không giữ lại được. Hãy chép lại nội dung trước khi rời trang."}
	}
	err = database.InTx(ctx, db, func(tx pgx.Tx) error {
		// Two posts of one person must not both be the twentieth.
		if _, err := tx.Exec(ctx, `select pg_advisory_xact_lock(hashtextextended('parked_post/' || @person::bigint, 0))`,
			database.Args{"person": l.Person}); err != nil {
			return err
		}
		kept, err := database.All[parkedRow](ctx, tx, parkedQuery+`
			where person_id = @person
			order by kept_at, id`,
			database.Args{"person": l.Person})
		if err != nil {
			return err
		}
		if twin := s.same(kept, l); twin != nil {
			id = twin.id()
			return database.Change(ctx, tx, `
				update parked_post set kept_at = @kept_at
				where id = @id`,
				database.Args{"id": twin.ID, "kept_at": machineNow})
		}
		if err := makeRoom(ctx, tx, kept, l.Path); err != nil {
			return err
		}
		var random pgtype.UUID
		rand.Read(random.Bytes[:])
		random.Valid = true
		row := parkedRow{ID: random, PersonID: l.Person, Path: l.Path}
		id = row.id()
		return database.Change(ctx, tx, `
			insert into parked_post (id, person_id, path, label, why, had_files, sealed, at, kept_at)
			values (@id, @person, @path, @label, @why, @had_files, @sealed, @at, @kept_at)`,
			database.Args{"id": random, "person": l.Person, "path": l.Path, "label": l.Label, "why": l.Why, "had_files": l.HadFiles,
				"sealed": s.parked.Seal(nil, nil, typed.Bytes(), row.place()), "at": now, "kept_at": machineNow})
	})
	return id, err
}

// same returns the kept post to which l would add nothing, or nil. What comes from a
// kept post is without the files that came with it first.
func (s *Sealer) same(kept []parkedRow, l Lost) *parkedRow {
	var twin *parkedRow
	for _, k := range kept {
		if k.Path != l.Path || l.HadFiles && !k.HadFiles {
			continue
		}
		// One that does not open, say from before a change of the key, is another.
		if values, err := s.open(k); err == nil && maps.EqualFunc(values, l.Values, slices.Equal) {
			if twin = &k; k.HadFiles == l.HadFiles {
				break
			}
		}
	}
	return twin
}

// makeRoom sees to it that one more post fits. kept is in order of age.
func makeRoom(ctx context.Context, tx pgx.Tx, kept []parkedRow, path string) error {
	if len(kept) < maxParked {
		return nil
	}
	for _, k := range kept {
		if k.Path == path {
			return database.Change(ctx, tx, `delete from parked_post where id = @id`, database.Args{"id": k.ID})
		}
	}
	return fault.Invalid{"": fmt.Sprintf("Đang giữ %d nội dung chưa gửi được của bạn nên không giữ thêm được. "+
		"Hãy chép lại nội dung này, rồi xử lý hoặc bỏ bớt các nội dung đang giữ.", maxParked)}
}

// parkedRow is a parked post as it is stored.
type parkedRow struct {
	ID       pgtype.UUID
	PersonID actor.PersonID
	Path     string
	Label    string
	Why      Why
	HadFiles bool
	Sealed   []byte
	At       time.Time
}

const parkedQuery = `
	select id, person_id, path, label, why, had_files, sealed, at
	from parked_post `

func (r parkedRow) id() string { return r.ID.String() }

// place is bound into the seal, so that a row shows nobody else's text.
func (r parkedRow) place() []byte {
	return fmt.Appendf(nil, "%s %d %s", r.id(), r.PersonID, r.Path)
}

func (r parkedRow) parked() Parked {
	return Parked{ID: r.id(), Path: r.Path, Label: r.Label, Why: r.Why, HadFiles: r.HadFiles, At: r.At}
}

func (s *Sealer) open(r parkedRow) (url.Values, error) {
	plain, err := s.parked.Open(nil, nil, r.Sealed, r.place())
	if err != nil {
		return nil, fmt.Errorf("parked post %s: %w", r.id(), err)
	}
	var values url.Values
	return values, gob.NewDecoder(bytes.NewReader(plain)).Decode(&values)
}

// List returns what is kept for act, newest first, without the text.
func List(ctx context.Context, db database.DB, act actor.Actor) ([]Parked, error) {
	rows, err := database.All[parkedRow](ctx, db, `
		select id, person_id, path, label, why, had_files, ''::bytea as sealed, at
		from parked_post
		where person_id = @person
		order by kept_at desc, id`,
		database.Args{"person": act.Person})
	if err != nil {
		return nil, err
	}
	list := make([]Parked, len(rows))
	for i, r := range rows {
		list[i] = r.parked()
	}
	return list, nil
}

// Take returns one post kept for act with what was typed; it stays until
// [Drop]. Another person's is [fault.NotFound].
func (s *Sealer) Take(ctx context.Context, db database.DB, act actor.Actor, id string) (Parked, url.Values, error) {
	var key pgtype.UUID
	if err := key.Scan(id); err != nil {
		return Parked{}, nil, fault.NotFound
	}
	r, err := database.One[parkedRow](ctx, db, parkedQuery+`where id = @id and person_id = @person`,
		database.Args{"id": key, "person": act.Person})
	if err != nil {
		return Parked{}, nil, err
	}
	values, err := s.open(r)
	return r.parked(), values, err
}

// Drop removes a post kept for act, used or no longer wanted. Another person's
// is [fault.NotFound]. Run it in the transaction that uses the post.
func Drop(ctx context.Context, db database.DB, act actor.Actor, id string) error {
	var key pgtype.UUID
	if err := key.Scan(id); err != nil {
		return fault.NotFound
	}
	n, err := database.Exec(ctx, db, `delete from parked_post where id = @id and person_id = @person`,
		database.Args{"id": key, "person": act.Person})
	if err == nil && n == 0 {
		return fault.NotFound
	}
	return err
}

// Sweep removes parked posts and keys of forms that are older than a week.
func Sweep(ctx context.Context, db database.DB, machineNow time.Time) error {
	before := database.Args{"before": machineNow.Add(-keptFor)}
	if _, err := database.Exec(ctx, db, `delete from parked_post where kept_at < @before`, before); err != nil {
		return err
	}
	_, err := database.Exec(ctx, db, `delete from idempotency where at < @before`, before)
	return err
}
