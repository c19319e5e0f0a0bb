package nps

import (
	"cmp"
	"fmt"
	"iter"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/fault"
)

// Respondent is an answer with what is known of the customer who gave it.
type Respondent struct {
	Answer     int      `json:"answer"`
	Categories []string `json:"categories"`       // one of each margin, in their order
	Weight     float64  `json:"weight,omitempty"` // before raking, from 1e-100 to 1e100 and at least 1e-60 of the greatest, as where some were asked more often than others; 0 = 1
}

// Margin says how the customers divide into categories, as regions or ages.
type Margin struct {
	Name       string     `json:"name"`
	Categories []Category `json:"categories"` // at least one, each of at least 1e-12 of the customers
}

// Category is a part of a margin.
type Category struct {
	Name string `json:"name"`

	// Population is how many customers the category has, whether they answered or not,
	// or which share of all. Only proportions within the margin count, so that margins
	// of different sources need not have the same total.
	Population float64 `json:"population"`
}

// RakeConfig says how to rake.
type RakeConfig struct {
	Scale         Scale   `json:"scale,omitzero"`          // of the answers
	MaxIterations int     `json:"maxIterations,omitempty"` // rounds over all margins; 0 = 1000
	Tolerance     float64 `json:"tolerance,omitempty"`     // largest distance of a share from its target, below 1; 0 = 1e-10

	// MaxWeight cuts weights to so many times the average one, in every round: more
	// than 1; 0 = no limit. It trades a lower variance for weights that are not those of
	// Deming and Stephan, though the shares are still met.
	MaxWeight float64 `json:"maxWeight,omitempty"`

	Level float64 `json:"level,omitempty"` // of the interval; 0 = 0.95
}

const (
	defaultRounds    = 1000
	defaultTolerance = 1e-10
	mostMargins      = 20
	leastShare       = 1e-12 // of a category
	leastBase        = 1e-60 // of a weight before raking, in the greatest one
)

// Raking is a sample with weights that give it the shares of the customers.
type Raking struct {
	// Score is in points, with the normal interval cut to -100 and 100. Its standard
	// error knows that the weights fit the margins: that of [Weighted.StdErr] of what
	// the margins do not explain, the residuals of a weighted regression on all
	// categories (Deville & Särndal, Calibration Estimators in Survey Sampling, JASA 87,
	// 1992). A single respondent has an interval of no length and level 0.
	Score clientele.Estimate `json:"score"`

	// Answers are those of the sample with their weights. Its own StdErr takes the
	// weights as given, and is mostly larger.
	Answers Weighted `json:"answers"`

	Weights      []float64     `json:"weights"` // of the respondents, in their order; 1 on average; 0 stands for all below 1e-100
	Least        float64       `json:"least"`   // of the weights
	Most         float64       `json:"most"`
	Cut          int           `json:"cut,omitempty"` // respondents whose weight is MaxWeight
	EffectiveN   float64       `json:"effectiveN"`    // [Weighted.EffectiveN]
	DesignEffect float64       `json:"designEffect"`  // [Weighted.DesignEffect]
	Margins      []RakedMargin `json:"margins"`       // in the order of the margins

	Iterations int     `json:"iterations"` // rounds that were made
	Deviation  float64 `json:"deviation"`  // largest distance of a share from its target
	Converged  bool    `json:"converged"`  // Deviation is at most Tolerance
}

// RakedMargin is what became of a margin.
type RakedMargin struct {
	Name       string          `json:"name"`
	Categories []RakedCategory `json:"categories"` // by name
}

// RakedCategory is what became of a category.
type RakedCategory struct {
	Name   string  `json:"name"`
	N      int     `json:"n"`      // respondents
	Before float64 `json:"before"` // share before raking
	Target float64 `json:"target"` // share of the population
	After  float64 `json:"after"`  // share after raking
}

// Rake finds weights with which the sample divides as the customers do in each of
// several ways at once, where it is not known how these combine: iterative proportional
// fitting, of Deming & Stephan, On a Least Squares Adjustment of a Sampled Frequency
// Table When the Expected Marginal Totals are Known, Annals of Mathematical Statistics 11
// (1940). Of all weights that fit, without MaxWeight they are those nearest to the ones
// before (Ireland & Kullback, Contingency Tables with Given Marginals, Biometrika 55,
// 1968). With one margin it is what [PostStratify] does.
//
// There are 1 to 20 margins. Time is O(n), and for each round in proportion to how many
// combinations of categories and weights the respondents have.
//
// All faults of the margins and the configuration come at once in a
// [clientele.ConfigError]. An answer off the scale and a category that its margin does not have
// are InputErrors with the index of the respondent, a nil sample is
// [clientele.ErrMissing], and one without respondents [clientele.ErrEmpty]. Categories without respondents come in a ConfigError of ErrEmpty
// that names them all: put them together with others. Margins that nothing in the sample
// fits, as those of two questions that all answered alike, and a MaxWeight that is too
// low, are [clientele.ErrNotConverged]: the error names the margin and the category that are
// furthest from their target, and the partial result comes with it.
func Rake(sample iter.Seq2[Respondent, error], margins []Margin, cfg RakeConfig) (*Raking, error) {
	const op = "nps.Rake"
	cfg, err := checkRake(op, margins, cfg)
	if err != nil {
		return nil, err
	}
	if sample == nil {
		return nil, fault.Missing(op, "sample")
	}
	r := newRaker(margins, cfg)
	i := 0
	for respondent, err := range sample {
		if err == nil {
			err = r.add(respondent)
		}
		if err != nil {
			return nil, indexed(op, i, err)
		}
		i++
	}
	if i == 0 {
		return nil, empty(op)
	}
	if err := r.checkBase(op); err != nil {
		return nil, err
	}
	if err := r.checkFilled(op); err != nil {
		return nil, err
	}
	r.start()
	iterations, worst := r.run()
	result := r.result(iterations, worst)
	if !result.Converged {
		return result, &clientele.InputError{
			Op: op, Index: -1, Field: r.field(worst.margin, worst.category), Value: worst.deviation, Err: clientele.ErrNotConverged,
		}
	}
	return result, nil
}

// checkRake returns the configuration with its defaults, or all faults.
func checkRake(op string, margins []Margin, cfg RakeConfig) (RakeConfig, error) {
	faults := clientele.ConfigError{Op: op}
	if err := cfg.Scale.Validate(); err != nil {
		faults.Add("Scale", cfg.Scale, err)
	}
	if cfg.MaxIterations < 0 {
		faults.Add("MaxIterations", cfg.MaxIterations, clientele.ErrNegative)
	}
	if !(cfg.Tolerance >= 0 && cfg.Tolerance < 1) {
		faults.Add("Tolerance", cfg.Tolerance, clientele.ErrRange)
	}
	if cfg.MaxWeight != 0 && !(cfg.MaxWeight > 1 && cfg.MaxWeight <= mostWeight) {
		faults.Add("MaxWeight", cfg.MaxWeight, clientele.ErrRange)
	}
	cfg.MaxIterations = cmp.Or(cfg.MaxIterations, defaultRounds)
	cfg.Tolerance = cmp.Or(cfg.Tolerance, defaultTolerance)
	cfg.Level = fault.AddLevel(&faults, cfg.Level)
	switch {
	case len(margins) == 0:
		faults.Add("margins", nil, clientele.ErrMissing)
	case len(margins) > mostMargins:
		faults.Add("margins", len(margins), fmt.Errorf("%w: more than %d", clientele.ErrRange, mostMargins))
	}
	seen := make(map[string]bool)
	for i, m := range margins {
		field := fmt.Sprintf("margins[%d]", i)
		checkLabel(&faults, field+".Name", m.Name, seen)
		if len(m.Categories) == 0 {
			faults.Add(field+".Categories", nil, clientele.ErrMissing)
		}
		checkCategories(&faults, field, m.Categories)
	}
	return cfg, faults.Err()
}

var errTinyShare = fmt.Errorf("%w: less than %v of the margin", clientele.ErrRange, leastShare)

// checkCategories notes what is wrong with the categories of a margin.
func checkCategories(faults *clientele.ConfigError, margin string, categories []Category) {
	seen := make(map[string]bool)
	all := 0.0
	for _, c := range categories {
		all += c.Population
	}
	for j, c := range categories {
		field := fmt.Sprintf("%s.Categories[%d]", margin, j)
		checkLabel(faults, field+".Name", c.Name, seen)
		err := checkPopulation(c.Population)
		if err == nil && c.Population < leastShare*all {
			err = errTinyShare
		}
		if err != nil {
			faults.Add(field+".Population", c.Population, err)
		}
	}
}
