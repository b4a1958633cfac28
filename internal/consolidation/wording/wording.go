// Package wording reads the text of a consolidated report: words, live tokens such
// as {T4.01}, and marks of the unit a paragraph was taken from. It is pure text work
// and knows neither units nor figures beyond what it is handed.
package wording

import (
	"regexp"
	"strconv"
	"strings"
	"unicode"

	"danvan/internal/viet"
)

// Kind is what a piece of a paragraph is.
type Kind int

const (
	Words   Kind = iota // as somebody wrote it
	Token               // stands for a value
	Typed               // a number written where a token could stand: "số nhập tay"
	Unknown             // in braces, and nothing the portal understands
	Origin              // says where the paragraph was taken from; prints nothing
)

// Asks is which value a token stands for.
type Asks int

const (
	Value  Asks = iota // {T4.01}
	Change             // {T4.01 so cùng kỳ}
	Units              // {T4.01 đơn vị}
	Count              // {đã gửi}
	Issuer             // {cơ quan ban hành}
)

// The words of completeness. Typed without marks or in capitals they count as well.
const (
	Expected = "đơn vị"
	Received = "đã gửi"
	OnTime   = "đúng hạn"
	Accepted = "đã tiếp nhận"
)

// Counts lists every word of completeness.
var Counts = []string{Expected, Received, OnTime, Accepted}

const (
	issuerWords = "cơ quan ban hành"
	changeWords = "so cùng kỳ"
	unitsWords  = "đơn vị"
)

// Piece is a run of a paragraph of one kind.
type Piece struct {
	Kind Kind
	Asks Asks   // of a token
	Code string // of a token: the indicator's, "" for [Count]
	Word string // of a token of [Count]: one of [Counts]
	Text string // as it is printed; before [Fill] a token prints itself
	Raw  string // as it was written
}

// Source is a version a unit sent, from which a paragraph was taken.
type Source struct {
	Unit    string // slug
	Version int
}

// Paragraph is one line of the text. Pieces put together by their Raw are exactly
// the line.
type Paragraph struct {
	Pieces  []Piece
	Sources []Source // usually one or none; more when paragraphs were joined
	Line    int      // in the text, from 1
}

// Sourced reports whether the paragraph was put in from a unit's version.
func (p Paragraph) Sourced() bool { return len(p.Sources) > 0 }

// Parse cuts text into its paragraphs; lines without a word are left out.
func Parse(text string) []Paragraph {
	var paragraphs []Paragraph
	for i, line := range lines(text) {
		if strings.TrimSpace(line) == "" {
			continue
		}
		paragraphs = append(paragraphs, parseLine(line, i+1))
	}
	return paragraphs
}

// Plain is a paragraph as it is printed.
func Plain(p Paragraph) string {
	var b strings.Builder
	for _, piece := range p.Pieces {
		b.WriteString(piece.Text)
	}
	return strings.TrimSpace(b.String())
}

// Raw is a paragraph as it was written.
func Raw(p Paragraph) string {
	var b strings.Builder
	for _, piece := range p.Pieces {
		b.WriteString(piece.Raw)
	}
	return b.String()
}

func lines(text string) []string {
	return strings.Split(strings.ReplaceAll(text, "\r\n", "\n"), "\n")
}

func parseLine(line string, no int) Paragraph {
	p := Paragraph{Line: no}
	for rest := line; rest != ""; {
		at := strings.IndexAny(rest, "{}")
		if at != 0 {
			words := rest
			if at > 0 {
				words = rest[:at]
			}
			p.Pieces = append(p.Pieces, Piece{Kind: Words, Text: words, Raw: words})
			rest = rest[len(words):]
			continue
		}
		piece, source := braced(rest)
		if source != nil {
			p.Sources = append(p.Sources, *source)
			p.trimBefore()
		}
		p.Pieces = append(p.Pieces, piece)
		rest = rest[len(piece.Raw):]
	}
	if !p.Sourced() {
		p.Pieces = markTyped(p.Pieces)
	}
	return p
}

// trimBefore takes the blank before an origin out of print.
func (p *Paragraph) trimBefore() {
	if n := len(p.Pieces); n > 0 && p.Pieces[n-1].Kind == Words {
		p.Pieces[n-1].Text = strings.TrimRightFunc(p.Pieces[n-1].Text, unicode.IsSpace)
	}
}

var (
	codes   = regexp.MustCompile(`^[tT][0-9]{1,2}\.[0-9]{1,3}$`)
	origins = regexp.MustCompile(`^nguon ([a-z0-9]+(?:-[a-z0-9]+)*) lan ([1-9][0-9]{0,5})$`)
)

// longestToken is in bytes; no token comes near it.
const longestToken = 300

// braced reads the piece that begins text with a brace. A brace without its partner
// stands alone.
func braced(text string) (Piece, *Source) {
	near := text[:min(len(text), longestToken)]
	end := strings.IndexByte(near, '}')
	if next := strings.IndexByte(near[1:], '{'); text[0] == '}' || end < 0 || next >= 0 && next+1 < end {
		return Piece{Kind: Unknown, Text: text[:1], Raw: text[:1]}, nil
	}
	raw := text[:end+1]
	inside := strings.Join(strings.Fields(raw[1:end]), " ")
	folded := viet.Fold(inside)
	if m := origins.FindStringSubmatch(folded); m != nil && strings.Contains(strings.ToLower(inside), m[1]) {
		no, err := strconv.Atoi(m[2])
		if err == nil {
			return Piece{Kind: Origin, Raw: raw}, &Source{Unit: m[1], Version: no}
		}
	}
	for _, word := range Counts {
		if folded == viet.Fold(word) {
			return Piece{Kind: Token, Asks: Count, Word: word, Text: raw, Raw: raw}, nil
		}
	}
	if folded == viet.Fold(issuerWords) {
		return Piece{Kind: Token, Asks: Issuer, Text: raw, Raw: raw}, nil
	}
	code, ask, _ := strings.Cut(inside, " ")
	piece := Piece{Kind: Token, Code: strings.ToUpper(code), Text: raw, Raw: raw}
	switch viet.Fold(ask) {
	case "":
		piece.Asks = Value
	case viet.Fold(changeWords):
		piece.Asks = Change
	case viet.Fold(unitsWords):
		piece.Asks = Units
	default:
		piece.Kind = Unknown
	}
	if !codes.MatchString(code) {
		piece.Kind = Unknown
	}
	if piece.Kind == Unknown {
		return Piece{Kind: Unknown, Text: raw, Raw: raw}, nil
	}
	return piece, nil
}

// IssuerToken stands for who issues the report, which may change until it is issued.
const IssuerToken = "{" + issuerWords + "}"

// ValueToken, ChangeToken, UnitsToken and CountToken write tokens, [Mark] an origin.
func ValueToken(code string) string  { return "{" + code + "}" }
func ChangeToken(code string) string { return "{" + code + " " + changeWords + "}" }
func UnitsToken(code string) string  { return "{" + code + " " + unitsWords + "}" }
func CountToken(word string) string  { return "{" + word + "}" }

// Mark says that a paragraph was taken from s.
func Mark(s Source) string { return "{nguồn " + s.Unit + " lần " + strconv.Itoa(s.Version) + "}" }

// Sourced is what a unit wrote, ready to be put into the text: every paragraph
// carries its origin. Braces of the unit's own become brackets, so that nobody's
// words turn into tokens.
func Sourced(said string, s Source) string {
	said = strings.NewReplacer("{", "(", "}", ")").Replace(said)
	var out []string
	for _, line := range lines(said) {
		if line = strings.TrimSpace(line); line != "" {
			out = append(out, line+" "+Mark(s))
		}
	}
	return strings.Join(out, "\n")
}

// Append puts more below text, as paragraphs of its own.
func Append(text, more string) string {
	text = strings.TrimRightFunc(text, unicode.IsSpace)
	if text == "" || more == "" {
		return text + more
	}
	return text + "\n" + more
}
