package cohort_test

import (
	"math"
	"slices"
	"strconv"
	"testing"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/cohort"
	"github.com/clientele-go/clientele/cohort/survival"
	"github.com/clientele-go/clientele/internal/testdata"
	"github.com/shopspring/decimal"
)

// repeatDays are golden values of days between purchases.
type repeatDays struct {
	N         int       `json:"n"`
	Mean      float64   `json:"mean"`
	SD        float64   `json:"sd"`
	Quantiles []float64 `json:"quantiles_10_25_50_75_90"`
}

func (d repeatDays) check(t *testing.T, what string, got cohort.Distribution) {
	t.Helper()
	repeatMoments(t, what, got, d.N, d.Mean, d.SD, d.Quantiles...)
}

// The synthetic shop by rows and by the days of two zones.
func TestSyntheticRepeat(t *testing.T) {
	a := syntheticActivity(t)
	for key, zone := range map[string]string{"repeat_UTC": "", "repeat_Europe/Moscow": "Europe/Moscow"} {
		var want struct {
			Customers, Purchases int
			ByRows               int            `json:"repeat_customers_by_rows"`
			ByDays               int            `json:"repeat_customers_by_distinct_days"`
			SameDay              int            `json:"same_day_extra_rows"`
			Rows                 []int          `json:"rows_per_customer_1_to_10"`
			MaxRows              int            `json:"max_rows"`
			Days                 []int          `json:"distinct_days_1_to_10"`
			MaxDays              int            `json:"max_distinct_days"`
			ToSecond             repeatDays     `json:"days_first_to_second_day"`
			Between              repeatDays     `json:"days_between_days"`
			Within               map[string]int `json:"second_day_within"`
		}
		synthetic(t, key, &want)
		cfg := cohort.RepeatConfig{AsOf: afterAll, Calendar: clientele.Calendar{Zone: zone}}

		r := repeatOf(t, a, cfg)
		if rows, most := repeatHistogram(r, 10); !slices.Equal(rows, want.Rows) || most != want.MaxRows {
			t.Errorf("%s: %v, at most %d", key, rows, most)
		}
		if r.Total.Customers != want.Customers || r.Total.Purchases != want.Purchases || r.Total.Repeaters != want.ByRows {
			t.Errorf("%s: %+v", key, r.Total)
		}

		cfg.ByDay = true
		r = repeatOf(t, a, cfg)
		if days, most := repeatHistogram(r, 10); !slices.Equal(days, want.Days) || most != want.MaxDays {
			t.Errorf("%s by day: %v, at most %d", key, days, most)
		}
		if r.Total.Repeaters != want.ByDays || r.SameDay != want.SameDay {
			t.Errorf("%s by day: %d repeaters, %d on the same day", key, r.Total.Repeaters, r.SameDay)
		}
		want.ToSecond.check(t, key+" to second", r.ToSecond)
		want.Between.check(t, key+" between", r.Between)
		if len(r.Total.Early) != len(want.Within) {
			t.Error(r.Total.Early)
		}
		for _, e := range r.Total.Early {
			if e.Repeaters != want.Within[strconv.Itoa(int(e.Within))] || e.Eligible != want.Customers {
				t.Errorf("%s within %d: %+v", key, e.Within, e)
			}
		}
	}
}

func TestSyntheticRepeatByGroup(t *testing.T) {
	var want map[string]struct {
		Customers, Purchases int
		Repeaters            int `json:"repeat_customers_by_rows"`
		Revenue              decimal.Decimal
	}
	synthetic(t, "by_group", &want)
	r := repeatOf(t, syntheticActivity(t), cohort.RepeatConfig{AsOf: afterAll})
	if len(r.Keys) != len(want) {
		t.Fatal(r.Keys)
	}
	for _, g := range r.Keys {
		w := want[g.Key]
		if g.Customers != w.Customers || g.Purchases != w.Purchases || g.Repeaters != w.Repeaters || !g.Revenue.Equal(w.Revenue) {
			t.Errorf("%+v, want %+v", g, w)
		}
	}
}

// The CDNOW sample by rows and by days.
func TestPublishedRepeat(t *testing.T) {
	var want struct {
		SameDay int `json:"same_day_dup_rows"`
		Repeat  struct {
			Customers, Orders int
			Cents             int64 `json:"revenue_cents"`
			ByRows            int   `json:"repeat_customers_by_order_rows"`
			ByDays            int   `json:"repeat_customers_by_distinct_days"`
			Histogram         []int `json:"orders_histogram_1_to_10"`
			Max               int   `json:"max_orders"`
			ToSecond          struct {
				N         int
				Mean      float64
				Quartiles []float64 `json:"q25_50_75_type7"`
			} `json:"days_first_to_second"`
			Between struct {
				N         int
				Mean, SD  float64
				Quantiles []float64 `json:"q10_25_50_75_90_type7"`
			} `json:"days_between_distinct_order_days"`
			Within map[string]struct{ Eligible, Repeated int } `json:"repeat_within"`
		}
	}
	testdata.Golden(t, "rfm-cohort-nps.json", "cohort_cdnow_sample", &want)
	a, w := activityOf(t, cdnowOrders(t)), want.Repeat
	cfg := cohort.RepeatConfig{AsOf: cdnowEnd}
	r := repeatOf(t, a, cfg)
	if g := r.Total; g.Customers != w.Customers || g.Purchases != w.Orders || g.Repeaters != w.ByRows || !g.Revenue.Equal(decimal.New(w.Cents, -2)) {
		t.Errorf("%+v", g)
	}
	if rows, most := repeatHistogram(r, 10); !slices.Equal(rows, w.Histogram) || most != w.Max {
		t.Errorf("%v, at most %d", rows, most)
	}

	cfg.ByDay = true
	r = repeatOf(t, a, cfg)
	if r.Total.Repeaters != w.ByDays || r.SameDay != want.SameDay {
		t.Errorf("%+v", r.Total)
	}
	nan, q := math.NaN(), w.ToSecond.Quartiles
	repeatMoments(t, "to second", r.ToSecond, w.ToSecond.N, w.ToSecond.Mean, nan, nan, q[0], q[1], q[2], nan)
	repeatMoments(t, "between", r.Between, w.Between.N, w.Between.Mean, w.Between.SD, w.Between.Quantiles...)
	for _, e := range r.Total.Early {
		if golden := w.Within[strconv.Itoa(int(e.Within))]; e.Eligible != golden.Eligible || e.Repeaters != golden.Repeated {
			t.Errorf("%+v, want %+v", e, golden)
		}
	}
}

// The time to the second day of the CDNOW sample, and that of its three cohorts, which
// do not differ.
func TestPublishedTimeToSecond(t *testing.T) {
	var want struct {
		N, Events float64
		Times     []float64
		Survival  []float64 `json:"surv"`
		Lower     []float64 `json:"lower_loglog"`
		Upper     []float64 `json:"upper_loglog"`
		SE        []float64
		Statistic float64 `json:"logrank_chisq"`
		DF        int
		P         float64
		ByCohort  struct {
			Strata   []string
			Time     []float64
			Survival []float64 `json:"surv"`
		} `json:"by_cohort"`
	}
	testdata.Golden(t, "rfm-cohort-nps.json", "time_to_second_order_cdnow_sample", &want)
	const tolerance = 1e-9
	cfg := cohort.SpellConfig{AsOf: cdnowEnd, ByDay: true}
	a := activityOf(t, cdnowByMonth(t))
	to, err := a.TimeTo(cfg, survival.Config{Limits: survival.LogLog})
	if err != nil {
		t.Fatal(err)
	}
	if to.Curve.N != want.N || to.Curve.Events != want.Events || to.Days.N != to.Reached || to.Quantiles[2].Value != nil {
		t.Errorf("%+v", to)
	}
	for i, days := range want.Times {
		s, err := to.Curve.At(days)
		if err != nil {
			t.Fatal(err)
		}
		outcomeNear(t, "survival", s.Value, want.Survival[i], tolerance)
		outcomeNear(t, "lower limit", s.Lo, want.Lower[i], tolerance)
		outcomeNear(t, "upper limit", s.Hi, want.Upper[i], tolerance)
		outcomeNear(t, "standard error", s.StdErr, want.SE[i], tolerance)
	}
	curves, err := survival.KaplanMeierBy(a.Spells(cfg), survival.Config{})
	if err != nil {
		t.Fatal(err)
	}
	for i, name := range want.ByCohort.Strata {
		at := slices.IndexFunc(curves, func(c *survival.Curve) bool { return "c="+c.Group == name })
		s, err := curves[at].At(want.ByCohort.Time[i])
		if err != nil {
			t.Fatal(err)
		}
		outcomeNear(t, name, s.Value, want.ByCohort.Survival[i], tolerance)
	}
	test, err := survival.LogRank(a.Spells(cfg))
	if err != nil || test.DF != want.DF {
		t.Fatal(test, err)
	}
	outcomeNear(t, "log-rank statistic", test.Statistic, want.Statistic, tolerance)
	outcomeNear(t, "p-value", test.P, want.P, 1e-6)
}
