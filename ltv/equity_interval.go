package ltv

import (
	"math"
	"math/rand/v2"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/special"
)

// spread is the uncertainty of a sum over customers.
type spread struct {
	futures float64   // variance of what customers do
	params  []float64 // by direction of the parameters, one standard deviation
}

// join adds the uncertainty of another sum over other customers: futures are
// independent, parameters the same.
func (s *spread) join(o *spread) {
	s.futures += o.futures
	if s.params == nil {
		s.params = make([]float64, len(o.params))
	}
	for i, p := range o.params {
		s.params[i] += p
	}
}

// estimate is a sum with its interval; a sum of what is never negative has no
// limit below 0.
func (s *spread) estimate(value, level float64) clientele.Estimate {
	variance := s.futures
	for _, p := range s.params {
		variance += p * p
	}
	z := special.NormalQuantile((1 + level) / 2)
	se := math.Sqrt(variance)
	return clientele.Estimate{Value: value, StdErr: se, Lo: max(0, value-z*se), Hi: value + z*se, Level: level}
}

// limits gives the sums their intervals, or none at level 0. It refuses those that are
// no numbers.
func (g *groupSum) limits(level float64) error {
	if level > 0 {
		g.share.Purchases = g.purchases.estimate(g.share.Purchases.Value, level)
		g.share.Value = g.value.estimate(g.share.Value.Value, level)
	}
	if _, err := finite(opEquity, g.share.Purchases.Hi); err != nil {
		return err
	}
	_, err := finite(opEquity, g.share.Value.Hi)
	return err
}

// vary finds the uncertainty of the group's sums.
func (g *groupSum) vary(f *Forecaster) error {
	base := sampleSum{f: f, sample: g.sketch.sample()}
	now, err := base.at(&f.now)
	if err != nil {
		return err
	}
	if err := g.varyFutures(f, base.sample); err != nil {
		return err
	}
	purchases, value := ratio(g.share.Purchases.Value, now.purchases), ratio(g.share.Value.Value, now.value)
	for i := range f.delta {
		d := &f.delta[i]
		plus, err := base.at(&d.plus)
		if err != nil {
			return err
		}
		minus, err := base.at(&d.minus)
		if err != nil {
			return err
		}
		g.purchases.params = append(g.purchases.params, d.weight*(plus.purchases-minus.purchases)*purchases)
		g.value.params = append(g.value.params, d.weight*(plus.value-minus.value)*value)
	}
	return nil
}

// futuresPerGroup is how many futures the variance of a group is estimated from,
// at least.
const futuresPerGroup = 4096

// varyFutures simulates the customers of the sample, each summary the more often the more
// customers have it.
func (g *groupSum) varyFutures(f *Forecaster, sample []weighted) error {
	customers := 0
	for _, w := range sample {
		customers += w.customers
	}
	for _, w := range sample {
		expected, err := f.at(&f.now, w.summary, nil)
		if err != nil {
			return err
		}
		share := float64(w.customers) / float64(customers)
		each := max(2, int(math.Ceil(futuresPerGroup*share)))
		weight := float64(g.share.Customers) * share / float64(each)
		rng := rand.New(f.stream(w.summary))
		for range each {
			n, value, err := f.future(&f.now, w.summary, rng)
			if err != nil {
				return err
			}
			if !math.IsInf(f.horizon, 1) {
				g.purchases.futures += weight * square2(n-expected.Purchases.Value)
			}
			g.value.futures += weight * square2(value-expected.Value.Value)
		}
	}
	return nil
}

func square2(v float64) float64 { return v * v }

// ratio is whole/part, or 0 where there is nothing to scale.
func ratio(whole, part float64) float64 {
	if part == 0 {
		return 0
	}
	return whole / part
}
