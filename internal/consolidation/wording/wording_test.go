package wording

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"
	"pgregory.net/rapid"
)

// told knows some figures, one of them without a value.
type told struct{}

func (told) Figure(code string) (string, bool) {
	text, known := map[string]string{"T4.01": "2.470", "T2.07": "98,5%", "T3.08": ""}[code]
	return text, known
}

func (told) Change(code string) (string, bool) {
	text, known := map[string]string{"T4.01": "tăng 12,4%", "T2.07": "không thay đổi", "T3.08": "chưa có số liệu cùng kỳ"}[code]
	return text, known
}

func (told) Issuer() string                   { return "Sở Nội vụ" }
func (told) Units(code string) (string, bool) { return "từ 20/28 đơn vị", code == "T4.01" }

func (told) Count(word string) (string, bool) {
	n := slices.Index(Counts, word)
	return fmt.Sprint(28 - n), n >= 0
}

func printed(text string) string {
	var out []string
	for _, p := range Fill(Parse(text), told{}) {
		out = append(out, Plain(p))
	}
	return strings.Join(out, "\n")
}

func TestTokensPrintTheirValues(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"Đã tiếp {T4.01} lượt":                          "Đã tiếp 2.470 lượt",
		"{t4.01}, {T4.01  so  cùng kỳ} so với cùng kỳ":  "2.470, tăng 12,4% so với cùng kỳ",
		"{T4.01 so cung ky}":                            "tăng 12,4%",
		"{ T2.07 }{T2.07 so cùng kỳ}":                   "98,5%không thay đổi",
		"{T4.01 đơn vị}; {T4.01 ĐƠN VỊ}":                "từ 20/28 đơn vị; từ 20/28 đơn vị",
		"{T3.08} triệu đồng":                            "… triệu đồng",
		"{T3.08 so cùng kỳ}":                            "chưa có số liệu cùng kỳ",
		"{đã gửi}/{đơn vị}, {Đúng hạn}, {đã tiếp nhận}": "27/28, 26, 25",
		"{T9.99} và {abc}":                              "{T9.99} và {abc}",
		"mở { và đóng } rời":                            "mở { và đóng } rời",
		"Một đoạn. {nguồn so-tu-phap lần 2}":            "Một đoạn.",
		"Đầu {nguồn so-y-te lần 1} đuôi":                "Đầu đuôi",
		"một\r\n\r\n  \nhai":                            "một\nhai",
	} {
		if got := printed(text); got != want {
			t.Errorf("%q prints %q, want %q", text, got, want)
		}
	}
}

func TestTheSameWordsDecomposedAreTheSameToken(t *testing.T) {
	t.Parallel()
	if got := printed(norm.NFD.String("{T4.01 so cùng kỳ}")); got != "tăng 12,4%" {
		t.Errorf("decomposed letters print %q", got)
	}
}

func TestAParagraphNamesWhereItWasTakenFrom(t *testing.T) {
	t.Parallel()
	p := Parse("Không có gì\nĐã mở 12 lớp. {nguồn h-vi-thuy lần 3}\nhai {nguồn a lần 1} và {nguồn b-2 lần 12}")
	want := [][]Source{nil, {{"h-vi-thuy", 3}}, {{"a", 1}, {"b-2", 12}}}
	for i := range want {
		if !reflect.DeepEqual(p[i].Sources, want[i]) {
			t.Errorf("paragraph %d comes from %v, want %v", i, p[i].Sources, want[i])
		}
	}
	if p[2].Line != 3 {
		t.Errorf("line %d, want 3", p[2].Line)
	}
	for _, text := range []string{"{nguồn a}", "{nguồn a lần 0}", "{nguồn Ă lần 1}", "{nguồn a lần 99999999}", "{nguồn a_b lần 1}", "{nguồn lần 1}"} {
		if got := Parse(text)[0]; got.Sourced() || got.Pieces[0].Kind != Unknown {
			t.Errorf("%q is taken for an origin", text)
		}
	}
}

func TestFaultsStandAtTheirPlace(t *testing.T) {
	t.Parallel()
	got := Faults(Parse("Đã có {T4.01}\n\nvà {T9.99}, {T4.01 lạ} {\n}"), told{})
	want := []Fault{
		{3, 4, "{T9.99}", "Không có chỉ tiêu T9.99 trong kỳ này"},
		{3, 13, "{T4.01 lạ}", "Không hiểu {T4.01 lạ}: xem danh sách mã chèn bên cạnh"},
		{3, 24, "{", "Dấu { không có dấu } đóng lại"},
		{4, 1, "}", "Dấu } không có dấu { mở trước"},
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("faults\n %v, want\n %v", got, want)
	}
	if faults := Faults(Parse("{T3.08} {đã gửi}"), told{}); len(faults) != 0 {
		t.Errorf("a missing value is no fault: %v", faults)
	}
}

// typedIn lists the numbers marked as written by hand.
func typedIn(text string) []string {
	var out []string
	for _, p := range Parse(text) {
		for _, piece := range p.Pieces {
			if piece.Kind == Typed {
				out = append(out, piece.Raw)
			}
		}
	}
	return out
}

func TestNumbersWrittenByHandAreMarked(t *testing.T) {
	t.Parallel()
	for text, want := range map[string][]string{
		"Đã tiếp 2.470 lượt, đạt 98,5%": {"2.470", "98,5%"},
		"có 12/28 đơn vị":               {"12/28"},
		"giảm 3 đơn vị; {T4.01} và 4":   {"3", "4"},
		"tổng số 15 cuộc":               {"15"},
		"(tăng 12 cuộc)":                {"12"},
		"Tăng 5km đường":                {"5"},
		"từ 5 đến 9 cuộc":               {"5", "9"},
		"2 mô hình":                     {"2"},
	} {
		if got := typedIn(text); !slices.Equal(got, want) {
			t.Errorf("%q marks %q, want %q", text, got, want)
		}
	}
	for _, text := range []string{
		"Kế hoạch số 32/KH-UBND ngày 28/02/2022", "Nghị định 30/2020/NĐ-CP", "Quyết định số 625/QĐ-UBND ngày 30 tháng 3 năm 2021",
		"năm 2022", "giai đoạn 2021 – 2025", "quý 3, quý IV/2022", "tháng 6", "06/2022", "6 tháng đầu năm 2022", "9 tháng", "ngày 5/8", "đến 14/6",
		"1. Kết quả", "2) Kết quả", "(3) Kết quả", "nhiệm vụ 4", "Điều 5 khoản 2", "Phụ lục 3", "lần 2", "thứ 3", "COVID-19", "Quốc lộ 1A", "T4.01", "dịch vụ công mức độ 4",
		"Đã mở 12 lớp {nguồn so-y-te lần 1}", "{T4.01}", "28.02.2022",
	} {
		if got := typedIn(text); got != nil {
			t.Errorf("%q marks %q, want none", text, got)
		}
	}
}

func TestWhatAUnitWroteCannotBecomeATokenOfTheReport(t *testing.T) {
	t.Parallel()
	text := Sourced("Đã có {T4.01}\n\n {nguồn khac lần 9} xong", Source{"so-y-te", 1})
	if want := "Đã có (T4.01) {nguồn so-y-te lần 1}\n(nguồn khac lần 9) xong {nguồn so-y-te lần 1}"; text != want {
		t.Errorf("got %q, want %q", text, want)
	}
	if got := printed(text); got != "Đã có (T4.01)\n(nguồn khac lần 9) xong" {
		t.Errorf("prints %q", got)
	}
	if got := Append("a \n\n", "b"); got != "a\nb" {
		t.Errorf("appended %q", got)
	}
	if got := Append("", "b"); got != "b" {
		t.Errorf("appended to nothing %q", got)
	}
}

// checkText proves of any text what never may fail.
func checkText(text string) error {
	split := lines(text)
	seen := map[int]bool{}
	for _, p := range Parse(text) {
		seen[p.Line] = true
		if Raw(p) != split[p.Line-1] {
			return fmt.Errorf("line %d %q became %q", p.Line, split[p.Line-1], Raw(p))
		}
		if !strings.ContainsAny(Raw(p), "{}") && Plain(p) != strings.TrimSpace(Raw(p)) {
			return fmt.Errorf("printing lost text: %q of %q", Plain(p), Raw(p))
		}
	}
	for i, line := range split {
		if strings.TrimSpace(line) != "" && !seen[i+1] {
			return fmt.Errorf("line %d %q is gone", i+1, line)
		}
	}
	filled := Fill(Parse(text), told{})
	for _, p := range filled {
		for _, piece := range p.Pieces {
			if (piece.Kind == Words || piece.Kind == Typed || piece.Kind == Unknown) && strings.TrimSpace(piece.Text) != strings.TrimSpace(piece.Raw) {
				return fmt.Errorf("%q prints %q", piece.Raw, piece.Text)
			}
		}
	}
	if faults, unknown := Faults(Parse(text), told{}), 0; true {
		for _, p := range filled {
			for _, piece := range p.Pieces {
				if piece.Kind == Unknown {
					unknown++
				}
			}
		}
		if unknown != len(faults) {
			return fmt.Errorf("%d faults of %d unknown pieces", len(faults), unknown)
		}
		for _, f := range faults[:min(len(faults), 50)] {
			rest := string([]rune(split[f.Line-1])[f.Column-1:])
			if !strings.HasPrefix(rest, f.Text) {
				return fmt.Errorf("fault %q is not at %d:%d", f.Text, f.Line, f.Column)
			}
		}
	}
	return nil
}

func FuzzParse(f *testing.F) {
	for _, seed := range []string{"Đã tiếp {T4.01} lượt, {T4.01 so cùng kỳ}", "{nguồn so-y-te lần 2}", "{{}}", "1. 12/28 đơn vị 32/KH-UBND", "a\r\nb", "{đã gửi", "\u00a01,5%"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if strings.ToValidUTF8(text, "") != text {
			t.Skip("forms keep such bytes out")
		}
		if err := checkText(text); err != nil {
			t.Error(err)
		}
	})
}

func TestNoTextIsLostInPrint(t *testing.T) {
	t.Parallel()
	part := rapid.SampledFrom([]string{"Đã tiếp ", "2.470", " lượt", "{T4.01}", "{T4.01 so cùng kỳ}", "{T9.99}", "{", "}", "\n", " ", "32/KH-UBND", "{nguồn so-y-te lần 2}", "ngày 5/8", "98,5%", "{đã gửi}", "(", ")", "1."})
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Join(rapid.SliceOfN(part, 0, 20).Draw(t, "parts"), "")
		if err := checkText(text); err != nil {
			t.Fatal(err)
		}
	})
}

func TestWhateverAUnitWritesKeepsItsOriginAndNoToken(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		said := rapid.String().Draw(t, "said")
		from := Source{"h-vi-thuy", rapid.IntRange(1, 99).Draw(t, "no")}
		for _, p := range Parse(Sourced(said, from)) {
			if !slices.Equal(p.Sources, []Source{from}) {
				t.Fatalf("%q comes from %v", Raw(p), p.Sources)
			}
			for _, piece := range p.Pieces {
				if piece.Kind != Words && piece.Kind != Origin {
					t.Fatalf("%q holds %q", Raw(p), piece.Raw)
				}
			}
		}
	})
}
