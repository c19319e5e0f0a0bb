package interval

import (
	"math"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/rule"
	"github.com/clientele-go/clientele/internal/special"
)

// Ratio estimates a ratio of totals, Σy/Σx, over independent units such as
// customers, each with several purchases: a share of their purchases, a mean per
// purchase. The zero Ratio is empty. Its variance is linearised: Cochran, Sampling
// Techniques (3rd ed. 1977), section 6.4 with n/(n-1) and without the correction
// for finite populations.
type Ratio struct {
	n                int64
	y, x, yy, xy, xx float64
}

// RatioOf returns the ratio of n units of which only totals are known: of y, x, y², xy and x².
func RatioOf(n int64, y, x, yy, xy, xx float64) *Ratio { return &Ratio{n, y, x, yy, xy, xx} }

// Add adds a unit.
func (r *Ratio) Add(y, x float64) {
	r.n++
	r.y += y
	r.x += x
	r.yy += y * y
	r.xy += x * y
	r.xx += x * x
}

// Estimate returns the ratio with the interval of Student's t; ok is false without units,
// where Σx is 0, and where the ratio is no float64. The uncertainty of one unit alone
// cannot be estimated, and neither can that of totals whose squares are no float64: the
// interval then has level 0.
func (r *Ratio) Estimate(level float64) (e clientele.Estimate, ok bool) {
	value := r.y / r.x // not finite without units, and where Σx is 0
	if !rule.IsFinite(value) {
		return clientele.Estimate{}, false
	}
	cross, square := value*r.xy, value*value*r.xx
	residual := r.yy - 2*cross + square
	rounding := 0x1p-50 * float64(r.n) * (r.yy + 2*math.Abs(cross) + square)
	if r.n == 1 || !rule.IsFinite(residual) || residual <= rounding {
		return Bare(value), true
	}
	n := float64(r.n)
	return Student(value, math.Sqrt(residual*n/(n-1))/math.Abs(r.x), n-1, level), true
}

// EstimateRate is Estimate where y counts events in the time x, with another interval:
// Student's would hold the rate too seldom where few units make most of the events, which a
// handful rarely has. On each side the interval is the wider of two. The one inverts the score
// test of a rate whose variance is that of Poisson times the dispersion of the units, at least
// 1 (McCullagh & Nelder, Generalized Linear Models, 2nd ed. 1989, section 6.2), with Student's
// t: the rates μ at which (y/x - μ)² = t² φ μ/x. The other is the exact one of a Poisson rate:
// Garwood, Fiducial Limits for the Poisson Distribution, Biometrika 28 (1936). Without any
// event it is that alone. Like Estimate it has level 0 of one unit with events, and of units
// who are all alike.
func (r *Ratio) EstimateRate(level float64) (e clientele.Estimate, ok bool) {
	if r.y == 0 && r.x > 0 {
		return clientele.Estimate{Hi: -math.Log((1-level)/2) / r.x, Level: level}, true
	}
	e, ok = r.Estimate(level)
	if !ok || e.Level == 0 {
		return e, ok
	}
	dispersion := max(1, e.StdErr*e.StdErr*r.x/e.Value)
	t := special.StudentQuantile((1+level)/2, float64(r.n-1))
	half := t * t * dispersion / r.x / 2
	root := math.Sqrt(half * (2*e.Value + half))
	lo, hi := poissonLimits(r.y, (1-level)/2)
	e.Lo, e.Hi = min(e.Value*(e.Value/(e.Value+half+root)), lo/r.x), max(e.Value+half+root, hi/r.x)
	if !rule.IsFinite(e.Hi) {
		return Bare(e.Value), true
	}
	return e, true
}

// poissonLimits are those of [garwood]. Of more than a million events, where they lie half an
// event beyond those of the score test, they are not computed.
func poissonLimits(events, tail float64) (lo, hi float64) {
	const many = 1e6
	if events > many {
		return events, events
	}
	return garwood(events, tail)
}
