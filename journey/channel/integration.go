package channel

import "github.com/clientele-go/clientele/internal/enum"

// Integration is how well channels worked together for a person.
type Integration uint8

const (
	Single Integration = iota // one channel
	Multi                     // several channels that know nothing of each other: no hand-off, or one at which the person had to start anew
	Cross                     // every hand-off went on with the same person, but not every one with the context of what was said before
	Omni                      // every hand-off went on with its context
)

var integrationNames = [...]string{Single: "single", Multi: "multi", Cross: "cross", Omni: "omni"}

// String returns "single", "multi", "cross" or "omni", and "Integration(9)" for a value without a
// name.
func (i Integration) String() string { return enum.String(integrationNames[:], i) }

// MarshalText returns the name, or [clientele.ErrUnknown] for a value without a name.
func (i Integration) MarshalText() ([]byte, error) { return enum.Marshal(integrationNames[:], i) }

// UnmarshalText accepts exactly the names that MarshalText writes. For any other text it
// returns [clientele.ErrUnknown] and leaves the value as it was.
func (i *Integration) UnmarshalText(text []byte) error {
	return enum.Unmarshal(integrationNames[:], i, text)
}
