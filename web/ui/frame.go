// Package ui holds the pieces every page is made of: the page around them,
// heads, states, tables, forms. They take plain values, know no feature, never
// fail and never decide who may do what.
package ui

import (
	"time"

	"github.com/a-h/templ"

	"danvan/web/static"
)

// Frame is what surrounds a page because of who looks at it and when.
type Frame struct {
	SignedIn    bool
	Who         string // họ và tên
	WhoUnit     string // "Rà soát, Sở Nội vụ"
	Province    string // "Tỉnh Hậu Giang"
	Nav         []NavItem
	SearchQuery string
	NoticeCount int
	Moment      time.Time // business time
	Demo        bool      // says that data and moment are made up
	Message     Message
	Theme       string // "light", "dark" or empty
	Address     string // of this page, to come back to
}

// NavItem is one place of the top bar.
type NavItem struct {
	Label   string
	Path    string
	Current bool
	Count   int // what waits there; 0 is not shown
}

// Page is what a page says about itself.
type Page struct {
	Title     string // of the browser's tab; empty: the title of the head
	Head      Head
	Errors    bool   // puts "Lỗi: " before the title
	PrintNote string // middle of the line on top of the paper
	Wide      bool   // uses the whole width of large screens
	Landscape bool   // is printed on A4 landscape
	Projector bool   // shows nothing but the finding and the matrix
	Gate      bool   // sign-in: no bar, no head, no footer
}

// Head says where one is and in what state, and offers what to do.
type Head struct {
	Title   string
	Crumbs  []Link          // the last one, without a path, is the page itself
	Meta    templ.Component // state and a sentence; may be nil
	Actions templ.Component // buttons; may be nil
	Row     bool            // one line of crumbs and actions; the page brings its own h1
}

func (h Head) drawn() bool { return h.Title != "" || len(h.Crumbs) > 0 || h.Actions != nil }

// Link is an address with its words.
type Link struct {
	Label string
	Path  string
}

// Message is shown once, after something was done.
type Message struct {
	Done string // in bold
	More string
	Link Link
}

const siteName = "Cổng công tác dân vận chính quyền"

func (p Page) tab() string {
	title := p.Title
	if title == "" {
		title = p.Head.Title
	}
	if title == "" {
		return siteName
	}
	if p.Errors {
		title = "Lỗi: " + title
	}
	return title + " – " + siteName
}

func (p Page) bodyClass() string {
	return classes("dv-landscape", p.Landscape, "dv-projector", p.Projector)
}

func (p Page) mainClass() string {
	return classes("dv-gate", p.Gate, "dv-wrap", !p.Gate, "dv-wide", p.Wide && !p.Gate)
}

// classes joins the names whose condition holds.
func classes(pairs ...any) string {
	joined := ""
	for i := 0; i+1 < len(pairs); i += 2 {
		if pairs[i+1].(bool) && pairs[i].(string) != "" {
			if joined != "" {
				joined += " "
			}
			joined += pairs[i].(string)
		}
	}
	return joined
}

// CurrentNav returns nav with the place marked that path belongs to: the one
// with the longest address path begins with.
func CurrentNav(nav []NavItem, path string) []NavItem {
	marked := make([]NavItem, len(nav))
	copy(marked, nav)
	best, length := -1, 0
	for i, item := range marked {
		marked[i].Current = false
		if within(path, item.Path) && len(item.Path) > length {
			best, length = i, len(item.Path)
		}
	}
	if best >= 0 {
		marked[best].Current = true
	}
	return marked
}

func within(path, place string) bool {
	if path == place {
		return true
	}
	return place != "/" && len(path) > len(place) && path[:len(place)] == place && path[len(place)] == '/'
}

// scripts of every page; nothing depends on them.
var scripts = []string{"page.js", "shortcuts.js", "autosave.js", "shown-when.js"}

var looks = []struct{ theme, label string }{{"", "Theo máy"}, {"light", "Sáng"}, {"dark", "Tối"}}

var sprite = static.Path("icons.svg") + "#i-"

func iconAddress(name string) templ.SafeURL { return templ.SafeURL(sprite + name) }
