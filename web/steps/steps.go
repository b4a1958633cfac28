// Package steps serves the pages on which a unit confirms a step of its plan's
// workflow: hand to the leader, take back, sign off, recall, amend, discard. One
// page and one post each, at the same address.
package steps

import (
	"context"
	"net/http"
	"strconv"
	"time"

	"github.com/go-chi/chi/v5"

	"danvan/internal/actor"
	"danvan/internal/evidence"
	"danvan/internal/fault"
	"danvan/internal/plan"
	"danvan/internal/post"
	"danvan/internal/submission"
	"danvan/web/current"
	"danvan/web/form"
	"danvan/web/paths"
	"danvan/web/respond"
	"danvan/web/ui"
)

// Pages serves the steps.
type Pages struct {
	Plans *plan.Service
	Files *evidence.Store
}

// Step is one step that needs no more than a confirmation, or a reason.
type Step struct {
	Action submission.Action
	Path   func(year int, unit string) string
	Title  string
	Says   func(c submission.Case) string // what will happen
	Button string
	Reason string // label of the reason asked for, "" = none
	Hint   string
	Done   string
	do     func(ctx context.Context, s *plan.Service, act actor.Actor, now time.Time, once post.Once, ref submission.Ref, reason string) error
}

// The steps of a unit, in the words of an official.
var (
	Send = Step{
		Action: submission.Send, Path: paths.SendPlan, Title: "Trình lãnh đạo duyệt",
		Says: func(c submission.Case) string {
			return "Lãnh đạo " + c.UnitShort + " nhận kế hoạch để duyệt, gửi. Trong lúc chờ, nội dung được khóa; bạn rút lại được bất cứ lúc nào trước khi lãnh đạo duyệt."
		},
		Button: "Trình lãnh đạo duyệt", Done: "Đã trình lãnh đạo duyệt",
		do: func(ctx context.Context, s *plan.Service, act actor.Actor, now time.Time, once post.Once, ref submission.Ref, _ string) error {
			return s.Send(ctx, act, now, once, ref)
		},
	}
	TakeBack = Step{
		Action: submission.TakeBack, Path: paths.TakePlanBack, Title: "Rút lại để sửa",
		Says: func(submission.Case) string {
			return "Kế hoạch trở về bản đang soạn để sửa tiếp. Việc rút lại được ghi vào diễn biến, chỉ người của đơn vị thấy."
		},
		Button: "Rút lại", Done: "Đã rút lại",
		do: func(ctx context.Context, s *plan.Service, act actor.Actor, now time.Time, once post.Once, ref submission.Ref, _ string) error {
			return s.TakeBack(ctx, act, now, once, ref)
		},
	}
	SendBack = Step{
		Action: submission.SendBack, Path: paths.SendPlanBack, Title: "Chuyển lại chuyên viên",
		Says: func(submission.Case) string {
			return "Kế hoạch trở về chuyên viên để sửa. Lý do chỉ người của đơn vị đọc được."
		},
		Button: "Chuyển lại", Reason: "Lý do chuyển lại", Hint: "Ít nhất 10 ký tự: cần sửa gì, ở mục nào.", Done: "Đã chuyển lại chuyên viên",
		do: func(ctx context.Context, s *plan.Service, act actor.Actor, now time.Time, once post.Once, ref submission.Ref, reason string) error {
			return s.SendBack(ctx, act, now, once, ref, reason)
		},
	}
	Recall = Step{
		Action: submission.Recall, Path: paths.RecallPlan, Title: "Thu hồi lần gửi",
		Says: func(c submission.Case) string {
			return "Lần gửi " + lastNo(c) + " không còn chờ " + c.Receives + " tiếp nhận; nội dung trở về bản đang soạn. Lần gửi vẫn lưu trong lịch sử và không được tính là đã gửi."
		},
		Button: "Thu hồi", Done: "Đã thu hồi lần gửi",
		do: func(ctx context.Context, s *plan.Service, act actor.Actor, now time.Time, once post.Once, ref submission.Ref, _ string) error {
			return s.Recall(ctx, act, now, once, ref)
		},
	}
	RequestReopen = Step{
		Action: submission.RequestReopen, Path: paths.RequestReopenPlan, Title: "Đề nghị mở lại",
		Says: func(c submission.Case) string {
			return c.Receives + " xem đề nghị và trả lời. Trong lúc chờ, bản đang có hiệu lực vẫn được tính."
		},
		Button: "Gửi đề nghị mở lại", Reason: "Lý do đề nghị mở lại", Hint: "Ít nhất 10 ký tự: mục cần sửa, nội dung cũ, nội dung mới.", Done: "Đã gửi đề nghị mở lại",
		do: func(ctx context.Context, s *plan.Service, act actor.Actor, now time.Time, once post.Once, ref submission.Ref, reason string) error {
			return s.RequestReopen(ctx, act, now, once, ref, reason)
		},
	}
	Amend = Step{
		Action: submission.Amend, Path: paths.AmendPlan, Title: "Sửa đổi, bổ sung kế hoạch",
		Says: func(c submission.Case) string {
			return "Mở bản đang soạn từ lần gửi " + forceNo(c) + ". Lần gửi này vẫn có hiệu lực, tiến độ vẫn ghi theo nó cho đến khi bản sửa đổi được tiếp nhận."
		},
		Button: "Bắt đầu sửa đổi, bổ sung", Done: "Đã mở bản đang soạn để sửa đổi, bổ sung",
		do: func(ctx context.Context, s *plan.Service, act actor.Actor, now time.Time, once post.Once, ref submission.Ref, _ string) error {
			return s.Amend(ctx, act, now, once, ref)
		},
	}
	Discard = Step{
		Action: submission.Discard, Path: paths.DiscardPlan, Title: "Bỏ sửa đổi",
		Says: func(c submission.Case) string {
			return "Nội dung trở về đúng lần gửi " + forceNo(c) + " đang có hiệu lực. Những gì đã sửa vẫn xem lại được trong lịch sử, các góp ý còn mở được đóng."
		},
		Button: "Bỏ sửa đổi", Done: "Đã bỏ sửa đổi, trở về bản đang có hiệu lực",
		do: func(ctx context.Context, s *plan.Service, act actor.Actor, now time.Time, once post.Once, ref submission.Ref, _ string) error {
			return s.Discard(ctx, act, now, once, ref)
		},
	}
)

// All lists the simple steps, for the route table.
var All = []Step{Send, TakeBack, SendBack, Recall, RequestReopen, Amend, Discard}

func lastNo(c submission.Case) string {
	if c.Last == nil {
		return ""
	}
	return strconv.Itoa(c.Last.No)
}

func forceNo(c submission.Case) string {
	if c.InForce == nil {
		return ""
	}
	return strconv.Itoa(c.InForce.No)
}

// Ask serves the page that asks before s is done.
func (h Pages) Ask(s Step) respond.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		c, content, err := h.load(r)
		if err != nil {
			return err
		}
		if err := submission.Decide(current.Actor(r), s.Action, c, current.Now(r)).Err(); err != nil {
			return err
		}
		return h.show(w, r, http.StatusOK, s, c, content, form.New(nil))
	}
}

// Do carries s out.
func (h Pages) Do(s Step) respond.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		f, err := form.Parse(r, maxBody)
		if err != nil {
			return err
		}
		ref, err := refOf(r)
		if err != nil {
			return err
		}
		reason := ""
		if s.Reason != "" {
			reason = f.Text("reason")
		}
		err = s.do(r.Context(), h.Plans, current.Actor(r), current.Now(r), once(f), ref, reason)
		if f.Reject(err) {
			c, content, err := h.load(r)
			if err != nil {
				return err
			}
			return h.show(w, r, http.StatusUnprocessableEntity, s, c, content, f)
		}
		if err != nil {
			return err
		}
		current.Say(r, s.Done)
		return respond.To(w, r, paths.Plan(ref.Year, ref.Unit))
	}
}

func (h Pages) show(w http.ResponseWriter, r *http.Request, status int, s Step, c submission.Case, content plan.Content, f *form.Form) error {
	doubts, err := h.doubts(r, s, c, content)
	if err != nil {
		return err
	}
	return respond.Page(w, r, status, page(s.Title, c), ask(s, c, doubts, f))
}

// doubts are what is asked before handing over, unanswered ones first to see.
func (h Pages) doubts(r *http.Request, s Step, c submission.Case, content plan.Content) ([]submission.Doubt, error) {
	if s.Action != submission.Send {
		return nil, nil
	}
	return h.Plans.Doubts(r.Context(), c, content)
}

// maxBody bounds what a step may post.
const maxBody = 1 << 18

func once(f *form.Form) post.Once { return post.Once{Key: f.Key(), Body: f.Sum()} }

func refOf(r *http.Request) (submission.Ref, error) {
	year, err := strconv.Atoi(chi.URLParam(r, "year"))
	if err != nil {
		return submission.Ref{}, fault.NotFound
	}
	return plan.Ref(year, chi.URLParam(r, "unit")), nil
}

// load returns the weighed case of the address. Only the unit itself has steps.
func (h Pages) load(r *http.Request) (submission.Case, plan.Content, error) {
	ref, err := refOf(r)
	if err != nil {
		return submission.Case{}, plan.Content{}, err
	}
	c, err := h.Plans.Case(r.Context(), current.Actor(r), current.Now(r), ref)
	if err != nil {
		return c, plan.Content{}, err
	}
	content, err := h.Plans.Working(r.Context(), current.Now(r), c)
	plan.Weigh(&c, content)
	return c, content, err
}

func page(title string, c submission.Case) ui.Page {
	return ui.Page{Head: ui.Head{Title: title, Crumbs: []ui.Link{
		{Label: "Năm " + strconv.Itoa(c.Year), Path: paths.Overview(c.Year)},
		{Label: "Kế hoạch", Path: paths.Plans(c.Year)},
		{Label: c.UnitName, Path: paths.Plan(c.Year, c.UnitSlug)},
		{Label: title},
	}}}
}
