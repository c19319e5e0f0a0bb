package nps

import (
	"cmp"
	"encoding/binary"
	"fmt"
	"math"
	"slices"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/rule"
)

// raker is a sample that is being raked.
type raker struct {
	cfg        RakeConfig
	dimensions []rakeDimension
	answers    []rakeAnswer
	units      []rakeUnit
	number     map[string]int // of a unit
	cell       []int          // of the respondent that is being added
	key        []byte         // and the unit
}

// rakeDimension is a dimension, its categories by name.
type rakeDimension struct {
	name       string
	categories []Category
	targets    []float64      // shares
	number     map[string]int // of a category
	n          []int          // respondents
	before     []weightSum    // their weights before raking
}

// rakeAnswer is what a respondent said.
type rakeAnswer struct{ answer, unit int }

// rakeUnit are respondents of the same categories and weights.
type rakeUnit struct {
	cell   []int // categories by number, one of each dimension
	base   float64
	weight float64           // of each
	counts WeightedAttitudes // how many they are
}

func (u *rakeUnit) n() float64 { return u.counts.total() }

// add counts a customer.
func (w *WeightedAttitudes) add(a Attitude) {
	switch a {
	case Detractor:
		w.Detractors++
	case Passive:
		w.Passives++
	case Promoter:
		w.Promoters++
	}
}

func newRaker(dimensions []Dimension, cfg RakeConfig) *raker {
	r := &raker{cfg: cfg, number: make(map[string]int), cell: make([]int, len(dimensions))}
	for _, d := range dimensions {
		categories := slices.Clone(d.Categories)
		slices.SortFunc(categories, func(a, b Category) int { return cmp.Compare(a.Name, b.Name) })
		k := len(categories)
		out := rakeDimension{
			name: d.Name, categories: categories, targets: make([]float64, k),
			number: make(map[string]int), n: make([]int, k), before: make([]weightSum, k),
		}
		all := 0.0
		for _, c := range categories {
			all += c.Population
		}
		for j, c := range categories {
			out.targets[j] = c.Population / all
			out.number[c.Name] = j
		}
		r.dimensions = append(r.dimensions, out)
	}
	return r
}

// add adds a respondent.
func (r *raker) add(p Respondent) error {
	attitude, ok := r.cfg.Scale.Classify(p.Answer)
	if !ok {
		return fault.Of("", "Answer", p.Answer, r.cfg.Scale.explicit().offScale())
	}
	if err := checkWeight("", "Weight", p.Weight); err != nil {
		return err
	}
	if len(p.Categories) != len(r.dimensions) {
		return fault.Of("", "Categories", len(p.Categories), rule.Because(rule.Mismatch, "not one for each dimension", "a category of each dimension, %d in all", len(r.dimensions)))
	}
	for i, name := range p.Categories {
		j, ok := r.dimensions[i].number[name]
		if !ok {
			return fault.Of("", fmt.Sprintf("Categories[%d]", i), name, rule.Because(rule.Unknown, "the dimension has no such category", "one of dimension %q", r.dimensions[i].name))
		}
		r.cell[i] = j
	}
	base := cmp.Or(p.Weight, 1)
	for i, j := range r.cell {
		r.dimensions[i].n[j]++
		r.dimensions[i].before[j].add(base)
	}
	unit := r.unitOf(base)
	r.units[unit].counts.add(attitude)
	r.answers = append(r.answers, rakeAnswer{p.Answer, unit})
	return nil
}

// field names a category for an error.
func (r *raker) field(dimension, category int) string {
	d := r.dimensions[dimension]
	return fmt.Sprintf("dimension %q, category %q", d.name, d.categories[category].Name)
}

// checkFilled refuses categories without respondents.
func (r *raker) checkFilled(op string) error {
	faults := clientele.ConfigError{Op: op}
	for i, d := range r.dimensions {
		for j, n := range d.n {
			if n == 0 {
				faults.Add(r.field(i, j), nil, errNoRespondents)
			}
		}
	}
	return faults.Err()
}

var errNoRespondents = rule.Because(rule.Empty, "no respondents", "at least one: put the category together with another")

// unitOf returns the unit of the categories in r.cell and a weight.
func (r *raker) unitOf(base float64) int {
	r.key = binary.NativeEndian.AppendUint64(r.key[:0], math.Float64bits(base))
	for _, j := range r.cell {
		r.key = binary.AppendUvarint(r.key, uint64(j))
	}
	unit, ok := r.number[string(r.key)]
	if !ok {
		unit = len(r.units)
		r.number[string(r.key)] = unit
		r.units = append(r.units, rakeUnit{cell: slices.Clone(r.cell), base: base})
	}
	return unit
}

// start sorts the units, so that the order of the respondents does not matter, and gives
// them their weights before raking, 1 on average.
func (r *raker) start() {
	order := make([]int, len(r.units))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(i, j int) int {
		a, b := &r.units[i], &r.units[j]
		return cmp.Or(slices.Compare(a.cell, b.cell), cmp.Compare(a.base, b.base))
	})
	units, moved := make([]rakeUnit, len(order)), make([]int, len(order))
	for to, from := range order {
		units[to], moved[from] = r.units[from], to
	}
	r.units = units
	for i := range r.answers {
		r.answers[i].unit = moved[r.answers[i].unit]
	}
	var all weightSum
	for i := range r.dimensions[0].before {
		all.join(&r.dimensions[0].before[i])
	}
	for k := range r.units {
		r.units[k].weight = r.units[k].base / (all.float() / float64(len(r.answers)))
	}
}

// farthest is the category whose share is furthest from its target.
type farthest struct {
	dimension, category int
	deviation           float64
}

// run rakes until all shares are near enough, or for as many rounds as may be made.
func (r *raker) run() (iterations int, worst farthest) {
	for r.cut(); ; iterations++ {
		last := iterations == r.cfg.MaxIterations
		if last || r.worst().deviation <= r.cfg.Tolerance {
			r.refill()
			if worst = r.worst(); last || worst.deviation <= r.cfg.Tolerance {
				return iterations, worst
			}
		}
		for i := range r.dimensions {
			r.fit(i)
		}
		r.cut()
	}
}

// cut cuts weights to the greatest allowed one, and reports whether there were any.
func (r *raker) cut() (found bool) {
	if r.cfg.MaxWeight == 0 {
		return false
	}
	for k := range r.units {
		if u := &r.units[k]; u.weight > r.cfg.MaxWeight {
			u.weight, found = r.cfg.MaxWeight, true
		}
	}
	return found
}

// refill scales the weights below the greatest allowed one so that the average is 1 again,
// which it is not where some were cut and the shares are not met.
func (r *raker) refill() {
	for n := float64(len(r.answers)); ; {
		var held, free float64
		for k := range r.units {
			if u := &r.units[k]; u.weight == r.cfg.MaxWeight {
				held += u.n() * u.weight
			} else {
				free += u.n() * u.weight
			}
		}
		raise := (n - held) / free
		if held == 0 || free == 0 || !(raise > 1) {
			return
		}
		for k := range r.units {
			if u := &r.units[k]; u.weight < r.cfg.MaxWeight {
				u.weight *= raise
			}
		}
		if !r.cut() {
			return
		}
	}
}

// totals are the weights of the categories of a dimension. None vanishes: the least
// weight before raking is at least 1e-30 of the average one, and since a category was
// fitted, other dimensions have taken at most a factor of leastShare each from it.
func (r *raker) totals(dimension int) []float64 {
	by := make([]float64, len(r.dimensions[dimension].targets))
	for k := range r.units {
		u := &r.units[k]
		by[u.cell[dimension]] += u.n() * u.weight
	}
	return by
}

// fit scales the categories of a dimension to their targets, and the average weight to 1.
func (r *raker) fit(dimension int) {
	by := r.totals(dimension)
	n := float64(len(r.answers))
	for j, target := range r.dimensions[dimension].targets {
		by[j] = target * n / by[j]
	}
	for k := range r.units {
		r.units[k].weight *= by[r.units[k].cell[dimension]]
	}
}

// worst finds the category that is furthest from its target. Shares are of an average
// weight of 1, which cut weights must have too.
func (r *raker) worst() farthest {
	worst := farthest{deviation: -1}
	n := float64(len(r.answers))
	for i, d := range r.dimensions {
		by := r.totals(i)
		for j, target := range d.targets {
			if off := math.Abs(by[j]/n - target); off > worst.deviation {
				worst = farthest{i, j, off}
			}
		}
	}
	return worst
}
