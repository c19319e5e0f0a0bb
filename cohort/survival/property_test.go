package survival_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/cohort/survival"
	"pgregory.net/rapid"
)

// drawSpells draws spells with many ties. Whole weights are numbers of customers.
func drawSpells(t *rapid.T, whole bool) []survival.Spell {
	return rapid.SliceOfN(rapid.Custom(func(t *rapid.T) survival.Spell {
		s := survival.Spell{
			Time:  rapid.OneOf(rapid.Map(rapid.IntRange(0, 12), func(n int) float64 { return float64(n) }), rapid.Float64Range(0, 12)).Draw(t, "time"),
			Event: rapid.Bool().Draw(t, "event"),
			Group: rapid.SampledFrom([]string{"a", "b", "c"}).Draw(t, "group"),
		}
		if enter := float64(rapid.IntRange(0, 8).Draw(t, "enter")); enter < s.Time {
			s.Enter = enter
		}
		if whole {
			s.Weight = float64(rapid.IntRange(0, 3).Draw(t, "weight"))
		} else {
			s.Weight = rapid.SampledFrom([]float64{0, 1, 0.1, 0.7, 1e-9, 1e9, 1. / 3}).Draw(t, "weight")
		}
		return s
	}), 1, 40).Draw(t, "spells")
}

func drawSurvivalConfig(t *rapid.T) survival.Config {
	return survival.Config{
		Level:  rapid.Float64Range(0.01, 0.9999).Draw(t, "level"),
		Limits: survival.Limits(rapid.IntRange(0, 3).Draw(t, "limits")),
	}
}

func drawnCurve(t *rapid.T, all []survival.Spell, cfg survival.Config) *survival.Curve {
	c, err := survival.KaplanMeier(clientele.All(all), cfg)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// summaryOf is all that a curve tells.
func summaryOf(t *rapid.T, c *survival.Curve) string {
	mean, err := c.RestrictedMean(0)
	if err != nil {
		t.Fatal(err)
	}
	data, err := json.Marshal([]any{c, c.Median(), mean})
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// Invariants: survival falls within [0, 1] and hazard rises; intervals contain their
// values, nothing is NaN or infinite (JSON has neither), and At agrees with the points.
func TestSurvivalIsASurvival(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := drawnCurve(t, drawSpells(t, false), drawSurvivalConfig(t))
		summaryOf(t, c)
		before := survival.Point{Time: -1, Survival: clientele.Estimate{Value: 1}}
		lowest, rises := 1.0, false // lower limit so far, and whether it has risen
		for p := range c.Points() {
			s, h := p.Survival, p.Hazard
			if p.Time <= before.Time || p.AtRisk <= 0 || p.Events+p.Censored <= 0 || s.Value > before.Survival.Value || h.Value < before.Hazard.Value {
				t.Fatalf("%+v after %+v", p, before)
			}
			if s.Lo < 0 || s.Hi > 1 || !s.Contains(s.Value) || h.Lo < 0 || !h.Contains(h.Value) || s.StdErr < 0 || h.StdErr < 0 {
				t.Fatalf("%+v", p)
			}
			if at, err := c.At(p.Time); err != nil || at != s {
				t.Fatalf("at %v %+v, %v; want %+v", p.Time, at, err, s)
			}
			if s.Level > 0 {
				rises = rises || s.Lo > lowest
				lowest = min(lowest, s.Lo)
			}
			before = p
		}
		share := rapid.Float64Range(0.01, 0.99).Draw(t, "share")
		q, err := c.Quantile(share)
		if err != nil {
			t.Fatal(err)
		}
		inOrder := func(a, b *float64) bool { return a == nil || b == nil || *a <= *b }
		if !rises && !inOrder(q.Lo, q.Value) || !inOrder(q.Value, q.Hi) || q.Value == nil && q.Hi != nil {
			t.Fatal(q)
		}
		if mean, err := c.RestrictedMean(0); err != nil || !mean.Contains(mean.Value) || mean.Value < 0 || mean.Value > c.Last() {
			t.Fatal(mean, err)
		}
	})
}

// Invariant: without censoring and delayed entry survival is one minus the empirical
// distribution function, to the last bit, and the restricted mean is the mean.
func TestSurvivalWithoutCensoring(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		times := rapid.SliceOfN(rapid.Map(rapid.IntRange(0, 50), func(n int) float64 { return float64(n) / 4 }), 1, 60).Draw(t, "times")
		var all []survival.Spell
		total := 0.0
		for _, at := range times {
			all = append(all, event(at))
			total += at
		}
		c := drawnCurve(t, all, survival.Config{})
		for p := range c.Points() {
			later := 0
			for _, at := range times {
				if at > p.Time {
					later++
				}
			}
			if p.Survival.Value != float64(later)/float64(len(times)) {
				t.Fatalf("%+v, %d of %d later", p, later, len(times))
			}
		}
		mean, err := c.RestrictedMean(0)
		if err != nil || math.Abs(mean.Value-total/float64(len(times))) > 1e-12*total {
			t.Fatal(mean, err, total)
		}
	})
}

// Invariant: the order of the spells changes nothing, to the last bit.
func TestSurvivalOfAnyOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		all, cfg := drawSpells(t, false), drawSurvivalConfig(t)
		mixed := rapid.Permutation(all).Draw(t, "mixed")
		if a, b := summaryOf(t, drawnCurve(t, all, cfg)), summaryOf(t, drawnCurve(t, mixed, cfg)); a != b {
			t.Fatalf("%s\n%s", a, b)
		}
		documents := func(all []survival.Spell) string {
			curves, err := survival.KaplanMeierBy(clientele.All(all), cfg)
			for i := range all {
				all[i].Weight = math.Ceil(all[i].Weight)
			}
			ranks, errRanks := survival.LogRank(clientele.All(all))
			peto, errPeto := survival.PetoPeto(clientele.All(all))
			data, errData := json.Marshal([]any{curves, ranks, fmt.Sprint(errRanks), peto, fmt.Sprint(errPeto)})
			if err := errors.Join(err, errData); err != nil {
				t.Fatal(err)
			}
			return string(data)
		}
		if a, b := documents(slices.Clone(all)), documents(slices.Clone(mixed)); a != b {
			t.Fatalf("%s\n%s", a, b)
		}
	})
}

// Invariants: a weight counts as that many customers, to the last bit; the curve of a
// group is that of its spells.
func TestSurvivalWeightsAndGroups(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		all, cfg := drawSpells(t, true), drawSurvivalConfig(t)
		var copies []survival.Spell
		for _, s := range all {
			n := max(int(s.Weight), 1)
			s.Weight = 0
			copies = append(copies, slices.Repeat([]survival.Spell{s}, n)...)
		}
		if a, b := summaryOf(t, drawnCurve(t, all, cfg)), summaryOf(t, drawnCurve(t, copies, cfg)); a != b {
			t.Fatalf("%s\n%s", a, b)
		}
		a, errA := survival.LogRank(clientele.All(all))
		b, errB := survival.LogRank(clientele.All(copies))
		if (errA == nil) != (errB == nil) || a.Statistic != b.Statistic || a.P != b.P || !slices.Equal(a.Groups, b.Groups) {
			t.Fatalf("%+v, %v\n%+v, %v", a, errA, b, errB)
		}
		curves, err := survival.KaplanMeierBy(clientele.All(all), cfg)
		if err != nil || !slices.IsSortedFunc(curves, func(a, b *survival.Curve) int { return strings.Compare(a.Group, b.Group) }) {
			t.Fatal(curves, err)
		}
		for _, c := range curves {
			alone := drawnCurve(t, ofGroup(all, c.Group), cfg)
			alone.Group = c.Group
			if a, b := summaryOf(t, c), summaryOf(t, alone); a != b {
				t.Fatalf("%s\n%s", a, b)
			}
		}
	})
}

// Invariants: names of groups mean nothing to a test; observed and expected events are
// equally many in all; of two groups that change places the excess changes sign.
func TestLogRankOfRenamedGroups(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		all := drawSpells(t, true)
		if rapid.Bool().Draw(t, "two groups") {
			all = slices.DeleteFunc(all, func(s survival.Spell) bool { return s.Group == "b" })
		}
		renamed := slices.Clone(all)
		for i := range renamed {
			renamed[i].Group = map[string]string{"a": "z", "b": "y", "c": "x"}[renamed[i].Group]
		}
		for _, run := range []func(spellSource) (survival.Test, error){survival.LogRank, survival.PetoPeto} {
			a, errA := run(clientele.All(all))
			b, errB := run(clientele.All(renamed))
			if (errA == nil) != (errB == nil) {
				t.Fatal(errA, errB)
			}
			if errA != nil {
				continue
			}
			if a.DF != b.DF || math.Abs(a.Statistic-b.Statistic) > 1e-9*(1e-3+a.Statistic) || math.Abs(a.P-b.P) > 1e-6 || a.P < 0 || a.P > 1 {
				t.Fatalf("%+v\n%+v", a, b)
			}
			slices.Reverse(b.Groups)
			observed, expected := 0.0, 0.0
			for i, g := range a.Groups {
				if h := b.Groups[i]; g.N != h.N || g.Observed != h.Observed || math.Abs(g.Expected-h.Expected) > 1e-12*(1+g.Expected) {
					t.Fatalf("%+v\n%+v", g, h)
				}
				observed, expected = observed+g.Observed, expected+g.Expected
			}
			if math.Abs(observed-expected) > 1e-9*(1+observed) {
				t.Fatalf("%+v", a)
			}
		}
	})
}

// Invariant: in another unit of time all times are in that unit, and everything else is
// the same.
func TestSurvivalInOtherUnits(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		all, cfg := drawSpells(t, false), drawSurvivalConfig(t)
		const unit = 24
		hours := slices.Clone(all)
		for i := range hours {
			hours[i].Time *= unit
			hours[i].Enter *= unit
		}
		a, b := drawnCurve(t, all, cfg), drawnCurve(t, hours, cfg)
		if a.Len() != b.Len() { // two times that rounding made one
			t.Skip()
		}
		scaled := func(a, b *float64) bool {
			return (a == nil) == (b == nil) && (a == nil || math.Abs(*a*unit-*b) <= 1e-12**b)
		}
		p, q := a.Median(), b.Median()
		if !scaled(p.Value, q.Value) || !scaled(p.Lo, q.Lo) || !scaled(p.Hi, q.Hi) {
			t.Fatal(p, q)
		}
		x, errX := a.RestrictedMean(0)
		y, errY := b.RestrictedMean(0)
		if err := errors.Join(errX, errY); err != nil || !scaled(&x.Value, &y.Value) || !scaled(&x.StdErr, &y.StdErr) {
			t.Fatal(x, y, err)
		}
	})
}
