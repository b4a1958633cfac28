package report_test

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"danvan/internal/document/exchange"
	"danvan/internal/document/sheet"
	"danvan/internal/document/workbook"
	"danvan/internal/fault"
	"danvan/internal/report"
	"danvan/internal/submission"
)

// form is the form of figures of ref as it goes out now.
func (w *world) form(t testing.TB, ref submission.Ref) (submission.Case, report.Content, sheet.File) {
	t.Helper()
	c, err := submission.Load(t.Context(), w.db, year, ref)
	must(t, err)
	content := w.content(t, ref, year)
	file, err := report.FigureForm(year, c, content)
	must(t, err)
	return c, content, file
}

// filled is a form with boxes written over, as "Số liệu!D7": a text, a number, or a
// formula after "=".
func filled(t testing.TB, file []byte, boxes map[string]any) []byte {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(file))
	must(t, err)
	for at, value := range boxes {
		name, cell, _ := strings.Cut(at, "!")
		if formula, ok := value.(string); ok && strings.HasPrefix(formula, "=") {
			must(t, f.SetCellFormula(name, cell, formula))
			continue
		}
		must(t, f.SetCellValue(name, cell, value))
	}
	out, err := f.WriteToBuffer()
	must(t, err)
	must(t, f.Close())
	return out.Bytes()
}

// rowOf is the row in which a code stands.
func rowOf(t testing.TB, file []byte, code string) string {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(file))
	must(t, err)
	defer f.Close()
	found, err := f.SearchSheet("Số liệu", code)
	must(t, err)
	if len(found) != 1 {
		t.Fatalf("%s stands at %v", code, found)
	}
	return strings.TrimLeft(found[0], "ABCDEFGHI")
}

func TestAFormComesBackWithWhatWasChangedAlone(t *testing.T) {
	t.Parallel()
	w := seed(t)
	w.write(t, "lan", ofDepartment, year, map[string]string{"T4.01": "1234", "T4.02": "5"})
	c, content, form := w.form(t, ofDepartment)
	at := func(column, code string) string { return "Số liệu!" + column + rowOf(t, form.Content, code) }
	for name, test := range map[string]struct {
		boxes map[string]any
		want  map[string]submission.Content
	}{
		"untouched":                     {nil, map[string]submission.Content{}},
		"typed as before":               {map[string]any{at("D", "T4.01"): 1234}, map[string]submission.Content{}},
		"a number":                      {map[string]any{at("D", "T4.01"): "1.250"}, map[string]submission.Content{"T4.01": {"own": "1250", "mark": "", "estimated": ""}}},
		"a number of the program's own": {map[string]any{at("D", "T4.01"): 1250}, map[string]submission.Content{"T4.01": {"own": "1250", "mark": "", "estimated": ""}}},
		"cleared":                       {map[string]any{at("D", "T4.02"): nil}, map[string]submission.Content{"T4.02": {"own": "", "mark": "", "estimated": ""}}},
		"a mark instead": {map[string]any{at("D", "T4.02"): nil, at("F", "T4.02"): "không thuộc phạm vi"},
			map[string]submission.Content{"T4.02": {"own": "", "mark": "not_applicable", "estimated": ""}}},
		"in part estimated":              {map[string]any{at("E", "T4.01"): "34"}, map[string]submission.Content{"T4.01": {"own": "1234", "mark": "", "estimated": "34"}}},
		"yes in words":                   {map[string]any{at("D", "T1.01"): "có", at("F", "T1.01"): nil}, map[string]submission.Content{"T1.01": {"own": "1", "mark": "", "estimated": ""}}},
		"what is worked out is not read": {map[string]any{at("D", "T2.07"): "=D1/D2", at("A", "T2.07"): "T2.07"}, map[string]submission.Content{}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			written, err := report.ReadFigures(t.Context(), c, content, "bieu.xlsx", bytes.NewReader(filled(t, form.Content, test.boxes)))
			must(t, err)
			got := map[string]submission.Content{}
			for _, x := range written {
				got[x.Code] = x.Is
				if x.Code == "T4.01" && x.Was["own"] != "1234" {
					t.Errorf("the form said %q", x.Was["own"])
				}
			}
			if len(got) != len(test.want) {
				t.Fatalf("got %v, want %v", got, test.want)
			}
			for code, want := range test.want {
				for field := range want {
					if got[code][field] != want[field] {
						t.Errorf("%s.%s = %q, want %q", code, field, got[code][field], want[field])
					}
				}
			}
		})
	}
}

func TestEveryFaultIsNamedByItsCellAndNothingIsTaken(t *testing.T) {
	t.Parallel()
	w := seed(t)
	c, content, form := w.form(t, ofDepartment)
	row := func(code string) string { return rowOf(t, form.Content, code) }
	boxes := map[string]any{
		"Số liệu!D" + row("T4.01"): "86 lượt", "Số liệu!D" + row("T4.02"): "8,5", "Số liệu!D" + row("T4.04"): "=1+1",
		"Số liệu!E" + row("T4.08"): "3", "Số liệu!D" + row("T4.10"): "12", "Số liệu!F" + row("T4.10"): "Không phát sinh",
		"Số liệu!D" + row("T4.11"): "Không phát sinh", "Số liệu!F" + row("T4.13"): "chưa rõ", "Số liệu!D" + row("T1.01"): "2",
		"Số liệu!D" + row("T2.02"): -4, "Số liệu!D400": "7", "Số liệu!A401": "T9.99", "Số liệu!D401": "7",
		"Số liệu!A402": "T4.01", "Số liệu!D402": "7", "Số liệu!D" + row("T2.04"): "5", // right, and not taken
	}
	written, err := report.ReadFigures(t.Context(), c, content, "bieu.xlsx", bytes.NewReader(filled(t, form.Content, boxes)))
	faults, ok := errors.AsType[exchange.Faults](err)
	if !ok || len(written) > 0 {
		t.Fatalf("got %v and %v, want faults alone", written, err)
	}
	got := map[string]string{}
	for _, f := range faults {
		got[f.Place()] = f.Message
	}
	for place, words := range map[string]string{
		"Số liệu!D" + row("T4.01"): "không kèm chữ hoặc đơn vị tính",
		"Số liệu!D" + row("T4.02"): "là số nguyên",
		"Số liệu!D" + row("T4.04"): "công thức",
		"Số liệu!E" + row("T4.08"): "Ghi số liệu trước khi ghi phần ước",
		"Số liệu!F" + row("T4.10"): "bỏ một trong hai",
		"Số liệu!D" + row("T4.11"): "chọn ở cột “Không có số”",
		"Số liệu!F" + row("T4.13"): "hoặc để trống",
		"Số liệu!D" + row("T1.01"): "Chọn có hoặc không",
		"Số liệu!D" + row("T2.02"): "số âm",
		"Số liệu, dòng 400":        "không có mã chỉ tiêu",
		"Số liệu!A401":             "không phải báo cáo chỉ tiêu T9.99",
		"Số liệu!A402":             "đã có ở dòng " + row("T4.01"),
	} {
		if !strings.Contains(got[place], words) {
			t.Errorf("%s: got %q, want %q in it", place, got[place], words)
		}
		delete(got, place)
	}
	for place, sentence := range got {
		t.Errorf("%s is found fault with: %s", place, sentence)
	}
}

func TestAFormOfAnotherUnitPeriodOrKindIsRefusedBySayingWhich(t *testing.T) {
	t.Parallel()
	w := seed(t)
	c, content, own := w.form(t, ofDepartment)
	_, _, district := w.form(t, ofDistrict)
	_, _, half := w.form(t, inHalf(ofDepartment))
	prior, err := report.PriorForm(year, c, content, nil)
	must(t, err)
	list, err := sheet.Table{Sheet: "Số liệu", Title: "Một bảng khác", At: year, Columns: []sheet.Column{{Title: "Mã"}}}.File(sheet.XLSX)
	must(t, err)
	for words, file := range map[string][]byte{
		"Tệp là biểu mẫu của Ủy ban nhân dân huyện Vị Thủy; ở đây nhận biểu mẫu của Sở Tư pháp": district.Content,
		"Tệp là biểu mẫu của 6 tháng đầu năm 2022; ở đây nhận biểu mẫu của năm 2022":            half.Content,
		"Tệp là biểu mẫu số liệu cùng kỳ năm 2021; ở đây nhận biểu mẫu số liệu báo cáo":         prior.Content,
		"không phải biểu mẫu số liệu báo cáo tải từ hệ thống":                                   list.Content,
		"không còn đúng các cột của biểu mẫu":                                                   filled(t, own.Content, map[string]any{"Số liệu!E6": "Ghi chú"}),
		"Tệp trống":                 nil,
		"nội dung không phải Excel": []byte("<html>"),
	} {
		_, err := report.ReadFigures(t.Context(), c, content, "bieu.xlsx", bytes.NewReader(file))
		invalid, ok := errors.AsType[fault.Invalid](err)
		if !ok || !strings.Contains(invalid[workbook.Field], words) {
			t.Errorf("got %v %q, want %q", err, invalid[workbook.Field], words)
		}
	}
	if _, err := report.ReadFigures(t.Context(), c, content, "bieu.xlsm", bytes.NewReader(own.Content)); err == nil {
		t.Error("a file with macros by its name is taken")
	}
}

func TestTheSameFiguresMakeTheSameForm(t *testing.T) {
	t.Parallel()
	w := seed(t)
	_, _, first := w.form(t, ofDepartment)
	_, _, again := w.form(t, ofDepartment)
	if !bytes.Equal(first.Content, again.Content) {
		t.Error("two forms of the same figures differ")
	}
	if first.Name != "so-lieu-bao-cao-nam-2022-cua-so-tu-phap-20221201-0900.xlsx" {
		t.Errorf("name %q", first.Name)
	}
}

func TestLastYearsFiguresFromAFileAreStoredAllOrNone(t *testing.T) {
	t.Parallel()
	w := seed(t)
	c, content, _ := w.form(t, ofDepartment)
	prior, err := report.PriorForm(year, c, content, nil)
	must(t, err)
	row := func(code string) string { return rowOf(t, prior.Content, code) }
	written, err := report.ReadPrior(t.Context(), c, content, "x.xlsx", bytes.NewReader(filled(t, prior.Content, map[string]any{
		"Số liệu!D" + row("T4.01"): "1.100", "Số liệu!E" + row("T4.01"): "Báo cáo số 210/BC-STP"})))
	must(t, err)
	if len(written) != 1 || written[0].Is["value"] != "1100" || written[0].Is["source"] != "Báo cáo số 210/BC-STP" {
		t.Fatalf("read %v", written)
	}
	edits := map[string]report.PriorEdit{"T4.01": {Value: "1100", Source: "Báo cáo số 210/BC-STP"}, "T4.02": {Value: "-1"}}
	stored := func() map[string]report.PriorFigure {
		t.Helper()
		all, err := report.Prior(t.Context(), w.db, stp, 2021, "nam")
		must(t, err)
		return all
	}
	err = w.svc.ImportPrior(t.Context(), w.people["lan"], year, w.once(), ofDepartment, edits)
	if _, invalid := errors.AsType[fault.Invalid](err); !invalid || len(stored()) > 0 {
		t.Fatalf("got %v and %v stored, want the mistake and nothing", err, stored())
	}
	delete(edits, "T4.02")
	once := w.once()
	for range 2 { // a doubled post
		must(t, w.svc.ImportPrior(t.Context(), w.people["lan"], year, once, ofDepartment, edits))
	}
	if is := stored()["T4.01"]; is.Value != "1100" || is.ByName != "Nguyễn Thị Lan" {
		t.Errorf("stored %+v", is)
	}
	err = w.svc.ImportPrior(t.Context(), w.people["minh"], year, w.once(), ofDepartment, map[string]report.PriorEdit{"T4.01": {Value: "9"}, "T4.04": {Value: "3"}})
	if !errors.Is(err, fault.Conflict) || len(stored()) != 1 {
		t.Errorf("got %v and %v stored, want a conflict and nothing more", err, stored())
	}
	if err := w.svc.ImportPrior(t.Context(), w.people["huyen"], year, w.once(), ofDepartment, edits); !errors.Is(err, fault.NotFound) {
		t.Errorf("somebody of another unit: got %v, want not found", err)
	}
}

func TestAFormGoesOutWithWhatThePageOffersAndBringsItBackUnlessSomebodyAnsweredSince(t *testing.T) {
	t.Parallel()
	w := seed(t)
	w.accepted(t, "hung", "hoa", inHalf(ofDepartment), half, map[string]string{"T3.03": "8", "T4.01": "30", "T4.13": "not_applicable"})
	c, content, form := w.form(t, ofDepartment)
	box := func(column, code string) string {
		t.Helper()
		f, err := excelize.OpenReader(bytes.NewReader(form.Content))
		must(t, err)
		defer f.Close()
		value, err := f.GetCellValue("Số liệu", column+rowOf(t, form.Content, code))
		must(t, err)
		return value
	}
	if got := box("D", "T3.03") + "|" + box("D", "T4.01") + "|" + box("F", "T4.13"); got != "8||Không thuộc phạm vi" {
		t.Errorf("the form holds %s", got)
	}
	if got := box("I", "T3.03"); !strings.HasSuffix(got, "Điền sẵn: Báo cáo 6 tháng đầu năm 2022, lần gửi 1") {
		t.Errorf("of where it comes from the form says %q", got)
	}
	read := func(content report.Content, boxes map[string]any) map[string]submission.Content {
		t.Helper()
		written, err := report.ReadFigures(t.Context(), c, content, "bieu.xlsx", bytes.NewReader(filled(t, form.Content, boxes)))
		must(t, err)
		got := map[string]submission.Content{}
		for _, x := range written {
			if got[x.Code] = x.Is; len(x.Was.With(nil)) > 0 {
				t.Errorf("%s: the form went out with %v, nothing was saved", x.Code, x.Was)
			}
		}
		return got
	}
	if got := read(content, nil); got["T3.03"]["own"] != "8" || got["T4.13"]["mark"] != "not_applicable" || got["T4.01"] != nil {
		t.Errorf("untouched it brings %v", got)
	}
	d := "Số liệu!D" + rowOf(t, form.Content, "T3.03")
	if got := read(content, map[string]any{d: "9"}); got["T3.03"]["own"] != "9" {
		t.Errorf("written over it brings %v", got["T3.03"])
	}
	if got := read(content, map[string]any{d: nil}); got["T3.03"] != nil {
		t.Errorf("cleared it brings %v", got["T3.03"])
	}
	w.write(t, "minh", ofDepartment, year, map[string]string{"T3.03": "7"})
	since := w.content(t, ofDepartment, year)
	if got := read(since, nil); len(got) > 0 {
		t.Errorf("others answered since, and it brings %v", got)
	}
	if got := read(since, map[string]any{d: "9"}); got["T3.03"]["own"] != "9" {
		t.Errorf("written over it brings %v", got["T3.03"])
	}
}
