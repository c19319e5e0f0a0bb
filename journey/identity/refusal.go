package identity

import (
	"fmt"

	"github.com/clientele-go/clientele/internal/enum"
)

// Refusal is a reason why an identifier joins nobody.
type Refusal uint8

const (
	Placeholder Refusal = iota // stands where nobody knew a value, see [IsPlaceholder]
	Blocked                    // is in Rules.Blocked
	OutOfDates                 // is at that moment outside its Rules.Dates
	UnknownKind                // has a kind that Rules.Kinds lacks
)

var refusalNames = [...]string{Placeholder: "placeholder", Blocked: "blocked", OutOfDates: "out of dates", UnknownKind: "unknown kind"}

// String returns the name, as in "out of dates", and "Refusal(9)" for a value without a
// name.
func (r Refusal) String() string { return enum.String(refusalNames[:], r) }

// MarshalText returns the name, or [clientele.ErrUnknown] for a value without a name.
func (r Refusal) MarshalText() ([]byte, error) { return enum.Marshal(refusalNames[:], r) }

// UnmarshalText accepts exactly the names that MarshalText writes. For any other text it
// returns [clientele.ErrUnknown] and leaves the value as it was.
func (r *Refusal) UnmarshalText(text []byte) error { return enum.Unmarshal(refusalNames[:], r, text) }

// Refused is an identifier that joined nobody, and how often.
type Refused struct {
	Kind  string  `json:"kind"`            // kind of the identifier
	Value string  `json:"value,omitempty"` // its value in the form of the kind; "" for UnknownKind, whose values are not kept
	Why   Refusal `json:"why"`             // reason why it joined nobody
	Times int     `json:"times"`           // how often it came, repetitions of a touch included
}

// RefusedWarning says that identifiers of a kind joined nobody, for one reason.
type RefusedWarning struct {
	Kind   string
	Why    Refusal // reason why they joined nobody
	Values int     // different values; 0 for UnknownKind, whose values are not kept
	Times  int     // how often they came
}

// Error says how many there are and where to look.
func (w RefusedWarning) Error() string {
	if w.Why == UnknownKind {
		return fmt.Sprintf("identifiers of kind %q join nobody (%d in all), since the rules lack the kind: name it in Rules.Kinds", w.Kind, w.Times)
	}
	return fmt.Sprintf("identifiers of kind %q join nobody (%d in all, %d distinct), reason %v: Stitcher.Refused lists them", w.Kind, w.Times, w.Values, w.Why)
}

// ConflictWarning says that touches would have joined profiles but for a limit or an
// Unlink.
type ConflictWarning struct {
	SetAside   int // identifiers that were set aside
	HandedOver int // identifiers that were handed over to another person
}

// Error says how many there are and where to look.
func (w ConflictWarning) Error() string {
	return fmt.Sprintf("%d identifiers were set aside and %d handed over, since they would have joined what the rules keep apart: Stitcher.Conflicts lists them", w.SetAside, w.HandedOver)
}
