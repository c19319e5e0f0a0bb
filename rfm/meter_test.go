package rfm_test

import (
	"math"
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
				t.Errorf("facts are %s", toJSON(t, m))
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
			got := valuesOf(t, rfm.Config{AsOf: asOf, Window: c.window}, rfm.Measure{Frequency: rfm.PerYear}, c.records...).Frequency
			if math.Abs(got-c.want) > 1e-14*c.want {
				t.Errorf("%v purchases a year, want %v", got, c.want)
			}
		})
	}
}

// How often customers bought while they bought: neither silence nor age changes it, and
// sleepers are told from worst customers with a window or without one.
func TestPerActiveYear(t *testing.T) {
	const day = hours24
	cube := rfm.CubePlan(rfm.Bounds(20, 40), rfm.Bounds(2, 5), rfm.Bounds(1000, 5000))
	slow := rfm.CubePlan(rfm.Bounds(20, 400), rfm.Bounds(2, 5), rfm.Bounds(1000, 5000))
	every := func(gap time.Duration, n int, last time.Duration) (all []record) {
		for i := range n {
			all = append(all, ago(last+time.Duration(i)*gap, "6000"))
		}
		return all
	}
	for _, c := range []struct {
		name    string
		window  clientele.Days
		plan    rfm.Plan
		records []record
		want    float64
		segment string
	}{
		{"ten in 270 days, silent for 400", 365, cube, every(30*day, 10, 400*day), 10, "Sleeping"},
		{"ten in 270 days, silent for 1,800", 365, cube, every(30*day, 10, 1800*day), 10, "Sleeping"},
		{"ten in 270 days, silent for 1,800, all history", 0, cube, every(30*day, 10, 1800*day), 10, "Sleeping"},
		{"once a year for 12 years", 0, slow, every(36525*day/100, 12, 10*day), 12.0 / 11, "Occasional"},
		{"every quarter", 0, cube, every(91*day, 4, 0), 4, "Sleeping"},
		{"four in a week, half a year ago", 0, cube, every(2*day, 4, 174*day), 4, "Sleeping"},
		{"one purchase", 0, cube, every(day, 1, 5*day), 1, "Occasional"},
		{"twenty a year for two years", 0, cube, every(36525*day/2000, 41, 0), 20.5, "Best"},
	} {
		t.Run(c.name, func(t *testing.T) {
			cfg := rfm.Config{AsOf: asOf, Window: c.window}
			m := history(t, cfg, c.records...)
			got := valuesOf(t, cfg, c.plan.Measure, c.records...).Frequency
			if math.Abs(got-c.want) > 1e-14*c.want {
				t.Errorf("%v purchases per active year, want %v", got, c.want)
			}
			score := mustScore(t, mustFreeze(t, c.plan), m)
			if score.Segment != c.segment {
				t.Errorf("%s is %s, want %s", score.Code, score.Segment, c.segment)
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
		{"dates, bought in the last half second of a day", berlin("2025-06-02 12:00:00"), rfm.Measure{Days: rfm.Dates, Zone: "Europe/Berlin"}, ns(12*time.Hour + time.Second/2), 1},
		{"dates, seen in the last half second of a day", berlin("2025-06-02 23:59:59").Add(time.Second / 2), rfm.Measure{Days: rfm.Dates, Zone: "Europe/Berlin"}, ns(12 * time.Hour), 0},
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
				t.Errorf("facts are %s", toJSON(t, m))
			}
		})
	}
}
