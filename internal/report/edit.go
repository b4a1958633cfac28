package report

import (
	"context"
	"errors"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"danvan/internal/actor"
	"danvan/internal/database"
	"danvan/internal/fault"
	"danvan/internal/indicator"
	"danvan/internal/post"
	"danvan/internal/submission"
	"danvan/internal/unit"
	"danvan/internal/viet"
)

// Edit is one form's worth of changes to a part.
type Edit = submission.Typed

// Result says what was stored of one part and what was not.
type Result = submission.Result

// FigureEdit is one row of a page with figures.
type FigureEdit struct {
	Read    int                // revision of the part the row was filled from
	Seen    string             // its [submission.Digest]; "" = the form does not say
	Values  submission.Content // own, mark, estimated: canonical text of what can be read
	Forgone submission.Content // typed before and given up on a conflict page
}

// TaskEdit is the page of one task: its narrative, and its figures by code.
type TaskEdit struct {
	Narrative Edit // saved when it has values, or some given up
	Figures   map[string]FigureEdit
	Answers   map[string]string // explanations by code of the doubt; those nobody asks for any more are dropped
}

// TaskResult says what was stored of a page and what was not. Each part is saved
// for itself.
type TaskResult struct {
	Saved     map[string]submission.Saved // by key of part
	Faults    fault.Invalid               // by field of the narrative, or [FieldOf] a figure
	Conflicts []*submission.Conflict      // parts somebody else changed; nothing of theirs was stored
	Unheard   map[string]string           // answers that could not be stored, by code of the doubt: why
}

// done is what the form's key remembers: nothing while something is to be mended.
func (r TaskResult) done() string {
	if len(r.Faults) > 0 || len(r.Conflicts) > 0 || len(r.Unheard) > 0 {
		return ""
	}
	return "saved"
}

// SaveTask stores what is valid of the page of a task, in one transaction.
func (s *Service) SaveTask(ctx context.Context, act actor.Actor, now time.Time, once post.Once, ref submission.Ref, task int, e TaskEdit) (TaskResult, error) {
	var r TaskResult
	_, err := s.Change(ctx, act, now, once, ref, "save a task of", func(tx pgx.Tx, c *submission.Case) (string, error) {
		if err := submission.Decide(act, submission.Edit, *c, now).Err(); err != nil {
			return "", err
		}
		known, err := database.Value[bool](ctx, tx, `
			select exists (select from task where campaign_id = @campaign and no = @no)`,
			database.Args{"campaign": c.Campaign, "no": task})
		if err != nil {
			return "", err
		}
		if !known || !all(e.Figures, func(code string) bool { return TaskOf(FigureKey(code)) == task }) {
			return "", fault.NotFound
		}
		saves, bad, err := figureSaves(ctx, tx, *c, e.Figures, e.Narrative.Autosave)
		if err != nil {
			return "", err
		}
		if len(e.Narrative.Values) > 0 || len(e.Narrative.Forgone) > 0 {
			save, faults := narrativeSave(task, e.Narrative)
			saves = append([]submission.Save{save}, saves...)
			maps.Copy(bad, faults)
		}
		several, err := submission.SaveParts(ctx, tx, act, now, c, saves)
		r = TaskResult{Saved: several.Saved, Faults: bad, Conflicts: several.Conflicts}
		if err != nil {
			return "", err
		}
		r.Unheard, err = answer(ctx, tx, act, now, c, e.Answers)
		return r.done(), err
	})
	return r, err
}

// answer keeps explanations of what is odd about the figures as they now stand.
func answer(ctx context.Context, tx pgx.Tx, act actor.Actor, now time.Time, c *submission.Case, answers map[string]string) (unheard map[string]string, err error) {
	if len(answers) == 0 {
		return nil, nil
	}
	content, err := working(ctx, tx, now, *c)
	if err != nil {
		return nil, err
	}
	doubts, err := submission.Doubts(ctx, tx, c.ID, Found(content))
	if err != nil {
		return nil, err
	}
	unheard = map[string]string{}
	for _, doubt := range doubts {
		words, given := answers[doubt.Code]
		if !given || viet.Clean(words) == doubt.Answer {
			continue // what was said before is not said again
		}
		err := submission.AnswerDoubt(ctx, tx, act, now, c, doubt, words)
		if bad, ok := errors.AsType[fault.Invalid](err); ok {
			unheard[doubt.Code] = bad["answer"]
			continue
		}
		if err != nil {
			return nil, err
		}
	}
	return unheard, nil
}

func narrativeSave(task int, e Edit) (submission.Save, fault.Invalid) {
	kind, _ := Schema.Of(TaskKey(task)) // the schema is fixed
	good, bad := kind.Split(e.Values, submission.Known{})
	forgone, _ := kind.Split(e.Forgone, submission.Known{})
	if task == 0 { // the common part has results alone
		for _, name := range []string{"status", "shortcoming", "cause"} {
			delete(good, name)
			delete(bad, name)
		}
	}
	return submission.Save{Key: TaskKey(task), Read: e.Read, Seen: e.Seen, Values: good, Autosave: e.Autosave, Forgone: forgone}, bad
}

// SaveFigures stores figures of any task all together or, with the first fault or
// conflict, none of them: what a file brings in.
func (s *Service) SaveFigures(ctx context.Context, act actor.Actor, now time.Time, once post.Once, ref submission.Ref, figures map[string]FigureEdit) (TaskResult, error) {
	var r TaskResult
	_, err := s.Change(ctx, act, now, once, ref, "save figures of", func(tx pgx.Tx, c *submission.Case) (string, error) {
		if err := submission.Decide(act, submission.Edit, *c, now).Err(); err != nil {
			return "", err
		}
		saves, bad, err := figureSaves(ctx, tx, *c, figures, false)
		if err != nil {
			return "", err
		}
		several, err := submission.SaveParts(ctx, tx, act, now, c, saves)
		r = TaskResult{Saved: several.Saved, Faults: bad, Conflicts: several.Conflicts}
		switch {
		case err != nil:
			return "", err
		case len(bad) > 0:
			return "", bad
		case len(several.Conflicts) > 0:
			return "", several.Conflicts[0]
		}
		return r.done(), nil
	})
	if err != nil {
		r.Saved = nil // rolled back
	}
	return r, err
}

// CheckFigures says what would be wrong with figures, by [FieldOf], as saving them
// would; nothing is stored.
func (s *Service) CheckFigures(ctx context.Context, c submission.Case, figures map[string]FigureEdit) (fault.Invalid, error) {
	_, bad, err := figureSaves(ctx, s.db, c, figures, false)
	return bad, wrap(err, "check figures of", c.Ref())
}

// figureSaves checks rows and makes saves of what is valid in them, in the order
// of codes.
func figureSaves(ctx context.Context, db database.DB, c submission.Case, figures map[string]FigureEdit, autosave bool) ([]submission.Save, fault.Invalid, error) {
	bad := fault.Invalid{}
	if len(figures) == 0 {
		return nil, bad, nil
	}
	asked, err := indicator.For(ctx, db, c.Campaign, c.Unit, unit.Kind(c.UnitKind))
	if err != nil {
		return nil, nil, err
	}
	codes := slices.SortedFunc(maps.Keys(figures), strings.Compare)
	keys := make([]string, len(codes))
	for i, code := range codes {
		keys[i] = FigureKey(code)
	}
	parts, err := submission.PartsByKeys(ctx, db, c.ID, keys)
	if err != nil {
		return nil, nil, err
	}
	var saves []submission.Save
	for _, code := range codes {
		e := figures[code]
		i := slices.IndexFunc(asked, func(i indicator.Indicator) bool { return i.Code == code && i.Typed() })
		if i < 0 {
			bad.Add(FieldOf(code, "own"), "Đơn vị không phải báo cáo chỉ tiêu "+code)
			continue
		}
		good, faults := checkFigure(asked[i], e.Values, parts[FigureKey(code)].Content)
		for name, sentence := range faults {
			bad.Add(FieldOf(code, name), sentence)
		}
		forgone, _ := checkFigure(asked[i], e.Forgone, nil)
		saves = append(saves, submission.Save{Key: FigureKey(code), Read: e.Read, Seen: e.Seen, Values: good, Whole: true, Autosave: autosave, Forgone: forgone})
	}
	return saves, bad, nil
}

// SaveOverall stores the overall assessment.
func (s *Service) SaveOverall(ctx context.Context, act actor.Actor, now time.Time, once post.Once, ref submission.Ref, e Edit) (Result, error) {
	return s.SavePart(ctx, act, now, once, ref, OverallKey, submission.May(act, submission.Edit, now), e)
}

// SaveNext stores what is to be done next.
func (s *Service) SaveNext(ctx context.Context, act actor.Actor, now time.Time, once post.Once, ref submission.Ref, e Edit) (Result, error) {
	return s.SavePart(ctx, act, now, once, ref, NextKey, submission.May(act, submission.Edit, now), e)
}

func all[V any](m map[string]V, ok func(string) bool) bool {
	for key := range m {
		if !ok(key) {
			return false
		}
	}
	return true
}

// own returns the case of ref for the unit itself, [fault.NotFound] for others.
func (s *Service) own(ctx context.Context, act actor.Actor, now time.Time, ref submission.Ref) (submission.Case, error) {
	c, err := s.Case(ctx, act, now, ref)
	if err == nil && !submission.See(act, c).Working {
		err = fault.NotFound
	}
	return c, err
}
