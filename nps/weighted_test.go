package nps_test

import (
	"encoding/json"
	"errors"
	"math"
	"strings"
	"testing"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/verify"
	"github.com/clientele-go/clientele/nps"
)

// A promoter of weight 3, a passive of 2 and a detractor of 1: the score is (3-1)/6 =
// 1/3, Σ w²(v-1/3)² is 9·4/9 + 4·1/9 + 1·16/9 = 56/9, the variance 3/2·(56/9)/36 =
// 7/27, and effective answers are 36/14.
func TestWeightedByHand(t *testing.T) {
	w := weighed(weighedAnswer{answer: 10, weight: 3}, weighedAnswer{answer: 7, weight: 2}, weighedAnswer{answer: 2, weight: 1}, weighedAnswer{answer: 0, weight: 0})
	e := verify.Must(w.Interval(nps.Wald, 0))
	se := 100 * math.Sqrt(7./27)
	sameAs(t, "score", e.Value, 100./3, 1e-14)
	sameAs(t, "standard error", e.StdErr, se, 1e-14)
	sameAs(t, "StdErr", verify.Must(w.StdErr()), se, 1e-14)
	sameAs(t, "lower limit", e.Lo, 100./3-1.959963984540054*se, 1e-13)
	sameAs(t, "upper limit, cut", e.Hi, 100, 0)
	sameAs(t, "level", e.Level, 0.95, 0)
	sameAs(t, "effective n", verify.Must(w.EffectiveN()), 36./14, 1e-15)
	sameAs(t, "design effect", verify.Must(w.DesignEffect()), 3*14./36, 1e-15)
	sameAs(t, "mean", verify.Must(w.Mean()), (30+14+2)/6., 1e-15)
	if w.N() != 3 || w.Idle() != 1 || w.Weight() != 6 || w.Count(7) != 2 || w.Count(11) != 0 || w.Count(0) != 0 {
		t.Errorf("%d answers, %d idle, weight %v", w.N(), w.Idle(), w.Weight())
	}
	if g := w.Attitudes(); g != (nps.WeightedAttitudes{Detractors: 1, Passives: 2, Promoters: 3}) {
		t.Errorf("%+v", g)
	}
	if got := w.Unweighted().Attitudes(); got != (nps.Attitudes{Detractors: 1, Passives: 1, Promoters: 1}) {
		t.Errorf("%+v", got)
	}
}

// A weighted tally honours its scale.
func TestWeightedScale(t *testing.T) {
	five := nps.Scale{Min: 1, Max: 5, Detractor: 2, Promoter: 5}
	w := verify.Must(nps.NewWeighted(five))
	for answer, weight := range map[int]float64{1: 1, 4: 2, 5: 5} {
		if err := w.Add(answer, weight); err != nil {
			t.Fatal(err)
		}
	}
	if w.Scale() != five {
		t.Error(w.Scale())
	}
	sameAs(t, "score", verify.Must(w.Score()), 50, 1e-14)
	sameAs(t, "mean", verify.Must(w.Mean()), 34./8, 1e-15)
}

// The uncertainty of one answer, or of answers of one attitude, cannot be estimated by the
// linearised interval; the adjusted one has that of three more.
func TestWeightedOneSided(t *testing.T) {
	one := weighed(weighedAnswer{answer: 3, weight: 0.7})
	if e := verify.Must(one.Interval(nps.Wald, 0)); e != (clientele.Estimate{Value: -100, Lo: -100, Hi: -100}) {
		t.Error(e)
	}
	if _, err := one.StdErr(); !errors.Is(err, clientele.ErrEmpty) {
		t.Error(err)
	}
	var all nps.Weighted
	for range 10 {
		if err := all.Add(10, 0.1); err != nil {
			t.Fatal(err)
		}
	}
	if e := verify.Must(all.Interval(nps.Wald, 0)); e.Lo != 100 || e.Hi != 100 || e.StdErr != 0 || e.Level != 0 {
		t.Error(e)
	}
	// The published adjusted Wald interval of 10 promoters is 0.475036 to 1.063426.
	e := verify.Must(all.Interval(nps.AdjustedWald, 0))
	sameAs(t, "lower limit", e.Lo, 47.5035515447902, 1e-12)
	sameAs(t, "upper limit", e.Hi, 100, 0)
	sameAs(t, "value", e.Value, 100, 0)
}

// The sums keep what float64s would lose: 1e15 and a thousand times 1/8, in either order.
func TestWeightedOrder(t *testing.T) {
	var up, down nps.Weighted
	for i := range 1001 {
		if err := up.Add(9, []float64{1e15, 0.125}[min(i, 1)]); err != nil {
			t.Fatal(err)
		}
		if err := down.Add(9, []float64{1e15, 0.125}[min(1000-i, 1)]); err != nil {
			t.Fatal(err)
		}
	}
	if up.Weight() != 1e15+125 || down.Weight() != 1e15+125 {
		t.Errorf("%v and %v", up.Weight(), down.Weight())
	}
}

func TestWeightedBadInput(t *testing.T) {
	for name, c := range map[string]struct {
		answer int
		weight float64
		field  string
		kind   error
	}{
		"answer above":   {11, 1, "answer", clientele.ErrRange},
		"answer below":   {-1, 1, "answer", clientele.ErrRange},
		"negative":       {5, -1, "weight", clientele.ErrNegative},
		"not a number":   {5, math.NaN(), "weight", clientele.ErrNotFinite},
		"infinite":       {5, math.Inf(1), "weight", clientele.ErrNotFinite},
		"minus infinity": {5, math.Inf(-1), "weight", clientele.ErrNotFinite},
		"tiny":           {5, 9e-16, "weight", clientele.ErrRange},
		"enormous":       {5, 1.1e15, "weight", clientele.ErrRange},
	} {
		t.Run(name, func(t *testing.T) {
			var w nps.Weighted
			err := w.Add(c.answer, c.weight)
			in, ok := errors.AsType[*clientele.InputError](err)
			if !ok || in.Op != "nps.Weighted.Add" || in.Field != c.field || !errors.Is(err, c.kind) || w != (nps.Weighted{}) {
				t.Errorf("%v, %d answers", err, w.N())
			}
		})
	}
}

func TestWeightedRefusals(t *testing.T) {
	none := weighed(weighedAnswer{answer: 5, weight: 0})
	some := weighed(weighedAnswer{answer: 5, weight: 1}, weighedAnswer{answer: 9, weight: 1})
	same := weighed(weighedAnswer{answer: 9, weight: 1}, weighedAnswer{answer: 9, weight: 2})
	other := verify.Must(nps.NewWeighted(nps.OneToTen()))
	full, full2 := fullWeighted(), fullWeighted()
	_, badScale := nps.NewWeighted(nps.Scale{Min: 3, Max: 1})
	result := func(_ any, err error) error { return err }
	for name, c := range map[string]struct {
		err, kind error
	}{
		"scale":               {badScale, clientele.ErrConfig},
		"score of none":       {result(none.Score()), clientele.ErrEmpty},
		"mean of none":        {result(none.Mean()), clientele.ErrEmpty},
		"uncertainty of none": {result(none.StdErr()), clientele.ErrEmpty},
		"effective of none":   {result(none.EffectiveN()), clientele.ErrEmpty},
		"effect of none":      {result(none.DesignEffect()), clientele.ErrEmpty},
		"interval of none":    {result(none.Interval(nps.Wald, 0)), clientele.ErrEmpty},
		"adjusted of none":    {result(none.Interval(nps.AdjustedWald, 0)), clientele.ErrEmpty},
		"level 1":             {result(some.Interval(nps.Wald, 1)), clientele.ErrRange},
		"level next to 1":     {result(same.Interval(nps.Wald, math.Nextafter(1, 0))), clientele.ErrRange},
		"level NaN":           {result(some.Interval(nps.AdjustedWald, math.NaN())), clientele.ErrRange},
		"other method":        {result(some.Interval(nps.TrinomialT, 0)), clientele.ErrUnknown},
		"level of a test":     {result(nps.CompareWeighted(some, some, nps.CompareConfig{Level: -1})), clientele.ErrRange},
		"test with none":      {result(nps.CompareWeighted(some, none, nps.CompareConfig{})), clientele.ErrEmpty},
		"test across scales":  {result(nps.CompareWeighted(some, other, nps.CompareConfig{})), clientele.ErrMismatch},
		"one too many":        {full.Add(5, 1), clientele.ErrRange},
		"a merge too many":    {full.Merge(some), clientele.ErrRange},
		"twice too many":      {full.Merge(full2), clientele.ErrRange},
		"merge of scales":     {some.Merge(other), clientele.ErrMismatch},
	} {
		if !errors.Is(c.err, c.kind) {
			t.Errorf("%s: %v, want %v", name, c.err, c.kind)
		}
	}
}

// fullWeighted holds as many answers as it can.
func fullWeighted() (w nps.Weighted) {
	none := "[" + strings.Repeat("0,", 10) + "0]"
	sums := "[" + strings.Repeat("[],", 10) + "[]]"
	data := `{"scale":{"min":0,"max":10,"detractor":6,"promoter":9},"counts":` + none + `,"idle":9007199254740992,"weights":` + sums + `,"squares":[[],[],[]]}`
	if err := json.Unmarshal([]byte(data), &w); err != nil {
		panic(err)
	}
	return w
}

// A sum is rounded once: half a unit in the last place is a tie, and the least more is not.
func TestWeightedTies(t *testing.T) {
	const large = 1 << 49 // units in the last place are eighths
	w := weighed(weighedAnswer{answer: 10, weight: large}, weighedAnswer{answer: 10, weight: 1. / 16})
	if got := w.Weight(); got != large {
		t.Errorf("a tie is %v", got)
	}
	if err := w.Add(10, 1e-15); err != nil {
		t.Fatal(err)
	}
	if got := w.Weight(); got != large+1./8 {
		t.Errorf("more than a tie is %v", got)
	}
}
