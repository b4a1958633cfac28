package plan

import (
	"context"
	"strconv"
	"time"

	"github.com/jackc/pgx/v5"

	"danvan/internal/database"
	"danvan/internal/submission"
)

// book is what plans bring to the workflow.
type book struct{}

func (book) Kind() submission.Kind     { return submission.Plan }
func (book) Schema() submission.Schema { return Schema }
func (book) Letters() string           { return "KH" }

func (book) Subject(c submission.Case) string { return Subject(c.Year) }

// Subject is what the plan of a year is about, without "Kế hoạch": that is the name
// of its type and stands above it (NĐ 30/2020, phụ lục I).
func Subject(year int) string {
	return "Thực hiện công tác dân vận chính quyền năm " + strconv.Itoa(year)
}

func (book) Weigh(ctx context.Context, db database.DB, now time.Time, c submission.Case) (submission.Weight, error) {
	content, err := working(ctx, db, now, c)
	if err != nil {
		return submission.Weight{}, err
	}
	return submission.Weight{Gaps: Gaps(content), Doubts: Found(content), Reference: content.RefPart,
		Holds: strconv.Itoa(len(content.Activities())) + " hoạt động", Contents: contents(content), People: people(content)}, nil
}

func contents(content Content) []submission.Item {
	var items []submission.Item
	for _, s := range content.Sections {
		holds := "Chưa có hoạt động"
		switch {
		case len(s.Activities) > 0:
			holds = strconv.Itoa(len(s.Activities)) + " hoạt động"
		case s.Scope == ScopeNone:
			holds = "Không thuộc phạm vi"
		case s.Scope == ScopeNil:
			holds = "Không phát sinh"
		}
		items = append(items, submission.Item{Task: s.Task, Title: s.Short, Holds: holds})
	}
	return items
}

// Froze notes which activities stand in a version from now on: they can be
// stopped, not deleted.
func (book) Froze(ctx context.Context, tx pgx.Tx, c *submission.Case) error {
	_, err := database.Exec(ctx, tx, `
		update activity a set sent = true
		where submission_id = @id and not sent
		  and exists (select from part p where p.copy_id = a.submission_id and p.key = 'activity/' || a.id)`,
		database.Args{"id": c.ID})
	return err
}

// people says, for each activity part, who is in charge when a version is frozen.
func people(content Content) map[string]map[string]string {
	out := map[string]map[string]string{}
	for _, a := range content.Activities() {
		who := map[string]string{}
		if a.Owner != nil {
			who["owner"] = a.Owner.Name
		}
		if a.Deputy != nil {
			who["deputy"] = a.Deputy.Name
		}
		if len(who) > 0 {
			out[ActivityKey(a.ID)] = who
		}
	}
	return out
}

// Weigh fills in the facts of a case that depend on the content.
func Weigh(c *submission.Case, content Content) {
	c.Weigh(submission.Weight{Gaps: Gaps(content), Reference: content.RefPart})
}

// Signature is what the leader fills in and confirms when signing off.
type Signature = submission.Signature

// Doubts returns what is odd about the plan, with the answers already given.
func (s *Service) Doubts(ctx context.Context, c submission.Case, content Content) ([]submission.Doubt, error) {
	return submission.Doubts(ctx, s.db, c.ID, Found(content))
}
