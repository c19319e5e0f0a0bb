package journey

import (
	"slices"
	"strings"
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/rule"
)

// KnownFact is what is known of a person under one name.
type KnownFact struct {
	Fact                  // the fact that holds
	IsStale   bool        `json:"isStale,omitempty"`   // whether its freshness has ended, so that it should be asked again
	IsInDoubt bool        `json:"isInDoubt,omitempty"` // whether a fact of the same freshness says something else
	Against   []Overruled `json:"against,omitempty"`   // the other facts of the name, the latest first
}

// Overruled is a fact that does not hold, and why.
type Overruled struct {
	Fact
	Reason Reason `json:"reason"` // what speaks for the fact that holds
}

// Resolve returns what is known of a person at a moment: one fact a name, in ascending order
// of names, each with the facts that it was chosen before and the reason. Facts learned after
// now are not known yet and left out. The order of facts does not matter.
//
// It returns a [clientele.ConfigError] for a policy that [FactPolicy.Validate] refuses or a
// now that is zero or outside 1678-2261, and a [clientele.InputError] with the fact's index for a fact
// that [Fact.Validate] refuses.
func (p FactPolicy) Resolve(facts []Fact, now time.Time) ([]KnownFact, error) {
	const op = "journey.FactPolicy.Resolve"
	faults := clientele.ConfigError{Op: op}
	p.check(&faults)
	if err := rule.Time(now); err != nil {
		faults.Add("now", now, err)
	}
	if err := faults.Err(); err != nil {
		return nil, err
	}
	var known []Fact
	for i, f := range facts {
		if err := checkFact(op, i, f); err != nil {
			return nil, err
		}
		if !f.At.After(now) {
			known = append(known, f)
		}
	}
	return p.resolve(known, now), nil
}

// resolve is Resolve for facts that are usable and known.
func (p *FactPolicy) resolve(facts []Fact, now time.Time) []KnownFact {
	slices.SortFunc(facts, func(a, b Fact) int {
		if c := strings.Compare(a.Name, b.Name); c != 0 {
			return c
		}
		return compareFacts(a, b)
	})
	var all []KnownFact
	for len(facts) > 0 {
		name := facts[0].Name
		n := slices.IndexFunc(facts, func(f Fact) bool { return f.Name != name })
		if n < 0 {
			n = len(facts)
		}
		all = append(all, p.rule(name).choose(facts[:n], now))
		facts = facts[n:]
	}
	return all
}

// rule is that of a name.
func (p *FactPolicy) rule(name string) *FactRule {
	for i := range p.Rules {
		if p.Rules[i].Name == name {
			return &p.Rules[i]
		}
	}
	return &p.Other
}

// choose returns the fact of a name that holds.
func (r *FactRule) choose(facts []Fact, now time.Time) KnownFact {
	best := 0
	for i := range facts {
		if order, _ := r.compare(&facts[i], &facts[best], now); order < 0 {
			best = i
		}
	}
	chosen := KnownFact{Fact: facts[best], IsStale: r.isStale(&facts[best], now)}
	for i, f := range facts {
		if i == best {
			continue
		}
		_, why := r.compare(&chosen.Fact, &f, now)
		if f.Value == chosen.Value {
			why = Agrees
		} else if r.isStale(&f, now) == chosen.IsStale {
			chosen.IsInDoubt = true
		}
		chosen.Against = append(chosen.Against, Overruled{f, why})
	}
	return chosen
}
