package partners

import (
	"strings"

	"danvan/internal/agenda"
	"danvan/internal/progress"
	"danvan/internal/viet"
)

// office is a unit with its activities that name one's own.
type office struct {
	Slug  string
	Name  string
	Cards []agenda.Card
}

// byOffice groups cards that come in the order of units.
func byOffice(cards []agenda.Card) []office {
	var out []office
	for _, c := range cards {
		if len(out) == 0 || out[len(out)-1].Slug != c.UnitSlug {
			out = append(out, office{Slug: c.UnitSlug, Name: c.UnitName})
		}
		last := &out[len(out)-1]
		last.Cards = append(last.Cards, c)
	}
	return out
}

// title says the finding: how many activities name whom.
func title(p agenda.Partnered) string {
	if len(p.Cards) == 0 {
		return "Chưa có hoạt động nào nêu " + names(p) + " là cơ quan phối hợp"
	}
	return activities(len(p.Cards)) + " nêu " + names(p) + " là cơ quan phối hợp"
}

// names are one's own units; who works for many reads "đơn vị bạn".
func names(p agenda.Partnered) string {
	if len(p.Units) != 1 {
		return "đơn vị bạn"
	}
	return p.Units[0].Name
}

func activities(n int) string { return viet.FormatInt(n) + " hoạt động" }

// summary counts what is to come and what is late.
func summary(p agenda.Partnered) string {
	var t progress.Tally
	for _, c := range p.Cards {
		t.Count(c.Status, c.StartOn, c.StartOn)
	}
	parts := []string{"Của " + viet.FormatInt(len(byOffice(p.Cards))) + " đơn vị"}
	for _, s := range []progress.Status{progress.Overdue, progress.DueSoon, progress.InProgress, progress.NotStarted} {
		if n := t.Of(s); n > 0 {
			parts = append(parts, viet.FormatInt(n)+" "+strings.ToLower(s.Word()))
		}
	}
	if n := t.Finished(); n > 0 {
		parts = append(parts, viet.FormatInt(n)+" hoàn thành")
	}
	return strings.Join(parts, ", ") + "."
}

// when is how far off the last day is, where something is still to be done.
func when(c agenda.Card, today viet.Date) string {
	if c.Done() {
		return ""
	}
	return c.DueOn.Remaining(today)
}

// late reports whether an activity is overdue.
func late(c agenda.Card) bool { return c.Status == progress.Overdue }

// lines are what is told of an activity below its title.
func lines(c agenda.Card) []string {
	out := []string{"Thời gian: " + c.Span().Label(), "Sản phẩm: " + c.Product}
	if c.Section != "" {
		out = append(out, "Chủ trì: "+c.Section)
	}
	if c.AsOf.IsZero() {
		return append(out, "Chưa ghi tiến độ")
	}
	return append(out, "Cập nhật lần cuối: "+c.AsOf.String())
}
