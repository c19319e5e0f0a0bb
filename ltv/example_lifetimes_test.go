package ltv_test

import (
	"fmt"
	"math"

	"github.com/clientele-go/clientele/ltv"
)

// A charity writes to its supporters once a year. Two gave three times in six years:
// the one who gave last year is likely to give again, the other has probably left.
func ExampleBGBB() {
	m := ltv.BGBB{Alpha: 1.204, Beta: 0.75, Gamma: 0.657, Delta: 2.783}
	for _, s := range []ltv.Summary{{Frequency: 3, Recency: 6, T: 6}, {Frequency: 3, Recency: 3, T: 6}} {
		o, err := m.Given(s)
		if err != nil {
			fmt.Println(err)
			return
		}
		five, err := o.Expected(5)
		if err != nil {
			fmt.Println(err)
			return
		}
		worth, err := o.Discounted(math.Inf(1), math.Log(1.1))
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Printf("last gift in year %v: there next year %.0f %%, %.2f gifts in 5 years, %.2f in all at 10 %% a year\n",
			s.Recency, 100*o.Alive(), five, worth)
	}
	o, err := m.Given(ltv.Summary{T: 6})
	if err != nil {
		fmt.Println(err)
		return
	}
	_, err = o.Expected(2.5)
	fmt.Println(err)
	// Output:
	// last gift in year 6: there next year 93 %, 2.19 gifts in 5 years, 3.45 in all at 10 % a year
	// last gift in year 3: there next year 9 %, 0.22 gifts in 5 years, 0.35 in all at 10 % a year
	// ltv.Outlook.Expected: horizon 2.5: not a whole number of opportunities: want 0, 1, 2 or more of them
}

// Parents buy nappies for some two years, then stop for good. The hazard of leaving
// grows with age, so a silence of four weeks means more the older the customer is.
func ExampleGGomNBD() {
	m := ltv.GGomNBD{R: 4, Alpha: 8, B: 0.12, S: 1.5, Beta: 2e5}
	for _, age := range []float64{26, 78, 104} {
		o, err := m.Given(ltv.Summary{Frequency: int(age / 2), Recency: age - 4, T: age})
		if err != nil {
			fmt.Println(err)
			return
		}
		year, err := o.Expected(52)
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Printf("age %v weeks: alive %.3f, %.1f purchases in a year\n", age, o.Alive(), year)
	}
	// Output:
	// age 26 weeks: alive 1.000, 25.6 purchases in a year
	// age 78 weeks: alive 0.910, 9.5 purchases in a year
	// age 104 weeks: alive 0.405, 1.6 purchases in a year
}
