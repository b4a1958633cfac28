package word

import (
	"math"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

var escapes = map[rune]string{'&': "&amp;", '<': "&lt;", '>': "&gt;", '"': "&quot;"}

// escape writes text as XML. What XML has no place for is left out; bytes that
// are no UTF-8 become U+FFFD, so that the loss is seen.
func escape(text string) string {
	if plain(text) {
		return text
	}
	var b strings.Builder
	b.Grow(len(text) + 16)
	for _, r := range text {
		switch {
		case escapes[r] != "":
			b.WriteString(escapes[r])
		case r == '\t' || r == '\n' || r == '\r':
			b.WriteByte(' ')
		case unicode.IsControl(r), unicode.Is(unicode.Noncharacter_Code_Point, r):
		default:
			b.WriteRune(r) // U+FFFD for what could not be read
		}
	}
	return b.String()
}

// plain reports whether text stands in XML as it is: letters of nearly every line.
func plain(text string) bool {
	for _, r := range text {
		if r < ' ' || r == '&' || r == '<' || r == '>' || r == '"' || r >= 0x7f && r < 0xa0 || r >= 0xfdd0 {
			return false
		}
	}
	return utf8.ValidString(text)
}

var lineEnds = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\u0085", "\n", "\u2028", "\n", "\u2029", "\n", "\v", "\n", "\f", "\n")

// lines parts a text where it was broken; blank lines are nothing to print.
func lines(text string) []string {
	var all []string
	for line := range strings.SplitSeq(lineEnds.Replace(text), "\n") {
		if line = strings.TrimSpace(line); line != "" {
			all = append(all, line)
		}
	}
	return all
}

// upper writes capitals, as names of bodies and titles are printed.
func upper(text string) string { return strings.ToUpper(text) }

// widths of the characters from space to tilde in Times New Roman Bold, in
// thousandths of the size.
var widths = [...]int{
	250, 333, 555, 500, 500, 1000, 833, 278, 333, 333, 500, 570, 250, 333, 250, 278,
	500, 500, 500, 500, 500, 500, 500, 500, 500, 500, 333, 333, 570, 570, 570, 500,
	930, 722, 667, 722, 722, 667, 611, 778, 778, 389, 500, 778, 667, 944, 722, 778, 611, 778, 722, 556, 667, 722, 722, 1000, 722, 722, 667, 333, 278, 333, 581, 500,
	333, 500, 556, 444, 556, 444, 333, 500, 556, 278, 333, 556, 278, 833, 556, 500, 556, 556, 444, 389, 333, 556, 500, 722, 500, 500, 444, 394, 220, 394, 520,
}

// width is how long a line of bold text is in twips at a size in points.
func width(text string, size float64) int {
	total := 0
	for _, r := range norm.NFD.String(text) {
		switch {
		case r >= ' ' && int(r-' ') < len(widths):
			total += widths[r-' ']
		case r == 'Đ':
			total += widths['D'-' ']
		case r == 'đ':
			total += widths['d'-' ']
		case r == '\u031b': // the horn of ơ and ư stands beside the letter
			total += 50
		case r >= '\u0300' && r <= '\u036f': // stands over the letter before
		default:
			total += 600
		}
	}
	return int(float64(total) * size / 50)
}

// measured is the words of a text with how far each reaches, in twips, were the
// text one line.
type measured struct {
	words []string
	ends  []int
	space int
}

func measure(text string, size float64) measured {
	m := measured{words: strings.Fields(text), space: width(" ", size)}
	at := 0
	for _, word := range m.words {
		at += width(word, size)
		m.ends = append(m.ends, at)
		at += m.space
	}
	return m
}

// long is the width of the words from the first to before the last.
func (m measured) long(first, last int) int {
	if first == 0 {
		return m.ends[last-1]
	}
	return m.ends[last-1] - m.ends[first-1] - m.space
}

func (m measured) line(first, last int) string { return strings.Join(m.words[first:last], " ") }

// fill puts as many words on each line as there is room for, at least one.
func (m measured) fill(room int) []string {
	var all []string
	first := 0
	for i := range m.words {
		if i > first && m.long(first, i+1) > room {
			all = append(all, m.line(first, i))
			first = i
		}
	}
	if first < len(m.words) {
		all = append(all, m.line(first, len(m.words)))
	}
	return all
}

// balance breaks a centred text into as few lines as there is room for, about as
// long as each other, and rather where a reader would draw breath; room is the
// width of a line in twips. There is always a line, though it may be blank.
func balance(text string, size float64, room int) []string {
	m := measure(text, size)
	filled := m.fill(room)
	switch {
	case len(filled) == 0:
		return []string{""}
	case len(filled) == 1 || len(m.words) > mostBalanced:
		return filled
	}
	return m.even(len(filled), room)
}

// mostBalanced is the longest text in words whose lines are weighed; a longer one
// is no title.
const mostBalanced = 60

// even puts the words on so many lines in the cheapest way.
func (m measured) even(count, room int) []string {
	type end struct {
		cost float64
		from int
	}
	mean := float64(m.long(0, len(m.words))) / float64(count)
	before := make([]end, len(m.words)+1) // of the words so far on no line
	for i := range before {
		before[i].cost = math.Inf(1)
	}
	before[0].cost = 0
	all := [][]end{before}
	for range count {
		ends := make([]end, len(m.words)+1)
		for last := range ends {
			ends[last].cost = math.Inf(1)
			for first := range last {
				long := m.long(first, last)
				if long > room && last-first > 1 {
					continue
				}
				off := (float64(long) - mean) / mean
				cost := before[first].cost + off*off
				if last < len(m.words) {
					cost += strain(m.words[last-1], m.words[last])
				}
				if cost < ends[last].cost {
					ends[last] = end{cost, first}
				}
			}
		}
		all, before = append(all, ends), ends
	}
	broke := make([]string, count)
	for n, last := count, len(m.words); n > 0; n-- {
		first := all[n][last].from
		broke[n-1], last = m.line(first, last), first
	}
	return broke
}

// strain is what it costs to end a line between two words, beside the square of how
// far a line is from the mean, in means.
func strain(before, after string) float64 {
	first, second := strings.ToLower(before), strings.ToLower(after)
	switch {
	case strings.HasSuffix(before, ",") || strings.HasSuffix(before, ";"), connectives[second] && !connectives[first]:
		return 0 // the reader draws breath
	case compounds[first+" "+second]:
		return 0.5
	}
	return 0.15
}

// connectives are words before which a line of a title may end.
var connectives = map[string]bool{"của": true, "và": true, "về": true, "năm": true, "trên": true, "theo": true, "tại": true, "trong": true, "cho": true, "với": true, "đối": true, "ngày": true}

// compounds are words of two syllables, frequent in names of bodies and titles, that
// no line should tear.
var compounds = set("đại biểu", "quốc hội", "hội đồng", "nhân dân", "ủy ban", "văn phòng", "chính quyền", "dân vận", "dân chủ", "công tác", "thực hiện", "kết quả",
	"kế hoạch", "báo cáo", "nhiệm vụ", "tổng kết", "sơ kết", "phương hướng", "quy chế", "cơ sở", "đôn đốc", "thành phố", "thị xã", "nông nghiệp", "nông thôn", "phát triển",
	"giáo dục", "đào tạo", "xã hội", "lao động", "thương binh", "tài nguyên", "môi trường", "thông tin", "truyền thông", "khoa học", "công nghệ", "công nghiệp", "quản lý",
	"giao thông", "vận tải", "đầu tư", "văn hóa", "thể thao", "du lịch", "thanh tra", "dân tộc")

func set(words ...string) map[string]bool {
	all := make(map[string]bool, len(words))
	for _, w := range words {
		all[w] = true
	}
	return all
}
