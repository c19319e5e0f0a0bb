package cohort_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"testing"
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/cohort"
	"github.com/shopspring/decimal"
	"pgregory.net/rapid"
)

// drawActivity draws purchases and refunds over some two hundred days, many of them at
// equal times.
func drawActivity(t *rapid.T) []clientele.Purchase[string] {
	start := time.Date(2025, 3, 1, 0, 0, 0, 0, time.UTC)
	return rapid.SliceOfN(rapid.Custom(func(t *rapid.T) clientele.Purchase[string] {
		return clientele.Purchase[string]{
			Customer: fmt.Sprint("c", rapid.IntRange(1, 8).Draw(t, "customer")),
			At:       start.Add(time.Duration(rapid.IntRange(0, 400).Draw(t, "half days")) * 12 * time.Hour),
			Amount:   decimal.New(rapid.Int64Range(-300, 2000).Draw(t, "amount"), -rapid.Int32Range(0, 3).Draw(t, "places")),
			Group:    rapid.SampledFrom([]string{"", "a", "b"}).Draw(t, "group"),
		}
	}), 0, 60).Draw(t, "activity")
}

func drawTriangleConfig(t *rapid.T) cohort.TriangleConfig {
	cfg := cohort.TriangleConfig{
		AsOf: time.Date(2025, 3, 1, 0, 0, 0, 0, time.UTC).Add(time.Duration(rapid.IntRange(0, 5000).Draw(t, "asOf")) * time.Hour),
		Calendar: clientele.Calendar{
			Unit: rapid.SampledFrom([]clientele.Unit{clientele.Day, clientele.Week, clientele.Month}).Draw(t, "unit"),
			Zone: rapid.SampledFrom([]string{"", "Europe/Berlin", "America/New_York"}).Draw(t, "zone"),
		},
		Grouping:     rapid.SampledFrom([]cohort.Grouping{cohort.ByStart, cohort.ByKey, cohort.ByStartAndKey}).Draw(t, "rows"),
		Retention:    rapid.SampledFrom([]cohort.Retention{cohort.InColumn, cohort.OnOrAfter}).Draw(t, "active"),
		Entry:        rapid.SampledFrom([]cohort.Entry{cohort.FirstEver, cohort.FirstSince}).Draw(t, "entry"),
		MinPurchases: rapid.IntRange(0, 3).Draw(t, "least"),
	}
	switch rapid.IntRange(0, 2).Draw(t, "columns") {
	case 1:
		cfg.Window = clientele.Days(rapid.IntRange(1, 40).Draw(t, "window"))
	case 2:
		cfg.Brackets = []cohort.Bracket{{From: 0, To: 0}, {From: 1, To: 7}, {From: 10, To: 40}}
	default:
		if rapid.Bool().Draw(t, "again") {
			cfg.Entry = cohort.EveryPeriod
		}
	}
	if cfg.Window > 0 || cfg.Brackets != nil {
		cfg.Step = cohort.Step(rapid.IntRange(0, 2).Draw(t, "step"))
	}
	for _, labels := range []*[]string{&cfg.StartLabels, &cfg.ReturnLabels} {
		*labels = rapid.SampledFrom([][]string{nil, nil, {"a"}, {"b", ""}, {"unknown"}}).Draw(t, "labels")
	}
	if rapid.Bool().Draw(t, "late") {
		cfg.Since = cfg.AsOf.Add(-time.Duration(rapid.IntRange(0, 3000).Draw(t, "since")) * time.Hour)
	}
	return cfg
}

// document is a result as JSON, to compare.
func document(t *rapid.T, v any) string {
	data, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// answer is what an activity says to a question, faults included.
func answer(t *rapid.T, a *cohort.Activity[string], cfg cohort.TriangleConfig) string {
	tri, err := a.Triangle(cfg)
	if err != nil {
		return err.Error()
	}
	return document(t, tri)
}

// Invariant: in any order, in any split, merged, through stored bytes, and on any number
// of goroutines the triangle is the same.
func TestTriangleOfAnySplit(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		all, cfg := drawActivity(rt), drawTriangleConfig(rt)
		whole := activityOf(t, all)
		want := answer(rt, whole, cfg)
		mixed := rapid.Permutation(all).Draw(rt, "mixed")
		cut := rapid.IntRange(0, len(mixed)).Draw(rt, "cut")
		left, right := activityOf(t, mixed[:cut]), activityOf(t, mixed[cut:])
		if err := left.Merge(right); err != nil {
			rt.Fatal(err)
		}
		if got := answer(rt, left, cfg); got != want {
			rt.Fatalf("merged:\n%s\nwant\n%s", got, want)
		}
		one, err := whole.MarshalBinary()
		if err != nil {
			rt.Fatal(err)
		}
		other, err := left.MarshalBinary()
		if err != nil || !bytes.Equal(one, other) {
			rt.Fatalf("equal facts, other bytes: %v\n% x\n% x", err, one, other)
		}
		var stored cohort.Activity[string]
		if err := stored.UnmarshalBinary(one); err != nil {
			rt.Fatal(err)
		}
		cfg.Workers = 3
		if got := answer(rt, stored.Clone(), cfg); got != want {
			rt.Fatalf("stored:\n%s\nwant\n%s", got, want)
		}
	})
}

// Invariant: all money up to AsOf is in a cell or outside.
func TestTriangleHoldsAllMoney(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		all, cfg := drawActivity(rt), drawTriangleConfig(rt)
		tri, err := activityOf(t, all).Triangle(cfg)
		if err != nil {
			return
		}
		total, later := tri.OutsideRevenue, 0
		for _, row := range tri.Rows {
			sum := decimal.Zero
			for _, cell := range row.Cells {
				sum = sum.Add(cell.Revenue)
			}
			if !sum.Equal(row.Revenue) {
				rt.Fatalf("cells of %s hold %v of %v", row.Label, sum, row.Revenue)
			}
			total = total.Add(sum)
		}
		want := decimal.Zero
		for _, p := range all {
			if p.At.After(cfg.AsOf) {
				later++
			} else {
				want = want.Add(p.Amount)
			}
		}
		if !total.Equal(want) || tri.Later != later {
			rt.Fatalf("%v of %v, %d later of %d", total, want, tri.Later, later)
		}
	})
}

// Invariant: on or after is at least within and never increases from one complete cell
// to the next; both are at most the eligible.
func TestTriangleOnOrAfter(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		all, cfg := drawActivity(rt), drawTriangleConfig(rt)
		cfg.Retention = cohort.InColumn
		within, err := activityOf(t, all).Triangle(cfg)
		if err != nil {
			return
		}
		cfg.Retention = cohort.OnOrAfter
		later := triangleOf(t, activityOf(t, all), cfg)
		for i, row := range later.Rows {
			for k, cell := range row.Cells {
				if other := within.Rows[i].Cells[k]; cell.Active < other.Active || cell.Eligible != other.Eligible {
					rt.Fatalf("column %d: %+v, within %+v", k, cell, other)
				}
				if cell.Eligible > 0 && cell.Active > cell.Eligible || cell.Active > row.Size {
					rt.Fatalf("column %d: %+v of %d", k, cell, row.Size)
				}
				if k > 0 && cell.Complete && row.Cells[k-1].Complete && cell.Active > row.Cells[k-1].Active {
					rt.Fatalf("column %d: %d after %d", k, cell.Active, row.Cells[k-1].Active)
				}
			}
		}
	})
}

// Invariant: a later end completes cells and never changes what was complete, as long as
// purchases do not depend on it.
func TestTriangleLaterEndOnlyCompletes(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		all, cfg := drawActivity(rt), drawTriangleConfig(rt)
		cfg.Retention, cfg.Grouping = cohort.InColumn, cohort.ByStart
		if cfg.Entry == cohort.EveryPeriod {
			cfg.Entry = cohort.FirstEver
		}
		a := activityOf(t, all)
		before, err := a.Triangle(cfg)
		if err != nil {
			return
		}
		cfg.AsOf = cfg.AsOf.Add(time.Duration(rapid.IntRange(1, 2000).Draw(rt, "hours")) * time.Hour)
		after := make(map[string]cohort.Row)
		for _, row := range triangleOf(t, a, cfg).Rows {
			after[row.Label] = row
		}
		for _, row := range before.Rows {
			now := after[row.Label]
			if now.Size < row.Size {
				rt.Fatalf("%s shrank from %d to %d", row.Label, row.Size, now.Size)
			}
			for k, cell := range row.Cells {
				if !cell.Complete || row.Size != now.Size {
					continue
				}
				if document(rt, cell) != document(rt, now.Cells[k]) {
					rt.Fatalf("%s column %d was %+v, is %+v", row.Label, k, cell, now.Cells[k])
				}
			}
		}
	})
}

// plainCell is a cell by its definition.
type plainCell struct {
	active, eligible int
	brought          decimal.Decimal
}

// Invariant: counts, and what customers have brought, are those of the definition, read
// customer by customer, for columns of days since the first.
func TestTriangleByDefinition(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		all := drawActivity(rt)
		cfg := cohort.TriangleConfig{
			AsOf:         time.Date(2025, 3, 1, 0, 0, 0, 0, time.UTC).Add(time.Duration(rapid.IntRange(0, 5000).Draw(rt, "asOf")) * time.Hour),
			Grouping:     cohort.ByKey,
			Brackets:     []cohort.Bracket{{From: 0, To: 0}, {From: 5, To: 9}, {From: 30, To: 70}},
			MinPurchases: rapid.IntRange(1, 2).Draw(rt, "least"),
		}
		tri, err := activityOf(t, all).Triangle(cfg)
		if err != nil {
			return
		}
		day := func(at time.Time) int { return int(at.Unix() / 86400) }
		byCustomer := make(map[string][]clientele.Purchase[string])
		for _, p := range all {
			if !p.At.After(cfg.AsOf) && !p.Amount.IsNegative() {
				byCustomer[p.Customer] = append(byCustomer[p.Customer], p)
			}
		}
		want := make(map[string][]plainCell)
		for customer, own := range byCustomer {
			first := own[0]
			for _, p := range own {
				if p.At.Before(first.At) || p.At.Equal(first.At) && p.Group < first.Group {
					first = p
				}
			}
			if want[first.Group] == nil {
				want[first.Group] = make([]plainCell, len(cfg.Brackets))
			}
			for k, b := range cfg.Brackets {
				end := time.Unix(int64(day(first.At)+int(b.To)+1)*86400, 0)
				if end.Add(-1).After(cfg.AsOf) {
					continue
				}
				n := 0
				for _, p := range own {
					if d := clientele.Days(day(p.At) - day(first.At)); b.From <= d && d <= b.To {
						n++
					}
				}
				want[first.Group][k].eligible++
				for _, p := range all {
					if p.Customer == customer && !p.At.Before(first.At) && p.At.Before(end) {
						want[first.Group][k].brought = want[first.Group][k].brought.Add(p.Amount)
					}
				}
				if n >= cfg.MinPurchases {
					want[first.Group][k].active++
				}
			}
		}
		if len(tri.Rows) != len(want) {
			rt.Fatalf("%d rows, want %d", len(tri.Rows), len(want))
		}
		for _, row := range tri.Rows {
			for k, cell := range row.Cells {
				if golden := want[row.Key][k]; cell.Eligible != golden.eligible || golden.eligible > 0 && cell.Active != golden.active || !cell.Brought.Equal(golden.brought) {
					rt.Fatalf("%q column %d: %+v, want %+v", row.Key, k, cell, golden)
				}
			}
		}
	})
}
