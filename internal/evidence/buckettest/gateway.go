package buckettest

import (
	"context"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"danvan/internal/evidence"
)

// gateway is the real server: Versity's, which serves a folder by the protocol.
const (
	gateway        = "github.com/versity/versitygw/cmd/versitygw"
	gatewayVersion = "v1.8.0"
)

// Real starts a real server with an empty bucket. Building it the first time takes
// minutes, and a module proxy.
func Real(t testing.TB) evidence.Bucket {
	t.Helper()
	folder := t.TempDir()
	if err := os.Mkdir(filepath.Join(folder, bucketName), 0o700); err != nil {
		t.Fatal(err)
	}
	program, err := install(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	addr := free(t)
	serve := exec.Command(program, "--port", addr, "--access", accessKey, "--secret", secretKey, "--region", region, "--quiet", "posix", folder)
	serve.Stderr = os.Stderr
	if err := serve.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = serve.Process.Kill() // it may have ended by itself
		_ = serve.Wait()
	})
	for begun := time.Now(); ; time.Sleep(50 * time.Millisecond) {
		c, err := net.Dial("tcp", addr)
		if err == nil {
			_ = c.Close() // nothing was said
			return evidence.Bucket{Endpoint: "http://" + addr, Name: bucketName, Region: region, AccessKey: accessKey, SecretKey: secretKey}
		}
		if time.Since(begun) > time.Minute {
			t.Fatal(err)
		}
	}
}

// install builds the server unless an earlier run did.
func install(ctx context.Context) (string, error) {
	cache, err := os.UserCacheDir()
	if err != nil {
		return "", err
	}
	folder := filepath.Join(cache, "danvan-test", "versitygw-"+gatewayVersion)
	program := filepath.Join(folder, "versitygw")
	if _, err := os.Stat(program); err == nil {
		return program, nil
	}
	build := exec.CommandContext(ctx, "go", "install", gateway+"@"+gatewayVersion)
	build.Env = append(os.Environ(), "GOBIN="+folder, "GOFLAGS=")
	if out, err := build.CombinedOutput(); err != nil {
		return "", fmt.Errorf("go install %s: %w\n%s", gateway, err, out)
	}
	return program, nil
}

// free is an address nobody listens on at the moment.
func free(t testing.TB) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}
