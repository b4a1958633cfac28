package paths

// Kept is one post that was kept for its author: a page to look at it, put it
// back into its form, or throw it away.
func Kept(id string) string     { return "/da-giu/" + id }
func DropKept(id string) string { return Kept(id) + "/bo" }
