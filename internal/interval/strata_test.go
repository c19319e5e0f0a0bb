package interval_test

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/interval"
	"pgregory.net/rapid"
)

// Deaths under tolbutamide against placebo in two classes of age, as Rothman & Greenland
// work them out (Modern Epidemiology, 2nd ed. 1998, chapter 15): a common ratio of 1.33.
// The variance of its logarithm by the formula of Greenland & Robins, summed here as they
// wrote it: Σ(m N N0/n² - K K0/n) over the product of both sums of the ratio.
func TestStrataWorkedOut(t *testing.T) {
	s := interval.Strata{{K: 8, N: 106, K0: 5, N0: 120}, {K: 22, N: 98, K0: 16, N0: 85}}
	e, ok := s.RiskRatio(0.95)
	first, second := 8*120.0/226+22*85.0/183, 5*106.0/226+16*98.0/183
	variance := (13*106*120/226.0/226 - 8*5/226.0 + 38*98*85/183.0/183 - 22*16/183.0) / (first * second)
	near(t, "ratio", e.Value, first/second, 1e-15)
	near(t, "ratio", e.Value, 1.33, 5e-3)
	near(t, "standard error", e.StdErr, e.Value*math.Sqrt(variance), 1e-14)
	if !ok || !(e.Lo > 0.77 && e.Lo < 0.80 && e.Hi > 2.20 && e.Hi < 2.30) { // without correction 0.80 to 2.20
		t.Errorf("%+v", e)
	}
}

// In each of two strata both shares are equal, 8 of 10 and 1 of 10; the event happens mostly
// in the first. Together the shares seem to differ, 81 of 110 against 18 of 110.
func TestStrataRemoveWhatTheyHold(t *testing.T) {
	s := interval.Strata{{K: 80, N: 100, K0: 8, N0: 10}, {K: 1, N: 10, K0: 10, N0: 100}}
	if e, _ := s.RiskRatio(0.95); e.Value != 1 || s.P() != 1 {
		t.Errorf("within strata %+v, p %v", e, s.P())
	}
	if e := interval.RiskRatio(81, 110, 18, 110, 0.95); !(e.Lo > 2) {
		t.Errorf("together %+v", e)
	}
}

// Strata that hold only one side say nothing, and without an event on the second side there
// is no ratio.
func TestStrataThatSayNothing(t *testing.T) {
	s := interval.Strata{{K: 8, N: 10, K0: 5, N0: 10}}
	want, _ := s.RiskRatio(0.9)
	more := append(s, interval.Shares{K: 3, N: 3}, interval.Shares{K0: 7, N0: 9})
	if e, ok := more.RiskRatio(0.9); !ok || e != want || more.P() != s.P() {
		t.Errorf("%+v, want %+v", e, want)
	}
	for _, s := range []interval.Strata{nil, {{K: 3, N: 3}}, {{K: 3, N: 4, N0: 5}}} {
		if e, ok := s.RiskRatio(0.9); ok || e != (clientele.Estimate{}) {
			t.Errorf("%v: %+v", s, e)
		}
	}
	if p := (interval.Strata{}).P(); p != 1 {
		t.Errorf("p %v of nothing", p)
	}
}

// Where everybody has the event, in m strata of one against one, the likeliest shares given θ
// below 1 are θ and 1. The limit solves A - θB = z √(m θ(1-θ))/2, A = m/2 - 1/4, B = m/2 + 1/4.
func TestStrataOfEverybody(t *testing.T) {
	const z = 1.959963984540054
	for _, m := range []int{1, 10, 100} {
		s := make(interval.Strata, m)
		for i := range s {
			s[i] = interval.Shares{K: 1, N: 1, K0: 1, N0: 1}
		}
		a, b, q := float64(m)/2-0.25, float64(m)/2+0.25, z*z*float64(m)/4
		half := (2*a*b + q) / 2
		want := (half - math.Sqrt(half*half-(b*b+q)*a*a)) / (b*b + q)
		e, ok := s.RiskRatio(0.95)
		near(t, "lower limit", e.Lo, want, 1e-12)
		near(t, "upper limit", e.Hi, 1/want, 1e-11)
		if !ok || e.Value != 1 || e.StdErr != 0 {
			t.Errorf("%d strata: %+v", m, e)
		}
	}
}

// 8 of 10 against 5 of 10: both shares are 0.65 of 20 in all, so that the difference of sums,
// 1.5 less the correction of 0.5, has a variance of 5 · 0.65 · 0.35.
func TestStrataP(t *testing.T) {
	s := interval.Strata{{K: 8, N: 10, K0: 5, N0: 10}}
	near(t, "p", s.P(), math.Erfc(1/math.Sqrt(2*5*0.65*0.35)), 1e-14)
	// Σ K N0/(N+N0) is 1 here.
	e, _ := interval.Strata{{K: 2, N: 10, K0: 3, N0: 10}}.RiskRatio(0.95)
	near(t, "standard error", e.StdErr, e.Value*math.Sqrt(1.0/2-1.0/10+1.0/3-1.0/10), 1e-14)
}

func drawStrata(t *rapid.T) interval.Strata {
	return rapid.SliceOfN(rapid.Custom(func(t *rapid.T) interval.Shares {
		n, n0 := rapid.IntRange(0, 30).Draw(t, "n"), rapid.IntRange(0, 30).Draw(t, "n0")
		k, k0 := rapid.IntRange(0, n).Draw(t, "k"), rapid.IntRange(0, n0).Draw(t, "k0")
		return interval.Shares{K: float64(k), N: float64(n), K0: float64(k0), N0: float64(n0)}
	}), 1, 6).Draw(t, "strata")
}

// Invariants: the interval holds the ratio, is that of the swapped sides upside down, and
// holds 1 unless the p-value is below 1 - level; all are numbers. The same counts in two
// equal strata instead of one make the interval narrower.
func TestStrataLaws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s, level := drawStrata(t), rapid.Float64Range(0.5, 0.999).Draw(t, "level")
		e, ok := s.RiskRatio(level)
		if !ok {
			return
		}
		if !(e.Lo >= 0 && e.Lo <= e.Value && e.Value <= e.Hi && e.Hi <= math.MaxFloat64 && e.StdErr >= 0 && e.StdErr <= math.MaxFloat64) {
			t.Fatalf("%+v", e)
		}
		p := s.P()
		if math.Abs(p-(1-level)) > 1e-9 && (p < 1-level) == e.Contains(1) {
			t.Fatalf("%+v with p %v", e, p)
		}
		var other interval.Strata
		for _, t := range s {
			other = append(other, interval.Shares{K: t.K0, N: t.N0, K0: t.K, N0: t.N})
		}
		if swapped, ok := other.RiskRatio(level); ok && (math.Abs(swapped.Lo*e.Hi-1) > 1e-13 || math.Abs(other.P()-p) > 1e-12) {
			t.Fatalf("%+v swapped is %+v", e, swapped)
		}
		if twice, _ := append(s, s...).RiskRatio(level); math.Abs(twice.Value-e.Value) > 1e-14*e.Value || twice.Hi > e.Hi || twice.Lo < e.Lo {
			t.Fatalf("%+v twice is %+v", e, twice)
		}
	})
}

// With five strata of very different risks, in which the first side is a handful and lies
// mostly where the risk is high, the interval covers as often as it says.
func TestStrataCover(t *testing.T) {
	const runs, level = 2000, 0.9
	rng := rand.New(rand.NewPCG(7, 8))
	draw := func(n int, p float64) (k float64) {
		for range n {
			if rng.Float64() < p {
				k++
			}
		}
		return k
	}
	risks := []float64{0.05, 0.1, 0.2, 0.3, 0.4}
	for _, ratio := range []float64{1, 2} {
		for _, handful := range []int{1, 3, 20} {
			covered, above, all := 0.0, 0.0, 0.0
			for range runs {
				var s interval.Strata
				for i, risk := range risks {
					n := handful * i / 2
					s = append(s, interval.Shares{K: draw(n, risk*ratio), N: float64(n), K0: draw(40, risk), N0: 40})
				}
				e, ok := s.RiskRatio(level)
				if !ok {
					continue
				}
				all++
				if e.Contains(ratio) {
					covered++
				}
				if e.Lo > ratio {
					above++
				}
			}
			t.Logf("ratio %v, handful %d: covered %.3f, above %.3f", ratio, handful, covered/all, above/all)
			if covered/all < level || above/all > (1-level)/2+0.01 {
				t.Errorf("ratio %v, handful %d: covered %.3f, above %.3f", ratio, handful, covered/all, above/all)
			}
		}
	}
}
