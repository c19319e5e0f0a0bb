package nps_test

import (
	"bytes"
	"encoding/csv"
	"math"
	"strconv"
	"testing"

	"github.com/clientele-go/clientele/internal/testdata"
	"github.com/clientele-go/clientele/internal/verify"
	"github.com/clientele-go/clientele/nps"
	"pgregory.net/rapid"
)

// weighedAnswer is an answer with a weight.
type weighedAnswer struct {
	answer int
	weight float64
	group  string
}

// syntheticAnswers are the answers of the synthetic shop.
func syntheticAnswers(t testing.TB) []weighedAnswer {
	t.Helper()
	data := verify.Must(testdata.Read("synthetic/answers.csv"))
	rows := verify.Must(csv.NewReader(bytes.NewReader(data)).ReadAll())
	var all []weighedAnswer
	for _, row := range rows[1:] { // date, score, group, weight
		all = append(all, weighedAnswer{verify.Must(strconv.Atoi(row[1])), verify.Must(strconv.ParseFloat(row[3], 64)), row[2]})
	}
	return all
}

// weighed adds answers on the standard scale.
func weighed(answers ...weighedAnswer) nps.Weighted {
	var t nps.Weighted
	for _, a := range answers {
		if err := t.Add(a.answer, a.weight); err != nil {
			panic(err)
		}
	}
	return t
}

// drawWeighed draws answers on the standard scale with weights over many magnitudes.
func drawWeighed(t *rapid.T, label string, atLeast int) []weighedAnswer {
	return rapid.SliceOfN(rapid.Custom(func(t *rapid.T) weighedAnswer {
		return weighedAnswer{
			answer: rapid.IntRange(0, 10).Draw(t, "answer"),
			weight: math.Exp(rapid.Float64Range(-20, 20).Draw(t, "log weight")),
		}
	}), atLeast, 30).Draw(t, label)
}

// publishedRegions are the counts of published example data by region, and weighted scores.
type publishedRegions struct {
	Example struct {
		ByRegion map[string]struct{ Detractors, Passives, Promoters uint64 } `json:"by_Region"`
	} `json:"peer_example_data"`
	Post struct {
		Pop []struct {
			Region string
			Freq   float64
		}
		NPS     float64
		SE      float64            `json:"se_survey"`
		Weights map[string]float64 `json:"cell_weights"`
		Kish    float64            `json:"kish_neff"`
	} `json:"poststratify"`
	Simple struct {
		NPS   float64
		SE    float64 `json:"se_survey"`
		Kish  float64 `json:"kish_neff"`
		Table map[string]float64
	} `json:"simple_weights"`
}

// holds compares within a property to a relative tolerance, absolute below 1.
func holds(t *rapid.T, what string, got, want, tolerance float64) {
	if !(math.Abs(got-want) <= tolerance*max(1, math.Abs(want))) {
		t.Fatalf("%s is %.17g, want %.17g", what, got, want)
	}
}
