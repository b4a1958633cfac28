package consolidations

import (
	"strconv"

	"danvan/internal/consolidation"
	"danvan/internal/consolidation/wording"
	"danvan/web/paths"
)

// Fields of the form of a section beside its text.
const (
	putField  = "dua-vao" // a unit's paragraph to be put at the end: "so-tu-phap/2/result"
	thenField = "sau-do"
	thenNext  = "tiep"
)

// writing is a section as the page shows it to who writes it.
type writing struct {
	base       string
	titles     map[int]string // of the tasks
	section    section
	notes      map[string]note // by slug
	savedAt    string
	partly     string
	redraft    bool
	faults     []placed
	paragraphs []lined
	typed      int // numbers written by hand
	tokens     []token
	offers     []offer
	origins    map[wording.Source]origin
	figures    map[string]string // address of what a figure is made of, by code
}

// placed is a fault with the box it stands in.
type placed struct {
	Box   string
	Where string // "Ưu điểm, dòng 3, ký tự 12"
	Why   string
}

// lined is one box as it is printed.
type lined struct {
	Label string // "" where there is one box
	List  []wording.Paragraph
}

// token is a value one may put into the text.
type token struct {
	Name, Path          string
	Token, Value        string
	ChangeToken, Change string
}

// offer is what one unit wrote about the section.
type offer struct {
	Short   string
	Path    string // of the version
	Version string // "lần gửi 2"
	Word    string // its own rating
	Mark    string // the origin as written into the text
	Texts   []offered
}

type offered struct {
	consolidation.Offered
	Value string // of the button
	Used  bool
}

// origin is where a paragraph was taken from.
type origin struct {
	Label string // "Sở Tư pháp, lần gửi 2"
	Path  string
}

func (w writing) action() string { return paths.ConsolidationPart(w.base, w.section.Slug) }

func (w writing) order() []string {
	var names []string
	for _, b := range w.section.Boxes {
		names = append(names, b.Name)
	}
	return names
}

func (w writing) origin(s wording.Source) (origin, bool) {
	o, ok := w.origins[s]
	return o, ok
}

func (w writing) breakdown(code string) string { return w.figures[code] }

func (w writing) typedWord() string {
	if w.typed == 0 {
		return ""
	}
	return strconv.Itoa(w.typed) + " số nhập tay"
}

func (w writing) offerCount() string {
	if len(w.offers) == 0 {
		return ""
	}
	return strconv.Itoa(len(w.offers)) + " đơn vị"
}

// onward says where the second button leads.
func (w writing) onward() string {
	if next, ok := w.following(); ok {
		if next.No > 0 {
			return "Lưu, sang nhiệm vụ " + strconv.Itoa(next.No)
		}
		return "Lưu, sang " + next.Title
	}
	return "Lưu, xem trước"
}

// following is the section after this one.
func (w writing) following() (section, bool) {
	list := sections(w.titles)
	for i, s := range list {
		if s.Slug == w.section.Slug && i+1 < len(list) {
			return list[i+1], true
		}
	}
	return section{}, false
}

// onwardPath is the address after this section.
func (w writing) onwardPath() string {
	if next, ok := w.following(); ok {
		return paths.ConsolidationPart(w.base, next.Slug)
	}
	return paths.Preview(w.base)
}
