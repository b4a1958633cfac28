// Package paths builds every address of the portal. Addresses are Vietnamese,
// lower-case and without diacritics.
package paths

import "net/url"

// Addresses that stand on every page.
const (
	Home     = "/"
	SignIn   = "/dang-nhap"
	SignOut  = "/dang-xuat"
	Account  = "/tai-khoan"
	Search   = "/tim-kiem"
	Notices  = "/thong-bao"
	Theme    = "/giao-dien"
	Guide    = "/huong-dan"
	Keyboard = Guide + "#phim-tat"
	Support  = Guide + "#ho-tro"
)

// Names of query parameters that mean the same on every list.
const (
	PageParam = "trang"
	SortParam = "sap-xep"
	FindParam = "q"
	FileParam = "dang" // a list as a file of that format, all of it
)

// With returns the path and query of u with the given parameters replaced, as
// pairs of name and value; an empty value takes the parameter away. Any change
// but one of page goes back to the first page.
func With(u *url.URL, pairs ...string) string {
	query := u.Query()
	query.Del(PageParam)
	for i := 0; i+1 < len(pairs); i += 2 {
		query.Del(pairs[i])
		if pairs[i+1] != "" {
			query.Set(pairs[i], pairs[i+1])
		}
	}
	changed := url.URL{Path: u.Path, RawPath: u.RawPath, RawQuery: query.Encode()}
	return changed.String()
}
