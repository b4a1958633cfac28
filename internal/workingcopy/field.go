package workingcopy

import (
	"fmt"
	"math/big"
	"strings"
	"unicode/utf8"

	"danvan/internal/fault"
	"danvan/internal/viet"
)

// Known is what checking fields needs beside the schema. The zero Known suits
// parts without times and units.
type Known struct {
	Inside [2]viet.Date    // times lie between these days, both included
	Units  map[string]bool // slugs of units that exist
	Issued [2]viet.Date    // papers are dated between these days, both included; see [PaperDays]
}

// Split parts values into what may be stored and what may not, with a sentence
// for each of the latter. Missing fields are no mistake: they never block
// saving. What is no field of the form is in neither.
func (p PartKind) Split(values Content, k Known) (good Content, bad fault.Invalid) {
	good, bad = Content{}, fault.Invalid{}
	for name, value := range values {
		f, ok := p.Field(name)
		if !ok || f.Quiet {
			continue
		}
		problem := f.check(value, k)
		if problem == "" && p.Prefix == ReferenceKey {
			problem = checkReference(name, value, k)
		}
		if problem != "" {
			bad.Add(name, problem)
			continue
		}
		good[name] = value
	}
	return good, bad
}

func (f Field) check(value string, k Known) string {
	if value == "" {
		return ""
	}
	if n := utf8.RuneCountInString(value); n > f.Limit() {
		return fmt.Sprintf("%s dài %s ký tự; rút gọn còn tối đa %s", f.Label, viet.FormatInt(n), viet.FormatInt(f.Limit()))
	}
	switch f.Shape {
	case Time:
		return k.checkTime(value)
	case Choice:
		if _, ok := f.Options[value]; !ok {
			return "Chọn một mục trong danh sách"
		}
	case Units:
		for slug := range strings.SplitSeq(value, "\n") {
			if !k.Units[slug] {
				return "Chọn đơn vị trong danh sách"
			}
		}
	case Number:
		r, ok := new(big.Rat).SetString(value)
		if !ok {
			return "Chỉ ghi số, ví dụ 10"
		}
		if r.Sign() < 0 {
			return f.Label + " không thể là số âm"
		}
	case Day:
		var d viet.Date
		if err := d.UnmarshalText([]byte(value)); err != nil {
			return "Ghi ngày theo dạng ngày/tháng/năm, ví dụ 30/11/2022"
		}
	}
	return ""
}

func (k Known) checkTime(value string) string {
	span, err := ParseTime(value)
	if err != nil {
		return "Chọn thời gian thực hiện"
	}
	_, inside := span.Inside(k.Inside[0], k.Inside[1])
	if span.Kind == viet.SpanDay {
		inside = span.Start.Within(k.Inside[0], k.Inside[1]) && span.Due.Within(k.Inside[0], k.Inside[1])
	}
	if !inside {
		return fmt.Sprintf("Thời gian phải nằm trong khoảng %s đến %s", k.Inside[0], k.Inside[1])
	}
	return ""
}
