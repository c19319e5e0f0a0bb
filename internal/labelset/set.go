// Package labelset numbers the labels of records: groups, channels, items.
package labelset

import (
	"maps"
	"slices"
	"strings"
)

// Set is the labels that occurred, numbered in order of first appearance. The zero Set
// is empty and ready. It may be read by many goroutines at once, but not while one
// adds to it.
type Set struct {
	names []string
	ids   map[string]int32
	last  int32 // the number that ID gave last, one more
}

// ID returns the number of a label, numbering it if it is new.
func (s *Set) ID(name string) int32 {
	if s.last != 0 {
		// Most records have no label, or that of the one before.
		if last := s.names[s.last-1]; len(last) == len(name) && (name == "" || last == name) {
			return s.last - 1
		}
	}
	id, ok := s.ids[name]
	if !ok {
		if s.ids == nil {
			s.ids = make(map[string]int32)
		}
		name = strings.Clone(name) // it may be a piece of something large
		id = int32(len(s.names))
		s.names, s.ids[name] = append(s.names, name), id
	}
	s.last = id + 1
	return id
}

// Find returns the number of a label; ok is false for one that did not occur.
func (s *Set) Find(name string) (id int32, ok bool) {
	id, ok = s.ids[name]
	return id, ok
}

// Names are the labels by number. They must not be changed.
func (s *Set) Names() []string { return s.names }

// Sorted returns the numbers in ascending order of labels.
func (s *Set) Sorted() []int32 {
	ids := make([]int32, len(s.names))
	for i := range ids {
		ids[i] = int32(i)
	}
	slices.SortFunc(ids, func(a, b int32) int { return strings.Compare(s.names[a], s.names[b]) })
	return ids
}

// Join adds the labels of o and returns the number here of each number there. o may be
// s.
func (s *Set) Join(o *Set) []int32 {
	ids := make([]int32, len(o.names))
	for i, name := range o.names {
		ids[i] = s.ID(name)
	}
	return ids
}

// Reset forgets all labels and keeps the memory.
func (s *Set) Reset() {
	clear(s.names)
	s.names, s.last = s.names[:0], 0
	clear(s.ids)
}

// Clone returns a set with the same labels and numbers.
func (s *Set) Clone() Set { return Set{slices.Clone(s.names), maps.Clone(s.ids), s.last} }
