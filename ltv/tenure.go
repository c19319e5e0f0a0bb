package ltv

import (
	"math"
	"math/rand/v2"
	"sort"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/special"
)

// tenure is the mathematics of [SBG] and [BdW]. A customer stays longer than t
// periods with probability (1-θ)^(t^c), where θ ~ Beta(α, β) over customers, who
// therefore stay so long with probability
//
//	S(t) = B(α, β+t^c)/B(α, β)
//
// Those who have stayed t periods are customers of the same kind with β+t^c.
type tenure struct {
	name           string
	alpha, beta, c float64
}

func (m tenure) check(op string) error {
	f := clientele.ConfigError{Op: op}
	positive(&f, "alpha", m.alpha)
	positive(&f, "beta", m.beta)
	positive(&f, "c", m.c)
	return f.Err()
}

// op is the name of a method in errors.
func (m tenure) op(method string) string { return m.name + ": " + method }

// power is t^c. It is exact for c = 1.
func (m tenure) power(t float64) float64 {
	if m.c == 1 {
		return t
	}
	return math.Pow(t, m.c)
}

// loss is minus the logarithm of the share of those who have stayed from periods
// who stay until to.
func (m tenure) loss(from, to float64) float64 {
	begin := m.power(from)
	return betaLoss(m.alpha, m.beta+begin, m.power(to)-begin)
}

// betaLoss is ln B(a, b) - ln B(a, b+y), which is not below 0: the integral of
// ψ(b+more+u) - ψ(b+u) over u from 0 to less, where these are a and y. Its error is
// below 1e-10 of itself, and mostly some 1e-15 of ln B(less, b).
func betaLoss(a, b, y float64) float64 {
	const (
		short = 1.0 / 64
		huge  = 1e100
		node  = 0.7745966692414834 // √(3/5), DLMF 3.5.18
	)
	if y == 0 || math.IsInf(y, 1) {
		return y
	}
	less, more := min(a, y), max(a, y)
	if less > short*b || more > huge || b > huge {
		return max(0, special.LogBeta(less, b)-special.LogBeta(less, b+more))
	}
	// The difference would be one of nearly equal numbers; the integrand is so even
	// that three nodes do.
	slope := func(at float64) float64 { return special.LogBetaSlope(b+less/2*(1+at), more) }
	return -less / 18 * (5*slope(-node) + 8*slope(0) + 5*slope(node))
}

// share is the share of those who have stayed from periods who stay until to.
func (m tenure) share(from, to float64) float64 { return math.Exp(-m.loss(from, to)) }

// survival is Survival of both models, and so on.
func (m tenure) survival(t int) (float64, error) {
	op := m.op("Survival")
	if err := m.ready(op, "t", t, 0); err != nil {
		return 0, err
	}
	return finite(op, m.share(0, float64(t)))
}

func (m tenure) alive(stayed, ahead int) (float64, error) {
	op := m.op("Alive")
	if err := m.ready(op, "tenure", stayed, 0); err != nil {
		return 0, err
	}
	if err := m.ready(op, "ahead", ahead, 0); err != nil {
		return 0, err
	}
	return finite(op, m.share(float64(stayed), float64(stayed)+float64(ahead)))
}

func (m tenure) retention(t int) (float64, error) {
	op := m.op("Retention")
	if err := m.ready(op, "t", t, 1); err != nil {
		return 0, err
	}
	return finite(op, m.share(float64(t)-1, float64(t)))
}

func (m tenure) probability(t int) (float64, error) {
	op := m.op("Probability")
	if err := m.ready(op, "t", t, 1); err != nil {
		return 0, err
	}
	stayed := m.share(0, float64(t)-1)
	if stayed == 0 {
		return 0, nil
	}
	return finite(op, stayed*-math.Expm1(-m.loss(float64(t)-1, float64(t))))
}

func (m tenure) logLik(d Tenures) (float64, error) {
	op := m.op("LogLik")
	if err := m.check(op); err != nil {
		return 0, err
	}
	value := 0.0
	for _, r := range d.renewals() {
		value += r.logLik(m.loss(r.period-1, r.period))
	}
	return finite(op, value)
}

// simulate inverts the survival function.
func (m tenure) simulate(horizon int, src rand.Source) (periods int, ended bool, err error) {
	op := m.op("Simulate")
	if err := m.ready(op, "horizon", horizon, 0); err != nil {
		return 0, false, err
	}
	if src == nil {
		return 0, false, fault.Missing(op, "src")
	}
	u := rand.New(src).Float64()
	stayed := sort.Search(horizon, func(t int) bool { return m.share(0, float64(t)+1) <= u })
	if stayed == horizon {
		return horizon, false, nil
	}
	return stayed + 1, true, nil
}

// ready refuses parameters out of range, and a number of periods below the least.
func (m tenure) ready(op, field string, periods, least int) error {
	if err := m.check(op); err != nil {
		return err
	}
	switch {
	case periods >= least:
		return nil
	case periods < 0:
		return &clientele.InputError{Op: op, Index: -1, Field: field, Value: periods, Err: clientele.ErrNegative}
	}
	return &clientele.InputError{Op: op, Index: -1, Field: field, Value: periods, Err: clientele.ErrRange}
}
