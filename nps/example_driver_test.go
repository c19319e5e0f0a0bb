package nps_test

import (
	"fmt"
	"math/rand/v2"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/nps"
)

func ExampleDrivers() {
	// Delivery makes customers recommend, price a little, and packaging does not.
	rng := rand.New(rand.NewPCG(1, 2))
	var responses []nps.Response
	for range 400 {
		delivery, price, packaging := 1+rng.IntN(5), 1+rng.IntN(5), 1+rng.IntN(5)
		responses = append(responses, nps.Response{
			Answer:  min(10, max(0, 2*delivery+price/2+rng.IntN(5)-3)),
			Ratings: []nps.Rating{nps.NewRating(float64(delivery)), nps.NewRating(float64(price)), nps.NewRating(float64(packaging))},
		})
	}
	responses = append(responses, nps.Response{Answer: 8, Ratings: []nps.Rating{nps.NewRating(4), {}, nps.NewRating(2)}})

	r, err := nps.Drivers(clientele.All(responses), []string{"delivery", "price", "packaging"}, nps.DriverConfig{
		Resamples: 500,
		Source:    rand.NewPCG(3, 4),
	})
	if err != nil {
		panic(err)
	}
	fmt.Printf("%d responses, %d incomplete; ratings explain %.0f %% of the answers\n", r.N, r.Incomplete, 100*r.R2)
	for _, d := range r.Ranked() {
		fmt.Printf("%-9s correlation %5.2f, by ranks %5.2f, share %4.1f %% [%.1f, %.1f], more than chance: %v\n",
			d.Name, d.Correlation.Value, d.RankCorrelation.Value, 100*d.Shapley.Value, 100*d.Shapley.Lo, 100*d.Shapley.Hi, d.Claimed)
	}
	// Output:
	// 400 responses, 1 incomplete; ratings explain 80 % of the answers
	// delivery  correlation  0.87, by ranks  0.88, share 74.4 % [70.6, 77.6], more than chance: true
	// price     correlation  0.26, by ranks  0.26, share  5.4 % [3.0, 8.5], more than chance: true
	// packaging correlation  0.07, by ranks  0.08, share  0.2 % [0.0, 1.4], more than chance: false
}
