package directions

import (
	"net/http"
	"strconv"

	"github.com/a-h/templ"

	"danvan/internal/database"
	"danvan/internal/direction"
	"danvan/internal/post"
	"danvan/internal/unit"
	"danvan/internal/viet"
	"danvan/web/current"
	"danvan/web/form"
	"danvan/web/paths"
	"danvan/web/respond"
	"danvan/web/ui"
)

// giving is the form of a new direction.
type giving struct {
	Year    int
	Choices direction.Choices
	Unit    direction.Named // on which it is given; empty: to be chosen
	fixed   bool
}

// action keeps the unit in the address: the form comes back with its activities.
func (g giving) action() string { return paths.GiveDirection(g.Year, g.Unit.Slug, "") }

// back is where one came from, as far as the address tells.
func (g giving) back() string {
	if g.fixed {
		return paths.Plan(g.Year, g.Unit.Slug)
	}
	return paths.Directions(g.Year)
}

// give prepares the form for who may give directions.
func (h Pages) give(r *http.Request) (giving, error) {
	year, err := paths.Year(r)
	if err != nil {
		return giving{}, err
	}
	slug := r.URL.Query().Get(paths.DirectionUnit)
	g := giving{Year: year}
	if g.Choices, err = direction.ChoicesIn(r.Context(), h.DB, current.Actor(r), current.Now(r), year, slug); err != nil {
		return g, err
	}
	g.Unit, g.fixed = g.Choices.Unit(slug)
	return g, nil
}

// GiveForm asks what is to be said, and about what.
func (h Pages) GiveForm(w http.ResponseWriter, r *http.Request) error {
	g, err := h.give(r)
	if err != nil {
		return err
	}
	f := form.New(map[string]string{"unit": g.Unit.Slug, "about": r.URL.Query().Get(paths.DirectionTopic)})
	return showGive(w, r, http.StatusOK, g, f)
}

func showGive(w http.ResponseWriter, r *http.Request, status int, g giving, f *form.Form) error {
	title := "Cho ý kiến"
	if g.fixed {
		title += " về công tác của " + unit.Called(g.Unit.Name)
	}
	head := ui.Head{Title: title, Crumbs: append(trail(g.Year), ui.Link{Label: "Cho ý kiến"})}
	return respond.Page(w, r, status, ui.Page{Head: head}, giveForm(g, f))
}

// Give gives a direction.
func (h Pages) Give(w http.ResponseWriter, r *http.Request) error {
	g, err := h.give(r)
	if err != nil {
		return err
	}
	f, err := form.Parse(r, maxBody)
	if err != nil {
		return err
	}
	said := direction.Giving{Unit: f.Line("unit"), Topic: topicOf(f.Line("about")), Body: f.Text("body"), DueOn: f.Date("due_on")}
	no := 0
	err = h.together(r, f, func(db database.DB) error {
		no, err = direction.GiveIt(r.Context(), db, current.Actor(r), current.Now(r), f.Once(), g.Year, said)
		return err
	})
	if f.Reject(err) || !f.OK() {
		return showGive(w, r, http.StatusUnprocessableEntity, g, f)
	}
	if err != nil {
		return err
	}
	current.Say(r, "Đã gửi ý kiến; đơn vị được báo ngay")
	return respond.To(w, r, paths.Direction(g.Year, no))
}

// together carries out do also when something of the form was unreadable, to say
// at once what else is wrong; then nothing of it stays.
func (h Pages) together(r *http.Request, f *form.Form, do func(db database.DB) error) error {
	return post.Once{}.Run(r.Context(), h.DB, current.Actor(r), func(db database.DB) error {
		if err := do(db); err != nil {
			return err
		}
		return f.Errors.OrNil()
	})
}

// open is the direction of the address for who may do action to it.
func (h Pages) open(r *http.Request) (showing, error) {
	year, no, err := numberOf(r)
	if err != nil {
		return showing{}, err
	}
	act, now := current.Actor(r), current.Now(r)
	c, err := direction.One(r.Context(), h.DB, act, now, year, no)
	return newShowing(act, now, direction.Page{Case: c}), err
}

// AnswerForm asks the unit for its answer.
func (h Pages) AnswerForm(w http.ResponseWriter, r *http.Request) error {
	v, err := h.open(r)
	if err == nil {
		err = v.may[direction.Answer].Err()
	}
	if err != nil {
		return err
	}
	return h.page(w, r, http.StatusOK, v, "Trả lời", answerForm(v, form.New(map[string]string{"answer": v.Answer}).At(int64(v.Revision))))
}

// Answer enters the unit's answer.
func (h Pages) Answer(w http.ResponseWriter, r *http.Request) error {
	return h.change(w, r, change{done: "Đã gửi trả lời",
		do: func(db database.DB, v showing, f *form.Form, once post.Once) error {
			return direction.AnswerIt(r.Context(), db, current.Actor(r), v.now, once, v.Year, v.No, int(f.Revision()), f.Text("answer"))
		},
		again: func(v showing, f *form.Form, status int) error {
			return h.page(w, r, status, v, "Trả lời", answerForm(v, f))
		}})
}

// CloseForm asks how a direction ended.
func (h Pages) CloseForm(w http.ResponseWriter, r *http.Request) error {
	v, err := h.open(r)
	if err == nil {
		err = v.may[direction.Close].Err()
	}
	if err != nil {
		return err
	}
	return h.page(w, r, http.StatusOK, v, "Kết thúc ý kiến", closeForm(v, form.New(nil).At(int64(v.Revision))))
}

// Close ends a direction.
func (h Pages) Close(w http.ResponseWriter, r *http.Request) error {
	return h.change(w, r, change{done: "Đã kết thúc ý kiến",
		do: func(db database.DB, v showing, f *form.Form, once post.Once) error {
			return direction.CloseIt(r.Context(), db, current.Actor(r), v.now, once, v.Year, v.No, int(f.Revision()), f.Text("closing"))
		},
		again: func(v showing, f *form.Form, status int) error {
			return h.page(w, r, status, v, "Kết thúc ý kiến", closeForm(v, f))
		}})
}

// change is what a form does to a direction.
type change struct {
	do    func(db database.DB, v showing, f *form.Form, once post.Once) error
	done  string // said afterwards
	again func(v showing, f *form.Form, status int) error
}

// change carries out a filled-in form and returns to the direction; what can be
// mended is shown on the form again, against the direction as it stands by then.
func (h Pages) change(w http.ResponseWriter, r *http.Request, c change) error {
	v, err := h.open(r)
	if err != nil {
		return err
	}
	f, err := form.Parse(r, maxBody)
	if err != nil {
		return err
	}
	err = h.together(r, f, func(db database.DB) error {
		return c.do(db, v, f, f.Once())
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
	return respond.To(w, r, v.address())
}

func (h Pages) page(w http.ResponseWriter, r *http.Request, status int, v showing, title string, body templ.Component) error {
	return respond.Page(w, r, status, ui.Page{Title: title + ", " + viet.LowerFirst(v.Title()) + " năm " + strconv.Itoa(v.Year),
		Head: ui.Head{Title: title, Crumbs: v.crumbs(title)}}, body)
}
