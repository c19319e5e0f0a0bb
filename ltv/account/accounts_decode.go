package account

import (
	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/codec"
	"github.com/clientele-go/clientele/internal/exact"
	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/rule"
	"github.com/clientele-go/clientele/internal/wire"
	"github.com/shopspring/decimal"
)

// The least bytes of the records of a form, and the bound of what a customer's price
// ranks add up to: those of 288 million lines.
const (
	leastAccount    = 17
	leastCampaign   = 2
	leastListing    = 5
	leastInstalment = 2
	leastCategory   = 5
	maxRanks        = 1 << 58
)

// UnmarshalBinary replaces the accounts with decoded ones, which get a roster of their own.
// It returns [clientele.ErrEncoding] for anything but a whole, valid form, and leaves a as
// it was. Memory is bounded by some fifty times len(data).
func (a *Accounts[K]) UnmarshalBinary(data []byte) error {
	const op = "account.Accounts.UnmarshalBinary"
	r := wire.NewReader(data)
	r.Expect(accountsMagic)
	cfg, ok := readConfig(r)
	if !ok {
		return fault.Encoding(op, nil)
	}
	faults := clientele.ConfigError{Op: op}
	cfg = cfg.fill(&faults)
	if err := faults.Err(); err != nil {
		return fault.Encoding(op, err)
	}
	c := newColumns(cfg)
	c.currency, c.later = r.Text(), r.IntWithin(0, codec.MaxPurchases)
	c.unfinished = int64(r.UintMax(codec.MaxPurchases))
	roster, ok := codec.Customers[K](r, leastAccount, func(slot int32) bool {
		c.grow(int(slot) + 1)
		c.readCustomer(r, slot)
		return r.Ok()
	})
	if !ok {
		return fault.Encoding(op, nil)
	}
	c.readCategories(r)
	if !r.Done() || !c.balanced() {
		return fault.Encoding(op, nil)
	}
	*a = Accounts[K]{roster: roster, cols: c}
	return nil
}

// readConfig reads a configuration whose lists are in order.
func readConfig(r *wire.Reader) (cfg Config, ok bool) {
	cfg.AsOf, cfg.Payback = rule.Moment(r.IntWithin(rule.FirstNanos(), rule.LastNanos())), r.Bool()
	for i := range r.Count(leastCampaign) {
		from := r.IntWithin(rule.FirstNanos(), rule.LastNanos())
		length := r.UintMax(uint64(rule.LastNanos()) - uint64(from))
		p := Campaign{rule.Moment(from), rule.Moment(from + int64(length))}
		if i > 0 && !p.From.After(cfg.Campaigns[i-1].From) || !r.Ok() {
			return cfg, false
		}
		cfg.Campaigns = append(cfg.Campaigns, p)
	}
	for i := range r.Count(leastListing) {
		l := clientele.Listing{Category: r.Text(), Product: r.Text(), Price: readMoney(r)}
		if i > 0 && compareListings(cfg.Book[i-1], l) >= 0 || !r.Ok() {
			return cfg, false
		}
		cfg.Book = append(cfg.Book, l)
	}
	return cfg, r.Ok()
}

// readMoney reads what appendMoney writes.
func readMoney(r *wire.Reader) decimal.Decimal {
	var wide exact.Wide
	sum, rest, ok := wide.Cut(r.Rest())
	r.Skip(rest, ok)
	return wide.Decimal(sum)
}

// readCustomer reads a slot, failing r on anything that AppendBinary cannot write.
func (c *columns) readCustomer(r *wire.Reader, slot int32) {
	t := c.tabs.At(slot)
	c.readTab(r, t)
	if !c.cfg.Payback {
		return
	}
	instalments := c.readInstalments(r, t.records)
	*c.instalments.At(slot) = instalments
	var left exact.Sum // of what the tab says was contributed
	t.contribution(&c.wide, &left)
	for _, s := range instalments {
		c.wide.Deduct(&left, &c.wide, s.contribution)
	}
	if c.wide.Sign(left) != 0 {
		r.Fail()
	}
	c.wide.Drop(&left)
}

func (c *columns) readTab(r *wire.Reader, t *tab) {
	t.records = int64(r.UintMax(codec.MaxPurchases))
	t.deals = int64(r.UintMax(uint64(t.records)))
	if t.deals > 0 {
		t.last = c.asOf - int64(r.UintMax(uint64(c.asOf)-uint64(rule.FirstNanos())))
		t.first = t.last - int64(r.UintMax(uint64(t.last)-uint64(rule.FirstNanos())))
		t.firstCheck, t.lastCheck = c.readSum(r), c.readSum(r)
	}
	t.onDiscount = int64(r.UintMax(uint64(t.deals)))
	t.inCampaigns = int64(r.UintMax(uint64(t.deals)))
	t.positions = r.IntWithin(-codec.MaxPurchases, codec.MaxPurchases)
	t.ranked = r.IntWithin(-codec.MaxPurchases, codec.MaxPurchases)
	t.ranks = r.IntWithin(-maxRanks, maxRanks)
	for _, s := range t.sums() {
		*s = c.readSum(r)
	}
	if r.Ok() && !c.plausible(t) {
		r.Fail()
	}
}

// plausible reports whether what was read of a customer agrees with itself.
func (c *columns) plausible(t *tab) bool {
	order := c.wide.Compare(t.firstCheck, t.lastCheck)
	switch {
	case t.records == 0,
		t.deals == 1 && (t.first != t.last || order != 0),
		t.first == t.last && order > 0,
		len(c.cfg.Campaigns) == 0 && t.inCampaigns > 0,
		len(c.cfg.Book) == 0 && (t.ranked != 0 || t.ranks != 0):
		return false
	}
	return true
}

// readInstalments reads the instalments of a customer with so many records.
func (c *columns) readInstalments(r *wire.Reader, records int64) []instalment {
	n := r.Count(leastInstalment)
	if int64(n) > records {
		r.Fail()
		return nil
	}
	var instalments []instalment
	for i := range n {
		s := instalment{at: c.asOf - int64(r.UintMax(uint64(c.asOf)-uint64(rule.FirstNanos())))}
		s.contribution = c.readSum(r)
		if i > 0 && r.Ok() {
			before := instalments[i-1]
			if s.at > before.at || s.at == before.at && c.wide.Compare(s.contribution, before.contribution) < 0 {
				r.Fail()
			}
		}
		if !r.Ok() {
			return nil
		}
		instalments = append(instalments, s)
	}
	return instalments
}

func (c *columns) readCategories(r *wire.Reader) {
	codec.Names(r, leastCategory, func(name string) {
		t := &categoryTab{positions: r.IntWithin(-codec.MaxPurchases, codec.MaxPurchases)}
		for _, s := range t.sums() {
			*s = c.readSum(r)
		}
		c.categories[name] = t
	})
}

// balanced reports whether the categories have together what the customers have, who have
// a record of each unfinished deal.
func (c *columns) balanced() bool {
	var wide exact.Wide
	var left categoryTab
	records := int64(0)
	for i := range c.tabs.Len() {
		t := c.tabs.At(int32(i))
		records = min(records+t.records, codec.MaxPurchases)
		left.join(&wide, &c.wide, categoryTab{t.positions, t.revenue, t.goods, t.units})
	}
	for _, t := range c.categories {
		left.positions -= t.positions
		from := left.sums()
		for i, s := range t.sums() {
			wide.Deduct(from[i], &c.wide, *s)
		}
	}
	for _, s := range left.sums() {
		if wide.Sign(*s) != 0 {
			return false
		}
	}
	return left.positions == 0 && c.unfinished <= records
}

// readSum reads money into c's sums.
func (c *columns) readSum(r *wire.Reader) exact.Sum { return codec.Total(r, &c.wide) }
