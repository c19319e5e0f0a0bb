package cohort_test

import (
	"math"
	"runtime"
	"testing"
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/cohort"
	"github.com/clientele-go/clientele/cohort/survival"
)

// bounded asks for an answer that would take endless memory or time, and checks that it is
// refused with an error of a kind after little of both.
func bounded(t *testing.T, kind error, megabytes uint64, ask func() error) {
	t.Helper()
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	begin := time.Now()
	err := ask()
	runtime.ReadMemStats(&after)
	if used := (after.TotalAlloc - before.TotalAlloc) >> 20; used > megabytes || time.Since(begin) > 30*time.Second {
		t.Errorf("%d MiB and %v", used, time.Since(begin))
	}
	outcomeFault(t, err, -1, fieldOf(err), kind)
}

func fieldOf(err error) string {
	if in, ok := err.(*clientele.InputError); ok {
		return in.Field
	}
	return ""
}

// Customers who enter on 2,000 days and return after centuries would have 400 million
// tallies of days, 20 GB; and so would one customer who buys on so many days, under
// EveryPeriod. Both are refused, and so are customers of one key whose columns end on as
// many days, of whom one comes back.
func TestTriangleIsBounded(t *testing.T) {
	var far, often, apart []clientele.Purchase[int64]
	for id := range int64(2000) {
		far = append(far, outcomeBuys(id, float64(id), "1", ""), outcomeBuys(id, 80_000, "1", ""))
		often = append(often, outcomeBuys(1, 30*float64(id), "1", ""))
		apart = append(apart, outcomeBuys(id, float64(id)+1, "1", ""))
	}
	apart = append(apart, outcomeBuys(0, 80_000, "1", ""))
	cfg := cohort.TriangleConfig{AsOf: outcomeDay(80_001), Calendar: clientele.Calendar{Unit: clientele.Day}, Workers: 1}
	every, keys := cfg, cfg
	every.Entry = cohort.EveryPeriod
	keys.Grouping, keys.Step, keys.Window = cohort.ByKey, cohort.Days24h, 1
	for name, c := range map[string]struct {
		purchases []clientele.Purchase[int64]
		cfg       cohort.TriangleConfig
	}{"far": {far, cfg}, "often": {often, every}, "apart": {apart, keys}} {
		t.Run(name, func(t *testing.T) {
			a := outcomeActivity(t, c.purchases...)
			bounded(t, clientele.ErrRange, 1200, func() error { return second(a.Triangle(c.cfg)) })
		})
	}
}

// Counts beyond those of any activity are refused; the largest take no time to speak of.
func TestExactIntervalsAreBounded(t *testing.T) {
	if testing.Short() {
		t.Skip("computes in one goroutine, which is nothing for the race detector")
	}
	bounded(t, clientele.ErrRange, 1, func() error { return second(cohort.OddsRatio(math.MaxInt/2, math.MaxInt, 1, 2, 0)) })
	bounded(t, clientele.ErrRange, 1, func() error { return second(cohort.ExactShare(3, math.MaxInt, 0)) })
	begin := time.Now()
	e, err := cohort.OddsRatio(1<<29, 1<<30, 1<<29, 1<<30, 0)
	if err != nil || !e.Contains(1) || e.Hi-e.Lo > 1e-3 || time.Since(begin) > 30*time.Second {
		t.Errorf("%+v, %v after %v", e, err, time.Since(begin))
	}
}

// Two purchases are no reason for a table of all days between them, if these are more than
// those of a hundred years.
func TestPeriodsAreBounded(t *testing.T) {
	a := outcomeActivity(t, outcomeBuys(1, 0, "1", ""), outcomeBuys(1, 36_525, "1", ""))
	days := clientele.Calendar{Unit: clientele.Day}
	for name, periods := range map[string]func(asOf time.Time) (int, error){
		"Lifecycle": func(asOf time.Time) (int, error) {
			l, err := a.Lifecycle(cohort.LifecycleConfig{AsOf: asOf, Calendar: days})
			if err != nil {
				return 0, err
			}
			return len(l.Periods), nil
		},
		"Churn": func(asOf time.Time) (int, error) {
			r, err := a.Churn(cohort.ChurnConfig{AsOf: asOf, Calendar: days, Rule: cohort.ChurnRule{Silent: 30}})
			if err != nil {
				return 0, err
			}
			return len(r.Periods), nil
		},
	} {
		if n, err := periods(outcomeDay(36_524)); err != nil || n != 36_525 {
			t.Errorf("%s of a hundred years: %d periods, %v", name, n, err)
		}
		outcomeFields(t, second(periods(outcomeDay(36_525))), "AsOf")
	}
}

// Five hundred groups have a covariance of 2 MB; more are refused.
func TestTestsOfGroupsAreBounded(t *testing.T) {
	spells := make([]survival.Spell, 5000)
	for i := range spells {
		spells[i] = survival.Spell{Time: float64(i % 7), Event: i%2 == 0, Group: string(rune(1000 + i))}
	}
	bounded(t, clientele.ErrRange, 50, func() error { return second(survival.LogRank(clientele.All(spells))) })
	bounded(t, clientele.ErrRange, 50, func() error { return second(survival.PetoPeto(clientele.All(spells))) })
	if test, err := survival.LogRank(clientele.All(spells[:200])); err != nil || len(test.Groups) != 200 {
		t.Errorf("two hundred groups: %v", err)
	}
	_, err := survival.LogRank(clientele.All(spells[:501]))
	outcomeFault(t, err, -1, "Group", clientele.ErrRange)
}
