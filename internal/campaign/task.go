package campaign

import (
	"context"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"danvan/internal/actor"
	"danvan/internal/audit"
	"danvan/internal/database"
	"danvan/internal/fault"
	"danvan/internal/viet"
)

// Task is one of the directive's numbered tasks; number 0 is the plan's common
// part and stands after the others.
type Task struct {
	No          int
	Short       string
	Title       string
	Supplements []Supplement // oldest first
}

// Supplement is what a later document adds to a task whose text is frozen.
type Supplement struct {
	ID     int64     `json:"id"`
	OnDate viet.Date `json:"on_date"` // of the document
	Body   string    `json:"body"`
	Basis  string    `json:"basis"` // the document
}

// Lead is what stands before the body: "Bổ sung ngày 02/05/2022 theo Công văn số
// 5/UBND-NC".
func (s Supplement) Lead() string { return "Bổ sung ngày " + s.OnDate.String() + " theo " + s.Basis }

// Tasks returns the tasks in the order of a plan's sections: 1 to n, then 0.
func Tasks(ctx context.Context, db database.DB, id ID) ([]Task, error) {
	tasks, err := database.All[Task](ctx, db, `
		select t.no, t.short, t.title,
		       coalesce(json_agg(json_build_object('id', s.id, 'on_date', s.on_date, 'body', s.body, 'basis', s.basis)
		                         order by s.on_date, s.id)
		                filter (where s.id is not null), '[]') as supplements
		from task t
		left join task_supplement s on s.campaign_id = t.campaign_id and s.task_no = t.no
		where t.campaign_id = @id
		group by t.campaign_id, t.no
		order by t.no = 0, t.no`,
		database.Args{"id": id})
	if err != nil {
		return nil, fmt.Errorf("tasks of campaign %d: %w", id, err)
	}
	return tasks, nil
}

// taskText is a task in the audit.
type taskText struct {
	No    int    `json:"no"`
	Short string `json:"short"`
	Title string `json:"title"`
}

// EditTask changes the text of a task as long as no plan was accepted on it;
// afterwards it refuses and [AddSupplement] is the way.
func EditTask(ctx context.Context, db database.DB, act actor.Actor, now time.Time, id ID, no int, short, title string) error {
	err := database.InTx(ctx, db, func(tx pgx.Tx) error {
		c, as, err := managed(ctx, tx, act, id)
		if err != nil {
			return err
		}
		if c.TasksFrozenAt != nil {
			return fault.Refusal{
				Reason: "Nội dung nhiệm vụ được giữ nguyên từ khi kế hoạch đầu tiên được tiếp nhận.",
				Since:  *c.TasksFrozenAt,
				Remedy: "Thêm phần bổ sung có ngày và văn bản làm căn cứ dưới nhiệm vụ.",
			}
		}
		after := taskText{no, viet.CleanLine(short), viet.CleanLine(title)}
		bad := fault.Invalid{}
		if after.Short == "" {
			bad.Add("short", "Ghi tên gọi tắt của nhiệm vụ")
		}
		if after.Title == "" {
			bad.Add("title", "Ghi nội dung nhiệm vụ")
		}
		if err := bad.OrNil(); err != nil {
			return err
		}
		before, err := database.One[taskText](ctx, tx, `
			select no, short, title
			from task
			where campaign_id = @id and no = @no`,
			database.Args{"id": id, "no": no})
		if err != nil {
			return err
		}
		if err := database.Change(ctx, tx, `
			update task
			set short = @short, title = @title
			where campaign_id = @id and no = @no`,
			database.Args{"id": id, "no": no, "short": after.Short, "title": after.Title}); err != nil {
			return err
		}
		return audit.Record(ctx, tx, act, now, audit.Entry{
			Subject: c.subject(), Action: "task_edited", Authority: as, Before: before, After: after,
		})
	})
	if err != nil {
		return fmt.Errorf("edit task %d: %w", no, err)
	}
	return nil
}

// FreezeTasks fixes the task texts because a plan was accepted on them; the first
// call counts. The caller has decided that act may accept.
func FreezeTasks(ctx context.Context, db database.DB, act actor.Actor, now time.Time, id ID) error {
	err := database.InTx(ctx, db, func(tx pgx.Tx) error {
		n, err := database.Exec(ctx, tx, `
			update campaign
			set tasks_frozen_at = @now
			where id = @id and tasks_frozen_at is null`,
			database.Args{"id": id, "now": now})
		if err != nil || n == 0 {
			return err
		}
		return audit.Record(ctx, tx, act, now, audit.Entry{Subject: Campaign{ID: id}.subject(), Action: "tasks_frozen"})
	})
	if err != nil {
		return fmt.Errorf("freeze tasks of campaign %d: %w", id, err)
	}
	return nil
}

// AddSupplement puts a dated supplement under a task.
func AddSupplement(ctx context.Context, db database.DB, act actor.Actor, now time.Time, id ID, no int, s Supplement) error {
	err := database.InTx(ctx, db, func(tx pgx.Tx) error {
		c, as, err := managed(ctx, tx, act, id)
		if err != nil {
			return err
		}
		s.Body, s.Basis = viet.Clean(s.Body), viet.CleanLine(s.Basis)
		bad := fault.Invalid{}
		if s.OnDate.IsZero() {
			bad.Add("on_date", "Ghi ngày của văn bản bổ sung")
		}
		if s.Body == "" {
			bad.Add("body", "Ghi nội dung bổ sung")
		}
		if s.Basis == "" {
			bad.Add("basis", "Ghi văn bản làm căn cứ")
		}
		if err := bad.OrNil(); err != nil {
			return err
		}
		s.ID, err = database.Value[int64](ctx, tx, `
			insert into task_supplement (campaign_id, task_no, on_date, body, basis)
			select campaign_id, no, @on_date, @body, @basis
			from task
			where campaign_id = @id and no = @no
			returning id`,
			database.Args{"id": id, "no": no, "on_date": s.OnDate, "body": s.Body, "basis": s.Basis})
		if err != nil {
			return err
		}
		return audit.Record(ctx, tx, act, now, audit.Entry{
			Subject: c.subject(), Action: "task_supplemented", Authority: as,
			After: struct {
				Task int `json:"task"`
				Supplement
			}{no, s},
		})
	})
	if err != nil {
		return fmt.Errorf("supplement task %d: %w", no, err)
	}
	return nil
}

// managed returns the campaign, locked until tx ends, and the role in which act
// may manage it.
func managed(ctx context.Context, tx pgx.Tx, act actor.Actor, id ID) (Campaign, string, error) {
	if _, err := database.Value[ID](ctx, tx, `
		select id
		from campaign
		where id = @id
		for update`,
		database.Args{"id": id}); err != nil {
		return Campaign{}, "", err
	}
	c, err := byID(ctx, tx, id)
	if err != nil {
		return c, "", err
	}
	as, err := c.authority(act)
	return c, as, err
}
