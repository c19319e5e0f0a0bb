package shop

import (
	"math"
	"math/rand/v2"
	"time"

	"github.com/clientele-go/clientele"
	"github.com/shopspring/decimal"
)

// staff are the store's salespeople, with their skill at selling add-ons, never
// changed.
var staff = [...]struct {
	name  string
	skill float64
}{
	{"Anna", 1.6}, {"Ben", 1.0}, {"Cem", 0.7}, {"Dora", 1.2}, {"Emil", 0.4},
}

// onlineSkill is how well the web page sells add-ons.
const onlineSkill = 0.8

// Costs to serve a receipt in the first days of a customer, in cents.
const (
	serveStore  = 6_00
	serveOnline = 3_50
	serveLine   = 60
	serveRefund = 4_50
)

// giftBoxFrom is the worth of a basket, in cents, that earns a gift box in
// December.
const giftBoxFrom = 200_00

// lead adds the receipt of a lead magnet.
func (s *simulation) lead(c *shopper, t task) {
	magnet := mustFind("Buying guide")
	if c.home.Store {
		magnet = mustFind("Setup workshop")
	}
	var b basket
	b.add(magnet, 1, magnet.role)
	d := s.draft(c, c.arrived, c.home)
	d.Need = t.need
	d.Lines = b.lines(0)
	s.file(c, d, serveLine)
}

// visit adds what a customer buys on a day, and the later receipts of a job.
func (s *simulation) visit(c *shopper, day int, t task) {
	channel := s.through(c, day)
	code, percent, ok := c.discount(s.period.date(day), channel.Store)
	if !ok {
		return
	}
	c.deals++
	d := s.draft(c, day, channel)
	d.Need, d.Offer = t.need, code
	d.Lines = s.fill(c, d, t).lines(percent)
	s.file(c, d, serving(channel))
	if t.isJob() {
		s.follow(c, d, t, channel)
	}
}

// through draws the channel of a visit: the customer's own, or another one that
// is open.
func (s *simulation) through(c *shopper, day int) Channel {
	if c.deals > 0 && chance(c.r, s.cfg.Roaming) {
		if other := s.channel(c.r); weight(s.period.date(day), other.Store) > 0 {
			return other
		}
	}
	return c.home
}

// fill draws the basket of a visit.
func (s *simulation) fill(c *shopper, d *draft, t task) basket {
	var b basket
	if t.isJob() {
		c.begin(&b, t.job, skill(d.Staff))
	} else {
		c.browse(&b)
	}
	s.bundle(c, d.Channel, &b)
	if c.isRegularVisit(s.cfg.Loyalty) {
		p := c.choose(func(p product) bool { return p.category == supplies })
		b.add(p, c.units(p), p.role)
	}
	s.gift(c, d.day, &b)
	return b
}

// bundle adds the product that belongs to another one, if it is bought.
func (s *simulation) bundle(c *shopper, channel string, b *basket) {
	pair := s.cfg.Bundle
	if pair == (Bundle{}) || !b.has(pair.Product) || b.has(pair.With) {
		return
	}
	share := pair.Base
	if channel == pair.Channel {
		share = pair.Share
	}
	if chance(c.r, share) {
		b.add(mustFind(pair.With), 1, clientele.AddOn)
	}
}

// gift gives a mug to every other customer at the second deal, who then comes
// more often, and a box to large baskets before Christmas.
func (s *simulation) gift(c *shopper, day int, b *basket) {
	date := s.period.date(day)
	switch {
	case c.deals == 2 && chance(c.r, 0.5):
		b.add(mustFind("Thank-you mug"), 1, clientele.Gift)
		c.rate *= 1 + s.cfg.GiftPull
	case c.deals != 2 && date.Month() == time.December && date.Day() <= 24 && b.listed() >= giftBoxFrom:
		b.add(mustFind("Gift box"), 1, clientele.Gift)
	}
}

// follow adds the later receipts of a job.
func (s *simulation) follow(c *shopper, opening *draft, t task, channel Channel) {
	for range poisson(c.r, 0.55) {
		day := s.period.open(opening.day+1+int(gamma(c.r, 2, 12)), channel.Store)
		code, percent, ok := c.discount(s.period.date(day), channel.Store)
		if !ok || !s.period.has(day) {
			continue
		}
		var b basket
		c.extend(&b, t.job, 1+poisson(c.r, 0.3))
		d := s.draft(c, day, channel)
		d.Need, d.Offer = t.need, code
		d.Lines = b.lines(percent)
		s.file(c, d, serving(channel))
	}
}

// draft begins a receipt.
func (s *simulation) draft(c *shopper, day int, channel Channel) *draft {
	d := &draft{day: day}
	d.Customer = c.id
	d.At = s.period.moment(c.r, day, channel.Store)
	d.Channel = channel.Name
	if channel.Store {
		d.Staff = staff[c.r.IntN(len(staff))].name
	}
	return d
}

// file adds a receipt whose lines are complete, with its cost to serve.
func (s *simulation) file(c *shopper, d *draft, base float64) {
	years := float64(d.day-c.arrived) / 365.25
	saved := math.Pow(1-s.cfg.TenureSaving, years)
	d.ServeCost = rounded(c.r, (base+serveLine*float64(len(d.Lines)))*saved)
	s.drafts = append(s.drafts, d)
}

// rounded varies a cost in cents around its mean and rounds it to the nearest
// ten cents.
func rounded(r *rand.Rand, mean float64) decimal.Decimal {
	return cents(10 * int64(math.Round(gamma(r, 16, mean)/10)))
}

// serving is the cost of a receipt in a channel before its lines, in cents.
func serving(channel Channel) float64 {
	if channel.Store {
		return serveStore
	}
	return serveOnline
}

// skill is how well a salesperson, or the web page for "", sells add-ons.
func skill(name string) float64 {
	for _, s := range staff {
		if s.name == name {
			return s.skill
		}
	}
	return onlineSkill
}
