package rfm_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"iter"
	"slices"
	"strings"
	"testing"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/verify"
	"github.com/clientele-go/clientele/rfm"
	"github.com/shopspring/decimal"
	"pgregory.net/rapid"
)

// gathered is one base, as it is and as it was a month before, and how it is graded.
type gathered struct {
	before, after *rfm.Base[int64]
	plan          rfm.Plan
}

func (g gathered) states() (before, after *rfm.State[int64]) {
	scales := verify.Must(rfm.Fit(g.after, g.plan))
	return verify.Must(rfm.Grade(g.before, scales)), verify.Must(rfm.Grade(g.after, scales))
}

func (g gathered) state() *rfm.State[int64] {
	_, after := g.states()
	return after
}

func (g gathered) movement() *rfm.Movement[int64] { return verify.Must(rfm.Compare(g.states())) }

// inAnyOrder are all answers that are made of a base. Those that yield customers in the
// order in which they came are sorted.
var inAnyOrder = []struct {
	name   string
	answer func(g gathered) any
}{
	{"Base.All", func(g gathered) any { return sortedPairs(g.after.All()) }},
	{"Base.AppendBinary", func(g gathered) any { return verify.Must(g.after.AppendBinary(nil)) }},
	{"Base.MarshalBinary", func(g gathered) any { return verify.Must(g.after.MarshalBinary()) }},
	{"Base.Later", func(g gathered) any { return g.before.Later() }},
	{"Base.Len", func(g gathered) any { return g.after.Len() }},
	{"Base.Of", func(g gathered) any {
		f, _ := g.after.Of(5)
		return f
	}},
	{"Base.RefundsOnly", func(g gathered) any { return fmt.Sprint(g.after.RefundsOnly()) }},
	{"Fit", func(g gathered) any { return verify.Must(rfm.Fit(g.after, g.plan)) }},
	{"Grade", func(g gathered) any { return sortedPairs(g.state().All()) }},
	{"State.All", func(g gathered) any { return sortedPairs(g.state().All()) }},
	{"State.In", func(g gathered) any { return sortedPairs(g.state().In("Sleeping")) }},
	{"State.Len", func(g gathered) any { return g.state().Len() }},
	{"Facts", func(g gathered) any {
		f, _ := g.after.Of(5)
		bought := verify.Must(f.After(asOf, decimal.New(5, 0)))
		return []any{
			f.AsOf(), f.First(), f.Last(), f.Purchases(), f.InWindow(), f.Total(), f.WindowTotal(), f.Average(),
			bought, verify.Must(f.Silent(asOf.AddDate(0, 1, 0))),
		}
	}},
	{"Scales", func(g gathered) any {
		f, _ := g.after.Of(5)
		s := verify.Must(rfm.Fit(g.after, g.plan))
		d, ok, err := s.Degradation(f)
		return []any{
			verify.Must(s.Score(f)), verify.Must(s.Values(f)), fmt.Sprint(verify.Must(s.Explain(f))), fmt.Sprint(verify.Must(s.Watch(f))), fmt.Sprint(d, ok, err),
		}
	}},
	{"State.Of", func(g gathered) any { return fmt.Sprint(g.state().Of(5)) }},
	{"State.Report", func(g gathered) any { return g.state().Report() }},
	{"State.Scales", func(g gathered) any { return g.state().Scales() }},
	{"State.Segment", func(g gathered) any { return g.state().Segment(5) }},
	{"State.WriteCSV", func(g gathered) any { return csvOf(g.state().WriteCSV) }},
	{"Report.Diagnose", func(g gathered) any { return verify.Must(g.state().Report().Diagnose(rfm.DiagnoseConfig{})) }},
	{"Report.WriteCSV", func(g gathered) any { return csvOf(g.state().Report().WriteCSV) }},
	{"Report.WriteLongCSV", func(g gathered) any { return csvOf(g.state().Report().WriteLongCSV) }},
	{"Compare", func(g gathered) any { return counts(g.movement()) }},
	{"CompareScores", func(g gathered) any {
		before, after := g.states()
		return counts(verify.Must(rfm.CompareScores(before.All(), after)))
	}},
	{"Movement.Moves", func(g gathered) any {
		var all []string
		for m := range g.movement().Moves() {
			all = append(all, fmt.Sprint(m))
		}
		slices.Sort(all)
		return all
	}},
	{"Movement.WriteCSV", func(g gathered) any { return csvOf(g.movement().WriteCSV) }},
	{"Movement.WriteMatrixCSV", func(g gathered) any { return csvOf(g.movement().WriteMatrixCSV) }},
	{"Degrading", func(g gathered) any {
		return sortedPairs(verify.Must(rfm.Degrading(g.after, verify.Must(rfm.Fit(g.after, g.plan)))))
	}},
	{"Falling", func(g gathered) any {
		return sortedPairs(verify.Must(rfm.Falling(g.after, verify.Must(rfm.Fit(g.after, g.plan)), asOf.AddDate(0, 2, 0))))
	}},
	{"NewTable", func(g gathered) any { return table(g).Len() }},
	{"Table.Fit", func(g gathered) any { return verify.Must(table(g).Fit(rfm.GridPlan())) }},
	{"Table.Grade", func(g gathered) any {
		t := table(g)
		return csvOf(verify.Must(t.Grade(verify.Must(t.Fit(rfm.GridPlan())))).WriteCSV)
	}},
}

// Invariant: however the purchases are ordered, cut into shards and merged, from whichever
// end, and whatever the number of goroutines, an answer has the same bytes.
func TestAnswersInAnyOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		plan := rapid.SampledFrom([]rfm.Plan{
			rfm.CubePlan(rfm.Bounds(20, 200), rfm.Bounds(1, 2), rfm.Bounds(100, 900)), rfm.CubePlan(rfm.NaturalBreaks(3), rfm.Quantiles(3), rfm.Quantiles(3).By(rfm.AverageRank)),
		}).Draw(t, "plan")
		plan.Nested = rapid.Bool().Draw(t, "nested")
		all := withBuyer(genPurchases(func(i int) int64 { return int64(i) }, genTime(), genPrice()).Draw(t, "purchases"), 5)
		window := rapid.SampledFrom([]clientele.Days{0, 200}).Draw(t, "window")
		all[len(all)-1].At = asOf.AddDate(0, -3, 0)
		var want []string
		for _, workers := range []int{1, 3} {
			shuffled := rapid.Permutation(all).Draw(t, "order")
			g := gathered{plan: plan}
			for months, base := range map[int]**rfm.Base[int64]{-1: &g.before, 0: &g.after} {
				cfg := rfm.Config{AsOf: asOf.AddDate(0, months, 0), Window: window, Workers: workers}
				cut := rapid.IntRange(0, len(all)).Draw(t, "cut")
				one, two := mustFeed(t, mustNew[int64](t, cfg), shuffled[:cut]), mustFeed(t, mustNew[int64](t, cfg), shuffled[cut:])
				if rapid.Bool().Draw(t, "from the end") {
					one, two = two, one
				}
				*base = mustMerge(t, one, two)
			}
			for i, row := range inAnyOrder {
				got := toJSON(t, row.answer(g))
				if workers == 1 {
					want = append(want, got)
				} else if got != want[i] {
					t.Errorf("%s in another order\n%s\nwant\n%s", row.name, got, want[i])
				}
			}
		}
	})
}

// Invariant: purchases of one customer give the same history in any order, merged from
// whichever end.
func TestHistoryInAnyOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		cfg := genConfig().Draw(t, "config")
		all := genPurchases(func(int) int64 { return 1 }, genTime(), genAmount()).Draw(t, "purchases")
		made := func(all []clientele.Purchase[int64]) string {
			one, two := mustHistory(t, cfg), mustHistory(t, cfg)
			cut := rapid.IntRange(0, len(all)).Draw(t, "cut")
			for i, p := range all {
				into := one
				if i >= cut {
					into = two
				}
				if err := into.Add(p.At, p.Amount); err != nil {
					t.Fatal(err)
				}
			}
			if err := one.Merge(two); err != nil {
				t.Fatal(err)
			}
			facts, _ := one.Facts()
			return toJSON(t, facts) + string(verify.Must(one.AppendBinary(nil))) + string(verify.Must(one.MarshalBinary()))
		}
		if want, got := made(all), made(rapid.Permutation(all).Draw(t, "order")); got != want {
			t.Errorf("in another order %q, want %q", got, want)
		}
	})
}

// table is the table of a base, in its order.
func table(g gathered) *rfm.Table[int64] {
	return verify.Must(rfm.NewTable(asOf, func(yield func(rfm.Row[int64], error) bool) {
		for id, f := range g.after.All() {
			row := rfm.Row[int64]{Customer: id, Recency: asOf.Sub(f.Last()).Hours() / 24, Frequency: f.Purchases(), Monetary: f.Total(), Tenure: asOf.Sub(f.First()).Hours() / 24}
			if !yield(row, nil) {
				return
			}
		}
	}))
}

// csvOf is what is written as CSV.
func csvOf(write func(io.Writer) error) string {
	var b bytes.Buffer
	if err := write(&b); err != nil {
		panic(err)
	}
	return b.String()
}

// counts are the numbers of a movement.
func counts(m *rfm.Movement[int64]) string {
	return fmt.Sprint(m.Count, m.Matrix)
}

func sortedPairs[V any](seq iter.Seq2[int64, V]) []string {
	var all []string
	for id, v := range seq {
		all = append(all, fmt.Sprintf("%d %s", id, verify.Must(json.Marshal(v))))
	}
	slices.SortFunc(all, strings.Compare)
	return all
}
