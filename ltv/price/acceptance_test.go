package price

import (
	"errors"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/verify"
	"github.com/clientele-go/clientele/ltv/internal/receipttest"
	"github.com/shopspring/decimal"
	"pgregory.net/rapid"
)

// asked makes a sample of answers.
func asked(answers ...string) *Acceptance {
	var all []decimal.Decimal
	for _, a := range answers {
		all = append(all, receipttest.Dec(a))
	}
	return verify.Must(NewAcceptance(all))
}

// askedOf draws answers in cents.
func askedOf(n int, draw func() float64) *Acceptance {
	all := make([]decimal.Decimal, n)
	for i := range all {
		all[i] = decimal.New(int64(math.Round(100*draw())), -2)
	}
	return verify.Must(NewAcceptance(all))
}

// Ten people answer 10, 20, 20, 30, 30, 30, 40, 40, 50 and 0: of the prices, with a
// cost of 5,
//
//	price  accept  profit of all
//	10     9       45
//	20     8       120
//	30     6       150
//	40     3       105
//	50     1       45
//
// At a cost of 20, 30 brings 60 and 40 brings 60 too; the lower counts.
func TestBestPrice(t *testing.T) {
	a := asked("30", "10", "40", "20", "30", "50", "20", "30", "40", "0")
	for price, want := range map[string]int64{"0": 10, "0.01": 9, "10": 9, "10.01": 8, "30": 6, "50": 1, "50.01": 0} {
		share := verify.Must(a.At(receipttest.Dec(price), 0))
		if share.Value != float64(want)/10 || share.Level != 0.95 {
			t.Errorf("at %s %v accept, want %d of 10", price, share, want)
		}
	}
	best := verify.Must(a.Best(Config{Cost: receipttest.Dec("5")}))
	verify.Money(t, "best price", best.Price, "30")
	if best.Accepting != 6 || best.Profit.Value != 15 {
		t.Errorf("%+v", best)
	}
	best = verify.Must(a.Best(Config{Cost: receipttest.Dec("20")}))
	verify.Money(t, "best price", best.Price, "30")
	best = verify.Must(a.Best(Config{Cost: receipttest.Dec("20"), Highest: receipttest.Dec("29.90")}))
	verify.Money(t, "best price up to 29.90", best.Price, "29.90")
	if best.Accepting != 6 || best.Hi != 29.9 {
		t.Errorf("%+v", best)
	}

	curve := verify.Must(a.Curve(0))
	if len(curve) != 6 || curve[0].Accepting != 10 || curve[3].Accepting != 6 || !curve[3].Price.Equal(receipttest.Dec("30")) {
		t.Errorf("%+v", curve)
	}
	// The mean of the answers is 27, and Σ(x-27)² is 2010.
	mean := verify.Must(a.Mean(0))
	verify.Near(t, "mean", mean.Value, 27, 1e-15)
	verify.Near(t, "standard error", mean.StdErr, math.Sqrt(2010.0/9/10), 1e-14)
	if one := verify.Must(asked("7").Mean(0)); one != (clientele.Estimate{Value: 7, Lo: 7, Hi: 7}) {
		t.Errorf("%+v", one)
	}
}

// With 10 000 answers spread evenly from 0 to 100, half the band is
// √(ln 40/20 000) = 0.013581; at no cost the floor is max p(1-p/100-0.013581) =
// 100·(0.986419/2)² = 24.3256, and prices with p(1-p/100+0.013581) ≥ 24.3256 are
// those within 100·√((1.013581/2)² - 0.243256) = 11.6540 of 50.679.
func TestBandOfTheBestPrice(t *testing.T) {
	var answers []decimal.Decimal
	for i := range 10_000 {
		answers = append(answers, decimal.New(int64(i+1), -2))
	}
	best := verify.Must(verify.Must(NewAcceptance(answers)).Best(Config{}))
	verify.Near(t, "best price", best.Price.InexactFloat64(), 50, 3e-4)
	verify.Near(t, "least price", best.Lo, 50.679-11.654, 1e-3)
	verify.Near(t, "dearest price", best.Hi, 50.679+11.654, 1e-3)
	verify.Near(t, "least profit", best.Profit.Lo, 24.3256, 1e-3)
	verify.Near(t, "most profit", best.Profit.Hi, 100*math.Pow(1.013581/2, 2), 1e-3)
}

// The optimum of a known curve is found, and its interval holds it at least as often
// as it says: (100+c)/2 where answers are even from 0 to 100, c plus the mean where
// they are exponential.
func TestKnownCurves(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	for name, c := range map[string]struct {
		draw       func() float64
		cost, want float64
		profit     float64 // (want - cost) times the share that pays want
	}{
		"even":        {func() float64 { return 100 * rng.Float64() }, 20, 60, 40 * 0.4},
		"exponential": {func() float64 { return 30 * rng.ExpFloat64() }, 10, 40, 30 * math.Exp(-4.0/3)},
	} {
		cost := decimal.NewFromFloat(c.cost)
		large := verify.Must(askedOf(100_000, c.draw).Best(Config{Cost: cost}))
		if got := large.Price.InexactFloat64(); math.Abs(got-c.want) > 3 || large.Hi-large.Lo > 20 {
			t.Errorf("%s: best price %v between %v and %v, want %v", name, got, large.Lo, large.Hi, c.want)
		}
		const runs, level = 300, 0.8
		prices, profits := 0, 0
		for range runs {
			best := verify.Must(askedOf(150, c.draw).Best(Config{Cost: cost, Highest: decimal.New(500, 0), Level: level}))
			prices += verify.OneIf(best.Lo <= c.want && c.want <= best.Hi)
			profits += verify.OneIf(best.Profit.Contains(c.profit))
		}
		if prices < level*runs || profits < level*runs {
			t.Errorf("%s: of %d intervals of level %v, %d hold the price and %d the profit", name, runs, level, prices, profits)
		}
	}
}

// A known curve of acceptance is recovered: everywhere within the band that holds it
// with probability 0.999, and at single prices by Wilson's interval as often as it
// says.
func TestKnownCurveIsRecovered(t *testing.T) {
	rng := rand.New(rand.NewPCG(5, 6))
	for name, c := range map[string]struct {
		draw  func() float64
		curve func(price float64) float64
	}{
		"even":        {func() float64 { return 100 * rng.Float64() }, func(p float64) float64 { return max(0, 1-p/100) }},
		"exponential": {func() float64 { return 30 * rng.ExpFloat64() }, func(p float64) float64 { return math.Exp(-p / 30) }},
	} {
		const n = 20_000
		large := askedOf(n, c.draw)
		half := math.Sqrt(math.Log(2/0.001) / (2 * n))
		for price := range int64(121) {
			got := verify.Must(large.At(decimal.New(price, 0), 0)).Value
			if want := c.curve(float64(price)); math.Abs(got-want) > half+0.005/30 { // answers are rounded to cents
				t.Errorf("%s: %v would pay %d, want %v", name, got, price, want)
			}
		}
		const runs, level = 400, 0.9
		held := make(map[int64]int)
		for range runs {
			a := askedOf(300, c.draw)
			for _, price := range []int64{10, 40, 70} {
				held[price] += verify.OneIf(verify.Must(a.At(decimal.New(price, 0), level)).Contains(c.curve(float64(price))))
			}
		}
		for price, n := range held {
			if share := float64(n) / runs; math.Abs(share-level) > 4*math.Sqrt(level*(1-level)/runs) {
				t.Errorf("%s: %v of the intervals hold the share that would pay %d", name, share, price)
			}
		}
	}
}

// Two samples whose numbers are worked out: 1, 2, 3 and 2, 4, 6, 8. The means are 2
// and 5, the variances 1 and 20/3, so the standard error is √(1/3 + 5/3) and the
// degrees of freedom are 2²/((1/3)²/2 + (5/3)²/3). Of the 12 pairs 10 are up and 1
// (2, 2) is equal: a superiority of 10.5/12. The placements of the first are 0, 1/8
// and 1/4, those of the second 1/2, 1, 1, 1: variances 1/64 and 1/16.
func TestCompareAcceptance(t *testing.T) {
	d := verify.Must(Compare(asked("3", "1", "2"), asked("8", "2", "4", "6"), 0.9))
	verify.Near(t, "difference", d.Mean.Value, 3, 1e-15)
	verify.Near(t, "standard error", d.Mean.StdErr, math.Sqrt2, 1e-14)
	df := 4 / (1.0/9/2 + 25.0/9/3)
	verify.Near(t, "interval", (d.Mean.Hi-d.Mean.Value)/d.Mean.StdErr, studentQuantileByBisection(0.95, df), 1e-9)
	verify.Near(t, "superiority", d.Superiority.Value, 10.5/12, 1e-15)
	verify.Near(t, "its standard error", d.Superiority.StdErr, math.Sqrt(1.0/64/3+1.0/16/4), 1e-14)
	if !(d.Superiority.Lo > 0 && d.Superiority.Hi < 1 && d.Superiority.Lo < 0.875 && d.Superiority.Hi > 0.875) {
		t.Errorf("%+v", d.Superiority)
	}

	apart := verify.Must(Compare(asked("1", "2"), asked("3", "4"), 0))
	if apart.Superiority != (clientele.Estimate{Value: 1, Lo: 1, Hi: 1}) || apart.SuperiorityP != 0 {
		t.Errorf("%+v", apart)
	}
}

// studentQuantileByBisection integrates the density of Student's t by Simpson's rule.
func studentQuantileByBisection(p, df float64) float64 {
	a, _ := math.Lgamma((df + 1) / 2)
	b, _ := math.Lgamma(df / 2)
	c := math.Exp(a-b) / math.Sqrt(df*math.Pi)
	density := func(t float64) float64 { return c * math.Pow(1+t*t/df, -(df+1)/2) }
	below := func(x float64) float64 {
		const n = 2000
		sum := density(0) + density(x)
		for i := 1; i < n; i++ {
			sum += float64(2+2*(i%2)) * density(x*float64(i)/n)
		}
		return 0.5 + sum*x/n/3
	}
	lo, hi := 0.0, 100.0
	for range 80 {
		if mid := (lo + hi) / 2; below(mid) < p {
			lo = mid
		} else {
			hi = mid
		}
	}
	return lo
}

// An A/A pair is quiet as often as the level says and no effect is above the noise
// more often than that; information worth half a standard deviation is seen.
func TestEffectOfInformation(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 4))
	draw := func(mean float64) func() float64 {
		return func() float64 { return max(0, mean+20*rng.NormFloat64()) }
	}
	const runs, level = 400, 0.9
	quiet, false0, seen := 0, 0, 0
	for range runs {
		plain, again := askedOf(120, draw(100)), askedOf(120, draw(100))
		none := verify.Must(EffectOfInformation(plain, again, askedOf(120, draw(100)), level))
		some := verify.Must(EffectOfInformation(plain, again, askedOf(120, draw(110)), level))
		quiet += verify.OneIf(none.Quiet)
		false0 += verify.OneIf(none.AboveNoise)
		seen += verify.OneIf(some.AboveNoise)
	}
	if share := float64(quiet) / runs; math.Abs(share-level) > 4*math.Sqrt(level*(1-level)/runs) {
		t.Errorf("quiet in %v of the pairs", share)
	}
	if false0 > runs*(1-level) || seen < 0.9*runs {
		t.Errorf("of %d, %d without effect are above the noise and %d with one", runs, false0, seen)
	}
}

// Money so small or so large that its powers are no float64 has finite statistics.
func TestCompareExtremeAnswers(t *testing.T) {
	plain := verify.Must(Compare(asked("1", "2", "3"), asked("2", "4", "6"), 0))
	for _, scale := range []string{"1e-95", "1e90"} {
		scaled := func(answers ...string) *Acceptance {
			var all []decimal.Decimal
			for _, a := range answers {
				all = append(all, receipttest.Dec(a).Mul(receipttest.Dec(scale)))
			}
			return verify.Must(NewAcceptance(all))
		}
		d := verify.Must(Compare(scaled("1", "2", "3"), scaled("2", "4", "6"), 0))
		verify.Near(t, "probability at "+scale, d.P, plain.P, 1e-12)
		verify.Near(t, "upper end at "+scale, d.Mean.Hi/receipttest.Dec(scale).InexactFloat64(), plain.Mean.Hi, 1e-12)
		verify.Near(t, "superiority at "+scale, d.Superiority.Hi, plain.Superiority.Hi, 1e-12)
	}
}

// Faults have their own errors.
func TestAcceptanceRefuses(t *testing.T) {
	_, err := NewAcceptance([]decimal.Decimal{receipttest.Dec("1"), receipttest.Dec("-0.01")})
	if in, ok := errors.AsType[*clientele.InputError](err); !ok || in.Index != 1 || !errors.Is(err, clientele.ErrNegative) {
		t.Error(err)
	}
	a, same := asked("1", "5"), asked("5", "5")
	for name, c := range map[string]struct {
		err  error
		want error
	}{
		"no answers":         {verify.Second(NewAcceptance(nil)), clientele.ErrEmpty},
		"strange answer":     {verify.Second(NewAcceptance([]decimal.Decimal{receipttest.Dec("1e200")})), clientele.ErrAmountRange},
		"enormous answer":    {verify.Second(NewAcceptance([]decimal.Decimal{receipttest.Dec("1e90"), receipttest.Dec("1e90").Mul(receipttest.Dec("1e10"))})), clientele.ErrRange},
		"no sample at":       {verify.Second(new(Acceptance).At(receipttest.Dec("1"), 0)), clientele.ErrEmpty},
		"no sample's curve":  {verify.Second(new(Acceptance).Curve(0)), clientele.ErrEmpty},
		"no sample's mean":   {verify.Second(new(Acceptance).Mean(0)), clientele.ErrEmpty},
		"no sample's best":   {verify.Second(new(Acceptance).Best(Config{})), clientele.ErrEmpty},
		"a nil sample":       {verify.Second((*Acceptance)(nil).At(receipttest.Dec("1"), 0)), clientele.ErrMissing},
		"alike as floats":    {verify.Second(Compare(asked("1", "1.00000000000000000001"), asked("1", "1"), 0)), clientele.ErrRange},
		"negative price":     {verify.Second(a.At(receipttest.Dec("-1"), 0)), clientele.ErrNegative},
		"level at":           {verify.Second(a.At(receipttest.Dec("1"), 2)), clientele.ErrRange},
		"level of a curve":   {verify.Second(a.Curve(-1)), clientele.ErrRange},
		"level of a mean":    {verify.Second(a.Mean(1)), clientele.ErrRange},
		"nobody pays":        {verify.Second(a.Best(Config{Cost: receipttest.Dec("5")})), clientele.ErrRange},
		"nobody pays at 9":   {verify.Second(a.Best(Config{Cost: receipttest.Dec("9")})), clientele.ErrRange},
		"one answer":         {verify.Second(Compare(a, asked("5"), 0)), clientele.ErrEmpty},
		"nil":                {verify.Second(Compare(nil, a, 0)), clientele.ErrMissing},
		"no spread at 0.1":   {verify.Second(Compare(asked("0.1", "0.1", "0.1"), asked("0.7", "0.7", "0.7", "0.7", "0.7", "0.7"), 0)), clientele.ErrRange},
		"no spread":          {verify.Second(Compare(same, same, 0)), clientele.ErrRange},
		"one informed":       {verify.Second(EffectOfInformation(a, a, asked("5"), 0)), clientele.ErrEmpty},
		"level of compare":   {verify.Second(Compare(a, a, 1)), clientele.ErrRange},
		"level of an effect": {verify.Second(EffectOfInformation(a, a, a, 1)), clientele.ErrRange},
	} {
		if !errors.Is(c.err, c.want) {
			t.Errorf("%s: %v", name, c.err)
		}
	}
	_, err = a.Best(Config{Cost: receipttest.Dec("-1"), Highest: receipttest.Dec("-2"), Level: 3})
	verify.ConfigError(t, err, "price.Acceptance.Best", "Cost", "Highest", "Level")
	_, err = a.Best(Config{Cost: receipttest.Dec("3"), Highest: receipttest.Dec("3")})
	verify.ConfigError(t, err, "price.Acceptance.Best", "Highest")
}

// Invariants: fewer accept a dearer price; the order of answers means nothing; money
// in cents has the same best price; no other price earns more; the best price of a
// sample is within its interval and a higher cost never lowers it.
func TestAcceptanceLaws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		units := rapid.SliceOfN(rapid.Int64Range(0, 60), 1, 30).Draw(t, "answers")
		cost := rapid.Int64Range(0, 40).Draw(t, "cost")
		at := func(units []int64, exponent int32) *Acceptance {
			var all []decimal.Decimal
			for _, u := range units {
				all = append(all, decimal.New(u, exponent))
			}
			return verify.Must(NewAcceptance(all))
		}
		a := at(units, 0)
		curve := verify.Must(a.Curve(0))
		for i := 1; i < len(curve); i++ {
			if curve[i].Accepting >= curve[i-1].Accepting || curve[0].Accepting != len(units) {
				t.Fatal(curve)
			}
		}
		best, err := a.Best(Config{Cost: decimal.New(cost, 0)})
		if slices.Max(units) <= cost {
			if !errors.Is(err, clientele.ErrRange) {
				t.Fatal(err)
			}
			return
		}
		mixed := at(rapid.Permutation(units).Draw(t, "mixed"), -2)
		if cents := verify.Must(mixed.Best(Config{Cost: decimal.New(cost, -2)})); !cents.Price.Shift(2).Equal(best.Price) || cents.Accepting != best.Accepting {
			t.Fatalf("%+v, in cents %+v", best, cents)
		}
		earned := best.Price.Sub(decimal.New(cost, 0)).Mul(decimal.New(int64(best.Accepting), 0))
		for _, p := range curve {
			if other := p.Price.Sub(decimal.New(cost, 0)).Mul(decimal.New(int64(p.Accepting), 0)); other.GreaterThan(earned) {
				t.Fatalf("%s earns %s, the best price %s", p.Price, other, earned)
			}
		}
		if p := best.Price.InexactFloat64(); p < best.Lo || p > best.Hi || !best.Profit.Contains(best.Profit.Value) {
			t.Fatalf("%+v", best)
		}
		if dearer, err := a.Best(Config{Cost: decimal.New(cost+1, 0)}); err == nil && dearer.Price.LessThan(best.Price) {
			t.Fatalf("at a cost of %d the best price is %s, at %d it is %s", cost, best.Price, cost+1, dearer.Price)
		}
	})
}

// Invariant: comparing the other way round gives the opposite.
func TestComparisonsAreAntisymmetric(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		sample := func(label string) *Acceptance {
			answers := rapid.SliceOfN(rapid.StringMatching(`[0-9]{1,2}`), 2, 12).Draw(t, label)
			return asked(answers...)
		}
		a, b := sample("a"), sample("b")
		there, err := Compare(a, b, 0)
		if err != nil {
			return
		}
		back := verify.Must(Compare(b, a, 0))
		close := func(x, y float64) bool { return math.Abs(x-y) <= 1e-9*(1+math.Abs(x)) }
		for _, same := range []bool{
			close(there.Mean.Value, -back.Mean.Value), close(there.Mean.Lo, -back.Mean.Hi), close(there.P, back.P),
			close(there.Superiority.Value, 1-back.Superiority.Value), close(there.Superiority.Lo, 1-back.Superiority.Hi),
			close(there.SuperiorityP, back.SuperiorityP),
		} {
			if !same {
				t.Fatalf("%+v, back %+v", there, back)
			}
		}
	})
}
