package wording

import (
	"regexp"
	"strings"

	"danvan/internal/viet"
)

// phrase is one sentence: a lead and clauses. A clause speaks of the indicators in
// braces and is left out where one of them has no value. At ~ the first of them is
// compared with last year where it can be.
type phrase struct {
	lead    string
	clauses []string
}

// phrases are the sentences of each task, in the register of the offices' own
// reports; 0 is the emulation movement "Dân vận khéo".
var phrases = map[int][]phrase{
	1: {
		{"Các cơ quan, đơn vị, địa phương đã", []string{
			"ban hành {T1.03} văn bản lãnh đạo, chỉ đạo, triển khai công tác dân vận~",
			"tổ chức {T1.04} hội nghị, cuộc họp quán triệt, triển khai văn bản~",
			"quán triệt cho {T1.05} lượt cán bộ, công chức, viên chức, người lao động~"}},
		{"Trong đó", []string{
			"có {T1.01} đơn vị ban hành kế hoạch thực hiện công tác dân vận chính quyền",
			"{T1.02} đơn vị phân công lãnh đạo phụ trách và công chức đầu mối"}},
		{"Công tác tập huấn, tuyên truyền được chú trọng:", []string{
			"mở {T1.06} lớp tập huấn, bồi dưỡng nghiệp vụ công tác dân vận~",
			"đăng {T1.07} tin, bài tuyên truyền~"}},
		{"Các đơn vị đã", []string{"tổ chức {T1.08} cuộc sơ kết, tổng kết, giao ban công tác dân vận~"}},
	},
	2: {
		{"Toàn tỉnh", []string{
			"tiếp nhận {T2.02} hồ sơ thủ tục hành chính trong kỳ~",
			"đã giải quyết {T2.04} hồ sơ~",
			"trước hạn và đúng hạn {T2.05} hồ sơ~, đạt tỷ lệ {T2.07}",
			"còn {T2.06} hồ sơ giải quyết quá hạn~"}},
		{"Tiếp nhận trực tuyến", []string{"{T2.08} hồ sơ~, đạt tỷ lệ {T2.09}"}},
		{"Các đơn vị đã", []string{
			"đơn giản hóa, cắt giảm thời gian giải quyết {T2.10} thủ tục hành chính~",
			"gửi {T2.11} thư xin lỗi do trễ hẹn giải quyết hồ sơ~"}},
		{"Qua khảo sát", []string{"{T2.12} phiếu~, có {T2.13} phiếu đánh giá hài lòng, rất hài lòng, đạt tỷ lệ {T2.14}"}},
		{"Về sắp xếp tổ chức bộ máy,", []string{
			"giảm {T2.15} phòng, đơn vị~",
			"tinh giản biên chế {T2.16} người~"}},
		{"Về kỷ luật, kỷ cương,", []string{
			"xử lý kỷ luật {T2.17} cán bộ, công chức, viên chức~",
			"phát hiện, xử lý {T2.18} vụ việc tham nhũng, tiêu cực~"}},
	},
	3: {
		{"Trong kỳ đã", []string{
			"ban hành hoặc tham mưu ban hành {T3.01} văn bản, chính sách liên quan trực tiếp đến Nhân dân~",
			"lấy ý kiến Nhân dân đối với {T3.02} dự thảo văn bản, chính sách~"}},
		{"Có", []string{
			"{T3.04}/{T3.03} cơ quan, đơn vị thuộc diện đã ban hành, bổ sung quy chế dân chủ, đạt tỷ lệ {T3.05}",
			"{T3.06} hội nghị cán bộ, công chức, viên chức, người lao động được tổ chức~"}},
		{"Các địa phương đã", []string{
			"tổ chức {T3.07} cuộc họp dân, lấy ý kiến Nhân dân~",
			"vận động Nhân dân đóng góp {T3.08} triệu đồng~",
			"đóng góp {T3.09} ngày công~",
			"hiến {T3.10} m² đất~"}},
		{"Ban Thanh tra nhân dân, Ban Giám sát đầu tư của cộng đồng đã", []string{"thực hiện {T3.11} cuộc giám sát~"}},
	},
	4: {
		{"Toàn tỉnh đã", []string{
			"thực hiện {T4.01} lượt tiếp công dân~",
			"tiếp {T4.02} người~",
			"{T4.03} vụ việc~",
			"{T4.04} đoàn đông người~"}},
		{"Người đứng đầu", []string{"trực tiếp tiếp công dân {T4.06}/{T4.05} kỳ, đạt tỷ lệ {T4.07}"}},
		{"Các cơ quan, đơn vị, địa phương", []string{
			"tổ chức {T4.08} cuộc đối thoại trực tiếp với Nhân dân~",
			"có {T4.09} lượt người tham dự~",
			"tiếp nhận {T4.10} ý kiến, kiến nghị~",
			"đã trả lời, giải quyết {T4.11} ý kiến~, đạt tỷ lệ {T4.12}"}},
		{"Về đơn thư,", []string{
			"tiếp nhận {T4.13} đơn~",
			"đủ điều kiện xử lý {T4.14} đơn~",
			"gồm {T4.15} đơn khiếu nại, {T4.16} đơn tố cáo, {T4.17} đơn kiến nghị, phản ánh"}},
		{"Về khiếu nại, tố cáo thuộc thẩm quyền,", []string{
			"đã giải quyết {T4.19}/{T4.18} vụ việc, đạt tỷ lệ {T4.20}",
			"còn {T4.21} vụ việc phức tạp, kéo dài~"}},
		{"Công tác hòa giải ở cơ sở:", []string{"hòa giải thành {T4.23}/{T4.22} vụ việc, đạt tỷ lệ {T4.24}"}},
	},
	5: {
		{"Các cơ quan, đơn vị, địa phương", []string{
			"đang thực hiện {T5.01} chương trình, quy chế phối hợp với Mặt trận và các đoàn thể~",
			"tổ chức {T5.02} cuộc làm việc, họp định kỳ~"}},
		{"Mặt trận và các đoàn thể", []string{
			"thực hiện {T5.03} cuộc giám sát~",
			"tổ chức {T5.04} hội nghị phản biện xã hội~"}},
		{"Sau giám sát, phản biện,", []string{"đã tiếp thu, giải quyết {T5.06}/{T5.05} kiến nghị, đạt tỷ lệ {T5.07}"}},
		{"Công tác phối hợp vận động an sinh xã hội", []string{"đạt {T5.08} triệu đồng~"}},
	},
	6: {
		{"Cơ quan tư pháp, lực lượng vũ trang", []string{
			"duy trì {T6.01} chương trình phối hợp với Mặt trận và các đoàn thể~",
			"tổ chức {T6.02} đợt hoạt động dân vận~",
			"huy động {T6.03} lượt cán bộ, chiến sĩ tham gia~"}},
		{"Công tác tuyên truyền, phổ biến pháp luật được", []string{
			"tổ chức {T6.04} buổi~",
			"thu hút {T6.05} lượt người dự~"}},
		{"Hiện có", []string{"{T6.06} mô hình tự quản, bảo đảm an ninh trật tự còn hoạt động~"}},
	},
	7: {
		{"Có", []string{"{T7.01} đơn vị ban hành kế hoạch kiểm tra, tự kiểm tra"}},
		{"Trong kỳ đã", []string{
			"tiến hành {T7.02} cuộc kiểm tra, thanh tra công vụ~",
			"trong đó {T7.03} cuộc kiểm tra đột xuất~",
			"{T7.04} cuộc kiểm tra công tác dân vận, quy chế dân chủ đối với đơn vị trực thuộc~",
			"{T7.05} cuộc tự kiểm tra~"}},
		{"Qua kiểm tra", []string{
			"{T7.06} lượt cơ quan, đơn vị~",
			"phát hiện {T7.07} nội dung hạn chế, vi phạm~",
			"nhắc nhở, phê bình, xử lý {T7.11} trường hợp~"}},
		{"Sau kiểm tra,", []string{"đã thực hiện xong {T7.09}/{T7.08} kiến nghị, đạt tỷ lệ {T7.10}"}},
	},
	0: {
		{"Phong trào thi đua “Dân vận khéo” tiếp tục được triển khai:", []string{
			"đăng ký {T0.01} mô hình~",
			"đang duy trì {T0.02} mô hình~",
			"được công nhận {T0.05} mô hình cấp tỉnh, {T0.04} mô hình cấp huyện, {T0.03} mô hình cấp xã",
			"khen thưởng {T0.06} tập thể, cá nhân~"}},
	},
}

var spoken = regexp.MustCompile(`\{(T[0-9]+\.[0-9]+)\}`)

// sentences speaks of the figures: by the phrases of the task, then of those no
// phrase knows by their names.
func sentences(known []phrase, figures []Figure) []string {
	by := map[string]Figure{}
	for _, f := range figures {
		by[f.Code] = f
	}
	var out []string
	told := map[string]bool{}
	for _, p := range known {
		var said []string
		for _, clause := range p.clauses {
			if codes := codesOf(clause); speakable(codes, by) {
				said = append(said, compared(clause, by[codes[0]]))
			}
			for _, code := range codesOf(clause) {
				told[code] = true
			}
		}
		if len(said) > 0 {
			out = append(out, p.lead+" "+strings.Join(said, "; ")+".")
		}
	}
	var rest []string
	for _, f := range figures {
		if !told[f.Code] && f.Has {
			rest = append(rest, generic(f))
		}
	}
	if len(rest) > 0 {
		out = append(out, "Số liệu khác: "+strings.Join(rest, "; ")+".")
	}
	return out
}

func codesOf(clause string) []string {
	var codes []string
	for _, m := range spoken.FindAllStringSubmatch(clause, -1) {
		codes = append(codes, m[1])
	}
	return codes
}

func speakable(codes []string, by map[string]Figure) bool {
	for _, code := range codes {
		if !by[code].Has {
			return false
		}
	}
	return len(codes) > 0
}

func compared(clause string, f Figure) string {
	change := ""
	if f.Compared {
		change = " (" + ChangeToken(f.Code) + " so với cùng kỳ)"
	}
	return strings.Replace(clause, "~", change, 1)
}

func generic(f Figure) string {
	name := viet.LowerFirst(f.Name)
	if f.Flag || f.Unit == "" || f.Unit == "%" {
		return compared(name+" "+ValueToken(f.Code)+"~", f)
	}
	return compared(name+" "+ValueToken(f.Code)+" "+f.Unit+"~", f)
}
