package cohort

import (
	"fmt"
	"math"
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/exact"
	"github.com/clientele-go/clientele/internal/labelset"
	"github.com/clientele-go/clientele/internal/rule"
	"github.com/shopspring/decimal"
)

// Triangle shows how cohorts return and pay: a row a cohort, a column a period or a
// range of days since its customers entered.
type Triangle struct {
	Config  TriangleConfig `json:"config"`
	Columns []string       `json:"columns"` // names, as in "0", "1" or "8–30"
	Rows    []Row          `json:"rows"`    // in order of start, then key

	// Outside is the money in no cell: refunds before the customer's first purchase or
	// by one who never bought, days in no bracket, customers who are left out, and
	// everything under EveryPeriod. Together with the rows' revenue it is all money up
	// to AsOf.
	Outside decimal.Decimal `json:"outside"`

	Later       int `json:"later,omitempty"`       // purchases and refunds after AsOf
	Early       int `json:"early,omitempty"`       // customers who entered before Since
	NeverBought int `json:"neverBought,omitempty"` // customers of refunds alone
	Unstated    int `json:"unstated,omitempty"`    // customers whose entry was not stated, or after AsOf; under Stated
}

// Row is a cohort.
type Row struct {
	Start time.Time `json:"start,omitzero"` // of its period; zero if rows are keys alone
	Label string    `json:"label"`          // of the period, as in "2025-03"; "" if rows are keys alone
	Key   string    `json:"key,omitempty"`

	Size    int             `json:"size"`    // customers who entered
	Revenue decimal.Decimal `json:"revenue"` // of all cells, so far

	// Cells are the columns that have begun for somebody by AsOf. A period between
	// two cohorts in which nobody entered is a row of Size 0 without cells.
	Cells []Cell `json:"cells"`
}

// Cell is what a cohort did in a column.
type Cell struct {
	// Active are the customers who were active, of those for whom the column has
	// ended by AsOf. Where it has ended for nobody they are those who were so far.
	Active   int `json:"active"`
	Eligible int `json:"eligible"` // customers for whom the column has ended

	// Complete says that the column has ended for every customer of the row. A cell
	// that is not may still grow; one that is does so under OnOrAfter alone, when
	// somebody buys in a later column.
	Complete bool `json:"complete"`

	// Rate is Active of Eligible with Wilson's interval; zero, with level 0, where
	// Eligible is 0.
	Rate clientele.Estimate `json:"rate"`

	Purchases    int             `json:"purchases"`    // by all customers of the row, so far
	Revenue      decimal.Decimal `json:"revenue"`      // of these, less refunds in the column
	AverageCheck float64         `json:"averageCheck"` // Revenue a purchase; 0 without one

	// Brought is what the eligible customers have brought from their entry to the end
	// of the column, and LTV that per eligible customer; both 0 where there is none.
	Brought decimal.Decimal `json:"brought"`
	LTV     float64         `json:"ltv"`
}

// maxCells is how many cells a triangle may have.
const maxCells = 1 << 22

// Triangle shows how cohorts return and pay. Keys are the labels of the purchases with
// which customers entered; under the entry [Stated] those of their first purchases, and
// "" for who has made none.
//
// Without a customer in any cohort it is [clientele.ErrEmpty]. Under the entry
// [Stated] a purchase or refund before the customer's entry is an InputError. A
// calendar so fine that there would be more than four million cells is
// [clientele.ErrRange].
func (a *Activity[K]) Triangle(cfg TriangleConfig) (*Triangle, error) {
	return a.TriangleBy(cfg, nil)
}

// TriangleBy is [Activity.Triangle] with keys of the host's own, such as the segment of
// a customer at entry. The function is called once for each customer of the roster;
// nil means the labels of purchases.
func (a *Activity[K]) TriangleBy(cfg TriangleConfig, key func(customer K) string) (*Triangle, error) {
	const op = "cohort.Activity.Triangle"
	cfg, periods, err := cfg.fill(op)
	if err != nil {
		return nil, err
	}
	cols, err := newLayout(&cfg, periods, &a.book)
	if err != nil {
		return nil, err
	}
	t := a.counted(&cfg, cols, a.keys(key))
	if t.fault != nil {
		return nil, &clientele.InputError{
			Op: op, Index: -1, Field: fmt.Sprintf("At of customer %v", a.roster.ID(t.fault.slot)),
			Value: rule.Moment(t.fault.at), Err: errBeforeEntry,
		}
	}
	if len(t.rows) == 0 {
		return nil, &clientele.InputError{Op: op, Index: -1, Field: "customers", Err: clientele.ErrEmpty}
	}
	return t.assemble(op)
}

// keys numbers the keys that the host's function gives.
func (a *Activity[K]) keys(key func(K) string) *keys {
	if key == nil {
		return &keys{names: a.book.labels.Names()}
	}
	var names labelset.Set
	roster := a.known()
	bySlot := make([]uint32, roster.Len())
	for slot, customer := range roster.All() {
		bySlot[slot] = uint32(names.ID(key(customer))) + 1
	}
	return &keys{names.Names(), bySlot}
}

// counted counts all customers.
func (a *Activity[K]) counted(cfg *TriangleConfig, cols *layout, keys *keys) *triangleCounter {
	since := int64(math.MinInt64)
	if !cfg.Since.IsZero() {
		since = cfg.Since.UnixNano()
	}
	seen := []bool(nil)
	if cfg.Entry == Stated {
		seen = make([]bool, a.known().Len())
	}
	newCounter := func() *triangleCounter {
		return &triangleCounter{
			cfg: cfg, layout: cols, book: &a.book, keys: keys, starts: a.enrolled, since: since, seen: seen,
			rows: make(map[rowKey]*triangleTally),
		}
	}
	parts := gather(&a.book, cfg.Workers, newCounter, (*triangleCounter).visit)
	t := parts[0]
	for _, part := range parts[1:] {
		t.join(part)
	}
	if cfg.Entry == Stated {
		t.onlyEnrolled()
	}
	return t
}

// assemble makes the triangle of what was counted.
func (t *triangleCounter) assemble(op string) (*Triangle, error) {
	tri := &Triangle{
		Config: *t.cfg, Columns: []string{}, Outside: t.wide.Decimal(t.outside),
		Later: t.later, Early: t.early, NeverBought: t.never, Unstated: t.unstated,
	}
	groups, order := t.grouped()
	width, cells := 0, 0
	for _, id := range order {
		n := groups[id].width()
		width, cells = max(width, n), cells+n
	}
	rows := len(order)
	if t.cfg.Grouping == ByStart {
		rows = order[len(order)-1].start - order[0].start + 1
	}
	if cells > maxCells || rows > maxCells || width > maxCells {
		return nil, &clientele.InputError{
			Op: op, Index: -1, Field: "Calendar", Value: t.cfg.Calendar.Unit,
			Err: fmt.Errorf("%w: more than %d cells", clientele.ErrRange, maxCells),
		}
	}
	for i := range width {
		tri.Columns = append(tri.Columns, t.layout.name(i))
	}
	for i, id := range order {
		if t.cfg.Grouping == ByStart && i > 0 {
			for empty := order[i-1].start + 1; empty < id.start; empty++ {
				tri.Rows = append(tri.Rows, t.named(empty, Row{Cells: []Cell{}}))
			}
		}
		row := t.publish(groups[id])
		row.Key = id.key
		if t.cfg.Grouping != ByKey {
			row = t.named(id.start, row)
		}
		tri.Rows = append(tri.Rows, row)
	}
	return tri, nil
}

// named gives a row the name of its period.
func (t *triangleCounter) named(period int, row Row) Row {
	periods := t.layout.cohorts.periods
	row.Start, row.Label = periods.Start(period), periods.Label(period)
	return row
}

// sumOf is a money sum as decimal and per n; 0 where n is 0.
func sumOf(w *exact.Wide, s exact.Sum, n int) (decimal.Decimal, float64) {
	if n == 0 {
		return w.Decimal(s), 0
	}
	return w.Decimal(s), w.Ratio(s, int64(n))
}
