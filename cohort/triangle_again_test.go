package cohort_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/cohort"
	"pgregory.net/rapid"
)

// Who buys in a period is in its cohort, however many purchases make a customer active.
func TestTriangleEveryPeriodWithFewPurchases(t *testing.T) {
	day := func(n int) time.Time { return date(2025, 3, 1+n) }
	twoCustomers := []clientele.Purchase[string]{
		pays("A", day(0), "1", ""), pays("A", day(1), "1", ""), pays("A", day(1).Add(1), "1", ""),
		pays("B", day(0), "1", ""), pays("B", day(0).Add(1), "1", ""),
	}
	one := []clientele.Purchase[string]{
		pays("A", day(0), "1", ""), pays("A", day(0).Add(1), "1", ""), pays("A", day(1), "1", ""), pays("A", day(2), "1", ""),
	}
	for name, c := range map[string]struct {
		purchases []clientele.Purchase[string]
		cfg       cohort.TriangleConfig
		sizes     []int
		want      [][]int
	}{
		"in column":               {twoCustomers, cohort.TriangleConfig{Entry: cohort.EveryPeriod}, []int{2, 1}, [][]int{{1, 1}, {1}}},
		"on or after":             {one, cohort.TriangleConfig{Entry: cohort.EveryPeriod, Retention: cohort.OnOrAfter}, []int{1, 1, 1}, [][]int{{1, 1, 0}, {1, 0}, {0}}},
		"on or after, first":      {one, cohort.TriangleConfig{Retention: cohort.OnOrAfter}, []int{1, 0, 0}, [][]int{{1, 1, 0}, nil, nil}},
		"on or after, brackets":   {one, cohort.TriangleConfig{Retention: cohort.OnOrAfter, Brackets: []cohort.Bracket{{0, 0}, {1, 1}, {2, 2}}}, []int{1, 0, 0}, [][]int{{1, 1, 0}, nil, nil}},
		"on or after, by windows": {one, cohort.TriangleConfig{Retention: cohort.OnOrAfter, Window: 1}, []int{1, 0, 0}, [][]int{{1, 1, 0}, nil, nil}},
	} {
		a := activityOf(t, c.purchases)
		c.cfg.AsOf, c.cfg.MinPurchases = date(2025, 3, len(c.want)+1).Add(-12*time.Hour-1), 2
		tri := triangleOf(t, a, c.cfg)
		if len(tri.Rows) != len(c.want) && c.cfg.Entry == cohort.EveryPeriod {
			t.Errorf("%s: %d rows", name, len(tri.Rows))
		}
		for i, row := range tri.Rows {
			if row.Size != c.sizes[i] || fmt.Sprint(cellsOf(row, activeOf)) != fmt.Sprint(c.want[i]) {
				t.Errorf("%s: row %d of %d: %v, want %d: %v", name, i, row.Size, cellsOf(row, activeOf), c.sizes[i], c.want[i])
			}
		}
	}
}

// Periods before 1970 have numbers below 0.
func TestTriangleEveryPeriodOfLongAgo(t *testing.T) {
	a := activityOf(t, []clientele.Purchase[string]{pays("A", date(1955, 3, 1), "1", ""), pays("A", date(1955, 3, 3), "1", "")})
	tri := triangleOf(t, a, cohort.TriangleConfig{
		AsOf: date(1955, 3, 6), Entry: cohort.EveryPeriod, Retention: cohort.OnOrAfter, MinPurchases: 3,
	})
	for _, row := range tri.Rows {
		if n := fmt.Sprint(cellsOf(row, activeOf)); n != "[0 0 0 0 0 0]" && n != "[0 0 0 0]" && n != "[]" {
			t.Errorf("%s: %s", row.Label, n)
		}
	}
}

// Invariant: under EveryPeriod a cohort holds who bought in its period, and a customer is
// active with enough purchases in a column, or in it and later.
func TestTriangleEveryPeriodByDefinition(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		all := drawActivity(rt)
		cfg := cohort.TriangleConfig{
			AsOf:  time.Date(2025, 3, 1, 0, 0, 0, 0, time.UTC).Add(time.Duration(rapid.IntRange(0, 5000).Draw(rt, "asOf")) * time.Hour),
			Entry: cohort.EveryPeriod, Calendar: clientele.Calendar{Unit: clientele.Month},
			Retention:    rapid.SampledFrom([]cohort.Retention{cohort.InColumn, cohort.OnOrAfter}).Draw(rt, "retention"),
			MinPurchases: rapid.IntRange(1, 3).Draw(rt, "least"),
		}
		tri, err := activityOf(t, all).Triangle(cfg)
		if err != nil {
			return
		}
		periods, err := cfg.Calendar.Open()
		if err != nil {
			rt.Fatal(err)
		}
		bought := make(map[string]map[int]int) // purchases by customer and period
		for _, p := range all {
			if p.Amount.IsNegative() || p.At.After(cfg.AsOf) {
				continue
			}
			if bought[p.Customer] == nil {
				bought[p.Customer] = make(map[int]int)
			}
			bought[p.Customer][periods.Index(p.At)]++
		}
		memberships := 0
		for _, own := range bought {
			memberships += len(own)
		}
		for _, row := range tri.Rows {
			memberships -= row.Size
			start, size := periods.Index(row.Start), 0
			active := make([]int, len(row.Cells))
			for _, own := range bought {
				if own[start] == 0 {
					continue
				}
				size++
				for k := range active {
					n := own[start+k]
					for later := range own {
						if cfg.Retention == cohort.OnOrAfter && later > start+k {
							n += own[later]
						}
					}
					if n >= cfg.MinPurchases {
						active[k]++
					}
				}
			}
			if got := cellsOf(row, activeOf); row.Size != size || fmt.Sprint(got) != fmt.Sprint(active) {
				rt.Fatalf("%s of %d: %v, want %d: %v", row.Label, row.Size, got, size, active)
			}
		}
		if memberships != 0 {
			rt.Fatalf("%d periods of customers are in no cohort", memberships)
		}
	})
}
