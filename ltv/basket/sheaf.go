package basket

import "slices"

// sheaf is a bundle of baskets: the numbers of each one's items, ascending, each
// basket ended by endOfRun.
type sheaf struct {
	runs []int32
	n    int
}

const endOfRun = -1

// bind adds a basket of the numbers that appendTo appends, of which some may be equal.
func (s *sheaf) bind(appendTo func([]int32) []int32) {
	begin := len(s.runs)
	s.runs = appendTo(s.runs)
	run := s.runs[begin:]
	slices.Sort(run)
	s.runs = append(s.runs[:begin+len(slices.Compact(run))], endOfRun)
	s.n++
}

// all yields the baskets.
func (s *sheaf) all(yield func(run []int32) bool) {
	for rest := s.runs; len(rest) > 0; {
		end := slices.Index(rest, endOfRun)
		if !yield(rest[:end]) {
			return
		}
		rest = rest[end+1:]
	}
}
