// Package form reads what somebody typed and remembers it as typed, so that a
// form with mistakes can be shown again exactly as it was sent. It knows no
// feature: what is acceptable is decided elsewhere and meets the unreadable here.
package form

import (
	"crypto/rand"
	"crypto/sha256"
	"errors"
	"maps"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"danvan/internal/fault"
	"danvan/internal/post"
)

// Names of the fields that every form carries and nobody sees.
const (
	RevisionField   = "_revision"   // of the part, as read; behind a colon the digest of its content
	SubmissionField = "_submission" // revision of the submission, as read
	KeyField        = "_key"        // of idempotency
	TokenField      = "_token"      // sealed, for rescue without a session
	AutosaveField   = "_autosave"   // "1" when the page saves by itself
)

// Form is what one form shows or one post brought: the raw text of each field
// and what is wrong with it. Errors holds a Vietnamese sentence a field, the
// empty name being for the form as a whole.
type Form struct {
	Errors fault.Invalid

	values url.Values
	hidden url.Values
	files  files
	order  []string // fields in the order in which they were first read
}

// New returns a form that shows values, by name of field.
func New(values map[string]string) *Form {
	f := empty()
	for name, value := range values {
		f.values.Set(name, value)
	}
	f.hidden.Set(KeyField, newKey())
	return f
}

func empty() *Form {
	return &Form{Errors: fault.Invalid{}, values: url.Values{}, hidden: url.Values{}}
}

func newKey() string { return rand.Text() }

// Put makes the form show values for name, replacing what was there.
func (f *Form) Put(name string, values ...string) *Form {
	f.values[name] = slices.Clone(values)
	return f
}

// At says which revision of the part the form shows.
func (f *Form) At(revision int64) *Form {
	f.hidden.Set(RevisionField, strconv.FormatInt(revision, 10))
	return f
}

// FilledFrom says it together with a digest of what the part held then: a save that
// finds another revision knows what its form was filled from.
func (f *Form) FilledFrom(revision int64, digest string) *Form {
	f.hidden.Set(RevisionField, strconv.FormatInt(revision, 10)+":"+digest)
	return f
}

// AtSubmission says which revision of the submission the form shows.
func (f *Form) AtSubmission(revision int64) *Form {
	f.hidden.Set(SubmissionField, strconv.FormatInt(revision, 10))
	return f
}

// Renew gives the form a new idempotency key, for showing it again after what
// was posted has been stored.
func (f *Form) Renew() *Form {
	f.hidden.Set(KeyField, newKey())
	return f
}

// Raw returns a field as typed, its first value when there are several.
func (f *Form) Raw(name string) string { return f.values.Get(name) }

// Values returns every value of a field, in the order sent.
func (f *Form) Values(name string) []string { return slices.Clone(f.values[name]) }

// Has reports whether the field came with the post, even if blank.
func (f *Form) Has(name string) bool { return f.values.Has(name) }

// Holds reports whether value is one of the values of a field.
func (f *Form) Holds(name, value string) bool { return slices.Contains(f.values[name], value) }

// All returns what was typed, without the hidden fields: what is worth parking.
func (f *Form) All() url.Values {
	all := make(url.Values, len(f.values))
	for name, values := range f.values {
		all[name] = slices.Clone(values)
	}
	return all
}

// Sum is a hash of what was typed and of the revisions it was typed against.
// Two posts of one key are the same post when their sums are equal.
func (f *Form) Sum() []byte {
	of := f.values.Encode() + "\n" + f.hidden.Get(RevisionField) + "\n" + f.hidden.Get(SubmissionField)
	sum := sha256.Sum256([]byte(of))
	return sum[:]
}

// Revision of the part the form was read at, 0 when it names none.
func (f *Form) Revision() int64 { return f.hiddenNumber(RevisionField) }

// Digest of what the form was filled from, empty when it does not say.
func (f *Form) Digest() string {
	_, digest, _ := strings.Cut(f.Read(), ":")
	return digest
}

// Read is both as the form carries them, empty when it names none.
func (f *Form) Read() string {
	if f.Revision() == 0 {
		return ""
	}
	return f.hidden.Get(RevisionField)
}

// Submission is the revision of the submission the form was read at, 0 for none.
func (f *Form) Submission() int64 { return f.hiddenNumber(SubmissionField) }

func (f *Form) hiddenNumber(name string) int64 {
	number, _, _ := strings.Cut(f.hidden.Get(name), ":")
	n, err := strconv.ParseInt(number, 10, 64)
	if err != nil || n < 0 {
		return 0
	}
	return n
}

// Key is the idempotency key: random, the same each time one form is sent.
func (f *Form) Key() string { return f.hidden.Get(KeyField) }

// Once makes the post count once, however often it arrives. What saves by itself
// repeats itself by nature and is protected by revisions; while something is to be
// mended, the answer to a repeated post would hide it.
func (f *Form) Once() post.Once {
	if f.Autosave() || !f.OK() {
		return post.Once{}
	}
	return post.Once{Key: f.Key(), Body: f.Sum()}
}

// Token is the sealed token that came with the post, empty on a form being shown.
func (f *Form) Token() string { return f.hidden.Get(TokenField) }

// Autosave reports whether the page sent this by itself.
func (f *Form) Autosave() bool { return f.hidden.Get(AutosaveField) == "1" }

// OK reports whether nothing is wrong so far.
func (f *Form) OK() bool { return len(f.Errors) == 0 }

// Error returns what is wrong with a field, empty when nothing is.
func (f *Form) Error(name string) string { return f.Errors[name] }

// Fail notes a mistake in a field unless one is already noted.
func (f *Form) Fail(name, sentence string) {
	f.noteOrder(name)
	f.Errors.Add(name, sentence)
}

// Reject notes what err says about the fields, and reports whether it said
// anything the reader can mend here. A conflict is no such thing: it has its
// own page.
func (f *Form) Reject(err error) bool {
	mistakes, ok := errors.AsType[fault.Invalid](err)
	if !ok {
		return false
	}
	for _, name := range slices.Sorted(maps.Keys(mistakes)) {
		f.Fail(name, mistakes[name])
	}
	return true
}

// Faulty names the fields with mistakes in the order in which they were read,
// which is the order in which they stand on the page; the form as a whole first.
func (f *Form) Faulty() []string {
	names := slices.Collect(maps.Keys(f.Errors))
	place := func(name string) int {
		if name == "" {
			return -1
		}
		if i := slices.Index(f.order, name); i >= 0 {
			return i
		}
		return len(f.order)
	}
	slices.SortFunc(names, func(a, b string) int {
		if byPlace := place(a) - place(b); byPlace != 0 {
			return byPlace
		}
		return strings.Compare(a, b)
	})
	return names
}

func (f *Form) noteOrder(name string) {
	if !slices.Contains(f.order, name) {
		f.order = append(f.order, name)
	}
}
