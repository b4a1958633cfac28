package consolidations

import (
	"strings"

	"danvan/internal/consolidation"
	"danvan/internal/consolidation/wording"
	"danvan/web/paths"
)

// offersOf is what the units wrote about a section in their versions in force, in
// roster order. content is the text of the section, which tells what was put in.
func offersOf(g consolidation.Ground, s section, content map[string]string) []offer {
	ratings := map[string]string{}
	for _, n := range g.NarrativesOf(s.No) {
		ratings[n.Unit] = n.Status.Word()
	}
	var list []offer
	at := map[string]int{}
	for _, t := range consolidation.Sources(g, s.Key) {
		i, known := at[t.Unit]
		if !known {
			i, at[t.Unit] = len(list), len(list)
			list = append(list, offer{Short: t.Short, Path: sendingPath(g, t.Unit, t.Version), Word: ratings[t.Unit],
				Version: "lần gửi " + itoa(t.Version), Mark: wording.Mark(wording.Source{Unit: t.Unit, Version: t.Version})})
		}
		o := &list[i]
		o.Texts = append(o.Texts, offered{Offered: t, Value: t.Unit + "/" + itoa(t.Version) + "/" + itoa(len(o.Texts)), Used: used(content[t.Field], t)})
	}
	return list
}

// beginning is how many letters of a paragraph tell it from others of its unit.
const beginning = 40

// used reports whether the text of a box holds a paragraph of that origin that
// begins like what is offered. Paragraphs may be mended afterwards.
func used(content string, t consolidation.Offered) bool {
	line, _, _ := strings.Cut(strings.TrimSpace(t.Text), "\n")
	begins := []rune(strings.NewReplacer("{", "(", "}", ")").Replace(line))
	return strings.Contains(content, wording.Mark(wording.Source{Unit: t.Unit, Version: t.Version})) &&
		strings.Contains(content, string(begins[:min(len(begins), beginning)]))
}

// offeredAs finds what a button named by its value, so that nobody puts in what no
// unit wrote.
func offeredAs(list []offer, value string) (offered, bool) {
	for _, o := range list {
		for _, t := range o.Texts {
			if t.Value == value {
				return t, true
			}
		}
	}
	return offered{}, false
}

// tokensOf are the values one may put into a section, its own figures first.
func tokensOf(all working, s section, breakdown func(code string) string) []token {
	g := all.Ground
	var list []token
	if s.Key == consolidation.OpeningKey {
		list = append(list, token{Name: "Cơ quan ban hành", Token: wording.IssuerToken, Value: g.Values(all.Body()).Issuer(), Path: paths.Reference(all.base())})
	}
	if s.No == 0 {
		for _, x := range []struct {
			word, name string
			n          int
		}{
			{wording.Expected, "Số đơn vị phải gửi báo cáo", g.Counts.Expected},
			{wording.Received, "Số đơn vị đã gửi", g.Counts.Received},
			{wording.OnTime, "Số đơn vị gửi đúng hạn", g.Counts.OnTime},
			{wording.Accepted, "Số đơn vị đã được tiếp nhận", g.Counts.Accepted},
		} {
			list = append(list, token{Name: x.name, Token: wording.CountToken(x.word), Value: itoa(x.n), Path: paths.Reports(g.Year, g.Period.Slug)})
		}
	}
	for _, l := range tokenLines(g, s) {
		list = append(list, token{Name: l.Code + " " + l.Name, Path: breakdown(l.Code), Token: wording.ValueToken(l.Code), Value: valueOf(l),
			ChangeToken: wording.ChangeToken(l.Code), Change: l.Same.Words})
	}
	return list
}

// tokenLines are the figures of a task; sections without one may speak of all.
func tokenLines(g consolidation.Ground, s section) []consolidation.Line {
	switch {
	case s.No > 0:
		return g.LinesOf(s.No)
	case s.Key == consolidation.ExemplarsKey:
		return g.LinesOf(0)
	case s.Key == consolidation.OpeningKey:
		return nil
	}
	return g.Lines
}
