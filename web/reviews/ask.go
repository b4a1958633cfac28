package reviews

import (
	"context"
	"net/http"
	"strconv"
	"time"

	"danvan/internal/actor"
	"danvan/internal/fault"
	"danvan/internal/post"
	"danvan/internal/review"
	"danvan/internal/submission"
	"danvan/web/current"
	"danvan/web/form"
	"danvan/web/paths"
	"danvan/web/respond"
	"danvan/web/ui"
)

// Step is a decision about a plan in force that asks for a reason on a page of
// its own.
type Step struct {
	Action submission.Action
	Path   func(year int, unit string) string
	Title  string
	Says   func(c submission.Case) string // what will happen
	Button string
	Label  string // of the reason
	Done   string
	do     func(s *review.Service) func(ctx context.Context, act actor.Actor, now time.Time, once post.Once, ref submission.Ref, reason string) error
}

// The decisions on what is in force.
var (
	Reopen = Step{
		Action: submission.Reopen, Path: paths.ReopenPlan, Title: "Mở lại để sửa",
		Says: func(c submission.Case) string {
			return c.UnitShort + " sửa được kế hoạch và gửi lại. Lần gửi " + forceNo(c) + " vẫn có hiệu lực, vẫn được tính cho đến khi lần gửi mới được tiếp nhận."
		},
		Button: "Mở lại để sửa", Label: "Lý do mở lại", Done: "Đã mở lại kế hoạch để đơn vị sửa",
		do: func(s *review.Service) func(context.Context, actor.Actor, time.Time, post.Once, submission.Ref, string) error {
			return s.Reopen
		},
	}
	RefuseReopen = Step{
		Action: submission.RefuseReopen, Path: paths.RefuseReopenPlan, Title: "Từ chối đề nghị mở lại",
		Says: func(c submission.Case) string {
			return "Kế hoạch giữ nguyên là đã tiếp nhận; " + c.UnitShort + " đọc được lý do."
		},
		Button: "Từ chối đề nghị", Label: "Lý do từ chối", Done: "Đã từ chối đề nghị mở lại",
		do: func(s *review.Service) func(context.Context, actor.Actor, time.Time, post.Once, submission.Ref, string) error {
			return s.RefuseReopen
		},
	}
	Withdraw = Step{
		Action: submission.Withdraw, Path: paths.WithdrawPlan, Title: "Rút hiệu lực",
		Says: func(c submission.Case) string {
			return "Lần gửi " + forceNo(c) + " của " + c.UnitShort + " ra khỏi mọi số liệu của tỉnh ngay lập tức. Tiến độ đã ghi vẫn lưu và được tính lại khi có lần gửi mới được tiếp nhận."
		},
		Button: "Rút hiệu lực", Label: "Lý do rút hiệu lực", Done: "Đã rút hiệu lực",
		do: func(s *review.Service) func(context.Context, actor.Actor, time.Time, post.Once, submission.Ref, string) error {
			return s.Withdraw
		},
	}
)

func forceNo(c submission.Case) string {
	if c.InForce == nil {
		return ""
	}
	return strconv.Itoa(c.InForce.No)
}

// Ask serves the page that asks before s is done.
func (h Pages) Ask(s Step) respond.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		c, err := h.load(r)
		if err != nil {
			return err
		}
		if err := submission.Decide(current.Actor(r), s.Action, c, current.Now(r)).Err(); err != nil {
			return err
		}
		return respond.Page(w, r, http.StatusOK, stepPage(s, c), ask(s, c, form.New(nil)))
	}
}

// Do carries s out.
func (h Pages) Do(s Step) respond.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		f, ref, err := h.posted(r)
		if err != nil {
			return err
		}
		err = s.do(h.Reviews)(r.Context(), current.Actor(r), current.Now(r), once(f), ref, f.Text("reason"))
		if f.Reject(err) {
			c, err := h.load(r)
			if err != nil {
				return err
			}
			return respond.Page(w, r, http.StatusUnprocessableEntity, stepPage(s, c), ask(s, c, f))
		}
		if err != nil {
			return err
		}
		current.Say(r, s.Done)
		return respond.To(w, r, paths.Plan(ref.Year, ref.Unit))
	}
}

// load returns the case for those who have to do with it as receivers.
func (h Pages) load(r *http.Request) (submission.Case, error) {
	ref, err := refOf(r)
	if err != nil {
		return submission.Case{}, err
	}
	act := current.Actor(r)
	c, err := h.Plans.Case(r.Context(), act, current.Now(r), ref)
	if err == nil && !act.Is(c.Receiver, review.Roles...) && !act.Is(c.Lead, review.Roles...) {
		err = fault.NotFound
	}
	return c, err
}

func stepPage(s Step, c submission.Case) ui.Page {
	return ui.Page{Head: ui.Head{Title: s.Title, Crumbs: []ui.Link{
		{Label: "Tiếp nhận, rà soát", Path: paths.Queue},
		{Label: c.UnitName, Path: paths.Plan(c.Year, c.UnitSlug)}, {Label: s.Title}}}}
}
