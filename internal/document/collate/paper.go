package collate

import (
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// bare is text without what layout changes: letters, composed and lower-case, and
// digits, with the dots and commas that stand between digits. Blanks, line ends,
// hyphens and other marks are gone, but for one blank between two numbers.
type bare struct {
	letters string
	at      []int // of each byte, where it comes from in the composed text
	text    string
}

// squeeze makes text bare. at is kept only where it is asked for.
func squeeze(text string, places bool) bare {
	b := bare{text: norm.NFKC.String(text)}
	var out strings.Builder
	write := func(i int, r rune) {
		n, _ := out.WriteRune(r)
		for range n {
			if places {
				b.at = append(b.at, i)
			}
		}
	}
	number, gap := false, false // the last one kept is a digit; something was left out since
	for i, r := range b.text {
		if !stays(b.text, i, r) {
			gap = true
			continue
		}
		digit := r < utf8.RuneSelf && isDigit(byte(r))
		if number && gap && digit {
			write(i, ' ')
		}
		write(i, unicode.ToLower(r))
		number, gap = digit, false
	}
	b.letters = out.String()
	return b
}

func stays(text string, i int, r rune) bool {
	if r == '.' || r == ',' {
		return i > 0 && i+1 < len(text) && isDigit(text[i-1]) && isDigit(text[i+1])
	}
	return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r)
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

// paper is the text of all pages, squeezed: together, since sentences run on, and each
// alone, since a table may continue on the next page.
type paper struct {
	whole   bare
	pages   []string
	letters int
}

func read(pages []string) paper {
	var p paper
	var all strings.Builder
	for _, text := range pages {
		text = withoutNumber(text)
		p.pages = append(p.pages, squeeze(text, false).letters)
		all.WriteString(text)
		all.WriteByte('\n')
	}
	p.whole = squeeze(all.String(), true)
	p.letters = utf8.RuneCountInString(p.whole.letters)
	return p
}

// withoutNumber leaves out the number of the page, which stands between two halves of
// a sentence.
func withoutNumber(text string) string {
	lines := strings.Split(strings.TrimSpace(text), "\n")
	if isPageNumber(lines[0]) {
		lines = lines[1:]
	}
	if n := len(lines); n > 0 && isPageNumber(lines[n-1]) {
		lines = lines[:n-1]
	}
	return strings.Join(lines, "\n")
}

func isPageNumber(line string) bool {
	line = strings.Trim(line, " -–")
	return line != "" && len(line) <= 4 && strings.Trim(line, "0123456789") == ""
}

// lacks returns the first words of text that the paper has not, "" when it has all.
// Paragraphs, and where one is not found whole its sentences, may stand anywhere.
func (p paper) lacks(text string) string {
	for paragraph := range strings.Lines(text) {
		if p.has(squeeze(paragraph, false).letters) {
			continue
		}
		for _, sentence := range sentences(paragraph) {
			s := squeeze(sentence, false).letters
			if !p.has(s) && !p.breaks(s) {
				return p.near(sentence)
			}
		}
	}
	return ""
}

// sentences cuts where a full stop or a semicolon is followed by a blank.
func sentences(paragraph string) []string {
	var all []string
	from := 0
	for i := 0; i+1 < len(paragraph); i++ {
		if strings.IndexByte(".;:!?", paragraph[i]) >= 0 && paragraph[i+1] == ' ' {
			all = append(all, paragraph[from:i+1])
			from = i + 1
		}
	}
	return append(all, paragraph[from:])
}

// has reports whether the paper has s, and not as a piece of a longer number.
func (p paper) has(s string) bool {
	for at := 0; ; {
		i := strings.Index(p.whole.letters[at:], s)
		if i < 0 {
			return false
		}
		at += i
		if s == "" || !inNumber(p.whole.letters, at, at+len(s)) {
			return true
		}
		at++
	}
}

// inNumber reports whether cutting b at from or to cuts a number.
func inNumber(b string, from, to int) bool {
	cuts := func(i int) bool {
		return i > 0 && i < len(b) && isDigit(b[i-1]) && isDigit(b[i]) ||
			i > 1 && i < len(b) && isDigit(b[i]) && (b[i-1] == '.' || b[i-1] == ',') ||
			i > 0 && i+1 < len(b) && isDigit(b[i-1]) && (b[i] == '.' || b[i] == ',')
	}
	return cuts(from) || cuts(to)
}

// shortest is the least number of bytes that half a broken sentence has.
const shortest = 8

// breaks reports whether s begins on one page and ends on the next.
func (p paper) breaks(s string) bool {
	for i := 0; i+1 < len(p.pages); i++ {
		// Whoever has a beginning has every shorter one too.
		head := sort.Search(len(s), func(n int) bool { return !strings.Contains(p.pages[i], s[:n+1]) })
		tail := sort.Search(len(s), func(n int) bool { return !strings.Contains(p.pages[i+1], s[len(s)-n-1:]) })
		if head >= shortest && tail >= shortest && head+tail >= len(s) {
			return true
		}
	}
	return false
}

// Words told around a difference.
const (
	wordsBefore = 3
	wordsAfter  = 8
)

// near returns the words of a sentence where the paper goes on in another way.
func (p paper) near(sentence string) string {
	words := strings.Fields(sentence)
	first := sort.Search(len(words), func(n int) bool {
		return !p.has(squeeze(strings.Join(words[:n+1], " "), false).letters)
	})
	from, to := max(0, first-wordsBefore), min(len(words), first+wordsAfter)
	told := strings.Join(words[from:to], " ")
	if from > 0 {
		told = "… " + told
	}
	if to < len(words) {
		told += " …"
	}
	return told
}

// window is how far behind its anchor a figure is looked for: what it is counted in
// and the figures of other columns stand there.
const (
	window     = 240 // bytes
	mostBeside = 5   // numbers
)

// figure reports whether the number stands behind one of its anchors.
func (p paper) figure(passage Passage) bool {
	for _, anchor := range passage.Anchors {
		s := squeeze(anchor, false).letters
		if s == "" {
			continue
		}
		for at := 0; ; {
			i := strings.Index(p.whole.letters[at:], s)
			if i < 0 {
				break
			}
			at += i + len(s)
			if at == len(p.whole.letters) {
				break
			}
			if inNumber(p.whole.letters, at-len(s), at) {
				continue
			}
			from := p.whole.at[at]
			if stands(passage.Text, p.whole.text[from:min(len(p.whole.text), from+window)]) {
				return true
			}
		}
	}
	return false
}

// stands reports whether number is among the first numbers of text. Codes of other
// figures, such as T4.02, end the row.
func stands(number, text string) bool {
	seen := 0
	for i := 0; i < len(text) && seen < mostBeside; {
		if !isDigit(text[i]) {
			i++
			continue
		}
		from := i
		for i < len(text) && (isDigit(text[i]) || (text[i] == '.' || text[i] == ',') && i+1 < len(text) && isDigit(text[i+1])) {
			i++
		}
		if from > 0 && text[from-1] == 'T' && strings.Contains(text[from:i], ".") {
			return false
		}
		if before, _ := utf8.DecodeLastRuneInString(text[:from]); unicode.IsLetter(before) {
			continue // m2
		}
		if text[from:i] == number {
			return true
		}
		seen++
	}
	return false
}
