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
	"danvan/internal/unit"
	"danvan/internal/viet"
)

// New is a campaign to be made.
type New struct {
	Year      int
	Lead      string // slug; must be on the roster
	Directive string
	From, To  viet.Date // active time, both days included
	Tasks     []Task    // supplements are not taken over
	Roster    []Seat    // in this order, from the first day on
	Periods   []NewPeriod
}

// Seat is a unit on a new roster.
type Seat struct {
	Unit         string // slug
	ReportsTo    string // slug
	DirectSubmit bool
}

// NewPeriod is a period of a new campaign; every kind of unit needs a deadline.
type NewPeriod struct {
	Kind             Kind
	Slug, Name       string
	OpensOn          viet.Date
	DataFrom, DataTo viet.Date // both included; reports only
	Cumulative       bool
	DueBefore        map[unit.Kind]viet.Date
}

// Create makes a campaign with everything in it or nothing.
func Create(ctx context.Context, db database.DB, act actor.Actor, now time.Time, n New) (Campaign, error) {
	var c Campaign
	err := database.InTx(ctx, db, func(tx pgx.Tx) error {
		if !act.Has(actor.Admin) && !act.IsSystem() {
			return fault.Refusal{Reason: "Chỉ người quản trị được lập năm kế hoạch."}
		}
		if err := n.check(); err != nil {
			return err
		}
		id, err := n.insert(ctx, tx)
		if err != nil {
			return err
		}
		for _, p := range n.Periods {
			if err := p.insert(ctx, tx, id); err != nil {
				return err
			}
		}
		if err := askCore(ctx, tx, id); err != nil {
			return err
		}
		if c, err = byID(ctx, tx, id); err != nil {
			return err
		}
		e := audit.Entry{Subject: c.subject(), Action: "created", After: map[string]any{
			"year": n.Year, "lead": n.Lead, "directive": n.Directive, "from": n.From, "to": n.To,
			"tasks": len(n.Tasks), "units": len(n.Roster), "periods": len(n.Periods),
		}}
		if act.Has(actor.Admin) {
			e.Authority = string(actor.Admin)
		}
		return audit.Record(ctx, tx, act, now, e)
	})
	if err != nil {
		return c, fmt.Errorf("create campaign %d: %w", n.Year, err)
	}
	return c, nil
}

func (n New) check() error {
	bad := fault.Invalid{}
	if viet.CleanLine(n.Directive) == "" {
		bad.Add("directive", "Ghi số, ký hiệu, ngày và trích yếu của kế hoạch")
	}
	if n.From.IsZero() || n.To.Before(n.From) {
		bad.Add("from", "Ngày bắt đầu phải trước ngày kết thúc")
	}
	if len(n.Tasks) == 0 {
		bad.Add("tasks", "Chưa có nhiệm vụ nào")
	}
	seats := map[string]bool{}
	for _, s := range n.Roster {
		if seats[s.Unit] {
			bad.Add("roster", "Đơn vị "+s.Unit+" có hai lần trong danh sách")
		}
		seats[s.Unit] = true
	}
	for _, s := range n.Roster {
		if !seats[s.ReportsTo] {
			bad.Add("roster", "Đơn vị nhận báo cáo "+s.ReportsTo+" không có trong danh sách")
		}
	}
	if !seats[n.Lead] {
		bad.Add("lead", "Đơn vị tổng hợp phải có trong danh sách")
	}
	for i, p := range n.Periods {
		p.check(bad)
		for _, other := range n.Periods[:i] {
			if p.Slug == other.Slug || p.Kind == Plan && other.Kind == Plan {
				bad.Add("periods", "Kỳ "+p.Name+" trùng với kỳ "+other.Name)
			}
			if p.Kind == Report && other.Kind == Report && !windowsFit(p, other) {
				bad.Add("periods", "Thời gian lấy số liệu của kỳ "+p.Name+" và kỳ "+other.Name+
					" chồng lên nhau; hai kỳ phải bắt đầu từ cùng một ngày hoặc không có ngày chung")
			}
		}
	}
	return bad.OrNil()
}

func (p NewPeriod) check(bad fault.Invalid) {
	if viet.CleanLine(p.Name) == "" || p.Slug == "" {
		bad.Add("periods", "Ghi tên kỳ")
	}
	if p.OpensOn.IsZero() {
		bad.Add("periods", "Ghi ngày mở kỳ "+p.Name)
	}
	if (p.Kind == Report) == p.DataTo.IsZero() || p.DataTo.Before(p.DataFrom) || p.DataFrom.IsZero() != p.DataTo.IsZero() {
		bad.Add("periods", "Ghi thời gian lấy số liệu của kỳ "+p.Name)
	}
	for _, kind := range unit.Kinds {
		if !p.DueBefore[kind].After(p.OpensOn) {
			bad.Add("periods", "Hạn nộp của "+kind.Word()+" phải sau ngày mở kỳ "+p.Name)
		}
	}
}

// windowsFit holds for windows that start together or share no day: only then is
// it clear what may be added up.
func windowsFit(a, b NewPeriod) bool {
	return a.DataFrom == b.DataFrom || a.DataTo.Before(b.DataFrom) || b.DataTo.Before(a.DataFrom)
}

func (n New) insert(ctx context.Context, tx pgx.Tx) (ID, error) {
	var id ID
	err := database.InTx(ctx, tx, func(tx pgx.Tx) (err error) {
		id, err = database.Value[ID](ctx, tx, `
			insert into campaign (year, lead_unit, directive, active)
			select @year, id, @directive, daterange(@from::date, @to::date, '[]')
			from unit
			where slug = @lead
			returning id`,
			database.Args{"year": n.Year, "lead": n.Lead, "directive": viet.CleanLine(n.Directive), "from": n.From, "to": n.To})
		return err
	})
	if database.Violates(err, "campaign_year_key") {
		return 0, fault.Invalid{"year": fmt.Sprintf("Đã có năm kế hoạch %d", n.Year)}
	}
	if err != nil {
		return 0, err
	}
	var numbers []int
	var shorts, titles, slugs, receivers []string
	var direct []bool
	for _, t := range n.Tasks {
		numbers, shorts, titles = append(numbers, t.No), append(shorts, t.Short), append(titles, t.Title)
	}
	for _, s := range n.Roster {
		slugs, receivers, direct = append(slugs, s.Unit), append(receivers, s.ReportsTo), append(direct, s.DirectSubmit)
	}
	if _, err := database.Exec(ctx, tx, `
		insert into task (campaign_id, no, short, title)
		select @id, t.no, t.short, t.title
		from unnest(@numbers::int[], @shorts::text[], @titles::text[]) as t(no, short, title)`,
		database.Args{"id": id, "numbers": numbers, "shorts": shorts, "titles": titles}); err != nil {
		return 0, err
	}
	seated, err := database.Exec(ctx, tx, `
		insert into roster (campaign_id, unit_id, unit_version_id, reports_to, position, valid, direct_submit)
		select @id, u.id, v.id, ru.id, t.position, daterange(@from::date, null), t.direct
		from unnest(@slugs::text[], @receivers::text[], @direct::bool[])
		     with ordinality as t(slug, receiver, direct, position)
		join unit u on u.slug = t.slug
		join unit_version v on v.unit_id = u.id and v.valid @> @from::date
		join unit ru on ru.slug = t.receiver`,
		database.Args{"id": id, "from": n.From, "slugs": slugs, "receivers": receivers, "direct": direct})
	if err != nil {
		return 0, err
	}
	if seated != int64(len(n.Roster)) {
		return 0, fault.Invalid{"roster": "Có đơn vị trong danh sách không tồn tại vào ngày " + n.From.String()}
	}
	return id, nil
}

// askCore makes a campaign ask for the core indicators, of the kinds of unit for
// which they are defined.
func askCore(ctx context.Context, tx pgx.Tx, id ID) error {
	_, err := database.Exec(ctx, tx, `
		insert into indicator_use (campaign_id, indicator_id, kinds)
		select @id, id, kinds
		from indicator
		where core`,
		database.Args{"id": id})
	return err
}

func (p NewPeriod) insert(ctx context.Context, tx pgx.Tx, id ID) error {
	period, err := database.Value[PeriodID](ctx, tx, `
		insert into period (campaign_id, kind, slug, name, opens_on, data, cumulative)
		values (@campaign, @kind, @slug, @name, @opens_on,
		        case when @data_from::date is not null then daterange(@data_from::date, @data_to::date, '[]') end, @cumulative)
		returning id`,
		database.Args{"campaign": id, "kind": p.Kind, "slug": p.Slug, "name": viet.CleanLine(p.Name), "opens_on": p.OpensOn,
			"data_from": p.DataFrom, "data_to": p.DataTo, "cumulative": p.Cumulative})
	if err != nil {
		return err
	}
	var kinds []unit.Kind
	var due []time.Time
	for _, kind := range unit.Kinds {
		kinds, due = append(kinds, kind), append(due, p.DueBefore[kind].Start())
	}
	_, err = database.Exec(ctx, tx, `
		insert into deadline (period_id, unit_kind, due_before)
		select @period, t.kind, t.due
		from unnest(@kinds::text[], @due::timestamptz[]) as t(kind, due)`,
		database.Args{"period": period, "kinds": kinds, "due": due})
	return err
}
