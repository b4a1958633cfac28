package paths

import (
	"net/http"
	"net/url"
	"regexp"
	"strconv"

	"github.com/go-chi/chi/v5"

	"danvan/internal/fault"
)

// Year is the year of the address; one that no campaign can have is
// [fault.NotFound].
func Year(r *http.Request) (int, error) { return Number(r, "year", 2000, 2100) }

// Number is the number the address has in the place of that name, between least
// and most; whatever else stands there is [fault.NotFound].
func Number(r *http.Request, name string, least, most int) (int, error) {
	n, err := strconv.Atoi(chi.URLParam(r, name))
	if err != nil || n < least || n > most {
		return 0, fault.NotFound
	}
	return n, nil
}

// ID is the id the address has in the place of that name; what no id can be is
// [fault.NotFound].
func ID(r *http.Request, name string) (int64, error) {
	id, err := strconv.ParseInt(chi.URLParam(r, name), 10, 64)
	if err != nil || id < 1 {
		return 0, fault.NotFound
	}
	return id, nil
}

var slugs = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)

// Slug is the name of a unit or a period in that place of the address; what nobody
// is ever called is [fault.NotFound].
func Slug(r *http.Request, name string) (string, error) {
	const longest = 100
	slug := chi.URLParam(r, name)
	if len(slug) > longest || !slugs.MatchString(slug) {
		return "", fault.NotFound
	}
	return slug, nil
}

// Page is which page of a list the query asks for, counted from 1: the first where
// it asks for none there can be.
func Page(q url.Values) int {
	page, err := strconv.Atoi(q.Get(PageParam))
	if err != nil || page < 1 || page > 1_000_000 {
		return 1
	}
	return page
}
