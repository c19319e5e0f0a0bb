package nps

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"github.com/clientele-go/clientele"
)

// raker is a sample that is being raked.
type raker struct {
	cfg     RakeConfig
	margins []rakeMargin
	answers []rakeAnswer
	units   []rakeUnit // respondents that are alike, once there is a start
}

// rakeMargin is a margin, its categories by name.
type rakeMargin struct {
	name       string
	categories []Category
	targets    []float64      // shares
	number     map[string]int // of a category
	n          []int          // respondents
	before     []weightSum    // their weights before raking
}

// rakeAnswer is a respondent.
type rakeAnswer struct {
	answer int
	base   float64
	cell   []int // categories by number, one of each margin
	unit   int
}

// rakeUnit are respondents of the same categories and weights.
type rakeUnit struct {
	cell   []int
	base   float64
	weight float64 // of each
	roles  byRole  // how many they are
}

func (u *rakeUnit) n() float64 { return u.roles.total() }

func newRaker(margins []Margin, cfg RakeConfig) *raker {
	r := &raker{cfg: cfg}
	for _, m := range margins {
		categories := slices.Clone(m.Categories)
		slices.SortFunc(categories, func(a, b Category) int { return cmp.Compare(a.Name, b.Name) })
		k := len(categories)
		out := rakeMargin{
			name: m.Name, categories: categories, targets: make([]float64, k),
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
		r.margins = append(r.margins, out)
	}
	return r
}

// add adds a respondent.
func (r *raker) add(p Respondent) error {
	if _, ok := r.cfg.Scale.Role(p.Answer); !ok {
		return &clientele.InputError{Index: -1, Field: "Answer", Value: p.Answer, Err: clientele.ErrRange}
	}
	if err := checkWeight("", "Weight", p.Weight); err != nil {
		return err
	}
	if len(p.Categories) != len(r.margins) {
		return &clientele.InputError{
			Index: -1, Field: "Categories", Value: len(p.Categories),
			Err: fmt.Errorf("%w: there are %d margins", clientele.ErrMismatch, len(r.margins)),
		}
	}
	base := cmp.Or(p.Weight, 1)
	cell := make([]int, len(r.margins))
	for i, name := range p.Categories {
		j, ok := r.margins[i].number[name]
		if !ok {
			return &clientele.InputError{
				Index: -1, Field: fmt.Sprintf("Categories[%d]", i), Value: name,
				Err: fmt.Errorf("%w: no category of margin %q", clientele.ErrUnknown, r.margins[i].name),
			}
		}
		cell[i] = j
	}
	for i, j := range cell {
		r.margins[i].n[j]++
		r.margins[i].before[j].add(base)
	}
	r.answers = append(r.answers, rakeAnswer{answer: p.Answer, base: base, cell: cell})
	return nil
}

// field names a category for an error.
func (r *raker) field(margin, category int) string {
	m := r.margins[margin]
	return fmt.Sprintf("margin %q, category %q", m.name, m.categories[category].Name)
}

// checkFilled refuses categories without respondents.
func (r *raker) checkFilled(op string) error {
	faults := clientele.Faults{Op: op}
	for i, m := range r.margins {
		for j, n := range m.n {
			if n == 0 {
				faults.Add(r.field(i, j), n, clientele.ErrEmpty)
			}
		}
	}
	return faults.Err()
}

// start puts respondents together who are alike, in an order that is not theirs, and
// gives them their weights before raking, 1 on average.
func (r *raker) start() {
	order := make([]int, len(r.answers))
	for i := range order {
		order[i] = i
	}
	compare := func(a, b rakeAnswer) int {
		return cmp.Or(slices.Compare(a.cell, b.cell), cmp.Compare(a.base, b.base))
	}
	slices.SortFunc(order, func(i, j int) int { return compare(r.answers[i], r.answers[j]) })
	var all weightSum
	for _, b := range r.margins[0].before {
		all.join(b)
	}
	mean := all.hi / float64(len(r.answers))
	for k, i := range order {
		a := &r.answers[i]
		if k == 0 || compare(r.answers[order[k-1]], *a) != 0 {
			r.units = append(r.units, rakeUnit{cell: a.cell, base: a.base, weight: a.base / mean})
		}
		a.unit = len(r.units) - 1
		switch role, _ := r.cfg.Scale.Role(a.answer); role {
		case Detractor:
			r.units[a.unit].roles.detractor++
		case Passive:
			r.units[a.unit].roles.passive++
		case Promoter:
			r.units[a.unit].roles.promoter++
		}
	}
}

// farthest is the category whose share is furthest from its target.
type farthest struct {
	margin, category int
	deviation        float64
}

// run rakes until all shares are near enough, or no longer.
func (r *raker) run() (iterations int, worst farthest) {
	r.cut()
	for worst = r.worst(); worst.deviation > r.cfg.Tolerance && iterations < r.cfg.MaxIterations; worst = r.worst() {
		for i := range r.margins {
			r.fit(i)
		}
		r.cut()
		iterations++
	}
	return iterations, worst
}

// cut cuts weights to the greatest allowed one.
func (r *raker) cut() {
	if r.cfg.MaxWeight == 0 {
		return
	}
	for k := range r.units {
		r.units[k].weight = min(r.units[k].weight, r.cfg.MaxWeight)
	}
}

// totals are the weights of the categories of a margin. None vanishes: since a category
// was fitted, others have taken at most a factor of leastShare each from it.
func (r *raker) totals(margin int) []float64 {
	by := make([]float64, len(r.margins[margin].targets))
	for k := range r.units {
		u := &r.units[k]
		by[u.cell[margin]] += u.n() * u.weight
	}
	return by
}

// fit scales the categories of a margin to their targets, and the average weight to 1.
func (r *raker) fit(margin int) {
	by := r.totals(margin)
	n := float64(len(r.answers))
	for j, target := range r.margins[margin].targets {
		by[j] = target * n / by[j]
	}
	for k := range r.units {
		r.units[k].weight *= by[r.units[k].cell[margin]]
	}
}

// worst finds the category that is furthest from its target. Shares are of an average
// weight of 1, which cut weights must have too.
func (r *raker) worst() farthest {
	worst := farthest{deviation: -1}
	n := float64(len(r.answers))
	for i, m := range r.margins {
		by := r.totals(i)
		for j, target := range m.targets {
			if d := math.Abs(by[j]/n - target); d > worst.deviation {
				worst = farthest{i, j, d}
			}
		}
	}
	return worst
}
