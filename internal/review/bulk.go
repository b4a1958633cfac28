package review

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"

	"danvan/internal/actor"
	"danvan/internal/database"
	"danvan/internal/fault"
	"danvan/internal/post"
	"danvan/internal/submission"
)

// Item is one version that is to be accepted together with others.
type Item struct {
	Kind submission.Kind
	Ref  submission.Ref
	No   int
}

// Result is what became of an item.
type Result string

const (
	Taken   Result = "taken"   // accepted
	NotRead Result = "unread"  // that person has not opened this version
	Stale   Result = "stale"   // decided on, or sent anew, meanwhile
	OwnWork Result = "own"     // that person is among its authors
	Refused Result = "refused" // the policy says no for another reason
	Unknown Result = "unknown" // does not exist for that person
)

// Outcome is one item with what became of it.
type Outcome struct {
	Item
	Result   Result
	UnitName string // "" for Unknown
	What     string // "kế hoạch năm 2022"
	Reason   string // of a refusal, with what to do about it
}

// MostTogether bounds how many items are accepted with one form.
const MostTogether = 100

// Together is what became of the items of one form.
type Together struct {
	At       time.Time
	Outcomes []Outcome
}

// Taken counts the items that were accepted.
func (t Together) Taken() int {
	n := 0
	for _, o := range t.Outcomes {
		if o.Result == Taken {
			n++
		}
	}
	return n
}

// AcceptAll accepts each item in a transaction of its own: nothing that act has
// not opened, wrote, or that has changed since is accepted. It returns the key
// under which [Service.Outcomes] says of each what became of it. A repeated form
// accepts nothing twice and has the same key.
func (s *Service) AcceptAll(ctx context.Context, act actor.Actor, now time.Time, once post.Once, items []Item) (string, error) {
	if len(items) > MostTogether {
		return "", fault.Invalid{"items": fmt.Sprintf("Chọn tối đa %d hồ sơ một lần", MostTogether)}
	}
	if once.Key == "" {
		once.Key = rand.Text()
	}
	t := Together{At: now}
	for i, item := range items {
		o, err := s.acceptOne(ctx, act, now, partOf(once, fmt.Sprint(item)), item)
		if err != nil {
			return "", fmt.Errorf("accept %d of %d: %w", i+1, len(items), err)
		}
		t.Outcomes = append(t.Outcomes, o)
	}
	told, err := json.Marshal(t)
	if err != nil {
		return "", err
	}
	// One page of the queue may be sent again with other items chosen: what was
	// typed is part of the key.
	whole := partOf(once, hex.EncodeToString(once.Body))
	if err := whole.Keep(ctx, s.db, act, string(told)); err != nil {
		return "", fmt.Errorf("keep the outcomes of %d: %w", len(items), err)
	}
	return whole.Key, nil
}

// Outcomes tells what became of what act accepted together, however often it is
// asked: [fault.NotFound] for anybody else, and after a week.
func (s *Service) Outcomes(ctx context.Context, act actor.Actor, key string) (Together, error) {
	var t Together
	if !Receives(act) {
		return t, fault.NotFound
	}
	told, err := post.Kept(ctx, s.db, act, key)
	if err != nil {
		return t, fmt.Errorf("outcomes %q: %w", key, err)
	}
	if json.Unmarshal([]byte(told), &t) != nil {
		return t, fault.NotFound // the key of another form
	}
	return t, nil
}

// within is what a form means to do to one thing.
func partOf(once post.Once, what string) post.Once {
	sum := sha256.Sum256([]byte(once.Key + "\n" + what))
	return post.Once{Key: hex.EncodeToString(sum[:]), Body: once.Body}
}

// errHeld breaks the transaction of an item off that is not accepted.
var errHeld = errors.New("not accepted")

func (s *Service) acceptOne(ctx context.Context, act actor.Actor, now time.Time, once post.Once, item Item) (Outcome, error) {
	o := Outcome{Item: item, Result: Taken}
	_, err := submission.Change(ctx, s.db, act, now, once, item.Ref, func(tx pgx.Tx, c *submission.Case) (string, error) {
		var err error
		if o.Result, o.Reason, err = judge(ctx, tx, act, now, *c, item); err != nil {
			return "", err
		}
		if o.Result != Unknown {
			o.UnitName, o.What = c.UnitName, c.What()
		}
		if o.Result != Taken {
			return "", errHeld
		}
		return "accept", accept(ctx, tx, act, now, c, item.No)
	})
	switch {
	case errors.Is(err, errHeld):
		return o, nil
	case errors.Is(err, fault.NotFound):
		return Outcome{Item: item, Result: Unknown}, nil
	case err != nil || o.What != "":
		return o, err
	}
	// A repeated form: what was accepted then is told again.
	c, err := submission.Load(ctx, s.db, now, item.Ref)
	o.UnitName, o.What = c.UnitName, c.What()
	return o, err
}

// judge says whether act may accept an item now, in the order in which it helps
// to know: what is not there, what is one's own, what has changed, what is unread.
func judge(ctx context.Context, db database.DB, act actor.Actor, now time.Time, c submission.Case, item Item) (Result, string, error) {
	if c.Kind != item.Kind || !act.Is(c.Receiver, Roles...) {
		return Unknown, "", nil
	}
	d := submission.Decide(act, submission.Accept, c, now)
	switch {
	case !d.Allowed && slices.Contains(c.Authors, act.Person):
		return OwnWork, d.Reason + " " + d.Remedy, nil
	case c.State != submission.Submitted, c.Last == nil, c.Last.No != item.No:
		return Stale, "", nil
	case !d.Allowed:
		return Refused, d.Reason + " " + d.Remedy, nil
	}
	read, err := database.Value[bool](ctx, db, `
		select exists (select from version_read where version_id = @version and person_id = @me)`,
		database.Args{"version": c.Last.ID, "me": act.Person})
	if err != nil || !read {
		return NotRead, "", err
	}
	return Taken, "", nil
}
