package reviews

import (
	"context"
	"net/http"
	"strconv"
	"time"

	"danvan/internal/actor"
	"danvan/internal/post"
	"danvan/internal/review"
	"danvan/internal/submission"
	"danvan/internal/viet"
	"danvan/web/current"
	"danvan/web/form"
	"danvan/web/paths"
	"danvan/web/respond"
	"danvan/web/show/submissions"
	"danvan/web/ui"
)

// Step is a decision about what is in force that asks for a reason on a page of
// its own.
type Step struct {
	Action submission.Action
	Path   func(review string) string
	Title  string
	Says   func(m Matter, c submission.Case) string // what will happen
	Button string
	Label  string // of the reason
	Done   string
	do     func(s *review.Service) func(ctx context.Context, act actor.Actor, now time.Time, once post.Once, ref submission.Ref, reason string) error
}

// The decisions on what is in force.
var (
	Reopen = Step{
		Action: submission.Reopen, Path: paths.Reopen, Title: "Mở lại để sửa",
		Says: func(_ Matter, c submission.Case) string {
			return c.UnitShort + " sửa được " + c.Kind.Noun() + " và gửi lại. Lần gửi " + forceNo(c) + " vẫn có hiệu lực, vẫn được tính cho đến khi lần gửi mới được tiếp nhận."
		},
		Button: "Mở lại để sửa", Label: "Lý do mở lại", Done: "Đã mở lại để đơn vị sửa",
		do: func(s *review.Service) func(context.Context, actor.Actor, time.Time, post.Once, submission.Ref, string) error {
			return s.Reopen
		},
	}
	RefuseReopen = Step{
		Action: submission.RefuseReopen, Path: paths.RefuseReopen, Title: "Từ chối đề nghị mở lại",
		Says: func(_ Matter, c submission.Case) string {
			return viet.UpperFirst(c.Kind.Noun()) + " giữ nguyên là đã tiếp nhận; " + c.UnitShort + " đọc được lý do."
		},
		Button: "Từ chối đề nghị", Label: "Lý do từ chối", Done: "Đã từ chối đề nghị mở lại",
		do: func(s *review.Service) func(context.Context, actor.Actor, time.Time, post.Once, submission.Ref, string) error {
			return s.RefuseReopen
		},
	}
	Withdraw = Step{
		Action: submission.Withdraw, Path: paths.Withdraw, Title: "Rút hiệu lực",
		Says: func(m Matter, c submission.Case) string {
			return "Lần gửi " + forceNo(c) + " của " + c.UnitShort + " ra khỏi mọi số liệu của tỉnh ngay lập tức. " + m.withdrawn
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
		return h.asking(w, r, http.StatusOK, s, c, form.New(nil))
	}
}

// Do carries s out.
func (h Pages) Do(s Step) respond.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		f, ref, err := h.posted(r)
		if err != nil {
			return err
		}
		err = s.do(h.service())(r.Context(), current.Actor(r), current.Now(r), f.Once(), ref, f.Text("reason"))
		if f.Reject(err) {
			c, err := h.load(r)
			if err != nil {
				return err
			}
			return h.asking(w, r, http.StatusUnprocessableEntity, s, c, f)
		}
		if err != nil {
			return err
		}
		current.Say(r, s.Done)
		return respond.To(w, r, submissions.Address(h.Matter.kind, ref))
	}
}

// load returns the case for those who have to do with it as receivers.
func (h Pages) load(r *http.Request) (submission.Case, error) {
	ref, err := h.Matter.refOf(r)
	if err != nil {
		return submission.Case{}, err
	}
	return h.service().Case(r.Context(), current.Actor(r), current.Now(r), ref)
}

func (h Pages) asking(w http.ResponseWriter, r *http.Request, status int, s Step, c submission.Case, f *form.Form) error {
	base := submissions.Address(c.Kind, c.Ref())
	head := ui.Head{Title: s.Title, Crumbs: []ui.Link{{Label: "Tiếp nhận, rà soát", Path: paths.Queue},
		{Label: c.UnitShort, Path: base}, {Label: s.Title}}}
	return respond.Page(w, r, status, ui.Page{Head: head}, ask(asked{Step: s, Says: s.Says(h.Matter, c), Case: c, Base: base}, f))
}

// asked is a step about one submission.
type asked struct {
	Step
	Says string
	Case submission.Case
	Base string // address of the submission
}
