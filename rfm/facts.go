package rfm

import (
	"encoding/json"
	"math"
	"slices"
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/exact"
	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/rule"
	"github.com/shopspring/decimal"
)

// Facts are what a [Base] knows about one customer as of a moment: purchases, money, the
// first and the last time. They have no id, and are immutable: [Facts.After] and
// [Facts.Silent] return new ones. The zero Facts belong to
// a customer who was never seen; After adds the first purchase.
type Facts struct {
	facts   facts
	wide    *exact.Wide       // what the sums of facts belong to, nil for nothing; never changed
	keep    int               // Config.Recent; 0 where nothing is known of the customer
	recent  recentList        // the last purchases
	big     []decimal.Decimal // recents.big of recent; never changed
	amounts []stamped         // nil without Config.Amounts; never changed
}

// customer copies the facts of a slot.
func (c *columns) customer(slot int32) Facts {
	f := Facts{facts: c.facts(slot), keep: c.recent.keep, amounts: c.amountsOf(slot)}
	if !f.facts.total.Narrow() || !f.facts.windowed.Narrow() {
		f.wide = new(exact.Wide)
		f.facts.total = f.wide.Copy(&c.wide, f.facts.total)
		f.facts.windowed = f.wide.Copy(&c.wide, f.facts.windowed)
	}
	own := recents{keep: c.recent.keep}
	own.merge(&f.recent, &c.recent, &c.life.At(slot).recent)
	f.big = own.big
	return f
}

// sums returns the Wide of the facts' sums.
func (f *Facts) sums() *exact.Wide {
	if f.wide != nil {
		return f.wide
	}
	return new(exact.Wide)
}

// AsOf is the moment at which the facts describe the customer, in UTC; zero for the zero
// Facts.
func (f Facts) AsOf() time.Time { return f.when(f.facts.asOf) }

// First is the time of the first purchase, in UTC; zero for the zero Facts.
func (f Facts) First() time.Time { return f.when(f.facts.first) }

// Last is the time of the last purchase, in UTC; zero for the zero Facts.
func (f Facts) Last() time.Time { return f.when(f.facts.last) }

func (f Facts) when(nanos int64) time.Time {
	if f.facts.n == 0 {
		return time.Time{}
	}
	return rule.Moment(nanos)
}

// Purchases is the number of purchases of all time, up to AsOf.
func (f Facts) Purchases() int { return int(f.facts.n) }

// InWindow is the number of purchases in the window; without Config.Window that of all
// time.
func (f Facts) InWindow() int { return int(f.facts.inWindow) }

// Total is the net money of all time, purchases less refunds, exactly.
func (f Facts) Total() decimal.Decimal { return f.sums().Decimal(f.facts.total) }

// WindowTotal is the net money in the window, exactly; without Config.Window that of all
// time.
func (f Facts) WindowTotal() decimal.Decimal { return f.sums().Decimal(f.facts.windowed) }

// averagePlaces is the number of decimal places of averages of money.
const averagePlaces = 8

// Average is the average receipt of all time: net money per purchase, rounded half to even
// at 8 decimal places; 0 for the zero Facts.
func (f Facts) Average() decimal.Decimal {
	if f.facts.n == 0 {
		return decimal.Decimal{}
	}
	return f.sums().Quotient(f.facts.total, f.facts.n, averagePlaces)
}

// MarshalJSON writes what the methods return, for people and pages: times in RFC 3339,
// money as decimal strings. It is not read back; store a [History] to go on from it.
func (f Facts) MarshalJSON() ([]byte, error) {
	return json.Marshal(struct {
		AsOf        time.Time       `json:"asOf,omitzero"`
		First       time.Time       `json:"first,omitzero"`
		Last        time.Time       `json:"last,omitzero"`
		Purchases   int             `json:"purchases"`
		InWindow    int             `json:"inWindow"`
		Total       decimal.Decimal `json:"total"`
		WindowTotal decimal.Decimal `json:"windowTotal"`
		Average     decimal.Decimal `json:"average"`
	}{f.AsOf(), f.First(), f.Last(), f.Purchases(), f.InWindow(), f.Total(), f.WindowTotal(), f.Average()})
}

// After returns the facts after one more purchase or refund: the customer as of at, or
// as of AsOf if that is later. With Config.Window, purchases that would drop out of
// the window meanwhile still count: only the base knows which they are.
//
// A time before the last purchase is [clientele.ErrRange], since only a base can take
// purchases in any order. A refund for a customer who was never seen is
// [clientele.ErrNegative].
func (f Facts) After(at time.Time, amount decimal.Decimal) (Facts, error) {
	p := clientele.Purchase[int]{At: at, Amount: amount}
	if err := validate(opAfter, &p); err != nil {
		return f, err
	}
	refund, nanos := amount.Sign() < 0, at.UnixNano()
	switch {
	case f.facts.n == 0 && refund:
		return f, fault.Of(opAfter, "Amount", amount, errFirstRefund)
	case f.facts.n == 0: // nothing was known of the customer, not even a window
		f.facts.first, f.facts.asOf, f.facts.from = nanos, nanos, math.MinInt64
	case nanos < f.facts.last:
		return f, fault.Of(opAfter, "At", at, rule.Because(clientele.ErrRange, "before the last purchase",
			"%v or later, or a base, which takes purchases in any order", f.Last()))
	}
	f.facts.asOf = max(f.facts.asOf, nanos)
	f.addMoney(nanos, amount)
	if !refund {
		f.addPurchase(nanos, amount)
	}
	return f, nil
}

const opAfter = "rfm.Facts.After"

var errFirstRefund = rule.Because(clientele.ErrNegative, "a refund for a customer without a purchase", "a purchase first")

// addMoney adds to the sums, with a Wide of their own where they need one.
func (f *Facts) addMoney(at int64, amount decimal.Decimal) {
	var wide exact.Wide
	if f.wide != nil {
		wide = f.wide.Clone()
	}
	wide.Add(&f.facts.total, amount)
	if at > f.facts.from {
		wide.Add(&f.facts.windowed, amount)
	}
	if !f.facts.total.Narrow() || !f.facts.windowed.Narrow() {
		f.wide = new(wide)
	}
}

func (f *Facts) addPurchase(at int64, amount decimal.Decimal) {
	f.facts.last = at
	f.facts.n++
	if at > f.facts.from {
		f.facts.inWindow++
	}
	if f.keep == 0 {
		f.keep = defaultRecent
	}
	own := recents{keep: f.keep}
	if len(f.big) > 0 { // a copy of what is still in use
		kept := f.recent
		f.recent = recentList{}
		own.merge(&f.recent, &recents{big: f.big}, &kept)
	}
	own.add(&f.recent, at, amount)
	f.big = own.big
	if f.amounts != nil || f.facts.n == 1 {
		f.amounts = append(slices.Clip(f.amounts), stamped{at, amount})
	}
}

// Silent returns the facts as of a later moment if nothing is bought until then. The zero
// Facts have no moment and stay as they are. With Config.Window, purchases that would drop
// out of the window still count, as in [Facts.After]. A moment before AsOf is
// [clientele.ErrRange].
func (f Facts) Silent(asOf time.Time) (Facts, error) {
	const op = "rfm.Facts.Silent"
	err := rule.Time(asOf)
	if err == nil && f.facts.n > 0 && asOf.UnixNano() < f.facts.asOf {
		err = rule.Because(clientele.ErrRange, "before the moment of the facts", "%v or later", f.AsOf())
	}
	if err != nil {
		return f, fault.Of(op, "asOf", asOf, err)
	}
	if f.facts.n > 0 {
		f.facts.asOf = asOf.UnixNano()
	}
	return f, nil
}

// facts are what is known of one customer as of a moment. Times are Unix nanoseconds; sums
// belong to a Wide that travels beside them.
type facts struct {
	asOf, from  int64     // the window is (from, asOf]
	first, last int64     // times of the first and the last purchase
	n, inWindow int64     // numbers of purchases: of all time and in the window
	total       exact.Sum // net money of all time
	windowed    exact.Sum // net money in the window
}

// money returns the net money and the number of purchases that monetary is made of: those
// of the window, or of all time for a customer who bought nothing in it.
func (f *facts) money() (exact.Sum, int64) {
	if f.inWindow > 0 {
		return f.windowed, f.inWindow
	}
	return f.total, f.n
}
