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

	kind                                  kind
	hasImmediate, hasDeferred, isReferred bool
	isSeveral                             bool // names several salespeople
	isRepeat                              bool // found when the scorecard is made
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
	if !c.stands(at) {
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
	if err := c.checkDeal(d); err != nil {
		return err
	}
	own := deal{at: d.Receipts[0].At.UnixNano(), kind: unsold}
	switch {
	case d.IsRefund():
		own.kind = refund
	case d.Sale:
		own.kind, own.at = sale, d.SoldAt.UnixNano()
	}
	if err := c.addMoney(&own, d); err != nil {
		return err
	}
	if !c.stands(own.at) {
		c.drop(&own)
		return nil
	}
	for i := range d.Receipts {
		if r := &d.Receipts[i]; !r.IsRefund() {
			c.work(r.Staff, r.At.UnixNano(), false)
		}
	}
	own.customer, own.staff = c.people.Slot(d.Customer), c.staff.ID(d.Receipts[receiptOf(d, c.cfg.Credit)].Staff)
	own.hasImmediate, own.hasDeferred = len(d.Immediate) > 0, len(d.Deferred) > 0
	c.read(&own, d.Receipts)
	c.deals = append(c.deals, own)
	return nil
}

// checkDeal refuses a deal that cannot be used, or that was open at the end of the observation
// and went on.
func (c *Counter[K]) checkDeal(d *clientele.Deal[K]) error {
	if err := d.Validate(); err != nil {
		return err
	}
	if d.Receipts[0].At.UnixNano() > c.asOf {
		return nil
	}
	for i := range d.Receipts {
		if at := d.Receipts[i].At; at.UnixNano() > c.asOf {
			return fault.Of("", receiptPlace(i)+"At", at, errLaterReceipt)
		}
	}
	return nil
}

// addMoney adds the money of a deal and of its add-ons, which hosts may have made themselves.
func (c *Counter[K]) addMoney(own *deal, d *clientele.Deal[K]) error {
	for i := range d.Receipts {
		c.addLines(&own.amount, d.Receipts[i].Lines)
	}
	err := c.checkSum("Receipts", own.amount)
	for _, addOns := range []struct {
		field string
		sum   *exact.Sum
		lines []clientele.Line
	}{{"Immediate", &own.immediate, d.Immediate}, {"Deferred", &own.deferred, d.Deferred}} {
		if err == nil {
			err = checkLines(addOns.field, addOns.lines)
		}
		if err == nil {
			c.addLines(addOns.sum, addOns.lines)
			err = c.checkSum(addOns.field, *addOns.sum)
		}
	}
	if err != nil {
		c.drop(own)
	}
	return err
}

// drop gives back the sums of a deal that does not count.
func (c *Counter[K]) drop(own *deal) {
	c.wide.Drop(&own.amount)
	c.wide.Drop(&own.immediate)
	c.wide.Drop(&own.deferred)
}

// addLines adds the money of lines.
func (c *Counter[K]) addLines(sum *exact.Sum, lines []clientele.Line) {
	for i := range lines {
		c.wide.AddProduct(sum, lines[i].Quantity, lines[i].Price)
	}
}

// checkSum refuses money of 10^200 or more, which no sum of 38 digits is.
func (c *Counter[K]) checkSum(field string, sum exact.Sum) error {
	if sum.Narrow() {
		return nil
	}
	if money := c.wide.Decimal(sum); rule.Size(money) != nil {
		return fault.Of("", field, money, errNoSums)
	}
	return nil
}

// checkLines refuses numbers that cannot be multiplied and added.
func checkLines(field string, lines []clientele.Line) error {
	for i := range lines {
		for _, number := range [...]decimal.Decimal{lines[i].Quantity, lines[i].Price} {
			if err := rule.Money(number); err != nil {
				return fault.Of("", fmt.Sprintf("%s[%d]", field, i), number, err)
			}
		}
	}
	return nil
}

// read reads the receipts of a deal.
func (c *Counter[K]) read(own *deal, receipts []clientele.Receipt[K]) {
	first := ""
	for i := range receipts {
		r := &receipts[i]
		own.isReferred = own.isReferred || r.ReferredBy != nil
		own.isSeveral = own.isSeveral || first != "" && r.Staff != "" && r.Staff != first
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
	if by == Opener {
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

// receiptPlace is the path of a receipt in a deal.
func receiptPlace(i int) string { return fmt.Sprintf("Receipts[%d].", i) }
