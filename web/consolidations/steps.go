package consolidations

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"time"

	"danvan/internal/actor"
	"danvan/internal/consolidation"
	"danvan/internal/fault"
	"danvan/internal/post"
	"danvan/internal/viet"
	"danvan/web/current"
	"danvan/web/form"
	"danvan/web/paths"
	"danvan/web/respond"
	"danvan/web/ui"
)

// Step is one step that needs no more than a confirmation, or a reason.
type Step struct {
	Action consolidation.Action
	Path   func(base string) string
	Title  string
	Says   func(c consolidation.Case) string // what will happen
	Button string
	Reason string // label of the reason asked for, "" = none
	Hint   string
	Done   string
	do     func(ctx context.Context, s *consolidation.Service, act actor.Actor, now time.Time, once post.Once, ref consolidation.Ref, typed typed) error
}

// The steps of a consolidation, in the words of an official.
var (
	Begin = Step{
		Action: consolidation.Begin, Path: paths.Begin, Title: "Bắt đầu tổng hợp",
		Says: func(c consolidation.Case) string {
			return "Hệ thống dựng bản nháp đầu tiên từ các báo cáo đã được tiếp nhận: câu chữ có số liệu tự cập nhật và các đoạn của đơn vị, kèm nguồn. Báo cáo được tiếp nhận sau đó vẫn tính vào số liệu."
		},
		Button: "Bắt đầu tổng hợp", Done: "Đã dựng bản nháp đầu tiên",
		do: func(ctx context.Context, s *consolidation.Service, act actor.Actor, now time.Time, once post.Once, ref consolidation.Ref, _ typed) error {
			return s.Begin(ctx, act, now, once, ref)
		},
	}
	Proceed = Step{
		Action: consolidation.Proceed, Path: paths.Proceed, Title: "Tổng hợp khi còn thiếu báo cáo",
		Says: func(c consolidation.Case) string {
			return "Lý do được ghi vào hồ sơ cùng tên các đơn vị còn thiếu và người quyết định. Đơn vị nào thiếu thêm sau này thì phải nêu lý do lại."
		},
		Button: "Ghi lý do, tiếp tục", Reason: "Lý do tổng hợp khi còn thiếu", Hint: "Ít nhất 10 ký tự. Ví dụ: hạn báo cáo cấp trên là ngày 10/12, các đơn vị đã được đôn đốc hai lần.",
		Done: "Đã ghi lý do tổng hợp khi còn thiếu báo cáo",
		do: func(ctx context.Context, s *consolidation.Service, act actor.Actor, now time.Time, once post.Once, ref consolidation.Ref, t typed) error {
			return s.Proceed(ctx, act, now, once, ref, t.reason)
		},
	}
	Finalise = Step{
		Action: consolidation.Finalise, Path: paths.Finalise, Title: "Chốt, trình lãnh đạo duyệt",
		Says: func(c consolidation.Case) string {
			return "Số liệu và nội dung được chốt như lúc này, có mã kiểm tra riêng; lãnh đạo " + c.UnitShort + " duyệt đúng bản đã chốt. Trong lúc chờ, nội dung được khóa; bạn rút lại được bất cứ lúc nào trước khi lãnh đạo duyệt."
		},
		Button: "Chốt, trình lãnh đạo duyệt", Done: "Đã chốt và trình lãnh đạo duyệt",
		do: func(ctx context.Context, s *consolidation.Service, act actor.Actor, now time.Time, once post.Once, ref consolidation.Ref, t typed) error {
			return s.Finalise(ctx, act, now, once, ref, t.read)
		},
	}
	TakeBack = Step{
		Action: consolidation.TakeBack, Path: paths.TakeBack, Title: "Rút lại để sửa",
		Says: func(c consolidation.Case) string {
			return viet.UpperFirst(c.What()) + " trở về bản nháp để sửa tiếp; số liệu lại cập nhật theo báo cáo được tiếp nhận. Bản đã chốt vẫn lưu trong diễn biến."
		},
		Button: "Rút lại", Done: "Đã rút lại",
		do: func(ctx context.Context, s *consolidation.Service, act actor.Actor, now time.Time, once post.Once, ref consolidation.Ref, _ typed) error {
			return s.TakeBack(ctx, act, now, once, ref)
		},
	}
	SendBack = Step{
		Action: consolidation.SendBack, Path: paths.SendBack, Title: "Chuyển lại chuyên viên tổng hợp",
		Says: func(c consolidation.Case) string {
			return viet.UpperFirst(c.What()) + " trở về bản nháp để chuyên viên tổng hợp sửa theo ý kiến của bạn."
		},
		Button: "Chuyển lại", Reason: "Lý do chuyển lại", Hint: "Ít nhất 10 ký tự: cần sửa gì, ở phần nào.", Done: "Đã chuyển lại chuyên viên tổng hợp",
		do: func(ctx context.Context, s *consolidation.Service, act actor.Actor, now time.Time, once post.Once, ref consolidation.Ref, t typed) error {
			return s.SendBack(ctx, act, now, once, ref, t.reason)
		},
	}
	BackToDraft = Step{
		Action: consolidation.BackToDraft, Path: paths.BackToDraft, Title: "Đưa về nháp",
		Says: func(c consolidation.Case) string {
			return "Bản lãnh đạo đã duyệt không được phát hành; nội dung mở ra để sửa và phải chốt, trình duyệt lại. Bản đã duyệt vẫn lưu trong diễn biến."
		},
		Button: "Đưa về nháp", Reason: "Lý do đưa về nháp", Hint: "Ít nhất 10 ký tự. Ví dụ: UBND huyện Vị Thủy gửi bổ sung số liệu sau khi chốt.", Done: "Đã đưa về nháp",
		do: func(ctx context.Context, s *consolidation.Service, act actor.Actor, now time.Time, once post.Once, ref consolidation.Ref, t typed) error {
			return s.BackToDraft(ctx, act, now, once, ref, t.reason)
		},
	}
	Replace = Step{
		Action: consolidation.Replace, Path: paths.Replace, Title: "Soạn bản thay thế",
		Says: func(c consolidation.Case) string {
			return "Mở bản nháp của lần phát hành sau từ nội dung đã phát hành. Bản đã phát hành giữ nguyên hiệu lực; khi bản thay thế được phát hành, hai bản được nối với nhau."
		},
		Button: "Soạn bản thay thế", Reason: "Lý do thay thế", Hint: "Ít nhất 10 ký tự: sai sót hoặc thay đổi nào khiến phải phát hành lại.", Done: "Đã mở bản nháp để thay thế",
		do: func(ctx context.Context, s *consolidation.Service, act actor.Actor, now time.Time, once post.Once, ref consolidation.Ref, t typed) error {
			return s.Replace(ctx, act, now, once, ref, t.reason)
		},
	}
	Discard = Step{
		Action: consolidation.Discard, Path: paths.Discard, Title: "Bỏ bản thay thế",
		Says: func(c consolidation.Case) string {
			return "Nội dung trở về đúng như bản đã phát hành; bản đã phát hành giữ nguyên hiệu lực. Những gì đã soạn cho bản thay thế vẫn lưu trong lịch sử nội dung."
		},
		Button: "Bỏ bản thay thế", Done: "Đã bỏ bản thay thế",
		do: func(ctx context.Context, s *consolidation.Service, act actor.Actor, now time.Time, once post.Once, ref consolidation.Ref, _ typed) error {
			return s.Discard(ctx, act, now, once, ref)
		},
	}
)

// Steps lists them, for the route table.
var Steps = []Step{Begin, Proceed, Finalise, TakeBack, SendBack, BackToDraft, Replace, Discard}

// typed is what the page of a step asks for.
type typed struct {
	reason string
	read   int // revision of the consolidation the page showed
}

const reasonField = "reason"

// maxBody bounds what a step may post.
const maxBody = 1 << 18

// Ask serves the page that asks before s is done.
func (p Pages) Ask(s Step) respond.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		m, err := p.moment(r, s.Action)
		if err == nil {
			err = consolidation.Decide(current.Actor(r), s.Action, m.Case, current.Now(r)).Err()
		}
		if err != nil {
			return err
		}
		return m.ask(w, r, http.StatusOK, s, form.New(nil).AtSubmission(int64(m.Case.Revision)))
	}
}

func (m moment) ask(w http.ResponseWriter, r *http.Request, status int, s Step, f *form.Form) error {
	page := ui.Page{Head: head(m.Case, s.Title, "", ui.Link{Label: s.Title})}
	return respond.Page(w, r, status, page, asking(s, m, f))
}

// Do carries s out.
func (p Pages) Do(s Step) respond.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		f, err := form.Parse(r, maxBody)
		if err != nil {
			return err
		}
		ref, err := refOf(r)
		if err != nil {
			return err
		}
		t := typed{read: int(f.Submission())}
		if s.Reason != "" {
			t.reason = f.Text(reasonField)
		}
		err = s.do(r.Context(), p.Consolidations, current.Actor(r), current.Now(r), f.Once(), ref, t)
		if f.Reject(err) {
			return p.again(w, r, http.StatusUnprocessableEntity, s, f)
		}
		if errors.Is(err, fault.Conflict) {
			f.Fail("", "Báo cáo tổng hợp vừa được người khác thay đổi khi bạn đang mở trang này. Xem lại rồi bấm lần nữa")
			return p.again(w, r, http.StatusConflict, s, f.Renew())
		}
		if err != nil {
			return err
		}
		current.Say(r, s.Done)
		return respond.To(w, r, baseOf(ref))
	}
}

// again asks once more, with what was typed.
func (p Pages) again(w http.ResponseWriter, r *http.Request, status int, s Step, f *form.Form) error {
	m, err := p.moment(r, s.Action)
	if err == nil {
		err = consolidation.Decide(current.Actor(r), s.Action, m.Case, current.Now(r)).Err()
	}
	if err != nil {
		return err
	}
	return m.ask(w, r, status, s, f.AtSubmission(int64(m.Case.Revision)))
}

// moment is a consolidation at the moment of a step.
type moment struct {
	Case   consolidation.Case
	ground consolidation.Ground // nothing for who may not see the working copy
}

func (m moment) base() string { return baseOf(m.Case.Ref()) }

// moment reads what the page of a step tells.
func (p Pages) moment(r *http.Request, action consolidation.Action) (moment, error) {
	ref, err := refOf(r)
	if err != nil {
		return moment{}, err
	}
	ctx, act, now := r.Context(), current.Actor(r), current.Now(r)
	if action == consolidation.Proceed || action == consolidation.Finalise { // who is missing, what cannot be printed
		page, err := p.Consolidations.Standing(ctx, act, now, ref)
		return moment{Case: page.Case, ground: page.Ground}, err
	}
	c, err := p.Consolidations.Case(ctx, act, now, ref)
	return moment{Case: c}, err
}

// missing names the units without a report in force.
func (m moment) missing() string {
	var names []string
	for _, slug := range m.Case.Missing {
		names = append(names, shortOf(m.ground, slug))
	}
	return strings.Join(names, ", ")
}
