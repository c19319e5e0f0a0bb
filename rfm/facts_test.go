package rfm_test

import (
	"reflect"
	"runtime"
	"testing"
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/rfm"
)

// A customer never seen.
func TestZeroMetrics(t *testing.T) {
	rule := rfm.Bounds(1, 2)
	scales := mustFreeze(t, planOf(rfm.Measure{}, rule, rule, rule))
	var m rfm.Facts
	if !m.AsOf().IsZero() || !m.First().IsZero() || !m.Last().IsZero() {
		t.Errorf("as of %v, first %v, last %v; want zero times", m.AsOf(), m.First(), m.Last())
	}
	if m.Purchases() != 0 || m.InWindow() != 0 || !m.Total().IsZero() || !m.WindowTotal().IsZero() || !m.Average().IsZero() {
		t.Errorf("facts are %s", toJSON(t, m))
	}
	if mustScore(t, scales, m) != (rfm.Score{}) || mustValues(t, scales, m) != (rfm.Values{}) || mustWatch(t, scales, m) != (rfm.Watch{}) {
		t.Error("a customer never seen has a score")
	}
	if _, ok := mustDegradation(t, scales, m); ok {
		t.Error("a customer never seen is degrading")
	}
	if got := mustExplain(t, scales, m).String(); got != "not in the base" {
		t.Errorf("explanation is %q", got)
	}
	if want := `{"purchases":0,"inWindow":0,"total":"0","windowTotal":"0","average":"0"}`; toJSON(t, m) != want {
		t.Errorf("JSON is %s, want %s", toJSON(t, m), want)
	}
}

func TestAfterFaults(t *testing.T) {
	m := history(t, rfm.Config{AsOf: asOf}, ago(time.Hour, "5"))
	_, err := m.After(asOf.Add(-time.Hour-1), rub(5))
	checkInput(t, err, "rfm.Facts.After", -1, "At", clientele.ErrRange)
	_, err = new(rfm.Facts).After(asOf, rub(-5))
	checkInput(t, err, "rfm.Facts.After", -1, "Amount", clientele.ErrNegative)
	if same := after(t, m, asOf.Add(-time.Hour), rub(5)); same.Purchases() != 2 || !same.AsOf().Equal(asOf) {
		t.Errorf("a second purchase at the moment of the last gives %s", toJSON(t, same))
	}
	if refunded := after(t, m, asOf.Add(time.Hour), rub(-5)); refunded.Purchases() != 1 || !refunded.Total().IsZero() || !refunded.AsOf().Equal(asOf.Add(time.Hour)) {
		t.Errorf("a refund gives %s", toJSON(t, refunded))
	}
}

// A purchase at the window's beginning is outside, one a nanosecond later inside.
func TestAfterAtTheWindowsBeginning(t *testing.T) {
	m := history(t, rfm.Config{AsOf: asOf, Window: 30}, ago(300*hours24, "5"))
	begin := asOf.Add(-30 * hours24)
	for _, c := range []struct {
		at     time.Time
		amount string
		in     int
		sum    string
	}{{begin, "7", 0, "0"}, {begin.Add(1), "7", 1, "7"}, {begin, "-7", 0, "0"}, {begin.Add(1), "-7", 0, "-7"}} {
		if next := after(t, m, c.at, money(c.amount)); next.InWindow() != c.in || !next.WindowTotal().Equal(money(c.sum)) {
			t.Errorf("%s at %v gives %s", c.amount, c.at, toJSON(t, next))
		}
	}
}

func TestSilentFaults(t *testing.T) {
	m := history(t, rfm.Config{AsOf: asOf}, ago(time.Hour, "5"))
	for _, c := range []struct {
		name string
		asOf time.Time
		err  error
	}{
		{"zero", time.Time{}, clientele.ErrZeroTime},
		{"earlier", asOf.Add(-1), clientele.ErrRange},
		{"beyond the years", day(2262, 1, 1), clientele.ErrTimeRange},
		{"the same moment", asOf, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := m.Silent(c.asOf)
			if c.err != nil {
				checkInput(t, err, "rfm.Facts.Silent", -1, "asOf", c.err)
			} else if err != nil {
				t.Error(err)
			}
			if toJSON(t, got) != toJSON(t, m) {
				t.Errorf("facts are %s, want those before", toJSON(t, got))
			}
		})
	}
}

// Amounts of many digits are forgotten with the purchases that had them: the
// thousandth purchase costs no more memory than the tenth.
func TestAfterForgetsWideAmounts(t *testing.T) {
	amount := money("12345678901234567890.5")
	m := history(t, rfm.Config{AsOf: asOf}, ago(1, "1"))
	cost := func(n int) uint64 {
		var before, now runtime.MemStats
		runtime.ReadMemStats(&before)
		for range n {
			m = after(t, m, m.Last().Add(1), amount)
		}
		runtime.ReadMemStats(&now)
		return now.TotalAlloc - before.TotalAlloc
	}
	cost(10)
	first := cost(50)
	cost(1000)
	if last := cost(50); last > 3*first {
		t.Errorf("50 purchases took %d bytes, after 1000 more %d", first, last)
	}
}

// A customer never seen has no moment, so silence changes nothing.
func TestSilenceOfTheZeroMetrics(t *testing.T) {
	m, err := rfm.Facts{}.Silent(day(1960, 1, 1))
	if err != nil || !m.AsOf().IsZero() || !reflect.DeepEqual(m, rfm.Facts{}) {
		t.Fatal(m.AsOf(), err)
	}
	m, err = m.After(day(1950, 1, 1), rub(5))
	if err != nil || !m.AsOf().Equal(day(1950, 1, 1)) || m.Purchases() != 1 {
		t.Errorf("facts are of %v, %v", m.AsOf(), err)
	}
}
