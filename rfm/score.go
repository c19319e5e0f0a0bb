package rfm

// Score says in which cell and segment a customer is. The zero Score belongs to a customer
// who is not in the base.
type Score struct {
	R int `json:"r"` // R is the level of recency; 1 is the worst.
	F int `json:"f"` // F is the level of frequency; 1 is the worst.
	M int `json:"m"` // M is the level of monetary; 1 is the worst.

	Code    string  `json:"code"`    // Code names the cell: "BNW" on the cube, "545" on larger grids.
	Segment string  `json:"segment"` // Segment is the name that the map gives to the cell.
	Total   float64 `json:"total"`   // Total is the sum of the levels, weighted by Plan.Weights.
}

// cellUnknown reports whether the score was published with its segment alone.
func (s Score) cellUnknown() bool { return s.R == 0 && s.Segment != "" }

// Level returns the level of one metric; 0 for a metric that does not exist.
func (s Score) Level(m Metric) int {
	if m > M {
		return 0
	}
	return [3]int{s.R, s.F, s.M}[m]
}
