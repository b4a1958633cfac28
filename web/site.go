package web

import (
	"errors"
	"net/http"
	"strconv"

	"danvan/internal/campaign"
	"danvan/internal/consolidation"
	"danvan/internal/fault"
	"danvan/internal/paper"
	"danvan/internal/plan"
	"danvan/internal/progress"
	"danvan/internal/report"
	"danvan/internal/review"
	"danvan/internal/viet"
	"danvan/web/accounts"
	"danvan/web/consolidations"
	"danvan/web/current"
	"danvan/web/directions"
	"danvan/web/home"
	"danvan/web/indicators"
	"danvan/web/kept"
	"danvan/web/meeting"
	"danvan/web/notices"
	"danvan/web/overviews"
	"danvan/web/papers"
	"danvan/web/partners"
	"danvan/web/periods"
	"danvan/web/plans"
	"danvan/web/proposals"
	"danvan/web/reports"
	"danvan/web/respond"
	"danvan/web/reviews"
	"danvan/web/search"
	"danvan/web/steps"
)

// site is the parts of the portal, wired.
type site struct {
	config     Config
	surround   *surround
	guard      accounts.Guard
	accounts   accounts.Pages
	kept       kept.Pages
	home       home.Pages
	search     search.Pages
	notices    notices.Pages
	partners   partners.Pages
	overview   overviews.Pages
	periods    periods.Pages
	plans      plans.Pages
	reports    reports.Pages
	indicators indicators.Pages
	papers     papers.Pages

	consolidations consolidations.Pages
	meeting        meeting.Pages

	proposals  proposals.Pages
	directions directions.Pages

	planSteps     steps.Pages
	reportSteps   steps.Pages
	planReviews   reviews.Pages
	reportReviews reviews.Pages
}

func newSite(c Config) *site {
	surround := &surround{db: c.DB, now: c.Now, demo: c.Demo != nil}
	keeper := kept.Pages{DB: c.DB, Sealer: c.Sealer, Machine: c.Machine}
	planService, reviewService := plan.NewService(c.DB), review.NewService(c.DB)
	progressService, reportService := progress.NewService(c.DB, c.Files), report.NewService(c.DB, c.Files)
	return &site{
		config: c, surround: surround, kept: keeper,
		guard: accounts.Guard{DB: c.DB, Sessions: c.Sessions, Limits: c.Limits, Machine: c.Machine, Now: c.Now,
			Counts: counts, Frame: surround.frame, Seal: c.Sealer.Token, OnLostPost: keeper.OnLostPost},
		accounts: accounts.Pages{DB: c.DB, Sessions: c.Sessions, Limits: c.Limits, Machine: c.Machine, Now: c.Now,
			Secure: c.Secure, About: surround.about, Demo: c.Demo},
		home:       home.Pages{DB: c.DB},
		search:     search.Pages{DB: c.DB},
		notices:    notices.Pages{DB: c.DB},
		partners:   partners.Pages{DB: c.DB},
		overview:   overviews.Pages{DB: c.DB, Boards: c.Boards, Drawn: &overviews.Drawn{}},
		periods:    periods.Pages{DB: c.DB},
		indicators: indicators.Pages{DB: c.DB},
		reports:    reports.Pages{DB: c.DB, Reports: reportService, Files: c.Files},
		papers:     papers.Pages{Desk: paper.NewDesk(c.DB, planService, reportService)},
		plans:      plans.Pages{Plans: planService, Progress: progressService, Files: c.Files},

		proposals:  proposals.Pages{DB: c.DB},
		directions: directions.Pages{DB: c.DB},

		consolidations: consolidations.Pages{DB: c.DB, Consolidations: consolidation.NewService(c.DB, c.Files, paper.Consolidated), Files: c.Files, Word: paper.Consolidated},
		meeting:        meeting.Pages{DB: c.DB, Boards: c.Boards},

		planSteps:     steps.Pages{Desk: planService.Desk, Files: c.Files, Matter: steps.Plans(plan.Period)},
		reportSteps:   steps.Pages{Desk: reportService.Desk, Files: c.Files, Matter: steps.Reports},
		planReviews:   reviews.Pages{Reviews: reviewService, Matter: reviews.Plans(planService)},
		reportReviews: reviews.Pages{Reviews: reviewService, Matter: reviews.Reports(reportService)},
	}
}

// thisYear leads from an address without a year to that of the campaign that is on;
// before the first, to the year's page that says who opens one.
func (s *site) thisYear(w http.ResponseWriter, r *http.Request) error {
	now := current.Now(r)
	c, err := campaign.Current(r.Context(), s.config.DB, now)
	if err != nil && !errors.Is(err, fault.NotFound) {
		return err
	}
	if c.Year == 0 {
		c.Year = viet.DateOf(now).Year()
	}
	return respond.To(w, r, r.URL.Path+"/"+strconv.Itoa(c.Year))
}
