package web_test

import (
	"strconv"
	"testing"
)

// TestAPlanTravelsFromTheFirstLineToTheMatrix follows one plan through the hands
// of four people, each in a browser of their own: once with scripts, once
// without, step by step the same.
func TestAPlanTravelsFromTheFirstLineToTheMatrix(t *testing.T) {
	t.Parallel()
	for name, scripts := range map[string]bool{"with scripts": true, "without scripts": false} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			j := journey{live: newLive(t), scripts: scripts}
			j.write(t)
			j.signOff(t, "1")
			j.giveBack(t)
			j.mend(t)
			j.signOff(t, "2")
			j.accept(t)
			j.log(t)
			j.look(t)
		})
	}
}

type journey struct {
	*live
	scripts bool
	staff   *reader
	leader  *reader
	judge   *reader
}

// goes presses one of the places at the top of every page.
func (r *reader) goes(to string) {
	r.t.Helper()
	r.follow(to, "Tổng quan Kiến nghị")
}

// own is the plan of Sở Tư pháp, reached as its people reach it.
func (j *journey) own(r *reader) {
	r.t.Helper()
	r.goes("Kế hoạch")
	r.follow("Sở Tư pháp")
	r.says("Kế hoạch năm 2022 của Sở Tư pháp")
}

// write fills the plan from nothing to trình.
func (j *journey) write(t *testing.T) {
	s := j.signsIn(t, "stp.chuyenvien", j.scripts)
	j.staff = s
	s.says("Lê Thị Thanh Trúc", "Việc của tôi")
	j.own(s)
	s.says("Chưa soạn", "Việc tiếp theo: ghi hoạt động cho từng nhiệm vụ", "còn 7 việc", "Hạn gửi: trước ngày 01/04/2022")
	s.silent("Trình lãnh đạo duyệt")
	if eval[bool](s, `document.querySelector('[data-print]').hidden`) == j.scripts {
		t.Fatalf("scripts run: %t, want %t", !j.scripts, j.scripts)
	}

	s.follow("Thêm hoạt động đầu tiên")
	s.says("Thêm hoạt động", "Nhiệm vụ được giao")
	// Saving is never blocked by what is missing.
	s.fill("Tên hoạt động", "Quán triệt Kế hoạch số 32 đến toàn thể công chức, viên chức")
	s.follow("Lưu, về kế hoạch")
	s.says("Nháp", "1.1. Quán triệt Kế hoạch số 32", "Chưa ghi sản phẩm", "Chưa chọn")
	s.follow("Chưa ghi sản phẩm")
	s.says("Sửa hoạt động 1.1")
	s.fill("Sản phẩm", "01 hội nghị, 01 báo cáo kết quả")
	s.choose("Người phụ trách", "Lê Thị Thanh Trúc")
	s.choose("Thời gian thực hiện", "Theo quý")
	s.choose("Quý", "Quý II")
	s.follow("Lưu, về kế hoạch")
	s.says("01 hội nghị, 01 báo cáo kết quả", "Lê Thị Thanh Trúc", "Quý II")

	s.follow("Thêm", "2 Quản lý nhà nước")
	for i, task := range []struct{ choice, title, product string }{
		{"2.", "Niêm yết, cắt giảm thời hạn giải quyết thủ tục hộ tịch", "Quyết định công bố"},
		{"3.", "Hướng dẫn thực hiện quy chế dân chủ ở cơ sở", "12 hướng dẫn"},
		{"4.", "Đối thoại với Nhân dân về hòa giải ở cơ sở", "02 cuộc đối thoại"},
		{"5.", "Phối hợp Mặt trận tuyên truyền pháp luật", "08 buổi tuyên truyền"},
		{"7.", "Tự kiểm tra công tác dân vận tại đơn vị", "01 báo cáo tự kiểm tra"},
	} {
		s.chooseTask(task.choice)
		s.fill("Tên hoạt động", task.title)
		s.fill("Sản phẩm", task.product)
		s.choose("Người phụ trách", "Lê Thị Thanh Trúc")
		switch i {
		case 0:
			s.choose("Thời gian thực hiện", "Theo ngày")
			s.fill("Bắt đầu", "01/03/2022")
			s.fill("Hạn hoàn thành", "30/11/2022")
		case 1:
			s.choose("Thời gian thực hiện", "Theo tháng")
			s.choose("Tháng", "Tháng 6")
		default:
			s.choose("Thời gian thực hiện", "Thường xuyên, cả năm")
		}
		if i == 3 {
			s.press("Cơ quan phối hợp")
			s.tick("UBMTTQVN tỉnh")
			s.fill("Đơn vị tính", "buổi")
			s.fill("Số đầu kỳ", "0")
			s.fill("Số phấn đấu", "8")
		}
		if i == 4 {
			s.tick("Kiểm tra, tự kiểm tra")
			s.follow("Lưu, về kế hoạch")
			break
		}
		s.follow("Lưu, thêm hoạt động khác")
		s.says("Thêm hoạt động")
	}
	s.says("7.1. Tự kiểm tra công tác dân vận tại đơn vị", "còn 1 việc")

	s.follow("Ghi không thuộc phạm vi hoặc không phát sinh", "6 ")
	s.tick("Không thuộc phạm vi")
	s.fill("Lý do", "Sở không được giao chủ trì phối hợp với lực lượng vũ trang.")
	s.follow("Lưu, về kế hoạch")
	s.says("Không thuộc phạm vi", "Sở không được giao chủ trì phối hợp", "Việc tiếp theo: đủ nội dung, trình lãnh đạo duyệt.")
	j.send()
}

// chooseTask picks the task by its number.
func (r *reader) chooseTask(no string) {
	r.t.Helper()
	labels := eval[[]string](r, `[...document.querySelector('select[name=task]').options].map((o) => o.label.replace(/\s+/g, ' ').trim())`)
	for _, l := range labels {
		if len(l) > len(no) && l[:len(no)] == no {
			r.choose("Nhiệm vụ", l)
			return
		}
	}
	r.t.Fatalf("no task %s among %q", no, labels)
}

func (j *journey) send() {
	s := j.staff
	s.t.Helper()
	s.follow("Trình lãnh đạo duyệt")
	s.says("Trình lãnh đạo duyệt?", "nội dung được khóa")
	s.follow("Trình lãnh đạo duyệt", "Không, về kế hoạch")
	s.says("Đã trình lãnh đạo duyệt", "Chờ lãnh đạo duyệt", "Kế hoạch đang khóa, chưa sửa được")
}

// signOff is the leader's: the document's number, then off to Sở Nội vụ.
func (j *journey) signOff(t *testing.T, no string) {
	if j.leader == nil {
		j.leader = j.signsIn(t, "stp.lanhdao", j.scripts)
	}
	l := j.leader
	l.goes("Việc của tôi")
	j.own(l)
	l.says("Chờ lãnh đạo duyệt")
	l.follow("Duyệt, gửi Sở Nội vụ")
	l.says("Nội dung sẽ gửi", "6 hoạt động")
	if no == "1" {
		// Sent without its number, it comes back with what was typed.
		l.fill("Trích yếu", "Kế hoạch công tác dân vận chính quyền năm 2022")
		l.follow("Duyệt, gửi", "Để sau")
		l.says("chỗ phải sửa")
		if got := eval[string](l, `document.title`); got[:len("Lỗi:")] != "Lỗi:" {
			t.Errorf("the title of a page with mistakes is %q", got)
		}
		l.fill("Số", "15")
		l.fill("Ký hiệu", "KH-STP")
		l.fill("Ngày ban hành", "14/03/2022")
		l.fill("Người ký", "Trần Quốc Khải")
		l.fill("Quyền hạn, chức vụ của người ký", "GIÁM ĐỐC")
	}
	l.follow("Duyệt, gửi", "Để sau")
	l.says("Đã gửi kế hoạch", "Trần Quốc Khải gửi lần "+no, "đang chờ Sở Nội vụ tiếp nhận")
}

// giveBack is the reviewer's first reading: two remarks, returned.
func (j *journey) giveBack(t *testing.T) {
	v := j.signsIn(t, "snv.thamdinh", j.scripts)
	j.judge = v
	v.goes("Rà soát")
	v.says("1 hồ sơ chờ tiếp nhận, rà soát", "chưa đọc")
	v.follow("Sở Tư pháp: kế hoạch năm 2022, lần gửi 1")
	v.says("Sở Tư pháp: kế hoạch năm 2022, lần gửi 1", "6 hoạt động, chưa có góp ý nào", "Văn bản số 15/KH-STP")
	// Nothing goes back without a remark.
	v.silent("Trả lại để sửa")
	v.press("Thêm góp ý chung")
	v.fill("Góp ý", "Bổ sung căn cứ: Quyết định số 625/QĐ-UBND.", "Thêm góp ý chung")
	v.follow("Ghi góp ý", "Thêm góp ý chung")
	v.says("Đã ghi góp ý", "Góp ý nháp", "Bổ sung căn cứ")
	v.press("Thêm góp ý : hoạt động 4.1")
	v.choose("Về mục", "Sản phẩm")
	v.fill("Góp ý", "Ghi rõ địa bàn đối thoại.", "4.1. Đối thoại với Nhân dân")
	v.follow("Ghi góp ý", "4.1. Đối thoại với Nhân dân")
	v.says("2 góp ý nháp sẽ gửi khi bạn trả lại", "Góp ý nháp, mục Sản phẩm.")
	v.fill("Lý do trả lại", "Cần lượng hóa sản phẩm, bổ sung căn cứ ban hành.")
	v.follow("Trả lại để sửa")
	v.says("Đã trả lại, kèm góp ý, Sở Tư pháp: kế hoạch năm 2022, lần gửi 1", "Không có hồ sơ nào chờ tiếp nhận, rà soát")
}

// mend answers both remarks, mends the activity and sends again.
func (j *journey) mend(t *testing.T) {
	s := j.staff
	s.goes("Việc của tôi")
	j.own(s)
	s.says("Trả lại", "Cần lượng hóa sản phẩm, bổ sung căn cứ ban hành", "trả lời 2 góp ý",
		"Bổ sung căn cứ: Quyết định số 625/QĐ-UBND.", "Góp ý, mục Sản phẩm. Ghi rõ địa bàn đối thoại.")
	s.silent("Trình lãnh đạo duyệt?")
	s.follow("Trả lời, sửa", "Bổ sung căn cứ")
	s.fill("Trả lời", "Đã bổ sung căn cứ tại phần mở đầu của văn bản.")
	s.follow("Lưu trả lời")
	s.says("trả lời 1 góp ý", "Đã bổ sung căn cứ tại phần mở đầu")
	s.follow("Trả lời, sửa", "Ghi rõ địa bàn đối thoại.")
	s.says("Góp ý, mục Sản phẩm.", "Sửa hoạt động 4.1")
	s.fill("Trả lời", "Đã ghi rõ xã Vị Tân và phường IV.")
	s.follow("Lưu trả lời")
	s.follow("4.1. Đối thoại với Nhân dân về hòa giải ở cơ sở")
	s.follow("Sửa nội dung")
	s.fill("Sản phẩm", "02 cuộc đối thoại tại xã Vị Tân và phường IV")
	s.follow("Lưu, về kế hoạch")
	s.says("02 cuộc đối thoại tại xã Vị Tân và phường IV", "Việc tiếp theo: đủ nội dung, trình lãnh đạo duyệt.")
	j.send()
}

// accept reads the answers and takes the second sending.
func (j *journey) accept(t *testing.T) {
	v := j.judge
	v.goes("Rà soát")
	v.says("1 hồ sơ chờ tiếp nhận, rà soát", "2 góp ý đã được trả lời")
	v.follow("Sở Tư pháp: kế hoạch năm 2022, lần gửi 2")
	v.says("2 góp ý lần trước chưa kết luận, 2 đã có trả lời", "Đã ghi rõ xã Vị Tân và phường IV.")
	v.follow("Đạt", "Ghi rõ địa bàn đối thoại.")
	v.says("1 góp ý lần trước chưa kết luận")
	// What was not confirmed as read is not accepted.
	v.follow("Tiếp nhận lần gửi 2")
	v.says("Xác nhận đã đọc lần gửi này trước khi tiếp nhận")
	v.tick("Tôi đã đọc lần gửi 2")
	v.follow("Tiếp nhận lần gửi 2")
	v.says("Đã tiếp nhận Sở Tư pháp: kế hoạch năm 2022, lần gửi 2", "Không có hồ sơ nào chờ tiếp nhận, rà soát")
}

// log writes progress on what is now in force.
func (j *journey) log(t *testing.T) {
	s := j.staff
	s.goes("Việc của tôi")
	j.own(s)
	s.says("Đã tiếp nhận", "tiếp nhận lần gửi 2")
	s.follow("5.1. Phối hợp Mặt trận tuyên truyền pháp luật")
	s.says("Chưa ghi tiến độ lần nào.")
	s.fill("Đến ngày", "15/03/2022")
	s.fill("Kết quả (buổi)", "8")
	s.fill("Ghi chú", "Đã tuyên truyền đủ 8 buổi.")
	s.follow("Ghi tiến độ")
	s.says("Đã tuyên truyền đủ 8 buổi.", "Hoàn thành")
}

// look is leadership's: from the province down to one activity.
func (j *journey) look(t *testing.T) {
	l := j.signsIn(t, "ubnd.lanhdao", j.scripts)
	l.says("1/28 đơn vị đã gửi kế hoạch", "Tư pháp")
	l.follow("1/1", "Tư pháp")
	l.says("5.1. Phối hợp Mặt trận tuyên truyền pháp luật", "Hoàn thành")
	l.silent("4.1. Đối thoại với Nhân dân")
	l.follow("5.1. Phối hợp Mặt trận tuyên truyền pháp luật")
	l.says("Đã tuyên truyền đủ 8 buổi.")
	if want := "/ke-hoach/" + strconv.Itoa(year) + "/stp/hoat-dong/5.1"; l.at() != want {
		t.Errorf("the cell leads to %s, want %s", l.at(), want)
	}
}
