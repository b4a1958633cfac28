package indicators

import (
	"strconv"

	"danvan/internal/indicator"
	"danvan/internal/unit"
	"danvan/internal/viet"
	"danvan/web/paths"
	"danvan/web/ui"
)

// showing is one indicator with all that was decided about it.
type showing struct {
	scene
	indicator.Managed
	Seats  []indicator.Seat
	Events []indicator.Event
}

func (v showing) path() string { return paths.Indicator(v.year(), v.Code) }

func (v showing) title() string { return v.Code + " " + v.Name }

func (v showing) page(title string, last ...ui.Link) ui.Page {
	head := ui.Head{Title: title, Crumbs: v.crumbs(append([]ui.Link{{Label: v.Code, Path: v.path()}}, last...)...)}
	if len(last) == 0 {
		head.Crumbs[len(head.Crumbs)-1].Path = ""
	}
	return ui.Page{Head: head}
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
