package wordcheck

import (
	"regexp"
	"slices"
	"strings"
)

var (
	romanHead   = regexp.MustCompile(`^[IVXLC]+\. `)
	clauseHead  = regexp.MustCompile(`^\d+\. `)
	pointHead   = regexp.MustCompile(`^(\p{Ll}{1,2})\) `)
	chapterHead = regexp.MustCompile(`^(Phần|Chương|Mục) [^ ]+$`)
	typistMark  = regexp.MustCompile(`^\p{Lu}{2,4}\. ?\(\d+\)$`)
	urgencies   = []string{"HỎA TỐC", "THƯỢNG KHẨN", "KHẨN"}
)

func (c *checking) add(p paragraph, name string) {
	c.found = append(c.found, component{p, name})
}

// classify finds out what each paragraph is.
func (c *checking) classify() {
	for i, s := range c.document.sections {
		if i == 0 {
			c.paper(s.blocks)
			continue
		}
		c.annex(s.blocks)
	}
	for _, p := range c.document.headers {
		c.add(p, "Số trang")
	}
	for _, p := range c.document.footers {
		c.add(p, "Địa chỉ liên hệ")
	}
}

func (c *checking) paper(blocks []block) {
	head := slices.IndexFunc(blocks, func(b block) bool { return b.table })
	foot := slices.IndexFunc(blocks, func(b block) bool { return b.table && strings.Contains(b.said(), "Nơi nhận") })
	if head < 0 || foot <= head {
		c.fault(Unknown, "", "no letterhead or no signature")
		return
	}
	letter := c.letterhead(blocks[head])
	c.body(blocks[head+1:foot], letter)
	c.signature(blocks[foot])
}

func (b block) said() string {
	var all []string
	for _, r := range b.rows {
		for _, cell := range r.cells {
			for _, p := range cell.paragraphs {
				all = append(all, p.text)
			}
		}
	}
	return strings.Join(all, "\n")
}

func printed(all []paragraph) []paragraph {
	return slices.DeleteFunc(slices.Clone(all), func(p paragraph) bool { return strings.TrimSpace(p.text) == "" && !p.top })
}

// letterhead reports whether it is that of a công văn.
func (c *checking) letterhead(b block) (letter bool) {
	if len(b.rows) != 2 || len(b.rows[0].cells) != 2 || len(b.rows[1].cells) != 2 {
		c.fault(Unknown, b.said(), "no letterhead")
		return false
	}
	left, right := printed(b.rows[0].cells[0].paragraphs), printed(b.rows[0].cells[1].paragraphs)
	names := slices.DeleteFunc(slices.Clone(left), func(p paragraph) bool { return p.text == "" })
	committee := len(names) > 0 && strings.HasPrefix(names[0].text, "ỦY BAN NHÂN DÂN")
	for i, p := range names {
		if i == 0 && len(names) > 1 && !committee {
			c.add(p, "Tên cơ quan chủ quản trực tiếp")
			continue
		}
		c.add(p, "Tên cơ quan ban hành")
	}
	c.ruled("Tên cơ quan ban hành", left, b.grid[0], 1.0/3, 0.5)
	if len(right) > 1 {
		c.add(right[0], "Quốc hiệu")
		c.add(right[1], "Tiêu ngữ")
	}
	c.ruled("Tiêu ngữ", right, b.grid[1], 0.97, 1.03)
	for _, p := range printed(b.rows[1].cells[0].paragraphs) {
		switch {
		case strings.HasPrefix(p.text, "Số:"):
			c.add(p, "Số ký hiệu")
		case strings.HasPrefix(p.text, "V/v"):
			c.add(p, "Trích yếu công văn")
			letter = true
		case slices.Contains(urgencies, p.text):
			c.add(p, "Dấu mức độ khẩn")
		case p.text == "DỰ THẢO":
		case p.frame:
			c.add(p, "Phạm vi lưu hành")
		default:
			c.fault(Unknown, p.text, "in the letterhead")
		}
	}
	for _, p := range printed(b.rows[1].cells[1].paragraphs) {
		c.add(p, "Địa danh và thời gian")
	}
	return letter
}

func (c *checking) body(blocks []block, letter bool) {
	var all []paragraph
	for _, b := range blocks {
		if !b.table && (strings.TrimSpace(b.text) != "" || b.top) {
			all = append(all, b.paragraph)
		}
		if b.table {
			c.tables(b)
		}
	}
	if !letter && len(all) > 2 {
		c.add(all[0], "Tên loại văn bản")
		c.add(all[1], "Trích yếu (có tên loại)")
		c.ruled("Trích yếu (có tên loại)", all[:3], c.document.sections[0].room(), 1.0/3, 0.5)
		all = all[3:]
	}
	begun, after := false, ""
	for _, p := range all {
		name := ""
		switch {
		case strings.HasPrefix(p.text, "Kính gửi:"), !begun && strings.HasPrefix(p.text, "- "):
			name = "Kính gửi"
		case after == "Phần/Chương/Mục (từ và số)":
			name = "Tiêu đề phần/chương/mục"
		case chapterHead.MatchString(p.text):
			name = "Phần/Chương/Mục (từ và số)"
		case romanHead.MatchString(p.text):
			name = "Số và tiêu đề mục La Mã (bố cục phần-mục-khoản-điểm)"
		case clauseHead.MatchString(p.text) && strings.ContainsAny(p.text[len(p.text)-1:], ".;:…"):
			name = "Khoản không tiêu đề"
		case clauseHead.MatchString(p.text):
			name = "Khoản có tiêu đề"
		case pointHead.MatchString(p.text):
			name = "Điểm"
		case !begun && strings.HasPrefix(p.text, "Căn cứ") && !strings.HasSuffix(p.text, ":"):
			name = "Căn cứ ban hành"
		default:
			name = "Nội dung"
		}
		begun = begun || name != "Kính gửi" && name != "Căn cứ ban hành"
		c.add(p, name)
		after = name
	}
	if len(all) > 0 && !strings.HasSuffix(all[len(all)-1].text, "./.") {
		c.fault(End, all[len(all)-1].text, `does not end "./."`)
	}
}

func (s pages) room() int { return s.width - s.left - s.right }

func (c *checking) signature(b block) {
	if len(b.rows) != 1 || len(b.rows[0].cells) != 2 {
		c.fault(Unknown, b.said(), "no signature")
		return
	}
	left, right := printed(b.rows[0].cells[0].paragraphs), b.rows[0].cells[1].paragraphs
	for i, p := range left {
		switch {
		case i == 0:
			c.add(p, "Từ Nơi nhận")
		case typistMark.MatchString(p.text):
			c.add(p, "Ký hiệu người soạn thảo")
		default:
			c.add(p, "Danh sách nơi nhận")
		}
	}
	for i, p := range right {
		if i == len(right)-1 {
			c.add(p, "Họ tên người ký")
			continue
		}
		c.add(p, "Quyền hạn chức vụ người ký")
	}
}

func (c *checking) annex(blocks []block) {
	names := []string{"Từ Phụ lục và số", "Tiêu đề phụ lục", "Chỉ dẫn kèm theo văn bản"}
	for _, b := range blocks {
		switch {
		case b.table:
			c.tables(b)
		case strings.TrimSpace(b.text) == "":
		case len(names) > 0:
			c.add(b.paragraph, names[0])
			names = names[1:]
		default:
			c.add(b.paragraph, "Nội dung phụ lục")
		}
	}
	if len(names) > 0 {
		c.fault(Annexes, "", "without its %s", names[0])
	}
}
