package contact

import (
	"fmt"
	"math/rand/v2"
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/journey"
)

// Touchpoints of the shop.
const (
	SearchAd = "search ad"
	SocialAd = "social ad"
	FollowAd = "ad that follows"
	Site     = "site"
	Form     = "number left"
	Call     = "call"
	Lookup   = "stock looked up"
	Order    = "order"
	Refund   = "refund"
	Message  = "thanks"
)

// Placeholder is what some type in place of a telephone number.
const Placeholder = "0000000000"

// Simulate returns the touches of everybody who bought, by the receipts of the shop, and of
// those who were lost on the way, in order of time. The same source, receipts and
// configuration give the same touches. Simulate panics with the error of [Config.Validate].
func Simulate(receipts []clientele.Receipt[int64], cfg Config, src rand.Source) []journey.Touch {
	if err := cfg.Validate(); err != nil {
		panic(err)
	}
	s := simulation{cfg: cfg, r: rand.New(src)}
	customers := s.customers(receipts)
	online := 0
	for _, c := range customers {
		if s.comes(c) {
			online++
		}
		s.buys(c)
	}
	if len(customers) > 0 {
		s.lose(online, receipts)
	}
	journey.Sort(s.touches)
	return s.touches
}

// simulation is the touches so far.
type simulation struct {
	cfg     Config
	r       *rand.Rand
	people  int
	touches []journey.Touch
}

// customer is a person with the receipts that are theirs.
type customer struct {
	*person
	receipts []clientele.Receipt[int64]
}

// customers makes a person of everybody with a receipt, in order of the first one.
func (s *simulation) customers(receipts []clientele.Receipt[int64]) []*customer {
	var all []*customer
	known := make(map[int64]*customer)
	for _, r := range receipts {
		c := known[r.Customer]
		if c == nil {
			c = &customer{person: s.person()}
			c.number = fmt.Sprint(r.Customer)
			known[r.Customer] = c
			all = append(all, c)
		}
		c.receipts = append(c.receipts, r)
	}
	return all
}

// comes makes the way of a customer to the first order, backwards from it, and reports
// whether it led over the site. Customers of the store come in from the street.
func (s *simulation) comes(c *customer) bool {
	first := c.receipts[0]
	if first.Channel == "store" {
		return false
	}
	called := first.At.Add(-s.within(waitDays))
	s.call(c.person, called)
	form := called.Add(-s.within(waitDays))
	s.form(c.person, form)
	s.visits(c.person, first.Channel, form.Add(-s.within(formDays)), c.devices)
	return true
}

// lose makes the people who are lost on the way: as many as it takes, beside those who
// ordered, to make the shares of the configuration. They come when others buy.
func (s *simulation) lose(ordered int, receipts []clientele.Receipt[int64]) {
	reached := float64(ordered)
	for _, lost := range []struct {
		share float64
		steps int // of the site, the form and the call, that those have who are lost here
	}{{s.cfg.Orders, 3}, {s.cfg.Calls, 2}, {s.cfg.Forms, 1}} {
		before := reached / lost.share
		for range int(before - reached + 0.5) {
			s.lost(lost.steps, receipts[s.r.IntN(len(receipts))].At)
		}
		reached = before
	}
}

// lost makes the way of a person who does not get beyond a number of steps.
func (s *simulation) lost(steps int, at time.Time) {
	p := s.person()
	via := [...]string{"search", "search", "social", "referral"}[s.r.IntN(4)]
	if steps == 1 {
		s.visits(p, via, at, p.devices[:1])
		return
	}
	s.visits(p, via, at, p.devices)
	at = at.Add(s.within(formDays))
	s.form(p, at)
	if steps == 3 {
		s.call(p, at.Add(s.within(waitDays)))
	}
}

// within draws a length of time of less than so many days that keeps, but for some three
// hours, the time of day: people who order at noon do not call at night.
func (s *simulation) within(days int64) time.Duration {
	return time.Duration(s.r.Int64N(days))*24*time.Hour + time.Duration(20+s.r.Int64N(160))*time.Minute
}

// chance is true with probability p.
func (s *simulation) chance(p float64) bool { return s.r.Float64() < p }
