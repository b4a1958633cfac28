//go:build unix && !linux

package localpg

import (
	"os/exec"
	"strconv"
	"strings"
	"syscall"
)

// dieWithUs does nothing here: the next start finds the orphan.
func dieWithUs(*syscall.SysProcAttr) {}

// orphans returns the cluster's first process when it still runs. The others are
// not found here; PostgreSQL itself refuses to start beside one, see start.
func orphans(data string) []int {
	pid := postmaster(data)
	if pid == 0 {
		return nil
	}
	command, err := exec.Command("ps", "-p", strconv.Itoa(pid), "-o", "command=").Output()
	if err != nil || !strings.Contains(string(command), "postgres") || !strings.Contains(string(command), data) {
		return nil // ended, or its number belongs to another program now
	}
	return []int{pid}
}
