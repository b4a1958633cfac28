package indicators

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"danvan/internal/campaign"
	"danvan/internal/document/sheet"
	"danvan/internal/indicator"
	"danvan/internal/unit"
	"danvan/internal/viet"
	"danvan/web/paths"
	"danvan/web/respond"
	"danvan/web/ui"
)

// Names of parameters that narrow the list.
const (
	stateParam = "trang-thai"
	kindParam  = "khoi"
)

// Words of the address.
const (
	onWord        = "dang-dung"
	offWord       = "chua-dung"
	exceptedWord  = "ngoai-le"
	answeredWord  = "da-co-so"
	departmentKey = "so-ban-nganh"
	districtKey   = "cap-huyen"
	communeKey    = "cap-xa"
)

var kindKeys = map[string]unit.Kind{departmentKey: unit.Department, districtKey: unit.District, communeKey: unit.Commune}

// listing is the list with what was asked for.
type listing struct {
	scene
	Tasks []campaign.Task
	URL   *url.URL
}

// section is the indicators of one task.
type section struct {
	campaign.Task
	All   int
	On    int
	Shown []indicator.Managed
}

// List is every definition, and what the year asks of whom.
func (h Pages) List(w http.ResponseWriter, r *http.Request) error {
	s, err := h.load(r)
	if err != nil {
		return err
	}
	v := listing{scene: s, URL: r.URL}
	if v.Tasks, err = campaign.Tasks(r.Context(), h.DB, s.Campaign.ID); err != nil {
		return err
	}
	if f, asked := respond.TableFormat(r.URL.Query()); asked {
		return respond.Table(w, r, v.table(), f)
	}
	head := ui.Head{Title: "Chỉ tiêu số liệu năm " + strconv.Itoa(s.year()), Crumbs: s.crumbs(), Meta: said(v.finding()), Actions: ui.Download(ui.FilesOf(r.URL)...)}
	return respond.Page(w, r, http.StatusOK, ui.Page{Head: head, PrintNote: head.Title}, v.body())
}

// finding is "61 trong 94 chỉ tiêu đang dùng."
func (v listing) finding() string {
	on := 0
	for _, m := range v.List {
		if inUse(m) {
			on++
		}
	}
	return viet.FormatInt(on) + " trong " + viet.FormatInt(len(v.List)) + " chỉ tiêu đang dùng."
}

func (v listing) asked(param string) string { return v.URL.Query().Get(param) }

// fits reports whether an indicator passes the filters.
func (v listing) fits(m indicator.Managed) bool {
	switch v.asked(stateParam) {
	case onWord:
		if !inUse(m) {
			return false
		}
	case offWord:
		if inUse(m) {
			return false
		}
	case exceptedWord:
		if besides(m) == "" {
			return false
		}
	case answeredWord:
		if m.Answered == 0 {
			return false
		}
	}
	if kind, ok := kindKeys[v.asked(kindParam)]; ok && !slices.Contains(m.Kinds, kind) {
		return false
	}
	return containsAll(viet.Fold(m.Code+" "+m.Name), strings.Fields(viet.Fold(v.asked(paths.FindParam))))
}

func containsAll(text string, words []string) bool {
	for _, word := range words {
		if !strings.Contains(text, word) {
			return false
		}
	}
	return true
}

// sections are the tasks in order, the common part last, with what fits.
func (v listing) sections() []section {
	var all []section
	for _, t := range v.Tasks {
		if t.No > 0 {
			all = append(all, v.section(t))
		}
	}
	for _, t := range v.Tasks {
		if t.No == 0 {
			all = append(all, v.section(t))
		}
	}
	return all
}

func (v listing) section(t campaign.Task) section {
	s := section{Task: t}
	for _, m := range v.List {
		if m.Task != t.No {
			continue
		}
		s.All++
		if inUse(m) {
			s.On++
		}
		if v.fits(m) {
			s.Shown = append(s.Shown, m)
		}
	}
	return s
}

// none reports whether nothing fits.
func (v listing) none() bool {
	for _, s := range v.sections() {
		if len(s.Shown) > 0 {
			return false
		}
	}
	return true
}

// table is the list with every value of its own type.
func (v listing) table() sheet.Table {
	t := sheet.Table{Sheet: "Chỉ tiêu", Title: "Chỉ tiêu số liệu năm " + strconv.Itoa(v.year()), Notes: []string{v.finding()}, At: v.Now, Fixed: 2,
		Columns: []sheet.Column{{Title: "Mã"}, {Title: "Chỉ tiêu"}, {Title: "Nhiệm vụ", Kind: sheet.Number}, {Title: "Đơn vị tính"}, {Title: "Cộng các đơn vị"},
			{Title: "Trạng thái"}, {Title: "Đơn vị trả lời"}, {Title: "Ngoại lệ"}, {Title: "Số đơn vị đã có số liệu", Kind: sheet.Number}, {Title: "Hướng dẫn"}}}
	for _, s := range v.sections() {
		for _, m := range s.Shown {
			row := []sheet.Value{sheet.Words(m.Code), sheet.Words(m.Name), {}, sheet.Words(m.Unit), sheet.Words(viet.UpperFirst(adds(m.Indicator))),
				sheet.Words(stateWord(m)), sheet.Words(asks(m.Kinds)), sheet.Words(besides(m)), sheet.Count(m.Answered), sheet.Words(m.Guide)}
			if m.Task > 0 {
				row[2] = sheet.Count(m.Task)
			}
			t.Rows = append(t.Rows, row)
		}
	}
	return t
}

func stateWord(m indicator.Managed) string {
	if inUse(m) {
		return "Đang dùng"
	}
	return "Chưa dùng"
}

func stateKind(m indicator.Managed) ui.Kind {
	if inUse(m) {
		return ui.Accepted
	}
	return ui.None
}
