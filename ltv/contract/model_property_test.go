package contract

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/clientele-go/clientele/internal/special"
	"github.com/clientele-go/clientele/internal/verify"
	"github.com/clientele-go/clientele/ltv/internal/likelihood"
	"pgregory.net/rapid"
)

func drawContract(t *rapid.T) BdW {
	return BdW{
		math.Exp(rapid.Float64Range(-5, 6).Draw(t, "ln alpha")),
		math.Exp(rapid.Float64Range(-5, 8).Draw(t, "ln beta")),
		math.Exp(rapid.Float64Range(-1.5, 1.2).Draw(t, "ln c")),
	}
}

// same reports whether two numbers agree, relative to the second.
func same(got, want, tolerance float64) bool {
	return math.Abs(got-want) <= tolerance*math.Abs(want)
}

// Invariants: survival falls from 1; retention, the probabilities of leaving and
// survival of those who stayed are what survival says; all tenures together, those
// that were not seen to their end included, have probability 1, and so has the
// likelihood.
func TestContractIsADistribution(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := drawContract(t)
		horizon := rapid.IntRange(1, 60).Draw(t, "horizon")
		before, total, likely := 1.0, 0.0, 0.0
		for period := 1; period <= horizon; period++ {
			s, r, p := valued(m.Survival(period)), valued(m.Retention(period)), valued(m.Probability(period))
			if !(s <= before && s >= 0 && r >= 0 && r <= 1 && p >= 0) || !same(s, before*r, 1e-11) || math.Abs(before-s-p) > 1e-13 {
				t.Fatalf("%v, period %d: survival %v after %v, retention %v, probability %v", m, period, s, before, r, p)
			}
			var d Tenures
			if err := d.AddCustomers(period, true, 1); err != nil {
				t.Fatal(err)
			}
			if p > 0 {
				likely += math.Exp(valued(m.LogLik(d)))
			}
			total += p
			before = s
		}
		var stay Tenures
		if err := stay.AddCustomers(horizon, false, 1); err != nil {
			t.Fatal(err)
		}
		if before > 0 {
			likely += math.Exp(valued(m.LogLik(stay)))
		}
		if math.Abs(total+before-1) > 1e-12 || math.Abs(likely-1) > 1e-12 {
			t.Fatalf("%v: probabilities add up to %v, likelihoods to %v", m, total+before, likely)
		}
		stayed := rapid.IntRange(0, 50).Draw(t, "stayed")
		whole, part := valued(m.Survival(stayed+horizon)), valued(m.Survival(stayed))
		if part > 1e-300 && whole > 1e-300 && !same(valued(m.Alive(stayed, horizon)), whole/part, 1e-10) {
			t.Fatalf("%v: of those who stayed %d periods %v stay %d more", m, stayed, valued(m.Alive(stayed, horizon)), horizon)
		}
	})
}

// Invariant: a BdW with c = 1 is the sBG, whose answers are ratios.
func TestBdWWithoutDynamicsIsSBG(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := drawContract(t)
		m.C = 1
		s := SBG{m.Alpha, m.Beta}
		n := rapid.IntRange(1, 200).Draw(t, "n")
		rate := math.Exp(rapid.Float64Range(-9, 2).Draw(t, "ln rate"))
		for _, pair := range [][2]float64{
			{valued(m.Survival(n)), valued(s.Survival(n))},
			{valued(m.Survival(n)), math.Exp(special.LogRise(m.Beta, n) - special.LogRise(m.Alpha+m.Beta, n))},
			{valued(m.Retention(n)), (m.Beta + float64(n) - 1) / (m.Alpha + m.Beta + float64(n) - 1)},
			{valued(m.DEL(rate)), valued(s.DEL(rate))},
			{valued(s.DEL(rate)), closedDERL(s, 0, rate)},
			{valued(s.DERL(n, rate)), closedDERL(s, n, rate)},
		} {
			if !same(pair[0], pair[1], 1e-11) {
				t.Fatalf("%v, n %d, rate %v: %v", m, n, rate, pair)
			}
		}
	})
}

// closedDERL is the DERL of the sBG after n-1 renewals, or its DEL for n = 0, by the
// 2F1 of Fader & Hardie (2010) from an integral that is one (DLMF 15.6.1), after one step of
// 2F1(1, b; c; z) = 1 + b/c z 2F1(1, b+1; c+1; z).
func closedDERL(m SBG, n int, rate float64) float64 {
	b, near := m.Beta+float64(n), rate/(1+rate)
	mills, ok := special.LogMillsValue(b+1, m.Alpha, 1, near)
	if !ok {
		return math.NaN()
	}
	value := 1 + b/(1+rate)*math.Exp(mills)/near
	if n > 0 {
		value *= (b - 1) / (m.Alpha + b - 1)
	}
	return value
}

// Without discounting, the mean tenure of the sBG is (α+β-1)/(α-1), and within a
// horizon less than that by the share beyond.
func TestSBGMeanTenure(t *testing.T) {
	for _, m := range []SBG{{1.001, 3}, {1.5, 0.2}, {2, 3}, {7, 1000}, {1e6, 1e7}, {40, 1e9}} {
		verify.Near(t, "mean tenure", valued(m.DEL(0)), (m.Alpha+m.Beta-1)/(m.Alpha-1), 1e-12)
	}
	m := SBG{1.5, 3}
	for _, horizon := range []int{0, 1, 7, 31, 32, 33, 500, 100_000, math.MaxInt} {
		// Σ (b)_t/(c)_t, t < h, is (c-1)/(c-b-1) (1 - (b)_h/(c-1)_h).
		want := 7 * (1 - math.Exp(-special.LogBeta(0.5, 3)+special.LogBeta(0.5, 3+float64(horizon))))
		if got := valued(m.ExpectedTenure(horizon)); math.Abs(got-want) > 1e-12*want {
			t.Errorf("mean tenure within %d periods is %v, want %v", horizon, got, want)
		}
	}
}

// Invariants: a sum is its first terms and the rest; the value before a renewal is
// that after it, if it comes; and values fall with the rate.
func TestContractSums(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := drawContract(t)
		rate := math.Exp(rapid.Float64Range(-14, 3).Draw(t, "ln rate"))
		n := rapid.IntRange(1, 400).Draw(t, "n")
		s := valued(m.Survival(n - 1))
		if s < 1e-250 {
			return // nobody is left for DERL
		}
		first := 0.0
		for period := range n {
			first += valued(m.Survival(period)) * math.Exp(-float64(period)*math.Log1p(rate))
		}
		derl, err := m.DERL(n, rate)
		if err != nil {
			t.Fatal(m, n, rate, err)
		}
		rest := derl * s * math.Exp(-float64(n)*math.Log1p(rate))
		if del := valued(m.DEL(rate)); !same(first+rest, del, 2e-11) {
			t.Fatalf("%v, rate %v: DEL %v, but %v to period %d and %v then", m, rate, del, first, n, rest)
		}
		if r := valued(m.Retention(n)); r > 1e-200 && valued(m.Survival(n)) > 1e-250 {
			if next := valued(m.DERL(n+1, rate)); !same(derl, r*(1+next/(1+rate)), 2e-11) {
				t.Fatalf("%v, rate %v: DERL %d is %v, retention %v, then %v", m, rate, n, derl, r, next)
			}
		}
		if more := valued(m.DERL(n, 2*rate)); !(more <= derl*(1+1e-11)) {
			t.Fatalf("%v: DERL %d is %v at a rate of %v and %v at twice that", m, n, derl, rate, more)
		}
		if within := valued(m.ExpectedTenure(n)); !(within <= float64(n)*(1+1e-15)) || !(within >= first*(1-1e-12)) {
			t.Fatalf("%v: %v of the first %d periods, discounted %v", m, within, n, first)
		}
	})
}

// Extremes have a value or say that they have none.
func TestContractExtremes(t *testing.T) {
	for _, m := range []BdW{
		{1e-9, 1e-9, 1},
		{1e-9, 1e9, 3},
		{1e9, 1e-9, 0.2},
		{1e9, 1e9, 1},
		{1e9, 1e12, 2},
		{1e-3, 1, 50},
		{1e3, 1e90, 25},
		{50, 1e-3, 0.03},
		{1.3e9, 1.9e21, 27},
		{0.5, 1, 1e-6},
		{2, 3, 1e6},
	} {
		for _, n := range []int{1, 2, 30, 5_000, maxTenure} {
			for _, rate := range []float64{1e-12, 1e-3, 0.1, 1e6} {
				for what, answer := range map[string]func() (float64, error){
					"DEL":            func() (float64, error) { return m.DEL(rate) },
					"DERL":           func() (float64, error) { return m.DERL(n, rate) },
					"ExpectedTenure": func() (float64, error) { return m.ExpectedTenure(n) },
					"Survival":       func() (float64, error) { return m.Survival(n) },
					"Retention":      func() (float64, error) { return m.Retention(n) },
					"Probability":    func() (float64, error) { return m.Probability(n) },
				} {
					v, err := answer()
					if !(v >= 0 && v <= math.MaxFloat64) {
						t.Errorf("%v: %s for %d at %v is %v", m, what, n, rate, v)
					}
					if err != nil && what != "DERL" && what != "Retention" {
						t.Errorf("%v: %s for %d at %v: %v", m, what, n, rate, err)
					}
				}
			}
		}
	}
}

// Simulated tenures occur as often as they are probable.
func TestContractSimulation(t *testing.T) {
	const customers, horizon = 40_000, 6
	src := rand.NewPCG(13, 14)
	for _, m := range []Model{SBG{0.7, 3}, BdW{0.5, 2, 1.7}} {
		var counts [horizon + 1]int
		for range customers {
			periods, ended, err := m.Simulate(horizon, src)
			if err != nil || ended && periods == 0 || !ended && periods != horizon {
				t.Fatal(m, periods, ended, err)
			}
			if !ended {
				periods = 0 // not seen
			}
			counts[periods]++
		}
		for period, n := range counts {
			p := valued(m.Survival(horizon))
			if period > 0 {
				p = valued(m.Probability(period))
			}
			if se := math.Sqrt(p * (1 - p) / customers); math.Abs(float64(n)/customers-p) > 4.5*se {
				t.Errorf("%v: %d of %d left at the end of period %d, probability %v", m, n, customers, period, p)
			}
		}
	}
	if periods, ended, err := (SBG{0.7, 3}).Simulate(0, src); periods != 0 || ended || err != nil {
		t.Errorf("within no time: %d, %t, %v", periods, ended, err)
	}
	if _, ended, err := (SBG{1e-6, 1e6}).Simulate(math.MaxInt, src); err != nil {
		t.Errorf("%t, %v", ended, err)
	}
}

// constant is a source of one number.
type constant uint64

func (c constant) Uint64() uint64 { return uint64(c) }

// Invariant: a simulated tenure is where survival falls to a uniform number.
func TestContractSimulationInvertsSurvival(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := drawContract(t)
		src := constant(rapid.Uint64().Draw(t, "bits"))
		u := rand.New(src).Float64()
		horizon := rapid.IntRange(1, 1000).Draw(t, "horizon")
		periods, ended, err := m.Simulate(horizon, src)
		if err != nil || ended && (periods < 1 || valued(m.Survival(periods)) > u || valued(m.Survival(periods-1)) <= u) ||
			!ended && (periods != horizon || valued(m.Survival(horizon)) <= u) {
			t.Fatalf("%v, %v: %d periods, ended %t, %v", m, u, periods, ended, err)
		}
	})
}

// Invariant: the likelihoods that are climbed are those of the models, for customers
// who hardly ever leave too.
func TestContractLikelihoodIsThatOfTheModel(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := drawContract(t)
		m.Alpha *= math.Exp(rapid.Float64Range(-30, 0).Draw(t, "ln less"))
		var d Tenures
		for _, ended := range []bool{true, false} {
			for range 3 {
				if err := d.AddCustomers(rapid.IntRange(1, 9).Draw(t, "periods"), ended, rapid.IntRange(1, 1e6).Draw(t, "customers")); err != nil {
					t.Fatal(err)
				}
			}
		}
		logs := []float64{math.Log(m.Alpha), math.Log(m.Beta), math.Log(m.C)}
		for n, v := range map[int][2]float64{
			2: {likelihood.SBG(d.renewals())(logs[:2], make([]float64, 2)), valued(SBG{m.Alpha, m.Beta}.LogLik(d))},
			3: {likelihood.BdW(d.renewals())(logs, make([]float64, 3)), valued(m.LogLik(d))},
		} {
			if math.IsNaN(v[1]) {
				continue // nobody can have stayed so long
			}
			if !same(v[0], v[1], 1e-9) {
				t.Fatalf("%v, %d parameters: %v, the model has %v", m, n, v[0], v[1])
			}
		}
	})
}
