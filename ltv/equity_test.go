package ltv

import (
	"fmt"
	"iter"
	"reflect"
	"testing"
	"unsafe"

	"github.com/clientele-go/clientele/internal/verify"
)

func pairs(all []Summary) iter.Seq2[int, Summary] {
	return func(yield func(int, Summary) bool) {
		for i, s := range all {
			if !yield(i, s) {
				return
			}
		}
	}
}

// Equity keeps the labels of its groups, not the texts that they were cut from.
func TestEquityCopiesLabels(t *testing.T) {
	f := forecaster(t, ParetoNBD{0.553, 10.578, 0.606, 11.669}, ForecastConfig{Horizon: Units(52)})
	line := "web,1,10"
	e, err := NewEquity(f, pairs([]Summary{{Frequency: 1, Recency: 5, T: 10}}), func(int) string { return line[:3] })
	if err != nil {
		t.Fatal(err)
	}
	if got := e.Groups[0].Group; got != "web" || unsafe.StringData(got) == unsafe.StringData(line) {
		t.Errorf("%q is a piece of its line", got)
	}
}

// Invariant: equity is the sum of forecasts, groups add up to the total, and the
// order of customers and the number of workers do not matter.
func TestEquityAddsUp(t *testing.T) {
	all := withSpend(simulated(t, ParetoNBD{0.553, 10.578, 0.606, 11.669}, 40_000, 10, 60, 1.0/7, 1))
	f := forecaster(t, ParetoNBD{0.553, 10.578, 0.606, 11.669}, ForecastConfig{Horizon: Units(52), Discount: yearly(0.15)})
	group := func(i int) string { return fmt.Sprint(i % 3) }
	e, err := NewEquity(f, pairs(all), group)
	if err != nil {
		t.Fatal(err)
	}
	sum, alive, parts, value := 0.0, 0.0, 0.0, 0.0
	for _, s := range all {
		one, err := f.One(s)
		if err != nil {
			t.Fatal(err)
		}
		sum += one.Value.Value
		alive += one.Alive
	}
	for i, g := range e.Groups {
		if g.Group != fmt.Sprint(i) {
			t.Errorf("group %d is %q", i, g.Group)
		}
		parts += g.Share
		value += g.Value.Value
	}
	verify.Near(t, "total", e.Total.Value.Value, sum, 1e-12)
	verify.Near(t, "groups", value, sum, 1e-12)
	verify.Near(t, "parts", parts, 1, 1e-12)
	verify.Near(t, "alive", e.Total.Alive, alive, 1e-12)
	if e.Total.Customers != len(all) || e.Total.Share != 1 {
		t.Errorf("%d customers, %v of all", e.Total.Customers, e.Total.Share)
	}
	f.cfg.Workers = 1
	again, err := NewEquity(f, pairs(all), group)
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(again, e) {
		t.Error("one worker gives another equity")
	}
}
