package clientele

import (
	"iter"
	"maps"
	"math"
	"slices"
	"strings"

	"github.com/clientele-go/clientele/internal/rule"
	"github.com/shopspring/decimal"
)

const opReportDeals = "clientele.ReportDeals"

// DealReport says how far counting receipts overstates what a shop sells and how often its
// customers return, how many items they choose, and how expensive these are.
//
// Customers, receipts, deals, positions, units and ranks are those of sales alone. What
// customers choose are lines of role [Core] and [AddOn]; gifts and lead magnets
// are not chosen, and money kept for returned items is no item.
//
// All money is in exactly one of Revenue, LeadRevenue and Refunded: Revenue + LeadRevenue −
// Refunded is the sum of all amounts.
//
// A mean or a share of nothing is 0: all means and shares where no deal is a sale,
// RepeatInflation where no customer has a second deal, Breadth where no line has a rank,
// Conversion where no deal began with a lead magnet.
type DealReport struct {
	Customers     int `json:"customers"`     // customers with at least one sale
	Receipts      int `json:"receipts"`      // receipts of sales
	Deals         int `json:"deals"`         // deals that are sales
	AddOnReceipts int `json:"addOnReceipts"` // receipts that opened no deal: Receipts − Deals

	AddOnShare float64 `json:"addOnShare"` // share of receipts that opened no deal: AddOnReceipts / Receipts

	// DealInflation is the factor by which sales are overstated if every receipt is counted as
	// a sale: Receipts / Deals.
	DealInflation float64 `json:"dealInflation"`

	// RepeatInflation is the factor by which repeats are overstated: the receipts after
	// each customer's first / the deals after each customer's first.
	RepeatInflation float64 `json:"repeatInflation"`

	Positions float64 `json:"positions"` // mean number of chosen lines per deal
	Units     float64 `json:"units"`     // mean number of chosen units per deal

	// Breadth is the mean price rank of chosen lines: 0 where customers always choose the
	// cheapest product of a category, 1 where they always choose the most expensive.
	Breadth float64 `json:"breadth"`
	Ranked  int     `json:"ranked"` // chosen lines with a price rank

	// Unranked are the chosen lines without a price rank: with no product or category,
	// alone in their category, or not in the book.
	Unranked int `json:"unranked"`

	Leads      int     `json:"leads"`      // deals that a lead magnet opened
	Converted  int     `json:"converted"`  // leads that became sales
	Conversion float64 `json:"conversion"` // share of leads that became sales: Converted / Leads

	Revenue     decimal.Decimal `json:"revenue"`     // money of sales
	LeadRevenue decimal.Decimal `json:"leadRevenue"` // money of deals that sold nothing: leads not converted, gifts alone
	Refunded    decimal.Decimal `json:"refunded"`    // money given back by refunds that Net did not fold; 0 or more
}

// ReportDeals reports on deals. Breadth is measured against the book; with an
// empty one, against the products that were sold, each at the mean of its list
// prices over the lines sold. The result does not depend on the order of the
// deals.
//
// ReportDeals returns a [ConfigError] for faults of the book, and an [InputError] with the
// deal's index for a source's error or an unusable deal. If there is no deal, or only
// refunds, the InputError is of [ErrEmpty]; if quantities are too large for a float64, of
// [ErrNotFinite].
func ReportDeals[K ID](src iter.Seq2[Deal[K], error], book PriceBook) (*DealReport, error) {
	faults := ConfigError{Op: opReportDeals}
	if book.check(&faults, "book"); len(faults.Faults) > 0 {
		return nil, &faults
	}
	t := dealTally[K]{sold: make(map[item]meanPrice)}
	for d, err := range checked(opReportDeals, src, Deal[K].Validate) {
		if err != nil {
			return nil, err
		}
		t.add(d)
	}
	if t.deals == 0 {
		return nil, &InputError{Op: opReportDeals, Index: -1, Field: "src", Err: errNoDeals}
	}
	r := t.report
	r.AddOnReceipts = r.Receipts - r.Deals
	r.AddOnShare = ratio(r.AddOnReceipts, r.Receipts)
	r.DealInflation = ratio(r.Receipts, r.Deals)
	r.Customers = t.customers.Len()
	r.RepeatInflation = ratio(r.Receipts-r.Customers, r.Deals-r.Customers)
	r.Conversion = ratio(r.Converted, r.Leads)
	r.Positions = ratio(t.lines, r.Deals)
	if r.Deals > 0 {
		r.Units = t.units.InexactFloat64() / float64(r.Deals)
	}
	if math.IsInf(r.Units, 0) {
		return nil, &InputError{Op: opReportDeals, Index: -1, Field: "Units", Value: r.Units, Err: errTooManyUnits}
	}
	t.measureBreadth(&r, book)
	return &r, nil
}

var (
	errNoDeals      = rule.Because(rule.Empty, "no deals besides refunds", "at least one deal that is no refund")
	errTooManyUnits = rule.Because(rule.NotFinite, "too many units", "quantities whose mean is below 1.7e308")
)

// dealTally is the state of one report. Its counts of receipts, sales, leads and
// money are in the report already.
type dealTally[K ID] struct {
	report    DealReport
	deals     int // deals that are no refunds
	customers Roster[K]
	lines     int                // chosen lines
	units     decimal.Decimal    // chosen units
	sold      map[item]meanPrice // the list prices of chosen lines that name product and category
}

// add counts a deal.
func (t *dealTally[K]) add(d Deal[K]) {
	amount := d.Amount()
	if d.IsRefund() {
		t.report.Refunded = t.report.Refunded.Sub(amount)
		return
	}
	t.deals++
	if d.Lead {
		t.report.Leads++
	}
	if !d.Sale {
		t.report.LeadRevenue = t.report.LeadRevenue.Add(amount)
		return
	}
	if d.Lead {
		t.report.Converted++
	}
	t.report.Revenue = t.report.Revenue.Add(amount)
	t.report.Deals++
	t.report.Receipts += len(d.Receipts)
	t.customers.Slot(d.Customer)
	for _, r := range d.Receipts {
		for _, l := range r.Lines {
			if l.IsChosen() {
				t.choose(l)
			}
		}
	}
}

// choose counts a line that the customer picked.
func (t *dealTally[K]) choose(l Line) {
	t.lines++
	t.units = t.units.Add(l.Quantity)
	if l.Category == "" || l.Product == "" {
		return
	}
	id := item{l.Category, l.Product}
	price, known := t.sold[id]
	if !known {
		id = item{strings.Clone(l.Category), strings.Clone(l.Product)} // pieces of something large, perhaps
	}
	t.sold[id] = meanPrice{sum: price.sum.Add(l.Listed()), n: price.n + 1}
}

// measureBreadth averages the price ranks of the chosen lines, item by item in
// order of name, so that the sum is the same for any order of deals.
func (t *dealTally[K]) measureBreadth(r *DealReport, book PriceBook) {
	offered := t.sold
	if len(book) > 0 {
		offered = book.prices()
	}
	ranks := priceRanks(offered)
	var sum float64
	for _, id := range slices.SortedFunc(maps.Keys(t.sold), compareItems) {
		if rank, ranked := ranks[id]; ranked {
			lines := t.sold[id].n
			sum += float64(lines) * rank
			r.Ranked += int(lines)
		}
	}
	r.Unranked = t.lines - r.Ranked
	if r.Ranked > 0 {
		r.Breadth = sum / float64(r.Ranked)
	}
}

// ratio is a share of counts; of nothing it is 0.
func ratio(part, whole int) float64 {
	if whole == 0 {
		return 0
	}
	return float64(part) / float64(whole)
}
