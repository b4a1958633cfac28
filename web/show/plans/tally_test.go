package planshow

import (
	"testing"

	"danvan/internal/plan"
	"danvan/web/ui"
)

// TestAPlanCountsWhatIsInForceWhileItIsAmended counts as the overview and the reader's
// own page do.
func TestAPlanCountsWhatIsInForceWhileItIsAmended(t *testing.T) {
	t.Parallel()
	one := func(id plan.ActivityID, sent bool, stopped string) plan.Activity {
		var a plan.Activity
		a.ID, a.Sent, a.Stopped = id, sent, stopped
		return a
	}
	section := func(all ...plan.Activity) plan.Section {
		s := plan.Section{Activities: all}
		s.Task = 6
		return s
	}
	inForce := map[plan.ActivityID]Standing{1: {Kind: ui.Done}, 2: {Kind: ui.Going}, 3: {Kind: ui.Cancelled}}
	amended := section(one(1, true, ""), one(2, true, "Không còn kinh phí"), one(3, true, "Đã dừng"), one(4, false, ""))
	for name, x := range map[string]struct {
		view        View
		section     plan.Section
		left, right string
		head        string
	}{
		"amended":        {View{Standings: inForce, MarkNew: true}, amended, "1/2", "1 mới", "1/2 hoàn thành; 1 mới, chưa có hiệu lực"},
		"before a plan":  {View{}, section(one(1, false, ""), one(2, false, ""), one(3, true, "Đã dừng")), "2", "", "2 hoạt động"},
		"as it stands":   {View{Standings: inForce}, section(one(1, true, ""), one(2, true, "")), "1/2", "", "1/2 hoàn thành"},
		"all of it new":  {View{Standings: inForce, MarkNew: true}, section(one(4, false, "")), "0/0", "1 mới", "0/0 hoàn thành; 1 mới, chưa có hiệu lực"},
		"nothing at all": {View{Standings: inForce}, section(), "–", "", ""},
	} {
		item := x.view.Strip([]plan.Section{x.section})[0]
		if item.Left != x.left || item.Right != x.right {
			t.Errorf("%s: the strip says %q and %q, want %q and %q", name, item.Left, item.Right, x.left, x.right)
		}
		if got := x.view.right(x.section); got != x.head {
			t.Errorf("%s: the section says %q, want %q", name, got, x.head)
		}
	}
}
