package account

import (
	"math"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/shop"
	"github.com/clientele-go/clientele/internal/verify"
	"github.com/clientele-go/clientele/ltv/internal/receipttest"
)

// Two customers: one buys for 80 of 100 on day 1 and for 100 on day 11; the other
// for 90 of 120 on day 11 and for 45 of 60 on day 21.
//
//	discounted  3 of 4 deals; 80 + 90 + 45 = 215 of 315
//	depth       20 + 30 + 15 = 65 of 280
//	margin      costs are half the list: discounted 215 - 50 - 60 - 30 = 75; else 50 of 100
func TestDiscountSensitivity(t *testing.T) {
	a := accounted(t, Config{},
		receipttest.On(1, 1, "3", receipttest.Item("a", "x", "1", "80", "100", "50")), receipttest.On(11, 1, "3", receipttest.Item("a", "x", "1", "100", "100", "50")),
		receipttest.On(11, 2, "3", receipttest.Item("b", "x", "1", "90", "120", "60")), receipttest.On(21, 2, "3", receipttest.Item("c", "x", "1", "45", "60", "30")),
		receipttest.Refund(25, 3, "5"))
	groups := verify.Must(a.DiscountSensitivity(func(int64) string { return "all" }, 0))
	if len(groups) != 1 || groups[0].Customers != 2 || groups[0].Deals != 4 {
		t.Fatalf("%+v", groups)
	}
	g := groups[0]
	verify.Near(t, "deals at a discount", g.OnDiscount.Value, 0.75, 1e-15)
	verify.Near(t, "share", g.DiscountedShare.Value, 215.0/315, 1e-15)
	verify.Near(t, "depth", g.DiscountSize.Value, 65.0/280, 1e-15)
	verify.Near(t, "margin at a discount", g.DiscountedMarginRate.Value, 75.0/215, 1e-15)
	verify.Near(t, "margin else", g.FullMarginRate.Value, 0.5, 1e-15)
	// Shares of deals of 1/2 and 2/2, two deals each: the mean's standard error is
	// half the difference.
	verify.Near(t, "standard error", g.OnDiscount.StdErr, 0.25, 1e-12)
	if g.Response != (CampaignResponse{DaysOutside: 30 + 20, Outside: 2}) {
		t.Errorf("%+v", g.Response)
	}
}

// A campaign from day 11 to day 21, seen up to day 31. Customer 1 comes on day 1 and
// then on days 11 and 15, within it, and 21, outside: 2 deals in 10 days against 1
// in 20. Customer 2 comes on day 16, within it, and on day 31: none in the 5 days
// that are left of it, 1 in 10 days after.
func TestResponseToCampaigns(t *testing.T) {
	cfg := Config{Campaigns: []Campaign{{receipttest.Noon(11), receipttest.Noon(21)}}}
	var receipts []clientele.Receipt[int64]
	for customer, days := range map[int64][]int{1: {1, 11, 15, 21}, 2: {16, 31}} {
		for _, day := range days {
			receipts = append(receipts, receipttest.On(day, customer, "0", receipttest.Item("a", "x", "1", "10", "", "5")))
		}
	}
	g := verify.Must(accounted(t, cfg, receipts...).DiscountSensitivity(func(int64) string { return "" }, 0.9))[0]
	r := g.Response
	if r.Inside != 2 || r.Outside != 2 || r.DaysInside != 15 || r.DaysOutside != 30 {
		t.Fatalf("%+v", r)
	}
	verify.Near(t, "ratio", r.Ratio.Value, 2, 1e-15)
	// The influences are 2/2 - 10/15 - 1/2 + 20/30 = 1/2 and its opposite; the
	// variance is 2·(1/2²)·2/1.
	verify.Near(t, "standard error", r.Ratio.StdErr, 2, 1e-12)
	verify.Near(t, "interval", math.Log(r.Ratio.Hi/2), math.Tan(0.45*math.Pi), 1e-9)

	one := verify.Must(accounted(t, cfg, receipttest.On(1, 1, "0", receipttest.Item("a", "x", "1", "1", "", "0")), receipttest.On(11, 1, "0", receipttest.Item("a", "x", "1", "1", "", "0")), receipttest.On(30, 1, "0", receipttest.Item("a", "x", "1", "1", "", "0"))).DiscountSensitivity(func(int64) string { return "" }, 0))[0]
	if one.Response.Ratio != (clientele.Estimate{Value: 2, Lo: 2, Hi: 2}) {
		t.Errorf("%+v", one.Response)
	}
}

// Where deals come at random, the interval of the response covers the ratio of the
// rates as often as it says.
func TestResponseCovers(t *testing.T) {
	if testing.Short() {
		t.Skip("computes in one goroutine, which is nothing for the race detector")
	}
	rng := rand.New(rand.NewPCG(5, 6))
	const runs, customers, ratio = 400, 120, 1.8
	cfg := Config{AsOf: receipttest.Noon(100), Campaigns: []Campaign{{receipttest.Noon(20), receipttest.Noon(30)}, {receipttest.Noon(60), receipttest.Noon(75)}}}
	covered := 0
	for range runs {
		a := verify.Must(New(new(clientele.Roster[int64]), cfg))
		for customer := range int64(customers) {
			rate := rng.ExpFloat64() * 0.05
			for at, first := receipttest.Noon(1+rng.IntN(50)), true; at.Before(cfg.AsOf); first = false {
				boost := 1.0
				if a.cols.inCampaign(at.UnixNano()) {
					boost = ratio
				}
				if first || rng.Float64() < boost/ratio {
					r := clientele.Receipt[int64]{Customer: customer, At: at, Lines: []clientele.Line{receipttest.Item("a", "x", "1", "1", "", "0")}}
					if err := a.AddReceipt(&r); err != nil {
						t.Fatal(err)
					}
				}
				days := min(rng.ExpFloat64()/(rate*ratio), 1000)
				at = at.Add(time.Duration(days * 24 * float64(time.Hour)))
			}
		}
		if verify.Must(a.DiscountSensitivity(func(int64) string { return "" }, 0.9))[0].Response.Ratio.Contains(ratio) {
			covered++
		}
	}
	if share := float64(covered) / runs; math.Abs(share-0.9) > 4*math.Sqrt(0.9*0.1/runs) {
		t.Errorf("the interval of level 0.9 covers %v", share)
	}
}

// Of two shops, one with customers who buy only at a discount and one without, the
// first's buy nearly all at a discount and respond to sales 1/0.35 times as strongly as
// the second's, since they accept 35 % of the other visits; both shops are busier
// in sales.
func TestDiscountOnlySegment(t *testing.T) {
	const apart = 1_000_000
	all := receipttest.Shop(t, func(c *shop.Config) { c.Bargain, c.Needs, c.Leads, c.Customers = 0, 0, 0, 1500 }, 1)
	for _, r := range receipttest.Shop(t, func(c *shop.Config) { c.Bargain, c.Needs, c.Leads, c.Customers = 1, 0, 0, 1500 }, 2) {
		r.Customer += apart
		r.ReferredBy = nil
		r.No = "second " + r.No
		all = append(all, r)
	}
	berlin := shop.Default().Zone
	var sales []Campaign
	for year := 2024; year <= 2025; year++ {
		for _, s := range [][3]int{{1, 2, 14}, {4, 20, 30}, {7, 15, 31}, {11, 22, 30}} {
			sales = append(sales, Campaign{
				time.Date(year, time.Month(s[0]), s[1], 0, 0, 0, 0, berlin),
				time.Date(year, time.Month(s[0]), s[2]+1, 0, 0, 0, 0, berlin),
			})
		}
	}
	a := accounted(t, Config{AsOf: receipttest.ShopEnd, Campaigns: sales}, all...)
	groups := verify.Must(a.DiscountSensitivity(func(id int64) string {
		if id > apart {
			return "bargain"
		}
		return "other"
	}, 0.99))
	bargain, other := groups[0], groups[1]
	if bargain.OnDiscount.Lo < 0.95 || other.OnDiscount.Hi > 0.4 {
		t.Errorf("discounted: %v of bargain hunters, %v of others", bargain.OnDiscount, other.OnDiscount)
	}
	if bargain.DiscountedMarginRate.Hi > other.FullMarginRate.Lo {
		t.Errorf("margins: %v at a discount, %v else", bargain.DiscountedMarginRate, other.FullMarginRate)
	}
	stronger := bargain.Response.Ratio.Value / other.Response.Ratio.Value
	doubt := math.Hypot(math.Log(bargain.Response.Ratio.Hi/bargain.Response.Ratio.Lo), math.Log(other.Response.Ratio.Hi/other.Response.Ratio.Lo)) / 2
	if math.Abs(math.Log(stronger*0.35)) > doubt {
		t.Errorf("bargain hunters respond %v times as strongly, want 1/0.35 up to a factor of %v", stronger, math.Exp(doubt))
	}
}
