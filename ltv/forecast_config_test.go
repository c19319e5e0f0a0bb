package ltv

import (
	"encoding/json"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/verify"
)

// weekly is a fit of a model in weeks.
func weekly(m Model) Fitted[Model] { return Fixed(m).WithUnit(Weeks(1)) }

// Invariant: a horizon, a rate and a step are the same in whatever unit they are said.
func TestForecastInAnyUnit(t *testing.T) {
	m, s := ParetoNBD{0.553, 10.578, 0.606, 11.669}, Summary{Frequency: 4, Recency: 24, T: 33, Monetary: 16}
	spend := Fixed(GammaGamma{6.25, 3.74, 15.44})
	one := func(fit Fitted[Model], cfg ForecastConfig) Forecast {
		f, err := NewForecaster(fit, spend, cfg)
		if err != nil {
			t.Fatal(err)
		}
		return verify.Must(f.One(s))
	}
	want := one(Fixed[Model](m), ForecastConfig{Horizon: Units(DaysPerYear / 7), Discount: yearly(0.15)})
	for _, c := range []struct {
		horizon Span
		per     Span
	}{{Years(1), Years(1)}, {Weeks(DaysPerYear / 7), Months(12)}, {Days(DaysPerYear), Quarters(4)}, {Months(12), Days(DaysPerYear)}} {
		got := one(weekly(m), ForecastConfig{Horizon: c.horizon, Discount: Discount{Rate: 0.15, Per: c.per}})
		verify.Near(t, c.horizon.String(), got.Value.Value, want.Value.Value, 1e-13)
	}
	steps := one(Fixed[Model](m), ForecastConfig{Horizon: Units(DaysPerYear / 7), Discount: MonthlySteps(0.01, Units(DaysPerYear/7/12))})
	got := one(weekly(m), ForecastConfig{Horizon: Years(1), Discount: MonthlySteps(0.01, Months(1))})
	verify.Near(t, "by month", got.Value.Value, steps.Value.Value, 1e-13)

	// A model in days has rates by the day.
	daily := ParetoNBD{0.553, 7 * 10.578, 0.606, 7 * 11.669}
	s.Recency, s.T = 7*s.Recency, 7*s.T
	got = one(Fixed[Model](daily).WithUnit(Days(1)), ForecastConfig{Horizon: Years(1), Discount: PerYear(0.15)})
	verify.Near(t, "in days", got.Value.Value, want.Value.Value, 1e-10)
}

// Replicates that are no models are refused before anything is drawn from them.
func TestForecastRefusesReplicates(t *testing.T) {
	purchases, spend := Fixed(NBD{1, 2}), Fixed(GammaGamma{6, 4, 15})
	purchases.Replicates, spend.Replicates = []NBD{{1, 2}, {1, 0}}, []GammaGamma{{6, 4, 0}}
	cfg := ForecastConfig{Horizon: Units(1), Intervals: true, Source: rand.NewPCG(1, 2)}
	_, err := NewForecaster(purchases, spend, cfg)
	for i, field := range []string{"purchases.Replicates[1].alpha", "spend.Replicates[0].gamma"} {
		all, ok := err.(*clientele.ConfigError)
		if !ok || len(all.Faults) != 2 || all.Faults[i].(*clientele.InputError).Field != field {
			t.Fatalf("error is %v, want one of %s", err, field)
		}
	}
	cfg.Intervals = false
	if _, err := NewForecaster(purchases, spend, cfg); err != nil {
		t.Error(err)
	}
}

// A model that knows its unit takes no bare number, and one that does not no other.
func TestForecastRefusesUnits(t *testing.T) {
	const op = "ltv.NewForecaster"
	m := BGNBD{0.243, 4.414, 0.793, 2.426}
	for _, c := range []struct {
		name   string
		fit    Fitted[Model]
		cfg    ForecastConfig
		fields []string
	}{
		{"bare", weekly(m), ForecastConfig{Horizon: Units(12)}, []string{"Horizon"}},
		{"unknown", Fixed[Model](m), ForecastConfig{Horizon: Months(12), Discount: PerYear(0.15)}, []string{"Horizon", "Discount.Per"}},
		{"none", weekly(m), ForecastConfig{}, []string{"Horizon"}},
		{"no number", weekly(m), ForecastConfig{Horizon: Weeks(math.NaN())}, []string{"Horizon"}},
		{"rate for no time", weekly(m), ForecastConfig{Horizon: Weeks(1), Discount: Discount{Rate: 0.1}}, []string{"Discount.Per"}},
		{"forever without discount", weekly(m), ForecastConfig{Horizon: Forever()}, []string{"Discount.Rate"}},
		{"step", weekly(m), ForecastConfig{Horizon: Weeks(5), Discount: Discount{Step: Weeks(2)}}, []string{"Discount.Step"}},
		{"rate for ever", weekly(m), ForecastConfig{Horizon: Weeks(5), Discount: Discount{Rate: 0.1, Per: Forever()}}, []string{"Discount.Per"}},
		{"unit", Fixed[Model](m).WithUnit(Weeks(-1)), ForecastConfig{Horizon: Weeks(5)}, []string{"purchases.Unit"}},
		{"unit without a name", Fixed[Model](m).WithUnit(Units(1)), ForecastConfig{Horizon: Weeks(5)}, []string{"purchases.Unit"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := NewForecaster(c.fit, Fitted[GammaGamma]{}, c.cfg)
			verify.ConfigError(t, err, op, c.fields...)
		})
	}
}

// Intervals are asked for, and their level is 0.95 where none is said.
func TestForecastIntervals(t *testing.T) {
	m, s := BGNBD{0.243, 4.414, 0.793, 2.426}, Summary{Frequency: 4, Recency: 24, T: 33, Monetary: 16}
	cfg := ForecastConfig{Horizon: Units(52), Intervals: true, Draws: 100, Source: rand.NewPCG(1, 2)}
	f := forecaster(t, m, cfg)
	one := verify.Must(f.One(s))
	if one.Value.Level != 0.95 || !(one.Value.Hi > one.Value.Value) {
		t.Errorf("value %+v", one.Value)
	}
	quick := f.Quick()
	without := verify.Must(quick.One(s))
	if without.Value.Level != 0 || without.Value.Value != one.Value.Value || without.Value.Hi != one.Value.Value {
		t.Errorf("value %+v without intervals", without.Value)
	}
	for _, cfg := range []ForecastConfig{f.Config(), quick.Config()} {
		if cfg.Source == nil {
			t.Error("no source")
		}
		forecaster(t, m, cfg) // what Config returns can be used again
	}
	_, err := NewForecaster(Fixed(m), Fitted[GammaGamma]{}, ForecastConfig{Horizon: Units(52), Level: 0.9})
	verify.ConfigError(t, err, "ltv.NewForecaster", "Level")
	_, err = NewForecaster(Fixed(m), Fitted[GammaGamma]{}, ForecastConfig{Horizon: Units(52), Intervals: true})
	verify.ConfigError(t, err, "ltv.NewForecaster", "Source")
}

func TestForecastConfigJSON(t *testing.T) {
	cfg := ForecastConfig{Horizon: Years(1), Discount: PerYear(0.15), Margin: 0.3, Intervals: true, Level: 0.9}
	const want = `{"horizon":"1 year","discount":{"rate":0.15,"per":"1 year"},"margin":0.3,"intervals":true,"level":0.9}`
	data, err := json.Marshal(cfg)
	if err != nil || string(data) != want {
		t.Errorf("%s, %v", data, err)
	}
	var read ForecastConfig
	if err := json.Unmarshal(data, &read); err != nil || read != cfg {
		t.Errorf("%+v, %v", read, err)
	}
	for data, field := range map[string]string{
		`{"horizon":"1 year","horizn":3}`:     "horizn",
		`{"horizon":"1 yaer"}`:                "horizon",
		`{"discount":{"rate":"15 %"}}`:        "discount.rate",
		`{"level":0.9,"level":0.95}`:          "level",
		`{"Horizon":"1 year"}`:                "Horizon",
		`{"discount":{"step":{"weeks":4.3}}}`: "discount.step",
	} {
		read := cfg
		err := json.Unmarshal([]byte(data), &read)
		verify.InputError(t, err, "ltv.ForecastConfig.UnmarshalJSON", -1, field, clientele.ErrEncoding)
		if read != cfg {
			t.Errorf("%s has changed the configuration", data)
		}
	}
}
