package ltv

import (
	"math"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/rule"
	"github.com/clientele-go/clientele/ltv/internal/likelihood"
	"github.com/clientele-go/clientele/ltv/internal/maximum"
)

// family is what [Fit] needs to know of a model.
type family struct {
	maximum.Family

	// build makes the model from its parameters.
	build func(v []float64) any

	// variant returns the family with the i-th setting that is not estimated, from 0;
	// the likeliest is taken, up to the first that is less likely than the one
	// before. nil = there is one.
	variant func(i int) (family, bool)

	// strict refuses records of the data that open leaves out; nil = it leaves out none.
	strict func(h *Sample) error

	// open prepares the likelihood of the data.
	open func(h *Sample, workers int) (*fitting, error)
}

// fitting is a family and the data that it is fitted to.
type fitting struct {
	maximum.Problem
	customers float64   // that count as observations
	warnings  []Warning // about the data
}

// prepare opens the likelihood of a sample.
func (f family) prepare(h *Sample, workers int) (*fitting, error) {
	fit, err := f.open(h, workers)
	if err != nil {
		return nil, err
	}
	fit.Family = f.Family
	return fit, nil
}

// timePowers are, by parameter, the power of the unit of time that it is measured in.
type timePowers []float64

func (p timePowers) units(time float64) []float64 {
	units := make([]float64, len(p))
	for i, power := range p {
		units[i] = math.Pow(time, power)
	}
	return units
}

// openPurchases opens a likelihood of the times of purchases.
func openPurchases(
	function func(s *likelihood.Sample, workers int) likelihood.Function, units timePowers, starts func(known []float64) [][]float64,
) func(h *Sample, workers int) (*fitting, error) {
	return func(h *Sample, workers int) (*fitting, error) {
		s, err := purchasesOf(h)
		if err != nil {
			return nil, err
		}
		return fittingOf(s, function(s, workers), units, starts), nil
	}
}

// fittingOf is a fit to a sample of purchases, with the warnings about it.
func fittingOf(
	s *likelihood.Sample, function likelihood.Function, units timePowers, starts func(known []float64) [][]float64,
) *fitting {
	f := &fitting{
		Problem:   maximum.Problem{Function: function, Units: units.units(s.Unit), Starts: starts, Telling: s.Repeaters},
		customers: s.Customers,
	}
	if s.Repeaters < fewRepeaters {
		f.warnings = append(f.warnings, warn(FewRepeats, "", s.Repeaters, "%v of %v customers bought again", s.Repeaters, s.Customers))
	}
	if age, same := s.SameAge(); same {
		f.warnings = append(f.warnings, warn(EqualAges, "", age, "every customer's T is %v", age))
	}
	return f
}

// fewRepeaters is below how many customers with repeat purchases a fit is
// doubtful.
const fewRepeaters = 30

// purchasesOf is the sample that models of the times of purchases are fitted to.
func purchasesOf(h *Sample) (*likelihood.Sample, error) {
	return withRepeats(likelihood.NewSample(h.sorted(), h.logGaps.Value()))
}

// withRepeats refuses a sample without a single repeat purchase, or in which no time has
// passed: there is nothing to fit.
func withRepeats(s *likelihood.Sample) (*likelihood.Sample, error) {
	if s.Repeats == 0 {
		return nil, fault.Of("", "Frequency", 0, rule.Because(clientele.ErrEmpty, "nobody bought a second time", "a longer observation, or a base in which somebody did"))
	}
	return s, nil
}

// namesOf are the names of a model's parameters.
func namesOf(m Estimable) []string {
	var names []string
	for _, p := range m.Parameters() {
		names = append(names, p.Name)
	}
	return names
}
