package campaign

import (
	"context"
	_ "embed"
	"encoding/csv"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"danvan/internal/actor"
	"danvan/internal/database"
	"danvan/internal/unit"
	"danvan/internal/viet"
)

var (
	//go:embed reference/tasks_2022.csv
	tasks2022 string
	//go:embed reference/holidays_2022.csv
	holidays2022 string
)

const (
	lead2022      = "snv"
	directive2022 = "Kế hoạch số 32/KH-UBND ngày 28/02/2022 của Ủy ban nhân dân tỉnh Hậu Giang"
)

// Load2022 enters the campaign of Hậu Giang in 2022: holidays, tasks, roster and
// periods. The units must have been loaded ([unit.Reference]).
func Load2022(ctx context.Context, db database.DB, act actor.Actor, now time.Time) (Campaign, error) {
	var c Campaign
	err := database.InTx(ctx, db, func(tx pgx.Tx) error {
		n := New{
			Year: 2022, Lead: lead2022, Directive: directive2022,
			From: viet.NewDate(2022, time.January, 1), To: viet.NewDate(2022, time.December, 31),
			Periods: periods2022(),
		}
		var days []Holiday
		for _, f := range records(holidays2022) {
			day, err := viet.ParseDate(f[0])
			if err != nil {
				return err
			}
			days = append(days, Holiday{day, f[1], f[2]})
		}
		if err := SetHolidays(ctx, tx, act, now, days); err != nil {
			return err
		}
		for _, f := range records(tasks2022) {
			no, err := strconv.Atoi(f[0])
			if err != nil {
				return err
			}
			n.Tasks = append(n.Tasks, Task{No: no, Short: f[1], Title: f[2]})
		}
		units, err := unit.List(ctx, tx, unit.Filter{On: n.From, Kinds: []unit.Kind{unit.Department, unit.District}})
		if err != nil {
			return err
		}
		for _, u := range units {
			n.Roster = append(n.Roster, Seat{Unit: u.Slug, ReportsTo: lead2022})
		}
		c, err = Create(ctx, tx, act, now, n)
		return err
	})
	if err != nil {
		return c, fmt.Errorf("load campaign 2022: %w", err)
	}
	return c, nil
}

// periods2022 has one day that the directive itself sets: reports of the year are
// due before 05/12/2022. The others are an administrator's choice.
func periods2022() []NewPeriod {
	day := func(month time.Month, day int) viet.Date { return viet.NewDate(2022, month, day) }
	all := func(due viet.Date) map[unit.Kind]viet.Date {
		out := map[unit.Kind]viet.Date{}
		for _, kind := range unit.Kinds {
			out[kind] = due
		}
		return out
	}
	year := all(day(time.December, 5))
	year[unit.Commune] = day(time.December, 3)
	dataFrom := viet.NewDate(2021, time.December, 15)
	return []NewPeriod{
		{Kind: Plan, Slug: "ke-hoach", Name: "Kế hoạch năm 2022",
			OpensOn: day(time.February, 28), DueBefore: all(day(time.April, 1))},
		{Kind: Report, Slug: "6-thang", Name: "6 tháng đầu năm 2022",
			OpensOn: day(time.June, 1), DueBefore: all(day(time.June, 21)),
			DataFrom: dataFrom, DataTo: day(time.June, 14), Cumulative: true},
		{Kind: Report, Slug: "nam", Name: "Năm 2022",
			OpensOn: day(time.November, 15), DueBefore: year,
			DataFrom: dataFrom, DataTo: day(time.November, 30), Cumulative: true},
		{Kind: Evaluation, Slug: "tu-danh-gia", Name: "Tự đánh giá năm 2022",
			OpensOn: day(time.November, 15), DueBefore: all(day(time.December, 5))},
	}
}

// records reads an embedded CSV file without its header.
func records(file string) [][]string {
	lines, err := csv.NewReader(strings.NewReader(file)).ReadAll()
	if err != nil {
		panic(err) // the file is part of the program
	}
	return lines[1:]
}
