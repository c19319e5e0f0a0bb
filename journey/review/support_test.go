package review_test

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/verify"
	"github.com/clientele-go/clientele/journey/review"
)

// day is noon of a day of 2025, counted from 1.
func day(n int) time.Time { return time.Date(2025, 1, n, 12, 0, 0, 0, time.UTC) }

// stars is a review of a product, without an ID.
func stars(customer, product string, rating float64, written int) review.Review {
	return review.Review{Customer: customer, Product: product, Rating: &rating, At: day(written)}
}

// with changes a review.
func with(r review.Review, change func(*review.Review)) review.Review {
	change(&r)
	return r
}

// version is a review that is a version of an ID.
func version(id string, n int, r review.Review) review.Review {
	r.ID, r.Version = id, n
	return r
}

// byMonth is a configuration as of the end of March.
func byMonth() review.Config {
	return review.Config{AsOf: day(90), Calendar: clientele.Calendar{Unit: clientele.Month}}
}

func configured(change func(*review.Config)) review.Config {
	cfg := byMonth()
	change(&cfg)
	return cfg
}

// count counts reviews.
func count(t testing.TB, cfg review.Config, reviews ...review.Review) *review.Report {
	t.Helper()
	r, err := review.Count(clientele.All(reviews), cfg)
	if err != nil {
		t.Fatal(err)
	}
	reconciles(t, r)
	return r
}

// reconciles checks that every review is in one count.
func reconciles(t testing.TB, r *review.Report) {
	t.Helper()
	sum := r.All.Reviews + r.Superseded + r.Replaced + r.Repeated + r.Withdrawn + r.Outside + r.Later
	if r.Config.Late == review.Apart {
		sum += r.Late.All.Reviews
	}
	for _, u := range r.Unusable {
		sum += u.Reviews
	}
	if sum != r.Given {
		t.Fatalf("%d reviews were given, and %d are told of: %+v", r.Given, sum, r)
	}
}

// names are those of groups, in their order.
func names(groups []review.Group) (all []string) {
	for _, g := range groups {
		all = append(all, g.Name)
	}
	return all
}

func asJSON(v any) string { return string(verify.Must(json.Marshal(v))) }
