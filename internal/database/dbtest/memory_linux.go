package dbtest

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"syscall"
)

// enough is the memory that the servers of one run may fill, with room to spare.
const enough = 4 << 30 // bytes

// InMemory is a folder of this account's own in the machine's shared memory, for what
// a test run throws away, "" where there is none or not enough.
func InMemory() string {
	const shared = "/dev/shm"
	var of syscall.Statfs_t
	const tmpfs = 0x01021994
	if err := syscall.Statfs(shared, &of); err != nil || of.Type != tmpfs || of.Bavail*uint64(of.Bsize) < enough {
		return ""
	}
	dir := fmt.Sprintf("%s/danvan-test-%d", shared, os.Geteuid())
	if err := os.Mkdir(dir, 0o755); err != nil && !errors.Is(err, fs.ErrExist) {
		return ""
	}
	// Everybody may make folders there: one of somebody else's is not trusted.
	info, err := os.Lstat(dir)
	if err != nil || !info.IsDir() || info.Sys().(*syscall.Stat_t).Uid != uint32(os.Geteuid()) {
		return ""
	}
	return dir
}
