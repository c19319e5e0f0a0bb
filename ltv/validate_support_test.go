package ltv

import (
	"encoding/csv"
	"encoding/json"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/clientele-go/clientele/internal/testdata"
	"pgregory.net/rapid"
)

// observed draws customers of a model with a holdout; see simulated.
func observed(t testing.TB, m Model, n int, minAge, maxAge, horizon, grid float64, seed uint64) []Observed {
	t.Helper()
	birth := given0(t, m, Summary{})
	rng := rand.New(rand.NewPCG(seed, 2))
	all := make([]Observed, n)
	for i := range all {
		age := onGrid(minAge+(maxAge-minAge)*(float64(i)+0.5)/float64(n), grid)
		times, err := birth.Simulate(age+horizon, rng)
		if err != nil {
			t.Fatal(err)
		}
		later := len(times)
		for later > 0 && times[later-1] > age {
			later--
		}
		whole, before := summaryOf(times, age, grid), summaryOf(times[:later], age, grid)
		all[i] = Observed{Summary: before, Holdout: Holdout{Frequency: whole.Frequency - before.Frequency, T: horizon}}
	}
	return all
}

// cdnowObserved is the CDNOW sample with its holdout of 39 weeks.
func cdnowObserved(t testing.TB) []Observed {
	t.Helper()
	rows, err := csv.NewReader(testdata.OpenReference(t, "data", "cdnow-summary.csv")).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var all []Observed
	for i, s := range cdnow(t) {
		all = append(all, Observed{Summary: s, Holdout: Holdout{Frequency: int(number(t, rows[i+1][4])), T: 39}})
	}
	return all
}

// shop is the synthetic shop of internal/testdata in weeks, by days, with a holdout
// of 26 weeks. Its golden numbers leave refunds out.
func shopSummaries(t testing.TB) *Summaries[int64] {
	t.Helper()
	all, err := testdata.Purchases()
	if err != nil {
		t.Fatal(err)
	}
	s := mustSummaries[int64](t, SummaryConfig{
		AsOf:  time.Date(2025, 6, 29, 23, 59, 59, 0, time.UTC),
		Until: time.Date(2025, 12, 28, 23, 59, 59, 0, time.UTC),
		Per:   7,
		Gross: true,
	})
	return mustFeed(t, s, all)
}

// shopGolden are the golden numbers of the synthetic shop.
type shopGolden struct {
	Fits map[string]struct {
		Parameters map[string]float64 `json:"parameters"`
		LL         float64            `json:"LL"`
	} `json:"fits"`
	Holdout map[string]json.RawMessage `json:"holdout_26_weeks"`
}

func readShopGolden(t testing.TB) (g shopGolden) {
	t.Helper()
	data, err := testdata.Read("synthetic/ltv.json")
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(data, &g); err != nil {
		t.Fatal(err)
	}
	return g
}

// validated is Validate without an error.
func validated(t testing.TB, m Model, base []Observed, cfg ValidateConfig) Validation {
	t.Helper()
	v, err := Validate(m, slices.All(base), cfg)
	if err != nil {
		t.Fatal(m.Name(), err)
	}
	return v
}

// pearson is the correlation of two samples.
func pearson(x, y []float64) float64 {
	var sx, sy, xx, yy, xy float64
	n := float64(len(x))
	for i := range x {
		sx, sy = sx+x[i], sy+y[i]
		xx, yy, xy = xx+x[i]*x[i], yy+y[i]*y[i], xy+x[i]*y[i]
	}
	return (xy - sx*sy/n) / math.Sqrt((xx-sx*sx/n)*(yy-sy*sy/n))
}

// genObserved generates bases in which many customers are equal, in the calibration
// or in all.
func genObserved() *rapid.Generator[[]Observed] {
	one := rapid.Custom(func(t *rapid.T) Observed {
		s := Summary{Frequency: rapid.SampledFrom([]int{0, 0, 1, 2, 9}).Draw(t, "frequency"), T: float64(rapid.IntRange(10, 12).Draw(t, "age"))}
		if s.Frequency > 0 {
			s.Recency = float64(rapid.IntRange(9, 10).Draw(t, "recency"))
		}
		return Observed{Summary: s, Holdout: Holdout{Frequency: rapid.SampledFrom([]int{0, 0, 1, 4}).Draw(t, "later"), T: 5}}
	})
	return rapid.Custom(func(t *rapid.T) []Observed {
		n := rapid.IntRange(1, 60).Draw(t, "customers")
		return rapid.SliceOfN(one, n, n).Draw(t, "base")
	})
}

func genValidateConfig() *rapid.Generator[ValidateConfig] {
	return rapid.Custom(func(t *rapid.T) ValidateConfig {
		return ValidateConfig{
			MaxFrequency: rapid.IntRange(0, 12).Draw(t, "max frequency"),
			Bands:        rapid.IntRange(0, 30).Draw(t, "bands"),
			Workers:      rapid.IntRange(0, 3).Draw(t, "workers"),
		}
	})
}
