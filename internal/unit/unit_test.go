package unit_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/unicode/norm"

	"danvan/internal/actor"
	"danvan/internal/audit"
	"danvan/internal/database"
	"danvan/internal/database/dbtest"
	"danvan/internal/fault"
	"danvan/internal/unit"
	"danvan/internal/viet"
)

var (
	admin = actor.Actor{Person: 1, Name: "Trần Thị Quản Trị", Memberships: []actor.Membership{{Unit: 1, Role: actor.Admin}}}
	now   = time.Date(2022, time.March, 1, 8, 0, 0, 0, viet.Location)
	today = viet.DateOf(now)
)

// loaded returns a database of its own that holds the register of 2022.
func loaded(t testing.TB) database.DB {
	t.Helper()
	db := dbtest.New(t)
	n, err := unit.Load(t.Context(), db, actor.System, now, unit.Reference(), unit.ReferenceFrom, unit.ReferenceBasis)
	if err != nil {
		t.Fatal(err)
	}
	if want := 116; n != want {
		t.Fatalf("loaded %d units, want %d", n, want)
	}
	return db
}

func bySlug(t testing.TB, db database.DB, slug string, on viet.Date) unit.Unit {
	t.Helper()
	u, err := unit.BySlug(t.Context(), db, slug, on)
	if err != nil {
		t.Fatal(err)
	}
	return u
}

func shorts(units []unit.Unit) []string {
	out := []string{}
	for _, u := range units {
		out = append(out, u.Short)
	}
	return out
}

func TestTheRegisterOf2022HasEveryKindOfUnit(t *testing.T) {
	t.Parallel()
	db := loaded(t)
	want := map[unit.Kind]int{unit.Province: 1, unit.Department: 20, unit.District: 8, unit.Commune: 75, unit.CoordinatingBody: 12}
	got := map[unit.Kind]int{}
	units, err := unit.List(t.Context(), db, unit.Filter{On: today})
	if err != nil {
		t.Fatal(err)
	}
	for _, u := range units {
		got[u.Kind]++
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if !slices.IsSortedFunc(units, func(a, b unit.Unit) int {
		return slices.Index(unit.Kinds, a.Kind) - slices.Index(unit.Kinds, b.Kind)
	}) {
		t.Error("units are not listed kind by kind")
	}
}

func TestAUnitIsFoundWithItsParentOnlyOnDaysItExists(t *testing.T) {
	t.Parallel()
	db := loaded(t)
	got := bySlug(t, db, "xa-vinh-tuong-h-vi-thuy", today)
	want := unit.Unit{
		ID: got.ID, VersionID: got.VersionID, ParentID: bySlug(t, db, "h-vi-thuy", today).ID,
		Slug: "xa-vinh-tuong-h-vi-thuy", Code: "31459", Name: "Ủy ban nhân dân xã Vĩnh Tường", Short: "Xã Vĩnh Tường",
		Symbol: "UBND", Place: "Vĩnh Tường", Kind: unit.Commune, ParentSlug: "h-vi-thuy", ParentShort: "H. Vị Thủy",
		Basis: unit.ReferenceBasis, ValidFrom: unit.ReferenceFrom,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	again, err := unit.ByID(t.Context(), db, got.ID, today)
	if err != nil || again != got {
		t.Errorf("by id = %+v, %v", again, err)
	}
	for _, missing := range []struct {
		slug string
		on   viet.Date
	}{{"xa-vinh-tuong-h-vi-thuy", unit.ReferenceFrom.AddDays(-1)}, {"khong-co", today}} {
		if _, err := unit.BySlug(t.Context(), db, missing.slug, missing.on); !errors.Is(err, fault.NotFound) {
			t.Errorf("%s on %s: err = %v, want not found", missing.slug, missing.on, err)
		}
	}
}

func TestSearchIgnoresDiacriticsTonePlacementAndComposition(t *testing.T) {
	t.Parallel()
	db := loaded(t)
	tests := map[string]struct {
		search string
		want   []string
	}{
		"with diacritics":        {"Vị Thủy", []string{"H. Vị Thủy", "Xã Vị Thủy"}},
		"tone on the y":          {"Vị Thuỷ", []string{"H. Vị Thủy", "Xã Vị Thủy"}},
		"without diacritics":     {"vi thuy", []string{"H. Vị Thủy", "Xã Vị Thủy"}},
		"decomposed":             {norm.NFD.String("Vị Thủy"), []string{"H. Vị Thủy", "Xã Vị Thủy"}},
		"capitals":               {"VỊ THỦY", []string{"H. Vị Thủy", "Xã Vị Thủy"}},
		"đ as d":                 {"dong thanh", []string{"Xã Đông Thạnh"}},
		"đ itself":               {"đông thạnh", []string{"Xã Đông Thạnh"}},
		"words in any order":     {"my long", []string{"H. Long Mỹ", "TX. Long Mỹ"}},
		"both Châu Thành":        {"Châu Thành", []string{"H. Châu Thành A", "H. Châu Thành"}},
		"both Vĩnh Tường":        {"vinh tuong", []string{"Xã Vĩnh Tường", "Phường Vĩnh Tường"}},
		"code of a department":   {"snv", []string{"Nội vụ"}},
		"code of a district":     {"937", []string{"TX. Long Mỹ"}},
		"no wildcards":           {"%", nil},
		"no wildcard underscore": {"l_ng", nil},
		"nothing alike":          {"Cà Mau", nil},
	}
	for name, tt := range tests {
		units, err := unit.List(t.Context(), db, unit.Filter{On: today, Search: tt.search})
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(append([]string{}, tt.want...), shorts(units)); diff != "" {
			t.Errorf("%s: search %q (-want +got):\n%s", name, tt.search, diff)
		}
	}
}

func TestNamesSortTheVietnameseWay(t *testing.T) {
	t.Parallel()
	db := loaded(t)
	units, err := unit.List(t.Context(), db, unit.Filter{
		On: today, Kinds: []unit.Kind{unit.Commune}, Parent: bySlug(t, db, "h-phung-hiep", today).ID, Order: unit.ByName,
	})
	if err != nil {
		t.Fatal(err)
	}
	want := []string{
		"Thị trấn Búng Tàu", "Thị trấn Cây Dương", "Thị trấn Kinh Cùng", "Xã Bình Thành", "Xã Hiệp Hưng", "Xã Hòa An",
		"Xã Hòa Mỹ", "Xã Long Thạnh", "Xã Phụng Hiệp", "Xã Phương Bình", "Xã Phương Phú", "Xã Tân Bình", "Xã Tân Long",
		"Xã Tân Phước Hưng", "Xã Thạnh Hòa",
	}
	if diff := cmp.Diff(want, shorts(units)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestLoadNamesTheFaultyLineAndEntersNothing(t *testing.T) {
	t.Parallel()
	db := dbtest.Tx(t)
	const header = "slug,code,name,short_name,kind,parent,symbol,place,header_parent\n"
	tests := map[string]struct{ file, want string }{
		"child before parent": {header + "a,1,A,A,commune,b,UBND,A,\nb,2,B,B,district,,UBND,B,\n", `line 2: parent "b" must stand above it`},
		"unknown kind":        {header + "a,1,A,A,xã,,UBND,A,\n", "line 2: invalid kind"},
		"bad slug":            {header + "A b,1,A,A,commune,,UBND,A,\n", `line 2: slug "A b"`},
		"other columns":       {"slug,name\n", "columns are"},
	}
	for name, tt := range tests {
		_, err := unit.Load(t.Context(), db, actor.System, now, strings.NewReader(tt.file), unit.ReferenceFrom, "Thử")
		if err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: err = %v, want %q", name, err, tt.want)
		}
	}
	units, err := unit.List(t.Context(), db, unit.Filter{On: today})
	if err != nil || len(units) != 0 {
		t.Errorf("%d units, err = %v, want none", len(units), err)
	}
}

func TestOnlyTheAdministratorChangesTheRegister(t *testing.T) {
	t.Parallel()
	db := dbtest.Tx(t)
	v := unit.Version{Code: "X", Name: "Sở X", Short: "X", Place: "Hậu Giang", Kind: unit.Department, Basis: "Quyết định số 1/QĐ-UBND"}
	for _, role := range append(slices.Clone(actor.Roles), "") {
		act := actor.Actor{Person: 2, Memberships: []actor.Membership{{Unit: 1, Role: role}}}
		slug := "so-x-" + map[bool]string{true: "a", false: "b"}[role == actor.Admin]
		err := unit.Create(t.Context(), db, act, now, slug, today, v)
		if role == actor.Admin {
			if err != nil {
				t.Errorf("%s: %v", role, err)
			}
			continue
		}
		if refusal, ok := errors.AsType[fault.Refusal](err); !ok || refusal.Remedy == "" || !errors.Is(err, fault.Forbidden) {
			t.Errorf("role %q: err = %v, want a refusal with a remedy", role, err)
		}
	}
	if err := unit.Create(t.Context(), db, actor.Actor{}, now, "so-y", today, v); !errors.Is(err, fault.Forbidden) {
		t.Errorf("nobody: err = %v, want forbidden", err)
	}
}

func TestEveryChangeIsInTheAudit(t *testing.T) {
	t.Parallel()
	db := loaded(t)
	snv := bySlug(t, db, "snv", today)
	if err := unit.Rename(t.Context(), db, admin, now, "snv", today, "Sở Nội vụ và Lao động", "Nội vụ", "Quyết định số 2/QĐ-UBND"); err != nil {
		t.Fatal(err)
	}
	lines, err := audit.History(t.Context(), db, fmt.Sprintf("unit/%d", snv.ID), 10)
	if err != nil {
		t.Fatal(err)
	}
	if len(lines) != 1 {
		t.Fatalf("%d entries, want 1", len(lines))
	}
	got := lines[0]
	if got.Action != "renamed" || got.Person != admin.Name || got.Authority != "admin" || !got.At.Equal(now) {
		t.Errorf("entry = %+v", got)
	}
	if !strings.Contains(string(got.Before), `"Sở Nội vụ"`) || !strings.Contains(string(got.After), `"Sở Nội vụ và Lao động"`) {
		t.Errorf("before %s after %s", got.Before, got.After)
	}
}
