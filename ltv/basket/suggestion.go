package basket

import (
	"cmp"
	"iter"
	"maps"
	"slices"

	"github.com/clientele-go/clientele"
)

// Suggestion is an item that is bought together with another one.
type Suggestion struct {
	Item      string `json:"item"`      // name
	Together  int64  `json:"together"`  // number of baskets with both
	WithGiven int64  `json:"withGiven"` // number of baskets with the given item

	Confidence clientele.Estimate `json:"confidence"` // share of the baskets with the given item that have Item, with Wilson's interval
	Lift       clientele.Estimate `json:"lift"`       // how many times as often as by chance, see [Pair]
}

// AlsoBought returns the n items that go best with the given one, among the pairs that
// reached the thresholds; all such items if n < 1, and an empty list if item is in no
// such pair or unknown. They are ranked by the lower limit of the lift, then by Together
// and name: the confidence alone would put what everybody buys at the top, and the lift
// alone what was bought together a few times by chance. Where the lower limit of the lift
// is not above 1, the data do not show that the items belong together.
func (g AffinityGroup) AlsoBought(item string, n int) []Suggestion {
	all := []Suggestion{} // in JSON too
	for i := range g.Pairs {
		switch p := &g.Pairs[i]; item {
		case p.A:
			all = append(all, p.suggestB())
		case p.B:
			all = append(all, p.suggestA())
		}
	}
	return ranked(all, n)
}

// AllAlsoBought yields every item of the pairs, in ascending order of names, with what
// [AffinityGroup.AlsoBought] returns for it and n, in one pass over the pairs.
func (g AffinityGroup) AllAlsoBought(n int) iter.Seq2[string, []Suggestion] {
	return func(yield func(string, []Suggestion) bool) {
		byItem := make(map[string][]Suggestion)
		for i := range g.Pairs {
			p := &g.Pairs[i]
			byItem[p.A] = append(byItem[p.A], p.suggestB())
			byItem[p.B] = append(byItem[p.B], p.suggestA())
		}
		for _, item := range slices.Sorted(maps.Keys(byItem)) {
			if !yield(item, ranked(byItem[item], n)) {
				return
			}
		}
	}
}

func (p *Pair) suggestB() Suggestion {
	return Suggestion{Item: p.B, Together: p.Together, WithGiven: p.WithA, Confidence: p.AtoB, Lift: p.Lift}
}

func (p *Pair) suggestA() Suggestion {
	return Suggestion{Item: p.A, Together: p.Together, WithGiven: p.WithB, Confidence: p.BtoA, Lift: p.Lift}
}

// ranked sorts suggestions and returns the first n.
func ranked(all []Suggestion, n int) []Suggestion {
	slices.SortFunc(all, func(a, b Suggestion) int {
		return cmp.Or(cmp.Compare(surely(b.Lift), surely(a.Lift)), cmp.Compare(b.Together, a.Together), cmp.Compare(a.Item, b.Item))
	})
	return first(all, n)
}
