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
	"danvan/web/paths"
	"danvan/web/respond"
	"danvan/web/show/submissions"
	"danvan/web/ui"
)

// pageSize is how many former contents one page of the history shows.
const pageSize = 30

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
	page, err := strconv.Atoi(r.URL.Query().Get(paths.PageParam))
	if err != nil || page < 1 || (page-1)*pageSize >= len(rows) {
		page = 1
	}
	shown := rows[(page-1)*pageSize : min(page*pageSize, len(rows))]
	pages := ui.Pages{URL: r.URL, Page: page, Size: pageSize, Total: len(rows), Noun: "lần thay đổi", Files: ui.FilesOf(r.URL)}
	return respond.Page(w, r, http.StatusOK, ui.Page{Head: head(h.Case, title, ui.Link{Label: "Lịch sử soạn thảo"})}, submissions.HistoryPage(shown, nil, pages))
}

// replaced puts beside each former content the one that took its place. Former
// contents come newest first, so that is the one seen last for the same part.
func replaced(h report.HistoryPage) []submissions.Replaced {
	following := h.Content.Parts()
	rows := make([]submissions.Replaced, 0, len(h.Former))
	for _, f := range h.Former {
		kind, ok := report.Schema.Of(f.Key)
		if !ok {
			continue
		}
		row := submissions.Replaced{Former: f, Kind: kind, Next: following[f.Key], Title: partTitle(h.Content, f.Key)}
		if f.Why == "deleted" {
			row.Next = nil
		}
		rows = append(rows, row)
		following[f.Key] = f.Content
	}
	return rows
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
