package consolidations

import (
	"bytes"
	"net/http"
	"strconv"

	"danvan/internal/consolidation"
	"danvan/internal/fault"
	"danvan/internal/overview"
	wordfile "danvan/internal/paper"
	"danvan/internal/viet"
	"danvan/web/current"
	"danvan/web/paths"
	"danvan/web/respond"
	"danvan/web/ui"
)

// paperOf is a printed report with what it leads to. What is frozen leads to the
// figures as they were frozen, else to those of now.
func paperOf(g consolidation.Ground, printed consolidation.Printed, base string, working, edits bool) paper {
	return paper{Printed: printed, base: base, edits: edits, frozen: !working,
		head: wordfile.ConsolidatedHead(printed), subject: wordfile.ConsolidatedSubject(printed), foot: wordfile.ConsolidatedSignature(printed),
		figure: func(code string) string {
			l, ok := g.Line(code)
			switch {
			case !ok:
				return ""
			case working:
				return breakdownPath(g, code)
			}
			return paths.ConsolidationFigure(base, l.Task, code)
		},
		sending: func(unit string, no int) string {
			if _, ok := g.UnitStatus(unit); !ok || no < 1 {
				return ""
			}
			return sendingPath(g, unit, no)
		}}
}

// Preview shows the report as the Word file has it, each figure and paragraph one
// step from its source.
func (p Pages) Preview(w http.ResponseWriter, r *http.Request) error {
	ref, err := refOf(r)
	if err != nil {
		return err
	}
	act, now := current.Actor(r), current.Now(r)
	x, err := p.Consolidations.Preview(r.Context(), act, now, ref)
	if err != nil {
		return err
	}
	base := baseOf(ref)
	edits := consolidation.Decide(act, consolidation.Edit, x.Case, now).Allowed
	title, sentence := "Xem trước báo cáo tổng hợp", "Đúng như tệp Word sẽ tải xuống."
	if !x.Working {
		title, sentence = "Toàn văn báo cáo tổng hợp", "Đúng như bản đã chốt."
	}
	if x.Issue > 0 {
		title, sentence = "Báo cáo tổng hợp đã phát hành", issueTitle(*x.Case.Issue)+"."
	}
	head := head(x.Case, title, sentence, ui.Link{Label: "Toàn văn"})
	head.Actions = previewActions(base, x.Issue)
	return respond.Page(w, r, http.StatusOK, ui.Page{Head: head}, previewPage(paperOf(x.Ground, x.Printed, base, x.Working, edits)))
}

// Figures shows the totals of a task with what each unit contributes.
func (p Pages) Figures(w http.ResponseWriter, r *http.Request) error {
	ref, err := refOf(r)
	if err != nil {
		return err
	}
	act, now := current.Actor(r), current.Now(r)
	page, err := p.Consolidations.Standing(r.Context(), act, now, ref)
	if err != nil {
		return err
	}
	if !page.Sight.Working && !page.Sight.Signed {
		return fault.NotFound
	}
	v := figures{base: baseOf(ref), ground: page.Ground, task: taskAsked(r, page.Ground), was: map[string]string{}}
	for _, c := range page.Changes {
		if c.Kind == consolidation.Recounted {
			v.was[c.Code] = c.WasText
			if page.Frozen {
				v.was[c.Code] = c.IsText
			}
		}
	}
	v.frozen = page.Frozen
	v.lines = v.words()
	v.says = "Cập nhật theo " + itoa(len(page.Ground.Versions)) + " báo cáo đang có hiệu lực."
	if page.Frozen {
		v.says = "Số liệu đã chốt theo " + itoa(len(page.Ground.Versions)) + " báo cáo có hiệu lực khi đó; số liệu hiện nay ở trang của từng chỉ tiêu."
	}
	head := head(page.Case, "Số liệu tổng hợp "+viet.LowerFirst(page.Ground.Period.Name), "", ui.Link{Label: "Số liệu"})
	head.Actions = figureActions(v.base)
	return respond.Page(w, r, http.StatusOK, ui.Page{Head: head}, v.page())
}

// taskAsked is the task of the address, the first one by default.
func taskAsked(r *http.Request, g consolidation.Ground) int {
	no, err := strconv.Atoi(r.URL.Query().Get(paths.TaskParam))
	if err == nil && len(g.LinesOf(no)) > 0 {
		return no
	}
	for _, t := range g.Tasks {
		if len(g.LinesOf(t.No)) > 0 {
			return t.No
		}
	}
	return 0
}

// DraftWord is the report as it stands, as a Word file.
func (p Pages) DraftWord(w http.ResponseWriter, r *http.Request) error {
	ref, err := refOf(r)
	if err != nil {
		return err
	}
	x, err := p.Consolidations.Preview(r.Context(), current.Actor(r), current.Now(r), ref)
	if err != nil {
		return err
	}
	file, err := p.Word(x.Printed)
	if err != nil {
		return err
	}
	name := "bao-cao-tong-hop-" + ref.Period + "-" + strconv.Itoa(ref.Year) + "-" + ref.Unit + ".docx"
	return respond.Download(w, r, name, wordType, bytes.NewReader(file))
}

const wordType = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

// IssuedFile is the Word file of an issue, as it was stored.
func (p Pages) IssuedFile(w http.ResponseWriter, r *http.Request) error {
	ref, no, err := issueRef(r)
	if err != nil {
		return err
	}
	file, err := p.Consolidations.Paper(r.Context(), current.Actor(r), current.Now(r), ref, no)
	if err != nil {
		return err
	}
	content, err := p.Files.Open(r.Context(), file.SHA)
	if err != nil {
		return err
	}
	defer func() { _ = content.Close() }() // it was only read
	return respond.Download(w, r, file.Name, wordType, content)
}

// Issued shows one issue: its paper, its hashes, what replaced it.
func (p Pages) Issued(w http.ResponseWriter, r *http.Request) error {
	ref, no, err := issueRef(r)
	if err != nil {
		return err
	}
	act, now := current.Actor(r), current.Now(r)
	x, list, err := p.Consolidations.IssuePage(r.Context(), act, now, ref, no)
	if err != nil {
		return err
	}
	base := baseOf(ref)
	v := issuedView{IssuedReport: x, base: base, attach: consolidation.Decide(act, consolidation.AttachSigned, x.Case, now).Allowed, paper: paperOf(x.Frozen.Ground, x.Printed, base, false, false), changed: changesOf(x.Frozen.Ground, list)}
	head := head(x.Case, "Lần phát hành "+itoa(no)+": "+issueTitle(x.Head), "", ui.Link{Label: "Lần phát hành " + itoa(no)})
	head.Actions = issuedActions(base, no)
	return respond.Page(w, r, http.StatusOK, ui.Page{Head: head}, v.page())
}

// Current leads to the consolidation of the period that matters now.
func (p Pages) Current(w http.ResponseWriter, r *http.Request) error {
	year, err := paths.Year(r)
	if err != nil {
		return err
	}
	period, err := overview.CurrentPeriod(r.Context(), p.DB, current.Now(r), year)
	if err != nil {
		return err
	}
	if _, err := p.Consolidations.List(r.Context(), current.Actor(r), current.Now(r), year, period); err != nil {
		return err
	}
	return respond.To(w, r, paths.Consolidations(year, period))
}

// Index leads to the consolidation that concerns the reader, or lists several.
func (p Pages) Index(w http.ResponseWriter, r *http.Request) error {
	year, period, err := periodOf(r)
	if err != nil {
		return err
	}
	list, err := p.Consolidations.List(r.Context(), current.Actor(r), current.Now(r), year, period)
	if err != nil {
		return err
	}
	if len(list) == 1 {
		return respond.To(w, r, baseOf(list[0].Ref()))
	}
	title := "Báo cáo tổng hợp " + viet.LowerFirst(list[0].PeriodName)
	crumbs := crumbs(list[0])
	return respond.Page(w, r, http.StatusOK, ui.Page{Head: ui.Head{Title: title, Crumbs: crumbs}}, indexPage(list))
}
