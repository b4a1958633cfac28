// Package web is the site: the whole table of routes and what stands before them.
package web

import (
	"context"
	"net/http"
	"net/netip"
	"time"

	"github.com/alexedwards/scs/v2"
	"github.com/go-chi/chi/v5"
	"github.com/go-chi/chi/v5/middleware"

	"danvan/internal/account"
	"danvan/internal/database"
	"danvan/internal/evidence"
	"danvan/internal/fault"
	"danvan/internal/overview"
	"danvan/internal/post"
	"danvan/web/accounts"
	"danvan/web/consolidations"
	"danvan/web/guide"
	"danvan/web/paths"
	"danvan/web/respond"
	"danvan/web/reviews"
	"danvan/web/static"
	"danvan/web/steps"
)

// Config is what the site needs.
type Config struct {
	DB             database.DB
	Files          *evidence.Store
	Sealer         *post.Sealer
	Sessions       *scs.SessionManager
	Limits         account.Limits
	Now            func() time.Time // business time
	Machine        func() time.Time // the machine's clock
	Ready          func(ctx context.Context) error
	Secure         bool   // browsers come over https
	BaseURL        string // as browsers know the portal
	TrustedProxies []netip.Prefix
	Demo           *accounts.Demo   // nil in earnest
	Boards         *overview.Memory // of DB; may be nil
}

// Handler returns the whole portal. Its body is the table of routes.
func Handler(c Config) chi.Router {
	s := newSite(c)
	h := func(fn respond.Handler) http.HandlerFunc { return fn.ServeHTTP }
	keep := s.kept.Keeping // a post that cannot be carried out is kept for its author

	r := chi.NewRouter()
	r.Use(middleware.RequestID, s.clientAddress, s.headers, s.deadline, respond.Recover, crossOrigin())

	// Machines, and what every page loads.
	r.Get("/healthz", alive)
	r.Get("/readyz", s.ready)
	r.Get("/static/*", static.Handler)

	// Everyone.
	r.Group(func(r chi.Router) {
		r.Use(packed, c.Sessions.LoadAndSave, s.guard.Anyone)
		r.NotFound(h(func(http.ResponseWriter, *http.Request) error { return fault.NotFound }))
		r.Get(paths.SignIn, h(s.accounts.SignInForm))
		r.Post(paths.SignIn, h(s.accounts.SignIn))
		r.Post(paths.SignOut, h(s.accounts.SignOut))
		r.Post(paths.Theme, h(s.accounts.Theme))
	})

	// Who is signed in.
	r.Group(func(r chi.Router) {
		r.Use(packed, c.Sessions.LoadAndSave, s.guard.SignedIn)

		r.Get(paths.Account, h(s.accounts.Show))
		r.Get(paths.Password, h(s.accounts.PasswordForm))
		r.Post(paths.Password, h(s.accounts.Password))
		r.Get(paths.SecondFactor, h(s.accounts.SecondFactorForm))
		r.Post(paths.SecondFactor, h(s.accounts.SecondFactor))
		r.Post(paths.RemoveSecondFactor, h(s.accounts.RemoveSecondFactor))
		r.Post("/tai-khoan/phien/{session}/ket-thuc", h(s.accounts.EndSession))
		r.Post(paths.EndOtherSessions, h(s.accounts.EndOtherSessions))

		r.Get(paths.Home, h(s.home.Show))
		r.Get(paths.Search, h(s.search.Show))
		r.Get(paths.Notices, h(s.notices.List))
		r.Post(paths.Notices, h(s.notices.Read))
		r.Get(paths.Guide, h(guide.Show))
		r.Get("/da-giu/{id}", h(s.kept.Show))
		r.Post("/da-giu/{id}/bo", h(s.kept.Drop))
		r.Get("/phoi-hop/{year}", h(s.partners.Show))

		// Without a year they lead to the one that is on.
		for _, all := range []string{"/tong-quan", "/ke-hoach", "/bao-cao", "/kien-nghi", "/y-kien", "/tong-hop"} {
			r.Get(all, h(s.thisYear))
		}
		r.Get("/tong-quan/{year}", h(s.overview.Show))
		r.Get("/tong-quan/{year}/hoat-dong", h(s.overview.Activities))
		r.Get("/tong-quan/{year}/{period}", h(s.overview.Period))
		r.Get("/tong-quan/{year}/{period}/nhiem-vu/{task}", h(s.overview.Outcomes))
		r.Get("/tong-quan/{year}/{period}/so-lieu/{code}", h(s.overview.Breakdown))
		r.Get("/ke-hoach/{year}", h(s.overview.Plans))

		deadlines := func(r chi.Router) {
			r.Get("/", h(s.periods.Show))
			r.Get("/sua", h(s.periods.DeadlinesForm))
			r.Post("/sua", keep(s.periods.SetDeadlines))
			r.Get("/gia-han", h(s.periods.ExtendForm))
			r.Post("/gia-han", keep(s.periods.Extend))
			r.Get("/dong-ky", h(s.periods.CloseForm))
			r.Post("/dong-ky", keep(s.periods.Close))
			r.Get("/mo-lai-ky", h(s.periods.ReopenForm))
			r.Post("/mo-lai-ky", keep(s.periods.Reopen))
		}
		r.Route("/ke-hoach/{year}/thoi-han", deadlines)
		r.Route("/bao-cao/{year}/{period}/thoi-han", deadlines)
		r.Get("/bao-cao/{year}/{period}/cap-xa", h(s.periods.Communes))
		r.Get("/bao-cao/{year}/{period}/cap-xa/{unit}", h(s.periods.SwitchOnForm))
		r.Post("/bao-cao/{year}/{period}/cap-xa/{unit}", keep(s.periods.SwitchOn))

		workflow := func(r chi.Router, p steps.Pages) {
			r.Get("/lan-gui/{no}/ban-ky", h(p.SignedForm))
			r.Post("/lan-gui/{no}/ban-ky", keep(p.AttachSigned))
			r.Get("/lan-gui/{no}/ban-ky/{id}", h(p.SignedFile))
			r.Get("/lan-gui/{no}/ban-ky/{id}/doi-chieu", h(p.SignedComparison))
			r.Get("/gop-y/{id}", h(p.AnswerForm))
			r.Post("/gop-y/{id}", keep(p.Answer))
			r.Get("/giai-thich/{code}", h(p.DoubtForm))
			r.Post("/giai-thich/{code}", keep(p.Doubt))
			r.Get("/giai-trinh/{id}", h(p.ExplainForm))
			r.Post("/giai-trinh/{id}", keep(p.Explain))
			r.Get("/trinh", h(p.Ask(steps.Send)))
			r.Post("/trinh", keep(p.Do(steps.Send)))
			r.Get("/rut-lai", h(p.Ask(steps.TakeBack)))
			r.Post("/rut-lai", keep(p.Do(steps.TakeBack)))
			r.Get("/chuyen-lai", h(p.Ask(steps.SendBack)))
			r.Post("/chuyen-lai", keep(p.Do(steps.SendBack)))
			r.Get("/duyet", h(p.SignOffForm))
			r.Post("/duyet", keep(p.SignOff))
			r.Get("/gui", h(p.SubmitForm))
			r.Post("/gui", keep(p.Submit))
			r.Get("/thu-hoi", h(p.Ask(steps.Recall)))
			r.Post("/thu-hoi", keep(p.Do(steps.Recall)))
			r.Get("/de-nghi-mo-lai", h(p.Ask(steps.RequestReopen)))
			r.Post("/de-nghi-mo-lai", keep(p.Do(steps.RequestReopen)))
			r.Get("/sua-doi", h(p.Ask(steps.Amend)))
			r.Post("/sua-doi", keep(p.Do(steps.Amend)))
			r.Get("/bo-sua-doi", h(p.Ask(steps.Discard)))
			r.Post("/bo-sua-doi", keep(p.Do(steps.Discard)))
		}
		r.Get("/ke-hoach/{year}/don-doc", h(s.papers.ReminderForm))
		r.Get("/ke-hoach/{year}/don-doc.docx", h(s.papers.Reminder))
		r.Get("/bao-cao/{year}/{period}/don-doc", h(s.papers.ReminderForm))
		r.Get("/bao-cao/{year}/{period}/don-doc.docx", h(s.papers.Reminder))
		r.Route("/ke-hoach/{year}/{unit}", func(r chi.Router) {
			workflow(r, s.planSteps)
			r.Get("/van-ban.docx", h(s.papers.Plan))
			r.Get("/lan-gui/{no}.docx", h(s.papers.PlanVersion))
			r.Get("/", h(s.plans.Show))
			r.Get("/lich-su", h(s.plans.History))
			r.Get("/lan-gui/{no}", h(s.plans.Version))
			r.Get("/nhiem-vu/{task}", h(s.plans.ScopeForm))
			r.Post("/nhiem-vu/{task}", keep(s.plans.SaveScope))
			r.Get("/van-ban", h(s.plans.ReferenceForm))
			r.Post("/van-ban", keep(s.plans.SaveReference))

			r.Get("/hoat-dong/moi", h(s.plans.NewActivity))
			r.Post("/hoat-dong", keep(s.plans.AddActivity))
			r.Get("/hoat-dong.xlsx", h(s.plans.ActivitySheet))
			r.Get("/hoat-dong/nhap", h(s.plans.ImportForm))
			r.Post("/hoat-dong/nhap", keep(s.plans.Import))
			r.Get("/hoat-dong/{code}", h(s.plans.Activity))
			r.Get("/hoat-dong/{code}/sua", h(s.plans.EditActivity))
			r.Post("/hoat-dong/{code}/sua", keep(s.plans.SaveActivity))
			r.Post("/hoat-dong/{code}/doi-cho", keep(s.plans.MoveActivity))
			r.Get("/hoat-dong/{code}/xoa", h(s.plans.DeleteForm))
			r.Post("/hoat-dong/{code}/xoa", keep(s.plans.DeleteActivity))
			r.Get("/hoat-dong/{code}/dung", h(s.plans.StopForm))
			r.Post("/hoat-dong/{code}/dung", keep(s.plans.StopActivity))
			r.Get("/hoat-dong/{code}/phan-cong", h(s.plans.AssignForm))
			r.Post("/hoat-dong/{code}/phan-cong", keep(s.plans.Assign))
			r.Get("/hoat-dong/{code}/tien-do", h(s.plans.ProgressForm))
			r.Post("/hoat-dong/{code}/tien-do", keep(s.plans.LogProgress))
			r.Get("/hoat-dong/{code}/tien-do/{entry}/{sum}", h(s.plans.ProgressFile))
		})

		r.Get("/quan-tri/{year}/chi-tieu", h(s.indicators.List))
		r.Route("/quan-tri/{year}/chi-tieu/{code}", func(r chi.Router) {
			r.Get("/", h(s.indicators.Show))
			r.Post("/", keep(s.indicators.Save))
			r.Get("/don-vi", h(s.indicators.UnitsForm))
			r.Post("/don-vi", keep(s.indicators.SaveUnits))
			r.Get("/ngung-dung", h(s.indicators.OffForm))
			r.Post("/ngung-dung", keep(s.indicators.Off))
		})

		r.Get("/bao-cao/{year}", h(s.overview.CurrentReports))
		r.Get("/bao-cao/{year}/{period}", h(s.overview.Reports))
		r.Route("/bao-cao/{year}/{period}/{unit}", func(r chi.Router) {
			workflow(r, s.reportSteps)
			r.Get("/van-ban.docx", h(s.papers.Report))
			r.Get("/lan-gui/{no}.docx", h(s.papers.ReportVersion))
			r.Get("/", h(s.reports.Show))
			r.Get("/lich-su", h(s.reports.History))
			r.Get("/lan-gui/{no}", h(s.reports.Version))
			r.Get("/kiem-tra", h(s.reports.Check))
			r.Get("/nhiem-vu/{task}", h(s.reports.TaskForm))
			r.Post("/nhiem-vu/{task}", keep(s.reports.SaveTask))
			r.Get("/danh-gia-chung", h(s.reports.OverallForm))
			r.Post("/danh-gia-chung", keep(s.reports.SaveOverall))
			r.Get("/phuong-huong", h(s.reports.NextForm))
			r.Post("/phuong-huong", keep(s.reports.SaveNext))
			r.Get("/van-ban", h(s.reports.ReferenceForm))
			r.Post("/van-ban", keep(s.reports.SaveReference))
			r.Get("/kien-nghi", h(s.reports.Proposals))
			r.Get("/kien-nghi/moi", h(s.reports.NewProposal))
			r.Post("/kien-nghi/moi", keep(s.reports.AddProposal))
			r.Get("/kien-nghi/{no}", h(s.reports.ProposalForm))
			r.Post("/kien-nghi/{no}", keep(s.reports.SaveProposal))
			r.Get("/kien-nghi/{no}/xoa", h(s.reports.DropProposalForm))
			r.Post("/kien-nghi/{no}/xoa", keep(s.reports.DropProposal))
			r.Get("/dan-van-kheo", h(s.reports.Exemplars))
			r.Get("/dan-van-kheo/moi", h(s.reports.NewExemplar))
			r.Post("/dan-van-kheo/moi", keep(s.reports.AddExemplar))
			r.Get("/dan-van-kheo/{no}", h(s.reports.ExemplarForm))
			r.Post("/dan-van-kheo/{no}", keep(s.reports.SaveExemplar))
			r.Get("/dan-van-kheo/{no}/xoa", h(s.reports.DropExemplarForm))
			r.Post("/dan-van-kheo/{no}/xoa", keep(s.reports.DropExemplar))
			r.Get("/minh-chung", h(s.reports.Evidence))
			r.Post("/minh-chung", keep(s.reports.Attach))
			r.Get("/minh-chung/{id}", h(s.reports.EvidenceFile))
			r.Get("/minh-chung/{id}/bo", h(s.reports.DetachForm))
			r.Post("/minh-chung/{id}/bo", keep(s.reports.Detach))
			r.Get("/so-lieu-nam-truoc", h(s.reports.PriorForm))
			r.Post("/so-lieu-nam-truoc", keep(s.reports.SavePrior))
			r.Get("/so-lieu-nam-truoc.xlsx", h(s.reports.PriorSheet))
			r.Get("/so-lieu-nam-truoc/nhap", h(s.reports.ImportPriorForm))
			r.Post("/so-lieu-nam-truoc/nhap", keep(s.reports.ImportPrior))
			r.Get("/so-lieu.xlsx", h(s.reports.FigureSheet))
			r.Get("/so-lieu/nhap", h(s.reports.ImportForm))
			r.Post("/so-lieu/nhap", keep(s.reports.Import))
		})

		r.Get("/kien-nghi/{year}", h(s.proposals.List))
		r.Route("/kien-nghi/{year}/{period}/{unit}/{no}", func(r chi.Router) {
			r.Get("/", h(s.proposals.Show))
			r.Get("/phan-cong", h(s.proposals.AssignForm))
			r.Post("/phan-cong", keep(s.proposals.Assign))
			r.Get("/tra-loi", h(s.proposals.AnswerForm))
			r.Post("/tra-loi", keep(s.proposals.Answer))
			r.Get("/mo-lai", h(s.proposals.ReopenForm))
			r.Post("/mo-lai", keep(s.proposals.Reopen))
		})
		r.Get("/y-kien/{year}", h(s.directions.List))
		r.Get("/y-kien/{year}/moi", h(s.directions.GiveForm))
		r.Post("/y-kien/{year}/moi", keep(s.directions.Give))
		r.Route("/y-kien/{year}/{no}", func(r chi.Router) {
			r.Get("/", h(s.directions.Show))
			r.Get("/tra-loi", h(s.directions.AnswerForm))
			r.Post("/tra-loi", keep(s.directions.Answer))
			r.Get("/ket-thuc", h(s.directions.CloseForm))
			r.Post("/ket-thuc", keep(s.directions.Close))
		})

		r.Get("/tong-hop/{year}", h(s.consolidations.Current))
		r.Get("/tong-hop/{year}/{period}", h(s.consolidations.Index))
		r.Route("/tong-hop/{year}/{period}/{unit}", func(r chi.Router) {
			p := s.consolidations
			r.Get("/", h(p.Show))
			r.Get("/so-lieu", h(p.Figures))
			r.Get("/xem-truoc", h(p.Preview))
			r.Get("/lich-su", h(p.History))
			r.Get("/noi-dung/{part}", h(p.WriteForm))
			r.Post("/noi-dung/{part}", keep(p.Write))
			r.Get("/noi-dung/{part}/dung-lai", h(p.RedraftForm))
			r.Post("/noi-dung/{part}/dung-lai", keep(p.Redraft))
			r.Get("/van-ban", h(p.ReferenceForm))
			r.Post("/van-ban", keep(p.SaveReference))
			for _, step := range consolidations.Steps {
				r.Get(step.Path(""), h(p.Ask(step)))
				r.Post(step.Path(""), keep(p.Do(step)))
			}
			r.Get("/duyet", h(p.SignOffForm))
			r.Post("/duyet", keep(p.SignOff))
			r.Get("/phat-hanh", h(p.IssueForm))
			r.Post("/phat-hanh", keep(p.Issue))
			r.Get("/lan-phat-hanh/{no}", h(p.Issued))
			r.Get("/lan-phat-hanh/{no}.docx", h(p.IssuedFile))
			r.Get("/lan-phat-hanh/{no}/ban-ky", h(p.SignedForm))
			r.Post("/lan-phat-hanh/{no}/ban-ky", keep(p.AttachSigned))
			r.Get("/lan-phat-hanh/{no}/ban-ky/{id}", h(p.SignedFile))
			r.Get("/lan-phat-hanh/{no}/ban-ky/{id}/doi-chieu", h(p.SignedComparison))
			r.Get("/hop.html", h(s.meeting.Pack))
			r.Get("/bao-cao.docx", h(p.DraftWord))
			r.Get("/phu-luc.xlsx", h(p.Annexes))
		})

		judging := func(r chi.Router, p reviews.Pages) {
			r.Get("/", h(p.Show))
			r.Post("/tiep-nhan", keep(p.Accept))
			r.Post("/tra-lai", keep(p.Return))
			r.Post("/gop-y", keep(p.Remark))
			r.Post("/gop-y/{id}/bo", keep(p.DropRemark))
			r.Post("/gop-y/{id}/ket-luan", keep(p.ResolveRemark))
			r.Post("/giai-trinh", keep(p.AskAbout))
			r.Post("/giai-trinh/{id}/ket-luan", keep(p.SettleQuestion))
			r.Get("/mo-lai", h(p.Ask(reviews.Reopen)))
			r.Post("/mo-lai", keep(p.Do(reviews.Reopen)))
			r.Get("/tu-choi-mo-lai", h(p.Ask(reviews.RefuseReopen)))
			r.Post("/tu-choi-mo-lai", keep(p.Do(reviews.RefuseReopen)))
			r.Get("/rut-hieu-luc", h(p.Ask(reviews.Withdraw)))
			r.Post("/rut-hieu-luc", keep(p.Do(reviews.Withdraw)))
		}
		r.Get(paths.Queue, h(s.planReviews.Queue))
		r.Post(paths.AcceptTogether, keep(s.planReviews.AcceptTogether))
		r.Get(paths.AcceptedTogether("{key}"), h(s.planReviews.AcceptedTogether))
		r.Get(paths.ReviewDuties, h(s.planReviews.Duties))
		r.Post(paths.ReviewDuties, keep(s.planReviews.Share))
		r.Route("/tham-dinh/ke-hoach/{year}/{unit}", func(r chi.Router) { judging(r, s.planReviews) })
		r.Route("/tham-dinh/bao-cao/{year}/{period}/{unit}", func(r chi.Router) { judging(r, s.reportReviews) })
	})
	return r
}
