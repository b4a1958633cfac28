package paths

import "strconv"

// Consolidations is the consolidated report of a period that concerns the reader, or
// the choice of several.
func Consolidations(year int, period string) string {
	return "/tong-hop/" + strconv.Itoa(year) + "/" + period
}

// ConsolidationsOfYear leads to that of the period that is due now.
func ConsolidationsOfYear(year int) string { return "/tong-hop/" + strconv.Itoa(year) }

// Consolidation is the report in which one unit sums a period up. The addresses of
// its parts begin with it.
func Consolidation(year int, period, unit string) string {
	return Consolidations(year, period) + "/" + unit
}

func Begin(base string) string   { return base + "/bat-dau" }
func Proceed(base string) string { return base + "/tiep-tuc" }

// ConsolidationFigures are the totals with what each unit contributes.
func ConsolidationFigures(base string) string { return base + "/so-lieu" }

// TaskParam is the task whose figures are shown.
const TaskParam = "nhiem-vu"

// TaskFigures are those of one task, 0 the common part.
func TaskFigures(base string, no int) string {
	return ConsolidationFigures(base) + "?" + TaskParam + "=" + strconv.Itoa(no)
}

// ConsolidationFigure leads to one of them.
func ConsolidationFigure(base string, no int, code string) string {
	return TaskFigures(base, no) + "#" + FigureAnchor(code)
}

// ConsolidationPart is the editor of a part, named as in its address: nhiem-vu-4.
func ConsolidationPart(base, part string) string { return base + "/noi-dung/" + part }

// Redraft puts the first draft of a part in place of its text.
func Redraft(base, part string) string { return ConsolidationPart(base, part) + "/dung-lai" }

func Preview(base string) string     { return base + "/xem-truoc" }
func BackToDraft(base string) string { return base + "/ve-nhap" }
func Issue(base string) string       { return base + "/phat-hanh" }
func Replace(base string) string     { return base + "/thay-the" }

// Finalise freezes what the leader is to sign off; it is handed over at the same
// last segment as every submission.
func Finalise(base string) string { return Send(base) }

func Issued(base string, no int) string     { return base + "/lan-phat-hanh/" + strconv.Itoa(no) }
func IssuedFile(base string, no int) string { return Issued(base, no) + ".docx" }

// SignedIssue takes the signed paper of an issue, SignedIssueFile is one of those and
// SignedIssueComparison what its text and the issue came to.
func SignedIssue(base string, no int) string { return Issued(base, no) + "/ban-ky" }
func SignedIssueFile(base string, no int, id int64) string {
	return SignedIssue(base, no) + "/" + strconv.FormatInt(id, 10)
}
func SignedIssueComparison(base string, no int, id int64) string {
	return SignedIssueFile(base, no, id) + "/doi-chieu"
}

// DraftWord is the report as it stands, as a Word file; Annexes its tables for Excel,
// MeetingPack one file to take into a meeting.
func DraftWord(base string) string   { return base + "/bao-cao.docx" }
func Annexes(base string) string     { return base + "/phu-luc.xlsx" }
func MeetingPack(base string) string { return base + "/hop.html" }
