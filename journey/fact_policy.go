package journey

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/enum"
	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/rule"
	"github.com/clientele-go/clientele/internal/strict"
)

// FactPolicy says how long facts stay fresh, and which of several facts of one name holds:
// a fresh one before one that is not; then by the rule of the name. It is data with a JSON
// form. The zero FactPolicy is ready: facts stay fresh for ever, and what was bought is
// trusted before what was declared, and that before what was observed.
type FactPolicy struct {
	Rules []FactRule `json:"rules,omitempty"` // rules by name; there may be none
	Other FactRule   `json:"other,omitzero"`  // rule of every other name; its Name is ""
}

// FactRule is the rule of one name.
type FactRule struct {
	Name string `json:"name,omitempty"` // name of the facts that the rule is for

	Fresh clientele.Days `json:"fresh,omitempty"` // days for which a fact without FreshUntil stays fresh; 0 = for ever

	// Sources are the sources that are trusted, the most trusted first; a source that is not
	// named comes after those that are. None = Bought, Declared, Observed. Of facts from one
	// source the latest holds.
	Sources []Source `json:"sources,omitempty"`

	// Latest makes the latest fact hold whatever its source: for what changes, such as an
	// address. Sources decide between facts of one moment.
	Latest bool `json:"latest,omitempty"`
}

// UnmarshalJSON reads a policy. An unknown key, a key given twice or a value of the wrong
// type returns a [clientele.InputError] of [clientele.ErrEncoding] and leaves p as it was.
// [FactPolicy.Validate] checks the values.
func (p *FactPolicy) UnmarshalJSON(data []byte) error {
	return strict.Into[clientele.InputError]("journey.FactPolicy.UnmarshalJSON", data, p)
}

// UnmarshalJSON reads a rule as [FactPolicy.UnmarshalJSON] reads a policy.
func (r *FactRule) UnmarshalJSON(data []byte) error {
	return strict.Into[clientele.InputError]("journey.FactRule.UnmarshalJSON", data, r)
}

// Validate reports all faults of the policy at once in a [clientele.ConfigError]: a name
// that is missing or given twice, days below 0 or beyond 106,751, sources that do not exist
// or are given twice.
func (p FactPolicy) Validate() error {
	faults := clientele.ConfigError{Op: "journey.FactPolicy.Validate"}
	p.check(&faults)
	return faults.Err()
}

func (p *FactPolicy) check(faults *clientele.ConfigError) {
	seen := make(map[string]bool)
	for i, r := range p.Rules {
		at := fmt.Sprintf("Rules[%d].", i)
		fault.AddLabel(faults, at+"Name", r.Name, seen)
		r.check(faults, at)
	}
	if p.Other.Name != "" {
		faults.Add("Other.Name", p.Other.Name, rule.Because(rule.Range, "the rule of all other names has a name", `"", or an entry in Rules`))
	}
	p.Other.check(faults, "Other.")
}

func (r *FactRule) check(faults *clientele.ConfigError, at string) {
	if err := rule.Days(r.Fresh); err != nil {
		faults.Add(at+"Fresh", r.Fresh, err)
	}
	for i, s := range r.Sources {
		field := fmt.Sprintf("%sSources[%d]", at, i)
		enum.Check(faults, field, sourceNames[:], s)
		if slices.Contains(r.Sources[:i], s) {
			faults.Add(field, s, fault.ErrTwice)
		}
	}
}

// rank is the place of a source among those trusted, 0 for the first.
func (r *FactRule) rank(s Source) int {
	sources := r.Sources
	if len(sources) == 0 {
		sources = []Source{Bought, Declared, Observed}
	}
	if i := slices.Index(sources, s); i >= 0 {
		return i
	}
	return len(sources) + int(s)
}

// isStale reports whether a fact is no longer fresh at a moment.
func (r *FactRule) isStale(f *Fact, now time.Time) bool {
	switch {
	case !f.FreshUntil.IsZero():
		return now.After(f.FreshUntil)
	case r.Fresh == 0:
		return false
	default:
		return now.Sub(f.At) > r.Fresh.Duration()
	}
}

// compare orders facts of a name by which holds: it is negative if a holds against b, and
// why is what speaks against the other.
func (r *FactRule) compare(a, b *Fact, now time.Time) (order int, why Reason) {
	trust := cmp.Compare(r.rank(a.Source), r.rank(b.Source))
	recency := b.At.Compare(a.At)
	first, second := trust, recency
	reasons := [...]Reason{LessTrusted, Older}
	if r.Latest {
		first, second = recency, trust
		reasons = [...]Reason{Older, LessTrusted}
	}
	switch staleA, staleB := r.isStale(a, now), r.isStale(b, now); {
	case staleA && !staleB:
		return +1, Stale
	case staleB && !staleA:
		return -1, Stale
	case first != 0:
		return first, reasons[0]
	case second != 0:
		return second, reasons[1]
	default:
		return compareFacts(*a, *b), SameMoment
	}
}
