package ltv

import (
	"math"
	"math/rand/v2"
	"reflect"
	"testing"

	"github.com/clientele-go/clientele/internal/verify"
)

// Invariant: what a sketch keeps of far more summaries than it holds does not depend on
// their order, and its sample is spread evenly over them.
func TestSketchIsSpreadEvenly(t *testing.T) {
	const distinct, once = 40_000, 30_000
	rng := rand.New(rand.NewPCG(1, 2))
	var all []Summary
	for i := range distinct {
		all = append(all, Summary{Frequency: 1 + i%5, Recency: 1 + rng.Float64(), T: 3 + 97*float64(i)/distinct, Monetary: 10})
	}
	for i := range once {
		all = append(all, Summary{T: 3 + float64(i%500)})
	}
	var first []weighted
	for range 3 {
		rng.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
		var k sketch
		for _, s := range all {
			k.add(s)
		}
		got := k.sample()
		if first == nil {
			first = got
		}
		if !reflect.DeepEqual(got, first) {
			t.Fatal("another order gives another sample")
		}
	}
	customers, single, age := 0, 0, 0.0
	for _, w := range first {
		if w.customers < 1 {
			t.Fatalf("%+v is drawn for nobody", w.summary)
		}
		customers += w.customers
		if w.summary.Frequency == 0 {
			single += w.customers
		} else {
			age += float64(w.customers) * w.summary.T
		}
	}
	verify.Near(t, "customers", float64(customers), sampleSize, 0)
	verify.Near(t, "share of single purchases", float64(single)/sampleSize, once/float64(len(all)), 0.15)
	verify.Near(t, "mean age of others", age/float64(customers-single), 51.5, 0.03)
}

// A sketch of few summaries keeps all of them, with their customers.
func TestSketchKeepsFew(t *testing.T) {
	var k sketch
	a, b := Summary{T: 3}, Summary{Frequency: 1, Recency: 1, T: 3}
	for _, s := range []Summary{b, a, b, b} {
		k.add(s)
	}
	if got := k.sample(); !reflect.DeepEqual(got, []weighted{{a, 1}, {b, 3}}) {
		t.Errorf("sample is %v", got)
	}
}

// Customers with one history have futures of their own: the spread of their sum is that of
// as many independent purchases, which the NBD knows.
func TestEquityOfEqualCustomers(t *testing.T) {
	m, s, horizon := NBD{2, 10}, Summary{Frequency: 3, Recency: 5, T: 20}, 26.0
	f := verify.Must(NewForecaster(Fixed(m), Fitted[GammaGamma]{}, ForecastConfig{Horizon: Units(horizon), Intervals: true, Source: rand.NewPCG(1, 2)}))
	same := make([]Summary, 5000)
	for i := range same {
		same[i] = s
	}
	e := verify.Must(NewEquity(f, pairs(same), nil))
	mean := (m.R + 3) / (m.Alpha + s.T) * horizon
	variance := mean * (1 + horizon/(m.Alpha+s.T))
	verify.Near(t, "standard error", e.Total.Purchases.StdErr, math.Sqrt(5000*variance), 0.04)
}

// Invariant: replicates have the regularity of the fit.
func TestBootstrapKeepsRegularity(t *testing.T) {
	h := compressed(t, simulated(t, MBGCNBD{3, 2, 8, 0.4, 2}, 300, 40, 60, 0, 1))
	fit := verify.Must(Bootstrap(MBGCNBD{}, h, 4, rand.NewPCG(1, 2), FitConfig{}))
	for _, m := range fit.Replicates {
		if m.K != fit.Model.K || m.K < 2 {
			t.Errorf("K is %d of a replicate, %d of the fit", m.K, fit.Model.K)
		}
	}
}

// Summaries that differ in spend alone have hashes of their own: of more than a sketch holds
// as many are kept as ever.
func TestSketchOfOneHistory(t *testing.T) {
	var k sketch
	for i := range 2*sketchSize + 1 {
		k.add(Summary{Frequency: 1, Recency: 2, T: 3, Monetary: float64(i)})
	}
	if len(k.counts) != sketchSize {
		t.Errorf("%d summaries are kept, want %d", len(k.counts), sketchSize)
	}
}

// Every bit of every number counts in a hash, also of numbers that are small beside 1.
func TestHashesOfSmallNumbers(t *testing.T) {
	for _, pair := range [][2]Summary{
		{{Frequency: 1, Recency: 1e-20, T: 3}, {Frequency: 1, Recency: 2e-20, T: 3}},
		{{T: 1e-20}, {T: 2e-20}},
		{{T: 3, Monetary: 1e-20}, {T: 3, Monetary: 2e-20}},
		{{T: 3, LogGaps: 1e-20}, {T: 3, LogGaps: 2e-20}},
		{{T: 3}, {T: 3, Orders: 1}},
	} {
		if pair[0].hash() == pair[1].hash() {
			t.Errorf("%+v and %+v have one hash", pair[0], pair[1])
		}
	}
}
