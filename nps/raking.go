package nps

import (
	"math"

	"github.com/clientele-go/clientele"
)

// Raking is a sample with weights that give it the shares of the customers.
type Raking struct {
	// Score is in points. Its standard error knows that the weights fit the dimensions: it is
	// the one of [Weighted.StdErr] for what the dimensions do not explain, the residuals of a
	// weighted regression on all categories (Deville & Särndal, Calibration Estimators in
	// Survey Sampling, JASA 87, 1992). It is too small where few answers of a category are
	// alike. The interval is not: it is found as that of Stratified.Score, with respondents of
	// the same categories and weight as strata, residuals for answers and, for the number of
	// strata, 1 and the number of categories less 1 of each dimension. It has level 0 with no
	// more respondents than that.
	Score clientele.Estimate `json:"score"`

	// Answers are those of the sample with their weights. Their own StdErr takes the weights
	// as given, and is usually larger.
	Answers Weighted `json:"answers"`

	Weights      []float64        `json:"weights"`       // weight of each respondent, in the order of the sample; 1 on average; 0 stands for a weight below 1e-15
	Least        float64          `json:"least"`         // least of the weights
	Most         float64          `json:"most"`          // greatest of the weights
	Cut          int              `json:"cut,omitempty"` // number of respondents whose weight is MaxWeight
	EffectiveN   float64          `json:"effectiveN"`    // number of answers of equal weight that would be as good, see [Weighted.EffectiveN]
	DesignEffect float64          `json:"designEffect"`  // by how much the weights raise the variance, see [Weighted.DesignEffect]
	Dimensions   []RakedDimension `json:"dimensions"`    // what became of the dimensions, in their order

	Iterations int     `json:"iterations"` // number of rounds that were made
	Deviation  float64 `json:"deviation"`  // greatest distance of a share from its target
	Converged  bool    `json:"converged"`  // whether Deviation is at most Tolerance
}

// RakedDimension is what became of a dimension.
type RakedDimension struct {
	Name       string          `json:"name"`       // name of the dimension
	Categories []RakedCategory `json:"categories"` // categories of the dimension, by name
}

// RakedCategory is what became of a category.
type RakedCategory struct {
	Name   string  `json:"name"`   // name of the category
	N      int     `json:"n"`      // number of respondents
	Before float64 `json:"before"` // share of the sample before raking
	Target float64 `json:"target"` // share of the population
	After  float64 `json:"after"`  // share of the sample after raking
}

// result describes the weights.
func (r *raker) result(iterations int, worst farthest) *Raking {
	result := &Raking{
		Weights: make([]float64, len(r.answers)), Least: math.Inf(1),
		Iterations: iterations, Deviation: worst.deviation, Converged: worst.deviation <= r.cfg.Tolerance,
	}
	result.Answers = Weighted{counted: newTally(r.cfg.Scale)}
	for i, a := range r.answers {
		weight := r.units[a.unit].weight
		if weight < leastWeight {
			weight = 0
		}
		if weight == r.cfg.MaxWeight && weight > 0 {
			result.Cut++
		}
		result.Weights[i] = weight
		result.Least, result.Most = min(result.Least, weight), max(result.Most, weight)
		_ = result.Answers.Add(a.answer, weight) // on the scale, and of a size that weights have
	}
	weights, squares := result.Answers.byAttitude()
	result.EffectiveN = effective(weights, squares)
	result.DesignEffect = float64(result.Answers.N()) / result.EffectiveN
	result.Score = r.score(weights.composition().score)
	for i := range r.dimensions {
		result.Dimensions = append(result.Dimensions, r.raked(i))
	}
	return result
}

// raked tells what became of a dimension.
func (r *raker) raked(dimension int) RakedDimension {
	d := r.dimensions[dimension]
	var before float64
	for i := range d.before {
		before += d.before[i].float()
	}
	by := r.totals(dimension)
	var after float64
	for _, x := range by {
		after += x
	}
	out := RakedDimension{Name: d.name}
	for j, c := range d.categories {
		out.Categories = append(out.Categories, RakedCategory{
			Name: c.Name, N: d.n[j], Before: d.before[j].float() / before, Target: d.targets[j], After: by[j] / after,
		})
	}
	return out
}

// score returns the score with its standard error and its interval.
func (r *raker) score(score float64) clientele.Estimate {
	n := float64(len(r.answers))
	if n == 1 {
		return withoutInterval(score)
	}
	fitted := r.regress(score)
	var squares, all float64
	for k := range r.units {
		u := &r.units[k]
		all += u.weight * u.n()
		squares += u.weight * u.weight * u.counts.scatterAround(fitted[k])
	}
	var adjusted, doubt float64
	for k := range r.units {
		u := &r.units[k]
		share := u.weight * u.n() / all
		with, more := u.counts.with(share), u.n()/(u.n()+3*share)
		adjusted += share * more * (u.counts.Promoters - u.counts.Detractors) / u.n()
		part := share / with.total()
		doubt += part * part * with.scatterAround(more*fitted[k])
	}
	e := withDoubt(score, adjusted, doubt, n, r.parameters(), r.cfg.Level)
	e.StdErr = points * math.Sqrt(n/(n-1)*squares) / all
	return e
}

// parameters is how many numbers a regression on all categories has.
func (r *raker) parameters() float64 {
	k := 1
	for _, d := range r.dimensions {
		k += len(d.categories) - 1
	}
	return float64(k)
}

// regressed is the change of a fitted value, of -1 to 1, below which a regression is done.
const regressed = 1e-13

// regress returns what the categories explain of the values of each unit's respondents, 1
// for promoters, 0 for passives and -1 for detractors: the weighted least squares on one
// indicator a category, by projecting on one dimension after the other. It starts from the
// score, and makes no more rounds than raking may; a fit that is not the best explains
// less, so that the standard error is rather too large.
func (r *raker) regress(score float64) []float64 {
	fitted := make([]float64, len(r.units))
	for k := range fitted {
		fitted[k] = score
	}
	for range r.cfg.MaxIterations {
		moved := 0.0
		for i := range r.dimensions {
			moved = max(moved, r.project(i, fitted))
		}
		if moved <= regressed {
			break
		}
	}
	return fitted
}

// project adds to the fitted values what the categories of a dimension explain of the rest,
// and returns the largest change.
func (r *raker) project(dimension int, fitted []float64) (moved float64) {
	by := r.totals(dimension)
	rest := make([]float64, len(by))
	for k := range r.units {
		u := &r.units[k]
		rest[u.cell[dimension]] += u.weight * (u.counts.Promoters - u.counts.Detractors - u.n()*fitted[k])
	}
	for j := range rest {
		rest[j] /= by[j]
		moved = max(moved, math.Abs(rest[j]))
	}
	for k := range r.units {
		fitted[k] += rest[r.units[k].cell[dimension]]
	}
	return moved
}
