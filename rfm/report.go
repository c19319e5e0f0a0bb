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
	AsOf     time.Time      `json:"asOf"`
	Window   clientele.Days `json:"window,omitempty"` // of purchases and revenue; 0 = all history
	Map      Map            `json:"map"`
	Total    Part           `json:"total"`
	Segments []Part         `json:"segments"` // in the map's order, the rest last; segments without customers included
	Cells    []Part         `json:"cells"`    // all cells of the grid, WWW or 111 first
	Roles    []Part         `json:"roles"`    // best, normal, occasional, sleeping, worst: the segments of each role together

	// RefundsOnly counts the customers who have refunds but no purchase, and
	// Refunded their money. They are no part of the base: the money of the
	// receipts is Total.Lifetime + Refunded.
	RefundsOnly int             `json:"refundsOnly,omitempty"`
	Refunded    decimal.Decimal `json:"refunded,omitzero"`
}

// Part is a segment, a cell or the whole base.
type Part struct {
	Name           string          `json:"name"`           // of the segment; of the cell's segment for a cell
	Code           string          `json:"code,omitempty"` // of the cell
	Role           Role            `json:"role,omitempty"`
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
	segments := make([]tally, len(grid.Segments)+1) // the rest last
	roles := make([]tally, len(roleNames))
	cellRoles := make([]int, len(s.totals))
	var whole tally
	wide := s.wide.Clone()
	for i := range s.totals {
		cellRoles[i] = int(grid.role(s.scales.parts[i]))
		segments[s.scales.parts[i]].join(&wide, &s.totals[i], &wide)
		roles[cellRoles[i]].join(&wide, &s.totals[i], &wide)
		whole.join(&wide, &s.totals[i], &wide)
	}
	medians := s.medians()
	part := func(t tally, name string, role Role, recencies []float64) Part {
		return newPart(&wide, t, whole, Part{Name: name, Role: role, MedianRecency: middle(recencies)})
	}
	for i, t := range s.totals {
		p := part(t, s.scales.scores[i].Segment, grid.role(s.scales.parts[i]), medians.cell(i))
		p.Code = s.scales.scores[i].Code
		r.Cells = append(r.Cells, p)
	}
	for i, segment := range grid.Segments {
		r.Segments = append(r.Segments, part(segments[i], segment.Name, segment.Role, medians.in(s.scales.parts, i)))
	}
	if grid.Rest != "" {
		i := len(grid.Segments)
		r.Segments = append(r.Segments, part(segments[i], grid.Rest, NoRole, medians.in(s.scales.parts, i)))
	}
	for role := Best; role <= Worst; role++ {
		r.Roles = append(r.Roles, part(roles[role], role.String(), role, medians.in(cellRoles, int(role))))
	}
	r.Total = part(whole, "", NoRole, medians.values)
	return r
}

// Cell returns the part of one cell; levels outside the grid give the zero Part.
func (r *Report) Cell(recency, frequency, monetary int) Part {
	for _, m := range metrics {
		if level := (cell{recency, frequency, monetary})[m]; level < 1 || level > r.Map.Levels[m] {
			return Part{}
		}
	}
	if len(r.Cells) != r.Map.Levels[R]*r.Map.Levels[F]*r.Map.Levels[M] {
		return Part{}
	}
	return r.Cells[r.Map.number(cell{recency, frequency, monetary})]
}

// Segment returns the part of a segment; ok is false for a name the map lacks.
func (r *Report) Segment(name string) (p Part, ok bool) {
	for _, p := range r.Segments {
		if p.Name == name {
			return p, true
		}
	}
	return Part{}, false
}

// newPart completes a part from its tally and the whole base's.
func newPart(w *exact.Wide, t, whole tally, p Part) Part {
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

// role is the role of the segment with an index; the rest has none.
func (m *Map) role(i int) Role {
	if i >= len(m.Segments) {
		return NoRole
	}
	return m.Segments[i].Role
}

// recencies are everybody's recency, sorted by cell.
type recencies struct {
	values []float64
	ends   []int // by cell
}

// medians sorts recencies by cell, counting first.
func (s *State[K]) medians() recencies {
	r := recencies{make([]float64, s.sample.customers), make([]int, len(s.totals))}
	at := 0
	for i := range s.totals {
		r.ends[i] = at
		at += s.totals[i].customers
	}
	for i, c := range s.cells {
		if s.sample.has(int32(i)) {
			r.values[r.ends[c]] = s.sample.values[R][i]
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
