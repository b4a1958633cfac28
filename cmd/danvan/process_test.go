//go:build unix

package main

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

func TestBusyPortIsSaidBeforeAnythingStarts(t *testing.T) {
	t.Parallel()
	busy, err := net.Listen("tcp", "127.0.0.1:0")
	must(t, err)
	defer busy.Close()
	data := filepath.Join(newFolder(t), "data")
	for _, verb := range []string{"serve", "demo"} {
		execute(t, []string{"DANVAN_DATA=" + data, "DANVAN_ADDR=" + busy.Addr().String()}, verb).
			fail(t, busy.Addr().String()+" is in use", "DANVAN_ADDR")
	}
	if _, err := os.Stat(data); !os.IsNotExist(err) {
		t.Errorf("%s was made: %v", data, err)
	}
}

func TestEveryMistakeInTheSettingsIsSaidAtOnce(t *testing.T) {
	t.Parallel()
	mistakes := []string{"DATABASE_URL=postgres://u:bí-mật@db:port/danvan", "DANVAN_ADDR=8080", "DANVAN_MAX_UPLOAD=nhiều", "DANVAN_SESSION_IDLE=soon"}
	o := execute(t, append(mistakes, "DANVAN_DATA="+newFolder(t)), "serve")
	o.fail(t, "DATABASE_URL: ", "DANVAN_ADDR: ", "DANVAN_MAX_UPLOAD: ", "DANVAN_SESSION_IDLE: ")
	if strings.Contains(o.failed, "bí-mật") {
		t.Errorf("a password is shown in:\n%s", o.failed)
	}
}

func TestWrongWordsAreExplained(t *testing.T) {
	t.Parallel()
	settings := []string{"DANVAN_DATA=" + newFolder(t)}
	execute(t, settings, "serv").fail(t, `unknown command "serv"`, "danvan -h")
	execute(t, settings, "backup").fail(t, "danvan backup [-force] FILE")
	execute(t, settings, "restore", "a", "b").fail(t, "danvan restore FILE")
	execute(t, settings, "demo", "-now", "mai").fail(t, "2022-12-05T00:00")
	execute(t, settings, "-h").succeed(t, "danvan serve", "danvan backup", "DANVAN_DATA")
}

func TestTwoPortalsOnOneFolderWorkAsOne(t *testing.T) {
	t.Parallel()
	first := start(t, realData(t), "serve")
	second := start(t, first.data, "serve")
	b := first.signedIn("stp.mot", seedPassword)
	for _, p := range []*portal{first, second} {
		if said := p.out.String(); !strings.Contains(said, ": "+p.url+"\n") { // its port was left to the machine
			t.Errorf("the greeting does not lead to %s:\n%s", p.url, said)
		}
		p.page(b, "/ke-hoach/2022/stp") // cookies know no ports: one session
	}
	t.Run("commands work beside them", func(t *testing.T) { commandsBeside(t, first) })
	t.Run("signing out holds for both", func(t *testing.T) {
		leaving := first.signedIn("stp.hai", seedPassword)
		if a, err := leaving.post(second.url+"/dang-xuat", url.Values{}); err != nil || a.status != http.StatusSeeOther {
			t.Fatalf("sign out: status %d, %v", a.status, err)
		}
		signedOut(t, leaving, first)
	})
	t.Run("a lockout holds for both", func(t *testing.T) {
		guessing := newBrowser()
		for range 10 {
			if err := guessing.signIn(first.url, "sct.hai", "không phải mật khẩu này"); err == nil {
				t.Fatal("signed in with a wrong password")
			}
		}
		if err := guessing.signIn(second.url, "sct.hai", seedPassword); err == nil {
			t.Error("the second portal does not know that the account has to wait")
		}
	})
	t.Run("the second takes over", func(t *testing.T) {
		if code, _ := first.stop(); code != 0 {
			t.Errorf("the first ended with %d\n%s", code, first.out)
		}
		eventually(t, "the second portal to run the database", func() bool { return second.status("/readyz") == http.StatusOK })
		second.page(b, "/ke-hoach/2022/stp")
		second.beside("audit", "verify").succeed(t)
	})
}

func commandsBeside(t *testing.T, p *portal) {
	t.Helper()
	p.beside("migrate").succeed(t, "up to date")
	p.beside("user", "list").succeed(t, "stp.mot")
	p.beside("audit", "verify").succeed(t, "Nothing was altered.")
	added := p.beside("user", "add", "-name", "Trần Thị Mới", "-username", "stp.moi").succeed(t, "stp.moi")
	_, rest, _ := strings.Cut(added.said, "temporary password ")
	password, _, _ := strings.Cut(rest, ",")
	b := p.signedIn("stp.moi", password)
	if a, err := b.get(p.url + "/"); err != nil || a.status != http.StatusSeeOther || !strings.Contains(a.location(), "mat-khau") {
		t.Errorf("the first page: status %d to %q, %v, want a new password asked for", a.status, a.location(), err)
	}
	p.beside("user", "grant", "stp.moi", "stp", "staff").succeed(t, "Trần Thị Mới")
	p.beside("user", "leave", "stp.moi", "1/1/2023").succeed(t, "leaves")
	signedOut(t, b, p)
	if p.status("/readyz") != http.StatusOK {
		t.Errorf("the portal is no longer ready\n%s", p.out)
	}
}

// signedOut wants p to ask b to sign in.
func signedOut(t *testing.T, b *browser, p *portal) {
	t.Helper()
	if a, err := b.get(p.url + "/"); err != nil || a.status != http.StatusSeeOther || !strings.HasPrefix(a.location(), "/dang-nhap") {
		t.Errorf("status %d to %q, %v, want the sign-in page", a.status, a.location(), err)
	}
}

func TestTerminatedPortalAnswersWhatItHasBegun(t *testing.T) {
	t.Parallel()
	p := start(t, realData(t), "serve")
	database := postgresOf(p.data)
	form := url.Values{"username": {"stp.mot"}, "password": {seedPassword}}.Encode()
	conn, err := net.Dial("tcp", strings.TrimPrefix(p.url, "http://"))
	must(t, err)
	defer conn.Close()
	_, err = fmt.Fprintf(conn, "POST /dang-nhap HTTP/1.1\r\nHost: danvan\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: %d\r\n\r\n%s", len(form), form[:10])
	must(t, err)
	time.Sleep(200 * time.Millisecond) // the request has begun
	must(t, p.cmd.Process.Signal(syscall.SIGTERM))
	eventually(t, "the portal to take no more requests", func() bool { return p.status("/healthz") == 0 })
	_, err = io.WriteString(conn, form[10:])
	must(t, err)
	r, err := http.ReadResponse(bufio.NewReader(conn), nil)
	must(t, err)
	if r.StatusCode != http.StatusSeeOther {
		t.Errorf("status %d, want the sign-in carried out", r.StatusCode)
	}
	must(t, r.Body.Close())
	code, took := p.stop()
	if code != 0 || took > 15*time.Second {
		t.Errorf("ended with %d after %v\n%s", code, took, p.out)
	}
	if database == 0 || alive(database) {
		t.Errorf("its database, process %d, still runs", database)
	}
}

func TestKilledPortalFindsEverythingAgain(t *testing.T) {
	t.Parallel()
	data := realData(t)
	p := start(t, data, "serve")
	database := postgresOf(data)
	b := p.signedIn("stp.mot", seedPassword)
	const title = "Đối thoại với Nhân dân xã Vị Tân"
	code := addActivity(t, p, b, "stp", title)
	p.kill()
	again := start(t, data, "serve")
	again.page(b, "/ke-hoach/2022/stp/hoat-dong/"+code, title) // the session is there too
	again.beside("audit", "verify").succeed(t, "Nothing was altered.")
	if alive(database) {
		t.Errorf("the database of the killed portal, process %d, still runs", database)
	}
}

// addActivity writes a new activity into the plan of a unit and returns its code.
func addActivity(t testing.TB, p *portal, b *browser, unit, title string) string {
	t.Helper()
	plan := "/ke-hoach/2022/" + unit
	values, err := p.page(b, plan+"/hoat-dong/moi").filled(plan + "/hoat-dong")
	must(t, err)
	values.Set("title", title)
	a, err := b.post(p.url+plan+"/hoat-dong", values)
	must(t, err)
	code, err := codeIn(a)
	must(t, err)
	return code
}

// codeIn finds the code of an activity in the address to which saving it leads.
func codeIn(a answer) (string, error) {
	_, row, found := strings.Cut(a.location(), "#hd-")
	if a.status != http.StatusSeeOther || !found {
		return "", fmt.Errorf("status %d to %q, want the row of an activity", a.status, a.location())
	}
	return strings.Replace(row, "-", ".", 1), nil
}
