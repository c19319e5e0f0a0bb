package ltv

import (
	"fmt"
	"math/rand/v2"
	"runtime"
	"slices"
	"testing"
)

// benchBases are the simulated bases of the benchmarks: customers who came over
// the first half of two years.
var benchBases = []struct {
	name      string
	customers int
	grid      float64 // in weeks
}{
	{"23570weekly", 23_570, 1},
	{"1Mdaily", 1_000_000, 1.0 / 7},
	{"1Mminute", 1_000_000, 1.0 / 7 / 24 / 60},
}

func benchBase(b *testing.B, i int) []Summary {
	base := benchBases[i]
	if testing.Short() && base.customers > 100_000 {
		b.Skip("a million customers")
	}
	return simulated(b, ParetoNBD{0.55, 10.6, 0.6, 11.7}, base.customers, 27, 52, base.grid, 1)
}

func benchFit(b *testing.B, models []Estimable, all []Summary) {
	h := compressed(b, all)
	for _, m := range models {
		b.Run(m.Name(), func(b *testing.B) {
			for b.Loop() {
				fit, err := Fit(m, h, FitConfig{})
				if err != nil {
					b.Fatal(err)
				}
				b.ReportMetric(float64(fit.Evaluations), "evaluations")
			}
			b.ReportMetric(float64(h.Distinct()), "histories")
			b.ReportMetric(float64(h.Len())*float64(b.N)/b.Elapsed().Seconds(), "customers/s")
		})
	}
}

func BenchmarkFit(b *testing.B) {
	models := []Estimable{BGNBD{}, MBGNBD{}, ParetoNBD{}, NBD{}}
	b.Run("cdnow", func(b *testing.B) { benchFit(b, models, cdnow(b)) })
	for i, base := range benchBases {
		b.Run(base.name, func(b *testing.B) { benchFit(b, models, benchBase(b, i)) })
	}
}

func BenchmarkCompress(b *testing.B) {
	for i, base := range benchBases {
		b.Run(base.name, func(b *testing.B) {
			all := benchBase(b, i)
			b.ReportAllocs()
			for b.Loop() {
				if _, err := NewSample(slices.Values(all)); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(len(all))*float64(b.N)/b.Elapsed().Seconds(), "customers/s")
		})
	}
}

func BenchmarkForecast(b *testing.B) {
	all := benchBase(b, 1)
	out := make([]Forecast, len(all))
	for _, m := range []Model{BGNBD{0.243, 4.414, 0.793, 2.426}, ParetoNBD{0.553, 10.578, 0.606, 11.669}} {
		for name, cfg := range map[string]ForecastConfig{
			"52weeks":   {Horizon: Units(52)},
			"15percent": {Horizon: Units(52), Discount: yearly(0.15)},
			"12months":  {Horizon: Units(12 * weeksPerMonthOfLifetimes), Discount: MonthlySteps(0.01, Units(weeksPerMonthOfLifetimes))},
		} {
			b.Run(fmt.Sprint(m.Name(), "/", name), func(b *testing.B) {
				f, err := NewForecaster(Fixed(m), Fitted[GammaGamma]{}, cfg)
				if err != nil {
					b.Fatal(err)
				}
				b.ReportAllocs()
				for b.Loop() {
					if err := f.Batch(all, out); err != nil {
						b.Fatal(err)
					}
				}
				b.ReportMetric(float64(len(all))*float64(b.N)/b.Elapsed().Seconds(), "customers/s")
				b.ReportMetric(float64(runtime.GOMAXPROCS(0)), "cores")
			})
		}
	}
}

// Intervals of forecasts draw futures of every customer.
func BenchmarkForecastIntervals(b *testing.B) {
	all := benchBase(b, 1)[:2000]
	out := make([]Forecast, len(all))
	for _, intervals := range []bool{false, true} {
		b.Run(fmt.Sprint("intervals=", intervals), func(b *testing.B) {
			cfg := ForecastConfig{Horizon: Units(52), Discount: yearly(0.15), Intervals: intervals, Source: rand.NewPCG(1, 2)}
			f, err := NewForecaster(Fixed(BGNBD{0.243, 4.414, 0.793, 2.426}), Fitted[GammaGamma]{}, cfg)
			if err != nil {
				b.Fatal(err)
			}
			for b.Loop() {
				if err := f.Batch(all, out); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(len(all))*float64(b.N)/b.Elapsed().Seconds(), "customers/s")
		})
	}
}

func BenchmarkOutlook(b *testing.B) {
	s := Summary{Frequency: 7, Recency: 29.43, T: 38.86}
	for _, m := range []Model{
		NBD{0.385, 12.07},
		BGNBD{0.243, 4.414, 0.793, 2.426},
		MBGNBD{0.525, 6.183, 0.891, 1.614},
		ParetoNBD{0.553, 10.578, 0.606, 11.669},
		MBGCNBD{2, 1.329, 2.813, 0.425, 0.79},
	} {
		b.Run(m.Name(), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				o, err := m.Given(s)
				if err != nil {
					b.Fatal(err)
				}
				if _, err := o.Expected(52); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
