package account

import (
	"time"

	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/rule"
)

// Advance moves the accounts to a later AsOf, as a nightly job does with the accounts
// stored the night before. Then feed all receipts or deals after the old AsOf: those that
// the accounts were given before and counted as [Accounts.Later] were not kept, and Later
// is 0 again. Accounts that were advanced and fed equal accounts made anew as of the
// later moment, down to the bytes of their binary form.
//
// The same moment changes nothing. Advance returns [clientele.ErrRange] for an earlier
// one, and [clientele.ErrMismatch] after a deal ([Accounts.AddDeal]) that goes on after
// the present AsOf: the money that it had by then is added, and the rest of one deal
// cannot be told from another deal. So add deals when they are over. What is refused
// changes nothing. The time of Advance does not grow with the accounts.
func (a *Accounts[K]) Advance(asOf time.Time) error {
	const op = "account.Accounts.Advance"
	if !a.configured() {
		return fault.Unconfigured(op)
	}
	ahead, err := fault.Ahead(op, asOf, a.cols.cfg.AsOf)
	switch {
	case err != nil || !ahead:
		return err
	case a.cols.unfinished > 0:
		return fault.Of(op, "Receipts", nil, errUnfinished)
	}
	a.cols.setMoment(asOf)
	a.cols.later = 0
	return nil
}

var errUnfinished = rule.Because(rule.Mismatch, "a deal goes on after the present moment",
	"deals that were over when they were added, or accounts made anew as of the later moment")
