package review

import (
	"cmp"
	"slices"

	"github.com/clientele-go/clientele"
)

// surest orders estimates by their lower limit, the highest first, then by value, then by
// their upper limit.
func surest(a, b *clientele.Estimate) int {
	return cmp.Or(cmp.Compare(b.Lo, a.Lo), cmp.Compare(b.Value, a.Value), cmp.Compare(b.Hi, a.Hi))
}

// weakest orders estimates by their upper limit, the lowest first, then by value, then by
// their lower limit.
func weakest(a, b *clientele.Estimate) int {
	return cmp.Or(cmp.Compare(a.Hi, b.Hi), cmp.Compare(a.Value, b.Value), cmp.Compare(a.Lo, b.Lo))
}

// ranked puts groups in order, and leaves out those without a rank unless all are asked for.
func ranked(groups []Group, by func(*Group) *clientele.Estimate, order func(a, b *clientele.Estimate) int, all bool) []Group {
	slices.SortFunc(groups, func(a, b Group) int {
		return cmp.Or(compareBy(by(&a), by(&b), order), cmp.Compare(a.Name, b.Name))
	})
	for i := range groups {
		switch g := &groups[i]; {
		case by(g) == nil:
			g.Rank = 0
		case i > 0 && order(by(&groups[i-1]), by(g)) == 0:
			g.Rank = groups[i-1].Rank
		default:
			g.Rank = i + 1
		}
	}
	if all {
		return groups
	}
	return slices.DeleteFunc(groups, func(g Group) bool { return g.Rank == 0 })
}

// compareBy orders estimates; one that is missing comes last.
func compareBy(a, b *clientele.Estimate, order func(a, b *clientele.Estimate) int) int {
	switch {
	case a != nil && b != nil:
		return order(a, b)
	case a != nil:
		return -1
	case b != nil:
		return +1
	}
	return 0
}

func byShare(g *Group) *clientele.Estimate    { return g.Share }
func byPassedOn(g *Group) *clientele.Estimate { return g.PassedOn.Share }

// MostPassedOn returns products, touchpoints or topics by how surely they are passed on: by
// the lower limit of PassedOn.Share, the highest first, with ties as in the ranking of
// [Group]. Group.Rank is the place in this order. Those without reviews are left out.
func (r *Report) MostPassedOn(of Kind) []Group {
	return ranked(slices.Clone(r.groups(of)), byPassedOn, surest, false)
}

// Weakest returns products, touchpoints or topics by how surely they are bad: by the upper
// limit of Share, the lowest first, then by Share itself, then by its lower limit, then by
// name. Group.Rank is the place in this order. Those without ratings are left out.
func (r *Report) Weakest(of Kind) []Group {
	return ranked(slices.Clone(r.groups(of)), byShare, weakest, false)
}
