// Package paper composes the papers of the portal – a unit's plan and report, the
// reminder to late units, the consolidated report – out of what the features hold,
// for package word to set in the form of Nghị định 30/2020/NĐ-CP. It stores nothing.
package paper

import (
	"context"
	"encoding/hex"
	"fmt"
	"strconv"
	"strings"

	"danvan/internal/actor"
	"danvan/internal/database"
	"danvan/internal/document/word"
	"danvan/internal/submission"
	"danvan/internal/unit"
	"danvan/internal/viet"
)

// Setting is what a unit's papers of a year stand in. It is the same for the whole
// year: names are those of the roster.
type Setting struct {
	Year         int
	Directive    string // "Kế hoạch số 32/KH-UBND ngày 28/02/2022 của …"
	ID           actor.UnitID
	Slug         string
	Name         string // of the unit, in full
	Kind         unit.Kind
	Symbol       string // in document numbers
	Place        string // địa danh
	HeaderParent string // cơ quan chủ quản, "" for a committee
	To           string // to whom the unit reports, in full; the province where that is itself
}

// SettingOf returns the setting of a unit in the campaign of a year.
func SettingOf(ctx context.Context, db database.DB, year int, id actor.UnitID) (Setting, error) {
	s, err := database.One[Setting](ctx, db, `
		with c as (
		    select id, year, directive, lower(active) as first
		    from campaign
		    where year = @year
		)
		select c.year, c.directive, u.id, u.slug, v.name, v.kind, v.symbol, v.place, v.header_parent,
		       coalesce((select x.name
		                 from unit_version x
		                 left join roster o on o.campaign_id = c.id and o.unit_id = x.unit_id
		                 where x.unit_id = r.reports_to and x.unit_id <> u.id
		                 order by x.id = o.unit_version_id desc nulls last, x.valid @> c.first desc, lower(x.valid) desc
		                 limit 1),
		                (select x.name from unit_version x where x.kind = 'province' and x.valid @> c.first limit 1),
		                '') as to
		from c
		join unit u on u.id = @unit
		left join roster r on r.campaign_id = c.id and r.unit_id = u.id
		join lateral (
		    select x.*
		    from unit_version x
		    where x.unit_id = u.id
		    order by x.id = r.unit_version_id desc nulls last, x.valid @> c.first desc, lower(x.valid) desc
		    limit 1
		) v on true`,
		database.Args{"year": year, "unit": id})
	if err != nil {
		return s, fmt.Errorf("setting of unit %d in %d: %w", id, year, err)
	}
	return s, nil
}

// Filed is what surrounds the content of a plan or report.
type Filed struct {
	Setting Setting
	Case    submission.Case
	Version *submission.Version // nil: the working copy, marked as a draft
}

// FileName names the Word file without marks, which mail and older document systems
// still spoil: "bao-cao-nam-2022-cua-so-tu-phap-lan-gui-2.docx".
func (f Filed) FileName() string {
	stage := "dự thảo"
	if f.Version != nil {
		stage = "lần gửi " + strconv.Itoa(f.Version.No)
	}
	return fileName(f.Case.Kind.Named(f.Case.Year, f.Case.PeriodName)+" của "+f.Case.UnitShort, stage)
}

// longestName is in bytes, without the stage.
const longestName = 80

// fileName cuts long words, and keeps the stage of the paper.
func fileName(words, stage string) string {
	plain := func(words string) string {
		return strings.Join(strings.FieldsFunc(viet.Fold(words), func(r rune) bool { return (r < 'a' || r > 'z') && (r < '0' || r > '9') }), "-")
	}
	name := plain(words)
	if len(name) > longestName {
		name = name[:strings.LastIndexByte(name[:longestName], '-')]
	}
	return strings.Trim(name+"-"+plain(stage), "-") + ".docx"
}

// filed is the name of what was filed inside the file: "report/2022/nam".
func (f Filed) filed() string {
	return string(f.Case.Kind) + "/" + strconv.Itoa(f.Case.Year) + "/" + f.Case.Period
}

// origin says that something printed comes from the content itself.
func (f Filed) origin(place string) word.Origin {
	o := word.Origin{Place: place, Unit: f.Setting.Slug, Filed: f.filed()}
	if f.Version != nil {
		o.Version, o.SHA256 = f.Version.No, hex.EncodeToString(f.Version.SHA256[:])
	}
	return o
}

// missing stands where something has no value.
const missing = "…"

// committee is what the names of UBND begin with.
const committee = "Ủy ban nhân dân "

// isCommittee reports whether the unit is an Ủy ban nhân dân: it stands above its
// papers on two lines and signs as a body.
func (s Setting) isCommittee() bool { return strings.HasPrefix(s.Name, committee) }

// letterhead is what stands above a paper of the unit. kind is its name as a
// sentence has it ("Báo cáo"), letters what its symbol begins with ("BC").
func (s Setting) letterhead(kind, letters string, r submission.Reference) word.Letterhead {
	return s.head(word.Letterhead{Number: numberOf(r, s.symbol(letters)), Date: dateOf(r.IssuedOn, s.Year), Name: s.called(kind, letters, r)})
}

// head adds who issues and where.
func (s Setting) head(l word.Letterhead) word.Letterhead {
	l.Parent, l.Issuer, l.Place = s.HeaderParent, []string{s.Name}, s.Place
	if s.isCommittee() {
		l.Parent, l.Issuer = "", []string{strings.TrimSpace(committee), strings.TrimPrefix(s.Name, committee)}
	}
	return l
}

// symbol is what the unit's papers bear while no other was typed: "BC-STP".
func (s Setting) symbol(letters string) string {
	if letters == "" {
		return s.Symbol
	}
	return letters + "-" + s.Symbol
}

// called names the paper to its annexes.
func (s Setting) called(kind, letters string, r submission.Reference) string {
	number := missing + "/" + symbolOf(r, s.symbol(letters))
	if r.Number > 0 {
		number = numberOf(r, s.symbol(letters))
	}
	return kind + " số " + number + " " + dateOf(r.IssuedOn, s.Year) + " của " + s.Name
}

func symbolOf(r submission.Reference, usual string) string {
	if r.Symbol == "" {
		return usual
	}
	return r.Symbol
}

// numberOf is the number as written on the paper; without one there is room for it.
func numberOf(r submission.Reference, usual string) string {
	return viet.FormatDocumentNumber(r.Number, r.Suffix, symbolOf(r, usual))
}

// dateOf is the date of a paper, left open while there is none.
func dateOf(d viet.Date, year int) string {
	if d.IsZero() {
		return fmt.Sprintf("ngày %s tháng %[1]s năm %d", missing, year)
	}
	return d.Formal()
}

// signature is what stands under a paper of the unit; the last line of recipients is
// where it is kept.
func (s Setting) signature(r submission.Reference, recipients ...string) word.Signature {
	return word.Signature{Recipients: append(recipients, "Lưu: VT"), Capacity: s.capacity(r.Capacity), Signer: r.Signer}
}

// capacity parts quyền hạn, chức vụ into its lines: "KT. GIÁM ĐỐC, PHÓ GIÁM ĐỐC".
// Who signs for a committee signs on its behalf (Nghị định 30/2020/NĐ-CP, Phụ lục
// I, Phần I, Mục II, khoản 7).
func (s Setting) capacity(typed string) []string {
	var all []string
	for line := range strings.FieldsFuncSeq(typed, func(r rune) bool { return r == ',' || r == ';' || r == '\n' || r == '/' }) {
		if line = strings.TrimSpace(line); line != "" {
			all = append(all, line)
		}
	}
	if len(all) == 0 {
		all = []string{missing}
	}
	if s.isCommittee() && !signsFor(all[0]) {
		all = append([]string{"TM. " + strings.TrimSpace(committee)}, all...)
	}
	return all
}

// signsFor reports whether a line already says on whose behalf somebody signs.
func signsFor(line string) bool {
	for _, mark := range []string{"TM.", "TL.", "TUQ.", "Q."} {
		if strings.HasPrefix(strings.ToUpper(line), mark) {
			return true
		}
	}
	return false
}

// about is trích yếu without the name of the paper, which stands above it.
func about(kind, subject, otherwise string) string {
	if subject == "" {
		return otherwise
	}
	rest, found := strings.CutPrefix(viet.LowerFirst(subject), viet.LowerFirst(kind)+" ")
	if !found {
		return subject
	}
	return viet.UpperFirst(rest)
}

// prose writes a text somebody typed; a blank one shows that it is.
func prose(w *word.Writer, text string) {
	if strings.TrimSpace(text) == "" {
		text = missing
	}
	w.Paragraph(text)
}

// sentence ends words in a full stop, unless they end a sentence already.
func sentence(words string) string {
	words = strings.TrimSpace(words)
	if words == "" || strings.HasSuffix(words, missing) || strings.ContainsAny(words[len(words)-1:], ".!?:;") {
		return words
	}
	return words + "."
}
