package buckettest

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"time"
)

// authorization is the header of a request signed with version 4 of Amazon's
// signatures.
var authorization = regexp.MustCompile(`^AWS4-HMAC-SHA256 Credential=([^/]+)/(\d{8})/([^/]+)/s3/aws4_request, ?SignedHeaders=([a-z0-9;-]+), ?Signature=([0-9a-f]{64})$`)

// checkSignature computes the signature a request should carry and returns what a
// server says where it carries another, or "".
func checkSignature(r *http.Request) string {
	m := authorization.FindStringSubmatch(r.Header.Get("Authorization"))
	if m == nil {
		return "AccessDenied"
	}
	key, day, at, headers, signature := m[1], m[2], m[3], m[4], m[5]
	if key != accessKey {
		return "InvalidAccessKeyId"
	}
	date := r.Header.Get("X-Amz-Date")
	signed, err := time.Parse("20060102T150405Z", date)
	if err != nil || !strings.HasPrefix(date, day) || time.Since(signed).Abs() > 15*time.Minute {
		return "RequestTimeTooSkewed"
	}
	if at != region || !slices.Contains(strings.Split(headers, ";"), "host") || !slices.Contains(strings.Split(headers, ";"), "x-amz-content-sha256") {
		return "AuthorizationHeaderMalformed"
	}
	secret := []byte("AWS4" + secretKey)
	for _, part := range []string{day, region, "s3", "aws4_request"} {
		secret = sum(secret, part)
	}
	hash := sha256.Sum256([]byte(canonical(r, headers)))
	want := sum(secret, "AWS4-HMAC-SHA256\n"+date+"\n"+day+"/"+region+"/s3/aws4_request\n"+hex.EncodeToString(hash[:]))
	if got, err := hex.DecodeString(signature); err != nil || !hmac.Equal(got, want) {
		return "SignatureDoesNotMatch"
	}
	return ""
}

func sum(key []byte, text string) []byte {
	h := hmac.New(sha256.New, key)
	h.Write([]byte(text)) // never fails
	return h.Sum(nil)
}

// canonical writes a request down in the one way both sides agree on.
func canonical(r *http.Request, headers string) string {
	var b strings.Builder
	b.WriteString(r.Method + "\n" + r.URL.EscapedPath() + "\n")
	b.WriteString(strings.ReplaceAll(url.Values(r.URL.Query()).Encode(), "+", "%20") + "\n")
	for name := range strings.SplitSeq(headers, ";") {
		value := strings.Join(r.Header.Values(name), ",")
		if name == "host" {
			value = r.Host
		}
		b.WriteString(name + ":" + strings.TrimSpace(value) + "\n")
	}
	b.WriteString("\n" + headers + "\n" + r.Header.Get("X-Amz-Content-Sha256"))
	return b.String()
}
