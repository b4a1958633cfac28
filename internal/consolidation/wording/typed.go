package wording

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// figures finds, from the longest shape down, days, numbers of papers, months of a
// year, pairs such as 12/28, and numbers.
var figures = regexp.MustCompile(
	`[0-9]{1,2}[/.-][0-9]{1,2}[/.-][0-9]{4}` +
		`|[0-9]+[a-zđ]?/(?:[0-9]{4}/)?[A-ZĐ][\p{Lu}0-9\-]*` +
		`|[0-9]+/[0-9]+%?` +
		`|[0-9]+(?:[.,][0-9]+)*%?`)

// counted are the words after which a number names something instead of counting:
// "quý 3", "Điều 5", "lần 2".
var counted = []string{
	"năm", "tháng", "quý", "ngày", "điều", "khoản", "mục", "điểm", "chương", "phần", "lục", "lần", "thứ", "đợt",
	"kỳ", "khóa", "khoá", "vụ", "hạng", "cấp", "mức", "độ", "bước", "đoạn", "số", "biểu", "mẫu", "lộ", "nghiệp",
}

// spans are the words before which a number is a length of time: "6 tháng đầu năm".
var spans = []string{"tháng", "năm", "ngày", "quý"}

// around is how many bytes beside a number say what it is: a few words.
const around = 64

// markTyped parts the numbers written by hand from the words around them.
func markTyped(pieces []Piece) []Piece {
	var out []Piece
	for i, piece := range pieces {
		if piece.Kind != Words {
			out = append(out, piece)
			continue
		}
		last, begin := 0, len(piece.Raw)-len(strings.TrimLeftFunc(piece.Raw, unicode.IsSpace))
		for _, at := range figures.FindAllStringIndex(piece.Raw, -1) {
			before, after := piece.Raw[max(0, at[0]-around):at[0]], piece.Raw[at[1]:min(len(piece.Raw), at[1]+around)]
			if !typed(before, piece.Raw[at[0]:at[1]], after, i == 0 && at[0] == begin) {
				continue
			}
			out = put(out, Words, piece.Raw[last:at[0]])
			out = put(out, Typed, piece.Raw[at[0]:at[1]])
			last = at[1]
		}
		out = put(out, Words, piece.Raw[last:])
	}
	return out
}

func put(pieces []Piece, kind Kind, text string) []Piece {
	if text == "" {
		return pieces
	}
	return append(pieces, Piece{Kind: kind, Text: text, Raw: text})
}

// typed reports whether number, found between before and after, counts something.
// first is true where a paragraph begins with it.
func typed(before, number, after string, first bool) bool {
	prev, _ := utf8.DecodeLastRuneInString(before)
	next, _ := utf8.DecodeRuneInString(after)
	word := lastWord(before)
	left, right, pair := strings.Cut(number, "/")
	switch {
	case first && (next == '.' || next == ')'): // an ordinal
		return false
	case prev == '(' && next == ')' && len(number) < 3:
		return false
	case unicode.IsLetter(prev), prev == '/', unicode.IsUpper(next), next == '/': // a name: T4, 1A, 24/7/…
		return false
	case strings.ContainsRune("-–.", prev) && unicode.IsLetter(before2(before)): // COVID-19
		return false
	case pair && !digits(right): // 32/KH-UBND
		return false
	case pair:
		return !day(left, right, word) && !monthOfYear(left, right)
	case isDate(number), year(number):
		return false
	case slices.Contains(counted, word) && !strings.HasSuffix(strings.ToLower(strings.TrimSpace(before)), "tổng số") && !strings.HasSuffix(number, "%"):
		return false
	}
	return !slices.Contains(spans, firstWord(after))
}

// before2 is the letter before the last one.
func before2(text string) rune {
	_, size := utf8.DecodeLastRuneInString(text)
	r, _ := utf8.DecodeLastRuneInString(text[:len(text)-size])
	return r
}

func lastWord(text string) string {
	fields := strings.Fields(text)
	if len(fields) == 0 || text != strings.TrimRight(text, ".,;:()") {
		return ""
	}
	return strings.ToLower(strings.Trim(fields[len(fields)-1], "(,;:"))
}

func firstWord(text string) string {
	if !strings.HasPrefix(text, " ") {
		return ""
	}
	fields := strings.Fields(text)
	if len(fields) == 0 {
		return ""
	}
	return strings.ToLower(strings.TrimRight(fields[0], ".,;:)"))
}

func digits(text string) bool {
	return text != "" && strings.Trim(text, "0123456789") == ""
}

// day reports whether left/right is a day after a word that says so.
func day(left, right, word string) bool {
	d, m := number(left), number(right)
	return d >= 1 && d <= 31 && m >= 1 && m <= 12 && slices.Contains([]string{"ngày", "đến", "từ", "trước", "sau", "hết", "tới"}, word)
}

func monthOfYear(left, right string) bool {
	m := number(left)
	return m >= 1 && m <= 12 && year(right)
}

func isDate(text string) bool {
	for _, between := range []string{"/", ".", "-"} {
		parts := strings.Split(text, between)
		if len(parts) == 3 && number(parts[0]) <= 31 && number(parts[1]) <= 12 && year(parts[2]) {
			return true
		}
	}
	return false
}

func year(text string) bool { return len(text) == 4 && number(text) >= 1900 && number(text) <= 2100 }

// number reads plain digits, -1 for anything else.
func number(text string) int {
	n, err := strconv.Atoi(text)
	if err != nil || !digits(text) {
		return -1
	}
	return n
}
