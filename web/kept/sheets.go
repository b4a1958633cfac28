package kept

import (
	"strings"

	"danvan/internal/indicator"
	"danvan/internal/viet"
	"danvan/internal/workingcopy"
)

// fromFile reads what a page carried of an Excel file, see package sheetshow: the key
// of a figure or an activity, then the field.
func fromFile(schema workingcopy.Schema, name, text string) (l line, ok bool) {
	name, ok = strings.CutPrefix(name, "trong-tep.")
	key, field, whole := strings.Cut(name, "/")
	if !ok || !whole {
		return line{}, false
	}
	if field == "row" {
		return line{"Số liệu " + key, figure(text)}, true
	}
	known, place := fieldOf(schema, field)
	label := extra[field]
	if place > 0 && !known.Quiet {
		label, text = known.Label, known.Show(text, nil)
	}
	switch {
	case field == "value":
		label = "Số năm trước"
	case field == "source":
		label = "Nguồn số liệu"
	case label == "":
		return line{}, false
	}
	if strings.HasPrefix(key, "moi-") {
		key = "hoạt động mới"
	}
	return line{label + ", " + key, text}, true
}

// figure reads number, mark and estimate in one.
func figure(text string) string {
	own, rest, _ := strings.Cut(text, "|")
	mark, estimated, _ := strings.Cut(rest, "|")
	switch {
	case mark != "":
		return indicator.Mark(mark).Word()
	case estimated != "":
		return viet.FormatNumber(own) + ", trong đó ước " + viet.FormatNumber(estimated)
	case own == "":
		return "(để trống)"
	}
	return viet.FormatNumber(own)
}
