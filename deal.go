package clientele

import (
	"fmt"
	"iter"
	"slices"
	"time"

	"github.com/shopspring/decimal"

	"github.com/clientele-go/clientele/internal/rule"
	"github.com/clientele-go/clientele/internal/strict"
)

const opDeals = "clientele.Deals"

// The faults of rules and deals.
var (
	errNoWindow   = rule.Want(rule.Missing, "1 day or more, such as 14")
	errNoReceipts = rule.Want(rule.Missing, "at least one receipt")
)

// DealRule says which receipts belong to one [Deal]. It is a plain struct with a JSON form,
// so that a settings page can store and edit it. Lengths are days of 24 hours; ends are
// included: a receipt exactly Window after the one it counts from still joins.
type DealRule struct {
	Window   Days `json:"window"`             // how long a deal stays open; required, above 0
	FromLast bool `json:"fromLast,omitempty"` // whether Window counts from the deal's last receipt instead of its first

	// LeadWindow is how long a deal that a lead magnet opened waits for its sale, where that
	// takes longer, or less, than add-ons do; 0 = Window. It counts as Window does, and Window
	// from the sale on.
	LeadWindow Days `json:"leadWindow,omitempty"`

	// MaxSpan is the longest time from the first receipt of a deal to its last, against
	// endless chains under FromLast; 0 = no limit.
	MaxSpan Days `json:"maxSpan,omitempty"`

	Zone string `json:"zone,omitempty"` // IANA name of the zone whose calendar says what is the same day; "" = UTC
}

// Validate reports all faults of the rule at once in a [ConfigError]: a window of zero
// ([ErrMissing]), a length below 0 or above 106,751 days, a zone that does not exist or, as
// "Local" does, stands for a different zone on each machine ([ErrUnknown]).
func (r DealRule) Validate() error {
	_, err := r.open("clientele.DealRule.Validate")
	return err
}

// UnmarshalJSON reads a rule. It returns an [InputError] of [ErrEncoding] for an unknown key,
// a key given twice or a value of the wrong type, and leaves the rule as it was.
// [DealRule.Validate] checks the values.
func (r *DealRule) UnmarshalJSON(data []byte) error {
	return strict.Into[InputError]("clientele.DealRule.UnmarshalJSON", data, r)
}

// open checks the rule for the function op and returns its zone.
func (r DealRule) open(op string) (*time.Location, error) {
	faults := ConfigError{Op: op}
	if r.Window == 0 {
		faults.Add("Window", r.Window, errNoWindow)
	} else if err := rule.Days(r.Window); err != nil {
		faults.Add("Window", r.Window, err)
	}
	if err := rule.Days(r.LeadWindow); err != nil {
		faults.Add("LeadWindow", r.LeadWindow, err)
	}
	if err := rule.Days(r.MaxSpan); err != nil {
		faults.Add("MaxSpan", r.MaxSpan, err)
	}
	zone, err := loadZone(r.Zone)
	if err != nil {
		faults.Add("Zone", r.Zone, err)
	}
	return zone, faults.Err()
}

// A Deal groups the receipts that serve one need of a customer: a TV today and its bracket
// next week are one deal. A refund that was not folded
// into its receipt is a Deal of its own, which holds money and nothing else.
type Deal[K ID] struct {
	Customer K            `json:"customer"`       // who bought
	Need     string       `json:"need,omitempty"` // need of the receipt that opened the deal; "" = unknown
	Receipts []Receipt[K] `json:"receipts"`       // receipts of the deal, in order of time, then number

	// Immediate are the add-ons sold on the day of the sale. On the receipt that made the
	// sale, the add-ons are the lines of role AddOn; on later receipts, all lines but
	// gifts, lead magnets and kept money.
	Immediate []Line `json:"immediate,omitempty"`
	Deferred  []Line `json:"deferred,omitempty"` // add-ons, as in Immediate, sold on later days

	// Lead says that a lead magnet opened the deal: the first receipt has one and no core
	// product.
	Lead bool `json:"lead,omitempty"`

	// Sale says that a core product was bought, or money for one was kept. Where no lead
	// magnet opened the deal, an add-on is enough.
	Sale bool `json:"sale,omitempty"`

	SoldAt time.Time `json:"soldAt,omitzero"` // when the deal became a sale; zero if it did not
}

// Amount is the money of all receipts, exact.
func (d Deal[K]) Amount() decimal.Decimal {
	var sum decimal.Decimal
	for _, r := range d.Receipts {
		sum = sum.Add(r.Amount())
	}
	return sum
}

// IsRefund reports whether the deal is a refund that belongs to no known deal.
func (d Deal[K]) IsRefund() bool { return len(d.Receipts) == 1 && d.Receipts[0].IsRefund() }

// Purchase reduces a sale to all its money at the moment it became a sale, with the channel
// of its first receipt as group, and a refund as [Receipt.Purchase] does. ok is false for a
// deal that sold nothing: a lead that was not converted and gifts alone are no purchases.
// Money paid in such deals is in [DealReport].LeadRevenue.
func (d Deal[K]) Purchase() (p Purchase[K], ok bool) {
	switch {
	case d.IsRefund():
		return d.Receipts[0].Purchase()
	case !d.Sale || len(d.Receipts) == 0:
		return Purchase[K]{}, false
	}
	return Purchase[K]{Customer: d.Customer, At: d.SoldAt, Amount: d.Amount(), Group: d.Receipts[0].Channel}, true
}

// Validate returns an [InputError] without Op and Index for the first field
// that is unusable, or nil: no receipts ([ErrMissing]), a receipt of another customer
// or currency ([ErrMismatch]) or with a fault of its own, a sale without a usable time.
func (d Deal[K]) Validate() error {
	if len(d.Receipts) == 0 {
		return unusable("Receipts", nil, errNoReceipts)
	}
	currency := ""
	for i, r := range d.Receipts {
		if r.Customer != d.Customer {
			return unusable(fmt.Sprintf("Receipts[%d].Customer", i), r.Customer, rule.Because(rule.Mismatch, "another customer", "%v as in the deal, or a deal of its own", d.Customer))
		}
		if err := rule.Currency(&currency, r.Currency); err != nil {
			return unusable(fmt.Sprintf("Receipts[%d].Currency", i), r.Currency, err)
		}
		if fault, bad := r.Validate().(*InputError); bad {
			return unusable(fmt.Sprintf("Receipts[%d].%s", i, fault.Field), fault.Value, fault.Err)
		}
	}
	if d.Sale {
		if err := rule.Time(d.SoldAt); err != nil {
			return unusable("SoldAt", d.SoldAt, err)
		}
	}
	return nil
}

// Deals groups receipts into deals. At any time a customer has at most one open
// deal per need, so needs that interleave do not cut each other:
//
//   - a receipt of a known need joins the open deal of the same need, or opens
//     one, which takes the place of an earlier deal of that need;
//   - a receipt of unknown need joins, among the customer's deals that are still
//     open, the one whose last receipt is latest, whatever its need, or opens a
//     deal of unknown need;
//   - a receipt of a known need never joins a deal of unknown need: needs are not
//     guessed.
//
// Receipts count in order of time, then number, then their other fields, so that the order
// of the source does not matter. Void ones are skipped. A refund becomes a Deal of its own; run [Net] first, so that only
// refunds of unknown receipts are left.
//
// Customers come in order of first appearance, the deals of each by their first
// receipt. Deals is a barrier: it keeps the whole source. On any error the sequence
// yields just that error: a [ConfigError] for the rule, or an [InputError] with the
// record's index. Time is O(n log n).
func Deals[K ID](src iter.Seq2[Receipt[K], error], by DealRule) iter.Seq2[Deal[K], error] {
	return func(yield func(Deal[K], error) bool) {
		zone, err := by.open(opDeals)
		if err != nil {
			yield(Deal[K]{}, err)
			return
		}
		receipts, customers, err := byCustomer(src)
		if err != nil {
			yield(Deal[K]{}, err)
			return
		}
		for _, positions := range customers {
			for _, d := range groupDeals(receipts, positions, by) {
				d.classify(zone)
				if !yield(*d, nil) {
					return
				}
			}
		}
	}
}

// byCustomer reads the source and returns, besides the receipts, the positions
// of each customer's, customers in order of first appearance.
func byCustomer[K ID](src iter.Seq2[Receipt[K], error]) (all []Receipt[K], customers [][]int, err error) {
	var roster Roster[K]
	for r, err := range checked(opDeals, src, Receipt[K].Validate) {
		if err != nil {
			return nil, nil, err
		}
		slot := int(roster.Slot(r.Customer))
		if slot == len(customers) {
			customers = append(customers, nil)
		}
		customers[slot] = append(customers[slot], len(all))
		all = append(all, r)
	}
	return all, customers, nil
}

// groupDeals groups the receipts of one customer, whose positions it sorts.
func groupDeals[K ID](all []Receipt[K], positions []int, by DealRule) []*Deal[K] {
	sortByTime(positions, all)
	g := dealGroups[K]{by: by, byNeed: make(map[string]*Deal[K]), leads: make(map[*Deal[K]]time.Time)}
	for _, i := range positions {
		switch r := all[i]; {
		case r.Void:
		case r.IsRefund():
			g.start(r)
		default:
			g.add(r)
		}
	}
	return g.deals
}

// dealGroups is the state of grouping one customer's receipts, taken by time.
type dealGroups[K ID] struct {
	by     DealRule
	deals  []*Deal[K]
	byNeed map[string]*Deal[K]    // the newest deal of each need
	joined []*Deal[K]             // the deal of each receipt so far; ends that have closed are cut
	leads  map[*Deal[K]]time.Time // with LeadWindow: when deals that a lead magnet opened were sold; zero = not yet
}

// add puts a receipt into the deal it belongs to.
func (g *dealGroups[K]) add(r Receipt[K]) {
	d := g.find(r)
	if d == nil {
		d = g.start(r)
		g.byNeed[r.Need] = d
		if g.by.LeadWindow > 0 && opensLead(r) {
			g.leads[d] = time.Time{}
		}
	} else {
		d.Receipts = append(d.Receipts, r)
		if sold, isLead := g.leads[d]; isLead && sold.IsZero() && has(r.Lines, Core) {
			g.leads[d] = r.At
		}
	}
	g.joined = append(g.joined, d)
}

// opensLead reports whether a receipt opens a deal as a lead.
func opensLead[K ID](r Receipt[K]) bool { return has(r.Lines, LeadMagnet) && !has(r.Lines, Core) }

// start makes a deal of the receipt.
func (g *dealGroups[K]) start(r Receipt[K]) *Deal[K] {
	d := &Deal[K]{Customer: r.Customer, Need: r.Need, Receipts: []Receipt[K]{r}}
	g.deals = append(g.deals, d)
	return d
}

// find returns the open deal that the receipt joins, or nil. A deal that has
// closed stays closed, since receipts come by time; so the latest that is open
// is found by cutting closed ones off the end, once each.
func (g *dealGroups[K]) find(r Receipt[K]) *Deal[K] {
	if r.Need != "" {
		if d := g.byNeed[r.Need]; d != nil && g.isOpen(d, r.At) {
			return d
		}
		return nil
	}
	for n := len(g.joined); n > 0; n-- {
		if d := g.joined[n-1]; g.isOpen(d, r.At) {
			return d
		}
		g.joined = g.joined[:n-1]
	}
	return nil
}

// isOpen reports whether a receipt of time at may join the deal.
func (g *dealGroups[K]) isOpen(d *Deal[K], at time.Time) bool {
	first, window := d.Receipts[0].At, g.by.Window
	anchor := first
	if sold, isLead := g.leads[d]; isLead && sold.IsZero() {
		window = g.by.LeadWindow
	} else if isLead {
		anchor = sold
	}
	if g.by.FromLast {
		anchor = d.Receipts[len(d.Receipts)-1].At
	}
	if g.by.MaxSpan > 0 && at.After(first.Add(g.by.MaxSpan.Duration())) {
		return false
	}
	return !at.After(anchor.Add(window.Duration()))
}

// classify finds what the deal's receipts amount to: lead, sale, add-ons. Days
// are those of the zone.
func (d *Deal[K]) classify(zone *time.Location) {
	if d.IsRefund() {
		return
	}
	d.Lead = opensLead(d.Receipts[0])
	for _, r := range d.Receipts {
		switch {
		case d.Sale:
			d.addOns(r, zone, func(l Line) bool { return l.IsChosen() })
		case has(r.Lines, Core), !d.Lead && has(r.Lines, AddOn):
			d.Sale, d.SoldAt = true, r.At
			d.addOns(r, zone, func(l Line) bool { return l.IsChosen() && l.Role == AddOn })
		}
	}
}

// addOns sorts the lines of a receipt that are add-ons by day.
func (d *Deal[K]) addOns(r Receipt[K], zone *time.Location, isAddOn func(Line) bool) {
	into := &d.Deferred
	if sameDay(d.SoldAt.In(zone), r.At.In(zone)) {
		into = &d.Immediate
	}
	for _, l := range r.Lines {
		if isAddOn(l) {
			*into = append(*into, l)
		}
	}
}

// has reports whether one of the lines plays the role.
func has(lines []Line, role Role) bool {
	return slices.ContainsFunc(lines, func(l Line) bool { return l.Role == role })
}

// sameDay reports whether two times of one zone fall on one calendar day.
func sameDay(a, b time.Time) bool {
	ay, am, ad := a.Date()
	by, bm, bd := b.Date()
	return ay == by && am == bm && ad == bd
}
