package wording

import (
	"slices"
	"strings"
	"testing"

	"danvan/internal/viet"
)

func material() Material {
	from := func(unit string) Source { return Source{Unit: unit, Version: 2} }
	return Material{
		Directive: "Kế hoạch số 32/KH-UBND ngày 28/02/2022 của Ủy ban nhân dân tỉnh Hậu Giang", Subject: "công tác dân vận chính quyền năm 2022",
		Area: "trên địa bàn tỉnh", To: viet.NewDate(2022, 11, 30),
		Tasks: []Task{{No: 4,
			Figures: []Figure{
				{Code: "T4.01", Name: "Số lượt tiếp công dân", Unit: "lượt", Has: true, Compared: true},
				{Code: "T4.02", Name: "Số người được tiếp", Unit: "người", Has: true},
				{Code: "T4.04", Name: "Số đoàn đông người", Unit: "đoàn"},
				{Code: "T4.99", Name: "Số buổi nói chuyện", Unit: "buổi", Has: true},
			},
			Said: []Outcome{
				{Source: from("so-y-te"), Short: "Sở Y tế", Result: "Đã tiếp {T9.99} lượt", Slow: true, Weaknesses: "Còn chậm", Cause: "Thiếu người"},
				{Source: from("so-tu-phap"), Short: "Sở Tư pháp", Result: "- Đối thoại trực tiếp\n+ Trả lời kiến nghị;\n\n• Niêm yết", Good: true},
			}}},
		Common:    []Figure{{Code: "T0.01", Has: true}},
		Exemplars: []Exemplar{{Source: from("so-y-te"), Short: "Sở Y tế", Name: "Bệnh viện thân thiện"}, {Source: from("so-tu-phap"), Short: "Sở Tư pháp", Name: "Chính quyền thân thiện", Level: "cấp tỉnh", Rank: 3}},
		Strengths: []Said{{from("so-y-te"), "Sở Y tế", "Làm tốt"}},
		Proposals: []Proposal{{from("so-y-te"), "Sở Y tế", "Bổ sung kinh phí", "Sở Tài chính"}, {Short: "Sở Khác"}},
	}
}

func TestTheFirstDraftOfATaskSpeaksOfWhatIsKnown(t *testing.T) {
	t.Parallel()
	got := strings.Split(DraftOf(material(), TaskKey(4))["text"], "\n")
	want := []string{
		"Toàn tỉnh đã thực hiện {T4.01} lượt tiếp công dân ({T4.01 so cùng kỳ} so với cùng kỳ); tiếp {T4.02} người.",
		"Số liệu khác: số buổi nói chuyện {T4.99} buổi.",
		"Đơn vị tự đánh giá còn chậm tiến độ: Sở Y tế.",
		"Một số đơn vị, địa phương thực hiện tốt:",
		"- Sở Tư pháp: Đối thoại trực tiếp. Trả lời kiến nghị; Niêm yết. {nguồn so-tu-phap lần 2}",
		"- Sở Y tế: Đã tiếp (T9.99) lượt. {nguồn so-y-te lần 2}",
		"Tồn tại, hạn chế:",
		"- Sở Y tế: Còn chậm. Nguyên nhân: Thiếu người. {nguồn so-y-te lần 2}",
	}
	if !slices.Equal(got, want) {
		t.Errorf("draft\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

func TestTheOpeningCountsByTokens(t *testing.T) {
	t.Parallel()
	got := DraftOf(material(), OpeningKey)["text"]
	want := "Thực hiện Kế hoạch số 32/KH-UBND ngày 28/02/2022 của Ủy ban nhân dân tỉnh Hậu Giang, {cơ quan ban hành} tổng hợp, báo cáo kết quả thực hiện công tác dân vận chính quyền năm 2022 trên địa bàn tỉnh như sau:\n" +
		"Đến thời điểm tổng hợp, có {đã gửi}/{đơn vị} cơ quan, đơn vị, địa phương gửi báo cáo, trong đó {đúng hạn} đơn vị gửi đúng hạn; {đã tiếp nhận} báo cáo đã được tiếp nhận, là căn cứ của số liệu trong báo cáo này. Số liệu tính đến hết ngày 30/11/2022."
	if got != want {
		t.Errorf("opening\n%s\nwant\n%s", got, want)
	}
}

func TestTheDraftPutsTheHighestExemplarFirstAndLeavesOutWhatNobodySaid(t *testing.T) {
	t.Parallel()
	part := func(key, field string) string { return DraftOf(material(), key)[field] }
	if text := part(ExemplarsKey, "text"); strings.Index(text, "Chính quyền thân thiện”, được công nhận cấp tỉnh") > strings.Index(text, "Bệnh viện") || !strings.Contains(text, "cấp tỉnh") {
		t.Errorf("exemplars %q", text)
	}
	if got := part(OverallKey, "shortcomings"); got != "" {
		t.Errorf("shortcomings nobody named: %q", got)
	}
	if got, want := part(ProposalsKey, "text"), "- Sở Y tế: Bổ sung kinh phí. Nơi giải quyết: Sở Tài chính. {nguồn so-y-te lần 2}"; got != want {
		t.Errorf("proposals %q, want %q", got, want)
	}
	if DraftOf(material(), "doc") != nil {
		t.Error("a paper's number has a draft")
	}
}

func TestNoPhraseWritesANumberByHand(t *testing.T) {
	t.Parallel()
	for task, list := range phrases {
		for _, p := range list {
			if len(p.clauses) == 0 {
				t.Errorf("task %d: %q says nothing", task, p.lead)
			}
			for _, clause := range p.clauses {
				if got := typedIn(p.lead + " " + clause); got != nil {
					t.Errorf("task %d: %q writes %q", task, clause, got)
				}
				if len(codesOf(clause)) == 0 {
					t.Errorf("task %d: %q speaks of no figure", task, clause)
				}
			}
		}
	}
}

func TestADraftNeverOutgrowsItsField(t *testing.T) {
	t.Parallel()
	m := material()
	for range 400 {
		m.Proposals = append(m.Proposals, Proposal{Source{"so-y-te", 1}, "Sở Y tế", strings.Repeat("kinh phí ", 30), ""})
	}
	if got := len([]rune(DraftOf(m, ProposalsKey)["text"])); got > mostLetters || got < mostLetters/2 {
		t.Errorf("%d letters", got)
	}
}
