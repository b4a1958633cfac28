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
	all, err := notify.List(r.Context(), h.DB, current.Actor(r).Person, size, 0)
	if err != nil {
		return err
	}
	return respond.Page(w, r, http.StatusOK, ui.Page{Head: ui.Head{Title: "Thông báo"}}, list(all, form.New(nil)))
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
	if len(part) == 3 && part[0] == "period" {
		return periodAddress(part[1], part[2])
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
