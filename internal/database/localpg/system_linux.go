package localpg

import (
	"fmt"
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

// recovery is how a start after a crash brings to the disk what the last run left
// to the system: by default the server opens each of its files, more than a thousand, which
// takes longer than all the rest.
func recovery() []string {
	release, err := os.ReadFile("/proc/sys/kernel/osrelease")
	if err != nil || !tellsOfLostWrites(string(release)) {
		return nil
	}
	return []string{"recovery_init_sync_method=syncfs"}
}

// tellsOfLostWrites reports whether the kernel lets a program that asks for a whole
// file system to be written know that something could not be: Linux 5.8 and newer.
func tellsOfLostWrites(release string) bool {
	var major, minor int
	if _, err := fmt.Sscanf(release, "%d.%d", &major, &minor); err != nil {
		return false
	}
	return major > 5 || major == 5 && minor >= 8
}
