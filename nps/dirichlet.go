package nps

import (
	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/rule"
	"github.com/clientele-go/clientele/internal/strict"
)

// Dirichlet has the parameters of a Dirichlet distribution of the shares of detractors,
// passives and promoters. As a prior it is worth as many answers as its parameters add up
// to. Each parameter of a prior is from 0.01 to a million.
type Dirichlet struct {
	Detractors float64 `json:"detractors"` // answers of detractors that the prior is worth
	Passives   float64 `json:"passives"`   // answers of passives that the prior is worth
	Promoters  float64 `json:"promoters"`  // answers of promoters that the prior is worth
}

// UnmarshalJSON reads a prior. An unknown key, a key given twice or a value of the wrong
// type returns an InputError of [clientele.ErrEncoding] and leaves d as it was.
// [Dirichlet.Validate] checks the values.
func (d *Dirichlet) UnmarshalJSON(data []byte) error {
	return strict.Into[clientele.InputError]("nps.Dirichlet.UnmarshalJSON", data, d)
}

// UniformPrior takes all shares as equally likely.
func UniformPrior() Dirichlet { return Dirichlet{1, 1, 1} }

// JeffreysPrior is the prior of Jeffreys, An Invariant Form for the Prior Probability in
// Estimation Problems, Proceedings of the Royal Society A 186 (1946): half an answer for
// each attitude.
func JeffreysPrior() Dirichlet { return Dirichlet{0.5, 0.5, 0.5} }

// Validate reports all faults of a prior at once in a [clientele.ConfigError].
func (d Dirichlet) Validate() error { return d.check("nps.Dirichlet.Validate") }

// check returns the faults of a prior for a function that takes one.
func (d Dirichlet) check(op string) error {
	faults := clientele.ConfigError{Op: op}
	for _, p := range []struct {
		field string
		value float64
	}{{"Detractors", d.Detractors}, {"Passives", d.Passives}, {"Promoters", d.Promoters}} {
		kind := rule.Range
		switch {
		case !rule.IsFinite(p.value):
			kind = rule.NotFinite
		case p.value >= leastPrior && p.value <= mostParameters:
			continue
		}
		faults.Add(p.field, p.value, rule.Want(kind, "%v to %v answers, such as 1 of UniformPrior", leastPrior, mostParameters))
	}
	return faults.Err()
}

// Parameters from leastPrior to mostParameters in all have integrals that are known to
// about 1e-10.
const (
	leastPrior     = 0.01
	mostParameters = 1_000_000
)
