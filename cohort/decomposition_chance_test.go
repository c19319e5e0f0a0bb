package cohort

import (
	"math"
	"testing"

	"github.com/shopspring/decimal"
)

// buyer is a customer of a group with a number of units and a total.
type buyer struct {
	group        int
	units, total float64
}

// sampledBuyers are two groups of buyers, of which the second has one unit in all, and a
// third without any.
var (
	sampledBuyers = []buyer{{0, 2, 10}, {0, 1, 2}, {0, 3, 15}, {1, 1, 8}, {1, 0, 1}}
	sampledKeys   = []string{"a", "b", "c"}
)

// sampledSums are n, Σ u, Σ y, Σ u², Σ uy and the value of each group.
type sampledSums struct{ n, u, y, uu, uy, value float64 }

func sumsOf(buyers []buyer) (all sampledSums, groups [3]sampledSums) {
	for _, b := range buyers {
		for _, s := range []*sampledSums{&all, &groups[b.group]} {
			s.n, s.u, s.y, s.uu, s.uy = s.n+1, s.u+b.units, s.y+b.total, s.uu+b.units*b.units, s.uy+b.units*b.total
			s.value = s.y / s.u
		}
	}
	return all, groups
}

// sampledVariance is the variance of a number by the delta method: Σ i² over customers, where
// i is how the number moves with a customer. i has two parts: units times moved[g], and what
// the customer pays above the value of the group, times owned[g]. Squares of the second are
// times n/(n-1) of the group, all others times n/(n-1) of the period.
func sampledVariance(buyers []buyer, moved, owned [3]float64) (v float64) {
	all, groups := sumsOf(buyers)
	for _, b := range buyers {
		g := groups[b.group]
		x, y := b.units*moved[b.group], (b.total-g.value*b.units)*owned[b.group]
		v += (x*x+2*x*y)*all.n/(all.n-1) + y*y*g.n/(g.n-1)
	}
	return v
}

func sampledPeriodOf(t *testing.T, buyers []buyer) *sampledPeriod {
	t.Helper()
	_, groups := sumsOf(buyers)
	var parts []Part
	for i, g := range groups {
		if g.n == 0 {
			continue
		}
		var owned [3]float64
		owned[i] = 1 / g.u
		parts = append(parts, Part{
			Key: sampledKeys[i], Customers: int(g.n), Total: decimal.NewFromFloat(g.y), Units: int(g.u),
			UnitSquares: int(g.uu), UnitTotals: decimal.NewFromFloat(g.uy),
			StdErr: math.Sqrt(sampledVariance(buyers, [3]float64{}, owned)),
		})
	}
	set, err := newPartSet("", "", parts)
	if err != nil {
		t.Fatal(err)
	}
	return set.sampled(sampledKeys, 0.95)
}

// A customer of u units who pays r above the value of group g moves the share of g by
// u(1 - share)/U, all other shares by -u·share/U, the value of g by r/Ug, and that of all by
// (r + u(value of g - value of all))/U.
func TestSampledGroupByCustomers(t *testing.T) {
	d := sampledPeriodOf(t, sampledBuyers)
	all, groups := sumsOf(sampledBuyers)
	for _, m := range []moves{{share: 1}, {value: 1}, {all: 1}, {share: 2, value: -3}, {value: 4, all: -0.5}, {share: 2, value: -3, all: 5}} {
		for i := range sampledKeys {
			var moved, owned [3]float64
			for g, s := range groups {
				moved[g] = (-m.share*groups[i].u/all.u + m.all*(s.value-all.value)) / all.u
				owned[g] = m.all / all.u
			}
			moved[i] += m.share / all.u
			if groups[i].n > 0 {
				owned[i] += m.value / groups[i].u
			}
			want := sampledVariance(sampledBuyers, moved, owned)
			if got := d.of(i, m).together().variance; !(math.Abs(got-want) <= 1e-12*want) {
				t.Errorf("%s %+v: variance %v, want %v", sampledKeys[i], m, got, want)
			}
		}
	}
}

// A sum over groups moves with a customer of g by u(share of g - mean of shares)/U and by
// r/Ug times its move with the value of g.
func TestSampledSumByCustomers(t *testing.T) {
	d := sampledPeriodOf(t, sampledBuyers)
	all, groups := sumsOf(sampledBuyers)
	for _, m := range [][3]moves{
		{{share: 1}, {share: -1}, {share: 7}},
		{{value: 2}, {value: 3}, {value: 5}},
		{{share: 1, value: 2}, {share: 4, value: -3}, {share: 2, value: 5}},
	} {
		mean := 0.0
		for g, s := range groups {
			mean += m[g].share * s.u / all.u
		}
		var moved, owned [3]float64
		for g, s := range groups {
			if s.n > 0 {
				moved[g], owned[g] = (m[g].share-mean)/all.u, m[g].value/s.u
			}
		}
		want := sampledVariance(sampledBuyers, moved, owned)
		closeTo(t, "variance", d.sum(func(i int) moves { return m[i] }).together().variance, want, 1e-12)
	}
}

// What remains of terms that cancel is 0 up to 2^-40 of their size, whatever their size.
func TestTermsThatCancel(t *testing.T) {
	const large = 1 << 20
	for name, c := range map[string]struct {
		terms terms
		want  float64
	}{
		"rounding":             {terms{{1 + 0x1p-50, 1}, {-1, -1}}, 0},
		"rounding of large":    {terms{{large + 0x1p-25, 1}, {-large, -1}}, 0},
		"exactly at the bound": {terms{{1 + 0x1p-40, 1}, {-1 + 0x1p-40, -1}}, 0},
		"more than rounding":   {terms{{1 + 0x1p-38, 1}, {-1, -1}}, 0x1p-38},
		"small, none cancels":  {terms{{0x1p-50, 1}, {0x1p-50, 1}}, 0x1p-49},
		"below 0":              {terms{{1, 1}, {-2, -1}}, 0},
	} {
		if got := c.terms.together().variance; got != c.want {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
	}
}

// A variance has the quantile of Student's t, whatever its size; what is below 0 takes away by
// the smaller of that and the normal quantile, 1.959963984540054 at 0.975.
func TestWidthOfTerms(t *testing.T) {
	const z = 1.959963984540054
	for _, c := range []struct{ variance, t, want float64 }{{4, 3, 36}, {0.25, 3, 2.25}, {0, 3, 0}, {-0.25, 3, -0.25 * z * z}, {-4, 1, -4}} {
		if got := newChance(0.95).of(c.variance, c.t); got.variance != c.variance || !(math.Abs(got.wide-c.want) <= 1e-12*math.Abs(c.want)) {
			t.Errorf("%+v: %+v", c, got)
		}
	}
}
