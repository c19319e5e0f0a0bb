package sales

import "github.com/clientele-go/clientele/internal/enum"

// Credit says whose a deal is that names several salespeople. A deal without a sale, and a
// refund, is always of the person on its first receipt.
type Credit uint8

const (
	Closer Credit = iota // the person on the receipt that made the sale
	Opener               // the person on the first receipt of the deal
)

var creditNames = [...]string{Closer: "closer", Opener: "opener"}

// String returns "closer" or "opener", and "Credit(9)" for a value without a name.
func (c Credit) String() string { return enum.String(creditNames[:], c) }

// MarshalText returns the name, or [clientele.ErrUnknown] for a value without a name.
func (c Credit) MarshalText() ([]byte, error) { return enum.Marshal(creditNames[:], c) }

// UnmarshalText accepts exactly the names that MarshalText writes. For any other text it
// returns [clientele.ErrUnknown] and leaves the value as it was.
func (c *Credit) UnmarshalText(text []byte) error { return enum.Unmarshal(creditNames[:], c, text) }
