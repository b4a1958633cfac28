package paper_test

import (
	"bytes"
	"crypto/sha256"
	"flag"
	"math/big"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"danvan/internal/document/word/wordcheck"
	"danvan/internal/indicator"
	"danvan/internal/paper"
	"danvan/internal/plan"
	"danvan/internal/progress"
	"danvan/internal/report"
	"danvan/internal/submission"
	"danvan/internal/unit"
	"danvan/internal/viet"
)

var update = flag.Bool("update-golden", false, "write testdata anew")

const directive = "Kế hoạch số 32/KH-UBND ngày 28/02/2022 của Ủy ban nhân dân tỉnh Hậu Giang"

// Letterheads of the province.
var (
	justice = paper.Setting{Year: 2022, Directive: directive, Slug: "stp", Name: "Sở Tư pháp", Kind: unit.Department, Symbol: "STP",
		Place: "Hậu Giang", HeaderParent: "UBND TỈNH HẬU GIANG", To: "Sở Nội vụ"}
	home = paper.Setting{Year: 2022, Directive: directive, Slug: "snv", Name: "Sở Nội vụ", Kind: unit.Department, Symbol: "SNV",
		Place: "Hậu Giang", HeaderParent: "UBND TỈNH HẬU GIANG", To: "Ủy ban nhân dân tỉnh Hậu Giang"}
	district = paper.Setting{Year: 2022, Directive: directive, Slug: "h-vi-thuy", Name: "Ủy ban nhân dân huyện Vị Thủy", Kind: unit.District, Symbol: "UBND",
		Place: "Vị Thủy", To: "Sở Nội vụ"}
	assembly = paper.Setting{Year: 2022, Directive: directive, Slug: "vphdnd", Name: "Văn phòng Đoàn đại biểu Quốc hội và Hội đồng nhân dân tỉnh",
		Kind: unit.Department, Symbol: "VP", Place: "Hậu Giang", HeaderParent: "ĐOÀN ĐBQH VÀ HĐND TỈNH HẬU GIANG", To: "Sở Nội vụ"}
)

func filed(s paper.Setting, kind submission.Kind, version int) paper.Filed {
	f := paper.Filed{Setting: s, Case: submission.Case{Kind: kind, Year: 2022, Period: "ke-hoach", PeriodName: "Kế hoạch năm 2022", UnitSlug: s.Slug, UnitName: s.Name,
		UnitShort: strings.Replace(s.Name, "Ủy ban nhân dân", "UBND", 1)}}
	if kind == submission.Report {
		f.Case.Period, f.Case.PeriodName = "6-thang", "6 tháng đầu năm 2022"
	}
	if version > 0 {
		f.Version = &submission.Version{Head: submission.Head{No: version}, SHA256: sha256.Sum256([]byte("nội dung"))}
	}
	return f
}

func reference(number int, symbol, subject, capacity string) submission.Reference {
	return submission.Reference{Number: number, Symbol: symbol, IssuedOn: viet.NewDate(2022, time.February, 5), Subject: subject,
		Signer: "Trần Quốc Khải", Capacity: capacity}
}

func planned() plan.Content {
	march, _ := viet.ParseSpan("Tháng 3", 2022)
	spring, _ := viet.ParseSpan("Quý II", 2022)
	return plan.Content{Reference: reference(5, "KH-STP", "Kế hoạch thực hiện công tác dân vận chính quyền năm 2022 của Sở Tư pháp", "KT. GIÁM ĐỐC, PHÓ GIÁM ĐỐC"),
		Sections: []plan.Section{
			{Task: 1, Short: "Lãnh đạo công tác dân vận chính quyền", Title: "Tăng cường sự lãnh đạo của cấp ủy, chính quyền đối với công tác dân vận chính quyền.", Activities: []plan.Activity{
				{Code: "1.1", Task: 1, Title: "Ban hành kế hoạch công tác dân vận chính quyền năm 2022", Product: "Kế hoạch của Sở", Section: "Văn phòng Sở", Time: march,
					Owner: &plan.Assignee{Name: "Nguyễn Thị Lan"}},
				{Code: "1.2", Task: 1, Title: "Quán triệt, phổ biến các văn bản của Trung ương, của tỉnh về công tác dân vận", Description: "Lồng ghép trong sinh hoạt chi bộ và họp cơ quan.\nCập nhật trên trang thông tin điện tử của Sở.",
					Product: "Biên bản; tin, bài", Section: "Văn phòng Sở", Partners: []string{"snv"}, OtherPartners: []string{"Đảng ủy Sở"}, Time: spring, Unit: "cuộc", Baseline: "4", Target: "6"},
			}},
			{Task: 4, Short: "Tiếp dân, đối thoại, giải quyết kiến nghị của Nhân dân", Title: "Thực hiện có hiệu quả công tác tiếp dân, đối thoại trực tiếp với Nhân dân.", Activities: []plan.Activity{
				{Code: "4.1", Task: 4, Title: "Tổ chức đối thoại về hòa giải ở cơ sở", Product: "Thông báo kết luận", Section: "Phòng Phổ biến, giáo dục pháp luật", Time: spring, Stopped: "Sáp nhập với hoạt động 4.2"},
				{Code: "4.2", Task: 4, Title: "", Section: "Phòng Phổ biến, giáo dục pháp luật"},
			}},
			{Task: 6, Short: "Phối hợp của cơ quan tư pháp và lực lượng vũ trang", Title: "Công tác phối hợp giữa cơ quan tư pháp và lực lượng vũ trang.", Scope: plan.ScopeNone, Reason: "Sở không quản lý lực lượng vũ trang"},
			{Task: 0, Short: "Nội dung chung của Kế hoạch", Title: "Phong trào thi đua “Dân vận khéo”; sơ kết, tổng kết.", Activities: []plan.Activity{
				{Code: "0.1", Task: 0, Title: "Sơ kết, tổng kết công tác dân vận chính quyền", Product: "Báo cáo", Section: "Văn phòng Sở", Time: spring},
			}},
		}}
}

func number(text string) *big.Rat { return indicator.ParseAmount(text) }

func count(code, name string) indicator.Indicator {
	return indicator.Indicator{Code: code, Task: 4, Name: name, Unit: "cuộc", Kind: indicator.Count, Units: indicator.SumOfUnits}
}

// meanings are rows that show the five meanings of a figure, and a ratio of each fate.
func meanings() []report.Row {
	typed := func(i indicator.Indicator, own string, mark indicator.Mark, estimated string, before *report.Compared) report.Row {
		r := report.Row{Indicator: i, Asked: true, Figure: indicator.Figure{Own: number(own), Mark: mark, Estimated: number(estimated)}, LastYear: before}
		r.Value = r.Figure.Total()
		return r
	}
	was := func(value string) *report.Compared { return &report.Compared{Value: number(value)} }
	rows := []report.Row{
		typed(count("T4.01", "Số cuộc đối thoại trực tiếp giữa người đứng đầu với Nhân dân"), "1234", indicator.Number, "34", was("1100")),
		typed(count("T4.02", "Số ý kiến, kiến nghị đã tiếp nhận"), "0", indicator.Number, "", was("0")),
		typed(count("T4.03", "Số ý kiến, kiến nghị đã giải quyết"), "", indicator.Nil, "", was("7")),
		typed(count("T4.04", "Số đoàn đông người"), "", indicator.NotApplicable, "", nil),
		typed(count("T4.05", "Số vụ việc hòa giải thành"), "", indicator.Blank, "", was("12")),
		typed(indicator.Indicator{Code: "T4.06", Task: 4, Name: "Có lịch tiếp công dân định kỳ", Unit: "có/không", Kind: indicator.Flag}, "1", indicator.Number, "", was("1")),
		typed(count("T4.07", "Số cuộc tiếp công dân"), "97", indicator.Number, "", was("100")),
		typed(count("T4.08", "Số buổi tiếp công dân đột xuất"), "5", indicator.Number, "", &report.Compared{Figure: indicator.Figure{Mark: indicator.Nil}}),
	}
	ratio := func(code, name, over, under string, value *big.Rat, before *report.Compared) report.Row {
		return report.Row{Asked: true, Value: value, LastYear: before, Indicator: indicator.Indicator{Code: code, Task: 4, Name: name, Unit: "%", Kind: indicator.Derived, Numerator: over, Denominator: under}}
	}
	return append(rows,
		ratio("T4.09", "Tỷ lệ có số", "T4.07", "T4.01", number("86.449"), was("85.2")),
		ratio("T4.10", "Tỷ lệ không có mẫu số", "T4.03", "T4.02", nil, nil),
		ratio("T4.11", "Tỷ lệ chưa có tử số", "T4.05", "T4.01", nil, was("50")))
}

func reported() report.Content {
	part := func(pairs ...string) submission.Part {
		c := submission.Content{}
		for i := 0; i+1 < len(pairs); i += 2 {
			c[pairs[i]] = pairs[i+1]
		}
		return submission.Part{Content: c}
	}
	c := report.Content{Reference: reference(5, "BC-STP", "Báo cáo sơ kết công tác dân vận chính quyền 6 tháng đầu năm, nhiệm vụ 6 tháng cuối năm 2022", "KT. GIÁM ĐỐC, PHÓ GIÁM ĐỐC"),
		Window: report.Window{From: viet.NewDate(2021, time.December, 15), To: viet.NewDate(2022, time.June, 14), Cumulative: true},
		Tasks: []report.Section{
			{Task: 1, Short: "Lãnh đạo công tác dân vận chính quyền", Title: "Tăng cường sự lãnh đạo của cấp ủy, chính quyền đối với công tác dân vận chính quyền.",
				Part:       part("status", "good", "result", "Sở đã ban hành Kế hoạch số 05/KH-STP ngày 05/02/2022.\nQuán triệt đến 100% công chức, viên chức."),
				Activities: []report.Activity{{Status: progress.Done}, {Status: progress.InProgress}, {Status: progress.Cancelled}}},
			{Task: 4, Short: "Tiếp dân, đối thoại", Title: "Thực hiện có hiệu quả công tác tiếp dân, đối thoại trực tiếp với Nhân dân.", Rows: meanings(),
				Part: part("status", "slow", "result", "Tổ chức 1.234 cuộc đối thoại.", "shortcoming", "Một số kiến nghị giải quyết còn chậm.", "cause", "Thiếu biên chế chuyên trách.")},
			{Task: 6, Short: "Phối hợp của cơ quan tư pháp", Title: "Công tác phối hợp giữa cơ quan tư pháp và lực lượng vũ trang.", Part: part("status", "not_applicable")},
			{Task: 7, Short: "Kiểm tra, giám sát", Title: "Tăng cường công tác kiểm tra, thanh tra công vụ.", Part: part()},
			{Task: 0, Short: "Nội dung chung", Part: part("result", "Phong trào thi đua “Dân vận khéo” được duy trì.")},
		},
		Overall:   part("strengths", "Chỉ đạo kịp thời, đúng quy định.", "shortcomings", "Công tác phối hợp có lúc chưa chặt chẽ."),
		Next:      part("steps", "Tiếp tục đối thoại với Nhân dân.\nĐẩy mạnh hòa giải ở cơ sở."),
		Proposals: []report.Proposal{{No: 1, Body: "Bổ sung kinh phí hòa giải ở cơ sở", Receiver: "Sở Tài chính"}, {No: 3, Body: "Hướng dẫn thống nhất biểu mẫu."}},
		Exemplars: []report.Exemplar{{No: 1, Name: "Tổ hòa giải 5 tốt", Field: report.Society, Holder: "Phòng Phổ biến, giáo dục pháp luật", Result: "Hòa giải thành 95% vụ việc", Level: report.LevelDistrict}, {No: 2, Name: "Ngày thứ Bảy vì dân"}},
	}
	c.Rows = map[string]report.Row{}
	for _, s := range c.Tasks {
		for _, r := range s.Rows {
			c.Rows[r.Code] = r
		}
	}
	return c
}

// write runs a writer and returns the file.
func write(t testing.TB, fn func(*bytes.Buffer) error) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := fn(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// keeps checks a paper against every row of the table, compares it with testdata and
// returns its lines.
func keeps(t *testing.T, name string, file []byte) wordcheck.Finding {
	t.Helper()
	f, err := wordcheck.Check(file)
	if err != nil {
		t.Fatal(err)
	}
	for _, fault := range f.Faults {
		t.Errorf("%s: %s", name, fault)
	}
	got, err := wordcheck.Document(file)
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join("testdata", name+".xml")
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	was, is := strings.Split(string(want), "\n"), strings.Split(got, "\n")
	for i := range is {
		if i >= len(was) || is[i] != was[i] {
			t.Fatalf("%s differs from testdata in line %d:\n%s", name, i+1, is[i])
		}
	}
	if len(is) != len(was) {
		t.Errorf("%s has %d lines, want %d", name, len(is), len(was))
	}
	return f
}
