// Package overviews is the pages that look across units: the province on one
// page, the activities behind its numbers, and the lists of plans and
// reports. What one may see
// and how things are counted is decided by package overview.
package overviews

import (
	"errors"
	"net/http"
	"net/url"
	"strings"

	"danvan/internal/actor"
	"danvan/internal/campaign"
	"danvan/internal/database"
	"danvan/internal/fault"
	"danvan/internal/overview"
	"danvan/web/current"
	"danvan/web/paths"
	"danvan/web/respond"
	"danvan/web/ui"
)

// Pages serves the overviews.
type Pages struct {
	DB     database.DB
	Boards *overview.Memory // of DB; nil: everything is read for every page
	Drawn  *Drawn           // nil: every row is drawn for every page
}

// Names of parameters that narrow what is shown.
const (
	unitParam     = "don-vi"
	taskParam     = "nhiem-vu"
	statusParam   = "tinh-trang"
	monthParam    = "thang"      // due in
	doneParam     = "xong-thang" // done in
	receiverParam = "noi-nhan"   // the unit that those shown report to
	stateParam    = "trang-thai"
	kindParam     = "khoi"
	lateParam     = "cham"
	sentParam     = "gui-lan-dau"  // first sent that day, as yyyy-mm-dd; with [until] before it, by then
	behindParam   = "viec-qua-han" // units with work past its last day
	showParam     = "trinh-chieu"
)

// pageSize is how many rows a list shows at once.
const pageSize = 30

// Show is the province on one page, or one's own units beside its averages.
func (h Pages) Show(w http.ResponseWriter, r *http.Request) error {
	year, err := paths.Year(r)
	if err != nil {
		return err
	}
	query := r.URL.Query()
	verdict := verdictOf(r.URL, "Từ nội dung kế hoạch đang có hiệu lực, nhật ký tiến độ và các lần gửi, không qua số liệu tổng hợp sẵn.")
	if verdict.Asked {
		h.Boards.Forget(year)
	}
	board, found, err := confirmed(verdict.Asked, func() (overview.Board, error) {
		return h.Boards.Of(r.Context(), h.DB, current.Actor(r), current.Now(r), year, query.Get(receiverParam))
	}, func(b overview.Board) (overview.Recounted, error) {
		return overview.Recount(r.Context(), h.DB, current.Now(r), b)
	})
	if err != nil {
		return h.noBoard(w, r, year, err)
	}
	filing, err := overview.FilingOf(r.Context(), h.DB, current.Now(r), board)
	if err != nil {
		return err
	}
	if f, asked := respond.TableFormat(query); asked {
		return respond.Table(w, r, matrixTable(board, filing, current.Now(r)), f)
	}
	p := provinceOf(board, current.Now(r))
	withReports(p.Banks, p.Year, filing)
	for i := range p.Banks {
		p.Banks[i].Drawn = h.Drawn
	}
	p.Verdict = verdict.ofPlans(found, board)
	p.Files = ui.FilesOf(r.URL)
	p.Projecting = query.Get(showParam) != ""
	if !p.Own && !p.Projecting {
		if p.Voices, err = h.voices(r, year); err != nil {
			return err
		}
	}
	return respond.Page(w, r, http.StatusOK, showPage(p), show(p))
}

// noBoard tells those who can have an overview why there is none: the year has
// not begun, or nobody reports to them in it.
func (h Pages) noBoard(w http.ResponseWriter, r *http.Request, year int, cause error) error {
	if !errors.Is(cause, fault.NotFound) || !mayOversee(current.Actor(r)) || r.URL.Query().Get(receiverParam) != "" {
		return cause
	}
	body := nobodyReports(year)
	_, err := campaign.ByYear(r.Context(), h.DB, year)
	if errors.Is(err, fault.NotFound) {
		body, err = noCampaign(year, "Tổng quan"), nil
	}
	if err != nil {
		return err
	}
	return respond.Page(w, r, http.StatusOK, emptyPage(year), body)
}

// mayOversee reports whether there can be an overview for act: not for those who
// only administer or only read what names them as partner.
func mayOversee(act actor.Actor) bool {
	return act.Has(actor.Staff, actor.UnitLeader, actor.Reviewer, actor.Consolidator, actor.Leadership)
}

// Activities lists what stands behind a number.
func (h Pages) Activities(w http.ResponseWriter, r *http.Request) error {
	year, err := paths.Year(r)
	if err != nil {
		return err
	}
	f := activityFilterOf(r.URL.Query())
	format, saving := respond.TableFormat(r.URL.Query())
	if saving {
		f.Limit, f.Offset = respond.MostRows, 0
	}
	list, err := h.Boards.Activities(r.Context(), h.DB, current.Actor(r), current.Now(r), year, r.URL.Query().Get(receiverParam), f)
	if err != nil {
		return err
	}
	v := activitiesView{ActivityList: list, URL: r.URL, Filter: f, Now: current.Now(r)}
	if saving {
		if err := respond.TooMany(v.Total, "hoạt động"); err != nil {
			return err
		}
		return respond.Table(w, r, activityTable(v), format)
	}
	if v.beyond() {
		return fault.NotFound
	}
	return respond.Page(w, r, http.StatusOK, activitiesPage(v), activities(v))
}

// Plans lists the plans of a year that one may see.
func (h Pages) Plans(w http.ResponseWriter, r *http.Request) error {
	year, err := paths.Year(r)
	if err != nil {
		return err
	}
	act := current.Actor(r)
	if !overview.MaySeePlans(act) {
		return fault.NotFound
	}
	f := filterOf(r.URL.Query())
	format, saving := respond.TableFormat(r.URL.Query())
	if saving {
		f.Limit, f.Offset = respond.MostRows, 0
	}
	list, err := h.Boards.Plans(r.Context(), h.DB, act, current.Now(r), year, f)
	if err != nil {
		return err
	}
	if list.Year == 0 {
		return respond.Page(w, r, http.StatusOK, emptyPage(year), noCampaign(year, "Kế hoạch"))
	}
	v := plansViewOf(list, r.URL, f, current.Now(r), mayOversee(act), act.Has(actor.Reviewer, actor.Consolidator))
	if saving {
		if err := respond.TooMany(v.Total, "đơn vị"); err != nil {
			return err
		}
		return respond.Table(w, r, planTable(v), format)
	}
	if v.beyond() {
		return fault.NotFound
	}
	return respond.Page(w, r, http.StatusOK, plansPage(v), plans(v))
}

// at is an address with a query, the first of pairs first; empty values are left
// out. A page of the province has a thousand of them.
func at(path string, pairs ...string) string {
	var b strings.Builder
	b.Grow(len(path) + 64)
	b.WriteString(path)
	sep := byte('?')
	for i := 0; i+1 < len(pairs); i += 2 {
		if pairs[i+1] == "" {
			continue
		}
		b.WriteByte(sep)
		b.WriteString(pairs[i])
		b.WriteByte('=')
		b.WriteString(url.QueryEscape(pairs[i+1]))
		sep = '&'
	}
	return b.String()
}
