package overviews

import (
	"net/url"
	"strings"
	"time"

	"danvan/internal/overview"
	"danvan/internal/unit"
	"danvan/internal/viet"
	"danvan/web/paths"
	"danvan/web/ui"
)

// planStates and planGroups are the words of the address.
var planStates = map[overview.PlanState]string{
	overview.NotBegun: "chua-soan",
	overview.Draft:    "nhap",
	overview.Awaiting: "cho-duyet",
	overview.Returned: "tra-lai",
	overview.Sent:     "da-gui",
	overview.Accepted: "da-tiep-nhan",
}

var planGroups = map[overview.PlanGroup]string{
	overview.Expected:       "phai-gui",
	overview.Received:       "da-nhan",
	overview.ReceivedOnTime: "nhan-dung-han",
	overview.InForce:        "co-hieu-luc",
	overview.InForceOnTime:  "hieu-luc-dung-han",
	overview.NotReceived:    "chua-gui",
}

// groupWords are the groups as the filter offers them.
var groupWords = map[overview.PlanGroup]string{
	overview.Expected:       "Phải gửi",
	overview.Received:       "Đã nhận",
	overview.ReceivedOnTime: "Nhận đúng hạn",
	overview.InForce:        "Có bản đang có hiệu lực",
	overview.InForceOnTime:  "Có hiệu lực, nhận đúng hạn",
	overview.NotReceived:    "Chưa gửi",
}

var planKinds = map[unit.Kind]string{
	unit.Province:         "tinh",
	unit.Department:       "so-ban-nganh",
	unit.District:         "cap-huyen",
	unit.Commune:          "cap-xa",
	unit.CoordinatingBody: "phoi-hop",
}

// kindWords name the units of one kind where several kinds stand side by side.
var kindWords = map[unit.Kind]string{
	unit.Province:         "UBND tỉnh",
	unit.Department:       "Sở, ban, ngành",
	unit.District:         "UBND cấp huyện",
	unit.Commune:          "UBND cấp xã",
	unit.CoordinatingBody: "Cơ quan phối hợp",
}

var planOrders = map[string]overview.PlanOrder{
	"don-vi":     overview.ByUnit,
	"trang-thai": overview.ByState,
	"gui":        overview.BySent,
	"han":        overview.ByLateness,
	"hoan-thanh": overview.ByDone,
}

// looks is the look of each state of a plan.
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

func filterOf(q url.Values) overview.PlanFilter {
	order, down := strings.CutPrefix(q.Get(paths.SortParam), "-")
	from, to := sentDays(q.Get(sentParam))
	return overview.PlanFilter{
		SentFrom: from, SentTo: to,
		Search: q.Get(paths.FindParam), Receiver: q.Get(receiverParam),
		State: named(planStates, q.Get(stateParam)), Group: named(planGroups, q.Get(stateParam)),
		Kind: named(planKinds, q.Get(kindParam)), Late: q.Get(lateParam) != "", Behind: q.Get(behindParam) != "",
		Order: planOrders[order], Down: down, Limit: pageSize, Offset: (paths.Page(q) - 1) * pageSize,
	}
}

// until stands before the last of the days up to it.
const until = "den-"

// sentDays reads "2022-03-18", or "den-2022-03-18" for all the days up to it;
// anything else is no day.
func sentDays(word string) (from, to viet.Date) {
	text, open := strings.CutPrefix(word, until)
	if err := to.UnmarshalText([]byte(text)); err != nil {
		return viet.Date{}, viet.Date{}
	}
	if !open {
		from = to
	}
	return from, to
}

// sentWords is "gửi lần đầu ngày 18/03/2022", "" for any day.
func sentWords(f overview.PlanFilter) string {
	switch {
	case f.SentTo.IsZero():
		return ""
	case f.SentFrom.IsZero():
		return "gửi lần đầu đến hết ngày " + f.SentTo.String()
	}
	return "gửi lần đầu ngày " + f.SentTo.String()
}

// listing is what the lists of plans and of reports have in common: what was
// asked for, and how many there are.
type listing struct {
	Counts overview.PlanCounts
	Total  int // rows that pass the filter
	URL    *url.URL
	Filter overview.PlanFilter
	Now    time.Time
	Writes bool // to units that send nothing
}

// reminder is where the reader writes to those who have not sent, where there are
// any.
func (v listing) reminder(path string) ui.Link {
	if !v.Writes || v.Counts.Groups[overview.NotReceived] == 0 {
		return ui.Link{}
	}
	return ui.Link{Label: "Công văn đôn đốc", Path: path}
}

func (v listing) today() viet.Date { return viet.DateOf(v.Now) }

// beyond reports whether the address names a page behind the last.
func (v listing) beyond() bool { return v.Filter.Offset > 0 && v.Filter.Offset >= v.Total }

func (v listing) sort() ui.Sort { return ui.Sort{URL: v.URL, By: v.URL.Query().Get(paths.SortParam)} }

func (v listing) pages() ui.Pages {
	return ui.Pages{URL: v.URL, Page: v.Filter.Offset/pageSize + 1, Size: pageSize, Total: v.Total, Noun: "đơn vị", Files: ui.FilesOf(v.URL)}
}

// counted is a choice of a filter with how many rows it leaves.
func counted(value, label string, n int) ui.Option {
	return ui.Option{Value: value, Label: label + " (" + viet.FormatInt(n) + ")"}
}

// states offers the states that occur, the nearest to acceptance first, and the
// groups that the measures count.
func (v listing) states() []ui.Option {
	options := []ui.Option{counted("", "Tất cả", v.Counts.All)}
	for i := len(overview.PlanStates) - 1; i >= 0; i-- {
		s := overview.PlanStates[i]
		if n := v.Counts.States[s]; n > 0 || v.Filter.State == s {
			options = append(options, counted(planStates[s], s.Word(), n))
		}
	}
	for _, g := range overview.PlanGroups {
		if n := v.Counts.Groups[g]; n > 0 || v.Filter.Group == g {
			options = append(options, counted(planGroups[g], groupWords[g], n))
		}
	}
	return options
}

func (v listing) kinds() []ui.Option {
	options := []ui.Option{{Label: "Tất cả"}}
	for _, k := range unit.Kinds {
		if n := v.Counts.Kinds[k]; n > 0 || v.Filter.Kind == k {
			options = append(options, counted(planKinds[k], kindWords[k], n))
		}
	}
	return options
}

// lateness is "Đúng hạn", "Chậm 4 ngày", "Quá hạn 242 ngày", and whether it is late.
func lateness(r overview.PlanRow, today viet.Date) (words string, isLate bool) {
	days := r.DaysLate(today)
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
	return viet.UpperFirst(viet.LastDayBefore(*r.DueBefore).Remaining(today)), false
}

// unitName shortens the words every committee begins with.
func unitName(name string) string {
	return strings.Replace(name, "Ủy ban nhân dân", "UBND", 1)
}

// noMatch is for filters that leave nothing.
func noMatch() (what, who string) {
	return "Không có đơn vị nào khớp bộ lọc.", "Bớt điều kiện lọc, hoặc gõ một phần tên đơn vị, không cần dấu."
}
