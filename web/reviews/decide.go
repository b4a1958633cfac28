package reviews

import (
	"errors"
	"net/http"
	"strconv"

	"danvan/internal/fault"
	"danvan/internal/submission"
	"danvan/web/current"
	"danvan/web/form"
	"danvan/web/paths"
	"danvan/web/respond"
)

// Accept (tiếp nhận) takes the version that was read, and says so.
func (h Pages) Accept(w http.ResponseWriter, r *http.Request) error {
	f, ref, err := h.posted(r)
	if err != nil {
		return err
	}
	number, _ := f.Whole("version")
	if !f.Flag("read") {
		f.Fail("read", "Xác nhận đã đọc lần gửi này trước khi tiếp nhận")
		return h.again(w, r, http.StatusUnprocessableEntity, f)
	}
	onward, err := h.onward(r)
	if err != nil {
		return err
	}
	err = h.service().Accept(r.Context(), current.Actor(r), current.Now(r), f.Once(), ref, int(number))
	if err != nil {
		return h.refused(w, r, f, err)
	}
	return onward.on(w, r, "Đã tiếp nhận", int(number))
}

// Return (trả lại) sends it back with the reason and the drafted remarks.
func (h Pages) Return(w http.ResponseWriter, r *http.Request) error {
	f, ref, err := h.posted(r)
	if err != nil {
		return err
	}
	number, _ := f.Whole("version")
	onward, err := h.onward(r)
	if err != nil {
		return err
	}
	err = h.service().Return(r.Context(), current.Actor(r), current.Now(r), f.Once(), ref, int(number), f.Text("reason"))
	if err != nil {
		return h.refused(w, r, f, err)
	}
	return onward.on(w, r, "Đã trả lại, kèm góp ý,", int(number))
}

// refused shows the page again with what was typed when the decision can be
// mended there.
func (h Pages) refused(w http.ResponseWriter, r *http.Request, f *form.Form, err error) error {
	switch {
	case f.Reject(err):
		return h.again(w, r, http.StatusUnprocessableEntity, f)
	case errors.Is(err, fault.Conflict):
		f.Fail("", "Đơn vị đã gửi lần mới hoặc hồ sơ đã được quyết định khi bạn đang mở trang. Đọc lại nội dung dưới đây rồi quyết định.")
		return h.again(w, r, http.StatusConflict, f.Renew())
	}
	return err
}

func (h Pages) again(w http.ResponseWriter, r *http.Request, status int, f *form.Form) error {
	v, err := h.read(r)
	if err != nil {
		return err
	}
	v.Decide = f
	return h.page(w, r, status, v)
}

// Remark (ghi góp ý) drafts a remark on a field, a part or the whole.
func (h Pages) Remark(w http.ResponseWriter, r *http.Request) error {
	f, ref, err := h.posted(r)
	if err != nil {
		return err
	}
	part := f.Line("part")
	number, _ := f.Whole("version")
	err = h.service().Remark(r.Context(), current.Actor(r), current.Now(r), f.Once(), ref, int(number), part, f.Line("field"), f.Text("body"))
	if f.Reject(err) {
		v, err := h.read(r)
		if err != nil {
			return err
		}
		v.Add = f
		return h.page(w, r, http.StatusUnprocessableEntity, v)
	}
	if err != nil {
		return err
	}
	current.Say(r, "Đã ghi góp ý. Đơn vị nhận được khi bạn trả lại hoặc tiếp nhận")
	return respond.To(w, r, h.back(r, ref)+"#"+anchorID(part))
}

// DropRemark removes one's own draft.
func (h Pages) DropRemark(w http.ResponseWriter, r *http.Request) error {
	f, ref, id, err := h.postedOn(r)
	if err != nil {
		return err
	}
	if err := h.service().DropRemark(r.Context(), current.Actor(r), current.Now(r), f.Once(), ref, id); err != nil {
		return err
	}
	current.Say(r, "Đã bỏ góp ý nháp")
	return respond.To(w, r, h.back(r, ref))
}

// ResolveRemark settles a remark of an earlier round, or keeps it open.
func (h Pages) ResolveRemark(w http.ResponseWriter, r *http.Request) error {
	f, ref, id, err := h.postedOn(r)
	if err != nil {
		return err
	}
	resolved := f.Choice("verdict", "ok", "open") == "ok"
	if err := h.service().ResolveRemark(r.Context(), current.Actor(r), current.Now(r), f.Once(), ref, id, resolved); err != nil {
		return err
	}
	return respond.To(w, r, h.back(r, ref)+"#gop-y-"+strconv.FormatInt(id, 10))
}

func (h Pages) posted(r *http.Request) (*form.Form, submission.Ref, error) {
	f, err := form.Parse(r, maxBody)
	if err != nil {
		return nil, submission.Ref{}, err
	}
	ref, err := h.Matter.refOf(r)
	return f, ref, err
}

func (h Pages) postedOn(r *http.Request) (*form.Form, submission.Ref, int64, error) {
	f, ref, err := h.posted(r)
	if err != nil {
		return nil, ref, 0, err
	}
	id, err := paths.ID(r, "id")
	return f, ref, id, err
}
