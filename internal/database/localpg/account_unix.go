//go:build unix

package localpg

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/user"
	"path/filepath"
	"strconv"
	"syscall"
)

// account is who the database runs as. PostgreSQL refuses to run as root.
type account struct {
	name     string
	uid, gid uint32
	drop     bool // we are root and have to become it
}

// accountFor returns the account for the cluster in data: ourselves or, under
// root, whoever owns the cluster, else the system's account for PostgreSQL.
func accountFor(data string) (account, error) {
	if os.Geteuid() != 0 {
		uid := uint32(os.Geteuid())
		return account{name: nameOf(uid), uid: uid, gid: uint32(os.Getegid())}, nil
	}
	if info, err := os.Stat(data); err == nil {
		if uid, gid := ownerOf(info); uid != 0 {
			return account{name: nameOf(uid), uid: uid, gid: gid, drop: true}, nil
		}
	}
	for _, name := range []string{"postgres", "nobody"} {
		u, err := user.Lookup(name)
		if err != nil {
			continue
		}
		uid, err := strconv.ParseUint(u.Uid, 10, 32)
		if err != nil {
			return account{}, err
		}
		gid, err := strconv.ParseUint(u.Gid, 10, 32)
		if err != nil {
			return account{}, err
		}
		return account{name, uint32(uid), uint32(gid), true}, nil
	}
	return account{}, errors.New("PostgreSQL does not run as root, and there is neither an account postgres nor nobody: run danvan as another account")
}

// canEnter returns why the account cannot reach dir, as it cannot reach what lies
// in another's home.
func (a account) canEnter(dir string) error {
	if !a.drop {
		return nil
	}
	for p := dir; ; p = filepath.Dir(p) {
		info, err := os.Stat(p)
		if err != nil {
			return err
		}
		uid, gid := ownerOf(info)
		need := fs.FileMode(0o001)
		if gid == a.gid {
			need = 0o010
		}
		if uid == a.uid {
			need = 0o100
		}
		if info.Mode().Perm()&need == 0 {
			return fmt.Errorf("%w: under root the database runs as account %s, which may not enter %s (%s); choose a folder such as /var/lib/danvan (DANVAN_DATA)",
				ErrFolder, a.name, p, info.Mode())
		}
		if p == filepath.Dir(p) {
			return nil
		}
	}
}

// give makes path the account's own.
func (a account) give(path string) error {
	if !a.drop {
		return nil
	}
	return os.Lchown(path, int(a.uid), int(a.gid))
}

// privateFolder makes a folder only the account may enter, or returns why the one
// that is there is not such a folder.
func (a account) privateFolder(path string) error {
	if err := os.Mkdir(path, 0o700); err != nil && !errors.Is(err, fs.ErrExist) {
		return err
	}
	info, err := os.Lstat(path)
	if err != nil {
		return err
	}
	if uid, _ := ownerOf(info); !info.IsDir() || uid != a.uid && uid != uint32(os.Geteuid()) {
		return fmt.Errorf("%w: %s is not a folder of account %s", ErrFolder, path, a.name)
	}
	if err := os.Chmod(path, 0o700); err != nil {
		return err
	}
	return a.give(path)
}

// becoming returns how a child process becomes the account.
func (a account) becoming() *syscall.SysProcAttr {
	if !a.drop {
		return &syscall.SysProcAttr{}
	}
	return &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: a.uid, Gid: a.gid, Groups: []uint32{a.gid}}}
}

// ownerOf relies on every unix telling the owner of a file.
func ownerOf(info fs.FileInfo) (uid, gid uint32) {
	stat := info.Sys().(*syscall.Stat_t)
	return stat.Uid, stat.Gid
}

// nameOf is for messages; an account without a name shows its number.
func nameOf(uid uint32) string {
	number := strconv.Itoa(int(uid))
	if u, err := user.LookupId(number); err == nil {
		return u.Username
	}
	return number
}
