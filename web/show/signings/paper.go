package signings

import (
	"net/http"

	"danvan/internal/evidence"
	"danvan/internal/signed"
	"danvan/web/respond"
)

// Send answers with a signed paper under its name.
func Send(w http.ResponseWriter, r *http.Request, files *evidence.Store, sha evidence.SHA, name string, kind evidence.Type) error {
	file, err := files.Open(r.Context(), sha)
	if err != nil {
		return err
	}
	defer func() { _ = file.Close() }() // it was only read
	return respond.Download(w, r, name, string(kind), file)
}

// Chosen returns a paper as it was kept, or with the comparison made anew where the
// reader asks for that with [AnewParam].
func Chosen[P any](r *http.Request, kept func() (P, error), again func() (P, signed.Comparison, error)) (P, *signed.Comparison, error) {
	if r.URL.Query().Get(AnewParam) == "" {
		paper, err := kept()
		return paper, nil, err
	}
	paper, anew, err := again()
	return paper, &anew, err
}
