package clientele_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/shopspring/decimal"
	"pgregory.net/rapid"

	"github.com/clientele-go/clientele"
)

// drawReceipts draws up to 40 receipts with distinct numbers: few customers and
// needs, so that they meet; any roles; some void, some refunds.
func drawReceipts(t *rapid.T) []receipt {
	receipts := make([]receipt, rapid.IntRange(0, 40).Draw(t, "receipts"))
	for i := range receipts {
		r := slip(fmt.Sprintf("R%02d", i), shopDay(1).Add(time.Duration(rapid.IntRange(0, 90*6).Draw(t, "time"))*4*time.Hour),
			rapid.SampledFrom([]string{"", "x", "y", "z"}).Draw(t, "need"),
			rapid.SliceOfN(rapid.Custom(drawLine), 1, 3).Draw(t, "lines")...)
		r.Customer = rapid.SampledFrom([]string{"ann", "bob"}).Draw(t, "customer")
		switch rapid.IntRange(0, 9).Draw(t, "kind") {
		case 0:
			r.Lines, r.Void = nil, true
		case 1:
			r.RefundOf = "lost"
			for j := range r.Lines {
				r.Lines[j].Quantity = r.Lines[j].Quantity.Neg()
			}
		}
		receipts[i] = r
	}
	return receipts
}

// drawRule draws a rule of some days.
func drawRule(t *rapid.T) clientele.DealRule {
	return clientele.DealRule{
		Window:     clientele.Days(rapid.IntRange(1, 30).Draw(t, "window")),
		FromLast:   rapid.Bool().Draw(t, "from last"),
		LeadWindow: clientele.Days(rapid.SampledFrom([]int{0, 0, 3, 20, 60}).Draw(t, "lead window")),
		MaxSpan:    clientele.Days(rapid.IntRange(0, 60).Draw(t, "max span")),
		Zone:       rapid.SampledFrom([]string{"", "Europe/Berlin"}).Draw(t, "zone"),
	}
}

// dealsOf groups receipts that are known to be usable.
func dealsOf(t *rapid.T, receipts []receipt, rule clientele.DealRule) []deal {
	deals, err := drain(clientele.Deals(clientele.All(receipts), rule))
	if err != nil {
		t.Fatal(err)
	}
	return deals
}

// TestDealsHoldEveryReceiptOnce: every receipt that is not void is in exactly
// one deal, of its customer and by time; every deal is usable.
func TestDealsHoldEveryReceiptOnce(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		receipts := drawReceipts(t)
		seen := make(map[string]int)
		for _, d := range dealsOf(t, receipts, drawRule(t)) {
			if err := d.Validate(); err != nil {
				t.Errorf("deal %s is unusable: %v", numbers(d), err)
			}
			for i, r := range d.Receipts {
				seen[r.No]++
				if i > 0 && r.At.Before(d.Receipts[i-1].At) {
					t.Errorf("deal %s is not in order of time", numbers(d))
				}
			}
		}
		for _, r := range receipts {
			want := 1
			if r.Void {
				want = 0
			}
			if seen[r.No] != want {
				t.Errorf("receipt %s is in %d deals, want %d", r.No, seen[r.No], want)
			}
		}
	})
}

// TestDealsAnyOrder: the order of the source changes the order of customers and
// nothing else.
func TestDealsAnyOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		receipts, rule := drawReceipts(t), drawRule(t)
		show := func(receipts []receipt) []string {
			var all []string
			for _, d := range dealsOf(t, receipts, rule) {
				all = append(all, fmt.Sprint(d))
			}
			slices.Sort(all)
			return all
		}
		want, got := show(receipts), show(rapid.Permutation(receipts).Draw(t, "order"))
		if !slices.Equal(got, want) {
			t.Errorf("in another order %q, want %q", got, want)
		}
	})
}

// TestDealsKeepMoney: no cent is lost on the way from receipts to deals, to
// purchases and to the report.
func TestDealsKeepMoney(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		receipts := drawReceipts(t)
		var paid, inDeals, inPurchases decimal.Decimal
		for _, r := range receipts {
			paid = paid.Add(r.Amount())
		}
		deals := dealsOf(t, receipts, drawRule(t))
		for _, d := range deals {
			inDeals = inDeals.Add(d.Amount())
		}
		if !inDeals.Equal(paid) {
			t.Errorf("deals hold %v, receipts %v", inDeals, paid)
		}
		purchases, err := drain(clientele.Purchases(clientele.All(deals)))
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range purchases {
			inPurchases = inPurchases.Add(p.Amount)
		}
		r, err := clientele.ReportDeals(clientele.All(deals), nil)
		if err != nil {
			if !slices.ContainsFunc(deals, func(d deal) bool { return !d.IsRefund() }) {
				return
			}
			t.Fatal(err)
		}
		if reported := r.Revenue.Add(r.LeadRevenue).Sub(r.Refunded); !reported.Equal(paid) {
			t.Errorf("the report holds %v, receipts %v", reported, paid)
		}
		if !inPurchases.Add(r.LeadRevenue).Equal(paid) {
			t.Errorf("purchases hold %v and leads %v of %v", inPurchases, r.LeadRevenue, paid)
		}
	})
}

// TestDealsWiderWindow: where all needs are equal and leads wait as long as others, a wider
// window never makes more deals.
func TestDealsWiderWindow(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		receipts, rule := drawReceipts(t), drawRule(t)
		need := rapid.SampledFrom([]string{"", "x"}).Draw(t, "the need")
		for i := range receipts {
			receipts[i].Need = need
		}
		rule.LeadWindow = 0
		narrow := len(dealsOf(t, receipts, rule))
		rule.Window += clientele.Days(rapid.IntRange(1, 30).Draw(t, "wider by"))
		if wide := len(dealsOf(t, receipts, rule)); wide > narrow {
			t.Errorf("%d deals within %d days, %d before", wide, rule.Window, narrow)
		}
	})
}

// TestDealsKeepNeedsApart: known different needs never share a deal, and a known
// need is never in a deal of unknown need.
func TestDealsKeepNeedsApart(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		for _, d := range dealsOf(t, drawReceipts(t), drawRule(t)) {
			for _, r := range d.Receipts {
				if r.Need != "" && r.Need != d.Need || r.Customer != d.Customer {
					t.Errorf("receipt %s of %s for %q is in a deal of %s for %q", r.No, r.Customer, r.Need, d.Customer, d.Need)
				}
			}
		}
	})
}

// TestDealsEqualNaive: the deals are those that a search through all deals of
// the customer finds for every receipt.
func TestDealsEqualNaive(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		receipts, rule := drawReceipts(t), drawRule(t)
		got := make(map[string]bool)
		for _, d := range dealsOf(t, receipts, rule) {
			got[numbers(d)] = true
		}
		want := naiveDeals(receipts, rule)
		for _, d := range want {
			if !got[numbers(*d)] {
				t.Errorf("no deal %s among %v", numbers(*d), got)
			}
		}
		if len(got) != len(want) {
			t.Errorf("%d deals, want %d", len(got), len(want))
		}
	})
}

// naiveDeals reads the rule word by word. Numbers are distinct, and the last
// element of latest is the deal that was joined last.
func naiveDeals(receipts []receipt, rule clientele.DealRule) (deals []*deal) {
	sorted := slices.Clone(receipts)
	slices.SortFunc(sorted, func(a, b receipt) int {
		if c := a.At.Compare(b.At); c != 0 {
			return c
		}
		if a.No < b.No {
			return -1
		}
		return 1
	})
	var latest []*deal
	for _, r := range sorted {
		if r.Void {
			continue
		}
		var best *deal
		for _, d := range latest {
			first, last := d.Receipts[0].At, d.Receipts[len(d.Receipts)-1].At
			since, window := r.At.Sub(first), rule.Window
			if sold, lead := saleOfLead(d); lead && rule.LeadWindow > 0 {
				if sold < 0 {
					window = rule.LeadWindow
				} else {
					since = r.At.Sub(d.Receipts[sold].At)
				}
			}
			if rule.FromLast {
				since = r.At.Sub(last)
			}
			inTime := since <= window.Duration() && (rule.MaxSpan == 0 || r.At.Sub(first) <= rule.MaxSpan.Duration())
			if inTime && d.Customer == r.Customer && (r.Need == "" || r.Need == d.Need) {
				best = d
			}
		}
		if r.IsRefund() {
			best = nil
		}
		if best == nil {
			best = &deal{Customer: r.Customer, Need: r.Need}
			deals = append(deals, best)
		}
		best.Receipts = append(best.Receipts, r)
		latest = slices.DeleteFunc(latest, func(d *deal) bool { return d == best })
		if !r.IsRefund() {
			latest = append(latest, best)
		}
	}
	return deals
}

// saleOfLead is the position of the receipt that makes a deal that a lead magnet opened a sale,
// -1 for none yet.
func saleOfLead(d *deal) (sold int, lead bool) {
	plays := func(r receipt, role clientele.Role) bool {
		return slices.ContainsFunc(r.Lines, func(l clientele.Line) bool { return l.Role == role })
	}
	sold = slices.IndexFunc(d.Receipts, func(r receipt) bool { return plays(r, clientele.Core) })
	return sold, sold != 0 && plays(d.Receipts[0], leadMagnet)
}

// TestReportAnyOrder: the report is the same, to the last bit, for any order of
// the deals.
func TestReportAnyOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		deals := dealsOf(t, drawReceipts(t), drawRule(t))
		want, err := clientele.ReportDeals(clientele.All(deals), nil)
		got, err2 := clientele.ReportDeals(clientele.All(rapid.Permutation(deals).Draw(t, "order")), nil)
		if fmt.Sprint(got, err2) != fmt.Sprint(want, err) {
			t.Errorf("in another order %+v, %v; want %+v, %v", got, err2, want, err)
		}
	})
}

// TestNetThenDealsKeepMoney: folding refunds before grouping changes what the
// deals hold by nothing but the refunds' place.
func TestNetThenDealsKeepMoney(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		original := slip("R", shopDay(30), "x", rapid.SliceOfN(rapid.Custom(drawLine), 1, 4).Draw(t, "lines")...)
		src := []receipt{original, tv("S", shopDay(33), "x")}
		left, paid := unitsByProduct(original.Lines), original.Amount().Add(dec("100"))
		refund, some := drawRefund(t, "F", left)
		if some && !original.Amount().Add(refund.Amount()).IsNegative() {
			src = append(src, refund)
			paid = paid.Add(refund.Amount())
		}
		deals, err := drain(clientele.Deals(clientele.Net(clientele.All(src)), drawRule(t)))
		if err != nil {
			t.Fatal(err)
		}
		var held decimal.Decimal
		for _, d := range deals {
			held = held.Add(d.Amount())
			if d.IsRefund() {
				t.Errorf("refund %s was not folded", numbers(d))
			}
		}
		if !held.Equal(paid) {
			t.Errorf("deals hold %v, want %v", held, paid)
		}
	})
}
