package review_test

import (
	"fmt"
	"math"
	"reflect"
	"testing"
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/interval"
	"github.com/clientele-go/clientele/internal/verify"
	"github.com/clientele-go/clientele/journey/review"
)

// One good review of one ranks below 95 of 100; equals share a rank and are in order of names;
// what has no rating comes last; a bad one of one is before a hundred bad ones.
func TestRanking(t *testing.T) {
	var all []review.Review
	rate := func(product string, good, bad int) {
		for i := range good + bad {
			rating := 5.0
			if i >= good {
				rating = 1
			}
			all = append(all, stars(fmt.Sprint(i), product, rating, 1))
		}
	}
	rate("one of one", 1, 0)
	rate("95 of 100", 95, 5)
	rate("b half", 2, 2)
	rate("a half", 2, 2)
	rate("none of one", 0, 1)
	rate("none of 100", 0, 100)
	all = append(all, review.Review{Customer: "x", Product: "unrated", At: day(1)})
	r := count(t, configured(func(c *review.Config) {
		c.Products = []string{"idle", "one of one", "95 of 100", "b half", "a half", "none of one", "none of 100", "unrated"}
	}), all...)
	want := []string{"95 of 100", "one of one", "a half", "b half", "none of one", "none of 100", "idle", "unrated"}
	if got := names(r.Products); !reflect.DeepEqual(got, want) {
		t.Errorf("ranked %q, want %q", got, want)
	}
	for i, want := range []int{1, 2, 3, 3, 5, 6, 0, 0} {
		if got := r.Products[i].Rank; got != want {
			t.Errorf("%s has rank %d, want %d", r.Products[i].Name, got, want)
		}
	}
	best, one := r.Products[0], r.Products[1]
	if *best.Share != interval.Wilson(95, 100, 0.95) || *one.Share != interval.Wilson(1, 1, 0.95) || best.Share.Lo <= one.Share.Lo {
		t.Errorf("%v and %v", best.Share, one.Share)
	}
	if m := one.Mean; m.Level != 0.95 || m.Value != 5 || m.Hi != 5 || m.Lo > 2 {
		t.Errorf("the mean of one review is %+v", one.Mean)
	}
	if got := names(r.Weakest(review.Product)); !reflect.DeepEqual(got, []string{"none of 100", "none of one", "a half", "b half", "95 of 100", "one of one"}) {
		t.Errorf("the weakest are %q", got)
	}
	if idle, ok := r.Group(review.Product, "idle"); !ok || idle.Reviews != 0 || idle.Share != nil || idle.Mean != nil || idle.PassedOn.Share != nil {
		t.Errorf("%+v, %v", idle, ok)
	}
}

// The mean is that of the ratings, on whatever scale, with an interval that keeps to the
// scale; ratings are counted by value.
func TestMeanAndRatings(t *testing.T) {
	r := count(t, byMonth(), stars("a", "p", 5, 1), stars("b", "p", 4, 1), stars("c", "p", 5, 1), stars("d", "p", 2, 1), stars("e", "p", 4.5, 1))
	g := r.Products[0]
	verify.Near(t, "mean", g.Mean.Value, 4.1, 1e-15)
	verify.Near(t, "standard error", g.Mean.StdErr, math.Sqrt((2*0.81+0.01+4.41+0.16)/4/5), 1e-12)
	if !(1 < g.Mean.Lo && g.Mean.Lo < 4.1-g.Mean.StdErr && 4.1 < g.Mean.Hi && g.Mean.Hi <= 5) || g.Mean.Level != 0.95 {
		t.Errorf("%+v", g.Mean)
	}
	ends := count(t, byMonth(), stars("a", "p", 5, 1), stars("b", "p", 1, 1), stars("c", "p", 5, 1)).All
	verify.Near(t, "lower limit of fives and ones", ends.Mean.Lo, 1+4*ends.Share.Lo, 1e-9)
	verify.Near(t, "upper limit of fives and ones", ends.Mean.Hi, 1+4*ends.Share.Hi, 1e-9)
	if counts := []review.RatingCount{{2, 1}, {4, 1}, {4.5, 1}, {5, 2}}; !reflect.DeepEqual(g.Ratings, counts) {
		t.Errorf("%v", g.Ratings)
	}
	if g.Rated != 5 || g.Positive != 4 {
		t.Errorf("%+v", g)
	}
}

// Ratings of many values are counted as those of few.
func TestRatingsOfManyValues(t *testing.T) {
	var all []review.Review
	want := make(map[float64]int)
	for i := range 3000 {
		rating := 1 + float64(i*i%997)/250
		want[rating]++
		all = append(all, stars(fmt.Sprint(i), "p", rating, 1))
	}
	g := count(t, byMonth(), all...).All
	if len(g.Ratings) != len(want) {
		t.Fatalf("%d values, want %d", len(g.Ratings), len(want))
	}
	for i, c := range g.Ratings {
		if want[c.Rating] != c.Reviews || i > 0 && g.Ratings[i-1].Rating >= c.Rating {
			t.Errorf("%v, want %d", c, want[c.Rating])
		}
	}
}

// Which of several reviews count, by name.
func TestWhichReviewsCount(t *testing.T) {
	late := func(r review.Review) review.Review {
		return with(r, func(r *review.Review) { r.Experienced = r.At.AddDate(0, 0, -20) })
	}
	arrived := func(n int, r review.Review) review.Review {
		return with(r, func(r *review.Review) { r.Arrived = day(n) })
	}
	gone := func(r review.Review) review.Review { return with(r, func(r *review.Review) { r.Withdrawn = true }) }
	for _, c := range []struct {
		name    string
		change  func(*review.Config)
		reviews []review.Review
		ratings []review.RatingCount
		want    review.Report
		late    int
	}{
		{"the same ID twice", nil, []review.Review{version("1", 0, stars("a", "p", 5, 1)), version("1", 0, stars("a", "p", 5, 1))}, []review.RatingCount{{5, 1}}, review.Report{Repeated: 1}, 0},
		{"the same ID three times and an edit", nil, []review.Review{version("1", 0, stars("a", "p", 5, 1)), version("1", 1, stars("a", "p", 2, 1)), version("1", 0, stars("a", "p", 5, 1)), version("1", 0, stars("a", "p", 5, 1))}, []review.RatingCount{{2, 1}}, review.Report{Repeated: 2, Replaced: 1}, 0},
		{"an edit by time", nil, []review.Review{version("1", 0, stars("a", "p", 5, 1)), version("1", 0, stars("a", "p", 3, 2))}, []review.RatingCount{{3, 1}}, review.Report{Replaced: 1}, 0},
		{"an edit that came first", nil, []review.Review{version("1", 2, stars("a", "p", 3, 1)), version("1", 1, stars("a", "p", 5, 2))}, []review.RatingCount{{3, 1}}, review.Report{Replaced: 1}, 0},
		{"two versions that nothing orders", nil, []review.Review{version("1", 0, stars("a", "p", 3, 1)), version("1", 0, stars("a", "p", 5, 1))}, []review.RatingCount{{3, 1}}, review.Report{Replaced: 1, Ties: 1}, 0},
		{"an edit of the product", nil, []review.Review{version("1", 0, stars("a", "p", 3, 1)), version("1", 1, stars("a", "q", 3, 1))}, []review.RatingCount{{3, 1}}, review.Report{Replaced: 1}, 0},
		{"taken back", nil, []review.Review{version("1", 0, stars("a", "p", 3, 1)), gone(version("1", 1, stars("a", "p", 3, 1)))}, nil, review.Report{Replaced: 1, Withdrawn: 1}, 0},
		{"taken back, so that an older one counts", nil, []review.Review{stars("a", "p", 4, 1), version("1", 0, stars("a", "p", 3, 2)), gone(version("1", 1, stars("a", "p", 3, 3)))}, []review.RatingCount{{4, 1}}, review.Report{Replaced: 1, Withdrawn: 1}, 0},
		{"again: the latest", nil, []review.Review{stars("a", "p", 5, 2), stars("a", "p", 1, 1), stars("a", "q", 1, 3), stars("b", "p", 4, 1)}, []review.RatingCount{{1, 1}, {4, 1}, {5, 1}}, review.Report{Superseded: 1}, 0},
		{"again: the first", func(c *review.Config) { c.Repeats = review.First }, []review.Review{stars("a", "p", 5, 2), stars("a", "p", 1, 1)}, []review.RatingCount{{1, 1}}, review.Report{Superseded: 1}, 0},
		{"again: every", func(c *review.Config) { c.Repeats = review.Every }, []review.Review{stars("a", "p", 5, 2), stars("a", "p", 1, 1), stars("a", "p", 1, 1)}, []review.RatingCount{{1, 2}, {5, 1}}, review.Report{}, 0},
		{"again at one moment", nil, []review.Review{stars("a", "p", 5, 2), stars("a", "p", 1, 2), stars("a", "p", 5, 2)}, []review.RatingCount{{1, 1}}, review.Report{Superseded: 2, Ties: 1}, 0},
		{"again with equal content", nil, []review.Review{stars("a", "p", 5, 2), stars("a", "p", 5, 2)}, []review.RatingCount{{5, 1}}, review.Report{Superseded: 1}, 0},
		{"from the future", nil, []review.Review{stars("a", "p", 5, 91), stars("a", "p", 2, 1), arrived(91, stars("b", "p", 5, 1))}, []review.RatingCount{{2, 1}}, review.Report{Later: 2}, 0},
		{"as of a moment before an edit", nil, []review.Review{version("1", 0, stars("a", "p", 5, 1)), arrived(91, version("1", 1, stars("a", "p", 2, 1)))}, []review.RatingCount{{5, 1}}, review.Report{Later: 1}, 0},
		{"outside", func(c *review.Config) { c.Since, c.Until = day(2), day(4) }, []review.Review{stars("a", "p", 5, 1), stars("b", "p", 3, 2), stars("c", "p", 5, 4)}, []review.RatingCount{{3, 1}}, review.Report{Outside: 2}, 0},
		{"written late", func(c *review.Config) { c.Within = 19 }, []review.Review{late(stars("a", "p", 5, 30)), stars("b", "p", 3, 2)}, []review.RatingCount{{3, 1}}, review.Report{}, 1},
		{"written just in time", func(c *review.Config) { c.Within = 20 }, []review.Review{late(stars("a", "p", 5, 30))}, []review.RatingCount{{5, 1}}, review.Report{}, 0},
		{"written late, and before in time", func(c *review.Config) { c.Within = 19 }, []review.Review{late(stars("a", "p", 5, 30)), stars("a", "p", 3, 2)}, []review.RatingCount{{3, 1}}, review.Report{}, 1},
		{"late twice", func(c *review.Config) { c.Within = 19 }, []review.Review{late(stars("a", "p", 5, 30)), late(stars("a", "p", 4, 31))}, nil, review.Report{Superseded: 1}, 1},
		{"written late, counted", func(c *review.Config) { c.Within, c.Late = 19, review.Counted }, []review.Review{late(stars("a", "p", 5, 30)), stars("a", "p", 3, 2)}, []review.RatingCount{{5, 1}}, review.Report{Superseded: 1}, 1},
		{"arrived when January was closed", func(c *review.Config) { c.ClosesAfter = 10 }, []review.Review{arrived(42, stars("a", "p", 5, 20)), arrived(41, stars("b", "p", 3, 2))}, []review.RatingCount{{3, 1}}, review.Report{}, 1},
		{"arrived at the moment at which January was closed", func(c *review.Config) { c.ClosesAfter = 10 }, []review.Review{with(stars("a", "p", 5, 20), func(r *review.Review) { r.Arrived = day(42).Add(-12 * time.Hour) })}, []review.RatingCount{{5, 1}}, review.Report{}, 0},
		{"at the last moment of all", func(c *review.Config) { c.AsOf = lastMoment() }, []review.Review{with(stars("a", "p", 5, 20), func(r *review.Review) { r.At = lastMoment() })}, []review.RatingCount{{5, 1}}, review.Report{}, 0},
		{"passed on a billion times", nil, []review.Review{with(stars("a", "p", 5, 20), func(r *review.Review) { r.PassedOn = 1e9 })}, []review.RatingCount{{5, 1}}, review.Report{}, 0},
		{"an edit after January was closed", func(c *review.Config) { c.ClosesAfter = 10 }, []review.Review{version("1", 0, stars("a", "p", 5, 20)), arrived(60, version("1", 1, stars("a", "p", 2, 20)))}, []review.RatingCount{{5, 1}}, review.Report{}, 1},
		{"an edit after January was closed, counted", func(c *review.Config) { c.ClosesAfter, c.Late = 10, review.Counted }, []review.Review{version("1", 0, stars("a", "p", 5, 20)), arrived(60, version("1", 1, stars("a", "p", 2, 20)))}, []review.RatingCount{{2, 1}}, review.Report{Replaced: 1}, 1},
		{"taken back after January was closed", func(c *review.Config) { c.ClosesAfter = 10 }, []review.Review{version("1", 0, stars("a", "p", 5, 20)), arrived(60, gone(version("1", 1, stars("a", "p", 2, 20))))}, []review.RatingCount{{5, 1}}, review.Report{Withdrawn: 1}, 0},
		{"a repetition after January was closed", func(c *review.Config) { c.ClosesAfter = 10 }, []review.Review{arrived(60, version("1", 0, stars("a", "p", 5, 20))), version("1", 0, stars("a", "p", 5, 20))}, []review.RatingCount{{5, 1}}, review.Report{Repeated: 1}, 0},
		{"on arrival, outside", func(c *review.Config) { c.ClosesAfter, c.Late, c.Until = 10, review.OnArrival, day(50) }, []review.Review{arrived(60, stars("a", "p", 5, 20)), stars("b", "p", 3, 20)}, []review.RatingCount{{3, 1}}, review.Report{Outside: 1}, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			cfg := byMonth()
			if c.change != nil {
				c.change(&cfg)
			}
			r := count(t, cfg, c.reviews...)
			if !reflect.DeepEqual(r.All.Ratings, c.ratings) || r.Late.All.Reviews != c.late || r.Late.Tardy+r.Late.Overdue != c.late {
				t.Errorf("counted %v and %+v late, want %v and %d", r.All.Ratings, r.Late, c.ratings, c.late)
			}
			got := review.Report{Superseded: r.Superseded, Replaced: r.Replaced, Repeated: r.Repeated, Withdrawn: r.Withdrawn, Outside: r.Outside, Later: r.Later, Ties: r.Ties}
			if !reflect.DeepEqual(got, c.want) {
				t.Errorf("left out %s\nwant %s", asJSON(got), asJSON(c.want))
			}
		})
	}
}

// lastMoment is the last that the library takes.
func lastMoment() time.Time { return time.Date(2262, 1, 1, 0, 0, 0, -1, time.UTC) }

// A review that is unusable is counted and named with its reason, or refused under Strict.
func TestUnusable(t *testing.T) {
	cfg := configured(func(c *review.Config) { c.Touchpoints = []string{"chat", "shop"} })
	good := stars("a", "p", 5, 1)
	for name, change := range map[string]func(*review.Review){
		"Customer":    func(r *review.Review) { r.Customer = "" },
		"Product":     func(r *review.Review) { r.Product = "" },
		"Touchpoint":  func(r *review.Review) { r.Touchpoint = "chat" },
		"Rating":      func(r *review.Review) { r.Rating = new(math.NaN()) },
		"Version":     func(r *review.Review) { r.Version = -1 },
		"PassedOn":    func(r *review.Review) { r.PassedOn = -1 },
		"ReferredBy":  func(r *review.Review) { r.ReferredBy = "a" },
		"Topics":      func(r *review.Review) { r.Topics = []string{"x", ""} },
		"At":          func(r *review.Review) { r.At = day(0).AddDate(-400, 0, 0) },
		"Arrived":     func(r *review.Review) { r.Arrived = day(0) },
		"Experienced": func(r *review.Review) { r.Experienced = day(2) },
	} {
		bad := with(good, change)
		bad.ID = "7"
		r := count(t, cfg, good, bad, with(good, func(r *review.Review) { r.Customer, r.ID = "b", "8" }))
		if len(r.Unusable) != 1 || len(r.Warnings) != 1 || r.All.Reviews != 2 {
			t.Errorf("%s: %+v", name, r)
			continue
		}
		if w := r.Unusable[0]; w.Field != name || w.Reviews != 1 || w.Reason == "" || !reflect.DeepEqual(w.Named, []string{"7"}) || !reflect.DeepEqual(r.Warnings[0], error(w)) {
			t.Errorf("%s: %+v", name, w)
		}
		strict := cfg
		strict.Strict = true
		_, err := review.Count(clientele.All([]review.Review{good, bad}), strict)
		if in, ok := err.(*clientele.InputError); !ok || in.Index != 1 || in.Op != "review.Count" {
			t.Errorf("%s under Strict: %v", name, err)
		}
	}
	for _, rating := range []float64{0.9, 5.1, math.Inf(1), math.Inf(-1)} {
		r := count(t, cfg, stars("a", "p", rating, 1))
		if len(r.Unusable) != 1 || r.Unusable[0].Field != "Rating" || r.All.Reviews != 0 || r.All.Share != nil {
			t.Errorf("%v: %+v", rating, r)
		}
	}
	unknown := review.Review{Customer: "a", Touchpoint: "fence", At: day(1)}
	if r := count(t, cfg, unknown); len(r.Unusable) != 1 || r.Unusable[0].Field != "Touchpoint" || r.Unusable[0].Named[0] != "a" {
		t.Errorf("%+v", r)
	}
}

// Of many reviews with one flaw the first ten names are kept, in order, each once.
func TestUnusableAreNamed(t *testing.T) {
	var all []review.Review
	for i := range 40 {
		all = append(all, with(stars(fmt.Sprintf("c%02d", (i*7)%20), "p", 9, 1), func(*review.Review) {}))
	}
	w := count(t, byMonth(), all...).Unusable[0]
	if w.Reviews != 40 || len(w.Named) != 10 || w.Named[0] != "c00" || w.Named[9] != "c09" {
		t.Errorf("%+v", w)
	}
}

// A review without an ID and a customer has no name, and is counted all the same.
func TestUnusableWithoutAName(t *testing.T) {
	nobody := stars("", "p", 5, 1)
	w := count(t, byMonth(), nobody, nobody).Unusable[0]
	if w.Field != "Customer" || w.Reviews != 2 || len(w.Named) != 0 || w.Error() != "reviews left out for Customer, missing: 2" {
		t.Errorf("%+v: %v", w, w)
	}
	if w := count(t, byMonth(), nobody, with(nobody, func(r *review.Review) { r.ID = "7" })).Unusable[0]; w.Reviews != 2 || !reflect.DeepEqual(w.Named, []string{"7"}) {
		t.Errorf("%+v", w)
	}
}

// Under Strict an ID that comes twice with one version and moment is refused, the first in
// order of IDs by name.
func TestStrictRefusesTwice(t *testing.T) {
	cfg := configured(func(c *review.Config) { c.Strict = true })
	once := stars("a", "p", 5, 1)
	_, err := review.Count(clientele.All([]review.Review{version("9", 0, once), version("9", 0, once), version("3", 1, once), version("3", 1, once), version("3", 2, once)}), cfg)
	verify.InputError(t, err, "review.Count", -1, "ID", clientele.ErrDuplicate)
	if in := err.(*clientele.InputError); in.Value != "3" {
		t.Errorf("%v", err)
	}
	if r := count(t, cfg, version("3", 1, once), version("3", 2, once)); r.Replaced != 1 {
		t.Errorf("%+v", r)
	}
}
