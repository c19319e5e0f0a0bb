package review

import "github.com/clientele-go/clientele/internal/enum"

// Repeat says which of several reviews of one customer of one object count.
type Repeat uint8

const (
	Latest Repeat = iota // the latest
	First                // the first
	Every                // each, as if of different customers
)

var repeatNames = [...]string{Latest: "latest", First: "first", Every: "every"}

// String returns "latest", "first" or "every", and "Repeat(9)" for a value without a name.
func (r Repeat) String() string { return enum.String(repeatNames[:], r) }

// MarshalText returns the name, or [clientele.ErrUnknown] for a value without a name.
func (r Repeat) MarshalText() ([]byte, error) { return enum.Marshal(repeatNames[:], r) }

// UnmarshalText accepts exactly the names that MarshalText writes. For any other text it
// returns [clientele.ErrUnknown] and leaves the value as it was.
func (r *Repeat) UnmarshalText(text []byte) error { return enum.Unmarshal(repeatNames[:], r, text) }
