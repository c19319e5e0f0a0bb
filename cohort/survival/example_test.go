package survival_test

import (
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"log"
	"strconv"
	"strings"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/cohort/survival"
)

// Which contracts last longer, those that are paid by the month or by the year? Of
// contracts that still run only the days so far are known.
func Example() {
	rows := csv.NewReader(strings.NewReader("31,yes,month\n62,yes,month\n93,no,month\n124,yes,month\n365,yes,year\n400,no,year\n730,no,year\n"))
	contracts := clientele.Read(func() (survival.Spell, error) {
		row, err := rows.Read()
		if err != nil {
			return survival.Spell{}, err
		}
		days, err := strconv.ParseFloat(row[0], 64)
		return survival.Spell{Time: days, Event: row[1] == "yes", Group: row[2]}, err
	})
	curves, err := survival.KaplanMeierBy(contracts, survival.Config{})
	if err != nil {
		log.Fatal(err)
	}
	for _, c := range curves {
		still, err := c.At(90)
		if err != nil {
			log.Fatal(err)
		}
		fmt.Printf("paid by the %-5s %v contracts, %v ended, %.0f %% last longer than 90 days\n", c.Group+":", c.N, c.Events, 100*still.Value)
	}
	// Output:
	// paid by the month: 4 contracts, 3 ended, 50 % last longer than 90 days
	// paid by the year: 3 contracts, 1 ended, 100 % last longer than 90 days
}

// secondPurchase is the time in days from the first purchase to the second, by the
// channel of the first. Customers who have not come back were observed for that long.
func secondPurchase() []survival.Spell {
	var all []survival.Spell
	for _, c := range []struct {
		channel    string
		back, gone []float64
	}{
		{"search", []float64{12, 20, 20, 33, 41, 60, 75, 110, 160}, []float64{30, 90, 120, 180, 200, 200, 210}},
		{"social", []float64{25, 70, 140, 190}, []float64{40, 80, 100, 150, 160, 180, 200, 205, 210, 220}},
	} {
		for _, days := range c.back {
			all = append(all, survival.Spell{Time: days, Event: true, Group: c.channel})
		}
		for _, days := range c.gone {
			all = append(all, survival.Spell{Time: days, Group: c.channel})
		}
	}
	return all
}

// How many customers have not come back after so many days?
func ExampleKaplanMeier() {
	curve, err := survival.KaplanMeier(clientele.All(secondPurchase()), survival.Config{})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Printf("%v customers, %v came back\n", curve.N, curve.Events)
	for _, days := range []float64{30, 90, 180} {
		still, err := curve.At(days)
		if err != nil {
			log.Fatal(err)
		}
		fmt.Printf("day %v: %.0f %% have not [%.0f, %.0f]\n", days, 100*still.Value, 100*still.Lo, 100*still.Hi)
	}
	// Output:
	// 30 customers, 13 came back
	// day 30: 87 % have not [70, 95]
	// day 90: 69 % have not [50, 83]
	// day 180: 55 % have not [35, 72]
}

// After how many days has half of the customers of each channel come back, and how
// long do they stay away on average within half a year?
func ExampleKaplanMeierBy() {
	curves, err := survival.KaplanMeierBy(clientele.All(secondPurchase()), survival.Config{Level: 0.9})
	if err != nil {
		log.Fatal(err)
	}
	for _, c := range curves {
		mean, err := c.RestrictedMean(180)
		if err != nil {
			log.Fatal(err)
		}
		fmt.Printf("%s: half by day %v, away for %.0f of 180 days [%.0f, %.0f]\n", c.Group, c.Median(), mean.Value, mean.Lo, mean.Hi)
	}
	// Output:
	// search: half by day 110 [41, not reached], away for 108 of 180 days [73, 142]
	// social: half by day not reached [160, not reached], away for 157 of 180 days [110, 180]
}

// Subscribers who were there before the records began would not be in them if they had
// left earlier. They are under observation from the beginning of the records on.
func ExampleSpell() {
	curve, err := survival.KaplanMeier(clientele.All([]survival.Spell{
		{Time: 30, Event: true},
		{Time: 90},
		{Enter: 60, Time: 120, Event: true}, // had been subscribed for 60 days
		{Enter: 20, Time: 200},
	}), survival.Config{})
	if err != nil {
		log.Fatal(err)
	}
	for p := range curve.Points() {
		fmt.Printf("day %3v: %v at risk, %v left, %.3f stay\n", p.Time, p.AtRisk, p.Events, p.Survival.Value)
	}
	// Output:
	// day  30: 3 at risk, 1 left, 0.667 stay
	// day  90: 3 at risk, 0 left, 0.667 stay
	// day 120: 2 at risk, 1 left, 0.333 stay
	// day 200: 1 at risk, 0 left, 0.333 stay
}

func ExampleCurve_Points() {
	curve, err := survival.KaplanMeier(clientele.All(secondPurchase()[:6]), survival.Config{Limits: survival.Log})
	if err != nil {
		log.Fatal(err)
	}
	for p := range curve.Points() {
		fmt.Printf("%v: %.3f ± %.3f, cumulative hazard %.3f ± %.3f\n", p.Time, p.Survival.Value, p.Survival.StdErr, p.Hazard.Value, p.Hazard.StdErr)
	}
	// Output:
	// 12: 0.833 ± 0.152, cumulative hazard 0.167 ± 0.167
	// 20: 0.500 ± 0.204, cumulative hazard 0.567 ± 0.328
	// 33: 0.333 ± 0.192, cumulative hazard 0.900 ± 0.468
	// 41: 0.167 ± 0.152, cumulative hazard 1.400 ± 0.685
	// 60: 0.000 ± 0.000, cumulative hazard 2.400 ± 1.212
}

// What lies after the last observation is not known.
func ExampleCurve_At() {
	curve, err := survival.KaplanMeier(clientele.All(secondPurchase()), survival.Config{})
	if err != nil {
		log.Fatal(err)
	}
	_, err = curve.At(365)
	fmt.Println(err)
	fmt.Println(errors.Is(err, clientele.ErrRange), curve.Last())
	// Output:
	// survival.Curve.At: t 365: after the last observation: want a time up to 220, since nobody was observed for longer
	// true 220
}

func ExampleCurve_Median() {
	curve, err := survival.KaplanMeier(clientele.All(secondPurchase()), survival.Config{})
	if err != nil {
		log.Fatal(err)
	}
	median := curve.Median()
	fmt.Println(median)
	if median.Hi == nil {
		fmt.Println("it may be later than anything observed")
	}
	// Output:
	// 190 [80, not reached]
	// it may be later than anything observed
}

func ExampleCurve_Quantile() {
	curve, err := survival.KaplanMeier(clientele.All(secondPurchase()), survival.Config{})
	if err != nil {
		log.Fatal(err)
	}
	quarter, err := curve.Quantile(0.25)
	if err != nil {
		log.Fatal(err)
	}
	data, err := json.Marshal(quarter)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(string(data))
	// Output:
	// {"share":0.25,"value":70,"lo":20,"hi":160,"level":0.95}
}

func ExampleCurve_RestrictedMean() {
	curve, err := survival.KaplanMeier(clientele.All(secondPurchase()), survival.Config{})
	if err != nil {
		log.Fatal(err)
	}
	mean, err := curve.RestrictedMean(90)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println("days without a second purchase, of the first 90:", mean)
	// Output:
	// days without a second purchase, of the first 90: 74.47 [62.67, 86.26]
}

// Do customers of one channel come back earlier than those of another?
func ExampleLogRank() {
	test, err := survival.LogRank(clientele.All(secondPurchase()))
	if err != nil {
		log.Fatal(err)
	}
	for _, g := range test.Groups {
		fmt.Printf("%s: %v of %v came back, %.1f expected\n", g.Group, g.Observed, g.N, g.Expected)
	}
	fmt.Printf("chi-square %.2f with %d degree of freedom, p %.2f\n", test.Statistic, test.DF, test.P)
	// Output:
	// search: 9 of 16 came back, 5.9 expected
	// social: 4 of 14 came back, 7.1 expected
	// chi-square 2.98 with 1 degree of freedom, p 0.08
}

func ExamplePetoPeto() {
	test, err := survival.PetoPeto(clientele.All(secondPurchase()))
	if err != nil {
		log.Fatal(err)
	}
	fmt.Printf("chi-square %.2f, p %.2f\n", test.Statistic, test.P)
	// Output:
	// chi-square 3.43, p 0.06
}

// Times that are sums of decimal fractions may differ by rounding.
func ExampleAlignTimes() {
	sum := 0.1
	sum += 0.2
	spells := []survival.Spell{{Time: 0.3, Event: true}, {Time: sum, Event: true}, {Time: 1}}
	for _, source := range []iter.Seq2[survival.Spell, error]{
		clientele.All(spells),
		survival.AlignTimes(clientele.All(spells), 0),
	} {
		curve, err := survival.KaplanMeier(source, survival.Config{})
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Println(curve.Len(), "times")
	}
	// Output:
	// 3 times
	// 2 times
}

// The curve of one channel, by name.
func ExampleCurves_Group() {
	curves, err := survival.KaplanMeierBy(clientele.All(secondPurchase()), survival.Config{})
	if err != nil {
		fmt.Println(err)
		return
	}
	curve, ok := curves.Group("search")
	fmt.Println(ok, curve.N, "customers, median", curve.Median())
	// Output:
	// true 16 customers, median 110 [33, not reached]
}
