package sales

import (
	"fmt"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/exact"
	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/rule"
	"github.com/clientele-go/clientele/journey"
	"github.com/google/uuid"
	"github.com/shopspring/decimal"
)

// booking is a touch that is a booking.
type booking struct {
	id       uuid.UUID
	at, seq  int64
	customer int32 // -1 for one who is not known
	staff    int32
	channel  int32

	converted bool // found when the scorecard is made
}

// deal is what counts of a deal.
type deal struct {
	at       int64 // when it was sold, opened or refunded
	customer int32
	staff    int32

	amount, immediate, deferred exact.Sum // money of the deal and of its add-ons

	lines  int     // chosen
	ranked int     // chosen, with a price rank
	ranks  float64 // sum of ranks

	kind                                        kind
	hasImmediate, hasDeferred, isReferred, some bool // some: several people are named
	isRepeat                                    bool // found when the scorecard is made
}

// kind is what a deal counts as.
type kind uint8

const (
	sale kind = iota
	unsold
	refund
)

// check is a checked call.
type check struct {
	at              int64
	staff           int32
	product, people Marks
}

// workday is a day of a person.
type workday struct{ staff, day int32 }

// stands counts where a moment stands, and reports whether it is up to the observation.
func (c *Counter[K]) stands(at int64) (known bool) {
	c.records++
	switch {
	case at > c.asOf:
		c.later++
		return false
	case at < c.since:
		c.before++
	}
	return true
}

// work notes that somebody worked on the day of a moment that counts.
func (c *Counter[K]) work(name string, at int64, shift bool) {
	if name == "" || at > c.asOf || at < c.since {
		return
	}
	w := workday{c.staff.ID(name), int32(c.days.Index(rule.Moment(at)))}
	if known, ok := c.worked[w]; !ok || shift && !known {
		c.worked[w] = shift
	}
}

func (c *Counter[K]) addTouch(t *journey.Touch) error {
	if err := t.Validate(); err != nil {
		return err
	}
	at := t.At.UnixNano()
	if !c.stands(at) {
		return nil
	}
	c.work(t.Staff, at, false)
	if !c.cfg.Booking.accepts(t.Touchpoint, t.Outcome) {
		return nil
	}
	b := booking{id: t.ID, at: at, seq: t.Seq, customer: -1, staff: c.staff.ID(t.Staff), channel: c.channels.ID(t.Channel)}
	if c.customer != nil {
		if id, ok := c.customer(*t); ok {
			b.customer = c.people.Slot(id)
		}
	}
	c.bookings = append(c.bookings, b)
	return nil
}

func (c *Counter[K]) addCheck(k *Check) error {
	if err := k.Validate(); err != nil {
		return err
	}
	at := k.At.UnixNano()
	if !c.stands(at) || at < c.since {
		return nil
	}
	c.work(k.Staff, at, false)
	c.checks = append(c.checks, check{at, c.staff.ID(k.Staff), k.Product, k.People})
	return nil
}

func (c *Counter[K]) addShift(s *Shift) error {
	if err := s.Validate(); err != nil {
		return err
	}
	if at := s.At.UnixNano(); c.stands(at) {
		c.work(s.Staff, at, true)
	}
	return nil
}

var (
	errLaterReceipt = rule.Because(rule.Range, "after AsOf, in a deal that began before", "receipts up to AsOf alone: leave out later ones before clientele.Deals")
	errNoSums       = rule.Want(rule.Range, "less than 10^200 in one deal")
)

func (c *Counter[K]) addDeal(d *clientele.Deal[K]) error {
	if err := d.Validate(); err != nil {
		return err
	}
	closing := receiptOf(d, c.cfg.Credit)
	own := deal{at: d.Receipts[0].At.UnixNano(), kind: unsold}
	for i := range d.Receipts {
		if at := d.Receipts[i].At; d.Receipts[0].At.UnixNano() <= c.asOf && at.UnixNano() > c.asOf {
			return fault.Of("", receiptPlace(i)+"At", at, errLaterReceipt)
		}
	}
	switch {
	case d.IsRefund():
		own.kind = refund
	case d.Sale:
		own.kind, own.at = sale, d.SoldAt.UnixNano()
	}
	amount := d.Amount()
	if rule.Money(amount) != nil {
		return fault.Of("", "Receipts", amount, errNoSums)
	}
	immediate, err := sumOf("Immediate", d.Immediate)
	if err != nil {
		return err
	}
	deferred, err := sumOf("Deferred", d.Deferred)
	if err != nil {
		return err
	}
	if !c.stands(own.at) {
		return nil
	}
	for i := range d.Receipts {
		if r := &d.Receipts[i]; !r.IsRefund() {
			c.work(r.Staff, r.At.UnixNano(), false)
		}
	}
	own.customer, own.staff = c.people.Slot(d.Customer), c.staff.ID(d.Receipts[closing].Staff)
	c.wide.Add(&own.amount, amount)
	c.wide.Add(&own.immediate, immediate)
	c.wide.Add(&own.deferred, deferred)
	own.hasImmediate, own.hasDeferred = len(d.Immediate) > 0, len(d.Deferred) > 0
	c.read(&own, d.Receipts)
	c.deals = append(c.deals, own)
	return nil
}

// read reads the receipts of a deal.
func (c *Counter[K]) read(own *deal, receipts []clientele.Receipt[K]) {
	first := ""
	for i := range receipts {
		r := &receipts[i]
		own.isReferred = own.isReferred || r.ReferredBy != nil
		own.some = own.some || first != "" && r.Staff != "" && r.Staff != first
		if first == "" {
			first = r.Staff
		}
		for j := range r.Lines {
			l := &r.Lines[j]
			if !l.IsChosen() {
				continue
			}
			own.lines++
			if rank, ok := c.ranks.Of(l.Category, l.Product); ok {
				own.ranked++
				own.ranks += rank
			}
		}
	}
}

// receiptOf is the receipt whose person a deal is credited to.
func receiptOf[K clientele.ID](d *clientele.Deal[K], by Credit) int {
	if by == Opener || !d.Sale {
		return 0
	}
	closing, isSale := 0, false
	for i := range d.Receipts {
		r := &d.Receipts[i]
		if r.At.After(d.SoldAt) || isSale {
			break
		}
		closing = i
		isSale = r.At.Equal(d.SoldAt) && sells(r.Lines)
	}
	return closing
}

// sells reports whether a line is a core product or an add-on.
func sells(lines []clientele.Line) bool {
	for i := range lines {
		if role := lines[i].Role; role == clientele.Core || role == clientele.AddOn {
			return true
		}
	}
	return false
}

// sumOf is the money of add-ons, which hosts may have made themselves.
func sumOf(field string, lines []clientele.Line) (sum decimal.Decimal, err error) {
	for i := range lines {
		l := &lines[i]
		for _, number := range []decimal.Decimal{l.Quantity, l.Price} {
			if err := rule.Money(number); err != nil {
				return decimal.Decimal{}, fault.Of("", fmt.Sprintf("%s[%d]", field, i), number, err)
			}
		}
		sum = sum.Add(l.Amount())
	}
	if rule.Money(sum) != nil {
		return decimal.Decimal{}, fault.Of("", field, sum, errNoSums)
	}
	return sum, nil
}

// receiptPlace is the path of a receipt in a deal.
func receiptPlace(i int) string { return fmt.Sprintf("Receipts[%d].", i) }
