package unit

import (
	"context"
	"errors"

	"github.com/jackc/pgx/v5"

	"danvan/internal/database"
	"danvan/internal/fault"
	"danvan/internal/viet"
)

// lock makes other changes to the units wait, in one order for all.
func lock(ctx context.Context, tx pgx.Tx, slugs ...string) error {
	_, err := database.Values[ID](ctx, tx, `
		select id
		from unit
		where slug = any(@slugs::text[])
		order by id
		for update`,
		database.Args{"slugs": slugs})
	return err
}

func addIdentity(ctx context.Context, tx pgx.Tx, slug string) (ID, error) {
	if !slugForm.MatchString(slug) {
		return 0, fault.Invalid{"slug": "Địa chỉ của đơn vị chỉ gồm chữ thường không dấu, chữ số và gạch nối, ví dụ snv-2025"}
	}
	var id ID
	// A refused insert must not spoil the transaction of the caller.
	err := database.InTx(ctx, tx, func(tx pgx.Tx) (err error) {
		id, err = database.Value[ID](ctx, tx, `
			insert into unit (slug)
			values (@slug)
			returning id`,
			database.Args{"slug": slug})
		return err
	})
	if database.Violates(err, "unit_slug_key") {
		return 0, fault.Invalid{"slug": "Địa chỉ " + slug + " đã dùng cho một đơn vị khác và không được dùng lại"}
	}
	return id, err
}

// closeVersion ends a version on the day before `on`.
func closeVersion(ctx context.Context, tx pgx.Tx, u Unit, on viet.Date) error {
	return database.Change(ctx, tx, `
		update unit_version
		set valid = daterange(lower(valid), @on::date)
		where id = @id
		  and lower(valid) < @on::date
		  and valid @> @on::date`,
		database.Args{"id": u.VersionID, "on": on})
}

// addVersion stores what a unit is from a day until another (zero: open end) and
// returns it as stored.
func addVersion(ctx context.Context, tx pgx.Tx, id ID, from, until viet.Date, v Version) (Version, error) {
	v = v.clean()
	if err := v.check(); err != nil {
		return v, err
	}
	parent, err := parentOf(ctx, tx, id, from, v.Parent)
	if err != nil {
		return v, err
	}
	if err := codeIsFree(ctx, tx, id, from, until, v.Code); err != nil {
		return v, err
	}
	err = database.InTx(ctx, tx, func(tx pgx.Tx) error {
		return database.Change(ctx, tx, `
			insert into unit_version (unit_id, valid, code, name, short, symbol, place, kind, parent_id, header_parent, basis)
			values (@unit_id, daterange(@from::date, @until::date), @code, @name, @short, @symbol, @place, @kind,
			        nullif(@parent::bigint, 0), @header_parent, @basis)`,
			database.Args{
				"unit_id": id, "from": from, "until": until, "code": v.Code, "name": v.Name, "short": v.Short,
				"symbol": v.Symbol, "place": v.Place, "kind": v.Kind, "parent": parent,
				"header_parent": v.HeaderParent, "basis": v.Basis,
			})
	})
	switch {
	case database.Violates(err, "unit_version_code_at_a_time"):
		return v, fault.Invalid{"code": "Mã " + v.Code + " vừa được dùng cho một đơn vị khác; một mã chỉ thuộc một đơn vị tại một thời điểm"}
	case database.Violates(err, "unit_version_one_at_a_time"):
		return v, fault.Invalid{"from": "Khoảng thời gian này chồng lên một thay đổi khác của chính đơn vị"}
	}
	return v, err
}

// parentOf returns the parent named by slug, 0 for none, and refuses one that
// does not exist on the day or stands below the unit itself.
func parentOf(ctx context.Context, tx pgx.Tx, id ID, on viet.Date, slug string) (ID, error) {
	if slug == "" {
		return 0, nil
	}
	type row struct {
		ID     ID
		Exists bool
		Below  bool
	}
	r, err := database.One[row](ctx, tx, `
		with recursive up as (
			select id
			from unit
			where slug = @slug
			union
			select v.parent_id
			from up
			join unit_version v on v.unit_id = up.id and v.valid @> @on::date
			where v.parent_id is not null
		)
		select u.id,
		       exists (select from unit_version v where v.unit_id = u.id and v.valid @> @on::date),
		       exists (select from up where up.id = @id) as below
		from unit u
		where u.slug = @slug`,
		database.Args{"slug": slug, "on": on, "id": id})
	switch {
	case err == nil && r.Below:
		return 0, fault.Invalid{"parent": "Đơn vị cấp trên không được là chính đơn vị này hoặc đơn vị trực thuộc nó"}
	case errors.Is(err, fault.NotFound), err == nil && !r.Exists:
		return 0, fault.Invalid{"parent": "Đơn vị cấp trên không tồn tại vào ngày " + on.String()}
	}
	return r.ID, err
}

// codeIsFree says who has the code, so that the user knows what to mend; the
// exclusion constraint guards against those who come at the same moment.
func codeIsFree(ctx context.Context, tx pgx.Tx, id ID, from, until viet.Date, code string) error {
	holders, err := database.Values[string](ctx, tx, `
		select name
		from unit_version
		where code = @code
		  and valid && daterange(@from::date, @until::date)
		  and unit_id <> @id
		order by valid
		limit 1`,
		database.Args{"code": code, "from": from, "until": until, "id": id})
	if err != nil || len(holders) == 0 {
		return err
	}
	return fault.Invalid{"code": "Mã " + code + " đang thuộc " + holders[0] + " trong thời gian này; một mã chỉ thuộc một đơn vị tại một thời điểm"}
}
