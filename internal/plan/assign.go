package plan

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"

	"danvan/internal/actor"
	"danvan/internal/audit"
	"danvan/internal/database"
	"danvan/internal/fault"
	"danvan/internal/post"
	"danvan/internal/submission"
	"danvan/internal/viet"
)

// assigned is what the database knows of an activity beside its content.
type assigned struct {
	Owner, Deputy *Assignee
	Sent          bool
}

// assignedIn returns, for each activity of a submission, who is in charge at now.
func assignedIn(ctx context.Context, db database.DB, now time.Time, id submission.ID) (map[ActivityID]assigned, error) {
	type row struct {
		ID   ActivityID
		Sent bool
		Kind string // "" where nobody is in charge
		Who  *Assignee
	}
	// Both kinds in one join: a lateral join for each is planned as a walk through
	// all assignments per activity while the tables have no statistics yet.
	rows, err := database.All[row](ctx, db, `
		select a.id, a.sent, coalesce(g.kind, '') as kind,
		       case when g.kind is not null then json_build_object('ID', p.id, 'Name', p.name,
		           'Active', p.active and exists (
		               select from membership m
		               where m.person_id = p.id and m.unit_id = s.unit_id and m.valid @> @today::date)) end as who
		from activity a
		join submission s on s.id = a.submission_id
		left join assignment g on g.activity_id = a.id and upper_inf(g.valid)
		left join person p on p.id = g.person_id
		where a.submission_id = @id`,
		database.Args{"id": id, "today": viet.DateOf(now)})
	if err != nil {
		return nil, err
	}
	out := make(map[ActivityID]assigned, len(rows))
	for _, r := range rows {
		is := out[r.ID]
		is.Sent = r.Sent
		switch r.Kind {
		case "owner":
			is.Owner = r.Who
		case "deputy":
			is.Deputy = r.Who
		}
		out[r.ID] = is
	}
	return out, nil
}

// Members returns the people of a unit today who may be put in charge, by tên, họ, đệm.
func (s *Service) Members(ctx context.Context, now time.Time, unit actor.UnitID) ([]Assignee, error) {
	return database.All[Assignee](ctx, s.db, `
		select p.id, p.name, true as active
		from person p
		where p.active and exists (
		    select from membership m
		    where m.person_id = p.id and m.unit_id = @unit and m.valid @> @today::date)
		order by split_part(p.name_sort, ' ', 1) collate "vi-x-icu", p.name_sort collate "vi-x-icu", p.id`,
		database.Args{"unit": unit, "today": viet.DateOf(now)})
}

// Charge is whom a form puts in charge, as owner or as deputy; 0 is nobody.
type Charge struct {
	Was actor.PersonID // in charge when the form was filled; one who has left counts as nobody
	Now actor.PersonID
}

// Taken says who is in charge, as "owner" or "deputy", where somebody else put
// another person there after the form was filled; nil is nobody.
type Taken map[string]*Assignee

// onto returns who is in charge after x, or that is was put there since the form
// was filled: an assignment has no revision, and nobody is replaced unseen.
func (x Charge) onto(is *Assignee) (person actor.PersonID, taken bool) {
	var here, active actor.PersonID
	if is != nil {
		here = is.ID
		if is.Active {
			active = is.ID
		}
	}
	switch {
	case x.Now == x.Was || x.Now == active:
		return here, false
	case x.Was != active:
		return here, true
	}
	return x.Now, false
}

// Assign puts people in charge of an activity. It stands outside the versioned
// content, so it works at any time of the year.
func (s *Service) Assign(ctx context.Context, act actor.Actor, now time.Time, once post.Once, ref submission.Ref, code string, owner, deputy Charge) (Taken, error) {
	var taken Taken
	_, err := submission.Change(ctx, s.db, act, now, once, ref, func(tx pgx.Tx, c *submission.Case) (string, error) {
		id, err := activityByCode(ctx, tx, c.ID, code)
		if err != nil {
			return "", err
		}
		taken, err = assign(ctx, tx, act, now, c, id, code, owner, deputy)
		return code, err
	})
	return taken, wrap(err, "assign activity "+code+" of", ref)
}

func assign(ctx context.Context, tx pgx.Tx, act actor.Actor, now time.Time, c *submission.Case, id ActivityID, code string, owner, deputy Charge) (Taken, error) {
	if err := submission.Decide(act, submission.Assign, *c, now).Err(); err != nil {
		return nil, err
	}
	all, err := assignedIn(ctx, tx, now, c.ID)
	if err != nil {
		return nil, err
	}
	places := []struct {
		kind string
		to   Charge
		is   *Assignee
	}{{"owner", owner, all[id].Owner}, {"deputy", deputy, all[id].Deputy}}
	bad, taken, after := fault.Invalid{}, Taken{}, map[string]actor.PersonID{}
	for _, x := range places {
		person, changed := x.to.onto(x.is)
		after[x.kind] = person
		if !changed {
			continue
		}
		taken[x.kind] = x.is
		name := "không còn ai"
		if x.is != nil && x.is.Active {
			name = x.is.Name
		}
		bad.Add(x.kind, "Mục này vừa được người khác đổi thành: "+name+". Chọn lại nếu vẫn muốn thay")
	}
	if err := bad.OrNil(); err != nil {
		return taken, err
	}
	if after["owner"] != 0 && after["owner"] == after["deputy"] {
		return nil, fault.Invalid{"deputy": "Người thay thế phải khác người phụ trách"}
	}
	for _, x := range places {
		if err := assignOne(ctx, tx, act, now, c, id, code, x.kind, after[x.kind]); err != nil {
			return nil, err
		}
	}
	return nil, nil
}

func assignOne(ctx context.Context, tx pgx.Tx, act actor.Actor, now time.Time, c *submission.Case, id ActivityID, code, kind string, person actor.PersonID) error {
	type row struct {
		PersonID actor.PersonID
		Name     string
	}
	open, err := database.All[row](ctx, tx, `
		select g.person_id, p.name
		from assignment g
		join person p on p.id = g.person_id
		where g.activity_id = @id and g.kind = @kind and upper_inf(g.valid)`,
		database.Args{"id": id, "kind": kind})
	if err != nil {
		return err
	}
	var was row
	if len(open) == 1 {
		was = open[0]
	}
	if was.PersonID == person {
		return nil
	}
	name := ""
	if person != 0 {
		names, err := database.Values[string](ctx, tx, `
			select p.name
			from person p
			where p.id = @person and p.active and exists (
			    select from membership m
			    where m.person_id = p.id and m.unit_id = @unit and m.valid @> @today::date)`,
			database.Args{"person": person, "unit": c.Unit, "today": viet.DateOf(now)})
		if err != nil {
			return err
		}
		if len(names) == 0 {
			return fault.Invalid{kind: "Chọn người đang công tác tại " + c.UnitShort}
		}
		name = names[0]
	}
	// An assignment that began this very moment leaves no interval behind.
	if _, err := database.Exec(ctx, tx, `
		delete from assignment
		where activity_id = @id and kind = @kind and upper_inf(valid) and lower(valid) >= @now`,
		database.Args{"id": id, "kind": kind, "now": now}); err != nil {
		return err
	}
	if _, err := database.Exec(ctx, tx, `
		update assignment set valid = tstzrange(lower(valid), @now)
		where activity_id = @id and kind = @kind and upper_inf(valid)`,
		database.Args{"id": id, "kind": kind, "now": now}); err != nil {
		return err
	}
	if person != 0 {
		// Two processes' clocks may differ by a little: intervals never overlap.
		if err := database.Change(ctx, tx, `
			insert into assignment (activity_id, person_id, kind, valid)
			select @id, @person, @kind, tstzrange(greatest(@now::timestamptz, max(upper(valid))), null)
			from assignment
			where activity_id = @id and kind = @kind`,
			database.Args{"id": id, "person": person, "kind": kind, "now": now}); err != nil {
			return err
		}
	}
	return c.Record(ctx, tx, act, now, audit.Entry{Action: "assigned",
		Before: map[string]any{"activity": code, kind: was.Name}, After: map[string]any{"activity": code, kind: name}})
}

func activityByCode(ctx context.Context, db database.DB, id submission.ID, code string) (ActivityID, error) {
	return database.Value[ActivityID](ctx, db, `select id from activity where submission_id = @id and code = @code`,
		database.Args{"id": id, "code": code})
}
