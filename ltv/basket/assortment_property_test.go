package basket

import (
	"reflect"
	"testing"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/verify"
	"github.com/clientele-go/clientele/ltv/internal/receipttest"
	"github.com/shopspring/decimal"
	"pgregory.net/rapid"
)

// drawSales draws receipts of a channel, some of them refunds that name no receipt.
func drawSales(t *rapid.T) []clientele.Receipt[int64] {
	all := append(receipttest.Draw(t, true), receipttest.On(1, 1, "0", receipttest.Item("a", "x", "1", "10", "", "0")))
	for i := range all {
		all[i].Channel = rapid.SampledFrom([]string{"", "store", "web"}).Draw(t, "channel")
		if rapid.IntRange(0, 3).Draw(t, "refund") == 0 {
			all[i] = receipttest.TakenBack(all[i])
			all[i].RefundOf = "somewhere else"
		}
	}
	return all
}

func newSales() *Assortment[int64] {
	return verify.Must(NewAssortment(AssortmentConfig{Calendar: clientele.Calendar{Unit: clientele.Week}}, channelOf))
}

func feedSales(t *rapid.T, a *Assortment[int64], receipts []clientele.Receipt[int64]) {
	if err := clientele.FeedReceipts(clientele.All(receipts), a); err != nil {
		t.Fatal(err)
	}
}

// Invariant: products, however many are shown, add up with the rest to their period, periods to the total, categories to
// segments and segments to the base, and all of it with what is no goods to the money
// of the receipts, to the last digit; ranks follow the measure.
func TestAssortmentAddsUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		receipts := drawSales(t)
		a := newSales()
		feedSales(t, a, receipts)
		by := rapid.SampledFrom([]SalesMeasure{ByRevenue, ByUnits}).Draw(t, "by")
		best := verify.Must(a.Bestsellers(BestsellerConfig{By: by, Top: rapid.IntRange(0, 3).Draw(t, "top")}))
		var money, periods, periodUnits, other decimal.Decimal
		var inPeriods, total int64
		for _, r := range receipts {
			money = money.Add(r.Amount())
			total++
		}
		for _, p := range append(best.Periods, best.Total) {
			units, revenue := p.Rest.Units, p.Rest.Revenue
			for i, b := range p.Top {
				units, revenue = units.Add(b.Units), revenue.Add(b.Revenue)
				measure := func(b Bestseller) decimal.Decimal {
					if by == ByUnits {
						return b.Units
					}
					return b.Revenue
				}
				if i > 0 {
					order := measure(p.Top[i-1]).Cmp(measure(b))
					if order < 0 || (order == 0) != (b.Rank == p.Top[i-1].Rank) || order > 0 && b.Rank != i+1 {
						t.Fatalf("%+v after %+v", b, p.Top[i-1])
					}
				}
			}
			if !units.Equal(p.Units) || !revenue.Equal(p.Revenue) || len(p.Top)+p.Rest.Products != p.Products {
				t.Fatalf("%+v: products have %s units and %s", p, units, revenue)
			}
			if p.Period != "" {
				periods, periodUnits, other = periods.Add(p.Revenue), periodUnits.Add(p.Units), other.Add(p.Other)
				inPeriods += p.Receipts + p.Refunds + p.Empty
			}
		}
		if !periods.Equal(best.Total.Revenue) || !periodUnits.Equal(best.Total.Units) || !other.Equal(best.Total.Other) ||
			!periods.Add(other).Equal(money) || inPeriods != total {
			t.Fatalf("%+v: periods have %s and %s besides, receipts %s", best.Total, periods, other, money)
		}
		var shares decimal.Decimal
		sums, counts := make(map[string]decimal.Decimal), make(map[string]int64)
		for _, row := range verify.Must(a.CategoryIndex(0)) {
			shares = shares.Add(row.Revenue)
			sums[row.Category] = sums[row.Category].Add(row.Revenue)
			counts[row.Category] += row.Receipts
			if !row.TotalRevenue.Equal(best.Total.Revenue) || row.TotalReceipts != best.Total.Receipts ||
				row.Index.Level != 0 && (!row.Index.Contains(row.Index.Value) || row.Index.Lo < 0) {
				t.Fatalf("%+v", row)
			}
		}
		for _, row := range verify.Must(a.CategoryIndex(0)) {
			if !row.BaseRevenue.Equal(sums[row.Category]) || row.BaseReceipts != counts[row.Category] {
				t.Fatalf("%+v, segments have %s of %d", row, sums[row.Category], counts[row.Category])
			}
		}
		if !shares.Equal(best.Total.Revenue) {
			t.Fatalf("segments have %s, products %s", shares, best.Total.Revenue)
		}
	})
}

// reports are all that an assortment tells.
func reports(a *Assortment[int64]) []any {
	return []any{
		verify.Must(a.Bestsellers(BestsellerConfig{})), verify.Must(a.Bestsellers(BestsellerConfig{By: ByUnits, Top: 2})),
		verify.Must(a.CategoryIndex(0.9)), a.Void(),
	}
}

// Invariant: the order of receipts, shards, a clone and a reset change nothing.
func TestAssortmentMergesAsOnePass(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		receipts := drawSales(t)
		one := newSales()
		feedSales(t, one, receipts)
		want := reports(one)
		mixed := rapid.Permutation(receipts).Draw(t, "mixed")
		cut := rapid.IntRange(0, len(mixed)).Draw(t, "cut")
		left, right := newSales(), newSales()
		feedSales(t, left, mixed[:cut])
		feedSales(t, right, mixed[cut:])
		merged, zero := left.Clone(), new(Assortment[int64])
		for _, step := range []error{merged.Merge(right), zero.Merge(left), zero.Merge(right)} {
			if step != nil {
				t.Fatal(step)
			}
		}
		if got := reports(merged); !reflect.DeepEqual(got, want) {
			t.Fatalf("%+v, want %+v", got, want)
		}
		if got := reports(zero); !reflect.DeepEqual(got, want) {
			t.Fatalf("zero: %+v, want %+v", got, want)
		}
		merged.Reset()
		feedSales(t, merged, receipts)
		if !reflect.DeepEqual(reports(merged), want) {
			t.Fatal("the assortment differs after a reset")
		}
		feedSales(t, zero, receipts)
		if err := merged.Merge(merged); err != nil || !reflect.DeepEqual(reports(merged), reports(zero)) {
			t.Fatal("twice the same sales differ by how they were added", err)
		}
	})
}

// Invariant: a receipt that is taken back whole leaves what would be there without it.
func TestAssortmentOfWhatWasKept(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		kept, all := receipttest.DrawTakenBack(t, receipttest.Draw(t, true))
		stays := receipttest.On(1, 1, "0", receipttest.Item("a", "x", "1", "10", "", "0"))
		stays.No = "stays"
		kept, all = append(kept, stays), append(all, stays)
		got, want := newSales(), newSales()
		if err := clientele.FeedReceipts(clientele.Net(clientele.All(all)), got); err != nil {
			t.Fatal(err)
		}
		feedSales(t, want, kept)
		if undone := (len(all) - len(kept)) / 2; got.Void() != undone {
			t.Fatalf("%d void, want %d", got.Void(), undone)
		}
		got.facts.void = 0
		if !reflect.DeepEqual(reports(got), reports(want)) {
			t.Fatalf("%+v, want %+v", reports(got), reports(want))
		}
	})
}
