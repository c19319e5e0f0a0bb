package cohort

import (
	"slices"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/rule"
)

var errTop = rule.Want(rule.Negative, "how many are reported one by one; 0 = all")

// checkTop notes a number of groups that cannot be reported one by one.
func checkTop(faults *clientele.ConfigError, top int) {
	if top < 0 {
		faults.Add("Top", top, errTop)
	}
}

// topOf sorts numbers of groups and returns the first n and the rest; 0 = all.
func topOf[N int | uint32](groups []N, n int, compare func(x, y N) int) (top, rest []N) {
	slices.SortFunc(groups, compare)
	if n == 0 || n > len(groups) {
		n = len(groups)
	}
	return groups[:n], groups[n:]
}

// folded returns the statements with all kinds of rest made one, so that a customer of
// several counts once. Its number follows those of all kinds.
func (s *statements) folded(rest []int) *statements {
	f := *s
	f.rest = make([]bool, len(s.kinds.Names()))
	for _, kind := range rest {
		f.rest[kind] = true
	}
	f.all = slices.Clone(s.all)
	for i := range f.all {
		if one := &f.all[i]; f.rest[one.kind] {
			one.kind = uint32(len(f.rest))
		}
	}
	return &f
}

// numbers are those of kinds that are reported one by one.
func (s *statements) numbers() []int {
	var kinds []int
	for kind := range s.kinds.Names() {
		if s.rest == nil || !s.rest[kind] {
			kinds = append(kinds, kind)
		}
	}
	return kinds
}

// name of a kind; "" for what was made of the others.
func (s *statements) name(kind int) string {
	if kind < len(s.kinds.Names()) {
		return s.kinds.Names()[kind]
	}
	return ""
}
