package survival_test

import (
	"math"
	"slices"
	"testing"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/cohort/survival"
	"github.com/clientele-go/clientele/internal/verify"
	"pgregory.net/rapid"
)

// logLog is a curve with the limits of other programs.
func logLog(t testing.TB, all []survival.Spell) *survival.Curve {
	t.Helper()
	return verify.Must(survival.KaplanMeier(clientele.All(all), survival.Config{Limits: survival.LogLog}))
}

// Ten customers are seen from the origin, of whom one leaves on day 5; a hundred more are
// seen from day 10 on, so that the share of day 5 is known worst. The lower limit of the
// curve is 0.47 then, and rises to 0.56 on day 60 while the curve itself falls.
func TestQuantileOfALimitThatRises(t *testing.T) {
	all := []survival.Spell{event(5)}
	for range 9 {
		all = append(all, censored(100))
	}
	for i := range 100 {
		s := survival.Spell{Enter: 10, Time: 100}
		if day := 15 + 5*i; day <= 80 {
			s.Time, s.Event = float64(day), true
		}
		all = append(all, s)
	}
	c := logLog(t, all)
	nearest, largest := 0.0, 0.0 // when the lower limit is largest
	for p := range c.Points() {
		if lo := p.Survival.Lo; p.Survival.Level > 0 && lo > largest {
			nearest, largest = p.Time, lo
		}
	}
	for _, share := range []float64{0.05, 0.1} {
		q, err := c.Quantile(share)
		if err != nil || q.Lo == nil || *q.Lo != nearest || nearest == 5 {
			t.Errorf("share %v: %v, %v; want the lower limit of time %v, %v", share, q, err, nearest, largest)
		}
	}
	if q, err := c.Quantile(0.5); err != nil || q.Lo == nil || *q.Lo != 15 {
		t.Errorf("%v, %v", q, err)
	}
}

// Invariant: beyond the time at which the curve has reached 0, and what follows is known,
// the restricted mean is one number.
func TestRestrictedMeanAfterTheLastEvent(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		times := rapid.SliceOfN(rapid.Float64Range(0.1, 100), 1, 12).Draw(rt, "times")
		var all []survival.Spell
		for _, at := range times {
			all = append(all, event(at))
		}
		c := curveOf(t, all...)
		want, err := c.RestrictedMean(0)
		if err != nil {
			rt.Fatal(err)
		}
		until := slices.Max(times) * rapid.Float64Range(1, 50).Draw(rt, "factor")
		got, err := c.RestrictedMean(until)
		if err != nil || got.Value != want.Value || got.StdErr != want.StdErr || got.Lo != want.Lo {
			rt.Fatalf("%+v, %v; want %+v", got, err, want)
		}
	})
}

// Of four, three leave on days 2, 5 and 9 and one stays until day 12: half are left from day 5 to
// 9, and a quarter from then to the end. On day 5 the logarithm of S = 1/2 has the variance
// 1/12 + 1/6 = 1/4, and the limits 2^-f and 2^-1/f with f = e^(z/(2 ln 2)): both stay what they
// are until day 9, too.
func TestQuantileOfFlatStretches(t *testing.T) {
	c := logLog(t, []survival.Spell{event(2), event(5), event(9), censored(12)})
	f := math.Exp(1.959963984540054 / (2 * math.Ln2))
	at := func(q survival.Quantile, of func(survival.Quantile) *float64) float64 {
		if t := of(q); t != nil {
			return *t
		}
		return -1
	}
	value := func(q survival.Quantile) *float64 { return q.Value }
	lower := func(q survival.Quantile) *float64 { return q.Lo }
	upper := func(q survival.Quantile) *float64 { return q.Hi }
	for _, n := range []struct {
		name  string
		share float64
		of    func(survival.Quantile) *float64
		want  float64
	}{
		{"value of half", 0.5, value, 7},
		{"value of three quarters", 0.75, value, 10.5},
		{"value in between", 0.6, value, 9},
		{"lower limit of half", 1 - math.Pow(2, -f), lower, 7},
		{"upper limit of half", 1 - math.Pow(2, -1/f), upper, 7},
		{"beyond the upper limit of half", 1.01 - math.Pow(2, -1/f), upper, 9},
	} {
		if got := at(verify.Must(c.Quantile(n.share)), n.of); got != n.want {
			t.Errorf("%s: %v, want %v", n.name, got, n.want)
		}
	}
	// A stretch that the last exit ends: half are left from day 1 to 3, and then none.
	if q := curveOf(t, event(1), event(3)).Median(); q.Value == nil || *q.Value != 2 {
		t.Errorf("%v", q)
	}
}

// lateSpells are of customers, many of whom enter late.
func lateSpells(rt *rapid.T) []survival.Spell {
	return rapid.SliceOfN(rapid.Custom(func(t *rapid.T) survival.Spell {
		enter := float64(rapid.IntRange(0, 20).Draw(t, "enter"))
		return survival.Spell{Enter: enter, Time: enter + float64(rapid.IntRange(1, 30).Draw(t, "for")), Event: rapid.Bool().Draw(t, "event")}
	}), 1, 40).Draw(rt, "spells")
}

// Invariant: the interval of a quantile contains it, late entries or not, and the interval of
// the curve holds the share in between only: never before Lo, nor from Hi on.
func TestQuantileIsWithinItsLimits(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		c := curveOf(t, lateSpells(rt)...)
		share := rapid.Float64Range(0.01, 0.99).Draw(rt, "share")
		q, err := c.Quantile(share)
		if err != nil {
			rt.Fatal(err)
		}
		if q.Value != nil && (q.Lo == nil || *q.Lo > *q.Value || q.Hi != nil && *q.Hi < *q.Value) {
			rt.Fatal(q)
		}
		if says := q.Lo == nil || *q.Lo > 0 || q.Hi != nil; says != (q.Level > 0) {
			rt.Fatal(q, q.Level)
		}
		for _, at := range slices.Concat([]float64{0.5}, rapid.SliceOfN(rapid.Float64Range(0, c.Last()), 20, 20).Draw(rt, "times")) {
			e, err := c.At(at)
			if err != nil {
				rt.Fatal(err)
			}
			holds := e.Level == 0 || e.Contains(1-share)
			if before := q.Lo == nil || at < *q.Lo; holds && at > 0 && (before || q.Hi != nil && at >= *q.Hi) {
				rt.Fatalf("%v, but at %v %v", q, at, e)
			}
		}
	})
}

// Invariant: a limit of a quantile is a time at which the limit of the curve is at or
// below 1-share, and no limit of the curve at or below is nearer.
func TestQuantileLimitsAreNearest(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		all := lateSpells(rt)
		c := logLog(t, all)
		share := rapid.Float64Range(0.01, 0.99).Draw(rt, "share")
		q, err := c.Quantile(share)
		if err != nil {
			rt.Fatal(err)
		}
		for name, limit := range map[string]struct {
			at *float64
			of func(clientele.Estimate) float64
		}{
			"lower": {q.Lo, func(e clientele.Estimate) float64 { return e.Lo }},
			"upper": {q.Hi, func(e clientele.Estimate) float64 { return e.Hi }},
		} {
			var want *float64
			nearest := -1.0
			for p := range c.Points() {
				if v := limit.of(p.Survival); p.Survival.Level > 0 && v <= 1-share && v > nearest {
					want, nearest = &p.Time, v
				}
			}
			if (want == nil) != (limit.at == nil) || want != nil && *want != *limit.at {
				rt.Fatalf("%s limit of %v is %v", name, share, q)
			}
		}
	})
}
