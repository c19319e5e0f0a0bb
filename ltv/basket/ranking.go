package basket

import (
	"cmp"
	"slices"
)

// Strongest returns the n pairs whose items belong together most surely; all pairs if n < 1.
// They are ranked by the lower limit of the lift, then by Together and names: the lift alone
// would put at the top what was bought together once by chance. Where the lower limit is not
// above 1, the data do not show that the items belong together.
func (g AffinityGroup) Strongest(n int) []Pair {
	all := append([]Pair{}, g.Pairs...) // in JSON too
	slices.SortFunc(all, func(p, q Pair) int {
		return cmp.Or(cmp.Compare(surely(q.Lift), surely(p.Lift)), cmp.Compare(q.Together, p.Together),
			cmp.Compare(p.A, q.A), cmp.Compare(p.B, q.B))
	})
	return first(all, n)
}

// Preferences returns, for each segment in ascending order of labels, the n categories that
// it prefers most surely, out of what [Assortment.CategoryIndex] returns; all categories if n
// < 1. They are ranked by the lower limit of Index, then by Receipts and name: the index alone
// would put at the top what one receipt of the segment had and no other. Where the lower limit
// is not above 100, the data do not show a preference. Errors are those of CategoryIndex.
func (a *Assortment[K]) Preferences(n int, level float64) ([]CategoryShare, error) {
	rows, err := a.categoryIndex("basket.Assortment.Preferences", level)
	if err != nil {
		return nil, err
	}
	var all []CategoryShare
	for len(rows) > 0 {
		end := 1
		for end < len(rows) && rows[end].Segment == rows[0].Segment {
			end++
		}
		segment := rows[:end]
		slices.SortStableFunc(segment, func(p, q CategoryShare) int { // names ascend
			return cmp.Or(cmp.Compare(surely(q.Index), surely(p.Index)), cmp.Compare(q.Receipts, p.Receipts))
		})
		all, rows = append(all, first(segment, n)...), rows[end:]
	}
	return all, nil
}

// first returns the first n of a list, all if n < 1.
func first[T any](all []T, n int) []T {
	if n < 1 {
		return all
	}
	return all[:min(n, len(all))]
}
