package nps

import (
	"math"
	"math/rand/v2"
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/rule"
	"github.com/clientele-go/clientele/internal/strict"
)

// ChangeConfig says how changes are sought.
type ChangeConfig struct {
	AsOf time.Time `json:"asOf"` // end of the observation, as in TrendConfig; required

	// Replicates is how many series without a change are drawn for a p-value: at least
	// 1/(1-Level) - 1, since fewer cannot find anything, and at most 10 million, and 100
	// million periods in all of them; 0 = 999.
	Replicates int `json:"replicates,omitempty"`

	// Level sets both the confidence level of intervals and the rate of false alarms, between
	// 0 and 1; 0 = 0.95. In a share 1-Level of series that do not change, something is found
	// all the same.
	Level float64 `json:"level,omitempty"`
}

// UnmarshalJSON reads a configuration. An unknown key, a key given twice or a value of the
// wrong type returns an InputError of [clientele.ErrEncoding] and leaves c as it was.
// [Series.Changes] checks the values.
func (c *ChangeConfig) UnmarshalJSON(data []byte) error {
	return strict.Into[clientele.InputError]("nps.ChangeConfig.UnmarshalJSON", data, c)
}

const (
	defaultReplicates = 999
	mostDrawn         = 100_000_000 // periods of replicates
)

// Changes are the periods at which customers began to answer differently.
type Changes struct {
	Config ChangeConfig `json:"config"` // the configuration, with defaults filled in

	// Likeliest is where the whole series most looks as if it changed, whether that is
	// more than chance or not.
	Likeliest Change `json:"likeliest"`

	Found []Change `json:"found"` // the changes that are more than chance, in order of time
}

// Change is a cut of a stretch of periods in two, with the evidence for it.
type Change struct {
	Label string    `json:"label"` // name of the first period with answers after the change
	Start time.Time `json:"start"` // beginning of that period

	// From is the name of the first period of the stretch that was searched: the whole
	// series, or the part between changes found earlier. It is a period with answers.
	From string `json:"from"`
	To   string `json:"to"` // name of the last period with answers of the stretch that was searched

	Before Tally `json:"before"` // answers of the stretch before the change
	After  Tally `json:"after"`  // answers of the stretch after the change

	// Difference is after − before, in points, with the interval of [AdjustedWelchTest], cut to
	// the possible range of -200 to 200. The period was picked because it differs most, so the
	// difference is overstated; the interval allows for that. Of the k periods at which the
	// stretch could be cut, each has an interval of level 1-(1-Level)/k, so that all hold
	// together as often as Level says (Bonferroni): so does the one that is reported.
	Difference clientele.Estimate `json:"difference"`

	G2 float64 `json:"g2"` // likelihood ratio of shares that differ before and after, against the same shares throughout
	P  float64 `json:"p"`  // probability of as great a G2 somewhere in the stretch, if nothing changed

	at int // which of the periods with answers is the first after the change
}

// Changes finds the complete periods at which the shares of promoters, passives and
// detractors changed.
//
// Each stretch is cut at the period where G² = 2 Σ O ln(O/E), the likelihood ratio of
// separate shares before and after against common shares throughout, is greatest; it
// detects a change of any shares, including one that leaves the score unchanged. The
// greatest of many ratios is not distributed as chi-square, and a cut near an end leaves
// few answers, so the p-value is exact instead: the same answers are divided anew among
// periods of the same sizes, Replicates times, and P is the share of divisions, the
// observed one included, whose greatest G² is no less (Barnard, discussion in JRSS B 25
// (1963), 294; Davison and Hinkley, Bootstrap Methods and their Application, 1997, section
// 4.2). Where P is 1-Level or less, the change is found and both parts are searched in
// turn (Vostrikova, Detecting "Disorder" in Multidimensional Random Processes, Soviet
// Mathematics Doklady 24 (1981)).
//
// Answers are taken to be independent of each other. src is required: a source of
// math/rand/v2, such as rand.NewPCG(1, 2); the same source in the same state gives the
// same result. All faults of the configuration come at once in a [clientele.ConfigError].
// The error is [clientele.ErrRange] if AsOf is before the last period with answers,
// [clientele.ErrEmpty] if fewer than two complete periods have answers, and
// [clientele.ErrRange] for more than 2^30 answers, or more than 100 million drawn periods:
// Replicates times the complete periods with answers.
func (s *Series) Changes(cfg ChangeConfig, src rand.Source) (*Changes, error) {
	const op = "nps.Series.Changes"
	faults := clientele.ConfigError{Op: op}
	cfg.fill(&faults)
	checkSource(&faults, "src", src)
	_, complete, err := s.until(op, &faults, cfg.AsOf)
	if err != nil {
		return nil, err
	}
	if complete < 2 {
		return nil, fault.Of(op, "periods", complete, rule.Because(rule.Empty, "too few periods", "at least two complete periods with answers by AsOf"))
	}
	if most := mostDrawn / complete; cfg.Replicates > most {
		return nil, fault.Of(op, "Replicates", cfg.Replicates, rule.Because(rule.Range, "too many for so many periods",
			"at most %d for %d complete periods with answers, or longer periods", most, complete))
	}
	search := changeSearch{series: s, shuffler: shuffler{rng: rand.New(src)}, cfg: cfg}
	var n uint64
	for i := range complete {
		a := s.tally(i).Attitudes()
		search.rows = append(search.rows, a)
		n += a.N()
	}
	if n > mostResampled {
		return nil, tooManyToResample(op, n)
	}
	all := &Changes{Config: cfg, Likeliest: search.cut(0, complete)}
	all.Found = search.split([]Change{}, 0, complete, all.Likeliest)
	return all, nil
}

// fill sets defaults and notes faults.
func (c *ChangeConfig) fill(faults *clientele.ConfigError) {
	c.Level = fault.AddLevel(faults, c.Level)
	if c.Replicates == 0 {
		c.Replicates = defaultReplicates
	}
	if c.Replicates < 0 || c.Replicates > mostReplicates {
		faults.Add("Replicates", c.Replicates, rule.Want(rule.Range, "0 for %d, or up to %d", defaultReplicates, mostReplicates))
	} else if c.Level < 1 && 1/float64(c.Replicates+1) > c.mostP() {
		faults.Add("Replicates", c.Replicates, rule.Because(rule.Range, "too few to find a change at this level", "at least %.0f at level %v", math.Ceil(1/c.mostP()-1), c.Level))
	}
}

// mostP is the greatest p-value that finds a change: 1-Level, which a share of so many
// divisions may equal but for rounding.
func (c *ChangeConfig) mostP() float64 { return (1 - c.Level) * (1 + 1e-12) }

// changeSearch looks for changes in the periods with answers.
type changeSearch struct {
	series   *Series
	rows     []Attitudes // of each period
	shuffler shuffler
	cfg      ChangeConfig
}

// split appends the changes that are found in the periods from one up to another, in
// order of time, given the likeliest there.
func (c *changeSearch) split(found []Change, from, until int, likeliest Change) []Change {
	if likeliest.P > c.cfg.mostP() {
		return found
	}
	at := likeliest.at
	if at-from > 1 {
		found = c.split(found, from, at, c.cut(from, at))
	}
	found = append(found, likeliest)
	if until-at > 1 {
		found = c.split(found, at, until, c.cut(at, until))
	}
	return found
}

// cut finds the likeliest change in the periods from one up to another.
func (c *changeSearch) cut(from, until int) Change {
	rows := c.rows[from:until]
	at, g2 := greatestRatio(rows)
	atLeast := 1 // the observed series
	for range c.cfg.Replicates {
		if _, drawn := greatestRatio(c.shuffler.shuffle(rows)); drawn >= g2*(1-roundingOfRatio) {
			atLeast++
		}
	}
	return c.describe(from, from+at, until, g2, float64(atLeast)/float64(c.cfg.Replicates+1))
}

// roundingOfRatio is by how much ratios of tables that are mirror images may differ.
const roundingOfRatio = 1e-9

func (c *changeSearch) describe(from, at, until int, g2, p float64) Change {
	s := c.series
	label := func(i int) string { return s.periods.Label(int(s.at[i])) }
	change := Change{
		Label: label(at), Start: s.periods.Start(int(s.at[at])), From: label(from), To: label(until - 1),
		Before: s.sum(from, at), After: s.sum(at, until), G2: g2, P: p, at: at,
	}
	cuts := float64(until - from - 1)
	each := CompareConfig{Level: 1 - (1-c.cfg.Level)/cuts}
	change.Difference = compare(change.Before.Attitudes(), change.After.Attitudes(), each).Difference
	change.Difference.Level = c.cfg.Level
	return change
}

// greatestRatio returns the number of the first row after the likeliest change, of
// several the earliest, and its G².
func greatestRatio(rows []Attitudes) (at int, g2 float64) {
	var all, before Attitudes
	for _, row := range rows {
		all = all.and(row)
	}
	at = 1
	for i, row := range rows[:len(rows)-1] {
		before = before.and(row)
		if ratio := ratioOfCut(before, all); ratio > g2*(1+roundingOfRatio) {
			at, g2 = i+1, ratio
		}
	}
	return at, g2
}

// ratioOfCut is G² of the answers before a cut against the rest of all.
func ratioOfCut(before, all Attitudes) float64 {
	n := float64(all.N())
	share := float64(before.N()) / n
	sum := 0.0
	for _, c := range [...]struct{ before, all uint64 }{
		{before.Detractors, all.Detractors}, {before.Passives, all.Passives}, {before.Promoters, all.Promoters},
	} {
		expected := float64(c.all) * share
		sum += deviance(float64(c.before), expected) + deviance(float64(c.all-c.before), float64(c.all)-expected)
	}
	return 2 * sum
}

// deviance is O ln(O/E) - (O - E), which is never negative, so that nothing cancels in
// the sum; the sum of O - E is 0.
func deviance(observed, expected float64) float64 {
	if observed == 0 {
		return expected
	}
	return max(observed*math.Log(observed/expected)-(observed-expected), 0)
}
