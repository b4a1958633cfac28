package plan

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"danvan/internal/document/exchange"
	"danvan/internal/document/sheet"
	"danvan/internal/submission"
	"danvan/internal/unit"
	"danvan/internal/viet"
)

const (
	activitySheet = "Hoạt động"
	listSheet     = "Danh mục"
	spareRows     = 60 // for new activities
)

// codeColumn and taskColumn stand before the fields.
const (
	codeColumn = iota + 1
	taskColumn
)

// Fields of a row that say who is in charge, beside those of the schema.
const (
	OwnerField  = "owner"
	DeputyField = "deputy"
	TaskField   = "task" // of a new activity
)

// sheetField is a field of an activity in a column of the form.
type sheetField struct {
	name   string // of the schema, or of who is in charge
	title  string
	width  float64
	number bool
	free   bool // the list offers, but does not bind
	hint   string
}

// sheetFields are the columns after code and task, in order.
var sheetFields = []sheetField{
	{name: "title", title: "Tên hoạt động", width: 42},
	{name: "product", title: "Sản phẩm", width: 28},
	{name: "description", title: "Nội dung thực hiện", width: 36},
	{name: "time", title: "Thời gian", width: 18, free: true, hint: "Tháng 3, Quý II, 6 tháng đầu năm, Thường xuyên, 15/03/2022 hoặc 01/12/2022–10/12/2022"},
	{name: OwnerField, title: "Người phụ trách", width: 20},
	{name: DeputyField, title: "Người thay thế", width: 20},
	{name: "section", title: "Phòng chủ trì", width: 18},
	{name: "partners", title: "Đơn vị phối hợp", width: 28, free: true, hint: "Tên như trong trang tính “Danh mục”; nhiều đơn vị cách nhau bằng dấu chấm phẩy (;)"},
	{name: "partners_other", title: "Đơn vị phối hợp khác", width: 22, hint: "Nơi không có trong danh mục; mỗi nơi một dòng hoặc cách nhau bằng dấu chấm phẩy (;)"},
	{name: "uom", title: "Đơn vị tính", width: 12},
	{name: "baseline", title: "Số đầu kỳ", width: 11, number: true},
	{name: "target", title: "Số phấn đấu", width: 11, number: true},
	{name: "evidence", title: "Cần minh chứng", width: 11},
	{name: "mark_review", title: "Sơ kết, tổng kết", width: 11},
	{name: "mark_inspection", title: "Kiểm tra, tự kiểm tra", width: 11},
	{name: "mark_exemplar", title: "Dân vận khéo", width: 11},
}

// column is where a field stands on the form, from 1.
func column(name string) int {
	if name == TaskField {
		return taskColumn
	}
	return taskColumn + 1 + slices.IndexFunc(sheetFields, func(f sheetField) bool { return f.name == name })
}

// SheetFields are the fields of a row of the form, in its order.
func SheetFields() []string {
	names := make([]string, len(sheetFields))
	for i, f := range sheetFields {
		names[i] = f.name
	}
	return names
}

// yes is what stands in the box of a mark.
const yes = "Có"

// Bulk is what the form of activities is made of and read with.
type Bulk struct {
	Case     submission.Case
	Content  Content
	Members  []Assignee
	Partners []unit.Unit       // that may be named
	Names    map[string]string // of units by slug: partners and whoever is named already
	inside   submission.Known
}

// Bulk loads what the form of activities needs beside the working copy.
func (s *Service) Bulk(ctx context.Context, now time.Time, c submission.Case, content Content) (Bulk, error) {
	b := Bulk{Case: c, Content: content}
	var err error
	if b.Members, err = s.Members(ctx, now, c.Unit); err != nil {
		return b, err
	}
	if b.Partners, err = s.Partners(ctx, viet.DateOf(now)); err != nil {
		return b, err
	}
	b.Partners = slices.DeleteFunc(b.Partners, func(u unit.Unit) bool { return u.Slug == c.UnitSlug })
	if b.Names, err = s.PartnerNames(ctx, now, content); err != nil {
		return b, err
	}
	for slug, label := range unit.Labels(b.Partners) {
		b.Names[slug] = label
	}
	b.inside, err = knownTo(ctx, s.db, c.Campaign, nil)
	b.inside.Units = map[string]bool{}
	for slug := range b.Names {
		b.inside.Units[slug] = true
	}
	return b, err
}

// Saved is an activity as the form has it: its fields, and the numbers of who is in
// charge, "" for nobody.
func (a Activity) Saved() submission.Content {
	c := submission.Content{OwnerField: personNumber(a.Owner), DeputyField: personNumber(a.Deputy)}
	for _, f := range sheetFields {
		if f.name != OwnerField && f.name != DeputyField {
			c[f.name] = a.Content[f.name]
		}
	}
	return c
}

func personNumber(p *Assignee) string {
	if p == nil || !p.Active {
		return ""
	}
	return strconv.FormatInt(int64(p.ID), 10)
}

func (b Bulk) about() exchange.About {
	c := b.Case
	return exchange.About{Kind: "activities", Called: "hoạt động của kế hoạch", Unit: c.UnitSlug, UnitName: c.UnitName,
		Year: c.Year, Period: c.Period, PeriodName: c.PeriodName}
}

// Form is an Excel form of the plan's activities, with room for more.
func (b Bulk) Form(now time.Time) (sheet.File, error) {
	kept := exchange.Kept{}
	for _, a := range b.Content.Activities() {
		kept[a.Code] = a.Saved()
	}
	return exchange.File(now, b.about(), kept, b.form(), b.lists(), b.guide())
}

func (b Bulk) form() sheet.Form {
	form := sheet.Form{
		Sheet: activitySheet, Title: "Hoạt động trong " + viet.LowerFirst(b.Case.PeriodName) + " của " + b.Case.UnitName, Fixed: taskColumn + 1, Spare: spareRows,
		Notes: []string{"Sửa hoạt động đã có ngay tại dòng của hoạt động đó; thêm hoạt động ở các dòng trống bên dưới, cột Mã để trống, ghi số của nhiệm vụ.",
			"Ghi xong thì lưu tệp và nhập lại vào kế hoạch; hệ thống cho xem trước rồi mới ghi. Xóa, dừng hoạt động làm trên hệ thống."},
		Columns: []sheet.Box{{Title: "Mã", Width: 8, Hint: "Hệ thống đặt mã; hoạt động mới để trống"},
			{Title: "Nhiệm vụ", Width: 10, Kind: sheet.Number, Fill: true, Offer: b.taskNumbers(), Hint: "Số của nhiệm vụ; 0 là nội dung chung"}},
	}
	for _, f := range sheetFields {
		box := sheet.Box{Title: f.title, Width: f.width, Fill: true, Free: f.free, Hint: f.hint}
		if f.number {
			box.Kind = sheet.Number
		}
		switch f.name {
		case OwnerField, DeputyField:
			box.From = b.place(listPeople, len(b.Members))
		case "time":
			box.From = b.place(listTimes, len(times(b.Case.Year)))
		case "partners":
			box.From = b.place(listPartners, len(b.Partners))
		case "evidence", "mark_review", "mark_inspection", "mark_exemplar":
			box.Offer = []string{yes}
		}
		form.Columns = append(form.Columns, box)
	}
	for _, s := range b.Content.Sections {
		for _, a := range s.Activities {
			line := sheet.Line{Shut: []int{taskColumn - 1}, Cells: []string{a.Code, strconv.Itoa(a.Task)}}
			saved := a.Saved()
			for _, name := range SheetFields() {
				line.Cells = append(line.Cells, b.Show(name, saved[name]))
			}
			form.Rows = append(form.Rows, line)
		}
	}
	return form
}

// Show is a field of a row as a reader reads it, and as the form has it.
func (b Bulk) Show(name, canonical string) string {
	switch name {
	case OwnerField, DeputyField:
		for _, m := range b.Members {
			if personNumber(&m) == canonical {
				return m.Name
			}
		}
		return ""
	case TaskField:
		for _, s := range b.Content.Sections {
			if strconv.Itoa(s.Task) == canonical {
				return s.name()
			}
		}
		return canonical
	}
	kind, _ := Schema.Of("activity") // the schema is fixed
	field, _ := kind.Field(name)
	if field.Shape == submission.Tick {
		return map[bool]string{true: yes}[canonical != ""]
	}
	return field.Show(canonical, b.Names)
}

func (s Section) name() string {
	if s.Task == 0 {
		return s.Short
	}
	return fmt.Sprintf("Nhiệm vụ %d. %s", s.Task, s.Short)
}

func (b Bulk) taskNumbers() []string {
	numbers := make([]string, len(b.Content.Sections))
	for i, s := range b.Content.Sections {
		numbers[i] = strconv.Itoa(s.Task)
	}
	return numbers
}

// units reads names of units, parted by semicolons or lines, as slugs in the order
// in which the form offers them.
func (b Bulk) units(text string) (slugs []string, unknown string) {
	named := map[string]bool{}
	for name := range strings.FieldsFuncSeq(text, func(r rune) bool { return r == ';' || r == '\n' }) {
		name = viet.CleanLine(name)
		if name == "" {
			continue
		}
		slug := b.unit(name)
		if slug == "" {
			return nil, name
		}
		named[slug] = true
	}
	for _, u := range b.Partners {
		if named[u.Slug] {
			slugs = append(slugs, u.Slug)
			delete(named, u.Slug)
		}
	}
	for slug := range named { // named before, and no longer offered
		slugs = append(slugs, slug)
	}
	slices.Sort(slugs[len(slugs)-len(named):])
	return slugs, ""
}

// unit is the slug of the one unit called name, "" for none and for several.
func (b Bulk) unit(name string) string {
	sought := viet.Fold(name)
	for slug, label := range b.Names {
		if viet.Fold(label) == sought {
			return slug
		}
	}
	found := ""
	for _, u := range b.Partners {
		if sought != viet.Fold(u.Name) && sought != viet.Fold(u.Short) && sought != viet.Fold(u.FullType()) {
			continue
		}
		if found != "" {
			return ""
		}
		found = u.Slug
	}
	return found
}
