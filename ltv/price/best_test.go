package price

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/verify"
	"github.com/clientele-go/clientele/ltv/internal/receipttest"
	"github.com/shopspring/decimal"
)

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
	verify.Near(t, "lower end of the share", best.Share.Lo, 0.6-math.Sqrt(math.Log(40)/20), 1e-14)
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
	// Of 90 and 110 the mean has the standard error 10, and t is tan(0.4 π) at 80 %.
	two := verify.Must(asked("90", "110").Mean(0.8))
	verify.Near(t, "lower end of a mean", two.Lo, 100-10*math.Tan(0.4*math.Pi), 1e-12)
	if n := (*Acceptance)(nil).Len(); n != 0 || a.Len() != 10 {
		t.Errorf("%d answers of no sample, %d of ten", n, a.Len())
	}
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
	verify.Near(t, "highest price", best.Hi, 50.679+11.654, 1e-3)
	verify.Near(t, "least profit", best.Profit.Lo, 24.3256, 1e-3)
	verify.Near(t, "most profit", best.Profit.Hi, 100*math.Pow(1.013581/2, 2), 1e-3)
}

// At a cost of 20 the profit is (p-20)(1-p/100): as above, with 0.8 for 1 and p-20 for p.
func TestBandAboveCosts(t *testing.T) {
	var answers []decimal.Decimal
	for i := range 10_000 {
		answers = append(answers, decimal.New(int64(i+1), -2))
	}
	best := verify.Must(verify.Must(NewAcceptance(answers)).Best(Config{Cost: receipttest.Dec("20")}))
	half := math.Sqrt(math.Log(40) / 20_000)
	floor, middle := math.Pow((0.8-half)/2, 2), (0.8+half)/2
	reach := math.Sqrt(middle*middle - floor)
	verify.Near(t, "least price", best.Lo, 20+100*(middle-reach), 1e-3)
	verify.Near(t, "highest price", best.Hi, 20+100*(middle+reach), 1e-3)
	verify.Near(t, "least profit", best.Profit.Lo, 100*floor, 1e-3)
}

// 5 000 would pay 5 and 5 000 would pay 20. 5 brings 5 at most and cannot be the best, since 20
// brings 20 (0.5 - 0.013581) at least; a price below 20 reaches that with 0.513581 of all.
func TestBandOfTwoPrices(t *testing.T) {
	var answers []decimal.Decimal
	for range 5_000 {
		answers = append(answers, receipttest.Dec("5"), receipttest.Dec("20"))
	}
	best := verify.Must(verify.Must(NewAcceptance(answers)).Best(Config{}))
	half := math.Sqrt(math.Log(40) / 20_000)
	verify.Near(t, "least price", best.Lo, 20*(0.5-half)/(0.5+half), 1e-14)
	if best.Hi != 20 || best.Accepting != 5_000 {
		t.Errorf("%+v", best)
	}
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

// The share who would pay the best price is that of a price picked from the answers: of 30,
// whose willingness to pay is exponential, Wilson's interval held the truth in 83 % of
// samples.
func TestBestShareHoldsThePickedPrice(t *testing.T) {
	rng, held := rand.New(rand.NewPCG(1, 2)), 0
	const samples = 400
	for range samples {
		best := verify.Must(askedOf(30, func() float64 { return 100 * rng.ExpFloat64() }).Best(Config{}))
		held += int(verify.OneIf(best.Share.Contains(math.Exp(-best.Price.InexactFloat64() / 100))))
	}
	if held < samples*95/100 {
		t.Errorf("%d of %d intervals hold the share", held, samples)
	}
}
