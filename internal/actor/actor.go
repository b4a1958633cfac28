// Package actor holds the plain values that say who acts: a person, the roles
// the person holds in units, and nothing about how they are stored.
package actor

import "slices"

type (
	// PersonID identifies a person for ever.
	PersonID int64
	// UnitID identifies an organisation for ever, whatever its name of the day.
	UnitID int64
	// Role is what a unit lets a person do.
	Role string
)

const (
	Staff        Role = "staff"        // chuyên viên
	UnitLeader   Role = "unit_leader"  // lãnh đạo đơn vị
	Reviewer     Role = "reviewer"     // chuyên viên rà soát của đơn vị nhận
	Consolidator Role = "consolidator" // chuyên viên tổng hợp của đơn vị nhận
	Leadership   Role = "leadership"   // lãnh đạo UBND tỉnh, Ban Dân vận Tỉnh ủy
	Observer     Role = "observer"     // đơn vị phối hợp
	Admin        Role = "admin"        // quản trị
)

// Roles lists every role, so that tests can be exhaustive.
var Roles = []Role{Staff, UnitLeader, Reviewer, Consolidator, Leadership, Observer, Admin}

// Membership is one role held in one unit today.
type Membership struct {
	Unit UnitID
	Role Role
}

// Actor is the person on whose behalf something is done. The zero Actor may do
// nothing. System is the portal itself, for jobs.
type Actor struct {
	Person      PersonID
	Name        string // họ và tên, as shown and audited
	Memberships []Membership
	From        string // network address, for the audit
}

// System acts for jobs and for the first filling of a database.
var System = Actor{Name: "Hệ thống"}

// Is reports whether the actor holds one of roles in unit.
func (a Actor) Is(unit UnitID, roles ...Role) bool {
	return slices.ContainsFunc(a.Memberships, func(m Membership) bool {
		return m.Unit == unit && slices.Contains(roles, m.Role)
	})
}

// Has reports whether the actor holds one of roles in any unit.
func (a Actor) Has(roles ...Role) bool {
	return slices.ContainsFunc(a.Memberships, func(m Membership) bool { return slices.Contains(roles, m.Role) })
}

// Units returns the units in which the actor holds one of roles, in the order held.
func (a Actor) Units(roles ...Role) []UnitID {
	var out []UnitID
	for _, m := range a.Memberships {
		if slices.Contains(roles, m.Role) && !slices.Contains(out, m.Unit) {
			out = append(out, m.Unit)
		}
	}
	return out
}

// IsSystem reports whether the portal itself acts, not a person.
func (a Actor) IsSystem() bool { return a.Person == 0 && a.Name == System.Name }
