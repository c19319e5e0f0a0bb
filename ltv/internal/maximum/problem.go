package maximum

import (
	"github.com/clientele-go/clientele/ltv/internal/likelihood"
)

// Family is the parameters of a model and how they belong together.
type Family struct {
	Names []string

	// ShapeOf[i] is the place of the shape that belongs to the scale parameter i,
	// -1 for all others.
	ShapeOf []int

	// Alone are the shapes that may grow without bound though no scale parameter
	// belongs to them.
	Alone []Shape

	// Several[i] says that the likelihood may have several maxima in the parameter i, so that
	// the curvature at one of them does not tell how well it is known; nil = in none.
	Several []bool

	// DropOut is the place of the parameter that is 0 where nobody drops out; those
	// after it then have no meaning, those before it describe purchasing. -1 where there
	// is none.
	DropOut int
}

// Shape is the place of a shape, and what to say when it grows without bound.
type Shape struct {
	At      int
	Meaning string
}

// Problem is a likelihood to maximise.
type Problem struct {
	Family
	likelihood.Function

	// Units are the units of the parameters, in those of the host.
	Units []float64

	// Telling is how many customers did what the parameters are known from: bought again,
	// or left.
	Telling float64

	// Starts are parameters to start from, given those of purchasing at never or those of
	// the nested family; of neither where the family has no such end.
	Starts func(known []float64) [][]float64

	// Nested is the nested end of the family; nil = none.
	Nested *Nested
}

// Task is a fit of a model to data that the package of the model has.
type Task struct {
	Family
	Op string // the function that the host called

	// Build makes the model from its parameters.
	Build func(v []float64) any

	// Open makes the likelihood, without its family, or says why the data cannot tell the
	// parameters; customers are those that count as observations.
	Open func() (p Problem, customers float64, err error)
}

// Nested is an end at which a rate vanishes, and a scale with it in a steady ratio: the
// family there is another, without the rate and with that ratio for the scale.
type Nested struct {
	*Problem
	Model       string // the name of the model there
	Rate, Scale int    // places in the family that has the end
}

// Config adjusts a search.
type Config struct {
	Priors         []Prior
	MaxEvaluations int // of the likelihood, in a climb
}

// Prior is what is known of a parameter before the data: that its logarithm is normally
// distributed.
type Prior struct {
	Param  string
	Median float64 // in the host's units
	Spread float64 // standard deviation of the logarithm
}

// Warning is something to be said of a maximum.
type Warning struct {
	Kind  Kind
	Param string
	Value float64
	Text  string
}

// Kind is a kind of warning.
type Kind int

// The kinds of warnings.
const (
	NoDropOut Kind = iota // the maximum is at never
	AtEnd                 // the maximum is at another end
	Flat                  // the data hardly tell a parameter
)
