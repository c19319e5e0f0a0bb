package nps

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/interval"
)

// Stratum is a part of the customers with the answers that came from it.
type Stratum struct {
	Name  string `json:"name"`
	Tally Tally  `json:"tally"`

	// Population is how many customers the stratum has, whether they answered or not,
	// or which share of all. Only proportions between the strata count.
	Population float64 `json:"population"`
}

// Stratified is a score of all customers whose strata answered unevenly.
type Stratified struct {
	// Score is in points, Σ share × score of the stratum, with the normal interval cut
	// to -100 and 100. Its standard error is linearised, and knows that the weights fit
	// the population:
	//
	//	√(n/(n-1) Σ share² variance / answers)
	//
	// of the strata: Särndal, Swensson & Wretman, Model Assisted Survey Sampling
	// (1992), section 7.6. A single answer has an interval of no length and level 0.
	Score clientele.Estimate `json:"score"`

	// FixedStdErr is the standard error where it was fixed beforehand how many of each
	// stratum should answer: the same without n/(n-1).
	FixedStdErr float64 `json:"fixedStdErr"`

	N            uint64         `json:"n"`
	EffectiveN   float64        `json:"effectiveN"`     // answers of equal weight that would have the same Kish's (Σw)²/Σw²
	DesignEffect float64        `json:"designEffect"`   // N over EffectiveN
	Strata       []StratumScore `json:"strata"`         // by name
	Thin         []string       `json:"thin,omitempty"` // strata of one answer, whose doubt cannot be measured and is missing from the standard errors
}

// StratumScore is what a stratum contributes.
type StratumScore struct {
	Name   string  `json:"name"`
	N      uint64  `json:"n"`
	Share  float64 `json:"share"`  // of the population
	Weight float64 `json:"weight"` // of each of its answers; 1 on average
	Score  float64 `json:"score"`  // in points
}

// PostStratify weighs answers so that every stratum counts by its customers, and not by
// its answers. level is that of the interval, 0 = 0.95.
//
// All faults of the strata come at once in a [clientele.ConfigError]: a name that is
// missing or occurs twice, another scale than that of the first
// ([clientele.ErrMismatch]), a population that is not positive and finite, and no
// answers ([clientele.ErrEmpty]): put such a stratum together with one like it.
func PostStratify(strata []Stratum, level float64) (Stratified, error) {
	const op = "nps.PostStratify"
	level, err := fault.Level(op, level)
	if err != nil {
		return Stratified{}, err
	}
	if err := checkStrata(op, strata); err != nil {
		return Stratified{}, err
	}
	sorted := slices.Clone(strata)
	slices.SortFunc(sorted, func(a, b Stratum) int { return cmp.Compare(a.Name, b.Name) })
	return postStratify(sorted, level), nil
}

func checkStrata(op string, strata []Stratum) error {
	if len(strata) == 0 {
		return &clientele.InputError{Op: op, Index: -1, Field: "strata", Err: clientele.ErrEmpty}
	}
	faults := clientele.ConfigError{Op: op}
	seen := make(map[string]bool)
	for i, s := range strata {
		field := func(name string) string { return fmt.Sprintf("strata[%d].%s", i, name) }
		checkLabel(&faults, field("Name"), s.Name, seen)
		if s.Tally.Scale() != strata[0].Tally.Scale() {
			faults.Add(field("Tally"), s.Tally.Scale(), clientele.ErrMismatch)
		}
		if s.Tally.N() == 0 {
			faults.Add(field("Tally"), s.Name, clientele.ErrEmpty)
		}
		if err := checkPopulation(s.Population); err != nil {
			faults.Add(field("Population"), s.Population, err)
		}
	}
	return faults.Err()
}

// checkLabel notes a label that is missing or was seen before, and remembers it.
func checkLabel(faults *clientele.ConfigError, field, label string, seen map[string]bool) {
	switch {
	case label == "":
		faults.Add(field, label, clientele.ErrMissing)
	case seen[label]:
		faults.Add(field, label, clientele.ErrDuplicate)
	}
	seen[label] = true
}

// checkPopulation refuses what is no number or share of customers.
func checkPopulation(population float64) error {
	switch {
	case math.IsNaN(population) || math.IsInf(population, 0):
		return clientele.ErrNotFinite
	case population < leastWeight || population > mostWeight:
		return fmt.Errorf("%w: not between %v and %v", clientele.ErrRange, leastWeight, mostWeight)
	}
	return nil
}

// postStratify needs strata that have passed checkStrata.
func postStratify(strata []Stratum, level float64) Stratified {
	var r Stratified
	population := 0.0
	for _, s := range strata {
		population += s.Population
		r.N += s.Tally.N()
	}
	n := float64(r.N)
	var score, variance, squares float64
	for _, s := range strata {
		m := s.Tally.Attitudes().composition()
		share := s.Population / population
		weight := share * n / m.n
		score += share * m.score
		variance += share * share * m.variance / m.n
		squares += weight * weight * m.n
		r.Strata = append(r.Strata, StratumScore{s.Name, s.Tally.N(), share, weight, points * m.score})
		if m.n == 1 {
			r.Thin = append(r.Thin, s.Name)
		}
	}
	r.EffectiveN, r.DesignEffect = n*n/squares, squares/n
	r.Score = clientele.Estimate{Value: points * score, Lo: points * score, Hi: points * score}
	if r.N > 1 {
		r.FixedStdErr = points * math.Sqrt(variance)
		r.Score = inPoints(interval.Normal(score, math.Sqrt(variance*n/(n-1)), level), score, 1)
	}
	return r
}
