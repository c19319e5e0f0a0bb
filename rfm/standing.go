package rfm

import "github.com/clientele-go/clientele/internal/enum"

// Standing is what a segment's customers are to the shop, whatever the map calls them. It
// lets [Report.Diagnose] read every map.
type Standing uint8

const (
	NoStanding Standing = iota // NoStanding is that of a segment without one.
	Best                       // Best customers buy often and much, and bought lately.
	Normal                     // Normal customers are the trunk of the base.
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
