package nps_test

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/verify"
	"github.com/clientele-go/clientele/nps"
	"pgregory.net/rapid"
)

// dimension divides customers into categories, given as "name:population".
func dimension(name string, categories ...any) nps.Dimension {
	m := nps.Dimension{Name: name}
	for i := 0; i < len(categories); i += 2 {
		m.Categories = append(m.Categories, nps.Category{Name: categories[i].(string), Population: categories[i+1].(float64)})
	}
	return m
}

// respondents are n with an answer and categories that are separated by spaces.
func respondents(n, answer int, categories string) []nps.Respondent {
	return slices.Repeat([]nps.Respondent{{Answer: answer, Categories: strings.Fields(categories)}}, n)
}

// twoByTwo has 10, 20, 30 and 40 respondents in the cells of region and age.
func twoByTwo() []nps.Respondent {
	return slices.Concat(
		respondents(6, 10, "north young"), respondents(4, 3, "north young"),
		respondents(10, 9, "north old"), respondents(10, 8, "north old"),
		respondents(10, 0, "south young"), respondents(20, 7, "south young"),
		respondents(20, 10, "south old"), respondents(10, 7, "south old"), respondents(10, 6, "south old"),
	)
}

// In a table of two by two, raking keeps the odds ratio of 10·40/(20·30) = 2/3. With halves
// in both dimensions the share x of the first cell has (x/(½-x))² = 2/3, and the cells are x,
// ½-x, ½-x and x.
func TestRakeByHand(t *testing.T) {
	dimensions := []nps.Dimension{dimension("region", "north", 50., "south", 50.), dimension("age", "young", 7., "old", 7.)}
	got := verify.Must(nps.Rake(clientele.All(twoByTwo()), dimensions, nps.RakeConfig{}))
	x := 0.5 * math.Sqrt(2./3) / (1 + math.Sqrt(2./3))
	cells := []struct{ share, n, score float64 }{{x, 10, 0.2}, {0.5 - x, 20, 0.5}, {0.5 - x, 30, -1. / 3}, {x, 40, 0.25}}
	first, score, squares := 0, 0., 0.
	for _, c := range cells {
		weight := 100 * c.share / c.n
		sameAs(t, "weight", got.Weights[first], weight, 1e-9)
		first += int(c.n)
		score += c.share * c.score
		squares += c.n * weight * weight
	}
	sameAs(t, "score", got.Score.Value, 100*score, 1e-9)
	sameAs(t, "score of the answers", verify.Must(got.Answers.Score()), 100*score, 1e-9)
	sameAs(t, "effective n", got.EffectiveN, 10_000/squares, 1e-9)
	sameAs(t, "design effect", got.DesignEffect, squares/100, 1e-9)
	sameAs(t, "least", got.Least, 100*x/40, 1e-9)
	sameAs(t, "most", got.Most, 100*x/10, 1e-9)
	if !got.Converged || got.Deviation > 1e-10 || got.Cut != 0 || got.Iterations < 2 {
		t.Errorf("%+v", got)
	}
	want := nps.RakedCategory{Name: "old", N: 60, Before: 0.6, Target: 0.5, After: got.Dimensions[1].Categories[0].After}
	if c := got.Dimensions[1].Categories[0]; c != want || math.Abs(c.After-0.5) > 1e-10 {
		t.Errorf("%+v, want %+v", c, want)
	}
}

// The standard error is that of the residuals of a weighted regression on the categories,
// solved here by normal equations on an intercept, south and old.
func TestRakeDoubt(t *testing.T) {
	sample := twoByTwo()
	dimensions := []nps.Dimension{dimension("region", "north", 20., "south", 80.), dimension("age", "young", 65., "old", 35.)}
	got := verify.Must(nps.Rake(clientele.All(sample), dimensions, nps.RakeConfig{}))
	value := func(p nps.Respondent) float64 { r, _ := nps.Standard().Classify(p.Answer); return float64(r) }
	columns := func(p nps.Respondent) [3]float64 {
		x := [3]float64{1, 0, 0}
		if p.Categories[0] == "south" {
			x[1] = 1
		}
		if p.Categories[1] == "old" {
			x[2] = 1
		}
		return x
	}
	var a [3][4]float64 // normal equations
	for i, p := range sample {
		x := columns(p)
		for j := range 3 {
			for k := range 3 {
				a[j][k] += got.Weights[i] * x[j] * x[k]
			}
			a[j][3] += got.Weights[i] * x[j] * value(p)
		}
	}
	for j := range 3 { // Gauss-Jordan
		for i := range 3 {
			if ratio := a[i][j] / a[j][j]; i != j {
				for k := range a[i] {
					a[i][k] -= ratio * a[j][k]
				}
			}
		}
	}
	squares := 0.
	for i, p := range sample {
		rest := value(p)
		for j, x := range columns(p) {
			rest -= x * a[j][3] / a[j][j]
		}
		squares += got.Weights[i] * got.Weights[i] * rest * rest
	}
	sameAs(t, "standard error", got.Score.StdErr, 100*math.Sqrt(100./99*squares)/100, 1e-11)
	if as := verify.Must(got.Answers.StdErr()); as <= got.Score.StdErr {
		t.Errorf("dimensions that explain answers lower the uncertainty: %v, and %v of weights as given", got.Score.StdErr, as)
	}
}

// Weights before raking count: a respondent of weight 3 is as good as three.
func TestRakeBaseWeights(t *testing.T) {
	one := slices.Concat(respondents(2, 10, "a"), respondents(3, 0, "a"), respondents(4, 10, "b"), respondents(1, 7, "b"))
	heavy := slices.Concat(respondents(2, 10, "a"), respondents(1, 0, "a"), respondents(4, 10, "b"), respondents(1, 7, "b"))
	heavy[2].Weight = 3
	dimensions := []nps.Dimension{dimension("m", "a", 3., "b", 1.)}
	want := verify.Must(nps.Rake(clientele.All(one), dimensions, nps.RakeConfig{}))
	got := verify.Must(nps.Rake(clientele.All(heavy), dimensions, nps.RakeConfig{}))
	sameAs(t, "score", got.Score.Value, want.Score.Value, 1e-12)
	sameAs(t, "share before", got.Dimensions[0].Categories[0].Before, 0.5, 1e-15)
	sameAs(t, "ratio of weights", got.Weights[2]/got.Weights[0], 3, 1e-14)
}

// Cut weights meet the dimensions, and none is above the limit.
func TestRakeCut(t *testing.T) {
	sample := append(twoByTwo(), respondents(1, 10, "north young")...)
	for i := range sample {
		sample[i].Weight = 1 + float64(i%7)/3
	}
	dimensions := []nps.Dimension{dimension("region", "north", 70., "south", 30.), dimension("age", "young", 50., "old", 50.)}
	free := verify.Must(nps.Rake(clientele.All(sample), dimensions, nps.RakeConfig{}))
	got := verify.Must(nps.Rake(clientele.All(sample), dimensions, nps.RakeConfig{MaxWeight: 3}))
	if free.Most <= 3 || got.Most != 3 || got.Cut == 0 || got.Deviation > 1e-10 || got.DesignEffect >= free.DesignEffect {
		t.Errorf("most %v and %v, %d cut, effects %v and %v", free.Most, got.Most, got.Cut, free.DesignEffect, got.DesignEffect)
	}
	cut := 0
	for _, w := range got.Weights {
		if w == 3 {
			cut++
		}
	}
	if cut != got.Cut {
		t.Errorf("%d weights of 3, %d reported", cut, got.Cut)
	}
	low, err := nps.Rake(clientele.All(sample), dimensions, nps.RakeConfig{MaxWeight: 1.5, MaxIterations: 200})
	if !errors.Is(err, clientele.ErrNotConverged) || low == nil || low.Converged || low.Most > 1.5 {
		t.Error(err)
	}
}

// Two dimensions that are the same question with other targets fit no weights: the error
// names the worst category and the partial result comes with it.
func TestRakeIncompatible(t *testing.T) {
	sample := slices.Concat(respondents(5, 10, "yes yes"), respondents(5, 3, "no no"), respondents(5, 7, "perhaps perhaps"))
	dimensions := []nps.Dimension{
		dimension("asked", "yes", 0.2, "no", 0.5, "perhaps", 0.3),
		dimension("asked again", "yes", 0.6, "no", 0.2, "perhaps", 0.2),
	}
	got, err := nps.Rake(clientele.All(sample), dimensions, nps.RakeConfig{MaxIterations: 50})
	in, ok := errors.AsType[*clientele.InputError](err)
	if !ok || !errors.Is(err, clientele.ErrNotConverged) || in.Field != `dimension "asked", category "yes"` || math.Abs(in.Value.(float64)-0.4) > 1e-9 {
		t.Fatal(err)
	}
	if got.Converged || got.Iterations != 50 || math.Abs(got.Deviation-0.4) > 1e-9 || math.IsNaN(got.Score.StdErr) {
		t.Errorf("%+v", got)
	}
}

// A cell that raking empties little by little, where north is young only if south is old,
// is named as not converged, and weights stay finite.
func TestRakeVanishing(t *testing.T) {
	sample := slices.Concat(respondents(5, 10, "north young"), respondents(5, 3, "north old"), respondents(5, 7, "south old"))
	dimensions := []nps.Dimension{dimension("region", "north", 0.5, "south", 0.5), dimension("age", "young", 0.8, "old", 0.2)}
	got, err := nps.Rake(clientele.All(sample), dimensions, nps.RakeConfig{MaxIterations: 5000})
	if !errors.Is(err, clientele.ErrNotConverged) || got == nil {
		t.Fatal(err)
	}
	if got.Weights[5] != 0 || got.Least != 0 || got.Answers.Idle() != 5 || math.IsNaN(got.Score.StdErr) || !got.Score.Contains(got.Score.Value) {
		t.Errorf("%+v", got)
	}
}

// The uncertainty of one respondent cannot be estimated.
func TestRakeOne(t *testing.T) {
	got := verify.Must(nps.Rake(clientele.All(respondents(1, 10, "a")), []nps.Dimension{dimension("m", "a", 1.)}, nps.RakeConfig{}))
	if got.Score != (clientele.Estimate{Value: 100, Lo: 100, Hi: 100}) || got.Iterations != 0 || got.Weights[0] != 1 {
		t.Errorf("%+v", got)
	}
}

func TestRakeRefuses(t *testing.T) {
	dimensions := []nps.Dimension{dimension("region", "north", 1., "south", 1.), dimension("age", "young", 1., "old", 1.)}
	for name, c := range map[string]struct {
		bad   nps.Respondent
		field string
		kind  error
	}{
		"answer":           {nps.Respondent{Answer: 11, Categories: []string{"north", "old"}}, "Answer", clientele.ErrRange},
		"unknown category": {nps.Respondent{Answer: 1, Categories: []string{"north", "middle"}}, "Categories[1]", clientele.ErrUnknown},
		"no category":      {nps.Respondent{Answer: 1, Categories: []string{"north"}}, "Categories", clientele.ErrMismatch},
		"negative weight":  {nps.Respondent{Answer: 1, Categories: []string{"north", "old"}, Weight: -1}, "Weight", clientele.ErrNegative},
		"weight NaN":       {nps.Respondent{Answer: 1, Categories: []string{"north", "old"}, Weight: math.NaN()}, "Weight", clientele.ErrNotFinite},
	} {
		r, err := nps.Rake(clientele.All(append(twoByTwo(), c.bad)), dimensions, nps.RakeConfig{})
		in, ok := errors.AsType[*clientele.InputError](err)
		if r != nil || !ok || in.Op != "nps.Rake" || in.Index != 100 || in.Field != c.field || !errors.Is(err, c.kind) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := nps.Rake(clientele.All([]nps.Respondent{}), dimensions, nps.RakeConfig{}); !errors.Is(err, clientele.ErrEmpty) {
		t.Error(err)
	}
	failing := func(yield func(nps.Respondent, error) bool) { yield(nps.Respondent{}, errors.New("cut off")) }
	if _, err := nps.Rake(failing, dimensions, nps.RakeConfig{}); err == nil || err.Error() != "nps.Rake: record 0: cut off" {
		t.Error(err)
	}
}

// Categories without respondents are named, all at once.
func TestRakeEmptyCategories(t *testing.T) {
	dimensions := []nps.Dimension{dimension("region", "north", 1., "south", 1., "west", 1.), dimension("age", "young", 1., "old", 1., "middle", 2.)}
	_, err := nps.Rake(clientele.All(twoByTwo()), dimensions, nps.RakeConfig{})
	config, ok := errors.AsType[*clientele.ConfigError](err)
	if !ok || len(config.Faults) != 2 || !errors.Is(err, clientele.ErrEmpty) {
		t.Fatal(err)
	}
	for i, want := range []string{`dimension "region", category "west"`, `dimension "age", category "middle"`} {
		if in, ok := errors.AsType[*clientele.InputError](config.Faults[i]); !ok || in.Field != want {
			t.Errorf("%v, want %s", config.Faults[i], want)
		}
	}
}

// All faults of dimensions and configuration come at once.
func TestRakeConfigFaults(t *testing.T) {
	var many []nps.Dimension
	for i := range 21 {
		many = append(many, dimension(fmt.Sprint(i), "a", 1.))
	}
	bad := nps.RakeConfig{Scale: nps.Scale{Min: 1}, MaxIterations: -1, Tolerance: math.NaN(), MaxWeight: 1, Level: 7}
	for _, c := range []struct {
		dimensions []nps.Dimension
		cfg        nps.RakeConfig
		kinds      []error
	}{
		{nil, bad, []error{
			clientele.ErrRange, clientele.ErrRange, clientele.ErrNegative, clientele.ErrRange, clientele.ErrRange, clientele.ErrRange, clientele.ErrMissing,
		}},
		{many, nps.RakeConfig{}, []error{clientele.ErrRange}},
		{
			[]nps.Dimension{dimension("a"), dimension("a", "x", 1., "x", 0., "", math.Inf(1)), dimension("", "x", 1e-13, "y", 1.)},
			nps.RakeConfig{},
			[]error{
				clientele.ErrMissing, clientele.ErrDuplicate, clientele.ErrRange, clientele.ErrDuplicate, clientele.ErrRange,
				clientele.ErrMissing, clientele.ErrNotFinite, clientele.ErrMissing, clientele.ErrRange,
			},
		},
	} {
		_, err := nps.Rake(clientele.All(twoByTwo()), c.dimensions, c.cfg)
		config, ok := errors.AsType[*clientele.ConfigError](err)
		if !ok || len(config.Faults) != len(c.kinds) {
			t.Fatal(err)
		}
		for i, kind := range c.kinds {
			if !errors.Is(config.Faults[i], kind) {
				t.Errorf("fault %d: %v, want %v", i, config.Faults[i], kind)
			}
		}
	}
}

// A dimension's category whose only respondent weighs next to nothing, beside heavy ones in
// every other dimension, either gets its share or is refused: no weight is NaN.
func TestRakeKeepsTinyWeights(t *testing.T) {
	const others = 19
	rake := func(least, most float64) (*nps.Raking, error) {
		dimensions := []nps.Dimension{}
		for i := range others {
			dimensions = append(dimensions, dimension(fmt.Sprint("m", i), "a", 2e-12, "b", 1.))
		}
		dimensions = append(dimensions, dimension("last", "c", 1., "d", 1.))
		row := func(all bool, in int, last string) []string {
			categories := []string{}
			for i := range others {
				if all || i == in {
					categories = append(categories, "a")
				} else {
					categories = append(categories, "b")
				}
			}
			return append(categories, last)
		}
		sample := []nps.Respondent{{Answer: 9, Categories: row(true, 0, "c"), Weight: least}}
		for i := range others {
			sample = append(sample, nps.Respondent{Answer: 3, Categories: row(false, i, "d"), Weight: most})
		}
		return nps.Rake(clientele.All(sample), dimensions, nps.RakeConfig{})
	}
	if _, err := rake(1e-16, 1e15); !errors.Is(err, clientele.ErrRange) {
		t.Error(err)
	}
	got, err := rake(1e-15, 1e15)
	if !errors.Is(err, clientele.ErrNotConverged) || got == nil {
		t.Fatal(err)
	}
	for _, x := range append(got.Weights, got.Score.StdErr, got.Score.Lo, got.Deviation, got.EffectiveN) {
		if math.IsNaN(x) || math.IsInf(x, 0) {
			t.Fatalf("%+v", got)
		}
	}
}

// Weights keep their promises also where the dimensions are not met: the average is 1, and
// none is above the limit. Here the limit allows b half of all weight at most.
func TestRakePromisesWithoutConvergence(t *testing.T) {
	sample := append(respondents(2, 10, "a"), respondents(1, 3, "b")...)
	dimensions := []nps.Dimension{dimension("m", "a", 1., "b", 9.)}
	got, err := nps.Rake(clientele.All(sample), dimensions, nps.RakeConfig{MaxWeight: 1.5})
	if !errors.Is(err, clientele.ErrNotConverged) || got == nil {
		t.Fatal(err)
	}
	for i, want := range []float64{0.75, 0.75, 1.5} {
		sameAs(t, "weight", got.Weights[i], want, 1e-15)
	}
	sameAs(t, "deviation", got.Deviation, 0.4, 1e-15)
	sameAs(t, "share after", got.Dimensions[0].Categories[0].After, 0.5, 1e-15)
	sameAs(t, "score", got.Score.Value, 0, 1e-15)
	if got.Converged || got.Cut != 1 || got.Least != got.Weights[0] || got.Most != 1.5 {
		t.Errorf("%+v", got)
	}
}

// Invariant: whatever the limit, the tolerance and the number of rounds, weights are 1 on
// average and at most MaxWeight, and the deviation is that of the shares that are shown.
func TestRakeAlwaysKeepsItsPromises(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var sample []nps.Respondent
		for _, cell := range []string{"north young", "north old", "south young", "south old"} {
			for _, answer := range []int{3, 7, 10} {
				some := respondents(rapid.IntRange(1, 4).Draw(t, "n"), answer, cell)
				some[0].Weight = rapid.SampledFrom([]float64{0, 1e-15, 0.01, 3, 40, 1e15}).Draw(t, "weight")
				sample = append(sample, some...)
			}
		}
		part := rapid.Float64Range(0.001, 1)
		dimensions := []nps.Dimension{
			dimension("region", "north", part.Draw(t, "north"), "south", part.Draw(t, "south")),
			dimension("age", "young", part.Draw(t, "young"), "old", part.Draw(t, "old")),
		}
		if rapid.Bool().Draw(t, "asked again") { // with other targets, which nothing meets
			dimensions = append(dimensions, dimension("region again", "north", 1., "south", 2.))
			for i := range sample {
				sample[i].Categories = append(sample[i].Categories, sample[i].Categories[0])
			}
		}
		cfg := nps.RakeConfig{
			MaxWeight:     rapid.SampledFrom([]float64{0, 1 + 1e-15, 1.01, 1.5, 3, 8}).Draw(t, "most"),
			MaxIterations: rapid.IntRange(1, 20).Draw(t, "rounds"),
			Tolerance:     rapid.SampledFrom([]float64{0, 1e-3, 0.1, 0.4}).Draw(t, "tolerance"),
		}
		got, err := nps.Rake(clientele.All(sample), dimensions, cfg)
		if got == nil || got.Converged != (err == nil) {
			t.Fatal(err)
		}
		all := 0.0
		for _, w := range got.Weights {
			all += w
		}
		sameAs(t, "average weight", all/float64(len(sample)), 1, 1e-12)
		if cfg.MaxWeight > 0 && got.Most > cfg.MaxWeight {
			t.Fatalf("weight %v above %v", got.Most, cfg.MaxWeight)
		}
		if n := float64(len(sample)); !got.Score.Contains(got.Score.Value) || got.EffectiveN > n*(1+1e-12) || got.DesignEffect < 1-1e-12 || got.Iterations > cfg.MaxIterations {
			t.Fatalf("%+v", got)
		}
		farthest := 0.0
		for _, m := range got.Dimensions {
			var before, after float64
			for _, c := range m.Categories {
				before, after = before+c.Before, after+c.After
				farthest = max(farthest, math.Abs(c.After-c.Target))
			}
			sameAs(t, "shares before", before, 1, 1e-12)
			sameAs(t, "shares after", after, 1, 1e-12)
		}
		sameAs(t, "deviation", got.Deviation, farthest, 1e-12)
	})
}
