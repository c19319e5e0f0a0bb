package ltv

import (
	"math"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/fault"
)

// Model is a model of buying and dropping out, with its parameters. Its
// parameters are exported fields, so that models are plain values: literals make
// them, JSON stores them, [Fit] estimates them. The set of models is closed: [NBD],
// [BGNBD], [MBGNBD], [BGCNBD], [MBGCNBD], [ParetoNBD], [GGomNBD], [BGBB] and
// [FittedCovariates.For] of the two that take covariates.
//
// A model says what one customer did and will do; ask it by [Model.Given].
type Model interface {
	Estimable

	// LogLik is the logarithm of the density of a history: of the times of its
	// purchases and the silence since, given the first purchase. Models that are
	// fitted to the same data can be compared by it.
	LogLik(s Summary) (float64, error)

	// Given is the outlook for a customer with this history. The zero Summary is
	// a customer who has just come, or has yet to be won: its outlook is the
	// model's answer from birth.
	Given(s Summary) (Outlook, error)

	kernel() kernel
}

// Parameter is a named number.
type Parameter struct {
	Name  string  `json:"name"` // as in the literature: "r", "alpha"
	Value float64 `json:"value"`
}

// kernel is a model's mathematics. Arguments have been checked; NaN is an answer
// that could not be computed to the promised accuracy.
type kernel interface {
	// check notes the parameters that are out of range.
	check(f *clientele.ConfigError)

	// fits reports why the history cannot be this model's, or nil.
	fits(s Summary) error

	// logLik is the log-likelihood of a history.
	logLik(s Summary) float64

	// alive is the probability that the customer has not dropped out at T.
	alive(s Summary) float64

	// posterior returns the means of the purchase rate (or probability) and of
	// the drop-out rate (or probability), given the history.
	posterior(s Summary) (purchase, dropout float64)

	// The rest is about a customer who is alive at T.

	// stays is the probability of being alive after a further time t.
	stays(s Summary, t float64) float64

	// expected is the mean number of purchases in the time t after T.
	expected(s Summary, t float64) float64

	// probability is that of n purchases in the time t after T.
	probability(s Summary, n int, t float64) float64

	// discounted is the mean of the sum of exp(-rate·u) over the purchases in
	// the time t after T, u being their times after T; t may be infinite.
	discounted(s Summary, t, rate float64) float64

	// draw calls yield with the times after T of the purchases of one possible
	// future, ascending, until yield returns false or they end.
	draw(s Summary, t float64, rng source, yield func(at float64) bool)
}

// reacher is a kernel that knows some times only.
type reacher interface {
	// reach reports why the kernel does not know a time, or nil.
	reach(t float64) error
}

// reach reports why a kernel does not know a time, or nil.
func reach(k kernel, t float64) error {
	if r, ok := k.(reacher); ok {
		return r.reach(t)
	}
	return nil
}

// given is Given of every model.
func given(m Model, s Summary) (Outlook, error) {
	k := m.kernel()
	if err := checked("Given", m, k, s); err != nil {
		return Outlook{}, err
	}
	alive := k.alive(s)
	if !(alive >= 0 && alive <= 1) {
		return Outlook{}, inaccurate(m.Name() + ": Given")
	}
	return Outlook{kernel: k, name: m.Name(), summary: s, alive: alive}, nil
}

// logLik is LogLik of every model.
func logLik(m Model, s Summary) (float64, error) {
	k := m.kernel()
	if err := checked("LogLik", m, k, s); err != nil {
		return 0, err
	}
	v := k.logLik(s)
	if !isFinite(v) {
		return 0, inaccurate(m.Name() + ": LogLik")
	}
	return v, nil
}

// validate is Validate of every model.
func validate(m Model) error {
	f := clientele.ConfigError{Op: m.Name()}
	m.kernel().check(&f)
	return f.Err()
}

// checked reports why a model can say nothing about s, or nil.
func checked(method string, m Model, k kernel, s Summary) error {
	var f clientele.ConfigError
	k.check(&f)
	err := f.Err()
	if err == nil && !s.usable() {
		err = s.Validate()
	}
	if err == nil {
		err = k.fits(s)
	}
	if err == nil {
		return nil
	}
	op := m.Name() + ": " + method
	if f.Err() != nil {
		f = clientele.ConfigError{Op: op}
		k.check(&f)
		return f.Err()
	}
	return fault.Renamed(op, err)
}

// finite passes a number on, or says that it could not be computed.
func finite(op string, v float64) (float64, error) {
	if !isFinite(v) {
		return 0, inaccurate(op)
	}
	return v, nil
}

func isFinite(v float64) bool { return math.Abs(v) <= math.MaxFloat64 }

func inaccurate(op string) error {
	return &clientele.InputError{Op: op, Index: -1, Err: ErrInaccurate}
}

// positive notes a parameter that is not a positive number below infinity.
func positive(f *clientele.ConfigError, name string, v float64) {
	switch {
	case math.IsNaN(v) || math.IsInf(v, 0):
		f.Add(name, v, clientele.ErrNotFinite)
	case v <= 0:
		f.Add(name, v, clientele.ErrRange)
	}
}

// notNegative notes a parameter that is not a number from 0 to below infinity.
func notNegative(f *clientele.ConfigError, name string, v float64) {
	switch {
	case math.IsNaN(v) || math.IsInf(v, 0):
		f.Add(name, v, clientele.ErrNotFinite)
	case v < 0:
		f.Add(name, v, clientele.ErrNegative)
	}
}
