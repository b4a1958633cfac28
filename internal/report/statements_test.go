package report_test

import (
	"context"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"danvan/internal/indicator"
	"danvan/internal/report"
	"danvan/internal/submission"
	"danvan/internal/unit"
)

// tracer keeps what was asked of the database.
type tracer struct{ sent []string }

func (x *tracer) TraceQueryStart(ctx context.Context, _ *pgx.Conn, q pgx.TraceQueryStartData) context.Context {
	x.sent = append(x.sent, strings.Join(strings.Fields(q.SQL), " "))
	return ctx
}

func (*tracer) TraceQueryEnd(context.Context, *pgx.Conn, pgx.TraceQueryEndData) {}

// A page of the site may take twelve statements, of which two find out who asks.
const mostOfAPage = 10

// traced is the service with what it asks of the database.
func (w *world) traced(t *testing.T) (*report.Service, *tracer) {
	t.Helper()
	cfg, err := pgxpool.ParseConfig(w.db.Config().ConnString())
	must(t, err)
	x := &tracer{}
	cfg.ConnConfig.Tracer, cfg.MaxConns = x, 1
	db, err := pgxpool.NewWithConfig(t.Context(), cfg)
	must(t, err)
	t.Cleanup(db.Close)
	return report.NewService(db, w.files), x
}

func TestADistrictIsReadInAsManyStatementsWhateverItsCommunesCount(t *testing.T) {
	t.Parallel()
	w := seed(t)
	const code = "T1.06" // no core indicator
	must(t, indicator.SwitchOn(t.Context(), w.db, w.people["tong"], year, 1, code, unit.Commune))
	svc, x := w.traced(t)
	read := func() (int, report.Row) {
		t.Helper()
		_, err := svc.Page(t.Context(), w.people["huyen"], year, ofDistrict) // connects
		must(t, err)
		x.sent = nil
		p, err := svc.Page(t.Context(), w.people["huyen"], year, ofDistrict)
		must(t, err)
		return len(x.sent), p.Content.Rows[code]
	}
	before, _ := read()
	w.accepted(t, "tuong", "giang", ofVinhTuong, year, map[string]string{"T4.01": "10", code: "3"})
	after, row := read()
	if row.Asked || row.Below == nil || indicator.Text(row.Below.Value) != "3" {
		t.Errorf("what the communes alone are asked for reads %+v", row)
	}
	if before != after {
		t.Errorf("%d statements, and %d with what its communes count besides", before, after)
	}
}

func TestAReportIsReadInFewStatements(t *testing.T) {
	t.Parallel()
	w := seed(t)
	w.acceptedPlan(t, submission.Ref{Year: 2022, Period: "ke-hoach", Unit: "stp"}, half)
	w.accepted(t, "hung", "hoa", inHalf(ofDepartment), half, map[string]string{"T4.01": "30"})
	w.sent(t, "hung", ofDepartment, year, map[string]string{"T4.01": "20"})
	must(t, w.reviews.Remark(t.Context(), w.people["hoa"], year, w.once(), ofDepartment, 1, "figure/T4.01", "own", "Nêu rõ cách đếm"))
	must(t, w.reviews.Return(t.Context(), w.people["hoa"], year, w.once(), ofDepartment, 1, "Cần làm rõ số liệu tiếp công dân"))
	w.accepted(t, "tuong", "giang", ofVinhTuong, year, map[string]string{"T4.01": "10"})
	w.accepted(t, "thuy", "giang", ofViThuy, year, map[string]string{"T4.01": "5"})
	w.write(t, "huyen", ofDistrict, year, map[string]string{"T4.01": "100"})

	svc, x := w.traced(t)
	for who, ref := range map[string]submission.Ref{"lan": ofDepartment, "huyen": ofDistrict, "hoa": ofDepartment, "giang": ofViThuy} {
		_, err := svc.Page(t.Context(), w.people[who], year, ref) // connects
		must(t, err)
		x.sent = nil
		p, err := svc.Page(t.Context(), w.people[who], year, ref)
		must(t, err)
		if who == "lan" && (len(p.Remarks) != 1 || len(p.Doubts) != 1 || len(p.Content.Tasks[0].Activities) != 1) {
			t.Errorf("the page is not as full as it should be: %+v, %+v", p.Remarks, p.Doubts)
		}
		if len(x.sent) > mostOfAPage {
			t.Errorf("%s reads %s in %d statements:\n%s", who, ref.Unit, len(x.sent), strings.Join(x.sent, "\n"))
		}
		t.Logf("%s reads %s in %d statements", who, ref.Unit, len(x.sent))
	}
}
