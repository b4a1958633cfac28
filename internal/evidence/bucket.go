package evidence

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"os"
	"strings"
	"time"

	"github.com/minio/minio-go/v7"
	"github.com/minio/minio-go/v7/pkg/credentials"

	"danvan/internal/fault"
)

// Bucket is a place for files on a server that speaks Amazon's S3 protocol. It
// belongs to one installation alone: what its database does not name is swept.
type Bucket struct {
	Endpoint  string // scheme and host
	Name      string
	Region    string
	AccessKey string
	SecretKey string
}

const (
	// s3Patience is how long the server may take to begin an answer.
	s3Patience = 15 * time.Second
	// s3Attempts is how often a request is made that the server was too busy for.
	s3Attempts = 4
	// s3Page is how many files are named at a time.
	s3Page = 1000
)

// OpenBucket opens the store in a bucket, which must be there. What comes in lies
// in folder until it is judged. max is the largest file accepted, in bytes.
func OpenBucket(ctx context.Context, folder string, b Bucket, max int64) (*Store, error) {
	client, err := b.client()
	if err != nil {
		return nil, fmt.Errorf("open evidence store: bucket %s: %w", b.Name, err)
	}
	there, err := client.BucketExists(ctx, b.Name)
	if err == nil && !there {
		err = errors.New("there is no such bucket")
	}
	if err != nil {
		return nil, fmt.Errorf("open evidence store: bucket %s at %s: %w", b.Name, b.Endpoint, err)
	}
	root, err := desk(folder)
	if err != nil {
		return nil, fmt.Errorf("open evidence store: %w", err)
	}
	return &Store{root: root, shelf: bucket{client, b.Name, root}, max: max}, nil
}

func (b Bucket) client() (*minio.Core, error) {
	at, err := url.Parse(b.Endpoint)
	if err != nil {
		return nil, err
	}
	secure := at.Scheme == "https"
	transport, err := minio.DefaultTransport(secure)
	if err != nil {
		return nil, err
	}
	transport.ResponseHeaderTimeout = s3Patience
	return minio.NewCore(at.Host, &minio.Options{
		Creds:  credentials.NewStaticV4(b.AccessKey, b.SecretKey, ""),
		Secure: secure, Region: b.Region, Transport: transport, MaxRetries: s3Attempts,
	})
}

// bucket keeps files in a bucket, under the names they would have in a folder.
type bucket struct {
	client *minio.Core
	name   string
	root   *os.Root // of what comes in
}

// settle uploads in one piece, which is there whole or not at all. The signature
// covers the hash, so the server refuses content that was altered on its way.
func (b bucket) settle(ctx context.Context, temporary string, sha SHA) error {
	file, err := b.root.Open(temporary)
	if err != nil {
		return err
	}
	defer file.Close() // it was only read
	at, err := file.Stat()
	if err != nil {
		return err
	}
	_, err = b.client.PutObject(ctx, b.name, place(sha), file, at.Size(), "", sha.String(), minio.PutObjectOptions{
		ContentType:          "application/octet-stream",
		DisableContentSha256: true, // of each piece: the whole is covered
	})
	if err != nil {
		return err
	}
	return b.root.Remove(temporary)
}

func (b bucket) open(ctx context.Context, sha SHA) (Content, error) {
	object, err := b.client.Client.GetObject(ctx, b.name, place(sha), minio.GetObjectOptions{})
	if err != nil {
		return nil, err
	}
	if _, err := object.Stat(); err != nil { // nothing was asked before
		_ = object.Close()
		return nil, absent(err)
	}
	return object, nil
}

func (b bucket) written(ctx context.Context, sha SHA) (time.Time, error) {
	at, err := b.client.StatObject(ctx, b.name, place(sha), minio.StatObjectOptions{})
	return at.LastModified, absent(err)
}

func absent(err error) error {
	if minio.ToErrorResponse(err).Code == minio.NoSuchKey {
		return fault.NotFound
	}
	return err
}

func (b bucket) remove(ctx context.Context, sha SHA) error {
	return b.client.RemoveObject(ctx, b.name, place(sha), minio.RemoveObjectOptions{})
}

func (b bucket) each(ctx context.Context, fn func(some []lying) error) error {
	var some []lying
	for at := range b.client.ListObjectsIter(ctx, b.name, minio.ListObjectsOptions{Recursive: true, MaxKeys: s3Page}) {
		if at.Err != nil {
			return at.Err
		}
		_, name, _ := strings.Cut(at.Key, "/")
		sha, err := ParseSHA(name)
		if err != nil || at.Key != place(sha) {
			continue // not ours
		}
		if some = append(some, lying{sha, at.LastModified}); len(some) == s3Page {
			if err := fn(some); err != nil {
				return err
			}
			some = nil
		}
	}
	if err := ctx.Err(); err != nil { // ends the listing without a word
		return err
	}
	if len(some) == 0 {
		return nil
	}
	return fn(some)
}
