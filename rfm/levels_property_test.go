package rfm_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"testing"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/rfm"
	"github.com/shopspring/decimal"
	"pgregory.net/rapid"
)

// fitted generates scales over a generated base.
func fitted(t *rapid.T) (*rfm.Base[int64], *rfm.Scales) {
	cfg := genConfig().Draw(t, "config")
	all := withBuyer(genPurchases(numbered, genTime(), genPrice()).Draw(t, "purchases"), numbered(2))
	b := mustFeed(t, mustNew[int64](t, cfg), all)
	return b, mustFit(t, b, genPlan(cfg.Amounts).Draw(t, "plan"))
}

// with returns the values with one of them replaced.
func with(v rfm.Values, m rfm.Metric, x float64) rfm.Values {
	switch m {
	case rfm.R:
		v.Recency = x
	case rfm.F:
		v.Frequency = x
	default:
		v.Monetary = x
	}
	return v
}

// Invariant: a better value of one metric, the others being equal, never gets a
// lower level of it.
func TestLevelIsMonotone(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		_, scales := fitted(t)
		for range 20 {
			v, w := genValues().Draw(t, "v"), genValues().Draw(t, "w")
			for _, m := range []rfm.Metric{rfm.R, rfm.F, rfm.M} {
				low, high := min(v.Value(m), w.Value(m)), max(v.Value(m), w.Value(m))
				if m == rfm.R {
					low, high = high, low
				}
				worse, errWorse := scales.ScoreValues(with(v, m, low))
				better, errBetter := scales.ScoreValues(with(v, m, high))
				if errWorse != nil || errBetter != nil {
					t.Fatal(errWorse, errBetter)
				}
				if worse.Level(m) > better.Level(m) {
					t.Fatalf("%v of %v is on level %d, that of %v on %d", m, low, worse.Level(m), high, better.Level(m))
				}
			}
		}
	})
}

// Invariant: equal values of a metric share a level, in nested plans among
// customers of equal levels of the metrics before it; and levels are those of the
// grid.
func TestEqualValuesShareALevel(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		b, scales := fitted(t)
		state := mustGrade(t, b, scales)
		plan := scales.Plan()
		type spot struct {
			metric rfm.Metric
			value  float64
			within string
		}
		seen := map[spot]int{}
		for id, m := range b.All() {
			score := stands(state, id)
			if score != mustScore(t, scales, m) {
				t.Fatalf("customer %d: state has %+v, scales %+v", id, score, mustScore(t, scales, m))
			}
			for _, metric := range []rfm.Metric{rfm.R, rfm.F, rfm.M} {
				at := spot{metric, mustValues(t, scales, m).Value(metric), ""}
				if plan.Nested && metric > rfm.R {
					at.within = fmt.Sprint(score.R, score.F*int(metric-rfm.F))
				}
				level := score.Level(metric)
				if level < 1 || level > plan.Map.Levels[metric] {
					t.Fatalf("level %d of %d", level, plan.Map.Levels[metric])
				}
				if other, ok := seen[at]; ok && other != level {
					t.Fatalf("%+v is on levels %d and %d", at, other, level)
				}
				seen[at] = level
			}
		}
	})
}

// Invariant: multiplying all money by a positive number changes no level cut by
// quantiles. EdgePlusOne is left out: it adds one unit of money to its edges, so
// it depends on the unit.
func TestScalingMoneyChangesNoQuantileLevel(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		cfg := genConfig().Draw(t, "config")
		all := withBuyer(genPurchases(numbered, genTime(), genPrice()).Draw(t, "purchases"), numbered(2))
		cuts := rapid.SampledFrom([]rfm.Cuts{rfm.ClosedRight, rfm.ClosedLeft, rfm.AverageRank}).Draw(t, "cuts")
		rule := quantiles(rapid.IntRange(2, 10).Draw(t, "k"), cuts)
		plan := planOf(genMeasure(cfg.Amounts).Draw(t, "measure"), rule, rule, rule)
		plan.Nested = rapid.Bool().Draw(t, "nested")
		factor := decimal.New(rapid.Int64Range(1, 1_000_000).Draw(t, "factor"), rapid.Int32Range(-9, 9).Draw(t, "exponent"))

		scaled := slices.Clone(all)
		for i := range scaled {
			scaled[i].Amount = scaled[i].Amount.Mul(factor)
		}
		grade := func(all []clientele.Purchase[int64]) *rfm.State[int64] {
			b := mustFeed(t, mustNew[int64](t, cfg), all)
			return mustGrade(t, b, mustFit(t, b, plan))
		}
		before, after := grade(all), grade(scaled)
		for id, score := range before.All() {
			if stands(after, id) != score {
				t.Fatalf("times %v, customer %d goes from %+v to %+v", factor, id, score, stands(after, id))
			}
		}
	})
}

// Invariant: in a nested plan, the edges within a group are those that a plan
// over the group's customers alone would have.
func TestNestedEqualsFitWithinGroups(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		cfg := rfm.Config{AsOf: asOf}
		all := crowd(cfg).Draw(t, "purchases")
		b := mustFeed(t, mustNew[int64](t, cfg), all)
		rule := quantiles(rapid.IntRange(2, 4).Draw(t, "k"), rapid.SampledFrom(allCuts).Draw(t, "cuts"))
		plan := planOf(rfm.Measure{}, rule, rule, rule)
		flat := mustFit(t, b, plan)
		plan.Nested = true
		nested := mustFit(t, b, plan)
		state := mustGrade(t, b, nested)

		same := func(m rfm.Metric, r, f int, member func(rfm.Score) bool) {
			part := mustNew[int64](t, cfg)
			mustFeed(t, part, slices.DeleteFunc(slices.Clone(all), func(p clientele.Purchase[int64]) bool {
				return !member(stands(state, p.Customer))
			}))
			got, err := nested.Scale(m, r, f)
			if err != nil {
				t.Fatal(err)
			}
			want := rfm.Scale{Counts: make([]int, rule.Count)} // an empty group takes the edges of all
			from := flat
			if part.Len() > 0 {
				from = mustFit(t, part, planOf(rfm.Measure{}, rule, rule, rule))
			}
			own, err := from.Scale(m, 1, 1)
			if err != nil {
				t.Fatal(err)
			}
			want.Edges = own.Edges
			if part.Len() > 0 {
				want.Counts = own.Counts
			}
			if !slices.Equal(got.Edges, want.Edges) || !slices.Equal(got.Counts, want.Counts) {
				t.Fatalf("%v within %d %d: %v, want %v", m, r, f, got, want)
			}
		}
		same(rfm.R, 1, 1, func(rfm.Score) bool { return true })
		for r := 1; r <= rule.Count; r++ {
			same(rfm.F, r, 1, func(s rfm.Score) bool { return s.R == r })
			for f := 1; f <= rule.Count; f++ {
				same(rfm.M, r, f, func(s rfm.Score) bool { return s.R == r && s.F == f })
			}
		}
	})
}

// Invariant: scales and plans read from their JSON are the same data, warn the
// same and grade the same.
func TestJSONRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		_, scales := fitted(t)
		text := toJSON(t, scales)
		var read rfm.Scales
		if err := json.Unmarshal([]byte(text), &read); err != nil {
			t.Fatal(err)
		}
		if again := toJSON(t, &read); again != text {
			t.Fatalf("%s becomes %s", text, again)
		}
		if got, want := fmt.Sprint(read.Warnings), fmt.Sprint(scales.Warnings); got != want {
			t.Fatalf("warnings %s, want %s", got, want)
		}
		for range 20 {
			v := genValues().Draw(t, "values")
			got, errGot := read.ScoreValues(v)
			want, errWant := scales.ScoreValues(v)
			if got != want || errGot != nil || errWant != nil {
				t.Fatalf("%v gets %+v, want %+v (%v, %v)", v, got, want, errGot, errWant)
			}
		}

		var plan rfm.Plan
		text = toJSON(t, scales.Plan())
		if err := json.Unmarshal([]byte(text), &plan); err != nil {
			t.Fatal(err)
		}
		if again := toJSON(t, plan); again != text {
			t.Fatalf("%s becomes %s", text, again)
		}
	})
}
