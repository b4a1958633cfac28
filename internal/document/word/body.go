package word

import (
	"fmt"
	"strings"

	"danvan/internal/viet"
)

// Basis writes căn cứ ban hành: every line ends in a semicolon, the last in a full
// stop.
func (w *Writer) Basis(all ...string) {
	for i, text := range all {
		end := ";"
		if i == len(all)-1 {
			end = "."
		}
		w.next(basis, "", strings.TrimRight(text, " .;,")+end)
	}
}

// Chapter writes phần or chương: its number ("Chương I") and its title.
func (w *Writer) Chapter(label, title string) {
	w.flush()
	w.write(paragraph{style: chapter, text: label})
	w.write(paragraph{style: chapterName, text: upper(title)})
	w.section, w.clause, w.point = 0, 0, 0
}

// Section writes the heading of a mục and numbers it: "I. KẾT QUẢ".
func (w *Writer) Section(title string) {
	w.section++
	w.clause, w.point = 0, 0
	w.next(section, "", viet.Roman(w.section)+". "+upper(title))
}

// Clause writes the heading of a khoản and numbers it: "1. Kết quả".
func (w *Writer) Clause(title string) {
	w.next(clause, "", w.clauseNumber()+title)
}

// Item writes a khoản without heading and numbers it.
func (w *Writer) Item(text string) {
	w.several(item, w.clauseNumber(), "", text)
}

func (w *Writer) clauseNumber() string {
	w.clause++
	w.point = 0
	return fmt.Sprintf("%d. ", w.clause)
}

// Point writes a điểm and letters it by the Vietnamese alphabet: "a) …", "đ) …".
func (w *Writer) Point(text string) {
	w.point++
	w.several(point, viet.ListLetter(w.point)+") ", "", text)
}

// Paragraph writes text as many paragraphs as it has lines.
func (w *Writer) Paragraph(text string) { w.several(body, "", "", text) }

// Led writes a paragraph that begins with a few words in italics.
func (w *Writer) Led(lead, text string) { w.several(body, "", lead+" ", text) }

// several writes a text of several lines: the first as s, behind its number, the
// others as plain paragraphs.
func (w *Writer) several(s style, number, lead, text string) {
	all := lines(text)
	if len(all) == 0 {
		all = []string{""}
	}
	for i, line := range all {
		if i > 0 {
			s, number, lead = body, "", ""
		}
		w.next(s, lead, number+line)
	}
}

// Signature is what stands under the body.
type Signature struct {
	Recipients []string // nơi nhận: "Như trên", …, "Lưu: VT"
	Typist     string   // ký hiệu người soạn thảo, "PL.(300)", "" for none
	Capacity   []string // quyền hạn, chức vụ: "KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"
	Signer     string   // without titles; "" while nobody is named
}

const (
	recipientColumn = 4394
	signerColumn    = pageShort - marginLeft - marginRight - recipientColumn
)

// Signature ends the body with "./." and writes who gets the paper and who signs.
func (w *Writer) Signature(s Signature) {
	w.conclude()
	w.put(tableStart(false, recipientColumn, signerColumn), `<w:tr><w:trPr><w:cantSplit/></w:trPr>`)
	w.cell(recipientColumn, func() {
		w.write(paragraph{style: sentTo, text: "Nơi nhận:"})
		for i, to := range s.Recipients {
			end := ";"
			if i == len(s.Recipients)-1 {
				end = "."
			}
			w.write(paragraph{style: sentToList, left: 130, hang: 130, text: "- " + strings.TrimRight(to, " ;.") + end})
		}
		if s.Typist != "" {
			w.write(paragraph{style: typist, text: s.Typist})
		}
	})
	w.cell(signerColumn, func() {
		for _, line := range s.Capacity {
			w.write(paragraph{style: capacity, broke: balance(upper(line), sizeOf(capacity), signerColumn)})
		}
		w.write(paragraph{style: signer, text: s.Signer})
	})
	w.put(`</w:tr></w:tbl>`)
	if w.annex == w.about.Annexes {
		w.write(paragraph{style: nothing}) // a table never ends a document
	}
}
