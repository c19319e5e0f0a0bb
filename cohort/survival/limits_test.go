package survival_test

import (
	"errors"
	"testing"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/cohort/survival"
	"github.com/clientele-go/clientele/internal/interval"
	"github.com/clientele-go/clientele/internal/verify"
	"pgregory.net/rapid"
)

// Invariant: if nobody is censored the limits are Wilson's of a share, at the times of the
// points and between them.
func TestLimitsOfWilsonWithoutCensoring(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		times := rapid.SliceOfN(rapid.IntRange(1, 30), 1, 60).Draw(rt, "times")
		var all []survival.Spell
		for _, at := range times {
			all = append(all, event(float64(at)))
		}
		level := rapid.SampledFrom([]float64{0.5, 0.95, 0.999}).Draw(rt, "level")
		c := verify.Must(survival.KaplanMeier(clientele.All(all), survival.Config{Level: level}))
		for day := 0.5; day <= 31; day += 0.5 {
			stay := 0
			for _, at := range times {
				if float64(at) > day {
					stay++
				}
			}
			want := interval.Wilson(int64(stay), int64(len(times)), level)
			got, err := c.At(day)
			near := func(a, b float64) bool { return a-b < 1e-12 && b-a < 1e-12 }
			if err != nil || got.Level != level || got.Value != want.Value || !near(got.Lo, want.Lo) || !near(got.Hi, want.Hi) || !near(got.StdErr, want.StdErr) {
				rt.Fatalf("on day %v %+v, %v; want %+v", day, got, err, want)
			}
		}
	})
}

// Nine of ten stay on day 1. Eight of them are seen until day 2 only, so that the one who is
// left tells of day 3 what one customer can tell.
func TestLowerLimitFallsAsCustomersAreCensored(t *testing.T) {
	all := []survival.Spell{event(1), censored(4)}
	for range 8 {
		all = append(all, censored(2))
	}
	c := curveOf(t, all...)
	ten := interval.Wilson(9, 10, 0.95)
	lo, _ := interval.WilsonLimits(0.9*10/9, 10./9, 1.959963984540054)
	for day, want := range map[float64]float64{1: ten.Lo, 1.5: ten.Lo, 2: ten.Lo, 2.5: lo, 4: lo} {
		if e, err := c.At(day); err != nil || !verify.IsNear(e.Value, 0.9, 1e-15) || !verify.IsNear(e.Lo, want, 1e-12) || !verify.IsNear(e.Hi, ten.Hi, 1e-12) {
			t.Errorf("on day %v %+v, %v; want a lower limit of %v", day, e, err, want)
		}
	}
	if lo > ten.Lo-0.2 {
		t.Errorf("lower limits %v and %v", ten.Lo, lo)
	}
}

// Before the first event the share is 1, known from the fewest who were at risk so far. Of
// time 0, and of a time through which nobody was seen, there is no interval.
func TestLimitsOfWilsonBeforeAnEvent(t *testing.T) {
	some := curveOf(t, censored(2), censored(5), survival.Spell{Enter: 1, Time: 5}, survival.Spell{Enter: 3, Time: 9, Event: true})
	gap := curveOf(t, censored(2), survival.Spell{Enter: 4, Time: 9})
	for _, c := range []struct {
		curve *survival.Curve
		seen  map[float64]int64 // customers by day
	}{
		{some, map[float64]int64{0: 0, 0.5: 2, 2: 2, 2.5: 2, 5: 2, 6: 1, 8: 1}},
		{gap, map[float64]int64{0: 0, 1: 1, 2: 1, 3: 0, 9: 0}},
	} {
		for day, seen := range c.seen {
			want := sure(1)
			if seen > 0 {
				want = interval.Wilson(seen, seen, 0.95)
			}
			if e, err := c.curve.At(day); err != nil || !verify.IsNear(e.Lo, want.Lo, 1e-15) || e.Hi != 1 || e.Level != want.Level {
				t.Errorf("on day %v %+v, %v; want %+v", day, e, err, want)
			}
		}
	}
}

func TestLimitsTexts(t *testing.T) {
	for i, want := range []string{"wilson", "log-log", "log", "plain"} {
		text, err := survival.Limits(i).MarshalText()
		var read survival.Limits
		if err != nil || string(text) != want || survival.Limits(i).String() != want || read.UnmarshalText(text) != nil || int(read) != i {
			t.Errorf("%s, %v; reads as %v", text, err, read)
		}
	}
	read := survival.Plain
	if _, err := survival.Limits(4).MarshalText(); !errors.Is(err, clientele.ErrUnknown) {
		t.Error(err)
	}
	if err := read.UnmarshalText([]byte("loglog")); !errors.Is(err, clientele.ErrUnknown) || read != survival.Plain {
		t.Error(err)
	}
}
