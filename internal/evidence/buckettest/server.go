// Package buckettest gives tests a bucket: on a small server of its own, which
// checks what a real one checks and can be made to fail, or on a real one.
package buckettest

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/xml"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"danvan/internal/evidence"
)

const (
	bucketName = "danvan"
	region     = "vn-1"
	accessKey  = "danvan"
	secretKey  = "mot-khoa-bi-mat"
	// page is how many objects are named at a time, far fewer than elsewhere.
	page = 3
)

// Server holds one bucket in memory.
type Server struct {
	Bucket evidence.Bucket

	mu       sync.Mutex
	objects  map[string]object
	failures int  // requests yet to be refused as too many
	altering bool // what is sent arrives altered
	requests int
}

type object struct {
	content []byte
	written time.Time
}

// New starts a server that ends with the test.
func New(t testing.TB) *Server {
	t.Helper()
	s := &Server{objects: map[string]object{}}
	listening := httptest.NewServer(s)
	t.Cleanup(listening.Close)
	s.Bucket = evidence.Bucket{Endpoint: listening.URL, Name: bucketName, Region: region, AccessKey: accessKey, SecretKey: secretKey}
	return s
}

// Keys names what the bucket holds, in order.
func (s *Server) Keys() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Sorted(maps.Keys(s.objects))
}

// Put lays an object into the bucket past all checks.
func (s *Server) Put(key, content string, written time.Time) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.objects[key] = object{[]byte(content), written}
}

// Busy refuses the next requests as too many.
func (s *Server) Busy(requests int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.failures = requests
}

// Alter makes everything sent from now on arrive with another first byte.
func (s *Server) Alter() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.altering = true
}

// Requests is how often the server was asked.
func (s *Server) Requests() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.requests
}

// ServeHTTP answers the few requests a store of files makes.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return // the client went away
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.requests++
	if s.failures > 0 {
		s.failures--
		refuse(w, http.StatusServiceUnavailable, "SlowDown")
		return
	}
	if s.altering && len(body) > 0 {
		body[0]++
	}
	if code := checkSignature(r); code != "" {
		refuse(w, http.StatusForbidden, code)
		return
	}
	if sum := sha256.Sum256(body); r.Header.Get("X-Amz-Content-Sha256") != hex.EncodeToString(sum[:]) {
		refuse(w, http.StatusBadRequest, "XAmzContentSHA256Mismatch")
		return
	}
	bucket, key, _ := strings.Cut(strings.TrimPrefix(r.URL.Path, "/"), "/")
	switch {
	case bucket != bucketName:
		refuse(w, http.StatusNotFound, "NoSuchBucket")
	case key == "" && r.Method == http.MethodHead:
	case key == "" && r.Method == http.MethodGet && r.URL.Query().Get("list-type") == "2":
		s.list(w, r)
	case key == "":
		refuse(w, http.StatusNotImplemented, "NotImplemented")
	default:
		s.object(w, r, key, body)
	}
}

func (s *Server) object(w http.ResponseWriter, r *http.Request, key string, body []byte) {
	held, there := s.objects[key]
	switch r.Method {
	case http.MethodPut:
		s.objects[key] = object{body, time.Now()}
		w.Header().Set("ETag", `"stored"`)
	case http.MethodDelete:
		delete(s.objects, key)
		w.WriteHeader(http.StatusNoContent)
	case http.MethodGet, http.MethodHead:
		if !there {
			refuse(w, http.StatusNotFound, "NoSuchKey")
			return
		}
		w.Header().Set("ETag", `"stored"`)
		http.ServeContent(w, r, "", held.written, bytes.NewReader(held.content))
	default:
		refuse(w, http.StatusNotImplemented, "NotImplemented")
	}
}

// list answers one page of the objects in order.
func (s *Server) list(w http.ResponseWriter, r *http.Request) {
	type content struct {
		Key          string
		LastModified time.Time
		ETag         string
		Size         int
	}
	var result struct {
		XMLName               xml.Name `xml:"ListBucketResult"`
		IsTruncated           bool
		Contents              []content
		Name, Prefix          string
		MaxKeys, KeyCount     int
		ContinuationToken     string `xml:",omitempty"`
		NextContinuationToken string `xml:",omitempty"`
	}
	q := r.URL.Query()
	result.Name, result.MaxKeys, result.ContinuationToken = bucketName, page, q.Get("continuation-token")
	if asked, err := strconv.Atoi(q.Get("max-keys")); err == nil {
		result.MaxKeys = min(asked, page)
	}
	for _, key := range slices.Sorted(maps.Keys(s.objects)) {
		if key <= result.ContinuationToken || !strings.HasPrefix(key, q.Get("prefix")) {
			continue
		}
		if len(result.Contents) == result.MaxKeys {
			result.IsTruncated, result.NextContinuationToken = true, result.Contents[len(result.Contents)-1].Key
			break
		}
		held := s.objects[key]
		result.Contents = append(result.Contents, content{key, held.written.UTC(), `"stored"`, len(held.content)})
	}
	result.KeyCount = len(result.Contents)
	w.Header().Set("Content-Type", "application/xml")
	if err := xml.NewEncoder(w).Encode(result); err != nil {
		panic(http.ErrAbortHandler) // the client went away
	}
}

func refuse(w http.ResponseWriter, status int, code string) {
	w.Header().Set("Content-Type", "application/xml")
	w.WriteHeader(status)
	_, _ = io.WriteString(w, "<Error><Code>"+code+"</Code><Message>"+code+"</Message></Error>") // the client may be gone
}
