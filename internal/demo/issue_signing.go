package demo

import (
	"bytes"
	"context"
	"strings"
	"time"

	"danvan/internal/consolidation"
	"danvan/internal/consolidation/wording"
	"danvan/internal/demo/paper"
	"danvan/internal/post"
)

// SignedIssue draws the paper of an issued report as it was signed. The same report
// gives the same bytes.
func SignedIssue(p consolidation.Printed) []byte {
	var b strings.Builder
	line := func(words ...string) { b.WriteString(strings.Join(words, " ") + "\n") }
	line("Số: "+p.Number, p.Date.Formal())
	line("Kính gửi: " + p.To)
	var of func(s consolidation.Section)
	of = func(s consolidation.Section) {
		if s.Title != "" {
			line(s.Number+".", s.Title)
		}
		for _, x := range s.Paragraphs {
			line(wording.Plain(x.Paragraph))
		}
		for _, below := range s.Sections {
			of(below)
		}
	}
	of(p.Opening)
	for _, s := range p.Sections {
		of(s)
	}
	line(wording.Plain(p.Closing.Paragraph))
	line(p.Capacity, p.Signer)
	for _, a := range p.Annexes {
		line("Phụ lục", a.Number, a.Title)
		for _, r := range a.Rows {
			var cells []string
			for _, c := range r.Cells {
				cells = append(cells, c.Text)
			}
			line(strings.Join(cells, " | "))
		}
	}
	return paper.Sheet{Title: p.Title + " " + p.Subject, Text: b.String(), Note: fictitious}.PDF()
}

// attachIssue lets the editor attach the signed paper of the first issue.
func (c *consolidating) attachIssue(ctx context.Context, now time.Time) error {
	r, err := c.svc.IssueByNo(ctx, c.editor.at(now), now, c.ref, 1)
	if err != nil {
		return err
	}
	return c.svc.AttachSigned(ctx, c.editor.at(now), now, post.Once{}, c.ref, 1, "224-BC-SNV bản ký.pdf", bytes.NewReader(SignedIssue(r.Printed)))
}
