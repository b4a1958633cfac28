package web

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"sync"
	"time"
	"unicode/utf8"

	"danvan/internal/account"
	"danvan/internal/actor"
	"danvan/internal/campaign"
	"danvan/internal/database"
	"danvan/internal/fault"
	"danvan/internal/unit"
	"danvan/internal/viet"
	"danvan/web/accounts"
	"danvan/web/paths"
	"danvan/web/ui"
)

// counts are read in the statement that finds out who is signed in.
var counts = []string{
	// What waits in the queue of a reviewer or consolidator; nobody else waits for
	// it to be counted.
	`case when exists (select from held where role in ('reviewer', 'consolidator'))
	 then (select count(*)
	  from (select id, period_id, unit_id from submission where state = 'submitted'
	        union
	        select s.id, s.period_id, s.unit_id
	        from request q
	        join submission s on s.id = q.submission_id
	        where q.kind = 'reopen' and q.outcome = 'open') s
	  join period p on p.id = s.period_id
	  join roster r on r.campaign_id = p.campaign_id and r.unit_id = s.unit_id
	  where r.reports_to in (select unit_id from held where role in ('reviewer', 'consolidator')))
	 else 0 end`,
}

// surround knows what stands around every page: the province and the year.
type surround struct {
	db   database.DB
	now  func() time.Time
	demo bool

	mu    sync.Mutex
	known place
}

// place is what changes by the day at most; it is read again after a minute.
type place struct {
	day      viet.Date
	read     time.Time
	province string
	year     int
	source   string
	tasks    []string
	lead     actor.UnitID // consolidates the province
}

const placeLasts = time.Minute

// at returns the place on the day of now. An unreachable database leaves the
// frame plain: the page itself will say what is wrong.
func (s *surround) at(ctx context.Context, now time.Time) place {
	today := viet.DateOf(now)
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.known.day == today && time.Since(s.known.read) < placeLasts {
		return s.known
	}
	p, err := s.load(ctx, now)
	if err != nil {
		return place{year: today.Year()}
	}
	p.day, p.read = today, time.Now()
	s.known = p
	return p
}

func (s *surround) load(ctx context.Context, now time.Time) (place, error) {
	today := viet.DateOf(now)
	p := place{year: today.Year()}
	roots, err := unit.List(ctx, s.db, unit.Filter{On: today, Kinds: []unit.Kind{unit.Province}})
	if err != nil {
		return p, err
	}
	if len(roots) > 0 {
		p.province = "Tỉnh " + roots[0].Place
		if strings.Contains(roots[0].Name, "thành phố") {
			p.province = "Thành phố " + roots[0].Place
		}
	}
	c, err := campaign.Current(ctx, s.db, now)
	if errors.Is(err, fault.NotFound) {
		return p, nil
	}
	if err != nil {
		return p, err
	}
	tasks, err := campaign.Tasks(ctx, s.db, c.ID)
	if err != nil {
		return p, err
	}
	p.lead = actor.UnitID(c.LeadID)
	p.year, p.source = c.Year, "Theo "+c.Directive
	for _, t := range tasks {
		if t.No > 0 {
			p.tasks = append(p.tasks, t.Short)
		}
	}
	return p, nil
}

// about is what the sign-in page tells of the portal.
func (s *surround) about(ctx context.Context, now time.Time) (accounts.About, error) {
	p := s.at(ctx, now)
	return accounts.About{Province: p.province, Tasks: p.tasks, Source: p.source}, nil
}

// frame surrounds the pages of whoever is signed in.
func (s *surround) frame(r *http.Request, signed account.Signed) ui.Frame {
	p := s.at(r.Context(), s.now())
	f := ui.Frame{Province: p.province, Demo: s.demo, SearchQuery: ""}
	if !signed.SessionOpen {
		return f
	}
	f.Who, f.WhoUnit, f.NoticeCount = signed.Actor.Name, whoUnit(signed.Units), signed.Notices
	f.Nav = ui.CurrentNav(navigation(signed, p), r.URL.Path)
	return f
}

// navigation is the places somebody may go to, in the order of the design.
func navigation(signed account.Signed, at place) []ui.NavItem {
	act, year := signed.Actor, at.year
	unitOwn := act.Has(actor.Staff, actor.UnitLeader)
	receives := act.Has(actor.Reviewer, actor.Consolidator)
	var nav []ui.NavItem
	add := func(shown bool, item ui.NavItem) {
		if shown {
			nav = append(nav, item)
		}
	}
	leadsOnly := act.Has(actor.Leadership) && !unitOwn && !receives
	add(!leadsOnly, ui.NavItem{Label: "Việc của tôi", Path: paths.Home})
	add(receives, ui.NavItem{Label: "Rà soát", Path: paths.Queue, Count: waiting(signed)})
	add(leadsOnly, ui.NavItem{Label: "Tổng quan", Path: paths.Overview(year)})
	add(unitOwn || receives || act.Has(actor.Leadership, actor.Admin), ui.NavItem{Label: "Kế hoạch", Path: paths.Plans(year)})
	add(unitOwn || receives || act.Has(actor.Leadership, actor.Admin), ui.NavItem{Label: "Báo cáo", Path: paths.ReportsOfYear(year)})
	sums := act.Has(actor.Consolidator) || at.lead != 0 && act.Is(at.lead, actor.UnitLeader, actor.Reviewer)
	add(sums, ui.NavItem{Label: "Tổng hợp", Path: paths.ConsolidationsOfYear(year)})
	add(!leadsOnly && (unitOwn || receives || act.Has(actor.Leadership)), ui.NavItem{Label: "Tổng quan", Path: paths.Overview(year)})
	add(unitOwn || receives || act.Has(actor.Leadership), ui.NavItem{Label: "Kiến nghị", Path: paths.ProposalLedger(year)})
	add(unitOwn || receives || act.Has(actor.Leadership), ui.NavItem{Label: "Ý kiến", Path: paths.Directions(year)})
	add(act.Has(actor.Staff, actor.Observer), ui.NavItem{Label: "Phối hợp", Path: paths.Partnered(year)})
	return nav
}

func waiting(signed account.Signed) int {
	if len(signed.Counts) == 0 {
		return 0
	}
	return int(signed.Counts[0])
}

// offices puts the role that says most about a person first.
var offices = []struct {
	role actor.Role
	word string
}{
	{actor.Leadership, "Lãnh đạo "}, {actor.Consolidator, "Tổng hợp, "}, {actor.Reviewer, "Rà soát, "},
	{actor.UnitLeader, "Lãnh đạo "}, {actor.Staff, ""}, {actor.Observer, "Phối hợp, "}, {actor.Admin, "Quản trị, "},
}

func whoUnit(units []account.Unit) string {
	for _, o := range offices {
		for _, u := range units {
			if u.Role == o.role {
				return o.word + called(u)
			}
		}
	}
	return ""
}

// widest is how many letters of a unit's name fit beside the office.
const widest = 24

// called is a unit as one calls it, shortened where the bar has no room.
func called(u account.Unit) string {
	name := unit.Called(u.Name)
	if utf8.RuneCountInString(name) > widest {
		return u.Short
	}
	return name
}
