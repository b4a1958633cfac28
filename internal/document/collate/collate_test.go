package collate_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"danvan/internal/document/collate"
)

// pages are a paper as its text comes off the pages: lines broken anywhere, the number
// of the page on top, a table that continues.
var pages = []string{
	"BÁO CÁO\nKết quả công tác dân vận chính quyền năm 2022\nSở Tư pháp đã tổ chức quán triệt, triển khai Kế hoạch số 32/KH-\nUBND; phối hợp tuyên  truyền cho 1.180 lượt người, đạt 112,4% kế hoạch năm.\nTồn tại, hạn chế: việc ứng dụng công nghệ thông tin ở một số nơi\n",
	"2\nchưa đồng bộ. Nguyên nhân do kinh phí còn hạn hẹp.\nT2.04 Hồ sơ thủ tục hành chính tiếp nhận\nhồ sơ 24.310 23.900 Tăng 1,7%\nT2.05 Trong đó trực tuyến\nm2 16 14 Tăng 14,3%\nMô hình “Ngày thứ Bảy vì\nTổ dân vận\n",
	"- 3 -\nngười dân” tại bộ phận một cửa\nkhu vực 1\nT3.01: 7\n",
}

func compare(t testing.TB, pages []string, passages ...collate.Passage) collate.Result {
	t.Helper()
	r, err := collate.Compare(t.Context(), pages, passages)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestWordsAreFoundHoweverTheyAreLaidOut(t *testing.T) {
	t.Parallel()
	for what, text := range map[string]string{
		"line ends and blanks":  "phối hợp tuyên truyền cho 1.180 lượt người, đạt 112,4% kế hoạch năm",
		"a hyphen at the end":   "triển khai Kế hoạch số 32/KH-UBND",
		"capital letters":       "Báo cáo kết quả công tác dân vận chính quyền năm 2022",
		"decomposed letters":    "tuyên truyền cho",
		"other quotation marks": "Mô hình \"Ngày thứ Bảy vì",
		"on two pages":          "việc ứng dụng công nghệ thông tin ở một số nơi chưa đồng bộ.",
		"a cell on two pages":   "Mô hình “Ngày thứ Bảy vì người dân” tại bộ phận một cửa",
		"paragraphs apart":      "Nguyên nhân do kinh phí còn hạn hẹp.\nSở Tư pháp đã tổ chức quán triệt",
		"sentences apart":       "Nguyên nhân do kinh phí còn hạn hẹp. Tồn tại, hạn chế: việc ứng dụng công nghệ thông tin ở một số nơi chưa đồng bộ.",
		"numbers apart":         "Kế hoạch số 32/KH-UBND; phối hợp tuyên truyền cho 1.180 lượt người, đạt 112,4%",
		"blank":                 " \n",
	} {
		if r := compare(t, pages, collate.Passage{Text: text}); r.Outcome != collate.Match || r.TextsFound != 1 {
			t.Errorf("%s: %+v, want it found", what, r)
		}
	}
}

func TestWhatReadsOtherwiseIsToldWithTheWordsAround(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"phối hợp tuyên truyền cho 1.280 lượt người, đạt 112,4% kế hoạch năm": "… tuyên truyền cho 1.280 lượt người, đạt 112,4% kế hoạch năm",
		"tuyên truyền cho 1.180 lượt người, đạt 112,5% kế hoạch năm":          "… lượt người, đạt 112,5% kế hoạch năm",
		"tuyên truyền cho 1.180 lượt người, đạt 12,4% kế hoạch năm":           "… lượt người, đạt 12,4% kế hoạch năm",
		"Nguyên nhân do kinh phí còn rộng rãi.":                               "… kinh phí còn rộng rãi.",
		"tuyên truyền cho 1.18 lượt":                                          "tuyên truyền cho 1.18 lượt",
		"Sở Nội vụ đã tổ chức":                                                "Sở Nội vụ đã tổ chức",
		"Nguyên nhân do kinh phí còn hạn hẹp. Đề nghị tỉnh bố trí thêm kinh phí cho công tác này trong năm 2023 và các năm tiếp theo": "Đề nghị tỉnh bố trí thêm kinh phí …",
	} {
		r := compare(t, pages, collate.Passage{Part: "task/4", Field: "result", Label: "Nhiệm vụ 4 – Kết quả", Text: text})
		if r.Outcome != collate.Differ || len(r.Missing) != 1 || r.Missing[0].Sought != want || r.Missing[0].Part != "task/4" {
			t.Errorf("%q: %+v, want %q missing", text, r, want)
		}
	}
}

func TestAFigureStandsInItsOwnRow(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		number, anchor string
		want           bool
	}{
		{"24.310", "Hồ sơ thủ tục hành chính tiếp nhận", true},
		{"24.310", "T2.04", true},
		{"23.900", "T2.04", true}, // another column: the portal's own papers have it first
		{"16", "Trong đó trực tuyến", true},
		{"16", "T2.04", false},     // the next row
		{"4.310", "T2.04", false},  // a piece of a number
		{"2", "T2.05", false},      // of m2
		{"7", "T3.01", true},       // right behind its code
		{"24.310", "T9.99", false}, // no such row
		{"24.310", "T2.0", false},  // a piece of a code
	} {
		r := compare(t, pages, collate.Passage{Part: "figure/" + c.anchor, Label: c.anchor, Text: c.number, Anchors: []string{c.anchor}})
		if got := r.FiguresFound == 1; got != c.want || r.Figures != 1 {
			t.Errorf("%s behind %q: found %v, want %v", c.number, c.anchor, got, c.want)
		}
	}
}

func TestAScanIsNoDifference(t *testing.T) {
	t.Parallel()
	long := collate.Passage{Label: "Kết quả", Text: strings.Repeat("Công tác dân vận chính quyền được quan tâm. ", 20)}
	for what, c := range map[string]struct {
		pages []string
		want  collate.Outcome
	}{
		"pictures":        {[]string{"", ""}, collate.NoText},
		"a stamp's words": {[]string{"", "Người ký: Sở Tư pháp\nThời gian ký: 02.12.2022 15:04:05"}, collate.NoText},
		"another paper":   {[]string{strings.Repeat("Về việc triệu tập hội nghị giao ban quý. ", 20)}, collate.Differ},
		"the paper":       {[]string{long.Text}, collate.Match},
	} {
		if r := compare(t, c.pages, long); r.Outcome != c.want {
			t.Errorf("%s: %s, want %s", what, r.Outcome, c.want)
		}
	}
}

func TestOfAWrongPaperNotEverythingIsTold(t *testing.T) {
	t.Parallel()
	var passages []collate.Passage
	for i := range 2 * collate.MaxMissing {
		passages = append(passages, collate.Passage{Text: fmt.Sprintf("Nội dung thứ %d của báo cáo không có trong văn bản", i)})
	}
	r := compare(t, []string{strings.Repeat("văn bản khác hẳn về việc khác hẳn ", 500)}, passages...)
	if r.Outcome != collate.Differ || len(r.Missing) != collate.MaxMissing || r.Texts != len(passages) || r.TextsFound != 0 {
		t.Errorf("%s, %d of %d, %d told", r.Outcome, r.TextsFound, r.Texts, len(r.Missing))
	}
}

func TestComparingEndsWithTheRequest(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := collate.Compare(ctx, pages, []collate.Passage{{Text: "a"}}); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}

func FuzzAnyPaperIsCompared(f *testing.F) {
	f.Add(pages[0], pages[1])
	f.Add("1.180", "2,5 12. a; b")
	f.Fuzz(func(t *testing.T, paper, text string) {
		r := compare(t, []string{paper, text}, collate.Passage{Text: text}, collate.Passage{Text: "7", Anchors: []string{text}})
		if r.TextsFound > r.Texts || r.FiguresFound > r.Figures || r.Texts+r.Figures != 2 {
			t.Fatalf("%+v", r)
		}
	})
}
