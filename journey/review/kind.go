package review

import "github.com/clientele-go/clientele/internal/enum"

// Kind is what reviews are grouped by.
type Kind uint8

const (
	Product    Kind = iota // what was bought
	Touchpoint             // where people met the company
	Topic                  // what a review is about
)

var kindNames = [...]string{Product: "product", Touchpoint: "touchpoint", Topic: "topic"}

// String returns "product", "touchpoint" or "topic", and "Kind(9)" for a value without a
// name.
func (k Kind) String() string { return enum.String(kindNames[:], k) }

// MarshalText returns the name, or [clientele.ErrUnknown] for a value without a name.
func (k Kind) MarshalText() ([]byte, error) { return enum.Marshal(kindNames[:], k) }

// UnmarshalText accepts exactly the names that MarshalText writes. For any other text it
// returns [clientele.ErrUnknown] and leaves the value as it was.
func (k *Kind) UnmarshalText(text []byte) error { return enum.Unmarshal(kindNames[:], k, text) }
