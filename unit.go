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

// String returns the name of the unit, or text such as "Unit(9)" for a value without one.
func (u Unit) String() string { return rule.NameOf(unitNames[:], u) }

// MarshalText returns the name of the unit, or an [InputError] of [ErrUnknown] for a value
// without one.
func (u Unit) MarshalText() ([]byte, error) {
	return marshalName("clientele.Unit.MarshalText", "Unit", unitNames[:], u)
}

// UnmarshalText accepts exactly the names of the units. It refuses any other text with an
// [InputError] of [ErrUnknown] and leaves the unit as it was.
func (u *Unit) UnmarshalText(text []byte) error {
	return unmarshalName("clientele.Unit.UnmarshalText", "Unit", unitNames[:], u, text)
}
