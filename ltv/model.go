package ltv

import (
	"fmt"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/rule"
	"github.com/clientele-go/clientele/ltv/internal/kernel"
)

// Model is a model of buying and dropping out, with its parameters. Its
// parameters are exported fields, so that models are plain values: literals make
// them, JSON stores them, [Fit] estimates them. The set of models is closed: [NBD],
// [BGNBD], [MBGNBD], [BGCNBD], [MBGCNBD], [ParetoNBD], [GGomNBD] and
// [BGBB]. ([FittedCovariates.For] returns a ParetoNBD or a BGNBD.)
//
// A model says what one customer did and will do; ask it by [Model.Given].
//
// In the formulas of the models L is the likelihood of a summary with x = Frequency, t_x =
// Recency and age T; {x>0} is 1 where x is above 0 and 0 otherwise; 2F1 is Gauss's
// hypergeometric function and B the beta function.
type Model interface {
	Estimable

	// LogLik is the logarithm of the density of a history: of the times of its
	// purchases and the silence since, given the first purchase. Models that are
	// fitted to the same data can be compared by it.
	LogLik(s Summary) (float64, error)

	// Given returns the [Outlook] for a customer with this history: whether alive, how
	// many purchases. The zero Summary is a customer just after the first purchase;
	// that purchase is no part of the outlook.
	Given(s Summary) (Outlook, error)

	// check notes the parameters that are out of range.
	check(f *clientele.ConfigError)

	kernel() kernel.Kernel
}

// Parameter is a named number.
type Parameter struct {
	Name  string  `json:"name"` // as in the literature: "r", "alpha"
	Value float64 `json:"value"`
}

// given is Given of every model.
func given(m Model, s Summary) (Outlook, error) {
	k := m.kernel()
	if err := checked("Given", m, k, s); err != nil {
		return Outlook{}, err
	}
	alive := k.Alive(s.buying())
	if !(alive >= 0 && alive <= 1) {
		return Outlook{}, inaccurate(opOf(m, "Given"))
	}
	return Outlook{kernel: k, name: m.Name(), summary: s.buying(), alive: alive}, nil
}

// logLik is LogLik of every model.
func logLik(m Model, s Summary) (float64, error) {
	k := m.kernel()
	if err := checked("LogLik", m, k, s); err != nil {
		return 0, err
	}
	v := k.LogLik(s.buying())
	if !rule.IsFinite(v) {
		return 0, inaccurate(opOf(m, "LogLik"))
	}
	return v, nil
}

// opOf is the name of a model's method in errors.
func opOf(m Model, method string) string { return fmt.Sprintf("%T.%s", m, method) }

// validate is Validate of every model.
func validate(m Model) error {
	f := clientele.ConfigError{Op: opOf(m, "Validate")}
	m.check(&f)
	return f.Err()
}

// checked reports why a model can say nothing about s, or nil.
func checked(method string, m Model, k kernel.Kernel, s Summary) error {
	var f clientele.ConfigError
	m.check(&f)
	err := f.Err()
	if err == nil && !s.usable() {
		err = s.Validate()
	}
	if err == nil {
		err = fits(k, s)
	}
	if err == nil {
		return nil
	}
	op := opOf(m, method)
	if f.Err() != nil {
		f = clientele.ConfigError{Op: op}
		m.check(&f)
		return f.Err()
	}
	return fault.Renamed(op, err)
}

// finite passes a number on, or says that it could not be computed.
func finite(op string, v float64) (float64, error) { return fault.Finite(op, v, ErrInaccurate) }

func inaccurate(op string) error {
	return &clientele.InputError{Op: op, Index: -1, Err: ErrInaccurate}
}

// dropOut notes a parameter of dropping out that is not a number from 0 to below
// infinity.
func dropOut(f *clientele.ConfigError, name string, v float64) {
	if err := rule.AtLeastZero(v, "a number above 0, or 0 where nobody drops out"); err != nil {
		f.Add(name, v, err)
	}
}
