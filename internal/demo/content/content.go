// Package content holds the people, plans, progress and reports of the
// demonstration as tables; loading them is the demo's business.
package content

import (
	"embed"
	"errors"
	"time"

	"danvan/internal/viet"
)

//go:embed *.csv
var tables embed.FS

// Year is the campaign all of this belongs to.
const Year = 2022

// Content is everything, in the order of the roster and then of the codes.
// Units are named by slug, persons by full name within their unit.
type Content struct {
	People     []Person
	Plans      []Plan
	Rounds     []Round
	Remarks    []Remark
	Scopes     []Scope
	Activities []Activity
	Progress   []Entry
	Evidence   []File
	Amendments []Amendment
	Changes    []Change

	Reports       []Report
	ReportRounds  []Round  // of the reports, Period set
	ReportRemarks []Remark // likewise
	Figures       []Figure
	Narratives    []Narrative
	Assessments   []Assessment
	Proposals     []Proposal
	Exemplars     []Exemplar
	ReportFiles   []ReportFile
	Explanations  []Explanation
	Formers       []Former
}

// Person works in a unit. Without a Username there is no sign-in.
type Person struct {
	Unit, Name, Username string
	Roles                []string  // as the actor package names them
	Position             string    // chức vụ
	Section              string    // phòng
	Until                viet.Date // the first day no longer there; zero for still there
}

// Document is the reference of a plan's paper; Number is "" when none is given yet.
type Document struct {
	Number, Symbol string
	IssuedOn       viet.Date
	Signer         string // a person of the unit
	Capacity       string // e.g. "KT. GIÁM ĐỐC, PHÓ GIÁM ĐỐC"
	Subject        string // trích yếu
}

// PlanState is where a plan stands at the start of the demonstration.
type PlanState string

const (
	NotBegun  PlanState = "none"
	Draft     PlanState = "draft"
	Awaiting  PlanState = "awaiting"
	Submitted PlanState = "submitted"
	Returned  PlanState = "returned"
	Accepted  PlanState = "accepted"
	Amending  PlanState = "amending" // accepted, with an open amendment
)

// Plan is one roster unit's plan.
type Plan struct {
	Unit  string
	State PlanState
	Document
	SentAt       time.Time // first sending; progress opens here
	AcceptedAt   time.Time // first acceptance
	HandedAt     time.Time // trình, for what now awaits sign-off
	HandedBy     string
	DirectSubmit bool // staff may send without sign-off
}

// Round is one sending of a plan or report and what the receiver decided on it.
type Round struct {
	Unit      string
	Period    string // of a report; "" for the plan
	No        int    // lần gửi
	SentAt    time.Time
	SentBy    string
	DecidedAt time.Time // zero while Outcome is "pending"
	DecidedBy string    // a person of the receiver
	Outcome   string    // "accepted", "returned" or "pending"
	Amendment int       // the amendment sent; 0 for the plan itself
	Reason    string    // of a return
}

// Remark goes with a returned round. Code is an activity of the plan or a part of
// the report, "" the whole; Field "" is all of it; Answer "" is not answered yet.
type Remark struct {
	Unit, Period              string // Period "" for the plan
	Round                     int
	Code, Field, Text, Answer string
}

// Scope says that a task is "not_applicable" or "nil" for a unit, and why.
type Scope struct {
	Unit         string
	Task         int
	Kind, Reason string
}

// Activity is as it stood in the first accepted version, or in the amendment
// that adds it; the [Change]s come on top.
type Activity struct {
	Unit          string
	Code          string // "2.3": task 2, third
	Amendment     int    // the amendment that adds it; 0 for the plan itself
	Title         string
	Description   string
	Product       string
	Section       string    // phòng chủ trì
	Partners      []string  // slugs
	OtherPartners string    // free text
	Time          viet.Span // zero where a draft has none yet
	UnitOfMeasure string    // "" for an activity without measure
	Baseline      string    // canonical decimals
	Target        string
	Evidence      bool // a file is required
	Review        bool // sơ kết, tổng kết
	Inspection    bool // kiểm tra, tự kiểm tra
	Exemplar      bool // Dân vận khéo
	Owner, Deputy string
}

// Entry is one row of an activity's progress log: Percent or, for an activity
// with a measure, Value; canonical decimals, the other one "".
type Entry struct {
	ID             int
	Unit, Code     string
	AsOf           viet.Date
	Percent, Value string
	Note, By       string
	WrittenAt      time.Time
	Replaces       int    // the ID of the entry it corrects, 0 for none
	File           string // a [File] of the same activity, "" for none
}

// File is evidence; the loader makes a document of Text under Name.
type File struct {
	Unit, Code, Name, Text string
}

// Amendment is a sửa đổi, bổ sung. State is "accepted" or the state it is open in.
type Amendment struct {
	Unit    string
	No      int
	State   PlanState
	BegunAt time.Time
	BegunBy string
	Document
}

// Change is one thing an amendment does: Kind "change" sets Field (a field of the
// plan's schema, or "due": the last day) to Value, "add" brings the activity in
// and "stop" ends it.
type Change struct {
	Unit               string
	Amendment          int
	Kind               string
	Code, Field, Value string
	Reason             string
}

// All reads every table. An error is a fault in the tables.
func All() (Content, error) {
	var c Content
	err := errors.Join(
		read("people.csv", &c.People, person),
		read("plans.csv", &c.Plans, plan),
		read("rounds.csv", &c.Rounds, round),
		read("remarks.csv", &c.Remarks, remark),
		read("scope.csv", &c.Scopes, scope),
		read("activities.csv", &c.Activities, activity),
		read("progress.csv", &c.Progress, entry),
		read("evidence.csv", &c.Evidence, file),
		read("amendments.csv", &c.Amendments, amendment),
		read("changes.csv", &c.Changes, change),
		read("reports.csv", &c.Reports, report),
		read("report_rounds.csv", &c.ReportRounds, reportRound),
		read("report_remarks.csv", &c.ReportRemarks, reportRemark),
		read("figures.csv", &c.Figures, figure),
		read("narratives.csv", &c.Narratives, narrative),
		read("assessments.csv", &c.Assessments, assessment),
		read("proposals.csv", &c.Proposals, proposal),
		read("exemplars.csv", &c.Exemplars, exemplar),
		read("report_files.csv", &c.ReportFiles, reportFile),
		read("explanations.csv", &c.Explanations, explanation),
		read("former.csv", &c.Formers, former),
	)
	return c, err
}
