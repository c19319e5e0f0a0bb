package interval

import "github.com/clientele-go/clientele"

// DefaultLevel is the level of intervals where a configuration says 0.
const DefaultLevel = 0.95

// Checked returns a level, DefaultLevel for 0. It is not ok outside (0, 1), nor so close
// to 1 that the quantiles are infinite.
func Checked(level float64) (checked float64, ok bool) {
	if level == 0 {
		return DefaultLevel, true
	}
	return level, level > 0 && (1+level)/2 < 1
}

// Level returns the level of a configuration, DefaultLevel for 0, and notes one that is
// not as Checked wants it as a fault.
func Level(faults *clientele.Faults, level float64) float64 {
	checked, ok := Checked(level)
	if !ok {
		faults.Add("Level", level, clientele.ErrRange)
	}
	return checked
}
