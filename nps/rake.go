package nps

import (
	"cmp"
	"fmt"
	"iter"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/rule"
	"github.com/clientele-go/clientele/internal/strict"
)

// Respondent is an answer with what is known of the customer who gave it.
type Respondent struct {
	Answer     int      `json:"answer"`     // the answer, on the scale
	Categories []string `json:"categories"` // a category of each dimension, in the order of the dimensions

	// Weight is the weight before raking, for a sample in which some customers were asked
	// more often than others: from 1e-15 to 1e15; 0 = 1.
	Weight float64 `json:"weight,omitempty"`
}

// Dimension is one way in which the customers divide into categories, such as region or
// age. The values are not checked until [Rake].
type Dimension struct {
	Name       string     `json:"name"`       // name of the dimension, unique; required
	Categories []Category `json:"categories"` // the categories, at least one
}

// UnmarshalJSON reads a dimension. An unknown key, a key given twice or a value of the
// wrong type returns an InputError of [clientele.ErrEncoding] and leaves d as it was.
// [Rake] checks the values.
func (d *Dimension) UnmarshalJSON(data []byte) error {
	return strict.Into[clientele.InputError]("nps.Dimension.UnmarshalJSON", data, d)
}

// Category is a part of a dimension.
type Category struct {
	Name string `json:"name"` // name of the category, unique in its dimension; required

	// Population is the number of customers in the category, whether they answered or not,
	// or their share of all customers: from 1e-100 to 1e100, and at least 1e-12 of the
	// dimension. Only proportions within the dimension count, so that dimensions from
	// different sources need not have the same total.
	Population float64 `json:"population"`
}

// UnmarshalJSON reads a category. An unknown key, a key given twice or a value of the
// wrong type returns an InputError of [clientele.ErrEncoding] and leaves c as it was.
// [Rake] checks the values.
func (c *Category) UnmarshalJSON(data []byte) error {
	return strict.Into[clientele.InputError]("nps.Category.UnmarshalJSON", data, c)
}

// RakeConfig says how to rake. The zero value is ready to use.
type RakeConfig struct {
	Scale         Scale   `json:"scale,omitzero"`          // scale of the answers; zero = the standard one
	MaxIterations int     `json:"maxIterations,omitempty"` // most rounds over all dimensions, up to a million; 0 = 1000
	Tolerance     float64 `json:"tolerance,omitempty"`     // greatest distance of a share from its target, below 1; 0 = 1e-10

	// MaxWeight cuts weights to so many times the average one, in every round: more than 1; 0
	// = no limit. It trades a lower variance for weights that are not those of Deming and
	// Stephan, though the shares are still met. Where the shares cannot be met, the weights
	// below the limit are all raised by the same factor, so that the average is 1 all the
	// same.
	MaxWeight float64 `json:"maxWeight,omitempty"`

	Level float64 `json:"level,omitempty"` // level of the interval, between 0 and 1; 0 = 0.95
}

// UnmarshalJSON reads a configuration. An unknown key, a key given twice or a value of the
// wrong type returns an InputError of [clientele.ErrEncoding] and leaves c as it was.
// [Rake] checks the values.
func (c *RakeConfig) UnmarshalJSON(data []byte) error {
	return strict.Into[clientele.InputError]("nps.RakeConfig.UnmarshalJSON", data, c)
}

const (
	defaultRounds    = 1000
	mostRounds       = 1_000_000
	defaultTolerance = 1e-10
	mostDimensions   = 20
	leastShare       = 1e-12 // of a category
)

// Rake finds weights with which the sample divides as the customers do by several
// dimensions at once, such as region and age, where only the total of each category is
// known: iterative proportional fitting, of Deming & Stephan, On a Least Squares
// Adjustment of a Sampled Frequency Table When the Expected Marginal Totals are Known,
// Annals of Mathematical Statistics 11 (1940). Without MaxWeight these are, of all weights
// that fit, the ones nearest to the weights before raking (Ireland & Kullback, Contingency
// Tables with Given Marginals, Biometrika 55, 1968). With one dimension it does what
// [PostStratify] does.
//
// There are 1 to 20 dimensions. Time is O(n), and for each round in proportion to how many
// combinations of categories and weights the respondents have.
//
// All faults of the dimensions and the configuration come at once in a
// [clientele.ConfigError]. An answer off the scale and a category that its dimension does
// not have return InputErrors with the index of the respondent, a nil sample returns
// [clientele.ErrMissing], and one without respondents [clientele.ErrEmpty]. Categories
// without respondents come in a ConfigError of ErrEmpty that names them all: put such a
// category together with another.
//
// If no weights meet all dimensions, as with two questions that every respondent answered
// alike but whose populations differ, or if MaxWeight is too low, the error is
// [clientele.ErrNotConverged]: it names the dimension and the category that are furthest
// from their target, and the partial result comes with it. Its weights, too, are 1 on
// average and at most MaxWeight.
func Rake(sample iter.Seq2[Respondent, error], dimensions []Dimension, cfg RakeConfig) (*Raking, error) {
	const op = "nps.Rake"
	cfg, err := cfg.fill(op, dimensions)
	if err != nil {
		return nil, err
	}
	if sample == nil {
		return nil, fault.Of(op, "sample", nil, rule.ErrNoSource)
	}
	r := newRaker(dimensions, cfg)
	for _, err := range fault.Checked(op, sample, r.add) {
		if err != nil {
			return nil, err
		}
	}
	if len(r.answers) == 0 {
		return nil, fault.Of(op, "sample", nil, rule.Because(rule.Empty, "no respondents", "at least one"))
	}
	if err := r.checkFilled(op); err != nil {
		return nil, err
	}
	r.start()
	iterations, worst := r.run()
	result := r.result(iterations, worst)
	if !result.Converged {
		return result, fault.Of(op, r.field(worst.dimension, worst.category), worst.deviation, rule.Because(rule.NotConverged,
			"share is off its target by this much", "populations that the sample can meet, a higher MaxWeight, or more than %d rounds", iterations))
	}
	return result, nil
}

// fill returns the configuration with its defaults, or all faults of it and the dimensions.
func (c RakeConfig) fill(op string, dimensions []Dimension) (RakeConfig, error) {
	faults := clientele.ConfigError{Op: op}
	c.Scale.check(&faults, "Scale.")
	switch most := "a number of rounds up to %d, or 0 for %d"; {
	case c.MaxIterations < 0:
		faults.Add("MaxIterations", c.MaxIterations, rule.Want(rule.Negative, most, mostRounds, defaultRounds))
	case c.MaxIterations > mostRounds:
		faults.Add("MaxIterations", c.MaxIterations, rule.Want(rule.Range, most, mostRounds, defaultRounds))
	}
	if !(c.Tolerance >= 0 && c.Tolerance < 1) {
		faults.Add("Tolerance", c.Tolerance, rule.Want(rule.Range, "a distance of shares below 1, or 0 for %v", defaultTolerance))
	}
	if c.MaxWeight != 0 && !(c.MaxWeight > 1 && c.MaxWeight <= mostWeight) {
		faults.Add("MaxWeight", c.MaxWeight, rule.Want(rule.Range, "a multiple of the average weight above 1, such as 5, or 0 for no limit"))
	}
	c.MaxIterations = cmp.Or(c.MaxIterations, defaultRounds)
	c.Tolerance = cmp.Or(c.Tolerance, defaultTolerance)
	c.Level = fault.AddLevel(&faults, c.Level)
	checkDimensions(&faults, dimensions)
	return c, faults.Err()
}

// checkDimensions notes what is wrong with the dimensions.
func checkDimensions(faults *clientele.ConfigError, dimensions []Dimension) {
	switch {
	case len(dimensions) == 0:
		faults.Add("dimensions", nil, rule.Want(rule.Missing, "1 to %d dimensions", mostDimensions))
	case len(dimensions) > mostDimensions:
		faults.Add("dimensions", len(dimensions), rule.Want(rule.Range, "1 to %d dimensions", mostDimensions))
	}
	seen := make(map[string]bool)
	for i, d := range dimensions {
		path := fmt.Sprintf("dimensions[%d].", i)
		fault.AddLabel(faults, path+"Name", d.Name, seen)
		if len(d.Categories) == 0 {
			faults.Add(path+"Categories", nil, rule.Want(rule.Missing, "at least one category"))
		}
		checkCategories(faults, path, d.Categories)
	}
}

// checkCategories notes what is wrong with the categories of the dimension at a path.
func checkCategories(faults *clientele.ConfigError, path string, categories []Category) {
	seen := make(map[string]bool)
	all := 0.0
	for _, c := range categories {
		all += c.Population
	}
	for j, c := range categories {
		field := fmt.Sprintf("%sCategories[%d].", path, j)
		fault.AddLabel(faults, field+"Name", c.Name, seen)
		err := checkPopulation(c.Population)
		if err == nil && c.Population < leastShare*all {
			err = rule.Because(rule.Range, "too small a part of the dimension", "at least %v of it: put the category together with another", leastShare)
		}
		if err != nil {
			faults.Add(field+"Population", c.Population, err)
		}
	}
}
