package content

func person(r *row) Person {
	return Person{Unit: r.text("unit"), Name: r.text("name"), Username: r.text("username"), Roles: r.list("roles"),
		Position: r.text("position"), Section: r.text("section"), Until: r.date("until")}
}

func plan(r *row) Plan {
	return Plan{Unit: r.text("unit"), State: PlanState(r.text("state")), Document: r.document(),
		SentAt: r.moment("sent_at"), AcceptedAt: r.moment("accepted_at"),
		HandedAt: r.moment("handed_at"), HandedBy: r.text("handed_by"), DirectSubmit: r.flag("direct_submit")}
}

func round(r *row) Round {
	return Round{Unit: r.text("unit"), No: r.number("no"), SentAt: r.moment("sent_at"), SentBy: r.text("sent_by"),
		DecidedAt: r.moment("decided_at"), DecidedBy: r.text("decided_by"), Outcome: r.text("outcome"),
		Amendment: r.number("amendment"), Reason: r.text("reason")}
}

func remark(r *row) Remark {
	return Remark{Unit: r.text("unit"), Round: r.number("round"), Code: r.text("code"),
		Field: r.text("field"), Text: r.text("text"), Answer: r.text("answer")}
}

func scope(r *row) Scope {
	return Scope{Unit: r.text("unit"), Task: r.number("task"), Kind: r.text("kind"), Reason: r.text("reason")}
}

func activity(r *row) Activity {
	return Activity{Unit: r.text("unit"), Code: r.text("code"), Amendment: r.number("amendment"),
		Title: r.text("title"), Description: r.text("description"), Product: r.text("product"),
		Section: r.text("section"), Partners: r.list("partners"), OtherPartners: r.text("other_partners"),
		Time: r.span(), UnitOfMeasure: r.text("uom"), Baseline: r.text("baseline"), Target: r.text("target"),
		Evidence: r.flag("evidence"), Review: r.flag("so_ket"), Inspection: r.flag("kiem_tra"),
		Exemplar: r.flag("dan_van_kheo"), Owner: r.text("owner"), Deputy: r.text("deputy")}
}

func entry(r *row) Entry {
	return Entry{ID: r.number("id"), Unit: r.text("unit"), Code: r.text("code"), AsOf: r.date("as_of"),
		Percent: r.text("percent"), Value: r.text("value"), Note: r.text("note"), By: r.text("by"),
		WrittenAt: r.moment("written_at"), Replaces: r.number("replaces_row"), File: r.text("evidence_file")}
}

func file(r *row) File {
	return File{Unit: r.text("unit"), Code: r.text("code"), Name: r.text("file"), Text: r.text("text")}
}

func amendment(r *row) Amendment {
	return Amendment{Unit: r.text("unit"), No: r.number("no"), State: PlanState(r.text("state")),
		BegunAt: r.moment("begun_at"), BegunBy: r.text("begun_by"), Document: r.document()}
}

func change(r *row) Change {
	return Change{Unit: r.text("unit"), Amendment: r.number("amendment"), Kind: r.text("kind"),
		Code: r.text("code"), Field: r.text("field"), Value: r.text("value"), Reason: r.text("reason")}
}
