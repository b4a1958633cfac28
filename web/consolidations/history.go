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
	"danvan/web/paths"
	"danvan/web/respond"
	"danvan/web/show/submissions"
	"danvan/web/ui"
)

// pageSize is how many former contents one page of the history shows.
const pageSize = 30

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
	page, err := strconv.Atoi(r.URL.Query().Get(paths.PageParam))
	if err != nil || page < 1 || (page-1)*pageSize >= len(rows) {
		page = 1
	}
	shown := rows[(page-1)*pageSize : min(page*pageSize, len(rows))]
	pages := ui.Pages{URL: r.URL, Page: page, Size: pageSize, Total: len(rows), Noun: "lần thay đổi", Files: ui.FilesOf(r.URL)}
	return respond.Page(w, r, http.StatusOK, ui.Page{Head: head(h.Case, title, "", ui.Link{Label: "Lịch sử soạn thảo"})}, submissions.HistoryPage(shown, nil, pages))
}

// replaced puts beside each former content the one that took its place. Former
// contents come newest first, so that is the one seen last for the same part.
func replaced(h consolidation.Past) []submissions.Replaced {
	following := h.Contents
	rows := make([]submissions.Replaced, 0, len(h.Former))
	for _, f := range h.Former {
		kind, ok := consolidation.Schema.Of(f.Key)
		if !ok {
			continue
		}
		rows = append(rows, submissions.Replaced{Former: f, Kind: kind, Next: following[f.Key], Title: partTitle(f.Key)})
		following[f.Key] = f.Content
	}
	return rows
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
