package submissions

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"danvan/internal/submission"
	"danvan/internal/viet"
	"danvan/web/form"
	"danvan/web/ui"
)

// A conflict page carries everything that is needed to settle it without the
// server remembering anything: what was typed, what it was typed against, and
// the choices. These are the names of its fields.
const (
	settleField   = "hoa-giai" // the revision that was read first; its presence marks the post
	keepPrefix    = "giu."     // mine, theirs, base or own
	ownPrefix     = "viet-lai."
	minePrefix    = "cua-toi."
	basePrefix    = "ban-dau."
	forgonePrefix = "da-go." // typed on a page before this one and given up there
)

// Choices of a field in conflict.
const (
	keepMine   = "mine"
	keepTheirs = "theirs"
	keepBase   = "base"
	keepOwn    = "own" // written anew on the page itself
)

// ConflictOf describes the page that lays mine, theirs and base side by side.
type ConflictOf struct {
	Kind     submission.PartKind
	Conflict *submission.Conflict
	Read     int               // the revision the form was first filled from
	Names    map[string]string // short names of units by slug
	What     string            // "hoạt động 4.2"
	About    string            // its title
	Action   string            // address of the form, the same that was posted to
	Later    string            // where "Để sau" leads
	Now      time.Time
	Carry    map[string]string // further fields the post needs, outside the part
	// Forgone is what a post that settled an earlier conflict gave up, see
	// [Settlement]: it was not stored, and goes to the history with the next post.
	Forgone submission.Content
}

// Title says who saved first, and when.
func (x ConflictOf) Title() string {
	if x.Conflict.Own {
		return "Bạn đã lưu " + x.What + " ở một trang khác" + x.ago()
	}
	return x.who() + " đã lưu " + x.What + " trước bạn" + x.before()
}

func (x ConflictOf) who() string {
	if x.Conflict.Own {
		return "Bạn, ở trang khác"
	}
	if x.Conflict.TheirName == "" {
		return "Người khác"
	}
	return x.Conflict.TheirName
}

func (x ConflictOf) before() string {
	if x.Conflict.TheirAt.IsZero() {
		return ""
	}
	switch minutes := int(x.Now.Sub(x.Conflict.TheirAt).Minutes()); {
	case minutes < 1:
		return " chưa đầy một phút"
	case minutes == 1:
		return " một phút"
	case minutes < 60:
		return " " + strconv.Itoa(minutes) + " phút"
	}
	return ", lúc " + viet.Moment(x.Conflict.TheirAt)
}

// ago is [ConflictOf.before] for the reader's own saving.
func (x ConflictOf) ago() string {
	if before := x.before(); before != "" && !strings.HasPrefix(before, ",") {
		return " cách đây" + before
	}
	return x.before()
}

// Form is what the page posts, with the choices already made in typed. They
// were made against what the page showed: where somebody has saved since, the
// reader chooses again, and a text written anew stays.
func (x ConflictOf) Form(typed *form.Form) *form.Form {
	f := FilledFrom(form.New(x.Carry), x.Conflict.Revision, x.Conflict.Theirs)
	f.Put(settleField, strconv.Itoa(x.Read))
	for _, name := range x.mine() {
		f.Put(minePrefix+name, x.Conflict.Mine[name])
	}
	for name, text := range x.Forgone {
		f.Put(forgonePrefix+name, text)
	}
	for _, name := range x.Conflict.Fields {
		f.Put(basePrefix+name, x.Conflict.Base[name])
		if typed == nil {
			continue
		}
		f.Put(ownPrefix+name, typed.Raw(ownPrefix+name))
		if typed.Revision() != int64(x.Conflict.Revision) {
			continue
		}
		f.Put(keepPrefix+name, typed.Raw(keepPrefix+name))
		for _, field := range []string{keepPrefix + name, ownPrefix + name} {
			if mistake := typed.Error(field); mistake != "" {
				f.Fail(field, mistake)
			}
		}
	}
	return f
}

// mine names every field I changed.
func (x ConflictOf) mine() []string {
	return slices.Concat(x.Conflict.Fields, x.Conflict.OnlyMine)
}

// fields are those named, in the order of the schema.
func (x ConflictOf) fields(names []string) []submission.Field {
	var out []submission.Field
	for _, f := range x.Kind.Fields {
		if slices.Contains(names, f.Name) && !f.Quiet {
			out = append(out, f)
		}
	}
	return out
}

// untouched are the fields that hold something and that nobody changed.
func (x ConflictOf) untouched() []ui.Fact {
	var facts []ui.Fact
	changed := slices.Concat(x.mine(), x.Conflict.OnlyTheirs)
	for _, f := range x.Kind.Fields {
		if value := x.show(f, x.Conflict.Theirs); value != "" && !f.Quiet && !slices.Contains(changed, f.Name) {
			facts = append(facts, ui.Fact{Term: f.Label, Text: value})
		}
	}
	return facts
}

func (x ConflictOf) show(f submission.Field, c submission.Content) string {
	return f.Show(c[f.Name], x.Names)
}

// merged are the fields only one of the two changed.
func (x ConflictOf) merged() []mergedField {
	var out []mergedField
	for _, f := range x.fields(slices.Concat(x.Conflict.OnlyMine, x.Conflict.OnlyTheirs)) {
		m := mergedField{Field: f, Base: x.show(f, x.Conflict.Base), Kept: x.show(f, x.Conflict.Theirs), Who: x.who()}
		if slices.Contains(x.Conflict.OnlyMine, f.Name) {
			m.Kept, m.Who = x.show(f, x.Conflict.Mine), x.meWord()
		}
		out = append(out, m)
	}
	return out
}

type mergedField struct {
	Field           submission.Field
	Kept, Base, Who string
}

func rewritable(f submission.Field) bool {
	return f.Shape == submission.Text || f.Shape == submission.Prose
}

// Settles reports whether the post comes from a conflict page.
func Settles(f *form.Form) bool { return f.Has(settleField) }

// Settlement is what somebody decided on a conflict page.
type Settlement struct {
	Values  submission.Content
	Forgone submission.Content // what was typed and is given up, for the history
	Read    int                // the revision Values are to be saved against
	Seen    string             // what that held, as [submission.Save] has it
	Open    bool               // a field was left undecided: Values are those first typed, to ask again
}

// Settle reads the decisions: the choice decides, and a text written anew counts
// where that is chosen. When a field is left undecided, it notes so in f and
// returns what was typed at first, so that saving it shows the same page again.
func Settle(f *form.Form, kind submission.PartKind) Settlement {
	first, chosen, forgone := submission.Content{}, submission.Content{}, submission.Content{}
	open := false
	for _, field := range kind.Fields {
		if field.Quiet {
			continue
		}
		name := field.Name
		if f.Has(forgonePrefix + name) {
			forgone[name] = f.Raw(forgonePrefix + name)
		}
		if !f.Has(minePrefix + name) {
			continue
		}
		mine := f.Raw(minePrefix + name)
		first[name] = mine
		if !f.Has(forgonePrefix + name) {
			forgone[name] = mine
		}
		if !f.Has(basePrefix + name) { // nobody else changed it
			chosen[name] = mine
			continue
		}
		own := ownText(f, field)
		choice := f.Choice(keepPrefix+name, keepMine, keepTheirs, keepBase, keepOwn)
		switch {
		case choice == keepMine:
			chosen[name] = mine
		case choice == keepBase:
			chosen[name] = f.Raw(basePrefix + name)
		case choice == keepTheirs: // it is stored already
		case choice == keepOwn && own != "":
			chosen[name] = own
		case choice == keepOwn && rewritable(field):
			f.Fail(ownPrefix+name, field.Label+": ghi nội dung viết lại, hoặc chọn một trong ba nội dung trên")
			open = true
		default:
			f.Fail(keepPrefix+name, field.Label+": chọn nội dung giữ lại")
			open = true
		}
		if choice != keepOwn {
			forgone[name] = joined(field, forgone[name], own)
		}
	}
	if !open && f.OK() {
		return Settlement{Values: chosen, Forgone: forgone, Read: int(f.Revision()), Seen: f.Digest()}
	}
	read, err := strconv.Atoi(f.Raw(settleField))
	if err != nil || read < 0 {
		read = 0
	}
	return Settlement{Values: first, Forgone: carried(f, kind), Read: read, Open: true}
}

// ownText is what was written anew, empty for a field that takes no text.
func ownText(f *form.Form, field submission.Field) string {
	switch field.Shape {
	case submission.Text:
		return f.Line(ownPrefix + field.Name)
	case submission.Prose:
		return f.Text(ownPrefix + field.Name)
	}
	return ""
}

// joined keeps two texts given up as one: the history has one for each field.
func joined(field submission.Field, typed, own string) string {
	switch {
	case own == "" || strings.Contains(typed, own):
		return typed
	case typed == "":
		return own
	case field.Shape == submission.Prose:
		return typed + "\n" + own
	}
	return typed + " / " + own
}

// carried is what pages before this one gave up.
func carried(f *form.Form, kind submission.PartKind) submission.Content {
	var out submission.Content
	for _, field := range kind.Fields {
		if !field.Quiet && f.Has(forgonePrefix+field.Name) {
			out = out.With(submission.Content{field.Name: f.Raw(forgonePrefix + field.Name)})
		}
	}
	return out
}

// mineWord is what the content typed on this page is called.
func (x ConflictOf) mineWord() string { return x.own("Ở trang này", "Của bạn") }

// meWord is who typed it.
func (x ConflictOf) meWord() string { return x.own("Bạn, ở trang này", "Bạn") }

func (x ConflictOf) both() string { return x.own("sửa ở cả hai trang", "cả hai cùng sửa") }

func (x ConflictOf) one() string { return x.own("một trang", "một người") }

// own chooses between the words for a conflict with oneself and with somebody else.
func (x ConflictOf) own(oneself, another string) string {
	if x.Conflict.Own {
		return oneself
	}
	return another
}
