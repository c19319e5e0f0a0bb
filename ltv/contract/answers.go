package contract

import (
	"math"
	"math/rand/v2"
	"sort"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/rule"
	"github.com/clientele-go/clientele/ltv"
	"github.com/clientele-go/clientele/ltv/internal/kernel"
)

// contracted is what [SBG] and [BdW] answer, once it is known that they can.
type contracted struct {
	name string // of the type, in errors
	kernel.BetaWeibull
}

func (m contracted) check(op string) error {
	f := clientele.ConfigError{Op: op}
	fault.AddPositive(&f, "alpha", m.Alpha)
	fault.AddPositive(&f, "beta", m.Beta)
	fault.AddPositive(&f, "c", m.C)
	return f.Err()
}

// op is the name of a method in errors.
func (m contracted) op(method string) string { return m.name + "." + method }

// survival is Survival of both models, and so on.
func (m contracted) survival(t int) (float64, error) {
	op := m.op("Survival")
	if err := m.ready(op, "t", t, 0); err != nil {
		return 0, err
	}
	return finite(op, m.Share(0, float64(t)))
}

func (m contracted) alive(stayed, ahead int) (float64, error) {
	op := m.op("Alive")
	if err := m.ready(op, "tenure", stayed, 0); err != nil {
		return 0, err
	}
	if err := m.ready(op, "ahead", ahead, 0); err != nil {
		return 0, err
	}
	return finite(op, math.Exp(-m.LossAhead(float64(stayed), float64(ahead))))
}

func (m contracted) retention(t int) (float64, error) {
	op := m.op("Retention")
	if err := m.ready(op, "t", t, 1); err != nil {
		return 0, err
	}
	return finite(op, math.Exp(-m.LossAhead(float64(t-1), 1)))
}

func (m contracted) probability(t int) (float64, error) {
	op := m.op("Probability")
	if err := m.ready(op, "t", t, 1); err != nil {
		return 0, err
	}
	stayed := m.Share(0, float64(t-1))
	if stayed == 0 {
		return 0, nil
	}
	return finite(op, stayed*-math.Expm1(-m.LossAhead(float64(t-1), 1)))
}

func (m contracted) logLik(d Tenures) (float64, error) {
	op := m.op("LogLik")
	if err := m.check(op); err != nil {
		return 0, err
	}
	value := 0.0
	for _, r := range d.renewals() {
		value += r.LogLik(m.Loss(r.Period-1, r.Period))
	}
	return finite(op, value)
}

func (m contracted) expectedTenure(horizon int) (float64, error) {
	op := m.op("ExpectedTenure")
	if err := m.ready(op, "horizon", horizon, 0); err != nil {
		return 0, err
	}
	return finite(op, m.Sum(0, 0, float64(horizon), 0))
}

func (m contracted) del(rate float64) (float64, error) {
	op := m.op("DEL")
	if err := m.payable(op, rate); err != nil {
		return 0, err
	}
	return finite(op, m.Sum(0, 0, math.Inf(1), math.Log1p(rate)))
}

func (m contracted) derl(n int, rate float64) (float64, error) {
	op := m.op("DERL")
	if err := m.ready(op, "n", n, 1); err != nil {
		return 0, err
	}
	if n > maxTenure {
		return 0, fault.Of(op, "n", n, errTooLong)
	}
	if err := m.payable(op, rate); err != nil {
		return 0, err
	}
	return finite(op, m.Sum(float64(n)-1, float64(n), math.Inf(1), math.Log1p(rate)))
}

// simulate inverts the survival function.
func (m contracted) simulate(horizon int, src rand.Source) (periods int, ended bool, err error) {
	op := m.op("Simulate")
	if err := m.ready(op, "horizon", horizon, 0); err != nil {
		return 0, false, err
	}
	if src == nil {
		return 0, false, fault.Of(op, "src", nil, rule.ErrNoRandomness)
	}
	u := rand.New(src).Float64()
	stayed := sort.Search(horizon, func(t int) bool { return m.Share(0, float64(t)+1) <= u })
	if stayed == horizon {
		return horizon, false, nil
	}
	return stayed + 1, true, nil
}

// ready refuses parameters out of range, and a number of periods below the least.
func (m contracted) ready(op, field string, periods, least int) error {
	if err := m.check(op); err != nil {
		return err
	}
	if periods >= least {
		return nil
	}
	kind, want := clientele.ErrRange, "0 periods or more"
	if periods < 0 {
		kind = clientele.ErrNegative
	}
	if least == 1 {
		want = "1 period or more"
	}
	return fault.Of(op, field, periods, rule.Want(kind, "%s", want))
}

// payable refuses a rate that is no number from 0 up, and 0 where the mean tenure is
// infinite: S(t) falls as t^-αc.
func (m contracted) payable(op string, rate float64) error {
	if err := m.check(op); err != nil {
		return err
	}
	if err := rule.AtLeastZero(rate, "a rate per period from 0 up, such as 0.01 for 1 %"); err != nil {
		return fault.Of(op, "rate", rate, err)
	}
	if rate == 0 && m.Alpha*m.C <= 1 {
		return fault.Of(op, "rate", rate, rule.Because(ltv.ErrInfinite, "the mean tenure is infinite", "a rate above 0, since alpha times c is not above 1"))
	}
	return nil
}

// finite passes an answer on, if it is a number.
func finite(op string, v float64) (float64, error) { return fault.Finite(op, v, ltv.ErrInaccurate) }
