package contact

import (
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/journey"
)

// buys makes the orders of a customer and what surrounds them.
func (s *simulation) buys(c *customer) {
	for _, r := range c.receipts {
		if r.IsRefund() {
			s.order(c.person, Refund, r)
			continue
		}
		store := r.Channel == "store"
		if store && s.chance(s.cfg.Unknown) {
			s.anonymous(r)
			continue
		}
		if store && s.chance(s.cfg.OnlineFirst) {
			s.add(c.person, Lookup, "web", r.At.Add(-s.within(lookupDays)), c.identifiers()...)
		}
		s.order(c.person, Order, r)
		s.thank(c.person, r)
	}
}

// identifiers are by what a customer is known who has logged in.
func (p *person) identifiers() []journey.Identifier {
	return []journey.Identifier{
		{Kind: "customer", Value: p.number}, {Kind: "phone", Value: p.phone}, {Kind: "device", Value: p.devices[0]},
	}
}

// order makes the touch of a receipt. In the store no device is seen.
func (s *simulation) order(p *person, touchpoint string, r clientele.Receipt[int64]) {
	channel, known := "web", p.identifiers()
	if r.Channel == "store" {
		channel, known = "store", known[:2]
	}
	t := s.add(p, touchpoint, channel, r.At, known...)
	describe(t, r)
}

// anonymous makes the purchase in the store of somebody who shows no card.
func (s *simulation) anonymous(r clientele.Receipt[int64]) {
	s.touches = append(s.touches, journey.Touch{Touchpoint: Order, Channel: "store", At: r.At})
	describe(&s.touches[len(s.touches)-1], r)
}

// describe puts what the receipt says into its touch.
func describe(t *journey.Touch, r clientele.Receipt[int64]) {
	t.Outcome, t.Value, t.Staff = "paid", r.Amount(), r.Staff
	if t.Value.IsNegative() {
		t.Outcome = "given back"
	}
	t.Labels = map[string]string{"receipt": r.No, "category": r.Lines[0].Category}
}

// thank makes the message after a purchase, which some get twice.
func (s *simulation) thank(p *person, r clientele.Receipt[int64]) {
	at := r.At.Add(24*time.Hour + s.within(thankDays))
	s.message(p, "email", at, r.No)
	if s.chance(s.cfg.Twice) {
		s.message(p, "messenger", at.Add(s.within(thankDays)), r.No)
	}
}

// message makes a message of the company.
func (s *simulation) message(p *person, channel string, at time.Time, receipt string) {
	t := s.add(p, Message, channel, at, journey.Identifier{Kind: "customer", Value: p.number})
	t.By = journey.Company
	t.Labels = map[string]string{"message": "thanks for " + receipt}
}
