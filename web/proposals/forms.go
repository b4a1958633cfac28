package proposals

import (
	"net/http"
	"strings"

	"github.com/a-h/templ"

	"danvan/internal/database"
	"danvan/internal/post"
	"danvan/internal/proposal"
	"danvan/internal/unit"
	"danvan/internal/viet"
	"danvan/web/current"
	"danvan/web/form"
	"danvan/web/respond"
	"danvan/web/ui"
)

// elsewhere is the option for a receiver the portal does not know.
const elsewhere = "khac"

// open is the entry of the address for who may do action to it.
func (h Pages) open(r *http.Request, action proposal.Action) (showing, error) {
	ref, err := refOf(r)
	if err != nil {
		return showing{}, err
	}
	act, now := current.Actor(r), current.Now(r)
	c, err := proposal.One(r.Context(), h.DB, act, now, ref)
	if err != nil {
		return showing{}, err
	}
	v := newShowing(act, now, proposal.Page{Case: c})
	return v, v.may[action].Err()
}

// AssignForm asks who settles the proposal, and by when.
func (h Pages) AssignForm(w http.ResponseWriter, r *http.Request) error {
	v, err := h.open(r, proposal.Assign)
	if err != nil {
		return err
	}
	units, err := h.receivers(r)
	if err != nil {
		return err
	}
	f := form.New(nil).At(int64(v.Revision))
	name := v.Receiver
	if name == "" {
		name = v.Asked // what the unit wrote is not typed again
	}
	if slug := slugOf(units, name); slug != "" {
		f.Put("receiver", slug)
	} else if name != "" {
		f.Put("receiver", elsewhere).Put("other", name)
	}
	if !v.DueOn.IsZero() {
		f.Put("due_on", v.DueOn.String())
	}
	return h.page(w, r, http.StatusOK, v, "Phân công", assignForm(v, units, f))
}

// receivers are the units that can be chosen, as they are today.
func (h Pages) receivers(r *http.Request) ([]unit.Unit, error) {
	return unit.List(r.Context(), h.DB, unit.Filter{On: viet.DateOf(current.Now(r)),
		Kinds: []unit.Kind{unit.Province, unit.Department, unit.District, unit.CoordinatingBody}})
}

// slugOf finds the unit that a name means, "" for none.
func slugOf(units []unit.Unit, name string) string {
	for _, u := range units {
		if n := viet.Fold(name); n == viet.Fold(u.Name) || n == viet.Fold(unit.Called(u.Name)) {
			return u.Slug
		}
		// "Ủy ban nhân dân tỉnh" is the province's without its name.
		if u.Kind == unit.Province && strings.HasPrefix(viet.Fold(u.Name), viet.Fold(name)+" ") {
			return u.Slug
		}
	}
	return ""
}

func receiverOptions(units []unit.Unit) []ui.Option {
	out := []ui.Option{{Label: "Chọn nơi giải quyết…"}, {Value: elsewhere, Label: "Cơ quan khác, ghi tên ở ô dưới"}}
	for _, u := range units {
		out = append(out, ui.Option{Value: u.Slug, Label: unit.Called(u.Name)})
	}
	return out
}

// Assign says who settles the proposal, and by when.
func (h Pages) Assign(w http.ResponseWriter, r *http.Request) error {
	return h.change(w, r, change{done: "Đã phân công nơi giải quyết",
		do: func(db database.DB, v showing, f *form.Form, once post.Once) error {
			a := proposal.Assignment{Read: int(f.Revision()), Unit: f.Line("receiver"), Other: f.Line("other"), DueOn: f.Date("due_on")}
			if a.Unit == elsewhere {
				a.Unit = ""
			}
			return proposal.AssignIt(r.Context(), db, current.Actor(r), v.now, once, v.Ref(), a)
		},
		again: func(v showing, f *form.Form, status int) error {
			units, err := h.receivers(r)
			if err != nil {
				return err
			}
			return h.page(w, r, status, v, "Phân công", assignForm(v, units, f))
		}})
}

// AnswerForm asks for the answer of the receiver.
func (h Pages) AnswerForm(w http.ResponseWriter, r *http.Request) error {
	v, err := h.open(r, proposal.Answer)
	if err != nil {
		return err
	}
	f := form.New(map[string]string{"answer": v.Answer, "paper": v.Paper}).At(int64(v.Revision))
	f.Put("answered_on", v.today().String())
	if !v.AnsweredOn.IsZero() {
		f.Put("answered_on", v.AnsweredOn.String())
	}
	return h.page(w, r, http.StatusOK, v, v.answerTitle(), answerForm(v, f))
}

func (v showing) answerTitle() string {
	if v.Answer != "" {
		return "Sửa trả lời"
	}
	return "Ghi trả lời"
}

// Answer enters the answer of the receiver.
func (h Pages) Answer(w http.ResponseWriter, r *http.Request) error {
	return h.change(w, r, change{done: "Đã ghi trả lời",
		do: func(db database.DB, v showing, f *form.Form, once post.Once) error {
			reply := proposal.Reply{Read: int(f.Revision()), Answer: f.Text("answer"), Paper: f.Line("paper"), On: f.Date("answered_on")}
			return proposal.AnswerIt(r.Context(), db, current.Actor(r), v.now, once, v.Ref(), reply)
		},
		again: func(v showing, f *form.Form, status int) error {
			return h.page(w, r, status, v, v.answerTitle(), answerForm(v, f))
		}})
}

// ReopenForm asks why an answer is taken back.
func (h Pages) ReopenForm(w http.ResponseWriter, r *http.Request) error {
	v, err := h.open(r, proposal.Reopen)
	if err != nil {
		return err
	}
	return h.page(w, r, http.StatusOK, v, "Mở lại", reopenForm(v, form.New(nil).At(int64(v.Revision))))
}

// Reopen takes an answer back.
func (h Pages) Reopen(w http.ResponseWriter, r *http.Request) error {
	return h.change(w, r, change{done: "Đã mở lại kiến nghị",
		do: func(db database.DB, v showing, f *form.Form, once post.Once) error {
			return proposal.ReopenIt(r.Context(), db, current.Actor(r), v.now, once, v.Ref(), int(f.Revision()), f.Text("reason"))
		},
		again: func(v showing, f *form.Form, status int) error {
			return h.page(w, r, status, v, "Mở lại", reopenForm(v, f))
		}})
}

// change is what a form does to an entry.
type change struct {
	do    func(db database.DB, v showing, f *form.Form, once post.Once) error
	done  string // said afterwards
	again func(v showing, f *form.Form, status int) error
}

// change carries out a filled-in form and returns to the entry; what can be mended
// is shown on the form again, against the entry as it stands by then.
func (h Pages) change(w http.ResponseWriter, r *http.Request, c change) error {
	ref, err := refOf(r)
	if err != nil {
		return err
	}
	act, now := current.Actor(r), current.Now(r)
	entry, err := proposal.One(r.Context(), h.DB, act, now, ref)
	if err != nil {
		return err
	}
	v := newShowing(act, now, proposal.Page{Case: entry})
	f, err := form.Parse(r, maxBody)
	if err != nil {
		return err
	}
	err = post.Once{}.Run(r.Context(), h.DB, act, func(db database.DB) error {
		// Also with something unreadable, to say at once what else is wrong; then
		// nothing of it stays.
		if err := c.do(db, v, f, f.Once()); err != nil {
			return err
		}
		return f.Errors.OrNil()
	})
	if f.Reject(err) || !f.OK() {
		if f.Error("") != "" {
			f.At(int64(v.Revision))
		}
		return c.again(v, f, http.StatusUnprocessableEntity)
	}
	if err != nil {
		return err
	}
	current.Say(r, c.done)
	return respond.To(w, r, v.entry())
}

func (h Pages) page(w http.ResponseWriter, r *http.Request, status int, v showing, title string, body templ.Component) error {
	return respond.Page(w, r, status, ui.Page{Title: title + ", " + viet.LowerFirst(v.Title()), Head: ui.Head{Title: title, Crumbs: v.crumbs(title)}}, body)
}
