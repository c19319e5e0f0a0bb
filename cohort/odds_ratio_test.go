package cohort_test

import (
	"errors"
	"math"
	"math/big"
	"strconv"
	"testing"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/cohort"
	"github.com/clientele-go/clientele/internal/verify"
	"pgregory.net/rapid"
)

// Newcombe, Two-Sided Confidence Intervals for the Single Proportion, Statistics in
// Medicine 17 (1998), table I, method 5.
func TestExactSharePublished(t *testing.T) {
	for _, c := range []struct {
		k, n   int
		lo, hi float64
	}{
		{81, 263, 0.2527, 0.3676},
		{15, 148, 0.0578, 0.1617},
		{0, 20, 0, 0.1684},
		{1, 29, 0.0009, 0.1776},
	} {
		e, err := cohort.ExactShare(c.k, c.n, 0)
		if err != nil || math.Abs(e.Lo-c.lo) > 5e-5 || math.Abs(e.Hi-c.hi) > 5e-5 || e.Value != float64(c.k)/float64(c.n) || e.Level != 0.95 {
			t.Errorf("%d of %d: %+v, %v", c.k, c.n, e, err)
		}
	}
}

// binomialTail is the exact probability of at least k successes of n.
func binomialTail(n, k int, p float64) float64 {
	x, sum := new(big.Rat), new(big.Rat)
	x.SetFloat64(p)
	rest := new(big.Rat).Sub(big.NewRat(1, 1), x)
	for i := k; i <= n; i++ {
		term := new(big.Rat).SetInt(new(big.Int).Binomial(int64(n), int64(i)))
		for range i {
			term.Mul(term, x)
		}
		for range n - i {
			term.Mul(term, rest)
		}
		sum.Add(sum, term)
	}
	tail, _ := sum.Float64()
	return tail
}

// Invariant: at the limits the observed number, or a more extreme one, has half of what
// the level leaves.
func TestExactShareByDefinition(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		n := rapid.IntRange(1, 25).Draw(rt, "n")
		k, level := rapid.IntRange(0, n).Draw(rt, "k"), rapid.Float64Range(0.5, 0.999).Draw(rt, "level")
		e, err := cohort.ExactShare(k, n, level)
		if err != nil || !e.Contains(e.Value) || k == 0 && e.Lo != 0 || k == n && e.Hi != 1 {
			rt.Fatalf("%+v, %v", e, err)
		}
		half := (1 - level) / 2
		if k > 0 && !verify.IsNear(binomialTail(n, k, e.Lo), half, 1e-9) {
			rt.Fatalf("lower limit %v: %v, want %v", e.Lo, binomialTail(n, k, e.Lo), half)
		}
		if k < n && !verify.IsNear(1-binomialTail(n, k+1, e.Hi), half, 1e-9) {
			rt.Fatalf("upper limit %v: %v, want %v", e.Hi, 1-binomialTail(n, k+1, e.Hi), half)
		}
	})
}

// With many customers the exact interval is nearly the normal one.
func TestExactShareOfMany(t *testing.T) {
	for _, n := range []int{1e6, 1e9} {
		e, err := cohort.ExactShare(n/2, n, 0.95)
		if half := 1.959963984540054 * e.StdErr; err != nil || !verify.IsNear(e.Hi-0.5, half, 1e-2) || !verify.IsNear(0.5-e.Lo, half, 1e-2) {
			t.Errorf("%d: %+v, %v", n, e, err)
		}
	}
}

// The tea-tasting lady and Fisher's convicts (The Logic of Inductive Inference, 1935). R's
// fisher.test has 621.93 and 300.68 as upper limits, since its search stops at a tolerance
// of 1e-4: of the lady, P(X = 4) is θ⁴/(1 + 16θ + 36θ² + 16θ³ + θ⁴), which is 0.975 at
// 626.24, and 0.9748 at 621.93.
func TestOddsRatioPublished(t *testing.T) {
	for name, c := range map[string]struct {
		k, n, k0, n0  int
		value, lo, hi float64
	}{
		"tea":      {3, 4, 1, 4, 9, 0.2117329, 621.9337505},
		"convicts": {10, 13, 2, 17, 25, 2.753438, 300.682787},
	} {
		e, err := cohort.OddsRatio(c.k, c.n, c.k0, c.n0, 0)
		if err != nil || !verify.IsNear(e.Value, c.value, 1e-12) || !verify.IsNear(e.Lo, c.lo, 1e-2) || !verify.IsNear(e.Hi, c.hi, 1e-2) {
			t.Errorf("%s: %+v, %v", name, e, err)
		}
	}
}

// hypergeometricTail is the exact probability of at least x of the k in the first group.
func hypergeometricTail(n, n0, k, x int, odds float64) float64 {
	theta, power := new(big.Rat).SetFloat64(odds), big.NewRat(1, 1)
	above, all := new(big.Rat), new(big.Rat)
	for i := 0; i <= min(n, k); i++ {
		if k-i <= n0 {
			ways := new(big.Int).Binomial(int64(n), int64(i))
			term := new(big.Rat).SetInt(ways.Mul(ways, new(big.Int).Binomial(int64(n0), int64(k-i))))
			all.Add(all, term.Mul(term, power))
			if i >= x {
				above.Add(above, term)
			}
		}
		power = new(big.Rat).Mul(power, theta)
	}
	tail, _ := above.Quo(above, all).Float64()
	return tail
}

// Invariant: at the limits the observed table, or a more extreme one, has half of what the
// level leaves, unless the limit is the value itself.
func TestOddsRatioByDefinition(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		n, n0 := rapid.IntRange(1, 20).Draw(rt, "n"), rapid.IntRange(1, 20).Draw(rt, "n0")
		k, k0 := rapid.IntRange(0, n).Draw(rt, "k"), rapid.IntRange(0, n0).Draw(rt, "k0")
		level := rapid.Float64Range(0.5, 0.999).Draw(rt, "level")
		e, err := cohort.OddsRatio(k, n, k0, n0, level)
		if err != nil || e.Level == 0 {
			return
		}
		half := (1 - level) / 2
		if e.Lo > 0 && e.Lo < e.Value {
			if at := hypergeometricTail(n, n0, k+k0, k, e.Lo); !verify.IsNear(at, half, 1e-9) {
				rt.Fatalf("lower limit %v: %v, want %v", e.Lo, at, half)
			}
		}
		if e.Hi > e.Value {
			if at := 1 - hypergeometricTail(n, n0, k+k0, k+1, e.Hi); !verify.IsNear(at, half, 1e-9) {
				rt.Fatalf("upper limit %v: %v, want %v", e.Hi, at, half)
			}
		}
	})
}

// Invariant: exchanging group and control, or those who did and who did not, gives the
// reciprocal; the interval contains the value.
func TestOddsRatioIsReciprocal(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		largest := rapid.SampledFrom([]int{5, 50, 1_000_000}).Draw(rt, "largest")
		n, n0 := rapid.IntRange(1, largest).Draw(rt, "n"), rapid.IntRange(1, largest).Draw(rt, "n0")
		k, k0 := rapid.IntRange(0, n).Draw(rt, "k"), rapid.IntRange(0, n0).Draw(rt, "k0")
		level := rapid.Float64Range(0.5, 0.999).Draw(rt, "level")
		ratio := func(k, n, k0, n0 int) clientele.Estimate {
			e, err := cohort.OddsRatio(k, n, k0, n0, level)
			if err != nil || math.IsNaN(e.Lo) || math.IsInf(e.Hi, 0) || e.Lo > e.Value || e.Hi < e.Value {
				rt.Fatalf("%+v, %v", e, err)
			}
			return e
		}
		e := ratio(k, n, k0, n0)
		if e.Level == 0 != (k0 == 0 || k == n) {
			rt.Fatalf("%+v", e)
		}
		if e.Level == 0 || e.Value == 0 {
			return
		}
		for name, r := range map[string]clientele.Estimate{"groups": ratio(k0, n0, k, n), "outcomes": ratio(n-k, n, n0-k0, n0)} {
			if r.Level == 0 {
				continue // its own odds are infinite
			}
			if !verify.IsNear(r.Value, 1/e.Value, 1e-9) || !verify.IsNear(r.Lo, 1/e.Hi, 1e-6) || e.Lo > 0 && !verify.IsNear(r.Hi, 1/e.Lo, 1e-6) {
				rt.Fatalf("%s: %+v, reciprocal %+v", name, e, r)
			}
		}
	})
}

// 2^31 customers, as an activity can hold, are the most: of none of them who did something
// the upper limit is 1 - 0.025^(1/n), which is -ln 0.025/n, to the digits that a number so near
// to 1 has.
func TestExactShareOfTheMost(t *testing.T) {
	if strconv.IntSize < 64 {
		t.Skip("2^31 is no int")
	}
	most := 1
	most <<= 31
	e, err := cohort.ExactShare(0, most, 0)
	if err != nil || !verify.IsNear(e.Hi, -math.Log(0.025)/float64(most), 0x1p-52*float64(most)) {
		t.Errorf("%+v, %v", e, err)
	}
	_, err = cohort.ExactShare(0, most+1, 0)
	outcomeFault(t, err, -1, "n", clientele.ErrRange)
}

func TestExactRefuses(t *testing.T) {
	share := func(k, n int, level float64) error { _, err := cohort.ExactShare(k, n, level); return err }
	odds := func(k, n, k0, n0 int, level float64) error {
		_, err := cohort.OddsRatio(k, n, k0, n0, level)
		return err
	}
	for name, c := range map[string]struct {
		err  error
		kind error
	}{
		"share, level":       {share(1, 2, 95), clientele.ErrRange},
		"share, nobody":      {share(0, 0, 0), clientele.ErrEmpty},
		"share, negative":    {share(-1, 2, 0), clientele.ErrNegative},
		"share, negative n":  {share(0, -2, 0), clientele.ErrNegative},
		"share, more":        {share(3, 2, 0), clientele.ErrRange},
		"odds, level":        {odds(1, 2, 1, 2, math.NaN()), clientele.ErrRange},
		"odds, more":         {odds(3, 2, 1, 2, 0), clientele.ErrRange},
		"odds, more control": {odds(1, 2, 3, 2, 0), clientele.ErrRange},
		"odds, no control":   {odds(1, 2, 0, 0, 0), clientele.ErrEmpty},
	} {
		if _, ok := errors.AsType[*clientele.InputError](c.err); !ok || !errors.Is(c.err, c.kind) {
			t.Errorf("%s: %v", name, c.err)
		}
	}
}

// Of four customers of each channel, three came back and one.
func TestCompareHasOddsRatio(t *testing.T) {
	var all []clientele.Purchase[int64]
	for i := range int64(8) {
		label := "mail"
		if i < 4 {
			label = "web"
		}
		all = append(all, outcomeBuys(i, 0, "1", label))
		if i < 3 || i == 4 {
			all = append(all, outcomeBuys(i, 1, "1", label))
		}
	}
	c := compareMust(t)(outcomeActivity(t, all...).CompareKeys(cohort.CompareConfig{AsOf: outcomeDay(30), Within: 10}))
	want, err := cohort.OddsRatio(3, 4, 1, 4, 0)
	if web, ok := c.Group("web"); err != nil || !ok || web.RepeatOddsRatio != want || want.Value != 9 {
		t.Errorf("%+v, want %+v, %v", web.RepeatOddsRatio, want, err)
	}
	if control, ok := c.Group("mail"); !ok || control.RepeatOddsRatio != (clientele.Estimate{}) {
		t.Errorf("%+v", control.RepeatOddsRatio)
	}
}
