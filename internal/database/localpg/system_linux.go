package localpg

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
)

// dieWithUs makes the child shut down fast when we are killed.
func dieWithUs(attr *syscall.SysProcAttr) { attr.Pdeathsig = syscall.SIGINT }

// orphans lists the database processes that work in the cluster's folder, as
// each of them does, whether its parent still lives or not.
func orphans(data string) []int {
	if real, err := filepath.EvalSymlinks(data); err == nil {
		data = real // an operator may have moved it to another disk
	}
	links, _ := filepath.Glob("/proc/[0-9]*/cwd") // fails for a bad pattern only
	var pids []int
	for _, link := range links {
		if at, err := os.Readlink(link); err != nil || at != data {
			continue
		}
		process := filepath.Dir(link)
		// An operator's shell may stand in the folder too.
		if name, err := os.ReadFile(filepath.Join(process, "comm")); err != nil || strings.TrimSpace(string(name)) != "postgres" {
			continue
		}
		if pid, err := strconv.Atoi(filepath.Base(process)); err == nil {
			pids = append(pids, pid)
		}
	}
	return pids
}
