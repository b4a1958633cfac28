// Package steps serves the pages on which a unit confirms a step of the workflow:
// hand to the leader, take back, sign off, recall, amend, discard. One page and one
// post each, at the same address, the same for every kind of submission.
package steps

import (
	"context"
	"net/http"
	"strconv"
	"time"

	"danvan/internal/actor"
	"danvan/internal/evidence"
	"danvan/internal/post"
	"danvan/internal/submission"
	"danvan/internal/unit"
	"danvan/internal/viet"
	"danvan/web/current"
	"danvan/web/form"
	"danvan/web/paths"
	"danvan/web/respond"
	"danvan/web/ui"

	"github.com/a-h/templ"
)

// Pages serves the steps of one kind of submission.
type Pages struct {
	Desk   *submission.Desk
	Files  *evidence.Store
	Matter Matter
}

// Step is one step that needs no more than a confirmation, or a reason.
type Step struct {
	Action submission.Action
	Path   func(base string) string
	Title  string
	Says   func(c submission.Case) string // what will happen
	Button string
	Reason string // label of the reason asked for, "" = none
	Hint   string
	Done   string
	do     func(ctx context.Context, d *submission.Desk, act actor.Actor, now time.Time, once post.Once, ref submission.Ref, reason string) error
}

// The steps of a unit, in the words of an official.
var (
	Send = Step{
		Action: submission.Send, Path: paths.Send, Title: "Trình lãnh đạo duyệt",
		Says: func(c submission.Case) string {
			return "Lãnh đạo " + c.UnitShort + " nhận " + c.Kind.Noun() + " để duyệt, gửi. Trong lúc chờ, nội dung được khóa; bạn rút lại được bất cứ lúc nào trước khi lãnh đạo duyệt."
		},
		Button: "Trình lãnh đạo duyệt", Done: "Đã trình lãnh đạo duyệt",
		do: func(ctx context.Context, d *submission.Desk, act actor.Actor, now time.Time, once post.Once, ref submission.Ref, _ string) error {
			return d.Send(ctx, act, now, once, ref)
		},
	}
	TakeBack = Step{
		Action: submission.TakeBack, Path: paths.TakeBack, Title: "Rút lại để sửa",
		Says: func(c submission.Case) string {
			return viet.UpperFirst(c.Kind.Noun()) + " trở về bản đang soạn để sửa tiếp. Việc rút lại được ghi vào diễn biến, chỉ người của đơn vị thấy."
		},
		Button: "Rút lại", Done: "Đã rút lại",
		do: func(ctx context.Context, d *submission.Desk, act actor.Actor, now time.Time, once post.Once, ref submission.Ref, _ string) error {
			return d.TakeBack(ctx, act, now, once, ref)
		},
	}
	SendBack = Step{
		Action: submission.SendBack, Path: paths.SendBack, Title: "Chuyển lại chuyên viên",
		Says: func(c submission.Case) string {
			return viet.UpperFirst(c.Kind.Noun()) + " trở về chuyên viên để sửa. Lý do chỉ người của đơn vị đọc được."
		},
		Button: "Chuyển lại", Reason: "Lý do chuyển lại", Hint: "Ít nhất 10 ký tự: cần sửa gì, ở mục nào.", Done: "Đã chuyển lại chuyên viên",
		do: func(ctx context.Context, d *submission.Desk, act actor.Actor, now time.Time, once post.Once, ref submission.Ref, reason string) error {
			return d.SendBack(ctx, act, now, once, ref, reason)
		},
	}
	Recall = Step{
		Action: submission.Recall, Path: paths.Recall, Title: "Thu hồi lần gửi",
		Says: func(c submission.Case) string {
			return "Lần gửi " + lastNo(c) + " không còn chờ " + c.Receives + " tiếp nhận; nội dung trở về bản đang soạn. Lần gửi vẫn lưu trong lịch sử và không được tính là đã gửi."
		},
		Button: "Thu hồi", Done: "Đã thu hồi lần gửi",
		do: func(ctx context.Context, d *submission.Desk, act actor.Actor, now time.Time, once post.Once, ref submission.Ref, _ string) error {
			return d.Recall(ctx, act, now, once, ref)
		},
	}
	RequestReopen = Step{
		Action: submission.RequestReopen, Path: paths.RequestReopen, Title: "Đề nghị mở lại",
		Says: func(c submission.Case) string {
			return c.Receives + " xem đề nghị và trả lời. Trong lúc chờ, bản đang có hiệu lực vẫn được tính."
		},
		Button: "Gửi đề nghị mở lại", Reason: "Lý do đề nghị mở lại", Hint: "Ít nhất 10 ký tự: mục cần sửa, nội dung cũ, nội dung mới.", Done: "Đã gửi đề nghị mở lại",
		do: func(ctx context.Context, d *submission.Desk, act actor.Actor, now time.Time, once post.Once, ref submission.Ref, reason string) error {
			return d.RequestReopen(ctx, act, now, once, ref, reason)
		},
	}
	Amend = Step{
		Action: submission.Amend, Path: paths.Amend, Title: "Sửa đổi, bổ sung",
		Says: func(c submission.Case) string {
			return "Mở bản đang soạn từ lần gửi " + forceNo(c) + ". Lần gửi này vẫn có hiệu lực cho đến khi bản sửa đổi được tiếp nhận."
		},
		Button: "Bắt đầu sửa đổi, bổ sung", Done: "Đã mở bản đang soạn để sửa đổi, bổ sung",
		do: func(ctx context.Context, d *submission.Desk, act actor.Actor, now time.Time, once post.Once, ref submission.Ref, _ string) error {
			return d.Amend(ctx, act, now, once, ref)
		},
	}
	Discard = Step{
		Action: submission.Discard, Path: paths.Discard, Title: "Bỏ sửa đổi",
		Says: func(c submission.Case) string {
			return "Nội dung trở về đúng lần gửi " + forceNo(c) + " đang có hiệu lực. Những gì đã sửa vẫn xem lại được trong lịch sử, các góp ý còn mở được đóng."
		},
		Button: "Bỏ sửa đổi", Done: "Đã bỏ sửa đổi, trở về bản đang có hiệu lực",
		do: func(ctx context.Context, d *submission.Desk, act actor.Actor, now time.Time, once post.Once, ref submission.Ref, _ string) error {
			return d.Discard(ctx, act, now, once, ref)
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
		m, err := h.load(r)
		if err != nil {
			return err
		}
		if err := submission.Decide(current.Actor(r), s.Action, m.Case, current.Now(r)).Err(); err != nil {
			return m.refuse(w, r, err)
		}
		return m.page(w, r, http.StatusOK, s.Title, ask(s, m, form.New(nil)))
	}
}

// Do carries s out.
func (h Pages) Do(s Step) respond.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		f, err := form.Parse(r, maxBody)
		if err != nil {
			return err
		}
		ref, err := h.Matter.refOf(r)
		if err != nil {
			return err
		}
		reason := ""
		if s.Reason != "" {
			reason = f.Text("reason")
		}
		err = s.do(r.Context(), h.Desk, current.Actor(r), current.Now(r), f.Once(), ref, reason)
		if f.Reject(err) {
			m, err := h.load(r)
			if err != nil {
				return err
			}
			return m.page(w, r, http.StatusUnprocessableEntity, s.Title, ask(s, m, f))
		}
		if err != nil {
			return err
		}
		current.Say(r, s.Done)
		return respond.To(w, r, h.Matter.base(ref))
	}
}

// maxBody bounds what a step may post.
const maxBody = 1 << 18

// moment is a submission at the moment of a step.
type moment struct {
	Matter
	Case   submission.Case
	Weight submission.Weight // nothing for who may not see the working copy
}

// Base is the address of the submission.
func (m moment) Base() string { return m.base(m.Case.Ref()) }

// load returns the submission of the address, weighed for those who may see its
// working copy. Nobody else has steps: the policy refuses them with the reason.
func (h Pages) load(r *http.Request) (moment, error) {
	ref, err := h.Matter.refOf(r)
	if err != nil {
		return moment{}, err
	}
	m := moment{Matter: h.Matter}
	if m.Case, err = h.Desk.Case(r.Context(), current.Actor(r), current.Now(r), ref); err != nil {
		return m, err
	}
	if submission.See(current.Actor(r), m.Case).Working {
		m.Weight, err = h.Desk.Weigh(r.Context(), current.Now(r), &m.Case)
	}
	return m, err
}

// refuse explains why a step is not possible now and leads back to what it is
// about: the remedy mostly lies there.
func (m moment) refuse(w http.ResponseWriter, r *http.Request, err error) error {
	respond.ErrorWith(w, r, err, back(m))
	return nil
}

func (m moment) page(w http.ResponseWriter, r *http.Request, status int, title string, body templ.Component) error {
	crumbs := append(m.crumbs(m.Case), ui.Link{Label: unit.Called(m.Case.UnitName), Path: m.Base()}, ui.Link{Label: title})
	return respond.Page(w, r, status, ui.Page{Head: ui.Head{Title: title, Crumbs: crumbs}}, body)
}
