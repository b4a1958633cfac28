package web

import (
	"os"
	"runtime/debug"
)

// collectAt is how many percent of what stays may be added before the collector runs.
// A page leaves up to half a megabyte behind and little stays; to wait until there is
// three times as much saves much of the processor's time of the overview.
const collectAt = 200

// CollectLater makes the collector of the process run less often than Go would have
// it, unless GOGC says how often.
func CollectLater() {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(collectAt)
	}
}
