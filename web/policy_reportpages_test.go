package web_test

import (
	"fmt"
	"maps"
	"net/url"
	"strings"
	"testing"

	"danvan/internal/submission"
)

func init() { maps.Copy(asks, reportPages) }

// reportPages are the pages on which a report is read and filled in.
var reportPages = map[string]ask{
	"GET /bao-cao/{year}":                                       {of: reportRef, params: at()},
	"GET /bao-cao/{year}/{period}":                              {of: reportRef, params: atReport()},
	"GET /bao-cao/{year}/{period}/{unit}":                       {of: reportRef, params: atReport()},
	"GET /bao-cao/{year}/{period}/{unit}/lich-su":               {of: reportRef, params: atReport()},
	"GET /bao-cao/{year}/{period}/{unit}/lan-gui/{no}":          {of: reportRef, params: atReport("no", "1")},
	"GET /bao-cao/{year}/{period}/{unit}/kiem-tra":              {of: reportRef, params: atReport()},
	"GET /bao-cao/{year}/{period}/{unit}/nhiem-vu/{task}":       {of: reportRef, params: atReport("task", "4")},
	"POST /bao-cao/{year}/{period}/{unit}/nhiem-vu/{task}":      {of: reportRef, params: atReport("task", "4"), body: aTask},
	"GET /bao-cao/{year}/{period}/{unit}/danh-gia-chung":        {of: reportRef, params: atReport()},
	"POST /bao-cao/{year}/{period}/{unit}/danh-gia-chung":       {of: reportRef, params: atReport(), body: aPart("overall", "strengths", "Kịp thời.")},
	"GET /bao-cao/{year}/{period}/{unit}/phuong-huong":          {of: reportRef, params: atReport()},
	"POST /bao-cao/{year}/{period}/{unit}/phuong-huong":         {of: reportRef, params: atReport(), body: aPart("next", "steps", "Tiếp tục đối thoại.")},
	"GET /bao-cao/{year}/{period}/{unit}/van-ban":               {of: reportRef, params: atReport()},
	"POST /bao-cao/{year}/{period}/{unit}/van-ban":              {of: reportRef, params: atReport(), body: aPart("doc", "number", "15", "issued_on", "28/11/2022")},
	"GET /bao-cao/{year}/{period}/{unit}/kien-nghi":             {of: reportRef, params: atReport()},
	"GET /bao-cao/{year}/{period}/{unit}/kien-nghi/moi":         {of: reportRef, params: atReport()},
	"POST /bao-cao/{year}/{period}/{unit}/kien-nghi/moi":        {of: reportRef, params: atReport(), body: fields("body", "Bổ sung kinh phí.")},
	"GET /bao-cao/{year}/{period}/{unit}/kien-nghi/{no}":        {of: reportRef, params: atReport("no", "1")},
	"POST /bao-cao/{year}/{period}/{unit}/kien-nghi/{no}":       {of: reportRef, params: atReport("no", "1"), body: aPart("proposal/1", "receiver", "Sở Tài chính")},
	"GET /bao-cao/{year}/{period}/{unit}/kien-nghi/{no}/xoa":    {of: reportRef, params: atReport("no", "1")},
	"POST /bao-cao/{year}/{period}/{unit}/kien-nghi/{no}/xoa":   {of: reportRef, params: atReport("no", "1"), body: aPart("proposal/1")},
	"GET /bao-cao/{year}/{period}/{unit}/dan-van-kheo":          {of: reportRef, params: atReport()},
	"GET /bao-cao/{year}/{period}/{unit}/dan-van-kheo/moi":      {of: reportRef, params: atReport()},
	"POST /bao-cao/{year}/{period}/{unit}/dan-van-kheo/moi":     {of: reportRef, params: atReport(), body: fields("name", "Ngày thứ Bảy tình nguyện")},
	"GET /bao-cao/{year}/{period}/{unit}/dan-van-kheo/{no}":     {of: reportRef, params: atReport("no", "1")},
	"POST /bao-cao/{year}/{period}/{unit}/dan-van-kheo/{no}":    {of: reportRef, params: atReport("no", "1"), body: aPart("exemplar/1", "level", "district")},
	"GET /bao-cao/{year}/{period}/{unit}/dan-van-kheo/{no}/xoa": {of: reportRef, params: atReport("no", "1")},
	"POST /bao-cao/{year}/{period}/{unit}/dan-van-kheo/{no}/xoa": {of: reportRef, params: atReport("no", "1"),
		body: aPart("exemplar/1")},
	"GET /bao-cao/{year}/{period}/{unit}/minh-chung":          {of: reportRef, params: atReport()},
	"POST /bao-cao/{year}/{period}/{unit}/minh-chung":         {of: reportRef, params: atReport(), body: fields("about", "task/4")},
	"GET /bao-cao/{year}/{period}/{unit}/minh-chung/{id}":     {of: reportRef, params: atReport("id", anEvidence)},
	"GET /bao-cao/{year}/{period}/{unit}/minh-chung/{id}/bo":  {of: reportRef, params: atReport("id", anEvidence)},
	"POST /bao-cao/{year}/{period}/{unit}/minh-chung/{id}/bo": {of: reportRef, params: atReport("id", anEvidence), body: fields("_revision", "1")},
	"GET /bao-cao/{year}/{period}/{unit}/so-lieu-nam-truoc":   {of: reportRef, params: atReport()},
	"POST /bao-cao/{year}/{period}/{unit}/so-lieu-nam-truoc": {of: reportRef, params: atReport(),
		body: fields("T4.01.was", "", "T4.01.value", "104", "T4.01.source", "Báo cáo năm 2021")},
}

// aTask is the form of task 4 as filled, with one figure changed.
func aTask(t testing.TB, w *world, _ string) url.Values {
	c, err := submission.Load(t.Context(), w.db, yearEnd, reportRef)
	must(t, err)
	keys := []string{"task/4", "figure/T4.01"}
	parts, err := submission.PartsByKeys(t.Context(), w.db, c.ID, keys)
	must(t, err)
	var read []string
	for _, key := range keys {
		if p := parts[key]; p.Revision > 0 {
			read = append(read, fmt.Sprintf("%s=%d:%s", key, p.Revision, submission.Digest(p.Content)))
		}
	}
	return pairsOf("read", strings.Join(read, " "), "T4.01.own", "12", "status", "done", "result", "Đã thực hiện.")
}

// aPart is the form of a part of the report, from the revision that stands.
func aPart(key string, pairs ...string) func(testing.TB, *world, string) url.Values {
	return func(t testing.TB, w *world, _ string) url.Values {
		v := pairsOf(pairs...)
		v.Set("_revision", readOf(t, w, reportRef, key))
		return v
	}
}
