//go:build unix

package main

import (
	"fmt"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"strings"
	"time"

	"github.com/PuerkitoBio/goquery"
)

// browser is somebody's, with cookies and without scripts. It tells of redirects
// instead of following them.
type browser struct {
	client *http.Client
}

func newBrowser() *browser {
	jar, _ := cookiejar.New(nil) // fails never
	return &browser{&http.Client{
		Jar:           jar,
		Timeout:       time.Minute,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}}
}

// answer is what came back, read whole.
type answer struct {
	status int
	header http.Header
	body   string
}

func (b *browser) get(address string) (answer, error) {
	r, err := b.client.Get(address)
	return read(r, err)
}

func (b *browser) post(address string, values url.Values) (answer, error) {
	r, err := b.client.PostForm(address, values)
	return read(r, err)
}

func read(r *http.Response, err error) (answer, error) {
	if err != nil {
		return answer{}, err
	}
	defer r.Body.Close() // it is read to its end
	body, err := io.ReadAll(r.Body)
	return answer{r.StatusCode, r.Header, string(body)}, err
}

func (a answer) location() string { return a.header.Get("Location") }

// signIn opens a session on the portal at address.
func (b *browser) signIn(address, username, password string) error {
	a, err := b.post(address+"/dang-nhap", url.Values{"username": {username}, "password": {password}})
	if err == nil && (a.status != http.StatusSeeOther || strings.HasPrefix(a.location(), "/dang-nhap")) {
		err = fmt.Errorf("sign in as %s: status %d to %q", username, a.status, a.location())
	}
	return err
}

// signedIn is a browser in which somebody is signed in at p.
func (p *portal) signedIn(username, password string) *browser {
	p.t.Helper()
	b := newBrowser()
	must(p.t, b.signIn(p.url, username, password))
	return b
}

// page gets a page that has to be there and say certain texts. Just after a
// database came back, connections from before it went still say that it is away.
func (p *portal) page(b *browser, path string, texts ...string) answer {
	p.t.Helper()
	var a answer
	eventually(p.t, path, func() (done bool) {
		var err error
		a, err = b.get(p.url + path)
		must(p.t, err)
		return a.status != http.StatusServiceUnavailable
	})
	if a.status != http.StatusOK {
		p.t.Fatalf("%s: status %d to %q\n%s", path, a.status, a.location(), p.out)
	}
	for _, text := range texts {
		if !strings.Contains(a.body, text) {
			p.t.Errorf("%s does not say %q", path, text)
		}
	}
	return a
}

// filled is what a browser without scripts sends for the form that posts to action.
func (a answer) filled(action string) (url.Values, error) {
	page, err := goquery.NewDocumentFromReader(strings.NewReader(a.body))
	if err != nil {
		return nil, err
	}
	form := page.Find("form[action='" + action + "']").First()
	if form.Length() == 0 {
		return nil, fmt.Errorf("no form for %s", action)
	}
	values := url.Values{}
	form.Find("input[name], textarea[name], select[name]").Each(func(_ int, field *goquery.Selection) {
		name := field.AttrOr("name", "")
		kind := field.AttrOr("type", "")
		switch {
		case goquery.NodeName(field) == "textarea":
			values.Add(name, strings.TrimPrefix(field.Text(), "\n"))
		case goquery.NodeName(field) == "select":
			option := field.Find("option[selected]")
			if option.Length() == 0 {
				option = field.Find("option").First()
			}
			values.Add(name, option.AttrOr("value", strings.TrimSpace(option.Text())))
		case kind == "checkbox" || kind == "radio":
			if _, ticked := field.Attr("checked"); ticked {
				values.Add(name, field.AttrOr("value", "on"))
			}
		case kind != "file" && kind != "submit":
			values.Add(name, field.AttrOr("value", ""))
		}
	})
	return values, nil
}
