package rfm_test

import (
	"errors"
	"math"
	"runtime"
	"testing"
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/rfm"
)

const hours24 = 24 * time.Hour

// ago is a purchase or refund so long before asOf.
func ago(d time.Duration, amount string) record { return record{asOf.Add(-d), money(amount)} }

// valuesOf measures one customer.
func valuesOf(t tester, cfg rfm.Config, m rfm.Measure, records ...record) rfm.Values {
	t.Helper()
	rule := rfm.Bounds(1, 2)
	return mustValues(t, mustFreeze(t, planOf(m, rule, rule, rule)), history(t, cfg, records...))
}

// The window is later than AsOf-Window, up to AsOf; recency sees all history.
func TestWindow(t *testing.T) {
	const days30 = 30 * hours24
	for _, c := range []struct {
		name    string
		records []record
		n, in   int
		total   string
		window  string
		average float64 // monetary: of the window, or of the lifetime for who bought nothing in it
	}{
		{"at its beginning", []record{ago(days30, "10")}, 1, 0, "10", "0", 10},
		{"a nanosecond later", []record{ago(days30-1, "10")}, 1, 1, "10", "10", 10},
		{"at asOf", []record{ago(0, "10")}, 1, 1, "10", "10", 10},
		{"after asOf", []record{ago(0, "10"), ago(-1, "99")}, 1, 1, "10", "10", 10},
		{"inside and before", []record{ago(5*hours24, "20"), ago(90*hours24, "100")}, 2, 1, "120", "20", 20},
		{"sleeper", []record{ago(300*hours24, "100"), ago(200*hours24, "50")}, 2, 0, "150", "0", 75},
		{"sleeper with a refund in the window", []record{ago(300*hours24, "100"), ago(200*hours24, "50"), ago(hours24, "-30")}, 2, 0, "120", "-30", 60},
		{"refund of an older purchase", []record{ago(5*hours24, "20"), ago(200*hours24, "50"), ago(hours24, "-50")}, 2, 1, "20", "-30", -30},
	} {
		t.Run(c.name, func(t *testing.T) {
			cfg := rfm.Config{AsOf: asOf, Window: 30}
			m := history(t, cfg, c.records...)
			if m.Purchases() != c.n || m.InWindow() != c.in || !m.Total().Equal(money(c.total)) || !m.WindowTotal().Equal(money(c.window)) {
				t.Errorf("metrics are %s", toJSON(t, m))
			}
			v := valuesOf(t, cfg, rfm.Measure{}, c.records...)
			if want := (rfm.Values{Recency: asOf.Sub(m.Last()).Hours() / 24, Frequency: float64(c.in), Monetary: c.average}); v.Frequency != want.Frequency || v.Monetary != want.Monetary || v.Recency != want.Recency {
				t.Errorf("values are %v, want %v", v, want)
			}
		})
	}
}

// A window that reaches back beyond the years of times is all history.
func TestWindowBeyondTime(t *testing.T) {
	early := day(1700, 1, 1)
	v := history(t, rfm.Config{AsOf: early, Window: 106751}, record{day(1678, 1, 1), rub(5)})
	if v.InWindow() != 1 {
		t.Errorf("%d purchases in the window, want 1", v.InWindow())
	}
}

func TestPerYear(t *testing.T) {
	const year = 365.25
	day := func(n float64) time.Duration { return time.Duration(n * float64(hours24)) }
	for _, c := range []struct {
		name    string
		window  clientele.Days
		records []record
		want    float64
	}{
		{"two years", 0, []record{ago(day(2*year), "1"), ago(day(400), "1"), ago(day(30), "1"), ago(0, "1")}, 2},
		{"newcomer counts as a year", 0, []record{ago(day(10), "1"), ago(0, "1")}, 2},
		{"today alone", 0, []record{ago(0, "1")}, 1},
		{"window shorter than a year", 30, []record{ago(day(10), "1")}, year / 30},
		{"newcomer in a short window", 30, []record{ago(0, "1")}, year / 30},
		{"window longer than the tenure", 730, []record{ago(day(500), "1"), ago(day(5), "1")}, 2 * year / 500},
		{"window longer than a year, newcomer", 730, []record{ago(day(10), "1"), ago(day(5), "1")}, 2},
		{"window shorter than the tenure", 400, []record{ago(day(800), "1"), ago(day(300), "1")}, year / 400},
		{"sleeper", 30, []record{ago(day(100), "1")}, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := valuesOf(t, rfm.Config{AsOf: asOf, Window: c.window}, rfm.Measure{PerYear: true}, c.records...).Frequency
			if math.Abs(got-c.want) > 1e-14*c.want {
				t.Errorf("%v purchases a year, want %v", got, c.want)
			}
		})
	}
}

func TestMedian(t *testing.T) {
	for _, c := range []struct {
		name    string
		window  clientele.Days
		records []record
		want    float64
	}{
		{"one", 0, []record{ago(0, "7")}, 7},
		{"odd", 0, []record{ago(1, "100"), ago(2, "1"), ago(3, "2")}, 2},
		{"even", 0, []record{ago(1, "100"), ago(2, "1"), ago(3, "2"), ago(4, "3")}, 2.5},
		{"even, rounded once", 0, []record{ago(1, "0.1"), ago(2, "0.2")}, 0.15},
		{"refunds left out", 0, []record{ago(1, "4"), ago(2, "-100"), ago(3, "8"), ago(4, "-1")}, 6},
		{"nothing paid", 0, []record{ago(1, "0"), ago(2, "0"), ago(3, "9")}, 0},
		{"within the window", 10, []record{ago(hours24, "4"), ago(100*hours24, "1000"), ago(2*hours24, "6")}, 5},
		{"sleeper", 10, []record{ago(100*hours24, "4"), ago(200*hours24, "6"), ago(300*hours24, "100")}, 6},
		{"wide", 0, []record{ago(1, "1e30"), ago(2, "3e30")}, 2e30},
	} {
		t.Run(c.name, func(t *testing.T) {
			cfg := rfm.Config{AsOf: asOf, Window: c.window, Amounts: true}
			if got := valuesOf(t, cfg, rfm.Measure{Monetary: rfm.Median}, c.records...).Monetary; got != c.want {
				t.Errorf("median is %v, want %v", got, c.want)
			}
		})
	}
}

func TestRecency(t *testing.T) {
	zone, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	berlin := func(at string) time.Time {
		when, err := time.ParseInLocation(time.DateTime, at, zone)
		if err != nil {
			t.Fatal(err)
		}
		return when
	}
	burst := []time.Duration{40 * hours24, 30 * hours24, 12 * hours24} // intervals 10 and 18
	ns := func(d time.Duration) []time.Duration { return []time.Duration{d} }
	for _, c := range []struct {
		name    string
		asOf    time.Time
		measure rfm.Measure
		ago     []time.Duration
		want    float64
	}{
		{"since last", asOf, rfm.Measure{}, burst, 12},
		{"mean interval", asOf, rfm.Measure{Recency: rfm.MeanInterval}, burst, 14},
		{"rhythm is the interval", asOf, rfm.Measure{Recency: rfm.Rhythm}, burst, 14},
		{"rhythm is the silence", asOf, rfm.Measure{Recency: rfm.Rhythm}, []time.Duration{50 * hours24, 40 * hours24, 30 * hours24}, 30},
		{"rhythm of one purchase", asOf, rfm.Measure{Recency: rfm.Rhythm}, ns(9 * hours24), 9},
		{"mean interval of one purchase", asOf, rfm.Measure{Recency: rfm.MeanInterval}, ns(9 * hours24), 9},
		{"mean interval at one moment", asOf, rfm.Measure{Recency: rfm.MeanInterval}, []time.Duration{hours24, hours24}, 0},
		{"now", asOf, rfm.Measure{}, ns(0), 0},
		{"exact", asOf, rfm.Measure{}, ns(36 * time.Hour), 1.5},
		{"whole", asOf, rfm.Measure{Days: rfm.Whole}, ns(2*hours24 - 1), 1},
		{"whole, long ago", asOf, rfm.Measure{Days: rfm.Whole}, ns(400*hours24 - 1), 399},
		{"whole, very long ago", asOf, rfm.Measure{Days: rfm.Whole}, ns(90_000*hours24 - 1), 89_999},
		{"whole, full days", asOf, rfm.Measure{Days: rfm.Whole}, ns(400 * hours24), 400},
		{"whole interval", asOf, rfm.Measure{Recency: rfm.MeanInterval, Days: rfm.Whole}, []time.Duration{5 * hours24, 36 * time.Hour}, 3},
		{"dates over midnight", berlin("2025-06-02 00:01:00"), rfm.Measure{Days: rfm.Dates, Zone: "Europe/Berlin"}, ns(2 * time.Minute), 1},
		{"dates of UTC", berlin("2025-06-02 00:01:00"), rfm.Measure{Days: rfm.Dates}, ns(2 * time.Minute), 0},
		{"dates, a day of 25 hours", berlin("2025-10-26 23:59:00"), rfm.Measure{Days: rfm.Dates, Zone: "Europe/Berlin"}, ns(24 * time.Hour), 0},
		{"dates, a day of 23 hours", berlin("2025-03-31 00:00:00"), rfm.Measure{Days: rfm.Dates, Zone: "Europe/Berlin"}, ns(23 * time.Hour), 1},
		// Until 2011 clocks in St. John's went back at 0:01 to 23:01 of the day
		// before: bought at 0:00:30 on the 7th, seen at 23:30 on the 6th.
		{"dates, clocks set back over midnight", time.Date(2010, 11, 7, 3, 0, 0, 0, time.UTC), rfm.Measure{Days: rfm.Dates, Zone: "America/St_Johns"}, ns(29*time.Minute + 30*time.Second), 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			var records []record
			for _, d := range c.ago {
				records = append(records, record{c.asOf.Add(-d), rub(1)})
			}
			if got := valuesOf(t, rfm.Config{AsOf: c.asOf}, c.measure, records...).Recency; got != c.want {
				t.Errorf("recency is %v, want %v", got, c.want)
			}
		})
	}
}

// Purchases count when their amount is at least 0; refunds lower money alone.
func TestRefunds(t *testing.T) {
	for _, c := range []struct {
		name    string
		records []record
		n       int
		total   string
		average string
		last    time.Duration
	}{
		{"all refunded", []record{ago(3, "10"), ago(2, "5"), ago(1, "-15")}, 2, "0", "0", 2},
		{"refunded before it was bought", []record{ago(3, "-10"), ago(2, "10")}, 1, "0", "0", 2},
		{"more than bought", []record{ago(3, "10"), ago(1, "-15")}, 1, "-5", "-5", 3},
		{"free of charge", []record{ago(3, "0")}, 1, "0", "0", 3},
		{"thirds", []record{ago(3, "10"), ago(2, "0"), ago(1, "0")}, 3, "10", "3.33333333", 1},
		{"half to even", []record{ago(3, "0.00000001"), ago(2, "0")}, 2, "0.00000001", "0", 2},
		{"half to even, up", []record{ago(3, "0.00000003"), ago(2, "0")}, 2, "0.00000003", "0.00000002", 2},
	} {
		t.Run(c.name, func(t *testing.T) {
			m := history(t, rfm.Config{AsOf: asOf}, c.records...)
			if m.Purchases() != c.n || !m.Total().Equal(money(c.total)) || !m.Average().Equal(money(c.average)) || !m.Last().Equal(asOf.Add(-c.last)) {
				t.Errorf("metrics are %s", toJSON(t, m))
			}
		})
	}
}

// A customer never seen.
func TestZeroMetrics(t *testing.T) {
	rule := rfm.Bounds(1, 2)
	scales := mustFreeze(t, planOf(rfm.Measure{}, rule, rule, rule))
	var m rfm.Metrics
	if !m.AsOf().IsZero() || !m.First().IsZero() || !m.Last().IsZero() {
		t.Errorf("as of %v, first %v, last %v; want zero times", m.AsOf(), m.First(), m.Last())
	}
	if m.Purchases() != 0 || m.InWindow() != 0 || !m.Total().IsZero() || !m.WindowTotal().IsZero() || !m.Average().IsZero() {
		t.Errorf("metrics are %s", toJSON(t, m))
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
	checkInput(t, err, "rfm.Metrics.After", -1, "At", clientele.ErrRange)
	_, err = new(rfm.Metrics).After(asOf, rub(-5))
	checkInput(t, err, "rfm.Metrics.After", -1, "Amount", clientele.ErrNegative)
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
				checkInput(t, err, "rfm.Metrics.Silent", -1, "asOf", c.err)
			} else if err != nil {
				t.Error(err)
			}
			if toJSON(t, got) != toJSON(t, m) {
				t.Errorf("metrics are %s, want those before", toJSON(t, got))
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

// A base of one customer, and one of equal customers, under the default rule: the
// worst of frequency and monetary and the best of recency, with warnings.
func TestEqualCustomers(t *testing.T) {
	for _, n := range []int{1, 2, 12, 100} {
		b := mustNew[int64](t, rfm.Config{AsOf: asOf})
		for i := range n {
			if err := b.Add(clientele.Purchase[int64]{Customer: int64(i), At: asOf.AddDate(0, 0, -3), Amount: rub(9)}); err != nil {
				t.Fatal(err)
			}
		}
		scales := mustFit(t, b, rfm.GridPlan())
		for id, score := range mustGrade(t, b, scales).All() {
			if score.Code != "511" {
				t.Errorf("customer %d of %d is in cell %s, want 511", id, n, score.Code)
			}
		}
		warnings := scales.Warnings
		if len(warnings) != 3 {
			t.Fatalf("warnings are %v, want 3", warnings)
		}
		w, ok := errors.AsType[*rfm.LevelWarning](warnings[1])
		if !ok || w.Metric != rfm.F || w.Within != "" || len(w.Empty) != 4 || w.Empty[0] != 2 || len(w.Edges) != 4 || w.Counts[0] != n {
			t.Errorf("warning is %+v", w)
		}
	}
}
