package consolidation

import (
	"context"
	"fmt"
	"time"

	"danvan/internal/actor"
	"danvan/internal/fault"
)

// ChangeKind says what happened below.
type ChangeKind string

const (
	Accepted  ChangeKind = "accepted"  // a unit that had nothing in force has
	Replaced  ChangeKind = "replaced"  // another version is in force
	Withdrawn ChangeKind = "withdrawn" // nothing is in force any more
	Recounted ChangeKind = "recounted" // a figure, or what it is compared with, is another
)

// Change is one thing below that is not as it was frozen.
type Change struct {
	Kind  ChangeKind
	Unit  string // slug; "" for a figure
	Short string // as sentences call the unit
	Was   int    // the version in force then, 0 for none
	Is    int    // the version in force now, 0 for none

	Code    string // of a figure
	WasText string // value and comparison then, as printed
	IsText  string
}

// Words tell a change in a sentence without a full stop.
func (c Change) Words() string {
	switch c.Kind {
	case Accepted:
		return fmt.Sprintf("%s: mới tiếp nhận lần gửi %d", c.Short, c.Is)
	case Replaced:
		return fmt.Sprintf("%s: lần gửi %d thay lần gửi %d", c.Short, c.Is, c.Was)
	case Withdrawn:
		return fmt.Sprintf("%s: lần gửi %d đã rút hiệu lực", c.Short, c.Was)
	}
	return fmt.Sprintf("%s: %s, trước là %s", c.Code, c.IsText, c.WasText)
}

// Differences are what is not in is as it was in was: versions of units in roster
// order, then figures.
func Differences(was, is Ground) []Change {
	var list []Change
	for _, v := range was.Versions {
		now, found := is.Version(v.Unit)
		switch {
		case !found:
			list = append(list, Change{Kind: Withdrawn, Unit: v.Unit, Short: v.Short, Was: v.No})
		case now.No != v.No || now.SHA256 != v.SHA256:
			list = append(list, Change{Kind: Replaced, Unit: v.Unit, Short: v.Short, Was: v.No, Is: now.No})
		}
	}
	for _, v := range is.Versions {
		if _, found := was.Version(v.Unit); !found {
			list = append(list, Change{Kind: Accepted, Unit: v.Unit, Short: v.Short, Is: v.No})
		}
	}
	for _, l := range is.Lines {
		then, _ := was.Line(l.Code)
		if then.Value != l.Value || then.Same.Words != l.Same.Words || then.Same.Then != l.Same.Then {
			list = append(list, Change{Kind: Recounted, Code: l.Code, WasText: then.told(), IsText: l.told()})
		}
	}
	return list
}

// told is a line in a few words: "1.234 (tăng 12,4%)".
func (l Line) told() string {
	value := l.Text
	if value == "" {
		value = "chưa có số liệu"
	}
	if l.Same.Words == "" || l.Same.Words == noSame {
		return value
	}
	return value + " (" + l.Same.Words + ")"
}

// Changed returns what below is not as it was frozen: in what awaits the leader, is
// signed off, or was issued, also while a replacement is written. A first draft has
// nothing to compare with.
func (s *Service) Changed(ctx context.Context, act actor.Actor, now time.Time, ref Ref) ([]Change, error) {
	list, err := s.changed(ctx, act, now, ref)
	return list, wrap(err, "compare with what was frozen of", ref)
}

func (s *Service) changed(ctx context.Context, act actor.Actor, now time.Time, ref Ref) ([]Change, error) {
	c, err := load(ctx, s.db, now, ref)
	if err != nil {
		return nil, err
	}
	sight := See(act, c)
	if !sight.Signed {
		return nil, fault.NotFound
	}
	no := c.baseline(sight)
	if no == 0 {
		return nil, nil
	}
	frozen, err := frozenByNo(ctx, s.db, c, no)
	if err != nil {
		return nil, err
	}
	g, err := gather(ctx, s.db, now, c)
	if err != nil {
		return nil, err
	}
	return Differences(frozen.Ground, g), nil
}

// baseline is the freezing with which the ground of now is compared, 0 for none.
func (c Case) baseline(sight Sight) int {
	switch {
	case c.State == SignedOff, c.State == AwaitingSignoff && sight.Working:
		return c.Frozen.No
	case c.Issue != nil:
		return c.Issue.Frozen
	}
	return 0
}
