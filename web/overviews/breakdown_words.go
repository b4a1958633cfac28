package overviews

import (
	"math/big"
	"slices"
	"strings"

	"danvan/internal/indicator"
	"danvan/internal/overview"
	"danvan/internal/viet"
	"danvan/web/paths"
	"danvan/web/ui"
)

// breakdownOrders are the columns one can sort by; what has no number comes last
// either way.
var breakdownOrders = map[string]func(unitPart) *big.Rat{
	"gia-tri":  func(r unitPart) *big.Rat { return r.UnitFigure.Value },
	"ky-truoc": func(r unitPart) *big.Rat { return r.UnitFigure.Before },
	"cung-ky":  func(r unitPart) *big.Rat { return r.UnitFigure.LastYear },
	"chenh-lech": func(r unitPart) *big.Rat {
		by, ok := r.UnitFigure.Change()
		if !ok {
			return nil
		}
		return by
	},
}

// sort orders the units by a column, in roster order unless one was chosen.
func (v *breakdown) sort(by string) {
	key, down := strings.CutPrefix(by, "-")
	if key == "don-vi" && down {
		slices.Reverse(v.Rows)
	}
	number := breakdownOrders[key]
	if number == nil {
		return
	}
	slices.SortStableFunc(v.Rows, func(a, b unitPart) int {
		x, y := number(a), number(b)
		switch {
		case x == nil && y == nil:
			return 0
		case x == nil:
			return 1
		case y == nil:
			return -1
		case down:
			return y.Cmp(x)
		}
		return x.Cmp(y)
	})
}

func (v breakdown) order() ui.Sort {
	return ui.Sort{URL: v.URL, By: v.URL.Query().Get(paths.SortParam)}
}

// title is what the total comes to.
func (v breakdown) title() string {
	if !v.All || v.Line.Sum.Value == nil {
		return v.Line.Name
	}
	text := v.Line.Name + ": " + sumText(v.Line.Indicator, v.Line.Sum.Value)
	if v.Ratio {
		return text
	}
	if v.Line.Units == indicator.CountTrue {
		return text + " đơn vị"
	}
	return viet.WithUnit(text, v.Line.Unit)
}

// rule says how the total is made.
func (v breakdown) rule() string {
	switch v.Line.Units {
	case indicator.SumOfUnits:
		return "Cộng số liệu của các đơn vị; mỗi đơn vị gồm cả phần của đơn vị trực thuộc."
	case indicator.CountTrue:
		return "Đếm số đơn vị trả lời “có”, gồm cả đơn vị trực thuộc."
	case indicator.MeanOfUnits:
		return "Trung bình cộng của các đơn vị có số liệu."
	case indicator.RatioOfUnits:
		return "Tính lại từ tử số " + v.Line.Numerator + " và mẫu số " + v.Line.Denominator + ", chỉ của đơn vị có đủ cả hai số."
	}
	return "Không cộng giữa các đơn vị."
}

// from is "từ 3/6 đơn vị, trong đó ước 3".
func (v breakdown) from() string {
	text := "Từ " + fromOf(v.Line.Sum)
	if v.Line.Estimated != nil && v.All {
		text += ", trong đó ước " + sumText(v.Line.Indicator, v.Line.Estimated)
	}
	return text + "."
}

// since is how the total compares with that of a year before.
func (v breakdown) since() string {
	c := v.Line.LastYear
	if !v.All || v.Line.Units == indicator.NoneOfUnits {
		return ""
	}
	if c.Value == nil {
		return "Chưa có số liệu cùng kỳ."
	}
	d := sumChange(v.Line.Indicator, c.Now, c.Value)
	return "Cùng kỳ " + sumText(v.Line.Indicator, c.Value) + ", " + tendency(d) + " (" + unitsText(c.Units) + " có số liệu cả hai năm)."
}

// tendency is "tăng 12,4%", "giảm 3,0%", "không thay đổi".
func tendency(c change) string {
	by, rate := strings.TrimLeft(c.By, "+−"), strings.TrimLeft(c.Rate, "+−")
	switch {
	case c.By == "0":
		return "không thay đổi"
	case rate == viet.NoRatio:
		rate = by
	case rate == "điểm %":
		rate = by + " " + rate
	}
	if strings.HasPrefix(c.By, "−") {
		return "giảm " + rate
	}
	return "tăng " + rate
}

// added is what came since the previous period.
func (v breakdown) added() string {
	if v.Line.Added == nil || !v.All {
		return ""
	}
	return "Thêm " + sumText(v.Line.Indicator, v.Line.Added) + " kể từ kỳ " + viet.LowerFirst(v.Previous.Name) + "."
}

func (v breakdown) page() ui.Page {
	back := v.links.page() + "#" + taskID(v.Line.Task)
	crumbs := periodCrumbs(v.Reports, v.links, "Số liệu "+v.Line.Code)
	crumbs[1].Path = back
	return ui.Page{Title: v.Verdict.marked(v.title()), PrintNote: viet.UpperFirst(reportOf(v.Period.Name)) + ", số liệu " + v.Line.Code,
		Head: ui.Head{Title: v.title(), Crumbs: crumbs, Meta: breakdownMeta(v), Actions: fileActions(v.Files)}}
}

// place says of whom the page tells.
func (v breakdown) place() string {
	if !v.All {
		return "của đơn vị"
	}
	return wholeOf(v.Scope)
}

// mean is what a total comes to for each unit, unless that would tell of one.
func (v breakdown) mean() string {
	if hides(v.Scope, v.Line.Sum.Numbers) {
		return hidden
	}
	return v.Mean
}

func (v breakdown) footWord() string {
	switch v.Line.Units {
	case indicator.MeanOfUnits:
		return "Trung bình"
	case indicator.RatioOfUnits:
		return "Tỷ lệ chung"
	case indicator.NoneOfUnits:
		return "Số chung"
	case indicator.CountTrue:
		return "Số đơn vị trả lời “có”"
	}
	return "Cộng"
}

// missing are the units without a report in force, by where it stands.
func (v breakdown) missing() []owing {
	var groups []owing
	for _, s := range overview.PlanStates {
		g := owing{State: looks[s], Word: s.Word()}
		for _, r := range v.Missing {
			if r.State == s {
				g.Units = append(g.Units, ui.Link{Label: unitName(r.Name), Path: v.links.report(r.Unit)})
			}
		}
		if len(g.Units) > 0 {
			groups = append(groups, g)
		}
	}
	return groups
}

func (v breakdown) missingTitle() string {
	if len(v.Missing) == 0 {
		return "Mọi đơn vị được hỏi đều có báo cáo có hiệu lực"
	}
	return unitsText(len(v.Missing)) + " chưa có báo cáo có hiệu lực"
}
