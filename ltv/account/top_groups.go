package account

import (
	"cmp"
	"slices"
	"strings"

	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/rule"
	"github.com/shopspring/decimal"
)

// TopGroups reduces many groups to n and the rest: it returns a function that labels
// customers as group does if their group is one of the n with the greatest measure, and
// labels all others with other. Among groups of equal measure those whose labels come
// first are taken. measure is of the account of a whole group, such as Account.Profit: a
// total. By a rate, such as the profit per deal, a group of one lucky customer would come first.
//
// Give the function to [Accounts.By], to [Accounts.DiscountSensitivity], or to another
// package that groups customers: the groups are the same everywhere, those at the top are
// what they are among all groups, and the sum of all is the total. A customer whose group
// nobody in the accounts has is one of the others.
//
// TopGroups returns [clientele.ErrDuplicate] if a group has the label other already,
// [clientele.ErrRange] if n is below 1 or the exponent of a measure beyond ±1000, and
// [clientele.ErrMissing] without group or measure.
func (a *Accounts[K]) TopGroups(group func(K) string, n int, measure func(Account) decimal.Decimal, other string) (func(K) string, error) {
	const op = "account.Accounts.TopGroups"
	if err := a.checkGroup(op, group); err != nil {
		return nil, err
	}
	switch {
	case n < 1:
		return nil, fault.Of(op, "n", n, rule.Want(rule.Range, "1 group or more"))
	case measure == nil:
		return nil, fault.Of(op, "measure", nil, rule.Want(rule.Missing, "a function that returns what groups are ranked by"))
	}
	type measured struct {
		label string
		by    decimal.Decimal
	}
	var all []measured
	for label, s := range tallied(a, a.slots(), group, (*tabSum).add) {
		if label == other {
			return nil, fault.Of(op, "other", other, rule.Because(rule.Duplicate, "a group has this label", "a label that no group has"))
		}
		by := measure(s.account(a.cols.asOf))
		if err := rule.Computed(by); err != nil {
			return nil, fault.Of(op, "measure", by, err)
		}
		all = append(all, measured{label, by})
	}
	slices.SortFunc(all, func(p, q measured) int { return cmp.Or(q.by.Cmp(p.by), strings.Compare(p.label, q.label)) })
	top := make(map[string]bool)
	for _, g := range all[:min(n, len(all))] {
		top[g.label] = true
	}
	return func(customer K) string {
		if label := group(customer); top[label] {
			return label
		}
		return other
	}, nil
}
