package clientele

import "github.com/clientele-go/clientele/internal/rule"

// Role says what a line of a receipt is to the shop.
type Role uint8

// The roles. As text they are "core", "lead magnet", "add-on" and "gift".
const (
	Core       Role = iota // a product that the shop lives on
	LeadMagnet             // something free or cheap that brings customers in, so that they buy a core product
	AddOn                  // something sold with a core product: a cable, a service, a snack
	Gift                   // something given away, not bought
)

var roleNames = [...]string{Core: "core", LeadMagnet: "lead magnet", AddOn: "add-on", Gift: "gift"}

// String returns the name of the role, or text such as "Role(9)" for a value without one.
func (r Role) String() string { return rule.NameOf(roleNames[:], r) }

// MarshalText returns the name of the role, or an [InputError] of [ErrUnknown] for a value
// without one.
func (r Role) MarshalText() ([]byte, error) {
	return marshalName("clientele.Role.MarshalText", "Role", roleNames[:], r)
}

// UnmarshalText accepts exactly the names of the roles. It refuses any other text with an
// [InputError] of [ErrUnknown] and leaves the role as it was.
func (r *Role) UnmarshalText(text []byte) error {
	return unmarshalName("clientele.Role.UnmarshalText", "Role", roleNames[:], r, text)
}
