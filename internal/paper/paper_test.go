package paper_test

import (
	"bytes"
	"slices"
	"strings"
	"testing"
	"time"

	"danvan/internal/actor"
	"danvan/internal/document/word/wordcheck"
	"danvan/internal/paper"
	"danvan/internal/report"
	"danvan/internal/submission"
	"danvan/internal/viet"
)

func planOf(t testing.TB, f paper.Filed) []byte {
	return write(t, func(b *bytes.Buffer) error {
		return paper.Plan(b, f, planned(), map[string]string{"snv": "Sở Nội vụ"})
	})
}

func reportOf(t testing.TB, f paper.Filed, c report.Content) []byte {
	return write(t, func(b *bytes.Buffer) error { return paper.Report(b, f, c) })
}

func TestThePlanOfADepartmentIsReadyToSign(t *testing.T) {
	t.Parallel()
	file := planOf(t, filed(justice, submission.Plan, 2))
	f := keeps(t, "plan", file)
	wants(t, f, "UBND TỈNH HẬU GIANG", "SỞ TƯ PHÁP", "Số: 05/KH-STP", "Hậu Giang, ngày 05 tháng 02 năm 2022", "KẾ HOẠCH",
		"2. Thực hiện có hiệu quả", "KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", "Trần Quốc Khải", "- Lưu: VT.",
		"(Kèm theo Kế hoạch số 05/KH-STP ngày 05 tháng 02 năm 2022 của Sở Tư pháp)", "(dừng thực hiện: sáp nhập với hoạt động 4.2)")
	body, err := wordcheck.Document(file)
	if err != nil {
		t.Fatal(err)
	}
	if got, want := cells(body, "1.2")[3:], []string{"Văn phòng Sở", "Sở Nội vụ; Đảng ủy Sở", "Quý II", "từ 4 đến 6 cuộc"}; !slices.Equal(got, want) {
		t.Errorf("1.2 reads %q, want %q", got, want)
	}
	if strings.Contains(body, "DỰ THẢO") {
		t.Error("what was sent is marked as a draft")
	}
}

func TestADraftLeavesRoomAndSaysSo(t *testing.T) {
	t.Parallel()
	c := planned()
	c.Reference = submission.Reference{}
	file := write(t, func(b *bytes.Buffer) error { return paper.Plan(b, filed(district, submission.Plan, 0), c, nil) })
	f := keeps(t, "plan-draft", file)
	wants(t, f, "ỦY BAN NHÂN DÂN", "HUYỆN VỊ THỦY", "Số:      /KH-UBND", "Vị Thủy, ngày … tháng … năm 2022", "TM. ỦY BAN NHÂN DÂN",
		"(Kèm theo Kế hoạch số …/KH-UBND ngày … tháng … năm 2022 của Ủy ban nhân dân huyện Vị Thủy)")
	if f.Seen["Tên cơ quan ban hành"] != 2 || f.Seen["Tên cơ quan chủ quản trực tiếp"] != 0 {
		t.Errorf("a committee has %v", f.Seen)
	}
	if body, _ := wordcheck.Document(file); !strings.Contains(body, "DỰ THẢO") {
		t.Error("it is not marked as a draft")
	}
}

func TestAReportShowsTheFiveMeaningsOfAFigureApart(t *testing.T) {
	t.Parallel()
	file := reportOf(t, filed(justice, submission.Report, 1), reported())
	f := keeps(t, "report", file)
	wants(t, f, "Kính gửi: Sở Nội vụ", "5. Phong trào thi đua", "Phụ lục I", "Phụ lục II")
	body, err := wordcheck.Document(file)
	if err != nil {
		t.Fatal(err)
	}
	for code, want := range map[string][]string{
		"T4.01": {"1.234 (ước 34)", "1.100", "Tăng 12,2%"},
		"T4.02": {"0", "0", "Không thay đổi"},
		"T4.03": {"Không phát sinh", "7", "–"},
		"T4.04": {"Không thuộc phạm vi", "…", "…"},
		"T4.05": {"…", "12", "–"},
		"T4.06": {"Có", "Có", "–"},
		"T4.07": {"97", "100", "Giảm 3,0%"},
		"T4.08": {"5", "Không phát sinh", "–"},
		"T4.09": {"86,4%", "85,2%", "Tăng 1,2 điểm phần trăm"},
		"T4.10": {"–", "…", "…"},
		"T4.11": {"…", "50,0%", "–"},
	} {
		if got := cells(body, code)[3:]; !slices.Equal(got, want) {
			t.Errorf("%s reads %q, want %q", code, got, want)
		}
	}
}

// cells are the texts of the row of a figure.
func cells(body, code string) []string {
	_, row, _ := strings.Cut(body, ">"+code+"<")
	row, _, _ = strings.Cut("<w:tr>>"+code+"<"+row, "</w:tr>")
	var all []string
	for part := range strings.SplitSeq(row, "</w:tc>") {
		text := ""
		for _, piece := range strings.Split(part, ">") {
			words, _, found := strings.Cut(piece, "<")
			if found {
				text += words
			}
		}
		all = append(all, strings.TrimSpace(text))
	}
	return all[:len(all)-1]
}

func TestAPaperSaysWithWhoseFiguresTheUnitIsCompared(t *testing.T) {
	t.Parallel()
	c := reported()
	s := &c.Tasks[1]
	s.Rows = slices.Clone(s.Rows)
	former := *s.Rows[0].LastYear
	former.Of = []string{"Sở Một", "Sở Hai"}
	s.Rows[0].LastYear = &former
	says := func(file []byte, note string) {
		t.Helper()
		f, err := wordcheck.Check(file)
		if err != nil || len(f.Faults) > 0 {
			t.Fatal(err, f.Faults)
		}
		wants(t, f, note)
	}
	says(reportOf(t, filed(justice, submission.Report, 1), c), "Số so sánh của Sở Tư pháp: cộng số liệu của Sở Một, Sở Hai (trước khi sắp xếp đơn vị).")

	printed := consolidated()
	printed.Annexes[0].Notes = []string{"Số so sánh của Sở Ba: số liệu của Sở Một (trước khi sắp xếp đơn vị)."}
	file, err := paper.Consolidated(printed)
	if err != nil {
		t.Fatal(err)
	}
	says(file, printed.Annexes[0].Notes[0])
}

func TestAReportWithUnitsBelowShowsBothPartsOnAWidePage(t *testing.T) {
	t.Parallel()
	c := reported()
	c.Exemplars = nil
	c.Reference.Symbol, c.Reference.Capacity = "BC-UBND", "CHỦ TỊCH"
	s := &c.Tasks[1]
	s.Rows = slices.Clone(s.Rows)
	s.Rows[0].Below = &report.Below{Value: number("66"), Sources: []report.Source{{Unit: "xa-vi-thuy", No: 1}, {Unit: "xa-vinh-tuong", No: 3}}}
	s.Rows[0].Value = number("1300")
	c.Rows["T4.01"] = s.Rows[0]
	file := reportOf(t, filed(district, submission.Report, 3), c)
	f := keeps(t, "report-district", file)
	wants(t, f, "HUYỆN VỊ THỦY", "TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH", "Phụ lục")
	body, err := wordcheck.Document(file)
	if err != nil {
		t.Fatal(err)
	}
	if got, want := cells(body, "T4.01")[3:], []string{"1.234 (ước 34)", "66", "1.300 (ước 34)", "1.100", "Tăng 18,2%"}; !slices.Equal(got, want) {
		t.Errorf("T4.01 reads %q, want %q", got, want)
	}
	if !strings.Contains(body, `w:orient="landscape"`) {
		t.Error("no wide page")
	}
	from, err := wordcheck.Part(file, "customXml/item1.xml")
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{`place="figure/T4.01" unit="xa-vinh-tuong" filed="report/2022/6-thang" version="3"`, `place="task/1" unit="h-vi-thuy" filed="report/2022/6-thang" version="3" sha256="`} {
		if !strings.Contains(from, want) {
			t.Errorf("%s does not say %s", from, want)
		}
	}
}

func TestTheLeadUnitReportsToTheProvince(t *testing.T) {
	t.Parallel()
	f := keeps(t, "report-lead", reportOf(t, filed(home, submission.Report, 0), report.Content{Tasks: reported().Tasks[:1]}))
	wants(t, f, "Kính gửi: Ủy ban nhân dân tỉnh Hậu Giang", "Không có kiến nghị, đề xuất.", "SỞ NỘI VỤ")
}

func TestALongNameIsBrokenWhereItIsRead(t *testing.T) {
	t.Parallel()
	f := keeps(t, "report-assembly", reportOf(t, filed(assembly, submission.Report, 1), reported()))
	wants(t, f, "ĐOÀN ĐBQH VÀ HĐND\nTỈNH HẬU GIANG")
}

func letterTo(units ...paper.Late) paper.Letter {
	return paper.Letter{Setting: home, Kind: submission.Report, Period: "6 tháng đầu năm 2022", Units: units, Today: viet.NewDate(2022, time.June, 25)}
}

var due = time.Date(2022, time.June, 21, 0, 0, 0, 0, viet.Location)

func TestAReminderNamesWhoIsLateAndByHowMuch(t *testing.T) {
	t.Parallel()
	l := letterTo(paper.Late{Slug: "stp", Name: "Sở Tư pháp", DueBefore: due}, paper.Late{Slug: "h-vi-thuy", Name: "Ủy ban nhân dân huyện Vị Thủy", DueBefore: due},
		paper.Late{Slug: "sgtvt", Name: "Sở Giao thông vận tải", DueBefore: due.AddDate(0, 0, 2)})
	l.Reference = submission.Reference{Number: 9, Symbol: "SNV-XDCQ", IssuedOn: viet.NewDate(2022, time.June, 25), Signer: "Mai Phước Lộc", Capacity: "GIÁM ĐỐC"}
	l.By = viet.NewDate(2022, time.June, 28)
	file := write(t, func(b *bytes.Buffer) error { return paper.Reminder(b, l) })
	f := keeps(t, "reminder", file)
	wants(t, f, "Số: 09/SNV-XDCQ", "V/v đôn đốc", "Hậu Giang, ngày 25 tháng 6 năm 2022", "- Sở Tư pháp;", "- Sở Giao thông vận tải.", "còn 03 cơ quan", "chậm nhất ngày 28/06/2022", "theo thời hạn quy định")
	body, _ := wordcheck.Document(file)
	for _, want := range []string{">hết 20/06/2022<", ">hết 22/06/2022<", ">5<", ">3<"} {
		if !strings.Contains(body, want) {
			t.Errorf("the table does not say %s", want)
		}
	}
}

func TestAReminderToOneUnitLeavesOpenWhatIsNotKnown(t *testing.T) {
	t.Parallel()
	l := letterTo(paper.Late{Slug: "xa-vi-binh", Name: "Ủy ban nhân dân xã Vị Bình", DueBefore: due})
	l.Setting = district
	f := keeps(t, "reminder-one", write(t, func(b *bytes.Buffer) error { return paper.Reminder(b, l) }))
	wants(t, f, "Kính gửi: Ủy ban nhân dân xã Vị Bình", "Số:      /UBND", "quá hạn 5 ngày", "trước ngày 21/06/2022 (hạn cuối: hết thứ Hai 20/06/2022)", "ngay sau khi nhận được Công văn này")
}

func TestOnlyThoseWhoReceiveWriteReminders(t *testing.T) {
	t.Parallel()
	at := func(role actor.Role, of actor.UnitID) actor.Actor {
		return actor.Actor{Person: 1, Memberships: []actor.Membership{{Unit: of, Role: role}}}
	}
	for _, test := range []struct {
		act  actor.Actor
		want bool
	}{
		{at(actor.Reviewer, 1), true}, {at(actor.Consolidator, 1), true}, {at(actor.Reviewer, 2), false},
		{at(actor.Staff, 1), false}, {at(actor.UnitLeader, 1), false}, {at(actor.Leadership, 1), false}, {at(actor.Admin, 1), false},
	} {
		if err := paper.DecideLetter(test.act, paper.Setting{ID: 1}); (err == nil) != test.want {
			t.Errorf("%v: %v", test.act.Memberships, err)
		}
	}
}

func TestEqualContentGivesEqualBytes(t *testing.T) {
	t.Parallel()
	if !bytes.Equal(reportOf(t, filed(justice, submission.Report, 1), reported()), reportOf(t, filed(justice, submission.Report, 1), reported())) {
		t.Error("two reports differ")
	}
	if !bytes.Equal(planOf(t, filed(justice, submission.Plan, 1)), planOf(t, filed(justice, submission.Plan, 1))) {
		t.Error("two plans differ")
	}
}

func TestAFileIsNamedWithoutMarks(t *testing.T) {
	t.Parallel()
	for got, want := range map[string]string{
		filed(justice, submission.Report, 2).FileName():   "bao-cao-6-thang-dau-nam-2022-cua-so-tu-phap-lan-gui-2.docx",
		filed(district, submission.Plan, 0).FileName():    "ke-hoach-nam-2022-cua-ubnd-huyen-vi-thuy-du-thao.docx",
		letterTo().FileName():                             "cong-van-don-doc-gui-bao-cao-6-thang-dau-nam-2022-cua-so-noi-vu.docx",
		filed(assembly, submission.Report, 12).FileName(): "bao-cao-6-thang-dau-nam-2022-cua-van-phong-doan-dai-bieu-quoc-hoi-va-hoi-dong-lan-gui-12.docx",
	} {
		if got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
}

func wants(t *testing.T, f wordcheck.Finding, texts ...string) {
	t.Helper()
	for _, want := range texts {
		if !slices.ContainsFunc(f.Text, func(text string) bool {
			return strings.Contains(strings.ReplaceAll(text, "\n", " "), strings.ReplaceAll(want, "\n", " "))
		}) &&
			!slices.Contains(f.Text, want) {
			t.Errorf("nothing says %q", want)
		}
	}
}
