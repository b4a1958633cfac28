package respond

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"runtime/debug"

	"github.com/a-h/templ"

	"danvan/internal/database"
	"danvan/internal/fault"
	"danvan/web/current"
	"danvan/web/ui"
)

// Error shows the page for err, or its sentence to the page's own script. Only
// this function logs request failures. What failed is logged for our own faults
// alone: the words of a refusal may name people.
func Error(w http.ResponseWriter, r *http.Request, err error) {
	ErrorWith(w, r, err, nil)
}

// ErrorWith is [Error] with something more to say below; more may be nil.
func ErrorWith(w http.ResponseWriter, r *http.Request, err error, more templ.Component) {
	if errors.Is(err, context.Canceled) && r.Context().Err() != nil {
		return // the browser went away
	}
	status := statusOf(err)
	record(r, status, err)
	if status == http.StatusServiceUnavailable {
		w.Header().Set("Retry-After", "30")
	}
	shown := explain(status, err, current.RequestID(r))
	if WantsJSON(r) {
		_ = sendJSON(w, status, shown.saved(err)) // plain strings always encode
		return
	}
	page := ui.Page{Head: ui.Head{Title: shown.title}}
	if Page(w, r, status, page, shown.body(current.SignedIn(r), more)) != nil {
		http.Error(w, shown.title, status)
	}
}

func statusOf(err error) int {
	_, invalid := errors.AsType[fault.Invalid](err)
	_, tooBig := errors.AsType[*http.MaxBytesError](err)
	switch {
	case errors.Is(err, fault.NotFound):
		return http.StatusNotFound
	case errors.Is(err, fault.Forbidden):
		return http.StatusForbidden
	case errors.Is(err, fault.Conflict):
		return http.StatusConflict
	case invalid:
		return http.StatusUnprocessableEntity
	case tooBig:
		return http.StatusRequestEntityTooLarge
	case database.IsUnavailable(err), errors.Is(err, context.DeadlineExceeded):
		return http.StatusServiceUnavailable
	}
	return http.StatusInternalServerError
}

func record(r *http.Request, status int, err error) {
	about := []any{"status", status, "method", r.Method, "path", r.URL.Path, "request", current.RequestID(r)}
	if status < http.StatusInternalServerError {
		slog.InfoContext(r.Context(), "request refused", about...)
		return
	}
	slog.ErrorContext(r.Context(), "request failed", append(about, "err", err)...)
}

// Recover answers a panic in next with the page for our own faults.
func Recover(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		defer func() {
			cause := recover()
			if cause == nil {
				return
			}
			if cause == http.ErrAbortHandler {
				panic(cause) // the server knows what to do
			}
			Error(w, r, fmt.Errorf("panic: %v\n%s", cause, debug.Stack()))
		}()
		next.ServeHTTP(w, r)
	})
}
