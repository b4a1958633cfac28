package paths

import (
	"net/url"
	"strconv"
)

// Reports lists the reports of a period.
func Reports(year int, period string) string {
	return "/bao-cao/" + strconv.Itoa(year) + "/" + period
}

// ReportsOfYear leads to the period that matters now.
func ReportsOfYear(year int) string { return "/bao-cao/" + strconv.Itoa(year) }

// Report is the report of a unit; everything about it lies below.
func Report(year int, period, unit string) string { return Reports(year, period) + "/" + unit }

// ReportReview is the page on which one report is read and decided on.
func ReportReview(year int, period, unit string) string {
	return Queue + Report(year, period, unit)
}

// FigureAnchor is the id of a figure's place on any page that shows it.
func FigureAnchor(code string) string { return "figure-" + code }

// What lies below a report; base is the address of the report.

// ReportTask is the form of one task: figures, then words; 0 is the common part.
func ReportTask(base string, no int) string { return base + "/nhiem-vu/" + strconv.Itoa(no) }

// CarryParam asks a form for what the report before says, in its empty boxes.
const CarryParam = "chep"

// What CarryParam may ask for.
const (
	CarryFigures = "so-lieu"
	CarryWords   = "loi-van"
)

// Carrying is the form at path filled that way; nothing of it is stored.
func Carrying(path, what string) string { return path + "?" + url.Values{CarryParam: {what}}.Encode() }

// ReportFigure is the place of a figure on the form of its task.
func ReportFigure(base string, no int, code string) string {
	return ReportTask(base, no) + "#" + FigureAnchor(code)
}

// Forms of what belongs to no task.
func ReportOverall(base string) string { return base + "/danh-gia-chung" }
func ReportNext(base string) string    { return base + "/phuong-huong" }

// Proposals of a report: the list, the form of one more, and those of each.
func Proposals(base string) string           { return base + "/kien-nghi" }
func NewProposal(base string) string         { return Proposals(base) + "/moi" }
func Proposal(base string, no int) string    { return Proposals(base) + "/" + strconv.Itoa(no) }
func DropProposal(base string, n int) string { return Proposal(base, n) + "/xoa" }

// Exemplars are the lines of a report's Dân vận khéo table, likewise.
func Exemplars(base string) string           { return base + "/dan-van-kheo" }
func NewExemplar(base string) string         { return Exemplars(base) + "/moi" }
func Exemplar(base string, no int) string    { return Exemplars(base) + "/" + strconv.Itoa(no) }
func DropExemplar(base string, n int) string { return Exemplar(base, n) + "/xoa" }

// AboutParam names, in an address of evidence, what new files prove.
const AboutParam = "ve"

// ReportEvidence lists the files of a report and takes more.
func ReportEvidence(base string) string { return base + "/minh-chung" }

// AddEvidence is that page, ready for files about one thing.
func AddEvidence(base, about string) string {
	return ReportEvidence(base) + "?" + url.Values{AboutParam: {about}}.Encode()
}

// EvidenceFile is one of those files, DropEvidence the page that takes it out.
func EvidenceFile(base string, id int64) string {
	return ReportEvidence(base) + "/" + strconv.FormatInt(id, 10)
}
func DropEvidence(base string, id int64) string { return EvidenceFile(base, id) + "/bo" }

// CheckReport is what still blocks sending, and what is odd.
func CheckReport(base string) string { return base + "/kiem-tra" }

// PriorFigures is the form of last year's figures.
func PriorFigures(base string) string { return base + "/so-lieu-nam-truoc" }

// FigureSheet is the figures as an Excel file, ImportFigures takes it back.
func FigureSheet(base string) string   { return base + "/so-lieu.xlsx" }
func ImportFigures(base string) string { return base + "/so-lieu/nhap" }

// PriorSheet and ImportPrior are the same for last year's figures.
func PriorSheet(base string) string  { return PriorFigures(base) + ".xlsx" }
func ImportPrior(base string) string { return PriorFigures(base) + "/nhap" }
