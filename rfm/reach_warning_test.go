package rfm_test

import (
	"errors"
	"fmt"
	"testing"

	"github.com/clientele-go/clientele/rfm"
	"pgregory.net/rapid"
)

// Levels that no customer can ever have are warned of, whether the scales were fitted,
// frozen or read.
func TestReachWarnings(t *testing.T) {
	r, f, m := rfm.Bounds(20, 40), rfm.Bounds(2, 5), rfm.Bounds(1, 9)
	median := rfm.Measure{Monetary: rfm.Median}
	for _, c := range []struct {
		name string
		plan rfm.Plan
		want string
	}{
		{"all within reach", planOf(rfm.Measure{}, r, f, m), "[]"},
		{"recency below 0", planOf(rfm.Measure{}, rfm.Bounds(-30, 90), f, m), "[recency: nobody can be on levels [3], with edges [-30 90]: it is 0 or more]"},
		{"recency of 0 is normal", planOf(rfm.Measure{}, rfm.Bounds(0, 90), f, m), "[recency: nobody can be on levels [3], with edges [0 90]: it is 0 or more]"},
		{"frequency of 0 is normal", planOf(rfm.Measure{}, r, rfm.Bounds(0, 1), m), "[frequency: nobody can be on levels [1], with edges [0 1]: it is a whole number, 0 or more]"},
		{"no whole number between", planOf(rfm.Measure{}, r, rfm.Bounds(2.25, 2.75), m), "[frequency: nobody can be on levels [2], with edges [2.25 2.75]: it is a whole number, 0 or more]"},
		{"a number between per year", planOf(rfm.Measure{Frequency: rfm.PerYear}, r, rfm.Bounds(2.25, 2.75), m), "[]"},
		{"whole days", planOf(rfm.Measure{Days: rfm.Whole}, rfm.Edges(1.25, 1.75), f, m), "[recency: nobody can be on levels [2], with edges [1.25 1.75]: it is a whole number, 0 or more]"},
		{"whole days as an average", planOf(rfm.Measure{Days: rfm.Whole, Recency: rfm.Rhythm}, rfm.Edges(1.25, 1.75), f, m), "[]"},
		{"edge of 0", planOf(rfm.Measure{}, rfm.Edges(0, 9), rfm.Edges(0, 9), m), "[]"},
		{"closed left at 0", planOf(rfm.Measure{}, rfm.Edges(0, 9).By(rfm.ClosedLeft), f, m), "[recency: nobody can be on levels [3], with edges [0 9]: it is 0 or more]"},
		{"two levels", planOf(rfm.Measure{}, r, rfm.Edges(-2, -1), m), "[frequency: nobody can be on levels [1 2], with edges [-2 -1]: it is a whole number, 0 or more]"},
		{"refunds below 0", planOf(rfm.Measure{}, r, f, rfm.Bounds(-5, 9)), "[]"},
		{"a median has no refunds", planOf(median, r, f, rfm.Bounds(-5, 9)), "[monetary: nobody can be on levels [1], with edges [-5 9]: it is 0 or more]"},
	} {
		t.Run(c.name, func(t *testing.T) {
			frozen := mustFreeze(t, c.plan)
			if got := fmt.Sprint(frozen.Warnings); got != c.want {
				t.Errorf("warnings are %s, want %s", got, c.want)
			}
			b := baseOf(t, rfm.Config{AsOf: asOf, Amounts: true}, buy(1, 1, 10, "5"))
			if got := fmt.Sprint(mustFit(t, b, c.plan).Warnings); got != c.want {
				t.Errorf("fitted: warnings are %s, want %s", got, c.want)
			}
		})
	}
}

// Law: a value that a customer can have is on no level that is warned of.
func TestNobodyOutOfReach(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		edge := rapid.Custom(func(t *rapid.T) float64 { return float64(rapid.IntRange(-8, 20).Draw(t, "edge")) / 4 })
		low, high := edge.Draw(t, "low"), edge.Draw(t, "high")
		by := rfm.Bounds(min(low, high), max(low, high))
		scales := mustFreeze(t, planOf(rfm.Measure{Days: rfm.Whole}, by, by, rfm.Bounds(1, 9)))
		seen := [2]map[int]bool{{}, {}}
		for n := range 30 {
			s, err := scales.ScoreValues(rfm.Values{Recency: float64(n), Frequency: float64(n)})
			if err != nil {
				t.Fatal(err)
			}
			seen[rfm.R][s.R], seen[rfm.F][s.F] = true, true
		}
		reached := 0
		for _, warning := range scales.Warnings {
			w, _ := errors.AsType[rfm.ReachWarning](warning)
			for _, level := range w.Levels {
				reached++
				if seen[w.Metric][level] {
					t.Fatalf("%v, but somebody is", w)
				}
			}
		}
		if len(seen[rfm.R])+len(seen[rfm.F])+reached != 6 {
			t.Fatalf("seen %v, warned of %v", seen, scales.Warnings)
		}
	})
}
