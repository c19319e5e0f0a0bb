package ltv

import (
	"encoding/csv"
	"errors"
	"fmt"
	"iter"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/clientele-go/clientele"
	"github.com/shopspring/decimal"
)

// grocery are the summaries of the online grocer's customers, in weeks with the
// precision of days.
func grocery(t *testing.T, asOf, until time.Time) *Summaries[string] {
	t.Helper()
	rows, err := csv.NewReader(reference(t, "data", "grocery-elog.csv")).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var all []clientele.Purchase[string]
	for _, row := range rows[1:] {
		at, err := time.Parse(time.DateOnly, row[1])
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, clientele.Purchase[string]{Customer: row[0], At: at, Amount: decimal.NewFromInt(1)})
	}
	return mustFeed(t, mustSummaries[string](t, SummaryConfig{AsOf: asOf, Until: until, Per: 7}), all)
}

// The maxima of BG/CNBD-k and MBG/CNBD-k, by BTYDplus 1.2.0 and polished; and that
// k = 2 is chosen.
func TestReferenceRegular(t *testing.T) {
	h := grocery(t, endOf(2006, 12, 31), time.Time{}).Histories()
	for name, model := range map[string]func(k int) Model{
		"bgcnbd":  func(k int) Model { return BGCNBD{K: k} },
		"mbgcnbd": func(k int) Model { return MBGCNBD{K: k} },
	} {
		var g struct {
			Params map[string]float64 `json:"params"`
			LL     float64            `json:"LL"`
		}
		golden(t, "grocery/"+name+"/mle", &g)
		chosen := fittedTo(t, model(0), h, FitConfig{})
		if chosen.LogLik < g.LL-1e-6 {
			t.Errorf("%s: log-likelihood %v is below %v", name, chosen.LogLik, g.LL)
		}
		for _, p := range chosen.Params {
			near(t, name+" "+p.Name, p.Value, g.Params[p.Name], 1e-5)
		}
		if k := settingOf(chosen.Model); k != 2 {
			t.Errorf("%s: k = %d", name, k)
		}
	}
	for k, want := range []float64{-15836.566239, -15054.172904, -15074.705584, -15402.904919} {
		near(t, fmt.Sprint("BG/CNBD-", k+1), fittedTo(t, BGCNBD{K: k + 1}, h, FitConfig{}).LogLik, want, 1e-9)
	}
	for k, want := range []float64{-15781.939376, -14978.210732, -14996.850416, -15326.922608} {
		near(t, fmt.Sprint("MBG/CNBD-", k+1), fittedTo(t, MBGCNBD{K: k + 1}, h, FitConfig{}).LogLik, want, 1e-9)
	}
	for id, m := range map[string]Model{"bgnbd": BGNBD{}, "mbgnbd": MBGNBD{}, "pnbd": ParetoNBD{}, "nbd": NBD{}} {
		var g goldenModel
		golden(t, "grocery/"+id+"/mle", &g)
		fit := fittedTo(t, m, h, FitConfig{})
		if fit.LogLik < g.LL-1e-6 {
			t.Errorf("%s: log-likelihood %v is below %v", id, fit.LogLik, g.LL)
		}
		for _, p := range fit.Params {
			near(t, id+" "+p.Name, p.Value, g.Params[p.Name], 1e-4)
		}
	}
}

func settingOf(m Model) int {
	switch m := m.(type) {
	case BGCNBD:
		return m.K
	case MBGCNBD:
		return m.K
	}
	return 0
}

// P(alive) of the grocer's customers at fixed parameters, by BTYDplus 1.2.0. Its
// conditional expectations borrow the formula for k = 1, with k·alpha for alpha,
// and are then scaled so that the base as a whole comes out right: for single
// customers they are off, here by up to 28 %, as the simulation shows.
func TestReferenceRegularCustomers(t *testing.T) {
	m := MBGCNBD{2, 1.32917526, 2.81255096, 0.424708988, 0.790028781}
	for _, c := range []struct {
		x            int
		tx, T, alive float64
		peer         float64 // expected in 52 weeks
	}{
		{0, 0, 52, 0.0750933473, 0.0771659238},
		{2, 13.8571429, 51.7142857, 0.0528674478, 0.137110008},
		{49, 50.1428571, 50.5714286, 0.989542035, 39.6136441},
		{1, 50.2857143, 52, 0.807189139, 1.45662249},
		{19, 48.5714286, 52, 0.927063923, 14.6571036},
		{5, 44.4285714, 48, 0.914710389, 4.79006116},
	} {
		s := Summary{Frequency: c.x, Recency: c.tx, T: c.T}
		o := given0(t, m, s)
		near(t, fmt.Sprint(s, " P(alive)"), o.Alive(), c.alive, 2e-7) // of parameters with nine digits
		want := must(o.Expected(52))
		near(t, fmt.Sprint(s, " against the peer"), want, c.peer, 0.3)
		rng := rand.New(rand.NewPCG(1, uint64(c.x)))
		var simulated mean
		for range 40_000 {
			times, err := o.Simulate(52, rng)
			if err != nil {
				t.Fatal(err)
			}
			simulated.add(float64(len(times)))
		}
		simulated.check(t, fmt.Sprint(s, " simulated"), want)
	}
}

// Regularity of the whole log, by BTYDplus 1.2.0. Its value by Wheat & Morrison,
// 1.82458, draws which gap of two comes first; ours is what that varies about.
func TestReferenceRegularity(t *testing.T) {
	s := grocery(t, endOf(2007, 12, 30), time.Time{})
	for _, test := range []struct {
		method          RegularityMethod
		want, tolerance float64
	}{{Wheat, 1.82457694408752, 0.05}, {GammaMLE, 3.26291177569527, 1e-5}, {GammaThom, 3.26427688401946, 1e-10}, {InverseCV, 3.20794022499786, 1e-10}} {
		got, err := Regularity(s.Gaps(), test.method)
		if err != nil {
			t.Fatal(err)
		}
		near(t, fmt.Sprint("method ", test.method), got, test.want, test.tolerance)
	}
}

// erlang are the gaps of customers who buy at every k-th tick.
func erlang(k, customers, gaps int, scale float64) iter.Seq[[]float64] {
	return func(yield func([]float64) bool) {
		rng := rand.New(rand.NewPCG(8, 9))
		for range customers {
			rate := rng.ExpFloat64() + 0.1
			g := make([]float64, gaps)
			for i := range g {
				for range k {
					g[i] += scale * rng.ExpFloat64() / rate
				}
			}
			if !yield(g) {
				return
			}
		}
	}
}

// Every method finds the k of Erlang gaps, whatever the unit of time.
func TestRegularityFindsK(t *testing.T) {
	for _, k := range []int{1, 2, 5} {
		for method := Wheat; method <= InverseCV; method++ {
			got, err := Regularity(erlang(k, 4000, 60, 1), method)
			if err != nil {
				t.Fatal(err)
			}
			near(t, fmt.Sprint("k ", k, " by ", method), got, float64(k), 0.08)
			days, err := Regularity(erlang(k, 4000, 60, 7), method)
			if err != nil {
				t.Fatal(err)
			}
			near(t, fmt.Sprint("k ", k, " in days by ", method), days, got, 1e-9)
		}
	}
}

func TestRegularityRefuses(t *testing.T) {
	equal := slices.Repeat([]float64{7}, 12)
	for name, test := range map[string]struct {
		gaps   [][]float64
		method RegularityMethod
		want   error
	}{
		"nobody":         {nil, Wheat, clientele.ErrEmpty},
		"too few gaps":   {[][]float64{{1}, {2, 3}}, GammaMLE, clientele.ErrEmpty},
		"equal gaps":     {[][]float64{equal}, Wheat, clientele.ErrRange},
		"equal, by cv":   {[][]float64{equal}, InverseCV, clientele.ErrRange},
		"equal, by MLE":  {[][]float64{equal}, GammaMLE, clientele.ErrRange},
		"a negative gap": {[][]float64{{1, -1}}, Wheat, clientele.ErrRange},
		"not a number":   {[][]float64{{1, math.NaN()}}, Wheat, clientele.ErrRange},
		"another method": {[][]float64{{1, 2}}, 9, clientele.ErrUnknown},
	} {
		if _, err := Regularity(slices.Values(test.gaps), test.method); !errors.Is(err, test.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
