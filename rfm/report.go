package rfm

import (
	"math/big"
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/exact"
	"github.com/shopspring/decimal"
)

// Report is the state of the base: who is where and what each part brings.
type Report struct {
	AsOf      time.Time      `json:"asOf"`
	Window    clientele.Days `json:"window,omitempty"` // of purchases and revenue; 0 = all history
	Map       Map            `json:"map"`
	Total     Population     `json:"total"`
	Segments  []Population   `json:"segments"`  // in the map's order, the rest last; segments without customers included
	Cells     []Population   `json:"cells"`     // all cells of the grid, WWW or 111 first
	Standings []Population   `json:"standings"` // best, normal, occasional, sleeping, worst: the segments of each role together

	// RefundsOnly counts the customers who have refunds but no purchase, and
	// Refunded their money. They are no part of the base: the money of the
	// receipts is Total.Lifetime + Refunded.
	RefundsOnly int             `json:"refundsOnly,omitempty"`
	Refunded    decimal.Decimal `json:"refunded,omitzero"`
}

// Population is a segment, a cell or the whole base.
type Population struct {
	Name           string          `json:"name"`           // of the segment; of the cell's segment for a cell
	Code           string          `json:"code,omitempty"` // of the cell
	Standing       Standing        `json:"standing,omitempty"`
	Customers      int             `json:"customers"`
	Share          float64         `json:"share"`          // of the base's customers
	Purchases      int             `json:"purchases"`      // in the window
	Revenue        decimal.Decimal `json:"revenue"`        // net money in the window
	RevenueShare   float64         `json:"revenueShare"`   // of the base's revenue; 0 for all where that is not positive
	AverageReceipt decimal.Decimal `json:"averageReceipt"` // revenue per purchase in the window, rounded half to even at 8 places; 0 without purchases
	Lifetime       decimal.Decimal `json:"lifetime"`       // net money of all time
	AverageLTV     decimal.Decimal `json:"averageLTV"`     // lifetime money per customer, rounded likewise; 0 without customers
	MedianRecency  float64         `json:"medianRecency"`  // days, as the plan measures them; 0 without customers
}

// refundsOnly are customers with refunds and no purchase.
type refundsOnly struct {
	customers int
	money     decimal.Decimal
}

// Report describes the state.
func (s *State[K]) Report() *Report {
	grid := &s.scales.plan.Map
	r := &Report{
		AsOf: s.cfg.AsOf, Window: s.cfg.Window, Map: grid.clone(),
		RefundsOnly: s.refunds.customers, Refunded: s.refunds.money,
	}
	segments := make([]aggregate, len(grid.Segments)+1) // the rest last
	roles := make([]aggregate, len(standingNames))
	cellStandings := make([]int, len(s.totals))
	var whole aggregate
	wide := s.wide.Clone()
	for i := range s.totals {
		cellStandings[i] = int(grid.standing(s.scales.segments[i]))
		segments[s.scales.segments[i]].join(&wide, &s.totals[i], &wide)
		roles[cellStandings[i]].join(&wide, &s.totals[i], &wide)
		whole.join(&wide, &s.totals[i], &wide)
	}
	medians := s.medians()
	part := func(t aggregate, name string, role Standing, recencies []float64) Population {
		return newPopulation(&wide, t, whole, Population{Name: name, Standing: role, MedianRecency: middle(recencies)})
	}
	for i, t := range s.totals {
		p := part(t, s.scales.scores[i].Segment, grid.standing(s.scales.segments[i]), medians.cell(i))
		p.Code = s.scales.scores[i].Code
		r.Cells = append(r.Cells, p)
	}
	for i, segment := range grid.Segments {
		r.Segments = append(r.Segments, part(segments[i], segment.Name, segment.Standing, medians.in(s.scales.segments, i)))
	}
	if grid.Rest != "" {
		i := len(grid.Segments)
		r.Segments = append(r.Segments, part(segments[i], grid.Rest, NoStanding, medians.in(s.scales.segments, i)))
	}
	for role := Best; role <= Worst; role++ {
		r.Standings = append(r.Standings, part(roles[role], role.String(), role, medians.in(cellStandings, int(role))))
	}
	r.Total = part(whole, "", NoStanding, medians.values)
	return r
}

// Cell returns the part of one cell; levels outside the grid give the zero Part.
func (r *Report) Cell(recency, frequency, monetary int) Population {
	for _, m := range metrics {
		if level := (cell{recency, frequency, monetary})[m]; level < 1 || level > r.Map.Levels[m] {
			return Population{}
		}
	}
	if len(r.Cells) != r.Map.Levels[R]*r.Map.Levels[F]*r.Map.Levels[M] {
		return Population{}
	}
	return r.Cells[r.Map.number(cell{recency, frequency, monetary})]
}

// Segment returns the part of a segment; ok is false for a name the map lacks.
func (r *Report) Segment(name string) (p Population, ok bool) {
	for _, p := range r.Segments {
		if p.Name == name {
			return p, true
		}
	}
	return Population{}, false
}

// newPopulation completes a part from its tally and the whole base's.
func newPopulation(w *exact.Wide, t, whole aggregate, p Population) Population {
	p.Customers, p.Purchases = t.customers, int(t.purchases)
	p.Revenue, p.Lifetime = w.Decimal(t.revenue), w.Decimal(t.lifetime)
	p.Share = float64(t.customers) / float64(whole.customers)
	if w.Sign(whole.revenue) > 0 {
		p.RevenueShare = share(w.Decimal(t.revenue), w.Decimal(whole.revenue))
	}
	if t.purchases > 0 {
		p.AverageReceipt = w.Quotient(t.revenue, t.purchases, averagePlaces)
	}
	if t.customers > 0 {
		p.AverageLTV = w.Quotient(t.lifetime, int64(t.customers), averagePlaces)
	}
	return p
}

// share is part/whole, correctly rounded whatever their size.
func share(part, whole decimal.Decimal) float64 {
	f, _ := new(big.Rat).Quo(part.Rat(), whole.Rat()).Float64()
	return f
}

// standing is the role of the segment with an index; the rest has none.
func (m *Map) standing(i int) Standing {
	if i >= len(m.Segments) {
		return NoStanding
	}
	return m.Segments[i].Standing
}

// recencies are everybody's recency, sorted by cell.
type recencies struct {
	values []float64
	ends   []int // by cell
}

// medians sorts recencies by cell, counting first.
func (s *State[K]) medians() recencies {
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
