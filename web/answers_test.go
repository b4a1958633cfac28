package web_test

import (
	"maps"
	"net/http"
)

// answers are pages that no address leads to: forms that come back with mistakes,
// conflicts, refusals, and what is said when something is not there.
func (s *stage) answers() []shownPage {
	s.t.Helper()
	var pages []shownPage
	add := func(who, what string, status int, res *response) {
		s.t.Helper()
		pages = append(pages, shownPage{who, what, res.want(status).rec})
	}
	post := func(who, path string, status int, pairs ...string) {
		s.t.Helper()
		add(who, "POST "+path, status, s.send(who, s.place(path), pairsOf(pairs...)))
	}
	// wrong sends the form of a page as it stands, but for the pairs.
	wrong := func(who, path string, pairs ...string) {
		s.t.Helper()
		values := s.ask(who, s.place(path)).filled(s.place(path))
		for name, v := range pairsOf(pairs...) {
			if !values.Has(name) {
				s.t.Fatalf("%s has no field %s", path, name)
			}
			values[name] = v
		}
		add(who, "POST "+path, http.StatusUnprocessableEntity, s.send(who, s.place(path), values))
	}
	get := func(who, path string, status int) {
		s.t.Helper()
		add(who, path, status, s.ask(who, s.place(path)))
	}
	const stp = "/ke-hoach/2022/stp"
	post("", "/dang-nhap", http.StatusUnprocessableEntity, "username", "", "password", "")
	post("stp.chuyenvien", "/tai-khoan/mat-khau", http.StatusUnprocessableEntity)
	post("stp.chuyenvien", "/tai-khoan/xac-thuc", http.StatusUnprocessableEntity)
	wrong("stp.chuyenvien", stp+"/hoat-dong/{remarked}/sua", "time", "day", "starts_on", "hôm qua", "due_on", "31/02/2022", "target", "nhiều", "owner", "0")
	post("stp.chuyenvien", stp+"/hoat-dong", http.StatusUnprocessableEntity, "task", "99")
	wrong("stp.chuyenvien", stp+"/van-ban", "issued_on", "mai")
	wrong("stp.chuyenvien", stp+"/gop-y/{remark}", "answer", "")
	wrong("stp.chuyenvien", stp+"/hoat-dong/{remarked}/dung", "reason", "")
	wrong("vphdnd.lanhdao", "/ke-hoach/2022/vphdnd/duyet", "number", "số")
	wrong("vphdnd.lanhdao", "/ke-hoach/2022/vphdnd/chuyen-lai", "reason", "ngắn")
	wrong("stnmt.chuyenvien", "/ke-hoach/2022/stnmt/hoat-dong/{logged}/tien-do", "as_of", "mai", "value", "nhiều")
	const bdt = "/tham-dinh/ke-hoach/2022/bdt"
	post("snv.thamdinh2", bdt+"/gop-y", http.StatusUnprocessableEntity, "version", "1", "body", "")
	s.send("snv.thamdinh2", bdt+"/gop-y", pairsOf("version", "1", "body", "Bổ sung căn cứ.")).want(http.StatusSeeOther)
	post("snv.thamdinh2", bdt+"/tra-lai", http.StatusUnprocessableEntity, "version", "1", "reason", "ngắn")
	wrong("snv.thamdinh", "/tham-dinh/ke-hoach/2022/skhdt/mo-lai", "reason", "ngắn")
	wrong("snv.tonghop", "/bao-cao/2022/nam/thoi-han/gia-han", "unit", "", "due_before", "12/13/2022", "reason", "ngắn")
	wrong("snv.tonghop", "/bao-cao/2022/nam/thoi-han/sua", "due-department", "mai", "due-commune", "30/11/2022")
	wrong("snv.tonghop", "/ke-hoach/2022/thoi-han/dong-ky", "on", "01/03/2022", "reason", "")
	wrong("snv.tonghop", "/bao-cao/2022/{later}/cap-xa/h-vi-thuy", "from", "20/12/2022", "reason", "ngắn")
	get("snv.tonghop", "/bao-cao/2022/nam/cap-xa/h-vi-thuy", http.StatusForbidden)

	get("stp.chuyenvien", stp+"/trinh", http.StatusForbidden)
	get("stc.chuyenvien", "/ke-hoach/2022/stc/hoat-dong/1.1/sua", http.StatusForbidden)
	get("stp.chuyenvien", "/khong-co-trang-nay", http.StatusNotFound)
	get("", "/khong-co-trang-nay", http.StatusNotFound)
	get("stttt.chuyenvien", "/thong-bao?trang=99", http.StatusOK)
	get("snv.tonghop", "/tim-kiem?q=kh%C3%B4ng+c%C3%B3+g%C3%AC+nh%C6%B0+th%E1%BA%BF", http.StatusOK)
	get("mttq.phoihop", "/ke-hoach/2022/stp", http.StatusNotFound)

	// Two people save the same fields of one activity.
	edit := stp + "/hoat-dong/{remarked}/sua"
	form := s.ask("stp.chuyenvien", s.place(edit)).filled(s.place(edit))
	first, second := maps.Clone(form), maps.Clone(form)
	first.Set("product", "02 cuộc đối thoại tại hai xã")
	first.Set("section", "Văn phòng Sở")
	second.Set("product", "03 cuộc đối thoại")
	second.Set("description", "Mời Ban Dân vận dự.")
	first.Del("_key")
	second.Del("_key")
	s.send("stp.lanhdao", s.place(edit), first).want(http.StatusSeeOther)
	conflict := s.send("stp.chuyenvien", s.place(edit), second)
	add("stp.chuyenvien", "conflict", http.StatusConflict, conflict)
	undecided := conflict.filled(s.place(edit))
	undecided.Del("_key")
	add("stp.chuyenvien", "conflict, undecided", http.StatusConflict, s.send("stp.chuyenvien", s.place(edit), undecided))

	// A post that cannot be carried out any more, and one without a session.
	post("stc.chuyenvien", "/ke-hoach/2022/stc/hoat-dong/1.1/sua", http.StatusForbidden, "title", "Tên mới")
	return pages
}
