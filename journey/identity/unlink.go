package identity

import (
	"slices"

	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/rule"
	"github.com/clientele-go/clientele/journey"
)

// Unlink keeps two identifiers apart from now on: they are two people's, whatever touches
// join them. Each touch stays with its most trusted identifier, and of the profiles that
// come of it the one with the first touch keeps the id; the others get the ids that their
// own first touches give. No touch is lost or counted twice. [Stitcher.Relink] takes it
// back.
//
// It returns an InputError for an identifier that no touch had ([clientele.ErrUnknown]),
// for twice the same, and for a pair that is kept apart already ([clientele.ErrDuplicate]).
func (s *Stitcher) Unlink(a, b journey.Identifier) error {
	const op = "identity.Stitcher.Unlink"
	pairs, err := s.pairs(op, a, b)
	if err != nil {
		return err
	}
	known := s.joins.apart.pairs
	fresh := slices.DeleteFunc(pairs, func(p pair) bool { _, found := known[p]; return found })
	if len(fresh) == 0 {
		return fault.Of(op, "b", b, rule.Because(rule.Duplicate, "kept apart already", "a pair that is not; Relink takes an Unlink back"))
	}
	for _, p := range fresh {
		s.keepApart(p[0], p[1])
	}
	return nil
}

// Relink takes an [Stitcher.Unlink] back: all is as if it had never been. It returns an
// InputError of [clientele.ErrMissing] for a pair that is not kept apart, and of
// [clientele.ErrUnknown] for an identifier that no touch had.
func (s *Stitcher) Relink(a, b journey.Identifier) error {
	const op = "identity.Stitcher.Relink"
	pairs, err := s.pairs(op, a, b)
	if err != nil {
		return err
	}
	apart, found := &s.joins.apart, false
	for _, p := range pairs {
		if _, known := apart.pairs[p]; known {
			found = true
			delete(apart.pairs, p)
			apart.forget(p[0], p[1])
			apart.forget(p[1], p[0])
			s.joins.redivide(p)
		}
	}
	if !found {
		return fault.Of(op, "b", b, rule.Because(rule.Missing, "not kept apart", "a pair that Unlink was called with"))
	}
	return nil
}

// Unlinked returns the pairs of identifiers that Unlink keeps apart, in ascending order,
// the more trusted of a pair first.
func (s *Stitcher) Unlinked() (pairs [][2]journey.Identifier) {
	if !s.ready() {
		return nil
	}
	for _, p := range s.sortedPairs() {
		if max(s.period(p[0]), s.period(p[1])) == 0 { // it stands once for all dates
			pairs = append(pairs, [2]journey.Identifier{s.identifier(p[0]), s.identifier(p[1])})
		}
	}
	return pairs
}

// sortedPairs are the pairs that are kept apart, in the order of keys.
func (s *Stitcher) sortedPairs() []pair {
	var all []pair
	for p := range s.joins.apart.pairs {
		if s.compareKeys(p[0], p[1]) > 0 {
			p[0], p[1] = p[1], p[0]
		}
		all = append(all, p)
	}
	slices.SortFunc(all, func(p, q pair) int { return slices.CompareFunc(p[:], q[:], s.compareKeys) })
	return all
}

// pairs are the nodes of two identifiers, each of the one with each of the other: an
// identifier with dates has several.
func (s *Stitcher) pairs(op string, a, b journey.Identifier) (all []pair, err error) {
	if !s.ready() {
		return nil, fault.Unconfigured(op)
	}
	first, err := s.known(op, "a", a)
	if err != nil {
		return nil, err
	}
	second, err := s.known(op, "b", b)
	if err != nil {
		return nil, err
	}
	if s.rules.keysOf(a)[0] == s.rules.keysOf(b)[0] {
		return nil, fault.Of(op, "b", b, rule.Because(rule.Duplicate, "the same identifier twice", "two identifiers"))
	}
	s.complete(first, a)
	s.complete(second, b)
	for _, x := range first {
		for _, y := range second {
			all = append(all, pair{min(x, y), max(x, y)})
		}
	}
	return all, nil
}

// known are the nodes of an identifier that touches had: one for each of its dates, none
// for dates in which no touch had it.
func (s *Stitcher) known(op, argument string, id journey.Identifier) (nodes []int32, err error) {
	if s.rules.rank(id.Kind) < 0 {
		return nil, fault.Of(op, argument+".Kind", id.Kind, s.rules.unknownKind())
	}
	s.Settle()
	some := false
	for _, key := range s.rules.keysOf(id) {
		n, found := s.keys.Find(key)
		some = some || found && s.joins.nodes.At(n).up >= 0 && s.hasRow(n)
		nodes = append(nodes, n)
	}
	if !some {
		return nil, fault.Of(op, argument, id, errNoTouch)
	}
	return nodes, nil
}

var errNoTouch = rule.Because(rule.Unknown, "no touch has it, or it may not join", "an identifier of a touch")

// keysOf are the keys of an identifier of a known kind, one for each of its dates.
func (c *compiled) keysOf(id journey.Identifier) (keys []string) {
	rank := c.rank(id.Kind)
	id.Value = c.Kinds[rank].Form.Normal(id.Value)
	for period := range max(1, len(c.dates[id])) {
		keys = append(keys, string(append(appendKey(nil, rank, period), id.Value...)))
	}
	return keys
}

// complete adds the nodes of dates in which no touch had an identifier.
func (s *Stitcher) complete(nodes []int32, id journey.Identifier) {
	for period, key := range s.rules.keysOf(id) {
		if nodes[period] == none {
			nodes[period] = s.keys.Slot(key)
			s.addNode(nodes[period], key)
		}
	}
}

// keepApart notes a pair of nodes.
func (s *Stitcher) keepApart(a, b int32) {
	apart := &s.joins.apart
	p := pair{min(a, b), max(a, b)}
	if _, known := apart.pairs[p]; known {
		return
	}
	apart.pairs[p] = struct{}{}
	apart.of[a], apart.of[b] = append(apart.of[a], b), append(apart.of[b], a)
	s.markApart(p)
}

// forget takes a node out of those from which another is kept apart.
func (a *apart) forget(n, other int32) {
	left := slices.DeleteFunc(a.of[n], func(m int32) bool { return m == other })
	if a.of[n] = left; len(left) == 0 {
		delete(a.of, n)
	}
}

// redivide notes that a pair is kept apart no longer. The flags of roots stay: a set that
// is divided without need is one profile all the same.
func (j *joins) redivide(p pair) {
	for _, n := range p {
		if root := j.root(n); j.tight[root] != nil {
			j.spoil(root)
		}
	}
}
