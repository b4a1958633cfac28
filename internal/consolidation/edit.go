package consolidation

import (
	"context"
	"maps"
	"time"

	"github.com/jackc/pgx/v5"

	"danvan/internal/actor"
	"danvan/internal/database"
	"danvan/internal/fault"
	"danvan/internal/post"
	"danvan/internal/workingcopy"
)

// Working is the working copy with all that stands beside it.
type Working struct {
	Case   Case // its Faults are counted, and who is missing is as in Ground
	Ground Ground
	Parts  map[string]workingcopy.Part // every part of [Keys] and the reference; one never saved is empty
	Faults []Fault                     // of the text
}

// Body is who is to issue the report.
func (w Working) Body() Body { return bodyOf(w.Parts[ReferenceKey].Content) }

// Contents are the parts by key.
func (w Working) Contents() map[string]Content { return contentsOf(w.Parts) }

func contentsOf(parts map[string]workingcopy.Part) map[string]Content {
	all := make(map[string]Content, len(parts))
	for key, p := range parts {
		all[key] = p.Content
	}
	return all
}

// Working returns the working copy of ref on the ground as it is now, in eight
// statements. Who may not see it gets [fault.NotFound], and so does everybody while
// nobody has begun.
func (s *Service) Working(ctx context.Context, act actor.Actor, now time.Time, ref Ref) (Working, error) {
	c, err := s.seen(ctx, act, now, ref)
	if err == nil && !c.Begun() {
		err = fault.NotFound
	}
	if err != nil {
		return Working{}, wrap(err, "read", ref)
	}
	w, err := working(ctx, s.db, now, c)
	return w, wrap(err, "read", ref)
}

func working(ctx context.Context, db database.DB, now time.Time, c Case) (Working, error) {
	w := Working{Case: c}
	var err error
	if w.Ground, err = gather(ctx, db, now, c); err != nil {
		return w, err
	}
	keys := append(Keys(w.Ground.Tasks), ReferenceKey)
	if w.Parts, err = workingcopy.PartsByKeys(ctx, db, c.CopyID(), keys); err != nil {
		return w, err
	}
	w.Faults = FaultsOf(w.Ground, w.Contents())
	w.Case.Faults, w.Case.Missing = len(w.Faults), []string{}
	for _, u := range w.Ground.Missing {
		w.Case.Missing = append(w.Case.Missing, u.Slug)
	}
	return w, nil
}

// SavePart stores the valid fields of a part and says what is wrong with the rest. A
// token that nobody knows is stored: [Working] says where it stands. Another
// person's changes to the same field are a *[workingcopy.Conflict].
func (s *Service) SavePart(ctx context.Context, act actor.Actor, now time.Time, once post.Once, ref Ref, key string, t workingcopy.Typed) (workingcopy.Result, error) {
	r := workingcopy.Result{Code: key}
	_, err := s.change(ctx, act, now, once, ref, "save "+key+" of", func(tx pgx.Tx, c *Case) (string, error) {
		action := Edit
		if key == ReferenceKey {
			action = EditReference
		}
		if err := Decide(act, action, *c, now).Err(); err != nil {
			return "", err
		}
		tasks, err := tasksOf(ctx, tx, c)
		if err != nil {
			return "", err
		}
		if !knows(key, tasks) {
			return "", fault.NotFound
		}
		r.Saved, r.Faults, err = c.savePart(ctx, tx, act, now, key, t)
		return r.Done(), err
	})
	return r, err
}

// savePart stores what is valid of a part. Only the report of the whole province can
// be issued by the province's committee.
func (c *Case) savePart(ctx context.Context, tx pgx.Tx, act actor.Actor, now time.Time, key string, t workingcopy.Typed) (workingcopy.Saved, fault.Invalid, error) {
	foreign := key == ReferenceKey && !c.Lead && t.Values[BodyField] == string(Province)
	if foreign {
		t.Values = maps.Clone(t.Values)
		delete(t.Values, BodyField)
	}
	saved, bad, err := workingcopy.SaveTyped(ctx, tx, act, now, c, Schema, key, t)
	if err == nil && foreign {
		bad.Add(BodyField, "Chỉ báo cáo tổng hợp của toàn tỉnh do Ủy ban nhân dân tỉnh ban hành được")
	}
	return saved, bad, err
}

func tasksOf(ctx context.Context, db database.DB, c *Case) ([]Task, error) {
	return database.All[Task](ctx, db, `
		select no, short, title
		from task
		where campaign_id = @campaign and no > 0
		order by no`,
		database.Args{"campaign": c.Campaign})
}

// Rebuild replaces the text of a part by the one assembled from the ground as it is
// now. The former text goes to the history; read is the revision of the part that
// was seen, another one is [fault.Conflict].
func (s *Service) Rebuild(ctx context.Context, act actor.Actor, now time.Time, once post.Once, ref Ref, key string, read int) error {
	_, err := s.change(ctx, act, now, once, ref, "rebuild "+key+" of", func(tx pgx.Tx, c *Case) (string, error) {
		if err := Decide(act, Edit, *c, now).Err(); err != nil {
			return "", err
		}
		g, err := gather(ctx, tx, now, *c)
		if err != nil {
			return "", err
		}
		if key == ReferenceKey || !knows(key, g.Tasks) {
			return "", fault.NotFound
		}
		was, err := workingcopy.PartByKey(ctx, tx, c.CopyID(), key)
		if err != nil {
			return "", err
		}
		if was.Revision != read {
			return "", fault.Conflict
		}
		_, err = workingcopy.SavePart(ctx, tx, act, now, c, workingcopy.Save{Key: key, Read: read, Values: DraftOf(g, key)})
		return "rebuilt", err
	})
	return err
}

// Former returns the former contents of the text, of all parts or of those under
// prefix, newest first, for who may see the working copy.
func (s *Service) Former(ctx context.Context, act actor.Actor, now time.Time, ref Ref, prefix string) (Case, []workingcopy.Former, error) {
	c, err := s.seen(ctx, act, now, ref)
	if err != nil {
		return c, nil, wrap(err, "read the history of", ref)
	}
	former, err := workingcopy.PartHistory(ctx, s.db, c.CopyID(), prefix)
	return c, former, wrap(err, "read the history of", ref)
}
