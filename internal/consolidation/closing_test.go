package consolidation_test

import (
	"testing"
	"time"

	"danvan/internal/consolidation"
	"danvan/internal/consolidation/wording"
	"danvan/internal/viet"
	"danvan/internal/workingcopy"
)

func TestTheReportEndsInWordsToWhomeverItIsFor(t *testing.T) {
	t.Parallel()
	root := consolidation.UnitFacts{ID: 1, Name: "Ủy ban nhân dân tỉnh Hậu Giang", Symbol: "UBND"}
	lead := consolidation.UnitFacts{ID: 2, Name: "Sở Nội vụ", Symbol: "SNV", Lead: true}
	district := consolidation.UnitFacts{ID: 3, Name: "Ủy ban nhân dân huyện Vị Thủy", Symbol: "UBND"}
	for name, test := range map[string]struct {
		by, to   consolidation.UnitFacts
		body     consolidation.Body
		proposed string
		want     string
		left     int // paragraphs of the proposals
		former   *consolidation.IssueHead
	}{
		"a department to the province": {by: lead, to: root, body: consolidation.Own, proposed: "Bố trí kinh phí.", left: 1,
			want: "Trên đây là báo cáo kết quả thực hiện công tác dân vận chính quyền năm 2022 trên địa bàn tỉnh, Sở Nội vụ kính báo cáo Ủy ban nhân dân tỉnh Hậu Giang xem xét, chỉ đạo."},
		"a district to the department": {by: district, to: lead, body: consolidation.Own, proposed: "- Một;\n- Hai;", left: 2,
			want: "Trên đây là báo cáo kết quả thực hiện công tác dân vận chính quyền năm 2022 trên địa bàn huyện Vị Thủy, Ủy ban nhân dân huyện Vị Thủy kính báo cáo Sở Nội vụ tổng hợp."},
		"the province to nobody": {by: lead, to: root, body: consolidation.Province,
			want: "Trên đây là báo cáo kết quả thực hiện công tác dân vận chính quyền năm 2022 của Ủy ban nhân dân tỉnh Hậu Giang."},
		"in place of a former one": {by: lead, to: root, body: consolidation.Own, former: &consolidation.IssueHead{Body: consolidation.Own,
			Reference: workingcopy.Reference{Number: 7, Symbol: "BC-SNV", IssuedOn: viet.NewDate(2022, time.December, 5)}},
			want: "Trên đây là báo cáo kết quả thực hiện công tác dân vận chính quyền năm 2022 trên địa bàn tỉnh, Sở Nội vụ kính báo cáo Ủy ban nhân dân tỉnh Hậu Giang xem xét, chỉ đạo. " +
				"Báo cáo này thay thế Báo cáo số 07/BC-SNV ngày 05/12/2022 của Sở Nội vụ."},
		"who wrote it already": {by: lead, to: root, body: consolidation.Own, proposed: "Bố trí kinh phí.\nTrên đây là báo cáo của Sở Nội vụ, trân trọng kính báo cáo.", left: 1,
			want: "Trên đây là báo cáo của Sở Nội vụ, trân trọng kính báo cáo."},
	} {
		g := consolidation.Ground{Year: 2022, Period: consolidation.PeriodFacts{Slug: "nam", Name: "Năm 2022"}, Unit: test.by, Superior: test.to, Root: root}
		p := consolidation.Print(g, map[string]consolidation.Content{consolidation.ProposalsKey: {"text": test.proposed}}, consolidation.Stamped{Body: test.body, Replaces: test.former})
		if got := wording.Plain(p.Closing.Paragraph); got != test.want {
			t.Errorf("%s: got %q, want %q", name, got, test.want)
		}
		if got := len(p.Sections[len(p.Sections)-1].Paragraphs); got != test.left {
			t.Errorf("%s: %d proposals are left, want %d", name, got, test.left)
		}
	}
}
