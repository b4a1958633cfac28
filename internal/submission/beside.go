package submission

import (
	"context"

	"danvan/internal/database"
	"danvan/internal/fault"
)

// Compared is a version with what it is read beside.
type Compared struct {
	Version
	Before  *Version // decided on last before it, whose differences are left to read
	YearAgo *Version // where there is none: in force for the same period a year earlier
}

// Beside returns version no of c with what it is read beside. Whoever calls has
// asked [See].
func Beside(ctx context.Context, db database.DB, c Case, no int) (Compared, error) {
	const decidedBefore = `
		from version v
		join version_outcome o on o.version_id = v.id and o.outcome in ('returned', 'accepted')
		where v.submission_id = @id and v.no < @no`
	type row struct {
		Rank int
		versionRow
	}
	rows, err := database.All[row](ctx, db, `
		with chosen as (
			(select 1 as rank, v.id from version v where v.submission_id = @id and v.no = @no)
			union all
			(select 2, v.id `+decidedBefore+` order by v.no desc limit 1)
			union all
			(select 3, s.in_force
			 from submission s
			 join period p on p.id = s.period_id
			 join campaign c on c.id = p.campaign_id
			 where s.unit_id = @unit and p.slug = @period and c.year = @year and s.in_force is not null
			   and not exists (select `+decidedBefore+`))
		)
		select chosen.rank, `+headOf+` as head, v.content, v.authority
		from chosen
		join version v on v.id = chosen.id
		join version_outcome o on o.version_id = v.id
		order by chosen.rank`,
		database.Args{"id": c.ID, "no": no, "unit": c.Unit, "period": c.Period, "year": c.Year - 1})
	if err != nil {
		return Compared{}, err
	}
	if len(rows) == 0 || rows[0].Rank != 1 {
		return Compared{}, fault.NotFound
	}
	var found Compared
	for _, r := range rows {
		v, err := r.version()
		if err != nil {
			return found, err
		}
		switch r.Rank {
		case 1:
			found.Version = v
		case 2:
			found.Before = &v
		case 3:
			found.YearAgo = &v
		}
	}
	return found, nil
}

// Trail is what was said about every sending of a submission.
type Trail struct {
	Heads     []Head     // oldest first
	Notes     []Note     // drafts too
	Questions []Question // closed ones too
}

// TrailOf returns the trail of a submission, for those who may decide.
func TrailOf(ctx context.Context, db database.DB, id ID) (Trail, error) {
	return database.One[Trail](ctx, db, `
		select (select coalesce(json_agg(`+headOf+` order by v.no), '[]')
		        from version v
		        join version_outcome o on o.version_id = v.id
		        where v.submission_id = @id) as heads,
		       (select coalesce(json_agg(json_build_object(
		            'ID', m.id, 'VersionID', m.version_id, 'VersionNo', v.no, 'PartKey', m.part_key, 'Field', m.field, 'OldText', m.old_text,
		            'ByPerson', m.by_person, 'ByName', m.by_name, 'Body', m.body, 'MadeAt', m.made_at, 'SentAt', m.sent_at,
		            'Answer', m.answer, 'AnswerRev', m.answer_rev, 'AnsweredName', m.answered_name, 'AnsweredAt', m.answered_at,
		            'ResolvedName', m.resolved_name, 'ResolvedAt', m.resolved_at) order by m.id), '[]')
		        from remark m
		        join version v on v.id = m.version_id
		        where m.submission_id = @id) as notes,
		       (select coalesce(json_agg(`+questionOf+` order by q.id), '[]')
		        from request q
		        join version qv on qv.id = q.version_id
		        where q.submission_id = @id and q.kind = 'explain') as questions`,
		database.Args{"id": id})
}
