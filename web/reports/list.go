package reports

import (
	"errors"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"danvan/internal/fault"
	"danvan/internal/overview"
	"danvan/internal/unit"
	"danvan/internal/viet"
	"danvan/web/current"
	"danvan/web/paths"
	"danvan/web/respond"
	"danvan/web/ui"
)

// Names of parameters that narrow the list, the same as of the list of plans.
const (
	receiverParam = "noi-nhan"
	stateParam    = "trang-thai"
	kindParam     = "khoi"
	lateParam     = "cham"
)

// listSize is how many reports the list shows at once.
const listSize = 30

var listStates = map[overview.PlanState]string{
	overview.NotBegun: "chua-soan",
	overview.Draft:    "nhap",
	overview.Awaiting: "cho-duyet",
	overview.Returned: "tra-lai",
	overview.Sent:     "da-gui",
	overview.Accepted: "da-tiep-nhan",
}

var listGroups = map[overview.PlanGroup]string{
	overview.Expected:       "phai-gui",
	overview.Received:       "da-nhan",
	overview.ReceivedOnTime: "nhan-dung-han",
	overview.InForce:        "co-hieu-luc",
	overview.InForceOnTime:  "hieu-luc-dung-han",
	overview.NotReceived:    "chua-gui",
}

var groupWords = map[overview.PlanGroup]string{
	overview.Expected:       "Phải gửi",
	overview.Received:       "Đã nhận",
	overview.ReceivedOnTime: "Nhận đúng hạn",
	overview.InForce:        "Có bản đang có hiệu lực",
	overview.InForceOnTime:  "Có hiệu lực, nhận đúng hạn",
	overview.NotReceived:    "Chưa gửi",
}

var listKinds = map[unit.Kind]string{
	unit.Province:         "tinh",
	unit.Department:       "so-ban-nganh",
	unit.District:         "cap-huyen",
	unit.Commune:          "cap-xa",
	unit.CoordinatingBody: "phoi-hop",
}

var kindWords = map[unit.Kind]string{
	unit.Province:         "UBND tỉnh",
	unit.Department:       "Sở, ban, ngành",
	unit.District:         "UBND cấp huyện",
	unit.Commune:          "UBND cấp xã",
	unit.CoordinatingBody: "Cơ quan phối hợp",
}

var listOrders = map[string]overview.PlanOrder{
	"don-vi":     overview.ByUnit,
	"trang-thai": overview.ByState,
	"gui":        overview.BySent,
	"han":        overview.ByLateness,
}

var looks = map[overview.PlanState]ui.Kind{
	overview.NotBegun: ui.NotBegun,
	overview.Draft:    ui.Draft,
	overview.Awaiting: ui.Awaiting,
	overview.Returned: ui.Returned,
	overview.Sent:     ui.Submitted,
	overview.Accepted: ui.Accepted,
}

// named returns the key that the address calls word, the zero key for none.
func named[K comparable](words map[K]string, word string) K {
	var none K
	for key, w := range words {
		if w == word {
			return key
		}
	}
	return none
}

// Current leads to the period that matters now.
func (p Pages) Current(w http.ResponseWriter, r *http.Request) error {
	year, err := number(r, "year", 2000, 2100)
	if err != nil {
		return err
	}
	if !overview.MaySeePlans(current.Actor(r)) {
		return fault.NotFound
	}
	slug, err := overview.CurrentPeriod(r.Context(), p.DB, current.Now(r), year)
	if errors.Is(err, fault.NotFound) {
		return respond.Page(w, r, http.StatusOK, ui.Page{Head: ui.Head{Title: "Báo cáo năm " + strconv.Itoa(year)}},
			ui.Empty("Năm "+strconv.Itoa(year)+" chưa có kỳ báo cáo.", "Chuyên viên tổng hợp của cơ quan chủ trì đặt kỳ và hạn gửi; khi đó mỗi đơn vị có một báo cáo tại đây."))
	}
	if err != nil {
		return err
	}
	return respond.To(w, r, paths.Reports(year, slug))
}

// List is the reports of a period that one may see.
func (p Pages) List(w http.ResponseWriter, r *http.Request) error {
	year, period, err := periodOf(r)
	if err != nil {
		return err
	}
	act := current.Actor(r)
	if !overview.MaySeePlans(act) {
		return fault.NotFound
	}
	f := filterOf(r.URL.Query())
	list, err := overview.Filed(r.Context(), p.DB, act, current.Now(r), year, period, f)
	if err != nil {
		return err
	}
	v := filed{FiledList: list, url: r.URL, filter: f, today: viet.DateOf(current.Now(r))}
	if len(v.Rows) == 0 && f.Offset > 0 {
		return fault.NotFound
	}
	head := ui.Head{Title: v.title(), Crumbs: []ui.Link{{Label: "Năm " + strconv.Itoa(year)}, {Label: "Báo cáo " + viet.LowerFirst(v.Period.Name)}},
		Meta: span(v.finding()), Actions: v.actions()}
	return respond.Page(w, r, http.StatusOK, ui.Page{Head: head, PrintNote: v.title()}, v.body())
}

func filterOf(q url.Values) overview.PlanFilter {
	order, down := strings.CutPrefix(q.Get(paths.SortParam), "-")
	page, err := strconv.Atoi(q.Get(paths.PageParam))
	if err != nil || page < 1 || page > 1_000 {
		page = 1
	}
	return overview.PlanFilter{
		Search: q.Get(paths.FindParam), Receiver: q.Get(receiverParam),
		State: named(listStates, q.Get(stateParam)), Group: named(listGroups, q.Get(stateParam)),
		Kind: named(listKinds, q.Get(kindParam)), Late: q.Get(lateParam) != "",
		Order: listOrders[order], Down: down, Limit: listSize, Offset: (page - 1) * listSize,
	}
}

// filed is the list with what was asked for.
type filed struct {
	overview.FiledList
	url    *url.URL
	filter overview.PlanFilter
	today  viet.Date
}

func (v filed) title() string {
	return "Báo cáo " + viet.LowerFirst(v.Period.Name) + " của các đơn vị"
}

// finding is "12/28 đơn vị đã gửi; 9 báo cáo đã tiếp nhận. Chốt số liệu 30/11/2022."
func (v filed) finding() string {
	n := v.Counts.Groups
	words := ""
	if n[overview.Expected] > 0 {
		words = viet.FormatInt(n[overview.Received]) + "/" + viet.FormatInt(n[overview.Expected]) + " đơn vị đã gửi; " +
			viet.FormatInt(n[overview.InForce]) + " báo cáo đã tiếp nhận."
	}
	if !v.Period.DataTo.IsZero() {
		words = ui.Joined(" ", words, "Chốt số liệu ngày "+v.Period.DataTo.String()+".")
	}
	return words
}

func (v filed) sort() ui.Sort { return ui.Sort{URL: v.url, By: v.url.Query().Get(paths.SortParam)} }

func (v filed) pages() ui.Pages {
	return ui.Pages{URL: v.url, Page: v.filter.Offset/listSize + 1, Size: listSize, Total: v.Total, Noun: "đơn vị"}
}

// periods switch between the periods of the year.
func (v filed) periods() []ui.Tab {
	tabs := make([]ui.Tab, len(v.Periods))
	for i, p := range v.Periods {
		tabs[i] = ui.Tab{Label: p.Name, Path: paths.Reports(v.Year, p.Slug), Current: p.Slug == v.Period.Slug}
	}
	return tabs
}

// option is a choice of a filter with how many rows it leaves.
func option(value, label string, n int) ui.Option {
	return ui.Option{Value: value, Label: label + " (" + viet.FormatInt(n) + ")"}
}

func (v filed) states() []ui.Option {
	options := []ui.Option{option("", "Tất cả", v.Counts.All)}
	for i := len(overview.PlanStates) - 1; i >= 0; i-- {
		s := overview.PlanStates[i]
		if n := v.Counts.States[s]; n > 0 || v.filter.State == s {
			options = append(options, option(listStates[s], s.Word(), n))
		}
	}
	for _, g := range overview.PlanGroups {
		if n := v.Counts.Groups[g]; n > 0 || v.filter.Group == g {
			options = append(options, option(listGroups[g], groupWords[g], n))
		}
	}
	return options
}

func (v filed) kinds() []ui.Option {
	options := []ui.Option{{Label: "Tất cả"}}
	for _, k := range unit.Kinds {
		if n := v.Counts.Kinds[k]; n > 0 || v.filter.Kind == k {
			options = append(options, option(listKinds[k], kindWords[k], n))
		}
	}
	return options
}

// none says why there is nothing to list.
func (v filed) none() (what, who string) {
	switch {
	case v.Counts.All == 0 && v.today.Before(v.Period.OpensOn):
		return "Kỳ báo cáo này mở từ ngày " + v.Period.OpensOn.String() + ".", "Từ ngày đó mỗi đơn vị có một báo cáo tại đây."
	case v.Counts.All == 0:
		return "Không có báo cáo nào thuộc phạm vi của bạn.", "Danh sách gồm báo cáo của đơn vị bạn và của các đơn vị gửi về đơn vị bạn."
	}
	return "Không có đơn vị nào khớp bộ lọc.", "Bớt điều kiện lọc, hoặc gõ một phần tên đơn vị, không cần dấu."
}

// lateness is "Đúng hạn", "Chậm 4 ngày", "Quá hạn 2 ngày", and whether it is late.
func (v filed) lateness(r overview.FiledRow) (words string, isLate bool) {
	days := r.DaysLate(v.today)
	switch {
	case r.DueBefore == nil && r.FirstSent == nil:
		return "–", false
	case days > 0 && r.FirstSent != nil:
		return "Chậm " + viet.FormatInt(days) + " ngày", true
	case r.FirstSent != nil:
		return "Đúng hạn", false
	case days > 0:
		return "Quá hạn " + viet.FormatInt(days) + " ngày", true
	case days == 0:
		return "Hạn cuối hôm nay", false
	}
	return "Còn " + viet.FormatInt(-days) + " ngày", false
}

// unitName shortens the words every committee begins with.
func unitName(name string) string { return strings.Replace(name, "Ủy ban nhân dân", "UBND", 1) }
