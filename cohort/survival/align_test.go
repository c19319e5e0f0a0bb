package survival_test

import (
	"errors"
	"fmt"
	"math"
	"testing"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/cohort/survival"
	"pgregory.net/rapid"
)

// aligned collects the spells with aligned times.
func aligned(t testing.TB, tolerance float64, all ...survival.Spell) []survival.Spell {
	t.Helper()
	var got []survival.Spell
	for s, err := range survival.AlignTimes(clientele.All(all), tolerance) {
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, s)
	}
	return got
}

// Times that differ by rounding are two, until they are aligned.
func TestAlignTimes(t *testing.T) {
	tenth := 0.1
	rounded := []survival.Spell{event(tenth + 0.2), event(0.3), censored(1)}
	if c := curveOf(t, rounded...); c.Len() != 3 {
		t.Errorf("%d points", c.Len())
	}
	if c := curveOf(t, aligned(t, 0, rounded...)...); c.Len() != 2 || c.Last() != 1 {
		t.Errorf("%d points of aligned times", c.Len())
	}
	for name, c := range map[string]struct {
		tolerance float64
		times     []float64
		want      string
	}{
		"in any order":            {0, []float64{3, 0.3, tenth + 0.2, 1}, "[3 0.3 0.3 1]"},
		"runs begin with first":   {0, []float64{1, 1 + 1e-8, 1 + 2e-8, 1 + 3e-8}, "[1 1 1 1]"},
		"apart":                   {0, []float64{1, 1 + 2e-8}, "[1 1.00000002]"},
		"by the size of the mean": {0, []float64{0.001, 1e6, 1e6 + 0.001, 2e6}, "[0.001 1e+06 1e+06 2e+06]"},
		"stated":                  {0.5, []float64{10, 10.4, 10.8, 40}, "[10 10 10 40]"},
		"stated, above the mean":  {0.01, []float64{1, 1.005, 1.5}, "[1 1 1.5]"},
		"zero":                    {0, []float64{0, 1e-9, 1}, "[0 0 1]"},
		"huge":                    {0, []float64{1e308, math.MaxFloat64, 1.5e308}, "[1e+308 1.7976931348623157e+308 1.5e+308]"},
		"none":                    {0, nil, "[]"},
	} {
		var all []survival.Spell
		for _, at := range c.times {
			all = append(all, event(at))
		}
		got := []float64{}
		for _, s := range aligned(t, c.tolerance, all...) {
			got = append(got, s.Time)
		}
		if fmt.Sprint(got) != c.want {
			t.Errorf("%s: %v, want %s", name, got, c.want)
		}
	}
}

// An entry is aligned with the exits, and a spell that is nothing but rounding refused.
func TestAlignTimesOfEntries(t *testing.T) {
	tenth := 0.1
	got := aligned(t, 0, event(0.3), survival.Spell{Enter: tenth + 0.2, Time: 2, Weight: 3, Group: "a"})
	if got[1] != (survival.Spell{Enter: 0.3, Time: 2, Weight: 3, Group: "a"}) {
		t.Errorf("%+v", got)
	}
	broken := errors.New("broken")
	failing := func(yield func(survival.Spell, error) bool) { yield(survival.Spell{}, broken) }
	for name, c := range map[string]struct {
		run   func(tolerance float64) error
		of    float64
		index int
		kind  error
	}{
		"nothing left": {func(x float64) error {
			_, err := survival.KaplanMeier(survival.AlignTimes(clientele.All([]survival.Spell{event(1), {Enter: 0.3, Time: tenth + 0.2}}), x), survival.Config{})
			return err
		}, 0, 1, clientele.ErrRange},
		"unusable": {func(x float64) error {
			_, err := survival.LogRank(survival.AlignTimes(clientele.All([]survival.Spell{event(1), event(-1)}), x))
			return err
		}, 0, 1, clientele.ErrNegative},
		"source": {func(x float64) error {
			_, err := survival.KaplanMeier(survival.AlignTimes(failing, x), survival.Config{})
			return err
		}, 0, 0, broken},
		"none": {func(x float64) error {
			_, err := survival.KaplanMeier(survival.AlignTimes(nil, x), survival.Config{})
			return err
		}, 0, 0, clientele.ErrMissing},
		"negative": {func(x float64) error {
			_, err := survival.KaplanMeier(survival.AlignTimes(failing, x), survival.Config{})
			return err
		}, -1, 0, clientele.ErrNegative},
		"NaN": {func(x float64) error {
			_, err := survival.KaplanMeier(survival.AlignTimes(failing, x), survival.Config{})
			return err
		}, math.NaN(), 0, clientele.ErrNotFinite},
	} {
		err := c.run(c.of)
		in, ok := errors.AsType[*clientele.InputError](err)
		if !ok || in.Index != c.index || !errors.Is(err, c.kind) {
			t.Errorf("%s: %v, %+v", name, err, in)
		}
	}
}

// Invariant: what a time becomes does not depend on the order of spells, is not later, and
// keeps the order of times.
func TestAlignTimesInAnyOrder(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		all := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) survival.Spell {
			return event(float64(rapid.IntRange(0, 9).Draw(t, "day")) + float64(rapid.IntRange(0, 3).Draw(t, "rounding"))*1e-8)
		}), 0, 30).Draw(rt, "spells")
		once := aligned(t, 0, all...)
		for i, s := range all {
			for k, o := range all {
				if once[i].Time > s.Time || s.Time <= o.Time && once[i].Time > once[k].Time {
					rt.Fatalf("%v and %v became %v and %v", s.Time, o.Time, once[i].Time, once[k].Time)
				}
			}
		}
		mixed := rapid.Permutation(all).Draw(rt, "mixed")
		byTime := make(map[float64]float64)
		for i, s := range all {
			byTime[s.Time] = once[i].Time
		}
		for i, s := range aligned(t, 0, mixed...) {
			if byTime[mixed[i].Time] != s.Time {
				rt.Fatalf("%v became %v, and %v in another order", mixed[i].Time, byTime[mixed[i].Time], s.Time)
			}
		}
	})
}
