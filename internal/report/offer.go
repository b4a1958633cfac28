package report

import (
	"danvan/internal/indicator"
	"danvan/internal/viet"
)

// Codes of figures that follow from the unit's plan in force.
const (
	codePlanned    = "T1.01" // đã ban hành kế hoạch năm
	codeInspection = "T7.01" // đã ban hành kế hoạch kiểm tra, tự kiểm tra
)

// offer puts into every empty box what the portal knows already. Nothing of it is
// stored until somebody saves the page.
func (c *Content) offer(g ground) {
	for i, s := range c.Tasks {
		for j, r := range s.Rows {
			if !r.Asked || !r.Typed() || r.Figure.Answered() {
				continue
			}
			r.Offer = offerOf(r, s, g)
			c.Tasks[i].Rows[j], c.Rows[r.Code] = r, r
		}
	}
}

func offerOf(r Row, s Section, g ground) *Offer {
	if s.Status() == NotApplicable {
		return &Offer{Mark: indicator.NotApplicable, Source: "Nhiệm vụ được ghi là không thuộc phạm vi"}
	}
	if g.Plan != nil {
		switch {
		case r.Code == codePlanned:
			return &Offer{Value: "1", Mark: indicator.Number, Source: "Kế hoạch" + g.Plan.number() + " đã được tiếp nhận"}
		case r.Code == codeInspection && g.Plan.Inspection != "":
			return &Offer{Value: "1", Mark: indicator.Number, Source: "Hoạt động " + g.Plan.Inspection + " của kế hoạch năm"}
		}
	}
	for _, before := range []*Compared{r.Previous, r.LastYear} {
		if before == nil || !before.Figure.Answered() {
			continue
		}
		if r.Periods != indicator.LastOfPeriods && before.Figure.Mark != indicator.NotApplicable {
			return nil // sums are counted anew
		}
		return &Offer{Value: indicator.Text(before.Figure.Own), Mark: before.Figure.Mark, Source: before.words()}
	}
	return nil
}

// number is the paper's as sentences add it, "" where there is none.
func (p planInForce) number() string {
	if p.Number == 0 {
		return ""
	}
	return " số " + viet.FormatDocumentNumber(p.Number, p.Suffix, p.Symbol)
}

// words say where a figure comes from.
func (x Compared) words() string {
	switch {
	case len(x.Of) > 0:
		return Following(x.Of)
	case x.No > 0:
		return "Báo cáo " + x.Name + ", lần gửi " + viet.FormatInt(x.No)
	case x.Source != "":
		return "Cùng kỳ năm trước, " + x.Source
	}
	return "Cùng kỳ năm trước"
}
