package cohort_test

import (
	"errors"
	"testing"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/cohort"
	"github.com/shopspring/decimal"
	"pgregory.net/rapid"
)

func drawLadderConfig(t *rapid.T) cohort.LadderConfig {
	return cohort.LadderConfig{
		AsOf:     outcomeDay(float64(rapid.IntRange(0, 90).Draw(t, "asOf")) / 2),
		MaxRungs: rapid.SampledFrom([]int{1, 2, 0, 100}).Draw(t, "steps"),
		Within:   clientele.Days(rapid.IntRange(0, 10).Draw(t, "within")),
		ByDay:    rapid.Bool().Draw(t, "byDay"),
	}
}

// dealsOf are purchases as deals of one receipt without costs.
func dealsOf(purchases []clientele.Purchase[int64]) []clientele.Deal[int64] {
	var all []clientele.Deal[int64]
	for _, p := range purchases {
		l := clientele.Line{Quantity: decimal.NewFromInt(1), Price: p.Amount}
		r := clientele.Receipt[int64]{Customer: p.Customer, At: p.At}
		if p.Amount.IsNegative() {
			l.Quantity, l.Price, r.RefundOf = l.Quantity.Neg(), p.Amount.Neg(), "unknown"
		}
		r.Lines = []clientele.Line{l}
		d := clientele.Deal[int64]{Customer: p.Customer, Receipts: []clientele.Receipt[int64]{r}}
		if !r.IsRefund() {
			d.Sale, d.SoldAt = true, p.At
		}
		all = append(all, d)
	}
	return all
}

// Invariant: in any order and any split, and as deals, the ladder is the same.
func TestLadderOfAnySplit(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		purchases, cfg := drawRepeatPurchases(t), drawLadderConfig(t)
		l, err := outcomeActivity(t, purchases...).Ladder(cfg)
		shards, other := outcomeShards(t, purchases).Ladder(cfg)
		deals, third := cohort.DealLadder(clientele.All(dealsOf(rapid.Permutation(purchases).Draw(t, "deals"))), cfg)
		if err != nil {
			if !errors.Is(err, clientele.ErrEmpty) || !errors.Is(other, clientele.ErrEmpty) || !errors.Is(third, clientele.ErrEmpty) {
				t.Fatal(err, other, third)
			}
			return
		}
		want := outcomeJSON(t, l)
		if other != nil || outcomeJSON(t, shards) != want {
			t.Fatal(outcomeJSON(t, shards), other, want)
		}
		if third != nil {
			t.Fatal(third)
		}
		for i := range deals.Rungs {
			r := &deals.Rungs[i]
			if p := r.Profit; !p.Total.Equal(r.Revenue) || p.PerDeal != r.AverageCheck || p.Uncosted != r.Made {
				t.Fatalf("without costs the profit is the revenue: %+v", r)
			}
			r.Profit = nil
		}
		if got := outcomeJSON(t, deals); got != want {
			t.Fatalf("%s\nwant\n%s", got, want)
		}
	})
}

// Invariants: those who are eligible are among those who made a deal, and those who went
// on among those who are eligible; all who went on made the next deal, and without a
// limit nobody else did. Every deal and all money is counted once.
func TestLadderLaws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		purchases, cfg := drawRepeatPurchases(t), drawLadderConfig(t)
		l, err := outcomeActivity(t, purchases...).Ladder(cfg)
		if err != nil {
			return
		}
		deals, total := l.BeyondDeals, l.BeyondRevenue.Add(l.UnsoldRevenue).Sub(l.Refunded)
		for i, r := range l.Rungs {
			made := 0 // the next deal
			if i+1 < len(l.Rungs) {
				made = l.Rungs[i+1].Made
			} else if r.Days.N > 0 && i+1 == l.Config.MaxRungs {
				made = r.Days.N
			}
			if r.Next > r.Eligible || r.Eligible > r.Made || made > r.Made || r.Next > made || r.Days.N != made {
				t.Fatalf("%+v, %d made the next", r, made)
			}
			if cfg.Within == 0 && (r.Eligible != r.Made || r.Next != made) {
				t.Fatalf("%+v, %d made the next", r, made)
			}
			if i > 0 && cfg.Within > 0 && l.Rungs[i-1].Next > r.Made {
				t.Fatalf("%+v", l.Rungs)
			}
			deals += r.Made
			total = total.Add(r.Revenue)
		}
		if deals != l.Deals || l.Customers != l.Rungs[0].Made {
			t.Fatalf("%+v", l)
		}
		if cfg.ByDay {
			return // ends with a whole day
		}
		rows := 0
		for _, p := range purchases {
			if p.At.After(cfg.AsOf) {
				continue
			}
			total = total.Sub(p.Amount)
			if !p.Amount.IsNegative() {
				rows++
			}
		}
		if !total.IsZero() || rows != l.Deals {
			t.Fatalf("money %v is not told: %+v", total, l)
		}
	})
}
