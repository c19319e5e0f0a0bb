package cohort

import (
	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/rule"
)

// What several questions refuse.
var (
	errNoActivity     = rule.Want(rule.Missing, "an activity that New has made, or the zero Activity")
	errNoHistory      = rule.Want(rule.Missing, "a history; the zero History is empty and ready")
	errNoPurchases    = rule.Because(rule.Empty, "no purchases", "purchases that were added before the question is asked")
	errOnlyRefunds    = rule.Because(rule.Empty, "only refunds", "at least one purchase, an amount of 0 or more")
	errNoLength       = rule.Want(rule.Missing, "a number of days from 1 on")
	errNegativeLength = rule.Want(rule.Negative, "a number of days from 1 on")
	errNumber         = rule.Want(rule.Negative, "the number of a purchase, counted from 1")
)

// checkLength notes a required length of time that cannot be used.
func checkLength(faults *clientele.ConfigError, field string, days clientele.Days) {
	switch err := rule.Days(days); {
	case days == 0:
		faults.Add(field, days, errNoLength)
	case days < 0:
		faults.Add(field, days, errNegativeLength)
	case err != nil:
		faults.Add(field, days, err)
	}
}

// ready returns the faults of a configuration or, without any, that of a nil Activity.
func (a *Activity[K]) ready(faults *clientele.ConfigError) error {
	if err := faults.Err(); err != nil {
		return err
	}
	return a.exists(faults.Op)
}

// exists refuses a nil Activity.
func (a *Activity[K]) exists(op string) error {
	if a == nil {
		return fault.Of(op, "Activity", nil, errNoActivity)
	}
	return nil
}

// nobody says that there is no customer to answer from: because nothing was added,
// because everything is later than asOf, or else for the reason given.
func (b *book) nobody(op string, asOf int64, otherwise error) error {
	err := otherwise
	switch {
	case b.n == 0:
		err = errNoPurchases
	case asOf < b.from:
		err = rule.Because(rule.Empty, "no purchases up to AsOf", "an AsOf from %s on, when the first one was made", rule.Moment(b.from))
	}
	return fault.Of(op, "customers", nil, err)
}
