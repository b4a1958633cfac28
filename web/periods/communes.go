package periods

import (
	"net/http"
	"slices"

	"github.com/go-chi/chi/v5"

	"danvan/internal/campaign"
	"danvan/internal/database"
	"danvan/internal/fault"
	"danvan/internal/unit"
	"danvan/internal/viet"
	"danvan/web/form"
	"danvan/web/paths"
	"danvan/web/respond"
	"danvan/web/ui"
)

// districtLine is a district with its communes, those that file first.
type districtLine struct {
	District campaign.Member
	Filing   []campaign.Member
	Others   []unit.Unit // not on the roster
}

// joining is what the pages about communes show.
type joining struct {
	scene
	Districts []districtLine
}

// loadCommunes returns a report period with the districts of its roster.
func (h Pages) loadCommunes(r *http.Request) (joining, error) {
	s, err := h.load(r)
	if err != nil {
		return joining{}, err
	}
	v := joining{scene: s}
	if s.Period.Kind != campaign.Report {
		return v, fault.NotFound // nothing else is added up
	}
	roster, err := campaign.Roster(r.Context(), h.DB, s.Campaign.ID, campaign.RosterFilter{})
	if err != nil {
		return v, err
	}
	communes, err := unit.List(r.Context(), h.DB, unit.Filter{On: s.today(), Kinds: []unit.Kind{unit.Commune}})
	if err != nil {
		return v, err
	}
	known := map[unit.ID]bool{}
	for _, m := range roster {
		known[m.ID] = true
	}
	for _, d := range roster {
		if d.Kind != unit.District || !d.PresentOn(s.today()) {
			continue
		}
		line := districtLine{District: d}
		for _, m := range roster {
			if m.ReportsTo == d.ID && m.ID != d.ID {
				line.Filing = append(line.Filing, m)
			}
		}
		for _, u := range communes {
			if u.ParentID == d.ID && !known[u.ID] {
				line.Others = append(line.Others, u)
			}
		}
		v.Districts = append(v.Districts, line)
	}
	return v, nil
}

// Communes says which communes file, and until when others may be added.
func (h Pages) Communes(w http.ResponseWriter, r *http.Request) error {
	v, err := h.loadCommunes(r)
	if err != nil {
		return err
	}
	p := v.page("Cấp xã nộp trong kỳ")
	p.Head.Title = "Cấp xã nộp " + v.what()
	return respond.Page(w, r, http.StatusOK, p, communes(v))
}

// refusal explains why no commune can be added to this period, or is nil.
func (v joining) refusal() *fault.Refusal {
	p := v.Period
	if !p.HasOpened(v.Now) {
		return nil
	}
	return &fault.Refusal{
		Reason: "Kỳ này đã mở. Từ lúc mở, số liệu của huyện tính cả địa bàn các xã; thêm cấp xã vào kỳ thì số liệu bị tính hai lần.",
		Since:  p.OpensOn.Start(),
		Remedy: "Đưa cấp xã vào trước khi kỳ báo cáo sau mở; trong kỳ này huyện báo cáo số liệu của cả địa bàn.",
	}
}

// lastDay is the last day on which communes can still join for the period.
func (v joining) lastDay() viet.Date { return v.Period.OpensOn.AddDays(-1) }

func (v joining) may() bool { return v.refused == nil && v.refusal() == nil }

// switching is the form for one district.
type switching struct {
	joining
	Line districtLine
}

// loadSwitching is for those who may switch communes of the district on.
func (h Pages) loadSwitching(r *http.Request) (switching, error) {
	v, err := h.loadCommunes(r)
	if err != nil {
		return switching{}, err
	}
	i := slices.IndexFunc(v.Districts, func(d districtLine) bool { return d.District.Slug == chi.URLParam(r, "unit") })
	switch {
	case i < 0:
		return switching{}, fault.NotFound
	case v.refused != nil:
		return switching{}, v.refused
	case v.refusal() != nil:
		return switching{}, *v.refusal()
	}
	return switching{v, v.Districts[i]}, nil
}

// SwitchOnForm asks which communes of a district begin to file.
func (h Pages) SwitchOnForm(w http.ResponseWriter, r *http.Request) error {
	v, err := h.loadSwitching(r)
	if err != nil {
		return err
	}
	f := form.New(map[string]string{"from": v.lastDay().String()})
	for _, u := range v.Line.Others {
		f.Put("units", append(f.Values("units"), u.Slug)...)
	}
	return respond.Page(w, r, http.StatusOK, v.page(v.title()), switchForm(v, f))
}

// SwitchOn lets communes of a district file.
func (h Pages) SwitchOn(w http.ResponseWriter, r *http.Request) error {
	v, err := h.loadSwitching(r)
	if err != nil {
		return err
	}
	f, err := form.Parse(r, maxBody)
	if err != nil {
		return err
	}
	x := campaign.Communes{District: v.Line.District.Slug, Units: f.Values("units"), From: f.Date("from"),
		PlansBefore: f.Date("plans_before"), Reason: f.Text("reason")}
	if !x.From.IsZero() && x.From.After(v.lastDay()) {
		f.Fail("from", "Ngày tham gia phải trước ngày mở kỳ ("+v.Period.OpensOn.String()+")")
	}
	return h.change(w, r, v.scene, f, change{
		do: func(db database.DB) error {
			return campaign.SwitchCommunesOn(r.Context(), db, v.act, v.Now, v.Campaign.ID, x)
		},
		done: "Đã đưa " + viet.FormatInt(len(x.Units)) + " đơn vị cấp xã của " + unit.Called(v.Line.District.Name) + " vào danh sách nộp từ ngày " + x.From.String(),
		back: v.list(),
		again: func(status int) error {
			return respond.Page(w, r, status, v.page(v.title()), switchForm(v, f))
		},
	})
}

func (v joining) list() string { return paths.Communes(v.Campaign.Year, v.Period.Slug) }

func (v switching) title() string {
	return "Đưa cấp xã của " + unit.Called(v.Line.District.Name) + " vào danh sách nộp"
}

func (v switching) options() []ui.Group {
	var options []ui.Option
	for _, u := range v.Line.Others {
		options = append(options, ui.Option{Value: u.Slug, Label: u.FullType()})
	}
	return []ui.Group{{Options: options}}
}

// districts are the districts with what files below them; for those who may, each
// leads to the form that adds more.
func (v joining) districts() []ui.Item {
	var items []ui.Item
	for _, d := range v.Districts {
		item := ui.Item{Icon: "building", Note: d.filing(),
			Text: d.District.FullType() + ": " + viet.FormatInt(len(d.Filing)) + " trong " + viet.FormatInt(len(d.Filing)+len(d.Others)) + " đơn vị cấp xã"}
		if v.may() && len(d.Others) > 0 {
			item.Path = paths.SwitchCommunesOn(v.Campaign.Year, v.Period.Slug, d.District.Slug)
		}
		items = append(items, item)
	}
	return items
}

func (v joining) counted() string {
	filing := 0
	for _, d := range v.Districts {
		filing += len(d.Filing)
	}
	return viet.FormatInt(filing) + " đơn vị cấp xã nộp"
}

// filing names the communes of a district that file.
func (d districtLine) filing() string {
	if len(d.Filing) == 0 {
		return "Chưa có đơn vị nào nộp; số liệu của huyện tính cả địa bàn."
	}
	said := ""
	for i, m := range d.Filing {
		if i > 0 {
			said += "; "
		}
		said += m.FullType() + " từ " + m.JoinedOn.String()
		if !m.LeftOn.IsZero() {
			said += " đến hết " + m.LeftOn.AddDays(-1).String()
		}
	}
	return said + "."
}
