package nps_test

import (
	"flag"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/nps"
)

var coverageAnswers = flag.Int("coverage", 0, "greatest number of answers of the coverage study; 0 = 20, to see that it is as documented")

// coverageTruths are true shares of detractors, passives and promoters.
var coverageTruths = []struct {
	name   string
	shares [3]float64
}{
	{"balanced", [3]float64{0.3, 0.4, 0.3}},
	{"usual", [3]float64{0.15, 0.35, 0.5}},
	{"loved", [3]float64{0.02, 0.18, 0.8}},
	{"adored", [3]float64{0.005, 0.045, 0.95}},
	{"polarised", [3]float64{0.48, 0.04, 0.48}},
	{"lukewarm", [3]float64{0.02, 0.96, 0.02}},
}

// TestCoverage adds up how probable the samples are whose 95 % interval is told and holds
// the true score: all samples of so many answers, not simulated ones.
//
//	go test ./nps -run TestCoverage -v -coverage 1000
//
// takes a minute; the posterior and the bootstrap are looked at up to 50 answers.
func TestCoverage(t *testing.T) {
	most := 20
	if *coverageAnswers > 0 {
		most = *coverageAnswers
	}
	for _, n := range []int{1, 2, 3, 5, 10, 20, 50, 100, 200, 500, 1000} {
		if n > most {
			break
		}
		study := newCoverageStudy(n, most > 20)
		for _, truth := range coverageTruths {
			study.look(t, truth.shares)
			t.Log(study.line(truth.name))
			study.check(t, truth.name)
		}
	}
}

// coverageMethod is a way to an interval.
type coverageMethod struct {
	name     string
	interval func(nps.Tally) (clientele.Estimate, error)
}

// coverageStudy is of samples of n answers.
type coverageStudy struct {
	n       int
	methods []coverageMethod
	share   []float64 // covered, by method
}

func newCoverageStudy(n int, slow bool) *coverageStudy {
	s := &coverageStudy{n: n}
	for _, m := range everyMethod() {
		s.methods = append(s.methods, coverageMethod{m.String(), func(t nps.Tally) (clientele.Estimate, error) { return t.Interval(m, 0.95) }})
	}
	if slow && n <= 50 {
		credible := func(name string, prior nps.Dirichlet) {
			s.methods = append(s.methods, coverageMethod{name, func(t nps.Tally) (clientele.Estimate, error) {
				p, err := t.Posterior(prior)
				if err != nil {
					return clientele.Estimate{}, err
				}
				return p.Interval(0.95)
			}})
		}
		credible("uniform", nps.UniformPrior())
		credible("Jeffreys", nps.JeffreysPrior())
		s.methods = append(s.methods, coverageMethod{"bootstrap", func(t nps.Tally) (clientele.Estimate, error) {
			return t.Bootstrap(0.95, 999, rand.NewPCG(1, 2))
		}})
	}
	return s
}

// look adds up the samples that are not all but impossible.
func (s *coverageStudy) look(t testing.TB, shares [3]float64) {
	score := 100 * (shares[2] - shares[0])
	s.share = make([]float64, len(s.methods))
	for detractors := range s.n + 1 {
		for promoters := range s.n - detractors + 1 {
			passives := s.n - detractors - promoters
			p := multinomial(shares[:], detractors, passives, promoters)
			if p < 1e-9/float64(s.n) {
				continue
			}
			tally := answered(uint64(detractors), uint64(passives), uint64(promoters))
			for i, m := range s.methods {
				e, err := m.interval(tally)
				if err != nil {
					t.Fatal(m.name, err)
				}
				if e.Level > 0 && e.Lo-1e-9 <= score && score <= e.Hi+1e-9 {
					s.share[i] += p
				}
			}
		}
	}
}

func (s *coverageStudy) line(truth string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "n %4d %-10s", s.n, truth)
	for i, m := range s.methods {
		fmt.Fprintf(&b, "  %s %.1f", m.name, 100*s.share[i])
	}
	return b.String()
}

// check holds the methods to what the package says of them: the default always, AdjustedWald
// from 5 answers on, and others where no kind of customers is rare, from 10 answers on.
func (s *coverageStudy) check(t testing.TB, truth string) {
	least := map[string]float64{"adjusted t": 0.94}
	if s.n >= 5 {
		least["adjusted Wald"] = 0.91
	}
	if s.n >= 10 && (truth == "balanced" || truth == "usual") {
		least["Wald"], least["trinomial t"], least["score"], least["Goodman"] = 0.89, 0.91, 0.94, 0.95
		least["uniform"], least["Jeffreys"] = 0.945, 0.945
	}
	for i, m := range s.methods {
		if s.share[i] < least[m.name] {
			t.Errorf("%s: %d answers, %s: %.3f of the intervals hold the truth", m.name, s.n, truth, s.share[i])
		}
	}
}
