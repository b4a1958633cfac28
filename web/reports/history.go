package reports

import (
	"net/http"
	"regexp"
	"strconv"
	"strings"

	"danvan/internal/fault"
	"danvan/internal/report"
	"danvan/internal/submission"
	"danvan/internal/viet"
	"danvan/web/current"
	"danvan/web/respond"
	"danvan/web/show/submissions"
	"danvan/web/ui"
)

var partKeys = regexp.MustCompile(`^(doc|overall|next|(task|proposal|exemplar|file)(/[0-9]{1,18})?|figure(/T[0-9]{1,2}\.[0-9]{1,3})?)$`)

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
	h, err := p.Reports.History(r.Context(), current.Actor(r), current.Now(r), ref, prefix)
	if err != nil {
		return err
	}
	rows := replaced(h)
	title := "Lịch sử soạn thảo"
	if prefix != "" {
		title += ": " + partTitle(h.Content, prefix)
	}
	if f, asked := respond.TableFormat(r.URL.Query()); asked {
		return respond.Table(w, r, submissions.HistoryTable(title, viet.UpperFirst(h.Case.What())+", "+h.Case.UnitName, rows, nil, current.Now(r)), f)
	}
	return respond.Page(w, r, http.StatusOK, ui.Page{Head: head(h.Case, title, ui.Link{Label: "Lịch sử soạn thảo"})}, submissions.HistoryPage(r.URL, rows, nil))
}

func replaced(h report.HistoryPage) []submissions.Replaced {
	return submissions.Succession(report.Schema, h.Former, h.Content.Parts(), func(f submission.Former) string {
		return partTitle(h.Content, f.Key)
	})
}

// partTitle names a part, also one that is gone: numbers are never given again.
func partTitle(c report.Content, key string) string {
	prefix, rest, _ := strings.Cut(key, "/")
	no, _ := strconv.Atoi(rest) // figures have codes
	switch prefix {
	case "task":
		if s, ok := c.Section(no); ok {
			return s.Name()
		}
	case "figure":
		if r, ok := c.Rows[rest]; ok {
			return r.Title()
		}
		return "Số liệu " + rest
	case proposalPrefix:
		return report.Proposal{No: no}.Title()
	case exemplarPrefix:
		if x, ok := c.Exemplar(no); ok {
			return x.Title()
		}
		return report.Exemplar{No: no}.Title()
	case submission.ReferenceKey:
		return "Thông tin văn bản"
	}
	kind, _ := report.Schema.Of(key)
	return kind.Label
}
