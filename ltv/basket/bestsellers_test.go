package basket

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/verify"
	"github.com/clientele-go/clientele/ltv/internal/receipttest"
)

// Of three products two are shown, and the third is the rest; a period of gifts alone has
// none of either.
func TestBestsellersRest(t *testing.T) {
	gift := receipttest.On(1, 1, "0", receipttest.Item("mug", "promotion", "1", "0", "", "2"))
	gift.At, gift.Lines[0].Role = time.Date(2025, 3, 1, 12, 0, 0, 0, time.UTC), clientele.Gift
	a := assortmentOf(t, append(twoMonths(), gift)...)
	got := verify.Must(a.Bestsellers(BestsellerConfig{Top: 2}))
	total := got.Total
	if len(total.Top) != 2 || total.Rest.Products != 1 {
		t.Fatalf("%+v", total)
	}
	verify.Money(t, "units of the rest", total.Rest.Units, "4")
	verify.Money(t, "revenue of the rest", total.Rest.Revenue, "16")
	verify.Near(t, "share of the rest", total.Rest.Share, 16./279, 1e-15)
	empty := got.Periods[2]
	if text := string(verify.Must(json.Marshal(empty))); !strings.Contains(text, `"top":[]`) || empty.Rest.Products != 0 {
		t.Error(text)
	}
	if all := verify.Must(a.Bestsellers(BestsellerConfig{})).Total; all.Rest.Products != 0 || !all.Rest.Revenue.IsZero() {
		t.Errorf("%+v", all.Rest)
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

// Products that sold the same share a rank, the next has that of its position, and the
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
