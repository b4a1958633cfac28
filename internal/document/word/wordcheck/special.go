package wordcheck

import (
	_ "embed"
	"encoding/json"
	"regexp"
	"strings"
	"sync"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

var (
	numberLine = regexp.MustCompile(`^Số: (\d{2,}\p{Ll}?|\s+|…)/[^\s]+$`)
	dateLine   = regexp.MustCompile(`^\p{Lu}.*, ngày (0[1-9]|[12]\d|3[01]|…) tháng (0[12]|[3-9]|1[0-2]|…) năm \d{4}$`)
	annexLine  = regexp.MustCompile(`^\(Kèm theo .+ số .+ ngày .+ tháng .+ năm .+ của .+\)$`)
	titles     = regexp.MustCompile(`(^|\s)(TS|ThS|Ths|GS|PGS|CN|BS)\.`)
)

// alphabet are the letters of điểm.
const alphabet = "abcdđeghiklmnopqrstuvxy"

// special is what the notes of the table ask for beside the looks.
func (c *checking) special(p component) {
	switch p.component {
	case "Số ký hiệu":
		if !numberLine.MatchString(p.text) {
			c.fault(p.component, p.text, "not written as Số: 05/BC-SNV")
		}
	case "Địa danh và thời gian":
		if !dateLine.MatchString(p.text) {
			c.fault(p.component, p.text, "not written as Hậu Giang, ngày 05 tháng 01 năm 2022")
		}
	case "Quốc hiệu":
		if p.text != "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" {
			c.fault(p.component, p.text, "another text")
		}
	case "Tiêu ngữ":
		if p.text != "Độc lập - Tự do - Hạnh phúc" {
			c.fault(p.component, p.text, "another text")
		}
	case "Trích yếu công văn":
		if p.before != 120 {
			c.fault(p.component, p.text, "%g pt below the number, want 6", float64(p.before)/20)
		}
	case "Nội dung", "Căn cứ ban hành", "Khoản không tiêu đề", "Điểm":
		if p.first != 567 && p.first != 720 {
			c.fault(p.component, p.text, "first line begins %d twips in, want 567 or 720", p.first)
		}
		if p.after+p.before < 120 {
			c.fault(p.component, p.text, "%g pt between paragraphs, want 6", float64(p.after)/20)
		}
		if p.exact || p.line < 240 || p.line > 360 {
			c.fault(p.component, p.text, "lines are %g apart, want 1 to 1,5", float64(p.line)/240)
		}
	case "Họ tên người ký":
		if titles.MatchString(p.text) {
			c.fault(p.component, p.text, "with a degree")
		}
	case "Danh sách nơi nhận":
		if !strings.HasPrefix(p.text, "- ") {
			c.fault(p.component, p.text, "without a dash")
		}
	case "Dấu mức độ khẩn":
		if !p.frame || p.runs[0].color != "FF0000" {
			c.fault(p.component, p.text, "not in a red frame")
		}
	case "Số trang":
		if !strings.Contains(p.text, "PAGE") {
			c.fault(p.component, p.text, "no number of the page")
		}
	case "Chỉ dẫn kèm theo văn bản":
		if !annexLine.MatchString(strings.ReplaceAll(p.text, "\n", " ")) {
			c.fault(p.component, p.text, "does not name its paper")
		}
	case "Địa chỉ liên hệ":
		if !p.top {
			c.fault(p.component, p.text, "no line above")
		}
	}
}

// ruled wants a line under the last of all, so long in relation to its last line.
func (c *checking) ruled(row string, all []paragraph, room int, least, most float64) {
	var above, line *paragraph
	for i, p := range all {
		switch {
		case p.text == "" && p.top && line == nil:
			line = &all[i]
		case p.text != "" && line == nil:
			above = &all[i]
		}
	}
	if above == nil || line == nil {
		c.fault(row, "", "no line below")
		return
	}
	last := above.text[strings.LastIndex(above.text, "\n")+1:]
	share := float64(room-line.left-line.right) / measure(last, above.runs[0].size)
	if share < least || share > most {
		c.fault(row, last, "the line below is %.2f of it, want %.2f to %.2f", share, least, most)
	}
	if line.left != line.right {
		c.fault(row, last, "the line below is not in the middle")
	}
}

// bold.json is the width of each letter of Liberation Serif Bold, which is drawn
// as wide as Times New Roman Bold, in thousandths of the size.
//
//go:embed testdata/bold.json
var boldFile []byte

var bold = sync.OnceValue(func() map[string]float64 {
	widths := map[string]float64{}
	if err := json.Unmarshal(boldFile, &widths); err != nil {
		panic(err)
	}
	return widths
})

// measure is the width of bold text in twips.
func measure(text string, size float64) float64 {
	total := 0.0
	for _, r := range norm.NFC.String(text) {
		total += bold()[string(r)]
	}
	return total * size * 20 / 1000
}

// whole checks what no single paragraph shows.
func (c *checking) whole() {
	c.papers()
	c.order()
	for _, p := range c.found {
		for _, r := range p.runs {
			if r.font != "Times New Roman" {
				c.fault(Font, p.text, "in %s", r.font)
			}
			if r.color != "000000" && r.color != "auto" && p.component != "Dấu mức độ khẩn" {
				c.fault(Font, p.text, "in colour %s", r.color)
			}
		}
		if norm.NFC.String(p.text) != p.text || strings.ContainsFunc(p.text, func(r rune) bool { return unicode.IsControl(r) && r != '\n' }) {
			c.fault(Font, p.text, "not plain Unicode")
		}
	}
}

// papers checks size, margins and page numbers of each section.
func (c *checking) papers() {
	annexes := len(c.document.sections) - 1
	for i, s := range c.document.sections {
		width, height := s.width, s.height
		if s.landscape {
			width, height = height, width
		}
		if width != 11906 || height != 16838 {
			c.fault(Page, "", "page of %d × %d twips is not A4", width, height)
		}
		for _, m := range []struct {
			name            string
			is, least, most int
		}{{"top", s.top, 1134, 1418}, {"bottom", s.bottom, 1134, 1418}, {"left", s.left, 1701, 1985}, {"right", s.right, 850, 1134}} {
			if m.is < m.least || m.is > m.most {
				c.fault(Page, "", "%s margin is %d twips, want %d to %d", m.name, m.is, m.least, m.most)
			}
		}
		if !s.firstHidden || !s.pageNumbered {
			c.fault("Số trang", "", "section %d shows its first number, or none", i+1)
		}
		if i > 0 && s.start != "1" {
			c.fault(Annexes, "", "annex %d does not number its own pages", i)
		}
	}
	no := 0
	for _, p := range c.found {
		if p.component != "Từ Phụ lục và số" {
			continue
		}
		no++
		want := "Phụ lục"
		if annexes > 1 {
			want += " " + []string{"", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X"}[no]
		}
		if p.text != want {
			c.fault(p.component, p.text, "want %s", want)
		}
	}
}

// order checks letters of điểm and the end of lists.
func (c *checking) order() {
	letters, next := []rune(alphabet), 0
	last := map[string]component{}
	for _, p := range c.found {
		if p.component == "Điểm" {
			letter := []rune(pointHead.FindStringSubmatch(p.text)[1])
			if next < len(letters) && (len(letter) != 1 || letter[0] != letters[next]) {
				c.fault(p.component, p.text, "want %c)", letters[next])
			}
			next++
		} else if p.component != "Nội dung" {
			next = 0
		}
		before, again := last[p.component]
		if again && p.component == "Căn cứ ban hành" && !strings.HasSuffix(before.text, ";") {
			c.fault(p.component, before.text, "does not end in a semicolon")
		}
		last[p.component] = p
	}
	if p, ok := last["Căn cứ ban hành"]; ok && !strings.HasSuffix(p.text, ".") {
		c.fault(p.component, p.text, "the last does not end in a full stop")
	}
	if p, ok := last["Danh sách nơi nhận"]; ok && !strings.HasPrefix(p.text, "- Lưu: VT") {
		c.fault(p.component, p.text, "the last is not - Lưu: VT")
	}
}

// tables checks a table with borders: every row as wide as the page, the first
// repeated.
func (c *checking) tables(b block) {
	if !b.borders {
		c.fault(Table, b.said(), "no borders")
	}
	if len(b.rows) == 0 || !b.rows[0].header {
		c.fault(Table, b.said(), "its head is not repeated")
	}
	for _, r := range b.rows {
		at := 0
		for _, x := range r.cells {
			for range x.span {
				if at >= len(b.grid) {
					c.fault(Table, b.said(), "a row is wider than the table")
					return
				}
				at++
			}
		}
		if at != len(b.grid) {
			c.fault(Table, b.said(), "a row has %d columns of %d", at, len(b.grid))
		}
	}
}
