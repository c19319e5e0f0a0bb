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

// regressed is where a climb of a regression has arrived.
type regressed struct {
	place
	base     int     // parameters of the model among the logarithms
	never    bool    // nobody drops out, and only the parameters of purchasing are there
	logLik   float64 // without priors and penalty, in the likelihood's units
	away     []int   // parameters of the model that run to a boundary with effects
	warnings []Warning
}

// run climbs with everybody's drop-out, and where nobody drops out, and returns the
// likelier.
func (r *regression) run() regressed {
	start := newEstimator(r.family, r.plain, r.cfg.FitConfig)
	plain := start.run().logs
	r.evaluations += start.evaluations
	limit := r.climb(&covariateLikelihood{
		split: func() split { return new(neverSplit) },
		base:  2, effects: len(r.purchase.columns), purchase: r.purchase,
	}, plain[:2])
	if math.IsInf(plain[r.family.leaving], -1) {
		plain = logsOf(r.plain.starts(expsOf(plain[:2]))[0])
	}
	p := r.climb(&covariateLikelihood{
		split: r.model.split,
		base:  len(r.family.names), effects: r.effects, purchase: r.purchase, dropOut: r.dropOut,
	}, plain)
	if start.leavingIsKnown() || p.value > limit.value+sameLogLik {
		r.warnings = append(r.warnings, p.warnings...)
		return p
	}
	limit.never = true
	r.warnings = append(r.warnings, limit.warnings...)
	r.warnings = append(r.warnings, warn(NoDropOut, r.family.names[r.family.leaving], limit.value-p.value,
		"the data are likeliest if nobody ever drops out; the model is that limit, without effects on dropping out"))
	return limit
}

// climb maximises a likelihood from parameters of the model and no effects.
func (r *regression) climb(l *covariateLikelihood, base []float64) regressed {
	l.blocks, l.workers = r.blocks, r.cfg.Workers
	l.open()
	f := family{names: slices.Clone(r.family.names[:l.base]), shapeOf: slices.Clone(r.family.shapeOf[:l.base]), leaving: -1}
	cfg := r.cfg.FitConfig
	cfg.Priors = slices.DeleteFunc(slices.Clone(cfg.Priors), func(p Prior) bool { return !slices.Contains(f.names, p.Param) })
	for i := range l.effects {
		f.names, f.shapeOf = append(f.names, r.effectName(i)), append(f.shapeOf, -1)
	}
	e := newEstimator(f, &likelihood{at: r.penalised(l), units: r.plain.units}, cfg)
	for i := l.base; i < len(f.names); i++ {
		e.lower[i], e.upper[i] = -effectMax, effectMax
	}
	logs, v := append(slices.Clone(base), make([]float64, l.effects)...), make([]float64, len(f.names))
	e.axes.turn(logs, v)
	p := regressed{place: e.climb(v, nil), base: l.base}
	r.end(e, &p)
	p.logLik = l.at(p.logs, make([]float64, len(p.logs)))
	p.warnings = e.warnings
	r.evaluations += e.evaluations
	return p
}

// penalised subtracts the penalty from a likelihood.
func (r *regression) penalised(l *covariateLikelihood) climb.Func {
	if r.cfg.Penalty == 0 {
		return l.at
	}
	return func(logs, grad []float64) float64 {
		value := l.at(logs, grad)
		for i, v := range logs[l.base:] {
			c := r.column(i)
			weight := r.cfg.Penalty * square2(c.sd/c.reach)
			value -= weight * square2(v)
			grad[l.base+i] -= 2 * weight * v
		}
		return value
	}
}

// column is the first that has the effect.
func (r *regression) column(effect int) column {
	all := r.columns()
	return all[slices.IndexFunc(all, func(c column) bool { return c.at == effect })]
}

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
