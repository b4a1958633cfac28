package demo

import (
	"bytes"
	"context"
	"fmt"
	"path"
	"strings"
	"time"

	"danvan/internal/actor"
	"danvan/internal/demo/content"
	"danvan/internal/demo/paper"
	"danvan/internal/evidence"
	"danvan/internal/fault"
	"danvan/internal/post"
	"danvan/internal/progress"
)

// progressLog is what the unit's people wrote down over the year.
func (s *planning) progressLog() {
	for _, e := range s.content.Progress {
		if e.Unit == s.unit {
			s.on(e.WrittenAt, s.log(e))
		}
	}
}

func (s *planning) log(e content.Entry) step {
	return func(ctx context.Context, now time.Time) error {
		by, err := s.people.named(s.unit, e.By)
		if err != nil {
			return err
		}
		act := by.at(now)
		if !act.Is(by.UnitID, actor.Staff, actor.UnitLeader) {
			act = s.clerk.at(now) // those who only review have it written for them
		}
		d := progress.Draft{AsOf: e.AsOf, Percent: e.Percent, Value: e.Value, Note: e.Note, Replaces: s.entries[e.Replaces]}
		if e.Replaces != 0 && d.Replaces == 0 {
			return fmt.Errorf("entry %d corrects %d, which is not there", e.ID, e.Replaces)
		}
		if e.File != "" {
			f, err := s.evidence(ctx, e)
			if err != nil {
				return err
			}
			d.Files = []evidence.File{f}
		}
		s.entries[e.ID], err = s.progress.Log(ctx, act, now, post.Once{}, s.ref, e.Code, d)
		return err
	}
}

// evidence stores the file of an entry.
func (s *planning) evidence(ctx context.Context, e content.Entry) (evidence.File, error) {
	for _, f := range s.content.Evidence {
		if f.Unit == s.unit && f.Code == e.Code && f.Name == e.File {
			return put(ctx, s.files, s.content, f)
		}
	}
	return evidence.File{}, fmt.Errorf("file %s: %w", e.File, fault.NotFound)
}

// fictitious stands on every paper of the demonstration.
const fictitious = "Tệp minh họa do chương trình tạo ra, không phải văn bản thật."

// put stores a file of evidence. The same one always has the same bytes.
func put(ctx context.Context, files *evidence.Store, c content.Content, f content.File) (evidence.File, error) {
	sheet := paper.Sheet{Title: f.Code, Text: f.Text, Note: fictitious}
	for _, a := range c.Activities {
		if a.Unit == f.Unit && a.Code == f.Code {
			sheet.Title += ". " + a.Title
		}
	}
	drawn := sheet.PDF
	if strings.EqualFold(path.Ext(f.Name), ".png") {
		drawn = sheet.PNG
	}
	return files.Put(ctx, f.Name, bytes.NewReader(drawn()))
}

// PutFiles stores what the demonstration's entries and reports name, for a database that was
// loaded with another store.
func PutFiles(ctx context.Context, files *evidence.Store) error {
	c, err := content.All()
	if err != nil {
		return err
	}
	for _, f := range c.Evidence {
		if _, err := put(ctx, files, c, f); err != nil {
			return fmt.Errorf("put files of the demonstration: %w", err)
		}
	}
	for _, f := range c.ReportFiles {
		if _, err := putReportFile(ctx, files, f); err != nil {
			return fmt.Errorf("put files of the demonstration: %w", err)
		}
	}
	if err := putSignings(ctx, files, c); err != nil {
		return fmt.Errorf("put files of the demonstration: %w", err)
	}
	return nil
}
