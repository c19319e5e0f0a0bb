package regression

import (
	"math"
	"slices"

	"github.com/clientele-go/clientele/internal/climb"
	"github.com/clientele-go/clientele/ltv/internal/likelihood"
	"github.com/clientele-go/clientele/ltv/internal/maximum"
)

// Design is the customers with their covariates.
type Design struct {
	Purchase, DropOut []string           // names of covariates
	Groups            []likelihood.Group // in ascending order of their covariates
}

// Model is what covariates bear on.
type Model struct {
	Grouped  likelihood.GroupedModel
	Purchase [4]float64 // the shift of a [likelihood.Process]
	DropOut  [4]float64
}

// Config adjusts a regression.
type Config struct {
	maximum.Config
	Equal   []string // covariates of both lists that have one effect in common
	Penalty float64  // by which the sum of squares of effects per standard deviation lowers the likelihood
	Workers int
}

// Regression is a fit with covariates.
type Regression struct {
	problem *maximum.Problem // of the same customers without covariates
	model   Model
	cfg     Config
	groups  [][]float64 // the scaled covariates of each
	blocks  likelihood.Blocks
	effects int // different ones

	purchase, dropOut []column

	evaluations int
	warnings    []maximum.Warning
}

// New prepares a regression of a model whose likelihood without covariates is that of the
// problem. Covariates that depend on one another, or that floats cannot work with, are a
// [CollinearError] or a [SteepError].
func New(p *maximum.Problem, d Design, m Model, cfg Config) (*Regression, error) {
	r := &Regression{problem: p, model: m, cfg: cfg}
	if err := r.measure(d); err != nil {
		return nil, err
	}
	groups := slices.Clone(d.Groups)
	for i, g := range groups {
		z := slices.Clone(g.Z)
		for j, c := range r.columns() {
			z[j] = c.scaled(z[j])
		}
		r.groups = append(r.groups, z)
		groups[i].Z = z
	}
	n := len(r.purchase)
	if err := independent("Purchase", r.purchase, r.covariates(0, n)); err != nil {
		return nil, err
	}
	if err := independent("DropOut", r.dropOut, r.covariates(n, n+len(r.dropOut))); err != nil {
		return nil, err
	}
	r.blocks = likelihood.NewBlocks(groups, p.Units[1])
	return r, nil
}

// measure makes the columns of both processes. Covariates with one effect in
// common have one place among the effects, and one reach.
func (r *Regression) measure(d Design) error {
	for i, name := range d.Purchase {
		c, err := r.newColumn("Purchase", name, d.Groups, i)
		if err != nil {
			return err
		}
		c.effect = r.effects
		r.effects++
		r.purchase = append(r.purchase, c)
	}
	for i, name := range d.DropOut {
		c, err := r.newColumn("DropOut", name, d.Groups, len(d.Purchase)+i)
		if err != nil {
			return err
		}
		if slices.Contains(r.cfg.Equal, name) {
			other := &r.purchase[slices.Index(d.Purchase, name)]
			c.effect = other.effect
			c.reach = max(c.reach, other.reach)
			other.reach = c.reach
		} else {
			c.effect = r.effects
			r.effects++
		}
		r.dropOut = append(r.dropOut, c)
	}
	return nil
}

// newColumn measures covariate i of the groups. Priors are about a customer with mean
// covariates, so with priors columns stay centred there.
func (r *Regression) newColumn(list, name string, groups []likelihood.Group, i int) (column, error) {
	c, err := newColumn(list, name, groups, i)
	if err == nil && len(r.cfg.Priors) == 0 {
		c.gather(groups, i)
	}
	return c, err
}

// columns are those of purchasing, then those of dropping out.
func (r *Regression) columns() []column { return slices.Concat(r.purchase, r.dropOut) }

// covariates are some of the scaled covariates of all groups.
func (r *Regression) covariates(from, to int) [][]float64 {
	rows := make([][]float64, len(r.groups))
	for i, z := range r.groups {
		rows[i] = z[from:to]
	}
	return rows
}

// process is what the likelihood needs of some columns.
func process(columns []column, shift [4]float64) likelihood.Process {
	p := likelihood.Process{Shift: shift}
	for _, c := range columns {
		p.Effects = append(p.Effects, c.effect)
	}
	return p
}

// reached is where a climb of a regression has arrived.
type reached struct {
	maximum.Point
	base     int     // parameters of the model among the logarithms
	never    bool    // nobody drops out, and only the parameters of purchasing are there
	logLik   float64 // without priors and penalty, in the problem's units
	away     []int   // parameters of the model that run away with effects
	warnings []maximum.Warning
}

// Run climbs with everybody's drop-out, and where nobody drops out, and returns the
// likelier.
func (r *Regression) Run() Result {
	start := maximum.NewSearch(r.problem, r.cfg.Config)
	plain := start.Run().Logs
	r.evaluations += start.Evaluations
	purchase := process(r.purchase, r.model.Purchase)
	never := r.climb(likelihood.GroupedNBD(), len(r.purchase), purchase, likelihood.Process{}, plain[:2])
	if math.IsInf(plain[r.problem.DropOut], -1) {
		plain = maximum.Logs(r.problem.Starts(maximum.Exps(plain[:2]))[0])
	}
	p := r.climb(r.model.Grouped, r.effects, purchase, process(r.dropOut, r.model.DropOut), plain)
	if start.KnowsDropOut() || p.Value > never.Value+maximum.SameLogLik {
		r.warnings = append(r.warnings, p.warnings...)
		return r.result(p)
	}
	never.never = true
	r.warnings = append(r.warnings, never.warnings...)
	r.warnings = append(r.warnings, maximum.Warning{
		Kind: maximum.NoDropOut, Param: r.problem.Names[r.problem.DropOut], Value: never.Value - p.Value,
		Text: "the data are likeliest if nobody ever drops out; the model is that limit, without effects on dropping out",
	})
	return r.result(never)
}

// climb maximises a likelihood from parameters of the model and no effects.
func (r *Regression) climb(m likelihood.GroupedModel, effects int, purchase, dropOut likelihood.Process, base []float64) reached {
	at := m.Likelihood(r.blocks, effects, purchase, dropOut, r.cfg.Workers)
	problem := &maximum.Problem{
		Family: maximum.Family{
			Names: slices.Clone(r.problem.Names[:m.Base]), ShapeOf: slices.Clone(r.problem.ShapeOf[:m.Base]), DropOut: -1,
		},
		Function: likelihood.Function{At: r.penalised(at, m.Base)},
		Units:    r.problem.Units,
	}
	cfg := r.cfg.Config
	cfg.Priors = slices.DeleteFunc(slices.Clone(cfg.Priors), func(p maximum.Prior) bool { return !slices.Contains(problem.Names, p.Param) })
	for i := range effects {
		problem.Names, problem.ShapeOf = append(problem.Names, r.effectName(i)), append(problem.ShapeOf, -1)
	}
	search := maximum.NewSearch(problem, cfg)
	for i := m.Base; i < len(problem.Names); i++ {
		search.Limit(i, -effectMax, effectMax)
	}
	p := reached{Point: search.Climb(append(slices.Clone(base), make([]float64, effects)...)), base: m.Base}
	r.settle(search, problem, &p)
	p.logLik = at(p.Logs, make([]float64, len(p.Logs)))
	p.warnings = search.Warnings
	r.evaluations += search.Evaluations
	return p
}

// penalised subtracts the penalty from a likelihood.
func (r *Regression) penalised(at climb.Func, base int) climb.Func {
	if r.cfg.Penalty == 0 {
		return at
	}
	return func(logs, grad []float64) float64 {
		value := at(logs, grad)
		for i, v := range logs[base:] {
			c := r.column(i)
			ratio := c.sd / c.reach
			weight := r.cfg.Penalty * (ratio * ratio)
			value -= weight * (v * v)
			grad[base+i] -= 2 * weight * v
		}
		return value
	}
}

// column is the first that has the effect.
func (r *Regression) column(effect int) column {
	all := r.columns()
	return all[slices.IndexFunc(all, func(c column) bool { return c.effect == effect })]
}

// effectName tells an effect from others: "Channel on purchasing".
func (r *Regression) effectName(effect int) string {
	c := r.column(effect)
	bears := func(columns []column) bool {
		return slices.ContainsFunc(columns, func(c column) bool { return c.effect == effect })
	}
	switch on, from := bears(r.purchase), bears(r.dropOut); {
	case on && from:
		return c.name
	case on:
		return c.name + " on purchasing"
	}
	return c.name + " on dropping out"
}
