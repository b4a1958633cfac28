package web_test

import (
	"maps"
	"net/url"
	"testing"
)

func init() {
	maps.Copy(asks, reportSteps)
	maps.Copy(asks, reportReviews)
}

// atReport are the parameters of everything under the report of Sở Tư pháp.
func atReport(more ...string) map[string]string {
	return at(append(more, "period", reportRef.Period)...)
}

func reportSignature(t testing.TB, w *world, _ string) url.Values {
	return signatureOf(t, w, reportRef, "BC")
}

// reportSteps are the steps of the workflow of a report.
var reportSteps = map[string]ask{
	"GET /bao-cao/{year}/{period}/{unit}/lan-gui/{no}/ban-ky":      {of: reportRef, params: atReport("no", "1")},
	"POST /bao-cao/{year}/{period}/{unit}/lan-gui/{no}/ban-ky":     {of: reportRef, params: atReport("no", "1")},
	"GET /bao-cao/{year}/{period}/{unit}/lan-gui/{no}/ban-ky/{id}": {of: reportRef, params: atReport("no", "1", "id", "0")},
	"GET /bao-cao/{year}/{period}/{unit}/gop-y/{id}":               {of: reportRef, params: atReport("id", aRemark)},
	"POST /bao-cao/{year}/{period}/{unit}/gop-y/{id}":              {of: reportRef, params: atReport("id", aRemark), body: fields("answer", "Đã sửa", "_revision", "1")},
	"GET /bao-cao/{year}/{period}/{unit}/giai-thich/{code}":        {of: reportRef, params: atReport("code", "C07")},
	"POST /bao-cao/{year}/{period}/{unit}/giai-thich/{code}":       {of: reportRef, params: atReport("code", "C07"), body: fields("answer", "Gồm ý kiến của năm trước chuyển sang")},
	"GET /bao-cao/{year}/{period}/{unit}/trinh":                    {of: reportRef, params: atReport()},
	"POST /bao-cao/{year}/{period}/{unit}/trinh":                   {of: reportRef, params: atReport()},
	"GET /bao-cao/{year}/{period}/{unit}/rut-lai":                  {of: reportRef, params: atReport()},
	"POST /bao-cao/{year}/{period}/{unit}/rut-lai":                 {of: reportRef, params: atReport()},
	"GET /bao-cao/{year}/{period}/{unit}/chuyen-lai":               {of: reportRef, params: atReport()},
	"POST /bao-cao/{year}/{period}/{unit}/chuyen-lai":              {of: reportRef, params: atReport(), body: fields("reason", reason)},
	"GET /bao-cao/{year}/{period}/{unit}/duyet":                    {of: reportRef, params: atReport()},
	"POST /bao-cao/{year}/{period}/{unit}/duyet":                   {of: reportRef, params: atReport(), body: reportSignature},
	"GET /bao-cao/{year}/{period}/{unit}/gui":                      {of: reportRef, params: atReport()},
	"POST /bao-cao/{year}/{period}/{unit}/gui":                     {of: reportRef, params: atReport(), body: reportSignature},
	"GET /bao-cao/{year}/{period}/{unit}/thu-hoi":                  {of: reportRef, params: atReport()},
	"POST /bao-cao/{year}/{period}/{unit}/thu-hoi":                 {of: reportRef, params: atReport()},
	"GET /bao-cao/{year}/{period}/{unit}/de-nghi-mo-lai":           {of: reportRef, params: atReport()},
	"POST /bao-cao/{year}/{period}/{unit}/de-nghi-mo-lai":          {of: reportRef, params: atReport(), body: fields("reason", reason)},
	"GET /bao-cao/{year}/{period}/{unit}/sua-doi":                  {of: reportRef, params: atReport()},
	"POST /bao-cao/{year}/{period}/{unit}/sua-doi":                 {of: reportRef, params: atReport()},
	"GET /bao-cao/{year}/{period}/{unit}/bo-sua-doi":               {of: reportRef, params: atReport()},
	"POST /bao-cao/{year}/{period}/{unit}/bo-sua-doi":              {of: reportRef, params: atReport()},
}

// reportReviews are the decisions on a report.
var reportReviews = map[string]ask{
	"GET /tham-dinh/bao-cao/{year}/{period}/{unit}":                      {of: reportRef, params: atReport()},
	"POST /tham-dinh/bao-cao/{year}/{period}/{unit}/tiep-nhan":           {of: reportRef, params: atReport(), body: fields("version", "1", "read", "1")},
	"POST /tham-dinh/bao-cao/{year}/{period}/{unit}/tra-lai":             {of: reportRef, params: atReport(), body: fields("version", "1", "reason", reason)},
	"POST /tham-dinh/bao-cao/{year}/{period}/{unit}/gop-y":               {of: reportRef, params: atReport(), body: fields("version", "1", "part", "figure/T4.11", "field", "", "body", "Kiểm tra lại số này.")},
	"POST /tham-dinh/bao-cao/{year}/{period}/{unit}/gop-y/{id}/bo":       {of: reportRef, params: atReport("id", aRemark)},
	"POST /tham-dinh/bao-cao/{year}/{period}/{unit}/gop-y/{id}/ket-luan": {of: reportRef, params: atReport("id", aRemark), body: fields("verdict", "ok")},
	"GET /tham-dinh/bao-cao/{year}/{period}/{unit}/mo-lai":               {of: reportRef, params: atReport()},
	"POST /tham-dinh/bao-cao/{year}/{period}/{unit}/mo-lai":              {of: reportRef, params: atReport(), body: fields("reason", reason)},
	"GET /tham-dinh/bao-cao/{year}/{period}/{unit}/tu-choi-mo-lai":       {of: reportRef, params: atReport()},
	"POST /tham-dinh/bao-cao/{year}/{period}/{unit}/tu-choi-mo-lai":      {of: reportRef, params: atReport(), body: fields("reason", reason)},
	"GET /tham-dinh/bao-cao/{year}/{period}/{unit}/rut-hieu-luc":         {of: reportRef, params: atReport()},
	"POST /tham-dinh/bao-cao/{year}/{period}/{unit}/rut-hieu-luc":        {of: reportRef, params: atReport(), body: fields("reason", reason)},
}
