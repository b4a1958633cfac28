package indicators

import (
	"errors"
	"net/http"
	"slices"
	"strconv"

	"danvan/internal/database"
	"danvan/internal/fault"
	"danvan/internal/indicator"
	"danvan/internal/unit"
	"danvan/internal/viet"
	"danvan/web/current"
	"danvan/web/form"
	"danvan/web/paths"
	"danvan/web/respond"
	"danvan/web/ui"
)

// showing is one indicator with all that was decided about it.
type showing struct {
	scene
	indicator.Managed
	Seats  []indicator.Seat
	Events []indicator.Event
}

// Fields of the forms. What a form was filled from tells what the reader changed.
const (
	kindsField = "kinds"
	unitsField = "units"
	wasField   = "was"
)

func (v showing) path() string { return paths.Indicator(v.year(), v.Code) }

func (v showing) title() string { return v.Code + " " + v.Name }

func (v showing) page(title string, last ...ui.Link) ui.Page {
	head := ui.Head{Title: title, Crumbs: v.crumbs(append([]ui.Link{{Label: v.Code, Path: v.path()}}, last...)...)}
	if len(last) == 0 {
		head.Crumbs[len(head.Crumbs)-1].Path = ""
	}
	return ui.Page{Head: head}
}

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

// facts are the definition.
func (v showing) facts() []ui.Fact {
	facts := []ui.Fact{{Term: "Mã", Text: v.Code}, {Term: "Đơn vị tính", Text: v.Unit}, {Term: "Kiểu", Text: kindOfFigure[v.Kind]},
		{Term: "Tổng các đơn vị", Text: viet.UpperFirst(adds(v.Indicator))}, {Term: "Các kỳ trong năm", Text: periodWords[v.Periods]}}
	if v.Parent != "" {
		facts = append(facts, ui.Fact{Term: "Là một phần của", Text: v.Parent})
	}
	if asked := asks(v.Indicator.Kinds); asked != "" {
		facts = append(facts, ui.Fact{Term: "Theo danh mục", Text: asked})
	}
	return append(facts, ui.Fact{Term: "Hướng dẫn", Text: viet.UpperFirst(v.Guide)})
}

var kindOfFigure = map[indicator.Kind]string{
	indicator.Count: "Số đếm", indicator.Amount: "Số lượng, có phần thập phân", indicator.Flag: "Có hoặc không",
	indicator.Derived: "Tự tính, không nhập", indicator.Score: "Điểm",
}

var periodWords = map[indicator.AcrossPeriods]string{
	indicator.SumOfPeriods: "Cộng; kỳ lũy kế đã là tổng", indicator.LastOfPeriods: "Lấy kỳ cuối",
	indicator.FirstOfPeriods: "Lấy kỳ đầu", indicator.RatioOfPeriods: "Tính lại từ tử số và mẫu số",
}

// sentence says how it stands.
func (v showing) sentence() string {
	switch {
	case !inUse(v.Managed):
		return "Năm " + strconv.Itoa(v.year()) + " chưa đơn vị nào phải trả lời."
	case v.Answered > 0:
		return strconv.Itoa(v.Answered) + " đơn vị đã có số liệu được tiếp nhận."
	}
	return "Chưa có số liệu nào được tiếp nhận."
}

// excepted are the units against the rule of their kind.
func (v showing) excepted() []ui.Item {
	var items []ui.Item
	for _, s := range v.Seats {
		switch {
		case s.Asked && !s.ByKind:
			items = append(items, ui.Item{Icon: "plus", Text: unit.Called(s.Name), Note: "Phải trả lời dù " + viet.LowerFirst(kindWords[s.Kind]) + " không phải trả lời."})
		case !s.Asked && s.ByKind:
			items = append(items, ui.Item{Icon: "x", Text: unit.Called(s.Name), Note: "Không phải trả lời dù " + viet.LowerFirst(kindWords[s.Kind]) + " phải trả lời."})
		}
	}
	return items
}

// choices are the units to tick, by kind.
func (v showing) choices() []ui.Group {
	var groups []ui.Group
	for _, k := range indicator.Filing() {
		g := ui.Group{Title: kindWords[k]}
		for _, s := range v.Seats {
			if s.Kind != k {
				continue
			}
			option := ui.Option{Value: s.Unit, Label: unit.Called(s.Name)}
			if s.Answered {
				option.Hint = "Đã có số liệu được tiếp nhận."
			}
			g.Options = append(g.Options, option)
		}
		if len(g.Options) > 0 {
			groups = append(groups, g)
		}
	}
	return groups
}

// timeline tells what was decided, for people.
func (v showing) timeline() []ui.Event {
	names := map[string]string{}
	for _, s := range v.Seats {
		names[s.Unit] = unit.Called(s.Name)
	}
	var events []ui.Event
	for _, e := range v.Events {
		at := e.At.In(viet.Location)
		events = append(events, ui.Event{Icon: icons[e.Action], At: at.Format("02/01/2006 15:04"), ISO: at.Format("2006-01-02T15:04"), Text: tell(e, names)})
	}
	return events
}

var icons = map[string]string{"indicator_switched_on": "circle-check", "indicator_switched_off": "x", "indicator_applies_set": "building"}

func tell(e indicator.Event, names map[string]string) string {
	who := e.Person
	if who == "" {
		who = "Cổng"
	}
	unitName := names[e.Unit]
	if unitName == "" {
		unitName = e.Unit
	}
	switch {
	case e.Action == "indicator_switched_off":
		return who + " ngừng dùng"
	case e.Action == "indicator_applies_set" && e.Applies:
		return who + " yêu cầu " + unitName + " trả lời"
	case e.Action == "indicator_applies_set":
		return who + " bỏ yêu cầu với " + unitName
	case len(e.Was) == 0:
		return who + " đưa vào sử dụng: " + viet.LowerFirst(asks(e.Is))
	}
	return who + " đổi phạm vi từ " + viet.LowerFirst(asks(e.Was)) + " sang " + viet.LowerFirst(asks(e.Is))
}
