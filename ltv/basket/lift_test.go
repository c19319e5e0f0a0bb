package basket

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/interval"
	"github.com/clientele-go/clientele/internal/shop"
	"github.com/clientele-go/clientele/internal/verify"
	"github.com/clientele-go/clientele/ltv/internal/receipttest"
)

// The variance is the textbook formula of [Pair].Lift, and for independent items it
// is (1-p_a)(1-p_b)/(p_a p_b).
func TestLiftVariance(t *testing.T) {
	for _, c := range [][3]float64{{0.05, 0.1, 0.3}, {0.3, 0.4, 0.5}, {0.001, 0.002, 0.4}, {0.25, 0.25, 0.25}, {0.2, 0.6, 0.6}} {
		both, a, b := c[0], c[1], c[2]
		verify.Near(t, "variance", liftVariance(both, a, b), 1/both-1/a-1/b+2*both/(a*b)-1, 1e-12)
		verify.Near(t, "variance of independent items", liftVariance(a*b, a, b), (1-a)*(1-b)/(a*b), 1e-12)
	}
}

// lifts draws samples of n receipts with the shares of both items and of each, and
// hands on the lift of each.
func lifts(samples, n int, both, a, b float64, each func(clientele.Estimate)) {
	rng := rand.New(rand.NewPCG(uint64(n), 7))
	for range samples {
		var k, ofA, ofB int
		for range n {
			switch u := rng.Float64(); {
			case u < both:
				k, ofA, ofB = k+1, ofA+1, ofB+1
			case u < a:
				ofA++
			case u < a+b-both:
				ofB++
			}
		}
		each(newPair("a", "b", k, ofA, ofB, n, 0.95).Lift)
	}
}

func TestLiftStandardError(t *testing.T) {
	const samples = 2000
	for _, c := range [][3]float64{{0.06, 0.3, 0.2}, {0.15, 0.25, 0.2}, {0.08, 0.4, 0.2}} {
		checkSpread(t, c, samples, func(each func(clientele.Estimate)) { lifts(samples, 2000, c[0], c[1], c[2], each) })
	}
}

// The interval holds the truth as often as it says, give or take two in a hundred,
// also for items that are rare or nearly always together, and of handfuls more often. The normal interval of the
// delta method holds it in seven of ten samples of the third and fourth case.
func TestLiftIntervalCovers(t *testing.T) {
	const samples = 3000
	for _, c := range []struct {
		n          int
		both, a, b float64
		atMost     float64
	}{
		{500, 0.06, 0.3, 0.2, 0.98},
		{500, 0.15, 0.25, 0.2, 0.98},
		{1000, 0.0095, 0.5, 0.01, 0.98},
		{2000, 0.0024, 0.1, 0.003, 0.99},
		{500, 0.015, 0.3, 0.02, 0.98},
		{1000, 0.0199, 0.02, 0.02, 0.98},
	} {
		truth, covered := c.both/(c.a*c.b), 0.0
		lifts(samples, c.n, c.both, c.a, c.b, func(e clientele.Estimate) {
			if e.Level == 0 || e.Contains(truth) { // none of the rarer item: nothing is claimed
				covered++
			}
		})
		if share := covered / samples; share < 0.93 || share > c.atMost {
			t.Errorf("%+v: %.3f of the intervals hold the truth", c, share)
		}
	}
}

// Of two items that are independent at most one lift in twenty is claimed to be above 1,
// however rare they are. With Wilson's limit alone nine in a hundred were, nearly all of pairs
// that were seen together once.
func TestLiftClaimsOfHandfuls(t *testing.T) {
	const samples = 1500
	for _, c := range []struct {
		n    int
		a, b float64
	}{{100, 0.01, 0.01}, {100, 0.02, 0.1}, {100, 0.05, 0.05}, {100, 0.05, 0.3}, {1000, 0.01, 0.01}} {
		claimed := 0
		lifts(samples, c.n, c.a*c.b, c.a, c.b, func(e clientele.Estimate) { claimed += verify.OneIf(e.Lo > 1) })
		if claimed > samples/20 {
			t.Errorf("%+v: %d of %d are claimed", c, claimed, samples)
		}
	}
}

// With many receipts the interval is the normal one of the delta method.
func TestLiftIntervalOfManyReceipts(t *testing.T) {
	for _, c := range [][3]int{{60_000, 300_000, 200_000}, {150_000, 250_000, 200_000}, {30_000, 200_000, 300_000}} {
		got := newPair("a", "b", c[0], c[1], c[2], 1_000_000, 0.95).Lift
		want := interval.LogStudent(got.Value, got.StdErr/got.Value, 1e18, 0.95)
		verify.Near(t, "lower distance", math.Log(got.Value/got.Lo), math.Log(want.Value/want.Lo), 0.01)
		verify.Near(t, "upper distance", math.Log(got.Hi/got.Value), math.Log(want.Hi/want.Value), 0.01)
	}
}

// A pair that one channel's customers buy together is found there and not elsewhere,
// and nowhere where it is not planted.
func TestPlantedBundleIsFound(t *testing.T) {
	planted := shop.Default().Bundle
	for _, share := range []float64{planted.Share, planted.Base} {
		receipts := receipttest.Shop(t, func(c *shop.Config) { c.Customers, c.Bundle.Share = 4000, share }, 3)
		b := basketsOf(t, ByProduct, receipts...)
		_, rows, err := b.Pair(planted.Product, planted.With, 0.99)
		if err != nil {
			t.Fatal(err)
		}
		for _, row := range rows {
			want := planted.Base
			if row.Segment == planted.Channel {
				want = share
			}
			if !row.AtoB.Contains(want) {
				t.Errorf("share %v: in %s it is %v, planted %v", share, row.Segment, row.AtoB, want)
			}
		}
		var there, elsewhere float64
		for _, row := range rows {
			if row.Segment == planted.Channel {
				there = row.AtoB.Lo
			} else {
				elsewhere = max(elsewhere, row.AtoB.Hi)
			}
		}
		if found := there > elsewhere; found != (share != planted.Base) {
			t.Errorf("share %v: from %.3f there, up to %.3f elsewhere", share, there, elsewhere)
		}
	}
}

// Two items that are in every receipt seen have a lift of 1 and all the doubt of the
// shares: those of 3 of 3 receipts are from ∛0.025 = 0.292402, by Clopper and Pearson.
func TestLiftOfCertainty(t *testing.T) {
	b := basketsOf(t, ByProduct, receiptOf("", "a b"), receiptOf("", "b a"), receiptOf("", "a b"))
	p := verify.Must(b.Affinity(AffinityConfig{MinCount: 1})).Base.Pairs[0]
	wantEstimate(t, "lift", p.Lift, 1, 0.292402, 3.419952)
	if p.Lift.StdErr != 0 || p.AtoB.Hi != 1 {
		t.Errorf("%+v", p)
	}
}
