package basket

import (
	"fmt"
	"slices"
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/enum"
	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/rule"
	"github.com/clientele-go/clientele/internal/strict"
)

// Sequence names two items, of which the second is looked for after the first.
type Sequence struct {
	First string `json:"first"` // name of the item that is bought first
	Then  string `json:"then"`  // name of the item that may follow
}

// FollowsConfig says what [Follows] look for.
type FollowsConfig struct {
	// AsOf is the last moment that counts; required. Later receipts are counted in
	// [Follows.Later] and otherwise ignored.
	AsOf time.Time `json:"asOf"`

	Sequences []Sequence     `json:"sequences"`   // what may follow what; at least one, each once
	Within    clientele.Days `json:"within"`      // how long after First a purchase of Then counts, up to and including this time; required, above 0
	By        ItemKind       `json:"by,omitzero"` // what counts as an item; zero = ByProduct
}

// Validate reports all faults of the configuration at once in a
// [clientele.ConfigError], as [NewFollows] does.
func (c FollowsConfig) Validate() error { return c.validate("basket.FollowsConfig.Validate") }

// UnmarshalJSON reads a configuration strictly: it returns [clientele.ErrEncoding] for an unknown
// key, a key given twice or a value of the wrong type, and changes nothing then.
func (c *FollowsConfig) UnmarshalJSON(data []byte) error {
	return strict.Into[clientele.InputError]("basket.FollowsConfig.UnmarshalJSON", data, c)
}

func (c FollowsConfig) validate(op string) error {
	faults := clientele.ConfigError{Op: op}
	fault.AddAsOf(&faults, c.AsOf)
	if len(c.Sequences) == 0 {
		faults.Add("Sequences", nil, rule.Want(rule.Missing, "one sequence or more, such as a bracket after a television"))
	}
	seen := make(map[Sequence]bool)
	for i, s := range c.Sequences {
		s.check(&faults, fmt.Sprintf("Sequences[%d]", i), seen)
	}
	if c.Within == 0 {
		faults.Add("Within", c.Within, rule.Want(rule.Missing, "1 day or more, such as 90"))
	} else if err := rule.Days(c.Within); err != nil {
		faults.Add("Within", c.Within, err)
	}
	enum.Check(&faults, "By", itemKindNames[:], c.By)
	return faults.Err()
}

// check notes what is wrong with a sequence, and remembers it in seen.
func (s Sequence) check(faults *clientele.ConfigError, place string, seen map[Sequence]bool) {
	none := make(map[string]bool)
	fault.AddLabel(faults, place+".First", s.First, none)
	switch {
	case s.First == s.Then && s.First != "":
		faults.Add(place+".Then", s.Then, rule.Because(rule.Duplicate, "given twice", "another item than First"))
	case seen[s]:
		faults.Add(place, s, fault.ErrTwice)
	default:
		fault.AddLabel(faults, place+".Then", s.Then, none)
	}
	seen[s] = true
}

// items are the names that the sequences have, in ascending order.
func (c FollowsConfig) items() []string {
	var all []string
	for _, s := range c.Sequences {
		all = append(all, s.First, s.Then)
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// difference returns the first field in which two configurations differ, with the value of
// each; "" where they do not.
func (c FollowsConfig) difference(o FollowsConfig) (field string, own, other any) {
	switch {
	case !c.AsOf.Equal(o.AsOf):
		return "AsOf", c.AsOf, o.AsOf
	case !slices.Equal(c.Sequences, o.Sequences):
		return "Sequences", c.Sequences, o.Sequences
	case c.Within != o.Within:
		return "Within", c.Within, o.Within
	case c.By != o.By:
		return "By", c.By, o.By
	}
	return "", nil, nil
}
