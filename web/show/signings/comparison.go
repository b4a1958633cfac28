// Package signings shows what a signed paper and the frozen content it is the paper of
// came to.
package signings

import (
	"reflect"
	"time"

	"danvan/internal/evidence"
	"danvan/internal/signed"
	"danvan/internal/viet"
	"danvan/web/ui"
)

// Title heads the page of a [Comparison].
const Title = "Đối chiếu bản ký"

// AnewParam asks that a paper be compared again, for the page alone.
const AnewParam = "tinh-lai"

// Comparison is a signed paper beside what it is the paper of.
type Comparison struct {
	What   string // "lần gửi 2", "báo cáo số 224/BC-SNV": as a sentence calls it
	Name   string // of the file
	At     time.Time
	SHA    evidence.SHA
	Frozen evidence.SHA // of what it is compared with
	Kept   signed.Comparison
	Anew   *signed.Comparison // compared again just now; nil: as it was kept
	Again  string             // address that asks for it
	File   string             // address of the paper itself
	Back   string             // address of what it is the paper of
}

// shown is what the page lists.
func (v Comparison) shown() signed.Comparison {
	if v.Anew != nil {
		return *v.Anew
	}
	return v.Kept
}

// confirmed reports whether comparing anew gave what was kept.
func (v Comparison) confirmed() bool { return v.Anew != nil && reflect.DeepEqual(*v.Anew, v.Kept) }

// first reports whether the paper is compared for the first time.
func (v Comparison) first() bool { return v.Kept.Outcome == signed.Uncompared }

// read reports whether the paper's text was read.
func (v Comparison) read() bool {
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
func (v Comparison) about() string {
	switch v.shown().Outcome {
	case signed.Match:
		return "Mọi đoạn nội dung và số liệu của " + v.What + " đều thấy trong bản ký."
	case signed.Differ:
		return "Những đoạn dưới đây của " + v.What + " không thấy trong bản ký; kiểm tra lại bản ký có đúng là bản của " + v.What + " không."
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
func (v Comparison) differences() int {
	r := v.shown().Result
	return r.Texts - r.TextsFound + r.Figures - r.FiguresFound
}

func (v Comparison) facts() []ui.Fact {
	facts := []ui.Fact{
		{Term: "Bản ký", Text: v.Name + ", đính kèm " + viet.Moment(v.At)},
		{Term: "SHA-256 của bản ký", Body: sha(v.SHA.String())},
		{Term: "SHA-256 của " + v.What, Body: sha(v.Frozen.String())},
	}
	if v.read() {
		r := v.shown().Result
		facts = append(facts, ui.Fact{Term: "Đã thấy trong bản ký", Text: ui.Joined("; ",
			counted(r.TextsFound, r.Texts, "đoạn nội dung"), counted(r.FiguresFound, r.Figures, "số liệu"))})
	}
	return facts
}

// quiet are the quiet looks; a paper that reads otherwise is not quiet.
var quiet = map[signed.Outcome]ui.Kind{
	signed.Match: ui.Done, signed.Scan: ui.None, signed.NoPDF: ui.None, signed.Locked: ui.None,
	signed.Damaged: ui.None, signed.TooLarge: ui.None, signed.Uncompared: ui.Idle,
}
