package nps_test

import (
	"errors"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/verify"
	"github.com/clientele-go/clientele/nps"
	"pgregory.net/rapid"
)

func everyTest() []nps.Test {
	return []nps.Test{nps.AdjustedWelchTest, nps.AdjustedTest, nps.WaldTest, nps.PooledTest}
}

// Groups whose answers are all of one attitude give what is stated, not P = 0.
func TestComparisonsWithoutVariance(t *testing.T) {
	promoters, passives := answered(0, 0, 10), answered(0, 10, 0)
	for name, c := range map[string]struct {
		after, before nps.Tally
		test          nps.Test
		want          nps.Comparison
	}{
		"the same, Wald":   {promoters, promoters, nps.WaldTest, nps.Comparison{P: 1}},
		"the same, pooled": {promoters, promoters, nps.PooledTest, nps.Comparison{P: 1}},
		"others, Wald":     {promoters, passives, nps.WaldTest, nps.Comparison{P: 1, Difference: clientele.Estimate{Value: 100, Lo: 100, Hi: 100}}},
		// Half of 20 are promoters: 1/4 (1/10 + 1/10) is 1/20.
		"others, pooled": {promoters, passives, nps.PooledTest, nps.Comparison{Z: math.Sqrt(20), P: math.Erfc(math.Sqrt(10)), Difference: clientele.Estimate{Value: 100, Lo: 100, Hi: 100}}},
	} {
		got := verify.Must(nps.Compare(c.before, c.after, nps.CompareConfig{Test: c.test}))
		sameAs(t, name+": z", got.Z, c.want.Z, 1e-14)
		relative(t, name+": p", got.P, c.want.P, 1e-12)
		if got.Difference != c.want.Difference {
			t.Error(name, got)
		}
	}
	got := verify.Must(nps.Compare(promoters, promoters, nps.CompareConfig{}))
	if got.P != 1 || got.Z != 0 || got.Difference.Level != 0.95 || !(got.Difference.Hi > 0) {
		t.Error(got)
	}
	if got := verify.Must(nps.RankSum(promoters, promoters)); got != (nps.RankSumTest{U: 50, Superiority: 0.5, P: 1}) {
		t.Error(got)
	}
	if got := verify.Must(nps.ChiSquare(promoters, promoters)); got != (nps.ChiSquareTest{P: 1, Least: 10}) {
		t.Error(got)
	}
	if got := verify.Must(nps.Permutation(promoters, promoters, 99, rand.NewPCG(1, 2))); got != (nps.PermutationTest{Replicates: 99, AsFar: 99, P: 1}) {
		t.Error(got)
	}
}

// Invariant: comparing the other way round gives the opposite, all is in range, and the
// adjusted test has an uncertainty.
func TestComparisonsAreAntisymmetric(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		x, y := drawCounts(t, "x"), drawCounts(t, "y")
		a, b := answered(x[0], x[1], x[2]), answered(y[0], y[1], y[2])
		for _, test := range everyTest() {
			cfg := nps.CompareConfig{Test: test, Level: rapid.Float64Range(0.5, 0.99).Draw(t, "level")}
			there, back := verify.Must(nps.Compare(a, b, cfg)), verify.Must(nps.Compare(b, a, cfg))
			d, e := there.Difference, back.Difference
			if d.Value != -e.Value || d.Lo != -e.Hi || there.Z != -back.Z || there.P != back.P {
				t.Fatal(test, there, back)
			}
			if d.Lo < -200 || d.Hi > 200 || !d.Contains(d.Value) || there.P < 0 || there.P > 1 {
				t.Fatal(test, there)
			}
			if math.Abs(d.Value-(verify.Must(b.Score())-verify.Must(a.Score()))) > 1e-12 {
				t.Fatal(there)
			}
			if same := verify.Must(nps.Compare(a, a, cfg)); same.P != 1 || same.Z != 0 || same.Difference.Value != 0 {
				t.Fatal(test, same)
			}
		}
		there, back := verify.Must(nps.RankSum(a, b)), verify.Must(nps.RankSum(b, a))
		if there.U+back.U != float64(a.N()*b.N()) || there.Z != -back.Z || there.P != back.P {
			t.Fatal(there, back)
		}
		chi, ihc := verify.Must(nps.ChiSquare(a, b)), verify.Must(nps.ChiSquare(b, a))
		sameAs(t, "chi-square", chi.Statistic, ihc.Statistic, 1e-12)
		if chi.DF != ihc.DF || chi.P < 0 || chi.P > 1 {
			t.Fatal(chi, ihc)
		}
	})
}

func TestBadComparisons(t *testing.T) {
	a, b := answered(1, 2, 3), answered(3, 2, 1)
	ten := verify.Must(nps.NewTally(nps.OneToTen()))
	if err := ten.Add(5); err != nil {
		t.Fatal(err)
	}
	src := rand.NewPCG(1, 2)
	both := map[string]nps.Tally{"a": a, "b": b}
	for name, c := range map[string]struct{ err, kind error }{
		"scales":             {second(nps.Compare(a, ten, nps.CompareConfig{})), clientele.ErrMismatch},
		"scales of all":      {second(nps.CompareAll(map[string]nps.Tally{"a": a, "ten": ten}, nps.CompareAllConfig{})), clientele.ErrMismatch},
		"scales of shares":   {second(nps.ChiSquare(a, b, ten)), clientele.ErrMismatch},
		"scales of ranks":    {second(nps.RankSum(a, ten)), clientele.ErrMismatch},
		"scales mixed":       {second(nps.Permutation(a, ten, 10, src)), clientele.ErrMismatch},
		"scales alike":       {second(nps.Equivalent(ten, a, 5, 0)), clientele.ErrMismatch},
		"test":               {second(nps.Compare(a, b, nps.CompareConfig{Test: 4})), clientele.ErrUnknown},
		"adjustment":         {second(nps.CompareAll(both, nps.CompareAllConfig{Adjust: 4})), clientele.ErrUnknown},
		"reference":          {second(nps.CompareAll(both, nps.CompareAllConfig{Reference: "c"})), clientele.ErrUnknown},
		"reference and rest": {second(nps.CompareAll(both, nps.CompareAllConfig{Reference: "a", Rest: true})), clientele.ErrRange},
		"one group":          {second(nps.CompareAll(map[string]nps.Tally{"a": a}, nps.CompareAllConfig{})), clientele.ErrMissing},
		"one row":            {second(nps.ChiSquare(a)), clientele.ErrMissing},
		"no source":          {second(nps.Permutation(a, b, 10, nil)), clientele.ErrMissing},
		"no replicates":      {second(nps.Permutation(a, b, 0, src)), clientele.ErrRange},
		"too many answers":   {second(nps.Permutation(a, answered(1<<30, 0, 0), 1, src)), clientele.ErrRange},
		"no margin":          {second(nps.Equivalent(a, b, 0, 0)), clientele.ErrRange},
		"margin":             {second(nps.Equivalent(a, b, math.NaN(), 0)), clientele.ErrRange},
		"half a level":       {second(nps.Equivalent(a, b, 5, 0.5)), clientele.ErrRange},
		"few replicates":     {second(a.Bootstrap(0.95, 39, src)), clientele.ErrRange},
		"no source to draw":  {second(a.Bootstrap(0.95, 1000, nil)), clientele.ErrMissing},
		"too many to draw":   {second(answered(1<<30, 1, 0).Bootstrap(0.95, 1000, src)), clientele.ErrRange},
	} {
		if !errors.Is(c.err, c.kind) {
			t.Errorf("%s: %v, want %v", name, c.err, c.kind)
		}
	}
	_, err := nps.ChiSquare(a, b, ten)
	if in, ok := errors.AsType[*clientele.InputError](err); !ok || in.Field != "groups[2].Scale" {
		t.Error(err)
	}
}
