// Package indicators serves the pages on which the administrator and the
// consolidator of the lead unit decide what a year asks units to count. What units
// answer is served elsewhere.
package indicators

import (
	"errors"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/go-chi/chi/v5"

	"danvan/internal/actor"
	"danvan/internal/campaign"
	"danvan/internal/database"
	"danvan/internal/fault"
	"danvan/internal/indicator"
	"danvan/internal/unit"
	"danvan/internal/viet"
	"danvan/web/current"
	"danvan/web/paths"
	"danvan/web/ui"
)

// Pages serves indicators.
type Pages struct {
	DB database.DB
}

// maxBody bounds what a form here may post: hundreds of units.
const maxBody = 1 << 18

// scene is the year as somebody sees it who decides what it asks for.
type scene struct {
	Campaign campaign.Campaign
	List     []indicator.Managed
	Now      time.Time
	act      actor.Actor
}

// load returns the year of the address. For those who do not decide here there is
// no such page.
func (h Pages) load(r *http.Request) (scene, error) {
	s := scene{Now: current.Now(r), act: current.Actor(r)}
	year, err := paths.Year(r)
	if err != nil || !s.act.Has(actor.Consolidator, actor.Admin) {
		return s, fault.NotFound
	}
	if s.Campaign, err = campaign.ByYear(r.Context(), h.DB, year); err != nil {
		return s, err
	}
	if err := indicator.MayManage(s.act, s.Campaign.LeadID); errors.Is(err, fault.Forbidden) {
		return s, fault.NotFound
	}
	s.List, err = indicator.Manage(r.Context(), h.DB, int64(s.Campaign.ID))
	return s, err
}

// one is load with the indicator of the address.
func (h Pages) one(r *http.Request) (showing, error) {
	s, err := h.load(r)
	if err != nil {
		return showing{}, err
	}
	code := chi.URLParam(r, "code")
	i := slices.IndexFunc(s.List, func(m indicator.Managed) bool { return m.Code == code })
	if i < 0 {
		return showing{}, fault.NotFound
	}
	return showing{scene: s, Managed: s.List[i]}, nil
}

func (s scene) year() int { return s.Campaign.Year }

func (s scene) list() string { return paths.Indicators(s.year()) }

// crumbs lead from the year to a page.
func (s scene) crumbs(last ...ui.Link) []ui.Link {
	links := []ui.Link{{Label: "Năm " + strconv.Itoa(s.year())}, {Label: "Chỉ tiêu số liệu", Path: s.list()}}
	if s.act.Is(s.Campaign.LeadID, actor.Consolidator) {
		links[0].Path = paths.Overview(s.year())
	}
	if len(last) == 0 {
		links[1].Path = ""
	}
	return append(links, last...)
}

// kindWords name those who answer, as the tables of this area do.
var kindWords = map[unit.Kind]string{
	unit.Department: "Sở, ban, ngành",
	unit.District:   "Cấp huyện",
	unit.Commune:    "Cấp xã",
}

// asks says which kinds of unit answer, "" for none.
func asks(kinds []unit.Kind) string {
	var words []string
	for _, k := range indicator.Filing() {
		if slices.Contains(kinds, k) {
			words = append(words, viet.LowerFirst(kindWords[k]))
		}
	}
	return viet.UpperFirst(strings.Join(words, "; "))
}

// besides says which units answer against the rule of their kind, "" for none.
func besides(m indicator.Managed) string {
	var words []string
	if m.With > 0 {
		words = append(words, "thêm "+viet.FormatInt(m.With)+" đơn vị")
	}
	if m.Without > 0 {
		words = append(words, "trừ "+viet.FormatInt(m.Without)+" đơn vị")
	}
	return strings.Join(words, ", ")
}

// adds says how figures of units come together.
func adds(i indicator.Indicator) string {
	switch i.Units {
	case indicator.SumOfUnits:
		return "cộng"
	case indicator.CountTrue:
		return "đếm đơn vị trả lời “có”"
	case indicator.MeanOfUnits:
		return "bình quân"
	case indicator.RatioOfUnits:
		return "tính từ " + i.Numerator + " và " + i.Denominator
	}
	return "không cộng"
}

// inUse reports whether the year asks anybody.
func inUse(m indicator.Managed) bool { return len(m.Kinds) > 0 }
