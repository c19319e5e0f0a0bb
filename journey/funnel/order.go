package funnel

import "github.com/clientele-go/clientele/internal/enum"

// Order says in which order the steps must come.
type Order uint8

const (
	InOrder     Order = iota // one step after the other; other touches may stand between
	StrictOrder              // one step after the other, with no other touch between the first and the last
	AnyOrder                 // in any order
)

var orderNames = [...]string{InOrder: "inOrder", StrictOrder: "strictOrder", AnyOrder: "anyOrder"}

// String returns "inOrder", "strictOrder" or "anyOrder", and "Order(9)" for a value without
// a name.
func (o Order) String() string { return enum.String(orderNames[:], o) }

// MarshalText returns the name, or [clientele.ErrUnknown] for a value without a name.
func (o Order) MarshalText() ([]byte, error) { return enum.Marshal(orderNames[:], o) }

// UnmarshalText accepts exactly the names that MarshalText writes. For any other text it
// returns [clientele.ErrUnknown] and leaves the value as it was.
func (o *Order) UnmarshalText(text []byte) error { return enum.Unmarshal(orderNames[:], o, text) }
