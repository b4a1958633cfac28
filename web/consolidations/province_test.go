package consolidations

import (
	"fmt"
	"runtime"
	"strings"
	"testing"
	"time"

	"danvan/internal/consolidation"
	"danvan/internal/document/sheet"
	"danvan/internal/indicator"
	"danvan/internal/overview"
	wordfile "danvan/internal/paper"
	"danvan/internal/viet"
)

// provinceOf is the ground of a year on which n units report every figure and say as
// much about every task as the wordiest of the demonstration.
func provinceOf(n int) consolidation.Ground {
	sent, due := time.Date(2022, time.November, 30, 9, 0, 0, 0, viet.Location), time.Date(2022, time.December, 5, 0, 0, 0, 0, viet.Location)
	said := strings.Repeat("Đã tổ chức 12 cuộc đối thoại trực tiếp với Nhân dân, trả lời, giải quyết 96,2% ý kiến, kiến nghị. ", 6)
	g := consolidation.Ground{Year: 2022, Directive: "Kế hoạch số 32/KH-UBND ngày 28/02/2022 của Ủy ban nhân dân tỉnh Hậu Giang",
		Period:   consolidation.PeriodFacts{Slug: "nam", Name: "Năm 2022", To: viet.NewDate(2022, time.November, 30)},
		Unit:     consolidation.UnitFacts{Slug: "snv", Name: "Sở Nội vụ", Short: "Sở Nội vụ", Symbol: "SNV", Place: "Hậu Giang", HeaderParent: "UBND tỉnh Hậu Giang", Lead: true},
		Superior: consolidation.UnitFacts{Name: "Ủy ban nhân dân tỉnh Hậu Giang"}, Counts: consolidation.Counts{Expected: n, Received: n, OnTime: n, Accepted: n}}
	for no := 1; no <= 7; no++ {
		g.Tasks = append(g.Tasks, consolidation.Task{No: no, Short: "Tiếp dân, đối thoại", Title: "Tiếp dân, đối thoại, giải quyết kiến nghị của Nhân dân"})
	}
	for i := range 56 {
		l := consolidation.Line{Code: fmt.Sprintf("T%d.%02d", i%8, i/8+1), Task: i % 8, Name: "Số cuộc đối thoại trực tiếp giữa người đứng đầu cơ quan với Nhân dân", Measure: "cuộc",
			Kind: indicator.Count, Value: "12345", Text: "12.345", Numbers: n, Of: n, Same: consolidation.Compared{Then: "11000", Now: "12345", Text: "11.000", Words: "tăng 12,2%", Units: n}}
		for u := range n {
			l.Cells = append(l.Cells, consolidation.Cell{Unit: fmt.Sprintf("don-vi-%d", u), Asked: true, Own: "121", Value: "121", Text: "121", Version: 1})
		}
		g.Lines = append(g.Lines, l)
	}
	for u := range n {
		slug, short := fmt.Sprintf("don-vi-%d", u), fmt.Sprintf("UBND xã Vị Thắng số %d", u)
		g.Status = append(g.Status, consolidation.UnitStatus{UnitRef: consolidation.UnitRef{Slug: slug, Name: short, Short: short, State: overview.Accepted}, Expected: true, FirstSent: &sent, DueBefore: &due, Version: 1})
		g.Versions = append(g.Versions, consolidation.UsedVersion{Unit: slug, Name: short, Short: short, No: 1, SHA256: strings.Repeat("ab", 32), SentAt: sent})
		for no := 1; no <= 7; no++ {
			g.Narratives = append(g.Narratives, consolidation.Narrative{Task: no, Unit: slug, Short: short, Version: 1, Status: "good", Result: said, Shortcoming: said, Cause: said})
		}
		g.Overall = append(g.Overall, consolidation.Assessment{Unit: slug, Short: short, Version: 1, Strengths: said, Shortcomings: said, Causes: said})
		g.Next = append(g.Next, consolidation.Said{Unit: slug, Short: short, Version: 1, Text: said})
		g.Proposals = append(g.Proposals, consolidation.Proposal{Unit: slug, Short: short, Version: 1, No: 1, Body: said, Receiver: "UBND tỉnh"})
		for i := range 3 {
			g.Exemplars = append(g.Exemplars, consolidation.Exemplar{Unit: slug, Short: short, Version: 1, Name: fmt.Sprint("Mô hình tiếng kẻng an ninh ", i), Field: "Quốc phòng – an ninh", Holder: "Hội Nông dân xã", Result: said, Level: "Cấp xã"})
		}
	}
	return g
}

// BenchmarkAProvinceOf102Units drafts the report of 102 units and writes its Word file
// and its annexes in Excel. The bars are 2 seconds and 64 MB.
func BenchmarkAProvinceOf102Units(b *testing.B) {
	g := provinceOf(102)
	var word, workbook int
	var highest uint64
	for b.Loop() {
		printed := consolidation.Print(g, consolidation.FirstDraft(g), consolidation.Stamped{})
		docx, err := wordfile.Consolidated(printed)
		if err != nil {
			b.Fatal(err)
		}
		a := annexes{ground: g, at: time.Date(2022, time.December, 6, 8, 0, 0, 0, viet.Location)}
		xlsx, err := sheet.Workbook(a.totals(), a.units(), a.exemplars(), a.status())
		if err != nil {
			b.Fatal(err)
		}
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		word, workbook, highest = len(docx), len(xlsx.Content), max(highest, m.HeapInuse)
	}
	b.ReportMetric(float64(highest)/(1<<20), "MB-heap")
	b.ReportMetric(float64(word)/(1<<10), "kB-docx")
	b.ReportMetric(float64(workbook)/(1<<10), "kB-xlsx")
}
