package account

import (
	"context"

	"danvan/internal/database"
	"danvan/internal/viet"
)

// Listed is a person with the roles held on a day, each as "#12 staff snv": the
// number ends the membership.
type Listed struct {
	Username string // "" without a sign-in
	Name     string
	Roles    []string
}

// Everybody lists the active people, those with a sign-in first.
func Everybody(ctx context.Context, db database.DB, on viet.Date) ([]Listed, error) {
	return database.All[Listed](ctx, db, `
		select coalesce(c.username, '') as username, p.name,
		       array(select '#' || m.id || ' ' || m.role || ' ' || u.slug
		             from membership m
		             join unit u on u.id = m.unit_id
		             where m.person_id = p.id and m.valid @> @on::date
		             order by m.id) as roles
		from person p
		left join credential c on c.person_id = p.id
		where p.active
		order by c.username is null, c.username, p.name_sort collate "vi-x-icu", p.id`,
		database.Args{"on": on})
}
