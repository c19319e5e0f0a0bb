package cohort

import (
	"math"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/rule"
	"github.com/clientele-go/clientele/internal/strict"
)

// ChurnRule says how long a customer may be silent. A customer who buys nothing for
// longer after a purchase is lost, from then on until the next purchase, with which the
// customer returns. A rule is data, to be stored and edited.
type ChurnRule struct {
	// Silent is the silence that is allowed, in days of 24 hours; required. With
	// Rhythms it applies to customers who have no rhythm yet.
	Silent clientele.Days `json:"silent"`

	// Rhythms allows instead a silence of so many times the customer's own rhythm,
	// which is the mean number of days between the days of purchases so far. Customers
	// who have bought on only one day have no rhythm. 0 = Silent for everybody.
	Rhythms float64 `json:"rhythms,omitempty"`

	// MinSilent is the shortest silence that is allowed under Rhythms, however fast the
	// rhythm; 0 = Silent, so that rhythms only lengthen it.
	MinSilent clientele.Days `json:"minSilent,omitempty"`
}

// UnmarshalJSON reads a rule. An unknown key, a key given twice and a value of the wrong
// type are an InputError of [clientele.ErrEncoding] with the path, and leave the rule as
// it was. Whether the values can be used is checked with the question.
func (r *ChurnRule) UnmarshalJSON(data []byte) error {
	return strict.Into[clientele.InputError]("cohort.ChurnRule.UnmarshalJSON", data, r)
}

const maxRhythms = 1e6

// The faults of a rule.
var (
	errNoRhythm       = rule.Want(rule.NotFinite, "a number of rhythms, 0 or more")
	errNegativeRhythm = rule.Want(rule.Negative, "a number of rhythms, 0 or more")
	errManyRhythms    = rule.Want(rule.Range, "at most %d rhythms", int(maxRhythms))
	errWithoutRhythm  = rule.Because(rule.Range, "without Rhythms", "0, or Rhythms above 0, since it bounds the silence that rhythms allow")
)

// fill returns the rule with its defaults and notes its faults.
func (r ChurnRule) fill(faults *clientele.ConfigError) ChurnRule {
	checkLength(faults, "Rule.Silent", r.Silent)
	switch {
	case math.IsNaN(r.Rhythms) || math.IsInf(r.Rhythms, 0):
		faults.Add("Rule.Rhythms", r.Rhythms, errNoRhythm)
	case r.Rhythms < 0:
		faults.Add("Rule.Rhythms", r.Rhythms, errNegativeRhythm)
	case r.Rhythms > maxRhythms:
		faults.Add("Rule.Rhythms", r.Rhythms, errManyRhythms)
	}
	if err := rule.Days(r.MinSilent); err != nil {
		faults.Add("Rule.MinSilent", r.MinSilent, err)
	} else if r.MinSilent != 0 && r.Rhythms == 0 {
		faults.Add("Rule.MinSilent", r.MinSilent, errWithoutRhythm)
	}
	if r.MinSilent == 0 {
		r.MinSilent = r.Silent
	}
	return r
}

// shortest is the shortest silence that the rule, with its defaults, allows to anybody.
func (r ChurnRule) shortest() clientele.Days { return min(r.Silent, r.MinSilent) }
