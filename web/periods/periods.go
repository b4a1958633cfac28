// Package periods serves the pages on which the year's periods are kept: their
// deadlines, extensions and closing, and which communes file in them. What units
// file is served elsewhere.
package periods

import (
	"net/http"
	"strconv"
	"time"

	"github.com/go-chi/chi/v5"

	"danvan/internal/actor"
	"danvan/internal/campaign"
	"danvan/internal/database"
	"danvan/internal/fault"
	"danvan/internal/viet"
	"danvan/web/current"
	"danvan/web/form"
	"danvan/web/paths"
	"danvan/web/respond"
	"danvan/web/ui"
)

// Pages serves periods.
type Pages struct {
	DB database.DB
}

// maxBody bounds what a form here may post.
const maxBody = 1 << 18

// scene is one period as one person sees it.
type scene struct {
	Campaign campaign.Campaign
	Period   campaign.Period
	Calendar viet.Calendar
	Now      time.Time
	act      actor.Actor
	refused  error // why the reader changes nothing here; nil: may
}

// load returns the period of the address. Whoever files, decides, leads or
// administers reads it; for others it does not exist.
func (h Pages) load(r *http.Request) (scene, error) {
	s := scene{Now: current.Now(r), act: current.Actor(r)}
	if !s.act.Has(actor.Staff, actor.UnitLeader, actor.Reviewer, actor.Consolidator, actor.Leadership, actor.Admin) {
		return s, fault.NotFound
	}
	year, err := strconv.Atoi(chi.URLParam(r, "year"))
	if err != nil {
		return s, fault.NotFound
	}
	if s.Campaign, err = campaign.ByYear(r.Context(), h.DB, year); err != nil {
		return s, err
	}
	if slug := chi.URLParam(r, "period"); slug == "" {
		s.Period, err = campaign.PlanPeriod(r.Context(), h.DB, year)
	} else if s.Period, err = campaign.PeriodBySlug(r.Context(), h.DB, year, slug); err == nil && s.Period.Kind == campaign.Plan {
		err = fault.NotFound // it has an address of its own
	}
	if err != nil {
		return s, err
	}
	s.refused = s.Campaign.MayManage(s.act)
	s.Calendar, err = campaign.Calendar(r.Context(), h.DB)
	return s, err
}

// manage is load for those who may change something.
func (h Pages) manage(r *http.Request) (scene, error) {
	s, err := h.load(r)
	if err == nil {
		err = s.refused
	}
	return s, err
}

// slug is the period as addresses name it.
func (s scene) slug() string {
	if s.Period.Kind == campaign.Plan {
		return ""
	}
	return s.Period.Slug
}

func (s scene) today() viet.Date { return viet.DateOf(s.Now) }

func (s scene) deadlines() string { return paths.Deadlines(s.Campaign.Year, s.slug()) }

// overseesAll reports whether the reader may know what concerns any unit.
func (s scene) overseesAll() bool {
	return s.act.Is(s.Campaign.LeadID, actor.Reviewer, actor.Consolidator) || s.act.Has(actor.Leadership, actor.Admin)
}

// concerns reports whether what happens to a unit is the reader's business: of his
// or her own, of one that reports to it, or of any.
func (s scene) concerns(m campaign.Member) bool {
	return s.overseesAll() || s.act.Is(m.ID, actor.Staff, actor.UnitLeader) || s.act.Is(m.ReportsTo, actor.Reviewer, actor.Consolidator)
}

// page is a page below the one of the deadlines; "" is that page itself.
func (s scene) page(title string) ui.Page {
	year := ui.Link{Label: "Năm " + strconv.Itoa(s.Campaign.Year)}
	if s.act.Has(actor.Staff, actor.UnitLeader, actor.Reviewer, actor.Consolidator, actor.Leadership) {
		year.Path = paths.Overview(s.Campaign.Year)
	}
	crumbs := []ui.Link{year, s.filed()}
	if title == "" {
		title = "Thời hạn " + s.what()
		crumbs = append(crumbs, ui.Link{Label: "Thời hạn"})
	} else {
		crumbs = append(crumbs, ui.Link{Label: "Thời hạn", Path: s.deadlines()}, ui.Link{Label: title})
	}
	return ui.Page{Head: ui.Head{Title: title, Crumbs: crumbs}}
}

// what is filed in the period: "báo cáo năm 2022", "kế hoạch năm 2022".
func (s scene) what() string {
	if s.Period.Kind == campaign.Report {
		return "báo cáo " + viet.LowerFirst(s.Period.Name)
	}
	return viet.LowerFirst(s.Period.Name)
}

// filed is the list of what is filed in the period.
func (s scene) filed() ui.Link {
	switch s.Period.Kind {
	case campaign.Plan:
		return ui.Link{Label: "Kế hoạch", Path: paths.Plans(s.Campaign.Year)}
	case campaign.Report:
		return ui.Link{Label: "Báo cáo " + viet.LowerFirst(s.Period.Name), Path: paths.Reports(s.Campaign.Year, s.Period.Slug)}
	}
	return ui.Link{Label: s.Period.Name}
}

// filing is what a unit files in the period, "" where the portal does not keep it.
func (s scene) filing(slug string) string {
	switch s.Period.Kind {
	case campaign.Plan:
		return paths.Plan(s.Campaign.Year, slug)
	case campaign.Report:
		if s.Period.HasOpened(s.Now) {
			return paths.Report(s.Campaign.Year, s.Period.Slug, slug)
		}
	}
	return ""
}

// change carries out a filled-in form at most once and goes back with a message;
// what can be mended is shown on the form again.
func (h Pages) change(w http.ResponseWriter, r *http.Request, s scene, f *form.Form, c change) error {
	err := f.Once().Run(r.Context(), h.DB, s.act, func(db database.DB) error {
		// Also with something unreadable, to say at once what else is wrong; then
		// nothing of it stays.
		if err := c.do(db); err != nil {
			return err
		}
		return f.Errors.OrNil()
	})
	if f.Reject(err) || !f.OK() {
		return c.again(http.StatusUnprocessableEntity)
	}
	if err != nil {
		return err
	}
	current.Say(r, c.done)
	return respond.To(w, r, c.back)
}

// change is what a form does.
type change struct {
	do    func(db database.DB) error
	done  string // said afterwards
	back  string // where one is then
	again func(status int) error
}
