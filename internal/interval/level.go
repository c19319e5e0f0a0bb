package interval

import "github.com/clientele-go/clientele"

// DefaultLevel is the level of intervals where a configuration says 0.
const DefaultLevel = 0.95

// Level returns the level of a configuration, DefaultLevel for 0, and notes one
// outside (0, 1) as a fault.
func Level(faults *clientele.Faults, level float64) float64 {
	if level == 0 {
		return DefaultLevel
	}
	if !(level > 0 && level < 1) {
		faults.Add("Level", level, clientele.ErrRange)
	}
	return level
}
