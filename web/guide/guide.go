// Package guide serves the short guide: what each role does, the words, how
// numbers and dates are typed, and the keys.
package guide

import (
	"net/http"

	"danvan/web/respond"
	"danvan/web/ui"
)

// Show serves the guide.
func Show(w http.ResponseWriter, r *http.Request) error {
	return respond.Page(w, r, http.StatusOK, ui.Page{Head: ui.Head{Title: "Hướng dẫn"}}, guide())
}
