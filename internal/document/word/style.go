package word

import (
	"fmt"
	"strings"
)

// style names a way to set a paragraph. Each component of a paper has its own,
// under its Vietnamese name, so that whoever opens the file finds it.
type style string

const (
	nothing     style = "TrongKhongChu"
	motto       style = "QuocHieu"
	wish        style = "TieuNgu"
	parentBody  style = "CoQuanChuQuan"
	issuingBody style = "CoQuanBanHanh"
	number      style = "SoKyHieu"
	placeDate   style = "DiaDanhThoiGian"
	about       style = "TrichYeuCongVan"
	mark        style = "DauDuThao"
	urgency     style = "DauMucDoKhan"
	circulation style = "PhamViLuuHanh"
	name        style = "TenLoaiVanBan"
	subject     style = "TrichYeu"
	addressed   style = "KinhGui"
	addressees  style = "KinhGuiDanhSach"
	basis       style = "CanCu"
	body        style = "NoiDung"
	chapter     style = "ChuongSo"
	chapterName style = "ChuongTen"
	section     style = "MucLaMa"
	clause      style = "KhoanCoTieuDe"
	item        style = "KhoanKhongTieuDe"
	point       style = "Diem"
	capacity    style = "QuyenHanChucVu"
	signer      style = "NguoiKy"
	sentTo      style = "NoiNhan"
	sentToList  style = "NoiNhanDanhSach"
	typist      style = "NguoiSoanThao"
	annexLabel  style = "PhuLuc"
	annexTitle  style = "PhuLucTieuDe"
	annexOf     style = "PhuLucKemTheo"
	columnHead  style = "BangCot"
	cellLeft    style = "BangChu"
	cellCenter  style = "BangGiua"
	cellRight   style = "BangSo"
	cellHead    style = "BangNhom"
	tableNote   style = "BangGhiChu"
	pageNumber  style = "Header"
	contact     style = "Footer"
)

// look is how a style sets a paragraph. Sizes and gaps are points.
type look struct {
	style         style
	name          string
	size          float64
	bold, italic  bool
	align         string
	before, after float64
	first         bool // the first line begins 1,27 cm in
	keep          bool // on the page of what follows
	level         int  // in the outline, from 1
	red           bool
}

// lineGap is the height of a line of the body in 240ths of a single one.
const lineGap = 276

// firstLine is 1,27 cm.
const firstLine = 720

// looks follow Nghị định 30/2020/NĐ-CP, Phụ lục I, Mục IV (cỡ chữ, kiểu chữ);
// where it leaves a choice the sizes go together.
var looks = []look{
	{style: nothing, name: "Trống", size: 1, align: "left"},
	{style: motto, name: "Quốc hiệu", size: 12, bold: true, align: "center"},
	{style: wish, name: "Tiêu ngữ", size: 13, bold: true, align: "center"},
	{style: parentBody, name: "Cơ quan chủ quản", size: 12, align: "center"},
	{style: issuingBody, name: "Cơ quan ban hành", size: 12, bold: true, align: "center"},
	{style: number, name: "Số, ký hiệu", size: 13, align: "center", before: 6},
	{style: placeDate, name: "Địa danh và thời gian", size: 13, italic: true, align: "center", before: 6},
	{style: about, name: "Trích yếu công văn", size: 12, align: "center", before: 6},
	{style: mark, name: "Dấu dự thảo", size: 13, bold: true, align: "center", before: 8},
	{style: urgency, name: "Dấu mức độ khẩn", size: 13, bold: true, align: "center", before: 8, red: true},
	{style: circulation, name: "Phạm vi lưu hành", size: 13, bold: true, align: "center", before: 8},
	{style: name, name: "Tên loại văn bản", size: 14, bold: true, align: "center", before: 18, keep: true},
	{style: subject, name: "Trích yếu", size: 14, bold: true, align: "center", keep: true},
	{style: addressed, name: "Kính gửi", size: 14, align: "left", before: 12, after: 6},
	{style: addressees, name: "Kính gửi, danh sách", size: 14, align: "left"},
	{style: basis, name: "Căn cứ ban hành", size: 14, italic: true, align: "both", after: 6, first: true},
	{style: body, name: "Nội dung", size: 14, align: "both", after: 6, first: true},
	{style: chapter, name: "Số chương", size: 14, bold: true, align: "center", before: 6, keep: true},
	{style: chapterName, name: "Tên chương", size: 14, bold: true, align: "center", after: 6, keep: true},
	{style: section, name: "Mục La Mã", size: 14, bold: true, align: "left", before: 6, after: 6, first: true, keep: true, level: 1},
	{style: clause, name: "Khoản có tiêu đề", size: 14, bold: true, align: "left", after: 6, first: true, keep: true, level: 2},
	{style: item, name: "Khoản không tiêu đề", size: 14, align: "both", after: 6, first: true},
	{style: point, name: "Điểm", size: 14, align: "both", after: 6, first: true},
	{style: capacity, name: "Quyền hạn, chức vụ", size: 13, bold: true, align: "center", keep: true},
	{style: signer, name: "Người ký", size: 14, bold: true, align: "center", before: 72},
	{style: sentTo, name: "Nơi nhận", size: 12, bold: true, italic: true, align: "left", keep: true},
	{style: sentToList, name: "Nơi nhận, danh sách", size: 11, align: "left"},
	{style: typist, name: "Người soạn thảo", size: 11, align: "left"},
	{style: annexLabel, name: "Phụ lục", size: 14, bold: true, align: "center", keep: true},
	{style: annexTitle, name: "Phụ lục, tiêu đề", size: 14, bold: true, align: "center", keep: true},
	{style: annexOf, name: "Phụ lục, kèm theo", size: 14, italic: true, align: "center", after: 10, keep: true},
	{style: columnHead, name: "Bảng, tên cột", size: 12, bold: true, align: "center", before: 2, after: 2},
	{style: cellLeft, name: "Bảng, chữ", size: 12, align: "left", before: 2, after: 2},
	{style: cellCenter, name: "Bảng, giữa", size: 12, align: "center", before: 2, after: 2},
	{style: cellRight, name: "Bảng, số", size: 12, align: "right", before: 2, after: 2},
	{style: cellHead, name: "Bảng, nhóm", size: 12, bold: true, align: "left", before: 2, after: 2, keep: true},
	{style: tableNote, name: "Bảng, ghi chú", size: 12, italic: true, align: "both"},
	{style: pageNumber, name: "header", size: 14, align: "center"},
	{style: contact, name: "footer", size: 11, align: "left"},
}

// xml is the style as word/styles.xml has it.
func (l look) xml() string {
	var b strings.Builder
	own := ` w:customStyle="1"`
	if l.style == pageNumber || l.style == contact {
		own = "" // Word has them
	}
	fmt.Fprintf(&b, `<w:style w:type="paragraph"%s w:styleId="%s"><w:name w:val="%s"/><w:basedOn w:val="Normal"/><w:qFormat/><w:pPr>`, own, l.style, l.name)
	if l.keep {
		b.WriteString(`<w:keepNext/>`)
	}
	height := `w:line="240" w:lineRule="auto"`
	switch {
	case l.first:
		height = fmt.Sprintf(`w:line="%d" w:lineRule="auto"`, lineGap)
	case l.style == nothing:
		height = `w:line="20" w:lineRule="exact"`
	}
	fmt.Fprintf(&b, `<w:spacing w:before="%d" w:after="%d" %s/>`, twips(l.before), twips(l.after), height)
	if l.first {
		fmt.Fprintf(&b, `<w:ind w:firstLine="%d"/>`, firstLine)
	}
	fmt.Fprintf(&b, `<w:jc w:val="%s"/>`, l.align)
	if l.level > 0 {
		fmt.Fprintf(&b, `<w:outlineLvl w:val="%d"/>`, l.level-1)
	}
	b.WriteString(`</w:pPr><w:rPr>`)
	b.WriteString(runLook(l.bold, l.italic))
	if l.red {
		b.WriteString(`<w:color w:val="FF0000"/>`)
	}
	fmt.Fprintf(&b, `<w:sz w:val="%[1]d"/><w:szCs w:val="%[1]d"/></w:rPr></w:style>`, int(2*l.size))
	return b.String()
}

func runLook(bold, italic bool) string {
	look := ""
	if bold {
		look += `<w:b/><w:bCs/>`
	}
	if italic {
		look += `<w:i/><w:iCs/>`
	}
	return look
}

func twips(points float64) int { return int(points * 20) }

// sizeOf is the size of a style in points.
func sizeOf(s style) float64 {
	for _, l := range looks {
		if l.style == s {
			return l.size
		}
	}
	return 0
}
