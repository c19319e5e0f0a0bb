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

// relative is the variance of the logarithm of a positive mean.
func (m exactMean) relative() *big.Rat {
	if m.variance == nil {
		return nil
	}
	r := new(big.Rat).Quo(m.variance, m.value)
	return r.Quo(r, m.value)
}

// compareMeans compares the mean of a group with that of the control: by Welch's
// interval of the difference, and that of the logarithm of the ratio by the delta
// method.
func compareMeans(control, group exactMean, level float64) ComparedValue {
	v := ComparedValue{Value: group.estimate(level), P: 1}
	if group.value == nil || control.value == nil {
		return v
	}
	v.Difference = interval.Bare(float(new(big.Rat).Sub(group.value, control.value)))
	if stdErr, df, ok := satterthwaite(control.variance, control.df, group.variance, group.df); ok && stdErr > 0 {
		v.Difference = ifFinite(interval.Student(v.Difference.Value, stdErr, df, level))
		v.P, v.Test = special.StudentTail(v.Difference.Value/stdErr, df), WelchTest
	}
	if control.value.Sign() <= 0 || group.value.Sign() < 0 {
		return v
	}
	ratio := float(new(big.Rat).Quo(group.value, control.value))
	if math.IsInf(ratio, 0) {
		return v
	}
	v.Ratio = interval.Bare(ratio)
	if group.value.Sign() == 0 {
		return v
	}
	if stdErr, df, ok := satterthwaite(control.relative(), control.df, group.relative(), group.df); ok {
		v.Ratio = ifFinite(interval.LogStudent(ratio, stdErr, df, level))
	}
	return v
}

// satterthwaite is the standard error of a sum or difference of two independent
// estimates, and its degrees of freedom by Welch and Satterthwaite. A variance is nil
// where it is 0 or cannot be measured; ok is false where both are, or one estimate is
// that of a single customer.
func satterthwaite(first *big.Rat, firstDF float64, second *big.Rat, secondDF float64) (stdErr, df float64, ok bool) {
	if firstDF < 1 || secondDF < 1 || first == nil && second == nil {
		return 0, 0, false
	}
	zero := new(big.Rat)
	if first == nil {
		first = zero
	}
	if second == nil {
		second = zero
	}
	sum := new(big.Rat).Add(first, second)
	p, q := float(new(big.Rat).Quo(first, sum)), float(new(big.Rat).Quo(second, sum))
	return root(sum), 1 / (q*q/secondDF + p*p/firstDF), true
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
