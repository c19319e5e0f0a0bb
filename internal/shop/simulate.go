package shop

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"slices"
	"strconv"
	"time"

	"github.com/clientele-go/clientele"
)

// firstID is the id of the customer who arrives first.
const firstID = 1001

// Simulate returns the shop's receipts, sorted by time, then No. Refunds are
// receipts of their own. Customers are numbered from 1001 in order of arrival;
// one who never got a receipt within the period is missing. Simulate panics with
// the error of [Config.Validate].
func Simulate(cfg Config, src rand.Source) []clientele.Receipt[int64] {
	if err := cfg.Validate(); err != nil {
		panic(err)
	}
	s := simulation{cfg: cfg, period: newPeriod(cfg)}
	for i, c := range s.arrivals(rand.New(src)) {
		c.id = firstID + int64(i)
		s.live(c)
	}
	return s.receipts()
}

// simulation is the shop while it runs.
type simulation struct {
	cfg    Config
	period period
	drafts []*draft
	buyers []buyer // in order of arrival
}

// draft is a receipt that has no number yet.
type draft struct {
	clientele.Receipt[int64]
	day      int
	refundOf *draft
}

// buyer is who can recommend the shop, from the first purchase on.
type buyer struct {
	id    int64
	since time.Time
}

// arrivals draws all customers, in order of their first contact.
func (s *simulation) arrivals(r *rand.Rand) []*shopper {
	shoppers := make([]*shopper, s.cfg.Customers)
	for i := range shoppers {
		own := rand.New(rand.NewPCG(r.Uint64(), r.Uint64()))
		c := newShopper(s.cfg, own, s.channel(own))
		c.arrived = s.period.arrival(own, c.home.Store)
		shoppers[i] = c
	}
	slices.SortStableFunc(shoppers, func(a, b *shopper) int { return cmp.Compare(a.arrived, b.arrived) })
	return shoppers
}

// channel draws a channel by share.
func (s *simulation) channel(r *rand.Rand) Channel {
	return s.cfg.Channels[pick(r, len(s.cfg.Channels), func(i int) float64 { return s.cfg.Channels[i].Share })]
}

// live runs a customer from the first contact to the last visit.
func (s *simulation) live(c *shopper) {
	already := len(s.drafts)
	s.visits(c)
	own := s.drafts[already:]
	if len(own) == 0 {
		return
	}
	if c.home.Referred {
		first := earliest(own)
		first.ReferredBy = s.referrer(c, first.At)
	}
	if purchases := slices.DeleteFunc(slices.Clone(own), (*draft).isLead); len(purchases) > 0 {
		s.buyers = append(s.buyers, buyer{c.id, earliest(purchases).At})
	}
	s.refund(c, own)
}

// visits runs the visits of a customer.
func (s *simulation) visits(c *shopper) {
	at := float64(c.arrived)
	t := c.task(s.cfg.Needs)
	if chance(c.r, s.cfg.Leads) {
		s.lead(c, t)
		if !chance(c.r, s.cfg.Conversion) {
			return
		}
		day := c.arrived + 1 + int(gamma(c.r, 1.5, 8))
		at = float64(s.period.open(day, c.home.Store))
	}
	end := min(at+c.lifetime, float64(s.period.days))
	for at < end {
		s.visit(c, int(at), t)
		t = c.task(s.cfg.Needs)
		at = s.period.next(c.r, at, c.rate, end, c.home.Store)
	}
}

// isLead reports whether the receipt is for a lead magnet.
func (d *draft) isLead() bool { return d.Lines[0].Role == clientele.LeadMagnet }

// earliest is the first draft in time: two visits of one day need not be in order.
func earliest(drafts []*draft) *draft {
	return slices.MinFunc(drafts, func(a, b *draft) int { return a.At.Compare(b.At) })
}

// referrer draws who recommended the shop to a customer, among those who had
// bought before; nil when nobody had.
func (s *simulation) referrer(c *shopper, before time.Time) *int64 {
	var known []int64
	for _, b := range s.buyers {
		if b.since.Before(before) {
			known = append(known, b.id)
		}
	}
	if len(known) == 0 {
		return nil
	}
	return new(known[c.r.IntN(len(known))])
}

// receipts numbers the drafts in order of time.
func (s *simulation) receipts() []clientele.Receipt[int64] {
	slices.SortStableFunc(s.drafts, func(a, b *draft) int { return a.At.Compare(b.At) })
	width := max(6, len(strconv.Itoa(len(s.drafts))))
	for i, d := range s.drafts {
		d.No = fmt.Sprintf("%0*d", width, i+1)
	}
	receipts := make([]clientele.Receipt[int64], len(s.drafts))
	for i, d := range s.drafts {
		if d.refundOf != nil {
			d.RefundOf = d.refundOf.No
		}
		receipts[i] = d.Receipt
	}
	return receipts
}
