package ltv

import (
	"encoding/csv"
	"fmt"
	"math"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/testdata"
	"github.com/clientele-go/clientele/internal/verify"
	"github.com/shopspring/decimal"
)

// grocery are the summaries of the online grocer's customers, in weeks with the
// precision of days.
func grocery(t *testing.T, asOf, until time.Time) *Summaries[string] {
	t.Helper()
	rows, err := csv.NewReader(testdata.OpenReference(t, "data", "grocery-elog.csv")).ReadAll()
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
	h := grocery(t, endOf(2006, 12, 31), time.Time{}).Sample()
	for name, model := range map[string]func(k int) Model{
		"bgcnbd":  func(k int) Model { return BGCNBD{K: k} },
		"mbgcnbd": func(k int) Model { return MBGCNBD{K: k} },
	} {
		var g struct {
			Params map[string]float64 `json:"params"`
			LL     float64            `json:"LL"`
		}
		testdata.GoldenEntry(t, "ltv.json", "grocery/"+name+"/mle", &g)
		chosen := fittedTo(t, model(0), h, FitConfig{})
		if chosen.LogLik < g.LL-1e-6 {
			t.Errorf("%s: log-likelihood %v is below %v", name, chosen.LogLik, g.LL)
		}
		for _, p := range chosen.Params {
			verify.Near(t, name+" "+p.Name, p.Value, g.Params[p.Name], 1e-5)
		}
		if k := settingOf(chosen.Model); k != 2 {
			t.Errorf("%s: k = %d", name, k)
		}
	}
	for k, want := range []float64{-15836.566239, -15054.172904, -15074.705584, -15402.904919} {
		verify.Near(t, fmt.Sprint("BG/CNBD-", k+1), fittedTo(t, BGCNBD{K: k + 1}, h, FitConfig{}).LogLik, want, 1e-9)
	}
	for k, want := range []float64{-15781.939376, -14978.210732, -14996.850416, -15326.922608} {
		verify.Near(t, fmt.Sprint("MBG/CNBD-", k+1), fittedTo(t, MBGCNBD{K: k + 1}, h, FitConfig{}).LogLik, want, 1e-9)
	}
	for id, m := range map[string]Model{"bgnbd": BGNBD{}, "mbgnbd": MBGNBD{}, "pnbd": ParetoNBD{}, "nbd": NBD{}} {
		var g goldenModel
		testdata.GoldenEntry(t, "ltv.json", "grocery/"+id+"/mle", &g)
		fit := fittedTo(t, m, h, FitConfig{})
		if fit.LogLik < g.LL-1e-6 {
			t.Errorf("%s: log-likelihood %v is below %v", id, fit.LogLik, g.LL)
		}
		for _, p := range fit.Params {
			verify.Near(t, id+" "+p.Name, p.Value, g.Params[p.Name], 1e-4)
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

// regularGolden are predictions of BTYDplus 1.2.0 at fixed parameters.
type regularGolden struct {
	Params  map[string]float64 `json:"params"`
	Holdout struct {
		Expected float64 `json:"sum_expected"`
		Actual   int     `json:"sum_actual"`
	} `json:"holdout_52w"`
	Predictions struct {
		Expected      map[string]float64 `json:"E_X_t"`
		Probabilities []float64          `json:"pmf_t39"`
		Customers     []struct {
			ID        string  `json:"id"`
			Frequency int     `json:"x"`
			Recency   float64 `json:"t_x"`
			T         float64 `json:"T"`
			Alive     float64 `json:"p_alive"`
			Expected  float64 `json:"CET_52"`
		} `json:"customers"`
	} `json:"predictions"`
}

// model is that of the name.
func (g regularGolden) model(name string) Model {
	k, p := int(g.Params["k"]), g.Params
	if name == "bgcnbd" {
		return BGCNBD{k, p["r"], p["alpha"], p["a"], p["b"]}
	}
	return MBGCNBD{k, p["r"], p["alpha"], p["a"], p["b"]}
}

// What BTYDplus computes exactly is P(alive), and the probabilities and (to 1e-7, by
// a sum that it ends) the mean of a newcomer's purchases.
func TestReferenceRegularPredictions(t *testing.T) {
	for _, name := range []string{"bgcnbd", "mbgcnbd"} {
		var g regularGolden
		testdata.GoldenEntry(t, "ltv.json", "grocery/"+name+"/mle", &g)
		m := g.model(name)
		for _, c := range g.Predictions.Customers {
			o := given0(t, m, Summary{Frequency: c.Frequency, Recency: c.Recency, T: c.T})
			verify.Near(t, name+" "+c.ID+" P(alive)", o.Alive(), c.Alive, 1e-12)
		}
		new := given0(t, m, Summary{})
		for n, want := range g.Predictions.Probabilities {
			verify.Near(t, fmt.Sprint(name, " P(", n, ")"), valued(new.Probability(n, 39)), want, 1e-12)
		}
		for weeks, want := range g.Predictions.Expected {
			verify.Near(t, name+" expected in "+weeks, valued(new.Expected(number(t, weeks))), want, 1e-7)
		}
	}
}

// Its expectations of customers with a history are approximations: they borrow the
// formula for k = 1, with k·alpha for alpha, and are scaled so that newcomers come out
// right. Purchases expected in 52 weeks are off by -15 to +26 % (BG/CNBD-2) and -4 to
// +39 % (MBG/CNBD-2) for these eight, and by +0.3 and +4.2 % for all 1525: ours are
// 3818 and 3812, those actually made 3389. Simulated futures tell who is right, by
// customers to whom it matters: one silent for a year, and one who has bought twice,
// lately.
func TestReferenceRegularExpectations(t *testing.T) {
	s := grocery(t, endOf(2006, 12, 31), endOf(2007, 12, 30))
	for name, want := range map[string]struct{ least, most, all float64 }{
		"bgcnbd":  {-0.154, 0.256, 0.003},
		"mbgcnbd": {-0.040, 0.387, 0.042},
	} {
		var g regularGolden
		testdata.GoldenEntry(t, "ltv.json", "grocery/"+name+"/mle", &g)
		m := g.model(name)
		least, most := inf, -inf
		for _, c := range g.Predictions.Customers {
			o := given0(t, m, Summary{Frequency: c.Frequency, Recency: c.Recency, T: c.T})
			expected := valued(o.Expected(52))
			off := c.Expected/expected - 1
			least, most = min(least, off), max(most, off)
			if c.ID != "1" && c.ID != "2" {
				continue
			}
			var futures mean
			rng := rand.New(rand.NewPCG(1, uint64(c.Frequency)))
			for range 200_000 {
				times, err := o.Simulate(52, rng)
				if err != nil {
					t.Fatal(err)
				}
				futures.add(float64(len(times)))
			}
			futures.check(t, name+" "+c.ID+" simulated", expected)
			if se := math.Sqrt(futures.squares) / futures.n; math.Abs(c.Expected-futures.sum/futures.n) < 10*se {
				t.Errorf("%s %s: the simulation cannot tell %v from %v", name, c.ID, expected, c.Expected)
			}
		}
		sum, actual := 0.0, 0
		for _, o := range s.Observed() {
			sum += valued(given0(t, m, o.Summary).Expected(52))
			actual += o.Holdout.Frequency
		}
		if actual != g.Holdout.Actual {
			t.Errorf("%d purchases in the holdout, want %d", actual, g.Holdout.Actual)
		}
		for what, off := range map[string][2]float64{"least": {least, want.least}, "most": {most, want.most}, "all": {g.Holdout.Expected/sum - 1, want.all}} {
			if math.Abs(off[0]-off[1]) > 1e-3 {
				t.Errorf("%s: %s: BTYDplus is off by %v, not by %v", name, what, off[0], off[1])
			}
		}
	}
}
