package reviews

import (
	"errors"
	"net/http"
	"strconv"

	"danvan/internal/fault"
	"danvan/internal/review"
	"danvan/internal/submission"
	"danvan/web/current"
	"danvan/web/paths"
	"danvan/web/respond"
	"danvan/web/ui"
)

// onward is where a decision leads: to the next submission of the queue it was
// read from, else back to the queue.
type onward struct {
	from   submission.Case
	filter review.Filter
	next   *review.Place
}

// onward finds it before the decision takes the submission out of the queue. Who
// receives nothing of it goes nowhere: the decision will be refused.
func (h Pages) onward(r *http.Request) (onward, error) {
	o := onward{filter: filterOf(r.URL.Query())}
	var err error
	if o.from, err = h.load(r); err != nil {
		if errors.Is(err, fault.NotFound) {
			return o, nil
		}
		return o, err
	}
	o.next, err = h.Reviews.Next(r.Context(), current.Actor(r), current.Now(r), o.filter, o.from.ID)
	return o, err
}

// on leads on, with a notice of what was done to version no.
func (o onward) on(w http.ResponseWriter, r *http.Request, done string, no int) error {
	m := ui.Message{Done: done + " " + o.from.UnitShort + ": " + o.from.What() + ", lần gửi " + strconv.Itoa(no)}
	if o.next == nil {
		current.SayMore(r, m)
		return respond.To(w, r, within(paths.Queue, o.filter))
	}
	m.More = "Đây là hồ sơ tiếp theo."
	m.Link = ui.Link{Label: "Về danh sách chờ", Path: within(paths.Queue, o.filter)}
	current.SayMore(r, m)
	return respond.To(w, r, within(reviewPath(o.next.Waiting), o.filter))
}

// back is the page on which ref is read, within the queue it is read from.
func (h Pages) back(r *http.Request, ref submission.Ref) string {
	return within(h.address(ref), filterOf(r.URL.Query()))
}
