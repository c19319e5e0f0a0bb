package ltv

import (
	"errors"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/testdata"
	"github.com/clientele-go/clientele/internal/verify"
)

// Customer lifetime value by the conventions of lifetimes 0.11.3: twelve steps of
// 4.345 weeks at 1 % a month.
func TestReferenceValue(t *testing.T) {
	var g struct {
		Rows []struct {
			ID  string  `json:"id"`
			X   float64 `json:"x"`
			TX  float64 `json:"t_x"`
			T   float64 `json:"T"`
			MX  float64 `json:"m_x"`
			CLV float64 `json:"clv"`
		} `json:"predictions"`
	}
	testdata.GoldenEntry(t, "ltv.json", "cdnow-sample/clv-bgnbd-gg/fixed-params", &g)
	f, err := NewForecaster(Fixed(BGNBD{0.243, 4.414, 0.793, 2.426}), Fixed(GammaGamma{6.25, 3.74, 15.44}), ForecastConfig{
		Horizon:  Units(12 * weeksPerMonthOfLifetimes),
		Discount: MonthlySteps(0.01, Units(weeksPerMonthOfLifetimes)),
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range g.Rows {
		one, err := f.One(Summary{Frequency: int(r.X), Recency: r.TX, T: r.T, Monetary: r.MX})
		if err != nil {
			t.Fatal(err)
		}
		verify.Near(t, r.ID, one.Value.Value, r.CLV, 1e-8)
	}
}

// forecaster combines known models.
func forecaster(t testing.TB, m Model, cfg ForecastConfig) *Forecaster {
	t.Helper()
	f, err := NewForecaster(Fixed(m), Fixed(GammaGamma{6.25, 3.74, 15.44}), cfg)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// weeksPerMonthOfLifetimes is a month of the Python package lifetimes.
const weeksPerMonthOfLifetimes = 4.345

// withSpend gives summaries a spend of 20 to 60.
func withSpend(all []Summary) []Summary {
	for i := range all {
		if all[i].Frequency > 0 {
			all[i].Monetary = 20 + float64(i%41)
		}
	}
	return all
}

// Invariant: a batch is its customers one by one, whatever the number of workers,
// and what the cache holds changes nothing.
func TestBatchIsOneByOne(t *testing.T) {
	for _, m := range []Model{
		BGNBD{0.243, 4.414, 0.793, 2.426}, ParetoNBD{0.553, 10.578, 0.606, 11.669}, MBGCNBD{2, 1.3, 2.8, 0.4, 0.8}, NBD{0.4, 12},
	} {
		for _, cfg := range []ForecastConfig{
			{Horizon: Units(52), Discount: yearly(0.15), Margin: 0.3},
			{Horizon: Forever(), Discount: Discount{Rate: 0.1, Per: Units(52)}},
			{Horizon: Units(13), Intervals: true, Level: 0.9, Draws: 100, Source: rand.NewPCG(1, 2)},
		} {
			n := 9000 // enough for several goroutines
			if cfg.Intervals || m.Name() == "MBG/CNBD-k" || cfg.Horizon == Forever() {
				n = 20
			}
			all := withSpend(simulated(t, ParetoNBD{0.553, 10.578, 0.606, 11.669}, n, 10, 60, 1.0/7, 1))
			f := forecaster(t, m, cfg)
			out := make([]Forecast, n)
			for _, workers := range []int{1, 2, 8} {
				f.cfg.Workers = workers
				if err := f.Batch(all, out); err != nil {
					t.Fatal(err)
				}
				for i := 0; i < n; i += 7 {
					want, err := f.One(all[i])
					if err != nil {
						t.Fatal(err)
					}
					if out[i] != want {
						t.Fatalf("%s: %v with %d workers, %v alone", m.Name(), out[i], workers, want)
					}
				}
			}
		}
	}
}

// What a batch keeps of regular buyers is of their last purchase too: those of one frequency
// and age who bought at other times are due at other times.
func TestBatchOfRegularBuyers(t *testing.T) {
	f := verify.Must(NewForecaster(Fixed(MBGCNBD{3, 2, 8, 0.4, 2}), Fitted[GammaGamma]{}, ForecastConfig{Horizon: Units(26)}))
	base := []Summary{
		{Frequency: 5, Recency: 10, T: 30, LogGaps: 3},
		{Frequency: 5, Recency: 29, T: 30, LogGaps: 3},
		{Frequency: 5, Recency: 20, T: 30, LogGaps: 3},
	}
	out := make([]Forecast, len(base))
	if err := f.Batch(base, out); err != nil {
		t.Fatal(err)
	}
	for i, s := range base {
		if one := verify.Must(f.One(s)); out[i] != one {
			t.Errorf("%+v: %+v in a batch, %+v alone", s, out[i], one)
		}
		if living := out[i].Purchases.Value / out[i].Alive; i > 0 && living == out[0].Purchases.Value/out[0].Alive {
			t.Errorf("%+v: the living buy as often as if they had bought last at %v", s, base[0].Recency)
		}
	}
}

// Where there is no number there is no forecast: a value beyond all numbers, and a probability
// of buying from a likelihood of silence that has vanished.
func TestForecastsThatAreNoNumbers(t *testing.T) {
	rich := verify.Must(NewForecaster(Fixed(NBD{1, 1e-9}), Fixed(GammaGamma{2, 3, 1e308}), ForecastConfig{Horizon: Units(1)}))
	got, err := rich.One(Summary{}) // 10^9 purchases of 10^308
	verify.InputError(t, err, "ltv.Forecaster.One", -1, "", ErrInaccurate)
	if got != (Forecast{}) {
		t.Errorf("a refusal comes with %+v", got)
	}
	m, s := MBGNBD{1e-100, 1e-9, 1e9, 1e-100}, Summary{Frequency: 3, Recency: 6.9e14, T: 1e15}
	silent := verify.Must(NewForecaster(Fixed(m), Fitted[GammaGamma]{}, ForecastConfig{
		Horizon: Units(math.MaxFloat64), Intervals: true, Source: rand.NewPCG(1, 2),
	}))
	if one, err := silent.Quick().One(s); err != nil {
		t.Errorf("without intervals %+v, %v", one, err)
	}
	if one, err := silent.One(s); !errors.Is(err, ErrInaccurate) {
		t.Errorf("%+v, %v", one, err)
	}
}

// No forecaster has none without intervals, which says what is missing, as it does itself.
func TestQuickOfNoForecaster(t *testing.T) {
	var none *Forecaster
	quick := none.Quick()
	if quick == nil || quick.configured() || quick.Config() != (ForecastConfig{}) {
		t.Errorf("%+v", quick)
	}
	if _, err := quick.One(Summary{}); !errors.Is(err, clientele.ErrMissing) {
		t.Error(err)
	}
}

// Invariant: a forecast is its parts multiplied.
func TestForecastIsItsParts(t *testing.T) {
	m, s := MBGNBD{0.525, 6.183, 0.891, 1.614}, Summary{Frequency: 4, Recency: 24, T: 33, Monetary: 16}
	rate, err := PerYear(0.15).Continuous(Weeks(1))
	if err != nil {
		t.Fatal(err)
	}
	one, err := forecaster(t, m, ForecastConfig{Horizon: Units(52), Discount: continuous(rate), Margin: 0.25}).One(s)
	if err != nil {
		t.Fatal(err)
	}
	present, err := given0(t, m, s).Discounted(52, rate)
	if err != nil {
		t.Fatal(err)
	}
	spend, err := GammaGamma{6.25, 3.74, 15.44}.Mean(s)
	if err != nil {
		t.Fatal(err)
	}
	verify.Near(t, "value", one.Value.Value, present*spend*0.25, 1e-14)
	verify.Near(t, "year's discount", math.Exp(-rate*DaysPerYear/7), 1/1.15, 1e-14)
}

// Bad input to forecasts is refused, all at once where it is a configuration.
func TestForecastRefuses(t *testing.T) {
	_, err := NewForecaster(Fixed(BGNBD{R: -1, Alpha: 1, A: 1, B: 1}), Fixed(GammaGamma{6.25, 3.74, 15.44}), ForecastConfig{
		Horizon: Units(-1), Discount: Discount{Rate: math.NaN()}, Margin: 2, Level: 1.5, Draws: 3, Workers: -1,
	})
	var config *clientele.ConfigError
	if !errors.As(err, &config) || len(config.Faults) < 7 {
		t.Errorf("%v", err)
	}
	if _, err := NewForecaster(Fitted[Model]{}, Fixed(GammaGamma{6.25, 3.74, 15.44}), ForecastConfig{Horizon: Units(1)}); !errors.Is(err, clientele.ErrMissing) {
		t.Errorf("no model: %v", err)
	}
	f := forecaster(t, BGNBD{0.243, 4.414, 0.793, 2.426}, ForecastConfig{Horizon: Units(52)})
	for name, s := range map[string]Summary{
		"recency above T": {Frequency: 1, Recency: 2, T: 1, Monetary: 1},
		"recency alone":   {Recency: 1, T: 2},
		"frequency alone": {Frequency: 1, T: 2, Monetary: 1},
		"negative":        {Frequency: -1, T: 2},
		"not a number":    {T: math.NaN()},
	} {
		if _, err := f.One(s); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
	var in *clientele.InputError
	err = f.Batch([]Summary{{}, {T: 1}, {Recency: 3, T: 1}}, make([]Forecast, 3))
	if !errors.As(err, &in) || in.Index != 2 || in.Field != "Recency" {
		t.Errorf("batch: %v", err)
	}
	if _, err := NewEquity(f, pairs(nil), func(int) string { return "" }); !errors.Is(err, clientele.ErrEmpty) {
		t.Errorf("no customers: %v", err)
	}
}
