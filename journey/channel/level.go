package channel

import "github.com/clientele-go/clientele/internal/enum"

// Level is how well channels worked together for a person.
type Level uint8

const (
	Single Level = iota // one channel
	Multi               // several channels that know nothing of each other: no hand-off, or one at which the person had to start anew
	Cross               // every hand-off went on with the same person, but not every one with the context of what was said before
	Omni                // every hand-off went on with its context
)

var levelNames = [...]string{Single: "single", Multi: "multi", Cross: "cross", Omni: "omni"}

// String returns "single", "multi", "cross" or "omni", and "Level(9)" for a value without a
// name.
func (l Level) String() string { return enum.String(levelNames[:], l) }

// MarshalText returns the name, or [clientele.ErrUnknown] for a value without a name.
func (l Level) MarshalText() ([]byte, error) { return enum.Marshal(levelNames[:], l) }

// UnmarshalText accepts exactly the names that MarshalText writes. For any other text it
// returns [clientele.ErrUnknown] and leaves the value as it was.
func (l *Level) UnmarshalText(text []byte) error { return enum.Unmarshal(levelNames[:], l, text) }
