package ltv

import (
	"math"
	"math/rand/v2"
	"slices"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/ltv/internal/kernel"
)

// interval gives a forecast the intervals of its purchases and value, and what is likely
// besides the mean: quantiles of simulated futures, each with parameters of its own. Its random numbers depend on
// the forecaster's seed and the summary alone.
func (f *Forecaster) interval(s Summary, out *Forecast) error {
	rng := rand.New(f.stream(s))
	n := len(f.draws)
	purchases, values := make([]float64, n), make([]float64, n)
	for i := range f.draws {
		var err error
		if purchases[i], values[i], err = f.future(&f.draws[i], s, rng); err != nil {
			return err
		}
	}
	if !math.IsInf(f.horizon, 1) {
		var err error
		if out.Purchases, err = f.quantiles(out.Purchases.Value, purchases); err != nil {
			return err
		}
		out.Median = int(purchases[(n-1)/2])
		if out.Buys, err = finite(f.now.name, buys(f.now.kernel, s.buying(), f.horizon)); err != nil {
			return err
		}
	}
	if out.Unvalued {
		return nil
	}
	var err error
	out.Value, err = f.quantiles(out.Value.Value, values)
	return err
}

// stream is the source of the random numbers for a summary.
func (f *Forecaster) stream(s Summary) *rand.PCG {
	h := s.row().hash()
	h = (h ^ math.Float64bits(s.Monetary+0)) * 0x9e3779b97f4a7c15
	return rand.NewPCG(f.seed[0]^h, f.seed[1])
}

// future is one possible future: the number of purchases and their discounted
// profit.
func (f *Forecaster) future(o *outcome, s Summary, rng *rand.Rand) (purchases, value float64, err error) {
	of := s.buying()
	alive := o.kernel.Alive(of)
	if _, err := finite(f.now.name, alive); err != nil {
		return 0, 0, err
	}
	if rng.Float64() >= alive {
		return 0, 0, nil
	}
	amount := o.amounts(s, rng)
	ok := kernel.Simulate(o.kernel, of, f.farthest(), rng, func(at float64) {
		purchases++
		value += amount() * f.discount.factor(at)
	})
	if !ok {
		return 0, 0, inaccurate(f.now.name)
	}
	return purchases, value * f.cfg.Margin, nil
}

// amounts is the source of what a customer spends on each purchase: 1 without a spend
// model, 0 for one without a value.
func (o *outcome) amounts(s Summary, rng *rand.Rand) func() float64 {
	switch {
	case !o.hasSpend():
		return func() float64 { return 1 }
	case !o.values(s):
		return func() float64 { return 0 }
	}
	return o.spend.draw(s, rng)
}

// farthest is the horizon, or where an infinite one has no weight any more.
func (f *Forecaster) farthest() float64 {
	const nothing = 30 // e^-30 of the value now
	if math.IsInf(f.horizon, 1) {
		return nothing / f.discount.rate
	}
	return f.horizon
}

// quantiles is an estimate with the standard deviation and the quantiles of draws,
// which it sorts. It refuses draws that are no numbers.
func (f *Forecaster) quantiles(value float64, draws []float64) (clientele.Estimate, error) {
	mean, squares := 0.0, 0.0
	for i, d := range draws {
		off := d - mean
		mean += off / float64(i+1)
		squares += off * (d - mean)
	}
	slices.Sort(draws)
	tail := (1 - f.cfg.Level) / 2
	e := clientele.Estimate{
		Value: value, StdErr: math.Sqrt(squares / float64(len(draws)-1)),
		Lo: outer(draws, tail), Hi: outer(draws, 1-tail), Level: f.cfg.Level,
	}
	_, err := finite(f.now.name, e.StdErr)
	return e, err
}

// outer is the quantile of sorted draws, rounded to the draw farther out, so that
// an interval holds at least its level of them.
func outer(draws []float64, p float64) float64 {
	n := float64(len(draws))
	if p < 0.5 {
		return draws[int(math.Floor(p*(n-1)))]
	}
	return draws[int(math.Ceil(p*(n-1)))]
}
