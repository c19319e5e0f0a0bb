package nps_test

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/verify"
	"github.com/clientele-go/clientele/nps"
	"pgregory.net/rapid"
)

// With many answers the percentiles are those of the normal distribution, and the
// standard deviation is the standard error.
func TestBootstrapAgreesWithWald(t *testing.T) {
	for _, tally := range []nps.Tally{answered(120, 300, 580), answered(2e6, 3e6, 4e6)} {
		want := verify.Must(tally.Interval(nps.Wald, 0.9))
		e := verify.Must(tally.Bootstrap(0.9, 20_000, rand.NewPCG(1, 2)))
		sameAs(t, "standard error", e.StdErr/want.StdErr, 1, 0.02)
		sameAs(t, "lower limit", (e.Lo-want.Lo)/want.StdErr, 0, 0.06)
		sameAs(t, "upper limit", (e.Hi-want.Hi)/want.StdErr, 0, 0.06)
		if e.Value != want.Value || e.Level != 0.9 {
			t.Error(e)
		}
	}
}

// Of one promoter and one detractor, resampled, a quarter are two promoters: the limits
// of 40 % are 0, and those of 60 % -100 and 100.
func TestBootstrapOfTwo(t *testing.T) {
	tally := answered(1, 0, 1)
	for level, want := range map[float64]float64{0.4: 0, 0.6: 100} {
		e := verify.Must(tally.Bootstrap(level, 9999, rand.NewPCG(5, 6)))
		if e.Lo != -want || e.Hi != want {
			t.Error(e)
		}
		sameAs(t, "standard deviation", e.StdErr, 100*math.Sqrt(0.5), 0.02)
	}
}

// Invariant: equal sources give equal intervals, which contain the score and are in range;
// where all answers are of one kind there is none.
func TestBootstrapLaws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := drawCounts(t, "counts")
		tally, seed := answered(c[0], c[1], c[2]), rapid.Uint64().Draw(t, "seed")
		e := verify.Must(tally.Bootstrap(0, 40, rand.NewPCG(seed, 1)))
		if again := verify.Must(tally.Bootstrap(0.95, 40, rand.NewPCG(seed, 1))); again != e {
			t.Fatal(e, again)
		}
		if e.Lo < -100 || e.Hi > 100 || !e.Contains(e.Value) || e.Value != verify.Must(tally.Score()) {
			t.Fatal(e)
		}
		for _, count := range c {
			if count == tally.N() && e != (clientele.Estimate{Value: e.Value, Lo: e.Value, Hi: e.Value}) {
				t.Fatal(e)
			}
		}
	})
}
