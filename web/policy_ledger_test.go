package web_test

import (
	"errors"
	"maps"
	"net/url"
	"strconv"
	"testing"

	"danvan/internal/direction"
	"danvan/internal/fault"
	"danvan/internal/post"
	"danvan/internal/proposal"
	"danvan/internal/viet"
)

func init() {
	maps.Copy(asks, ledgerPages)
	maps.Copy(looks, ledgerLooks)
	lists = append(lists, "/kien-nghi/{year}", "/y-kien/{year}")
}

// ofReport is the first proposal of the report that the table is about; it stands
// in the ledger from the first acceptance on.
var ofReport = proposal.Ref{Year: year, Period: "nam", Unit: ownUnit, No: 1}

// ledgerPages are the ledger of proposals, and what those who lead said.
var ledgerPages = map[string]ask{
	"GET /kien-nghi/{year}":                                 {of: reportRef, params: at()},
	"GET /kien-nghi/{year}/{period}/{unit}/{no}":            {of: reportRef, params: atReport("no", "1")},
	"GET /kien-nghi/{year}/{period}/{unit}/{no}/phan-cong":  {of: reportRef, params: atReport("no", "1")},
	"POST /kien-nghi/{year}/{period}/{unit}/{no}/phan-cong": {of: reportRef, params: atReport("no", "1"), body: anEntry("receiver", "stc", "due_on", "20/12/2022")},
	"GET /kien-nghi/{year}/{period}/{unit}/{no}/tra-loi":    {of: reportRef, params: atReport("no", "1")},
	"POST /kien-nghi/{year}/{period}/{unit}/{no}/tra-loi":   {of: reportRef, params: atReport("no", "1"), body: anEntry("answer", "Đã bố trí kinh phí trong dự toán.", "answered_on", "28/11/2022")},
	"GET /kien-nghi/{year}/{period}/{unit}/{no}/mo-lai":     {of: reportRef, params: atReport("no", "1")},
	"POST /kien-nghi/{year}/{period}/{unit}/{no}/mo-lai":    {of: reportRef, params: atReport("no", "1"), each: true, body: anAnswered("reason", reason)},
	"GET /y-kien/{year}":                                    {of: reportRef, params: at()},
	"GET /y-kien/{year}/moi":                                {of: reportRef, params: at(), query: "?don-vi=stp"},
	"POST /y-kien/{year}/moi":                               {of: reportRef, params: at(), body: fields("unit", ownUnit, "about", "nhiem-vu-4", "body", "Khẩn trương tổ chức đối thoại.")},
	"GET /y-kien/{year}/{no}":                               {of: reportRef, params: at("no", "1")},
	"GET /y-kien/{year}/{no}/tra-loi":                       {of: reportRef, params: at("no", "1")},
	"POST /y-kien/{year}/{no}/tra-loi":                      {of: reportRef, params: at("no", "1"), body: fields("answer", "Đã tổ chức đối thoại ngày 25/11/2022.", "_revision", "1")},
	"GET /y-kien/{year}/{no}/ket-thuc":                      {of: reportRef, params: at("no", "1")},
	"POST /y-kien/{year}/{no}/ket-thuc":                     {of: reportRef, params: at("no", "1"), body: fields("closing", "Đạt yêu cầu, không cần báo cáo thêm.", "_revision", "1")},
}

// ledgerLooks are those pages as the demonstration fills them.
var ledgerLooks = map[string][]look{
	"/kien-nghi/{year}": {{"snv.tonghop", "/kien-nghi/2022"}, {"ubnd.lanhdao", "/kien-nghi/2022?tinh-trang=qua-han"}, {"stp.chuyenvien", "/kien-nghi/2022"}},
	"/kien-nghi/{year}/{period}/{unit}/{no}": {{"snv.thamdinh", "/kien-nghi/2022/6-thang/h-phung-hiep/1"}, {"stp.chuyenvien", "/kien-nghi/2022/6-thang/stp/1"},
		{"snv.thamdinh", "/kien-nghi/2022/nam/snv/1"}},
	"/kien-nghi/{year}/{period}/{unit}/{no}/phan-cong": {{"snv.tonghop", "/kien-nghi/2022/nam/tx-long-my/1/phan-cong"}},
	"/kien-nghi/{year}/{period}/{unit}/{no}/tra-loi":   {{"snv.tonghop", "/kien-nghi/2022/6-thang/h-phung-hiep/1/tra-loi"}},
	"/kien-nghi/{year}/{period}/{unit}/{no}/mo-lai":    {{"snv.tonghop", "/kien-nghi/2022/6-thang/stp/1/mo-lai"}},
	"/y-kien/{year}":               {{"ubnd.lanhdao", "/y-kien/2022"}, {"skhcn.chuyenvien", "/y-kien/2022"}},
	"/y-kien/{year}/moi":           {{"ubnd.lanhdao", "/y-kien/2022/moi?don-vi=h-phung-hiep&ve=hoat-dong-4.3"}, {"bdv.theodoi", "/y-kien/2022/moi"}},
	"/y-kien/{year}/{no}":          {{"ubnd.lanhdao", "/y-kien/2022/1"}, {"bdv.theodoi", "/y-kien/2022/2"}, {"skhcn.lanhdao", "/y-kien/2022/3"}},
	"/y-kien/{year}/{no}/tra-loi":  {{"skhcn.chuyenvien", "/y-kien/2022/3/tra-loi"}},
	"/y-kien/{year}/{no}/ket-thuc": {{"bdv.theodoi", "/y-kien/2022/2/ket-thuc"}},
}

// bringLedger lets UBND tỉnh say something about Sở Tư pháp, and where its report
// was accepted, somebody settle its first proposal.
func (w *world) bringLedger(t testing.TB) {
	t.Helper()
	once := post.Once{Key: "ledger-of-the-table-1", Body: []byte{1}}
	_, err := direction.GiveIt(t.Context(), w.db, w.actors["leadership"], yearEnd, once, year, direction.Giving{Unit: ownUnit, Body: "Khẩn trương hoàn thành báo cáo năm."})
	must(t, err)
	err = proposal.AssignIt(t.Context(), w.db, w.actors["reviewer"], yearEnd, once, ofReport, proposal.Assignment{Read: 1, Unit: "stc", DueOn: viet.DateOf(yearEnd)})
	if !errors.Is(err, fault.NotFound) { // not accepted yet
		must(t, err)
	}
}

// anEntry is a form about the first proposal, from the revision that stands.
func anEntry(pairs ...string) func(testing.TB, *world, string) url.Values {
	return func(t testing.TB, w *world, _ string) url.Values {
		v := pairsOf(pairs...)
		c, err := proposal.One(t.Context(), w.db, w.actors["reviewer"], yearEnd, ofReport)
		if !errors.Is(err, fault.NotFound) {
			must(t, err)
		}
		v.Set("_revision", strconv.Itoa(c.Revision))
		return v
	}
}

// anAnswered is [anEntry] once the proposal was answered.
func anAnswered(pairs ...string) func(testing.TB, *world, string) url.Values {
	return func(t testing.TB, w *world, who string) url.Values {
		err := proposal.AnswerIt(t.Context(), w.db, w.actors["reviewer"], yearEnd, post.Once{}, ofReport,
			proposal.Reply{Read: 2, Answer: "Đã bố trí kinh phí trong dự toán.", On: viet.DateOf(yearEnd)})
		if !errors.Is(err, fault.NotFound) {
			must(t, err)
		}
		return anEntry(pairs...)(t, w, who)
	}
}
