package review_test

import (
	"math"
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/journey/review"
	"pgregory.net/rapid"
)

// drawReviews draws reviews of a few people and objects, with versions, repetitions and faults.
func drawReviews(t *rapid.T) []review.Review {
	return rapid.SliceOfN(rapid.Custom(drawReview), 1, 40).Draw(t, "reviews")
}

func drawReview(t *rapid.T) review.Review {
	people := []string{"a", "b", "c", "d"}
	r := review.Review{
		Customer: rapid.SampledFrom(people).Draw(t, "customer"),
		Product:  rapid.SampledFrom([]string{"p", "q"}).Draw(t, "product"),
		Topics:   rapid.SliceOfN(rapid.SampledFrom([]string{"x", "y", "z"}), 0, 3).Draw(t, "topics"),
		At:       day(rapid.SampledFrom([]int{1, 20, 20, 40, 41, 70, 95}).Draw(t, "at")), // so that there are ties
		PassedOn: rapid.SampledFrom([]int{0, 0, 1, 5}).Draw(t, "passed on"),
		Version:  rapid.SampledFrom([]int{0, 0, 1, 2, 3}).Draw(t, "version"),
	}
	if rapid.IntRange(0, 3).Draw(t, "at a touchpoint") == 0 {
		r.Product, r.Touchpoint = "", "t"
	}
	if rapid.IntRange(0, 4).Draw(t, "rated") > 0 {
		r.Rating = new(float64(rapid.IntRange(1, 5).Draw(t, "rating")))
	}
	if rapid.Bool().Draw(t, "with an ID") { // which has one customer and one object
		r.ID = rapid.SampledFrom([]string{"1", "2", "3"}).Draw(t, "id")
		r.Customer, r.Product, r.Touchpoint = people[r.ID[0]-'1'], "p", ""
		r.Withdrawn = r.Version == 3
	}
	if rapid.Bool().Draw(t, "later") {
		r.Arrived = r.At.AddDate(0, 0, rapid.IntRange(0, 60).Draw(t, "days of delay"))
	}
	if rapid.Bool().Draw(t, "experienced") {
		r.Experienced = r.At.AddDate(0, 0, -rapid.IntRange(0, 30).Draw(t, "days before"))
	}
	if referrer := rapid.SampledFrom(append(people, "", "")).Draw(t, "referrer"); referrer != r.Customer {
		r.ReferredBy = referrer
	}
	if rapid.IntRange(0, 15).Draw(t, "spoilt") == 0 {
		r.Rating = new(rapid.SampledFrom([]float64{0, 6, math.NaN()}).Draw(t, "bad rating"))
	}
	return r
}

func drawConfig(t *rapid.T) review.Config {
	cfg := byMonth()
	cfg.Within = clientele.Days(rapid.SampledFrom([]int{0, 15}).Draw(t, "within"))
	cfg.ClosesAfter = clientele.Days(rapid.SampledFrom([]int{0, 10}).Draw(t, "closes after"))
	cfg.Late = rapid.SampledFrom([]review.Lateness{review.Apart, review.Counted, review.OnArrival}).Draw(t, "late")
	cfg.Repeats = rapid.SampledFrom([]review.Repeat{review.Latest, review.First, review.Every}).Draw(t, "repeats")
	if rapid.Bool().Draw(t, "bounded") {
		cfg.Since, cfg.Until = day(10), day(80)
	}
	return cfg
}

// plainly counts reviews by definition: it looks through all of them for each question.
type plainly struct {
	cfg review.Config
	all []review.Review
}

func (p *plainly) arrival(r *review.Review) time.Time {
	if r.Arrived.IsZero() {
		return r.At
	}
	return r.Arrived
}

func (p *plainly) isLate(r *review.Review) bool {
	tardy := p.cfg.Within > 0 && !r.Experienced.IsZero() && r.At.Sub(r.Experienced) > p.cfg.Within.Duration()
	closes := time.Date(2025, r.At.Month()+1, 1, 0, 0, 0, 0, time.UTC).Add(p.cfg.ClosesAfter.Duration())
	return tardy || p.cfg.ClosesAfter > 0 && p.arrival(r).After(closes)
}

// isApart reports whether a review is late and counts nowhere else.
func (p *plainly) isApart(r *review.Review) bool { return p.cfg.Late == review.Apart && p.isLate(r) }

// when is the moment at which a review counts.
func (p *plainly) when(r *review.Review) time.Time {
	if p.cfg.Late == review.OnArrival && p.isLate(r) {
		return p.arrival(r)
	}
	return r.At
}

// isWorse reports whether the second rating counts as later where nothing else decides.
func isWorse(a, b *review.Review) bool {
	return a.Rating == nil && b.Rating != nil || a.Rating != nil && b.Rating != nil && *b.Rating < *a.Rating
}

// usable are the reviews that are known and not spoilt.
func (p *plainly) usable() (all []review.Review) {
	for _, r := range p.all {
		if r.Validate() != nil || r.Rating != nil && (*r.Rating < 1 || *r.Rating > 5) || r.At.After(p.cfg.AsOf) || p.arrival(&r).After(p.cfg.AsOf) {
			continue
		}
		all = append(all, r)
	}
	return all
}

// versions are those of the usable reviews that no later version replaces.
func (p *plainly) versions(apart bool) (all []review.Review) {
	usable := p.usable()
	for i, r := range usable {
		replaced := r.Withdrawn || p.isApart(&r) != apart
		for j, o := range usable {
			if i == j || r.ID == "" || o.ID != r.ID || p.isApart(&o) != p.isApart(&r) {
				continue
			}
			switch {
			case o.Version != r.Version:
				replaced = replaced || o.Version > r.Version
			case !o.At.Equal(r.At):
				replaced = replaced || o.At.After(r.At)
			case isWorse(&r, &o):
				replaced = true
			case !isWorse(&o, &r):
				replaced = replaced || j > i // of equals one stays
			}
		}
		if when := p.when(&r); !replaced && (p.cfg.Since.IsZero() || !when.Before(p.cfg.Since) && when.Before(p.cfg.Until)) {
			all = append(all, r)
		}
	}
	return all
}

// ratings are how many gave which rating, in a month or in all (0).
func (p *plainly) ratings(apart bool, month time.Month) map[float64]int {
	counts := make(map[float64]int)
	own := p.versions(apart)
	isIn := func(r *review.Review) bool { return month == 0 || p.when(r).Month() == month }
	for i := range own {
		r, counts1 := &own[i], isIn(&own[i])
		for j := range own {
			o := &own[j]
			if i == j || !isIn(o) || p.cfg.Repeats == review.Every || o.Customer != r.Customer || o.Product != r.Product || o.Touchpoint != r.Touchpoint {
				continue
			}
			a, b := r, o // b comes later?
			if p.cfg.Repeats == review.First {
				a, b = o, r
			}
			switch x, y := p.when(a), p.when(b); {
			case !x.Equal(y):
				counts1 = counts1 && !x.Before(y)
			case a.Version != b.Version:
				counts1 = counts1 && a.Version > b.Version
			case isWorse(a, b):
				counts1 = false
			case !isWorse(b, a):
				counts1 = counts1 && i > j // of equals one stays
			}
		}
		if counts1 && r.Rating != nil {
			counts[*r.Rating]++
		}
	}
	return counts
}
