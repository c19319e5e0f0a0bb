package ltv

import (
	"math"
	"slices"

	"github.com/clientele-go/clientele/internal/climb"
)

// regression is a fit with covariates.
type regression struct {
	names   Covariates
	family  family // of the model
	cfg     CovariateConfig
	plain   *likelihood // of the same customers without covariates
	model   covariant
	groups  [][]float64 // the scaled covariates of each
	blocks  []block
	effects int // different ones

	purchase, dropOut process

	evaluations int
	warnings    []Warning
}

func newRegression(op string, f family, m covariant, d *Design, cfg CovariateConfig) (*regression, error) {
	groups := d.sorted()
	plain, err := f.open(histories(groups), cfg.Workers)
	if err != nil {
		return nil, err
	}
	r := &regression{names: d.names, family: f, cfg: cfg, plain: plain, model: m, warnings: slices.Clone(plain.warnings)}
	if err := r.measure(op, d.names, groups); err != nil {
		return nil, err
	}
	for _, g := range groups {
		z := slices.Clone(g.z)
		for j, c := range r.columns() {
			z[j] = c.scaled(z[j])
		}
		r.groups = append(r.groups, z)
	}
	n := len(r.purchase.columns)
	if err := independent(op, "Purchase", r.purchase.columns, r.covariates(0, n)); err != nil {
		return nil, err
	}
	if err := independent(op, "DropOut", r.dropOut.columns, r.covariates(n, n+len(r.dropOut.columns))); err != nil {
		return nil, err
	}
	r.blocks = newBlocks(groups, r.groups, plain.units[1])
	return r, nil
}

// measure makes the columns of both processes. Covariates with one effect in
// common have one place among the effects, and one reach.
func (r *regression) measure(op string, names Covariates, groups []group) error {
	r.purchase, r.dropOut = purchasing(nil), r.model.dropOut
	for i, name := range names.Purchase {
		c, err := newColumn(op, "Purchase", name, groups, i)
		if err != nil {
			return err
		}
		c.at = r.effects
		r.effects++
		r.purchase.columns = append(r.purchase.columns, c)
	}
	for i, name := range names.DropOut {
		c, err := newColumn(op, "DropOut", name, groups, len(names.Purchase)+i)
		if err != nil {
			return err
		}
		if slices.Contains(r.cfg.Equal, name) {
			other := &r.purchase.columns[slices.Index(names.Purchase, name)]
			c.at = other.at
			c.reach = max(c.reach, other.reach)
			other.reach = c.reach
		} else {
			c.at = r.effects
			r.effects++
		}
		r.dropOut.columns = append(r.dropOut.columns, c)
	}
	return nil
}

// columns are those of purchasing, then those of dropping out.
func (r *regression) columns() []column { return slices.Concat(r.purchase.columns, r.dropOut.columns) }

// covariates are some of the scaled covariates of all groups.
func (r *regression) covariates(from, to int) [][]float64 {
	rows := make([][]float64, len(r.groups))
	for i, z := range r.groups {
		rows[i] = z[from:to]
	}
	return rows
}

// The effects of a climb are per reach of a covariate. Beyond this, what differs
// between customers differs by more than any data tell: a factor of e^20.
const effectMax = 10

// effectSuspect is from where on it is tried whether an effect has a maximum at all.
const effectSuspect = 5

// regressed is where a regression has arrived.
type regressed struct {
	place
	never bool // nobody drops out
}

// run climbs with everybody's drop-out, and where nobody drops out, and returns the
// likelier.
func (r *regression) run() regressed {
	start := newEstimator(r.family, r.plain, r.cfg.FitConfig)
	plain := start.run()
	r.evaluations += start.evaluations
	limit := r.climb(&covariateLikelihood{
		split: func() split { return new(neverSplit) },
		base:  2, effects: len(r.purchase.columns), purchase: r.purchase,
	}, plain.logs[:2])
	if math.IsInf(plain.logs[r.family.leaving], -1) {
		plain.logs = logsOf(r.plain.starts(expsOf(plain.logs[:2]))[0])
	}
	p := r.climb(&covariateLikelihood{
		split: r.model.split,
		base:  len(r.family.names), effects: r.effects, purchase: r.purchase, dropOut: r.dropOut,
	}, plain.logs)
	if p.value > limit.value+sameLogLik {
		r.warnings = append(r.warnings, p.warnings...)
		return regressed{p.place, false}
	}
	r.warnings = append(r.warnings, limit.warnings...)
	r.warnings = append(r.warnings, warn(NoDropOut, r.family.names[r.family.leaving], limit.value-p.value,
		"the data are likeliest if nobody ever drops out; the model is that limit, without effects on dropping out"))
	return regressed{limit.place, true}
}

// climbed is a place with what there is to warn of.
type climbed struct {
	place
	warnings []Warning
}

// climb maximises a likelihood from parameters of the model and no effects.
func (r *regression) climb(l *covariateLikelihood, base []float64) climbed {
	l.blocks, l.workers = r.blocks, r.cfg.Workers
	l.open()
	names := slices.Clone(r.family.names[:l.base])
	shapeOf := slices.Clone(r.family.shapeOf[:l.base])
	for i := range l.effects {
		names, shapeOf = append(names, r.effectName(i)), append(shapeOf, -1)
	}
	e := newEstimator(family{names: names, shapeOf: shapeOf, leaving: -1}, &likelihood{at: r.penalised(l), units: r.plain.units}, r.cfg.FitConfig)
	for i := l.base; i < len(names); i++ {
		e.lower[i], e.upper[i] = -effectMax, effectMax
	}
	logs, v := append(slices.Clone(base), make([]float64, l.effects)...), make([]float64, len(names))
	e.axes.turn(logs, v)
	p := r.endEffects(e, e.endRidges(e.climb(v, nil)), l.base)
	r.evaluations += e.evaluations
	return climbed{p, e.warnings}
}

// endEffects follows effects that are suspiciously large to their bound, and stays
// there if the likelihood does not fall, so that the answer does not depend on where
// on a flat ridge a climb stopped.
func (r *regression) endEffects(e *estimator, p place, base int) place {
	held := make([]bool, len(p.v))
	for i := base; i < len(p.v); i++ {
		if math.Abs(p.v[i]) < effectSuspect {
			continue
		}
		start := slices.Clone(p.v)
		start[i] = math.Copysign(effectMax, p.v[i])
		held[i] = true
		end := e.climb(start, held)
		if !(end.value >= p.value-sameLogLik) {
			held[i] = false
			continue
		}
		p = end
		name := e.family.names[i]
		e.warnings = append(e.warnings, warn(Boundary, name, r.effectOf(i-base, p.v[i]),
			"the effect of %s grows without bound: customers with more of it are at one extreme", name))
	}
	return p
}

// penalised subtracts the penalty from a likelihood.
func (r *regression) penalised(l *covariateLikelihood) climb.Func {
	if r.cfg.Penalty == 0 {
		return l.at
	}
	return func(logs, grad []float64) float64 {
		value := l.at(logs, grad)
		for i := range l.effects {
			weight := r.cfg.Penalty * square2(r.spreadOf(i))
			value -= weight * square2(logs[l.base+i])
			grad[l.base+i] -= 2 * weight * logs[l.base+i]
		}
		return value
	}
}

// penalty is what penalised subtracts.
func (r *regression) penalty(effects []float64) (sum float64) {
	for i, v := range effects {
		sum += r.cfg.Penalty * square2(r.spreadOf(i)*v)
	}
	return sum
}

// column is the first that has the effect.
func (r *regression) column(effect int) column {
	all := r.columns()
	return all[slices.IndexFunc(all, func(c column) bool { return c.at == effect })]
}

// spreadOf is the standard deviation of an effect's covariate, in reaches.
func (r *regression) spreadOf(effect int) float64 {
	c := r.column(effect)
	return c.sd / c.reach
}

// effectOf is an effect of the climb per unit of its covariate.
func (r *regression) effectOf(effect int, v float64) float64 { return v / r.column(effect).reach }

// effectName tells an effect from others: "Channel on purchasing".
func (r *regression) effectName(effect int) string {
	c := r.column(effect)
	of := slices.ContainsFunc(r.purchase.columns, func(c column) bool { return c.at == effect })
	from := slices.ContainsFunc(r.dropOut.columns, func(c column) bool { return c.at == effect })
	switch {
	case of && from:
		return c.name
	case of:
		return c.name + " on purchasing"
	}
	return c.name + " on dropping out"
}
