package ltv

import (
	"fmt"
	"math"
	"slices"
	"testing"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/verify"
	"pgregory.net/rapid"
)

// Log-likelihoods, P(alive) and expectations of 39 units by quadrature with 40
// digits: mpmath 1.2.1 on up to 400 panels, finer towards t_x and where leaving
// sets in. They go from falling hazards (β < 1) through lifetimes of one length (β
// vast) to sudden leaving (b vast), with up to 5,000 purchases and 25 years of days.
// P(alive) compares logarithms as large as 3e4, whose rounding is allowed for.
func TestGGomNBDAgainstManyDigits(t *testing.T) {
	for _, test := range []struct {
		model                   GGomNBD
		summary                 Summary
		logLik, alive, expected float64
	}{
		{GGomNBD{0.553, 10.578, 0.0002, 0.603, 0.0026}, Summary{Frequency: 26, Recency: 30.857142857, T: 31}, -39.082512237053537, 0.9979405715325675, 20.218552991750567},
		{GGomNBD{0.553, 10.578, 0.05, 0.603, 0.9}, Summary{Frequency: 2, Recency: 30.4, T: 38.857}, -9.7094222658276769, 0.72387794922879023, 0.85375481179585784},
		{GGomNBD{1.37, 47.28, 0.1, 0.5, 50}, Summary{Frequency: 21, Recency: 95.57, T: 104}, -62.861082735571558, 0.47569370573096569, 1.2072259531609229},
		{GGomNBD{1.37, 47.28, 0.1, 0.5, 50}, Summary{Frequency: 1000, Recency: 50, T: 60}, 1329.9202560547571, 5.0595659483007965e-41, 8.387873741178124e-39},
		{GGomNBD{0.8, 9.5, 0.002, 0.7, 0.03}, Summary{Frequency: 5000, Recency: 9000, T: 9500}, -7967.4095876863262, 9.8057512686637705e-116, 1.9571539473597679e-114},
		{GGomNBD{0.553, 10.578, 1e-13, 0.606, 1.1669e-12}, Summary{Frequency: 3, Recency: 20, T: 30}, -11.564905339102528, 0.75993451303136632, 2.0920572197245842},
		{GGomNBD{0.553, 10.578, 0.5, 2, 1e6}, Summary{T: 38.857}, -0.6772821387878225, 1.1099120994119511e-5, 1.2446113502329207e-7},
		{GGomNBD{0.553, 10.578, 3, 0.3, 1e10}, Summary{Frequency: 1, Recency: 2, T: 38.857}, -3.8716555440856723, 1.4858695638869522e-13, 5.1865085077294214e-15},
		{GGomNBD{0.01, 0.001, 0.01, 0.3, 1e-6}, Summary{T: 10000}, -0.017823767709996896, 1.2850094054308251e-15, 4.72946836984797e-20},
		{GGomNBD{0.553, 10.578, 0.01, 1e6, 3e6}, Summary{Frequency: 2, Recency: 20, T: 30}, -8.3577979828578516, 0.94085794533884996, 2.0921620669064635},
		{GGomNBD{2, 5, 40, 0.05, 1e20}, Summary{Frequency: 4, Recency: 0.5, T: 38}, -3.2711748634276923, 1.2319216541644994e-37, 8.5948022383569729e-39},
		{GGomNBD{0.5, 5, 20, 0.8, 1e300}, Summary{Frequency: 4, Recency: 1.5, T: 36}, -13.863806198049383, 5.9755779640240927e-11, 4.0991007375168972e-13},
	} {
		what := fmt.Sprint(test.model, test.summary)
		ll, err := test.model.LogLik(test.summary)
		if err != nil {
			t.Fatal(err)
		}
		o := given0(t, test.model, test.summary)
		verify.Near(t, what+" log-likelihood", ll, test.logLik, 1e-13)
		verify.Near(t, what+" P(alive)", o.Alive(), test.alive, 1e-11)
		verify.Near(t, what+" expected", valued(o.Expected(39)), test.expected, 1e-11)
	}
}

// Invariant: as b vanishes with a steady β/b, every answer becomes the Pareto/NBD's.
func TestGGomNBDBecomesParetoNBD(t *testing.T) {
	const b = 1e-14
	for _, p := range []ParetoNBD{{0.553, 10.578, 0.606, 11.669}, {2, 4, 0, 1}, {0.3, 1, 5, 0.2}} {
		g := GGomNBD{p.R, p.Alpha, b, p.S, b * p.Beta}
		for _, s := range someHistories {
			what := fmt.Sprint(p, s)
			verify.Near(t, what+" log-likelihood", valued(g.LogLik(s)), valued(p.LogLik(s)), 1e-11)
			og, op := given0(t, g, s), given0(t, p, s)
			verify.Near(t, what+" P(alive)", og.Alive(), op.Alive(), 1e-11)
			verify.Near(t, what+" P(alive) ahead", valued(og.AliveAt(20)), valued(op.AliveAt(20)), 1e-11)
			verify.Near(t, what+" expected", valued(og.Expected(20)), valued(op.Expected(20)), 1e-11)
			verify.Near(t, what+" discounted", valued(og.Discounted(20, 0.02)), valued(op.Discounted(20, 0.02)), 1e-11)
			verify.Near(t, what+" all time", valued(og.Discounted(inf, 0.02)), valued(op.Discounted(inf, 0.02)), 1e-10)
			verify.Near(t, what+" probability", valued(og.Probability(3, 20)), valued(op.Probability(3, 20)), 1e-10)
			gp, gd, err := og.Posterior()
			pp, pd, other := op.Posterior()
			if err != nil || other != nil {
				t.Fatal(err, other)
			}
			verify.Near(t, what+" purchase rate", gp, pp, 1e-10)
			verify.Near(t, what+" drop-out rate", gd, pd, 1e-10)
		}
	}
}

// Invariant: a posterior mean is the prior mean times the ratio of likelihoods when
// the gamma distribution's shape is one higher.
func TestGGomNBDPosterior(t *testing.T) {
	m := GGomNBD{0.8, 9, 0.06, 0.7, 4}
	for _, s := range append(someHistories, Summary{Frequency: 3, Recency: 30, T: 30}) {
		purchase, dropout, err := given0(t, m, s).Posterior()
		if err != nil {
			t.Fatal(err)
		}
		more, less := m, m
		more.R++
		less.S++
		ll := valued(m.LogLik(s))
		verify.Near(t, fmt.Sprint(s, " purchase rate"), purchase, m.R/m.Alpha*math.Exp(valued(more.LogLik(s))-ll), 1e-12)
		verify.Near(t, fmt.Sprint(s, " drop-out rate"), dropout, m.B*m.S/m.Beta*math.Exp(valued(less.LogLik(s))-ll), 1e-12)
	}
}

// Discounting, by the plain sum of e^(-rate·u) S(u) in small steps.
func TestGGomNBDDiscounted(t *testing.T) {
	const rate, step, steps = 0.05, 0.001, 60_000
	m := GGomNBD{0.8, 9, 0.06, 0.7, 4}
	sum := 0.0
	for i := range steps {
		u := step * (float64(i) + 0.5)
		sum += step * math.Exp(-rate*u) * math.Pow(m.Beta/(m.Beta-1+math.Exp(m.B*u)), m.S)
	}
	verify.Near(t, "discounted", valued(given0(t, m, Summary{}).Discounted(step*steps, rate)), m.R/m.Alpha*sum, 1e-8)
}

// Invariant: whatever the parameters, over dozens of decades, answers are numbers
// within their bounds, or an error that says they cannot be computed.
func TestGGomNBDExtremes(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		param := func(name string, wide float64) float64 {
			return math.Exp(rapid.Float64Range(-wide, wide).Draw(t, name))
		}
		m := GGomNBD{param("r", 15), param("alpha", 15), param("b", 20), param("s", 15), param("beta", 60)}
		s := drawSummary(t)
		ll, err := m.LogLik(s)
		if err != nil || math.IsNaN(ll) || math.IsInf(ll, 0) {
			t.Fatalf("%+v %+v: log-likelihood %v, %v", m, s, ll, err)
		}
		o, err := m.Given(s)
		if err != nil {
			t.Fatalf("%+v %+v: %v", m, s, err)
		}
		near, err := o.Expected(10)
		if err != nil {
			t.Fatalf("%+v %+v: %v", m, s, err)
		}
		far, err := o.Expected(1000)
		if err != nil || !(far >= near*(1-1e-12)) {
			t.Fatalf("%+v %+v: %v in 1000, %v in 10, %v", m, s, far, near, err)
		}
		ever, err := o.Discounted(inf, 1e-4)
		if err != nil || !(ever >= far*math.Exp(-0.1)*(1-1e-12)) {
			t.Fatalf("%+v %+v: %v ever, %v in 1000, %v", m, s, ever, far, err)
		}
	})
}

// What makes no GGom/NBD is refused, all of it at once.
func TestGGomNBDValidate(t *testing.T) {
	verify.ConfigError(t, GGomNBD{0, -1, math.NaN(), -1, inf}.Validate(), "ltv.GGomNBD.Validate", "r", "alpha", "b", "s", "beta")
	if err := (GGomNBD{1, 1, 1, 0, 1}).Validate(); err != nil {
		t.Error(err)
	}
	if _, err := (GGomNBD{}).LogLik(Summary{}); !isConfigError(err) {
		t.Error(err)
	}
}

func isConfigError(err error) bool {
	_, ok := err.(*clientele.ConfigError)
	return ok
}

// Invariant: derivatives are those of the value, on both sides of β = 1, at ages of
// many e-foldings, and where times are so small that all is linear.
func TestGGomNBDGradient(t *testing.T) {
	all := simulated(t, ParetoNBD{0.6, 8, 0.6, 12}, 200, 20, 60, 1.0/7, 4)
	all = append(all, Summary{Frequency: 3, Recency: 30, T: 30}, Summary{Frequency: 900, Recency: 40, T: 60})
	lik, err := GGomNBD{}.family().prepare(compressed(t, all), 1)
	if err != nil {
		t.Fatal(err)
	}
	for _, logs := range [][]float64{
		{-0.5, -1, -3, -0.5, -3},
		{-0.5, -1, 1, -0.5, 2},
		{0.5, 1, 2, 0.3, 4},
		{-0.5, -1, -20, -0.5, -21},
		{-0.5, -1, -3, 8, 8},
		{15, 16, 0, -1, 0},
		{-0.5, -1, 4.6, -3, 30},
	} {
		grad, spare := make([]float64, 5), make([]float64, 5)
		lik.At(logs, grad)
		for i := range logs {
			const step = 1e-4
			moved := func(by float64) float64 {
				there := slices.Clone(logs)
				there[i] += by * step
				return lik.At(there, spare)
			}
			want := (8*(moved(1)-moved(-1)) - (moved(2) - moved(-2))) / (12 * step)
			if math.Abs(grad[i]-want) > 1e-7*(1+math.Abs(want)) {
				t.Errorf("at %v: derivative %d is %v, differences say %v", logs, i, grad[i], want)
			}
		}
	}
}
