package report

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/jackc/pgx/v5"

	"danvan/internal/actor"
	"danvan/internal/database"
	"danvan/internal/evidence"
	"danvan/internal/fault"
	"danvan/internal/post"
	"danvan/internal/submission"
)

// Attach adds evidence about a task, a figure, an activity or the whole
// ([File.About]). The files have been put beforehand. Mistakes are a
// [fault.Invalid] under about and [evidence.Field]; then nothing is stored.
func (s *Service) Attach(ctx context.Context, act actor.Actor, now time.Time, once post.Once, ref submission.Ref, about string, files ...evidence.File) error {
	_, err := s.Change(ctx, act, now, once, ref, "attach evidence to", func(tx pgx.Tx, c *submission.Case) (string, error) {
		if err := submission.Decide(act, submission.Edit, *c, now).Err(); err != nil {
			return "", err
		}
		if len(files) == 0 {
			return "", fault.Invalid{evidence.Field: "Chọn tệp"}
		}
		if err := checkAbout(ctx, tx, now, *c, about); err != nil {
			return "", err
		}
		if err := s.files.Register(ctx, tx, now, files...); err != nil {
			return "", err
		}
		for _, f := range files {
			if err := attach(ctx, tx, act, now, c, about, f); err != nil {
				return "", err
			}
		}
		return "attached", nil
	})
	return err
}

func attach(ctx context.Context, tx pgx.Tx, act actor.Actor, now time.Time, c *submission.Case, about string, f evidence.File) error {
	id, err := database.Value[int64](ctx, tx, `
		insert into attachment (submission_id, file_sha, name, by_person, by_name, at)
		values (@id, @sha, @name, @by, @by_name, @now)
		returning id`,
		database.Args{"id": c.ID, "sha": f.SHA, "name": f.Name, "by": act.Person, "by_name": act.Name, "now": now})
	if err != nil {
		return err
	}
	_, err = submission.SavePart(ctx, tx, act, now, c, submission.Save{Key: FileKey(id), Values: submission.Content{
		"name": f.Name, "about": about, "sha": f.SHA.String(), "size": strconv.FormatInt(f.Size, 10)}})
	return err
}

// checkAbout wants evidence to be about something that stands in the report.
func checkAbout(ctx context.Context, tx pgx.Tx, now time.Time, c submission.Case, about string) error {
	content, err := working(ctx, tx, now, c)
	if err != nil {
		return err
	}
	if !content.has(about) {
		return fault.Invalid{"about": "Chọn nội dung mà tệp chứng minh"}
	}
	return nil
}

// has reports whether evidence may be about a thing.
func (c Content) has(about string) bool {
	prefix, rest, _ := strings.Cut(about, "/")
	switch prefix {
	case OverallKey:
		return rest == ""
	case "figure":
		return c.Rows[rest].Asked
	case "task":
		return slices.ContainsFunc(c.Tasks, func(s Section) bool { return TaskKey(s.Task) == about })
	case "activity":
		return slices.ContainsFunc(c.Tasks, func(s Section) bool {
			return slices.ContainsFunc(s.Activities, func(a Activity) bool { return a.Code == rest })
		})
	}
	return false
}

// Detach takes a file out of the working copy; versions keep it. read is the
// revision of its part.
func (s *Service) Detach(ctx context.Context, act actor.Actor, now time.Time, once post.Once, ref submission.Ref, id int64, read int) error {
	return s.remove(ctx, act, now, once, ref, FileKey(id), read)
}

// File returns an attached file for whoever may read the working copy, or a
// version it stands in; [fault.NotFound] for everybody else.
func (s *Service) File(ctx context.Context, act actor.Actor, now time.Time, ref submission.Ref, id int64) (evidence.File, error) {
	f, err := s.file(ctx, act, now, ref, id)
	return f, wrap(err, "read evidence of", ref)
}

func (s *Service) file(ctx context.Context, act actor.Actor, now time.Time, ref submission.Ref, id int64) (evidence.File, error) {
	c, err := s.Case(ctx, act, now, ref)
	if err != nil {
		return evidence.File{}, err
	}
	sight := submission.See(act, c)
	return database.One[evidence.File](ctx, s.db, `
		select f.sha256 as sha, a.name, f.type, f.size
		from attachment a
		join file f on f.sha256 = a.file_sha
		join submission s on s.id = a.submission_id
		where a.id = @attachment and a.submission_id = @id
		  and (@working or exists (
		      select from version v
		      join version_outcome o on o.version_id = v.id
		      where v.submission_id = s.id
		        and (@versions or @sent and o.outcome <> 'recalled' or @in_force and o.outcome = 'accepted')
		        and exists (
		            select from jsonb_array_elements(convert_from(v.content, 'utf8')::jsonb->'parts') p (part)
		            where p.part->>'key' = @key)))`,
		database.Args{"attachment": id, "id": c.ID, "key": FileKey(id), "working": sight.Working,
			"versions": sight.Versions, "sent": sight.Sent, "in_force": sight.InForce})
}

func lower(s string) string {
	first, size := utf8.DecodeRuneInString(s)
	return string(unicode.ToLower(first)) + s[size:]
}
