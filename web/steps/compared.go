package steps

import (
	"reflect"

	"danvan/internal/signed"
	"danvan/internal/submission"
	"danvan/internal/viet"
	"danvan/web/show/submissions"
	"danvan/web/ui"
)

// comparison is a signed paper beside its version.
type comparison struct {
	Base  string
	Paper submission.SignedPaper
	Anew  *signed.Comparison // compared again just now; nil: as it was kept
	Again string             // address that asks for it
}

// shown is what the page lists.
func (v comparison) shown() signed.Comparison {
	if v.Anew != nil {
		return *v.Anew
	}
	return v.Paper.Compared
}

// confirmed reports whether comparing anew gave what was kept.
func (v comparison) confirmed() bool {
	return v.Anew != nil && reflect.DeepEqual(*v.Anew, v.Paper.Compared)
}

// first reports whether the paper is compared for the first time.
func (v comparison) first() bool { return v.Paper.Compared.Outcome == signed.Uncompared }

// read reports whether the paper's text was read.
func (v comparison) read() bool {
	o := v.shown().Outcome
	return o == signed.Match || o == signed.Differ
}

// counted says how much was found: "41/42 đoạn nội dung".
func counted(found, all int, what string) string {
	if all == 0 {
		return ""
	}
	return viet.FormatInt(found) + "/" + viet.FormatInt(all) + " " + what
}

// about says what the outcome means for the reader.
func (v comparison) about() string {
	sending := submissions.Sending(v.Paper.VersionNo)
	switch v.shown().Outcome {
	case signed.Match:
		return "Mọi đoạn nội dung và số liệu của " + sending + " đều thấy trong bản ký."
	case signed.Differ:
		return "Những đoạn dưới đây của " + sending + " không thấy trong bản ký; kiểm tra lại bản ký có đúng là bản của lần gửi này không."
	case signed.Scan:
		return "Bản ký là ảnh quét hoặc dùng phông chữ không tra được; cổng không so được chữ. Người tiếp nhận đối chiếu bằng mắt."
	case signed.NoPDF:
		return "Cổng chỉ đọc chữ trong tệp PDF. Người tiếp nhận đối chiếu bằng mắt."
	case signed.Locked:
		return "Cổng không mở tệp có mật khẩu; nên đính kèm bản không đặt mật khẩu."
	case signed.Damaged:
		return "Không tìm thấy trang nào trong tệp; mở thử tệp và đính kèm lại nếu cần."
	case signed.TooLarge:
		return "Đọc tệp này tốn quá nhiều thời gian hoặc bộ nhớ; nên đính kèm bản gọn hơn."
	}
	return "Bản ký này được đính kèm trước khi cổng đối chiếu chữ."
}

// differences is how many passages were not found, those not listed too.
func (v comparison) differences() int {
	r := v.shown().Result
	return r.Texts - r.TextsFound + r.Figures - r.FiguresFound
}

func (v comparison) facts() []ui.Fact {
	facts := []ui.Fact{
		{Term: "Bản ký", Text: v.Paper.Name + ", đính kèm " + viet.Moment(v.Paper.At)},
		{Term: "SHA-256 của bản ký", Body: sha(v.Paper.SHA.String())},
		{Term: "SHA-256 của " + submissions.Sending(v.Paper.VersionNo), Body: sha(v.Paper.VersionSHA.String())},
	}
	if v.read() {
		r := v.shown().Result
		facts = append(facts, ui.Fact{Term: "Đã thấy trong bản ký", Text: ui.Joined("; ",
			counted(r.TextsFound, r.Texts, "đoạn nội dung"), counted(r.FiguresFound, r.Figures, "số liệu"))})
	}
	return facts
}
