package demo

import (
	"context"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"danvan/internal/account"
	"danvan/internal/actor"
	"danvan/internal/campaign"
	"danvan/internal/demo/content"
	"danvan/internal/indicator"
	"danvan/internal/submission"
	"danvan/internal/unit"
	"danvan/internal/viet"
)

// person is somebody of the content with what the database knows them by.
type person struct {
	content.Person
	ID     actor.PersonID
	UnitID actor.UnitID
}

// at is the person acting at a moment, in the roles held that day.
func (p person) at(now time.Time) actor.Actor {
	act := actor.Actor{Person: p.ID, Name: p.Name}
	if !p.Until.IsZero() && !viet.DateOf(now).Before(p.Until) {
		return act
	}
	for _, role := range p.Roles {
		act.Memberships = append(act.Memberships, actor.Membership{Unit: p.UnitID, Role: actor.Role(role)})
	}
	return act
}

// cast is everybody, by unit and name.
type cast map[[2]string]person

// named returns a person of a unit; nobody of that name is a fault in the tables.
func (c cast) named(unit, name string) (person, error) {
	p, ok := c[[2]string{unit, name}]
	if !ok {
		return p, fmt.Errorf("%s has no %q", unit, name)
	}
	return p, nil
}

// withUsername returns who signs in under username.
func (c cast) withUsername(username string) (person, error) {
	for _, p := range c {
		if p.Username == username {
			return p, nil
		}
	}
	return person{}, fmt.Errorf("nobody signs in as %s", username)
}

// found enters what has to be there before anybody can act: units, the campaign,
// people with their roles, and what opens on the first day. It is one transaction,
// so that a load broken off leaves nothing, or all that [Unfinished] looks for.
func found(ctx context.Context, tx pgx.Tx, c content.Content, hash account.Hash) (cast, error) {
	if _, err := unit.Load(ctx, tx, actor.System, opening, unit.Reference(), unit.ReferenceFrom, unit.ReferenceBasis); err != nil {
		return nil, err
	}
	if err := indicator.Load(ctx, tx, actor.System, opening); err != nil {
		return nil, err
	}
	year, err := campaign.Load2022(ctx, tx, actor.System, opening)
	if err != nil {
		return nil, err
	}
	for _, p := range c.Plans {
		if p.DirectSubmit {
			if err := campaign.SetDirectSubmit(ctx, tx, actor.System, opening, year.ID, p.Unit, true); err != nil {
				return nil, err
			}
		}
	}
	units, err := unit.List(ctx, tx, unit.Filter{On: year.ActiveFrom})
	if err != nil {
		return nil, err
	}
	ids := map[string]actor.UnitID{}
	for _, u := range units {
		ids[u.Slug] = u.ID
	}
	people := cast{}
	for _, p := range c.People {
		entered, err := enter(ctx, tx, person{Person: p, UnitID: ids[p.Unit]}, hash, year.ActiveFrom)
		if err != nil {
			return nil, err
		}
		people[[2]string{p.Unit, p.Name}] = entered
	}
	return people, submission.Ensure(ctx, tx, opening)
}

func enter(ctx context.Context, tx pgx.Tx, p person, hash account.Hash, from viet.Date) (person, error) {
	n := account.NewPerson{Name: p.Name, Title: p.Position}
	if p.Username != "" {
		n.Username, n.Hash, n.Exempt = p.Username, hash, true
	}
	var err error
	if p.ID, err = account.CreatePerson(ctx, tx, actor.System, opening, n); err != nil {
		return p, err
	}
	for _, role := range p.Roles {
		if err := account.Grant(ctx, tx, actor.System, opening, p.ID, p.UnitID, actor.Role(role), from, viet.Date{}); err != nil {
			return p, err
		}
	}
	return p, nil
}
