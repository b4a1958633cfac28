package consolidations

import (
	"net/http"
	"strings"

	"danvan/internal/actor"
	"danvan/internal/consolidation"
	"danvan/internal/consolidation/wording"
	"danvan/internal/meeting"
	"danvan/internal/overview"
	"danvan/internal/viet"
	"danvan/internal/workingcopy"
	"danvan/web/current"
	"danvan/web/paths"
	"danvan/web/respond"
	"danvan/web/ui"
)

// showing is a consolidation as its page shows it to one person.
type showing struct {
	Case    consolidation.Case
	base    string
	sight   consolidation.Sight
	may     map[consolidation.Action]consolidation.Decision
	ground  consolidation.Ground
	frozen  bool
	faults  []consolidation.Fault
	absent  []absentee
	changed changes
	issues  []consolidation.IssueHead
	events  []ui.Event
	paper   workingcopy.Reference
	issuer  consolidation.Body
	typed   int  // numbers written by hand
	quoted  int  // paragraphs taken from a unit
	pastDue bool // of every unit that is missing
	pack    bool // the meeting's file is for the reader too
	remind  bool // the reader may write to those who are late
	tabs    []ui.Tab
	// the last step was to go on without somebody: its reason stands in a box of its own
	proceeded bool
}

// Show is the page of a consolidation.
func (p Pages) Show(w http.ResponseWriter, r *http.Request) error {
	ref, err := refOf(r)
	if err != nil {
		return err
	}
	act, now := current.Actor(r), current.Now(r)
	page, err := p.Consolidations.Page(r.Context(), act, now, ref)
	if err != nil {
		return err
	}
	v := showing{Case: page.Case, base: baseOf(ref), sight: page.Sight, may: consolidation.Decisions(act, page.Case, now), ground: page.Ground,
		frozen: page.Frozen, faults: page.Faults, issues: page.Issues, pack: meeting.May(act, page.Case.Unit),
		remind: act.Is(page.Case.Unit, actor.Reviewer, actor.Consolidator), tabs: tabsOf(page.Case, act)}
	v.proceeded = len(page.Events) > 0 && page.Events[0].Action == "proceeded"
	v.count(page.Contents)
	asOf := now
	if page.Frozen && page.Case.Frozen != nil {
		asOf = page.Case.Frozen.At
	}
	v.absent, v.pastDue = absentees(page.Ground, page.Case, viet.DateOf(asOf))
	v.changed = changesOf(page.Ground, page.Changes)
	for i, e := range page.Events {
		v.events = append(v.events, eventOf(e, i == 0, v.base))
	}
	doc := page.Contents[consolidation.ReferenceKey]
	v.paper, v.issuer = workingcopy.ReferenceFrom(doc), consolidation.Body(doc[consolidation.BodyField])
	if c := page.Case; c.State == consolidation.Issued && c.Issue != nil {
		v.paper, v.issuer = c.Issue.Reference, c.Issue.Body
	}
	title := ui.Head{Title: titleOf(page.Case), Crumbs: crumbs(page.Case), Meta: meta(page.Case, v.sentence()), Actions: v.actions()}
	return respond.Page(w, r, http.StatusOK, ui.Page{Head: title, PrintNote: titleOf(page.Case)}, v.page())
}

// tabsOf switch between the periods of the year.
func tabsOf(c consolidation.Case, act actor.Actor) []ui.Tab {
	var tabs []ui.Tab
	for _, p := range c.PeriodsFor(act) {
		tabs = append(tabs, ui.Tab{Label: p.Name, Path: paths.Consolidation(c.Year, p.Slug, c.UnitSlug), Current: p.Slug == c.Period})
	}
	return tabs
}

// count adds up what of the text is from units, and what is written by hand.
func (v *showing) count(contents map[string]consolidation.Content) {
	for key, content := range contents {
		if key == consolidation.ReferenceKey {
			continue
		}
		for _, text := range content {
			for _, p := range wording.Parse(text) {
				v.typed += typedOf(p)
				if p.Sourced() {
					v.quoted++
				}
			}
		}
	}
}

func planLook(s overview.PlanState) ui.Kind {
	switch s {
	case overview.Draft:
		return ui.Draft
	case overview.Awaiting:
		return ui.Awaiting
	case overview.Sent:
		return ui.Submitted
	case overview.Returned:
		return ui.Returned
	case overview.Accepted:
		return ui.Accepted
	}
	return ui.NotBegun
}

// changes are what below is not as it was frozen.
type changes struct {
	units   []ui.Item
	figures []ui.Item
}

func (c changes) none() bool { return len(c.units)+len(c.figures) == 0 }

// count is "2 đơn vị, 14 chỉ tiêu".
func (c changes) count() string {
	units, figures := "", ""
	if n := len(c.units); n > 0 {
		units = itoa(n) + " đơn vị"
	}
	if n := len(c.figures); n > 0 {
		figures = itoa(n) + " chỉ tiêu"
	}
	return ui.Joined(", ", units, figures)
}

// changesOf words the changes, each leading to what it is now.
func changesOf(g consolidation.Ground, list []consolidation.Change) changes {
	var out changes
	for _, c := range list {
		if c.Kind == consolidation.Recounted {
			item := ui.Item{Icon: "pencil", Text: viet.UpperFirst(c.Words()), Path: breakdownPath(g, c.Code)}
			if l, ok := g.Line(c.Code); ok {
				item.Text, item.Note = c.Code+" "+l.Name, "Nay là "+c.IsText+"; khi chốt là "+c.WasText
			}
			out.figures = append(out.figures, item)
			continue
		}
		no := c.Is
		if no == 0 {
			no = c.Was
		}
		out.units = append(out.units, ui.Item{Icon: "git-merge", Text: viet.UpperFirst(c.Words()), Path: sendingPath(g, c.Unit, no)})
	}
	return out
}

func (v showing) changedTitle() string {
	if v.Case.Issue != nil && (v.Case.State == consolidation.Issued || v.Case.State == consolidation.Draft) {
		return "Đã thay đổi sau khi phát hành"
	}
	return "Đã thay đổi sau khi chốt"
}

func (v showing) changedNote() string {
	if v.Case.State == consolidation.Issued {
		return "Văn bản đã phát hành giữ nguyên số liệu, lời văn như khi ký. Muốn cập nhật thì soạn bản thay thế."
	}
	if v.Case.State == consolidation.Draft {
		return "Bản đang soạn đã tính các thay đổi này."
	}
	return "Bản đã chốt không đổi. Khi phát hành, hệ thống hỏi: phát hành như đã chốt, hay đưa về nháp để cập nhật."
}

// sentence says since when the state is so, and why.
func (v showing) sentence() string {
	c := v.Case
	if !c.Begun() {
		return v.completeness()
	}
	day := viet.Moment(c.StateAt)
	switch c.State {
	case consolidation.Draft:
		if c.StateWhy != "" && !v.proceeded {
			return c.StateByName + ", " + day + ": “" + c.StateWhy + "”."
		}
		if c.Issue != nil {
			return "Bản thay thế " + issueTitle(*c.Issue) + "."
		}
	case consolidation.AwaitingSignoff:
		return c.StateByName + " trình lúc " + day + "."
	case consolidation.SignedOff:
		return c.StateByName + " duyệt lúc " + day + "."
	case consolidation.Issued:
		if c.Issue != nil {
			return issueTitle(*c.Issue) + ", phát hành lúc " + viet.Moment(c.Issue.At) + "."
		}
	}
	return ""
}

// sentBack reports whether somebody wants the text mended.
func (v showing) sentBack() bool {
	for _, e := range v.events {
		return e.Open
	}
	return false
}

// issueTitle is "Số 215/BC-SNV ngày 07/12/2022".
func issueTitle(i consolidation.IssueHead) string {
	return "Số " + i.Reference.String() + " ngày " + i.Reference.IssuedOn.String()
}

func shortHash(sum string) string { return sum[:min(len(sum), 12)] + "…" }

// files are what can be downloaded.
func (v showing) files() []ui.Item {
	var items []ui.Item
	if i := v.Case.Issue; i != nil && v.Case.State != consolidation.SignedOff {
		items = append(items, ui.Item{Text: issueTitle(*i) + ".docx", Path: paths.IssuedFile(v.base, i.No), Note: "Tệp Word đã phát hành, không thay đổi"})
		for _, f := range i.Signed {
			items = append(items, ui.Item{Text: f.Name, Path: paths.SignedIssueFile(v.base, i.No, f.ID), Note: "Bản ký; " + viet.LowerFirst(f.Outcome.Word())})
		}
	}
	if v.Case.State != consolidation.Issued && (v.sight.Working || v.Case.State == consolidation.SignedOff) {
		items = append(items, ui.Item{Text: "Báo cáo, tệp Word", Path: paths.DraftWord(v.base), Note: "Ghi “DỰ THẢO” cho tới khi phát hành"})
	}
	items = append(items, ui.Item{Text: "Phụ lục, tệp Excel", Path: paths.Annexes(v.base), Note: "Số liệu từng đơn vị, mô hình, tình hình gửi"})
	if v.pack {
		items = append(items, ui.Item{Text: "Tài liệu họp, một tệp", Path: paths.MeetingPack(v.base), Note: "Mở được không cần mạng; số liệu lúc tải"})
	}
	return items
}

func (v showing) referenceFacts() []ui.Fact {
	number, day := "", ""
	if v.paper.Number > 0 {
		number = v.paper.String()
	}
	if !v.paper.IssuedOn.IsZero() {
		day = v.paper.IssuedOn.String()
	}
	by := v.ground.Unit.Short
	if v.issuer == consolidation.Province {
		by = v.ground.Root.Name
	}
	return []ui.Fact{{Term: "Ban hành", Text: by}, {Term: "Số", Text: number}, {Term: "Ngày", Text: day}, {Term: "Người ký", Text: v.paper.Signer},
		{Term: "Thẩm quyền", Text: strings.ReplaceAll(v.paper.Capacity, "\n", ", ")}, {Term: "Trích yếu", Text: v.paper.Subject}}
}

// fewNames is how many units are named beside a reason; more stand in their table.
const fewNames = 5

// names calls units by slug, where they are few.
func (v showing) names(slugs []string) string {
	if len(slugs) > fewNames {
		return ""
	}
	var names []string
	for _, slug := range slugs {
		names = append(names, shortOf(v.ground, slug))
	}
	return ": " + strings.Join(names, ", ")
}
