package survival

import (
	"fmt"
	"iter"
	"math"
	"slices"
	"strings"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/labelset"
	"github.com/clientele-go/clientele/internal/special"
)

// Spell is how long one customer was observed: until an event, such as the second
// purchase or the end of a contract, or until the observation ended without it.
// Times are in days or any other unit from an origin of the customer's own, such as
// the first purchase.
type Spell struct {
	// Enter is when the observation began, where that was after the origin: whoever
	// had the event earlier would not be known (left truncation). The customer is at
	// risk at t where Enter < t ≤ Time. 0 = from the origin on, at risk at time 0 too.
	Enter float64 `json:"enter,omitempty"`

	// Time is when the event happened or the observation ended; after Enter, unless
	// that is 0.
	Time float64 `json:"time"`

	Event  bool    `json:"event"`            // it happened; otherwise the spell is censored
	Weight float64 `json:"weight,omitempty"` // the spell is of so many equal customers, 1e-9 to 1e9; 0 = 1
	Group  string  `json:"group,omitempty"`  // any label, for [KaplanMeierBy] and the tests
}

// Config says how a [Curve] tells its doubt.
type Config struct {
	Level  float64 `json:"level,omitempty"` // of the intervals; 0 = 0.95
	Limits Limits  `json:"limits,omitzero"` // kind of the intervals; zero = LogLog
}

// WithDefaults returns the configuration with its defaults filled in, or all its faults
// in a [clientele.ConfigError].
func (c Config) WithDefaults() (Config, error) {
	return c.fill("survival.Config.WithDefaults")
}

// fill returns the configuration with defaults, or all its faults.
func (c Config) fill(op string) (Config, error) {
	faults := clientele.ConfigError{Op: op}
	c.Level = fault.AddLevel(&faults, c.Level)
	if int(c.Limits) >= len(limitsNames) {
		faults.Add("Limits", c.Limits, clientele.ErrUnknown)
	}
	return c, faults.Err()
}

// KaplanMeier estimates from spells the share of customers without the event as a
// function of time, whatever their groups: the product-limit estimate with
// Greenwood's variance, and the cumulative hazard of Nelson and Aalen. At equal times
// events come before censorings and before entries. Kaplan and Meier, Nonparametric
// estimation from incomplete observations, JASA 53 (1958); Klein and Moeschberger,
// Survival Analysis (2nd ed. 2003), chapter 4.
//
// Censoring must tell nothing about the event. A spell that is not usable, or an error
// of the source, is a [clientele.InputError] with its index; no spells are
// [clientele.ErrEmpty]. The order of the spells changes nothing, to the last bit.
// Time is O(n), or O(n log n) with weights other than 1; memory is 64 bytes a distinct
// time and, meanwhile, some 20 a spell.
func KaplanMeier(src iter.Seq2[Spell, error], cfg Config) (*Curve, error) {
	const op = "survival.KaplanMeier"
	cfg, err := cfg.fill(op)
	if err != nil {
		return nil, err
	}
	groups, err := readSpells(op, src, spellRule{})
	if err != nil {
		return nil, err
	}
	return newCurve("", &groups[0].spells, cfg), nil
}

// KaplanMeierBy estimates a curve for the spells of each group, as [KaplanMeier]
// does. The curves are in ascending order of their groups.
func KaplanMeierBy(src iter.Seq2[Spell, error], cfg Config) ([]*Curve, error) {
	const op = "survival.KaplanMeierBy"
	cfg, err := cfg.fill(op)
	if err != nil {
		return nil, err
	}
	groups, err := readSpells(op, src, spellRule{grouped: true})
	if err != nil {
		return nil, err
	}
	curves := make([]*Curve, len(groups))
	for i := range groups {
		curves[i] = newCurve(groups[i].name, &groups[i].spells, cfg)
		groups[i].spells = spells{} // to be collected
	}
	return curves, nil
}

// spellGroup are the spells of a group.
type spellGroup struct {
	name   string
	spells spells
}

// spellRule says how spells are read.
type spellRule struct {
	grouped bool // by their labels; otherwise all are one group
	whole   bool // weights have to be whole
}

// readSpells reads spells by group, in ascending order of the labels and each sorted.
func readSpells(op string, src iter.Seq2[Spell, error], rule spellRule) ([]spellGroup, error) {
	if src == nil {
		return nil, fault.Missing(op, "src")
	}
	var groups []spellGroup
	var labels labelset.Set
	for s, err := range fault.Checked(op, src, rule.check) {
		if err != nil {
			return nil, err
		}
		i := 0
		if rule.grouped {
			i = int(labels.ID(s.Group))
		}
		if i == len(groups) {
			groups = append(groups, spellGroup{})
		}
		groups[i].spells.add(s)
	}
	if len(groups) == 0 {
		return nil, &clientele.InputError{Op: op, Index: -1, Field: "src", Err: clientele.ErrEmpty}
	}
	for i := range groups {
		groups[i].spells.sort()
		if rule.grouped {
			groups[i].name = labels.Names()[i]
		}
	}
	slices.SortFunc(groups, func(a, b spellGroup) int { return strings.Compare(a.name, b.name) })
	return groups, nil
}

// newCurve estimates a curve from sorted spells.
func newCurve(group string, s *spells, cfg Config) *Curve {
	c := &Curve{Group: group, limits: cfg.Limits, level: cfg.Level, z: special.NormalQuantile((1 + cfg.Level) / 2)}
	c.steps = make([]step, 0, s.times())
	k := s.riskSet()
	gap := gapFinder{until: k.starts()}
	survival := productLimit{value: 1}
	last := step{survival: 1}
	c.Events, c.Censored = s.events.total().Hi, s.censored.total().Hi
	c.N = s.events.total().PlusSum(s.censored.total()).Hi
	for t := k.next(); t <= math.MaxFloat64; t = k.next() {
		e := k.pass(t)
		last.time, last.risk, last.events, last.censored = e.time, e.risk, e.events, e.censored
		if e.events > 0 {
			survival.pass(e.risk, e.left)
			last.survival = survival.value
			rate := e.events / e.risk
			if e.left > 0 {
				last.variance += rate / e.left
			}
			last.hazard += rate
			last.hazardVariance += rate / e.risk
		}
		c.steps = append(c.steps, last)
		if k.customers == 0 && k.next() <= math.MaxFloat64 {
			gap.note(e.time, k.starts(), last.survival == 0)
		}
	}
	c.Warnings = gap.warnings()
	return c
}

// productLimit is the estimate of Kaplan and Meier on its way. As long as nobody
// enters or is censored it is a single quotient, and so the exact share.
type productLimit struct {
	value float64
	base  float64 // value when the risk set last changed otherwise than by events
	of    float64 // customers at risk then
	left  float64 // customers left by the last events
}

// pass passes a time at which of so many customers at risk fewer are left.
func (p *productLimit) pass(risk, left float64) {
	if p.of == 0 || risk != p.left {
		p.base, p.of = p.value, risk
	}
	p.left = left
	p.value = p.base * (left / p.of)
}

// gapFinder collects the times at which nobody was under observation.
type gapFinder struct {
	until float64 // the first such time ends here, if it begins at the origin
	first GapWarning
}

// note notes that the last customer under observation left at from, and that the next
// enters at until.
func (u *gapFinder) note(from, until float64, gone bool) {
	if from == until && !gone {
		return
	}
	if u.first.Gaps == 0 {
		u.first.From, u.first.To = from, until
	}
	u.first.Gaps++
	u.first.Zero = u.first.Zero || gone
}

func (u *gapFinder) warnings() []error {
	if u.until > 0 {
		u.first.Gaps++
		u.first.From, u.first.To = 0, u.until
	}
	if u.first.Gaps == 0 {
		return nil
	}
	return []error{u.first}
}

// GapWarning says that at some times before the last exit nobody was under
// observation, which delayed entry makes possible. The curve is flat there because
// nothing was seen, not because nothing happened; where everybody at risk had the
// event it is 0 and stays 0, whoever enters later.
type GapWarning struct {
	From float64 `json:"from"` // the first such time begins here
	To   float64 `json:"to"`   // and ends here; From where others entered at once
	Gaps int     `json:"gaps"` // number of such times
	Zero bool    `json:"zero"` // the curve dropped to 0 although others entered later
}

// Error describes the warning.
func (w GapWarning) Error() string {
	text := fmt.Sprintf("nobody was under observation from %g to %g", w.From, w.To)
	if w.Gaps > 1 {
		text = fmt.Sprintf("%s, the first of %d gaps", text, w.Gaps)
	}
	if w.Zero {
		text += "; the curve is 0 since all at risk had the event before others entered"
	}
	return text
}
