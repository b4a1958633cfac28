package reports

import (
	"context"
	"net/http"
	"strconv"
	"time"

	"github.com/go-chi/chi/v5"

	"danvan/internal/actor"
	"danvan/internal/fault"
	"danvan/internal/post"
	"danvan/internal/report"
	"danvan/internal/submission"
	"danvan/internal/viet"
	"danvan/web/current"
	"danvan/web/form"
	"danvan/web/paths"
	"danvan/web/respond"
	reportshow "danvan/web/show/reports"
	"danvan/web/ui"
)

// Prefixes of the parts that there may be several of.
const (
	proposalPrefix = "proposal"
	exemplarPrefix = "exemplar"
)

// item opens the form of a proposal or of a line, a new one for no number.
func (p Pages) item(x piece, no string) (piece, error) {
	list := itemsOf(x.prefix, x.base())
	x.back, x.another = list.path, list.fresh
	x.shown = proposalForm
	if x.prefix == exemplarPrefix {
		x.shown = exemplarForm
	}
	if no == "" {
		x.title, x.action, x.backTo = list.add, list.fresh, "Lưu, về danh sách"
		x.add = p.Reports.AddProposal
		if x.prefix == exemplarPrefix {
			x.add = p.Reports.AddExemplar
		}
		x.crumbs = []ui.Link{{Label: list.title, Path: list.path}, {Label: list.add}}
		return x, nil
	}
	n, err := strconv.Atoi(no)
	if err != nil || n < 1 {
		return x, fault.NotFound
	}
	var ok bool
	if x.prefix == proposalPrefix {
		var one report.Proposal
		one, ok = x.content.Proposal(n)
		x.part, x.title, x.action, x.drop = one.Part, "Kiến nghị "+no, paths.Proposal(x.base(), n), paths.DropProposal(x.base(), n)
		x.save = numbered(p.Reports.SaveProposal, n)
	} else {
		var one report.Exemplar
		one, ok = x.content.Exemplar(n)
		x.part, x.title, x.action, x.drop = one.Part, "Mô hình Dân vận khéo "+no, paths.Exemplar(x.base(), n), paths.DropExemplar(x.base(), n)
		x.save = numbered(p.Reports.SaveExemplar, n)
	}
	if !ok {
		return x, fault.NotFound
	}
	x.no, x.backTo = n, "Lưu, về danh sách"
	x.crumbs = []ui.Link{{Label: list.title, Path: list.path}, {Label: x.title}}
	return x, nil
}

// numbered fixes the number in a method that saves one of several.
func numbered(save func(context.Context, actor.Actor, time.Time, post.Once, submission.Ref, int, report.Edit) (report.Result, error), no int) saver {
	return func(ctx context.Context, act actor.Actor, now time.Time, once post.Once, ref submission.Ref, e report.Edit) (report.Result, error) {
		return save(ctx, act, now, once, ref, no, e)
	}
}

// items are the words and addresses of a list.
type items struct {
	title, add, none, who string
	path, fresh           string
}

func itemsOf(prefix, base string) items {
	if prefix == exemplarPrefix {
		return items{title: "Bảng mô hình Dân vận khéo", add: "Thêm mô hình Dân vận khéo", path: paths.Exemplars(base), fresh: paths.NewExemplar(base),
			none: "Chưa có mô hình nào.", who: "Bảng này có thể để trống. Mỗi dòng là một mô hình đang duy trì hoặc mới đăng ký, công nhận trong kỳ."}
	}
	return items{title: "Vướng mắc, kiến nghị", add: "Thêm kiến nghị", path: paths.Proposals(base), fresh: paths.NewProposal(base),
		none: "Chưa có kiến nghị nào.", who: "Phần này có thể để trống. Mỗi kiến nghị ghi riêng, kèm nơi giải quyết, để theo dõi được trả lời."}
}

// listing is the page of a list.
type listing struct {
	opened
	items
	prefix string
	view   reportshow.View
}

// Proposals lists the proposals of a report.
func (p Pages) Proposals(w http.ResponseWriter, r *http.Request) error {
	return p.listItems(w, r, proposalPrefix)
}

// Exemplars lists the lines of the Dân vận khéo table.
func (p Pages) Exemplars(w http.ResponseWriter, r *http.Request) error {
	return p.listItems(w, r, exemplarPrefix)
}

func (p Pages) listItems(w http.ResponseWriter, r *http.Request, prefix string) error {
	o, err := p.open(r, submission.Edit)
	if err != nil {
		return err
	}
	v := listing{opened: o, items: itemsOf(prefix, o.base()), prefix: prefix, view: o.view()}
	if v.view.Remarks, err = p.Reports.Remarks(r.Context(), o.c, o.content); err != nil {
		return err
	}
	v.view.Answer = true
	return respond.Page(w, r, http.StatusOK, ui.Page{Head: head(o.c, v.title, ui.Link{Label: v.title})}, v.body())
}

// NewProposal and NewExemplar are the forms of one more.
func (p Pages) NewProposal(w http.ResponseWriter, r *http.Request) error {
	return p.showPiece(w, r, proposalPrefix)
}
func (p Pages) NewExemplar(w http.ResponseWriter, r *http.Request) error {
	return p.showPiece(w, r, exemplarPrefix)
}

// AddProposal and AddExemplar take their posts.
func (p Pages) AddProposal(w http.ResponseWriter, r *http.Request) error {
	return p.takePiece(w, r, proposalPrefix)
}
func (p Pages) AddExemplar(w http.ResponseWriter, r *http.Request) error {
	return p.takePiece(w, r, exemplarPrefix)
}

// ProposalForm and ExemplarForm are the forms of one there is.
func (p Pages) ProposalForm(w http.ResponseWriter, r *http.Request) error {
	return p.showItem(w, r, proposalPrefix)
}
func (p Pages) ExemplarForm(w http.ResponseWriter, r *http.Request) error {
	return p.showItem(w, r, exemplarPrefix)
}

// SaveProposal and SaveExemplar take their posts.
func (p Pages) SaveProposal(w http.ResponseWriter, r *http.Request) error {
	return p.takeItem(w, r, proposalPrefix)
}
func (p Pages) SaveExemplar(w http.ResponseWriter, r *http.Request) error {
	return p.takeItem(w, r, exemplarPrefix)
}

func (p Pages) showItem(w http.ResponseWriter, r *http.Request, prefix string) error {
	x, err := p.itemOf(r, prefix)
	if err != nil {
		return err
	}
	return x.page(w, r, http.StatusOK, x.form())
}

func (p Pages) takeItem(w http.ResponseWriter, r *http.Request, prefix string) error {
	x, err := p.itemOf(r, prefix)
	if err != nil {
		return err
	}
	return p.savePiece(w, r, x)
}

// itemOf opens the one of the address.
func (p Pages) itemOf(r *http.Request, prefix string) (piece, error) {
	no := chi.URLParam(r, "no")
	if no == "" {
		return piece{}, fault.NotFound
	}
	return p.pieceOf(r, prefix, no)
}

// DropProposalForm and DropExemplarForm ask before one is taken out.
func (p Pages) DropProposalForm(w http.ResponseWriter, r *http.Request) error {
	return p.askDrop(w, r, proposalPrefix)
}
func (p Pages) DropExemplarForm(w http.ResponseWriter, r *http.Request) error {
	return p.askDrop(w, r, exemplarPrefix)
}

func (p Pages) askDrop(w http.ResponseWriter, r *http.Request, prefix string) error {
	x, err := p.itemOf(r, prefix)
	if err != nil {
		return err
	}
	title := "Xóa " + viet.LowerFirst(x.title)
	f := form.New(nil).At(int64(x.part.Revision))
	return respond.Page(w, r, http.StatusOK, ui.Page{Head: head(x.c, title, x.crumbs...)}, x.askDrop(f))
}

// DropProposal and DropExemplar take one out.
func (p Pages) DropProposal(w http.ResponseWriter, r *http.Request) error {
	return p.dropItem(w, r, proposalPrefix, p.Reports.DeleteProposal)
}
func (p Pages) DropExemplar(w http.ResponseWriter, r *http.Request) error {
	return p.dropItem(w, r, exemplarPrefix, p.Reports.DeleteExemplar)
}

type dropper func(ctx context.Context, act actor.Actor, now time.Time, once post.Once, ref submission.Ref, no, read int) error

func (p Pages) dropItem(w http.ResponseWriter, r *http.Request, prefix string, drop dropper) error {
	ref, err := refOf(r)
	if err != nil {
		return err
	}
	no, err := paths.Number(r, "no", 1, 1_000_000)
	if err != nil {
		return err
	}
	f, err := form.Parse(r, maxPost)
	if err != nil {
		return err
	}
	if err := drop(r.Context(), current.Actor(r), current.Now(r), f.Once(), ref, no, int(f.Revision())); err != nil {
		return err
	}
	base := paths.Report(ref.Year, ref.Period, ref.Unit)
	what := "kiến nghị " + strconv.Itoa(no)
	if prefix == exemplarPrefix {
		what = "dòng " + strconv.Itoa(no) + " của bảng mô hình Dân vận khéo"
	}
	current.SayMore(r, ui.Message{Done: "Đã xóa " + what + ".", More: "Nội dung cũ vẫn xem được trong lịch sử soạn thảo.",
		Link: ui.Link{Label: "Xem lịch sử", Path: paths.History(base, "")}})
	return respond.To(w, r, itemsOf(prefix, base).path)
}
