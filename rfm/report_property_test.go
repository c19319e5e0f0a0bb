package rfm_test

import (
	"math"
	"slices"
	"testing"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/rfm"
	"github.com/shopspring/decimal"
	"pgregory.net/rapid"
)

// builtIn are the library's maps with rules that fit them.
func builtIn() *rapid.Generator[rfm.Plan] {
	return rapid.Custom(func(t *rapid.T) rfm.Plan {
		plan := rfm.GridPlan()
		switch rapid.IntRange(0, 2).Draw(t, "map") {
		case 0:
			return rfm.CubePlan(rfm.Bounds(30, 200), rfm.Bounds(2, 4), rfm.Bounds(400, 900))
		case 1:
			plan.Map = rfm.Eleven()
		}
		return plan
	})
}

// Invariant: the cells, and the segments, add up to the whole base and that to
// the input: customers, purchases and money exactly, shares within 1e-12.
func TestReportAddsUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		cfg := genConfig().Draw(t, "config")
		all := withBuyer(genPurchases(numbered, genTime(), genPrice()).Draw(t, "purchases"), numbered(2))
		b := mustFeed(t, mustNew[int64](t, cfg), all)
		state := mustGrade(t, b, mustFit(t, b, builtIn().Draw(t, "plan")))
		r := state.Report()

		want := wholeOf(b.Config(), all)
		if got := r.Total; got.Customers != want.Customers || got.Purchases != want.Purchases || !got.Revenue.Equal(want.Revenue) || !got.AllTimeRevenue.Equal(want.AllTimeRevenue) {
			t.Fatalf("total is %s, want %s", toJSON(t, got), toJSON(t, want))
		}
		refunds, taken := b.RefundsOnly()
		if received := received(all); r.RefundsOnly != refunds || !r.Refunded.Equal(taken) || !r.Total.AllTimeRevenue.Add(taken).Equal(received) {
			t.Fatalf("lifetime %v and refunded %v are not the %v received", r.Total.AllTimeRevenue, r.Refunded, received)
		}
		checkSum(t, "cells", r.Cells, r.Total)
		checkSum(t, "segments", r.Segments, r.Total)
		checkSum(t, "standings", r.Standings, r.Total) // every segment of these maps has one
		for _, s := range r.Segments {
			checkSegment(t, state, r, s)
		}
	})
}

// wholeOf adds up the input, leaving out customers without a purchase.
func wholeOf(cfg rfm.Config, all []clientele.Purchase[int64]) (whole rfm.Population) {
	for _, p := range byCustomer(cfg, all) {
		if p.present() {
			whole.Customers++
			whole.Purchases += len(p.purchases(p.inWindow))
			whole.Revenue = whole.Revenue.Add(p.money(p.inWindow))
			whole.AllTimeRevenue = whole.AllTimeRevenue.Add(p.money(p.always))
		}
	}
	return whole
}

// received is all money up to asOf.
func received(all []clientele.Purchase[int64]) decimal.Decimal {
	sum := decimal.Zero
	for _, p := range all {
		if !p.At.After(asOf) {
			sum = sum.Add(p.Amount)
		}
	}
	return sum
}

// checkSum fails unless parts add up to the whole.
func checkSum(t *rapid.T, name string, parts []rfm.Population, whole rfm.Population) {
	t.Helper()
	var sum rfm.Population
	var magnitude float64
	for _, p := range parts {
		sum.Customers += p.Customers
		sum.Purchases += p.Purchases
		sum.Revenue = sum.Revenue.Add(p.Revenue)
		sum.AllTimeRevenue = sum.AllTimeRevenue.Add(p.AllTimeRevenue)
		sum.Share += p.Share
		sum.RevenueShare += p.RevenueShare
		magnitude += math.Abs(p.RevenueShare)
	}
	if sum.Customers != whole.Customers || sum.Purchases != whole.Purchases || !sum.Revenue.Equal(whole.Revenue) || !sum.AllTimeRevenue.Equal(whole.AllTimeRevenue) {
		t.Fatalf("%s add up to %s, want %s", name, toJSON(t, sum), toJSON(t, whole))
	}
	if math.Abs(sum.Share-1) > 1e-12 {
		t.Fatalf("shares of %s add up to %v", name, sum.Share)
	}
	shares := 0.0
	if whole.Revenue.Sign() > 0 {
		shares = 1
	}
	if math.Abs(sum.RevenueShare-shares) > 1e-12*max(1, magnitude) { // negative parts make others exceed 1
		t.Fatalf("shares of revenue of %s add up to %v, want %v", name, sum.RevenueShare, shares)
	}
}

// checkSegment compares a segment with its members and its cells.
func checkSegment(t *rapid.T, state *rfm.State[int64], r *rfm.Report, s rfm.Population) {
	t.Helper()
	var recencies []float64
	for id, v := range state.In(s.Name) {
		if stands(state, id).Segment != s.Name {
			t.Fatalf("In(%q) yields a customer of %q", s.Name, stands(state, id).Segment)
		}
		recencies = append(recencies, v.Recency)
	}
	if len(recencies) != s.Customers {
		t.Fatalf("In(%q) yields %d customers, report has %d", s.Name, len(recencies), s.Customers)
	}
	slices.Sort(recencies)
	median := 0.0
	if len(recencies) > 0 {
		median = typeSeven(recencies, 1, 2)
	}
	if s.MedianRecency != median {
		t.Fatalf("median recency of %q is %v, want %v", s.Name, s.MedianRecency, median)
	}
	var cells rfm.Population
	for _, c := range r.Cells {
		if c.Name == s.Name {
			cells.Customers += c.Customers
			cells.Revenue = cells.Revenue.Add(c.Revenue)
		}
	}
	if cells.Customers != s.Customers || !cells.Revenue.Equal(s.Revenue) {
		t.Fatalf("cells of %q have %d customers and %v, the segment %d and %v", s.Name, cells.Customers, cells.Revenue, s.Customers, s.Revenue)
	}
	if s.Purchases > 0 && !s.AverageReceipt.Equal(divided(s.Revenue, s.Purchases)) {
		t.Fatalf("average receipt of %q is %v", s.Name, s.AverageReceipt)
	}
	if s.Customers > 0 && !s.AverageLTV.Equal(divided(s.AllTimeRevenue, s.Customers)) {
		t.Fatalf("average lifetime money of %q is %v", s.Name, s.AverageLTV)
	}
}

// Invariant: the rows of the matrix of moves are the first state's segments, the
// columns the second's, both with those outside; counts by direction agree with
// the moves, and each move with the two states.
func TestMovementAddsUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		all := withBuyer(genPurchases(numbered, genTime(), genPrice()).Draw(t, "purchases"), numbered(2))
		more := withBuyer(genPurchases(numbered, genTime(), genPrice()).Draw(t, "more"), numbered(3))
		if rapid.Bool().Draw(t, "same stream") {
			more = append(slices.Clip(all), more...)
		}
		from := mustFeed(t, mustNew[int64](t, rfm.Config{AsOf: asOf}), all)
		scales := mustFit(t, from, builtIn().Draw(t, "plan"))
		to := mustNew[int64](t, rfm.Config{AsOf: asOf.AddDate(0, 0, 28)})
		if rapid.Bool().Draw(t, "one roster") {
			to, _ = rfm.New(from.Roster(), rfm.Config{AsOf: asOf.AddDate(0, 0, 28)})
		}
		mustFeed(t, to, more)
		before, after := mustGrade(t, from, scales), mustGrade(t, to, scales)
		m := mustCompare(t, before, after)

		last := len(m.Segments) - 1
		rows, columns := make([]int, last+1), make([]int, last+1)
		for i, row := range m.Matrix {
			for j, n := range row {
				rows[i] += n
				columns[j] += n
			}
		}
		was, is := before.Report(), after.Report()
		for i := range last {
			if m.Segments[i] != was.Segments[i].Name || rows[i] != was.Segments[i].Customers || columns[i] != is.Segments[i].Customers {
				t.Fatalf("%q has %d before and %d after, want %d and %d", m.Segments[i], rows[i], columns[i], was.Segments[i].Customers, is.Segments[i].Customers)
			}
		}
		if m.Segments[last] != "" || m.Matrix[last][last] != 0 || rows[last] != m.Count[rfm.Entered] || columns[last] != m.Count[rfm.Left] {
			t.Fatalf("outside: %v of %v, counts %v", m.Matrix, m.Segments, m.Count)
		}
		checkMoves(t, m, before, after)
	})
}

// checkMoves compares every move with the states and the counts.
func checkMoves(t *rapid.T, m *rfm.Movement[int64], before, after *rfm.State[int64]) {
	t.Helper()
	counts, everybody := map[rfm.Direction]int{}, map[int64]bool{}
	for move := range m.Moves() {
		if everybody[move.Customer] {
			t.Fatalf("customer %d moves twice", move.Customer)
		}
		everybody[move.Customer] = true
		counts[move.Direction]++
		if move.From != stands(before, move.Customer) || move.To != stands(after, move.Customer) || move.From == move.To {
			t.Fatalf("move %+v, states %+v and %+v", move, stands(before, move.Customer), stands(after, move.Customer))
		}
		for _, metric := range []rfm.Metric{rfm.R, rfm.F, rfm.M} {
			if move.Cause.Has(metric) != (move.From.Level(metric) != move.To.Level(metric)) {
				t.Fatalf("cause of %+v is %v", move, move.Cause)
			}
		}
		if move.Crossed() != (move.From.Segment != move.To.Segment) {
			t.Fatalf("%+v crossed: %v", move, move.Crossed())
		}
	}
	for id := range before.All() {
		everybody[id] = true
	}
	for id := range after.All() {
		everybody[id] = true
	}
	all := m.Count[rfm.Stayed]
	for d, n := range m.Count {
		if d != rfm.Stayed && counts[d] != n {
			t.Fatalf("%d have %v, counted %d", counts[d], d, n)
		}
		all += counts[d]
	}
	if all != len(everybody) {
		t.Fatalf("counts %v of %d customers", m.Count, len(everybody))
	}
}
