package identity_test

import (
	"bytes"
	"cmp"
	"reflect"
	"slices"
	"testing"

	"github.com/clientele-go/clientele/journey"
	"github.com/clientele-go/clientele/journey/identity"
	"github.com/google/uuid"
	"pgregory.net/rapid"
)

// drawInOrder are touches in order, no two of one moment and number, so that the plain
// version knows which is first.
func drawInOrder(t *rapid.T) []journey.Touch {
	all := drawTouches(t)
	for i := range all {
		all[i].Seq = int64(i)
	}
	slices.SortFunc(all, func(a, b journey.Touch) int { return cmp.Or(a.At.Compare(b.At), cmp.Compare(a.Seq, b.Seq)) })
	return all
}

// counted are the touches that count, of touches in order: of several with one ID the
// earliest.
func counted(s *identity.Stitcher, touches []journey.Touch) []journey.Touch {
	seen := make(map[uuid.UUID]bool)
	return slices.DeleteFunc(slices.Clone(touches), func(t journey.Touch) bool {
		if _, usable := s.Of(t); !usable {
			return true
		}
		again := t.ID != uuid.Nil && seen[t.ID]
		seen[t.ID] = true
		return again
	})
}

// Invariant: profiles are those of the plain version.
func TestStitcherEqualsPlain(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rules, touches, apart := drawRules(t), drawInOrder(t), drawApart(t)
		s := drawStitched(t, rules, touches, nil)
		known := apart[:0]
		for _, pair := range apart {
			if s.Unlink(pair[0], pair[1]) == nil {
				known = append(known, pair)
			}
		}
		touches = counted(s, touches)
		want := newPlain(rules, known).stitch(touches)
		to, from := make(map[string]string), make(map[string]string)
		for i, next := range touches {
			got, _ := s.Of(next)
			if x, known := to[got]; known && x != want[i] {
				t.Fatalf("%v is joined with others", next)
			}
			if x, known := from[want[i]]; known && x != got {
				t.Fatalf("%v is not joined with others", next)
			}
			to[got], from[want[i]] = want[i], got
		}
	})
}

// Invariants: each touch is in one profile, no profile exceeds a limit or has both of a
// pair that is kept apart, and no two have one id.
func TestProfilesKeepRules(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rules, touches := drawRules(t), drawTouches(t)
		s := drawStitched(t, rules, touches, drawApart(t))
		totals := s.Totals()
		if sum := totals.Touches + totals.Unidentified + totals.Again; sum != len(touches) {
			t.Fatalf("%+v are %d touches, want %d", totals, sum, len(touches))
		}
		ids, sum := make(map[uuid.UUID]bool), 0
		for p := range s.All() {
			if ids[p.ID] {
				t.Fatalf("two profiles have the id %v", p.ID)
			}
			ids[p.ID] = true
			sum += p.Touches
			keepsRules(t, s, rules, p)
		}
		if sum != totals.Touches || len(ids) != totals.Profiles {
			t.Fatalf("%d touches in %d profiles, want %+v", sum, len(ids), totals)
		}
	})
}

func keepsRules(t *rapid.T, s *identity.Stitcher, rules identity.Rules, p identity.Profile) {
	counts := make(map[string]int)
	for _, id := range p.Identifiers {
		counts[id.Kind]++
	}
	for _, k := range rules.Kinds {
		if k.Limit > 0 && counts[k.Name] > k.Limit {
			t.Fatalf("%d identifiers of kind %s in %v", counts[k.Name], k.Name, p)
		}
	}
	for _, pair := range s.Unlinked() {
		if slices.Contains(p.Identifiers, pair[0]) && slices.Contains(p.Identifiers, pair[1]) {
			t.Fatalf("%v are in %v", pair, p)
		}
	}
	for _, id := range p.Identifiers {
		if own, ok := s.Profile(id); ok && own.ID == p.ID && !reflect.DeepEqual(own, p) {
			t.Fatalf("Profile is %v, in All it is %v", own, p)
		}
	}
}

// Invariant: Relink takes Unlink back, to the byte.
func TestRelinkAfterUnlink(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := drawStitched(t, drawRules(t), drawTouches(t), drawApart(t))
		before, profiles, conflicts := drawn(s.MarshalBinary())(t), slices.Collect(s.All()), s.Conflicts()
		var parted [][2]journey.Identifier
		for _, pair := range drawApart(t) {
			if s.Unlink(pair[0], pair[1]) == nil {
				parted = append(parted, pair)
				s.Settle()
			}
		}
		for _, pair := range parted {
			must(t, s.Relink(pair[1], pair[0]))
		}
		if !bytes.Equal(before, drawn(s.MarshalBinary())(t)) || !reflect.DeepEqual(profiles, slices.Collect(s.All())) || !reflect.DeepEqual(conflicts, s.Conflicts()) {
			t.Fatal("Relink is to bring the old state back")
		}
	})
}

// Invariant: when touches come in order, an id goes only if its profile became part of an
// older one, and Changes says so.
func TestIDsSurvive(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := drawn(identity.NewStitcher(drawRules(t)))(t)
		for _, next := range drawInOrder(t) {
			before := s.Clone()
			must(t, s.Add(next))
			now := profilesByID(s)
			changes := drawn(s.Changes(before))(t)
			for id, old := range profilesByID(before) {
				i := slices.IndexFunc(changes, func(c identity.Change) bool { return c.From == id })
				_, stays := now[id]
				switch {
				case stays && i < 0:
				case stays, i < 0, !changes[i].Whole, now[changes[i].To].First.After(old.First):
					t.Fatalf("%v is now among %v, changes are %v", old, now, changes)
				}
			}
		}
	})
}

func profilesByID(s *identity.Stitcher) map[uuid.UUID]identity.Profile {
	all := make(map[uuid.UUID]identity.Profile)
	for p := range s.All() {
		all[p.ID] = p
	}
	return all
}

// Invariant: Changes tell of each touch that belongs to another profile than before, and
// whether the profile before is there no longer.
func TestChangesAreAll(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rules, touches := drawRules(t), drawInOrder(t)
		before := drawStitched(t, rules, touches, drawApart(t))
		now := before.Clone()
		for _, next := range drawTouches(t) {
			next.ID = uuid.Nil
			must(t, now.Add(next))
		}
		for _, pair := range drawApart(t) {
			_ = now.Unlink(pair[0], pair[1])
		}
		changes := drawn(now.Changes(before))(t)
		for _, next := range counted(before, touches) {
			from, known := before.Of(next)
			to, _ := now.Of(next)
			told := slices.ContainsFunc(changes, func(c identity.Change) bool { return c.From.String() == from && c.To.String() == to })
			if known && from != to && !told {
				t.Fatalf("%v moved from %s to %s: changes are %v", next, from, to, changes)
			}
		}
		still := profilesByID(now)
		for _, c := range changes {
			if _, stays := still[c.From]; c.Whole && stays {
				t.Fatalf("%v, but the profile is still there", c)
			}
		}
	})
}

// Invariant: an explanation is a chain of touches that have both identifiers of each link.
func TestExplanationsAreChains(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := drawStitched(t, drawRules(t), drawTouches(t), drawApart(t))
		for p := range s.All() {
			for _, id := range p.Identifiers {
				why := drawn(s.Explain(p.Identifiers[0], id))(t)
				at := p.Identifiers[0]
				for _, l := range why.Links {
					if l.From != at || l.From == l.To {
						t.Fatalf("%v breaks at %v", why, l)
					}
					at = l.To
				}
				if at != id || !why.Together {
					t.Fatalf("%v and %v of %v: %v", p.Identifiers[0], id, p, why)
				}
			}
		}
	})
}
