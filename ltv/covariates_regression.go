package ltv

import (
	"math"
	"slices"
)

// regression is a fit with covariates.
type regression struct {
	family  family // of the model
	cfg     CovariateConfig
	plain   *likelihood // of the same customers without covariates
	model   covariant
	groups  [][]float64 // the scaled covariates of each
	blocks  []block
	effects int // different ones

	purchase, dropOut process

	// what the climb leaves
	away        []runaway
	evaluations int
	warnings    []Warning
}

func newRegression(op string, f family, m covariant, d *Design, cfg CovariateConfig) (*regression, error) {
	groups := d.sorted()
	plain, err := f.open(histories(groups), cfg.Workers)
	if err != nil {
		return nil, err
	}
	r := &regression{family: f, cfg: cfg, plain: plain, model: m, warnings: slices.Clone(plain.warnings)}
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

// branch is a climb of a regression: of the model, or where nobody drops out.
type branch struct {
	*estimator
	like *covariateLikelihood
	away []runaway
}

// run climbs where nobody drops out, then everywhere, and returns the better.
func (r *regression) run() (*branch, place) {
	never := r.branch(&covariateLikelihood{
		split: func() split { return new(neverSplit) },
		base:  2, effects: len(r.purchase.columns),
		purchase: r.purchase,
	}, func([]float64) [][]float64 { return [][]float64{{0.5, 0.5 * r.plain.customers / r.repeats()}} })
	limit := never.run()
	whole := r.branch(&covariateLikelihood{
		split: r.model.split,
		base:  len(r.family.names), effects: r.effects,
		purchase: r.purchase, dropOut: r.dropOut,
	}, r.plain.starts)
	p := whole.run(limit)
}

func (r *regression) repeats() float64 {
	n := 0.0
	for i := range r.blocks {
		n += r.blocks[i].sample.repeats
	}
	return n
}
