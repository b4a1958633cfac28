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
	"danvan/web/respond"
	planshow "danvan/web/show/plans"
	"danvan/web/show/submissions"
	"danvan/web/ui"
)

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
	head := ui.Head{Title: title, Crumbs: crumbs(h.Case, ui.Link{Label: "Lịch sử soạn thảo"}), Meta: meta(h.Case, submissions.Sentence(h.Case, true))}
	return respond.Page(w, r, http.StatusOK, ui.Page{Head: head}, submissions.HistoryPage(r.URL, rows, unit.Labels(units)))
}

func replaced(h plan.HistoryPage) []submissions.Replaced {
	return submissions.Succession(plan.Schema, h.Former, h.Content.Parts(), func(f submission.Former) string {
		return partTitle(h.Content, f.Key, f.Content)
	})
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
