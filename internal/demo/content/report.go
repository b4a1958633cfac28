package content

import (
	"time"
)

// Slugs of the report periods of the year.
const (
	HalfYear  = "6-thang"
	WholeYear = "nam"
)

// Report is one unit's report for a period. What it says stands in the other
// tables under the same unit and period; a draft says as much as stands there.
type Report struct {
	Unit, Period string
	State        PlanState
	Document
	HandedAt    time.Time // trình, for what now awaits sign-off
	AmendedAt   time.Time // of an amendment now open
	PriorSource string    // where last year's figures were read, "" where there are none
}

// Figure is what a unit answers under an indicator, in each period and the year
// before. An answer is a canonical number, "nil" (không phát sinh), "n/a" (không
// thuộc phạm vi) or "" (not answered); figures of the year before are numbers or "".
type Figure struct {
	Unit, Code       string
	HalfBefore, Half string
	YearBefore, Year string
	Estimated        string // inside Year
}

// In returns the answer for a period, the estimate inside it, and the figure of the
// same period a year before.
func (f Figure) In(period string) (answer, estimated, before string) {
	if period == HalfYear {
		return f.Half, "", f.HalfBefore
	}
	return f.Year, f.Estimated, f.YearBefore
}

// Narrative is what a unit says about a task; Status as the report package names it.
type Narrative struct {
	Unit, Period               string
	Task                       int
	Status                     string
	Result, Shortcoming, Cause string
}

// Assessment is the unit's view of the whole period and what it will do next.
type Assessment struct {
	Unit, Period                           string
	Strengths, Shortcomings, Causes, Steps string
}

// Proposal is something a unit wants settled elsewhere.
type Proposal struct {
	Unit, Period, Body, Receiver string
}

// Exemplar is a line of a unit's Dân vận khéo table.
type Exemplar struct {
	Unit, Period, Name, Field, Holder, Result, Level string
}

// ReportFile is evidence in a report; About as the report package writes it. The
// loader makes a document of Text under Name.
type ReportFile struct {
	Unit, Period, About, Name, Text string
}

// Explanation answers what a report makes one wonder; Code is that of the doubt.
type Explanation struct {
	Unit, Period, Code, Text string
}

// Former is a field that read otherwise before the unit mended it: after the
// return of its first version, or in the amendment that is open. Part and Field
// are those of the report package.
type Former struct {
	Unit, Period, Part, Field, Value string
}

func report(r *row) Report {
	return Report{Unit: r.text("unit"), Period: r.text("period"), State: PlanState(r.text("state")), Document: r.document(),
		HandedAt: r.moment("handed_at"), AmendedAt: r.moment("amended_at"), PriorSource: r.text("prior_source")}
}

func reportRound(r *row) Round {
	return Round{Unit: r.text("unit"), Period: r.text("period"), No: r.number("no"), SentAt: r.moment("sent_at"), SentBy: r.text("sent_by"),
		DecidedAt: r.moment("decided_at"), DecidedBy: r.text("decided_by"), Outcome: r.text("outcome"), Reason: r.text("reason")}
}

func reportRemark(r *row) Remark {
	return Remark{Unit: r.text("unit"), Period: r.text("period"), Round: r.number("round"), Code: r.text("part"),
		Field: r.text("field"), Text: r.text("text"), Answer: r.text("answer")}
}

func figure(r *row) Figure {
	return Figure{Unit: r.text("unit"), Code: r.text("code"), HalfBefore: r.text("half_before"), Half: r.text("half"),
		YearBefore: r.text("year_before"), Year: r.text("year"), Estimated: r.text("estimated")}
}

func narrative(r *row) Narrative {
	return Narrative{Unit: r.text("unit"), Period: r.text("period"), Task: r.number("task"), Status: r.text("status"),
		Result: r.text("result"), Shortcoming: r.text("shortcoming"), Cause: r.text("cause")}
}

func assessment(r *row) Assessment {
	return Assessment{Unit: r.text("unit"), Period: r.text("period"), Strengths: r.text("strengths"),
		Shortcomings: r.text("shortcomings"), Causes: r.text("causes"), Steps: r.text("steps")}
}

func proposal(r *row) Proposal {
	return Proposal{Unit: r.text("unit"), Period: r.text("period"), Body: r.text("body"), Receiver: r.text("receiver")}
}

func exemplar(r *row) Exemplar {
	return Exemplar{Unit: r.text("unit"), Period: r.text("period"), Name: r.text("name"), Field: r.text("field"),
		Holder: r.text("holder"), Result: r.text("result"), Level: r.text("level")}
}

func reportFile(r *row) ReportFile {
	return ReportFile{Unit: r.text("unit"), Period: r.text("period"), About: r.text("about"), Name: r.text("file"), Text: r.text("text")}
}

func explanation(r *row) Explanation {
	return Explanation{Unit: r.text("unit"), Period: r.text("period"), Code: r.text("code"), Text: r.text("text")}
}

func former(r *row) Former {
	return Former{Unit: r.text("unit"), Period: r.text("period"), Part: r.text("part"), Field: r.text("field"), Value: r.text("value")}
}
