package plans

import (
	"strconv"
	"strings"

	"danvan/internal/actor"
	"danvan/internal/plan"
	"danvan/internal/submission"
	"danvan/internal/unit"
	"danvan/internal/viet"
	"danvan/web/form"
	"danvan/web/show/submissions"
	"danvan/web/ui"
)

// Fields of the form beside those of the schema.
const (
	ownerField     = "owner"
	deputyField    = "deputy"
	wasSuffix      = "_was" // as the form was filled: who is in charge has no revision
	ownerWasField  = ownerField + wasSuffix
	deputyWasField = deputyField + wasSuffix
	taskField      = "task"
	draftField     = "draft" // names a new activity before it has a code, so that it is made once
	thenField      = "then"  // which button saved
	thenAnother    = "another"
)

// lines are the fields typed on one line, texts those on several.
var (
	lineFields   = []string{"title", "product", "section", "uom"}
	textFields   = []string{"description", "partners_other"}
	numberFields = []string{"baseline", "target"}
	tickFields   = []string{"evidence", "mark_review", "mark_inspection", "mark_exemplar"}
)

// formOrder is the order in which the form asks, for the summary of mistakes.
var formOrder = []string{taskField, "title", "product", "description", ownerField, deputyField, "section",
	"partners", "partners_other", timeKind, timeStart, timeDue, timeMonth, timeQuarter, timeHalf,
	"uom", "baseline", "target", "evidence", "mark_review", "mark_inspection", "mark_exemplar"}

// activityForm shows an activity as it is saved.
func activityForm(a plan.Activity) *form.Form {
	f := submissions.FilledFrom(form.New(nil), a.Revision, a.Content)
	putContent(f, a.Content)
	f.Put(ownerField, personValue(a.Owner)).Put(ownerWasField, personValue(a.Owner))
	return f.Put(deputyField, personValue(a.Deputy)).Put(deputyWasField, personValue(a.Deputy))
}

// putContent makes f show every field of content.
func putContent(f *form.Form, content submission.Content) {
	var all []string
	for _, field := range activityKind().Fields {
		all = append(all, field.Name)
	}
	putFields(f, content, all)
}

// putFields makes f show the named fields of content and leaves the others alone.
func putFields(f *form.Form, content submission.Content, names []string) {
	for _, name := range names {
		field, ok := activityKind().Field(name)
		if !ok || field.Quiet {
			continue
		}
		value := content[name]
		switch field.Shape {
		case submission.Time:
			for _, part := range []string{timeKind, timeStart, timeDue, timeMonth, timeQuarter, timeHalf} {
				f.Put(part)
			}
			if span, err := submission.ParseTime(value); err == nil {
				putTime(f, span)
			}
		case submission.Units:
			f.Put(name, splitLines(value)...)
		case submission.Number:
			f.Put(name, viet.FormatNumber(value))
		default:
			f.Put(name, value)
		}
		if name == "evidence" && value == "" {
			f.Put(name, "0") // the answer "Không bắt buộc"
		}
	}
}

func splitLines(text string) []string {
	if text == "" {
		return nil
	}
	return strings.Split(text, "\n")
}

// readActivity returns the canonical text of every field that can be read; the
// form notes what is wrong with the others.
func readActivity(f *form.Form, year int, partners []ui.Group) submission.Content {
	values := submission.Content{}
	keep := func(name, value string) {
		if f.Error(name) == "" {
			values[name] = value
		}
	}
	for _, name := range lineFields {
		keep(name, f.Line(name))
	}
	for _, name := range textFields {
		keep(name, f.Text(name))
	}
	for _, name := range numberFields {
		keep(name, f.Number(name))
	}
	for _, name := range tickFields {
		value := ""
		if f.Flag(name) {
			value = "1"
		}
		keep(name, value)
	}
	var known []string
	for _, g := range partners {
		for _, o := range g.Options {
			known = append(known, o.Value)
		}
	}
	keep("partners", strings.Join(f.Chosen("partners", known...), "\n"))
	if text, ok := readTime(f, year); ok {
		values["time"] = text
	}
	return values
}

func activityKind() submission.PartKind {
	kind, _ := plan.Schema.Of("activity") // the schema is fixed
	return kind
}

// activeID is who is in charge as the form shows it: one who has left is nobody.
func activeID(p *plan.Assignee) actor.PersonID {
	if p == nil || !p.Active {
		return 0
	}
	return p.ID
}

func personValue(p *plan.Assignee) string {
	if activeID(p) == 0 {
		return ""
	}
	return strconv.FormatInt(int64(p.ID), 10)
}

// inCharge returns whom the form puts in charge, nil when that cannot be read.
func inCharge(f *form.Form) (owner, deputy *plan.Charge) {
	first, second := readCharge(f, ownerField, ownerWasField), readCharge(f, deputyField, deputyWasField)
	if f.Error(ownerField) != "" || f.Error(deputyField) != "" {
		return nil, nil
	}
	return &first, &second
}

func readCharge(f *form.Form, field, wasField string) plan.Charge {
	was, err := strconv.ParseInt(f.Raw(wasField), 10, 64)
	if err != nil {
		was = 0 // hidden: nobody types it
	}
	return plan.Charge{Was: actor.PersonID(was), Now: actor.PersonID(f.ID(field))}
}

// seen makes the form show who was put in charge meanwhile: the next save may
// replace them.
func seen(f *form.Form, taken plan.Taken) {
	for kind, who := range taken {
		f.Put(kind+wasSuffix, personValue(who))
	}
}

// partnerGroups offers the units one may name, folded by kind; what an activity
// names already stays on offer. labels are those of the units by slug.
func partnerGroups(units []unit.Unit, labels map[string]string, own string, named []string) []ui.Group {
	kinds := []unit.Kind{unit.CoordinatingBody, unit.Department, unit.District}
	groups := make([]ui.Group, 0, len(kinds)+1)
	known := map[string]bool{}
	for _, kind := range kinds {
		g := ui.Group{Title: kind.Word()}
		for _, u := range units {
			if u.Kind == kind && u.Slug != own {
				g.Options = append(g.Options, ui.Option{Value: u.Slug, Label: labels[u.Slug]})
				known[u.Slug] = true
			}
		}
		if len(g.Options) > 0 {
			groups = append(groups, g)
		}
	}
	other := ui.Group{Title: "Đơn vị khác đã ghi"}
	for _, slug := range named {
		if !known[slug] {
			other.Options = append(other.Options, ui.Option{Value: slug, Label: slug})
		}
	}
	if len(other.Options) > 0 {
		groups = append(groups, other)
	}
	return groups
}

// people are the members of a unit as options.
func people(members []plan.Assignee) []ui.Option {
	options := []ui.Option{{Value: "", Label: "Chọn…"}}
	for _, m := range members {
		options = append(options, ui.Option{Value: strconv.FormatInt(int64(m.ID), 10), Label: m.Name})
	}
	return options
}
