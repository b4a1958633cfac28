// Package collate looks for what was frozen in the text of a signed paper: which texts
// and which figures stand there and which do not. It compares words, not layout, and
// leaves to people what a difference means.
package collate

import (
	"context"
	"unicode/utf8"
)

// Passage is something that the paper should say.
type Passage struct {
	Part, Field string // of the version
	Label       string // as people call it: "Nhiệm vụ 4 – Kết quả"
	Text        string // as it was typed; of a figure as it is printed, e.g. "1.234"
	// Anchors are the words that stand right before a figure on the paper; any of them
	// will do. A passage without anchors is a text, looked for everywhere.
	Anchors []string
}

func (p Passage) figure() bool { return len(p.Anchors) > 0 }

// Outcome is what comparing came to.
type Outcome string

const (
	Match  Outcome = "match"
	Differ Outcome = "differ"
	NoText Outcome = "no_text" // a scan: the paper has pictures, or letters nobody can tell
)

// Missing is a passage that the paper does not have as it was frozen.
type Missing struct {
	Part   string `json:"part"`
	Field  string `json:"field,omitzero"`
	Label  string `json:"label"`
	Sought string `json:"sought"` // the words that were not found, the first of them
	Figure bool   `json:"figure,omitzero"`
}

// Result says what was found. The same paper and passages give the same result.
type Result struct {
	Outcome      Outcome   `json:"outcome"`
	Texts        int       `json:"texts"`
	TextsFound   int       `json:"texts_found"`
	Figures      int       `json:"figures"`
	FiguresFound int       `json:"figures_found"`
	Missing      []Missing `json:"missing,omitzero"` // in the order of the passages, texts first, at most [MaxMissing]
}

// MaxMissing is how many differences are told one by one: of a wrong paper nobody
// reads hundreds.
const MaxMissing = 60

// scanShare: a paper with fewer than one letter in so many of those frozen, in which
// next to nothing was found, is a scan. What letters it has are a stamp's.
const scanShare = 5

// Compare looks for each passage in the pages of a paper. It ends early with the error
// of ctx.
func Compare(ctx context.Context, pages []string, passages []Passage) (Result, error) {
	p := read(pages)
	var r Result
	letters := 0
	for _, passage := range passages {
		if err := ctx.Err(); err != nil {
			return Result{}, err
		}
		if passage.figure() {
			continue
		}
		letters += utf8.RuneCountInString(passage.Text)
		r.Texts++
		sought := p.lacks(passage.Text)
		if sought == "" {
			r.TextsFound++
			continue
		}
		r.miss(passage, sought)
	}
	for _, passage := range passages {
		if err := ctx.Err(); err != nil {
			return Result{}, err
		}
		if !passage.figure() {
			continue
		}
		r.Figures++
		if p.figure(passage) {
			r.FiguresFound++
			continue
		}
		r.miss(passage, passage.Text)
	}
	r.Outcome = Differ
	switch {
	case r.TextsFound == r.Texts && r.FiguresFound == r.Figures && p.letters > 0:
		r.Outcome = Match
	case p.letters*scanShare <= letters && r.TextsFound*10 <= r.Texts:
		r.Outcome, r.Missing = NoText, nil
	}
	return r, nil
}

func (r *Result) miss(p Passage, sought string) {
	if len(r.Missing) < MaxMissing {
		r.Missing = append(r.Missing, Missing{Part: p.Part, Field: p.Field, Label: p.Label, Sought: sought, Figure: p.figure()})
	}
}
