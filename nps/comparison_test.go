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

func everyTest() []nps.Test { return []nps.Test{nps.AdjustedTest, nps.WaldTest, nps.PooledTest} }

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
// adjusted test doubts more than nothing.
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

// Two attitudes and two groups: n(ad-bc)² over the product of the margins, one degree of
// freedom. Of 3 of 10 against 6 of 8 that is 18 (3·2-7·6)²/(10·8·9·9) = 3.6.
func TestChiSquareOfFour(t *testing.T) {
	got := verify.Must(nps.ChiSquare(answered(7, 0, 3), answered(2, 0, 6)))
	want := nps.ChiSquareTest{Statistic: 3.6, DF: 1, P: math.Erfc(math.Sqrt(1.8)), Least: 4}
	sameAs(t, "statistic", got.Statistic, want.Statistic, 1e-14)
	sameAs(t, "p", got.P, want.P, 1e-14)
	if got.DF != want.DF || got.Least != want.Least {
		t.Error(got)
	}
	if three := verify.Must(nps.ChiSquare(answered(1, 1, 1), answered(2, 2, 2), answered(3, 3, 3))); three.DF != 4 || three.Statistic > 1e-15 || three.P < 1-1e-15 {
		t.Error(three)
	}
}

// Answers 8, 9 before and 3, 8, 8 after: of 6 pairs the one after is higher in none, and
// two are ties.
func TestRankSumByHand(t *testing.T) {
	var a, b nps.Tally
	for _, err := range []error{a.AddAll([]int{8, 3, 8}), b.AddAll([]int{9, 8})} {
		if err != nil {
			t.Fatal(err)
		}
	}
	got := verify.Must(nps.RankSum(b, a))
	// 3·2/12 (6 - 24/20) is the variance: three tied answers make 27-3.
	want := (1 - 3 + 0.5) / math.Sqrt(0.5*(6-24./20))
	sameAs(t, "z", got.Z, want, 1e-14)
	if got.U != 1 || math.Abs(got.Superiority-1./6) > 1e-15 {
		t.Error(got)
	}
}

// The permutation test agrees with counting all divisions: of C(6, 3) = 20 ways to choose
// 3 of 3 promoters and 3 detractors only two are as far apart as 3 and 0.
func TestPermutationAgreesWithCounting(t *testing.T) {
	const replicates = 20_000
	got := verify.Must(nps.Permutation(answered(3, 0, 0), answered(0, 0, 3), replicates, rand.NewPCG(1, 2)))
	if off := math.Abs(got.P - 0.1); off > 4*math.Sqrt(0.1*0.9/replicates) {
		t.Error(got)
	}
	if got.Difference != 200 || got.Replicates != replicates || got.P != float64(got.AsFar+1)/(replicates+1) {
		t.Error(got)
	}
}

// With many answers, chance alone differs as the pooled standard error says.
func TestPermutationAgreesWithPooled(t *testing.T) {
	const replicates = 20_000
	a, b := answered(83, 47, 120), answered(100, 49, 101)
	want := verify.Must(nps.Compare(b, a, nps.CompareConfig{Test: nps.PooledTest})).P
	got := verify.Must(nps.Permutation(b, a, replicates, rand.NewPCG(3, 4))).P
	if math.Abs(got-want) > 4*math.Sqrt(want*(1-want)/replicates)+0.006 { // differences are whole numbers over 250
		t.Error(got, want)
	}
	if again := verify.Must(nps.Permutation(b, a, replicates, rand.NewPCG(3, 4))).P; again != got {
		t.Error("another result of an equal source:", again, got)
	}
}

func TestCompareAll(t *testing.T) {
	groups := map[string]nps.Tally{"search": answered(67, 107, 118), "social": answered(107, 72, 42), "store": answered(63, 57, 46)}
	for name, c := range map[string]struct {
		cfg   nps.CompareAllConfig
		pairs [][2]string
	}{
		"pairs":     {nps.CompareAllConfig{}, [][2]string{{"search", "social"}, {"search", "store"}, {"social", "store"}}},
		"reference": {nps.CompareAllConfig{Reference: "social", Adjust: nps.Bonferroni}, [][2]string{{"search", "social"}, {"store", "social"}}},
		"rest":      {nps.CompareAllConfig{Rest: true, Adjust: nps.BenjaminiHochberg}, [][2]string{{"search", ""}, {"social", ""}, {"store", ""}}},
	} {
		all := verify.Must(nps.CompareAll(groups, c.cfg))
		if len(all) != len(c.pairs) {
			t.Fatal(name, all)
		}
		for i, got := range all {
			if got.Group != c.pairs[i][0] || got.Against != c.pairs[i][1] {
				t.Error(name, got)
			}
			var other nps.Tally
			for label, g := range groups {
				if label == got.Against || got.Against == "" && label != got.Group {
					other = merged(t, other, g)
				}
			}
			if want := verify.Must(nps.Compare(other, groups[got.Group], c.cfg.CompareConfig)); got.Comparison != want {
				t.Error(name, got, want)
			}
			if got.Adjusted < got.P || got.Adjusted > min(1, got.P*float64(len(all)))*(1+1e-15) {
				t.Error(name, got)
			}
		}
	}
}

// Invariant: groups are equivalent if and only if the interval of level 2·level-1 lies
// within the margin, where it is not extended; a wider margin never takes that away.
func TestEquivalenceLaws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		x, y := drawCounts(t, "x"), drawCounts(t, "y")
		a, b := answered(x[0], x[1], x[2]), answered(y[0], y[1], y[2])
		margin, level := rapid.Float64Range(1, 150).Draw(t, "margin"), rapid.Float64Range(0.6, 0.99).Draw(t, "level")
		e := verify.Must(nps.Equivalent(a, b, margin, level))
		d := e.Difference
		if d.Lo < d.Value && d.Value < d.Hi && d.Lo > -200 && d.Hi < 200 {
			if within := -margin < d.Lo && d.Hi < margin; within != e.Equivalent && math.Abs(e.P-(1-level)) > 1e-9 {
				t.Fatal(e)
			}
		}
		wider := verify.Must(nps.Equivalent(a, b, margin*1.2, level))
		if wider.P > e.P || e.Equivalent && !wider.Equivalent {
			t.Fatal(e, wider)
		}
		back := verify.Must(nps.Equivalent(b, a, margin, level))
		if back.Below != e.Above || back.Above != e.Below || back.P != e.P || e.Margin != margin {
			t.Fatal(e, back)
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
		"test":               {second(nps.Compare(a, b, nps.CompareConfig{Test: 3})), clientele.ErrUnknown},
		"adjustment":         {second(nps.CompareAll(both, nps.CompareAllConfig{Adjust: 3})), clientele.ErrUnknown},
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

// Where nearly all answers are tied the variance is that of the few others, however many
// are tied: σ² = Σ t (N-t)(N+t) mn/(12 N (N-1)) of tied groups of t in all N.
func TestRanksOfManyTies(t *testing.T) {
	const n = 1 << 52
	var a, b nps.Tally
	for _, add := range []error{a.AddN(5, n), b.AddN(5, n-1), b.Add(6)} {
		if add != nil {
			t.Fatal(add)
		}
	}
	test := verify.Must(nps.RankSum(b, a))
	// One of b beats all n of a: U is n/2 below its mean, and σ² is n²/4 to 15 digits.
	relative(t, "z", test.Z, -1, 1e-12)
}
