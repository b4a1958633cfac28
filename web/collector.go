package web

import (
	"os"
	"runtime/debug"
)

const (
	// collectAt is how many percent of what stays may be added before the collector
	// runs. A page leaves up to half a megabyte behind and little stays; to wait until
	// there is four times as much saves much of the processor's time of the overview.
	collectAt = 300
	// collectBy is how many bytes the process takes before it runs more often: pages
	// leave it far below that, a large file that is read does not.
	collectBy = 256 << 20
)

// CollectLater makes the collector of the process run less often than Go would have
// it while memory is small, unless GOGC and GOMEMLIMIT say how often.
func CollectLater() {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(collectAt)
	}
	if os.Getenv("GOMEMLIMIT") == "" {
		debug.SetMemoryLimit(collectBy)
	}
}
