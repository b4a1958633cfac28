package form

import (
	"context"
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"net/url"
	"strings"
	"unicode/utf8"

	"danvan/internal/fault"
)

// Bounds of one post, besides the bytes a caller allows.
const (
	maxFields   = 5000      // the figures of one task with all their marks are some hundred
	maxName     = 200       // bytes in the name of a field
	maxValue    = 256 << 10 // bytes in one field; the longest narrative is a tenth
	maxInMemory = 1 << 20   // of files, before they go to disk
	maxKey      = 64
	maxWaste    = 256 << 20 // bytes read and thrown away after what was allowed
)

const (
	unreadable = "Không đọc được biểu mẫu đã gửi. Mở lại trang này và gửi lần nữa"
	tooMany    = "Biểu mẫu có quá nhiều mục, không nhận được. Gửi ít mục hơn mỗi lần"
	badBytes   = "Nội dung có ký tự không đọc được. Xóa phần đó hoặc gõ lại"
	tooLong    = "Nội dung quá dài. Rút gọn hoặc đưa phần chi tiết vào tệp minh chứng"
)

// Parse reads the body of a post of at most maxBytes. The errors are
// [http.MaxBytesError] when there is more, and [fault.Invalid] when it cannot
// be read as a form at all. A field that cannot be stored is noted in Errors
// and keeps as much of its text as can be shown.
func Parse(r *http.Request, maxBytes int64) (*Form, error) {
	if maxBytes <= 0 {
		return parse(r)
	}
	sent := r.Body
	r.Body = http.MaxBytesReader(nil, sent, maxBytes)
	f, err := parse(r)
	if _, tooBig := errors.AsType[*http.MaxBytesError](err); tooBig {
		// A browser reads no answer before it has sent all: it would only say that the
		// connection broke.
		_, _ = io.CopyN(io.Discard, sent, maxWaste)
	}
	return f, err
}

func parse(r *http.Request) (*Form, error) {
	kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if err != nil {
		return nil, fault.Invalid{"": unreadable}
	}
	switch kind {
	case "application/x-www-form-urlencoded":
		return parseURLEncoded(r)
	case "multipart/form-data":
		return parseMultipart(r)
	}
	return nil, fault.Invalid{"": unreadable}
}

func parseURLEncoded(r *http.Request) (*Form, error) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return nil, err
	}
	if strings.Count(string(body), "&") >= maxFields {
		return nil, fault.Invalid{"": tooMany}
	}
	values, err := url.ParseQuery(string(body))
	if err != nil {
		return nil, fault.Invalid{"": unreadable}
	}
	return take(values)
}

func parseMultipart(r *http.Request) (*Form, error) {
	if err := r.ParseMultipartForm(maxInMemory); err != nil {
		if _, tooBig := errors.AsType[*http.MaxBytesError](err); tooBig {
			return nil, err
		}
		if errors.Is(err, multipart.ErrMessageTooLarge) {
			return nil, fault.Invalid{"": tooMany}
		}
		return nil, fault.Invalid{"": unreadable}
	}
	sent := r.MultipartForm
	// The server only cleans up after the request it made itself, and each
	// middleware that adds to the context passes on a copy.
	context.AfterFunc(r.Context(), func() { _ = sent.RemoveAll() }) // the system empties its own folder
	f, err := take(sent.Value)
	if err != nil {
		return nil, err
	}
	f.files = sent.File
	return f, nil
}

// Query reads a form sent by GET: the filters of a list. It has no mistakes;
// what cannot be read is left out.
func Query(r *http.Request) *Form {
	f, err := take(r.URL.Query())
	if err != nil {
		f = empty()
	}
	for name := range f.Errors {
		f.values.Del(name)
	}
	f.Errors = fault.Invalid{}
	return f
}

// take sorts values into what was typed and what the form carried by itself.
func take(values url.Values) (*Form, error) {
	f := empty()
	total := 0
	for name, texts := range values {
		if total += len(texts); total > maxFields {
			return nil, fault.Invalid{"": tooMany}
		}
		if len(name) > maxName || !storable(name) {
			return nil, fault.Invalid{"": unreadable}
		}
		if strings.HasPrefix(name, "_") {
			f.takeHidden(name, texts[0])
			continue
		}
		for _, text := range texts {
			f.values[name] = append(f.values[name], f.takeText(name, text))
		}
	}
	if f.Key() == "" {
		f.hidden.Set(KeyField, newKey())
	}
	return f, nil
}

// takeHidden drops what our own pages never send, so that nothing has to be
// checked again later.
func (f *Form) takeHidden(name, text string) {
	switch name {
	case KeyField:
		if len(text) > maxKey {
			return
		}
	case RevisionField, SubmissionField, TokenField, AutosaveField:
	default:
		return
	}
	if storable(text) {
		f.hidden.Set(name, text)
	}
}

func (f *Form) takeText(name, text string) string {
	if len(text) > maxValue {
		f.Errors.Add(name, tooLong)
		text = text[:maxValue]
		for len(text) > 0 && !utf8.RuneStart(text[len(text)-1]) {
			text = text[:len(text)-1]
		}
		text = strings.ToValidUTF8(text, "")
	}
	if !storable(text) {
		f.Errors.Add(name, badBytes)
		text = strings.ReplaceAll(strings.ToValidUTF8(text, "\ufffd"), "\x00", "")
	}
	return text
}

// storable is false for what Postgres refuses to keep as text.
func storable(text string) bool { return utf8.ValidString(text) && !strings.Contains(text, "\x00") }
