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
		"one informed":       {verify.Second(EffectOfInformation([]*Acceptance{a, a}, asked("5"), 0)), clientele.ErrEmpty},
		"level of compare":   {verify.Second(Compare(a, a, 1)), clientele.ErrRange},
		"level of an effect": {verify.Second(EffectOfInformation([]*Acceptance{a, a}, a, 1)), clientele.ErrRange},
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

// Invariants: fewer accept a higher price; the order of answers means nothing; money
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
		if other, err := a.Best(Config{Cost: decimal.New(cost+1, 0)}); err == nil && other.Price.LessThan(best.Price) {
			t.Fatalf("at a cost of %d the best price is %s, at %d it is %s", cost, best.Price, cost+1, other.Price)
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
