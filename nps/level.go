package nps

import (
	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/interval"
)

// checkedLevel returns the level of an argument, 0.95 for 0, or an InputError of op for
// one outside (0, 1). That next to 1, whose quantiles are infinite, is outside too.
func checkedLevel(op string, level float64) (float64, error) {
	checked, ok := interval.Checked(level)
	if !ok {
		return 0, &clientele.InputError{Op: op, Index: -1, Field: "level", Value: level, Err: clientele.ErrRange}
	}
	return checked, nil
}
