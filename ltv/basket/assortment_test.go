package basket

import (
	"encoding/json"
	"errors"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/verify"
	"github.com/clientele-go/clientele/ltv/internal/receipttest"
)

// assortmentOf returns the assortment of receipts in months, by channel.
func assortmentOf(t testing.TB, receipts ...clientele.Receipt[int64]) *Assortment[int64] {
	t.Helper()
	a := verify.Must(NewAssortment(AssortmentConfig{Calendar: clientele.Calendar{Unit: clientele.Month}}, channelOf))
	if err := clientele.FeedReceipts(clientele.All(receipts), a); err != nil {
		t.Fatal(err)
	}
	return a
}

// through is a receipt of a channel.
func through(channel string, r clientele.Receipt[int64]) clientele.Receipt[int64] {
	r.Channel = channel
	return r
}

// twoMonths are sales of January and February 2025 with all that is special: an item
// on two lines, a gift, a lead magnet, money kept, a refund in the month after, a void
// receipt and one of a gift alone.
func twoMonths() []clientele.Receipt[int64] {
	gift, magnet, kept := receipttest.Item("mug", "promotion", "1", "0.50", "", "1"), receipttest.Item("guide", "promotion", "1", "5", "", "1"), receipttest.Item("lamp", "office", "1", "3", "", "0")
	gift.Role, magnet.Role, kept.Kept = clientele.Gift, clientele.LeadMagnet, true
	back := receipttest.On(35, 1, "0", receipttest.Item("desk", "office", "-1", "180", "", "90"))
	back.RefundOf = "somewhere else"
	return []clientele.Receipt[int64]{
		through("store", receipttest.On(2, 1, "0", receipttest.Item("desk", "office", "1", "200", "", "90"), receipttest.Item("desk", "office", "1", "180", "", "90"), gift)),
		through("web", receipttest.On(3, 2, "0", receipttest.Item("rice", "food", "1.5", "4", "", "2"), magnet)),
		through("web", receipttest.On(4, 2, "0", receipttest.Item("lamp", "office", "2", "30", "", "9"), receipttest.Item("rice", "food", "0.5", "4", "", "2"))),
		through("web", receipttest.On(5, 2, "0", gift)),
		through("store", back),
		through("store", receipttest.On(36, 3, "0", kept, receipttest.Item("rice", "food", "2", "4", "", "2"))),
		{Customer: 4, At: receipttest.Noon(37), Void: true},
	}
}

// Worked by hand from the receipts above.
func TestBestsellersByHand(t *testing.T) {
	got := verify.Must(assortmentOf(t, twoMonths()...).Bestsellers(BestsellerConfig{}))
	if len(got.Periods) != 2 || got.Periods[0].Period != "2025-01" || got.Periods[1].Period != "2025-02" ||
		!got.Periods[1].Start.Equal(time.Date(2025, 2, 1, 0, 0, 0, 0, time.UTC)) {
		t.Fatalf("%+v", got.Periods)
	}
	type row struct {
		rank           int
		product        string
		units, revenue string
		receipts       int64
		share          float64
	}
	for _, c := range []struct {
		period                   SalesPeriod
		receipts, refunds, empty int64
		units, revenue, other    string
		rows                     []row
	}{
		{got.Periods[0], 3, 0, 1, "6", "448", "6", []row{
			{1, "desk", "2", "380", 1, 380. / 448}, {2, "lamp", "2", "60", 1, 60. / 448}, {3, "rice", "2", "8", 2, 8. / 448},
		}},
		{got.Periods[1], 1, 1, 0, "1", "-169", "0", []row{
			{1, "rice", "2", "8", 1, 8. / -169}, {2, "lamp", "0", "3", 0, 3. / -169}, {3, "desk", "-1", "-180", 0, -180. / -169},
		}},
		{got.Total, 4, 1, 1, "7", "279", "6", []row{
			{1, "desk", "1", "200", 1, 200. / 279}, {2, "lamp", "2", "63", 1, 63. / 279}, {3, "rice", "4", "16", 3, 16. / 279},
		}},
	} {
		p := c.period
		if p.Receipts != c.receipts || p.Refunds != c.refunds || p.Empty != c.empty || p.Products != len(c.rows) || len(p.Top) != len(c.rows) {
			t.Fatalf("%+v", p)
		}
		verify.Money(t, p.Period+" units", p.Units, c.units)
		verify.Money(t, p.Period+" revenue", p.Revenue, c.revenue)
		verify.Money(t, p.Period+" other", p.Other, c.other)
		for i, want := range c.rows {
			b := p.Top[i]
			if b.Rank != want.rank || b.Product != want.product || b.Receipts != want.receipts || b.Category == "" {
				t.Errorf("%s: %+v, want %+v", p.Period, b, want)
			}
			verify.Money(t, p.Period+" units of "+b.Product, b.Units, want.units)
			verify.Money(t, p.Period+" revenue of "+b.Product, b.Revenue, want.revenue)
			verify.Near(t, p.Period+" share of "+b.Product, b.Share, want.share, 1e-15)
		}
	}
}

// Products that sold the same share a rank, the next has that of its place, and the
// last rank asked for is whole.
func TestBestsellersTies(t *testing.T) {
	a := assortmentOf(
		t,
		receipttest.On(1, 1, "0", receipttest.Item("a", "x", "1", "10", "", "0"), receipttest.Item("b", "x", "2", "5.00", "", "0"), receipttest.Item("c", "x", "3", "20", "", "0")),
		receipttest.On(2, 1, "0", receipttest.Item("d", "x", "1", "10", "", "0"), receipttest.Item("e", "x", "1", "1", "", "0"), receipttest.Item("d", "y", "1", "10", "", "0")),
	)
	for _, c := range []struct {
		cfg  BestsellerConfig
		want string
	}{
		{BestsellerConfig{}, "1 c/x, 2 b/x, 2 a/x, 2 d/x, 2 d/y, 6 e/x"},
		{BestsellerConfig{Top: 1}, "1 c/x"},
		{BestsellerConfig{Top: 2}, "1 c/x, 2 b/x, 2 a/x, 2 d/x, 2 d/y"},
		{BestsellerConfig{Top: 5}, "1 c/x, 2 b/x, 2 a/x, 2 d/x, 2 d/y"},
		{BestsellerConfig{By: ByUnits, Top: 3}, "1 c/x, 2 b/x, 3 a/x, 3 d/x, 3 d/y, 3 e/x"},
	} {
		var rows []string
		for _, b := range verify.Must(a.Bestsellers(c.cfg)).Total.Top {
			rows = append(rows, string(rune('0'+b.Rank))+" "+b.Product+"/"+b.Category)
		}
		if got := strings.Join(rows, ", "); got != c.want {
			t.Errorf("%+v: %s, want %s", c.cfg, got, c.want)
		}
	}
}

// Worked by hand: both receipts of the web that sold goods have food, of the store's
// two the one; the base has 3 of 4. The ratio of the web's penetration to the store's
// is 1/0.5, with Wilson's limits 0.342380 to 1 and 0.094531 to 0.905469, and its own
// are the outer solutions t of At² - 2Bt + C = 0:
//
//	below A = 0.5² - 0.405469², B = 0.5, C = 1² - 0.657620²: 0.598162
//	above A = 0.5² - 0.405469², B = 0.5, C = 1: 10.578517
//
// The index at a ratio t is 100/(0.5 + 0.5/t).
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
	wantEstimate(t, "index", web.Index, 100/0.75, 74.856237, 182.726631)
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

func TestAssortmentRefuses(t *testing.T) {
	_, err := NewAssortment[int64](AssortmentConfig{Calendar: clientele.Calendar{Unit: 99, Zone: "Nowhere/Else"}}, nil)
	verify.ConfigError(t, err, "basket.NewAssortment", "Calendar.Unit", "Calendar.Zone")
	a := assortmentOf(t)
	_, err = a.Bestsellers(BestsellerConfig{By: 9, Top: -1})
	verify.ConfigError(t, err, "basket.Assortment.Bestsellers", "By", "Top")
	_, err = a.Bestsellers(BestsellerConfig{})
	verify.InputError(t, err, "basket.Assortment.Bestsellers", -1, "receipts", clientele.ErrEmpty)
	_, err = a.CategoryIndex(0)
	verify.InputError(t, err, "basket.Assortment.CategoryIndex", -1, "receipts", clientele.ErrEmpty)
	_, err = a.CategoryIndex(1)
	verify.InputError(t, err, "basket.Assortment.CategoryIndex", -1, "level", clientele.ErrRange)

	good := receipttest.On(1, 1, "0", receipttest.Item("a", "x", "1", "10", "", "4"))
	euro, dollar, huge := good, good, receipttest.On(1, 1, "0", receipttest.Item("a", "x", "1", receipttest.Huge, "", "4"))
	euro.Currency, dollar.Currency = "EUR", "USD"
	if err := a.AddReceipt(&euro); err != nil || a.Currency() != "EUR" {
		t.Error(err)
	}
	before := verify.Must(a.Bestsellers(BestsellerConfig{}))
	verify.InputError(t, a.AddReceipt(&dollar), "basket.Assortment.AddReceipt", -1, "Currency", clientele.ErrMismatch)
	verify.InputError(t, a.AddReceipt(&huge), "basket.Assortment.AddReceipt", -1, "Lines[0].Price", clientele.ErrRange)
	verify.InputError(t, a.Merge(nil), "basket.Assortment.Merge", -1, "assortment", clientele.ErrMissing)
	verify.InputError(t, a.Merge(assortmentOf(t, dollar)), "basket.Assortment.Merge", -1, "Currency", clientele.ErrMismatch)
	days := verify.Must(NewAssortment[int64](AssortmentConfig{}, nil))
	verify.InputError(t, a.Merge(days), "basket.Assortment.Merge", -1, "Config", clientele.ErrMismatch)
	if after := verify.Must(a.Bestsellers(BestsellerConfig{})); !reflect.DeepEqual(after, before) {
		t.Errorf("%+v, before what was refused %+v", after, before)
	}

	var zero Assortment[int64]
	verify.InputError(t, zero.AddReceipt(&good), "basket.Assortment.AddReceipt", -1, "Config", clientele.ErrMissing)
	zero.Reset()
	if err := a.Merge(&zero); err != nil {
		t.Error(err)
	}
}

func TestSalesMeasureText(t *testing.T) {
	for _, m := range []SalesMeasure{ByRevenue, ByUnits} {
		var back BestsellerConfig
		text := verify.Must(json.Marshal(BestsellerConfig{By: m}))
		if err := json.Unmarshal(text, &back); err != nil || back.By != m {
			t.Errorf("%v becomes %v by %s: %v", m, back.By, text, err)
		}
	}
	if _, err := SalesMeasure(9).MarshalText(); !errors.Is(err, clientele.ErrUnknown) || SalesMeasure(9).String() != "SalesMeasure(9)" {
		t.Error(err, SalesMeasure(9))
	}
	m := ByUnits
	if err := m.UnmarshalText([]byte("Units")); !errors.Is(err, clientele.ErrUnknown) || m != ByUnits {
		t.Error(err, m)
	}
}
