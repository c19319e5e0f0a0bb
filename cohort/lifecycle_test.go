package cohort_test

import (
	"errors"
	"testing"
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/cohort"
	"pgregory.net/rapid"
)

// Of the customers of spring Ada buys in March and May, Ben in March, Cyd in March and
// April, Eve in May; Gus has only a refund.
func TestLifecycleWorkedOut(t *testing.T) {
	a := activityOf(t, append(spring(), pays("Ada", date(2025, 7, 2), "1", "")))
	l, err := a.Lifecycle(cohort.LifecycleConfig{AsOf: date(2025, 6, 20), Calendar: months})
	if err != nil {
		t.Fatal(err)
	}
	if l.Customers != 4 || l.NeverBought != 1 || l.Later != 1 || l.Config.Level != 0.95 || len(l.Periods) != 4 {
		t.Fatalf("%+v", l)
	}
	for i, want := range []cohort.LifecyclePeriod{
		{Label: "2025-03", Active: 3, New: 3, Complete: true},
		{Label: "2025-04", Active: 1, Retained: 1, Dormant: 2, Inactive: 2, Complete: true},
		{Label: "2025-05", Active: 2, New: 1, Resurrected: 1, Dormant: 1, Inactive: 2, Complete: true},
		{Label: "2025-06", Dormant: 2, Inactive: 4},
	} {
		got := l.Periods[i]
		rate := got.RetentionRate
		got.RetentionRate, want.Start = clientele.Estimate{}, time.Date(2025, time.Month(i+3), 1, 0, 0, 0, 0, time.UTC)
		if got != want {
			t.Errorf("period %+v, want %+v", got, want)
		}
		if known := i == 1 || i == 2; known != (rate.Level == 0.95) {
			t.Errorf("%s: %+v", got.Label, rate)
		}
	}
	if rate := l.Periods[1].RetentionRate; rate.Value != 1.0/3 || !(rate.Lo > 0.06 && rate.Hi < 0.8) {
		t.Errorf("one of three: %+v", rate)
	}
}

func TestLifecycleRefuses(t *testing.T) {
	a := activityOf(t, spring())
	_, err := a.Lifecycle(cohort.LifecycleConfig{Calendar: clientele.Calendar{Zone: "Mars"}, Level: 2})
	outcomeFields(t, err, "AsOf", "Calendar.Zone", "Level")
	for name, ask := range map[string]func() (*cohort.Lifecycle, error){
		"nobody yet": func() (*cohort.Lifecycle, error) { return a.Lifecycle(cohort.LifecycleConfig{AsOf: date(2025, 1, 1)}) },
		"nobody ever": func() (*cohort.Lifecycle, error) {
			return new(cohort.Activity[int]).Lifecycle(cohort.LifecycleConfig{AsOf: date(2025, 1, 1)})
		},
		"only refunds": func() (*cohort.Lifecycle, error) {
			return activityOf(t, spring()[8:]).Lifecycle(cohort.LifecycleConfig{AsOf: date(2025, 6, 1)})
		},
	} {
		if _, err := ask(); !errors.Is(err, clientele.ErrEmpty) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := (*cohort.Activity[int])(nil).Lifecycle(cohort.LifecycleConfig{AsOf: date(2025, 1, 1)}); !errors.Is(err, clientele.ErrMissing) {
		t.Error(err)
	}
}

// A day that comes back is one period.
func TestLifecycleWhereADayComesBack(t *testing.T) {
	a := activityOf(t, []clientele.Purchase[string]{
		pays("Ada", time.Date(2010, 11, 6, 12, 0, 0, 0, time.UTC), "1", ""),
		pays("Ada", time.Date(2010, 11, 7, 2, 30, 30, 0, time.UTC), "2", ""),
		pays("Ada", time.Date(2010, 11, 7, 3, 0, 0, 0, time.UTC), "4", ""),
	})
	for _, asOf := range []time.Time{time.Date(2010, 11, 7, 3, 0, 0, 0, time.UTC), time.Date(2010, 11, 9, 12, 0, 0, 0, time.UTC)} {
		l, err := a.Lifecycle(cohort.LifecycleConfig{AsOf: asOf, Calendar: stJohns})
		if err != nil || l.Periods[0].New != 1 || l.Periods[0].Active != 1 {
			t.Errorf("%v: %v %+v", asOf, err, l)
		}
	}
}

// Invariant: flows add up to the change of the active, customers are active or not, counts
// are those of the definition, and order, shards and goroutines change nothing.
func TestLifecycleBalances(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		all, drawn := drawActivity(rt), drawTriangleConfig(rt)
		cfg := cohort.LifecycleConfig{AsOf: drawn.AsOf, Calendar: drawn.Calendar}
		l, err := activityOf(t, all).Lifecycle(cfg)
		if err != nil {
			return
		}
		periods, err := cfg.Calendar.Open()
		if err != nil {
			rt.Fatal(err)
		}
		bought := make(map[string]map[int]bool)
		for _, p := range all {
			if p.Amount.IsNegative() || p.At.After(cfg.AsOf) {
				continue
			}
			if bought[p.Customer] == nil {
				bought[p.Customer] = make(map[int]bool)
			}
			bought[p.Customer][periods.Index(p.At)] = true
		}
		before, customers := cohort.LifecyclePeriod{}, 0
		for i, p := range l.Periods {
			customers += p.New
			if p.New+p.Resurrected-p.Dormant != p.Active-before.Active || p.New+p.Retained+p.Resurrected != p.Active ||
				p.Retained+p.Dormant != before.Active || p.Active+p.Inactive != customers || p.Inactive-before.Inactive != p.Dormant-p.Resurrected {
				rt.Fatalf("%+v after %+v", p, before)
			}
			active, retained, index := 0, 0, periods.Index(p.Start)
			for _, own := range bought {
				if own[index] {
					active++
					if own[index-1] {
						retained++
					}
				}
			}
			if p.Active != active || p.Retained != retained || !p.Complete && i < len(l.Periods)-1 {
				rt.Fatalf("%+v, want %d active, %d retained", p, active, retained)
			}
			before = p
		}
		if customers != l.Customers || customers != len(bought) {
			rt.Fatalf("%d customers of %d", customers, len(bought))
		}
		mixed := rapid.Permutation(all).Draw(rt, "mixed")
		cut := rapid.IntRange(0, len(mixed)).Draw(rt, "cut")
		left, right := activityOf(t, mixed[:cut]), activityOf(t, mixed[cut:])
		if err := left.Merge(right); err != nil {
			rt.Fatal(err)
		}
		cfg.Workers = 3
		if again, err := left.Lifecycle(cfg); err != nil || document(rt, again) != document(rt, l) {
			rt.Fatalf("merged: %v %+v, want %+v", err, again, l)
		}
	})
}
