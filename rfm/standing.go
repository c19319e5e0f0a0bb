package rfm

import "github.com/clientele-go/clientele/internal/enum"

// Standing classifies a segment as best, normal, occasional, sleeping or worst, whatever its
// name, so that [Report.Diagnose] works with any map.
type Standing uint8

const (
	NoStanding Standing = iota // NoStanding means that the segment has no standing.
	Best                       // Best customers buy often and much, and bought lately.
	Normal                     // Normal customers are the backbone of the base.
	Occasional                 // Occasional customers bought lately, but rarely.
	Sleeping                   // Sleeping customers were good and have fallen silent.
	Worst                      // Worst customers are silent and never were good.
)

var standingNames = []string{"", "best", "normal", "occasional", "sleeping", "worst"}

// String returns the name used in JSON.
func (s Standing) String() string { return enum.String(standingNames, s) }

// MarshalText writes the name.
func (s Standing) MarshalText() ([]byte, error) { return enum.Marshal(standingNames, s) }

// UnmarshalText reads the name.
func (s *Standing) UnmarshalText(text []byte) error { return enum.Unmarshal(standingNames, s, text) }
