package reviews

import (
	"net/http"
	"strconv"
	"strings"

	"github.com/go-chi/chi/v5"

	"danvan/internal/fault"
	"danvan/internal/review"
	"danvan/internal/submission"
	"danvan/internal/viet"
	"danvan/web/current"
	"danvan/web/form"
	"danvan/web/paths"
	"danvan/web/respond"
	"danvan/web/ui"
)

// itemField holds one version chosen in the queue.
const itemField = "item"

// itemOf names a version in a form: "plan/2022/ke-hoach/stp/2".
func itemOf(x review.Waiting) string {
	return strings.Join([]string{string(x.Kind), strconv.Itoa(x.Year), x.Period, x.UnitSlug, strconv.Itoa(x.No)}, "/")
}

func itemID(x review.Waiting) string { return strings.ReplaceAll(itemOf(x), "/", "-") }

// parseItem reads what [itemOf] wrote.
func parseItem(text string) (review.Item, bool) {
	f := strings.Split(text, "/")
	if len(f) != 5 {
		return review.Item{}, false
	}
	year, badYear := strconv.Atoi(f[1])
	no, badNo := strconv.Atoi(f[4])
	if badYear != nil || badNo != nil {
		return review.Item{}, false
	}
	return review.Item{Kind: submission.Kind(f[0]), Ref: submission.Ref{Year: year, Period: f[2], Unit: f[3]}, No: no}, true
}

// AcceptTogether accepts what was chosen in the queue and leads to what became of
// each.
func (h Pages) AcceptTogether(w http.ResponseWriter, r *http.Request) error {
	f, err := form.Parse(r, maxBody)
	if err != nil {
		return err
	}
	act, filter := current.Actor(r), filterOf(r.URL.Query())
	if !review.Receives(act) {
		return fault.NotFound
	}
	var items []review.Item
	for _, text := range f.Values(itemField) {
		if item, ok := parseItem(text); ok {
			items = append(items, item)
		}
	}
	if len(items) == 0 {
		current.SayMore(r, ui.Message{Done: "Chưa chọn hồ sơ nào", More: "Đánh dấu “Chọn” ở hồ sơ cần tiếp nhận."})
		return respond.To(w, r, within(paths.Queue, filter))
	}
	key, err := h.Reviews.AcceptAll(r.Context(), act, current.Now(r), f.Once(), items)
	if err != nil {
		return err
	}
	return respond.To(w, r, within(paths.AcceptedTogether(key), filter))
}

// AcceptedTogether tells what became of each of those chosen, as it was then.
func (h Pages) AcceptedTogether(w http.ResponseWriter, r *http.Request) error {
	told, err := h.Reviews.Outcomes(r.Context(), current.Actor(r), chi.URLParam(r, "key"))
	if err != nil {
		return err
	}
	queue := within(paths.Queue, filterOf(r.URL.Query()))
	head := ui.Head{Title: togetherTitle(told), Meta: said("Kết quả lúc " + viet.Moment(told.At) + "."),
		Crumbs: []ui.Link{{Label: "Tiếp nhận, rà soát", Path: queue}, {Label: "Kết quả tiếp nhận"}}}
	return respond.Page(w, r, http.StatusOK, ui.Page{Head: head}, outcomesPage(told, queue))
}

// togetherTitle says the finding first.
func togetherTitle(t review.Together) string {
	taken, all := t.Taken(), len(t.Outcomes)
	if taken == all {
		return "Đã tiếp nhận " + viet.FormatInt(taken) + " hồ sơ"
	}
	return "Đã tiếp nhận " + viet.FormatInt(taken) + "/" + viet.FormatInt(all) + " hồ sơ đã chọn"
}

func outcomeWord(r review.Result) string {
	switch r {
	case review.Taken:
		return "Đã tiếp nhận"
	case review.NotRead:
		return "Chưa đọc"
	case review.Stale:
		return "Đã thay đổi"
	case review.OwnWork:
		return "Hồ sơ bạn tham gia soạn"
	case review.Refused:
		return "Không tiếp nhận được"
	}
	return "Không có"
}

func outcomeLook(r review.Result) ui.Kind {
	switch r {
	case review.Taken:
		return ui.Accepted
	case review.NotRead:
		return ui.Submitted
	}
	return ui.Cancelled
}

// outcomeText says what to do about an item that was not accepted.
func outcomeText(o review.Outcome) string {
	switch o.Result {
	case review.NotRead:
		return "Bạn chưa mở lần gửi " + strconv.Itoa(o.No) + ". Mở đọc rồi tiếp nhận."
	case review.Stale:
		return "Hồ sơ đã được quyết định, hoặc đơn vị đã gửi lần mới, sau khi bạn mở danh sách. Mở lại để xem."
	}
	return o.Reason
}
