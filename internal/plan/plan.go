// Package plan is a unit's yearly plan: its sections, activities and checks, on
// top of the workflow of package submission, and the facts that an accepted
// plan leaves for everybody to count.
package plan

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"time"

	"danvan/internal/actor"
	"danvan/internal/campaign"
	"danvan/internal/database"
	"danvan/internal/submission"
	"danvan/internal/unit"
	"danvan/internal/viet"
)

// Period is the slug of the plan period; a campaign has one.
const Period = "ke-hoach"

// Ref names the plan of a unit.
func Ref(year int, unit string) submission.Ref {
	return submission.Ref{Year: year, Period: Period, Unit: unit}
}

// Service carries out what people do with plans. Each method that writes is one
// transaction and asks the policy inside it.
type Service struct {
	*submission.Desk
	db database.DB
}

// NewService returns the service on db.
func NewService(db database.DB) *Service {
	return &Service{Desk: submission.NewDesk(db, book{}), db: db}
}

// ActivityID identifies an activity through all versions of its plan.
type ActivityID int64

// Activity is one concrete piece of work, as its part or a frozen version has it.
type Activity struct {
	ID       ActivityID
	Code     string // e.g. 2.3, never reused
	Task     int
	Position int
	Revision int // of the part; 0 in a frozen version

	Title, Description, Product, Section string
	Partners                             []string // unit slugs
	OtherPartners                        []string // free text
	Time                                 viet.Span
	Unit                                 string // unit of measure, đơn vị tính
	Baseline, Target                     string // canonical numbers, "" = none
	Evidence                             bool   // a file is wanted when done
	Review, Inspection, Exemplar         bool   // sơ kết/tổng kết; kiểm tra, tự kiểm tra; Dân vận khéo
	Stopped                              string // reason, "" = goes on

	Content submission.Content
	SavedAt time.Time
	Sent    bool // stands in a version: can be stopped, not deleted
	Owner   *Assignee
	Deputy  *Assignee
}

// Assignee is a person in charge of an activity.
type Assignee struct {
	ID     actor.PersonID
	Name   string
	Active bool // still a member of the unit today
}

// activityFrom reads the content of a part or a frozen part.
func activityFrom(key string, c submission.Content) (Activity, bool) {
	id, ok := strings.CutPrefix(key, "activity/")
	n, err := strconv.ParseInt(id, 10, 64)
	if !ok || err != nil {
		return Activity{}, false
	}
	task, _ := strconv.Atoi(c["task"])         // written by AddActivity alone
	position, _ := strconv.Atoi(c["position"]) // likewise; 0 sorts first
	span, _ := submission.ParseTime(c["time"]) // checked when saved
	return Activity{
		ID: ActivityID(n), Code: c["code"], Task: task, Position: position,
		Title: c["title"], Description: c["description"], Product: c["product"], Section: c["section"],
		Partners: lines(c["partners"]), OtherPartners: lines(c["partners_other"]),
		Time: span, Unit: c["uom"], Baseline: c["baseline"], Target: c["target"],
		Evidence: c["evidence"] != "", Review: c["mark_review"] != "", Inspection: c["mark_inspection"] != "",
		Exemplar: c["mark_exemplar"] != "", Stopped: c["stopped"], Content: c,
	}, true
}

func lines(text string) []string {
	if text == "" {
		return nil
	}
	return strings.Split(text, "\n")
}

// ActivityKey is the part that holds an activity.
func ActivityKey(id ActivityID) string { return "activity/" + strconv.FormatInt(int64(id), 10) }

// TaskKey is the part that says whether a task is in scope.
func TaskKey(no int) string { return "task/" + strconv.Itoa(no) }

// ReferenceKey is the part that holds the document reference.
const ReferenceKey = submission.ReferenceKey

// Section is one task of the plan with its activities.
type Section struct {
	Task        int
	Short       string
	Title       string
	Supplements []campaign.Supplement // of the task, oldest first
	Activities  []Activity
	Scope       string // "", ScopeNone or ScopeNil
	Reason      string
	Revision    int // of the task's part
}

// Values of a section's scope.
const (
	ScopeNone = "not_applicable" // không thuộc phạm vi
	ScopeNil  = "nil"            // không phát sinh
)

// Content is a whole plan: the working copy or a version.
type Content struct {
	Sections  []Section // 1..n, then 0
	Reference submission.Reference
	RefPart   submission.Part
}

// Activities returns every activity in the order read.
func (c Content) Activities() []Activity {
	var all []Activity
	for _, s := range c.Sections {
		all = append(all, s.Activities...)
	}
	return all
}

// Activity returns the activity with code.
func (c Content) Activity(code string) (Activity, bool) {
	for _, a := range c.Activities() {
		if a.Code == code {
			return a, true
		}
	}
	return Activity{}, false
}

// arrange sorts parts into sections.
func arrange(tasks []campaign.Task, parts []submission.Part, people map[ActivityID]assigned) Content {
	byTask := map[int][]Activity{}
	scope := map[int]submission.Part{}
	var c Content
	for _, p := range parts {
		if a, ok := activityFrom(p.Key, p.Content); ok {
			a.Revision, a.SavedAt = p.Revision, p.SavedAt
			who := people[a.ID]
			a.Owner, a.Deputy, a.Sent = who.Owner, who.Deputy, who.Sent
			byTask[a.Task] = append(byTask[a.Task], a)
			continue
		}
		if no, ok := strings.CutPrefix(p.Key, "task/"); ok {
			if n, err := strconv.Atoi(no); err == nil {
				scope[n] = p
			}
			continue
		}
		if p.Key == ReferenceKey {
			c.RefPart, c.Reference = p, submission.ReferenceFrom(p.Content)
		}
	}
	for _, t := range tasks {
		as := byTask[t.No]
		slices.SortStableFunc(as, func(a, b Activity) int {
			if a.Position != b.Position {
				return a.Position - b.Position
			}
			return int(a.ID - b.ID)
		})
		p := scope[t.No]
		c.Sections = append(c.Sections, Section{Task: t.No, Short: t.Short, Title: t.Title, Supplements: t.Supplements, Activities: as,
			Scope: p.Content["scope"], Reason: p.Content["reason"], Revision: p.Revision})
	}
	return c
}

// FromVersion arranges a frozen version; tasks come from the campaign's texts.
func (s *Service) FromVersion(ctx context.Context, c submission.Case, f submission.Frozen) (Content, error) {
	tasks, err := campaign.Tasks(ctx, s.db, campaign.ID(c.Campaign))
	if err != nil {
		return Content{}, err
	}
	parts := make([]submission.Part, len(f.Parts))
	for i, p := range f.Parts {
		parts[i] = submission.Part{Key: p.Key, Content: p.Content}
	}
	content := arrange(tasks, parts, nil)
	for i := range content.Sections {
		for j, a := range content.Sections[i].Activities {
			people := peopleOf(f, ActivityKey(a.ID))
			content.Sections[i].Activities[j].Owner = named(people["owner"])
			content.Sections[i].Activities[j].Deputy = named(people["deputy"])
		}
	}
	return content, nil
}

func peopleOf(f submission.Frozen, key string) map[string]string {
	for _, p := range f.Parts {
		if p.Key == key {
			return p.People
		}
	}
	return nil
}

func named(name string) *Assignee {
	if name == "" {
		return nil
	}
	return &Assignee{Name: name, Active: true}
}

// Working returns the working copy of c with who is in charge today.
func (s *Service) Working(ctx context.Context, now time.Time, c submission.Case) (Content, error) {
	return working(ctx, s.db, now, c)
}

func working(ctx context.Context, db database.DB, now time.Time, c submission.Case) (Content, error) {
	tasks, err := campaign.Tasks(ctx, db, campaign.ID(c.Campaign))
	if err != nil {
		return Content{}, err
	}
	parts, err := submission.Parts(ctx, db, c.ID)
	if err != nil {
		return Content{}, err
	}
	people, err := assignedIn(ctx, db, now, c.ID)
	if err != nil {
		return Content{}, err
	}
	return arrange(tasks, parts, people), nil
}

// PartnerNames returns the name, on the day of now, of every unit that the
// activities name as partner, as sentences call it.
func (s *Service) PartnerNames(ctx context.Context, now time.Time, c Content) (map[string]string, error) {
	slugs := []string{}
	for _, a := range c.Activities() {
		slugs = append(slugs, a.Partners...)
	}
	return unit.CalledBySlug(ctx, s.db, viet.DateOf(now), slugs)
}
