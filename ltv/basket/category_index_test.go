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

func TestIndexStandardError(t *testing.T) {
	const samples = 2000
	for _, c := range []struct {
		n, m int
		p, q float64
	}{{1000, 500, 0.2, 0.3}, {300, 1500, 0.5, 0.2}, {800, 800, 0.1, 0.1}} {
		checkSpread(t, c, samples, func(each func(clientele.Estimate)) { penetrations(samples, c.n, c.m, c.p, c.q, each) })
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
		{400, 40, 0.05, 0.05, 0.99},
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
		want := interval.LogStudent(got.Value, got.StdErr/got.Value, 1e18, 0.95)
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

// Worked by hand: both receipts of the web that sold goods have food, of the store's
// two the one; the base has 3 of 4. The ratio of the web's penetration to the store's
// is 1/0.5, and its limits are the ratios θ at which
//
//	|1 - 0.5 θ| - (1/2 + θ/2)/2 = z √(p(1-p)/2 + θ² p0(1-p0)/2), p = θ p0,
//
// where p0 is the likeliest share of the store: 0.250669 and 39.314069. The index at a ratio
// θ is 100/(0.5 + 0.5/θ).
func TestCategoryIndexByHand(t *testing.T) {
	rows := verify.Must(assortmentOf(t, twoMonths()...).CategoryIndex(0))
	if len(rows) != 4 {
		t.Fatalf("%+v", rows)
	}
	store, web := rows[0], rows[2]
	if store.Segment != "store" || store.Category != "food" || web.Segment != "web" || rows[3].Category != "office" {
		t.Fatalf("%+v", rows)
	}
	if web.Receipts != 2 || web.SegmentReceipts != 2 || web.BaseReceipts != 3 || web.TotalReceipts != 4 || store.Receipts != 1 || store.SegmentReceipts != 2 {
		t.Errorf("%+v", web)
	}
	verify.Money(t, "revenue", web.Revenue, "8")
	verify.Money(t, "segment's revenue", web.SegmentRevenue, "68")
	verify.Money(t, "base's revenue", web.BaseRevenue, "16")
	verify.Money(t, "total revenue", web.TotalRevenue, "279")
	index, ok := web.RevenueIndex()
	verify.Ratio(t, "revenue index", index, ok, 100*8./68/(16./279))
	wantEstimate(t, "penetration", web.Penetration, 1, 0.342380, 1)
	wantEstimate(t, "index", web.Index, 100/0.75, 40.085579, 195.038953)
	verify.Near(t, "standard error", web.Index.StdErr, 100/0.75*0.5/3*1.4142135623730951, 1e-14) // √(1·½/3²) of its logarithm
}

// A category that a segment never bought has index 0 and an upper limit, one that it
// alone buys has the greatest index there can be, and one segment alone is the base.
func TestCategoryIndexAtTheEdges(t *testing.T) {
	all := []clientele.Receipt[int64]{
		through("a", receipttest.On(1, 1, "0", receipttest.Item("x", "x", "1", "1", "", "0"))),
		through("a", receipttest.On(1, 1, "0", receipttest.Item("x", "x", "1", "1", "", "0"))),
		through("b", receipttest.On(1, 1, "0", receipttest.Item("y", "y", "1", "1", "", "0"))),
		through("c", receipttest.Refund(1, 1, "1")),
	}
	rows := verify.Must(assortmentOf(t, all...).CategoryIndex(0))
	if len(rows) != 6 {
		t.Fatalf("%+v", rows)
	}
	if e := rows[0].Index; e.Value != 150 || e.Hi != 150 || !(e.Lo > 0 && e.Lo < 150) {
		t.Errorf("alone: %v", e)
	}
	if e := rows[1].Index; e.Value != 0 || e.Lo != 0 || !(e.Hi > 0 && e.Hi < 150) || e.StdErr != 0 {
		t.Errorf("never: %v", e)
	}
	if refunds := rows[4]; refunds.Segment != "c" || refunds.Index.Level != 0 || refunds.Penetration.Level != 0 {
		t.Errorf("without receipts: %+v", refunds)
	}
	if _, ok := rows[5].RevenueIndex(); !ok {
		t.Error("a segment with revenue has no index of it")
	}
	one := verify.Must(assortmentOf(t, all[:1]...).CategoryIndex(0))
	if e := one[0].Index; e.Value != 100 || e.Lo != 100 || e.Hi != 100 {
		t.Errorf("the base: %v", e)
	}
	free := verify.Must(assortmentOf(t, receipttest.On(1, 1, "0", receipttest.Item("x", "x", "1", "0", "", "0"))).CategoryIndex(0))
	if _, ok := free[0].RevenueIndex(); ok {
		t.Error("an index of no revenue")
	}
}
