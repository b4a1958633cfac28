package paper_test

import (
	"errors"
	"testing"

	"danvan/internal/actor"
	"danvan/internal/database/dbtest"
	"danvan/internal/fault"
	"danvan/internal/paper"
)

// province is UBND tỉnh, two departments, a district and a commune of it. The name
// of Sở Tư pháp changes in the middle of the year.
const province = `
	insert into unit (id, slug) overriding system value
	    values (1, 'ubnd-tinh'), (2, 'snv'), (3, 'stp'), (4, 'h-vi-thuy'), (5, 'xa-vi-thuy'), (6, 'mttq');
	insert into unit_version (id, unit_id, valid, code, name, short, symbol, place, kind, header_parent) overriding system value values
	    (1, 1, '[2020-01-01,)', 'U1', 'Ủy ban nhân dân tỉnh Hậu Giang', 'UBND tỉnh', 'UBND', 'Hậu Giang', 'province', ''),
	    (2, 2, '[2020-01-01,)', 'U2', 'Sở Nội vụ', 'Nội vụ', 'SNV', 'Hậu Giang', 'department', 'UBND TỈNH HẬU GIANG'),
	    (3, 3, '[2020-01-01,2022-07-01)', 'U3', 'Sở Tư pháp', 'Tư pháp', 'STP', 'Hậu Giang', 'department', 'UBND TỈNH HẬU GIANG'),
	    (4, 4, '[2020-01-01,)', 'U4', 'Ủy ban nhân dân huyện Vị Thủy', 'H. Vị Thủy', 'UBND', 'Vị Thủy', 'district', ''),
	    (5, 5, '[2020-01-01,)', 'U5', 'Ủy ban nhân dân xã Vị Thủy', 'Xã Vị Thủy', 'UBND', 'Vị Thủy', 'commune', ''),
	    (6, 6, '[2020-01-01,)', 'U6', 'Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh', 'MTTQ', 'MTTQ', 'Hậu Giang', 'coordinating_body', ''),
	    (7, 3, '[2022-07-01,)', 'U3', 'Sở Tư pháp và Hộ tịch', 'Tư pháp', 'STPHT', 'Hậu Giang', 'department', 'UBND TỈNH HẬU GIANG');
	insert into campaign (id, year, lead_unit, directive, active) overriding system value
	    values (1, 2022, 2, 'Kế hoạch số 32/KH-UBND', '[2022-01-01,2022-12-31]');
	insert into roster (campaign_id, unit_id, unit_version_id, reports_to, position, valid)
	    values (1, 2, 2, 2, 1, '[2022-01-01,)'), (1, 3, 3, 2, 2, '[2022-01-01,)'), (1, 4, 4, 2, 3, '[2022-01-01,)'), (1, 5, 5, 4, 4, '[2022-01-01,)');`

func TestTheLetterheadOfTheYearIsThatOfTheRoster(t *testing.T) {
	t.Parallel()
	tx := dbtest.Tx(t)
	if _, err := tx.Exec(t.Context(), province); err != nil {
		t.Fatal(err)
	}
	for id, want := range map[actor.UnitID]paper.Setting{
		2: {Slug: "snv", Name: "Sở Nội vụ", Kind: "department", Symbol: "SNV", Place: "Hậu Giang", HeaderParent: "UBND TỈNH HẬU GIANG", To: "Ủy ban nhân dân tỉnh Hậu Giang"},
		3: {Slug: "stp", Name: "Sở Tư pháp", Kind: "department", Symbol: "STP", Place: "Hậu Giang", HeaderParent: "UBND TỈNH HẬU GIANG", To: "Sở Nội vụ"},
		4: {Slug: "h-vi-thuy", Name: "Ủy ban nhân dân huyện Vị Thủy", Kind: "district", Symbol: "UBND", Place: "Vị Thủy", To: "Sở Nội vụ"},
		5: {Slug: "xa-vi-thuy", Name: "Ủy ban nhân dân xã Vị Thủy", Kind: "commune", Symbol: "UBND", Place: "Vị Thủy", To: "Ủy ban nhân dân huyện Vị Thủy"},
		6: {Slug: "mttq", Name: "Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh", Kind: "coordinating_body", Symbol: "MTTQ", Place: "Hậu Giang", To: "Ủy ban nhân dân tỉnh Hậu Giang"},
	} {
		want.ID, want.Year, want.Directive = id, 2022, "Kế hoạch số 32/KH-UBND"
		got, err := paper.SettingOf(t.Context(), tx, 2022, id)
		if err != nil || got != want {
			t.Errorf("got %+v, %v\nwant %+v", got, err, want)
		}
	}
	for _, none := range []struct {
		year int
		id   actor.UnitID
	}{{2021, 2}, {2022, 99}} {
		if _, err := paper.SettingOf(t.Context(), tx, none.year, none.id); !errors.Is(err, fault.NotFound) {
			t.Errorf("unit %d in %d: %v", none.id, none.year, err)
		}
	}
}
