package indicators

import (
	"errors"
	"net/http"
	"slices"

	"danvan/internal/database"
	"danvan/internal/fault"
	"danvan/internal/indicator"
	"danvan/internal/unit"
	"danvan/internal/viet"
	"danvan/web/current"
	"danvan/web/form"
	"danvan/web/respond"
	"danvan/web/ui"
)

// Fields of the forms. What a form was filled from tells what the reader changed.
const (
	kindsField = "kinds"
	unitsField = "units"
	wasField   = "was"
)

// Show is one indicator, and the form that says which kinds of unit answer it.
func (h Pages) Show(w http.ResponseWriter, r *http.Request) error {
	v, err := h.one(r)
	if err != nil {
		return err
	}
	return h.show(w, r, http.StatusOK, v, v.kindsForm())
}

func (h Pages) show(w http.ResponseWriter, r *http.Request, status int, v showing, f *form.Form) error {
	var err error
	if v.Seats, err = indicator.Seats(r.Context(), h.DB, int64(v.Campaign.ID), v.Code, viet.DateOf(v.Now)); err != nil {
		return err
	}
	if v.Events, err = indicator.History(r.Context(), h.DB, int64(v.Campaign.ID), v.Code); err != nil {
		return err
	}
	p := v.page(v.title())
	p.Head.Meta = v.meta()
	return respond.Page(w, r, status, p, v.body(f))
}

// kindsForm shows what is asked now, or would be when switched on.
func (v showing) kindsForm() *form.Form {
	f := form.New(nil).Put(wasField, words(v.Kinds)...)
	if inUse(v.Managed) {
		return f.Put(kindsField, words(v.Kinds)...)
	}
	return f.Put(kindsField, words(v.Indicator.Kinds)...)
}

func words(kinds []unit.Kind) []string {
	var all []string
	for _, k := range kinds {
		all = append(all, string(k))
	}
	return all
}

// Save switches the indicator on for kinds of unit.
func (h Pages) Save(w http.ResponseWriter, r *http.Request) error {
	v, f, err := h.posted(r)
	if err != nil {
		return err
	}
	var kinds []unit.Kind
	for _, k := range f.Chosen(kindsField, words(indicator.Filing())...) {
		kinds = append(kinds, unit.Kind(k))
	}
	done := "Đã đưa chỉ tiêu " + v.Code + " vào sử dụng."
	if inUse(v.Managed) {
		done = "Đã lưu phạm vi của chỉ tiêu " + v.Code + "."
	}
	if v.Typed() && len(kinds) == 0 {
		f.Fail(kindsField, "Chọn ít nhất một loại đơn vị; không loại nào trả lời thì ngừng dùng chỉ tiêu")
	}
	return h.change(w, r, v, f, change{
		do: func(db database.DB) error {
			if is := words(v.Kinds); !slices.Equal(f.Values(wasField), is) {
				f.Put(wasField, is...)
				return fault.Invalid{kindsField: "Người khác vừa đổi phạm vi thành: " + ui.Joined("", asks(v.Kinds), none(v.Kinds)) + ". Xem lại rồi lưu lần nữa"}
			}
			return indicator.SwitchOn(r.Context(), db, v.act, v.Now, int64(v.Campaign.ID), v.Code, kinds...)
		},
		done:  done,
		again: func(status int) error { return h.show(w, r, status, v, f) },
	})
}

func none(kinds []unit.Kind) string {
	if len(kinds) == 0 {
		return "ngừng dùng"
	}
	return ""
}

// OffForm asks before nobody answers the indicator any more.
func (h Pages) OffForm(w http.ResponseWriter, r *http.Request) error {
	v, err := h.one(r)
	if err != nil {
		return err
	}
	if !inUse(v.Managed) {
		return fault.NotFound
	}
	return h.showOff(w, r, http.StatusOK, v, form.New(nil))
}

func (h Pages) showOff(w http.ResponseWriter, r *http.Request, status int, v showing, f *form.Form) error {
	return respond.Page(w, r, status, v.page("Ngừng dùng chỉ tiêu "+v.Code, ui.Link{Label: "Ngừng dùng"}), v.off(f))
}

// Off makes the year ask for the indicator no more.
func (h Pages) Off(w http.ResponseWriter, r *http.Request) error {
	v, f, err := h.posted(r)
	if err != nil {
		return err
	}
	return h.change(w, r, v, f, change{
		do: func(db database.DB) error {
			return indicator.SwitchOff(r.Context(), db, v.act, v.Now, int64(v.Campaign.ID), v.Code)
		},
		done:  "Đã ngừng dùng chỉ tiêu " + v.Code + ".",
		again: func(status int) error { return h.showOff(w, r, status, v, f) },
	})
}

// seated is one with its units, for an indicator that some of them can be asked.
func (h Pages) seated(r *http.Request, v showing) (showing, error) {
	if !inUse(v.Managed) || !v.Typed() {
		return v, fault.NotFound
	}
	var err error
	v.Seats, err = indicator.Seats(r.Context(), h.DB, int64(v.Campaign.ID), v.Code, viet.DateOf(v.Now))
	return v, err
}

// UnitsForm says unit by unit who answers.
func (h Pages) UnitsForm(w http.ResponseWriter, r *http.Request) error {
	v, err := h.one(r)
	if err == nil {
		v, err = h.seated(r, v)
	}
	if err != nil {
		return err
	}
	return h.showUnits(w, r, http.StatusOK, v, form.New(nil).Put(wasField, v.answering()...).Put(unitsField, v.answering()...))
}

func (h Pages) showUnits(w http.ResponseWriter, r *http.Request, status int, v showing, f *form.Form) error {
	return respond.Page(w, r, status, v.page("Đơn vị trả lời chỉ tiêu "+v.Code, ui.Link{Label: "Theo đơn vị"}), v.units(f))
}

// SaveUnits sets what the reader changed and leaves what others changed meanwhile.
func (h Pages) SaveUnits(w http.ResponseWriter, r *http.Request) error {
	v, f, err := h.posted(r)
	if err == nil {
		v, err = h.seated(r, v)
	}
	if err != nil {
		return err
	}
	was, is := f.Values(wasField), f.Values(unitsField)
	return h.change(w, r, v, f, change{
		do: func(db database.DB) error {
			for _, s := range v.Seats {
				asked := slices.Contains(is, s.Unit)
				if asked == slices.Contains(was, s.Unit) {
					continue
				}
				err := indicator.SetApplies(r.Context(), db, v.act, v.Now, int64(v.Campaign.ID), v.Code, s.Unit, asked)
				if refusal, ok := errors.AsType[fault.Refusal](err); ok {
					return fault.Invalid{unitsField: unit.Called(s.Name) + ": " + viet.LowerFirst(refusal.Reason)}
				}
				if err != nil {
					return err
				}
			}
			return nil
		},
		done:  "Đã lưu đơn vị trả lời chỉ tiêu " + v.Code + ".",
		again: func(status int) error { return h.showUnits(w, r, status, v, f) },
	})
}

// answering are the units asked now.
func (v showing) answering() []string {
	var slugs []string
	for _, s := range v.Seats {
		if s.Asked {
			slugs = append(slugs, s.Unit)
		}
	}
	return slugs
}

// posted is one with what was posted to it.
func (h Pages) posted(r *http.Request) (showing, *form.Form, error) {
	v, err := h.one(r)
	if err != nil {
		return v, nil, err
	}
	f, err := form.Parse(r, maxBody)
	return v, f, err
}

// change is what a form does.
type change struct {
	do    func(db database.DB) error
	done  string // said afterwards
	again func(status int) error
}

// change carries out a filled-in form at most once and goes back to the indicator;
// what can be mended, or is not allowed, is told on the form.
func (h Pages) change(w http.ResponseWriter, r *http.Request, v showing, f *form.Form, c change) error {
	if !f.OK() {
		return c.again(http.StatusUnprocessableEntity)
	}
	err := f.Once().Run(r.Context(), h.DB, v.act, c.do)
	if refusal, ok := errors.AsType[fault.Refusal](err); ok {
		f.Fail("", ui.Joined(" ", refusal.Reason, refusal.Remedy))
		return c.again(http.StatusUnprocessableEntity)
	}
	if f.Reject(err) {
		return c.again(http.StatusUnprocessableEntity)
	}
	if err != nil {
		return err
	}
	current.Say(r, c.done)
	return respond.To(w, r, v.path())
}
