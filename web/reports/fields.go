package reports

import (
	"strconv"
	"strings"

	"danvan/internal/indicator"
	"danvan/internal/report"
	"danvan/internal/submission"
	"danvan/internal/viet"
	"danvan/web/form"
	"danvan/web/ui"
)

// Fields of the form of a task beside those of its words. A figure has fields of
// its own, see [report.FieldOf].
const (
	readField      = "read"       // what each part of the form was filled from
	firstReadField = "read-first" // the same before a conflict, on the page that settles it
	answerPrefix   = "hoi."       // explanation of a doubt, by its code
	thenField      = "then"       // which button saved
	thenNext       = "next"
)

// narrativeFields are the words about a task; the common part has results alone.
func narrativeFields(task int) []submission.Field {
	kind, _ := report.Schema.Of(report.TaskKey(task)) // the schema is fixed
	if task == 0 {
		result, _ := kind.Field("result")
		return []submission.Field{result}
	}
	return kind.Fields
}

func ownField(code string) string       { return report.FieldOf(code, "own") }
func markField(code string) string      { return report.FieldOf(code, "mark") }
func estimatedField(code string) string { return report.FieldOf(code, "estimated") }

// marks are those that take the place of a number.
var marks = []indicator.Mark{indicator.Nil, indicator.NotApplicable}

// filled is what one part of the form was filled from.
type filled struct {
	Read int    // revision
	Seen string // [submission.Digest] of the content
}

// reads say so of every part by key, in one hidden field.
type reads map[string]filled

func (x reads) String() string {
	var said []string
	for _, key := range sortedKeys(x) {
		if x[key].Read > 0 {
			said = append(said, key+"="+strconv.Itoa(x[key].Read)+":"+x[key].Seen)
		}
	}
	return strings.Join(said, " ")
}

// readsFrom reads [reads.String]; what nobody writes is left out, and a part
// without a revision is one that was empty.
func readsFrom(text string) reads {
	x := reads{}
	for word := range strings.FieldsSeq(text) {
		key, rest, _ := strings.Cut(word, "=")
		revision, seen, _ := strings.Cut(rest, ":")
		if n, err := strconv.Atoi(revision); err == nil && n > 0 {
			x[key] = filled{n, seen}
		}
	}
	return x
}

// filledFrom is a part as it is saved.
func filledFrom(p submission.Part) filled { return filled{p.Revision, submission.Digest(p.Content)} }

// answerable are the rows of a section that the unit fills in.
func answerable(s report.Section) []report.Row {
	var rows []report.Row
	for _, r := range s.Rows {
		if r.Asked && r.Typed() {
			rows = append(rows, r)
		}
	}
	return rows
}

// taskForm shows a task as it is saved, with what is offered in the empty boxes.
func taskForm(s report.Section, doubts []submission.Doubt) *form.Form {
	f := form.New(nil)
	x := reads{report.TaskKey(s.Task): filledFrom(s.Part)}
	for _, field := range narrativeFields(s.Task) {
		f.Put(field.Name, s.Part.Content[field.Name])
	}
	for _, r := range answerable(s) {
		x[report.FigureKey(r.Code)] = filledFrom(r.Part)
		putFigure(f, r.Code, r.Part.Content)
		if r.Offer != nil {
			putOffer(f, r)
		}
	}
	for _, d := range doubts {
		f.Put(answerPrefix+d.Code, d.Answer)
	}
	return f.Put(readField, x.String())
}

// putFigure makes f show a figure as it is saved.
func putFigure(f *form.Form, code string, content submission.Content) {
	f.Put(ownField(code), viet.FormatNumber(content["own"]))
	f.Put(estimatedField(code), viet.FormatNumber(content["estimated"]))
	f.Put(markField(code))
	if mark := content["mark"]; mark != "" {
		f.Put(markField(code), mark)
	}
}

func putOffer(f *form.Form, r report.Row) {
	switch {
	case r.Offer.Value != "":
		f.Put(ownField(r.Code), viet.FormatNumber(r.Offer.Value))
	case r.Offer.Mark == indicator.Nil, r.Offer.Mark == indicator.NotApplicable:
		f.Put(markField(r.Code), string(r.Offer.Mark))
	}
}

// offered reports whether the form shows what is offered for a row, untouched.
func offered(f *form.Form, r report.Row) bool {
	if r.Offer == nil || len(r.Part.Content) > 0 {
		return false
	}
	if r.Offer.Value != "" {
		return f.Raw(ownField(r.Code)) == viet.FormatNumber(r.Offer.Value)
	}
	return f.Raw(markField(r.Code)) == string(r.Offer.Mark) && f.Raw(ownField(r.Code)) == ""
}

// readFigure returns what was typed into a row. ok is false for a row that is not
// on the form or has something nobody can read: then nothing of it is stored.
func readFigure(f *form.Form, r report.Row) (values submission.Content, ok bool) {
	own, mark, estimated := ownField(r.Code), markField(r.Code), estimatedField(r.Code)
	if !f.Has(own) {
		return nil, false
	}
	values = submission.Content{"mark": "", "estimated": ""}
	if r.Kind == indicator.Flag {
		values["own"] = f.Choice(own, "1", "0")
	} else {
		values["own"] = f.Number(own)
		values["estimated"] = f.Number(estimated)
	}
	chosen := f.Chosen(mark, string(indicator.Nil), string(indicator.NotApplicable))
	switch len(chosen) {
	case 0:
	case 1:
		values["mark"] = chosen[0]
	default:
		f.Fail(mark, "Chỉ chọn một trong hai: không phát sinh, hoặc không thuộc phạm vi")
	}
	ok = f.Error(own) == "" && f.Error(mark) == "" && f.Error(estimated) == ""
	return values, ok
}

// statuses are the answers to how a task went.
func statuses() []ui.Option {
	options := []ui.Option{{Value: "", Label: "Chọn…"}}
	for _, s := range report.Statuses {
		options = append(options, ui.Option{Value: string(s), Label: s.Word()})
	}
	return options
}
