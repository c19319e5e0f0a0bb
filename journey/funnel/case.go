package funnel

import "github.com/clientele-go/clientele/journey"

// splitter puts the items of a timeline to their cases, in memory that is used again.
type splitter struct {
	numbers map[string]int32
	names   []string // of cases, by first appearance
	of      []int32  // case of each item; -1 for none
	ends    []int32  // by case, the end of its items
	items   []item
}

// split puts items to their cases, in order within each, and returns how many belong to
// none.
func (s *splitter) split(items []item, by Attribute, touches []journey.Touch) (unassigned int) {
	if s.numbers == nil {
		s.numbers = make(map[string]int32)
	}
	clear(s.numbers)
	s.names, s.of, s.ends = s.names[:0], s.of[:0], s.ends[:0]
	for i := range items {
		name := by.of(&touches[items[i].touch])
		if name == "" {
			unassigned++
			s.of = append(s.of, -1)
			continue
		}
		number, ok := s.numbers[name]
		if !ok {
			number = int32(len(s.names))
			s.numbers[name] = number
			s.names, s.ends = append(s.names, name), append(s.ends, 0)
		}
		s.of = append(s.of, number)
		s.ends[number]++
	}
	total := int32(0)
	for i, n := range s.ends { // ends[i] is where the items of a case begin, and then where the next one goes
		s.ends[i] = total
		total += n
	}
	s.items = append(s.items[:0], make([]item, total)...)
	for i, number := range s.of {
		if number >= 0 {
			s.items[s.ends[number]] = items[i]
			s.ends[number]++
		}
	}
	return unassigned
}

// of returns the items of a case.
func (s *splitter) itemsOf(number int) []item {
	begin := int32(0)
	if number > 0 {
		begin = s.ends[number-1]
	}
	return s.items[begin:s.ends[number]]
}
