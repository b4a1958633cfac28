package consolidation

import (
	"bytes"
	"context"
	"crypto/sha256"
	"fmt"
	"maps"
	"strconv"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"danvan/internal/actor"
	"danvan/internal/database"
	"danvan/internal/evidence"
	"danvan/internal/fault"
	"danvan/internal/post"
	"danvan/internal/workingcopy"
)

// issueHead selects an [IssueHead] of issue i.
var issueHead = `json_build_object(
	'No', i.no, 'Frozen', fi.no, 'Reference', convert_from(i.content, 'utf8')::json -> 'reference', 'Body', i.body,
	'DocxSHA256', encode(i.docx_sha, 'hex'), 'SHA256', encode(i.sha256, 'hex'), 'ByName', i.by_name, 'At', i.at,
	'AsFrozen', i.as_frozen, 'Supersedes', coalesce(former.no, 0), 'SupersededBy', coalesce(later.no, 0),
	'Signed', ` + signedHeads + `)`

// issueJoins are what [issueHead] needs beside i.
const issueJoins = `
	join consolidation_frozen fi on fi.id = i.frozen_id
	left join issue former on former.id = i.supersedes
	left join issue later on later.supersedes = i.id`

// Issuance is what whoever issues fills in.
type Issuance struct {
	Reference Content       // number, symbol, issued_on, subject, signer, capacity and [BodyField], canonical
	Read      int           // revision of the part [ReferenceKey] the form was filled from
	Frozen    string        // the hash that was read
	AsFrozen  bool          // what changed below since is known; issue all the same
	Unread    fault.Invalid // what of the form could not be read: it hides nothing of what is wrong with the rest
}

// AsFrozenField is the field of [Issuance.AsFrozen] in what is to be mended.
const AsFrozenField = "as_frozen"

// bodyOf is who issues by a reference part.
func bodyOf(reference Content) Body {
	if Body(reference[BodyField]) == Province {
		return Province
	}
	return Own
}

// referenceContent is the part [ReferenceKey] of a paper as it was issued.
func referenceContent(r workingcopy.Reference, b Body) Content {
	return Content{}.With(Content{"number": strconv.Itoa(r.Number) + r.Suffix, "symbol": r.Symbol, "issued_on": r.IssuedOn.ISO(),
		"subject": r.Subject, "signer": r.Signer, "capacity": r.Capacity, BodyField: string(b)})
}

// Issue (phát hành) stamps number, date and signer on the frozen content, keeps the
// Word file of it and supersedes the former issue. Something changed below since is
// a [fault.Invalid] under [AsFrozenField] unless the form says that it is known; a
// number already used is one under "number". What the form says of the paper is
// stored only with the issue.
func (s *Service) Issue(ctx context.Context, act actor.Actor, now time.Time, once post.Once, ref Ref, f Issuance) error {
	file, err := s.compose(ctx, act, now, ref, f)
	if err != nil {
		return wrap(err, "issue", ref)
	}
	_, err = s.change(ctx, act, now, once, ref, "issue", func(tx pgx.Tx, c *Case) (string, error) {
		if err := Decide(act, Issuing, *c, now).Err(); err != nil {
			return "", err
		}
		_, bad, err := c.savePart(ctx, tx, act, now, ReferenceKey, workingcopy.Typed{Read: f.Read, Values: f.Reference})
		if err != nil {
			return "", err
		}
		maps.Copy(bad, f.Unread)
		changed, err := c.checkIssue(ctx, tx, now, f, bad)
		if err != nil {
			return "", err
		}
		if file == nil { // the case was another a moment ago
			return "", fault.Conflict
		}
		return "issued", s.issue(ctx, tx, act, now, c, f, *file, changed)
	})
	return err
}

// checkIssue says what of the form is to be mended. changed: something below is not
// as it was frozen.
func (c *Case) checkIssue(ctx context.Context, tx pgx.Tx, now time.Time, f Issuance, bad fault.Invalid) (changed bool, err error) {
	if f.Frozen != c.Frozen.SHA256 {
		return false, fault.Conflict
	}
	workingcopy.Missing(f.Reference, bad, DefaultSymbol(UnitFacts{Symbol: c.Symbol}))
	frozen, err := frozenByNo(ctx, tx, *c, c.Frozen.No)
	if err != nil {
		return false, err
	}
	g, err := gather(ctx, tx, now, *c)
	if err != nil {
		return false, err
	}
	changes := Differences(frozen.Ground, g)
	if len(changes) > 0 && !f.AsFrozen {
		bad.Add(AsFrozenField, changedSince(changes))
	}
	by, other := g.Unit, g.Root
	if bodyOf(f.Reference) == Province {
		by, other = other, by
	}
	if c.Lead && by.Symbol != other.Symbol && f.Reference["symbol"] == DefaultSymbol(other) {
		bad.Add("symbol", by.Name+" ban hành thì ký hiệu là "+DefaultSymbol(by))
	}
	if r := workingcopy.ReferenceFrom(f.Reference); bad["number"] == "" && bad["symbol"] == "" && bad["issued_on"] == "" {
		used, err := database.Value[bool](ctx, tx, `
			select exists (select from document_ref
			               where issuer_id = `+issuer+` and year = @year and symbol = @symbol and number = @number and suffix = @suffix)`,
			c.numbered(bodyOf(f.Reference), r))
		if err != nil {
			return false, err
		}
		if used {
			bad.Add("number", numberUsed(r))
		}
	}
	return len(changes) > 0, bad.OrNil()
}

// changedSince tells whoever issues what changed, the first few by name.
func changedSince(changes []Change) string {
	const most = 5
	var told []string
	for _, c := range changes[:min(most, len(changes))] {
		told = append(told, c.Words())
	}
	sentence := fmt.Sprintf("Có %d thay đổi sau khi trình: %s", len(changes), strings.Join(told, "; "))
	if len(changes) > most {
		sentence += "; …"
	}
	return sentence + ". Chọn phát hành như đã duyệt, hoặc đưa về nháp để cập nhật"
}

// compose writes the Word file of an issue and puts it where files lie, before the
// transaction that issues; nil where there is nothing to issue.
func (s *Service) compose(ctx context.Context, act actor.Actor, now time.Time, ref Ref, f Issuance) (*evidence.File, error) {
	c, err := load(ctx, s.db, now, ref)
	if err != nil {
		return nil, err
	}
	if len(f.Unread) > 0 || !Decide(act, Issuing, c, now).Allowed || !workingcopy.ReferenceFrom(f.Reference).Complete() {
		return nil, nil
	}
	frozen, err := frozenByNo(ctx, s.db, c, c.Frozen.No)
	if err != nil {
		return nil, err
	}
	docx, err := s.write(issued(frozen, c.Frozen.SHA256, workingcopy.ReferenceFrom(f.Reference), bodyOf(f.Reference), c.Issue))
	if err != nil {
		return nil, fmt.Errorf("write the Word file: %w", err)
	}
	file, err := s.files.Put(ctx, paperName(workingcopy.ReferenceFrom(f.Reference)), bytes.NewReader(docx))
	return &file, err
}

// issued is a frozen content as it goes to paper under a number, in place of former
// where there is one.
func issued(f Frozen, sha256 string, r workingcopy.Reference, b Body, former *IssueHead) Printed {
	return Print(f.Ground, f.Contents(), Stamped{Reference: r, Body: b, Issued: true, Frozen: sha256, Replaces: former})
}

func (s *Service) issue(ctx context.Context, tx pgx.Tx, act actor.Actor, now time.Time, c *Case, f Issuance, file evidence.File, changed bool) error {
	if err := s.files.Register(ctx, tx, now, file); err != nil {
		return err
	}
	stamp := Stamp{No: 1, Frozen: c.Frozen.SHA256, Reference: workingcopy.ReferenceFrom(f.Reference), Body: bodyOf(f.Reference),
		SignedOff: c.Frozen.SignedOffName, Docx: file.SHA.String()}
	if c.Issue != nil {
		stamp.No, stamp.Supersedes = c.Issue.No+1, c.Issue.No
	}
	refID, err := c.takeNumber(ctx, tx, stamp)
	if err != nil {
		return err
	}
	content, err := canonical(stamp)
	if err != nil {
		return err
	}
	sum := sha256.Sum256(content)
	if err := database.Change(ctx, tx, `
		insert into issue (consolidation_id, no, frozen_id, body, document_ref_id, content, sha256, docx_sha, as_frozen, supersedes, by_person, by_name, at)
		select @id, @no, f.id, @body, @ref, @content, @sha, @docx, @as_frozen,
		       (select id from issue where consolidation_id = @id and no = @supersedes), @by, @name, @now
		from consolidation_frozen f
		where f.consolidation_id = @id and f.no = @frozen`,
		database.Args{"id": c.ID, "no": stamp.No, "frozen": c.Frozen.No, "body": stamp.Body, "ref": refID, "content": content, "sha": sum[:],
			"docx": file.SHA, "as_frozen": changed, "supersedes": stamp.Supersedes, "by": act.Person, "name": act.Name, "now": now}); err != nil {
		return err
	}
	more := map[string]any{"issue": stamp.No, "frozen": c.Frozen.No, "reference": stamp.Reference.String(), "docx": stamp.Docx, "as_frozen": changed}
	if err := c.step(ctx, tx, act, now, Issued, "issued", "", more); err != nil {
		return err
	}
	return c.tell(ctx, tx, act, now, leaders, act.Name+" phát hành "+c.What()+", số "+stamp.Reference.String()+".")
}

// issuer selects who issues in the name of @body.
const issuer = `case when @body = 'province'
	then (select v.unit_id from unit_version v join campaign c on c.id = @campaign
	      where v.kind = 'province' and v.valid @> lower(c.active) order by v.unit_id limit 1)
	else @unit::bigint end`

// numbered are the arguments of [issuer] with what makes a paper's number the only one.
func (c *Case) numbered(b Body, r workingcopy.Reference) database.Args {
	return database.Args{"body": b, "campaign": c.Campaign, "unit": c.Unit, "year": r.IssuedOn.Year(), "symbol": r.Symbol, "number": r.Number, "suffix": r.Suffix}
}

func numberUsed(r workingcopy.Reference) string {
	return fmt.Sprintf("Số %s năm %d đã dùng cho văn bản khác; ghi số khác", r, r.IssuedOn.Year())
}

// takeNumber takes the number of the paper in the year of whoever issues it.
func (c *Case) takeNumber(ctx context.Context, tx pgx.Tx, s Stamp) (int64, error) {
	r, args := s.Reference, c.numbered(s.Body, s.Reference)
	args["issued_on"], args["subject"], args["signer"], args["capacity"] = r.IssuedOn, r.Subject, r.Signer, r.Capacity
	found, err := database.Values[int64](ctx, tx, `
		insert into document_ref (issuer_id, year, symbol, number, suffix, issued_on, subject, signer, capacity)
		select `+issuer+`, @year, @symbol, @number, @suffix, @issued_on, @subject, @signer, @capacity
		on conflict on constraint document_ref_once do nothing
		returning id`,
		args)
	if err != nil {
		return 0, err
	}
	if len(found) == 0 {
		return 0, fault.Invalid{"number": numberUsed(r)}
	}
	return found[0], nil
}

// paperName is the name of the file of an issue: "215-BC-SNV.docx".
func paperName(r workingcopy.Reference) string {
	return strings.ReplaceAll(r.String(), "/", "-") + ".docx"
}
