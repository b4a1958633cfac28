package demo

import (
	"context"
	_ "embed"
	"encoding/csv"
	"fmt"
	"slices"
	"strings"
	"time"

	"danvan/internal/actor"
	"danvan/internal/demo/content"
	"danvan/internal/direction"
	"danvan/internal/post"
	"danvan/internal/proposal"
	"danvan/internal/viet"
)

// ledgerTable says what became of the units' proposals, directionTable what those
// who lead said and what was answered. A receiver is a unit's slug, or a name. A
// line without a moment has not come to that yet.
var (
	//go:embed ledger.csv
	ledgerTable string
	//go:embed directions.csv
	directionTable string
)

// linesOf are the lines of a table by the names of its columns.
func linesOf(table string) []map[string]string {
	rows, err := csv.NewReader(strings.NewReader(table)).ReadAll()
	if err != nil {
		panic(err) // the table is part of the program
	}
	var lines []map[string]string
	for _, row := range rows[1:] {
		line := map[string]string{}
		for i, name := range rows[0] {
			line[name] = row[i]
		}
		lines = append(lines, line)
	}
	return lines
}

// ledger is what happens across units, apart from what they file, in order of time.
func (s *stage) ledger() []act {
	var acts []act
	on := func(at string, do step) {
		if at != "" {
			moment, err := time.ParseInLocation("2006-01-02 15:04", at, viet.Location)
			if err != nil {
				panic(err) // likewise
			}
			acts = append(acts, act{moment, do})
		}
	}
	for _, l := range linesOf(ledgerTable) {
		on(l["assigned_at"], s.assigns(l))
		on(l["answered_at"], s.answers(l))
	}
	for i, l := range linesOf(directionTable) {
		no := i + 1 // in order of time
		on(l["given_at"], s.gives(l))
		on(l["answered_at"], func(ctx context.Context, now time.Time) error {
			by, err := s.by(l["answered_by"], now)
			if err != nil {
				return err
			}
			return direction.AnswerIt(ctx, s.db, by, now, post.Once{}, content.Year, no, 1, l["answer"])
		})
		on(l["closed_at"], func(ctx context.Context, now time.Time) error {
			by, err := s.by(l["closed_by"], now)
			if err != nil {
				return err
			}
			return direction.CloseIt(ctx, s.db, by, now, post.Once{}, content.Year, no, 2, l["closing"])
		})
	}
	slices.SortStableFunc(acts, func(a, b act) int { return a.at.Compare(b.at) })
	return acts
}

// by is who signs in under username, at a moment.
func (s *stage) by(username string, now time.Time) (actor.Actor, error) {
	p, err := s.people.withUsername(username)
	return p.at(now), err
}

// entry finds the proposal of a line, as its keeper reads it.
func (s *stage) entry(ctx context.Context, l map[string]string, now time.Time) (actor.Actor, proposal.Case, error) {
	keeper, err := s.by(l["keeper"], now)
	if err != nil {
		return keeper, proposal.Case{}, err
	}
	ref := proposal.Ref{Year: content.Year, Period: l["period"], Unit: l["unit"]}
	if _, err := fmt.Sscan(l["no"], &ref.No); err != nil {
		return keeper, proposal.Case{}, err
	}
	c, err := proposal.One(ctx, s.db, keeper, now, ref)
	return keeper, c, err
}

func (s *stage) assigns(l map[string]string) step {
	return func(ctx context.Context, now time.Time) error {
		keeper, c, err := s.entry(ctx, l, now)
		if err != nil {
			return err
		}
		a := proposal.Assignment{Read: c.Revision, Unit: l["receiver"], DueOn: dayOf(l["due_on"])}
		if strings.Contains(a.Unit, " ") {
			a.Unit, a.Other = "", a.Unit
		}
		return proposal.AssignIt(ctx, s.db, keeper, now, post.Once{}, c.Ref(), a)
	}
}

func (s *stage) answers(l map[string]string) step {
	return func(ctx context.Context, now time.Time) error {
		keeper, c, err := s.entry(ctx, l, now)
		if err != nil {
			return err
		}
		return proposal.AnswerIt(ctx, s.db, keeper, now, post.Once{}, c.Ref(),
			proposal.Reply{Read: c.Revision, Answer: l["answer"], Paper: l["paper"], On: dayOf(l["answered_on"])})
	}
}

func (s *stage) gives(l map[string]string) step {
	return func(ctx context.Context, now time.Time) error {
		by, err := s.by(l["by"], now)
		if err != nil {
			return err
		}
		subject, name, _ := strings.Cut(l["about"], " ")
		g := direction.Giving{Unit: l["unit"], Body: l["body"], DueOn: dayOf(l["due_on"]), Topic: direction.Topic{Subject: direction.Subject(subject)}}
		switch g.Topic.Subject {
		case direction.OfReport:
			g.Topic.Period = name
		case direction.OfActivity:
			g.Topic.Code = name
		}
		_, err = direction.GiveIt(ctx, s.db, by, now, post.Once{}, content.Year, g)
		return err
	}
}

// dayOf reads a day of a table, which is part of the program.
func dayOf(text string) viet.Date {
	if text == "" {
		return viet.Date{}
	}
	day, err := viet.ParseDate(text)
	if err != nil {
		panic(err)
	}
	return day
}
