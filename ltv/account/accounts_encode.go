package account

import (
	"cmp"
	"maps"
	"slices"

	"github.com/clientele-go/clientele/internal/exact"
	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/key"
	"github.com/clientele-go/clientele/internal/wire"
	"github.com/shopspring/decimal"
)

// The binary form, in the words of that of summaries:
//
//	accounts "ltvA" 1 config text(currency) int(later) uint(unfinished)
//	         uint(customers) customer… uint(categories) category…
//	config   int(asOf) bool(payback) uint(campaigns) [int(from) uint(length)]…
//	         uint(listings) [text(category) text(product) money]…
//	customer id tab [uint(instalments) [uint(asOf-at) money]…, with payback]
//	tab      uint(records) uint(deals) [uint(asOf-last) uint(last-first) money money, with deals]
//	         uint(onDiscount) uint(inCampaigns) int(positions) int(ranked) int(ranks) nine moneys
//	category text(name) int(lines) three moneys
//
// Campaigns are in order of time, listings of category and product, customers of id,
// instalments from the latest, those of one moment from the least; categories of name.
const accountsMagic = "ltvA\x01"

// AppendBinary appends the binary form, which is versioned and does not hold what
// the roster knows beyond these accounts.
func (a *Accounts[K]) AppendBinary(dst []byte) ([]byte, error) {
	if !a.configured() {
		return dst, fault.Unconfigured("account.Accounts.AppendBinary")
	}
	c := &a.cols
	dst = c.cfg.append(append(dst, accountsMagic...))
	dst = wire.AppendInt(wire.AppendText(dst, c.currency), c.later)
	dst = wire.AppendUint(dst, uint64(c.unfinished))
	slots := slices.Collect(a.sorted())
	dst = wire.AppendUint(dst, uint64(len(slots)))
	for _, slot := range slots {
		dst = key.Append(dst, a.roster.ID(slot))
		dst = c.appendTab(dst, c.tabs.At(slot))
		if c.cfg.Payback {
			dst = c.appendInstalments(dst, *c.instalments.At(slot))
		}
	}
	return c.appendCategories(dst), nil
}

// MarshalBinary returns the binary form.
func (a *Accounts[K]) MarshalBinary() ([]byte, error) { return a.AppendBinary(nil) }

// MarshalJSON refuses: accounts are stored in their binary form, and shown by what their
// methods return.
func (a Accounts[K]) MarshalJSON() ([]byte, error) {
	return nil, fault.NoJSON("account.Accounts.MarshalJSON", "MarshalBinary to store accounts, All, By or Total to show them")
}

// UnmarshalJSON refuses, as MarshalJSON does.
func (a *Accounts[K]) UnmarshalJSON([]byte) error {
	return fault.NoJSON("account.Accounts.UnmarshalJSON", "UnmarshalBinary, which reads stored accounts")
}

func (c Config) append(dst []byte) []byte {
	dst = wire.AppendInt(dst, c.AsOf.UnixNano())
	dst = wire.AppendBool(dst, c.Payback)
	dst = wire.AppendUint(dst, uint64(len(c.Campaigns)))
	for _, p := range c.Campaigns {
		from := p.From.UnixNano()
		dst = wire.AppendInt(dst, from)
		dst = wire.AppendUint(dst, uint64(p.Until.UnixNano())-uint64(from))
	}
	dst = wire.AppendUint(dst, uint64(len(c.Book)))
	for _, l := range c.Book {
		dst = wire.AppendText(wire.AppendText(dst, l.Category), l.Product)
		dst = appendMoney(dst, l.Price)
	}
	return dst
}

// appendTab appends a tab of c's sums.
func (c *columns) appendTab(dst []byte, t *tab) []byte {
	dst = wire.AppendUint(dst, uint64(t.records))
	dst = wire.AppendUint(dst, uint64(t.deals))
	if t.deals > 0 {
		dst = wire.AppendUint(dst, uint64(c.asOf)-uint64(t.last))
		dst = wire.AppendUint(dst, uint64(t.last)-uint64(t.first))
		dst = c.wide.Append(dst, t.firstCheck)
		dst = c.wide.Append(dst, t.lastCheck)
	}
	dst = wire.AppendUint(dst, uint64(t.onDiscount))
	dst = wire.AppendUint(dst, uint64(t.inCampaigns))
	dst = wire.AppendInt(dst, t.positions)
	dst = wire.AppendInt(dst, t.ranked)
	dst = wire.AppendInt(dst, t.ranks)
	for _, s := range t.sums() {
		dst = c.wide.Append(dst, *s)
	}
	return dst
}

func (c *columns) appendInstalments(dst []byte, instalments []instalment) []byte {
	instalments = slices.Clone(instalments)
	slices.SortFunc(instalments, func(a, b instalment) int {
		return cmp.Or(cmp.Compare(b.at, a.at), c.wide.Compare(a.contribution, b.contribution))
	})
	dst = wire.AppendUint(dst, uint64(len(instalments)))
	for _, s := range instalments {
		dst = wire.AppendUint(dst, uint64(c.asOf)-uint64(s.at))
		dst = c.wide.Append(dst, s.contribution)
	}
	return dst
}

func (c *columns) appendCategories(dst []byte) []byte {
	dst = wire.AppendUint(dst, uint64(len(c.categories)))
	for _, name := range slices.Sorted(maps.Keys(c.categories)) {
		t := c.categories[name]
		dst = wire.AppendInt(wire.AppendText(dst, name), t.positions)
		for _, s := range t.sums() {
			dst = c.wide.Append(dst, *s)
		}
	}
	return dst
}

// appendMoney appends a decimal in the form of a sum.
func appendMoney(dst []byte, d decimal.Decimal) []byte {
	var wide exact.Wide
	var sum exact.Sum
	wide.Add(&sum, d)
	return wide.Append(dst, sum)
}
