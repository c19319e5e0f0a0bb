package identity

import (
	"iter"
	"maps"
	"slices"

	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/rule"
	"github.com/clientele-go/clientele/journey"
)

// Stitcher joins the identifiers of touches into profiles of people. Add touches, in any
// order, and ask at any time.
//
// What it answers follows from the set of touches, the rules and the Unlinks, never from
// the order in which they came: where rules forbid that two touches join the same profile,
// the earlier one by At, Seq and ID has the first claim. A late touch may therefore change
// what was answered before; [Stitcher.Changes] tells what.
//
// [NewStitcher] makes one; the zero Stitcher has no rules and refuses. It keeps each touch
// that has an identifier, without its texts: some 100 bytes, and as much for each
// identifier. It holds at most 2³¹−1 touches and identifiers and panics beyond. Add and
// queries must not run at the same time, see [Stitcher.Settle].
type Stitcher struct {
	rules *compiled // nil in the zero Stitcher
	facts
	joins joins
	batch batch
	stale bool // a row was replaced, so that all are to be joined anew

	refused map[int32]int  // by node: how often an identifier came that may not join
	unknown map[string]int // by kind that the rules lack
	nobody  int            // touches without an identifier that may join
	again   int            // repetitions of touches
}

// NewStitcher returns an empty stitcher, or all faults of the rules in a
// [clientele.ConfigError].
func NewStitcher(r Rules) (*Stitcher, error) {
	c, err := compile("identity.NewStitcher", r)
	if err != nil {
		return nil, err
	}
	return newStitcher(c), nil
}

func newStitcher(c *compiled) *Stitcher {
	return &Stitcher{
		rules: c, refused: make(map[int32]int), unknown: make(map[string]int),
		joins: joins{
			tight: make(map[int32]*division),
			apart: apart{pairs: make(map[pair]struct{}), of: make(map[int32][]int32), roots: make(map[int32]bool)},
		},
	}
}

// ready reports whether the stitcher has rules.
func (s *Stitcher) ready() bool { return s != nil && s.rules != nil }

// Rules returns the rules, with the default kinds where none were given. The slices are
// the caller's.
func (s *Stitcher) Rules() Rules {
	if !s.ready() {
		return Rules{}
	}
	r := s.rules.Rules
	r.Kinds, r.Blocked, r.Dates = slices.Clone(r.Kinds), slices.Clone(r.Blocked), slices.Clone(r.Dates)
	return r
}

// Add adds a touch. A touch whose ID came before is the same again and counts once: the
// earlier one by At and Seq if they differ. A touch without an identifier that may join is
// counted and of nobody. An unusable touch, as [journey.Touch.Validate] says, returns its
// error and changes nothing.
func (s *Stitcher) Add(t journey.Touch) error {
	const op = "identity.Stitcher.Add"
	if !s.ready() {
		return fault.Unconfigured(op)
	}
	if err := t.Validate(); err != nil {
		return fault.Renamed(op, err)
	}
	s.collect(&t)
	s.flush()
	return nil
}

// AddAll adds the touches of a source, as [Stitcher.Add] does but several times as fast.
// The source's error, or the first touch that Add refuses, returns an InputError with the
// index of the touch; those before it stay added.
func (s *Stitcher) AddAll(src iter.Seq2[journey.Touch, error]) error {
	const op = "identity.Stitcher.AddAll"
	if !s.ready() {
		return fault.Unconfigured(op)
	}
	if src == nil {
		return fault.Of(op, "src", nil, rule.ErrNoSource)
	}
	defer s.flush()
	for t, err := range fault.Checked(op, src, journey.Touch.Validate) {
		if err != nil {
			return err
		}
		s.collect(&t)
		if len(s.batch.rows) == batchSize {
			s.flush()
		}
	}
	return nil
}

// Merge adds the touches and the Unlinks of another stitcher, which is only read: the
// result is that of one stitcher which was given both. The error is
// [clientele.ErrMismatch] if the rules differ, and leaves s as it was.
func (s *Stitcher) Merge(o *Stitcher) error {
	const op = "identity.Stitcher.Merge"
	if !s.ready() || !o.ready() {
		return fault.Unconfigured(op)
	}
	if !s.sameRules(o) {
		return fault.Of(op, "Rules", nil, errOtherRules)
	}
	if s == o {
		o = o.Clone()
	}
	nodes := s.keys.Join(&o.keys, 1)
	for i, n := range nodes {
		if int(n) == s.joins.nodes.Len() {
			s.addNode(n, o.keys.ID(int32(i)))
		}
	}
	ids := s.ids.Join(&o.ids, 1)
	for i := range int32(o.rows.Len()) {
		r := *o.rows.At(i)
		if r.id != none {
			r.id = ids[r.id]
		}
		var own []int32
		for _, n := range o.nodes(i) {
			own = append(own, nodes[n])
		}
		s.addRow(r, own)
	}
	for n, times := range o.refused {
		s.refused[nodes[n]] += times
	}
	for kind, times := range o.unknown {
		s.unknown[kind] += times
	}
	s.nobody += o.nobody
	s.again += o.again
	for p := range o.joins.apart.pairs {
		s.keepApart(nodes[p[0]], nodes[p[1]])
	}
	return nil
}

// Reset forgets all touches and Unlinks and keeps the rules.
func (s *Stitcher) Reset() {
	if s.ready() {
		*s = *newStitcher(s.rules)
	}
}

// Clone returns a stitcher of the same rules, touches and Unlinks; nil for nil.
func (s *Stitcher) Clone() *Stitcher {
	if !s.ready() {
		if s == nil {
			return nil
		}
		return new(Stitcher)
	}
	c := newStitcher(s.rules)
	c.keys.Join(&s.keys, 1)
	c.ids.Join(&s.ids, 1)
	c.byID, c.rows, c.refs, c.unordered = slices.Clone(s.byID), s.rows.Clone(), slices.Clone(s.refs), s.unordered
	j, from := &c.joins, &s.joins
	j.nodes, j.held, j.dirty = from.nodes.Clone(), slices.Clone(from.held), slices.Clone(from.dirty)
	for root := range from.tight {
		j.spoil(root) // to be divided again if it is asked for
	}
	j.apart.pairs, j.apart.roots = maps.Clone(from.apart.pairs), maps.Clone(from.apart.roots)
	for n, of := range from.apart.of {
		j.apart.of[n] = slices.Clone(of)
	}
	c.refused, c.unknown = maps.Clone(s.refused), maps.Clone(s.unknown)
	c.stale, c.nobody, c.again = s.stale, s.nobody, s.again
	return c
}
