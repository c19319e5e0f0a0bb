package account

import (
	"cmp"
	"iter"
	"slices"
	"time"

	"github.com/clientele-go/clientele/internal/exact"
	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/rule"
	"github.com/clientele-go/clientele/ltv/internal/quotient"
	"github.com/shopspring/decimal"
)

// Payback says since when a customer has paid back the cost of acquisition: the
// contributions of receipts (margin less cost to serve), refunds included, add up to that
// cost or more, and have not fallen below it again up to AsOf. A receipt that was wholly
// taken back still counts by its cost to serve, if it had one.
type Payback struct {
	Paid        bool            `json:"paid"`        // whether the cost of acquisition is paid back as of AsOf
	Outstanding decimal.Decimal `json:"outstanding"` // part of the cost of acquisition that is not paid back as of AsOf; 0 where Paid

	// At is the moment of the receipt that paid the cost of acquisition back; zero unless
	// Paid.
	At time.Time `json:"at,omitzero"`

	// Interpolated is when the cost of acquisition would have been paid back had the
	// contribution of the receipt of At come evenly since the receipt before: the
	// break-even that accountants interpolate. It is At where the first receipt paid
	// all.
	Interpolated time.Time `json:"interpolated,omitzero"`

	// Days are days of 24 hours from the first receipt to At or, unless Paid, to
	// AsOf: for a survival curve, a duration that is censored at AsOf.
	Days float64 `json:"days"`
}

// Payback returns a customer's payback. ok is false for a customer without a receipt. It
// returns [clientele.ErrMissing] if [Config].Payback is false.
func (a *Accounts[K]) Payback(customer K) (p Payback, ok bool, err error) {
	if err := a.checkPayback("account.Accounts.Payback"); err != nil {
		return Payback{}, false, err
	}
	slot, ok := a.find(customer)
	if !ok || len(*a.cols.instalments.At(slot)) == 0 {
		return Payback{}, false, nil
	}
	return a.cols.payback(slot), true, nil
}

// Paybacks yields the customers who have a receipt and their paybacks, in order of
// first appearance in the roster. It returns [clientele.ErrMissing] if [Config].Payback is
// false.
func (a *Accounts[K]) Paybacks() (iter.Seq2[K, Payback], error) {
	if err := a.checkPayback("account.Accounts.Paybacks"); err != nil {
		return nil, err
	}
	return func(yield func(K, Payback) bool) {
		for slot := range a.slots() {
			if len(*a.cols.instalments.At(slot)) > 0 && !yield(a.roster.ID(slot), a.cols.payback(slot)) {
				return
			}
		}
	}, nil
}

// checkPayback refuses accounts that have not kept the instalments.
func (a *Accounts[K]) checkPayback(op string) error {
	switch {
	case !a.configured():
		return fault.Unconfigured(op)
	case !a.cols.cfg.Payback:
		return fault.Of(op, "Config.Payback", false, rule.Because(rule.Missing, "the moments of receipts were not kept", "true when the accounts are made"))
	}
	return nil
}

// payback of a slot that has instalments. Instalments of one moment count together.
func (c *columns) payback(slot int32) Payback {
	instalments := slices.Clone(*c.instalments.At(slot))
	slices.SortStableFunc(instalments, func(a, b instalment) int { return cmp.Compare(a.at, b.at) })
	var wide exact.Wide
	var balance exact.Sum
	wide.Deduct(&balance, &c.wide, c.tabs.At(slot).acquisition)
	var p Payback
	before := instalments[0].at
	for i := 0; i < len(instalments); {
		at, old := instalments[i].at, wide.Decimal(balance)
		for ; i < len(instalments) && instalments[i].at == at; i++ {
			wide.Join(&balance, &c.wide, instalments[i].contribution)
		}
		switch sign := wide.Sign(balance); {
		case sign < 0:
			p = Payback{}
		case !p.Paid:
			p = Payback{Paid: true, At: rule.Moment(at), Interpolated: breakEven(before, at, old, wide.Decimal(balance))}
		}
		before = at
	}
	end := c.asOf
	if p.Paid {
		end = p.At.UnixNano()
	} else {
		p.Outstanding = wide.Decimal(balance).Neg()
	}
	p.Days = daysBetween(rule.Moment(instalments[0].at), rule.Moment(end))
	return p
}

// breakEven is when a balance that rises evenly from below 0 at one moment to at
// least 0 at another passes 0, to the nanosecond.
func breakEven(from, to int64, old, now decimal.Decimal) time.Time {
	if from == to || old.Sign() >= 0 {
		return rule.Moment(to)
	}
	part, _ := quotient.OfMoney(old.Neg(), now.Sub(old))
	return rule.Moment(to - int64((1-part)*(float64(to)-float64(from))))
}
