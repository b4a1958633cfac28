//go:build unix

package database

import (
	"net"
	"syscall"
)

// stirred reports whether something arrived on an idle connection, or its end:
// a server that stops says so before anybody asks. It takes nothing out and costs
// one system call.
func stirred(conn net.Conn) bool {
	for {
		over, ok := conn.(interface{ NetConn() net.Conn }) // TLS
		if !ok {
			break
		}
		conn = over.NetConn()
	}
	socket, ok := conn.(syscall.Conn)
	if !ok {
		return true
	}
	raw, err := socket.SyscallConn()
	if err != nil {
		return true
	}
	var peeked error
	// The socket does not block: an empty one answers EAGAIN, a closed one nothing.
	// Not raw.Read: after a slow write the driver may still wait for an answer in
	// another goroutine, and until one comes nobody else may read.
	err = raw.Control(func(fd uintptr) {
		var one [1]byte
		_, _, peeked = syscall.Recvfrom(int(fd), one[:], syscall.MSG_PEEK)
	})
	return err != nil || peeked != syscall.EAGAIN
}
