package price_test

import (
	"encoding/csv"
	"fmt"
	"strings"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/ltv/price"
	"github.com/shopspring/decimal"
)

// answers are what so many people each would pay at most.
func answers(people map[string]int) []decimal.Decimal {
	var all []decimal.Decimal
	for answer, n := range people {
		for range n {
			all = append(all, money(answer))
		}
	}
	return all
}

// At which price the most profit is made, of what 200 people said they would pay.
func Example() {
	a, err := price.NewAcceptance(answers(map[string]int{"19": 30, "29": 45, "39": 60, "49": 35, "59": 20, "79": 10}))
	check(err)
	share, err := a.At(money("49"), 0)
	check(err)
	best, err := a.Best(price.Config{Cost: money("5")})
	check(err)
	fmt.Printf("%.0f %% would pay 49; sell at %s, for %.2f profit per person asked\n", 100*share.Value, best.Price, best.Profit.Value)
	// Output: 32 % would pay 49; sell at 39, for 21.25 profit per person asked
}

// With a column of answers.
func Example_fromCSV() {
	rows := csv.NewReader(strings.NewReader("39\n19\n49\n39\n29\n"))
	var answers []decimal.Decimal
	for answer, err := range clientele.Read(func() (decimal.Decimal, error) {
		row, err := rows.Read()
		if err != nil {
			return decimal.Decimal{}, err
		}
		return decimal.NewFromString(row[0])
	}) {
		check(err)
		answers = append(answers, answer)
	}
	a, err := price.NewAcceptance(answers)
	check(err)
	best, err := a.Best(price.Config{})
	check(err)
	fmt.Printf("%d answers, best price %s\n", a.Len(), best.Price)
	// Output: 5 answers, best price 39
}

func ExampleNewAcceptance() {
	a, err := price.NewAcceptance(answers(map[string]int{"19": 30, "29": 45, "39": 60, "49": 35, "59": 20, "79": 10}))
	check(err)
	curve, err := a.Curve(0)
	check(err)
	for _, p := range curve {
		fmt.Printf("%s: %3d of %d, %.0f %% [%.0f, %.0f]\n", p.Price, p.Accepting, a.Len(), 100*p.Share.Value, 100*p.Share.Lo, 100*p.Share.Hi)
	}
	// Output:
	// 19: 200 of 200, 100 % [98, 100]
	// 29: 170 of 200, 85 % [79, 89]
	// 39: 125 of 200, 62 % [56, 69]
	// 49:  65 of 200, 32 % [26, 39]
	// 59:  30 of 200, 15 % [11, 21]
	// 79:  10 of 200, 5 % [3, 9]
}

func ExampleAcceptance_Best() {
	a, err := price.NewAcceptance(answers(map[string]int{"19": 30, "29": 45, "39": 60, "49": 35, "59": 20, "79": 10}))
	check(err)
	for _, cost := range []string{"5", "25"} {
		best, err := a.Best(price.Config{Cost: money(cost), Level: 0.8})
		check(err)
		fmt.Printf("cost %s: sell at %s (%.2f to %.2f), %d of %d buy, %.2f profit per person asked\n",
			cost, best.Price, best.Lo, best.Hi, best.Accepting, a.Len(), best.Profit.Value)
	}
	// Output:
	// cost 5: sell at 39 (25.17 to 39.00), 125 of 200 buy, 21.25 profit per person asked
	// cost 25: sell at 39 (35.97 to 49.00), 125 of 200 buy, 8.75 profit per person asked
}

func ExampleEffectOfInformation() {
	var controls []*price.Acceptance
	for _, asked := range []map[string]int{
		{"13000": 30, "14000": 40, "15000": 30},
		{"13000": 32, "14000": 38, "15000": 30},
		{"13000": 28, "14000": 41, "15000": 31},
	} {
		control, err := price.NewAcceptance(answers(asked))
		check(err)
		controls = append(controls, control)
	}
	informed, err := price.NewAcceptance(answers(map[string]int{"18000": 45, "19000": 55}))
	check(err)
	e, err := price.EffectOfInformation(controls, informed, 0)
	check(err)
	for _, n := range e.Noise {
		fmt.Printf("control groups %d and %d, asked alike: %+.0f\n", n.First, n.Second, n.Mean.Value)
	}
	fmt.Printf("chance makes up to %.1f %%: quiet %t\n", 100*e.RelativeFloor, e.Quiet)
	fmt.Printf("informed: %+.0f, %+.1f %% [%.1f, %.1f], above the noise %t\n",
		e.Effect.Mean.Value, 100*e.Relative.Value, 100*e.Relative.Lo, 100*e.Relative.Hi, e.AboveNoise)
	// Output:
	// control groups 0 and 1, asked alike: -20
	// control groups 0 and 2, asked alike: +30
	// control groups 1 and 2, asked alike: +50
	// chance makes up to 1.9 %: quiet true
	// informed: +4547, +32.5 % [31.4, 33.6], above the noise true
}

func ExampleAcceptance_At() {
	a, err := price.NewAcceptance(answers(map[string]int{"19": 30, "29": 45, "39": 60, "49": 35, "59": 20, "79": 10}))
	check(err)
	share, err := a.At(money("35"), 0)
	check(err)
	mean, err := a.Mean(0)
	check(err)
	fmt.Printf("35 is accepted by %.1f %% [%.1f, %.1f]; the mean answer is %.2f [%.2f, %.2f]\n",
		100*share.Value, 100*share.Lo, 100*share.Hi, mean.Value, mean.Lo, mean.Hi)
	// Output: 35 is accepted by 62.5 % [55.6, 68.9]; the mean answer is 39.50 [37.43, 41.57]
}

func ExampleCompare() {
	town, err := price.NewAcceptance(answers(map[string]int{"19": 20, "29": 30, "39": 30, "49": 20}))
	check(err)
	country, err := price.NewAcceptance(answers(map[string]int{"19": 35, "29": 35, "39": 20, "49": 10}))
	check(err)
	d, err := price.Compare(town, country, 0)
	check(err)
	fmt.Printf("the country would pay %+.2f [%.2f, %.2f], p = %.4f\n", d.Mean.Value, d.Mean.Lo, d.Mean.Hi, d.P)
	fmt.Printf("someone of it would pay more with probability %.2f [%.2f, %.2f]\n", d.Superiority.Value, d.Superiority.Lo, d.Superiority.Hi)
	// Output:
	// the country would pay -4.50 [-7.30, -1.70], p = 0.0018
	// someone of it would pay more with probability 0.38 [0.31, 0.45]
}
