package consolidations

import (
	"strconv"
	"strings"

	"danvan/internal/consolidation/wording"
	"danvan/web/paths"
	"danvan/web/ui"
)

// section is one part of the text, by its name in addresses.
type section struct {
	Slug  string
	Key   string // of the part
	No    int    // of a task, 0 for the others
	Title string
	Boxes []box
}

// box is one field of a section.
type box struct {
	Name  string
	Label string
	Hint  string
	Rows  int
}

const maxTask = 7

const taskSlug = "nhiem-vu-"

// common are the sections that belong to no task, in the order of the report.
var common = []section{
	{Slug: "mo-dau", Key: wording.OpeningKey, Title: "Mở đầu", Boxes: []box{
		{Name: "text", Label: "Phần mở đầu", Rows: 8, Hint: "Căn cứ, phạm vi và tình hình gửi báo cáo. Mỗi dòng là một đoạn."}}},
	{Slug: "dan-van-kheo", Key: wording.ExemplarsKey, Title: "Dân vận khéo", Boxes: []box{
		{Name: "text", Label: "Phong trào thi đua “Dân vận khéo”", Rows: 12, Hint: "In ở mục 8 của phần Kết quả; bảng các mô hình in ở phụ lục."}}},
	{Slug: "danh-gia-chung", Key: wording.OverallKey, Title: "Đánh giá chung", Boxes: []box{
		{Name: "strengths", Label: "Ưu điểm", Rows: 5},
		{Name: "shortcomings", Label: "Hạn chế", Rows: 5},
		{Name: "causes", Label: "Nguyên nhân", Rows: 5}}},
	{Slug: "phuong-huong", Key: wording.NextKey, Title: "Phương hướng", Boxes: []box{
		{Name: "steps", Label: "Phương hướng, nhiệm vụ", Rows: 12, Hint: "Việc sẽ làm trong kỳ tới; mỗi việc một đoạn."}}},
	{Slug: "kien-nghi", Key: wording.ProposalsKey, Title: "Kiến nghị", Boxes: []box{
		{Name: "text", Label: "Kiến nghị, đề xuất", Rows: 12}}},
}

// sectionOf finds a section by its name in addresses.
func sectionOf(slug string, titles map[int]string) (section, bool) {
	for _, s := range common {
		if s.Slug == slug {
			return s, true
		}
	}
	no, err := strconv.Atoi(strings.TrimPrefix(slug, taskSlug))
	if err != nil || !strings.HasPrefix(slug, taskSlug) || no < 1 || no > maxTask || slug != taskSlug+strconv.Itoa(no) {
		return section{}, false
	}
	return taskSection(no, titles[no]), true
}

func taskSection(no int, title string) section {
	return section{Slug: taskSlug + strconv.Itoa(no), Key: wording.TaskKey(no), No: no, Title: title, Boxes: []box{
		{Name: "text", Label: "Lời văn của nhiệm vụ " + strconv.Itoa(no), Rows: 14, Hint: "Mỗi dòng là một đoạn. Số liệu chèn bằng mã như {T4.01} tự cập nhật theo báo cáo được tiếp nhận."}}}
}

// sections lists all of them in the order of the report.
func sections(titles map[int]string) []section {
	list := []section{common[0]}
	for no := 1; no <= maxTask; no++ {
		list = append(list, taskSection(no, titles[no]))
	}
	return append(list, common[1:]...)
}

// slugOf is the name in addresses of the part with this key, "" for none.
func slugOf(key string) string {
	for _, s := range sections(nil) {
		if s.Key == key {
			return s.Slug
		}
	}
	return ""
}

// name is how a sentence calls the section: "nhiệm vụ 4".
func (s section) name() string {
	if s.No > 0 {
		return "nhiệm vụ " + strconv.Itoa(s.No)
	}
	return "phần “" + s.Title + "”"
}

func (s section) heading() string {
	if s.No > 0 {
		return "Nhiệm vụ " + strconv.Itoa(s.No) + ". " + s.Title
	}
	return s.Title
}

// strip leads between the tasks; the other sections have tabs of their own.
func strip(base string, titles map[int]string, current section, right map[string]note) []ui.StripItem {
	var items []ui.StripItem
	for no := 1; no <= maxTask; no++ {
		s := taskSection(no, titles[no])
		n := right[s.Slug]
		items = append(items, ui.StripItem{No: no, Title: s.Title, Path: paths.ConsolidationPart(base, s.Slug),
			Current: s.Slug == current.Slug, Left: n.Left, Plain: "đoạn", Right: n.Right, Tone: n.Tone})
	}
	var rest note
	for _, s := range common {
		if n := right[s.Slug]; n.Tone == ui.Bad {
			rest = n
		}
	}
	return append(items, ui.StripItem{Title: "Mở đầu, Dân vận khéo, đánh giá, phương hướng, kiến nghị", Path: paths.ConsolidationPart(base, common[0].Slug),
		Current: current.No == 0, Right: rest.Right, Tone: rest.Tone})
}

// note is what the strip says of a section.
type note struct {
	Left  string // how many paragraphs
	Right string // "1 mã sai"
	Tone  ui.Tone
}

func tabs(base string, current string) []ui.Tab {
	var list []ui.Tab
	for _, s := range common {
		path := paths.ConsolidationPart(base, s.Slug)
		list = append(list, ui.Tab{Label: s.Title, Path: path, Current: path == current})
	}
	return append(list, ui.Tab{Label: "Văn bản", Path: paths.Reference(base), Current: paths.Reference(base) == current})
}
