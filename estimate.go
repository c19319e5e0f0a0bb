package clientele

import "fmt"

// Estimate is a number with its uncertainty. How often the intervals of the library hold the
// truth, from two customers on, is told in docs/coverage.md.
type Estimate struct {
	Value  float64 `json:"value"`            // best single guess
	StdErr float64 `json:"stdErr,omitempty"` // standard error of Value; 0 where the method gives none
	Lo     float64 `json:"lo"`               // lower limit of the interval; Value where there is no interval
	Hi     float64 `json:"hi"`               // upper limit of the interval; Value where there is no interval
	Level  float64 `json:"level,omitempty"`  // level of the interval, such as 0.95; 0 = there is no interval
}

// Contains reports whether x lies in the interval, ends included. Without an interval (Level
// 0) it reports whether x equals Value.
func (e Estimate) Contains(x float64) bool { return e.Lo <= x && x <= e.Hi }

// String shows the value and, where there is one, the interval.
func (e Estimate) String() string {
	if e.Level == 0 {
		return fmt.Sprintf("%.4g", e.Value)
	}
	return fmt.Sprintf("%.4g [%.4g, %.4g]", e.Value, e.Lo, e.Hi)
}
