package nps_test

import (
	"encoding/json"
	"math"
	"math/big"
	"math/rand/v2"
	"testing"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/verify"
	"github.com/clientele-go/clientele/nps"
	"pgregory.net/rapid"
)

// Invariant: equal weights of any size give the unweighted score, n/(n-1) times its
// variance, n effective answers and the adjusted Wald interval.
func TestEqualWeightsAreNone(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		answers := rapid.SliceOfN(rapid.IntRange(0, 10), 2, 50).Draw(t, "answers")
		weight := math.Exp(rapid.Float64Range(-30, 30).Draw(t, "log weight"))
		var plain nps.Tally
		var w nps.Weighted
		for _, a := range answers {
			if err := plain.Add(a); err != nil {
				t.Fatal(err)
			}
			if err := w.Add(a, weight); err != nil {
				t.Fatal(err)
			}
		}
		n := float64(len(answers))
		holds(t, "score", verify.Must(w.Score()), verify.Must(plain.Score()), 1e-13)
		holds(t, "mean", verify.Must(w.Mean()), verify.Must(plain.Mean()), 1e-14)
		holds(t, "standard error", verify.Must(w.StdErr()), math.Sqrt(verify.Must(plain.Variance())/(n-1)), 1e-13)
		holds(t, "effective n", verify.Must(w.EffectiveN()), n, 1e-14)
		got, want := verify.Must(w.Interval(nps.AdjustedWald, 0.9)), verify.Must(plain.Interval(nps.AdjustedWald, 0.9))
		holds(t, "lower limit", got.Lo, want.Lo, 1e-13)
		holds(t, "upper limit", got.Hi, want.Hi, 1e-13)
		if w.Unweighted() != plain {
			t.Fatal("the unweighted tally differs")
		}
	})
}

// Invariant: neither the order of adding nor merging changes a bit, and a change of the unit
// of weights by a power of 2 changes no result.
func TestWeightedAnyOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		answers := drawWeighed(t, "answers", 2)
		want := weighed(answers...)
		at := rapid.IntRange(0, len(answers)).Draw(t, "split")
		left, right := weighed(answers[:at]...), weighed(answers[at:]...)
		if err := right.Merge(left); err != nil {
			t.Fatal(err)
		}
		rng := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 0))
		rng.Shuffle(len(answers), func(i, j int) { answers[i], answers[j] = answers[j], answers[i] })
		if shuffled := weighed(answers...); right != want || shuffled != want {
			t.Fatal("other sums in another order")
		}
		for i := range answers {
			answers[i].weight *= 1 << 20
		}
		scaled := weighed(answers...)
		for name, result := range map[string]func(nps.Weighted) (float64, error){
			"score": nps.Weighted.Score, "mean": nps.Weighted.Mean, "standard error": nps.Weighted.StdErr, "effective n": nps.Weighted.EffectiveN,
		} {
			if verify.Must(result(scaled)) != verify.Must(result(want)) {
				t.Fatal(name)
			}
		}
	})
}

// Invariant: sums of weights are those of exact fractions, rounded once.
func TestWeightedSumsAreExact(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		answers := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) float64 {
			return max(1e-15, min(1e15, math.Exp(rapid.Float64Range(-35, 35).Draw(t, "log weight"))))
		}), 1, 40).Draw(t, "weights")
		var w nps.Weighted
		sum, squares := new(big.Rat), new(big.Rat)
		for _, x := range answers {
			if err := w.Add(10, x); err != nil {
				t.Fatal(err)
			}
			one := new(big.Rat).SetFloat64(x)
			sum.Add(sum, one)
			squares.Add(squares, one.Mul(one, one))
		}
		want, _ := sum.Float64()
		if w.Weight() != want || w.Count(10) != want {
			t.Fatal(w.Weight(), want)
		}
		square, _ := squares.Float64()
		if n := verify.Must(w.EffectiveN()); n != want*want/square {
			t.Fatal(n, want*want/square)
		}
		var form struct{ Weights, Squares [][]float64 }
		if err := json.Unmarshal(verify.Must(json.Marshal(w)), &form); err != nil {
			t.Fatal(err)
		}
		for i, terms := range [][]float64{form.Weights[10], form.Squares[2]} {
			read := new(big.Rat)
			for _, x := range terms {
				read.Add(read, new(big.Rat).SetFloat64(x))
			}
			if read.Cmp([]*big.Rat{sum, squares}[i]) != 0 {
				t.Fatal(i, terms)
			}
		}
	})
}

// Invariant: the score is in range and in its intervals, effective answers are between 1
// and n, a reversed scale flips the sign, and JSON loses nothing.
func TestWeightedLaws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		answers := drawWeighed(t, "answers", 1)
		w := weighed(answers...)
		level := rapid.Float64Range(0.001, 0.999).Draw(t, "level")
		for _, e := range []clientele.Estimate{verify.Must(w.Interval(nps.Wald, level)), verify.Must(w.Interval(nps.AdjustedT, level)), verify.Must(w.Interval(nps.AdjustedWald, level))} {
			if !(-100 <= e.Lo && e.Lo <= e.Value && e.Value <= e.Hi && e.Hi <= 100) {
				t.Fatal(e)
			}
		}
		if n := verify.Must(w.EffectiveN()); !(n >= 1-1e-12 && n <= float64(w.N())*(1+1e-12)) {
			t.Fatal(n, w.N())
		}
		mirror := verify.Must(nps.NewWeighted(nps.Scale{Min: 0, Max: 10, Detractor: 1, Promoter: 4}))
		for _, a := range answers {
			if err := mirror.Add(10-a.answer, a.weight); err != nil {
				t.Fatal(err)
			}
		}
		holds(t, "mirrored score", verify.Must(mirror.Score()), -verify.Must(w.Score()), 1e-13)
		var read nps.Weighted
		if err := json.Unmarshal(verify.Must(json.Marshal(w)), &read); err != nil || read != w {
			t.Fatal(err)
		}
	})
}

// Invariant: strata in proportion to their answers give the score of all of them, and
// the score lies between those of the strata.
func TestPostStratifyLaws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var all nps.Tally
		var strata []nps.Stratum
		lowest, highest := 100., -100.
		for i := range rapid.IntRange(1, 5).Draw(t, "strata") {
			c := drawCounts(t, "counts")
			tally := answered(c[0], c[1], c[2])
			if err := all.Merge(tally); err != nil {
				t.Fatal(err)
			}
			score := verify.Must(tally.Score())
			lowest, highest = min(lowest, score), max(highest, score)
			strata = append(strata, nps.Stratum{Name: string(rune('a' + i)), Tally: tally, Population: 0.1 * float64(tally.N())})
		}
		even := verify.Must(nps.PostStratify(strata, 0))
		holds(t, "score", even.Score.Value, verify.Must(all.Score()), 1e-13)
		holds(t, "effective n", even.EffectiveN, float64(all.N()), 1e-13)
		for i := range strata {
			strata[i].Population = rapid.Float64Range(0.01, 100).Draw(t, "population")
		}
		got := verify.Must(nps.PostStratify(strata, 0))
		if s := got.Score.Value; s < lowest-1e-9 || s > highest+1e-9 || !got.Score.Contains(s) {
			t.Fatal(s, lowest, highest)
		}
		if got.EffectiveN > float64(all.N())*(1+1e-12) {
			t.Fatal(got.EffectiveN)
		}
	})
}
