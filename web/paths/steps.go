package paths

import (
	"net/url"
	"strconv"
)

// What lies below everything a unit files; base is the address of the plan or of
// the report. A page to confirm and its post have one address.
func Send(base string) string          { return base + "/trinh" }
func TakeBack(base string) string      { return base + "/rut-lai" }
func SendBack(base string) string      { return base + "/chuyen-lai" }
func SignOff(base string) string       { return base + "/duyet" }
func Submit(base string) string        { return base + "/gui" }
func Recall(base string) string        { return base + "/thu-hoi" }
func RequestReopen(base string) string { return base + "/de-nghi-mo-lai" }
func Amend(base string) string         { return base + "/sua-doi" }
func Discard(base string) string       { return base + "/bo-sua-doi" }

// Reference is the form of number, symbol, date and signer.
func Reference(base string) string { return base + "/van-ban" }

// Remark is the form in which the unit answers a remark.
func Remark(base string, id int64) string { return base + "/gop-y/" + strconv.FormatInt(id, 10) }

// Explain is the form in which the unit answers a question about what it sent.
func Explain(base string, id int64) string { return base + "/giai-trinh/" + strconv.FormatInt(id, 10) }

// Doubt takes the explanation of something odd.
func Doubt(base, code string) string { return base + "/giai-thich/" + url.PathEscape(code) }

// History lists former contents; part narrows it to one part, "" is all.
func History(base, part string) string {
	if part == "" {
		return base + "/lich-su"
	}
	return base + "/lich-su?muc=" + url.QueryEscape(part)
}

// Version is one frozen sending.
func Version(base string, no int) string { return base + "/lan-gui/" + strconv.Itoa(no) }

// Signed takes the signed paper of a version, SignedFile is one of those.
func Signed(base string, no int) string { return Version(base, no) + "/ban-ky" }
func SignedFile(base string, no int, id int64) string {
	return Signed(base, no) + "/" + strconv.FormatInt(id, 10)
}

// SignedComparison says what the text of a signed paper and its version came to.
func SignedComparison(base string, no int, id int64) string {
	return SignedFile(base, no, id) + "/doi-chieu"
}
