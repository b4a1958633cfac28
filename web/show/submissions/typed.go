package submissions

import (
	"maps"
	"slices"
	"strings"

	"danvan/internal/submission"
	"danvan/web/form"
)

// Typed returns the canonical text of those of fields that are on the form and
// can be read; the form notes what is wrong with the others. Times and units have
// readers of their own.
func Typed(f *form.Form, fields []submission.Field) submission.Content {
	values := submission.Content{}
	for _, field := range fields {
		if !f.Has(field.Name) {
			continue
		}
		value := ""
		switch field.Shape {
		case submission.Prose:
			value = f.Text(field.Name)
		case submission.Choice:
			value = f.Choice(field.Name, slices.Sorted(maps.Keys(field.Options))...)
		case submission.Day:
			value = f.Date(field.Name).ISO()
		default:
			value = f.Line(field.Name)
		}
		if f.Error(field.Name) == "" {
			values[field.Name] = value
		}
	}
	return values
}

// Show puts the named fields of content on the form.
func Show(f *form.Form, kind submission.PartKind, content submission.Content, names []string) {
	for _, name := range names {
		value := content[name]
		if field, ok := kind.Field(name); ok && field.Shape == submission.Day {
			value = field.Show(value, nil)
		}
		f.Put(name, value)
	}
}

// FilledFrom says that f shows content as it was saved at a revision.
func FilledFrom(f *form.Form, revision int, content submission.Content) *form.Form {
	return f.FilledFrom(int64(revision), submission.Digest(content))
}

// Names are those of the fields of a part, in order.
func Names(kind submission.PartKind) []string {
	names := make([]string, len(kind.Fields))
	for i, field := range kind.Fields {
		names[i] = field.Name
	}
	return names
}

// LabelOf names the fields of a part as the reader knows them, "" for others.
func LabelOf(kind submission.PartKind) func(name string) string {
	return func(name string) string {
		field, _ := kind.Field(name)
		return field.Label
	}
}

// Merged is what the named fields of the form show now, for an answer to a page
// that still has them as they were; nil for none.
func Merged(f *form.Form, names []string) map[string][]string {
	if len(names) == 0 {
		return nil
	}
	merged := map[string][]string{}
	for _, name := range names {
		merged[name] = f.Values(name)
	}
	return merged
}

// Partly says what a save in part did: nothing typed is lost. savedAt is when what
// stands was saved, as the bar of the page says it, which need not have been just
// now; "" = never. labelOf names a field as the reader knows it, order is that of
// the page; "" = all was stored.
func Partly(f *form.Form, savedAt string, order []string, labelOf func(name string) string) string {
	var labels []string
	for _, name := range order {
		if f.Error(name) != "" && !slices.Contains(labels, labelOf(name)) {
			labels = append(labels, labelOf(name))
		}
	}
	if len(labels) == 0 {
		return ""
	}
	said := "Chưa lưu: " + strings.Join(labels, "; ") + "; nội dung đã gõ vẫn giữ nguyên bên dưới."
	if savedAt != "" {
		said = "Các mục khác đã lưu lúc " + savedAt + ". " + said
	}
	return said
}
