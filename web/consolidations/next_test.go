package consolidations

import (
	"strings"
	"testing"

	"danvan/internal/consolidation"
	"danvan/web/ui"
)

func TestAPeriodNoUnitReportsInIsNotComplete(t *testing.T) {
	t.Parallel()
	v := showing{Case: consolidation.Case{UnitShort: "UBND huyện Vị Thủy", State: consolidation.NotBegun}}
	full := v.way()[0]
	if full.Kind == ui.Done || strings.Contains(full.Word, "0/0") || !strings.Contains(full.Text, "UBND huyện Vị Thủy") {
		t.Errorf("got %v %q %q", full.Kind, full.Word, full.Text)
	}
}
