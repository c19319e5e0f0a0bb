package clientele

import (
	"fmt"
	"slices"
)

// Role is the part a line plays in a sale.
type Role uint8

const (
	Core       Role = iota // what the shop lives by; the zero value
	LeadMagnet             // brings customers in, free or cheap, so that they buy the core product
	AddOn                  // goes with the core product: a cable, a service, a snack
	Gift                   // given, not bought
)

// roleNames are the text forms, by role.
var roleNames = [...]string{Core: "core", LeadMagnet: "lead magnet", AddOn: "add-on", Gift: "gift"}

// known reports whether the role is one of the constants.
func (r Role) known() bool { return int(r) < len(roleNames) }

// String returns "core", "lead magnet", "add-on" or "gift", and "Role(9)" for
// a value that is none of them.
func (r Role) String() string {
	if !r.known() {
		return fmt.Sprintf("Role(%d)", uint8(r))
	}
	return roleNames[r]
}

// MarshalText returns the name of the role. A value that is no role is an
// [InputError] of [ErrUnknown].
func (r Role) MarshalText() ([]byte, error) {
	if !r.known() {
		return nil, unknownName("clientele.Role.MarshalText", "Role", r)
	}
	return []byte(roleNames[r]), nil
}

// UnmarshalText accepts exactly the names that MarshalText writes. Any other is
// an [InputError] of [ErrUnknown] and leaves the role as it was.
func (r *Role) UnmarshalText(text []byte) error {
	i := slices.Index(roleNames[:], string(text))
	if i < 0 {
		return unknownName("clientele.Role.UnmarshalText", "Role", string(text))
	}
	*r = Role(i)
	return nil
}
