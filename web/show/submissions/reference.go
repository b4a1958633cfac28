package submissions

import (
	"slices"
	"strings"

	"danvan/internal/submission"
	"danvan/internal/unit"
	"danvan/web/form"
	"danvan/web/ui"
)

// suggestedField names the fields of the reference that the form filled in by itself.
const suggestedField = "goi-y"

// ReferenceForm shows the reference as it is saved and, where nobody has written
// anything yet, as is suggested: sending the form stores that like what was typed.
func ReferenceForm(f *form.Form, saved, suggested submission.Content) *form.Form {
	Show(f, submission.ReferenceKind, saved, Names(submission.ReferenceKind))
	var names []string
	for _, name := range Names(submission.ReferenceKind) {
		if saved[name] == "" && suggested[name] != "" {
			f.Put(name, suggested[name])
			names = append(names, name)
		}
	}
	return f.Put(suggestedField, strings.Join(names, " "))
}

// Overtaken returns the fields that a post leaves as they were suggested and for
// which somebody has written something since: theirs stays.
func Overtaken(f *form.Form, saved, suggested submission.Content) []string {
	names := strings.Fields(f.Raw(suggestedField))
	return slices.DeleteFunc(names, func(name string) bool {
		return suggested[name] == "" || f.Raw(name) != suggested[name] || saved[name] == ""
	})
}

// ReferenceFacts list what is known of the paper; lead is its term ("Kế hoạch").
func ReferenceFacts(lead string, r submission.Reference) []ui.Fact {
	number := ""
	if r.Number > 0 && r.Symbol != "" {
		number = r.String()
		if !r.IssuedOn.IsZero() {
			number += " ngày " + r.IssuedOn.String()
		}
	}
	return []ui.Fact{
		{Term: lead, Text: number},
		{Term: "Trích yếu", Text: r.Subject},
		{Term: "Người ký", Text: r.Signer},
		{Term: "Quyền hạn", Text: strings.ReplaceAll(r.Capacity, "\n", ", ")},
	}
}

// ReferenceMissing names what the paper of r still wants, "" when it can go out.
func ReferenceMissing(r submission.Reference) string {
	var missing []string
	for _, part := range []struct {
		there bool
		name  string
	}{
		{r.Number > 0, "số"}, {r.Symbol != "", "ký hiệu"}, {!r.IssuedOn.IsZero(), "ngày ban hành"}, {r.Subject != "", "trích yếu"},
		{r.Signer != "", "người ký"}, {r.Capacity != "", "quyền hạn của người ký"},
	} {
		if !part.there {
			missing = append(missing, part.name)
		}
	}
	if len(missing) == 0 {
		return ""
	}
	return "Chưa có " + strings.Join(missing, ", ") + "; cần khi lãnh đạo duyệt, gửi."
}

// CapacityHint tells how the capacity of a signer is written, by what kind of unit signs.
func CapacityHint(k unit.Kind) string {
	head := "GIÁM ĐỐC"
	switch k {
	case unit.Province, unit.District, unit.Commune:
		head = "CHỦ TỊCH"
	}
	return "Như trên văn bản. Ví dụ: KT. " + head + ", dòng dưới PHÓ " + head
}
