package unit_test

import (
	"testing"

	"danvan/internal/unit"
	"danvan/internal/viet"
)

func TestUnitsThatCouldBeMistakenShowTheirTypeOrParent(t *testing.T) {
	t.Parallel()
	db := loaded(t)
	all, err := unit.List(t.Context(), db, unit.Filter{On: today})
	if err != nil {
		t.Fatal(err)
	}
	tests := []struct{ slug, alone, among string }{
		{"h-long-my", "H. Long Mỹ", "Huyện Long Mỹ"},
		{"tx-long-my", "TX. Long Mỹ", "Thị xã Long Mỹ"},
		{"h-chau-thanh", "H. Châu Thành", "Huyện Châu Thành"},
		{"h-chau-thanh-a", "H. Châu Thành A", "Huyện Châu Thành A"},
		{"xa-vinh-tuong-h-vi-thuy", "Xã Vĩnh Tường", "Xã Vĩnh Tường (H. Vị Thủy)"},
		{"phuong-vinh-tuong-tx-long-my", "Phường Vĩnh Tường", "Phường Vĩnh Tường (TX. Long Mỹ)"},
		{"tp-vi-thanh", "TP. Vị Thanh", "Thành phố Vị Thanh"}, // xã Vị Thanh of huyện Vị Thủy
		{"phuong-i-tp-vi-thanh", "Phường I", "Phường I"},      // phường III is another word
		{"phuong-v-tp-vi-thanh", "Phường V", "Phường V"},
		{"snv", "Nội vụ", "Nội vụ"}, // all departments have the place Hậu Giang
		{"stc", "Tài chính", "Tài chính"},
		{"ubnd-tinh", "UBND tỉnh", "UBND tỉnh"},
	}
	for _, tt := range tests {
		u := bySlug(t, db, tt.slug, today)
		if got := unit.Label(u, nil); got != tt.alone {
			t.Errorf("%s alone = %q, want %q", tt.slug, got, tt.alone)
		}
		if got := unit.Label(u, all); got != tt.among {
			t.Errorf("%s among all = %q, want %q", tt.slug, got, tt.among)
		}
	}
	seen, labels := map[string]string{}, unit.Labels(all)
	for _, u := range all {
		label := unit.Label(u, all)
		if u.Kind == unit.District && label == u.Short {
			label = u.FullType() // as those districts that could be mistaken
		}
		if labels[u.Slug] != label {
			t.Errorf("%s among all labels = %q, want %q", u.Slug, labels[u.Slug], label)
		}
		if other, twice := seen[label]; twice {
			t.Errorf("%s and %s are both shown as %q", other, u.Slug, label)
		}
		seen[label] = u.Slug
	}
}

func TestAKindOfWhichNoneCouldBeMistakenIsCalledShortly(t *testing.T) {
	t.Parallel()
	apart := []unit.Unit{
		{VersionID: 1, Slug: "h-vi-thuy", Name: "Ủy ban nhân dân huyện Vị Thủy", Short: "H. Vị Thủy", Place: "Vị Thủy", Kind: unit.District},
		{VersionID: 2, Slug: "h-phung-hiep", Name: "Ủy ban nhân dân huyện Phụng Hiệp", Short: "H. Phụng Hiệp", Place: "Phụng Hiệp", Kind: unit.District},
	}
	for _, u := range apart {
		if got := unit.Labels(apart)[u.Slug]; got != u.Short {
			t.Errorf("%s = %q, want %q", u.Slug, got, u.Short)
		}
	}
}

func TestTwoUnitsOfOneNameAreToldApartByTheirTimeOrCode(t *testing.T) {
	t.Parallel()
	before := unit.Unit{VersionID: 1, Code: "STC", Name: "Sở Tài chính", Short: "Tài chính", Kind: unit.Department,
		ValidFrom: viet.NewDate(2020, 1, 1), ValidUntil: viet.NewDate(2025, 2, 19)}
	after := before
	after.VersionID, after.ValidFrom, after.ValidUntil = 2, viet.NewDate(2025, 2, 19), viet.Date{}
	twin := after
	twin.VersionID, twin.Code = 3, "STC2"
	tests := []struct {
		unit  unit.Unit
		among []unit.Unit
		want  string
	}{
		{before, []unit.Unit{before, after}, "Sở Tài chính (đến hết 18/02/2025)"},
		{after, []unit.Unit{before, after}, "Sở Tài chính (từ 19/02/2025)"},
		{twin, []unit.Unit{before, after, twin}, "Sở Tài chính (STC2)"},
	}
	for _, tt := range tests {
		if got := unit.Label(tt.unit, tt.among); got != tt.want {
			t.Errorf("label = %q, want %q", got, tt.want)
		}
	}
}
