// Package sheetshow is the pages on which an Excel form comes back, whatever it is
// about: choosing the file, what is wrong with it, and what it would change.
package sheetshow

import (
	"slices"
	"strconv"
	"strings"

	"danvan/internal/submission"
	"danvan/internal/viet"
	"danvan/web/form"
)

// Line is one thing a file changes: a figure, an activity. Between the page that
// shows what would change and the post that does it nothing is kept on the server:
// the page carries the lines, and they are checked like everything typed.
type Line struct {
	Key    string
	Read   int    // revision of the part that the page was made from
	Seen   string // its [submission.Digest]
	Fields []Field
}

// Field is one change, in canonical text.
type Field struct {
	Name  string
	Was   string // as the reader was shown it: when the form went out, or as saved
	Is    string // in the file
	Clash bool   // somebody has saved something else since the form went out
	First string // of a clash: what the form said when it went out
	Asked bool   // of a clash: the choice stands, nothing moved since it was asked
}

// LineOf is what a file says: the named fields that differ from what the form said.
func LineOf(key string, was, is submission.Content, names []string) Line {
	l := Line{Key: key}
	for _, name := range names {
		value, filled := is[name]
		if filled && value != was[name] {
			l.Fields = append(l.Fields, Field{Name: name, Was: was[name], Is: value})
		}
	}
	return l
}

// Against holds a line against what is saved now: changes that are saved already
// fall away, and where something else is saved the reader has to choose.
func (l Line) Against(revision int, now submission.Content, seen string) Line {
	out := Line{Key: l.Key, Read: revision, Seen: seen}
	for _, f := range l.Fields {
		saved := now[f.Name]
		if f.Is == saved {
			continue
		}
		f.Asked = f.Clash && saved == f.Was
		if saved != f.Was && !f.Clash {
			f.Clash, f.First = true, f.Was
		}
		f.Was = saved
		out.Fields = append(out.Fields, f)
	}
	return out
}

// Values are the fields of the line as the file has them.
func (l Line) Values() submission.Content {
	values := submission.Content{}
	for _, f := range l.Fields {
		values[f.Name] = f.Is
	}
	return values
}

// Names of the hidden fields.
const (
	readPrefix  = "ban." // revision and digest
	wasPrefix   = "dang-luu."
	isPrefix    = "trong-tep."
	firstPrefix = "ban-dau."
	keepPrefix  = "giu."
	between     = "/" // key and name of the field
)

// Answers to a clash.
const (
	keepFile  = "file"
	keepSaved = "saved"
)

func (l Line) name(prefix string, f Field) string { return prefix + l.Key + between + f.Name }

// Posted reports whether a post confirms what a page showed.
func Posted(f *form.Form) bool {
	for name := range f.All() {
		if strings.HasPrefix(name, readPrefix) {
			return true
		}
	}
	return false
}

// formOf carries lines. The choices made in typed stay where nothing moved since.
func formOf(lines []Line, typed *form.Form) *form.Form {
	f := form.New(nil)
	for _, l := range lines {
		f.Put(readPrefix+l.Key, strconv.Itoa(l.Read)+" "+l.Seen)
		for _, x := range l.Fields {
			f.Put(l.name(wasPrefix, x), x.Was).Put(l.name(isPrefix, x), x.Is)
			if !x.Clash {
				continue
			}
			f.Put(l.name(firstPrefix, x), x.First)
			if typed == nil || !x.Asked {
				continue
			}
			name := l.name(keepPrefix, x)
			if f.Put(name, typed.Raw(name)); typed.Error(name) != "" {
				f.Fail(name, typed.Error(name))
			}
		}
	}
	return f
}

// Take returns the lines of a post, by key, each with its fields by name.
func Take(f *form.Form) []Line {
	var lines []Line
	all := f.All()
	for name := range all {
		key, ok := strings.CutPrefix(name, readPrefix)
		if !ok {
			continue
		}
		revision, seen, _ := strings.Cut(f.Raw(name), " ")
		read, _ := strconv.Atoi(revision) // hidden: nobody types it, and 0 is a part never saved
		lines = append(lines, Line{Key: key, Read: max(read, 0), Seen: seen})
	}
	slices.SortFunc(lines, func(a, b Line) int { return strings.Compare(a.Key, b.Key) })
	for i, l := range lines {
		for name := range all {
			field, ok := strings.CutPrefix(name, isPrefix+l.Key+between)
			if !ok {
				continue
			}
			x := Field{Name: field}
			x.Is, x.Was = viet.Clean(f.Raw(name)), viet.Clean(f.Raw(l.name(wasPrefix, x)))
			x.Clash, x.First = f.Has(l.name(firstPrefix, x)), viet.Clean(f.Raw(l.name(firstPrefix, x)))
			lines[i].Fields = append(lines[i].Fields, x)
		}
		slices.SortFunc(lines[i].Fields, func(a, b Field) int { return strings.Compare(a.Name, b.Name) })
	}
	return lines
}

// Settle leaves of the lines what is to be stored: where somebody else saved too,
// what the reader chose. A choice not made is a mistake of f.
func Settle(f *form.Form, lines []Line) []Line {
	var settled []Line
	for _, l := range lines {
		fields := l.Fields
		l.Fields = nil
		for _, x := range fields {
			if !x.Clash {
				l.Fields = append(l.Fields, x)
				continue
			}
			name := l.name(keepPrefix, x)
			switch f.Choice(name, keepFile, keepSaved) {
			case keepFile:
				l.Fields = append(l.Fields, x)
			case "":
				f.Fail(name, "Chọn nội dung giữ lại")
			}
		}
		if len(l.Fields) > 0 {
			settled = append(settled, l)
		}
	}
	return settled
}

// Count is how many changes there are.
func Count(lines []Line) int {
	n := 0
	for _, l := range lines {
		n += len(l.Fields)
	}
	return n
}
