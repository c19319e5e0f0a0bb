package nps_test

import (
	"fmt"
	"slices"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/nps"
)

// The company knows how its customers divide by region and by age, though not by both.
func ExampleRake() {
	answers := func(n, answer int, region, age string) []nps.Respondent {
		return slices.Repeat([]nps.Respondent{{Answer: answer, Categories: []string{region, age}}}, n)
	}
	sample := slices.Concat(
		answers(30, 10, "north", "under 40"), answers(10, 5, "north", "under 40"),
		answers(20, 9, "north", "over 40"), answers(20, 4, "north", "over 40"),
		answers(4, 10, "south", "under 40"), answers(1, 7, "south", "under 40"),
		answers(3, 9, "south", "over 40"), answers(7, 2, "south", "over 40"),
	)
	r, err := nps.Rake(clientele.All(sample), []nps.Dimension{
		{Name: "region", Categories: []nps.Category{{Name: "north", Population: 5200}, {Name: "south", Population: 4800}}},
		{Name: "age", Categories: []nps.Category{{Name: "under 40", Population: 0.3}, {Name: "over 40", Population: 0.7}}},
	}, nps.RakeConfig{MaxWeight: 4})
	if err != nil {
		panic(err)
	}
	plain, err := r.Answers.Unweighted().Score()
	if err != nil {
		panic(err)
	}
	fmt.Printf("%.1f as answered, %.1f [%.1f, %.1f] of customers\n", plain, r.Score.Value, r.Score.Lo, r.Score.Hi)
	fmt.Printf("%d rounds; weights %.2f to %.2f; design effect %.2f\n", r.Iterations, r.Least, r.Most, r.DesignEffect)
	for _, d := range r.Dimensions {
		for _, c := range d.Categories {
			fmt.Printf("%s %s: %.0f %% of the answers, %.0f %% of the customers\n", d.Name, c.Name, 100*c.Before, 100*c.After)
		}
	}
	// Output:
	// 21.1 as answered, 3.4 [-19.8, 28.2] of customers
	// 7 rounds; weights 0.46 to 3.53; design effect 1.88
	// region north: 84 % of the answers, 52 % of the customers
	// region south: 16 % of the answers, 48 % of the customers
	// age over 40: 53 % of the answers, 70 % of the customers
	// age under 40: 47 % of the answers, 30 % of the customers
}
