package survival

import (
	"iter"
	"math"
	"slices"

	"github.com/clientele-go/clientele/internal/special"
)

// KaplanMeier estimates from spells the share of customers without the event as a
// function of time, whatever their groups: the product-limit estimate with
// Greenwood's variance, and the cumulative hazard of Nelson and Aalen. At equal times
// events come before censorings, and censorings before entries. Kaplan and Meier,
// Nonparametric Estimation from Incomplete Observations, JASA 53 (1958); Klein and
// Moeschberger, Survival Analysis (2nd ed. 2003), chapter 4.
//
// It assumes that whether a customer is censored is unrelated to when the event would
// have happened.
//
// KaplanMeier returns a [clientele.ConfigError] if the configuration has faults, a
// [clientele.InputError] with the index of a spell that cannot be used or of an error of
// the source, and [clientele.ErrEmpty] if there are no spells. The order of the spells
// changes nothing, to the last bit.
// Time is O(n), or O(n log n) with weights other than 1. Memory is 80 bytes for each
// distinct time and, while reading, some 20 bytes for each spell.
func KaplanMeier(spells iter.Seq2[Spell, error], cfg Config) (*Curve, error) {
	const op = "survival.KaplanMeier"
	cfg, err := cfg.fill(op)
	if err != nil {
		return nil, err
	}
	groups, err := readSpells(op, spells, spellRule{})
	if err != nil {
		return nil, err
	}
	return newCurve(&groups[0], cfg), nil
}

// Curves are the curves of groups, as [KaplanMeierBy] returns them.
type Curves []*Curve

// Group returns the curve of a group by name; ok is false if there is none.
func (c Curves) Group(name string) (curve *Curve, ok bool) {
	i := slices.IndexFunc(c, func(curve *Curve) bool { return curve != nil && curve.Group == name })
	if i < 0 {
		return nil, false
	}
	return c[i], true
}

// KaplanMeierBy estimates a curve for each group of spells, as [KaplanMeier] does for all.
// The curves are in ascending order of their groups. The errors are those of KaplanMeier.
func KaplanMeierBy(spells iter.Seq2[Spell, error], cfg Config) (Curves, error) {
	const op = "survival.KaplanMeierBy"
	cfg, err := cfg.fill(op)
	if err != nil {
		return nil, err
	}
	groups, err := readSpells(op, spells, spellRule{grouped: true})
	if err != nil {
		return nil, err
	}
	curves := make(Curves, len(groups))
	for i := range groups {
		curves[i] = newCurve(&groups[i], cfg)
		groups[i] = group{} // its memory may be collected
	}
	return curves, nil
}

// newCurve estimates the curve of a group whose spells are sorted.
func newCurve(g *group, cfg Config) *Curve {
	c := &Curve{Group: g.name, limits: cfg.Limits, level: cfg.Level, z: special.NormalQuantile((1 + cfg.Level) / 2)}
	c.steps = make([]step, 0, g.exits())
	c.Events, c.Censored, c.N = g.events.total().Hi, g.censored.total().Hi, g.customers().Hi
	atRisk := g.riskSet()
	c.start = atRisk.customers()
	known := support{least: c.start}
	gaps := gapFinder{until: atRisk.occupied()}
	survival := productLimit{value: 1}
	last := step{survival: 1}
	for t := atRisk.next(); t <= math.MaxFloat64; t = atRisk.next() {
		e := atRisk.pass(t)
		last.time, last.risk, last.events, last.censored = e.time, e.risk, e.events, e.censored
		if e.events > 0 {
			survival.pass(e.risk, e.left)
			known.pass(e, &last, survival.value)
			last.survival = survival.value
			rate := e.events / e.risk
			if e.left > 0 {
				last.variance += rate / e.left
			}
			last.hazard += rate
			last.hazardVariance += rate / e.risk
		}
		last.known = known.customers(&last)
		known.least = min(known.least, atRisk.customers())
		last.later = known.customers(&last)
		c.steps = append(c.steps, last)
		if atRisk.spells == 0 && atRisk.next() <= math.MaxFloat64 {
			gaps.note(e.time, atRisk.occupied(), last.survival == 0)
		}
	}
	c.Warnings = gaps.warnings()
	return c
}

// productLimit is the estimate of Kaplan and Meier up to a time. As long as nobody
// enters or is censored it is a single quotient, and so the exact share.
type productLimit struct {
	value float64
	base  float64 // value when the customers at risk last changed otherwise than by events
	of    float64 // customers at risk at that time
	left  float64 // customers left by the last events
}

// pass passes a time at which events leave some of the customers at risk.
func (p *productLimit) pass(risk, left float64) {
	if p.of == 0 || risk != p.left {
		p.base, p.of = p.value, risk
	}
	p.left = left
	p.value = p.base * (left / p.of)
}
