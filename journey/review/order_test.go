package review_test

import (
	"bytes"
	"testing"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/journey/review"
	"pgregory.net/rapid"
)

// answers are the bytes of all answers of a report: Report, Group, MostPassedOn, Weakest,
// Shifts, WriteText and WriteCSV.
func answers(t *rapid.T, r *review.Report) string {
	var text bytes.Buffer
	text.WriteString(asJSON(r))
	for _, w := range r.Warnings {
		text.WriteString(w.Error())
	}
	for _, of := range []review.Kind{review.Product, review.Touchpoint, review.Topic} {
		g, _ := r.Group(of, "p")
		text.WriteString(asJSON([]any{g, r.MostPassedOn(of), r.Weakest(of)}))
		if s, err := r.Shifts(review.ShiftConfig{Of: of}); err == nil {
			text.WriteString(asJSON(s))
		}
		if err := r.WriteText(&text, of, 0); err != nil {
			t.Fatal(err)
		}
	}
	if err := r.WriteCSV(&text); err != nil {
		t.Fatal(err)
	}
	return text.String()
}

// Invariant: in whatever order reviews come to Count or to a Counter, and however they are
// split over shards, every answer has the same bytes.
func TestShardsMergedAreOnePass(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		cfg, all := drawConfig(t), drawReviews(t)
		ask := func(reviews []review.Review) string {
			r, err := review.Count(clientele.All(reviews), cfg)
			if err != nil {
				t.Fatal(err)
			}
			return answers(t, r)
		}
		want := ask(all)
		if got := ask(rapid.Permutation(all).Draw(t, "again")); got != want {
			t.Fatalf("in another order\n%s\nwant\n%s", got, want)
		}
		shards := make([]*review.Counter, 3)
		for i := range shards {
			var err error
			if shards[i], err = review.New(cfg); err != nil {
				t.Fatal(err)
			}
		}
		for _, r := range rapid.Permutation(all).Draw(t, "order") {
			if err := shards[rapid.IntRange(0, 2).Draw(t, "shard")].Add(r); err != nil {
				t.Fatal(err)
			}
		}
		var merged review.Counter
		for _, i := range rapid.Permutation([]int{0, 1, 2}).Draw(t, "shards") {
			if err := merged.Merge(shards[i]); err != nil {
				t.Fatal(err)
			}
		}
		for range 2 { // the counter can go on
			r, err := merged.Report()
			if err != nil {
				t.Fatal(err)
			}
			if got := answers(t, r); got != want {
				t.Fatalf("merged\n%s\nin one pass\n%s", got, want)
			}
		}
	})
}

// Invariant: of two reviews that differ in one thing alone, and that neither version nor time
// orders, the same one counts whichever comes first, and the tie is told.
func TestTiesInAnyOrder(t *testing.T) {
	plain := with(stars("a", "p", 4, 20), func(r *review.Review) {
		r.Topics, r.PassedOn, r.ReferredBy, r.Experienced = []string{"x", "y"}, 1, "b", day(19)
	})
	for name, change := range map[string]func(*review.Review){
		"rating":           func(r *review.Review) { *r.Rating = 3 },
		"without a rating": func(r *review.Review) { r.Rating = nil },
		"topic":            func(r *review.Review) { r.Topics = []string{"x", "z"} },
		"fewer topics":     func(r *review.Review) { r.Topics = []string{"x"} },
		"passed on":        func(r *review.Review) { r.PassedOn = 2 },
		"referrer":         func(r *review.Review) { r.ReferredBy = "c" },
		"nobody referred":  func(r *review.Review) { r.ReferredBy = "" },
		"tardy":            func(r *review.Review) { r.Experienced = day(1) },
		"customer":         func(r *review.Review) { r.Customer = "d" },
		"product":          func(r *review.Review) { r.Product = "q" },
		"touchpoint":       func(r *review.Review) { r.Product, r.Touchpoint = "", "p" },
		"withdrawn":        func(r *review.Review) { r.Withdrawn = true },
	} {
		other := plain
		other.Rating = new(*plain.Rating)
		change(&other)
		for _, id := range []string{"", "1"} {
			if id == "" && (name == "customer" || name == "product" || name == "touchpoint" || name == "withdrawn") {
				continue // which are not of one customer and object, or count together
			}
			cfg := configured(func(c *review.Config) { c.Within, c.Late = 10, review.Counted })
			one := count(t, cfg, version(id, 0, plain), version(id, 0, other))
			two := count(t, cfg, version(id, 0, other), version(id, 0, plain))
			if asJSON(one) != asJSON(two) || one.Ties != 1 || one.All.Reviews+one.Withdrawn != 1 {
				t.Errorf("%s, ID %q:\n%s\n%s", name, id, asJSON(one), asJSON(two))
			}
		}
	}
}
