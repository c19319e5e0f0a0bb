package clientele

import "fmt"

// Estimate is a number with its doubt.
type Estimate struct {
	Value  float64 `json:"value"`
	StdErr float64 `json:"stdErr,omitempty"` // standard error of Value; 0 when the method has none
	Lo     float64 `json:"lo"`               // lower limit of the interval
	Hi     float64 `json:"hi"`               // upper limit of the interval
	Level  float64 `json:"level,omitempty"`  // of the interval, as in 0.95; 0 = no interval was asked for
}

// Contains reports whether x lies in the interval, ends included.
func (e Estimate) Contains(x float64) bool { return e.Lo <= x && x <= e.Hi }

// String shows the value and, where there is one, the interval.
func (e Estimate) String() string {
	if e.Level == 0 {
		return fmt.Sprintf("%.4g", e.Value)
	}
	return fmt.Sprintf("%.4g [%.4g, %.4g]", e.Value, e.Lo, e.Hi)
}
