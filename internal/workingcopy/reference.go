package workingcopy

import (
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode"

	"danvan/internal/fault"
	"danvan/internal/viet"
)

// ReferenceKey is the part that holds the document reference, in every kind of
// working copy.
const ReferenceKey = "doc"

// ReferenceKind describes that part.
var ReferenceKind = PartKind{Prefix: ReferenceKey, Label: "Văn bản", Fields: []Field{
	{Name: "number", Label: "Số", Max: 10},
	{Name: "symbol", Label: "Ký hiệu", Max: 40},
	{Name: "issued_on", Label: "Ngày ban hành", Shape: Day},
	{Name: "subject", Label: "Trích yếu", Shape: Prose, Max: 500},
	{Name: "signer", Label: "Người ký", Max: 100},
	{Name: "capacity", Label: "Quyền hạn, chức vụ của người ký", Shape: Prose, Max: 200},
}}

// Reference is số, ký hiệu, ngày, trích yếu, người ký, quyền hạn (NĐ 30/2020).
type Reference struct {
	Number   int       `json:"number"`
	Suffix   string    `json:"suffix"`
	Symbol   string    `json:"symbol"` // e.g. KH-STP
	IssuedOn viet.Date `json:"issued_on"`
	Subject  string    `json:"subject"`
	Signer   string    `json:"signer"`
	Capacity string    `json:"capacity"` // as on the paper, e.g. KT. GIÁM ĐỐC and below it PHÓ GIÁM ĐỐC
}

// Complete reports whether a document can go out under the reference.
func (r Reference) Complete() bool {
	return r.Number > 0 && r.Symbol != "" && !r.IssuedOn.IsZero() && r.Signer != "" && r.Capacity != "" && r.Subject != ""
}

// String is the number as written on the paper, e.g. 05/KH-STP.
func (r Reference) String() string { return viet.FormatDocumentNumber(r.Number, r.Suffix, r.Symbol) }

// ReferenceFrom reads the document reference; what is not yet filled in is zero.
func ReferenceFrom(c Content) Reference {
	number, suffix := splitNumber(c["number"])
	var on viet.Date
	_ = on.UnmarshalText([]byte(c["issued_on"])) // checked when saved; empty is no day
	return Reference{Number: number, Suffix: suffix, Symbol: c["symbol"], IssuedOn: on,
		Subject: c["subject"], Signer: c["signer"], Capacity: c["capacity"]}
}

// splitNumber parts "15a" into 15 and "a"; 0 says that it is no number.
func splitNumber(text string) (number int, suffix string) {
	digits := strings.TrimRightFunc(text, unicode.IsLetter)
	n, err := strconv.Atoi(digits)
	if err != nil || n < 0 {
		return 0, ""
	}
	return n, text[len(digits):]
}

// PaperDays are the first and the last day a paper of a year's campaign may be dated
// at a moment: a paper has its day when it is signed, so none is still to come, and one
// older than the year before is a slip of the pen.
func PaperDays(year int, now time.Time) [2]viet.Date {
	return [2]viet.Date{viet.NewDate(year-1, time.January, 1), viet.DateOf(now)}
}

// checkReference says what is wrong with a field of a document reference beyond its
// shape, or "".
func checkReference(name, value string, k Known) string {
	if value == "" {
		return ""
	}
	switch name {
	case "number":
		if n, _ := splitNumber(value); n == 0 {
			return "Số văn bản gồm chữ số, có thể kèm chữ cái, ví dụ 15 hoặc 15a"
		}
	case "issued_on":
		on := ReferenceFrom(Content{name: value}).IssuedOn
		switch first, today := k.Issued[0], k.Issued[1]; {
		case on.After(today):
			return fmt.Sprintf("Ngày ban hành %s chưa tới, hôm nay là %s; ghi ngày văn bản được ký, chưa ký thì để trống", on, today)
		case on.Before(first):
			return fmt.Sprintf("Ngày ban hành %s quá xa; văn bản này ban hành từ %s đến %s", on, first, today)
		}
	}
	return ""
}

// Missing adds to bad what a reference must have and values have not. symbol is an
// example of one.
func Missing(values Content, bad fault.Invalid, symbol string) fault.Invalid {
	for name, sentence := range map[string]string{
		"number":    "Ghi số văn bản",
		"symbol":    "Ghi ký hiệu, ví dụ " + symbol,
		"issued_on": "Ghi ngày ban hành",
		"subject":   "Ghi trích yếu",
		"signer":    "Ghi họ tên người ký",
		"capacity":  "Ghi quyền hạn, chức vụ của người ký",
	} {
		if values[name] == "" {
			bad.Add(name, sentence)
		}
	}
	return bad
}
