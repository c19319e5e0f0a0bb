package nps_test

import (
	"math"
	"testing"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/verify"
	"github.com/clientele-go/clientele/nps"
	"pgregory.net/rapid"
)

// Answers 2, 4 and 6 on the scale of 1 to 7, by hand. At the level 0.3 the shares of the least
// mean are in proportion to 1/√(x-a), with chi-square as large as the squared quantile; at 0.5
// that leaves a share to the answer 1.
func TestMeanInterval(t *testing.T) {
	tally := counted(nps.CESScale(), 0, 1, 0, 1, 0, 1, 0)
	e := verify.Must(tally.MeanInterval(0.3))
	relative(t, "mean", e.Value, 4, 0)
	relative(t, "standard error", e.StdErr, 2/math.Sqrt(3), 1e-15)
	sameAs(t, "mirrored", e.Lo+e.Hi, 8, 1e-14)
	sums := func(a float64) (inverse, roots, mean float64) {
		for _, x := range []float64{2, 4, 6} {
			r := math.Sqrt(x - a)
			inverse, roots, mean = inverse+1/r/3, roots+r/3, mean+x/r/3
		}
		return inverse, roots, mean / inverse
	}
	const narrow, wide = 0.38532046640756773, 0.67448975019608171
	a := solved(-1e3, 1, func(a float64) float64 {
		s, r, _ := sums(a)
		return 3*(s*r-1) - narrow*narrow
	})
	_, _, least := sums(a)
	sameAs(t, "lower limit", e.Lo, least, 1e-12)
	_, roots, _ := sums(1)
	sameAs(t, "lower limit at 0.5", verify.Must(tally.MeanInterval(0.5)).Lo, 1+roots*roots/(1+wide*wide/3), 1e-12)
}

// solved is where a rising function is 0.
func solved(lo, hi float64, f func(float64) float64) float64 {
	for range 200 {
		if middle := (lo + hi) / 2; f(middle) > 0 {
			hi = middle
		} else {
			lo = middle
		}
	}
	return lo
}

// Answers that are all alike do not rule out others: beside n of them, a share of up to
// z²/(n+z²) may be at an end of the scale, as Wilson's interval of no success says.
func TestMeanIntervalOfAnswersAlike(t *testing.T) {
	const square = 1.959963984540054 * 1.959963984540054
	for _, n := range []uint64{1, 9, 1 << 40} {
		others := square / (float64(n) + square)
		e := verify.Must(counted(nps.CESScale(), 0, 0, 0, 0, n).MeanInterval(0))
		sameAs(t, "lower limit", e.Lo, 5-4*others, 1e-14)
		sameAs(t, "upper limit", e.Hi, 5+2*others, 1e-14)
		if e.Level != 0.95 || e.Value != 5 || e.StdErr != 0 {
			t.Error(n, e)
		}
	}
}

// Invariant: of answers at the ends of a scale it is Wilson's interval of a share.
func TestMeanIntervalOfEnds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.Uint64Range(0, 50)
		low, high := n.Draw(t, "low"), n.Draw(t, "high")
		tally := counted(nps.CSATScale(), low, 0, 0, 0, high+1)
		level := rapid.Float64Range(0.01, 0.9999).Draw(t, "level")
		got, want := verify.Must(tally.MeanInterval(level)), verify.Must(tally.TopBox(level))
		sameAs(t, "value", got.Value, 1+4*want.Value, 1e-12)
		sameAs(t, "lower limit", got.Lo, 1+4*want.Lo, 1e-12)
		sameAs(t, "upper limit", got.Hi, 1+4*want.Hi, 1e-12)
	})
}

// Invariant: no shares within the chi-square have a mean beyond the limits, and a wider level
// has a wider interval on the scale around the mean.
func TestMeanIntervalLaws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		const answers = 5
		counts := rapid.SliceOfN(rapid.SampledFrom([]uint64{0, 0, 1, 2, 7, 100}), answers, answers).Draw(t, "counts")
		counts[rapid.IntRange(0, answers-1).Draw(t, "one")]++
		tally := counted(nps.CSATScale(), counts...)
		e, wide := verify.Must(tally.MeanInterval(0.8)), verify.Must(tally.MeanInterval(0.95))
		if !(1 <= wide.Lo && wide.Lo < e.Lo && e.Lo <= e.Value || e.Lo == 1) || !(e.Value <= e.Hi && e.Hi < wide.Hi && wide.Hi <= 5 || e.Hi == 5) {
			t.Fatal(e, wide)
		}
		const square = 1.2815515655446004 * 1.2815515655446004
		n := float64(tally.N())
		other := rapid.SliceOfN(rapid.Float64Range(1e-6, 1), answers, answers).Draw(t, "shares")
		sum := 0.0
		for _, x := range other {
			sum += x
		}
		for part := 1.0; part > 1e-3; part /= 1.1 { // from the drawn shares to the observed ones
			chi, mean := -1.0, 0.0
			for i, x := range other {
				o := float64(counts[i]) / n
				p := part*x/sum + (1-part)*o
				chi += o * o / p
				mean += float64(i+1) * p
			}
			if n*chi <= square && !(e.Lo-1e-9 <= mean && mean <= e.Hi+1e-9) {
				t.Fatal(e, mean, n*chi)
			}
		}
	})
}

// Of 30 answers that nearly all are the highest, Student's interval holds the mean in 75 % of
// the samples in which there is one.
func TestMeanIntervalCoverage(t *testing.T) {
	for name, truth := range map[string][4]float64{ // of the answers 1, 5, 6, 7
		"nearly all agree fully": {0.02, 0.02, 0.06, 0.9},
		"some are angry":         {0.1, 0.1, 0.2, 0.6},
		"half are angry":         {0.5, 0, 0, 0.5},
	} {
		mean := truth[0] + 5*truth[1] + 6*truth[2] + 7*truth[3]
		for _, n := range []int{2, 3, 5, 10, 30} {
			told, held := 0.0, 0.0
			for a := range n + 1 {
				for b := range n - a + 1 {
					for c := range n - a - b + 1 {
						p := multinomial(truth[:], a, b, c, n-a-b-c)
						if p < 1e-7 {
							continue
						}
						e := verify.Must(counted(nps.CESScale(), uint64(a), 0, 0, 0, uint64(b), uint64(c), uint64(n-a-b-c)).MeanInterval(0))
						if e.Level == 0 {
							continue
						}
						told += p
						held += p * float64(verify.OneIf(e.Contains(mean)))
					}
				}
			}
			t.Logf("%s, %d answers: %.3f", name, n, held/told)
			if held < 0.9*told {
				t.Errorf("%s, %d answers: %.3f of the intervals hold the mean", name, n, held/told)
			}
		}
	}
}

// multinomial is the probability of a sample.
func multinomial(shares []float64, counts ...int) float64 {
	log, n := 0.0, 0
	for i, k := range counts {
		if k > 0 {
			log += float64(k) * math.Log(shares[i])
		}
		factorial, _ := math.Lgamma(float64(k + 1))
		log -= factorial
		n += k
	}
	factorial, _ := math.Lgamma(float64(n + 1))
	return math.Exp(log + factorial)
}

// With very many answers the limits are those of the normal distribution.
func TestMeanIntervalOfVeryMany(t *testing.T) {
	many := counted(nps.CESScale(), 1, 0, 1<<50, 0, 0, 0, 1<<51)
	e := verify.Must(many.MeanInterval(0))
	half := 1.959963984540054 * e.StdErr
	if e == (clientele.Estimate{}) || math.Abs(e.Value-e.Lo-half) > 1e-3*half || math.Abs(e.Hi-e.Value-half) > 1e-3*half {
		t.Error(e, half)
	}
}
