package nps

import (
	"math"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/interval"
)

// result describes the weights.
func (r *raker) result(iterations int, worst farthest) *Raking {
	result := &Raking{
		Weights: make([]float64, len(r.answers)), Least: math.Inf(1),
		Iterations: iterations, Deviation: worst.deviation, Converged: worst.deviation <= r.cfg.Tolerance,
	}
	result.Answers, _ = NewWeighted(r.cfg.Scale) // which checkRake has accepted
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
	score := weights.composition().score
	result.Score = clientele.Estimate{Value: points * score, Lo: points * score, Hi: points * score}
	if len(r.answers) > 1 {
		result.Score = inPoints(interval.Normal(score, r.stdErr(score), r.cfg.Level), score, 1)
	}
	for i := range r.margins {
		result.Margins = append(result.Margins, r.raked(i))
	}
	return result
}

// raked describes a margin.
func (r *raker) raked(margin int) RakedMargin {
	m := r.margins[margin]
	var before float64
	for _, b := range m.before {
		before += b.hi
	}
	by := r.totals(margin)
	var after float64
	for _, x := range by {
		after += x
	}
	out := RakedMargin{Name: m.name}
	for j, c := range m.categories {
		out.Categories = append(out.Categories, RakedCategory{
			Name: c.Name, N: m.n[j], Before: m.before[j].hi / before, Target: m.targets[j], After: by[j] / after,
		})
	}
	return out
}

// stdErr is the linearised standard error of the score, on the scale of -1 to 1.
func (r *raker) stdErr(score float64) float64 {
	fitted := r.regress(score)
	var squares, all float64
	for k := range r.units {
		u := &r.units[k]
		all += u.weight * u.n()
		up, down := 1-fitted[k], 1+fitted[k]
		squares += u.weight * u.weight * (u.counts.promoter*up*up + u.counts.passive*fitted[k]*fitted[k] + u.counts.detractor*down*down)
	}
	n := float64(len(r.answers))
	return math.Sqrt(n/(n-1)*squares) / all
}

// regressed is the change of a fitted value, of -1 to 1, below which a regression is done.
const regressed = 1e-13

// regress returns what the categories explain of the values of each unit's respondents, 1
// for promoters, 0 for passives and -1 for detractors: the weighted least squares on one
// indicator a category, by projecting on one margin after the other. It starts from the
// score, and makes no more rounds than raking may; a fit that is not the best explains
// less, so that the standard error is rather too large.
func (r *raker) regress(score float64) []float64 {
	fitted := make([]float64, len(r.units))
	for k := range fitted {
		fitted[k] = score
	}
	for range r.cfg.MaxIterations {
		moved := 0.0
		for i := range r.margins {
			moved = max(moved, r.project(i, fitted))
		}
		if moved <= regressed {
			break
		}
	}
	return fitted
}

// project adds to the fitted values what the categories of a margin explain of the rest,
// and returns the largest change.
func (r *raker) project(margin int, fitted []float64) (moved float64) {
	by := r.totals(margin)
	rest := make([]float64, len(by))
	for k := range r.units {
		u := &r.units[k]
		rest[u.cell[margin]] += u.weight * (u.counts.promoter - u.counts.detractor - u.n()*fitted[k])
	}
	for j := range rest {
		rest[j] /= by[j]
		moved = max(moved, math.Abs(rest[j]))
	}
	for k := range r.units {
		fitted[k] += rest[r.units[k].cell[margin]]
	}
	return moved
}
