package web_test

import "maps"

func init() {
	maps.Copy(asks, indicatorPages)
	maps.Copy(looks, indicatorLooks)
}

// indicatorPages decide what a year asks units to count.
var indicatorPages = map[string]ask{
	"GET /quan-tri/{year}/chi-tieu":                    {of: reportRef, params: at()},
	"GET /quan-tri/{year}/chi-tieu/{code}":             {of: reportRef, params: at("code", "T1.06")},
	"POST /quan-tri/{year}/chi-tieu/{code}":            {of: reportRef, params: at("code", "T1.06"), body: fields("kinds", "district")},
	"GET /quan-tri/{year}/chi-tieu/{code}/don-vi":      {of: reportRef, params: at("code", "T4.01")},
	"POST /quan-tri/{year}/chi-tieu/{code}/don-vi":     {of: reportRef, params: at("code", "T4.01"), body: fields("was", "sct", "units", "h-vi-thuy")},
	"GET /quan-tri/{year}/chi-tieu/{code}/ngung-dung":  {of: reportRef, params: at("code", "T4.01")},
	"POST /quan-tri/{year}/chi-tieu/{code}/ngung-dung": {of: reportRef, params: at("code", "T3.07")},
}

var indicatorLooks = map[string][]look{
	"/quan-tri/{year}/chi-tieu":                   {{"snv.tonghop", "/quan-tri/2022/chi-tieu"}, {"quantri", "/quan-tri/2022/chi-tieu?trang-thai=chua-dung"}},
	"/quan-tri/{year}/chi-tieu/{code}":            {{"snv.tonghop", "/quan-tri/2022/chi-tieu/T4.01"}, {"quantri", "/quan-tri/2022/chi-tieu/T1.06"}},
	"/quan-tri/{year}/chi-tieu/{code}/don-vi":     {{"snv.tonghop", "/quan-tri/2022/chi-tieu/T4.01/don-vi"}},
	"/quan-tri/{year}/chi-tieu/{code}/ngung-dung": {{"snv.tonghop", "/quan-tri/2022/chi-tieu/T4.01/ngung-dung"}},
}
