package rfm

import (
	"time"

	"github.com/clientele-go/clientele"
	"github.com/shopspring/decimal"
)

// Report is the state of the base: who is where, and what each population brings. It is
// a plain struct whose JSON form reads back.
type Report struct {
	AsOf   time.Time      `json:"asOf"`             // AsOf is the moment that the report describes.
	Window clientele.Days `json:"window,omitempty"` // Window limits purchases and revenue to the last days; 0 = all history.
	Map    Map            `json:"map"`              // Map is the map that named the cells.

	Total     Population   `json:"total"`     // Total is the whole base.
	Segments  []Population `json:"segments"`  // Segments are all segments in the map's order, its rest last.
	Cells     []Population `json:"cells"`     // Cells are all cells of the grid, from WWW or 111 to BBB or 555.
	Standings []Population `json:"standings"` // Standings has one entry for each standing, which adds up its segments: best, normal, occasional, sleeping, worst.

	// RefundsOnly is the number of customers who have refunds but no purchase. They are
	// not in the base.
	RefundsOnly int `json:"refundsOnly,omitempty"`

	// Refunded is the money of the customers that RefundsOnly counts, a negative amount:
	// the money of all receipts is Total.AllTimeRevenue + Refunded.
	Refunded decimal.Decimal `json:"refunded,omitzero"`

	// SleepersPerYear is what sleeping customers brought a year while they bought: their
	// net money of all time, each customer's divided by the years from the first purchase
	// to the last, at least one. nil where that is not known, since the rows of a [Table]
	// have no Tenure.
	SleepersPerYear *decimal.Decimal `json:"sleepersPerYear,omitempty"`
}

// refundsOnly are customers with refunds and no purchase.
type refundsOnly struct {
	customers int
	money     decimal.Decimal
}

// Report describes the state of the base. That of the zero State is empty.
func (s *State[K]) Report() *Report {
	if !s.graded() {
		return new(Report)
	}
	grid := &s.scales.plan.Map
	r := &Report{
		AsOf: s.cfg.AsOf, Window: s.cfg.Window, Map: grid.clone(),
		RefundsOnly: s.refunds.customers, Refunded: s.refunds.money,
	}
	segments := make([]aggregate, len(grid.Segments)+1) // the rest last
	standings := make([]aggregate, len(standingNames))
	standingOf := make([]int, len(s.totals))
	var whole aggregate
	wide := s.wide.Clone()
	for i := range s.totals {
		standingOf[i] = int(grid.standing(s.scales.segments[i]))
		segments[s.scales.segments[i]].join(&wide, &s.totals[i], &wide)
		standings[standingOf[i]].join(&wide, &s.totals[i], &wide)
		whole.join(&wide, &s.totals[i], &wide)
	}
	all := s.recencies()
	population := func(a aggregate, name string, standing Standing, recencies []float64) Population {
		return newPopulation(&wide, a, whole, Population{Name: name, Standing: standing, MedianRecency: middle(recencies)})
	}
	for i, a := range s.totals {
		p := population(a, s.scales.scores[i].Segment, grid.standing(s.scales.segments[i]), all.cell(i))
		p.Code = s.scales.scores[i].Code
		r.Cells = append(r.Cells, p)
	}
	for i, segment := range grid.Segments {
		r.Segments = append(r.Segments, population(segments[i], segment.Name, segment.Standing, all.in(s.scales.segments, i)))
	}
	if grid.Rest != "" {
		i := len(grid.Segments)
		r.Segments = append(r.Segments, population(segments[i], grid.Rest, NoStanding, all.in(s.scales.segments, i)))
	}
	for standing := Best; standing <= Worst; standing++ {
		r.Standings = append(r.Standings, population(standings[standing], standing.String(), standing, all.in(standingOf, int(standing))))
	}
	if s.pastYears {
		r.SleepersPerYear = new(wide.Decimal(standings[Sleeping].perYear))
	}
	r.Total = population(whole, "", NoStanding, all.values)
	return r
}

// Cell returns the population of one cell, found by its levels; ok is false for levels
// outside the grid.
func (r *Report) Cell(recency, frequency, monetary int) (p Population, ok bool) {
	if r == nil {
		return Population{}, false
	}
	for _, m := range metrics {
		if level := (cell{recency, frequency, monetary})[m]; level < 1 || level > r.Map.Levels[m] {
			return Population{}, false
		}
	}
	if len(r.Cells) != r.Map.Levels[R]*r.Map.Levels[F]*r.Map.Levels[M] {
		return Population{}, false
	}
	return r.Cells[r.Map.number(cell{recency, frequency, monetary})], true
}

// Segment returns the population of a segment; ok is false for a name that the map lacks.
func (r *Report) Segment(name string) (p Population, ok bool) {
	if r == nil {
		return Population{}, false
	}
	for _, p := range r.Segments {
		if p.Name == name {
			return p, true
		}
	}
	return Population{}, false
}

// recencies are everybody's recency, sorted by cell.
type recencies struct {
	values []float64
	ends   []int // by number of the cell
}

// recencies sorts everybody's recency by cell, counting first.
func (s *State[K]) recencies() recencies {
	r := recencies{make([]float64, s.values.customers), make([]int, len(s.totals))}
	at := 0
	for i := range s.totals {
		r.ends[i] = at
		at += s.totals[i].customers
	}
	for i, c := range s.cells {
		if s.values.has(int32(i)) {
			r.values[r.ends[c]] = s.values.values[R][i]
			r.ends[c]++
		}
	}
	return r
}

// cell returns the recencies in a cell.
func (r recencies) cell(i int) []float64 {
	from := 0
	if i > 0 {
		from = r.ends[i-1]
	}
	return r.values[from:r.ends[i]]
}

// in returns the recencies in a group of cells, given the group of every cell.
func (r recencies) in(groups []int, group int) []float64 {
	var all []float64
	for i, g := range groups {
		if g == group {
			all = append(all, r.cell(i)...)
		}
	}
	return all
}

// middle is the median of values; 0 without any.
func middle(values []float64) float64 {
	if len(values) == 0 {
		return 0
	}
	return type7(values, 2)[0]
}
