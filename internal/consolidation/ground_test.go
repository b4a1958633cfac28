package consolidation_test

import (
	"context"
	"encoding/json"
	"errors"
	"math/big"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"danvan/internal/actor"
	"danvan/internal/consolidation"
	"danvan/internal/drilltest"
	"danvan/internal/fault"
	"danvan/internal/indicator"
	"danvan/internal/overview"
)

func (w *world) ground(t testing.TB, ref consolidation.Ref, who string) consolidation.Ground {
	t.Helper()
	g, err := w.svc.Ground(t.Context(), w.people[who], year, ref)
	must(t, err)
	return g
}

func (w *world) prior(t testing.TB, unit actor.UnitID, code, value string) {
	t.Helper()
	w.exec(t, `
		insert into prior_figure (unit_id, indicator_id, year, period, value, source, by_person, by_name, at)
		select $1, id, 2021, 'nam', $3::text::numeric, 'Báo cáo năm 2021', 1, 'Phạm Văn Tổng', $4
		from indicator where code = $2
		on conflict (unit_id, indicator_id, year, period) do update set value = excluded.value`, unit, code, value, year)
}

func line(t testing.TB, g consolidation.Ground, code string) consolidation.Line {
	t.Helper()
	l, ok := g.Line(code)
	if !ok {
		t.Fatalf("no line %s", code)
	}
	return l
}

func TestTheGroundSaysWhatWasReportedByHandCount(t *testing.T) {
	t.Parallel()
	w := seed(t)
	w.prior(t, snv, "T4.01", "8")
	w.prior(t, stp, "T4.01", "12")
	w.everybody(t)
	g := w.ground(t, ofProvince, "tong")
	l := line(t, g, "T4.01")
	// 4 and 30, and of the district 10 of its own with 7 and 5 of its communes.
	if l.Value != "56" || l.Text != "56" || l.Numbers != 3 || l.Of != 3 {
		t.Errorf("T4.01 is %+v", l)
	}
	// Like with like: 4 and 30 against 8 and 12.
	if l.Same.Then != "20" || l.Same.Now != "34" || l.Same.Words != "tăng 70,0%" || l.Same.Units != 2 {
		t.Errorf("beside last year it is %+v", l.Same)
	}
	cell, _ := l.Cell("h-vi-thuy")
	if cell.Own != "10" || cell.Below != "12" || cell.Value != "22" || cell.Version != 1 {
		t.Errorf("the district's part is %+v", cell)
	}
	share := line(t, g, "T2.07") // (45 + 80) ÷ (50 + 100)
	if share.Text != "83,3%" || share.Numbers != 2 {
		t.Errorf("T2.07 is %+v", share)
	}
	if line(t, g, "T4.02").Text != "" || line(t, g, "T4.02").Same.Words != "chưa có số liệu cùng kỳ" {
		t.Errorf("what nobody counted is %+v", line(t, g, "T4.02"))
	}
	if want := (consolidation.Counts{Expected: 3, Received: 3, OnTime: 3, Accepted: 3, AcceptedOnTime: 3}); g.Counts != want {
		t.Errorf("counts %+v", g.Counts)
	}
	if len(g.Missing) != 0 || len(g.Versions) != 3 || len(g.Tasks) != 7 {
		t.Errorf("missing %v, versions %v, %d tasks", g.Missing, g.Versions, len(g.Tasks))
	}
	if said := g.NarrativesOf(4); len(said) != 3 || said[1].Unit != "stp" || said[1].Result != "stp làm xong nhiệm vụ 4" || said[1].Version != 1 {
		t.Errorf("narratives %+v", said)
	}
	offered := consolidation.Sources(g, "task/4")
	if len(offered) != 6 || offered[0].Insert != "- Sở Nội vụ: snv làm xong nhiệm vụ 4 {nguồn snv lần 1}" {
		t.Errorf("offered %+v", offered)
	}
}

func TestTheGroundIsTheOverviewOfTheProvinceAndItsCellsAddUp(t *testing.T) {
	t.Parallel()
	w := seed(t)
	w.everybody(t)
	g := w.ground(t, ofProvince, "tong")
	b, err := overview.Figures(t.Context(), w.db, w.people["tong"], year, 2022, "nam", "snv")
	must(t, err)
	if len(b.Lines) != len(g.Lines) || len(g.Lines) < 20 {
		t.Fatalf("%d lines, the overview has %d", len(g.Lines), len(b.Lines))
	}
	summed := 0
	for i, l := range g.Lines {
		o := b.Lines[i]
		if l.Code != o.Code || l.Value != indicator.Text(o.Sum.Value) || l.Numbers != o.Sum.Numbers || l.Of != o.Sum.Of() {
			t.Errorf("%s: %s from %d/%d, the overview has %s from %d/%d", l.Code, l.Value, l.Numbers, l.Of, indicator.Text(o.Sum.Value), o.Sum.Numbers, o.Sum.Of())
		}
		if l.Across != indicator.SumOfUnits {
			continue
		}
		var sum *big.Rat
		numbers := 0
		for _, c := range l.Cells {
			if n := indicator.ParseAmount(c.Value); n != nil {
				numbers++
				if sum == nil {
					sum = new(big.Rat)
				}
				sum.Add(sum, n)
			}
		}
		if indicator.Text(sum) != l.Value || numbers != l.Numbers {
			t.Errorf("%s: cells come to %s from %d, the line is %s from %d", l.Code, indicator.Text(sum), numbers, l.Value, l.Numbers)
		}
		if sum != nil {
			summed++
		}
	}
	if summed < 3 {
		t.Errorf("only %d lines had a number to add up", summed)
	}
}

func TestTheGroundIsTheSameForEverybodyWhoSeesIt(t *testing.T) {
	t.Parallel()
	w := seed(t)
	w.everybody(t)
	want, err := json.Marshal(w.ground(t, ofProvince, "tong"))
	must(t, err)
	for _, who := range []string{"hop", "nhi", "hoa"} {
		got, err := json.Marshal(w.ground(t, ofProvince, who))
		must(t, err)
		if string(got) != string(want) {
			t.Errorf("%s reads another ground", who)
		}
	}
}

func TestADistrictConsolidatesTheSameWayAndTheProvinceNeitherLosesNorDoubles(t *testing.T) {
	t.Parallel()
	w := seed(t)
	w.everybody(t)
	before := line(t, w.ground(t, ofProvince, "tong"), "T4.01")
	g := w.ground(t, ofDistrict, "hai")
	if l := line(t, g, "T4.01"); l.Value != "12" || l.Numbers != 2 || len(l.Cells) != 2 {
		t.Errorf("the communes come to %+v", l)
	}
	if g.Superior.Name != "Sở Nội vụ" || g.Unit.Name != "Ủy ban nhân dân huyện Vị Thủy" || g.Unit.Lead {
		t.Errorf("the district writes as %+v to %+v", g.Unit, g.Superior)
	}
	hai := w.people["hai"]
	w.finalised(t, ofDistrict, "hai")
	must(t, w.svc.SignOff(t.Context(), w.people["huyen"], year, w.once(), ofDistrict, w.load(t, ofDistrict, "hai").Frozen.SHA256))
	f := w.issuanceOf(t, ofDistrict, "hai", "88", "BC-UBND")
	f.Reference[consolidation.BodyField] = string(consolidation.Province)
	invalid(t, "the province issues for a district", w.svc.Issue(t.Context(), hai, year, w.once(), ofDistrict, f), consolidation.BodyField)
	must(t, w.svc.Issue(t.Context(), hai, year, w.once(), ofDistrict, w.issuanceOf(t, ofDistrict, "hai", "88", "BC-UBND")))
	p, err := w.svc.Preview(t.Context(), hai, year, ofDistrict)
	must(t, err)
	if p.Printed.To != "Sở Nội vụ" || slices.Contains(p.Printed.Recipients, "Ban Dân vận Tỉnh ủy;") {
		t.Errorf("printed to %q with %v", p.Printed.To, p.Printed.Recipients)
	}
	if after := line(t, w.ground(t, ofProvince, "tong"), "T4.01"); after.Value != before.Value || after.Value != "56" {
		t.Errorf("the province had %s and has %s", before.Value, after.Value)
	}
}

func TestWhatChangedBelowIsSaidAndAskedAbout(t *testing.T) {
	t.Parallel()
	w := seed(t)
	w.accepted(t, "nhi", "hoa", "snv", map[string]string{"T4.01": "4"})
	w.accepted(t, "hung", "hoa", "stp", map[string]string{"T4.01": "30"})
	tong := w.people["tong"]
	must(t, w.svc.Begin(t.Context(), tong, year, w.once(), ofProvince))
	must(t, w.svc.Proceed(t.Context(), tong, year, w.once(), ofProvince, "Huyện đang sắp xếp lại bộ máy"))
	w.signed(t)
	told := func(who string) string {
		t.Helper()
		changes, err := w.svc.Changed(t.Context(), w.people[who], year, ofProvince)
		must(t, err)
		var words []string
		for _, c := range changes {
			if c.Kind != consolidation.Recounted {
				words = append(words, c.Words())
			}
		}
		return strings.Join(words, "; ")
	}
	if got := told("tong"); got != "" {
		t.Errorf("nothing happened, but: %s", got)
	}
	// Accepted anew.
	w.accepted(t, "huyen", "hoa", "h-vi-thuy", map[string]string{"T4.01": "10"})
	if got, want := told("tong"), "UBND huyện Vị Thủy: mới tiếp nhận lần gửi 1"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	// Opened again and accepted again.
	must(t, w.reviews.Reopen(t.Context(), w.people["hoa"], year, w.once(), of("stp"), "Làm rõ số liệu tiếp công dân"))
	if got := told("tong"); strings.Contains(got, "Tư pháp") {
		t.Errorf("opening again changes nothing yet, but: %s", got)
	}
	w.accepted(t, "hung", "hoa", "stp", map[string]string{"T4.01": "31"})
	// Withdrawn.
	must(t, w.reviews.Withdraw(t.Context(), tong, year, w.once(), of("snv"), "Số liệu tiếp công dân sai đơn vị tính"))
	want := "Sở Nội vụ: lần gửi 1 đã rút hiệu lực; Sở Tư pháp: lần gửi 2 thay lần gửi 1; UBND huyện Vị Thủy: mới tiếp nhận lần gửi 1"
	if got := told("nhi"); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	changes, err := w.svc.Changed(t.Context(), tong, year, ofProvince)
	must(t, err)
	if !slices.ContainsFunc(changes, func(c consolidation.Change) bool {
		return c.Kind == consolidation.Recounted && c.Code == "T4.01" && c.IsText == "41" && c.WasText == "34"
	}) {
		t.Errorf("T4.01 is not among %+v", changes)
	}
	f := w.issuance(t, "215")
	said := invalid(t, "issuing what changed", w.svc.Issue(t.Context(), tong, year, w.once(), ofProvince, f), consolidation.AsFrozenField)
	if !strings.Contains(said, "Sở Tư pháp: lần gửi 2 thay lần gửi 1") {
		t.Errorf("the question is %q", said)
	}
	f.AsFrozen = true
	must(t, w.svc.Issue(t.Context(), tong, year, w.once(), ofProvince, f))
	if c := w.load(t, ofProvince, "tong"); !c.Issue.AsFrozen {
		t.Error("that it was issued as frozen is forgotten")
	}
	r, err := w.svc.IssueByNo(t.Context(), tong, year, ofProvince, 1)
	must(t, err)
	if l := line(t, r.Frozen.Ground, "T4.01"); l.Value != "34" {
		t.Errorf("issued is %s, frozen was 34", l.Value)
	}
	// After the issue it goes on being said, to leadership too.
	if got := told("chu-tich"); got != want {
		t.Errorf("leadership is told %s, want %s", got, want)
	}
	// A comparison typed in later is a change as well.
	w.prior(t, stp, "T4.01", "10")
	changes, err = w.svc.Changed(t.Context(), tong, year, ofProvince)
	must(t, err)
	if !slices.ContainsFunc(changes, func(c consolidation.Change) bool {
		return c.Code == "T4.01" && strings.Contains(c.IsText, "tăng 210,0%")
	}) {
		t.Errorf("last year's figure is not among %+v", changes)
	}
}

func TestAParagraphTakenFromAReplacedSendingIsMarked(t *testing.T) {
	t.Parallel()
	w := seed(t)
	w.everybody(t)
	tong := w.people["tong"]
	must(t, w.svc.Begin(t.Context(), tong, year, w.once(), ofProvince))
	must(t, w.reviews.Reopen(t.Context(), w.people["hoa"], year, w.once(), of("stp"), "Làm rõ số liệu tiếp công dân"))
	w.accepted(t, "hung", "hoa", "stp", map[string]string{"T4.01": "31"})
	origins := func() (counted, replaced int) {
		p, err := w.svc.Preview(t.Context(), tong, year, ofProvince)
		must(t, err)
		for _, paragraph := range p.Printed.Sections[0].Sections[3].Paragraphs {
			for _, o := range paragraph.From {
				if o.Counted {
					counted++
				} else if replaced++; o.Short != "Sở Tư pháp" || o.Version != 1 {
					t.Errorf("marked is %+v", o)
				}
			}
		}
		return counted, replaced
	}
	if counted, replaced := origins(); counted == 0 || replaced == 0 {
		t.Errorf("%d paragraphs are of what is counted, %d of what was replaced", counted, replaced)
	}
	work := w.working(t, ofProvince, "tong")
	must(t, w.svc.Rebuild(t.Context(), tong, year, w.once(), ofProvince, "task/4", work.Parts["task/4"].Revision))
	if _, replaced := origins(); replaced != 0 {
		t.Errorf("%d paragraphs are still of what was replaced", replaced)
	}
	_, former, err := w.svc.Former(t.Context(), tong, year, ofProvince, "task/4")
	must(t, err)
	if len(former) != 1 || former[0].Content["text"] != work.Parts["task/4"].Content["text"] {
		t.Errorf("the former text is not in the history: %+v", former)
	}
}

// tracer keeps what was asked of the database.
type tracer struct{ sent []string }

func (x *tracer) TraceQueryStart(ctx context.Context, _ *pgx.Conn, q pgx.TraceQueryStartData) context.Context {
	x.sent = append(x.sent, strings.Join(strings.Fields(q.SQL), " "))
	return ctx
}

func (*tracer) TraceQueryEnd(context.Context, *pgx.Conn, pgx.TraceQueryEndData) {}

func TestTheGroundIsReadInAsManyStatementsForManyUnitsAsForFew(t *testing.T) {
	t.Parallel()
	w := seed(t)
	w.everybody(t)
	must(t, w.svc.Begin(t.Context(), w.people["tong"], year, w.once(), ofProvince))
	cfg, err := pgxpool.ParseConfig(w.db.Config().ConnString())
	must(t, err)
	x := &tracer{}
	cfg.ConnConfig.Tracer, cfg.MaxConns = x, 1
	db, err := pgxpool.NewWithConfig(t.Context(), cfg)
	must(t, err)
	defer db.Close()
	svc := consolidation.NewService(db, w.files, wordFile)
	count := func(read func() error) int {
		t.Helper()
		must(t, read()) // connects, prepares
		x.sent = nil
		must(t, read())
		return len(x.sent)
	}
	reads := map[string]func() error{
		"ground":  func() error { return second(svc.Ground(t.Context(), w.people["tong"], year, ofProvince)) },
		"working": func() error { return second(svc.Working(t.Context(), w.people["tong"], year, ofProvince)) },
		"list":    func() error { return second(svc.List(t.Context(), w.people["tong"], year, 2022, "nam")) },
		"page":    func() error { return second(svc.Page(t.Context(), w.people["tong"], year, ofProvince)) },
	}
	few := map[string]int{}
	for name, read := range reads {
		few[name] = count(read)
	}
	if few["ground"] > 8 || few["working"] > 8 {
		t.Errorf("statements: %v", few)
	}
	w.exec(t, `
		with u as (insert into unit (id, slug) overriding system value select n, 'so-' || n from generate_series(100, 160) n returning id, slug),
		     v as (insert into unit_version (id, unit_id, valid, code, name, short, symbol, place, kind) overriding system value
		           select id, id, '[2020-01-01,)', slug, 'Sở số ' || slug, slug, slug, 'Hậu Giang', 'department' from u returning id, unit_id)
		insert into roster (campaign_id, unit_id, unit_version_id, reports_to, position, valid)
		select 1, unit_id, id, 1, unit_id, '[2022-01-01,)' from v`)
	if g := w.ground(t, ofProvince, "tong"); g.Counts.Expected != 64 || len(g.Missing) != 61 {
		t.Fatalf("expected are %d, missing %d", g.Counts.Expected, len(g.Missing))
	}
	for name, read := range reads {
		if many := count(read); many != few[name] {
			t.Errorf("%s: %d statements for 3 units, %d for 64", name, few[name], many)
		}
	}
	t.Logf("statements: %v", few)
}

func TestTheAnnexSaysOfHowManyUnitsAChangeIs(t *testing.T) {
	t.Parallel()
	w := seed(t)
	w.prior(t, snv, "T4.01", "8")
	w.prior(t, stp, "T4.01", "12")
	w.prior(t, district, "T2.04", "1")
	w.everybody(t)
	must(t, w.svc.Begin(t.Context(), w.people["tong"], year, w.once(), ofProvince))
	p, err := w.svc.Preview(t.Context(), w.people["tong"], year, ofProvince)
	must(t, err)
	row := func(code string) string {
		for _, r := range p.Printed.Annexes[0].Rows {
			if len(r.Cells) > 4 && r.Cells[4].Code == code {
				return strings.Join([]string{r.Cells[3].Text, r.Cells[4].Text, r.Cells[5].Text, r.Cells[6].Text}, " | ")
			}
		}
		return ""
	}
	// 56 is of three units, 20 of two.
	if got, want := row("T4.01"), "20 | 56 | Tăng 70,0% (2/3 đơn vị có số cùng kỳ) | 3/3"; got != want {
		t.Errorf("T4.01 reads %s, want %s", got, want)
	}
	if got, want := row("T2.04"), "– | 150 | – | 2/3"; got != want {
		t.Errorf("T2.04 reads %s, want %s", got, want)
	}
	if last := p.Printed.Annexes[len(p.Printed.Annexes)-1]; last.Kind != consolidation.StatusAnnex || len(last.Rows) != 3 || last.Rows[0].Cells[3].Text != "Đúng hạn" {
		t.Errorf("the last annex is %+v", last)
	}
}

func TestTheAnnexSaysWithWhoseFiguresASuccessorIsCompared(t *testing.T) {
	t.Parallel()
	w := seed(t)
	w.exec(t, `
		insert into unit (id, slug) overriding system value values (900, 'so-cu');
		insert into unit_version (id, unit_id, valid, code, name, short, symbol, place, kind) overriding system value
		    values (900, 900, '[2020-01-01,2022-08-01)', 'CU', 'Sở Cũ', 'Sở Cũ', 'SC', 'Hậu Giang', 'department');`)
	w.exec(t, `insert into unit_lineage (from_unit, to_unit, kind, on_date, basis) values (900, $1, 'merge', '2022-08-01', 'Nghị quyết số 01')`, stp)
	w.prior(t, snv, "T4.01", "8")
	w.prior(t, 900, "T4.01", "12")
	w.everybody(t)
	must(t, w.svc.Begin(t.Context(), w.people["tong"], year, w.once(), ofProvince))
	p, err := w.svc.Preview(t.Context(), w.people["tong"], year, ofProvince)
	must(t, err)
	g := w.ground(t, ofProvince, "tong")
	if l := line(t, g, "T4.01"); l.Same.Then != "20" || l.Same.Units != 2 {
		t.Errorf("T4.01 is compared with %+v", l.Same)
	}
	want := []string{"Số so sánh của Sở Tư pháp: số liệu của Sở Cũ (trước khi sắp xếp đơn vị)."}
	if got := p.Printed.Annexes[0].Notes; !slices.Equal(got, want) {
		t.Errorf("the footnotes are %q, want %q", got, want)
	}
	// Frozen with the figures they explain; one without such units says nothing of it.
	text, err := json.Marshal(g)
	must(t, err)
	if !strings.Contains(string(text), `"followers":[{"unit":"stp"`) {
		t.Error("the ground does not keep who is compared with whom")
	}
	if text, err = json.Marshal(consolidation.Ground{}); err != nil || strings.Contains(string(text), "followers") {
		t.Errorf("an older ground would read otherwise: %s, %v", text, err)
	}
}

func TestAGroundNeverMixesWhatWasBeforeWithWhatIsAfter(t *testing.T) {
	t.Parallel()
	w := seed(t)
	w.accepted(t, "hung", "hoa", "stp", map[string]string{"T4.01": "30"})
	stop := make(chan struct{})
	var all sync.WaitGroup
	all.Go(func() { // withdraws the report and accepts it again, over and over
		m := &model{below: map[string]int{"stp": 1}}
		stirring := w.on(w.db)
		for {
			select {
			case <-stop:
				return
			default:
			}
			if err := stirring.stir(t.Context(), m); err != nil {
				t.Error(err)
				return
			}
		}
	})
	with, without, given := 0, 0, 0
	for range drilltest.Times(150, 1500) {
		g, err := w.svc.Ground(t.Context(), w.people["tong"], year, ofProvince)
		if errors.Is(err, fault.Conflict) { // it moved at every attempt
			given++
			continue
		}
		must(t, err)
		v, quoted := g.Version("stp")
		s, _ := g.UnitStatus("stp")
		l := line(t, g, "T4.01")
		c, _ := l.Cell("stp")
		if s.Version != v.No || c.Version != v.No || quoted != (l.Value == "30") || quoted != (len(g.NarrativesOf(4)) == 1) || quoted != (g.Counts.Accepted == 1) {
			t.Fatalf("quoted is sending %d, counted %d, the cell is of %d, the line %q, %d narratives", v.No, s.Version, c.Version, l.Value, len(g.NarrativesOf(4)))
		}
		if quoted {
			with++
		} else {
			without++
		}
	}
	close(stop)
	all.Wait()
	if with == 0 || without == 0 {
		t.Errorf("%d grounds with the report, %d without: nothing moved", with, without)
	}
	drilltest.Report(t, "%d grounds with the report, %d without, %d given up while it moved", with, without, given)
}
