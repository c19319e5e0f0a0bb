package nps_test

import (
	"fmt"
	"log"
	"math/rand/v2"
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/nps"
)

// Answers come from a cursor, a slice or a channel of the host. Groups are whatever it
// calls them.
func ExamplePanel() {
	panel, err := nps.NewPanel(nps.PanelConfig{
		Calendar: clientele.Calendar{Unit: clientele.Month, Zone: "Europe/Paris"},
	})
	if err != nil {
		log.Fatal(err)
	}
	day := func(month time.Month, day int) time.Time { return time.Date(2025, month, day, 12, 0, 0, 0, time.UTC) }
	err = panel.AddAll(clientele.All([]nps.Answer{
		{At: day(1, 7), Group: "delivery", Value: 9},
		{At: day(1, 9), Group: "delivery", Value: 10},
		{At: day(2, 3), Group: "store", Value: 4},
		{At: day(2, 4), Group: "delivery", Value: 8},
	}))
	if err != nil {
		log.Fatal(err)
	}
	for _, g := range panel.Groups() {
		score, err := g.Tally.Score()
		if err != nil {
			log.Fatal(err)
		}
		fmt.Printf("%s: %.0f of %d answers\n", g.Name, score, g.Tally.N())
	}
	// Output:
	// delivery: 67 of 3 answers
	// store: -100 of 1 answers
}

// twoYears is a panel of 24 months with 100 answers each; from July 2025 on, the new
// courier is late.
func twoYears() *nps.Panel {
	panel, err := nps.NewPanel(nps.PanelConfig{Calendar: clientele.Calendar{Unit: clientele.Month}})
	if err != nil {
		log.Fatal(err)
	}
	for month := range 24 {
		at := time.Date(2024, time.January+time.Month(month), 15, 0, 0, 0, 0, time.UTC)
		promoters := 50 + uint64(month*7%5) // some up and down
		if month >= 18 {
			promoters -= 20
		}
		for score, n := range map[int]uint64{10: promoters, 7: 25, 3: 75 - promoters} {
			if err := panel.AddN(nps.Answer{At: at, Group: "delivery", Value: score}, n); err != nil {
				log.Fatal(err)
			}
		}
	}
	return panel
}

// The score of the last quarter beside that of all time, and where the answers changed.
func ExampleSeries_Changes() {
	series, err := twoYears().Series("delivery")
	if err != nil {
		log.Fatal(err)
	}
	asOf := time.Date(2026, 1, 9, 0, 0, 0, 0, time.UTC)
	trend, err := series.Trend(nps.TrendConfig{AsOf: asOf, Rolling: 3})
	if err != nil {
		log.Fatal(err)
	}
	changes, err := series.Changes(nps.ChangeConfig{AsOf: asOf}, rand.NewPCG(1, 2))
	if err != nil {
		log.Fatal(err)
	}
	trend.Mark(changes)
	fmt.Println("all time:", trend.AllTime.Score)
	fmt.Println("now:", trend.Current.Score)
	for _, c := range changes.Found {
		fmt.Printf("changed in %s by %v points, p = %.3f\n", c.Label, c.Difference, c.P)
	}
	for _, p := range trend.Points[16:] {
		switch {
		case p.Score == nil:
			fmt.Println(p.Label, "no answers")
		case p.Changed:
			fmt.Println(p.Label, p.Score, "changed")
		default:
			fmt.Println(p.Label, p.Score)
		}
	}
	// Output:
	// all time: 18.92 [15.51, 22.27]
	// now: -10 [-21.73, 2.025]
	// changed in 2025-07 by -40.33 [-52.48, -27.97] points, p = 0.001
	// 2025-05 29 [12.24, 44.07]
	// 2025-06 33 [16.4, 47.67]
	// 2025-07 -13 [-29.28, 4.04] changed
	// 2025-08 -9 [-25.49, 8.019]
	// 2025-09 -15 [-31.16, 2.038]
	// 2025-10 -11 [-27.39, 6.034]
	// 2025-11 -7 [-23.59, 9.995]
	// 2025-12 -13 [-29.28, 4.04]
	// 2026-01 no answers
}

func ExampleSeries_Trend() {
	series, err := twoYears().Series()
	if err != nil {
		log.Fatal(err)
	}
	trend, err := series.Trend(nps.TrendConfig{AsOf: time.Date(2025, 12, 31, 23, 0, 0, 0, time.UTC), Rolling: 12})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Printf("points a month: %v, p = %.4f\n", trend.Line.Slope, trend.Line.P)
	last := trend.Points[len(trend.Points)-1]
	fmt.Printf("%s: complete %v; a year rolling: %v\n", last.Label, last.Complete, last.Rolling.Score)
	// Output:
	// points a month: -1.731 [-2.565, -0.897], p = 0.0003
	// 2025-12: complete false; a year rolling: 9.167 [4.275, 14.01]
}

// CSAT is the share of 4 and 5 on a scale of 1 to 5.
func ExampleTally_TopBox() {
	csat, err := nps.NewTally(nps.CSATScale())
	if err != nil {
		log.Fatal(err)
	}
	if err := csat.AddSlice([]int{5, 4, 4, 2, 5, 3, 5, 4, 1, 4}); err != nil {
		log.Fatal(err)
	}
	satisfied, err := csat.TopBox(0.95)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Printf("CSAT %.0f %% (%.0f to %.0f)\n", 100*satisfied.Value, 100*satisfied.Lo, 100*satisfied.Hi)
	// Output:
	// CSAT 70 % (40 to 89)
}

// CES is the mean on a scale of 1 to 7.
func ExampleTally_MeanInterval() {
	ces, err := nps.NewTally(nps.CESScale())
	if err != nil {
		log.Fatal(err)
	}
	if err := ces.AddSlice([]int{7, 6, 6, 5, 2, 7, 4, 6}); err != nil {
		log.Fatal(err)
	}
	mean, err := ces.MeanInterval(0)
	if err != nil {
		log.Fatal(err)
	}
	agree, err := ces.TopBox(0)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Printf("CES %v; %.0f %% found it easy\n", mean, 100*agree.Value)
	// Output:
	// CES 5.375 [3.818, 6.197]; 75 % found it easy
}
