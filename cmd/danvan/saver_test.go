//go:build unix

package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/url"
	"os"
	"strconv"
	"strings"
	"time"
)

// saver is one person who writes a plan and a report, and where the unit sums up a
// section of that too, and saves, with a list of what was acknowledged.
type saver struct {
	drill          *drill
	browser        *browser
	username, unit string
	task           int    // of the report and of what sums up, this person's own
	code           string // of the row of the report this person fills in
	random         *rand.Rand

	activity string // the code of the one this person works on
	list     *os.File
	sent     []*written // acknowledged or not
	repeated int        // saves acknowledged only when sent again
}

// written is what somebody saved, or tried to: a text, and in a report with a figure
// that is its number among all this person wrote.
type written struct {
	text  string
	place string // the form; "" is that of a new activity nobody knows the code of
	auto  bool   // the page saved by itself
	row   string // of the report, "" in a plan
}

// run saves until stop is closed. An answer that nobody should get is an error.
func (s *saver) run(ctx context.Context, stop <-chan struct{}) error {
	for err := s.signIn(ctx); err != nil; err = s.signIn(ctx) {
		if ctx.Err() != nil {
			return ctx.Err()
		}
	}
	for {
		select {
		case <-stop:
			return nil
		case <-ctx.Done():
			return ctx.Err()
		default:
		}
		if err := s.save(ctx); err != nil {
			return fmt.Errorf("%s: %w", s.username, err)
		}
	}
}

func (s *saver) signIn(ctx context.Context) error {
	err := s.browser.signIn(*s.drill.address.Load(), s.username, seedPassword)
	if err != nil {
		pause(ctx)
	}
	return err
}

// save fills one form, of the report, of a new activity or of the one at work, and
// posts it; what is there already also as a page does that saves by itself.
func (s *saver) save(ctx context.Context) error {
	plan := "/ke-hoach/2022/" + s.unit
	shown, action := plan+"/hoat-dong/moi", plan+"/hoat-dong"
	w := &written{text: fmt.Sprintf("%s lần %d: %s", s.username, len(s.sent)+1, strings.Repeat("lời ", s.random.IntN(40)+1)+"cuối")}
	set := []string{"title", "product", "description"}
	switch {
	case s.unit == lead && s.random.IntN(2) == 0:
		w.place, set = fmt.Sprintf("/tong-hop/2022/nam/%s/noi-dung/nhiem-vu-%d", lead, s.task), []string{"text"}
	case s.random.IntN(2) == 0:
		w.place, w.row, set = fmt.Sprintf("/bao-cao/2022/nam/%s/nhiem-vu/%d", s.unit, s.task), s.code, []string{"result"}
	case s.activity != "" && s.random.IntN(5) > 0:
		w.place = s.edits()
	}
	if w.place != "" {
		shown, action, w.auto = w.place, w.place, s.random.IntN(2) == 0
	}
	values, err := s.form(ctx, shown, action)
	if err != nil {
		return err
	}
	for _, name := range set {
		values.Set(name, w.text)
	}
	s.sent = append(s.sent, w)
	if w.row != "" {
		values.Set(w.row+".own", strconv.Itoa(len(s.sent)))
	}
	if w.auto {
		values.Set("_autosave", "1")
	}
	saved, err := s.post(action, values, w.auto)
	if err != nil {
		return err
	}
	lost := s.random.IntN(8) == 0 // on its way to the browser, as far as anybody can tell
	if saved == nil || lost {
		if s.random.IntN(4) == 0 { // given up: nobody knows whether it is stored
			return nil
		}
		if saved, err = s.repeat(ctx, action, values, w.auto); err != nil {
			return err
		}
		s.repeated++
	}
	if w.place == "" {
		if s.activity, err = codeIn(*saved); err != nil {
			return err
		}
		w.place = s.edits()
	}
	return s.acknowledge(w)
}

// edits is the form of the activity at work.
func (s *saver) edits() string {
	return "/ke-hoach/2022/" + s.unit + "/hoat-dong/" + s.activity + "/sua"
}

// repeat posts the same again until somebody answers.
func (s *saver) repeat(ctx context.Context, action string, values url.Values, auto bool) (*answer, error) {
	for ctx.Err() == nil {
		pause(ctx)
		if saved, err := s.post(action, values, auto); saved != nil || err != nil {
			return saved, err
		}
	}
	return nil, ctx.Err()
}

// form asks until the portal shows the form.
func (s *saver) form(ctx context.Context, shown, action string) (url.Values, error) {
	for ctx.Err() == nil {
		a, err := s.browser.get(*s.drill.address.Load() + shown)
		switch {
		case err != nil || a.status == http.StatusServiceUnavailable:
			pause(ctx)
		case a.status != http.StatusOK:
			return nil, fmt.Errorf("%s: status %d to %q\n%s", shown, a.status, a.location(), a.body)
		default:
			return a.filled(action)
		}
	}
	return nil, ctx.Err()
}

// post returns the answer when it acknowledges the save, nil when nobody knows.
func (s *saver) post(action string, values url.Values, auto bool) (*answer, error) {
	a, err := s.browser.post(*s.drill.address.Load()+action, values)
	var page struct{ OK bool }
	switch {
	case err != nil || a.status == http.StatusServiceUnavailable:
		return nil, nil
	case auto && a.status == http.StatusOK && json.Unmarshal([]byte(a.body), &page) == nil && page.OK:
		return &a, nil
	case !auto && a.status == http.StatusSeeOther && !strings.HasPrefix(a.location(), "/dang-nhap"):
		return &a, nil
	}
	return nil, fmt.Errorf("post %s: status %d to %q\n%s", action, a.status, a.location(), a.body)
}

// acknowledge writes down that something is saved, safe from whatever is killed next.
func (s *saver) acknowledge(w *written) error {
	if _, err := fmt.Fprintln(s.list, w.text); err != nil {
		return err
	}
	if err := s.list.Sync(); err != nil {
		return err
	}
	s.drill.acks.Add(1)
	return nil
}

// acknowledged reads the list back.
func (s *saver) acknowledged() (map[string]bool, error) {
	if _, err := s.list.Seek(0, io.SeekStart); err != nil {
		return nil, err
	}
	all := map[string]bool{}
	lines := bufio.NewScanner(s.list)
	for lines.Scan() {
		all[lines.Text()] = true
	}
	return all, lines.Err()
}

// pause is how long somebody waits before trying again: on two processors, those who
// ask more often only keep the portal from coming back.
func pause(ctx context.Context) {
	select {
	case <-ctx.Done():
	case <-time.After(100 * time.Millisecond):
	}
}
