// Package current carries through one request who asks, what time it is for the
// business, and what surrounds every page. It stores nothing: what lasts longer
// than a request is behind the functions of a [Visit].
package current

import (
	"context"
	"encoding/json"
	"net/http"
	"time"

	"danvan/internal/actor"
	"danvan/web/form"
	"danvan/web/ui"
)

// Visit is one request on behalf of somebody, filled by the middleware of
// web/routes.go. Pages without sign-in have a visit too, with no actor.
type Visit struct {
	Actor     actor.Actor
	Now       time.Time // business time
	RequestID string
	Frame     ui.Frame // navigation, counts, who; Message and Theme are filled in later

	// PutMessage keeps one message in the session, PopMessage returns and
	// forgets it. Both may be nil where there is no session.
	PutMessage func(message string)
	PopMessage func() string
	// Token seals person, address and moment for the forms of this page; nil
	// when nobody is signed in.
	Token func() string
}

type key struct{}

// With returns r as part of visit v.
func With(r *http.Request, v Visit) *http.Request {
	ctx := context.WithValue(r.Context(), key{}, &v)
	if v.Token != nil {
		ctx = form.WithToken(ctx, v.Token)
	}
	return r.WithContext(ctx)
}

func of(r *http.Request) *Visit {
	v, _ := r.Context().Value(key{}).(*Visit)
	return v
}

// must panics outside the routes that have a visit, which would be a mistake in
// the route table.
func must(r *http.Request) *Visit {
	if v := of(r); v != nil {
		return v
	}
	panic("no visit for " + r.URL.Path)
}

// Actor returns who asks. It panics outside the signed-in routes.
func Actor(r *http.Request) actor.Actor {
	a := must(r).Actor
	if a.Person == 0 {
		panic("nobody is signed in at " + r.URL.Path)
	}
	return a
}

// SignedIn reports whether somebody is signed in.
func SignedIn(r *http.Request) bool {
	v := of(r)
	return v != nil && v.Actor.Person != 0
}

// Now returns the business time of this request: the same moment however often
// it is asked.
func Now(r *http.Request) time.Time { return must(r).Now }

// RequestID returns what the log calls this request, empty when nobody numbered it.
func RequestID(r *http.Request) string {
	if v := of(r); v != nil {
		return v.RequestID
	}
	return ""
}

// Frame returns what surrounds the page, with the message to show now if any,
// which is then forgotten.
func Frame(r *http.Request) ui.Frame {
	frame := ui.Frame{}
	if v := of(r); v != nil {
		frame = v.Frame
		frame.SignedIn = v.Actor.Person != 0
		frame.Moment = v.Now
	}
	frame.Message = said(r)
	frame.Theme = Theme(r)
	frame.Address = r.URL.RequestURI()
	return frame
}

// Say shows a sentence once, on the next page this visitor sees: what was done,
// in bold.
func Say(r *http.Request, done string) { SayMore(r, ui.Message{Done: done}) }

// SayMore is [Say] with a second sentence and a link.
func SayMore(r *http.Request, message ui.Message) {
	v := of(r)
	if v == nil || v.PutMessage == nil {
		return
	}
	text, err := json.Marshal(message)
	if err != nil {
		panic(err) // plain strings always encode
	}
	v.PutMessage(string(text))
}

func said(r *http.Request) ui.Message {
	v := of(r)
	if v == nil || v.PopMessage == nil {
		return ui.Message{}
	}
	var message ui.Message
	text := v.PopMessage()
	if text == "" {
		return message
	}
	if err := json.Unmarshal([]byte(text), &message); err != nil {
		message.Done = text // kept by an earlier release as a plain sentence
	}
	return message
}

const themeCookie = "danvan_theme"

// Theme returns the look this browser asked for: "light", "dark", or empty for
// the system's own.
func Theme(r *http.Request) string {
	cookie, err := r.Cookie(themeCookie)
	if err != nil || cookie.Value != "light" && cookie.Value != "dark" {
		return ""
	}
	return cookie.Value
}

// SetTheme keeps the look for a year in this browser; empty returns to the
// system's own.
func SetTheme(w http.ResponseWriter, theme string, secure bool) {
	cookie := http.Cookie{Name: themeCookie, Value: theme, Path: "/", MaxAge: 365 * 24 * 60 * 60,
		Secure: secure, HttpOnly: true, SameSite: http.SameSiteLaxMode}
	if theme != "light" && theme != "dark" {
		cookie.Value, cookie.MaxAge = "", -1
	}
	http.SetCookie(w, &cookie)
}
