package word

import (
	"strings"
)

// Letterhead is what stands above the body of a paper.
type Letterhead struct {
	Parent string   // cơ quan chủ quản, "" for UBND huyện, xã
	Issuer []string // cơ quan ban hành; two lines for a committee: both are its name
	Number string   // "05/BC-STP"
	About  string   // trích yếu of a công văn, after "V/v "
	Place  string   // địa danh
	Date   string   // "ngày 05 tháng 01 năm 2022"
	Draft  bool     // not issued: marked "DỰ THẢO"

	Urgency     string // "HỎA TỐC", "THƯỢNG KHẨN", "KHẨN" or ""
	Circulation string // "LƯU HÀNH NỘI BỘ" or ""
	// Name is how annexes call the paper: "Báo cáo số 05/BC-STP ngày 05 tháng 01
	// năm 2022 của Sở Tư pháp".
	Name string
}

// Columns of the letterhead in twips: the national motto needs the wider one.
const (
	leftColumn  = 3540
	rightColumn = pageShort - marginLeft - marginRight - leftColumn
)

const (
	country  = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
	devotion = "Độc lập - Tự do - Hạnh phúc"
)

// Letterhead writes the block above the title: who issues, the motto, number, place
// and date.
func (w *Writer) Letterhead(l Letterhead) {
	w.line = l.Name
	w.put(tableStart(false, leftColumn, rightColumn), `<w:tr><w:trPr><w:cantSplit/></w:trPr>`)
	w.cell(leftColumn, func() {
		if l.Parent != "" {
			w.write(paragraph{style: parentBody, broke: balance(upper(l.Parent), sizeOf(issuingBody), leftColumn)})
		}
		last := ""
		for _, name := range l.Issuer {
			broke := balance(upper(name), sizeOf(issuingBody), leftColumn)
			w.write(paragraph{style: issuingBody, broke: broke})
			last = broke[len(broke)-1]
		}
		w.put(rule(min(leftColumn, shortRule(last, sizeOf(issuingBody))), leftColumn, 0))
	})
	w.cell(rightColumn, func() {
		w.write(paragraph{style: motto, text: country})
		w.write(paragraph{style: wish, text: devotion})
		w.put(rule(width(devotion, sizeOf(wish)), rightColumn, 0))
	})
	w.put(`</w:tr><w:tr><w:trPr><w:cantSplit/></w:trPr>`)
	w.cell(leftColumn, func() {
		w.write(paragraph{style: number, text: "Số: " + l.Number})
		if l.About != "" {
			w.write(paragraph{style: about, broke: balance("V/v "+l.About, sizeOf(about), leftColumn-120)})
		}
		if l.Urgency != "" {
			w.write(boxed(urgency, l.Urgency, leftColumn))
		}
		if l.Circulation != "" {
			w.write(boxed(circulation, l.Circulation, leftColumn))
		}
		if l.Draft {
			w.write(boxed(mark, "DỰ THẢO", leftColumn))
		}
	})
	w.cell(rightColumn, func() {
		w.write(paragraph{style: placeDate, text: l.Place + ", " + l.Date})
	})
	w.put(`</w:tr></w:tbl>`)
}

// cell is one cell of a table without borders.
func (w *Writer) cell(wide int, content func()) {
	w.putf(`<w:tc><w:tcPr><w:tcW w:w="%d" w:type="dxa"/></w:tcPr>`, wide)
	content()
	w.put(`</w:tc>`)
}

// Title writes tên loại and trích yếu: "BÁO CÁO", then what it is about.
func (w *Writer) Title(kind, text string) {
	room := textWidth(w.wide)
	w.write(paragraph{style: name, text: upper(kind)})
	broke := balance(text, sizeOf(subject), room*9/10)
	w.write(paragraph{style: subject, broke: broke})
	w.put(rule(min(room, shortRule(broke[len(broke)-1], sizeOf(subject))), room, 240))
}

// toColon is how far the colon of "Kính gửi:" stands from its first letter: the
// dashes below stand under it.
const toColon = 1000

// To writes whom a paper is addressed to, the only one on the line itself.
func (w *Writer) To(receivers ...string) {
	w.flush()
	room := textWidth(w.wide)
	if len(receivers) == 1 {
		line := "Kính gửi: " + receivers[0]
		w.write(paragraph{style: addressed, left: max(0, (room-width(line, sizeOf(addressed)))/2), after: 12, text: line})
		return
	}
	left := room / 6
	w.write(paragraph{style: addressed, left: left, text: "Kính gửi:", keep: true})
	for i, to := range receivers {
		p := paragraph{style: addressees, left: left + toColon, hang: dash, text: "- " + strings.TrimRight(to, " ;.") + ";"}
		if i == len(receivers)-1 {
			p.text, p.after = strings.TrimSuffix(p.text, ";")+".", 12
		}
		w.write(p)
	}
}

// dash is the width of "- " in twips: a line that goes on begins behind it.
const dash = 165
