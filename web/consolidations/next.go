package consolidations

import (
	"fmt"

	"danvan/internal/consolidation"
	"danvan/internal/fault"
	"danvan/internal/viet"
	"danvan/web/paths"
	"danvan/web/show/signings"
	"danvan/web/ui"
)

// next is what to do now: a step with the one primary button of the page, or the
// reason why nothing can be done.
type next struct {
	step   ui.NextStep
	button ui.Link
	lock   *fault.Refusal
	title  string // of the lock
}

const lead = "Việc tiếp theo:"

func toDo(text, label, path, why string) next {
	return next{step: ui.NextStep{Lead: lead, Text: text, Why: why}, button: ui.Link{Label: label, Path: path}}
}

func said(text, why string) next {
	return next{step: ui.NextStep{Lead: "Không có việc phải làm ngay.", Text: text, Why: why}}
}

// next finds the reader's next step.
func (v showing) next() next {
	c := v.Case
	switch {
	case v.may[consolidation.Begin].Allowed:
		return toDo("bắt đầu tổng hợp; bản nháp đầu tiên được dựng sẵn từ các báo cáo đã tiếp nhận.", "Bắt đầu tổng hợp", paths.Begin(v.base), v.completeness())
	case v.may[consolidation.Edit].Allowed:
		return v.nextOfWriter()
	case v.may[consolidation.SignOff].Allowed:
		return toDo("đọc toàn văn bản đã chốt rồi duyệt.", "Đọc, duyệt", paths.SignOff(v.base), "Số liệu và lời văn không thay đổi nữa kể từ khi chốt.")
	case v.may[consolidation.Issuing].Allowed:
		why := "Nội dung đúng như lãnh đạo đã duyệt."
		if !v.changed.none() {
			why = "Sau khi chốt đã có thay đổi (" + v.changed.count() + "): phát hành như đã chốt, hoặc đưa về nháp."
		}
		return toDo("ghi số, ngày ban hành và phát hành.", "Phát hành", paths.Issue(v.base), why)
	case c.State == consolidation.Issued:
		return v.nextOfIssued()
	case v.sight.Working && c.State != consolidation.NotBegun:
		refusal := v.may[consolidation.Edit].Refusal
		if c.State == consolidation.Draft { // the leader, while it is being written
			return said("Chuyên viên tổng hợp đang soạn; việc duyệt hiện ở đây khi báo cáo được trình.", v.completeness())
		}
		return next{lock: &refusal, title: "Báo cáo tổng hợp đang khóa, chưa sửa được"}
	case v.sight.Working:
		refusal := v.may[consolidation.Begin].Refusal
		return next{lock: &refusal, title: "Chưa bắt đầu tổng hợp"}
	}
	return next{}
}

// nextOfWriter goes through what still blocks finalising, then finalises.
func (v showing) nextOfWriter() next {
	if c := v.Case; c.StateWhy != "" && c.State == consolidation.Draft && v.sentBack() {
		return toDo("sửa theo ý kiến: “"+c.StateWhy+"”.", "Soạn nội dung", paths.ConsolidationPart(v.base, common[0].Slug), c.StateByName+", "+viet.Moment(c.StateAt)+".")
	}
	if len(v.faults) > 0 {
		f := v.faults[0]
		return toDo(fmt.Sprintf("sửa %d mã chèn chưa hiểu được trong nội dung.", len(v.faults)), "Đến chỗ thứ nhất",
			paths.ConsolidationPart(v.base, slugOf(f.Part))+"#"+ui.FieldID(f.Field), "")
	}
	if n := len(v.Case.Uncovered()); n > 0 {
		if v.pastDue {
			return toDo(fmt.Sprintf("chờ %d đơn vị còn thiếu, hoặc nêu lý do tổng hợp khi thiếu.", n), "Nêu lý do, tiếp tục", paths.Proceed(v.base),
				"Cần một trong hai việc này thì chốt, trình được; trong lúc chờ vẫn soạn nội dung được.")
		}
		return toDo("soạn nội dung trong lúc chờ các báo cáo còn lại.", "Soạn nội dung", paths.ConsolidationPart(v.base, common[0].Slug), v.completeness())
	}
	return toDo("đọc lại toàn văn ở bản xem trước, rồi chốt, trình lãnh đạo.", "Chốt, trình lãnh đạo duyệt", paths.Finalise(v.base), v.completeness())
}

func (v showing) nextOfIssued() next {
	if !v.changed.none() {
		return said("Sau khi phát hành đã có thay đổi ("+v.changed.count()+"); văn bản đã phát hành giữ nguyên.", "Nếu phải sửa, soạn bản thay thế.")
	}
	if i := v.Case.Issue; v.may[consolidation.AttachSigned].Allowed && len(i.Signed) == 0 {
		return toDo("đính kèm bản ký của "+reportNumbered(*i)+".", signings.AttachTitle, paths.SignedIssue(v.base, i.No), "Số liệu bên dưới vẫn đúng như khi phát hành.")
	}
	return said("Số liệu bên dưới vẫn đúng như khi phát hành.", "")
}

// completeness says how many reports the totals stand on.
func (v showing) completeness() string {
	n := v.ground.Counts
	if n.Expected == 0 {
		return ""
	}
	text := fmt.Sprintf("%d/%d đơn vị có báo cáo được tiếp nhận", n.Accepted, n.Expected)
	if missing := len(v.Case.Missing); missing > 0 && len(v.Case.Uncovered()) == 0 {
		text += fmt.Sprintf("; đã nêu lý do tổng hợp khi thiếu %d đơn vị", missing)
	}
	return text + "."
}

// secondary are the other steps allowed now, apart from the primary one.
func (v showing) secondary() []ui.Link {
	primary := v.next().button.Path
	var links []ui.Link
	add := func(allowed bool, label, path string) {
		if allowed && path != primary {
			links = append(links, ui.Link{Label: label, Path: path})
		}
	}
	for _, x := range []struct {
		action consolidation.Action
		label  string
		path   string
	}{
		{consolidation.SendBack, "Chuyển lại", paths.SendBack(v.base)},
		{consolidation.TakeBack, "Rút lại để sửa", paths.TakeBack(v.base)},
		{consolidation.BackToDraft, "Đưa về nháp", paths.BackToDraft(v.base)},
		{consolidation.Replace, "Soạn bản thay thế", paths.Replace(v.base)},
		{consolidation.Discard, "Bỏ bản thay thế", paths.Discard(v.base)},
		{consolidation.Finalise, "Chốt, trình lãnh đạo duyệt", paths.Finalise(v.base)},
	} {
		add(v.may[x.action].Allowed, x.label, x.path)
	}
	add(v.may[consolidation.Edit].Allowed && len(v.Case.Uncovered()) > 0, "Nêu lý do khi thiếu", paths.Proceed(v.base))
	add(v.may[consolidation.Edit].Allowed, "Soạn nội dung", paths.ConsolidationPart(v.base, common[0].Slug))
	add(v.Case.Begun() && v.sight.Signed, v.wholeWord(), paths.Preview(v.base))
	return links
}

// stage is one step of the way as the page lists it.
type stage struct {
	Title, Path, Text, Word string
	Kind                    ui.Kind
	Now                     bool
}

// way lists the steps from completeness to issue.
func (v showing) way() []stage {
	c, g := v.Case, v.ground
	full := stage{Title: "Kiểm tra đầy đủ", Kind: ui.Done, Word: fmt.Sprintf("Đủ %d/%d", g.Counts.Accepted, g.Counts.Expected),
		Text: fmt.Sprintf("%d đơn vị đã gửi, %d đúng hạn; %d đã được tiếp nhận.", g.Counts.Received, g.Counts.OnTime, g.Counts.Accepted)}
	if g.Counts.Expected == 0 {
		full.Kind, full.Word, full.Text = ui.None, "Không có đơn vị", "Không có đơn vị nào gửi báo cáo kỳ này về "+c.UnitShort+"."
	}
	if n := len(v.absent); n > 0 {
		full.Path, full.Kind, full.Word = "#h-thieu", ui.Soon, fmt.Sprintf("Còn thiếu %d", n)
		if len(c.Uncovered()) == 0 {
			full.Kind, full.Word = ui.Late, fmt.Sprintf("Thiếu %d, đã nêu lý do", n)
		}
	}
	lines := stage{Title: "Số liệu, từng đơn vị", Path: paths.ConsolidationFigures(v.base), Kind: ui.Going, Word: fmt.Sprintf("%d chỉ tiêu", len(g.Lines)),
		Text: fmt.Sprintf("Tự cập nhật theo %d báo cáo đang có hiệu lực.", len(g.Versions))}
	if v.frozen {
		lines.Kind, lines.Text = ui.Done, fmt.Sprintf("Đã chốt theo %d báo cáo có hiệu lực khi đó.", len(g.Versions))
	}
	stages := []stage{full, lines, v.textStage(), {Title: v.wholeWord(), Path: v.begun(paths.Preview(v.base)), Text: "Đúng như tệp Word; mỗi số liệu, mỗi đoạn văn mở được tới nguồn."}}
	return append(stages, v.signStage(), v.issueStage())
}

// wholeWord is how the whole text is called: ahead of what can still change.
func (v showing) wholeWord() string {
	if v.Case.State == consolidation.Draft || !v.Case.Begun() {
		return "Xem trước toàn văn"
	}
	return "Xem toàn văn"
}

func (v showing) begun(path string) string {
	if !v.Case.Begun() {
		return ""
	}
	return path
}

func (v showing) textStage() stage {
	s := stage{Title: "Soạn nội dung", Kind: ui.Draft, Word: "Đang soạn", Now: v.Case.State == consolidation.Draft}
	if v.may[consolidation.Edit].Allowed {
		s.Path = paths.ConsolidationPart(v.base, common[0].Slug)
	}
	switch {
	case !v.Case.Begun():
		s.Kind, s.Word, s.Text = ui.NotBegun, "Chưa bắt đầu", "Bản nháp đầu tiên được dựng khi bắt đầu."
	case len(v.faults) > 0:
		s.Kind, s.Word = ui.Overdue, fmt.Sprintf("%d mã chèn sai", len(v.faults))
	case v.Case.State != consolidation.Draft:
		s.Kind, s.Word = ui.Done, "Đã chốt"
	}
	if v.Case.Begun() {
		s.Text = fmt.Sprintf("%d đoạn lấy từ báo cáo của đơn vị", v.quoted)
		if v.typed > 0 {
			s.Text += fmt.Sprintf("; %d số nhập tay không tự cập nhật", v.typed)
		}
		s.Text += "."
	}
	return s
}

func (v showing) signStage() stage {
	s := stage{Title: "Chốt, lãnh đạo duyệt", Kind: ui.NotBegun, Word: "Chưa trình"}
	if v.may[consolidation.Finalise].Allowed {
		s.Path = paths.Finalise(v.base)
	}
	f := v.Case.Frozen
	switch v.Case.State {
	case consolidation.Draft:
		if r := v.may[consolidation.Finalise]; !r.Allowed {
			s.Text = r.Reason
		}
	case consolidation.AwaitingSignoff:
		s.Kind, s.Word, s.Now = ui.Awaiting, "Chờ duyệt", true
		if v.may[consolidation.SignOff].Allowed {
			s.Path = paths.SignOff(v.base)
		}
	case consolidation.SignedOff, consolidation.Issued:
		s.Kind, s.Word = ui.Done, "Đã duyệt"
	}
	if f != nil && v.Case.State != consolidation.Draft {
		s.Text = fmt.Sprintf("Lần chốt %d: %s, %s (mã kiểm tra %s).", f.No, f.ByName, viet.Moment(f.At), shortHash(f.SHA256))
		if f.SignedOffAt != nil {
			s.Text += " " + f.SignedOffName + " duyệt, " + viet.Moment(*f.SignedOffAt) + "."
		}
	}
	return s
}

func (v showing) issueStage() stage {
	s := stage{Title: "Phát hành", Kind: ui.NotBegun, Word: "Chưa phát hành", Now: v.Case.State == consolidation.SignedOff}
	if v.may[consolidation.Issuing].Allowed {
		s.Path = paths.Issue(v.base)
	}
	if i := v.Case.Issue; i != nil {
		s.Text = issueTitle(*i) + ", " + viet.Moment(i.At) + "."
		if v.Case.State == consolidation.Issued {
			s.Kind, s.Word, s.Path = ui.Accepted, "Đã phát hành", paths.Issued(v.base, i.No)
		} else {
			s.Text = "Đang soạn bản thay thế " + s.Text
		}
	}
	return s
}
