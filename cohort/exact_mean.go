package cohort

import (
	"math"
	"math/big"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/exact"
	"github.com/clientele-go/clientele/internal/interval"
	"github.com/clientele-go/clientele/internal/rule"
	"github.com/clientele-go/clientele/internal/special"
	"github.com/shopspring/decimal"
)

// pairs are sums over customers of a number x and an amount y of each, with their
// squares and products, all exact: what is computed from them does not depend on the
// order of customers, and no digits cancel.
type pairs struct {
	n, x, xx  int64
	y, yy, xy exact.Sum
}

// add adds a customer; the sums belong to w.
func (p *pairs) add(w *exact.Wide, x int64, y decimal.Decimal) {
	p.n++
	p.x += x
	p.xx += x * x
	if !y.IsZero() {
		w.Add(&p.y, y)
		w.AddProduct(&p.yy, y, y)
		w.AddProduct(&p.xy, y, decimal.New(x, 0))
	}
}

// exactMean is a mean, or a ratio of totals, with its variance.
type exactMean struct {
	value    *big.Rat // nil without anything to take the mean of
	variance *big.Rat // of value; nil where it cannot be measured, or is 0
	df       float64
}

// perCustomer is the mean of y.
func (p *pairs) perCustomer(w *exact.Wide) exactMean {
	n := new(big.Rat).SetInt64(p.n)
	y := w.Decimal(p.y).Rat()
	return linearised(p.n, y, n, w.Decimal(p.yy).Rat(), y, n)
}

// count is the mean of x.
func (p *pairs) count() exactMean {
	n, x := new(big.Rat).SetInt64(p.n), new(big.Rat).SetInt64(p.x)
	return linearised(p.n, x, n, new(big.Rat).SetInt64(p.xx), x, n)
}

// perCount is y per x.
func (p *pairs) perCount(w *exact.Wide) exactMean {
	return linearised(p.n, w.Decimal(p.y).Rat(), new(big.Rat).SetInt64(p.x),
		w.Decimal(p.yy).Rat(), w.Decimal(p.xy).Rat(), new(big.Rat).SetInt64(p.xx))
}

// linearised is the ratio y/x of totals over n customers, given the totals of squares
// and products too. The variance is that of [interval.Ratio], and with x = 1 for
// everybody that of a mean.
func linearised(n int64, y, x, yy, xy, xx *big.Rat) exactMean {
	if x.Sign() == 0 {
		return exactMean{}
	}
	m := exactMean{value: new(big.Rat).Quo(y, x), df: float64(n - 1)}
	if n < 2 {
		return m
	}
	// yy - 2·value·xy + value²·xx
	residual := new(big.Rat).Mul(m.value, xx)
	residual.Sub(residual, xy).Sub(residual, xy).Mul(residual, m.value).Add(residual, yy)
	if residual.Sign() > 0 {
		m.variance = residual.Mul(residual, big.NewRat(n, n-1)).Quo(residual, new(big.Rat).Mul(x, x))
	}
	return m
}

// estimate is the mean with the interval of Student's t.
func (m exactMean) estimate(level float64) clientele.Estimate {
	switch {
	case m.value == nil:
		return clientele.Estimate{}
	case m.variance == nil:
		return interval.Bare(float(m.value))
	}
	return ifFinite(interval.Student(float(m.value), root(m.variance), m.df, level))
}

// compareMeans compares the mean of a group with that of the control, by Welch's interval
// of the difference and Fieller's of the ratio, which rest on one test.
func compareMeans(control, group exactMean, level float64) ComparedValue {
	v := ComparedValue{Value: group.estimate(level), P: 1}
	if group.value == nil || control.value == nil {
		return v
	}
	v.Difference = interval.Bare(float(new(big.Rat).Sub(group.value, control.value)))
	w, ok := newWelch(control, group)
	if stdErr := w.stdErr(); ok && stdErr > 0 {
		v.Difference = ifFinite(interval.Student(v.Difference.Value, stdErr, w.df, level))
		v.P, v.Test = special.StudentTail(v.Difference.Value/stdErr, w.df), WelchTest
	}
	if control.value.Sign() <= 0 || group.value.Sign() <= 0 {
		return v
	}
	ratio := float(new(big.Rat).Quo(group.value, control.value))
	if math.IsInf(ratio, 0) {
		return v
	}
	v.Ratio = interval.Bare(ratio)
	if ok {
		v.Ratio = ifFinite(interval.Fieller(ratio, relative(w.group, group.value), relative(w.control, control.value), w.df, level))
	}
	return v
}

// relative is a variance over the square of a mean that is not 0.
func relative(variance, mean *big.Rat) float64 {
	r := new(big.Rat).Quo(variance, mean)
	return float(r.Quo(r, mean))
}

// welch has the variances of two independent means, and the degrees of freedom of their
// difference.
type welch struct {
	control, group *big.Rat
	df             float64
}

// handful is the number of customers from which the degrees of freedom of Welch and
// Satterthwaite hold: with fewer they are those of the smaller group, which never claim too
// much of normal values (Mickey & Brown, Bounds on the Distribution Functions of the
// Behrens-Fisher Statistic, Annals of Mathematical Statistics 37, 1966).
const handful = 10

// newWelch compares two means. Customers who are all alike do not tell how much others
// differ: they are taken to vary as those of the other mean, with their degrees of freedom. ok
// is false where both are so, or one mean is that of a single customer.
func newWelch(control, group exactMean) (w welch, ok bool) {
	if control.df < 1 || group.df < 1 || control.variance == nil && group.variance == nil {
		return welch{}, false
	}
	w = welch{control.variance, group.variance, min(control.df, group.df)}
	switch {
	case w.control == nil:
		w.control, w.df = group.varianceOf(control.df), group.df
	case w.group == nil:
		w.group, w.df = control.varianceOf(group.df), control.df
	case w.df+1 >= handful:
		sum := new(big.Rat).Add(w.control, w.group)
		p, q := float(new(big.Rat).Quo(w.control, sum)), float(new(big.Rat).Quo(w.group, sum))
		w.df = 1 / (q*q/group.df + p*p/control.df)
	}
	return w, true
}

// varianceOf is the variance of a mean of df+1 customers who vary as m's do.
func (m exactMean) varianceOf(df float64) *big.Rat {
	return new(big.Rat).Mul(m.variance, big.NewRat(int64(m.df)+1, int64(df)+1))
}

// stdErr is that of the difference; 0 of the zero welch.
func (w welch) stdErr() float64 {
	if w.control == nil {
		return 0
	}
	return root(new(big.Rat).Add(w.control, w.group))
}

// ifFinite is e, or only its value if its interval is beyond the range of float64.
func ifFinite(e clientele.Estimate) clientele.Estimate {
	if !rule.IsFinite(e.Hi - e.Lo + e.StdErr) {
		return interval.Bare(e.Value)
	}
	return e
}

// float is the float64 nearest to r.
func float(r *big.Rat) float64 {
	f, _ := r.Float64()
	return f
}

// root is the square root of r, even where r is out of the range of float64.
func root(r *big.Rat) float64 {
	const bits = 80
	f, _ := new(big.Float).SetPrec(bits).SetRat(r).Float64()
	if f == 0 || math.IsInf(f, 0) {
		f, _ = new(big.Float).Sqrt(new(big.Float).SetPrec(bits).SetRat(r)).Float64()
		return f
	}
	return math.Sqrt(f)
}
