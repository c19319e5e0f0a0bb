package basket

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/interval"
	"github.com/clientele-go/clientele/internal/shop"
	"github.com/clientele-go/clientele/internal/verify"
	"github.com/clientele-go/clientele/ltv/internal/receipttest"
)

// penetrations draws samples of n receipts of a segment and m others, of which the
// shares p and q have a category, and hands on the index of each.
func penetrations(samples, n, m int, p, q float64, each func(clientele.Estimate)) {
	rng := rand.New(rand.NewPCG(uint64(n), uint64(m)))
	for range samples {
		row := CategoryShare{SegmentReceipts: int64(n), TotalReceipts: int64(n + m)}
		for range n {
			if rng.Float64() < p {
				row.Receipts++
			}
		}
		row.BaseReceipts = row.Receipts
		for range m {
			if rng.Float64() < q {
				row.BaseReceipts++
			}
		}
		row.Penetration = shareOf(row.Receipts, row.SegmentReceipts, 0.95)
		each(row.index(0.95))
	}
}

// The standard error is the spread of the logarithm over samples, within four standard
// errors of the simulation and a hundredth for what the delta method leaves out.
func TestIndexStandardError(t *testing.T) {
	const samples = 2000
	for _, c := range []struct {
		n, m int
		p, q float64
	}{{1000, 500, 0.2, 0.3}, {300, 1500, 0.5, 0.2}, {800, 800, 0.1, 0.1}} {
		var sum, squares, stdErrs float64
		penetrations(samples, c.n, c.m, c.p, c.q, func(e clientele.Estimate) {
			log := math.Log(e.Value)
			sum, squares = sum+log, squares+log*log
			stdErrs += e.StdErr / e.Value
		})
		mean := sum / samples
		spread := math.Sqrt((squares - samples*mean*mean) / (samples - 1))
		if ratio := stdErrs / samples / spread; math.Abs(ratio-1) > 4/math.Sqrt(2*samples)+0.01 {
			t.Errorf("%+v: the standard error is %.3f of the spread", c, ratio)
		}
	}
}

// The interval holds the truth as often as it says, give or take two in a hundred,
// also where nearly all or hardly any receipts have the category; where counts are so
// small that few outcomes are possible it holds it more often.
func TestIndexIntervalCovers(t *testing.T) {
	const samples = 3000
	for _, c := range []struct {
		n, m   int
		p, q   float64
		atMost float64
	}{
		{200, 400, 0.2, 0.3, 0.97},
		{50, 1000, 0.5, 0.2, 0.97},
		{40, 60, 0.95, 0.5, 0.98},
		{30, 300, 0.1, 0.01, 1},
		{400, 40, 0.05, 0.05, 0.98},
	} {
		w := float64(c.n) / float64(c.n+c.m)
		truth, covered := 100*c.p/(w*c.p+(1-w)*c.q), 0.0
		penetrations(samples, c.n, c.m, c.p, c.q, func(e clientele.Estimate) {
			if e.Level == 0 || e.Contains(truth) {
				covered++
			}
		})
		if share := covered / samples; share < 0.93 || share > c.atMost {
			t.Errorf("%+v: %.3f of the intervals hold the truth", c, share)
		}
	}
}

// With many receipts the interval is the normal one of the delta method.
func TestIndexIntervalOfManyReceipts(t *testing.T) {
	for _, c := range [][4]int64{{30_000, 100_000, 90_000, 400_000}, {30_000, 100_000, 80_000, 200_000}} {
		row := CategoryShare{Receipts: c[0], SegmentReceipts: c[1], BaseReceipts: c[2], TotalReceipts: c[3]}
		row.Penetration = shareOf(c[0], c[1], 0.95)
		got := row.index(0.95)
		want := interval.Log(got.Value, got.StdErr/got.Value, 0.95)
		verify.Near(t, "lower distance", math.Log(got.Value/got.Lo), math.Log(want.Value/want.Lo), 0.01)
		verify.Near(t, "upper distance", math.Log(got.Hi/got.Value), math.Log(want.Hi/want.Value), 0.01)
	}
}

// Supplies, for which regulars come, stand out among customers of four receipts and
// more, and do not where no regular does. Nobody comes with a job, which newcomers more
// often do and which has no supplies.
func TestRegularsFavourSuppliesByIndex(t *testing.T) {
	for _, loyalty := range []float64{shop.Default().Loyalty, 0} {
		receipts := receipttest.Shop(t, func(c *shop.Config) { c.Customers, c.Needs, c.Loyalty = 2000, 0, loyalty }, 5)
		times := make(map[int64]int)
		for _, r := range receipts {
			times[r.Customer]++
		}
		a := verify.Must(NewAssortment(AssortmentConfig{}, func(r *clientele.Receipt[int64]) string {
			if times[r.Customer] >= 4 {
				return "regular"
			}
			return "other"
		}))
		if err := clientele.FeedReceipts(clientele.All(receipts), a); err != nil {
			t.Fatal(err)
		}
		index := make(map[string]clientele.Estimate)
		for _, row := range verify.Must(a.CategoryIndex(0.99)) {
			if row.Category == "supplies" {
				index[row.Segment] = row.Index
			}
		}
		regular, other := index["regular"], index["other"]
		switch {
		case loyalty > 0 && !(regular.Lo > 105 && other.Hi < 95):
			t.Errorf("regulars %v, others %v", regular, other)
		case loyalty == 0 && !(regular.Contains(100) && other.Contains(100)):
			t.Errorf("without loyalty: regulars %v, others %v", regular, other)
		}
	}
}
