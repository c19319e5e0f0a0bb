package lever

import (
	"math"
	"testing"

	"github.com/clientele-go/clientele/internal/verify"
)

// Retention 0.90 → 0.95 takes the lifetime from 10 to 20 periods (+100 %); five
// percent of 0.90, 0.945, takes it to 18.18 (+81.8 %).
func TestRetentionLever(t *testing.T) {
	v := RetentionValue{Margin: 1, Retention: 0.9}
	for r, want := range map[float64]float64{0.95: 20, 0.945: 200.0 / 11} {
		c := verify.Must(v.WithRetention(r))
		verify.Near(t, "lifetime before", c.LifetimeBefore, 10, 1e-14)
		verify.Near(t, "lifetime after", c.LifetimeAfter, want, 1e-14)
		verify.Near(t, "change", c.LifetimeChange(), want/10-1, 1e-13)
		change, ok := c.ValueChange()
		verify.Ratio(t, "change of value", math.Round(change*1e10), ok, math.Round((want/10-1)*1e10))
	}
}

// With a margin of 120 and a discount of 10 % the value grows from 660 to 880, a third; a
// customer who cost 428.42 brings 231.58 before and 451.58 after, 95.0 % more.
func TestRetentionRaisesProfitMore(t *testing.T) {
	v := RetentionValue{Margin: 120, Retention: 0.9, Discount: 0.1, Acquisition: 428.42}
	c := verify.Must(v.WithRetention(0.95))
	verify.Near(t, "value before", c.ValueBefore, 660, 1e-14)
	verify.Near(t, "value after", c.ValueAfter, 880, 1e-13)
	verify.Near(t, "profit", verify.Must(v.Profit()), 231.58, 1e-13)
	change, ok := c.ProfitChange()
	verify.Ratio(t, "change of profit", math.Round(change*1000)/1000, ok, 0.950)
	small := RetentionChange{ProfitBefore: 0.5, ProfitAfter: 0.75}
	change, ok = small.ProfitChange()
	verify.Ratio(t, "change of half a unit", change, ok, 0.5)
	if change, ok := (RetentionChange{ProfitAfter: 1}).ProfitChange(); ok || change != 0 {
		t.Errorf("no profit grows by %v", change)
	}
	v.Acquisition = 700
	if change, ok := verify.Must(v.WithRetention(0.95)).ProfitChange(); ok {
		t.Errorf("a loss grows by %v", change)
	}
}
