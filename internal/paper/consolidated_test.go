package paper_test

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"danvan/internal/consolidation"
	"danvan/internal/consolidation/wording"
	"danvan/internal/document/word/wordcheck"
	"danvan/internal/paper"
	"danvan/internal/viet"
)

// consolidated is a printed report as the consolidation lays it out.
func consolidated() consolidation.Printed {
	p := func(text string, from ...consolidation.Origin) consolidation.Paragraph {
		return consolidation.Paragraph{Paragraph: wording.Paragraph{Pieces: []wording.Piece{{Text: text}}}, From: from}
	}
	return consolidation.Printed{Year: 2022, Period: "6-thang", Unit: "snv", Title: "BÁO CÁO", Subject: "Kết quả thực hiện công tác dân vận chính quyền 6 tháng đầu năm 2022",
		Issuer: consolidation.UnitFacts{Slug: "snv", Name: "Sở Nội vụ", Place: "Hậu Giang", HeaderParent: "UBND TỈNH HẬU GIANG", Symbol: "SNV"},
		Number: "215/BC-SNV", Date: viet.NewDate(2022, time.June, 28), To: "Ủy ban nhân dân tỉnh Hậu Giang", Capacity: "GIÁM ĐỐC", Signer: "Mai Phước Lộc",
		Recipients: []string{"Như trên;", "Ban Dân vận Tỉnh ủy;", "Lưu: VT."}, Frozen: "ab12",
		Opening: consolidation.Section{Part: "opening", Paragraphs: []consolidation.Paragraph{p("Thực hiện " + directive + ", Sở Nội vụ báo cáo như sau:")}},
		Sections: []consolidation.Section{
			{Number: "I", Title: "Kết quả thực hiện", Sections: []consolidation.Section{
				{Part: "task/1", Number: "1", Title: "Tăng cường sự lãnh đạo", Paragraphs: []consolidation.Paragraph{p("Các cơ quan đã ban hành 28 kế hoạch."), p("Sở Tư pháp quán triệt kịp thời.", consolidation.Origin{Unit: "stp", Version: 2})}},
				{Part: "task/2", Number: "2", Title: "Cải cách hành chính"}}},
			{Number: "II", Title: "Kiến nghị, đề xuất", Part: "proposals", Paragraphs: []consolidation.Paragraph{p("Kính đề nghị Ủy ban nhân dân tỉnh xem xét:"), p("- Bố trí kinh phí;")}}},
		Closing: p("Trên đây là báo cáo kết quả, Sở Nội vụ kính báo cáo Ủy ban nhân dân tỉnh Hậu Giang."),
		Annexes: []consolidation.Annex{
			{Kind: consolidation.FigureAnnex, Number: "I", Title: "Số liệu tổng hợp", Columns: []consolidation.Column{{Title: "TT", Share: 10}, {Title: "Chỉ tiêu", Share: 70}, {Title: "Kỳ báo cáo", Number: true, Share: 20}},
				Rows: []consolidation.Row{{Heading: true, Cells: []consolidation.Entry{{Text: "1. Tiếp dân"}}}, {Cells: []consolidation.Entry{{Text: "1"}, {Text: "Số cuộc đối thoại"}, {Text: "1.234"}}}}},
			{Kind: consolidation.StatusAnnex, Number: "II", Title: "Tình hình gửi báo cáo", Wide: true, Columns: []consolidation.Column{{Title: "TT", Share: 10}, {Title: "Đơn vị", Share: 90}},
				Rows: []consolidation.Row{{Cells: []consolidation.Entry{{Text: "1"}, {Text: "Sở Tư pháp", Unit: "stp", Version: 2}}}}}}}
}

func TestTheConsolidatedReportSaysWhatThePreviewSays(t *testing.T) {
	t.Parallel()
	p := consolidated()
	file, err := paper.Consolidated(p)
	if err != nil {
		t.Fatal(err)
	}
	again, err := paper.Consolidated(p)
	if err != nil || !bytes.Equal(file, again) {
		t.Errorf("another writing differs: %v", err)
	}
	f := keeps(t, "consolidated", file)
	var printed func(s consolidation.Section, of int)
	printed = func(s consolidation.Section, of int) {
		heading := s.Number + ". " + s.Title
		if of == 0 {
			heading = strings.ToUpper(heading)
		}
		if s.Number != "" {
			wants(t, f, heading)
		}
		for _, x := range s.Paragraphs {
			wants(t, f, strings.TrimSuffix(wording.Plain(x.Paragraph), "."))
		}
		for _, x := range s.Sections {
			printed(x, of+1)
		}
	}
	for _, s := range append(p.Sections, p.Opening) {
		printed(s, 0)
	}
	for _, a := range p.Annexes {
		wants(t, f, "Phụ lục "+a.Number, strings.ToUpper(a.Title))
	}
	wants(t, f, "- Bố trí kinh phí;", "kính báo cáo Ủy ban nhân dân tỉnh Hậu Giang./.")
	from, _ := wordcheck.Part(file, "customXml/item1.xml")
	for _, want := range []string{`place="frozen" unit="snv" filed="consolidation/2022/6-thang" sha256="ab12"`, `place="task/1" unit="stp" filed="report/2022/6-thang" version="2"`, `place="annex/status" unit="stp"`} {
		if !strings.Contains(from, want) {
			t.Errorf("%s does not say %s", from, want)
		}
	}
}

func TestTheProvinceIssuesInItsOwnName(t *testing.T) {
	t.Parallel()
	p := consolidated()
	p.Issuer = consolidation.UnitFacts{Slug: "ubnd-tinh", Name: "Ủy ban nhân dân tỉnh Hậu Giang", Place: "Hậu Giang", Symbol: "UBND"}
	p.To, p.Number, p.Date, p.Draft, p.Capacity = "", "     /BC-UBND", viet.Date{}, true, "KT. CHỦ TỊCH, PHÓ CHỦ TỊCH"
	file, err := paper.Consolidated(p)
	if err != nil {
		t.Fatal(err)
	}
	f := keeps(t, "consolidated-province", file)
	wants(t, f, "ỦY BAN NHÂN DÂN", "TỈNH HẬU GIANG", "TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "Hậu Giang, ngày … tháng … năm 2022", "(Kèm theo Báo cáo số …/BC-UBND ngày … tháng … năm 2022 của Ủy ban nhân dân tỉnh Hậu Giang)")
	if f.Seen["Kính gửi"] > 0 {
		t.Error("the province writes to nobody")
	}
}
