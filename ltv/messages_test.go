package ltv

import (
	"encoding/json"
	"maps"
	"math"
	"slices"
	"testing"
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/verify"
	"github.com/clientele-go/clientele/ltv/internal/receipttest"
	"github.com/shopspring/decimal"
)

// Every fault of summaries, forecasts and validations, as their user reads it.
func TestMessages(t *testing.T) {
	all := map[string]error{}
	for _, faults := range []map[string]error{
		summaryFaults(), summariesFaults(t), historyFaults(t), sampleFaults(t), spanFaults(),
		forecastFaults(t), trackingFaults(t), validationFaults(), comparisonFaults(), jsonFaults(),
	} {
		maps.Copy(all, faults)
	}
	verify.Messages(t, "messages.txt", all)
}

func summaryFaults() map[string]error {
	good := Summary{Frequency: 2, Recency: 8, T: 12, Monetary: 30}
	return map[string]error{
		"summary, count":               Summary{Frequency: -1}.Validate(),
		"summary, huge count":          Summary{Frequency: 1 << 30, Recency: 1, T: 1}.Validate(),
		"summary, time":                Summary{T: -1}.Validate(),
		"summary, no number":           Summary{T: 1, Monetary: math.NaN()}.Validate(),
		"summary, orders":              Summary{Frequency: 2, Recency: 1, T: 1, Orders: 5}.Validate(),
		"summary, recency above T":     Summary{Frequency: 2, Recency: 9, T: 1}.Validate(),
		"summary, recency alone":       Summary{Recency: 1, T: 1}.Validate(),
		"summary, no recency":          Summary{Frequency: 2, T: 1}.Validate(),
		"buys, age":                    verify.Second(good.Buys(8, 1)),
		"buys, spend":                  verify.Second(good.Buys(13, -1)),
		"buys, spend is no number":     verify.Second(good.Buys(13, math.Inf(1))),
		"buys, summary":                verify.Second(Summary{T: -1}.Buys(13, 1)),
		"summary at, age":              verify.Second(good.At(11)),
		"summary at, age is no number": verify.Second(good.At(math.NaN())),
	}
}

func summariesFaults(t *testing.T) map[string]error {
	cfg := SummaryConfig{AsOf: evening(31)}
	s := mustSummaries[int](t, cfg)
	with := func(change func(*SummaryConfig)) *Summaries[int] {
		other := cfg
		change(&other)
		return mustSummaries[int](t, other)
	}
	large := decimal.New(1, 90)
	return map[string]error{
		"summaries, config": verify.Second(NewSummaries[int](nil, SummaryConfig{
			Calendar: clientele.Calendar{Unit: 9, Zone: "Local"}, Per: -7, Workers: -1,
		})),
		"summaries, config, until":       verify.Second(NewSummaries[int](nil, SummaryConfig{AsOf: evening(31), Until: evening(31)})),
		"summaries, config, until, year": verify.Second(NewSummaries[int](nil, SummaryConfig{AsOf: evening(31), Until: time.Date(1, 1, 2, 0, 0, 0, 0, time.UTC)})),
		"summaries, config, hours":       verify.Second(NewSummaries[int](nil, SummaryConfig{AsOf: evening(31), Hours: 24})),
		"summaries, config, both":        verify.Second(NewSummaries[int](nil, SummaryConfig{AsOf: evening(31), Hours: 6, Calendar: clientele.Calendar{Unit: clientele.Week}})),
		"summaries, config, until, hour": verify.Second(NewSummaries[int](nil, SummaryConfig{AsOf: evening(31), Hours: 6, Until: evening(31).Add(1)})),
		"summaries, config, per":         verify.Second(NewSummaries[int](nil, SummaryConfig{AsOf: evening(31), Per: 5e-324})),
		"summaries, zero":                new(Summaries[int]).Add(buy(1, 1, "1")),
		"summaries, nil":                 verify.Second((*Summaries[int])(nil).MarshalBinary()),
		"summaries, purchase":            s.Add(clientele.Purchase[int]{Customer: 1, Amount: decimal.New(1, 0)}),
		"summaries, amount":              s.Add(clientele.Purchase[int]{Customer: 1, At: receipttest.Noon(1), Amount: large.Mul(large).Mul(large).Shift(-90)}),
		"summaries, bytes":               s.UnmarshalBinary([]byte("ltvS\x02")),
		"summaries, history missing":     s.AddHistory(1, nil),
		"summaries, merge nil":           s.Merge(nil),
		"summaries, merge into nil":      (*Summaries[int])(nil).Merge(s),
		"summaries, advance, earlier":    s.Advance(evening(30)),
		"summaries, advance, zero":       s.Advance(time.Time{}),
		"summaries, advance, holdout":    with(func(c *SummaryConfig) { c.Until = evening(40) }).Advance(evening(32)),
		"summaries, other asOf, holdout": with(func(c *SummaryConfig) { c.Until = evening(40) }).Merge(with(func(c *SummaryConfig) { c.AsOf, c.Until = evening(30), evening(40) })),
		"summaries, other asOf":          s.Merge(with(func(c *SummaryConfig) { c.AsOf = evening(30) })),
		"summaries, other unit":          s.Merge(with(func(c *SummaryConfig) { c.Calendar.Unit = clientele.Week })),
		"summaries, other zone":          s.Merge(with(func(c *SummaryConfig) { c.Calendar.Zone = "Europe/Paris" })),
		"summaries, other week":          s.Merge(with(func(c *SummaryConfig) { c.Calendar.WeekStart = time.Monday })),
		"summaries, other per":           s.Merge(with(func(c *SummaryConfig) { c.Per = 7 })),
		"summaries, other until":         s.Merge(with(func(c *SummaryConfig) { c.Until = evening(40) })),
		"summaries, other money":         s.Merge(with(func(c *SummaryConfig) { c.Gross = true })),
		"summaries, other first":         s.Merge(with(func(c *SummaryConfig) { c.IncludeFirst = true })),
	}
}

func historyFaults(t *testing.T) map[string]error {
	h := mustHistory(t, SummaryConfig{AsOf: evening(31)})
	return map[string]error{
		"history, config":     verify.Second(NewHistory(SummaryConfig{})),
		"history, zero":       new(History).Add(receipttest.Noon(1), decimal.New(1, 0), ""),
		"history, purchase":   h.Add(time.Time{}, decimal.New(1, 0), ""),
		"history, merge nil":  h.Merge(nil),
		"history, into nil":   (*History)(nil).Merge(h),
		"history, other asOf": h.Merge(mustHistory(t, SummaryConfig{AsOf: evening(30)})),
		"history, bytes":      h.UnmarshalBinary(nil),
	}
}

func sampleFaults(t *testing.T) map[string]error {
	h := compressed(t, []Summary{{T: 3}})
	weeks := mustFeed(t, mustSummaries[int](t, SummaryConfig{AsOf: evening(31), Per: 7}), []clientele.Purchase[int]{buy(1, 1, "1")}).Sample()
	byWeek := mustFeed(t, mustSummaries[int](t, SummaryConfig{AsOf: evening(31), Calendar: clientele.Calendar{Unit: clientele.Week}}), []clientele.Purchase[int]{buy(1, 1, "1")}).Sample()
	return map[string]error{
		"sample, no source":     verify.Second(NewSample(nil)),
		"sample, summary":       verify.Second(NewSample(slices.Values([]Summary{{}, {Recency: 1, T: 1}}))),
		"sample, number":        new(Sample).Add(Summary{}, 0),
		"sample, merge nil":     h.Merge(nil),
		"sample, into nil":      (*Sample)(nil).Merge(h),
		"sample, unit":          weeks.SetUnit(Months(1)),
		"sample, no unit":       h.SetUnit(Units(1)),
		"sample, unit of nil":   (*Sample)(nil).SetUnit(Weeks(1)),
		"sample, other unit":    weeks.Merge(h),
		"sample, unknown unit":  compressed(t, []Summary{{T: 3}}).Merge(weeks),
		"sample, other periods": weeks.Merge(byWeek),
	}
}

func spanFaults() map[string]error {
	return map[string]error{
		"span, bare in weeks":    verify.Second(Units(12).In(Weeks(1))),
		"span, weeks in unknown": verify.Second(Weeks(12).In(Span{})),
		"span, forever":          verify.Second(Forever().In(Weeks(1))),
		"span, negative":         verify.Second(Weeks(-1).MarshalText()),
		"span, no number":        verify.Second(json.Marshal(Weeks(math.NaN()))),
		"span, text":             new(Span).UnmarshalText([]byte("52 moths")),
		"span, without a unit":   new(Span).UnmarshalText([]byte("-5")),
	}
}

func forecastFaults(t *testing.T) map[string]error {
	m := BGNBD{0.243, 4.414, 0.793, 2.426}
	weeks := Fixed(m).WithUnit(Weeks(1))
	none := Fitted[GammaGamma]{}
	f := forecaster(t, m, ForecastConfig{Horizon: Units(52)})
	strict := forecaster(t, m, ForecastConfig{Horizon: Units(52), Strict: true})
	refunded := Summary{Frequency: 1, Recency: 1, T: 2, Monetary: -3}
	config := func(fit Fitted[BGNBD], cfg ForecastConfig) error { return verify.Second(NewForecaster(fit, none, cfg)) }
	return map[string]error{
		"forecast, no model": verify.Second(NewForecaster(Fitted[Model]{}, none, ForecastConfig{Horizon: Units(52)})),
		"forecast, config": verify.Second(NewForecaster(Fixed(BGNBD{R: -1, Alpha: 1, A: 1, B: 1}), Fixed(GammaGamma{P: 1, Q: -1, Gamma: 1}), ForecastConfig{
			Discount: Discount{Rate: -1, Per: Weeks(-1), Step: Forever()}, Margin: 30, Intervals: true, Level: 95, Draws: 3, Workers: -1,
		})),
		"forecast, level alone":          config(weeks, ForecastConfig{Horizon: Years(1), Level: 0.9}),
		"forecast, no numbers":           config(weeks, ForecastConfig{Horizon: Years(math.NaN()), Margin: math.NaN(), Discount: Discount{Rate: math.NaN()}}),
		"forecast, negative margin":      config(weeks, ForecastConfig{Horizon: Years(1), Margin: -1}),
		"forecast, bare horizon":         config(weeks, ForecastConfig{Horizon: Units(12)}),
		"forecast, unknown unit":         config(Fixed(m), ForecastConfig{Horizon: Years(1), Discount: PerYear(0.15)}),
		"forecast, bad unit":             config(Fixed(m).WithUnit(Weeks(0)), ForecastConfig{Horizon: Years(1)}),
		"forecast, rate without time":    config(weeks, ForecastConfig{Horizon: Years(1), Discount: Discount{Rate: 0.1}}),
		"forecast, step":                 config(weeks, ForecastConfig{Horizon: Weeks(5), Discount: Discount{Step: Weeks(2)}}),
		"forecast, forever, no discount": config(weeks, ForecastConfig{Horizon: Forever()}),
		"forecast, zero":                 verify.Second(new(Forecaster).One(Summary{})),
		"forecast, summary":              verify.Second(f.One(Summary{T: -1})),
		"forecast, refunds":              verify.Second(strict.One(refunded)),
		"forecast, batch, refunds":       strict.Batch([]Summary{{}, refunded}, make([]Forecast, 2)),
		"equity, refunds":                verify.Second(NewEquity(strict, pairs([]Summary{{}, refunded}), nil)),
		"equity, warning":                verify.Must(NewEquity(f, pairs([]Summary{{}, refunded, refunded, refunded, refunded, refunded, refunded}), nil)).Warnings[0],
		"forecast, batch":                f.Batch([]Summary{{}, {T: -1}}, make([]Forecast, 2)),
		"forecast, batch, lengths":       f.Batch(make([]Summary, 2), make([]Forecast, 3)),
		"forecast, batch, zero":          new(Forecaster).Batch(nil, nil),
		"equity, no forecaster":          verify.Second(NewEquity[int](nil, pairs(nil), nil)),
		"equity, no base":                verify.Second(NewEquity[int](f, nil, nil)),
		"equity, nobody":                 verify.Second(NewEquity(f, pairs(nil), nil)),
		"equity, summary":                verify.Second(NewEquity(f, pairs([]Summary{{}, {T: -1}}), nil)),
		"newcomer, spend":                verify.Second(f.Newcomer(-1)),
		"newcomer, ceiling":              verify.Second(Newcomer{}.Ceiling(-1)),
		"newcomer, ceiling no number":    verify.Second(Newcomer{}.Ceiling(math.Inf(1))),
		"discount, continuous":           verify.Second(PerYear(0.15).Continuous(Units(1))),
	}
}

func trackingFaults(t *testing.T) map[string]error {
	m, h := NBD{1, 2}, compressed(t, []Summary{{T: 4}, {T: 3}})
	days := mustFeed(t, mustSummaries[int](t, SummaryConfig{AsOf: evening(31)}), []clientele.Purchase[int]{buy(1, 1, "1")}).Sample()
	track := func(h *Sample, cfg TrackConfig) error { return verify.Second(Track(m, h, cfg)) }
	tr := verify.Must(Track(m, h, TrackConfig{}))
	byPeriod := verify.Must(Track(m, h, TrackConfig{Per: 1}))
	return map[string]error{
		"track, no model":        verify.Second(Track(nil, h, TrackConfig{})),
		"track, no sample":       track(nil, TrackConfig{}),
		"track, config":          track(h, TrackConfig{Step: Units(-1), Until: Units(math.NaN()), Per: -7, Workers: -1}),
		"track, per":             track(days, TrackConfig{Per: 7}),
		"track, until":           track(days, TrackConfig{Step: Days(40)}),
		"track, steps":           track(days, TrackConfig{Step: Days(1e-9)}),
		"track, units":           track(h, TrackConfig{Step: Weeks(1)}),
		"tracking, counts":       verify.Second(tr.WithActual([]int{1, 2, 3, 4, 5})),
		"tracking, count":        verify.Second(tr.WithActual([]int{1, -2})),
		"tracking, no periods":   verify.Second(tr.WithPeriodCounts(PeriodCounts{})),
		"tracking, other counts": verify.Second(byPeriod.WithPeriodCounts(PeriodCounts{})),
	}
}

func validationFaults() map[string]error {
	m := BGNBD{0.5, 6, 0.8, 2.5}
	good := Observed{Summary: Summary{2, 3, 9, 0, 0, 0}, Holdout: Holdout{1, 5, 0}}
	with := func(change func(*Observed)) error {
		bad := good
		change(&bad)
		return verify.Second(Validate(m, slices.All([]Observed{good, bad}), ValidateConfig{}))
	}
	one := func(o Observed) error { return verify.Second(Validate(m, slices.All([]Observed{o}), ValidateConfig{})) }
	return map[string]error{
		"validate, no model":        verify.Second(Validate(nil, slices.All([]Observed{good}), ValidateConfig{})),
		"validate, no base":         verify.Second(Validate[int](m, nil, ValidateConfig{})),
		"validate, nobody":          verify.Second(Validate(m, slices.All([]Observed{}), ValidateConfig{})),
		"validate, no holdout":      one(Observed{Summary: good.Summary}),
		"validate, config":          verify.Second(Validate[int](m, nil, ValidateConfig{MaxFrequency: -1, Bands: 5000, Level: 95, Workers: -1})),
		"validate, summary":         with(func(o *Observed) { o.Summary.T = -1 }),
		"validate, lengths":         with(func(o *Observed) { o.Holdout.T = 6 }),
		"validate, no length":       with(func(o *Observed) { o.Holdout.T = math.NaN() }),
		"validate, negative length": with(func(o *Observed) { o.Holdout.T = -1 }),
		"validate, units":           with(func(o *Observed) { o.Unit = Weeks(1) }),
		"validate, purchases":       with(func(o *Observed) { o.Holdout.Frequency = -1 }),
		"validate, huge purchases":  with(func(o *Observed) { o.Holdout.Frequency = 1 << 30 }),
		"validate, no time":         one(Observed{Summary: good.Summary, Holdout: Holdout{Frequency: 1}}),
	}
}

func comparisonFaults() map[string]error {
	base := slices.All([]Observed{{Summary: Summary{2, 3, 9, 0, 0, 0}}})
	fit := func(m Model, logLik float64, customers int) Fitted[Model] {
		f := Fixed(m)
		f.LogLik, f.Customers = logLik, customers
		return f
	}
	nbd := fit(NBD{1, 2}, -100, 10)
	return map[string]error{
		"compare, no models":     verify.Second(Compare(base, nil, FitConfig{})),
		"compare, no model":      verify.Second(Compare(base, []Model{NBD{}, nil}, FitConfig{})),
		"compare, no base":       verify.Second(Compare[int](nil, []Model{NBD{}}, FitConfig{})),
		"ratio, nothing":         verify.Second(LikelihoodRatio(nil, nbd)),
		"ratio, spend":           verify.Second(LikelihoodRatio(nbd, Fitted[GammaGamma]{})),
		"ratio, not nested":      verify.Second(LikelihoodRatio(fit(BGNBD{1, 2, 1, 1}, -100, 10), fit(ParetoNBD{1, 2, 1, 2}, -90, 10))),
		"ratio, other customers": verify.Second(LikelihoodRatio(nbd, fit(BGNBD{1, 2, 1, 1}, -90, 11))),
		"ratio, less likely":     verify.Second(LikelihoodRatio(nbd, fit(BGNBD{1, 2, 1, 1}, -101, 10))),
		"ratio, no likelihood":   verify.Second(LikelihoodRatio(nbd, fit(BGNBD{1, 2, 1, 1}, math.NaN(), 10))),
	}
}

func jsonFaults() map[string]error {
	return map[string]error{
		"json, summaries":         verify.Second(json.Marshal(Summaries[int]{})),
		"json, summaries, read":   json.Unmarshal([]byte("{}"), new(Summaries[int])),
		"json, history":           verify.Second(json.Marshal(new(History))),
		"json, history, read":     json.Unmarshal([]byte("{}"), new(History)),
		"json, sample":            verify.Second(json.Marshal(Sample{})),
		"json, sample, read":      json.Unmarshal([]byte("{}"), new(Sample)),
		"json, forecaster":        verify.Second(json.Marshal(new(Forecaster))),
		"json, forecaster, read":  json.Unmarshal([]byte("{}"), new(Forecaster)),
		"json, compared, read":    json.Unmarshal([]byte("{}"), new(Compared)),
		"json, summary config":    json.Unmarshal([]byte(`{"calendar":{"unit":"fortnight"}}`), new(SummaryConfig)),
		"json, forecast config":   json.Unmarshal([]byte(`{"horizon":"12 moths"}`), new(ForecastConfig)),
		"json, forecast config 2": json.Unmarshal([]byte(`{"discount":{"rate":0.1,"prr":"1 year"}}`), new(ForecastConfig)),
		"json, track config":      json.Unmarshal([]byte(`{"per":"seven"}`), new(TrackConfig)),
		"json, validate config":   json.Unmarshal([]byte(`{"bands":10,"bands":20}`), new(ValidateConfig)),
	}
}
