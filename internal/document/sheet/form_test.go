package sheet_test

import (
	"bytes"
	"testing"

	"danvan/internal/document/sheet"
)

// form is a sheet to be filled in with all that a form can have.
func form() sheet.Form {
	return sheet.Form{Sheet: "Biểu", Title: "Biểu số liệu", Notes: []string{"Chỉ ghi vào ô trắng."}, Fixed: 1, Spare: 2,
		Columns: []sheet.Box{{Title: "Mã", Width: 8}, {Title: "Số", Width: 12, Kind: sheet.Number, Fill: true, Hint: "Ghi số"},
			{Title: "Chọn", Width: 20, Fill: true, Offer: []string{"Một", "Hai"}}, {Title: "Người", Width: 20, Fill: true, From: sheet.Place("Danh mục", 1, 2, 9), Free: true}},
		Rows: []sheet.Line{{Heading: "Phần đầu"}, {Cells: []string{"A1", "1.234", "", `=HYPERLINK("x")`}},
			{Cells: []string{"A2"}, Offer: map[int][]string{1: {"Có", "Không"}}, Shut: []int{2}}, {Cells: []string{"A3", "tự tính"}, Locked: true}},
	}
}

func TestAFormIsWhiteWhereItIsFilledInAndLockedElsewhere(t *testing.T) {
	t.Parallel()
	file, err := sheet.Fill(noon, [][]string{{"danvan 1", "biểu"}}, form(), sheet.Form{Sheet: "Danh mục", Title: "Danh mục", Columns: []sheet.Box{{Title: "Người", Width: 30}}})
	if err != nil {
		t.Fatal(err)
	}
	if file.Name != "bieu-so-lieu-20221128-0842.xlsx" {
		t.Errorf("name %q", file.Name)
	}
	f := excel(t, file.Content)
	for cell, want := range map[string]bool{"A6": true, "B6": false, "B7": false, "C7": true, "B8": true, "B9": false, "C10": false, "A9": true, "B4": true, "A5": true} {
		id, err := f.GetCellStyle("Biểu", cell)
		if err != nil {
			t.Fatal(err)
		}
		style, err := f.GetStyle(id)
		if err != nil {
			t.Fatal(err)
		}
		if style.Protection == nil || style.Protection.Locked != want {
			t.Errorf("%s is locked: %v, want %v", cell, style.Protection, want)
		}
	}
	for cell, want := range map[string]string{"A1": "Biểu số liệu", "A5": "Phần đầu", "B6": "1.234", "D6": `=HYPERLINK("x")`} {
		got, err := f.GetCellValue("Biểu", cell)
		if err != nil || got != want {
			t.Errorf("%s says %q (%v), want %q", cell, got, err, want)
		}
		if formula, err := f.GetCellFormula("Biểu", cell); err != nil || formula != "" {
			t.Errorf("%s is a formula: %q (%v)", cell, formula, err)
		}
	}
	offered, err := f.GetDataValidations("Biểu")
	if err != nil {
		t.Fatal(err)
	}
	lists := map[string]string{}
	for _, dv := range offered {
		lists[dv.Sqref] = dv.Formula1
	}
	for at, want := range map[string]string{"B7:B7": `"Có,Không"`, "C6:C6": `"Một,Hai"`, "C9:C10": `"Một,Hai"`, "D6:D7": "'Danh mục'!$A$2:$A$9", "B6:B6": ""} {
		if got, ok := lists[at]; !ok || got != want {
			t.Errorf("%s offers %q, want %q, of %v", at, got, want, lists)
		}
	}
	if shown, err := f.GetSheetVisible(sheet.Stamp); err != nil || shown {
		t.Errorf("the stamp is in sight (%v)", err)
	}
	if said, err := f.GetCellValue(sheet.Stamp, "B1"); err != nil || said != "biểu" {
		t.Errorf("the stamp says %q (%v)", said, err)
	}
	again, err := sheet.Fill(noon, [][]string{{"danvan 1", "biểu"}}, form(), sheet.Form{Sheet: "Danh mục", Title: "Danh mục", Columns: []sheet.Box{{Title: "Người", Width: 30}}})
	if err != nil || !bytes.Equal(again.Content, file.Content) {
		t.Errorf("the same form makes other bytes (%v)", err)
	}
}
