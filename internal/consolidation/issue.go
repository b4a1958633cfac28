package consolidation

// issueHead selects an [IssueHead] of issue i.
const issueHead = `json_build_object(
	'No', i.no, 'Frozen', fi.no, 'Reference', convert_from(i.content, 'utf8')::json -> 'reference', 'Body', i.body,
	'DocxSHA256', encode(i.docx_sha, 'hex'), 'SHA256', encode(i.sha256, 'hex'), 'ByName', i.by_name, 'At', i.at,
	'AsFrozen', i.as_frozen, 'Supersedes', coalesce(former.no, 0), 'SupersededBy', coalesce(later.no, 0))`

// issueJoins are what [issueHead] needs beside i.
const issueJoins = `
	join consolidation_frozen fi on fi.id = i.frozen_id
	left join issue former on former.id = i.supersedes
	left join issue later on later.supersedes = i.id`
