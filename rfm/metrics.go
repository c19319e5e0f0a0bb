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

// Metrics are the facts about one customer as of a moment, without an id. They are
// immutable: [Metrics.After] and [Metrics.Silent] return new ones. The zero Metrics are of
// a customer who was never seen; After adds the first purchase.
type Metrics struct {
	facts   facts
	wide    *exact.Wide       // what the sums of facts belong to, nil for nothing; never changed
	keep    int               // Config.Recent; 0 where nothing is known of the customer
	recent  recentList        // the last purchases
	big     []decimal.Decimal // recents.big of recent; never changed
	amounts []stamped         // nil without Config.Amounts; never changed
}

// metrics copies the facts of a slot.
func (c *columns) metrics(slot int32) Metrics {
	m := Metrics{facts: c.facts(slot), keep: c.recent.keep, amounts: c.amountsOf(slot)}
	if !m.facts.total.Narrow() || !m.facts.windowed.Narrow() {
		m.wide = new(exact.Wide)
		m.facts.total = m.wide.Copy(&c.wide, m.facts.total)
		m.facts.windowed = m.wide.Copy(&c.wide, m.facts.windowed)
	}
	own := recents{keep: c.recent.keep}
	own.merge(&m.recent, &c.recent, &c.life.At(slot).recent)
	m.big = own.big
	return m
}

// sums returns the Wide of the facts' sums.
func (m *Metrics) sums() *exact.Wide {
	if m.wide != nil {
		return m.wide
	}
	return new(exact.Wide)
}

// AsOf is the moment at which the metrics describe the customer, in UTC; zero for the zero
// Metrics.
func (m Metrics) AsOf() time.Time { return m.when(m.facts.asOf) }

// First is the time of the first purchase, in UTC; zero for the zero Metrics.
func (m Metrics) First() time.Time { return m.when(m.facts.first) }

// Last is the time of the last purchase, in UTC; zero for the zero Metrics.
func (m Metrics) Last() time.Time { return m.when(m.facts.last) }

func (m Metrics) when(nanos int64) time.Time {
	if m.facts.n == 0 {
		return time.Time{}
	}
	return rule.Moment(nanos)
}

// Purchases is the number of purchases of all time, up to AsOf.
func (m Metrics) Purchases() int { return int(m.facts.n) }

// InWindow is the number of purchases in the window; without Config.Window that of all
// time.
func (m Metrics) InWindow() int { return int(m.facts.inWindow) }

// Total is the net money of all time, purchases less refunds, exactly.
func (m Metrics) Total() decimal.Decimal { return m.sums().Decimal(m.facts.total) }

// WindowTotal is the net money in the window, exactly; without Config.Window that of all
// time.
func (m Metrics) WindowTotal() decimal.Decimal { return m.sums().Decimal(m.facts.windowed) }

// averagePlaces is the number of decimal places of averages of money.
const averagePlaces = 8

// Average is the average receipt of all time: net money per purchase, rounded half to even
// at 8 decimal places; 0 for the zero Metrics.
func (m Metrics) Average() decimal.Decimal {
	if m.facts.n == 0 {
		return decimal.Decimal{}
	}
	return m.sums().Quotient(m.facts.total, m.facts.n, averagePlaces)
}

// MarshalJSON writes what the methods return, for people and pages: times in RFC 3339,
// money as decimal strings. It is not read back; store a [History] to go on from it.
func (m Metrics) MarshalJSON() ([]byte, error) {
	return json.Marshal(struct {
		AsOf        time.Time       `json:"asOf,omitzero"`
		First       time.Time       `json:"first,omitzero"`
		Last        time.Time       `json:"last,omitzero"`
		Purchases   int             `json:"purchases"`
		InWindow    int             `json:"inWindow"`
		Total       decimal.Decimal `json:"total"`
		WindowTotal decimal.Decimal `json:"windowTotal"`
		Average     decimal.Decimal `json:"average"`
	}{m.AsOf(), m.First(), m.Last(), m.Purchases(), m.InWindow(), m.Total(), m.WindowTotal(), m.Average()})
}

// After returns the metrics after one more purchase or refund: the customer as of at, or
// as of AsOf if that is later. Of a window, only the end moves: which purchases leave it
// at its beginning is known to the base alone.
//
// A time before the last purchase is an error, since only a base can take purchases in any
// order. So is a refund for a customer who was never seen.
func (m Metrics) After(at time.Time, amount decimal.Decimal) (Metrics, error) {
	p := clientele.Purchase[int]{At: at, Amount: amount}
	if err := validate(opAfter, &p); err != nil {
		return m, err
	}
	refund, nanos := amount.Sign() < 0, at.UnixNano()
	switch {
	case m.facts.n == 0 && refund:
		return m, fault.Of(opAfter, "Amount", amount, errFirstRefund)
	case m.facts.n == 0: // nothing was known of the customer, not even a window
		m.facts.first, m.facts.asOf, m.facts.from = nanos, nanos, math.MinInt64
	case nanos < m.facts.last:
		return m, fault.Of(opAfter, "At", at, rule.Because(clientele.ErrRange, "before the last purchase",
			"%v or later, or a base, which takes purchases in any order", m.Last()))
	}
	m.facts.asOf = max(m.facts.asOf, nanos)
	m.addMoney(nanos, amount)
	if !refund {
		m.addPurchase(nanos, amount)
	}
	return m, nil
}

const opAfter = "rfm.Metrics.After"

var errFirstRefund = rule.Because(clientele.ErrNegative, "a refund for a customer without a purchase", "a purchase first")

// addMoney adds to the sums, with a Wide of their own where they need one.
func (m *Metrics) addMoney(at int64, amount decimal.Decimal) {
	var wide exact.Wide
	if m.wide != nil {
		wide = m.wide.Clone()
	}
	wide.Add(&m.facts.total, amount)
	if at > m.facts.from {
		wide.Add(&m.facts.windowed, amount)
	}
	if !m.facts.total.Narrow() || !m.facts.windowed.Narrow() {
		m.wide = new(wide)
	}
}

func (m *Metrics) addPurchase(at int64, amount decimal.Decimal) {
	m.facts.last = at
	m.facts.n++
	if at > m.facts.from {
		m.facts.inWindow++
	}
	if m.keep == 0 {
		m.keep = defaultRecent
	}
	own := recents{keep: m.keep}
	if len(m.big) > 0 { // a copy of what is still in use
		kept := m.recent
		m.recent = recentList{}
		own.merge(&m.recent, &recents{big: m.big}, &kept)
	}
	own.add(&m.recent, at, amount)
	m.big = own.big
	if m.amounts != nil || m.facts.n == 1 {
		m.amounts = append(slices.Clip(m.amounts), stamped{at, amount})
	}
}

// Silent returns the metrics as of a later moment if nothing is bought until then. The zero
// Metrics have no moment and stay as they are. Of a window, only the end moves, as in
// [Metrics.After]. A moment before AsOf is an error.
func (m Metrics) Silent(asOf time.Time) (Metrics, error) {
	const op = "rfm.Metrics.Silent"
	err := rule.Time(asOf)
	if err == nil && m.facts.n > 0 && asOf.UnixNano() < m.facts.asOf {
		err = rule.Because(clientele.ErrRange, "before the moment of the metrics", "%v or later", m.AsOf())
	}
	if err != nil {
		return m, fault.Of(op, "asOf", asOf, err)
	}
	if m.facts.n > 0 {
		m.facts.asOf = asOf.UnixNano()
	}
	return m, nil
}
