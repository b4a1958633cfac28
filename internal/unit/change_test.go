package unit_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"danvan/internal/database"
	"danvan/internal/fault"
	"danvan/internal/unit"
	"danvan/internal/viet"
)

const decision = "Quyết định số 12/QĐ-UBND ngày 15/6/2022"

func TestARenamedUnitKeepsItsFormerNameOnFormerDays(t *testing.T) {
	t.Parallel()
	db := loaded(t)
	from := viet.NewDate(2022, 7, 1)
	id := bySlug(t, db, "skhcn", today).ID
	if err := unit.Rename(t.Context(), db, admin, now, "skhcn", from, "Sở Khoa học, Công nghệ và Chuyển đổi số", "KH,CN&CĐS", decision); err != nil {
		t.Fatal(err)
	}
	for on, want := range map[viet.Date]string{
		from.AddDays(-1): "Sở Khoa học và Công nghệ",
		from:             "Sở Khoa học, Công nghệ và Chuyển đổi số",
	} {
		if got := bySlug(t, db, "skhcn", on); got.Name != want || got.ID != id || got.Code != "SKHCN" {
			t.Errorf("on %s = %+v, want %q", on, got, want)
		}
	}
	versions, err := unit.Versions(t.Context(), db, id)
	if err != nil {
		t.Fatal(err)
	}
	if len(versions) != 2 || versions[0].ValidUntil != from || versions[1].ValidFrom != from || versions[1].Basis != decision {
		t.Errorf("versions = %+v", versions)
	}
}

func TestAChangeBetweenTwoOthersEndsWhereTheNextBegins(t *testing.T) {
	t.Parallel()
	db := loaded(t)
	july, september := viet.NewDate(2022, 7, 1), viet.NewDate(2022, 9, 1)
	for _, change := range []struct {
		from viet.Date
		name string
	}{{september, "Sở C"}, {july, "Sở B"}} {
		if err := unit.Rename(t.Context(), db, admin, now, "sct", change.from, change.name, "CT", decision); err != nil {
			t.Fatal(err)
		}
	}
	for on, want := range map[viet.Date]string{today: "Sở Công Thương", july: "Sở B", september.AddDays(-1): "Sở B", september: "Sở C"} {
		if got := bySlug(t, db, "sct", on).Name; got != want {
			t.Errorf("on %s = %q, want %q", on, got, want)
		}
	}
}

func TestChangesThatCannotBeAreRefusedWithASentence(t *testing.T) {
	t.Parallel()
	db := loaded(t)
	base := bySlug(t, db, "h-vi-thuy", today).Version()
	base.Basis = decision
	edit := func(change func(*unit.Version)) unit.Version {
		v := base
		change(&v)
		return v
	}
	july := viet.NewDate(2022, 7, 1)
	tests := map[string]struct {
		from  viet.Date
		v     unit.Version
		field string
		word  string
	}{
		"a code another unit has":   {july, edit(func(v *unit.Version) { v.Code = "936" }), "code", "Ủy ban nhân dân huyện Long Mỹ"},
		"no name":                   {july, edit(func(v *unit.Version) { v.Name = " " }), "name", "tên đầy đủ"},
		"no basis":                  {july, edit(func(v *unit.Version) { v.Basis = "" }), "basis", "căn cứ"},
		"no kind":                   {july, edit(func(v *unit.Version) { v.Kind = "xã" }), "kind", "loại đơn vị"},
		"no day":                    {viet.Date{}, base, "from", "ngày"},
		"the day of another change": {unit.ReferenceFrom, base, "from", "01/01/2020"},
		"itself as parent":          {july, edit(func(v *unit.Version) { v.Parent = "h-vi-thuy" }), "parent", "chính đơn vị này"},
		"its own child as parent":   {july, edit(func(v *unit.Version) { v.Parent = "xa-vi-trung-h-vi-thuy" }), "parent", "trực thuộc"},
		"an unknown parent":         {july, edit(func(v *unit.Version) { v.Parent = "khong-co" }), "parent", "không tồn tại"},
	}
	for name, tt := range tests {
		err := unit.NewVersion(t.Context(), db, admin, now, "h-vi-thuy", tt.from, tt.v)
		bad, _ := errors.AsType[fault.Invalid](err)
		if !strings.Contains(bad[tt.field], tt.word) {
			t.Errorf("%s: err = %v (%v), want %q in %s", name, err, bad, tt.word, tt.field)
		}
	}
	if got := bySlug(t, db, "h-vi-thuy", july); !got.ValidUntil.IsZero() || got.ValidFrom != unit.ReferenceFrom {
		t.Errorf("a refused change left %+v", got)
	}
}

func TestTheDatabaseItselfKeepsACodeToOneUnitAtATime(t *testing.T) {
	t.Parallel()
	db := loaded(t)
	_, err := database.Exec(t.Context(), db, `
		insert into unit_version (unit_id, valid, code, name, short, symbol, place, kind)
		select id, daterange('2019-01-01', '2020-01-02'), '936', 'X', 'X', 'X', 'X', 'district'
		from unit
		where slug = 'snv'`, nil)
	if !database.Violates(err, "unit_version_code_at_a_time") && !database.Violates(err, "unit_version_one_at_a_time") {
		t.Errorf("err = %v, want an exclusion", err)
	}
}

func TestASlugIsNeverUsedAgain(t *testing.T) {
	t.Parallel()
	db := loaded(t)
	v := bySlug(t, db, "bdt", today).Version()
	v.Code, v.Basis = "BDT2", decision
	if err := unit.Abolish(t.Context(), db, admin, now, viet.NewDate(2022, 7, 1), decision, "bdt"); err != nil {
		t.Fatal(err)
	}
	err := unit.Create(t.Context(), db, admin, now, "bdt", viet.NewDate(2023, 1, 1), v)
	if bad, _ := errors.AsType[fault.Invalid](err); !strings.Contains(bad["slug"], "không được dùng lại") {
		t.Errorf("err = %v, want a complaint about the slug", err)
	}
}

func TestASplitUnitMayGoOnWithLess(t *testing.T) {
	t.Parallel()
	db := loaded(t)
	on := viet.NewDate(2022, 7, 1)
	less := bySlug(t, db, "h-long-my", today).Version()
	less.Name, less.Basis = "Ủy ban nhân dân huyện Long Mỹ (mới)", decision
	more := less
	more.Code, more.Name, more.Short, more.Place = "938", "Ủy ban nhân dân huyện Lương Tâm", "H. Lương Tâm", "Lương Tâm"
	err := unit.Split(t.Context(), db, admin, now, on, decision, "h-long-my", []unit.Successor{
		{Slug: "h-long-my", Version: less}, {Slug: "h-luong-tam", Version: more},
	})
	if err != nil {
		t.Fatal(err)
	}
	old := bySlug(t, db, "h-long-my", on)
	if old.Name != less.Name {
		t.Errorf("name = %q, want %q", old.Name, less.Name)
	}
	links, err := unit.Successors(t.Context(), db, old.ID)
	if err != nil {
		t.Fatal(err)
	}
	want := []unit.Link{{
		FromID: old.ID, FromSlug: "h-long-my", FromName: "Ủy ban nhân dân huyện Long Mỹ", FromShort: "H. Long Mỹ",
		ToID: bySlug(t, db, "h-luong-tam", on).ID, ToSlug: "h-luong-tam", ToName: more.Name, ToShort: more.Short,
		Kind: unit.SplitUp, OnDate: on, Basis: decision,
	}}
	if diff := cmp.Diff(want, links); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestAUnitMayTakeInAnotherAndStayItself(t *testing.T) {
	t.Parallel()
	db := loaded(t)
	on := viet.NewDate(2022, 7, 1)
	if err := unit.Merge(t.Context(), db, admin, now, on, decision, []string{"bdt"}, unit.Successor{Slug: "snv"}); err != nil {
		t.Fatal(err)
	}
	snv := bySlug(t, db, "snv", on)
	if snv.ValidFrom != unit.ReferenceFrom {
		t.Errorf("snv is valid from %s, want unchanged", snv.ValidFrom)
	}
	links, err := unit.Predecessors(t.Context(), db, snv.ID)
	if err != nil || len(links) != 1 || links[0].FromSlug != "bdt" {
		t.Errorf("links = %+v, err = %v", links, err)
	}
	if _, err := unit.BySlug(t.Context(), db, "bdt", on); !errors.Is(err, fault.NotFound) {
		t.Errorf("bdt after its end: err = %v, want not found", err)
	}
}

func TestReorganisationsThatCannotBeLeaveEverythingAsItWas(t *testing.T) {
	t.Parallel()
	db := loaded(t)
	on := viet.NewDate(2022, 7, 1)
	v := bySlug(t, db, "stc", today).Version()
	taken := v
	taken.Code = "SNV"
	tests := map[string]struct {
		on    viet.Date
		steps []unit.Step
		field string
	}{
		"no day":              {viet.Date{}, []unit.Step{{unit.Abolished, []string{"bdt"}, nil, decision}}, "on"},
		"nothing to do":       {on, nil, ""},
		"no basis":            {on, []unit.Step{{unit.Abolished, []string{"bdt"}, nil, " "}}, "basis"},
		"abolished with heir": {on, []unit.Step{{unit.Abolished, []string{"bdt"}, []unit.Successor{{Slug: "snv"}}, decision}}, "to"},
		"split into one":      {on, []unit.Step{{unit.SplitUp, []string{"bdt"}, []unit.Successor{{Slug: "x", Version: v}}, decision}}, "to"},
		"ended twice":         {on, []unit.Step{{unit.Abolished, []string{"bdt", "bdt"}, nil, decision}}, "from_units"},
		"a code still in use": {on, []unit.Step{{unit.Merged, []string{"stc", "skhdt"}, []unit.Successor{{"stc-2", taken}}, decision}}, "code"},
		"on its first day":    {unit.ReferenceFrom, []unit.Step{{unit.Abolished, []string{"bdt"}, nil, decision}}, "on"},
	}
	for name, tt := range tests {
		err := unit.Reorganise(t.Context(), db, admin, now, tt.on, tt.steps)
		bad, _ := errors.AsType[fault.Invalid](err)
		if bad[tt.field] == "" {
			t.Errorf("%s: err = %v, want a complaint about %q", name, err, tt.field)
		}
	}
	for _, slug := range []string{"bdt", "stc", "skhdt", "snv"} {
		if u := bySlug(t, db, slug, on); !u.ValidUntil.IsZero() {
			t.Errorf("%s ends on %s", slug, u.ValidUntil)
		}
	}
}
