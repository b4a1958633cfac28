package report

import (
	"danvan/internal/fault"
	"danvan/internal/indicator"
	"danvan/internal/submission"
)

// checkFigure parts what was typed into a row into what may be stored beside what
// is there (current), and what may not. A row makes sense as a whole: a number or
// a mark, and an estimate inside the number.
func checkFigure(i indicator.Indicator, values, current submission.Content) (good submission.Content, bad fault.Invalid) {
	kind, _ := Schema.Of("figure") // the schema is fixed
	good, bad = kind.Split(values, submission.Known{})
	for _, name := range []string{"own", "estimated"} {
		if problem := checkNumber(i, name, good[name]); problem != "" {
			bad.Add(name, problem)
			delete(good, name)
		}
	}
	row := current.With(good)
	own, estimated := indicator.ParseAmount(row["own"]), indicator.ParseAmount(row["estimated"])
	switch {
	case own != nil && row["mark"] != "":
		bad.Add("mark", "Đã ghi số thì không chọn “"+indicator.Mark(row["mark"]).Word()+"”; bỏ một trong hai")
	case estimated != nil && own == nil:
		bad.Add("estimated", "Ghi số liệu trước khi ghi phần ước")
	case estimated != nil && estimated.Cmp(own) > 0:
		bad.Add("estimated", "Phần ước nằm trong số liệu nên không thể lớn hơn")
	default:
		return good, bad
	}
	return submission.Content{}, bad
}

// checkNumber says what is wrong with a number of an indicator, or "".
func checkNumber(i indicator.Indicator, name, value string) string {
	r := indicator.ParseAmount(value)
	switch {
	case value == "":
		return ""
	case r == nil:
		return "Chỉ ghi số, ví dụ 1.234 hoặc 8,5"
	case i.Kind == indicator.Flag && name == "estimated":
		return "Chỉ tiêu có, không thì không có phần ước"
	case i.Kind == indicator.Flag && value != "0" && value != "1":
		return "Chọn có hoặc không"
	case i.Kind == indicator.Count && !r.IsInt():
		return "Số " + i.Unit + " là số nguyên; ghi không có phần thập phân"
	}
	return ""
}
