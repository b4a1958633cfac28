// Package notices serves the messages to the person who is signed in.
package notices

import (
	"net/http"
	"strconv"
	"strings"

	"danvan/internal/database"
	"danvan/internal/notify"
	"danvan/internal/plan"
	"danvan/internal/submission"
	"danvan/web/current"
	"danvan/web/form"
	"danvan/web/paths"
	"danvan/web/respond"
	"danvan/web/show/submissions"
	"danvan/web/ui"
)

// Pages serves the notices.
type Pages struct {
	DB database.DB
}

const size = 50

// List shows the newest notices; reading them is a button, not a side effect.
func (h Pages) List(w http.ResponseWriter, r *http.Request) error {
	format, saving := respond.TableFormat(r.URL.Query())
	page := paths.Page(r.URL.Query())
	limit, offset := size, (page-1)*size
	if saving {
		limit, offset = respond.MostRows, 0
	}
	act := current.Actor(r)
	all, total, err := notify.List(r.Context(), h.DB, act.Person, limit, offset)
	if err != nil {
		return err
	}
	if saving {
		if err := respond.TooMany(total, "thông báo"); err != nil {
			return err
		}
		return respond.Table(w, r, table(all, act.Name, current.Now(r)), format)
	}
	pages := ui.Pages{URL: r.URL, Page: page, Size: size, Total: total, Noun: "thông báo", Files: ui.FilesOf(r.URL)}
	return respond.Page(w, r, http.StatusOK, ui.Page{Head: ui.Head{Title: "Thông báo"}}, list(all, pages, form.New(nil)))
}

// Read marks what is on the page as read.
func (h Pages) Read(w http.ResponseWriter, r *http.Request) error {
	f, err := form.Parse(r, 1<<16)
	if err != nil {
		return err
	}
	if err := notify.MarkRead(r.Context(), h.DB, current.Actor(r).Person, current.Now(r), f.ID("up_to")); err != nil {
		return err
	}
	return respond.To(w, r, paths.Notices)
}

// address is the page a notice is about; "" when there is none to go to.
func address(subject string) string {
	part := strings.Split(subject, "/")
	switch {
	case subject == "queue":
		return paths.Queue
	case len(part) == 3 && part[0] == "period":
		return periodAddress(part[1], part[2])
	case len(part) == 3 && part[0] == "direction":
		return numbered(part[1:], func(n []int) string { return paths.Direction(n[0], n[1]) })
	case len(part) == 5 && part[0] == "proposal":
		return numbered([]string{part[1], part[4]}, func(n []int) string { return paths.LedgerProposal(n[0], part[2], part[3], n[1]) })
	}
	if len(part) != 4 {
		return ""
	}
	year, err := strconv.Atoi(part[1])
	if err != nil {
		return ""
	}
	return submissions.Address(submission.Kind(part[0]), submission.Ref{Year: year, Period: part[2], Unit: part[3]})
}

// numbered is the address that two numbers of a subject make, "" when they are none.
func numbered(words []string, address func(n []int) string) string {
	n := make([]int, len(words))
	for i, word := range words {
		var err error
		if n[i], err = strconv.Atoi(word); err != nil {
			return ""
		}
	}
	return address(n)
}

// periodAddress is the page of a period's deadlines; that of plans is named by
// their own address.
func periodAddress(year, period string) string {
	y, err := strconv.Atoi(year)
	if err != nil {
		return ""
	}
	if period == plan.Period {
		period = ""
	}
	return paths.Deadlines(y, period)
}
