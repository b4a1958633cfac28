package ui

import (
	"strconv"
	"strings"

	"danvan/internal/viet"
	"danvan/web/form"
)

// Field describes one field of a form.
type Field struct {
	Name         string
	Label        string
	Hint         string
	Missing      string // what sending still wants here: no mistake, saving does not ask for it
	Optional     bool   // marked "(không bắt buộc)"
	Width        string // of [TextField] and [Select]: "" whole column, "md", "date", "num"
	Rows         int    // of [TextArea], 3 when 0
	Type         string // of [TextField]: "" text, "password", "email", "search"
	Autocomplete string // "" leaves it to the browser, except for dates
	Placeholder  string
	MaxLength    int    // 0 for none
	ReadOnly     bool   // shown, selectable, not editable
	Accept       string // of [FileField]: ".pdf,.docx"
	Multiple     bool   // of [FileField]
	LabelHidden  bool   // only for readers of the screen: in a table whose head says it
	Autofocus    bool
	Plain        bool // of [TextField]: no capital letters by themselves, no spelling: a user name
	Digits       bool // of [TextField]: typed on a keyboard of digits: a code
}

// Option is one answer of a [Select], [Radios] or [Checkboxes].
type Option struct {
	Value string
	Label string
	Hint  string
}

// Options makes options whose value is their label.
func Options(labels ...string) []Option {
	options := make([]Option, len(labels))
	for i, label := range labels {
		options[i] = Option{Value: label, Label: label}
	}
	return options
}

// Group is a part of a long list of [Checkboxes], folded unless something in it
// is ticked.
type Group struct {
	Title   string
	Options []Option
}

// FieldID is the id of the element a field with this name is entered in, and
// what a link to it points at.
func FieldID(name string) string {
	if name == "" {
		return "bieu-mau"
	}
	return strings.Map(func(r rune) rune {
		switch {
		case r >= 'a' && r <= 'z', r >= 'A' && r <= 'Z', r >= '0' && r <= '9', r == '-', r == '_', r == '.':
			return r
		}
		return '-'
	}, name)
}

func (x Field) id() string { return FieldID(x.Name) }

// optionID gives the first option the id of the field, so that the summary of
// mistakes leads to it.
func (x Field) optionID(i int) string {
	if i == 0 {
		return x.id()
	}
	return x.id() + "-" + strconv.Itoa(i+1)
}

func (x Field) hintID() string  { return x.id() + "-goi-y" }
func (x Field) errorID() string { return x.id() + "-loi" }

func (x Field) missingID() string { return x.id() + "-thieu" }

// describedBy names what a screen reader reads after the label.
func (x Field) describedBy(f *form.Form) string {
	var ids []string
	if f.Error(x.Name) != "" {
		ids = append(ids, x.errorID())
	}
	if x.Missing != "" {
		ids = append(ids, x.missingID())
	}
	if x.Hint != "" {
		ids = append(ids, x.hintID())
	}
	return strings.Join(ids, " ")
}

func (x Field) boxClass(f *form.Form) string {
	return classes("dv-field", true, "dv-field-bad", f.Error(x.Name) != "")
}

func (x Field) inputType() string {
	if x.Type == "" {
		return "text"
	}
	return x.Type
}

func (x Field) rows() string {
	if x.Rows == 0 {
		return "3"
	}
	return strconv.Itoa(x.Rows)
}

func (x Field) controlClass(base string) string {
	if x.Width == "" {
		return base
	}
	return base + " dv-in-" + x.Width
}

func optionHintID(id string) string { return id + "-goi-y-muc" }

// holdsAny opens a folded group in which something is ticked.
func holdsAny(f *form.Form, name string, options []Option) bool {
	for _, option := range options {
		if f.Holds(name, option.Value) {
			return true
		}
	}
	return false
}

// held counts what is ticked in a group.
func held(f *form.Form, name string, options []Option) int {
	n := 0
	for _, option := range options {
		if f.Holds(name, option.Value) {
			n++
		}
	}
	return n
}

// before counts the options of the groups before group i, so that every option
// has an id of its own.
func before(groups []Group, i int) int {
	n := 0
	for _, group := range groups[:i] {
		n += len(group.Options)
	}
	return n
}

// summary lists the mistakes of a form in the order of names, then the others
// in the order in which they were read.
func summary(f *form.Form, names []string) []string {
	var listed []string
	seen := map[string]bool{}
	for _, name := range append(append([]string{""}, names...), f.Faulty()...) {
		if f.Error(name) != "" && !seen[name] {
			seen[name] = true
			listed = append(listed, name)
		}
	}
	return listed
}

// Named is f for [ErrorSummary], each mistake with the field it is about: beside the
// field nobody has to be told. labelOf names a field; "", and a sentence that names it
// itself, leave it at the sentence.
func Named(f *form.Form, labelOf func(name string) string) *form.Form {
	told := form.New(nil)
	for _, name := range f.Faulty() {
		sentence, label := f.Error(name), labelOf(name)
		if !strings.Contains(strings.ToLower(sentence), strings.ToLower(label)) {
			sentence = viet.UpperFirst(label) + ": " + viet.LowerFirst(sentence)
		}
		told.Fail(name, sentence)
	}
	return told
}

// FormOf describes the element around the fields.
type FormOf struct {
	Action    string
	Label     string // for screen readers, where the page has several forms
	Class     string // "dv-form" keeps the fields in a readable column
	Autosave  bool   // saves by itself while one types, if scripts run
	Multipart bool   // has files
}

// Button is one way to send a form; Path makes it a link instead.
type Button struct {
	Label  string
	Icon   string
	Name   string
	Value  string
	Path   string
	Action string // sends the form to another address
}

func tickedWords(n int) string {
	if n == 0 {
		return ""
	}
	return ", đã chọn " + strconv.Itoa(n)
}
