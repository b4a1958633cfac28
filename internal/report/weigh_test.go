package report

import (
	"math/big"
	"testing"

	"github.com/google/go-cmp/cmp"

	"danvan/internal/indicator"
	"danvan/internal/submission"
)

// reference returns an indicator of the reference list.
func reference(t testing.TB, code string) indicator.Indicator {
	t.Helper()
	d, err := indicator.Reference()
	if err != nil {
		t.Fatal(err)
	}
	for _, i := range d.Indicators {
		if i.Code == code {
			return i
		}
	}
	t.Fatalf("no indicator %s", code)
	return indicator.Indicator{}
}

func rat(text string) *big.Rat { return indicator.ParseAmount(text) }

// answered is a row as typed: a number, a mark, or nothing.
func answered(t testing.TB, code, typed string) Row {
	t.Helper()
	content := submission.Content{}
	switch {
	case rat(typed) != nil:
		content["own"] = typed
	case typed != "":
		content["mark"] = typed
	}
	r := Row{Indicator: reference(t, code), Asked: true, Figure: FigureFrom(content),
		Part: submission.Part{Key: FigureKey(code), Content: content}}
	r.Value = r.Figure.Total()
	return r
}

func (r Row) before(typed string) Row {
	f := FigureFrom(submission.Content{"own": typed})
	r.Previous = &Compared{Figure: f, Value: f.Total(), Year: 2022, Period: "6-thang", Name: "6 tháng đầu năm 2022", No: 1}
	return r
}

func (r Row) lastYear(typed string) Row {
	f := FigureFrom(submission.Content{"own": typed})
	r.LastYear = &Compared{Figure: f, Value: f.Total(), Source: "Báo cáo số 210/BC-SNV"}
	return r
}

// with is a content of these rows alone.
func with(t testing.TB, rows ...Row) Content {
	t.Helper()
	d, err := indicator.Reference()
	if err != nil {
		t.Fatal(err)
	}
	c := Content{Rows: map[string]Row{}, Window: Window{Cumulative: true}, checks: d.Checks}
	for task := range 8 {
		s := Section{Task: task, Short: "Việc chung"}
		for _, r := range rows {
			if r.Task == task {
				s.Rows = append(s.Rows, r)
			}
			c.Rows[r.Code] = r
		}
		c.Tasks = append(c.Tasks, s)
	}
	return c
}

func TestWhatIsOddIsAskedOnceForEachFact(t *testing.T) {
	t.Parallel()
	row := func(code, typed string) Row { return answered(t, code, typed) }
	tests := map[string]struct {
		rows []Row
		want []string // codes
	}{
		"nothing odd": {rows: []Row{row("T4.01", "40").lastYear("38").before("20")}},

		"a rule between figures does not hold":  {rows: []Row{row("T2.05", "7"), row("T2.06", "2"), row("T2.04", "10")}, want: []string{"C01"}},
		"a rule holds":                          {rows: []Row{row("T2.05", "8"), row("T2.06", "2"), row("T2.04", "10")}},
		"nothing arose adds nothing":            {rows: []Row{row("T2.05", "10"), row("T2.06", "nil"), row("T2.04", "10")}},
		"a rule with a blank is not known":      {rows: []Row{row("T2.05", "10"), row("T2.06", ""), row("T2.04", "12")}},
		"solved more than was received":         {rows: []Row{row("T4.11", "5"), row("T4.10", "4")}, want: []string{"C07"}},
		"a part greater than its whole":         {rows: []Row{row("T4.15", "5"), row("T4.14", "4")}, want: []string{"part:T4.15"}},
		"a part as great as its whole":          {rows: []Row{row("T4.15", "4"), row("T4.14", "4")}},
		"a part that a broken rule asks about":  {rows: []Row{row("T7.03", "3"), row("T7.02", "2")}, want: []string{"C13"}},
		"half as much again as a year before":   {rows: []Row{row("T4.01", "15").lastYear("10")}, want: []string{"year:T4.01"}},
		"not quite half as much again":          {rows: []Row{row("T4.01", "1499").lastYear("1000")}},
		"half of a year before":                 {rows: []Row{row("T4.01", "5").lastYear("10")}, want: []string{"year:T4.01"}},
		"twice as much of very little":          {rows: []Row{row("T4.01", "9").lastYear("4")}},
		"much after nothing":                    {rows: []Row{row("T4.01", "12").lastYear("0")}, want: []string{"year:T4.01"}},
		"little after nothing":                  {rows: []Row{row("T4.01", "9").lastYear("0")}},
		"nothing arose after much":              {rows: []Row{row("T4.01", "nil").lastYear("100")}},
		"a flag has no percentage":              {rows: []Row{row("T1.01", "1").lastYear("0")}},
		"amounts count as well":                 {rows: []Row{row("T3.08", "12.5").lastYear("100")}, want: []string{"year:T3.08"}},
		"a cumulative sum below an earlier one": {rows: []Row{row("T4.01", "9").before("10")}, want: []string{"below:T4.01"}},
		"a state may fall":                      {rows: []Row{row("T3.03", "9").before("10")}},
		"all figures those of the period before": {
			rows: []Row{row("T4.01", "10").before("10"), row("T4.02", "12").before("12"), row("T1.01", "1").before("1")}, want: []string{"same"}},
		"all but one those of the period before": {rows: []Row{row("T4.01", "10").before("10"), row("T4.02", "13").before("12")}},
		"only flags are alike":                   {rows: []Row{row("T1.01", "1").before("1")}},
		"nothing to compare with":                {rows: []Row{row("T4.01", "10").before("10"), row("T4.02", "13")}},
	}
	for name, tt := range tests {
		var got []string
		for _, d := range Found(with(t, tt.rows...)) {
			got = append(got, d.Code)
			if d.Fingerprint == "" || d.Message == "" {
				t.Errorf("%s: %s says nothing: %+v", name, d.Code, d)
			}
		}
		if diff := cmp.Diff(tt.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

func TestADisjointPeriodMayHaveLessThanTheOneBefore(t *testing.T) {
	t.Parallel()
	c := with(t, answered(t, "T4.01", "9").before("10"))
	c.Window.Cumulative = false
	if got := Found(c); len(got) > 0 {
		t.Errorf("got %+v, want none", got)
	}
}

func TestADoubtTellsTheFiguresAndForgetsNoneInItsFingerprint(t *testing.T) {
	t.Parallel()
	got := Found(with(t, answered(t, "T4.01", "1200").lastYear("400")))
	want := []submission.Doubt{{Code: "year:T4.01", Fingerprint: "T4.01=1200;before=400",
		Message: "T4.01. Số lượt tiếp công dân: kỳ này 1.200, cùng kỳ năm trước 400 (tăng 200,0%). Vì sao chênh lệch nhiều?"}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestGapsAreWhatBlocksSending(t *testing.T) {
	t.Parallel()
	done := func() Content {
		c := with(t, answered(t, "T4.01", "3"), answered(t, "T4.02", "nil"))
		for i := range c.Tasks {
			c.Tasks[i].Part.Content = submission.Content{"status": "done", "result": "Đã làm"}
		}
		c.Overall.Content = submission.Content{"strengths": "Kịp thời"}
		c.Next.Content = submission.Content{"steps": "Tiếp tục đối thoại"}
		return c
	}
	tests := map[string]struct {
		change func(c *Content)
		want   []string // part and field
	}{
		"nothing":                 {change: func(*Content) {}},
		"no status":               {change: func(c *Content) { delete(c.Tasks[3].Part.Content, "status") }, want: []string{"task/3 status"}},
		"no result":               {change: func(c *Content) { delete(c.Tasks[3].Part.Content, "result") }, want: []string{"task/3 result"}},
		"out of scope, no result": {change: func(c *Content) { c.Tasks[3].Part.Content = submission.Content{"status": "not_applicable"} }},
		"the common part has results alone": {
			change: func(c *Content) { c.Tasks[0].Part.Content = submission.Content{} }, want: []string{"task/0 result"}},
		"a blank figure": {change: func(c *Content) { c.Tasks[4].Rows[0].Figure = indicator.Figure{} }, want: []string{"figure/T4.01 own"}},
		"a blank figure nobody asks for": {change: func(c *Content) {
			c.Tasks[4].Rows[0].Figure, c.Tasks[4].Rows[0].Asked = indicator.Figure{}, false
		}},
		"a ratio is worked out": {change: func(c *Content) {
			c.Tasks[2].Rows = append(c.Tasks[2].Rows, Row{Indicator: reference(t, "T2.07"), Asked: true})
		}},
		"no assessment":        {change: func(c *Content) { c.Overall.Content = nil }, want: []string{"overall strengths"}},
		"nothing to come":      {change: func(c *Content) { c.Next.Content = nil }, want: []string{"next steps"}},
		"an empty proposal":    {change: func(c *Content) { c.Proposals = []Proposal{{No: 2, Part: submission.Part{Key: "proposal/2"}}} }, want: []string{"proposal/2 body"}},
		"a nameless exemplar":  {change: func(c *Content) { c.Exemplars = []Exemplar{{No: 1, Part: submission.Part{Key: "exemplar/1"}}} }, want: []string{"exemplar/1 name"}},
		"a named exemplar":     {change: func(c *Content) { c.Exemplars = []Exemplar{{No: 1, Name: "Con đường hoa"}} }},
		"a proposal with body": {change: func(c *Content) { c.Proposals = []Proposal{{No: 1, Body: "Bổ sung biên chế"}} }},
	}
	for name, tt := range tests {
		c := done()
		tt.change(&c)
		var got []string
		for _, g := range Gaps(c) {
			got = append(got, g.Part+" "+g.Field)
			if g.Message == "" || g.Title == "" {
				t.Errorf("%s: a gap that says nothing: %+v", name, g)
			}
		}
		if diff := cmp.Diff(tt.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

func TestARowMakesSenseAsAWhole(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		code            string
		current, values submission.Content
		good            submission.Content
		wrong           string // the field with a mistake
	}{
		"a number":                      {"T4.01", nil, submission.Content{"own": "12", "mark": ""}, submission.Content{"own": "12", "mark": ""}, ""},
		"0 is a number":                 {"T4.01", nil, submission.Content{"own": "0"}, submission.Content{"own": "0"}, ""},
		"nothing arose":                 {"T4.01", nil, submission.Content{"own": "", "mark": "nil"}, submission.Content{"own": "", "mark": "nil"}, ""},
		"a number and a mark":           {"T4.01", nil, submission.Content{"own": "12", "mark": "nil"}, submission.Content{}, "mark"},
		"a number beside a stored mark": {"T4.01", submission.Content{"mark": "nil"}, submission.Content{"own": "12"}, submission.Content{}, "mark"},
		"a mark that replaces a number": {"T4.01", submission.Content{"own": "12"}, submission.Content{"own": "", "mark": "nil"}, submission.Content{"own": "", "mark": "nil"}, ""},
		"an unknown mark":               {"T4.01", nil, submission.Content{"mark": "number"}, submission.Content{}, "mark"},
		"a negative count":              {"T4.01", nil, submission.Content{"own": "-1", "mark": ""}, submission.Content{"mark": ""}, "own"},
		"half a visitor":                {"T4.01", nil, submission.Content{"own": "1.5"}, submission.Content{}, "own"},
		"an amount with decimals":       {"T3.08", nil, submission.Content{"own": "1.5"}, submission.Content{"own": "1.5"}, ""},
		"not a number":                  {"T3.08", nil, submission.Content{"own": "1e3"}, submission.Content{}, "own"},
		"a fraction":                    {"T3.08", nil, submission.Content{"own": "1/2"}, submission.Content{}, "own"},
		"yes":                           {"T1.01", nil, submission.Content{"own": "1"}, submission.Content{"own": "1"}, ""},
		"more than yes":                 {"T1.01", nil, submission.Content{"own": "2"}, submission.Content{}, "own"},
		"an estimate inside":            {"T4.01", nil, submission.Content{"own": "12", "estimated": "2"}, submission.Content{"own": "12", "estimated": "2"}, ""},
		"an estimate above":             {"T4.01", nil, submission.Content{"own": "12", "estimated": "13"}, submission.Content{}, "estimated"},
		"an estimate of nothing":        {"T4.01", nil, submission.Content{"own": "", "estimated": "1"}, submission.Content{}, "estimated"},
		"yes is not estimated":          {"T1.01", nil, submission.Content{"own": "1", "estimated": "1"}, submission.Content{"own": "1"}, "estimated"},
	}
	for name, tt := range tests {
		good, bad := checkFigure(reference(t, tt.code), tt.values, tt.current)
		if diff := cmp.Diff(tt.good, good); diff != "" {
			t.Errorf("%s: stored (-want +got):\n%s", name, diff)
		}
		if len(bad) > 1 || (len(bad) == 1) != (tt.wrong != "") || tt.wrong != "" && bad[tt.wrong] == "" {
			t.Errorf("%s: got %v, want a sentence about %q", name, bad, tt.wrong)
		}
	}
}

func TestOffersFillEmptyBoxesOnly(t *testing.T) {
	t.Parallel()
	plan := &planInForce{No: 1, Number: 5, Symbol: "KH-STP", Inspection: "7.1"}
	number := func(value, source string) *Offer { return &Offer{Value: value, Mark: indicator.Number, Source: source} }
	tests := map[string]struct {
		row    Row
		ground ground
		status Status
		want   *Offer
	}{
		"the plan in force":             {row: answered(t, "T1.01", ""), ground: ground{Plan: plan}, want: number("1", "Kế hoạch số 05/KH-STP đã được tiếp nhận")},
		"answered already":              {row: answered(t, "T1.01", "0"), ground: ground{Plan: plan}},
		"no plan in force":              {row: answered(t, "T1.01", "")},
		"an inspection in the plan":     {row: answered(t, "T7.01", ""), ground: ground{Plan: plan}, want: number("1", "Hoạt động 7.1 của kế hoạch năm")},
		"no inspection in the plan":     {row: answered(t, "T7.01", ""), ground: ground{Plan: &planInForce{No: 1}}},
		"a state goes on":               {row: answered(t, "T3.03", "").before("8").lastYear("7"), want: number("8", "Báo cáo 6 tháng đầu năm 2022, lần gửi 1")},
		"a state of last year":          {row: answered(t, "T3.03", "").lastYear("7"), want: number("7", "Cùng kỳ năm trước, Báo cáo số 210/BC-SNV")},
		"a sum is not carried on":       {row: answered(t, "T4.01", "").before("8")},
		"a task out of scope":           {row: answered(t, "T4.01", ""), status: NotApplicable, want: &Offer{Mark: indicator.NotApplicable, Source: "Nhiệm vụ được ghi là không thuộc phạm vi"}},
		"nobody asks":                   {row: Row{Indicator: reference(t, "T1.01")}, ground: ground{Plan: plan}},
		"a ratio is worked out instead": {row: Row{Indicator: reference(t, "T3.05"), Asked: true}, ground: ground{Plan: plan}},
	}
	for name, tt := range tests {
		c := with(t, tt.row)
		for i := range c.Tasks {
			c.Tasks[i].Part.Content = submission.Content{"status": string(tt.status)}
		}
		c.offer(tt.ground)
		if diff := cmp.Diff(tt.want, c.Rows[tt.row.Code].Offer); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

func TestEveryPartKnowsItsTask(t *testing.T) {
	t.Parallel()
	for key, want := range map[string]int{
		"task/3": 3, "task/0": 0, "figure/T4.01": 4, "figure/T0.06": 0, "below/T2.04": 2, "ratio/T2.07": 2, "activity/6.12": 6,
		"overall": Whole, "proposal/3": Whole, "exemplar/1": Whole, "file/4": Whole, "doc": Whole, "": Whole, "task/x": Whole, "figure/": Whole,
	} {
		if got := TaskOf(key); got != want {
			t.Errorf("%q: got %d, want %d", key, got, want)
		}
	}
}
