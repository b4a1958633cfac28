// Package respond turns what a handler returns into a response. Pages are
// rendered in full before anything is sent; only [Error] logs.
package respond

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"sync"

	"github.com/a-h/templ"

	"danvan/web/current"
	"danvan/web/ui"
)

// Handler is an HTTP handler that returns its failure instead of writing it.
type Handler func(w http.ResponseWriter, r *http.Request) error

func (h Handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if err := h(w, r); err != nil {
		Error(w, r, err)
	}
}

// Page sends a whole page around body. With status 422 its title says that
// there are mistakes.
func Page(w http.ResponseWriter, r *http.Request, status int, page ui.Page, body templ.Component) error {
	page.Errors = page.Errors || status == http.StatusUnprocessableEntity
	buffer := buffers.Get().(*bytes.Buffer)
	defer buffers.Put(buffer)
	buffer.Reset()
	if err := ui.Document(current.Frame(r), page, body).Render(r.Context(), buffer); err != nil {
		return fmt.Errorf("render %s: %w", page.Head.Title, err)
	}
	send(w, status, "text/html; charset=utf-8", buffer.Bytes())
	return nil
}

// buffers hold a page while it is rendered; the collector empties the pool.
var buffers = sync.Pool{New: func() any { return new(bytes.Buffer) }}

// To sends the browser on to path after a successful post.
func To(w http.ResponseWriter, r *http.Request, path string) error {
	w.Header().Set("Cache-Control", "no-store")
	http.Redirect(w, r, path, http.StatusSeeOther)
	return nil
}

// Saved is the answer to a page that saved by itself.
type Saved struct {
	OK       bool              `json:"ok"`                 // everything sent is stored
	Revision string            `json:"revision,omitempty"` // to save against next, as [form.Form.Read] has it
	Key      string            `json:"key,omitempty"`      // idempotency key of the next save
	SavedAt  string            `json:"savedAt,omitempty"`  // "08:42"; empty when nothing was stored
	Faults   map[string]string `json:"faults,omitempty"`   // field: why it was not stored
	// Merged are fields somebody else saved meanwhile, as the form now shows
	// them: by name, every value. The page had them as they were before.
	Merged   map[string][]string `json:"merged,omitempty"`
	Conflict bool                `json:"conflict,omitempty"` // somebody else saved the same fields first
	Location string              `json:"location,omitempty"` // where the form now lives, or where a conflict is settled
	Message  string              `json:"message,omitempty"`  // why nothing was stored
}

// Autosaved answers a page that saved by itself.
func Autosaved(w http.ResponseWriter, _ *http.Request, saved Saved) error {
	status := http.StatusOK
	switch {
	case saved.Conflict:
		status = http.StatusConflict
	case !saved.OK:
		status = http.StatusUnprocessableEntity
	}
	return sendJSON(w, status, saved)
}

// WantsJSON reports whether the page's own script asks, not a reader.
func WantsJSON(r *http.Request) bool {
	accept := r.Header.Get("Accept")
	return strings.Contains(accept, "application/json") && !strings.Contains(accept, "text/html")
}

func sendJSON(w http.ResponseWriter, status int, value any) error {
	body, err := json.Marshal(value)
	if err != nil {
		return fmt.Errorf("encode answer: %w", err)
	}
	send(w, status, "application/json", body)
	return nil
}

// send writes a finished response. Pages hold what one person may see, so no
// cache keeps them.
func send(w http.ResponseWriter, status int, contentType string, body []byte) {
	header := w.Header()
	header.Set("Content-Type", contentType)
	header.Set("Content-Length", strconv.Itoa(len(body)))
	header.Set("X-Content-Type-Options", "nosniff")
	header.Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	_, _ = w.Write(body) // the browser went away: nobody is left to tell
}
