package account

import (
	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/exact"
	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/rule"
	"github.com/clientele-go/clientele/internal/table"
	"github.com/clientele-go/clientele/ltv/internal/receipts"
)

// Merge adds the receipts of o. The rosters may be the same or different; o is only read,
// unless it is a itself. Merge returns [clientele.ErrMismatch] if the configurations or the
// currencies differ, and changes nothing then.
func (a *Accounts[K]) Merge(o *Accounts[K]) error {
	const op = "account.Accounts.Merge"
	if o == nil {
		return fault.Of(op, "accounts", nil, rule.Want(rule.Missing, "accounts to add"))
	}
	if !o.configured() {
		return nil
	}
	if a.configured() {
		switch field, own, other := a.cols.cfg.difference(o.cols.cfg); field {
		case "":
		case "AsOf":
			return fault.OtherMoment(op, a.cols.cfg.AsOf, o.cols.cfg.AsOf)
		default:
			return fault.Differs(op, field, own, other)
		}
	}
	if err := receipts.Agree(op, &a.cols.currency, o.cols.currency); err != nil {
		return err
	}
	if !a.configured() {
		currency := a.cols.currency
		a.roster, a.cols = new(clientele.Roster[K]), newColumns(o.cols.cfg)
		a.cols.currency = currency
	}
	slots := a.roster.Join(o.roster, 0)
	a.cols.grow(a.roster.Len())
	a.cols.merge(slots, &o.cols)
	return nil
}

// merge adds o's columns to c's: o's slot i to slots[i].
func (c *columns) merge(slots []int32, o *columns) {
	c.later += o.later
	c.unfinished += o.unfinished
	for i := range min(o.tabs.Len(), len(slots)) {
		t := *o.tabs.At(int32(i))
		c.tabs.At(slots[i]).join(&c.wide, &o.wide, &t)
		if c.cfg.Payback {
			c.mergeInstalments(c.instalments.At(slots[i]), &o.wide, *o.instalments.At(int32(i)))
		}
	}
	for name, from := range o.categories {
		c.category(name).join(&c.wide, &o.wide, *from)
	}
}

func (c *columns) mergeInstalments(to *[]instalment, from *exact.Wide, instalments []instalment) {
	for _, s := range instalments {
		s.contribution = c.wide.Copy(from, s.contribution)
		*to = append(*to, s)
	}
}

// Reset forgets all receipts and keeps the configuration, the roster and the
// memory.
func (a *Accounts[K]) Reset() {
	c := &a.cols
	c.tabs.Reset()
	c.instalments.Reset()
	clear(c.categories)
	c.wide.Reset()
	c.later, c.unfinished, c.currency = 0, 0, ""
}

// Clone returns accounts with the same facts, configuration and roster.
func (a *Accounts[K]) Clone() *Accounts[K] {
	if a == nil {
		return nil
	}
	c := a.cols
	c.tabs, c.wide = a.cols.tabs.Clone(), a.cols.wide.Clone()
	c.instalments = table.CloneLists(&a.cols.instalments)
	c.categories = table.CloneMap(a.cols.categories)
	return &Accounts[K]{roster: a.roster, cols: c}
}
