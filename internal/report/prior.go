package report

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"

	"danvan/internal/actor"
	"danvan/internal/audit"
	"danvan/internal/database"
	"danvan/internal/fault"
	"danvan/internal/indicator"
	"danvan/internal/post"
	"danvan/internal/submission"
	"danvan/internal/unit"
	"danvan/internal/viet"
)

// PriorFigure is a figure of an earlier year that somebody typed in afterwards:
// the portal had no report of that year.
type PriorFigure struct {
	Code   string
	Value  string // canonical number
	Source string // where it was read, e.g. the number of a report
	ByName string
	At     time.Time
}

// Prior returns the figures typed in for a unit and the period (slug) of a year,
// by code.
func Prior(ctx context.Context, db database.DB, u actor.UnitID, year int, period string) (map[string]PriorFigure, error) {
	list, err := database.All[PriorFigure](ctx, db, `
		select i.code, trim_scale(g.value)::text as value, g.source, g.by_name, g.at
		from prior_figure g
		join indicator i on i.id = g.indicator_id
		where g.unit_id = @unit and g.year = @year and g.period = @period`,
		database.Args{"unit": u, "year": year, "period": period})
	if err != nil {
		return nil, fmt.Errorf("figures of unit %d for %d/%s: %w", u, year, period, err)
	}
	all := make(map[string]PriorFigure, len(list))
	for _, f := range list {
		all[f.Code] = f
	}
	return all, nil
}

// PriorEdit is one row of the page on which they are typed in.
type PriorEdit struct {
	Was    string // the number the row was filled from
	Value  string // canonical number, "" takes it out
	Source string
}

// DecidePrior answers whether act may type in what the report of c is compared
// with: the unit itself until its report is accepted, since others have judged it
// by them; a consolidator of the receiver or of the lead unit, and the
// administrator, at any time.
func DecidePrior(act actor.Actor, c submission.Case) submission.Decision {
	own := act.Is(c.Unit, actor.Staff, actor.UnitLeader)
	switch {
	case act.Is(c.Receiver, actor.Consolidator), act.Is(c.Lead, actor.Consolidator), act.Has(actor.Admin):
		return submission.Decision{Allowed: true}
	case own && c.InForce == nil:
		return submission.Decision{Allowed: true}
	case own:
		return submission.Decision{Refusal: fault.Refusal{
			Reason: "Báo cáo đã được tiếp nhận cùng số liệu năm trước để so sánh.",
			Remedy: "Đề nghị chuyên viên tổng hợp của " + c.Receives + " sửa số liệu năm trước.",
		}}
	}
	return submission.Decision{Refusal: fault.Refusal{
		Reason: "Số liệu năm trước do " + c.UnitShort + " hoặc chuyên viên tổng hợp của " + c.Receives + " nhập.",
	}}
}

// SavePrior stores figures of the year before ref, for the same period, by code.
// What is valid is stored; the rest comes back by [FieldOf] (fields value and
// source), as does what somebody else changed since.
func (s *Service) SavePrior(ctx context.Context, act actor.Actor, now time.Time, once post.Once, ref submission.Ref, edits map[string]PriorEdit) (fault.Invalid, error) {
	var bad fault.Invalid
	_, err := s.Change(ctx, act, now, once, ref, "save last year's figures of", func(tx pgx.Tx, c *submission.Case) (string, error) {
		if err := DecidePrior(act, *c).Err(); err != nil {
			return "", err
		}
		asked, err := indicator.For(ctx, tx, c.Campaign, c.Unit, unit.Kind(c.UnitKind))
		if err != nil {
			return "", err
		}
		stored, err := Prior(ctx, tx, c.Unit, c.Year-1, c.Period)
		if err != nil {
			return "", err
		}
		var good map[string]PriorEdit
		if good, bad = checkPrior(asked, stored, edits); len(good) > 0 {
			if err := PutPrior(ctx, tx, act, now, c.Unit, c.UnitSlug, c.Year-1, c.Period, good); err != nil {
				return "", err
			}
		}
		if len(bad) > 0 {
			return "", nil
		}
		return "saved", nil
	})
	return bad, err
}

// checkPrior parts rows into those to be stored and what is wrong with the rest.
// Rows nobody touched are in neither.
func checkPrior(asked []indicator.Indicator, stored map[string]PriorFigure, edits map[string]PriorEdit) (good map[string]PriorEdit, bad fault.Invalid) {
	good, bad = map[string]PriorEdit{}, fault.Invalid{}
	for code, e := range edits {
		is := stored[code]
		e.Source = viet.CleanLine(e.Source)
		if e.Value == is.Value && (e.Source == is.Source || e.Value == "") {
			continue
		}
		i := slices.IndexFunc(asked, func(i indicator.Indicator) bool { return i.Code == code && i.Typed() })
		switch {
		case i < 0:
			bad.Add(FieldOf(code, "value"), "Đơn vị không phải báo cáo chỉ tiêu "+code)
		case checkPriorNumber(asked[i], e.Value) != "":
			bad.Add(FieldOf(code, "value"), checkPriorNumber(asked[i], e.Value))
		case len([]rune(e.Source)) > maxSource:
			bad.Add(FieldOf(code, "source"), "Nguồn số liệu viết không quá 300 ký tự")
		case e.Was != is.Value && e.Value != e.Was:
			bad.Add(FieldOf(code, "value"), is.overtook())
		case e.Was != is.Value: // somebody else's number stays where this row was not touched
		default:
			good[code] = e
		}
	}
	return good, bad
}

// maxSource is the longest source of a figure, in characters.
const maxSource = 300

func checkPriorNumber(i indicator.Indicator, value string) string {
	if r := indicator.ParseAmount(value); r != nil && r.Sign() < 0 {
		return "Số liệu không thể là số âm"
	}
	return checkNumber(i, "own", value)
}

// overtook says what somebody else did to a figure meanwhile.
func (f PriorFigure) overtook() string {
	if f.Value == "" {
		return "Người khác vừa xóa số này; nếu vẫn muốn ghi, bấm lưu lần nữa"
	}
	return fmt.Sprintf("%s đã ghi %s lúc %s; nếu vẫn muốn thay, bấm lưu lần nữa", f.ByName, viet.FormatNumber(f.Value), viet.Moment(f.At))
}

// PutPrior stores figures of a year and period for a unit, in the transaction of
// whoever calls; it asks no policy and checks no number.
func PutPrior(ctx context.Context, tx pgx.Tx, act actor.Actor, now time.Time, u actor.UnitID, slug string, year int, period string, edits map[string]PriorEdit) error {
	stored, err := Prior(ctx, tx, u, year, period)
	if err != nil {
		return err
	}
	before, after := map[string]any{}, map[string]any{}
	var codes, values, sources []string
	for _, code := range slices.Sorted(maps.Keys(edits)) {
		codes, values, sources = append(codes, code), append(values, edits[code].Value), append(sources, edits[code].Source)
		before[code] = map[string]string{"value": stored[code].Value, "source": stored[code].Source}
		after[code] = map[string]string{"value": edits[code].Value, "source": edits[code].Source}
	}
	args := database.Args{"unit": u, "year": year, "period": period, "codes": codes, "values": values}
	if _, err := database.Exec(ctx, tx, `
		delete from prior_figure g
		using indicator i, unnest(@codes::text[], @values::text[]) as t(code, value)
		where i.id = g.indicator_id and t.code = i.code and t.value = ''
		  and g.unit_id = @unit and g.year = @year and g.period = @period`, args); err != nil {
		return err
	}
	args["sources"], args["by"], args["name"], args["now"] = sources, orNull(act.Person), act.Name, now
	if _, err := database.Exec(ctx, tx, `
		insert into prior_figure (unit_id, indicator_id, year, period, value, source, by_person, by_name, at)
		select @unit, i.id, @year, @period, t.value::numeric, t.source, @by, @name, @now
		from unnest(@codes::text[], @values::text[], @sources::text[]) as t(code, value, source)
		join indicator i on i.code = t.code
		where t.value <> ''
		on conflict (unit_id, indicator_id, year, period) do update
		set value = excluded.value, source = excluded.source, by_person = excluded.by_person, by_name = excluded.by_name, at = excluded.at`,
		args); err != nil {
		return err
	}
	return audit.Record(ctx, tx, act, now, audit.Entry{
		Subject: fmt.Sprintf("prior/%s/%d/%s", slug, year, period), Action: "saved", Authority: authority(act, u),
		Before: before, After: after,
	})
}

// authority says in which role act types figures in.
func authority(act actor.Actor, u actor.UnitID) string {
	for _, r := range []actor.Role{actor.UnitLeader, actor.Staff} {
		if act.Is(u, r) {
			return string(r)
		}
	}
	for _, r := range []actor.Role{actor.Consolidator, actor.Admin} {
		if act.Has(r) {
			return string(r)
		}
	}
	return ""
}

// orNull is NULL for the portal itself, which is no person.
func orNull(p actor.PersonID) *actor.PersonID {
	if p == 0 {
		return nil
	}
	return &p
}
