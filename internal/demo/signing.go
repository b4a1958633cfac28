package demo

import (
	"bytes"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"danvan/internal/demo/content"
	"danvan/internal/demo/paper"
	"danvan/internal/evidence"
	"danvan/internal/indicator"
	"danvan/internal/post"
	"danvan/internal/viet"
)

// signing is the signed paper of a report, or of the plan where there is no period, which its unit attached afterwards.
type signing struct {
	unit, period string
	at           time.Time
	no           int                        // lần gửi
	draw         func(s paper.Sheet) []byte // a document with its text, or a scan of it
	mistyped     [2]string                  // the paper says the second where the report says the first
}

func on(month time.Month, day, hour, minute int) time.Time {
	return time.Date(content.Year, month, day, hour, minute, 0, 0, viet.Location)
}

// signings are one of each outcome: a paper that says what was sent, one that does not – a
// figure was turned round when the paper was typed – and a scan.
var signings = []signing{
	{unit: "stc", at: on(time.April, 1, 9, 40), no: 1, draw: paper.Sheet.PDF},
	{unit: "snv", period: "nam", at: on(time.November, 23, 8, 30), no: 1, draw: paper.Sheet.PDF},
	{unit: "vpubnd", period: "nam", at: on(time.November, 22, 9, 5), no: 1, draw: paper.Sheet.PDF},
	{unit: "ttt", period: "nam", at: on(time.November, 23, 14, 20), no: 1, draw: paper.Sheet.PDF, mistyped: [2]string{"(lượt người): 172", "(lượt người): 127"}},
	{unit: "tx-long-my", period: "nam", at: on(time.November, 22, 15, 10), no: 1, draw: paper.Sheet.Scan},
}

func (g signing) name() string {
	if g.period == "" {
		return "Bản ký kế hoạch.pdf"
	}
	return "Bản ký báo cáo.pdf"
}

// signed notes that the clerk of the unit attaches the signed paper; period "" is the
// plan.
func (s *filing) signed(period string) {
	i := slices.IndexFunc(signings, func(g signing) bool { return g.unit == s.unit && g.period == period })
	if i < 0 {
		return
	}
	g := signings[i]
	s.on(g.at, func(ctx context.Context, now time.Time) error {
		drawn, err := g.paper(s.content)
		if err != nil {
			return err
		}
		return s.desk.AttachSigned(ctx, s.files, s.clerk.at(now), now, post.Once{}, s.ref, g.no, g.name(), bytes.NewReader(drawn))
	})
}

// paper draws the signed paper. The same one always has the same bytes.
func (g signing) paper(c content.Content) ([]byte, error) {
	subject, text := g.plan(c)
	if g.period != "" {
		var err error
		if subject, text, err = g.report(c); err != nil {
			return nil, err
		}
	}
	if subject == "" || !strings.Contains(text, g.mistyped[0]) {
		return nil, fmt.Errorf("no paper of %s for %s to sign, or it does not say %q", g.unit, g.period, g.mistyped[0])
	}
	if g.mistyped[0] != "" {
		text = strings.Replace(text, g.mistyped[0], g.mistyped[1], 1)
	}
	return g.draw(paper.Sheet{Title: subject, Text: text, Note: fictitious}), nil
}

// plan is what the paper of the unit's plan says.
func (g signing) plan(c content.Content) (subject, text string) {
	i := slices.IndexFunc(c.Plans, func(p content.Plan) bool { return p.Unit == g.unit })
	if i < 0 {
		return "", ""
	}
	d := c.Plans[i].Document
	var b strings.Builder
	fmt.Fprintf(&b, "Số: %s/%s\n%s\n", d.Number, d.Symbol, d.IssuedOn.Formal())
	for _, x := range c.Scopes {
		if x.Unit == g.unit {
			fmt.Fprintf(&b, "Nhiệm vụ %d\n%s\n", x.Task, x.Reason)
		}
	}
	for _, a := range c.Activities {
		if a.Unit == g.unit && a.Amendment == 0 {
			fmt.Fprintf(&b, "%s. %s\n%s\nSản phẩm: %s\n", a.Code, a.Title, a.Description, a.Product)
		}
	}
	return d.Subject, b.String() + d.Signer
}

// report is what the paper of the unit's report says.
func (g signing) report(c content.Content) (subject, text string, err error) {
	i := slices.IndexFunc(c.Reports, func(r content.Report) bool { return r.Unit == g.unit && r.Period == g.period })
	if i < 0 {
		return "", "", fmt.Errorf("no report of %s for %s to sign", g.unit, g.period)
	}
	defined, err := indicator.Reference()
	if err != nil {
		return "", "", err
	}
	r := c.Reports[i]
	return r.Subject, g.text(c, r.Document) + g.figures(c, defined) + r.Signer, nil
}

func (g signing) text(c content.Content, d content.Document) string {
	var b strings.Builder
	line := func(texts ...string) {
		for _, text := range texts {
			if text != "" {
				fmt.Fprintln(&b, text)
			}
		}
	}
	own := func(unit, period string) bool { return unit == g.unit && period == g.period }
	line("Số: "+d.Number+"/"+d.Symbol, d.IssuedOn.Formal())
	for _, n := range c.Narratives {
		if own(n.Unit, n.Period) {
			line(fmt.Sprintf("Nhiệm vụ %d", n.Task), n.Result, n.Shortcoming, n.Cause)
		}
	}
	for _, x := range c.Assessments {
		if own(x.Unit, x.Period) {
			line("Đánh giá chung", x.Strengths, x.Shortcomings, x.Causes, "Phương hướng", x.Steps)
		}
	}
	for _, x := range c.Proposals {
		if own(x.Unit, x.Period) {
			line("Kiến nghị", x.Body, x.Receiver)
		}
	}
	for _, x := range c.Exemplars {
		if own(x.Unit, x.Period) {
			line("Mô hình", x.Name, x.Holder, x.Result)
		}
	}
	line("Số liệu")
	return b.String()
}

// figures are the rows of the paper that say a number.
func (g signing) figures(c content.Content, d indicator.Definitions) string {
	answers := map[string]string{}
	for _, f := range c.Figures {
		if f.Unit == g.unit {
			answers[f.Code], _, _ = f.In(g.period)
		}
	}
	var b strings.Builder
	for _, i := range d.Indicators {
		if indicator.ParseAmount(answers[i.Code]) != nil {
			fmt.Fprintf(&b, "%s %s (%s): %s\n", i.Code, i.Name, i.Unit, viet.FormatNumber(answers[i.Code]))
		}
	}
	return b.String()
}

// putSignings stores the signed papers.
func putSignings(ctx context.Context, files *evidence.Store, c content.Content) error {
	for _, g := range signings {
		drawn, err := g.paper(c)
		if err != nil {
			return err
		}
		if _, err := files.Put(ctx, g.name(), bytes.NewReader(drawn)); err != nil {
			return err
		}
	}
	return nil
}
