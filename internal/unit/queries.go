package unit

import (
	"context"
	"fmt"
	"strings"

	"danvan/internal/database"
	"danvan/internal/viet"
)

// Columns selects a [Unit] in a query of any package that joins unit u, its
// version v, the parent's identity pu and the parent's version pv.
const Columns = `
	u.id, u.slug, v.id as version_id, v.code, v.name, v.short, v.symbol, v.place, v.kind,
	coalesce(v.parent_id, 0) as parent_id, coalesce(pu.slug, '') as parent_slug,
	coalesce(pv.short, '') as parent_short, v.header_parent, v.basis,
	lower(v.valid) as valid_from, upper(v.valid) as valid_until`

// onDay joins what [Columns] needs for the version valid on the day @on.
const onDay = `
	from unit u
	join unit_version v on v.unit_id = u.id and v.valid @> @on::date
	left join unit pu on pu.id = v.parent_id
	left join unit_version pv on pv.unit_id = v.parent_id and pv.valid @> @on::date`

// ByID returns the unit as it was on a day, [fault.NotFound] when it was not.
func ByID(ctx context.Context, db database.DB, id ID, on viet.Date) (Unit, error) {
	u, err := database.One[Unit](ctx, db, `
		select `+Columns+onDay+`
		where u.id = @id`,
		database.Args{"id": id, "on": on})
	if err != nil {
		return u, fmt.Errorf("unit %d on %s: %w", id, on.ISO(), err)
	}
	return u, nil
}

// BySlug returns the unit as it was on a day, [fault.NotFound] when it was not.
func BySlug(ctx context.Context, db database.DB, slug string, on viet.Date) (Unit, error) {
	u, err := database.One[Unit](ctx, db, `
		select `+Columns+onDay+`
		where u.slug = @slug`,
		database.Args{"slug": slug, "on": on})
	if err != nil {
		return u, fmt.Errorf("unit %s on %s: %w", slug, on.ISO(), err)
	}
	return u, nil
}

// Order is a sort a user may ask for.
type Order string

const (
	ByKind Order = ""     // by kind, then as first entered: the order of protocol
	ByName Order = "name" // Vietnamese alphabetical order
	ByCode Order = "code"
)

var orders = map[Order]string{
	ByKind: "array_position(array['province', 'department', 'district', 'commune', 'coordinating_body'], v.kind), u.id",
	ByName: `v.name collate "vi-x-icu", v.code`,
	ByCode: "v.code, u.id",
}

// Filter narrows a list of units. Zero fields do not filter, but On is required:
// units only have names on a day.
type Filter struct {
	On     viet.Date
	Kinds  []Kind
	Parent ID     // directly under this unit
	Search string // every word must occur in name or short name, or the whole be the code; without diacritics
	Order  Order
}

// List returns the units that existed on a day.
func List(ctx context.Context, db database.DB, f Filter) ([]Unit, error) {
	order, ok := orders[f.Order]
	if !ok {
		order = orders[ByKind]
	}
	units, err := database.All[Unit](ctx, db, `
		select `+Columns+onDay+`
		where (cardinality(@kinds::text[]) = 0 or v.kind = any(@kinds::text[]))
		  and (@parent::bigint = 0 or v.parent_id = @parent::bigint)
		  and `+Matches+`
		order by `+order,
		database.Args{
			"on":     f.On,
			"kinds":  append([]Kind{}, f.Kinds...),
			"parent": f.Parent,
			"search": SearchWords(f.Search),
		})
	if err != nil {
		return nil, fmt.Errorf("list units on %s: %w", f.On.ISO(), err)
	}
	return units, nil
}

// Matches is the condition that the version v is what a user searches for;
// @search are the [SearchWords]. Case, diacritics, đ, tone placement and the way
// the letters are composed do not matter.
const Matches = `
	(v.name_fold like all (array(select '%' || fold(w) || '%' from unnest(@search::text[]) w))
	 or fold(v.code) = fold(array_to_string(@search::text[], ' ')))`

var likeEscaper = strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`)

// SearchWords are the words of a typed search, ready for [Matches].
func SearchWords(typed string) []string {
	return append([]string{}, strings.Fields(likeEscaper.Replace(viet.CleanLine(typed)))...)
}

// Versions returns everything the unit has been, oldest first.
func Versions(ctx context.Context, db database.DB, id ID) ([]Unit, error) {
	units, err := database.All[Unit](ctx, db, `
		select `+Columns+`
		from unit u
		join unit_version v on v.unit_id = u.id
		left join unit pu on pu.id = v.parent_id
		left join unit_version pv on pv.unit_id = v.parent_id and pv.valid @> lower(v.valid)
		where u.id = @id
		order by lower(v.valid)`,
		database.Args{"id": id})
	if err != nil {
		return nil, fmt.Errorf("versions of unit %d: %w", id, err)
	}
	return units, nil
}

// CalledBySlug returns what the units of the slugs are called on a day, see [Called];
// one that is not there then has no name.
func CalledBySlug(ctx context.Context, db database.DB, on viet.Date, slugs []string) (map[string]string, error) {
	names := map[string]string{}
	if len(slugs) == 0 {
		return names, nil
	}
	type row struct{ Slug, Called string }
	rows, err := database.All[row](ctx, db, `
		select u.slug, `+CalledSQL("v.name")+` as called
		from unit u
		join unit_version v on v.unit_id = u.id and v.valid @> @on::date
		where u.slug = any(@slugs::text[])`,
		database.Args{"on": on, "slugs": slugs})
	for _, r := range rows {
		names[r.Slug] = r.Called
	}
	return names, err
}
