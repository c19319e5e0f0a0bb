package docs_test

import (
	"flag"
	"hash/fnv"
	"math"
	"math/rand/v2"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/clientele-go/clientele"
)

// study is a way to an interval, tried in worlds whose truth is known.
type study struct {
	method string   // how the interval is found
	tells  []string // fields, methods and functions that tell it, as in "nps.Tally.TopBox", with what of them is meant
	unit   string   // what n counts
	level  float64  // of the intervals; 0 = 0.95
	note   string   // what to make of the figures
	except string   // why figures are below the standard; "" = they are not
	worlds []world

	least float64 // percent of the intervals that hold the truth, at least, in any cell of the table
	most  float64 // percent of false claims in any cell, at most
}

// world is a truth from which samples are drawn.
type world struct {
	name string
	null bool // whether there is no effect, so that an interval without the truth claims one
	from int  // least n; 0 = 2
	slow bool // whether a sample takes milliseconds
	more int  // how many times as many samples make the table; 0 = 1

	samples int // that the table is made of; 0 = coverageWorlds, below fewestRepeated is too slow to repeat

	// sample draws n units. every tells all samples of n units with their probabilities
	// instead.
	sample func(rng *rand.Rand, n int) outcome
	every  func(n int, tell func(p float64, o outcome))
}

// outcome is whether an interval was told, and whether it holds the truth.
type outcome struct{ told, holds bool }

// judge compares an interval with the truth. An error tells none.
func judge(e clientele.Estimate, err error, truth float64) outcome {
	const rounding = 1e-9
	slack := rounding * math.Abs(truth)
	return outcome{err == nil && e.Level > 0, e.Lo <= truth+slack && truth-slack <= e.Hi}
}

// flagged is the outcome where a flag is raised or not, and none should be.
func flagged(raised bool) outcome { return outcome{told: true, holds: !raised} }

// figures are shares of samples in percent.
type figures struct {
	told   float64 // samples with an interval
	covers float64 // of those, samples whose interval holds the truth; NaN where none is told
	claims float64 // samples with an interval that does not
}

var coverageSizes = []int{2, 3, 5, 10, 30}

// coverageWorlds is how many samples the table is made of, where not all are told: the
// standard error of a share of 95 % is 0.7 points.
const coverageWorlds = 1000

// fewestRepeated is the least number of samples of a world that is repeated without -update.
const fewestRepeated = 300

var coverageOf = flag.String("coverage", "", "with -update, try only the intervals whose name this regular expression matches")

// figures of samples of n units.
func (w world) figures(method string, n, worlds int) figures {
	var all, told, holds float64
	count := func(p float64, o outcome) {
		all += p
		if o.told {
			told += p
			if o.holds {
				holds += p
			}
		}
	}
	if w.every != nil {
		w.every(n, count)
	} else {
		seed := fnv.New64a()
		seed.Write([]byte(method + w.name))
		rng := rand.New(rand.NewPCG(seed.Sum64(), uint64(n)))
		for range worlds {
			count(1, w.sample(rng, n))
		}
	}
	return figures{100 * told / all, 100 * holds / told, 100 * (told - holds) / all}
}

// The table of intervals is as the library makes them, and intervals cover as it says.
//
//	go test ./docs -run Coverage -update -timeout 60m
//
// tries every interval anew, which takes half an hour, and writes the table. Without -update
// a few small samples are tried.
func TestCoverageOfIntervals(t *testing.T) {
	if testing.Short() {
		t.Skip("computes in one goroutine, which is nothing for the race detector")
	}
	all := studies()
	if *update {
		updateCoverage(t, all)
	}
	documented := readCoverage(t)
	for _, s := range all {
		for _, w := range s.worlds {
			w.check(t, &s, documented)
		}
	}
}

// check compares a world with its rows of the table.
func (w world) check(t *testing.T, s *study, documented map[coverageRow][]string) {
	t.Helper()
	row := func(what string, i int) (float64, bool) {
		return percentOf(documented[coverageRow{s.method, w.name, what}], i)
	}
	for i, n := range coverageSizes {
		covers, known := row("covers", i)
		claims, claimed := row("claims", i)
		if n < w.from {
			continue
		}
		never, seldom := row("told", i)
		if !known && !w.null && !(seldom && never == 0) || !claimed && w.null {
			t.Errorf("%s, %s: coverage.md has no figures of n = %d; go test ./docs -run Coverage -update writes them", s.method, w.name, n)
			continue
		}
		if known && !w.null && covers < s.least {
			t.Errorf("%s, %s: %.1f %% of intervals of n = %d hold the truth, fewer than %v", s.method, w.name, covers, n, s.least)
		}
		if claimed && claims > s.most {
			t.Errorf("%s, %s: %.1f %% of intervals of n = %d claim what is not so, more than %v", s.method, w.name, claims, n, s.most)
		}
		tried := 20.0
		if w.slow {
			tried = 3
		}
		exact := w.every != nil
		if n > 10 || exact && n == 10 || !exact && n != 3 && n != 10 || w.samples > 0 && w.samples < fewestRepeated {
			continue
		}
		f := w.figures(s.method, n, int(tried))
		compare := func(what string, got, want float64, known bool, of float64) {
			slack := 0.11 // of rounding
			if p := want / 100; !exact {
				some := tried * max(of, 0.01) // five standard errors, and one sample more
				slack += 500*math.Sqrt(max(p*(1-p), 0.01)/some) + 100/some
			}
			if known && math.Abs(got-want) > slack {
				t.Errorf("%s, %s, n = %d: %s is %.1f %%, but coverage.md says %.1f", s.method, w.name, n, what, got, want)
			}
		}
		told, all := row("told", i)
		if !all {
			told = 100
		}
		compare("told", f.told, told, true, 1)
		if !w.null && !math.IsNaN(f.covers) {
			compare("covers", f.covers, covers, known, f.told/100)
		}
		compare("claims", f.claims, claims, claimed, 1)
	}
}

// studies are those of all intervals.
func studies() []study {
	return slices.Concat(
		shareStudies(), moneyStudies(), priceStudies(), shopStudies(), cohortStudies(), npsStudies(), driverStudies(), ltvStudies(), salesStudies(),
	)
}

// Every interval of the library is tried by a study: each field, method and function that
// is an [clientele.Estimate], and each pair of limits.
func TestCoverageStudiesEveryInterval(t *testing.T) {
	tried := map[string]bool{}
	for _, s := range studies() {
		for _, name := range s.tells {
			name, _, _ = strings.Cut(name, " ")
			tried[name] = true
		}
	}
	found := 0
	for _, name := range everyInterval(t) {
		found++
		if !tried[name] {
			t.Errorf("no study tries %s", name)
		}
		delete(tried, name)
	}
	for name := range tried {
		t.Errorf("%s is tried, but no interval of the library", name)
	}
	if found < 80 {
		t.Errorf("only %d intervals were found", found)
	}
}

// updateCoverage writes the table anew, of the methods that are asked for.
func updateCoverage(t *testing.T, all []study) {
	t.Helper()
	data, err := os.ReadFile(coverageFile)
	if err != nil {
		t.Fatal(err)
	}
	before, _, found := strings.Cut(string(data), coverageMark)
	if !found {
		t.Fatalf("%s has no %s", coverageFile, coverageMark)
	}
	rows, asked := readCoverage(t), regexp.MustCompile(*coverageOf)
	for _, s := range all {
		if !asked.MatchString(s.method) {
			continue
		}
		s.tried(rows)
		least, claims := s.worst(rows)
		t.Logf("%s: %v, claims %v", s.method, least, claims)
		writeCoverage(t, before, all, rows)
	}
	writeCoverage(t, before, all, rows)
}

// writeCoverage writes the page: what stands before the mark, and the table.
func writeCoverage(t *testing.T, before string, all []study, rows map[coverageRow][]string) {
	t.Helper()
	if err := os.WriteFile(coverageFile, []byte(before+coverageMark+tableOf(all, rows)), 0o644); err != nil {
		t.Fatal(err)
	}
}
