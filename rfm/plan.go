package rfm

import (
	"fmt"
	"math"
	"slices"

	"github.com/clientele-go/clientele"
)

// Plan says how a base is graded: what is measured, how each metric is cut and
// what the cells are called. It is data with JSON; [Fit] freezes it over a base,
// [NewScales] without one.
type Plan struct {
	Measure   Measure `json:"measure,omitzero"`
	Recency   Rule    `json:"recency"`
	Frequency Rule    `json:"frequency"`
	Monetary  Rule    `json:"monetary"`
	Map       Map     `json:"map"`

	// Nested cuts frequency within each level of recency, and monetary within
	// each pair of levels, instead of each metric over the whole base. Only
	// quantiles differ by it.
	Nested bool `json:"nested,omitempty"`

	// Weights make Score.Total from the three levels; all zero means 1, 1, 1.
	Weights Weights `json:"weights,omitzero"`
}

// Weights are the parts of the metrics in Score.Total; none is negative.
type Weights struct {
	R float64 `json:"r"`
	F float64 `json:"f"`
	M float64 `json:"m"`
}

// CubePlan is the marketer's plan: rhythm, frequency and average receipt against
// three pairs of thresholds, named by [Cube].
func CubePlan(recency, frequency, monetary Rule) Plan {
	return Plan{
		Measure: Measure{Recency: Rhythm}, Recency: recency, Frequency: frequency, Monetary: monetary, Map: Cube(),
	}
}

// GridPlan is the analyst's plan: days since the last purchase, number of
// purchases and total money in quintiles, named by [Grid].
func GridPlan() Plan {
	return Plan{
		Measure: Measure{Monetary: Total}, Recency: Quantiles(5), Frequency: Quantiles(5), Monetary: Quantiles(5), Map: Grid(),
	}
}

// rule returns a metric's rule.
func (p *Plan) rule(m Metric) Rule { return [3]Rule{p.Recency, p.Frequency, p.Monetary}[m] }

// Validate returns all faults of the plan at once, or nil.
func (p Plan) Validate() error {
	faults := clientele.ConfigError{Op: "rfm.Plan"}
	p.faults(&faults)
	return faults.Err()
}

func (p *Plan) faults(f *clientele.ConfigError) {
	p.Measure.faults(f)
	p.Map.faults(f)
	for _, m := range metrics {
		rule := p.rule(m)
		rule.faults(f, fieldNames[m])
		if k := rule.Levels(); rule.Kind != 0 && k != p.Map.Levels[m] {
			f.Add(fieldNames[m], k, fmt.Errorf("%w: the map has %d levels", clientele.ErrMismatch, p.Map.Levels[m]))
		}
	}
	p.Weights.faults(f)
}

// faults notes weights that are unusable, or whose total is.
func (w Weights) faults(f *clientele.ConfigError) {
	sound := true
	for _, part := range []struct {
		field string
		value float64
	}{{"Weights.R", w.R}, {"Weights.F", w.F}, {"Weights.M", w.M}} {
		if err := checkShare(part.value); err != nil {
			f.Add(part.field, part.value, err)
			sound = false
		}
	}
	if sound && math.IsInf(maxLevels*w.R+maxLevels*w.F+maxLevels*w.M, 0) {
		f.Add("Weights", w, clientele.ErrRange)
	}
}

// clone shares nothing with p.
func (p Plan) clone() Plan {
	for _, r := range []*Rule{&p.Recency, &p.Frequency, &p.Monetary} {
		r.Edges = slices.Clone(r.Edges)
	}
	p.Map = p.Map.clone()
	return p
}

// checkShare reports what keeps x from being a weight or a share.
func checkShare(x float64) error {
	switch {
	case math.IsNaN(x) || math.IsInf(x, 0):
		return clientele.ErrNotFinite
	case x < 0:
		return clientele.ErrNegative
	}
	return nil
}

// weights fills the default.
func (p *Plan) weights() Weights {
	if p.Weights == (Weights{}) {
		return Weights{1, 1, 1}
	}
	return p.Weights
}
