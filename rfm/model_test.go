package rfm_test

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/rfm"
	"pgregory.net/rapid"
)

// close reports whether two measured values are equal but for the rounding of
// exact days, which takes two steps.
func closeTo(got, want float64) bool {
	return got == want || math.Abs(got-want) <= 5e-16*math.Abs(want)
}

// Invariant: a base holds what the plain list of purchases holds, whatever is
// measured.
func TestBaseEqualsPlainModel(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		cfg := genConfig().Draw(t, "config")
		measure := genMeasure(cfg.Amounts).Draw(t, "measure")
		all := withBuyer(genPurchases(numbered, genTime(), genAmount()).Draw(t, "purchases"), numbered(1))
		b := mustFeed(t, mustNew[int64](t, cfg), all)
		anyRule := rfm.Bounds(1, 2)
		scales := mustFreeze(t, planOf(measure, anyRule, anyRule, anyRule))

		later, customers := 0, 0
		for id, p := range byCustomer(b.Config(), all) {
			for _, r := range p.records {
				if r.at.After(asOf) {
					later++
				}
			}
			m, ok := b.Of(id)
			if ok != p.present() {
				t.Fatalf("customer %d: in the base %v, want %v", id, ok, p.present())
			}
			if !ok {
				continue
			}
			customers++
			checkFacts(t, m, p)
			got, want := mustValues(t, scales, m), p.values(measure)
			if !closeTo(got.Recency, want.Recency) || !closeTo(got.Frequency, want.Frequency) || got.Monetary != want.Monetary {
				t.Fatalf("customer %d by %+v: %v, want %v", id, measure, got, want)
			}
		}
		if b.Later() != later || b.Len() != customers {
			t.Fatalf("%d later, %d customers; want %d, %d", b.Later(), b.Len(), later, customers)
		}
	})
}

// checkFacts compares all that Facts tell with the plain model.
func checkFacts(t *rapid.T, m rfm.Facts, p plain) {
	t.Helper()
	bought := p.purchases(p.always)
	first, last := bought[0].at, bought[len(bought)-1].at
	if !m.First().Equal(first) || !m.Last().Equal(last) || !m.AsOf().Equal(asOf) {
		t.Fatalf("first %v, last %v, want %v, %v", m.First(), m.Last(), first, last)
	}
	if n, in := len(bought), len(p.purchases(p.inWindow)); m.Purchases() != n || m.InWindow() != in {
		t.Fatalf("%d purchases, %d in the window; want %d, %d", m.Purchases(), m.InWindow(), n, in)
	}
	if total, window := p.money(p.always), p.money(p.inWindow); !m.Total().Equal(total) || !m.WindowTotal().Equal(window) {
		t.Fatalf("total %v, in the window %v; want %v, %v", m.Total(), m.WindowTotal(), total, window)
	}
}

// Invariant: customers with refunds alone are counted apart, with their money.
func TestRefundsOnlyEqualsPlainModel(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		all := genPurchases(numbered, genTime(), genAmount()).Draw(t, "purchases")
		b := mustFeed(t, mustNew[int64](t, rfm.Config{AsOf: asOf}), all)
		count, sum := 0, money("0")
		for _, p := range byCustomer(b.Config(), all) {
			if took := p.money(p.always); !p.present() && took.Sign() < 0 {
				count++
				sum = sum.Add(took)
			}
		}
		if customers, taken := b.RefundsOnly(); customers != count || !taken.Equal(sum) {
			t.Fatalf("%d customers took %v, want %d and %v", customers, taken, count, sum)
		}
	})
}

// Invariant: Degradation compares the mean of the last purchases, by time and
// then by amount, with the mean of all.
func TestDegradationEqualsPlainModel(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		cfg := genConfig().Draw(t, "config")
		all := genPurchases(numbered, genTime(), genAmount()).Draw(t, "purchases")
		b := mustFeed(t, mustNew[int64](t, cfg), all)
		anyRule := rfm.Bounds(1, 2)
		scales := mustFreeze(t, planOf(rfm.Measure{}, anyRule, anyRule, rfm.Edges(0, 10, 100, 500, 1000, 5000)))
		keep := b.Config().Recent

		want := map[int64]rfm.Degradation{}
		for id, p := range byCustomer(b.Config(), all) {
			n := len(p.purchases(p.always))
			if n <= keep {
				continue
			}
			d := rfm.Degradation{
				AllTime:   divided(p.money(p.always), n),
				Recent:    divided(p.last(keep), keep),
				Purchases: keep,
			}
			lifetime := toFloat(quotient(p.money(p.always), n))
			recent := toFloat(quotient(p.last(keep), keep))
			d.AllTimeLevel, d.RecentLevel = levelOf(t, scales, lifetime), levelOf(t, scales, recent)
			if d.RecentLevel < d.AllTimeLevel {
				want[id] = d
			}
		}
		degrading, err := rfm.Degrading(b, scales)
		if err != nil {
			t.Fatal(err)
		}
		for id, d := range degrading {
			if w, ok := want[id]; !ok || toJSON(t, d) != toJSON(t, w) {
				t.Fatalf("customer %d: %v, want %v", id, toJSON(t, d), toJSON(t, w))
			}
			delete(want, id)
		}
		if len(want) > 0 {
			t.Fatalf("not found: %v", want)
		}
	})
}

// levelOf grades money alone.
func levelOf(t *rapid.T, s *rfm.Scales, amount float64) int {
	t.Helper()
	score, err := s.ScoreValues(rfm.Values{Monetary: amount})
	if err != nil {
		t.Fatal(err)
	}
	return score.M
}

// crowd generates a base of up to 200 customers with heavily tied values, enough
// for every branch of the selection.
func crowd(cfg rfm.Config) *rapid.Generator[[]clientele.Purchase[int64]] {
	return rapid.Custom(func(t *rapid.T) []clientele.Purchase[int64] {
		spread := rapid.SampledFrom([]int{1, 3, 20, 400}).Draw(t, "spread")
		n := rapid.IntRange(1, 200).Draw(t, "customers")
		var all []clientele.Purchase[int64]
		for i := range n {
			x := rapid.IntRange(1, spread).Draw(t, "x")
			for range 1 + x%4 {
				all = append(all, clientele.Purchase[int64]{
					Customer: int64(i), At: cfg.AsOf.AddDate(0, 0, -x), Amount: rub(int64(x * x)),
				})
			}
		}
		return all
	})
}

// Invariant: fitted edges are the textbook's type-7 quantiles of the sorted
// values, and levels are counted on the side that the rule names; average ranks
// are those of the sorted values.
func TestQuantilesEqualTextbook(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		b := mustFeed(t, mustNew[int64](t, rfm.Config{AsOf: asOf}), crowd(rfm.Config{AsOf: asOf}).Draw(t, "purchases"))
		checkQuantiles(t, b, rapid.IntRange(2, 10).Draw(t, "k"), rapid.SampledFrom(allCuts).Draw(t, "cuts"))
	})
}

// The same for more customers than are sorted, with ties and with a long tail.
func TestQuantilesOfManyEqualTextbook(t *testing.T) {
	if testing.Short() {
		t.Skip("computes in one goroutine, which is nothing for the race detector")
	}
	rng := rand.New(rand.NewPCG(8, 9))
	for _, spread := range []int{1, 2, 30, 5000} {
		b := mustNew[int64](t, rfm.Config{AsOf: asOf})
		for i := range 3000 {
			x := 1 + rng.IntN(spread)
			mustFeed(t, b, []clientele.Purchase[int64]{
				{Customer: int64(i), At: asOf.Add(-time.Duration(x) * time.Hour), Amount: rub(int64(x * x * x))},
				{Customer: int64(i % (1 + spread/2)), At: asOf.AddDate(-10, 0, 0), Amount: rub(3)},
				{Customer: int64(i), At: asOf, Amount: rub(int64(-x * (x % 7)))},
			})
		}
		for _, cuts := range allCuts {
			for _, k := range []int{2, 5, 7, 10} {
				checkQuantiles(t, b, k, cuts)
			}
		}
	}
}

// checkQuantiles compares the scales and the grades of a base with the textbook.
func checkQuantiles(t tester, b *rfm.Base[int64], k int, cuts rfm.Cuts) {
	t.Helper()
	rule := quantiles(k, cuts)
	scales := mustFit(t, b, planOf(rfm.Measure{Monetary: rfm.Total}, rule, rule, rule))
	state := mustGrade(t, b, scales)
	for _, m := range []rfm.Metric{rfm.R, rfm.F, rfm.M} {
		var values []float64
		for _, facts := range b.All() {
			values = append(values, mustValues(t, scales, facts).Value(m))
		}
		slices.Sort(values)
		scale, err := scales.Scale(m, 1, 1)
		if err != nil {
			t.Fatal(err)
		}
		if cuts != rfm.AverageRank {
			for i, e := range scale.Edges {
				if want := typeSeven(values, i+1, k) + plusOne(cuts); e != want {
					t.Fatalf("edge %d of %v by %v is %v, want %v", i, m, cuts, e, want)
				}
			}
		}
		counts := make([]int, k)
		for id, facts := range b.All() {
			v := mustValues(t, scales, facts).Value(m)
			want := textbookLevel(values, v, k, cuts, m == rfm.R)
			if got := stands(state, id).Level(m); got != want {
				t.Fatalf("%v %v by %v is on level %d, want %d", m, v, cuts, got, want)
			}
			counts[want-1]++
		}
		if !slices.Equal(scale.Counts, counts) {
			t.Fatalf("counts of %v are %v, want %v", m, scale.Counts, counts)
		}
	}
}

func plusOne(c rfm.Cuts) float64 {
	if c == rfm.EdgePlusOne {
		return 1
	}
	return 0
}

// textbookLevel grades a value of the sorted values by the definition of a rule.
func textbookLevel(sorted []float64, v float64, k int, cuts rfm.Cuts, lessIsBetter bool) int {
	if cuts == rfm.AverageRank {
		at, _ := slices.BinarySearch(sorted, v)
		end, _ := slices.BinarySearch(sorted, math.Nextafter(v, math.Inf(1)))
		worse, equal := at, end-at
		if lessIsBetter {
			worse = len(sorted) - end
		}
		twice := 2*worse + equal + 1 // of the mean rank
		return (k*twice + 2*len(sorted) - 1) / (2 * len(sorted))
	}
	past := 0
	for i := 1; i < k; i++ {
		e := typeSeven(sorted, i, k) + plusOne(cuts)
		if v > e || v == e && cuts != rfm.ClosedRight {
			past++
		}
	}
	if lessIsBetter {
		return k - past
	}
	return 1 + past
}
