package identity

import (
	"slices"
	"strings"

	"github.com/clientele-go/clientele/journey"
	"github.com/google/uuid"
)

// batchSize is how many touches are added together: their look-ups do not wait for each
// other. It is that of clientele.Feed.
const batchSize = 256

// batch collects touches until there are enough to look them up together. Of a touch it
// keeps copies of bytes alone.
type batch struct {
	text []byte // the keys of all touches, end to end
	ends []int  // of keys in text
	rows []row  // from and n are positions in ends
	ids  []uuid.UUID

	keys  []string
	slots []int32

	touched int64 // see table.Table.Touch
}

// collect adds a touch to the batch, which is not full.
func (s *Stitcher) collect(t *journey.Touch) {
	b := &s.batch
	r := row{at: t.At.UnixNano(), seq: t.Seq, from: int64(len(b.ends)), id: none}
	for i := range t.Identifiers {
		id := &t.Identifiers[i]
		rank := s.rules.rank(id.Kind)
		if rank < 0 {
			s.countUnknown(id.Kind)
			continue
		}
		b.text = s.rules.appendKeyAt(b.text, rank, id.Value, r.at)
		b.ends = append(b.ends, len(b.text))
	}
	r.n = int32(len(b.ends) - int(r.from))
	b.rows, b.ids = append(b.rows, r), append(b.ids, t.ID)
}

// countUnknown counts an identifier whose kind the rules lack.
func (s *Stitcher) countUnknown(kind string) {
	if _, known := s.unknown[kind]; !known {
		kind = strings.Clone(kind) // it may be a piece of something large
	}
	s.unknown[kind]++
}

// appendKeyAt appends the key of an identifier at a moment.
func (c *compiled) appendKeyAt(dst []byte, rank int, value string, at int64) []byte {
	kind := &c.Kinds[rank]
	if len(c.dates) == 0 {
		return kind.Form.append(appendKey(dst, rank, 0), value)
	}
	normal := kind.Form.Normal(value)
	period, ok := c.period(journey.Identifier{Kind: kind.Name, Value: normal}, at)
	if !ok {
		period = outOfDates
	}
	return append(appendKey(dst, rank, period), normal...)
}

// flush looks the identifiers of the batch up, and joins them.
func (s *Stitcher) flush() {
	b := &s.batch
	s.sortKeys()
	b.slots = s.keys.Slots(b.slots[:0], b.keys)
	for i, node := range b.slots {
		if int(node) == s.joins.nodes.Len() {
			s.addNode(node, b.keys[i])
		}
	}
	b.touched += s.joins.nodes.Touch(b.slots, func(x *node) int64 { return int64(x.up) })
	s.usable()
	s.numberIDs()
	for i, r := range b.rows {
		nodes := b.slots[r.from : r.from+int64(r.n)]
		if len(nodes) == 0 {
			s.nobody++
			continue
		}
		s.addRow(b.rows[i], nodes)
	}
	clear(b.keys)
	b.text, b.ends, b.rows, b.ids, b.keys = b.text[:0], b.ends[:0], b.rows[:0], b.ids[:0], b.keys[:0]
}

// addRow adds a touch that has identifiers, and joins them.
func (s *Stitcher) addRow(r row, nodes []int32) {
	kept, replaced := s.add(r, nodes)
	if kept != none {
		s.join(kept)
		return
	}
	s.again++
	s.stale = s.stale || replaced
}

// sortKeys cuts the text of the batch into keys, puts each touch's in order and takes out
// those that it has twice.
func (s *Stitcher) sortKeys() {
	b := &s.batch
	text, start := string(b.text), 0
	for i := range b.rows {
		r := &b.rows[i]
		from := len(b.keys)
		for _, end := range b.ends[r.from : r.from+int64(r.n)] {
			b.keys = append(b.keys, text[start:end])
			start = end
		}
		own := b.keys[from:]
		slices.Sort(own)
		own = slices.Compact(own)
		b.keys = b.keys[:from+len(own)]
		r.from, r.n = int64(from), int32(len(own))
	}
}

// addNode notes a new identifier, and whether it may join.
func (s *Stitcher) addNode(node int32, key string) {
	rank, period, value := int(key[0]), int(key[1]), key[keyHead:]
	why, refused := OutOfDates, period == outOfDates
	if !refused {
		why, refused = s.rules.refuses(&s.rules.Kinds[rank], value)
	}
	s.joins.grow(s.rules, rank)
	if refused {
		s.joins.nodes.At(node).up = -1 - int32(why)
		s.refused[node] = 0
	}
}

// usable takes identifiers that may not join out of the touches of the batch, and counts
// them.
func (s *Stitcher) usable() {
	b := &s.batch
	if len(s.refused) == 0 {
		return
	}
	for i := range b.rows {
		r := &b.rows[i]
		kept := b.slots[r.from:r.from]
		for _, node := range b.slots[r.from : r.from+int64(r.n)] {
			if s.joins.nodes.At(node).up >= 0 {
				kept = append(kept, node)
			} else {
				s.refused[node]++
			}
		}
		r.n = int32(len(kept))
	}
}

// numberIDs sets the numbers of the IDs of touches that have identifiers.
func (s *Stitcher) numberIDs() {
	b := &s.batch
	var all [batchSize]uuid.UUID
	var of, numbers [batchSize]int32 // rows of the batch
	n := 0
	for i, id := range b.ids {
		if b.rows[i].n > 0 && id != uuid.Nil {
			all[n], of[n] = id, int32(i)
			n++
		}
	}
	for i, number := range s.ids.Slots(numbers[:0], all[:n]) {
		b.rows[of[i]].id = number
	}
}
