package rfm_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/verify"
	"github.com/clientele-go/clientele/rfm"
)

func TestDegradation(t *testing.T) {
	falling := []record{ago(60*hours24, "10000"), ago(50*hours24, "5000"), ago(40*hours24, "3000"), ago(30*hours24, "2000"), ago(20*hours24, "500"), ago(10*hours24, "80")}
	bounds := rfm.Bounds(1000, 5000)
	for _, c := range []struct {
		name     string
		cfg      rfm.Config
		monetary rfm.MonetaryKind
		records  []record
		want     string
	}{
		{"the last three", rfm.Config{}, rfm.AverageReceipt, falling, "3430 2 860 1 3"},
		{"the last two", rfm.Config{Recent: 2}, rfm.AverageReceipt, falling, "3430 2 290 1 2"},
		{"the last five", rfm.Config{Recent: 5}, rfm.AverageReceipt, falling, ""},
		{"before the fall", rfm.Config{}, rfm.AverageReceipt, falling[:5], ""},
		{"as many as are kept", rfm.Config{}, rfm.AverageReceipt, falling[:3], ""},
		{"one more than are kept", rfm.Config{}, rfm.AverageReceipt, falling[:4], ""},
		{"one more, and lower", rfm.Config{Recent: 1}, rfm.AverageReceipt, falling[:2], "7500 3 5000 2 1"},
		{"total is no receipt", rfm.Config{}, rfm.Total, falling, ""},
		{"median", rfm.Config{Amounts: true}, rfm.Median, falling, "3430 2 860 1 3"},
		{"a window changes nothing", rfm.Config{Window: 25}, rfm.AverageReceipt, falling, "3430 2 860 1 3"},
		{"refunds lower the lifetime alone", rfm.Config{}, rfm.AverageReceipt, append(falling[:6:6], ago(1, "-14600")), ""},
		{"one moment, dearest last", rfm.Config{Recent: 1}, rfm.AverageReceipt, []record{ago(9, "900"), ago(9, "6000"), ago(9, "100")}, ""},
		{"averages of thirds", rfm.Config{Recent: 1}, rfm.AverageReceipt, []record{ago(9, "10000"), ago(8, "10000"), ago(7, "1")}, "6667 3 1 1 1"},
	} {
		t.Run(c.name, func(t *testing.T) {
			c.cfg.AsOf = asOf
			scales := mustFreeze(t, planOf(rfm.Measure{Monetary: c.monetary}, bounds, bounds, bounds))
			d, ok := mustDegradation(t, scales, history(t, c.cfg, c.records...))
			got := ""
			if ok {
				got = fmt.Sprint(d.AllTime, " ", d.AllTimeLevel, " ", d.Recent, " ", d.RecentLevel, " ", d.Purchases)
			}
			if got != c.want {
				t.Errorf("degradation is %q, want %q", got, c.want)
			}
		})
	}
}

// What cannot be graded is an error, not a customer whose receipts hold.
func TestDegradationRefuses(t *testing.T) {
	facts := history(t, rfm.Config{AsOf: asOf}, ago(9*hours24, "5"), ago(8*hours24, "4"), ago(7*hours24, "3"), ago(6*hours24, "2"))
	bounds := rfm.Bounds(1000, 5000)
	medians := mustFreeze(t, planOf(rfm.Measure{Monetary: rfm.Median}, bounds, bounds, bounds))
	d, ok, err := medians.Degradation(facts) // which has no amounts
	if d != (rfm.Degradation{}) || ok {
		t.Errorf("%+v, %v", d, ok)
	}
	checkInput(t, err, "rfm.Scales.Degradation", -1, "Config.Amounts", clientele.ErrMismatch)
	for name, scales := range map[string]*rfm.Scales{"nil": nil, "zero": new(rfm.Scales)} {
		d, ok, err := scales.Degradation(facts)
		if d != (rfm.Degradation{}) || ok {
			t.Errorf("%s: %+v, %v", name, d, ok)
		}
		checkInput(t, err, "rfm.Scales.Degradation", -1, "scales", clientele.ErrMissing)
	}
}

// Receipts of the last three purchases are below those of all for two customers of three; the
// caller may stop after the first.
func TestDegradingStops(t *testing.T) {
	falling := func(customer int64, days int) []clientele.Purchase[int64] {
		return slices.Concat(buy(customer, 3, days, "100"), buy(customer, 3, days+10, "9000"))
	}
	bounds := rfm.Bounds(1000, 5000)
	b := baseOf(t, rfm.Config{AsOf: asOf}, falling(7, 5), buy(8, 6, 5, "100"), falling(9, 3))
	degrading := verify.Must(rfm.Degrading(b, mustFreeze(t, planOf(rfm.Measure{Monetary: rfm.AverageReceipt}, bounds, bounds, bounds))))
	var all, first []int64
	for id := range degrading {
		all = append(all, id)
	}
	for id := range degrading {
		first = append(first, id)
		break
	}
	if !slices.Equal(all, []int64{7, 9}) || !slices.Equal(first, []int64{7}) {
		t.Errorf("%v, and of a caller who stops %v", all, first)
	}
}
