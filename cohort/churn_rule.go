package cohort

import (
	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/rule"
	"github.com/clientele-go/clientele/internal/strict"
)

// ChurnRule says how long a customer may be silent. A customer who buys nothing for
// longer after a purchase is lost, from then on until the next purchase, with which the
// customer returns. It is a plain struct with a JSON form, so you can store it and edit
// it in a settings page.
type ChurnRule struct {
	// Silent is the silence that is allowed, in days of 24 hours; required. With
	// Intervals it applies to customers who have bought on one day only.
	Silent clientele.Days `json:"silent"`

	// Intervals, if above 0, allows a silence of this many times the customer's own mean
	// interval: the mean number of days between the days of purchases so far. 0 = Silent
	// for everybody.
	Intervals float64 `json:"intervals,omitempty"`

	// MinSilent is the shortest silence that is allowed under Intervals, however short
	// the mean interval; 0 = Silent, so that Intervals can only lengthen it.
	MinSilent clientele.Days `json:"minSilent,omitempty"`
}

// UnmarshalJSON reads a rule. An unknown key, a key given twice and a value of the wrong
// type return an InputError of [clientele.ErrEncoding] with the path, and leave the rule
// as it was. The values are checked when the question is asked.
func (r *ChurnRule) UnmarshalJSON(data []byte) error {
	return strict.Into[clientele.InputError]("cohort.ChurnRule.UnmarshalJSON", data, r)
}

const maxIntervals = 1e6

// The faults of a rule.
var (
	errNotIntervals      = rule.Want(rule.NotFinite, "a number of mean intervals, 0 or more")
	errNegativeIntervals = rule.Want(rule.Negative, "a number of mean intervals, 0 or more")
	errManyIntervals     = rule.Want(rule.Range, "at most %d mean intervals", int(maxIntervals))
	errWithoutIntervals  = rule.Because(rule.Range, "without Intervals", "0, or Intervals above 0, since it bounds the silence that Intervals allows")
)

// fill returns the rule with its defaults and notes its faults.
func (r ChurnRule) fill(faults *clientele.ConfigError) ChurnRule {
	checkLength(faults, "Rule.Silent", r.Silent)
	switch {
	case !rule.IsFinite(r.Intervals):
		faults.Add("Rule.Intervals", r.Intervals, errNotIntervals)
	case r.Intervals < 0:
		faults.Add("Rule.Intervals", r.Intervals, errNegativeIntervals)
	case r.Intervals > maxIntervals:
		faults.Add("Rule.Intervals", r.Intervals, errManyIntervals)
	}
	if err := rule.Days(r.MinSilent); err != nil {
		faults.Add("Rule.MinSilent", r.MinSilent, err)
	} else if r.MinSilent != 0 && r.Intervals == 0 {
		faults.Add("Rule.MinSilent", r.MinSilent, errWithoutIntervals)
	}
	if r.MinSilent == 0 {
		r.MinSilent = r.Silent
	}
	return r
}

// shortest is the shortest silence that the rule, with its defaults, allows to anybody.
func (r ChurnRule) shortest() clientele.Days { return min(r.Silent, r.MinSilent) }
