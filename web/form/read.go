package form

import (
	"mime/multipart"
	"slices"
	"strconv"
	"strings"

	"danvan/internal/viet"
)

const notInList = "Chọn một mục trong danh sách"

type files map[string][]*multipart.FileHeader

// read notes that a field was asked for and returns its raw text. A field that
// already has a mistake reads as blank.
func (f *Form) read(name string) string {
	f.noteOrder(name)
	if f.Errors[name] != "" {
		return ""
	}
	return f.Raw(name)
}

// Text returns a text of several lines, cleaned.
func (f *Form) Text(name string) string { return viet.Clean(f.read(name)) }

// Line returns a text of one line, cleaned.
func (f *Form) Line(name string) string { return viet.CleanLine(f.read(name)) }

// Secret returns a field exactly as typed: a password.
func (f *Form) Secret(name string) string { return f.read(name) }

// Lines returns the lines of a text that are not blank.
func (f *Form) Lines(name string) []string {
	var lines []string
	for line := range strings.Lines(f.Text(name)) {
		if line = viet.CleanLine(line); line != "" {
			lines = append(lines, line)
		}
	}
	return lines
}

// Whole returns a whole number and whether there is one: blank is an answer of
// its own, no mistake, and not 0.
func (f *Form) Whole(name string) (n int64, given bool) {
	text := f.read(name)
	if viet.CleanLine(text) == "" {
		return 0, false
	}
	n, err := viet.ParseWhole(text)
	return n, f.readable(name, err)
}

// Number returns a decimal in canonical form, "1234.5", empty when the field is
// blank or unreadable.
func (f *Form) Number(name string) string {
	text := f.read(name)
	if viet.CleanLine(text) == "" {
		return ""
	}
	number, err := viet.ParseNumber(text)
	if !f.readable(name, err) {
		return ""
	}
	return number
}

// Date returns a day typed as dd/mm/yyyy, no date when the field is blank or
// unreadable.
func (f *Form) Date(name string) viet.Date {
	text := f.read(name)
	if viet.CleanLine(text) == "" {
		return viet.Date{}
	}
	day, err := viet.ParseDate(text)
	if !f.readable(name, err) {
		return viet.Date{}
	}
	return day
}

// readable notes the sentence with which viet refused a field.
func (f *Form) readable(name string, err error) bool {
	if err != nil {
		f.Fail(name, err.Error())
	}
	return err == nil
}

// Choice returns a field whose value must be one of allowed, or empty for none.
func (f *Form) Choice(name string, allowed ...string) string {
	value := f.read(name)
	if value == "" || slices.Contains(allowed, value) {
		return value
	}
	f.Fail(name, notInList)
	return ""
}

// Pick is [Form.Choice] for a closed set with a type of its own.
func Pick[T ~string](f *Form, name string, allowed []T) T {
	value := T(f.read(name))
	if value == "" || slices.Contains(allowed, value) {
		return value
	}
	f.Fail(name, notInList)
	return ""
}

// Chosen returns the ticked values of a field in the order of allowed; a value
// that is not allowed is a mistake.
func (f *Form) Chosen(name string, allowed ...string) []string {
	f.noteOrder(name)
	for _, value := range f.values[name] {
		if value != "" && !slices.Contains(allowed, value) {
			f.Fail(name, notInList)
			return nil
		}
	}
	var chosen []string
	for _, value := range allowed {
		if f.Holds(name, value) {
			chosen = append(chosen, value)
		}
	}
	return chosen
}

// ID returns the number behind an option of a list, 0 for none. Whether there
// is such a thing is for the core to say.
func (f *Form) ID(name string) int64 {
	text := f.read(name)
	if text == "" {
		return 0
	}
	id, err := strconv.ParseInt(text, 10, 64)
	if err != nil || id <= 0 {
		f.Fail(name, notInList)
		return 0
	}
	return id
}

// IDs returns the numbers behind the ticked options of a list.
func (f *Form) IDs(name string) []int64 {
	f.noteOrder(name)
	var ids []int64
	for _, text := range f.values[name] {
		id, err := strconv.ParseInt(text, 10, 64)
		if err != nil || id <= 0 {
			f.Fail(name, notInList)
			return nil
		}
		ids = append(ids, id)
	}
	return ids
}

// Flag reports whether a box is ticked.
func (f *Form) Flag(name string) bool {
	switch f.read(name) {
	case "1", "on", "true":
		return true
	}
	return false
}

// File returns the file chosen in a field, nil when none was.
func (f *Form) File(name string) *multipart.FileHeader {
	if all := f.Files(name); len(all) > 0 {
		return all[0]
	}
	return nil
}

// Files returns every file chosen in a field.
func (f *Form) Files(name string) []*multipart.FileHeader {
	f.noteOrder(name)
	var all []*multipart.FileHeader
	for _, file := range f.files[name] {
		if chosen(file) {
			all = append(all, file)
		}
	}
	return all
}

// chosen is false for a field of files left empty, which browsers send too.
func chosen(file *multipart.FileHeader) bool { return file.Filename != "" }

// HadFiles reports whether files came with the post: parking cannot keep them,
// and says so.
func (f *Form) HadFiles() bool {
	for _, headers := range f.files {
		if slices.ContainsFunc(headers, chosen) {
			return true
		}
	}
	return false
}
