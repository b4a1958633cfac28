package report

import (
	"fmt"
	"slices"
	"time"

	"danvan/internal/document/exchange"
	"danvan/internal/document/sheet"
	"danvan/internal/indicator"
	"danvan/internal/submission"
	"danvan/internal/unit"
	"danvan/internal/viet"
)

// Columns of the form of figures, from 1.
const (
	codeColumn = iota + 1
	nameColumn
	uomColumn
	ownColumn
	estimatedColumn
	markColumn
)

const (
	figureSheet = "Số liệu"
	guideSheet  = "Hướng dẫn"
)

// Words of yes and no in the boxes of a form.
const (
	yes = "Có"
	no  = "Không"
)

// marksOffered take the place of a number.
var marksOffered = []indicator.Mark{indicator.Nil, indicator.NotApplicable}

func markWords() []string {
	words := make([]string, len(marksOffered))
	for i, m := range marksOffered {
		words[i] = m.Word()
	}
	return words
}

// markWord is what stands in a box instead of a number, "" for a number and for no
// answer.
func markWord(m indicator.Mark) string {
	if !slices.Contains(marksOffered, m) {
		return ""
	}
	return m.Word()
}

func aboutFigures(c submission.Case) exchange.About {
	return exchange.About{Kind: "figures", Called: "số liệu báo cáo", Unit: c.UnitSlug, UnitName: c.UnitName,
		Year: c.Year, Period: c.Period, PeriodName: c.PeriodName}
}

// FigureForm is an Excel form of the figures of the working copy, filled as the page of
// each task opens: what is typed or offered can be written over, what is worked out or
// stands beside it is shown.
func FigureForm(now time.Time, c submission.Case, content Content) (sheet.File, error) {
	kept := exchange.Kept{}
	for _, r := range content.asked() {
		if r.Typed() {
			kept[r.Code] = r.Opens()
			if r.Offer != nil {
				kept[r.Code][offeredMark] = "1"
			}
		}
	}
	return exchange.File(now, aboutFigures(c), kept, content.figureForm(c), figureGuide(c))
}

// offeredMark stands beside what a form of figures kept of a row that nobody had
// answered when it went out.
const offeredMark = "offered"

// Opens is what stands in the boxes of a figure, on its page and in its Excel form,
// before anybody writes: what is saved, else what is offered.
func (r Row) Opens() submission.Content {
	x := submission.Content{"own": r.Part.Content["own"], "mark": r.Part.Content["mark"], "estimated": r.Part.Content["estimated"]}
	if r.Offer == nil {
		return x
	}
	x["own"], x["mark"], x["estimated"] = r.Offer.Value, "", ""
	if r.Offer.Value == "" {
		x["mark"] = string(r.Offer.Mark)
	}
	return x
}

// asked are the figures that the unit answers, in the order of the tasks.
func (c Content) asked() []Row {
	var rows []Row
	for _, s := range c.Tasks {
		for _, r := range s.Rows {
			if r.Asked {
				rows = append(rows, r)
			}
		}
	}
	return rows
}

func (c Content) figureForm(of submission.Case) sheet.Form {
	previous := ""
	for _, r := range c.asked() {
		if r.Previous != nil {
			previous = r.Previous.Name
		}
	}
	form := sheet.Form{
		Sheet: figureSheet, Title: "Số liệu báo cáo " + viet.LowerFirst(of.PeriodName) + " của " + of.UnitName, Fixed: nameColumn,
		Notes: []string{c.days() + whose(of, c.Reporters),
			"Chỉ ghi vào ô trắng; ô xám để đối chiếu. Ô để trống là chưa trả lời, 0 là đếm được bằng không; không có số thì chọn ở cột “Không có số”.",
			"Số ghi kiểu 1.234,5, không ghi đơn vị tính. Ghi xong thì lưu tệp và nhập lại vào báo cáo; hệ thống cho xem trước rồi mới ghi."},
		Columns: []sheet.Box{
			{Title: "Mã", Width: 8}, {Title: "Chỉ tiêu", Width: 50}, {Title: "Đơn vị tính", Width: 12},
			{Title: "Số liệu", Width: 14, Kind: sheet.Number, Fill: true},
			{Title: "Trong đó ước", Width: 12, Kind: sheet.Number, Fill: true, Hint: "Phần còn ước, nằm trong số liệu. Số đã chốt thì để trống."},
			{Title: "Không có số", Width: 21, Fill: true, Offer: markWords(),
				Hint: "Chọn “Không phát sinh” khi đã rà soát mà không có; “Không thuộc phạm vi” khi chỉ tiêu không liên quan đến đơn vị."},
		},
	}
	if names := c.Followed(); len(names) > 0 {
		form.Notes = append(form.Notes, "Số để đối chiếu: "+viet.LowerFirst(Following(names))+" (trước khi sắp xếp đơn vị).")
	}
	if previous != "" {
		form.Columns = append(form.Columns, sheet.Box{Title: previous, Width: 17, Kind: sheet.Number})
	}
	form.Columns = append(form.Columns, sheet.Box{Title: fmt.Sprintf("Cùng kỳ năm %d", of.Year-1), Width: 17, Kind: sheet.Number},
		sheet.Box{Title: "Cách tính, điền sẵn", Width: 38})
	for _, s := range c.Tasks {
		if lines := s.formLines(previous != "", c.usual()); len(lines) > 0 {
			form.Rows = append(append(form.Rows, sheet.Line{Heading: s.Name()}), lines...)
		}
	}
	return form
}

// formLines are the figures of a task.
func (s Section) formLines(previous bool, usual string) []sheet.Line {
	var lines []sheet.Line
	for _, r := range s.Rows {
		if !r.Asked {
			continue
		}
		line := sheet.Line{Locked: !r.Typed(), Cells: []string{r.Code, r.Name, r.Unit, "tự tính", "", ""}}
		if r.Typed() {
			is := r.Opens()
			line.Cells = []string{r.Code, r.Name, r.Unit, typedWords(r.Indicator, is["own"]),
				viet.FormatNumber(is["estimated"]), markWord(indicator.Mark(is["mark"]))}
		}
		if r.Kind == indicator.Flag {
			line.Offer, line.Shut = map[int][]string{ownColumn - 1: {yes, no}}, []int{estimatedColumn - 1}
		}
		if previous {
			line.Cells = append(line.Cells, r.Previous.amount(r.Indicator))
		}
		lines = append(lines, sheet.Line{Locked: line.Locked, Offer: line.Offer, Shut: line.Shut,
			Cells: append(line.Cells, r.LastYear.amount(r.Indicator), r.hint(usual))})
	}
	return lines
}

// typedWords is a canonical number as the form shows it.
func typedWords(i indicator.Indicator, canonical string) string {
	switch {
	case i.Kind == indicator.Flag && canonical == "1":
		return yes
	case i.Kind == indicator.Flag && canonical == "0":
		return no
	}
	return viet.FormatNumber(canonical)
}

// amount is the figure of another period as the form shows it.
func (x *Compared) amount(i indicator.Indicator) string {
	switch {
	case x == nil:
		return viet.NoRatio
	case x.Value == nil && markWord(x.Figure.Mark) != "":
		return markWord(x.Figure.Mark)
	case x.Value == nil:
		return viet.NoRatio
	case !i.Typed():
		return viet.FormatRat(x.Value, 1) + "%"
	}
	return typedWords(i, indicator.Text(x.Value))
}

// usual is what most figures count: the notes of the form say it once.
func (c Content) usual() string {
	often, usual := map[string]int{}, ""
	for _, r := range c.asked() {
		if often[r.Guide]++; often[r.Guide] > often[usual] {
			usual = r.Guide
		}
	}
	return usual
}

// hint says what is counted where that is not usual, and where what nobody typed
// comes from.
func (r Row) hint(usual string) string {
	hint := ""
	if r.Guide != usual {
		hint = viet.UpperFirst(r.Guide)
	}
	if r.Offer == nil {
		return hint
	}
	if hint != "" {
		hint += ". "
	}
	return hint + "Điền sẵn: " + r.Offer.Source
}

func (c Content) days() string {
	if c.Window.From.IsZero() {
		return ""
	}
	return "Số liệu từ " + c.Window.From.String() + " đến " + c.Window.To.String() + ". "
}

// whose says for whom the unit counts.
func whose(c submission.Case, reporters int) string {
	switch {
	case unit.Kind(c.UnitKind) != unit.District:
		return "Chỉ tính phần do chính " + c.UnitShort + " thực hiện."
	case reporters > 0:
		return "Chỉ ghi phần của riêng " + c.UnitShort + "; số của cấp xã được cộng thêm khi báo cáo của xã có hiệu lực."
	}
	return "Số liệu tính cả địa bàn, gồm các xã, phường, thị trấn."
}

func figureGuide(c submission.Case) sheet.Form {
	return guide("Cách ghi biểu số liệu", [][2]string{
		{"Ô trắng, ô xám", "Chỉ ghi vào ô trắng. Ô xám (tên chỉ tiêu, tỷ lệ tự tính, số kỳ trước, số cùng kỳ) để đối chiếu; ghi vào đó cũng không được nhập."},
		{"Số liệu", "Số ghi kiểu 1.234,5: dấu chấm ngăn hàng nghìn, dấu phẩy ngăn phần thập phân. Không ghi đơn vị tính, không ghi công thức."},
		{"Trong đó ước", "Phần chưa chốt, nằm trong số liệu và không lớn hơn số liệu. Số đã chốt thì để trống."},
		{"Không có số", "Đã rà soát mà không có: chọn “Không phát sinh”. Chỉ tiêu không liên quan đến đơn vị: chọn “Không thuộc phạm vi”. Đã ghi số thì để trống cột này."},
		{"Để trống và 0", "Để trống là chưa trả lời. 0 là đã đếm và bằng không."},
		{"Số điền sẵn", "Số hệ thống biết từ kế hoạch, kỳ trước; cột cuối ghi lấy từ đâu. Nhập biểu thì số đó được ghi vào báo cáo, sau khi cho xem trước; chưa đúng thì sửa hoặc xóa."},
		{"Xóa số đã ghi", "Xóa nội dung ô: khi nhập, hệ thống xóa số đang lưu, sau khi cho xem trước."},
		{"Nhập lại vào báo cáo", "Lưu tệp dạng Excel Workbook (.xlsx), mở báo cáo trên hệ thống, chọn “Nhập số liệu từ Excel”. Ô không sửa thì số đang lưu giữ nguyên."},
		{"Biểu này của ai", "Chỉ nhập được vào báo cáo " + viet.LowerFirst(c.PeriodName) + " của " + c.UnitName + "; mỗi đơn vị, mỗi kỳ tải một biểu riêng."},
		{"Nhiều người cùng ghi", "Số người khác lưu sau khi biểu được tải thì không bị ghi đè: hệ thống hỏi giữ số nào."},
	})
}

// guide is the sheet that says how to fill in the others.
func guide(title string, lines [][2]string) sheet.Form {
	form := sheet.Form{Sheet: guideSheet, Title: title, Columns: []sheet.Box{{Title: "Mục", Width: 24}, {Title: "Cách ghi", Width: 100}}}
	for _, l := range lines {
		form.Rows = append(form.Rows, sheet.Line{Locked: true, Cells: l[:]})
	}
	return form
}
