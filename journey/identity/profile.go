package identity

import (
	"bytes"
	"cmp"
	"crypto/sha1"
	"iter"
	"slices"
	"time"

	"github.com/clientele-go/clientele/internal/wire"
	"github.com/clientele-go/clientele/journey"
	"github.com/google/uuid"
)

// Profile is one person, as far as identifiers tell.
type Profile struct {
	// ID is derived from the most trusted identifier of the profile's first touch. So it
	// stays whatever joins later: of two profiles that become one, the older keeps its ID.
	ID uuid.UUID `json:"id"`

	// Identifiers are in the form of their kinds, the most trusted first. One that was handed
	// over is among those of each owner.
	Identifiers []journey.Identifier `json:"identifiers"`

	Touches int       `json:"touches"` // touches of the person
	First   time.Time `json:"first"`   // when the first was, in UTC
	Last    time.Time `json:"last"`    // when the last began, in UTC
}

// Of returns the id of the profile that a touch belongs to, as text: that of its most
// trusted identifier at that moment. ok is false where nobody is known. The touch need not
// have been added; one that was belongs where Of says. It is a function for
// [journey.NewTimelines].
func (s *Stitcher) Of(t journey.Touch) (profile string, ok bool) {
	if !s.ready() {
		return "", false
	}
	s.Settle()
	at := moment{t.At.UnixNano(), t.Seq, t.ID}
	keys := make([]string, 0, 4)
	for i := range t.Identifiers {
		id := &t.Identifiers[i]
		if rank := s.rules.rank(id.Kind); rank >= 0 {
			keys = append(keys, string(s.rules.appendKeyAt(nil, rank, id.Value, at.at)))
		}
	}
	slices.Sort(keys)
	for _, key := range keys {
		if first := s.founder(key, at); first != none {
			return s.profileID(first).String(), true
		}
	}
	return "", false
}

// ID returns the id of the profile that an identifier belongs to now: after all touches,
// for one that was handed over or has dates. ok is false for one that has no profile.
func (s *Stitcher) ID(id journey.Identifier) (profile uuid.UUID, ok bool) {
	if !s.ready() {
		return uuid.Nil, false
	}
	s.Settle()
	first := s.founder(s.latestKey(id), latest())
	if first == none {
		return uuid.Nil, false
	}
	return s.profileID(first), true
}

// Profile returns the profile that an identifier belongs to now, as [Stitcher.ID] does; ok
// is false for one that has none. It takes time in proportion to the touches that are
// joined with it, limits aside.
func (s *Stitcher) Profile(id journey.Identifier) (p Profile, ok bool) {
	if !s.ready() {
		return Profile{}, false
	}
	s.Settle()
	n, found := s.keys.Find(s.latestKey(id))
	first := s.founder(s.latestKey(id), latest())
	if !found || first == none {
		return Profile{}, false
	}
	for _, part := range s.parts(s.joins.root(n)) {
		if part.first == first {
			return s.profile(part), true
		}
	}
	return Profile{}, false
}

// All yields the profiles in ascending order of their ids.
func (s *Stitcher) All() iter.Seq[Profile] {
	return func(yield func(Profile) bool) {
		if !s.ready() {
			return
		}
		s.Settle()
		all := s.allParts()
		slices.SortFunc(all, func(a, b part) int { return bytes.Compare(a.id[:], b.id[:]) })
		for _, p := range all {
			if p.rows == nil {
				p = s.parts(p.root)[0]
			}
			if !yield(s.profile(p)) {
				return
			}
		}
	}
}

// Len is the number of profiles.
func (s *Stitcher) Len() (n int) {
	if !s.ready() {
		return 0
	}
	s.Settle()
	for root := range int32(s.joins.nodes.Len()) {
		if s.isRoot(root) {
			n += s.partsIn(root)
		}
	}
	return n
}

// isRoot reports whether a node is the root of a set that has rows.
func (s *Stitcher) isRoot(n int32) bool {
	return s.joins.nodes.At(n).up == n && s.joins.nodes.At(n).first != none
}

// partsIn is the number of profiles in a set.
func (s *Stitcher) partsIn(root int32) (n int) {
	d := s.joins.tight[root]
	if d == nil {
		return 1
	}
	for m, up := range d.up {
		if up == int32(m) && d.touches[m] > 0 {
			n++
		}
	}
	return n
}

// latestKey is the key of an identifier in its last dates; "" for an unknown kind.
func (s *Stitcher) latestKey(id journey.Identifier) string {
	rank := s.rules.rank(id.Kind)
	if rank < 0 {
		return ""
	}
	id.Value = s.rules.Kinds[rank].Form.Normal(id.Value)
	return string(append(appendKey(nil, rank, max(0, len(s.rules.dates[id])-1)), id.Value...))
}

// founder is the first row of the profile that a key belongs to at a moment; none if it
// belongs to none.
func (s *Stitcher) founder(key string, at moment) int32 {
	n, found := s.keys.Find(key)
	if !found || s.joins.nodes.At(n).up < 0 {
		return none
	}
	root := s.joins.root(n)
	d := s.joins.tight[root]
	if d == nil {
		return s.joins.nodes.At(root).first
	}
	m, found := d.member(s, n, at)
	if !found {
		return none
	}
	return d.first[d.root(m)]
}

// profileID is the id of the profile whose first row is r.
func (s *Stitcher) profileID(r int32) uuid.UUID {
	lead := s.nodes(r)[0]
	id := s.identifier(lead)
	name := make([]byte, 0, 128)
	name = append(name, s.rules.Space[:]...)
	name = wire.AppendText(wire.AppendText(name, id.Kind), id.Value)
	if period := s.period(lead); period > 0 {
		name = wire.AppendInt(name, s.rules.dates[id][period].from)
	}
	sum := sha1.Sum(name)
	derived := uuid.UUID(sum[:16])
	derived[6], derived[8] = derived[6]&0x0f|0x50, derived[8]&0x3f|0x80 // version 5, RFC 9562
	return derived
}

// part is a profile of a set.
type part struct {
	id    uuid.UUID
	root  int32   // of the set
	first int32   // the earliest row
	rows  []int32 // nil in a list of all parts where the set is one profile
	nodes []int32
}

// allParts are the profiles of all sets. Those of sets that are one profile have no rows
// yet, so that not all are in memory at once.
func (s *Stitcher) allParts() (all []part) {
	for root := range int32(s.joins.nodes.Len()) {
		if !s.isRoot(root) {
			continue
		}
		if s.joins.tight[root] != nil {
			all = append(all, s.parts(root)...)
			continue
		}
		first := s.joins.nodes.At(root).first
		all = append(all, part{id: s.profileID(first), root: root, first: first})
	}
	return all
}

// parts are the profiles of a set.
func (s *Stitcher) parts(root int32) []part {
	d := s.joins.tight[root]
	if d != nil {
		return d.parts(s, root)
	}
	p := part{root: root, first: s.joins.nodes.At(root).first, rows: s.rowsOf(root)}
	p.id = s.profileID(p.first)
	for _, r := range p.rows {
		p.nodes = append(p.nodes, s.nodes(r)...)
	}
	return []part{p}
}

// parts are the profiles of a set that is divided, in the order of their first members.
func (d *division) parts(s *Stitcher, of int32) (all []part) {
	at := make(map[int32]int)
	for m, n := range d.node {
		root := d.root(int32(m))
		if d.touches[root] == 0 {
			continue // set aside in every touch that had it
		}
		i, known := at[root]
		if !known {
			i = len(all)
			at[root] = i
			all = append(all, part{id: s.profileID(d.first[root]), root: of, first: d.first[root]})
		}
		all[i].nodes = append(all[i].nodes, n)
	}
	for i, r := range d.rows {
		p := &all[at[d.root(d.itemsOf(i)[0])]]
		p.rows = append(p.rows, r)
	}
	return all
}

// itemsOf are the members that the i-th row joined.
func (d *division) itemsOf(i int) []int32 {
	from := int32(0)
	if i > 0 {
		from = d.ends[i-1]
	}
	return d.items[from:d.ends[i]]
}

// profile describes a part.
func (s *Stitcher) profile(p part) Profile {
	out := Profile{ID: p.id, Touches: len(p.rows), First: s.time(p.first), Identifiers: s.identifiers(p.nodes)}
	last := p.first
	for _, r := range p.rows {
		if s.rows.At(r).at > s.rows.At(last).at {
			last = r
		}
	}
	out.Last = s.time(last)
	return out
}

// identifiers are those of nodes, each once, the most trusted first.
func (s *Stitcher) identifiers(nodes []int32) (all []journey.Identifier) {
	slices.SortFunc(nodes, func(a, b int32) int {
		return cmp.Or(cmp.Compare(s.rank(a), s.rank(b)), cmp.Compare(s.value(a), s.value(b)))
	})
	for _, n := range nodes {
		all = append(all, s.identifier(n))
	}
	return slices.Compact(all)
}
