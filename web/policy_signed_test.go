package web_test

func init() {
	const comparison = "/lan-gui/{no}/ban-ky/{id}/doi-chieu"
	asks["GET /ke-hoach/{year}/{unit}"+comparison] = ask{params: at("no", "1", "id", "0")}
	asks["GET /bao-cao/{year}/{period}/{unit}"+comparison] = ask{of: reportRef, params: atReport("no", "1", "id", "0")}
	looks["/ke-hoach/{year}/{unit}"+comparison] = []look{{"stc.chuyenvien", "/ke-hoach/2022/stc/lan-gui/1/ban-ky/{signed plan}/doi-chieu?tinh-lai=1"}}
	looks["/bao-cao/{year}/{period}/{unit}"+comparison] = []look{{"snv.thamdinh", "/bao-cao/2022/nam/ttt/lan-gui/1/ban-ky/{signed report}/doi-chieu"}}
}

// signedPaper finds the signed paper that a unit attached.
func signedPaper(unit, period string) string {
	return `
		select min(f.id)::text
		from version_file f
		join version v on v.id = f.version_id
		join submission s on s.id = v.submission_id
		join period p on p.id = s.period_id
		join unit u on u.id = s.unit_id
		where u.slug = '` + unit + `' and p.slug = '` + period + `'`
}
