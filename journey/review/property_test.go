package review_test

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"testing"
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/journey/review"
	"pgregory.net/rapid"
)

// Invariant: what counts is what a search through all reviews for each of them finds: in all,
// in each month, and late.
func TestCountsAreThoseOfAPlainSearch(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		cfg, all := drawConfig(t), drawReviews(t)
		r, err := review.Count(clientele.All(all), cfg)
		if err != nil {
			t.Fatal(err)
		}
		plain := &plainly{cfg, all}
		same := func(what string, got review.Group, want map[float64]int) {
			counts := make(map[float64]int)
			for _, c := range got.Ratings {
				counts[c.Rating] = c.Reviews
			}
			if !maps.Equal(counts, want) {
				t.Fatalf("%s: %v, want %v", what, counts, want)
			}
		}
		same("all", r.All, plain.ratings(false, 0))
		if cfg.Late == review.Apart {
			same("late", r.Late.All, plain.ratings(true, 0))
		}
		for month := time.January; month <= time.March; month++ {
			label, own := fmt.Sprintf("2025-%02d", month), review.Group{}
			for _, p := range r.Periods {
				if p.Label == label {
					own = p.All
				}
			}
			same(label, own, plain.ratings(false, month))
		}
	})
}

// Invariant: every review is in one count; groups of objects add up to all; limits hold the
// shares and keep the scale; groups are in the order that they claim, whatever list is asked
// for; what is passed on is no more than there are.
func TestReportsAddUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		cfg, all := drawConfig(t), drawReviews(t)
		r, err := review.Count(clientele.All(all), cfg)
		if err != nil {
			t.Fatal(err)
		}
		sum := r.All.Reviews + r.Superseded + r.Replaced + r.Repeated + r.Withdrawn + r.Outside + r.Later
		if cfg.Late == review.Apart {
			sum += r.Late.All.Reviews
		} else if r.All.Late != r.Late.All.Reviews {
			t.Fatalf("%d late in all, %d by themselves", r.All.Late, r.Late.All.Reviews)
		}
		for _, u := range r.Unusable {
			sum += u.Reviews
		}
		if sum != r.Given || r.Given != len(all) || r.Late.Tardy+r.Late.Overdue != r.Late.All.Reviews {
			t.Fatalf("%d told of, %d given: %+v", sum, r.Given, r)
		}
		addUp(t, &r.All, r.Products, r.Touchpoints)
		for i := range r.Periods {
			addUp(t, &r.Periods[i].All, r.Periods[i].Products, r.Periods[i].Touchpoints)
		}
		for _, of := range []review.Kind{review.Product, review.Touchpoint, review.Topic} {
			inOrder(t, r.MostPassedOn(of), func(g review.Group) *clientele.Estimate { return g.PassedOn.Share }, false)
			inOrder(t, r.Weakest(of), func(g review.Group) *clientele.Estimate { return g.Share }, true)
		}
		for _, g := range r.Topics {
			e := g.Effect
			if e.First+e.Second != r.All.Positive || e.FirstOf+e.SecondOf != r.All.Rated || e.Adjusted < e.P {
				t.Fatalf("%+v of %+v", g, r.All)
			}
		}
	})
}

// addUp checks that groups are parts of a whole.
func addUp(t *rapid.T, all *review.Group, products, touchpoints []review.Group) {
	var sum review.Group
	for _, list := range [][]review.Group{products, touchpoints} {
		for _, g := range list {
			sum.Reviews, sum.Rated, sum.Positive, sum.Late = sum.Reviews+g.Reviews, sum.Rated+g.Rated, sum.Positive+g.Positive, sum.Late+g.Late
			sum.PassedOn.Reviews += g.PassedOn.Reviews
			sum.PassedOn.Times += g.PassedOn.Times
			sum.PassedOn.Referrals += g.PassedOn.Referrals
			sum.PassedOn.Uncredited += g.PassedOn.Uncredited
			if g.Positive > g.Rated || g.Rated > g.Reviews || g.PassedOn.Reviews > g.Reviews || g.PassedOn.Positive > g.PassedOn.Reviews {
				t.Fatalf("%+v", g)
			}
			if m := g.Mean; m != nil && !(1 <= m.Lo && m.Lo <= m.Value && m.Value <= m.Hi && m.Hi <= 5) {
				t.Fatalf("%+v", m)
			}
		}
		inOrder(t, list, func(g review.Group) *clientele.Estimate { return g.Share }, false)
	}
	if sum.Reviews != all.Reviews || sum.Rated != all.Rated || sum.Positive != all.Positive || sum.Late != all.Late ||
		sum.PassedOn.Reviews != all.PassedOn.Reviews || sum.PassedOn.Times != all.PassedOn.Times ||
		sum.PassedOn.Referrals != all.PassedOn.Referrals || sum.PassedOn.Uncredited != all.PassedOn.Uncredited {
		t.Fatalf("the parts add up to %+v, all are %+v", sum, all)
	}
}

// inOrder checks the order of groups by an estimate, and their ranks.
func inOrder(t *rapid.T, all []review.Group, by func(review.Group) *clientele.Estimate, weakest bool) {
	order := func(a, b *clientele.Estimate) int {
		if weakest {
			return cmp.Or(cmp.Compare(a.Hi, b.Hi), cmp.Compare(a.Value, b.Value), cmp.Compare(a.Lo, b.Lo))
		}
		return cmp.Or(cmp.Compare(b.Lo, a.Lo), cmp.Compare(b.Value, a.Value), cmp.Compare(b.Hi, a.Hi))
	}
	for i, g := range all {
		if own := by(g); own == nil {
			if g.Rank != 0 || slices.ContainsFunc(all[i:], func(g review.Group) bool { return by(g) != nil }) {
				t.Fatalf("%+v", all)
			}
			continue
		} else if i > 0 {
			switch c := order(by(all[i-1]), own); {
			case c > 0, c == 0 && all[i-1].Name >= g.Name, (c == 0) != (g.Rank == all[i-1].Rank), c != 0 && g.Rank != i+1:
				t.Fatalf("%+v", all)
			}
		} else if g.Rank != 1 {
			t.Fatalf("%+v", all)
		}
	}
}

// Invariant: one more positive review of somebody new never ranks a product lower, and a
// negative one never higher.
func TestRankIsMonotone(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		all := drawReviews(t)
		lower := func(more ...review.Review) float64 {
			r, err := review.Count(clientele.All(append(slices.Clone(all), more...)), byMonth())
			if err != nil {
				t.Fatal(err)
			}
			g, _ := r.Group(review.Product, "p")
			if g.Share == nil {
				return 0
			}
			return g.Share.Lo
		}
		before := lower()
		if good, bad := lower(stars("new", "p", 4, 1)), lower(stars("new", "p", 3, 1)); good < before || bad > before {
			t.Fatalf("%v, %v after a positive one, %v after another", before, good, bad)
		}
	})
}
