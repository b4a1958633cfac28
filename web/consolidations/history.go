package consolidations

import (
	"net/http"
	"regexp"
	"strconv"

	"danvan/internal/consolidation"
	"danvan/internal/fault"
	"danvan/internal/submission"
	"danvan/internal/viet"
	"danvan/web/current"
	"danvan/web/respond"
	"danvan/web/show/submissions"
	"danvan/web/ui"
)

var partKeys = regexp.MustCompile(`^(doc|opening|exemplars|overall|next|proposals|task(/[1-9])?)$`)

// History lists what the parts of the text held before.
func (p Pages) History(w http.ResponseWriter, r *http.Request) error {
	ref, err := refOf(r)
	if err != nil {
		return err
	}
	prefix := r.URL.Query().Get("muc")
	if prefix != "" && !partKeys.MatchString(prefix) {
		return fault.NotFound
	}
	h, err := p.Consolidations.Past(r.Context(), current.Actor(r), current.Now(r), ref, prefix)
	if err != nil {
		return err
	}
	rows := replaced(h)
	title := "Lịch sử soạn thảo"
	if prefix != "" {
		title += ": " + partTitle(prefix)
	}
	if f, asked := respond.TableFormat(r.URL.Query()); asked {
		return respond.Table(w, r, submissions.HistoryTable(title, "Báo cáo tổng hợp "+viet.LowerFirst(h.Case.PeriodName)+", "+h.Case.UnitName, rows, nil, current.Now(r)), f)
	}
	return respond.Page(w, r, http.StatusOK, ui.Page{Head: head(h.Case, title, "", ui.Link{Label: "Lịch sử soạn thảo"})}, submissions.HistoryPage(r.URL, rows, nil))
}

func replaced(h consolidation.Past) []submissions.Replaced {
	return submissions.Succession(consolidation.Schema, h.Former, h.Contents, func(f submission.Former) string { return partTitle(f.Key) })
}

// partTitle names a part of the text.
func partTitle(key string) string {
	if key == submission.ReferenceKey {
		return "Thông tin văn bản"
	}
	if no := consolidation.TaskOf(key); no > 0 {
		return "Nhiệm vụ " + strconv.Itoa(no)
	}
	if kind, ok := consolidation.Schema.Of(key); ok {
		return kind.Label
	}
	return "Các nhiệm vụ"
}
