// Package account keeps the people of the portal: how they prove who they are,
// in which roles they act, and where they are signed in. What a role may do with
// a plan or a report is decided elsewhere.
package account

import (
	"context"
	"fmt"
	"strings"

	"danvan/internal/actor"
	"danvan/internal/database"
	"danvan/internal/fault"
	"danvan/internal/viet"
)

// Person is somebody who may act, sign or be named as responsible, with or
// without a sign-in.
type Person struct {
	ID       actor.PersonID
	Name     string // họ và tên
	Title    string // chức vụ
	Email    string
	Username string // "" without a sign-in
	Active   bool
}

const personColumns = `
	p.id, p.name, p.title, p.email, coalesce(c.username, '') as username, p.active
	from person p
	left join credential c on c.person_id = p.id`

// ByID returns a person, whether still active or not, or [fault.NotFound].
func ByID(ctx context.Context, db database.DB, id actor.PersonID) (Person, error) {
	p, err := database.One[Person](ctx, db, `
		select `+personColumns+`
		where p.id = @id`,
		database.Args{"id": id})
	if err != nil {
		return p, fmt.Errorf("person %d: %w", id, err)
	}
	return p, nil
}

// ByUsername returns the person who signs in under username, or [fault.NotFound].
func ByUsername(ctx context.Context, db database.DB, username string) (Person, error) {
	p, err := database.One[Person](ctx, db, `
		select `+personColumns+`
		where c.username = @username`,
		database.Args{"username": canonical(username)})
	if err != nil {
		return p, fmt.Errorf("person with user name: %w", err)
	}
	return p, nil
}

// InUnit lists the active people with one of roles in unit on a day, all of them
// when no role is named, sorted by tên, họ, đệm.
func InUnit(ctx context.Context, db database.DB, unit actor.UnitID, on viet.Date, roles ...actor.Role) ([]Person, error) {
	return database.All[Person](ctx, db, `
		select `+personColumns+`
		where p.active
		  and exists (
			select from membership m
			where m.person_id = p.id
			  and m.unit_id = @unit
			  and m.valid @> @on::date
			  and (cardinality(@roles::text[]) = 0 or m.role = any(@roles::text[])))
		order by p.name_sort collate "vi-x-icu", p.id`,
		database.Args{"unit": unit, "on": on, "roles": append([]actor.Role{}, roles...)})
}

// authority returns the role in which act may administer people.
func authority(act actor.Actor) (string, error) {
	switch {
	case act.Has(actor.Admin):
		return string(actor.Admin), nil
	case act.IsSystem():
		return "", nil
	}
	return "", fault.Refusal{
		Reason: "Chỉ người quản trị được tạo tài khoản, giao và kết thúc vai trò.",
		Remedy: "Đề nghị lãnh đạo đơn vị gửi yêu cầu đến người quản trị.",
	}
}

func subject(id actor.PersonID) string { return fmt.Sprintf("person/%d", id) }

// canonical is a user name as it is stored and compared.
func canonical(username string) string { return strings.ToLower(viet.CleanLine(username)) }
