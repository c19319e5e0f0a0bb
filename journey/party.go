package journey

import "github.com/clientele-go/clientele/internal/enum"

// Party is a side of a touch.
type Party uint8

const (
	Unstated Party = iota // not known
	Customer              // the person
	Company               // the company: staff, a mailing, a machine
)

var partyNames = [...]string{Unstated: "unstated", Customer: "customer", Company: "company"}

// String returns "unstated", "customer" or "company", and "Party(9)" for a value without a
// name.
func (p Party) String() string { return enum.String(partyNames[:], p) }

// MarshalText returns the name, or [clientele.ErrUnknown] for a value without a name.
func (p Party) MarshalText() ([]byte, error) { return enum.Marshal(partyNames[:], p) }

// UnmarshalText accepts exactly the names that MarshalText writes. For any other text it
// returns [clientele.ErrUnknown] and leaves the value as it was.
func (p *Party) UnmarshalText(text []byte) error { return enum.Unmarshal(partyNames[:], p, text) }
