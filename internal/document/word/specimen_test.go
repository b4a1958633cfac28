package word_test

import (
	"bytes"
	"slices"
	"testing"

	"danvan/internal/document/word"
)

// specimen is a paper with everything a paper can have.
func specimen(t testing.TB) []byte {
	t.Helper()
	var b bytes.Buffer
	w := word.New(&b, word.Properties{Title: "Báo cáo", Author: "Sở Tư pháp", Annexes: 2, Contact: "Số 7, đường Hòa Bình, thành phố Vị Thanh, tỉnh Hậu Giang"})
	w.Letterhead(word.Letterhead{Parent: "UBND tỉnh Hậu Giang", Issuer: []string{"Sở Nông nghiệp và Phát triển nông thôn"}, Number: "05/BC-SNNPTNT",
		Place: "Hậu Giang", Date: "ngày 05 tháng 01 năm 2022", Urgency: "Hỏa tốc", Circulation: "Lưu hành nội bộ", Draft: true,
		Name: "Báo cáo số 05/BC-SNNPTNT ngày 05 tháng 01 năm 2022 của Sở Nông nghiệp và Phát triển nông thôn"})
	w.Title("Báo cáo", "Kết quả thực hiện công tác dân vận chính quyền, quy chế dân chủ ở cơ sở năm 2022")
	w.To("Sở Nội vụ")
	w.Basis("Căn cứ Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015", "Căn cứ Kế hoạch số 32/KH-UBND ngày 28/02/2022 của Ủy ban nhân dân tỉnh Hậu Giang")
	w.Paragraph("Sở Nông nghiệp và Phát triển nông thôn báo cáo kết quả như sau:")
	w.Chapter("Chương I", "Những kết quả đạt được")
	w.Section("Kết quả thực hiện")
	w.Clause("Tiếp dân, đối thoại, giải quyết kiến nghị của Nhân dân")
	w.Led("Tồn tại, hạn chế:", "Việc trả lời kiến nghị có nơi còn chậm; một số nội dung phải nhắc lại.\nĐã kiểm điểm, rút kinh nghiệm.")
	for range 6 {
		w.Point("Tổ chức 12 hội nghị đối thoại trực tiếp với Nhân dân, ghi nhận 86 ý kiến.")
	}
	w.Item("Các cơ quan, đơn vị tiếp tục thực hiện đúng thời hạn.")
	w.Section("Phương hướng")
	w.Paragraph("Trên đây là báo cáo, kính gửi Sở Nội vụ tổng hợp.")
	w.Signature(word.Signature{Recipients: []string{"Như trên", "Ban Giám đốc Sở", "Lưu: VT, VP"}, Typist: "PL.(300)",
		Capacity: []string{"KT. Giám đốc", "Phó Giám đốc"}, Signer: "Nguyễn Tài Đức"})
	columns := []word.Column{{Title: "TT", Share: 1, Align: word.Center}, {Title: "Chỉ tiêu", Share: 6}, {Title: "Năm 2022", Share: 2, Align: word.Right}}
	rows := []word.Row{{Heading: "1. Tiếp dân"}}
	for range 4 {
		rows = append(rows, word.Row{Cells: []string{"1", "Số cuộc đối thoại trực tiếp giữa người đứng đầu với Nhân dân", "1.234"}})
	}
	w.Annex("Số liệu thực hiện công tác dân vận chính quyền", false)
	w.Table(columns, slices.Values(rows))
	w.Annex("Mô hình Dân vận khéo", true)
	w.Table(columns, slices.Values(rows))
	w.Origin(word.Origin{Place: "T4.01", Unit: "snnptnt", Filed: "report/2022/nam", Version: 2, SHA256: "ab12"})
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// letter is a công văn of a committee to several units.
func letter(t testing.TB) []byte {
	t.Helper()
	var b bytes.Buffer
	w := word.New(&b, word.Properties{Title: "Công văn", Author: "Ủy ban nhân dân huyện Vị Thủy"})
	w.Letterhead(word.Letterhead{Issuer: []string{"Ủy ban nhân dân", "huyện Vị Thủy"}, Number: "125/UBND-NC",
		About: "đôn đốc gửi báo cáo công tác dân vận chính quyền 6 tháng đầu năm 2022", Place: "Vị Thủy", Date: "ngày 24 tháng 6 năm 2022"})
	w.To("Ủy ban nhân dân xã Vị Bình", "Ủy ban nhân dân thị trấn Nàng Mau")
	w.Paragraph("Ủy ban nhân dân huyện đề nghị các cơ quan, đơn vị quan tâm thực hiện.")
	w.Signature(word.Signature{Recipients: []string{"Như trên", "Lưu: VT"}, Capacity: []string{"TM. Ủy ban nhân dân", "Chủ tịch"}, Signer: "Trần Văn Bé"})
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}
