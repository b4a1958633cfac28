package web_test

import (
	"bytes"
	"context"
	"maps"
	"net/url"
	"strconv"
	"testing"
	"time"

	"danvan/internal/account"
	"danvan/internal/actor"
	"danvan/internal/consolidation"
	"danvan/internal/database"
	"danvan/internal/demo"
	"danvan/internal/evidence"
	"danvan/internal/paper"
	"danvan/internal/post"
	"danvan/internal/submission"
	"danvan/internal/viet"
	"danvan/internal/workingcopy"
)

func init() {
	maps.Copy(asks, consolidationPages)
	maps.Copy(looks, consolidationLooks)
	for _, route := range []string{"/tong-quan", "/ke-hoach", "/bao-cao", "/kien-nghi", "/y-kien", "/tong-hop"} {
		pageless[route] = "leads on to the year that is on"
	}
	pageless["/tong-hop/{year}"] = "leads on to the period of now"
	for _, route := range []string{"/bao-cao.docx", "/phu-luc.xlsx", "/lan-phat-hanh/{no}.docx", signedAt + "/{id}"} {
		pageless["/tong-hop/{year}/{period}/{unit}"+route] = "a file to keep"
	}
}

// provincial is the report in which Sở Nội vụ sums up the year.
var provincial = consolidation.Ref{Year: year, Period: "nam", Unit: "snv"}

// atSum are the parameters of everything under it.
func atSum(more ...string) map[string]string {
	return at(append(more, "period", provincial.Period, "unit", provincial.Unit)...)
}

const (
	sumAt    = "/tong-hop/{year}/{period}/{unit}"
	signedAt = "/lan-phat-hanh/{no}/ban-ky"
)

// consolidationPages are its pages, at the end of the year.
var consolidationPages = map[string]ask{
	"GET /tong-hop/{year}":                        {of: reportRef, params: at()},
	"GET /tong-hop/{year}/{period}":               {of: reportRef, params: atReport()},
	"GET " + sumAt:                                {of: reportRef, params: atSum()},
	"GET " + sumAt + "/so-lieu":                   {of: reportRef, params: atSum()},
	"GET " + sumAt + "/xem-truoc":                 {of: reportRef, params: atSum()},
	"GET " + sumAt + "/lich-su":                   {of: reportRef, params: atSum()},
	"GET " + sumAt + "/noi-dung/{part}":           {of: reportRef, params: atSum("part", "nhiem-vu-4")},
	"POST " + sumAt + "/noi-dung/{part}":          {of: reportRef, params: atSum("part", "nhiem-vu-4"), body: partOfSum("task/4", "text", "Đã tiếp {T4.01} lượt.")},
	"GET " + sumAt + "/noi-dung/{part}/dung-lai":  {of: reportRef, params: atSum("part", "kien-nghi")},
	"POST " + sumAt + "/noi-dung/{part}/dung-lai": {of: reportRef, params: atSum("part", "kien-nghi"), body: partOfSum("proposals")},
	"GET " + sumAt + "/van-ban":                   {of: reportRef, params: atSum()},
	"POST " + sumAt + "/van-ban":                  {of: reportRef, params: atSum(), body: partOfSum("doc", "signer", "Nguyễn Văn Ký")},
	"GET " + sumAt + "/bat-dau":                   {of: reportRef, params: atSum()},
	"POST " + sumAt + "/bat-dau":                  {of: reportRef, params: atSum()},
	"GET " + sumAt + "/tiep-tuc":                  {of: reportRef, params: atSum()},
	"POST " + sumAt + "/tiep-tuc":                 {of: reportRef, params: atSum(), body: fields("reason", reason)},
	"GET " + sumAt + "/trinh":                     {of: reportRef, params: atSum()},
	"POST " + sumAt + "/trinh":                    {of: reportRef, params: atSum(), body: wholeSum},
	"GET " + sumAt + "/rut-lai":                   {of: reportRef, params: atSum()},
	"POST " + sumAt + "/rut-lai":                  {of: reportRef, params: atSum()},
	"GET " + sumAt + "/chuyen-lai":                {of: reportRef, params: atSum()},
	"POST " + sumAt + "/chuyen-lai":               {of: reportRef, params: atSum(), body: fields("reason", reason)},
	"GET " + sumAt + "/duyet":                     {of: reportRef, params: atSum()},
	"POST " + sumAt + "/duyet":                    {of: reportRef, params: atSum(), body: wholeSum},
	"GET " + sumAt + "/ve-nhap":                   {of: reportRef, params: atSum()},
	"POST " + sumAt + "/ve-nhap":                  {of: reportRef, params: atSum(), body: fields("reason", reason)},
	"GET " + sumAt + "/phat-hanh":                 {of: reportRef, params: atSum()},
	"POST " + sumAt + "/phat-hanh":                {of: reportRef, params: atSum(), body: issueOfSum},
	"GET " + sumAt + "/thay-the":                  {of: reportRef, params: atSum()},
	"POST " + sumAt + "/thay-the":                 {of: reportRef, params: atSum(), body: fields("reason", reason)},
	"GET " + sumAt + "/bo-sua-doi":                {of: reportRef, params: atSum()},
	"POST " + sumAt + "/bo-sua-doi":               {of: reportRef, params: atSum()},
	"GET " + sumAt + "/lan-phat-hanh/{no}":        {of: reportRef, params: atSum("no", "1")},
	"GET " + sumAt + "/lan-phat-hanh/{no}.docx":   {of: reportRef, params: atSum("no", "1")},
	"GET " + sumAt + signedAt:                     {of: reportRef, params: atSum("no", "1")},
	"POST " + sumAt + signedAt:                    {of: reportRef, params: atSum("no", "1")},
	"GET " + sumAt + signedAt + "/{id}":           {of: reportRef, params: atSum("no", "1", "id", "0")},
	"GET " + sumAt + signedAt + "/{id}/doi-chieu": {of: reportRef, params: atSum("no", "1", "id", "0")},
	"GET " + sumAt + "/bao-cao.docx":              {of: reportRef, params: atSum()},
	"GET " + sumAt + "/phu-luc.xlsx":              {of: reportRef, params: atSum()},
}

// consolidationLooks are those pages as [stage.consolidate] leaves the demonstration.
var consolidationLooks = map[string][]look{
	"/tong-hop/{year}/{period}": {{"quantri", "/tong-hop/2022/6-thang"}},
	sumAt:                       {{"snv.tonghop", "/tong-hop/2022/nam/snv"}, {"ubnd.lanhdao", "/tong-hop/2022/6-thang/snv"}, {"h-vi-thuy.lanhdao", "/tong-hop/2022/6-thang/h-vi-thuy"}, {"h-phung-hiep.chuyenvien", "/tong-hop/2022/6-thang/h-phung-hiep"}, {"quantri", "/tong-hop/2022/nam/snv"}},
	sumAt + "/so-lieu":          {{"snv.tonghop", "/tong-hop/2022/nam/snv/so-lieu?nhiem-vu=4"}, {"ubnd.lanhdao", "/tong-hop/2022/6-thang/snv/so-lieu"}},
	sumAt + "/xem-truoc":        {{"snv.tonghop", "/tong-hop/2022/nam/snv/xem-truoc"}, {"ubnd.lanhdao", "/tong-hop/2022/6-thang/snv/xem-truoc"}},
	sumAt + "/lich-su":          {{"snv.tonghop", "/tong-hop/2022/6-thang/snv/lich-su"}},
	sumAt + "/noi-dung/{part}": {{"snv.tonghop", "/tong-hop/2022/nam/snv/noi-dung/nhiem-vu-4"}, {"snv.tonghop", "/tong-hop/2022/nam/snv/noi-dung/danh-gia-chung"},
		{"snv.tonghop", "/tong-hop/2022/nam/snv/noi-dung/mo-dau"}},
	sumAt + "/noi-dung/{part}/dung-lai":  {{"snv.tonghop", "/tong-hop/2022/nam/snv/noi-dung/kien-nghi/dung-lai"}},
	sumAt + "/van-ban":                   {{"snv.tonghop", "/tong-hop/2022/nam/snv/van-ban"}},
	sumAt + "/bat-dau":                   {{"h-phung-hiep.chuyenvien", "/tong-hop/2022/nam/h-phung-hiep/bat-dau"}},
	sumAt + "/tiep-tuc":                  {{"snv.tonghop", "/tong-hop/2022/nam/snv/tiep-tuc"}},
	sumAt + "/trinh":                     {{"snv.tonghop", "/tong-hop/2022/nam/snv/trinh"}},
	sumAt + "/rut-lai":                   {{"h-vi-thuy.thamdinh", "/tong-hop/2022/6-thang/h-vi-thuy/rut-lai"}},
	sumAt + "/chuyen-lai":                {{"h-vi-thuy.lanhdao", "/tong-hop/2022/6-thang/h-vi-thuy/chuyen-lai"}},
	sumAt + "/duyet":                     {{"h-vi-thuy.lanhdao", "/tong-hop/2022/6-thang/h-vi-thuy/duyet"}},
	sumAt + "/ve-nhap":                   {{"h-vi-thuy.thamdinh", "/tong-hop/2022/nam/h-vi-thuy/ve-nhap"}},
	sumAt + "/phat-hanh":                 {{"h-vi-thuy.thamdinh", "/tong-hop/2022/nam/h-vi-thuy/phat-hanh"}},
	sumAt + "/thay-the":                  {{"snv.tonghop", "/tong-hop/2022/6-thang/snv/thay-the"}},
	sumAt + "/bo-sua-doi":                {{"h-phung-hiep.chuyenvien", "/tong-hop/2022/6-thang/h-phung-hiep/bo-sua-doi"}},
	sumAt + signedAt:                     {{"snv.tonghop", "/tong-hop/2022/6-thang/snv/lan-phat-hanh/1/ban-ky"}},
	sumAt + signedAt + "/{id}/doi-chieu": {{"snv.tonghop", "/tong-hop/2022/6-thang/snv/lan-phat-hanh/1/ban-ky/{signed issue}/doi-chieu"}, {"ubnd.lanhdao", "/tong-hop/2022/6-thang/snv/lan-phat-hanh/1/ban-ky/{signed issue}/doi-chieu?tinh-lai=1"}},
	sumAt + "/lan-phat-hanh/{no}":        {{"ubnd.lanhdao", "/tong-hop/2022/6-thang/snv/lan-phat-hanh/1"}},
}

// partOfSum is a form about a part of the report, from the revision that stands.
func partOfSum(key string, pairs ...string) func(testing.TB, *world, string) url.Values {
	return func(t testing.TB, w *world, _ string) url.Values {
		v := pairsOf(pairs...)
		revisions, err := database.Values[int](t.Context(), w.db, `
			select p.revision
			from part p
			join consolidation k on k.id = p.copy_id
			where p.key = @key`,
			database.Args{"key": key})
		must(t, err)
		if len(revisions) > 0 {
			v.Set("_revision", strconv.Itoa(revisions[0]))
		}
		return v
	}
}

// wholeSum names the revision and the hash that the page showed.
func wholeSum(t testing.TB, w *world, _ string) url.Values {
	c, err := consolidation.NewService(w.db, nil, nil).Case(t.Context(), w.actors["consolidator"], yearEnd, provincial)
	must(t, err)
	v := pairsOf("_submission", strconv.Itoa(c.Revision))
	if c.Frozen != nil {
		v.Set("ma", c.Frozen.SHA256)
	}
	return v
}

// issueOfSum is the form that issues it, whatever has changed below.
func issueOfSum(t testing.TB, w *world, who string) url.Values {
	v := wholeSum(t, w, who)
	for name, value := range paperOfSum("215") {
		v.Set(name, value)
	}
	v.Set("as_frozen", "1")
	v.Set("issued_on", "14/03/2022")
	v.Set("_revision", partOfSum(consolidation.ReferenceKey)(t, w, who).Get("_revision"))
	return v
}

// paperOfSum is a paper under a number.
func paperOfSum(number string) workingcopy.Content {
	return workingcopy.Content{"number": number, "symbol": "BC-SNV", "issued_on": "2022-03-14", "subject": "Kết quả công tác dân vận chính quyền năm 2022",
		"signer": "Nguyễn Văn Ký", "capacity": "GIÁM ĐỐC", consolidation.BodyField: string(consolidation.Own)}
}

// summing plays the life of a consolidated report.
type summing struct {
	t                    testing.TB
	svc                  *consolidation.Service
	ref                  consolidation.Ref
	consolidator, leader actor.Actor
	now                  time.Time
}

func (s *summing) tick() time.Time {
	s.now = s.now.Add(time.Minute)
	return s.now
}

// standing is the report as it stands.
func (s *summing) standing() consolidation.Case {
	s.t.Helper()
	c, err := s.svc.Case(s.t.Context(), s.consolidator, s.now, s.ref)
	must(s.t, err)
	return c
}

type stepOfSum func(ctx context.Context, now time.Time) error

// do carries steps out in turn.
func (s *summing) do(steps ...stepOfSum) {
	s.t.Helper()
	for _, step := range steps {
		must(s.t, step(s.t.Context(), s.tick()))
	}
}

func (s *summing) begin(ctx context.Context, now time.Time) error {
	return s.svc.Begin(ctx, s.consolidator, now, post.Once{}, s.ref)
}

func (s *summing) proceed(ctx context.Context, now time.Time) error {
	if len(s.standing().Uncovered()) == 0 {
		return nil
	}
	return s.svc.Proceed(ctx, s.consolidator, now, post.Once{}, s.ref, reason)
}

func (s *summing) finalise(ctx context.Context, now time.Time) error {
	return s.svc.Finalise(ctx, s.consolidator, now, post.Once{}, s.ref, s.standing().Revision)
}

func (s *summing) sendBack(ctx context.Context, now time.Time) error {
	return s.svc.SendBack(ctx, s.leader, now, post.Once{}, s.ref, reason)
}

func (s *summing) signOff(ctx context.Context, now time.Time) error {
	return s.svc.SignOff(ctx, s.leader, now, post.Once{}, s.ref, s.standing().Frozen.SHA256)
}

func (s *summing) issue(ctx context.Context, now time.Time) error {
	_, doc, err := s.svc.Reference(ctx, s.consolidator, now, s.ref)
	if err != nil {
		return err
	}
	return s.svc.Issue(ctx, s.consolidator, now, post.Once{}, s.ref, consolidation.Issuance{Reference: paperOfSum(strconv.Itoa(214 + len(s.standing().Issues))), Read: doc.Revision,
		Frozen: s.standing().Frozen.SHA256, AsFrozen: true})
}

func (s *summing) replace(ctx context.Context, now time.Time) error {
	return s.svc.Replace(ctx, s.consolidator, now, post.Once{}, s.ref, reason)
}

// bringSum brings the report of Sở Nội vụ for the year into the state that the table
// shows in the column of a plan's state: the columns are ten, its own states seven.
// Its papers lie in files.
func (w *world) bringSum(t testing.TB, files *evidence.Store, state string) {
	t.Helper()
	s := &summing{t: t, svc: consolidation.NewService(w.db, files, paper.Consolidated), ref: provincial, now: yearEnd.Add(-time.Hour),
		consolidator: w.actors["consolidator"], leader: w.actors["lead-leader"]}
	way := []stepOfSum{s.begin, s.proceed, s.finalise, s.signOff, s.issue, s.replace}
	switch state {
	case "notbegun":
	case "draft":
		s.do(way[:1]...)
	case "awaiting":
		s.do(way[:2]...)
	case "submitted", "read":
		s.do(way[:3]...)
	case "remarked", "returned":
		s.do(way[:3]...)
		s.do(s.sendBack)
	case "accepted":
		s.do(way[:4]...)
	case "asked":
		s.do(way[:5]...)
	case "amending":
		s.do(way...)
	default:
		t.Fatalf("no state of a consolidated report for %s", state)
	}
}

// consolidate adds to the demonstration what it does not begin with: consolidated
// reports of a district at its leader's and at the moment of issue, a district that
// has not begun, and a reason to go on without the reports that are missing.
func (s *stage) consolidate() {
	s.t.Helper()
	ctx, now := s.t.Context(), demo.Start.Add(5*time.Minute)
	svc := consolidation.NewService(s.db, s.config.Files, paper.Consolidated)
	named := func(username, unit string, role actor.Role) actor.Actor {
		person, err := account.ByUsername(ctx, s.db, username)
		must(s.t, err)
		id, err := database.Value[actor.UnitID](ctx, s.db, `select id from unit where slug = @unit`, database.Args{"unit": unit})
		must(s.t, err)
		if role == actor.Consolidator && unit != "snv" {
			must(s.t, account.Grant(ctx, s.db, actor.System, now, person.ID, id, role, viet.NewDate(2022, time.January, 1), viet.Date{}))
		}
		return actor.Actor{Person: person.ID, Name: person.Name, Memberships: []actor.Membership{{Unit: id, Role: role}}, From: "192.0.2.1"}
	}
	s.one(`
		with joined as (
		    insert into roster (campaign_id, unit_id, unit_version_id, reports_to, position, valid)
		    select c.id, v.unit_id, v.id, up.id, 900, '[2022-01-01,)'
		    from campaign c, unit up, unit_version v
		    where c.year = 2022 and up.slug = 'h-phung-hiep' and v.parent_id = up.id and v.kind = 'commune'
		    order by v.unit_id
		    limit 1
		    returning 1
		)
		select count(*)::text from joined`)
	must(s.t, submission.Ensure(ctx, s.db, now))
	lead := named("snv.tonghop", "snv", actor.Consolidator)
	s.putIssued(svc, lead, now)
	replacing := &summing{t: s.t, svc: svc, ref: consolidation.Ref{Year: year, Period: "6-thang", Unit: "h-phung-hiep"}, now: now,
		consolidator: named("h-phung-hiep.chuyenvien", "h-phung-hiep", actor.Consolidator), leader: named("h-phung-hiep.lanhdao", "h-phung-hiep", actor.UnitLeader)}
	replacing.do(replacing.begin, replacing.proceed, replacing.finalise, replacing.signOff, replacing.issue, replacing.replace,
		replacing.finalise, replacing.signOff, replacing.issue, replacing.replace)
	district := func(period string) *summing {
		return &summing{t: s.t, svc: svc, ref: consolidation.Ref{Year: year, Period: period, Unit: "h-vi-thuy"}, now: now}
	}
	editor, leader := named("h-vi-thuy.thamdinh", "h-vi-thuy", actor.Consolidator), named("h-vi-thuy.lanhdao", "h-vi-thuy", actor.UnitLeader)
	for period, signed := range map[string]bool{"6-thang": false, "nam": true} {
		d := district(period)
		d.consolidator, d.leader = editor, leader
		d.do(d.begin, d.proceed, d.finalise)
		if signed {
			d.do(d.signOff)
		}
	}
	p := &summing{t: s.t, svc: svc, ref: provincial, now: now, consolidator: lead}
	p.do(p.proceed)
}

// putIssued brings back the files of the report that the demonstration issued: a copy
// of its database comes without what was issued and signed while it was loaded.
func (s *stage) putIssued(svc *consolidation.Service, act actor.Actor, now time.Time) {
	s.t.Helper()
	issued, err := svc.IssueByNo(s.t.Context(), act, now, consolidation.Ref{Year: year, Period: "6-thang", Unit: "snv"}, 1)
	must(s.t, err)
	content, err := paper.Consolidated(issued.Printed)
	must(s.t, err)
	_, err = s.config.Files.Put(s.t.Context(), "bao-cao.docx", bytes.NewReader(content))
	must(s.t, err)
	_, err = s.config.Files.Put(s.t.Context(), "ban-ky.pdf", bytes.NewReader(demo.SignedIssue(issued.Printed)))
	must(s.t, err)
}
