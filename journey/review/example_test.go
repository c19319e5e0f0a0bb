package review_test

import (
	"encoding/csv"
	"fmt"
	"os"
	"strings"
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/journey"
	"github.com/clientele-go/clientele/journey/review"
)

// Which products are surely good? One good review of one is less than 95 of 100.
func Example() {
	var all []review.Review
	add := func(product string, good, bad int) {
		for i := range good + bad {
			rating := 5.0
			if i >= good {
				rating = 2
			}
			all = append(all, review.Review{Customer: fmt.Sprint("customer ", i), Product: product, Rating: &rating, At: march(1)})
		}
	}
	add("stove", 1, 0)
	add("tent", 95, 5)
	add("lamp", 6, 4)
	report, err := review.Count(clientele.All(all), review.Config{AsOf: march(31)})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, p := range report.Products {
		fmt.Printf("%d. %s: %d of %d are positive, at least %.0f %%\n", p.Rank, p.Name, p.Positive, p.Rated, 100*p.Share.Lo)
	}
	// Output:
	// 1. tent: 95 of 100 are positive, at least 89 %
	// 2. lamp: 6 of 10 are positive, at least 31 %
	// 3. stove: 1 of 1 are positive, at least 21 %
}

// march is noon of a day of March.
func march(day int) time.Time { return time.Date(2025, 3, day, 12, 0, 0, 0, time.UTC) }

// said is a review of a product, with topics.
func said(customer, product string, rating float64, at time.Time, topics ...string) review.Review {
	return review.Review{Customer: customer, Product: product, Rating: &rating, At: at, Topics: topics}
}

// An edit replaces what was written before, a repetition counts once, a review of long ago is
// apart, and one off the scale is named.
func ExampleCount() {
	ada := said("Ada", "tent", 5, march(3))
	ada.ID = "r1"
	edited := said("Ada", "tent", 2, march(20))
	edited.ID, edited.Version = "r1", 1
	late := said("Ben", "tent", 1, march(25))
	late.Experienced = march(1).AddDate(0, -6, 0)
	wrong := said("Cleo", "tent", 50, march(5))
	wrong.ID = "r7"
	report, err := review.Count(clientele.All([]review.Review{ada, ada, edited, late, wrong, said("Dan", "tent", 4, march(9))}),
		review.Config{AsOf: march(31), Within: 90})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(report.Given, "were given,", report.All.Reviews, "count; repeated", report.Repeated, "replaced", report.Replaced, "late", report.Late.All.Reviews)
	for _, rating := range report.All.Ratings {
		fmt.Println(rating.Rating, "stars:", rating.Reviews)
	}
	for _, warning := range report.Warnings {
		fmt.Println(warning)
	}
	// Output:
	// 6 were given, 2 count; repeated 1 replaced 1 late 1
	// 2 stars: 1
	// 4 stars: 1
	// reviews left out for Rating, not on the scale: 1 (r7)
}

// Shards count by themselves and are merged.
func ExampleCounter() {
	cfg := review.Config{AsOf: march(31)}
	north, err := review.New(cfg)
	if err != nil {
		fmt.Println(err)
		return
	}
	south, err := review.New(cfg)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, step := range []error{
		north.Add(said("Ada", "tent", 5, march(3))),
		south.Add(said("Ben", "tent", 3, march(4))),
		north.Merge(south),
	} {
		if step != nil {
			fmt.Println(step)
			return
		}
	}
	report, err := north.Report()
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(report.All.Reviews, "reviews, mean", report.All.Mean.Value)
	// Output:
	// 2 reviews, mean 4
}

// What do customers pass on to others?
func ExampleReport_MostPassedOn() {
	shared := said("Ada", "tent", 5, march(3), "weight")
	shared.PassedOn = 4
	referred := said("Cleo", "lamp", 4, march(9), "light")
	referred.ReferredBy = "Ben"
	report, err := review.Count(clientele.All([]review.Review{
		shared, said("Ben", "lamp", 5, march(1), "light"), referred, said("Dan", "stove", 5, march(2)), said("Eve", "tent", 4, march(5), "weight"),
	}), review.Config{AsOf: march(31)})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, of := range []review.Kind{review.Product, review.Topic} {
		for _, g := range report.MostPassedOn(of) {
			fmt.Printf("%v %s: %d of %d reviews, %d times, %d referrals\n", of, g.Name, g.PassedOn.Reviews, g.Reviews, g.PassedOn.Times, g.PassedOn.Referrals)
		}
	}
	// Output:
	// product lamp: 1 of 2 reviews, 0 times, 1 referrals
	// product tent: 1 of 2 reviews, 4 times, 0 referrals
	// product stove: 0 of 1 reviews, 0 times, 0 referrals
	// topic light: 1 of 2 reviews, 0 times, 1 referrals
	// topic weight: 1 of 2 reviews, 4 times, 0 referrals
}

// Which products are surely bad?
func ExampleReport_Weakest() {
	var all []review.Review
	for i := range 20 {
		all = append(all, said(fmt.Sprint(i), "lamp", float64(1+i%2), march(1)), said(fmt.Sprint(i), "tent", float64(4+i%2), march(1)))
	}
	all = append(all, said("Ada", "stove", 1, march(1)))
	report, err := review.Count(clientele.All(all), review.Config{AsOf: march(31)})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, g := range report.Weakest(review.Product) {
		fmt.Printf("%s: at most %.0f %% are positive\n", g.Name, 100*g.Share.Hi)
	}
	// Output:
	// lamp: at most 16 % are positive
	// stove: at most 79 % are positive
	// tent: at most 100 % are positive
}

// Which topics rise and fall, month against month?
func ExampleReport_Shifts() {
	var all []review.Review
	for i := range 100 {
		topic := "price"
		if i < 45 {
			topic = "delivery"
		}
		all = append(all, said(fmt.Sprint(i), "tent", 5, march(-10), topic)) // in February
		topic = "price"
		if i < 15 {
			topic = "delivery"
		}
		all = append(all, said(fmt.Sprint(i), "tent", 4, march(10), topic))
	}
	report, err := review.Count(clientele.All(all), review.Config{AsOf: march(40), Calendar: clientele.Calendar{Unit: clientele.Month}})
	if err != nil {
		fmt.Println(err)
		return
	}
	shifts, err := report.Shifts(review.ShiftConfig{Of: review.Topic, First: "2025-02", Second: "2025-03"})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, s := range shifts.Shifts {
		d := s.Mentions.Difference
		fmt.Printf("%s: %+.0f points [%+.0f, %+.0f], rising %v, falling %v\n", s.Name, 100*d.Value, 100*d.Lo, 100*d.Hi, s.IsRising, s.IsFalling)
	}
	// Output:
	// delivery: -30 points [-43, -17], rising false, falling true
	// price: +30 points [+17, +43], rising true, falling false
}

// The ranking for a terminal.
func ExampleReport_WriteText() {
	report, err := review.Count(clientele.All([]review.Review{
		said("Ada", "tent", 5, march(3)), said("Ben", "tent", 4, march(4)), said("Cleo", "lamp", 2, march(4)),
	}), review.Config{AsOf: march(31)})
	if err != nil {
		fmt.Println(err)
		return
	}
	if err := report.WriteText(os.Stdout, review.Product, 10); err != nil {
		fmt.Println(err)
	}
	// Output:
	// product  rank  reviews  positive  from     to  mean  passed on
	// tent        1        2     100.0  34.2  100.0  4.50        0.0
	// lamp        2        1       0.0   0.0   79.3  2.00        0.0
}

// All groups and periods for a program or a spreadsheet.
func ExampleReport_WriteCSV() {
	report, err := review.Count(clientele.All([]review.Review{said("Ada", "tent", 5, march(3))}), review.Config{AsOf: march(31)})
	if err != nil {
		fmt.Println(err)
		return
	}
	var file strings.Builder
	if err := report.WriteCSV(clientele.Spreadsheet(&file)); err != nil {
		fmt.Println(err)
		return
	}
	lines, err := csv.NewReader(strings.NewReader(file.String())).ReadAll()
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, line := range lines {
		fmt.Printf("%q\n", line[:7])
	}
	// Output:
	// ["period" "kind" "name" "rank" "reviews" "rated" "positive"]
	// ["" "all" "" "" "1" "1" "1"]
	// ["" "product" "tent" "1" "1" "1" "1"]
	// ["2025-03-03" "all" "" "" "1" "1" "1"]
	// ["2025-03-03" "product" "tent" "1" "1" "1" "1"]
}

// Ratings of touchpoints are the quality by which an audit of the map finds poor ones.
func ExampleReport_audit() {
	met := func(customer, touchpoint string, rating float64) review.Review {
		return review.Review{Customer: customer, Touchpoint: touchpoint, Rating: &rating, At: march(3)}
	}
	report, err := review.Count(clientele.All([]review.Review{
		met("Ada", "site", 5), met("Ben", "site", 4), met("Ada", "chat", 2), met("Cleo", "chat", 3),
	}), review.Config{AsOf: march(31)})
	if err != nil {
		fmt.Println(err)
		return
	}
	var quality []journey.Quality
	for _, g := range report.Touchpoints {
		quality = append(quality, journey.Quality{Touchpoint: g.Name, Adequate: 3.5, Perceived: g.Mean.Value})
	}
	audit, err := journey.Audit(clientele.All([]journey.Timeline{
		{Profile: "Ada", Touches: []journey.Touch{{Touchpoint: "site", At: march(1)}, {Touchpoint: "chat", At: march(2)}}},
	}), journey.AuditConfig{
		Map: journey.Map{Touchpoints: []journey.Touchpoint{
			{Name: "site", Stages: []string{"study"}}, {Name: "chat", Stages: []string{"consult"}},
		}},
		AsOf: march(31), Quality: quality,
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, point := range audit.Poor() {
		fmt.Println(point.Touchpoint, "is perceived as", point.Quality.Perceived)
	}
	// Output:
	// chat is perceived as 2.5
}
