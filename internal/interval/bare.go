package interval

import "github.com/clientele-go/clientele"

// Bare is a value without an interval, since nothing tells its uncertainty: both limits
// are the value and the level is 0.
func Bare(value float64) clientele.Estimate {
	return clientele.Estimate{Value: value, Lo: value, Hi: value}
}
