package nps_test

import (
	"errors"
	"math"
	"math/big"
	"testing"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/verify"
	"github.com/clientele-go/clientele/nps"
	"pgregory.net/rapid"
)

// drawScale draws a scale with all attitudes or without some.
func drawScale(t *rapid.T) nps.Scale {
	low := rapid.IntRange(-20, 20).Draw(t, "min")
	high := low + rapid.IntRange(1, 100).Draw(t, "length")
	detractor := rapid.IntRange(low-1, high).Draw(t, "detractor")
	return nps.Scale{Min: low, Max: high, Detractor: detractor, Promoter: rapid.IntRange(detractor+1, high+1).Draw(t, "promoter")}
}

// drawTally draws a tally, which may be empty.
func drawTally(t *rapid.T, s nps.Scale, label string) nps.Tally {
	tally := verify.Must(nps.NewTally(s))
	for _, answer := range rapid.SliceOfN(rapid.IntRange(s.Min, s.Max), 0, 12).Draw(t, label) {
		if err := tally.AddN(answer, rapid.Uint64Range(1, 3).Draw(t, label+" times")); err != nil {
			t.Fatal(err)
		}
	}
	return tally
}

func merged(t interface{ Fatal(...any) }, a, b nps.Tally) nps.Tally {
	if err := a.Merge(b); err != nil {
		t.Fatal(err)
	}
	return a
}

// Invariant: tallies on a scale are a commutative monoid under Merge, with the empty one
// as unit, and Remove undoes Merge.
func TestMergeIsACommutativeMonoid(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := drawScale(t)
		a, b, c, unit := drawTally(t, s, "a"), drawTally(t, s, "b"), drawTally(t, s, "c"), verify.Must(nps.NewTally(s))
		if merged(t, merged(t, a, b), c) != merged(t, a, merged(t, b, c)) {
			t.Fatal("not associative")
		}
		ab := merged(t, a, b)
		if ab != merged(t, b, a) || merged(t, a, unit) != a || merged(t, unit, a) != a {
			t.Fatal("not commutative, or without unit")
		}
		if ab.N() != a.N()+b.N() {
			t.Fatal(ab.N())
		}
		if err := ab.Remove(b); err != nil || ab != a {
			t.Fatal("Remove does not undo Merge:", err)
		}
	})
}

// Invariant: the score is from -100 to 100 and that of the exact fraction; the counts of
// All are those of Count and of the groups; the variance is that of 100, 0 and -100.
func TestTallyLaws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := drawScale(t)
		tally := drawTally(t, s, "answers")
		var n uint64
		var g nps.Attitudes
		var sum float64
		for answer, count := range tally.All() {
			if tally.Count(answer) != count {
				t.Fatal(answer, count)
			}
			n += count
			sum += float64(answer) * float64(count)
			switch a, ok := s.Classify(answer); {
			case !ok:
				t.Fatal(answer)
			case a == nps.Promoter:
				g.Promoters += count
			case a == nps.Passive:
				g.Passives += count
			default:
				g.Detractors += count
			}
		}
		if tally.N() != n || tally.Attitudes() != g || g.N() != n || tally.Scale() != s {
			t.Fatal(tally.N(), n, tally.Attitudes(), g, tally.Scale())
		}
		score, err := tally.Score()
		if n == 0 {
			if !errors.Is(err, clientele.ErrEmpty) || score != 0 {
				t.Fatal(score, err)
			}
			return
		}
		fraction, _ := verify.Must(tally.Exact()).Float64()
		if math.Abs(score-100*fraction) > 1e-12 || score < -100 || score > 100 {
			t.Fatal(score, fraction)
		}
		sameAs(t, "mean", verify.Must(tally.Mean()), sum/float64(n), 1e-12)
		p, d := float64(g.Promoters)/float64(n), float64(g.Detractors)/float64(n)
		sameAs(t, "variance", verify.Must(tally.Variance()), 1e4*(p+d-(p-d)*(p-d)), 1e-12)
	})
}

// Invariant: a promoter more never lowers the score, a detractor more never raises it,
// and a passive more draws it to 0.
func TestOneAnswerMore(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := drawCounts(t, "counts")
		before := verify.Must(answered(c[0], c[1], c[2]).Exact())
		more := func(d, p, q uint64) *big.Rat { return verify.Must(answered(c[0]+d, c[1]+p, c[2]+q).Exact()) }
		if more(0, 0, 1).Cmp(before) < 0 || more(1, 0, 0).Cmp(before) > 0 || new(big.Rat).Abs(more(0, 1, 0)).Cmp(new(big.Rat).Abs(before)) > 0 {
			t.Fatal(c)
		}
	})
}

// Scores that were worked out by hand.
func TestScores(t *testing.T) {
	for name, c := range map[string]struct {
		tally    nps.Tally
		score    float64
		variance float64
		exact    *big.Rat
	}{
		"5/5/10":     {answered(5, 5, 10), 25, 6875, big.NewRat(1, 4)},
		"54/108/162": {answered(54, 108, 162), 100. / 3, 1e4 * 5 / 9, big.NewRat(1, 3)},
		"1/2/4":      {answered(1, 2, 4), 300. / 7, 1e4 * 26 / 49, big.NewRat(3, 7)},
		"promoters":  {answered(0, 0, 10), 100, 0, big.NewRat(1, 1)},
		"passives":   {answered(0, 10, 0), 0, 0, new(big.Rat)},
		"detractors": {answered(3, 0, 0), -100, 0, big.NewRat(-1, 1)},
	} {
		sameAs(t, name+": score", verify.Must(c.tally.Score()), c.score, 1e-15)
		sameAs(t, name+": variance", verify.Must(c.tally.Variance()), c.variance, 1e-15)
		if got := verify.Must(c.tally.Exact()); got.Cmp(c.exact) != 0 {
			t.Error(name, got)
		}
	}
}

func TestBadAnswers(t *testing.T) {
	tally := verify.Must(nps.NewTally(nps.OneToTen()))
	for name, c := range map[string]struct {
		err  error
		kind error
		at   int
	}{
		"Add":      {tally.Add(0), clientele.ErrRange, -1},
		"AddN":     {tally.AddN(11, 1), clientele.ErrRange, -1},
		"AddSlice": {tally.AddSlice([]int{1, 2, 11}), clientele.ErrRange, 2},
		"Merge":    {tally.Merge(answered(1, 0, 0)), clientele.ErrMismatch, -1},
		"Remove":   {tally.Remove(answered(1, 0, 0)), clientele.ErrMismatch, -1},
		"Count":    {second(nps.Count(nps.Scale{}, clientele.All([]int{3, -1}))), clientele.ErrRange, 1},
		"fraction": {second(nps.Standard().Answer(6.5)), clientele.ErrUnknown, -1},
		"far":      {second(nps.Standard().Answer(11)), clientele.ErrRange, -1},
		"NaN":      {second(nps.Standard().Answer(math.NaN())), clientele.ErrNotFinite, -1},
		"infinite": {second(nps.Standard().Answer(math.Inf(-1))), clientele.ErrNotFinite, -1},
	} {
		var in *clientele.InputError
		if !errors.As(c.err, &in) || !errors.Is(c.err, c.kind) || in.Index != c.at {
			t.Errorf("%s: %v", name, c.err)
		}
	}
	if tally.N() != 0 {
		t.Error("answers of refused calls are counted")
	}
	full := answered(1<<53, 0, 0)
	if err := full.AddN(10, 1); !errors.Is(err, clientele.ErrRange) || full != answered(1<<53, 0, 0) {
		t.Error(err)
	}
	var empty nps.Tally
	if err := empty.AddN(10, 1<<53+1); !errors.Is(err, clientele.ErrRange) || empty != (nps.Tally{}) {
		t.Error(err)
	}
	few := answered(0, 2, 1)
	if err := full.Merge(few); !errors.Is(err, clientele.ErrRange) || full != answered(1<<53, 0, 0) {
		t.Error(err)
	}
	if err := few.Remove(answered(0, 1, 2)); !errors.Is(err, clientele.ErrNegative) || few != answered(0, 2, 1) {
		t.Error(err)
	}
	var none nps.Tally
	for name, err := range map[string]error{
		"Score": second(none.Score()), "Exact": second(none.Exact()), "Variance": second(none.Variance()), "StdErr": second(none.StdErr()), "Mean": second(none.Mean()),
	} {
		if !errors.Is(err, clientele.ErrEmpty) {
			t.Error(name, err)
		}
	}
}

// A tally that single answers have filled beyond 2^53 is not merged into another.
func TestMergeOfOverfull(t *testing.T) {
	var full, over nps.Tally
	for _, tally := range []*nps.Tally{&full, &over} {
		if err := tally.AddN(3, 1<<53); err != nil {
			t.Fatal(err)
		}
	}
	if err := over.Add(3); err != nil {
		t.Fatal(err)
	}
	before := full
	if err := full.Merge(over); !errors.Is(err, clientele.ErrRange) || full != before {
		t.Error(err, full.N())
	}
}
