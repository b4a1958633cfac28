package reviews

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"danvan/internal/fault"
	"danvan/internal/review"
	"danvan/internal/submission"
	"danvan/internal/viet"
	"danvan/web/current"
	"danvan/web/paths"
	"danvan/web/respond"
	"danvan/web/ui"
)

const queueSize = 30

// Words of the address that narrow the queue.
const (
	kindParam  = "loai"
	whoseParam = "phu-trach"
	traitParam = "tinh-trang"
)

var (
	kindWords = map[submission.Kind]string{
		submission.Plan:       "ke-hoach",
		submission.Report:     "bao-cao",
		submission.Evaluation: "tu-danh-gia",
	}
	whoseWords = map[review.Whose]string{
		review.Mine:   "toi",
		review.Nobody: "chua-phan-cong",
		review.Others: "nguoi-khac",
	}
	traitWords = map[review.Trait]string{
		review.Unread:    "chua-doc",
		review.Resent:    "gui-lai",
		review.Amending:  "sua-doi",
		review.Late:      "cham-han",
		review.Asked:     "yeu-cau-giai-trinh",
		review.Explained: "da-giai-trinh",
		review.Reopening: "de-nghi-mo-lai",
	}
)

// kindLabels, whoseLabels and traitLabels are the same as people read them.
var (
	kindLabels = map[submission.Kind]string{
		submission.Plan:       "Kế hoạch",
		submission.Report:     "Báo cáo",
		submission.Evaluation: "Tự đánh giá",
	}
	whoseLabels = map[review.Whose]string{
		review.Mine:   "Tôi phụ trách",
		review.Nobody: "Chưa phân công",
		review.Others: "Người khác phụ trách",
	}
	traitLabels = map[review.Trait]string{
		review.Unread:    "Tôi chưa đọc",
		review.Resent:    "Gửi lại sau khi sửa",
		review.Amending:  "Sửa đổi, bổ sung",
		review.Late:      "Gửi chậm",
		review.Asked:     "Đang yêu cầu giải trình",
		review.Explained: "Đã có giải trình",
		review.Reopening: "Đề nghị mở lại",
	}
)

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

func filterOf(q url.Values) review.Filter {
	return review.Filter{Kind: named(kindWords, q.Get(kindParam)), Whose: named(whoseWords, q.Get(whoseParam)),
		Trait: named(traitWords, q.Get(traitParam)), Search: strings.TrimSpace(q.Get(paths.FindParam))}
}

// narrowing is the part of an address that narrows the queue: what one reads from
// a queue leads on within it.
func narrowing(f review.Filter) string {
	q := url.Values{}
	for name, word := range map[string]string{kindParam: kindWords[f.Kind], whoseParam: whoseWords[f.Whose],
		traitParam: traitWords[f.Trait], paths.FindParam: f.Search} {
		if word != "" {
			q.Set(name, word)
		}
	}
	return q.Encode()
}

// within is an address from which one goes on within f.
func within(path string, f review.Filter) string {
	if q := narrowing(f); q != "" {
		return path + "?" + q
	}
	return path
}

// queueView is the queue with what was asked for.
type queueView struct {
	Rows   []review.Waiting
	Counts review.Counts
	Filter review.Filter
	Pages  ui.Pages
	Now    time.Time
}

// Queue lists what waits for the receiver, oldest first; as a page, or as a file.
func (h Pages) Queue(w http.ResponseWriter, r *http.Request) error {
	act, now, query := current.Actor(r), current.Now(r), r.URL.Query()
	if !review.Receives(act) {
		return fault.NotFound
	}
	v := queueView{Filter: filterOf(query), Now: now}
	if format, ok := respond.TableFormat(query); ok {
		var err error
		if v.Rows, err = h.Reviews.Queue(r.Context(), act, now, v.Filter, respond.MostRows, 0); err != nil {
			return err
		}
		if len(v.Rows) > 0 {
			if err := respond.TooMany(v.Rows[0].Total, "hồ sơ"); err != nil {
				return err
			}
		}
		return respond.Table(w, r, queueTable(v), format)
	}
	number := paths.Page(query)
	var err error
	if v.Counts, err = h.Reviews.Count(r.Context(), act, now); err != nil {
		return err
	}
	if v.Rows, err = h.Reviews.Queue(r.Context(), act, now, v.Filter, queueSize, (number-1)*queueSize); err != nil {
		return err
	}
	v.Pages = ui.Pages{URL: r.URL, Page: number, Size: queueSize, Noun: "hồ sơ", Files: ui.FilesOf(r.URL)}
	if len(v.Rows) > 0 {
		v.Pages.Total = v.Rows[0].Total
	}
	return respond.Page(w, r, http.StatusOK, ui.Page{Head: v.head(), PrintNote: queueTitle(v.Counts.All)}, queue(v))
}

func (v queueView) head() ui.Head {
	head := ui.Head{Title: queueTitle(v.Counts.All)}
	if text := v.finding(); text != "" {
		head.Meta = said(text)
	}
	head.Actions = queueActions(v)
	return head
}

// finding says how much of it is whose, and what calls for the reader.
func (v queueView) finding() string {
	var parts []string
	if n := v.Counts.Whose[review.Mine]; n > 0 {
		parts = append(parts, viet.FormatInt(n)+" hồ sơ của đơn vị bạn phụ trách")
	}
	if n := v.Counts.Traits[review.Unread]; n > 0 {
		parts = append(parts, viet.FormatInt(n)+" hồ sơ bạn chưa đọc")
	}
	if n := v.Counts.Traits[review.Explained]; n > 0 {
		parts = append(parts, viet.FormatInt(n)+" hồ sơ đã có giải trình")
	}
	if v.Counts.All > 0 && len(parts) == 0 {
		return "Bạn đã đọc tất cả."
	}
	if len(parts) == 0 {
		return ""
	}
	return strings.Join(parts, ", ") + "."
}

func queueTitle(n int) string {
	if n == 0 {
		return "Không có hồ sơ nào chờ tiếp nhận, rà soát"
	}
	return strconv.Itoa(n) + " hồ sơ chờ tiếp nhận, rà soát"
}

// counted is a choice of a filter with how many rows it leaves.
func counted(value, label string, n int) ui.Option {
	return ui.Option{Value: value, Label: label + " (" + viet.FormatInt(n) + ")"}
}

func (v queueView) kinds() []ui.Option {
	options := []ui.Option{{Label: "Tất cả"}}
	for _, k := range []submission.Kind{submission.Plan, submission.Report, submission.Evaluation} {
		if n := v.Counts.Kinds[k]; n > 0 || v.Filter.Kind == k {
			options = append(options, counted(kindWords[k], kindLabels[k], n))
		}
	}
	return options
}

func (v queueView) whose() []ui.Option {
	options := []ui.Option{{Label: "Tất cả"}}
	for _, x := range []review.Whose{review.Mine, review.Nobody, review.Others} {
		if n := v.Counts.Whose[x]; n > 0 || v.Filter.Whose == x {
			options = append(options, counted(whoseWords[x], whoseLabels[x], n))
		}
	}
	return options
}

func (v queueView) traits() []ui.Option {
	options := []ui.Option{{Label: "Tất cả"}}
	for _, x := range review.Traits {
		if n := v.Counts.Traits[x]; n > 0 || v.Filter.Trait == x {
			options = append(options, counted(traitWords[x], traitLabels[x], n))
		}
	}
	return options
}

// group is rows of the queue that somebody looks after, or nobody.
type group struct {
	ID    string // of its heading
	Title string // "" where the queue is not shared out
	Rows  []review.Waiting
}

// groups parts the rows of a page by who looks after them, in the order of the
// queue.
func (v queueView) groups() []group {
	of := func(w review.Waiting) group {
		switch {
		case w.Mine:
			return group{ID: "h-ban-phu-trach", Title: "Bạn phụ trách"}
		case w.Duty == "":
			return group{ID: "h-chua-phan-cong", Title: "Chưa phân công"}
		}
		return group{ID: "h-nguoi-khac", Title: "Người khác phụ trách"}
	}
	shared := v.Counts.Whose[review.Nobody] < v.Counts.All
	var out []group
	for _, w := range v.Rows {
		g := group{}
		if shared {
			g = of(w)
		}
		if len(out) == 0 || out[len(out)-1].Title != g.Title {
			out = append(out, g)
		}
		out[len(out)-1].Rows = append(out[len(out)-1].Rows, w)
	}
	return out
}
