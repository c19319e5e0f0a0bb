package nps_test

import (
	"errors"
	"math"
	"math/rand/v2"
	"strconv"
	"testing"
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/verify"
	"github.com/clientele-go/clientele/nps"
)

// Every argument that makes work has a limit, and beyond it there is an error at once.
func TestWorkIsBounded(t *testing.T) {
	some := answered(30, 40, 30)
	groups := make(map[string]nps.Tally)
	for i := range 1415 {
		groups[strconv.Itoa(i)] = some
	}
	var days []nps.Answer
	for day := range 1001 {
		days = append(days, nps.Answer{At: noonOf(2020, 1, day), Value: day % 11})
	}
	series := verify.Must(panelOf(t, nps.PanelConfig{}, days).Series())
	asOf := noonOf(2030, 1, 1)
	rake := func(rounds int) error {
		_, err := nps.Rake(clientele.All(twoByTwo()), []nps.Dimension{dimension("region", "north", 1., "south", 1.), dimension("age", "young", 1., "old", 1.)}, nps.RakeConfig{MaxIterations: rounds})
		return err
	}
	source := rand.NewPCG(1, 2)
	for name, work := range map[string]func() error{
		"replicates of a bootstrap":   func() error { return second(some.Bootstrap(0, math.MaxInt, source)) },
		"replicates of a permutation": func() error { return second(nps.Permutation(some, some, 10_000_001, source)) },
		"replicates of changes": func() error {
			return second(series.Changes(nps.ChangeConfig{AsOf: asOf, Replicates: math.MaxInt}, source))
		},
		"periods of replicates": func() error {
			return second(series.Changes(nps.ChangeConfig{AsOf: asOf, Replicates: 99_901}, source))
		},
		"rounds":         func() error { return rake(1_000_001) },
		"endless rounds": func() error { return rake(math.MaxInt) },
		"pairs":          func() error { return second(nps.CompareAll(groups, nps.CompareAllConfig{})) },
		"level of a bootstrap": func() error {
			return second(some.Bootstrap(1-1e-12, 10_000_000, source))
		},
		"level of changes": func() error {
			return second(series.Changes(nps.ChangeConfig{AsOf: asOf, Level: 1 - 1e-12}, source))
		},
	} {
		begun := time.Now()
		if err := work(); !errors.Is(err, clientele.ErrRange) {
			t.Errorf("%s: %v", name, err)
		}
		if took := time.Since(begun); took > time.Second {
			t.Errorf("%s: refused after %v", name, took)
		}
	}
	if _, err := nps.CompareAll(groups, nps.CompareAllConfig{Rest: true}); err != nil {
		t.Error(err)
	}
	if err := rake(1_000_000); err != nil {
		t.Error(err)
	}
}

// A table of all periods has at most those of a hundred years of days, however few of them
// have answers.
func TestPeriodsAreBounded(t *testing.T) {
	first, last := noonOf(1900, 1, 1), noonOf(1900, 1, 36_525)
	series := verify.Must(panelOf(t, nps.PanelConfig{}, []nps.Answer{{At: first, Value: 1}, {At: last, Value: 10}}).Series())
	trend, err := series.Trend(nps.TrendConfig{AsOf: last})
	if err != nil || len(trend.Points) != 36_525 || len(series.Periods()) != 36_525 {
		t.Fatal(err)
	}
	if _, err := series.Trend(nps.TrendConfig{AsOf: last.AddDate(0, 0, 1)}); !errors.Is(err, clientele.ErrRange) {
		t.Error(err)
	}
	far := panelOf(t, nps.PanelConfig{}, []nps.Answer{{At: first, Value: 1}, {At: last.AddDate(0, 0, 1), Value: 10}})
	if _, err := far.Series(); !errors.Is(err, clientele.ErrRange) {
		t.Error(err)
	}
}

// Numbers of attitudes whose sum is none of a uint64 are refused, and the most are not.
func TestAttitudesOfTooMany(t *testing.T) {
	for _, a := range []nps.Attitudes{
		{Detractors: 1 << 63, Promoters: 1 << 63},
		{Detractors: math.MaxUint64, Passives: 1},
		{Passives: 1<<53 + 1},
		{Detractors: 1 << 52, Passives: 1 << 52, Promoters: 1},
	} {
		if _, err := a.Interval(nps.AdjustedWald, 0); !errors.Is(err, clientele.ErrRange) {
			t.Errorf("%+v: %v", a, err)
		}
	}
	e := verify.Must(nps.Attitudes{Detractors: 1 << 52, Promoters: 1 << 52}.Interval(nps.AdjustedWald, 0))
	if e.Value != 0 || !(e.Hi > 0 && e.Hi < 1e-5) {
		t.Error(e)
	}
}
