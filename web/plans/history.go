package plans

import (
	"net/http"
	"regexp"
	"strconv"
	"strings"

	"danvan/internal/fault"
	"danvan/internal/plan"
	"danvan/internal/submission"
	"danvan/internal/unit"
	"danvan/internal/viet"
	"danvan/web/current"
	"danvan/web/paths"
	"danvan/web/respond"
	planshow "danvan/web/show/plans"
	"danvan/web/show/submissions"
	"danvan/web/ui"
)

// pageSize is how many former contents one page of the history shows.
const pageSize = 30

var partKeys = regexp.MustCompile(`^(doc|(task|activity)(/[0-9]{1,18})?)$`)

// History lists what the parts of the working copy held before.
func (p Pages) History(w http.ResponseWriter, r *http.Request) error {
	ref, err := refOf(r)
	if err != nil {
		return err
	}
	prefix := r.URL.Query().Get("muc")
	if prefix != "" && !partKeys.MatchString(prefix) {
		return fault.NotFound
	}
	h, err := p.Plans.History(r.Context(), current.Actor(r), current.Now(r), ref, prefix)
	if err != nil {
		return err
	}
	units, err := p.Plans.Partners(r.Context(), viet.DateOf(current.Now(r)))
	if err != nil {
		return err
	}
	rows := replaced(h)
	title := "Lịch sử soạn thảo"
	if prefix != "" {
		title += ": " + partTitle(h.Content, prefix, nil)
	}
	if f, asked := respond.TableFormat(r.URL.Query()); asked {
		return respond.Table(w, r, submissions.HistoryTable(title, viet.UpperFirst(h.Case.What())+", "+h.Case.UnitName, rows, unit.Labels(units), current.Now(r)), f)
	}
	page, err := strconv.Atoi(r.URL.Query().Get(paths.PageParam))
	if err != nil || page < 1 || (page-1)*pageSize >= len(rows) {
		page = 1
	}
	shown := rows[(page-1)*pageSize : min(page*pageSize, len(rows))]
	head := ui.Head{Title: title, Crumbs: crumbs(h.Case, ui.Link{Label: "Lịch sử soạn thảo"}), Meta: meta(h.Case, submissions.Sentence(h.Case, true))}
	pages := ui.Pages{URL: r.URL, Page: page, Size: pageSize, Total: len(rows), Noun: "lần thay đổi", Files: ui.FilesOf(r.URL)}
	return respond.Page(w, r, http.StatusOK, ui.Page{Head: head}, submissions.HistoryPage(shown, unit.Labels(units), pages))
}

// replaced puts beside each former content the one that took its place. Former
// contents come newest first, so that is the one seen last for the same part.
func replaced(h plan.HistoryPage) []submissions.Replaced {
	next := h.Content.Parts()
	rows := make([]submissions.Replaced, 0, len(h.Former))
	for _, f := range h.Former {
		kind, ok := plan.Schema.Of(f.Key)
		if !ok {
			continue
		}
		row := submissions.Replaced{Former: f, Kind: kind, Next: next[f.Key], Title: partTitle(h.Content, f.Key, f.Content)}
		if f.Why == "deleted" {
			row.Next = nil
		}
		rows = append(rows, row)
		next[f.Key] = f.Content
	}
	return rows
}

// partTitle names a part; then is its content of the time, for one that is gone.
func partTitle(c plan.Content, key string, then submission.Content) string {
	if key == plan.ReferenceKey {
		return "Thông tin văn bản"
	}
	if no, ok := strings.CutPrefix(key, "task/"); ok {
		if n, err := strconv.Atoi(no); err == nil {
			if s, ok := c.Section(n); ok {
				return planshow.TaskName(s) + " (phạm vi)"
			}
		}
	}
	for _, a := range c.Activities() {
		if a.Key() == key {
			return "Hoạt động " + a.Name()
		}
	}
	if then["code"] != "" {
		return "Hoạt động " + then["code"] + ". " + then["title"]
	}
	return "mục đã xóa"
}
