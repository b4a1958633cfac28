package backup

import (
	"strings"
	"testing"
)

func TestProgramsAreToldTheWholeAddress(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ address, want string }{
		{
			"postgres://danvan_owner:m%C3%A2t%20kh%E1%BA%A9u@db.haugiang.vn:5433/danvan?sslmode=require&pool_max_conns=8",
			"[danvan]\nhost=db.haugiang.vn\nport=5433\ndbname=danvan\nuser=danvan_owner\npassword=mât khẩu\nsslmode=require\n",
		},
		{
			"postgres://danvan_owner@/danvan?host=%2Fvar%2Flib%2Fd%C3%A2n%20v%E1%BA%ADn%2Fsock",
			"[danvan]\nhost=/var/lib/dân vận/sock\nport=5432\ndbname=danvan\nuser=danvan_owner\n",
		},
		{
			"postgresql://danvan_owner@[::1]:5434/danvan",
			"[danvan]\nhost=::1\nport=5434\ndbname=danvan\nuser=danvan_owner\n",
		},
		{
			`host=/run/pg user=danvan_owner password='it\'s a \\ secret' dbname=danvan statement_timeout=5s`,
			"[danvan]\nhost=/run/pg\nport=5432\ndbname=danvan\nuser=danvan_owner\npassword=it's a \\ secret\n",
		},
		{
			"postgresql://danvan_owner@db1:5432,db2:5433/danvan?target_session_attrs=read-write",
			"[danvan]\nhost=db1,db2\nport=5432,5433\ndbname=danvan\nuser=danvan_owner\ntarget_session_attrs=read-write\n",
		},
	} {
		if got, err := addressFor(test.address); err != nil || got != test.want {
			t.Errorf("%s:\ngot  %q, %v\nwant %q", test.address, got, err, test.want)
		}
	}
}

func TestAddressCannotSmuggleASetting(t *testing.T) {
	t.Parallel()
	if got, err := addressFor("postgres://u:a%0Ahost=elsewhere@db/danvan"); err == nil || strings.Contains(err.Error(), "elsewhere") {
		t.Errorf("got %q, %v", got, err)
	}
}
