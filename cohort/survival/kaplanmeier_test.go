package survival_test

import (
	"math"
	"testing"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/cohort/survival"
	"github.com/clientele-go/clientele/internal/verify"
)

func curveOf(t testing.TB, all ...survival.Spell) *survival.Curve {
	t.Helper()
	c, err := survival.KaplanMeier(clientele.All(all), survival.Config{})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func event(time float64) survival.Spell    { return survival.Spell{Time: time, Event: true} }
func censored(time float64) survival.Spell { return survival.Spell{Time: time} }

// sure is an estimate without an interval.
func sure(v float64) clientele.Estimate { return clientele.Estimate{Value: v, Lo: v, Hi: v} }

// Few customers, whose curves are plain to see.
func TestSurvivalOfFew(t *testing.T) {
	half := survival.Spell{Enter: 5, Time: 6, Event: true}
	for name, c := range map[string]struct {
		all    []survival.Spell
		values []float64 // of the points
		median string
		mean   float64
		gap    error
	}{
		"one event":                 {[]survival.Spell{event(3)}, []float64{0}, "3", 3, nil},
		"one censored":              {[]survival.Spell{censored(3)}, []float64{1}, "not reached", 3, nil},
		"all censored":              {[]survival.Spell{censored(3), censored(5), censored(5)}, []float64{1, 1}, "not reached", 5, nil},
		"all at once":               {[]survival.Spell{event(3), event(3), event(3)}, []float64{0}, "3", 3, nil},
		"at the origin":             {[]survival.Spell{event(0), censored(0)}, []float64{0.5}, "0", 0, nil},
		"minus zero":                {[]survival.Spell{event(math.Copysign(0, -1)), event(0), event(4)}, []float64{1. / 3, 0}, "0", 4. / 3, nil},
		"event before censoring":    {[]survival.Spell{censored(2), event(2)}, []float64{0.5}, "2", 2, nil},
		"flat step":                 {[]survival.Spell{event(1), event(2), event(4), event(8)}, []float64{0.75, 0.5, 0.25, 0}, "3 [1, 8]", 3.75, nil},
		"flat last step":            {[]survival.Spell{event(1), event(2), censored(4), censored(8)}, []float64{0.75, 0.5, 0.5, 0.5}, "5 [1, not reached]", 1 + 0.75 + 3, nil},
		"entry counts after":        {[]survival.Spell{event(5), censored(5), half}, []float64{0.5, 0}, "5.5", 5.5, nil},
		"all gone before an entry":  {[]survival.Spell{event(2), half}, []float64{0, 0}, "2", 2, survival.GapWarning{From: 2, To: 5, Gaps: 1, Zero: true}},
		"all gone at an entry":      {[]survival.Spell{event(5), half}, []float64{0, 0}, "5", 5, survival.GapWarning{From: 5, To: 5, Gaps: 1, Zero: true}},
		"nobody under observation":  {[]survival.Spell{censored(2), half}, []float64{1, 0}, "6", 6, survival.GapWarning{From: 2, To: 5, Gaps: 1}},
		"nobody from the beginning": {[]survival.Spell{half}, []float64{0}, "6", 6, survival.GapWarning{From: 0, To: 5, Gaps: 1}},
		"twice nobody":              {[]survival.Spell{half, {Enter: 8, Time: 9}}, []float64{0, 0}, "6", 6, survival.GapWarning{From: 0, To: 5, Gaps: 2, Zero: true}},
	} {
		t.Run(name, func(t *testing.T) {
			curve := curveOf(t, c.all...)
			var values []float64
			for p := range curve.Points() {
				values = append(values, p.Survival.Value)
				if p.AtRisk < 1 || !p.Survival.Contains(p.Survival.Value) || !p.Hazard.Contains(p.Hazard.Value) {
					t.Errorf("%+v", p)
				}
			}
			if len(values) != len(c.values) {
				t.Fatalf("points %v, want %v", values, c.values)
			}
			for i, want := range c.values {
				if !verify.IsNear(values[i], want, 1e-15) {
					t.Errorf("points %v, want %v", values, c.values)
				}
			}
			if got := curve.Median().String(); got != c.median {
				t.Errorf("median %s, want %s", got, c.median)
			}
			mean, err := curve.RestrictedMean(0)
			if err != nil || !verify.IsNear(mean.Value, c.mean, 1e-15) || !mean.Contains(mean.Value) {
				t.Errorf("restricted mean %+v, %v; want %v", mean, err, c.mean)
			}
			if c.gap == nil && curve.Warnings != nil || c.gap != nil && (len(curve.Warnings) != 1 || curve.Warnings[0] != c.gap) {
				t.Errorf("warnings %v, want %v", curve.Warnings, c.gap)
			}
		})
	}
}

// A curve is found by the name of its group.
func TestCurvesByGroup(t *testing.T) {
	var all []survival.Spell
	for i, group := range []string{"mail", "web", "", "web"} {
		all = append(all, survival.Spell{Time: float64(i + 1), Group: group})
	}
	curves, err := survival.KaplanMeierBy(clientele.All(all), survival.Config{})
	if err != nil {
		t.Fatal(err)
	}
	for name, n := range map[string]float64{"": 1, "mail": 1, "web": 2} {
		if c, ok := curves.Group(name); !ok || c.Group != name || c.N != n {
			t.Errorf("%q: %v %+v", name, ok, c)
		}
	}
	if c, ok := curves.Group("Web"); ok || c != nil {
		t.Errorf("%+v", c)
	}
	if _, ok := append(survival.Curves(nil), nil).Group(""); ok {
		t.Error("a curve of nothing")
	}
}
