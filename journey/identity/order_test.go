package identity_test

import (
	"fmt"
	"reflect"
	"slices"
	"testing"

	"github.com/clientele-go/clientele/journey"
	"github.com/clientele-go/clientele/journey/identity"
	"pgregory.net/rapid"
)

// Invariant: all answers follow from the set of touches, the rules and the Unlinks,
// whatever the order, the shards, and what is asked in between.
func TestOrderDoesNotMatter(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rules, touches, apart, more := drawRules(t), drawTouches(t), drawApart(t), drawTouches(t)
		one, other := drawStitched(t, rules, touches, apart), drawStitched(t, rules, touches, apart)
		a, b := answersOf(t, one, touches), answersOf(t, other, touches)
		for name, answer := range a {
			if !reflect.DeepEqual(answer, b[name]) {
				t.Fatalf("%s differs:\n%v\n%v", name, answer, b[name])
			}
		}
		before, same := one.Clone(), other.Clone()
		one, other = drawStitched(t, rules, slices.Concat(touches, more), apart), drawStitched(t, rules, slices.Concat(more, touches), apart)
		if x, y := drawn(one.Changes(before))(t), drawn(other.Changes(same))(t); !reflect.DeepEqual(x, y) {
			t.Fatalf("changes differ:\n%v\n%v", x, y)
		}
	})
}

// answersOf are all that a stitcher answers, by name.
func answersOf(t *rapid.T, s *identity.Stitcher, touches []journey.Touch) map[string]any {
	form := drawn(s.MarshalBinary())(t)
	all := map[string]any{
		"MarshalBinary": form, "AppendBinary": drawn(s.AppendBinary(nil))(t), "Rules": s.Rules(),
		"All": slices.Collect(s.All()), "Len": s.Len(), "Totals": s.Totals(), "Conflicts": s.Conflicts(),
		"Refused": s.Refused(), "Warnings": s.Warnings(), "Unlinked": s.Unlinked(),
	}
	for i, next := range touches {
		profile, known := s.Of(next)
		all[fmt.Sprint("Of ", i)] = fmt.Sprint(profile, known)
		for _, id := range next.Identifiers {
			p, known := s.Profile(id)
			all["Profile "+id.String()] = fmt.Sprint(p, known)
			number, known := s.ID(id)
			all["ID "+id.String()] = fmt.Sprint(number, known)
			why, err := s.Explain(next.Identifiers[0], id)
			all["Explain "+id.String()+fmt.Sprint(i)] = fmt.Sprint(why, err)
		}
	}
	return all
}
