package clientele

import "github.com/clientele-go/clientele/internal/rule"

// Unit is the length of a calendar period.
type Unit uint8

// The units, shortest first. As text they are "day", "week", "month", "quarter" and
// "year".
const (
	Day Unit = iota
	Week
	Month
	Quarter
	Year
)

var unitNames = [...]string{Day: "day", Week: "week", Month: "month", Quarter: "quarter", Year: "year"}

// String returns the name of the unit, and as in "Unit(9)" for a value that has none.
func (u Unit) String() string { return rule.NameOf(unitNames[:], u) }

// MarshalText returns the name of the unit. A value without one is an [InputError] of
// [ErrUnknown].
func (u Unit) MarshalText() ([]byte, error) {
	return marshalName("clientele.Unit.MarshalText", "Unit", unitNames[:], u)
}

// UnmarshalText accepts exactly the names of the units. Any other text is an
// [InputError] of [ErrUnknown] and leaves the unit as it was.
func (u *Unit) UnmarshalText(text []byte) error {
	return unmarshalName("clientele.Unit.UnmarshalText", "Unit", unitNames[:], u, text)
}
