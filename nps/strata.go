package nps

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/interval"
	"github.com/clientele-go/clientele/internal/rule"
	"github.com/clientele-go/clientele/internal/strict"
)

// Stratum is a part of the customers with the answers that came from it.
type Stratum struct {
	Name  string `json:"name"`  // name of the stratum, unique; required
	Tally Tally  `json:"tally"` // the answers, at least one

	// Population is the number of customers in the stratum, whether they answered or not,
	// or their share of all customers. Only proportions between the strata count. It is
	// from 1e-100 to 1e100.
	Population float64 `json:"population"`
}

// Stratified is a score weighted so that each stratum counts by its population.
type Stratified struct {
	// Score is in points, Σ share × score of the stratum. Its standard error is linearised,
	// and knows that the weights fit the population:
	//
	//	√(n/(n-1) Σ share² variance / answers)
	//
	// summed over the strata, with the share, variance and number of answers of each, and
	// with n answers in all: Särndal, Swensson & Wretman, Model Assisted Survey Sampling
	// (1992), section 7.6. It is too small where the answers of some strata are few and alike.
	// The interval is not: it adds the three customers of [AdjustedT], to each stratum its
	// share, and is then that of Student's t with n+2 degrees of freedom and the factor
	// (n-1)/(n-k) for k strata, cut to -100 and 100 and extended to the score itself. With one
	// stratum it is that of AdjustedT. It has level 0 where every stratum has a single answer.
	Score clientele.Estimate `json:"score"`

	// FixedStdErr is the standard error, in points, for a sample whose number of answers in
	// each stratum was fixed beforehand: the formula of Score without the factor n/(n-1).
	FixedStdErr float64 `json:"fixedStdErr"`

	N            uint64         `json:"n"`            // number of answers
	EffectiveN   float64        `json:"effectiveN"`   // Kish's number of answers of equal weight, see [Weighted.EffectiveN]
	DesignEffect float64        `json:"designEffect"` // N over EffectiveN
	Strata       []StratumScore `json:"strata"`       // the strata, by name

	// Warnings do not stop the computation. The only type is [ThinWarning]; get it with
	// errors.As into a variable of that type.
	Warnings []error `json:"warnings,omitempty"`
}

// StratumScore is what a stratum contributes.
type StratumScore struct {
	Name   string  `json:"name"`   // name of the stratum
	N      uint64  `json:"n"`      // number of answers of the stratum
	Share  float64 `json:"share"`  // share of the population that the stratum has
	Weight float64 `json:"weight"` // weight of each answer of the stratum; 1 on average over all strata's answers
	Score  float64 `json:"score"`  // score of the stratum, in points
}

// PostStratify weights answers so that every stratum counts by its population, and not by
// its number of answers.
//
// level is the confidence level of the interval, between 0 and 1; 0 = 0.95. Any other
// level returns [clientele.ErrRange]. All faults of the strata come at once in a
// [clientele.ConfigError]: a name that is missing or occurs twice, another scale than that
// of the first ([clientele.ErrMismatch]), a population that is not positive and finite,
// and no answers ([clientele.ErrEmpty]): put such a stratum together with one like it. It
// returns [clientele.ErrEmpty] if there are no strata.
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
		return fault.Of(op, "strata", nil, rule.Because(rule.Empty, "no strata", "at least one"))
	}
	faults := clientele.ConfigError{Op: op}
	seen := make(map[string]bool)
	for i, s := range strata {
		path := fmt.Sprintf("strata[%d].", i)
		fault.AddLabel(&faults, path+"Name", s.Name, seen)
		if scale, first := s.Tally.Scale(), strata[0].Tally.Scale(); scale != first {
			faults.Faults = append(faults.Faults, otherScale(op, path+"Tally.Scale", scale, first))
		}
		if s.Tally.N() == 0 {
			faults.Add(path+"Tally", nil, rule.Because(rule.Empty, "no answers", "at least one: put the stratum together with one like it"))
		}
		if err := checkPopulation(s.Population); err != nil {
			faults.Add(path+"Population", s.Population, err)
		}
	}
	return faults.Err()
}

// checkPopulation refuses what cannot be a number or a share of customers.
func checkPopulation(population float64) error {
	kind := rule.Range
	switch {
	case !rule.IsFinite(population):
		kind = rule.NotFinite
	case population >= leastPopulation && population <= mostPopulation:
		return nil
	}
	return rule.Want(kind, "a number or a share of customers above 0, from %v to %v", leastPopulation, mostPopulation)
}

// Populations lie between these, so that no product with weights overflows or vanishes.
const (
	leastPopulation = 1e-100
	mostPopulation  = 1e100
)

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
	var adjusted, doubt float64 // the score with the three customers, and its variance
	var thin ThinWarning
	for _, s := range strata {
		c := s.Tally.Attitudes().composition()
		share := s.Population / population
		weight := share * n / c.n
		score += share * c.score
		variance += share * share * c.variance / c.n
		a := s.Tally.Attitudes().adjustedBy(share)
		adjusted += share * a.score
		doubt += share * share * a.variance / a.n
		squares += weight * weight * c.n
		r.Strata = append(r.Strata, StratumScore{s.Name, s.Tally.N(), share, weight, points * c.score})
		if c.n == 1 {
			thin.Strata = append(thin.Strata, s.Name)
		}
	}
	if thin.Strata != nil {
		r.Warnings = []error{thin}
	}
	r.EffectiveN, r.DesignEffect = n*n/squares, squares/n
	r.Score = withDoubt(score, adjusted, doubt, n, float64(len(strata)), level)
	if r.N > 1 {
		r.FixedStdErr = points * math.Sqrt(variance)
		r.Score.StdErr = points * math.Sqrt(variance*n/(n-1))
	}
	return r
}

// withDoubt is a score of n answers in k strata with the interval around the adjusted
// score, or without one where nothing shows how answers within strata differ. StdErr is 0.
func withDoubt(score, adjusted, variance, n, k, level float64) clientele.Estimate {
	switch {
	case k == 1:
	case n <= k:
		return withoutInterval(score)
	default:
		variance *= (n - 1) / (n - k)
	}
	e := inPoints(interval.Student(adjusted, math.Sqrt(variance), n+2, level), score, 1)
	e.StdErr = 0
	return e
}

// ThinWarning says that some strata have a single answer, whose uncertainty cannot be
// estimated and is missing from the standard errors. The interval has it.
type ThinWarning struct {
	Strata []string `json:"strata"` // names of the strata, in order
}

// Error describes the warning.
func (w ThinWarning) Error() string {
	return fmt.Sprintf("strata %q have one answer each: their uncertainty is missing from the standard errors; put each together with one like it", w.Strata)
}

// UnmarshalJSON reads what [json.Marshal] writes, warnings included. Anything else returns
// [clientele.ErrEncoding] and leaves s as it was.
func (s *Stratified) UnmarshalJSON(data []byte) error {
	type plain Stratified
	var read struct {
		plain
		Warnings []ThinWarning `json:"warnings"`
	}
	if err := strict.Into[clientele.InputError]("nps.Stratified.UnmarshalJSON", data, &read); err != nil {
		return err
	}
	*s = Stratified(read.plain)
	s.Warnings = fault.Errors(read.Warnings)
	return nil
}
