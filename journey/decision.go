package journey

import "github.com/clientele-go/clientele/internal/enum"

// Decision is one of the three decisions that a person takes on the way: whether the offer
// is worth considering, whether to buy it, and whether to recommend it.
type Decision uint8

const (
	Consider  Decision = iota // to look at the offer more closely
	Buy                       // to buy
	Recommend                 // to tell others
)

// Decisions are all decisions, in the order in which they are taken.
func Decisions() []Decision { return []Decision{Consider, Buy, Recommend} }

var decisionNames = [...]string{Consider: "consider", Buy: "buy", Recommend: "recommend"}

// String returns "consider", "buy" or "recommend", and "Decision(9)" for a value without a
// name.
func (d Decision) String() string { return enum.String(decisionNames[:], d) }

// MarshalText returns the name, or [clientele.ErrUnknown] for a value without a name.
func (d Decision) MarshalText() ([]byte, error) { return enum.Marshal(decisionNames[:], d) }

// UnmarshalText accepts exactly the names that MarshalText writes. For any other text it
// returns [clientele.ErrUnknown] and leaves the value as it was.
func (d *Decision) UnmarshalText(text []byte) error {
	return enum.Unmarshal(decisionNames[:], d, text)
}
