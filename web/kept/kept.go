// Package kept sees to it that nothing typed is lost when a post cannot be
// carried out: it parks the post for its author, says so, and offers it back.
package kept

import (
	"bytes"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/go-chi/chi/v5"

	"danvan/internal/actor"
	"danvan/internal/database"
	"danvan/internal/fault"
	"danvan/internal/post"
	"danvan/internal/unit"
	"danvan/internal/viet"
	"danvan/web/current"
	"danvan/web/form"
	"danvan/web/paths"
	"danvan/web/respond"
	"danvan/web/ui"
)

// Pages keeps posts and serves what is kept.
type Pages struct {
	DB      database.DB
	Sealer  *post.Sealer
	Machine func() time.Time
}

// usedField names the kept post that a form was filled from: when it goes
// through, the kept one has served.
const usedField = "kept-post"

// maxRemembered is how much of a post is held beside the handler; what is larger
// cannot be parked anyway.
const maxRemembered = 512 << 10

// maxUnread is how much of an unread post is waited for after a failure.
const maxUnread = 32 << 20

// Keeping carries out a post and, when it fails for a reason the author cannot
// mend on the form, parks what was typed.
func (h Pages) Keeping(next respond.Handler) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		remembered := remember(r)
		err := next(w, r)
		if err == nil {
			h.used(r, remembered)
			return
		}
		h.failed(w, r, remembered, err)
	}
}

// remember lets the handler read the body and keeps a copy. Files are not kept:
// multipart bodies are read from what the handler parsed.
func remember(r *http.Request) *bytes.Buffer {
	var copied bytes.Buffer
	r.Body = struct {
		io.Reader
		io.Closer
	}{io.TeeReader(r.Body, &limited{&copied, maxRemembered}), r.Body}
	return &copied
}

// limited drops what no longer fits.
type limited struct {
	to   *bytes.Buffer
	left int
}

func (l *limited) Write(p []byte) (int, error) {
	if keep := min(len(p), l.left); keep > 0 {
		l.to.Write(p[:keep])
		l.left -= keep
	}
	return len(p), nil
}

// again reads the post a second time; the first time, where the handler failed
// before it looked.
func again(r *http.Request, remembered *bytes.Buffer) *form.Form {
	if remembered.Len() == 0 && strings.HasPrefix(r.Header.Get("Content-Type"), "multipart/") {
		return parse(r, maxUnread) // with files: more than is remembered
	}
	if r.MultipartForm == nil {
		// What the handler left unread passes through the copy as well. A broken
		// connection leaves less to keep, and is no failure of its own.
		_, _ = io.Copy(io.Discard, io.LimitReader(r.Body, maxUnread))
	}
	second := r.Clone(r.Context())
	second.MultipartForm = r.MultipartForm
	if r.MultipartForm == nil {
		second.Body = io.NopCloser(bytes.NewReader(remembered.Bytes()))
	}
	return parse(second, maxRemembered)
}

// parse is nil for what cannot be read.
func parse(r *http.Request, most int64) *form.Form {
	f, err := form.Parse(r, most)
	if err != nil {
		return nil
	}
	return f
}

// failed parks the post and answers with the reason and where it is kept.
func (h Pages) failed(w http.ResponseWriter, r *http.Request, remembered *bytes.Buffer, err error) {
	why, worth := reason(err)
	f := again(r, remembered)
	if !worth || f == nil || respond.WantsJSON(r) || len(f.All()) == 0 {
		respond.Error(w, r, err)
		return
	}
	if errors.Is(err, fault.NotFound) {
		// Only a form that the portal once showed this person is worth keeping:
		// a guessed address leaves nothing behind.
		person, _, _, invalid := h.Sealer.Open(f.Token(), h.Machine())
		if invalid != nil || person != current.Actor(r).Person {
			respond.Error(w, r, err)
			return
		}
	}
	id, parking := h.Sealer.Park(r.Context(), h.DB, post.Lost{Person: current.Actor(r).Person, Path: r.URL.Path,
		Label: label(r.URL.Path, f.All()), Why: why, Values: typed(f), HadFiles: f.HadFiles()}, current.Now(r), h.Machine())
	if parking != nil {
		slog.ErrorContext(r.Context(), "post could not be kept", "request", current.RequestID(r), "err", parking)
		respond.ErrorWith(w, r, err, retry(r.URL.Path, f, typed(f)))
		return
	}
	respond.ErrorWith(w, r, err, keptNotice(id, f.HadFiles()))
}

// reason tells whether a failure is one for parking.
func reason(err error) (post.Why, bool) {
	_, invalid := errors.AsType[fault.Invalid](err)
	_, tooBig := errors.AsType[*http.MaxBytesError](err)
	switch {
	case invalid, tooBig:
		return "", false
	case errors.Is(err, fault.Conflict):
		return post.PutOff, true
	case errors.Is(err, fault.Forbidden), errors.Is(err, fault.NotFound):
		return post.LostRights, true
	}
	return post.Failed, true
}

// typed is what is worth keeping: the text and what it was typed against.
func typed(f *form.Form) url.Values {
	values := f.All()
	values.Del(usedField)
	if read := f.Read(); read != "" {
		values.Set(form.RevisionField, read)
	}
	if n := f.Submission(); n != 0 {
		values.Set(form.SubmissionField, strconv.FormatInt(n, 10))
	}
	return values
}

// used drops the kept post that a successful one was filled from.
func (h Pages) used(r *http.Request, remembered *bytes.Buffer) {
	if !bytes.Contains(remembered.Bytes(), []byte(usedField)) {
		return
	}
	f := again(r, remembered)
	if f == nil {
		return
	}
	if err := post.Drop(r.Context(), h.DB, current.Actor(r), f.Raw(usedField)); err != nil && !errors.Is(err, fault.NotFound) {
		slog.ErrorContext(r.Context(), "kept post could not be dropped", "request", current.RequestID(r), "err", err)
	}
}

// OnLostPost parks a post that came without a session for the person named in
// its sealed token, and asks to sign in.
func (h Pages) OnLostPost(w http.ResponseWriter, r *http.Request) bool {
	if respond.WantsJSON(r) {
		return false // the text still stands on the page that tried to save by itself
	}
	f, err := form.Parse(r, maxRemembered)
	if err != nil {
		return false
	}
	person, _, _, err := h.Sealer.Open(f.Token(), h.Machine())
	if err != nil {
		return false
	}
	_, err = h.Sealer.Park(r.Context(), h.DB, post.Lost{Person: actor.PersonID(person), Path: r.URL.Path,
		Label: label(r.URL.Path, f.All()), Why: post.NoSession, Values: typed(f), HadFiles: f.HadFiles()}, current.Now(r), h.Machine())
	if err != nil {
		respond.ErrorWith(w, r, err, retry(r.URL.Path, f, typed(f)))
		return true
	}
	page := ui.Page{Head: ui.Head{Title: "Phiên làm việc đã kết thúc"}}
	if err := respond.Page(w, r, http.StatusForbidden, page, signInAgain(f.HadFiles())); err != nil {
		respond.Error(w, r, err)
	}
	return true
}

// Show offers a kept post: sending it again goes the usual way, with the
// revision it was typed against, so that what changed meanwhile is a conflict
// and not an overwriting.
func (h Pages) Show(w http.ResponseWriter, r *http.Request) error {
	p, values, err := h.Sealer.Take(r.Context(), h.DB, current.Actor(r), chi.URLParam(r, "id"))
	if err != nil {
		return err
	}
	names, err := unit.CalledBySlug(r.Context(), h.DB, viet.DateOf(current.Now(r)), slugsIn(p.Path, values))
	if err != nil {
		return err
	}
	inTheWay, err := h.standsInTheWay(r, p.Path)
	if err != nil {
		return err
	}
	return respond.Page(w, r, http.StatusOK, ui.Page{Head: ui.Head{Title: "Nội dung được giữ lại"}}, show(p, values, names, inTheWay, form.New(nil)))
}

// Drop throws a kept post away.
func (h Pages) Drop(w http.ResponseWriter, r *http.Request) error {
	if err := post.Drop(r.Context(), h.DB, current.Actor(r), chi.URLParam(r, "id")); err != nil {
		return err
	}
	current.Say(r, "Đã bỏ nội dung được giữ lại")
	return respond.To(w, r, paths.Home)
}
