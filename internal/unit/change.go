package unit

import (
	"context"
	"fmt"
	"regexp"
	"time"

	"github.com/jackc/pgx/v5"

	"danvan/internal/actor"
	"danvan/internal/audit"
	"danvan/internal/database"
	"danvan/internal/fault"
	"danvan/internal/viet"
)

// Version is what a unit is from a day on. Text is cleaned when it is stored.
type Version struct {
	Code         string `json:"code"`
	Name         string `json:"name"`
	Short        string `json:"short"`
	Symbol       string `json:"symbol"`
	Place        string `json:"place"`
	Kind         Kind   `json:"kind"`
	Parent       string `json:"parent,omitempty"` // slug; "" for none
	HeaderParent string `json:"header_parent,omitempty"`
	Basis        string `json:"basis"` // the decision it rests on
}

// Version is what u is now, to start a change from.
func (u Unit) Version() Version {
	return Version{
		Code: u.Code, Name: u.Name, Short: u.Short, Symbol: u.Symbol, Place: u.Place, Kind: u.Kind,
		Parent: u.ParentSlug, HeaderParent: u.HeaderParent, Basis: u.Basis,
	}
}

func (v Version) clean() Version {
	for _, text := range []*string{&v.Code, &v.Name, &v.Short, &v.Symbol, &v.Place, &v.HeaderParent, &v.Basis} {
		*text = viet.CleanLine(*text)
	}
	return v
}

func (v Version) check() error {
	bad := fault.Invalid{}
	for _, field := range []struct{ name, text, message string }{
		{"code", v.Code, "Ghi mã đơn vị"},
		{"name", v.Name, "Ghi tên đầy đủ của đơn vị"},
		{"short", v.Short, "Ghi tên gọi tắt của đơn vị"},
		{"place", v.Place, "Ghi địa danh dùng trên văn bản"},
		{"basis", v.Basis, "Ghi văn bản làm căn cứ"},
	} {
		if field.text == "" {
			bad.Add(field.name, field.message)
		}
	}
	if v.Kind.Word() == "" {
		bad.Add("kind", "Chọn loại đơn vị")
	}
	return bad.OrNil()
}

var slugForm = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)

// authority returns the role in which act may change the register of units.
func authority(act actor.Actor) (string, error) {
	switch {
	case act.Has(actor.Admin):
		return string(actor.Admin), nil
	case act.IsSystem():
		return "", nil
	}
	return "", fault.Refusal{
		Reason: "Chỉ người quản trị được sửa danh mục đơn vị.",
		Remedy: "Gửi văn bản làm căn cứ cho người quản trị để cập nhật.",
	}
}

// Create enters a unit that follows no other.
func Create(ctx context.Context, db database.DB, act actor.Actor, now time.Time, slug string, from viet.Date, v Version) error {
	err := database.InTx(ctx, db, func(tx pgx.Tx) error {
		as, err := authority(act)
		if err != nil {
			return err
		}
		if from.IsZero() {
			return fault.Invalid{"from": "Chọn ngày bắt đầu có hiệu lực"}
		}
		id, err := addIdentity(ctx, tx, slug)
		if err != nil {
			return err
		}
		v, err := addVersion(ctx, tx, id, from, viet.Date{}, v)
		if err != nil {
			return err
		}
		return audit.Record(ctx, tx, act, now, audit.Entry{
			Subject: subject(id), Action: "created", Authority: as, After: stamped{v, from},
		})
	})
	if err != nil {
		return fmt.Errorf("create unit %s: %w", slug, err)
	}
	return nil
}

// Rename gives the unit other names from a day on and leaves the rest as it was.
func Rename(ctx context.Context, db database.DB, act actor.Actor, now time.Time, slug string, from viet.Date, name, short, basis string) error {
	return revise(ctx, db, act, now, slug, from, "renamed", func(v Version) Version {
		v.Name, v.Short, v.Basis = name, short, basis
		return v
	})
}

// NewVersion makes the unit something else from a day on; what it was before
// stays true of the days before.
func NewVersion(ctx context.Context, db database.DB, act actor.Actor, now time.Time, slug string, from viet.Date, v Version) error {
	return revise(ctx, db, act, now, slug, from, "new_version", func(Version) Version { return v })
}

// stamped is a version with its first day, for the audit.
type stamped struct {
	Version
	From viet.Date `json:"from"`
}

func subject(id ID) string { return fmt.Sprintf("unit/%d", id) }

func revise(ctx context.Context, db database.DB, act actor.Actor, now time.Time, slug string, from viet.Date, action string, edit func(Version) Version) error {
	err := database.InTx(ctx, db, func(tx pgx.Tx) error {
		as, err := authority(act)
		if err != nil {
			return err
		}
		if from.IsZero() {
			return fault.Invalid{"from": "Chọn ngày bắt đầu có hiệu lực"}
		}
		if err := lock(ctx, tx, slug); err != nil {
			return err
		}
		old, err := BySlug(ctx, tx, slug, from)
		if err != nil {
			return err
		}
		if old.ValidFrom == from {
			return fault.Invalid{"from": "Đơn vị đã có thay đổi từ ngày " + from.String() + "; chọn một ngày sau đó"}
		}
		if err := closeVersion(ctx, tx, old, from); err != nil {
			return err
		}
		v, err := addVersion(ctx, tx, old.ID, from, old.ValidUntil, edit(old.Version()))
		if err != nil {
			return err
		}
		return audit.Record(ctx, tx, act, now, audit.Entry{
			Subject: subject(old.ID), Action: action, Authority: as,
			Before: stamped{old.Version(), old.ValidFrom}, After: stamped{v, from},
		})
	})
	if err != nil {
		return fmt.Errorf("%s unit %s: %w", action, slug, err)
	}
	return nil
}
