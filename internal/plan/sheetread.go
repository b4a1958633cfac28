package plan

import (
	"context"
	"fmt"
	"io"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"danvan/internal/document/exchange"
	"danvan/internal/document/workbook"
	"danvan/internal/submission"
	"danvan/internal/viet"
)

// Written is a row of the form that somebody changed or added.
type Written struct {
	Key  string             // the code of the activity, or "moi-" and the row of a new one
	Was  submission.Content // what the row said when the form went out; nothing for a new one
	Is   submission.Content // every field of the row, canonical; the task too for a new one
	Code string             // "" for a new one
}

// MostRows is how many activities one file may change or add.
const MostRows = 100

// newKey tells a new activity from the others of its file.
const newKey = "moi-"

// NewRow is the row of the file in which the new activity with a key of [Written]
// stands; ok is false for activities that have a code.
func NewRow(key string) (row int, ok bool) {
	number, ok := strings.CutPrefix(key, newKey)
	row, _ = strconv.Atoi(number) // what we did not write sorts first
	return row, ok
}

// Read reads a form of activities that came back. Rows nobody touched are left out.
// What cannot be taken is [fault.Invalid] for the file as a whole, or
// [exchange.Faults] for its boxes; then nothing of it is returned.
func (b Bulk) Read(ctx context.Context, name string, file io.Reader) ([]Written, error) {
	upload, err := exchange.Open(ctx, name, file, b.about())
	if err != nil {
		return nil, err
	}
	rows, err := upload.Rows(ctx, b.form())
	if wrong := (exchange.Faults)(nil); !wrong.Note(err) && len(wrong) > 0 {
		return nil, wrong.OrNil()
	}
	if err != nil {
		return nil, err
	}
	r := bulkReader{Bulk: b, upload: upload, seen: map[string]int{}}
	for _, row := range rows {
		r.read(row)
	}
	if len(r.written) > MostRows {
		r.faults.Note(workbook.Fault{Sheet: activitySheet, Message: fmt.Sprintf("Mỗi lần nhập thêm, sửa nhiều nhất %d hoạt động; chia thành nhiều lần", MostRows)})
	}
	if err := r.faults.OrNil(); err != nil {
		return nil, err
	}
	return r.written, nil
}

// bulkReader gathers what the rows say.
type bulkReader struct {
	Bulk
	upload  *exchange.Upload
	seen    map[string]int // rows by code, and of new activities by task and title
	written []Written
	faults  exchange.Faults
}

var codePattern = regexp.MustCompile(`^[0-9]{1,2}\.[0-9]{1,6}$`)

func (r *bulkReader) read(row workbook.Row) {
	code, err := row.Cell(codeColumn).Text()
	if !r.faults.Note(err) {
		return
	}
	code = strings.ReplaceAll(viet.CleanLine(code), ",", ".") // 1.2 on a computer that writes 1,2
	switch {
	case code == "" && filled(row):
		r.readNew(row)
	case code == "":
	case !codePattern.MatchString(code):
		r.faults.Note(row.Cell(codeColumn).Fault("Mã hoạt động có dạng 2.3; hoạt động mới thì để trống, hệ thống đặt mã"))
	case r.seen[code] > 0:
		r.faults.Note(row.Cell(codeColumn).Fault(fmt.Sprintf("Hoạt động %s đã có ở dòng %d; giữ lại một dòng", code, r.seen[code])))
	default:
		r.seen[code] = row.No
		r.readChanged(row, code)
	}
}

// filled reports whether something stands in the row beside its code.
func filled(row workbook.Row) bool {
	return slices.ContainsFunc(row.Cells, func(c workbook.Cell) bool {
		return c.Column >= taskColumn && c.Column <= taskColumn+len(sheetFields) && !c.Blank()
	})
}

func (r *bulkReader) readChanged(row workbook.Row, code string) {
	was, sentOut := r.upload.Kept[code]
	a, stands := r.Content.Activity(code)
	before := len(r.faults)
	is := r.fields(row, was)
	touched := len(r.faults) > before || !is.Equal(submission.Content(was).With(nil))
	switch {
	case !touched:
		return
	case !stands && sentOut:
		r.faults.Note(row.Cell(codeColumn).Fault("Hoạt động " + code + " đã bị xóa khỏi kế hoạch sau khi tải biểu; xóa dòng này, hoặc xóa mã để thêm thành hoạt động mới"))
		return
	case !stands:
		r.faults.Note(row.Cell(codeColumn).Fault("Kế hoạch không có hoạt động " + code + "; hoạt động mới thì để trống cột Mã, hệ thống đặt mã"))
		return
	}
	if task, err := row.Cell(taskColumn).Text(); err != nil || viet.CleanLine(task) != strconv.Itoa(a.Task) {
		r.faults.Note(row.Cell(taskColumn).Fault(fmt.Sprintf("Hoạt động %s thuộc nhiệm vụ %d; hoạt động đã có mã không chuyển sang nhiệm vụ khác được", code, a.Task)))
	}
	r.check(row, is, before)
	r.written = append(r.written, Written{Key: code, Code: code, Was: was, Is: is})
}

func (r *bulkReader) readNew(row workbook.Row) {
	before := len(r.faults)
	is := r.fields(row, nil)
	task, err := row.Cell(taskColumn).Text()
	task = viet.CleanLine(task)
	switch {
	case !r.faults.Note(err):
	case !slices.Contains(r.taskNumbers(), task):
		r.faults.Note(row.Cell(taskColumn).Fault("Ghi số của nhiệm vụ: " + strings.Join(r.taskNumbers(), ", ") + " (0 là nội dung chung)"))
	case is["title"] == "":
		r.faults.Note(row.Cell(column("title")).Fault("Ghi tên hoạt động"))
	default:
		r.refuseTwice(row, task, is["title"])
	}
	r.check(row, is, before)
	is[TaskField] = task
	r.written = append(r.written, Written{Key: newKey + strconv.Itoa(row.No), Is: is})
}

// refuseTwice keeps a file that is sent once more from adding everything again.
func (r *bulkReader) refuseTwice(row workbook.Row, task, title string) {
	for _, a := range r.Content.Activities() {
		if strconv.Itoa(a.Task) == task && viet.Fold(a.Title) == viet.Fold(title) {
			r.faults.Note(row.Cell(column("title")).Fault("Nhiệm vụ " + task + " đã có hoạt động " + a.Code + " cùng tên; nếu là hoạt động đó thì tải biểu mẫu mới rồi sửa, nếu là việc khác thì ghi tên cho phân biệt"))
			return
		}
	}
	key := task + " " + viet.Fold(title)
	if r.seen[key] > 0 {
		r.faults.Note(row.Cell(column("title")).Fault(fmt.Sprintf("Hoạt động cùng tên đã có ở dòng %d; giữ lại một dòng", r.seen[key])))
		return
	}
	r.seen[key] = row.No
}

// check notes what may not be stored by the rules of the form on the site. Rows in
// which something cannot be read are left: their fields are not all there.
func (r *bulkReader) check(row workbook.Row, is submission.Content, before int) {
	if len(r.faults) > before {
		return
	}
	kind, _ := Schema.Of("activity") // the schema is fixed
	_, bad := kind.Split(is, r.inside)
	for _, name := range slices.Sorted(maps.Keys(bad)) {
		r.faults.Note(row.Cell(column(name)).Fault(bad[name]))
	}
	if is[OwnerField] != "" && is[OwnerField] == is[DeputyField] {
		r.faults.Note(row.Cell(column(DeputyField)).Fault("Người thay thế phải khác người phụ trách"))
	}
}

// fields reads every field of a row; was is what the row said when it went out.
func (r *bulkReader) fields(row workbook.Row, was submission.Content) submission.Content {
	is := submission.Content{}
	for _, f := range sheetFields {
		cell := row.Cell(column(f.name))
		is[f.name] = ""
		if cell.Blank() {
			continue
		}
		if f.number {
			number, err := cell.Number()
			r.faults.Note(err)
			is[f.name] = number
			continue
		}
		text, err := cell.Text()
		if !r.faults.Note(err) {
			continue
		}
		value, sentence := r.value(f.name, text, was[f.name])
		if sentence != "" {
			r.faults.Note(cell.Fault(sentence))
		}
		is[f.name] = value
	}
	return is
}

// value reads the text of a box, or says why it cannot be read. What is shown for
// what the row said before is that, whatever else is called so.
func (r *bulkReader) value(name, text, was string) (canonical, sentence string) {
	line := viet.CleanLine(text)
	if was != "" && viet.CleanLine(r.Show(name, was)) == line {
		return was, ""
	}
	switch name {
	case "time":
		span, err := viet.ParseSpan(line, r.Case.Year)
		if line == "" {
			return "", ""
		}
		if err != nil {
			return "", err.Error()
		}
		return submission.FormatTime(span), ""
	case OwnerField, DeputyField:
		return r.person(line)
	case "partners":
		slugs, unknown := r.units(text)
		if unknown != "" {
			return "", "Không có đơn vị “" + unknown + "” trong danh mục; chép tên từ trang tính “" + listSheet + "”, hoặc ghi ở cột “Đơn vị phối hợp khác”"
		}
		return sameOrder(strings.Join(slugs, "\n"), was), ""
	case "partners_other":
		return otherUnits(text), ""
	case "evidence", "mark_review", "mark_inspection", "mark_exemplar":
		return tick(line)
	case "description":
		return viet.Clean(text), ""
	}
	return line, ""
}

func (r *bulkReader) person(name string) (number, sentence string) {
	var found []Assignee
	for _, m := range r.Members {
		if viet.Fold(m.Name) == viet.Fold(name) {
			found = append(found, m)
		}
	}
	switch {
	case name == "":
		return "", ""
	case len(found) == 0:
		return "", "Đơn vị không có người tên “" + name + "”; chọn trong danh sách"
	case len(found) > 1:
		return "", fmt.Sprintf("Đơn vị có %d người tên “%s”; chọn trên trang của hoạt động", len(found), name)
	}
	return personNumber(&found[0]), ""
}

// sameOrder is was when both name the same units: order says nothing.
func sameOrder(is, was string) string {
	a, b := lines(is), lines(was)
	slices.Sort(a)
	slices.Sort(b)
	if slices.Equal(a, b) {
		return was
	}
	return is
}

func otherUnits(text string) string {
	var names []string
	for name := range strings.FieldsFuncSeq(text, func(r rune) bool { return r == ';' || r == '\n' }) {
		if name = viet.CleanLine(name); name != "" {
			names = append(names, name)
		}
	}
	return strings.Join(names, "\n")
}

func tick(word string) (value, sentence string) {
	switch viet.Fold(word) {
	case "co", "x", "1":
		return "1", ""
	case "", "khong", "0":
		return "", ""
	}
	return "", "Ghi “" + yes + "” hoặc để trống"
}
