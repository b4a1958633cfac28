package consolidations

import (
	"io"
	"net/http"

	"danvan/internal/consolidation"
	"danvan/internal/signed"
	"danvan/web/current"
	"danvan/web/form"
	"danvan/web/paths"
	"danvan/web/respond"
	"danvan/web/show/signings"
	"danvan/web/ui"
)

// issueRef reads the address of an issue.
func issueRef(r *http.Request) (ref consolidation.Ref, no int, err error) {
	if ref, err = refOf(r); err != nil {
		return ref, 0, err
	}
	no, err = paths.Number(r, "no", 1, 999)
	return ref, no, err
}

// signedRef reads the address of a signed paper of an issue.
func signedRef(r *http.Request) (ref consolidation.Ref, no int, id int64, err error) {
	if ref, no, err = issueRef(r); err != nil {
		return ref, 0, 0, err
	}
	id, err = paths.ID(r, "id")
	return ref, no, id, err
}

// SignedForm asks for the signed paper of an issue.
func (p Pages) SignedForm(w http.ResponseWriter, r *http.Request) error {
	return p.showSigned(w, r, http.StatusOK, form.New(nil))
}

func (p Pages) showSigned(w http.ResponseWriter, r *http.Request, status int, f *form.Form) error {
	ref, no, err := issueRef(r)
	if err != nil {
		return err
	}
	act, now := current.Actor(r), current.Now(r)
	c, h, err := p.Consolidations.IssueHead(r.Context(), act, now, ref, no)
	if err == nil {
		err = consolidation.Decide(act, consolidation.AttachSigned, c, now).Err()
	}
	if err != nil {
		return err
	}
	base := baseOf(ref)
	back := ui.Link{Label: "Về lần phát hành " + itoa(no), Path: paths.Issued(base, no)}
	head := head(c, signings.AttachTitle, "", ui.Link{Label: "Lần phát hành " + itoa(no), Path: back.Path}, ui.Link{Label: signings.AttachTitle})
	return respond.Page(w, r, status, ui.Page{Head: head},
		signings.Form(f, paths.SignedIssue(base, no), reportNumbered(h), "Văn bản đã phát hành không thay đổi.", p.Files.Max(), back))
}

// reportNumbered is "báo cáo số 224/BC-SNV".
func reportNumbered(h consolidation.IssueHead) string {
	return "báo cáo số " + h.Reference.String()
}

// AttachSigned keeps the signed paper of an issue.
func (p Pages) AttachSigned(w http.ResponseWriter, r *http.Request) error {
	f, err := form.Parse(r, p.Files.Max()+maxPost)
	if err != nil {
		return err
	}
	ref, no, err := issueRef(r)
	if err != nil {
		return err
	}
	if err := p.attach(r, f, ref, no); err != nil {
		return err
	}
	if !f.OK() {
		return p.showSigned(w, r, http.StatusUnprocessableEntity, f)
	}
	current.Say(r, "Đã đính kèm bản ký của lần phát hành "+itoa(no))
	return respond.To(w, r, paths.Issued(baseOf(ref), no))
}

// attach stores the file; what the reader can mend is noted on the form.
func (p Pages) attach(r *http.Request, f *form.Form, ref consolidation.Ref, no int) error {
	act, now := current.Actor(r), current.Now(r)
	c, _, err := p.Consolidations.IssueHead(r.Context(), act, now, ref, no)
	if err == nil {
		err = consolidation.Decide(act, consolidation.AttachSigned, c, now).Err()
	}
	if err != nil {
		return err
	}
	return signings.Take(f, func(name string, file io.Reader) error {
		return p.Consolidations.AttachSigned(r.Context(), act, now, f.Once(), ref, no, name, file)
	})
}

// SignedFile sends a signed paper to whoever may read its issue.
func (p Pages) SignedFile(w http.ResponseWriter, r *http.Request) error {
	ref, no, id, err := signedRef(r)
	if err != nil {
		return err
	}
	paper, err := p.Consolidations.Signed(r.Context(), current.Actor(r), current.Now(r), ref, no, id)
	if err != nil {
		return err
	}
	return signings.Send(w, r, p.Files, paper.SHA, paper.Name, paper.Type)
}

// SignedComparison says what a signed paper and its issue came to, as it was kept or
// compared anew.
func (p Pages) SignedComparison(w http.ResponseWriter, r *http.Request) error {
	ref, no, id, err := signedRef(r)
	if err != nil {
		return err
	}
	paper, anew, err := signings.Chosen(r, func() (consolidation.SignedPaper, error) {
		return p.Consolidations.Signed(r.Context(), current.Actor(r), current.Now(r), ref, no, id)
	}, func() (consolidation.SignedPaper, signed.Comparison, error) {
		return p.Consolidations.CompareSigned(r.Context(), current.Actor(r), current.Now(r), ref, no, id)
	})
	if err != nil {
		return err
	}
	base := baseOf(ref)
	v := signings.Comparison{What: reportNumbered(paper.Issue), Name: paper.Name, At: paper.At, SHA: paper.SHA, Frozen: paper.IssueSHA, Kept: paper.Compared, Anew: anew,
		Again: paths.With(r.URL, signings.AnewParam, "1"), File: paths.SignedIssueFile(base, no, id), Back: paths.Issued(base, no)}
	head := head(paper.Case, signings.Title, "", ui.Link{Label: "Lần phát hành " + itoa(no), Path: v.Back}, ui.Link{Label: signings.Title})
	return respond.Page(w, r, http.StatusOK, ui.Page{Head: head}, v.Page())
}
