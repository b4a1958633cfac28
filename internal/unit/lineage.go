package unit

import (
	"context"
	"fmt"

	"danvan/internal/database"
	"danvan/internal/viet"
)

// Change is how a unit came to be followed by another identity. A unit that only
// takes another name keeps its identity and gets another version instead.
type Change string

const (
	Renamed   Change = "rename"  // one follows one
	Merged    Change = "merge"   // one follows several
	SplitUp   Change = "split"   // several follow one
	Abolished Change = "abolish" // none follows
)

// Changes lists every kind of change.
var Changes = []Change{Renamed, Merged, SplitUp, Abolished}

var changeWords = map[Change]string{
	Renamed:   "Đổi tên",
	Merged:    "Sáp nhập",
	SplitUp:   "Chia tách",
	Abolished: "Giải thể",
}

// Word is the change as users read it.
func (c Change) Word() string { return changeWords[c] }

// Link joins a predecessor, by its last name before the day, to a successor, by
// its first name from the day on.
type Link struct {
	FromID    ID
	FromSlug  string
	FromName  string
	FromShort string
	ToID      ID // 0 and no names after [Abolished]
	ToSlug    string
	ToName    string
	ToShort   string
	Kind      Change
	OnDate    viet.Date
	Basis     string
}

// Successors returns what directly followed the given units, one by one.
func Successors(ctx context.Context, db database.DB, ids ...ID) ([]Link, error) {
	return links(ctx, db, "l.from_unit = any(@ids::bigint[])", ids)
}

// Predecessors returns what the given units directly followed.
func Predecessors(ctx context.Context, db database.DB, ids ...ID) ([]Link, error) {
	return links(ctx, db, "l.to_unit = any(@ids::bigint[])", ids)
}

func links(ctx context.Context, db database.DB, condition string, ids []ID) ([]Link, error) {
	found, err := database.All[Link](ctx, db, `
		select l.from_unit as from_id, f.slug as from_slug,
		       coalesce(fv.name, '') as from_name, coalesce(fv.short, '') as from_short,
		       coalesce(l.to_unit, 0) as to_id, coalesce(t.slug, '') as to_slug,
		       coalesce(tv.name, '') as to_name, coalesce(tv.short, '') as to_short,
		       l.kind, l.on_date, l.basis
		from unit_lineage l
		join unit f on f.id = l.from_unit
		left join unit t on t.id = l.to_unit
		left join unit_version fv on fv.unit_id = l.from_unit and fv.valid @> l.on_date - 1
		left join unit_version tv on tv.unit_id = l.to_unit and tv.valid @> l.on_date
		where `+condition+`
		order by l.on_date, l.to_unit, l.from_unit`,
		database.Args{"ids": append([]ID{}, ids...)})
	if err != nil {
		return nil, fmt.Errorf("lineage of units %v: %w", ids, err)
	}
	return found, nil
}
