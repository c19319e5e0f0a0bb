package survival

import (
	"iter"
	"math"
	"slices"
	"strings"

	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/labelset"
	"github.com/clientele-go/clientele/internal/rule"
)

// Spell is how long one customer was observed: until an event, such as the second
// purchase or the end of a contract, or until the observation ended without it.
// Times are in days, or in any other unit, counted from an origin of the customer's
// own, such as the first purchase. They are compared exactly; see [AlignTimes] for times
// that differ by rounding.
type Spell struct {
	// Enter is when the observation began, if that was after the origin (left
	// truncation): a customer who had the event earlier is not in the data at all. The
	// customer is at risk at every time t with Enter < t ≤ Time. 0 = observed from the
	// origin on, and at risk at time 0 too.
	Enter float64 `json:"enter,omitempty"`

	// Time is when the event happened or the observation ended. It is later than
	// Enter; if Enter is 0, it may be 0.
	Time float64 `json:"time"`

	Event  bool    `json:"event"`            // whether the event happened at Time; false = censored: not yet, as far as was observed
	Weight float64 `json:"weight,omitempty"` // how many equal customers the spell stands for, 1e-9 to 1e9; 0 = 1
	Group  string  `json:"group,omitempty"`  // any label, for KaplanMeierBy and the tests
}

// The weights that a spell may have: within these limits no quotient overflows.
const (
	minWeight = 1e-9
	maxWeight = 1e9
)

// The rules of a spell.
var (
	errNegative        = rule.Want(rule.Negative, "0 or more")
	errNotFinite       = rule.Want(rule.NotFinite, "a number from 0 up")
	errWeight          = rule.Want(rule.Range, "a weight from 1e-9 to 1e9, or 0 for 1")
	errPartOfACustomer = rule.Because(rule.Range, "not a whole number",
		"a whole number of customers: tests count customers, and fractional weights would make them too sure")
	errNoSpells = rule.Because(rule.Empty, "no spells", "at least one spell")
)

// spellRule says how spells are read.
type spellRule struct {
	grouped bool // by their labels; otherwise they are all one group
	whole   bool // whether weights must be whole numbers
}

// check returns what is wrong with a spell.
func (r spellRule) check(s Spell) error {
	inOrder := s.Enter >= 0 && (s.Time > s.Enter || s.Time == 0 && s.Enter == 0) && s.Time <= math.MaxFloat64
	if inOrder && (s.Weight == 0 || s.Weight == 1) {
		return nil
	}
	for _, number := range [...]struct {
		field string
		value float64
	}{{"Enter", s.Enter}, {"Time", s.Time}, {"Weight", s.Weight}} {
		if err := checkNumber(number.value); err != nil {
			return fault.Of("", number.field, number.value, err)
		}
	}
	switch {
	case !inOrder:
		return fault.Of("", "Time", s.Time, rule.Because(rule.Range, "not after Enter", "a time after %g, when the observation began", s.Enter))
	case s.Weight != 0 && (s.Weight < minWeight || s.Weight > maxWeight):
		return fault.Of("", "Weight", s.Weight, errWeight)
	case r.whole && s.Weight != math.Trunc(s.Weight):
		return fault.Of("", "Weight", s.Weight, errPartOfACustomer)
	}
	return nil
}

// checkNumber refuses anything but a finite number from 0 up.
func checkNumber(v float64) error {
	switch {
	case v >= 0 && v <= math.MaxFloat64:
		return nil
	case v < 0 && v >= -math.MaxFloat64:
		return errNegative
	}
	return errNotFinite
}

// readSpells reads spells into groups, in ascending order of their labels and each of
// them sorted.
func readSpells(op string, src iter.Seq2[Spell, error], r spellRule) ([]group, error) {
	if src == nil {
		return nil, fault.Of(op, "spells", nil, rule.ErrNoSource)
	}
	var groups []group
	var labels labelset.Set
	for s, err := range fault.Checked(op, src, r.check) {
		if err != nil {
			return nil, err
		}
		i := 0
		if r.grouped {
			i = int(labels.ID(s.Group))
		}
		if i == len(groups) {
			groups = append(groups, group{})
		}
		groups[i].add(s)
	}
	if len(groups) == 0 {
		return nil, fault.Of(op, "spells", nil, errNoSpells)
	}
	for i := range groups {
		groups[i].sort()
		if r.grouped {
			groups[i].name = labels.Names()[i]
		}
	}
	slices.SortFunc(groups, func(a, b group) int { return strings.Compare(a.name, b.name) })
	return groups, nil
}
