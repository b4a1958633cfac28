package unit

import (
	"context"
	_ "embed"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"danvan/internal/actor"
	"danvan/internal/audit"
	"danvan/internal/database"
	"danvan/internal/viet"
)

//go:embed reference/units.csv
var reference string

// Reference is the register of Hậu Giang in 2022: the province, 20 departments,
// 8 districts, 75 communes and 12 coordinating bodies.
func Reference() io.Reader { return strings.NewReader(reference) }

// ReferenceFrom is the first day for which [Reference] is entered: all its units
// had their codes and names by then, and no campaign of the portal is older.
var ReferenceFrom = viet.NewDate(2020, time.January, 1)

// ReferenceBasis stands as the basis of what [Reference] enters.
const ReferenceBasis = "Danh mục đơn vị hành chính và cơ quan tỉnh Hậu Giang trước ngày 19/02/2025"

var loadColumns = []string{"slug", "code", "name", "short_name", "kind", "parent", "symbol", "place", "header_parent"}

// Load enters the units of a CSV file (columns slug, code, name, short_name, kind,
// parent, symbol, place, header_parent; parents before children) from a day on
// with an open end, and returns how many. A fault of the file names its line;
// then nothing is entered.
func Load(ctx context.Context, db database.DB, act actor.Actor, now time.Time, file io.Reader, from viet.Date, basis string) (int, error) {
	var n int
	err := database.InTx(ctx, db, func(tx pgx.Tx) error {
		as, err := authority(act)
		if err != nil {
			return err
		}
		rows, err := readRows(file, basis)
		if err != nil {
			return err
		}
		if err := insertRows(ctx, tx, rows, from); err != nil {
			return err
		}
		n = len(rows)
		return audit.Record(ctx, tx, act, now, audit.Entry{
			Subject: "units", Action: "loaded", Authority: as,
			After: map[string]any{"from": from, "units": n, "basis": basis},
		})
	})
	if err != nil {
		return 0, fmt.Errorf("load units: %w", err)
	}
	return n, nil
}

type loadRow struct {
	slug string
	Version
}

func readRows(file io.Reader, basis string) ([]loadRow, error) {
	r := csv.NewReader(file)
	header, err := r.Read()
	if err != nil {
		return nil, err
	}
	if !slices.Equal(header, loadColumns) {
		return nil, fmt.Errorf("columns are %q, want %q", header, loadColumns)
	}
	var rows []loadRow
	for {
		f, err := r.Read()
		if errors.Is(err, io.EOF) {
			return rows, nil
		}
		if err != nil {
			return nil, err
		}
		row := loadRow{slug: f[0], Version: Version{
			Code: f[1], Name: f[2], Short: f[3], Kind: Kind(f[4]), Parent: f[5],
			Symbol: f[6], Place: f[7], HeaderParent: f[8], Basis: basis,
		}.clean()}
		line, _ := r.FieldPos(0)
		if !slugForm.MatchString(row.slug) {
			return nil, fmt.Errorf("line %d: slug %q", line, row.slug)
		}
		if err := row.check(); err != nil {
			return nil, fmt.Errorf("line %d: %w", line, err)
		}
		if row.Parent != "" && !slices.ContainsFunc(rows, func(o loadRow) bool { return o.slug == row.Parent }) {
			return nil, fmt.Errorf("line %d: parent %q must stand above it", line, row.Parent)
		}
		rows = append(rows, row)
	}
}

func insertRows(ctx context.Context, tx pgx.Tx, rows []loadRow, from viet.Date) error {
	columns := database.Args{}
	column := func(name string, value func(loadRow) string) {
		var values []string
		for _, r := range rows {
			values = append(values, value(r))
		}
		columns[name] = values
	}
	column("slugs", func(r loadRow) string { return r.slug })
	if _, err := database.Exec(ctx, tx, `
		insert into unit (slug)
		select slug
		from unnest(@slugs::text[]) with ordinality as t(slug, n)
		order by n`, columns); err != nil {
		return err
	}
	column("codes", func(r loadRow) string { return r.Code })
	column("names", func(r loadRow) string { return r.Name })
	column("shorts", func(r loadRow) string { return r.Short })
	column("symbols", func(r loadRow) string { return r.Symbol })
	column("places", func(r loadRow) string { return r.Place })
	column("kinds", func(r loadRow) string { return string(r.Kind) })
	column("parents", func(r loadRow) string { return r.Parent })
	column("headers", func(r loadRow) string { return r.HeaderParent })
	column("bases", func(r loadRow) string { return r.Basis })
	columns["from"] = from
	_, err := database.Exec(ctx, tx, `
		insert into unit_version (unit_id, valid, code, name, short, symbol, place, kind, parent_id, header_parent, basis)
		select u.id, daterange(@from::date, null), t.code, t.name, t.short, t.symbol, t.place, t.kind, p.id, t.header, t.basis
		from unnest(@slugs::text[], @codes::text[], @names::text[], @shorts::text[], @symbols::text[], @places::text[],
		            @kinds::text[], @parents::text[], @headers::text[], @bases::text[])
		     as t(slug, code, name, short, symbol, place, kind, parent, header, basis)
		join unit u on u.slug = t.slug
		left join unit p on p.slug = t.parent
		order by u.id`, columns)
	return err
}
