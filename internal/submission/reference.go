package submission

import (
	"strconv"
	"strings"

	"danvan/internal/fault"
	"danvan/internal/viet"
)

// ReferenceKey is the part that holds the document reference, in every kind.
const ReferenceKey = "doc"

// ReferenceKind describes that part.
var ReferenceKind = PartKind{Prefix: ReferenceKey, Label: "Văn bản", Fields: []Field{
	{Name: "number", Label: "Số", Max: 10},
	{Name: "symbol", Label: "Ký hiệu", Max: 40},
	{Name: "issued_on", Label: "Ngày ban hành", Shape: Day},
	{Name: "subject", Label: "Trích yếu", Shape: Prose, Max: 500},
	{Name: "signer", Label: "Người ký", Max: 100},
	{Name: "capacity", Label: "Quyền hạn, chức vụ của người ký", Max: 200},
}}

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
	digits := strings.TrimRightFunc(text, func(r rune) bool { return r < '0' || r > '9' })
	n, err := strconv.Atoi(digits)
	if err != nil || n < 0 {
		return 0, ""
	}
	return n, text[len(digits):]
}

func checkNumber(value string) string {
	if n, _ := splitNumber(value); value != "" && n == 0 {
		return "Số văn bản gồm chữ số, có thể kèm chữ cái, ví dụ 15 hoặc 15a"
	}
	return ""
}

// missing adds to bad what a reference must have and values have not. letters
// stand before the unit's own in the symbol.
func missing(values Content, bad fault.Invalid, letters string) fault.Invalid {
	for name, sentence := range map[string]string{
		"number":    "Ghi số văn bản",
		"symbol":    "Ghi ký hiệu, ví dụ " + letters + "-STP",
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
