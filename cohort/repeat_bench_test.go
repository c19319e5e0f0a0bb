package cohort_test

import (
	"testing"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/cohort"
	"github.com/clientele-go/clientele/cohort/survival"
)

// The questions about repeats, asked on one goroutine of ten million purchases.
func BenchmarkRepeatQuestion(b *testing.B) {
	const customers = 1_000_000
	all := tenEach(customers)
	a := activityOf(b, all)
	purchases := len(all)
	all = nil
	ask := func(name string, question func() error) {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if err := question(); err != nil {
					b.Fatal(err)
				}
			}
			perPurchase(b, purchases)
		})
	}
	asOf := twoYears.AsOf
	for name, byDay := range map[string]bool{"rows": false, "days": true} {
		ask("repeat="+name, func() error {
			_, err := a.Repeat(cohort.RepeatConfig{AsOf: asOf, ByDay: byDay, Workers: 1})
			return err
		})
		ask("time to second="+name, func() error {
			_, err := a.TimeTo(cohort.SpellConfig{AsOf: asOf, ByDay: byDay, Workers: 1}, survival.Config{})
			return err
		})
		ask("ladder="+name, func() error {
			_, err := a.Ladder(cohort.LadderConfig{AsOf: asOf, ByDay: byDay, Within: 90, Workers: 1})
			return err
		})
	}
	ask("spells", func() error {
		_, err := survival.KaplanMeierBy(a.Spells(cohort.SpellConfig{AsOf: asOf}), survival.Config{})
		return err
	})
}

// Deals of one receipt, ten a customer.
func BenchmarkDealLadder(b *testing.B) {
	deals := dealsOf(tenEach(100_000))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := cohort.DealLadder(clientele.All(deals), cohort.LadderConfig{AsOf: twoYears.AsOf}); err != nil {
			b.Fatal(err)
		}
	}
	perPurchase(b, len(deals))
}
