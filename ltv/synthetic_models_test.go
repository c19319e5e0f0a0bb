package ltv

import (
	"encoding/json"
	"fmt"
	"math"
	"testing"

	"github.com/clientele-go/clientele/internal/testdata"
	"github.com/clientele-go/clientele/internal/verify"
)

// syntheticModels is the part of synthetic/ltv.json that is about models. Its
// maxima were found with 40 digits and confirmed by BTYD, BTYDplus, CLVTools and
// lifetimes; the README beside it says more.
type syntheticModels struct {
	Fits map[string]struct {
		Parameters map[string]float64 `json:"parameters"`
		LL         float64            `json:"LL"`
		Natural    map[string]float64 `json:"standard_errors_natural"`
		Log        map[string]float64 `json:"standard_errors_log"`
		Covariance [][]float64        `json:"covariance_natural"`
		Mean       float64            `json:"population_mean"`
	} `json:"fits"`
	Discount struct {
		Delta float64 `json:"delta"`
	} `json:"discount"`
	Customers []json.RawMessage  `json:"customers"`
	Total     map[string]float64 `json:"clv_12_months_total"`
}

// syntheticCustomer is a customer with the answers of four models.
type syntheticCustomer struct {
	ID    int                           `json:"customer"`
	X     int                           `json:"x"`
	TX    float64                       `json:"t_x"`
	T     float64                       `json:"T"`
	MX    float64                       `json:"m_x"`
	Spend float64                       `json:"expected_spend_gamma_gamma"`
	BG    map[string]float64            `json:"bgnbd"`
	MBG   map[string]float64            `json:"mbgnbd"`
	P     map[string]float64            `json:"pnbd"`
	N     map[string]float64            `json:"nbd"`
	by    map[string]map[string]float64 // model to answers
}

func (c syntheticCustomer) summary() Summary {
	return Summary{Frequency: c.X, Recency: c.TX, T: c.T, Monetary: c.MX}
}

var syntheticNames = []string{"nbd", "bgnbd", "mbgnbd", "pnbd"}

func readSyntheticModels(t *testing.T) (g syntheticModels, customers []syntheticCustomer, all *Summaries[int64]) {
	t.Helper()
	text, err := testdata.Read("synthetic/ltv.json")
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(text, &g); err != nil {
		t.Fatal(err)
	}
	for _, raw := range g.Customers {
		var c syntheticCustomer
		if err := json.Unmarshal(raw, &c); err != nil {
			t.Fatal(err)
		}
		c.by = map[string]map[string]float64{"nbd": c.N, "bgnbd": c.BG, "mbgnbd": c.MBG, "pnbd": c.P}
		customers = append(customers, c)
	}
	purchases, err := testdata.Purchases()
	if err != nil {
		t.Fatal(err)
	}
	all = mustFeed(t, mustSummaries[int64](t, SummaryConfig{AsOf: endOf(2025, 6, 29), Per: 7, Gross: true}), purchases)
	return g, customers, all
}

// From purchases to maxima, with standard errors.
func TestSyntheticMaxima(t *testing.T) {
	g, _, all := readSyntheticModels(t)
	h := all.Sample()
	for _, name := range syntheticNames {
		want := g.Fits[name]
		fit := fittedTo(t, modelOf(t, name, want.Parameters), h, FitConfig{})
		if fit.LogLik < want.LL-1e-8 {
			t.Errorf("%s: log-likelihood %v is below %v", name, fit.LogLik, want.LL)
		}
		for i, p := range fit.Params {
			verify.Near(t, name+" "+p.Name, p.Value, want.Parameters[p.Name], 1e-7)
			verify.Near(t, name+" standard error of "+p.Name, p.StdErr, want.Natural[p.Name], 1e-5)
			verify.Near(t, name+" standard error of ln "+p.Name, math.Sqrt(fit.LogCovariance[i][i]), want.Log[p.Name], 1e-5)
			for j := range fit.Params {
				verify.Near(t, fmt.Sprint(name, " covariance ", i, " ", j), fit.Covariance[i][j], want.Covariance[i][j], 1e-3)
			}
		}
	}
}

// Formulas at the given parameters.
func TestSyntheticPredictions(t *testing.T) {
	g, customers, _ := readSyntheticModels(t)
	for _, name := range syntheticNames {
		m := modelOf(t, name, g.Fits[name].Parameters)
		for _, c := range customers {
			o, want := given0(t, m, c.summary()), c.by[name]
			verify.Near(t, fmt.Sprint(name, " P(alive) of ", c.ID), o.Alive(), want["p_alive"], 1e-9)
			for weeks, key := range map[float64]string{26: "expected_26_weeks", 52: "expected_52_weeks"} {
				got, err := o.Expected(weeks)
				if err != nil {
					t.Fatal(err)
				}
				verify.Near(t, fmt.Sprint(name, " ", key, " of ", c.ID), got, want[key], 1e-9)
			}
			if dert, ok := want["dert_15_percent"]; ok {
				got, err := o.Discounted(inf, g.Discount.Delta)
				if err != nil {
					t.Fatal(err)
				}
				verify.Near(t, fmt.Sprint(name, " DERT of ", c.ID), got, dert, 1e-9)
			}
		}
	}
}

// Values by the conventions of lifetimes, of some customers and of the base.
func TestSyntheticValues(t *testing.T) {
	g, customers, all := readSyntheticModels(t)
	p := g.Fits["gg"].Parameters
	spend := Fixed(GammaGamma{p["p"], p["q"], p["gamma"]})
	cfg := ForecastConfig{Horizon: Units(12 * weeksPerMonthOfLifetimes), Discount: MonthlySteps(0.01, Units(weeksPerMonthOfLifetimes))}
	for _, name := range syntheticNames[1:] {
		f, err := NewForecaster(Fixed(modelOf(t, name, g.Fits[name].Parameters)), spend, cfg)
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range customers {
			one, err := f.One(c.summary())
			if err != nil {
				t.Fatal(err)
			}
			verify.Near(t, fmt.Sprint("spend of ", c.ID), one.Spend, c.Spend, 1e-9)
			verify.Near(t, fmt.Sprint(name, " value of ", c.ID), one.Value.Value, c.by[name]["clv_12_months"], 1e-9)
		}
		e, err := NewEquity(f, all.All(), all.Group)
		if err != nil {
			t.Fatal(err)
		}
		verify.Near(t, name+" equity", e.Total.Value.Value, g.Total[name], 1e-9)
	}
}
