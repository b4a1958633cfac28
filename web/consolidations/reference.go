package consolidations

import (
	"errors"
	"net/http"

	"danvan/internal/consolidation"
	"danvan/internal/viet"
	"danvan/internal/workingcopy"
	"danvan/web/current"
	"danvan/web/form"
	"danvan/web/paths"
	"danvan/web/respond"
	"danvan/web/show/submissions"
	"danvan/web/ui"
)

// referenceOrder is that of the fields on the page.
var referenceOrder = []string{"number", "symbol", "issued_on", "subject", "signer", "capacity", consolidation.BodyField}

// ReferenceForm is the form of number, symbol, date, subject, signer and body.
func (p Pages) ReferenceForm(w http.ResponseWriter, r *http.Request) error {
	all, err := p.write(r, consolidation.EditReference)
	if err != nil {
		return err
	}
	part := all.Parts[consolidation.ReferenceKey]
	return all.showReference(w, r, http.StatusOK, submissions.FilledFrom(referenceShown(part.Content), part.Revision, part.Content))
}

// referenceShown is a form that shows content, its days as people write them.
func referenceShown(content workingcopy.Content) *form.Form {
	f := form.New(nil)
	putReference(f, content, referenceOrder)
	if content[consolidation.BodyField] == "" {
		f.Put(consolidation.BodyField, string(consolidation.Own))
	}
	return f
}

func putReference(f *form.Form, content workingcopy.Content, names []string) {
	for _, name := range names {
		value := content[name]
		if field, ok := kindOf(consolidation.ReferenceKey).Field(name); ok && field.Shape == workingcopy.Day {
			value = field.Show(value, nil)
		}
		f.Put(name, value)
	}
}

// referenceValues are the fields of a paper that can be read.
func referenceValues(f *form.Form) workingcopy.Content {
	values := workingcopy.Content{}
	for _, field := range kindOf(consolidation.ReferenceKey).Fields {
		if !f.Has(field.Name) {
			continue
		}
		value := ""
		switch field.Shape {
		case workingcopy.Prose:
			value = f.Text(field.Name)
		case workingcopy.Choice:
			value = f.Choice(field.Name, string(consolidation.Own), string(consolidation.Province))
		case workingcopy.Day:
			if day := f.Date(field.Name); !day.IsZero() {
				value = day.ISO()
			}
		default:
			value = f.Line(field.Name)
		}
		if f.Error(field.Name) == "" {
			values[field.Name] = value
		}
	}
	return values
}

// SaveReference takes its post.
func (p Pages) SaveReference(w http.ResponseWriter, r *http.Request) error {
	f, err := form.Parse(r, maxBody)
	if err != nil {
		return err
	}
	all, err := p.write(r, consolidation.EditReference)
	if err != nil {
		return err
	}
	kind := kindOf(consolidation.ReferenceKey)
	typed := workingcopy.Typed{Read: int(f.Revision()), Seen: f.Digest(), Autosave: f.Autosave()}
	if submissions.Settles(f) {
		s := submissions.Settle(f, kind)
		typed.Values, typed.Read, typed.Seen, typed.Forgone = s.Values, s.Read, s.Seen, s.Forgone
	} else {
		typed.Values = referenceValues(f)
	}
	now := current.Now(r)
	result, err := p.Consolidations.SavePart(r.Context(), current.Actor(r), now, f.Once(), all.ref, consolidation.ReferenceKey, typed)
	if conflict, ok := errors.AsType[*workingcopy.Conflict](err); ok {
		return conflicted(w, r, all.Case, f, typed, conflict, submissions.ConflictOf{Kind: kind, What: "thông tin văn bản", About: all.Case.UnitShort,
			Action: paths.Reference(all.base()), Later: paths.Reference(all.base())}, ui.Link{Label: "Văn bản"})
	}
	nothing := f.Reject(err) // what the service refuses as a whole is stored nowhere
	if err != nil && !nothing {
		return err
	}
	if submissions.Settles(f) {
		putReference(f, result.Content.With(typed.Values), referenceOrder)
	}
	f.Reject(result.Faults.OrNil())
	putReference(f, result.Content, result.Merged)
	switch {
	case f.Autosave() && nothing:
		return respond.Autosaved(w, r, respond.Saved{Faults: f.Errors, Message: "xem chỗ báo lỗi"})
	case f.Autosave():
		answer := respond.Saved{OK: f.OK(), Revision: submissions.FilledFrom(f, result.Revision, result.Content).Read(), Key: f.Renew().Key(), SavedAt: viet.Clock(now), Faults: f.Errors}
		if len(result.Merged) > 0 {
			answer.Merged = map[string][]string{}
			for _, name := range result.Merged {
				answer.Merged[name] = f.Values(name)
			}
		}
		return respond.Autosaved(w, r, answer)
	case nothing:
		return all.showReference(w, r, http.StatusUnprocessableEntity, f)
	case !f.OK():
		return all.showReference(w, r, http.StatusUnprocessableEntity, submissions.FilledFrom(f, result.Revision, result.Content).Renew())
	}
	current.Say(r, "Đã lưu thông tin văn bản.")
	return respond.To(w, r, all.base())
}

func (all working) showReference(w http.ResponseWriter, r *http.Request, status int, f *form.Form) error {
	savedAt := viet.Recent(all.Parts[consolidation.ReferenceKey].SavedAt, current.Now(r))
	v := all.writing(section{Slug: "van-ban"})
	page := ui.Page{Head: head(all.Case, "Thông tin văn bản", "", ui.Link{Label: "Văn bản"})}
	return respond.Page(w, r, status, page, v.reference(f, all, savedAt, all.Case.State == consolidation.Draft))
}

// bodies are who may issue the report.
func bodies(c consolidation.Case, g consolidation.Ground) []ui.Option {
	own := ui.Option{Value: string(consolidation.Own), Label: c.UnitShort + " ban hành", Hint: "Kính gửi: " + g.Superior.Name}
	if !c.Lead {
		return []ui.Option{own}
	}
	return []ui.Option{own, {Value: string(consolidation.Province), Label: g.Root.Name + " ban hành", Hint: c.UnitShort + " trình ký; không có dòng “Kính gửi”."}}
}
