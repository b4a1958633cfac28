package demo

import (
	"bytes"
	"context"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"time"

	"danvan/internal/demo/content"
	"danvan/internal/demo/paper"
	"danvan/internal/evidence"
	"danvan/internal/post"
	"danvan/internal/report"
	"danvan/internal/submission"
)

// tasks in the order in which a report is filled in.
var tasks = []int{1, 2, 3, 4, 5, 6, 7, 0}

// firstWriting is the report up to its first sending, or as far as it got.
func (s *reporting) firstWriting() []step {
	steps := []step{s.saveReference(s.report.Document, false)}
	for _, task := range tasks {
		narrative := s.said(s.narrative(task), report.TaskKey(task))
		figures := map[string]submission.Content{}
		for _, f := range s.figures {
			if key := report.FigureKey(f.Code); report.TaskOf(key) == task {
				if values := s.said(s.figure(f), key); len(values) > 0 {
					figures[f.Code] = values
				}
			}
		}
		if len(narrative) > 0 || len(figures) > 0 {
			steps = append(steps, s.saveTask(task, narrative, figures))
		}
	}
	for _, part := range s.assessment() {
		if values := s.said(part.Content, part.Key); len(values) > 0 {
			steps = append(steps, s.saveOpinion(part.Key, values))
		}
	}
	return append(steps, s.additions()...)
}

// mending is what the unit does after the return of a round, or in the amendment
// that is open: it answers remarks and brings parts to what they read now.
func (s *reporting) mending(round int) []step {
	var steps []step
	figures := map[int]map[string]submission.Content{}
	if round == 1 || s.report.State == content.Amending {
		for _, key := range slices.Sorted(maps.Keys(s.formerly)) {
			task := report.TaskOf(key)
			if code, ok := codeOf(key); ok {
				if figures[task] == nil {
					figures[task] = map[string]submission.Content{}
				}
				figures[task][code] = s.now(key)
			}
		}
		for _, task := range tasks {
			var narrative submission.Content
			if s.formerly[report.TaskKey(task)] != nil {
				narrative = s.now(report.TaskKey(task))
			}
			if len(narrative) > 0 || len(figures[task]) > 0 {
				steps = append(steps, s.saveTask(task, narrative, figures[task]))
			}
		}
		for _, key := range []string{report.OverallKey, report.NextKey} {
			if s.formerly[key] != nil {
				steps = append(steps, s.saveOpinion(key, s.now(key)))
			}
		}
	}
	return append(steps, s.replies(round)...)
}

// said is a part as it read in the first writing.
func (s *reporting) said(values submission.Content, key string) submission.Content {
	values = maps.Clone(values)
	if former := s.formerly[key]; former != nil && values != nil {
		maps.Copy(values, former)
	}
	return values
}

// now is a part as it reads in the tables.
func (s *reporting) now(key string) submission.Content {
	if code, ok := codeOf(key); ok {
		for _, f := range s.figures {
			if f.Code == code {
				return s.figure(f)
			}
		}
	}
	for _, part := range s.assessment() {
		if part.Key == key {
			return part.Content
		}
	}
	return s.narrative(report.TaskOf(key))
}

// narrative are the fields of what the unit says about a task, none where it says
// nothing yet.
func (s *reporting) narrative(task int) submission.Content {
	for _, n := range s.content.Narratives {
		if n.Unit != s.unit || n.Period != s.report.Period || n.Task != task {
			continue
		}
		values := submission.Content{"result": n.Result}
		if task != 0 { // the common part has results alone
			values["status"], values["shortcoming"], values["cause"] = n.Status, n.Shortcoming, n.Cause
		}
		return values
	}
	return nil
}

// figure are the fields of a figure, none where it is not answered.
func (s *reporting) figure(f content.Figure) submission.Content {
	answer, estimated, _ := f.In(s.report.Period)
	switch answer {
	case "":
		return nil
	case "nil":
		return submission.Content{"own": "", "mark": "nil", "estimated": ""}
	case "n/a":
		return submission.Content{"own": "", "mark": "not_applicable", "estimated": ""}
	}
	return submission.Content{"own": answer, "mark": "", "estimated": estimated}
}

// assessment are the parts that look at the whole.
func (s *reporting) assessment() []submission.Part {
	for _, a := range s.content.Assessments {
		if a.Unit == s.unit && a.Period == s.report.Period {
			return []submission.Part{
				{Key: report.OverallKey, Content: submission.Content{"strengths": a.Strengths, "shortcomings": a.Shortcomings, "causes": a.Causes}},
				{Key: report.NextKey, Content: submission.Content{"steps": a.Steps}},
			}
		}
	}
	return nil
}

// saveTask stores the page of a task on top of what was saved last.
func (s *reporting) saveTask(task int, narrative submission.Content, figures map[string]submission.Content) step {
	return func(ctx context.Context, now time.Time) error {
		e := report.TaskEdit{Narrative: report.Edit{Read: s.revisions[report.TaskKey(task)], Values: narrative},
			Figures: map[string]report.FigureEdit{}}
		for code, values := range figures {
			e.Figures[code] = report.FigureEdit{Read: s.revisions[report.FigureKey(code)], Values: values}
		}
		r, err := s.reports.SaveTask(ctx, s.clerk.at(now), now, post.Once{}, s.ref, task, e)
		if err != nil {
			return err
		}
		if len(r.Faults) > 0 || len(r.Conflicts) > 0 {
			return fmt.Errorf("task %d was not stored whole: %v", task, map[string]string(r.Faults))
		}
		for key, saved := range r.Saved {
			s.revisions[key] = saved.Revision
		}
		return nil
	}
}

// saveOpinion stores the assessment of the whole, or what comes next.
func (s *reporting) saveOpinion(key string, values submission.Content) step {
	return func(ctx context.Context, now time.Time) error {
		save := s.reports.SaveOverall
		if key == report.NextKey {
			save = s.reports.SaveNext
		}
		r, err := save(ctx, s.clerk.at(now), now, post.Once{}, s.ref, report.Edit{Read: s.revisions[key], Values: values})
		return s.saved(key, r, err)
	}
}

// additions are proposals, lines of the Dân vận khéo table and evidence.
func (s *reporting) additions() []step {
	var steps []step
	for i, p := range s.content.Proposals {
		if p.Unit == s.unit && p.Period == s.report.Period {
			steps = append(steps, func(ctx context.Context, now time.Time) error {
				r, err := s.reports.AddProposal(ctx, s.clerk.at(now), now, post.Once{}, s.ref,
					report.Edit{Values: submission.Content{"body": p.Body, "receiver": p.Receiver}})
				return s.saved("proposal "+strconv.Itoa(i), r, err)
			})
		}
	}
	for i, x := range s.content.Exemplars {
		if x.Unit == s.unit && x.Period == s.report.Period {
			steps = append(steps, func(ctx context.Context, now time.Time) error {
				r, err := s.reports.AddExemplar(ctx, s.clerk.at(now), now, post.Once{}, s.ref, report.Edit{Values: submission.Content{
					"name": x.Name, "field": x.Field, "holder": x.Holder, "result": x.Result, "level": x.Level}})
				return s.saved("exemplar "+strconv.Itoa(i), r, err)
			})
		}
	}
	for _, f := range s.content.ReportFiles {
		if f.Unit == s.unit && f.Period == s.report.Period {
			steps = append(steps, func(ctx context.Context, now time.Time) error {
				file, err := putReportFile(ctx, s.files, f)
				if err != nil {
					return err
				}
				return s.reports.Attach(ctx, s.clerk.at(now), now, post.Once{}, s.ref, f.About, file)
			})
		}
	}
	return steps
}

// putReportFile stores evidence of a report. The same one always has the same
// bytes.
func putReportFile(ctx context.Context, files *evidence.Store, f content.ReportFile) (evidence.File, error) {
	sheet := paper.Sheet{Title: f.Name, Text: f.Text, Note: fictitious}
	return files.Put(ctx, f.Name, bytes.NewReader(sheet.PDF()))
}
