package interval

import "github.com/clientele-go/clientele/internal/rule"

// DefaultLevel is the level of intervals where a configuration says 0.
const DefaultLevel = 0.95

// ErrLevel is the fault of a number that is no level.
var ErrLevel = rule.Want(rule.Range, "a share between 0 and 1, such as 0.95")

// Level returns a level, DefaultLevel for 0. Outside (0, 1), or so close to 1 that the
// quantiles are infinite, or to 0 that they are 0, it is [ErrLevel].
func Level(level float64) (checked float64, err error) {
	switch {
	case level == 0:
		return DefaultLevel, nil
	case (1+level)/2 > 0.5 && (1+level)/2 < 1:
		return level, nil
	}
	return level, ErrLevel
}
