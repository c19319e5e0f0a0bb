package rfm

import (
	"math"
	"slices"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/rule"
)

// Plan says how a base is graded: what is measured, how each metric is cut into levels and
// how the cells are named. [CubePlan], [GridPlan] and [ElevenPlan] are ready-made. A plan
// is a plain struct with a JSON form; [Fit] freezes it over a base, [NewScales] without one.
type Plan struct {
	// Measure says which recency, frequency and monetary are meant.
	Measure Measure `json:"measure,omitzero"`

	Recency   Rule `json:"recency"`   // Recency is the rule that cuts recency.
	Frequency Rule `json:"frequency"` // Frequency is the rule that cuts frequency.
	Monetary  Rule `json:"monetary"`  // Monetary is the rule that cuts monetary.

	// Map names the cells. It has as many levels as the rules make.
	Map Map `json:"map"`

	// Nested cuts frequency within each level of recency, and monetary within each pair of
	// levels of recency and frequency, instead of each metric over the whole base. It makes
	// a difference only to rules that find their edges in a base.
	Nested bool `json:"nested,omitempty"`

	// Weights make Score.Total from the three levels; all zero means 1, 1, 1.
	Weights Weights `json:"weights,omitzero"`
}

// Weights say how much each level counts in Score.Total. None is negative.
type Weights struct {
	R float64 `json:"r"` // R is the weight of the level of recency.
	F float64 `json:"f"` // F is the weight of the level of frequency.
	M float64 `json:"m"` // M is the weight of the level of monetary.
}

// rule returns the rule of a metric.
func (p *Plan) rule(m Metric) Rule { return [3]Rule{p.Recency, p.Frequency, p.Monetary}[m] }

// Validate reports all faults of the plan at once in a [clientele.ConfigError], as [Fit]
// does. It returns nil where there is none.
func (p Plan) Validate() error {
	faults := clientele.ConfigError{Op: "rfm.Plan.Validate"}
	p.faults(&faults)
	return faults.Err()
}

func (p *Plan) faults(f *clientele.ConfigError) {
	p.Measure.faults(f)
	p.Map.faults(f, "Map")
	for _, m := range metrics {
		by, before := p.rule(m), len(f.Faults)
		by.faults(f, fieldNames[m])
		if levels := p.Map.Levels[m]; len(f.Faults) == before && by.Levels() != levels {
			field, value := by.levelField()
			f.Add(fieldNames[m]+field, value, rule.Because(clientele.ErrMismatch, "the map has another number of levels",
				"%d levels, as %s says, not %d", levels, indexed("Map.Levels", int(m)), by.Levels()))
		}
	}
	p.Weights.faults(f)
}

// faults notes weights that are unusable, or whose total is.
func (w Weights) faults(f *clientele.ConfigError) {
	before := len(f.Faults)
	for _, weight := range []struct {
		field string
		value float64
	}{{"Weights.R", w.R}, {"Weights.F", w.F}, {"Weights.M", w.M}} {
		if err := rule.AtLeastZero(weight.value, "0 or more"); err != nil {
			f.Add(weight.field, weight.value, err)
		}
	}
	if len(f.Faults) == before && math.IsInf(maxLevels*w.R+maxLevels*w.F+maxLevels*w.M, 0) {
		f.Add("Weights", w, rule.Because(clientele.ErrRange, "the total of the best levels is too large", "smaller weights, such as 1, 1, 1"))
	}
}

// clone shares nothing with p.
func (p Plan) clone() Plan {
	for _, r := range []*Rule{&p.Recency, &p.Frequency, &p.Monetary} {
		r.Edges, r.Percents = slices.Clone(r.Edges), slices.Clone(r.Percents)
	}
	p.Map = p.Map.clone()
	return p
}

// weights fills in the default.
func (p *Plan) weights() Weights {
	if p.Weights == (Weights{}) {
		return Weights{1, 1, 1}
	}
	return p.Weights
}
