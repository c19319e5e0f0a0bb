package ltv

import (
	"math"
	"math/rand/v2"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/interval"
	"github.com/clientele-go/clientele/internal/special"
	"github.com/clientele-go/clientele/ltv/internal/kernel"
)

// thinned is a sample spread evenly over a sequence of unknown length: every
// stride-th element.
type thinned struct {
	seen, skip int // skip = stride-1
	kept       []Summary
}

// sampleSize is the most a sample keeps; with half of it at least.
const sampleSize = 2048

func (t *thinned) add(s Summary) {
	stride := t.skip + 1
	if t.seen%stride == 0 {
		if len(t.kept) == sampleSize {
			for i := range sampleSize / 2 {
				t.kept[i] = t.kept[2*i]
			}
			t.kept = t.kept[:sampleSize/2]
			t.skip = 2*stride - 1
		}
		t.kept = append(t.kept, s)
	}
	t.seen++
}

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

// limits gives the sums their intervals, or none at level 0.
func (g *groupSum) limits(level float64) {
	if level > 0 {
		g.share.Purchases = g.purchases.estimate(g.share.Purchases.Value, level)
		g.share.Value = g.value.estimate(g.share.Value.Value, level)
		return
	}
	g.share.Purchases = interval.Bare(g.share.Purchases.Value)
	g.share.Value = interval.Bare(g.share.Value.Value)
}

// vary finds the uncertainty of the group's sums.
func (g *groupSum) vary(f *Forecaster) error {
	base := sampleSum{f: f, sample: g.sample.kept}
	now, err := base.at(&f.now)
	if err != nil {
		return err
	}
	if err := g.varyFutures(f); err != nil {
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

// varyFutures simulates the customers of the sample.
func (g *groupSum) varyFutures(f *Forecaster) error {
	sample := g.sample.kept
	each := max(2, (futuresPerGroup+len(sample)-1)/len(sample))
	scale := float64(g.share.Customers) / float64(len(sample)) / float64(each)
	for _, s := range sample {
		expected, err := f.at(&f.now, s, nil)
		if err != nil {
			return err
		}
		rng := rand.New(f.stream(s))
		for range each {
			n, value, err := f.future(&f.now, s, rng)
			if err != nil {
				return err
			}
			if !math.IsInf(f.horizon, 1) {
				g.purchases.futures += scale * square2(n-expected.Purchases.Value)
			}
			g.value.futures += scale * square2(value-expected.Value.Value)
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

// sampleSum adds up forecasts of a sample by given models.
type sampleSum struct {
	f      *Forecaster
	sample []Summary
}

type sums struct{ purchases, value float64 }

func (b sampleSum) at(o *outcome) (out sums, err error) {
	var cache kernel.Cache
	for _, s := range b.sample {
		one, err := b.f.at(o, s, &cache)
		if err != nil {
			return sums{}, err
		}
		out.purchases += one.Purchases.Value
		out.value += one.Value.Value
	}
	return out, nil
}
