package consolidation

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"danvan/internal/actor"
	"danvan/internal/audit"
	"danvan/internal/database"
	"danvan/internal/fault"
	"danvan/internal/viet"
	"danvan/internal/workingcopy"
)

// errFrozen says that what is stored cannot be trusted any more.
var errFrozen = errors.New("what is stored is not what was frozen")

// frozenWithHash returns one freezing of c, checked against its hash.
func frozenWithHash(ctx context.Context, db database.DB, c Case, no int) (Frozen, string, error) {
	type row struct {
		Content []byte
		SHA256  []byte `db:"sha256"`
	}
	var f Frozen
	r, err := database.One[row](ctx, db, `
		select content, sha256
		from consolidation_frozen
		where consolidation_id = @id and no = @no`,
		database.Args{"id": c.ID, "no": no})
	if err != nil {
		return f, "", err
	}
	if sum := sha256.Sum256(r.Content); hexOf(sum[:]) != hexOf(r.SHA256) {
		return f, "", fmt.Errorf("freezing %d: %w", no, errFrozen)
	}
	if err := json.Unmarshal(r.Content, &f); err != nil {
		return f, "", fmt.Errorf("freezing %d: %w", no, err)
	}
	return f, hexOf(r.SHA256), nil
}

func frozenByNo(ctx context.Context, db database.DB, c Case, no int) (Frozen, error) {
	f, _, err := frozenWithHash(ctx, db, c, no)
	return f, err
}

// Frozen returns the newest freezing of ref ([Case.Frozen]): for those who make the
// consolidation, and once it is signed off for who may see that.
func (s *Service) Frozen(ctx context.Context, act actor.Actor, now time.Time, ref Ref) (Case, Frozen, error) {
	c, err := s.Case(ctx, act, now, ref)
	if err != nil {
		return c, Frozen{}, err
	}
	sight := See(act, c)
	if c.Frozen == nil || !sight.Working && !(sight.Signed && c.Frozen.SignedOffAt != nil) {
		return c, Frozen{}, wrap(fault.NotFound, "read what is frozen of", ref)
	}
	f, err := frozenByNo(ctx, s.db, c, c.Frozen.No)
	return c, f, wrap(err, "read what is frozen of", ref)
}

// Preview is a consolidation as it would go, or went, to paper.
type Preview struct {
	Case    Case
	Printed Printed
	Ground  Ground // it stands on: now, or as frozen
	Working bool   // of the working copy, else of what was frozen
	Issue   int    // of this issue, 0 for none
}

// Preview returns what act reads of ref: the working copy while it is a draft, then
// what was frozen, then the newest issue. Who may not see the working copy reads
// what is signed off, else the newest issue.
func (s *Service) Preview(ctx context.Context, act actor.Actor, now time.Time, ref Ref) (Preview, error) {
	p, err := s.preview(ctx, act, now, ref)
	return p, wrap(err, "preview", ref)
}

func (s *Service) preview(ctx context.Context, act actor.Actor, now time.Time, ref Ref) (Preview, error) {
	c, err := load(ctx, s.db, now, ref)
	if err != nil {
		return Preview{}, err
	}
	sight := See(act, c)
	switch {
	case sight.Working && c.State == Draft:
		return s.workingPreview(ctx, now, c)
	case sight.Working && c.State == AwaitingSignoff, sight.Signed && c.State == SignedOff:
		return s.frozenPreview(ctx, c)
	case sight.Issues && c.Issue != nil:
		r, err := issueOf(ctx, s.db, c, c.Issue.No)
		return Preview{Case: c, Printed: r.Printed, Ground: r.Frozen.Ground, Issue: c.Issue.No}, err
	}
	return Preview{}, fault.NotFound
}

func (s *Service) workingPreview(ctx context.Context, now time.Time, c Case) (Preview, error) {
	w, err := working(ctx, s.db, now, c)
	if err != nil {
		return Preview{}, err
	}
	doc := w.Parts[ReferenceKey].Content
	return Preview{Case: w.Case, Ground: w.Ground, Working: true,
		Printed: Print(w.Ground, w.Contents(), Stamped{Reference: workingcopy.ReferenceFrom(doc), Body: bodyOf(doc), Replaces: w.Case.Issue})}, nil
}

func (s *Service) frozenPreview(ctx context.Context, c Case) (Preview, error) {
	f, err := frozenByNo(ctx, s.db, c, c.Frozen.No)
	if err != nil {
		return Preview{}, err
	}
	doc, err := workingcopy.PartByKey(ctx, s.db, c.CopyID(), ReferenceKey) // still open until issue
	if err != nil {
		return Preview{}, err
	}
	return Preview{Case: c, Ground: f.Ground,
		Printed: Print(f.Ground, f.Contents(), Stamped{Reference: workingcopy.ReferenceFrom(doc.Content), Body: bodyOf(doc.Content), Frozen: c.Frozen.SHA256, Replaces: c.Issue})}, nil
}

// Reference returns the part that says what is known of the paper, for who may see
// the working copy.
func (s *Service) Reference(ctx context.Context, act actor.Actor, now time.Time, ref Ref) (Case, workingcopy.Part, error) {
	c, err := s.seen(ctx, act, now, ref)
	if err != nil {
		return c, workingcopy.Part{}, wrap(err, "read the reference of", ref)
	}
	p, err := workingcopy.PartByKey(ctx, s.db, c.CopyID(), ReferenceKey)
	return c, p, wrap(err, "read the reference of", ref)
}

// List returns the consolidations of a period that act may see, the province's
// first, also those nobody has begun. None is [fault.NotFound].
func (s *Service) List(ctx context.Context, act actor.Actor, now time.Time, year int, period string) ([]Case, error) {
	all, err := database.All[Case](ctx, s.db, caseQuery+`
	order by u.id <> c.lead_unit, own.position, u.id`,
		database.Args{"today": viet.DateOf(now), "year": year, "period": period})
	if err != nil {
		return nil, fmt.Errorf("consolidations of %d/%s: %w", year, period, err)
	}
	for i := range all {
		all[i].point()
	}
	list := slices.DeleteFunc(all, func(c Case) bool { return See(act, c) == (Sight{}) })
	if len(list) == 0 {
		return nil, fmt.Errorf("consolidations of %d/%s: %w", year, period, fault.NotFound)
	}
	return list, nil
}

// Event is one step in the life of a consolidation, as its history tells it.
type Event struct {
	At        time.Time
	Person    string
	Action    string // as audited: begun, finalised, issued …
	Reason    string
	Frozen    int    // the freezing concerned, 0 for none
	Issue     int    // the issue concerned, 0 for none
	Reference string // of an issue: "215/BC-SNV"
	AsFrozen  bool   // issued though something below had changed
}

var eventWords = map[string]string{
	"begun": "Bắt đầu tổng hợp", "proceeded": "Tiếp tục khi còn thiếu đơn vị", "finalised": "Chốt, trình lãnh đạo", "taken_back": "Rút lại",
	"sent_back": "Chuyển lại", "signed_off": "Duyệt", "returned_to_draft": "Đưa về nháp", "issued": "Phát hành", "replaced": "Soạn bản thay thế",
	"discarded": "Bỏ bản thay thế", "signed_attached": "Đính kèm bản ký",
}

// Word is the step as users read it.
func (e Event) Word() string { return eventWords[e.Action] }

var (
	everyStep  = []string{"begun", "proceeded", "finalised", "taken_back", "sent_back", "signed_off", "returned_to_draft", "issued", "replaced", "discarded", "signed_attached"}
	outerSteps = []string{"signed_off", "issued", "signed_attached"}
)

// History returns the steps of ref that act may see, the newest first.
func (s *Service) History(ctx context.Context, act actor.Actor, now time.Time, ref Ref) (Case, []Event, error) {
	c, err := s.Case(ctx, act, now, ref)
	if err != nil {
		return c, nil, err
	}
	events, err := s.events(ctx, act, c)
	return c, events, wrap(err, "read the history of", ref)
}

func (s *Service) events(ctx context.Context, act actor.Actor, c Case) ([]Event, error) {
	steps := everyStep
	switch sight := See(act, c); {
	case !c.Begun():
		return nil, nil
	case sight.Working:
	case sight.Signed:
		steps = outerSteps
	default:
		return nil, nil
	}
	lines, err := audit.History(ctx, s.db, c.Subject(), 200, steps...)
	if err != nil {
		return nil, err
	}
	events := make([]Event, len(lines))
	for i, l := range lines {
		var after struct {
			Reason    string
			Frozen    int
			Issue     int
			Reference string
			AsFrozen  bool `json:"as_frozen"`
		}
		if err := json.Unmarshal(l.After, &after); err != nil {
			return nil, err
		}
		events[i] = Event{At: l.At, Person: l.Person, Action: l.Action, Reason: after.Reason,
			Frozen: after.Frozen, Issue: after.Issue, Reference: after.Reference, AsFrozen: after.AsFrozen}
	}
	return events, nil
}
