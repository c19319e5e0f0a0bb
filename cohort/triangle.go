package cohort

import (
	"math"
	"slices"
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/labelset"
	"github.com/clientele-go/clientele/internal/rule"
	"github.com/shopspring/decimal"
)

// Triangle shows how cohorts return and pay: each row is a cohort, each column a period
// or a range of days since its customers entered. The younger a cohort, the fewer columns
// it has, hence the name.
type Triangle struct {
	Config  TriangleConfig `json:"config"`  // the configuration, with defaults filled in
	Columns []string       `json:"columns"` // names of the columns, as in "0", "1" or "8–30"
	Rows    []Row          `json:"rows"`    // in order of start, then key

	// OutsideRevenue is the money in no cell: payments before the customer's entry or by a
	// customer who never bought, days in no bracket, customers who are left out, and
	// everything under EveryPeriod. Together with the rows' revenue it is all money up to
	// AsOf.
	OutsideRevenue decimal.Decimal `json:"outsideRevenue"`

	Later        int `json:"later,omitempty"`        // purchases and refunds after AsOf
	BeforeSince  int `json:"beforeSince,omitempty"`  // customers who entered before Since
	BeforeEntry  int `json:"beforeEntry,omitempty"`  // under Stated: purchases and refunds of the rows' customers before their entry
	NeverBought  int `json:"neverBought,omitempty"`  // customers with only refunds
	NeverStarted int `json:"neverStarted,omitempty"` // customers with purchases, but none with one of StartLabels
	Unstated     int `json:"unstated,omitempty"`     // under Stated: customers whose entry was not stated, or is after AsOf
}

// Row is a cohort.
type Row struct {
	Start time.Time `json:"start,omitzero"` // beginning of the cohort's period; zero if rows are keys only
	Label string    `json:"label"`          // name of the cohort's period, as in "2025-03"; "" if rows are keys only
	Key   string    `json:"key,omitempty"`  // key of the cohort's customers; "" if rows are periods only

	Size    int             `json:"size"`    // customers who entered
	Revenue decimal.Decimal `json:"revenue"` // revenue of all cells, so far

	// Cells are the columns that have begun for somebody by AsOf. A period between two
	// cohorts in which nobody entered is a row of Size 0 without cells.
	Cells []Cell `json:"cells"`
}

// Cell is what a cohort did in a column.
type Cell struct {
	// Active are the customers who were active, of those for whom the column has ended
	// by AsOf. If it has ended for nobody, they are those who were active so far.
	Active   int `json:"active"`
	Eligible int `json:"eligible"` // customers for whom the column has ended

	// Complete says that the column has ended for every customer of the row. A cell that
	// is not complete may still grow. A complete one grows only under OnOrAfter, when
	// somebody buys in a later column.
	Complete bool `json:"complete"`

	// Rate is the share Active of Eligible with Wilson's interval. If Eligible is 0 it is
	// not known yet: the zero Estimate, with Level 0.
	Rate clientele.Estimate `json:"rate"`

	Purchases    int             `json:"purchases"`    // purchases of all customers of the row, so far
	Revenue      decimal.Decimal `json:"revenue"`      // revenue of Purchases, less refunds in the column
	AverageCheck float64         `json:"averageCheck"` // Revenue per purchase; 0 without one

	// Brought is all money of the eligible customers from their entry to the end of the
	// column, with the money of days between brackets; 0 if nobody is eligible.
	Brought decimal.Decimal `json:"brought"`

	LTV float64 `json:"ltv"` // Brought per eligible customer; 0 if Eligible is 0, which means not known yet
}

// Row returns the row with a period's name and a key. Pass "" for whichever of the two rows
// do not have: Row("2025-03", "") where rows are periods, Row("", "web") where they are
// keys. ok is false if there is no such row.
func (t *Triangle) Row(label, key string) (row Row, ok bool) {
	if t == nil {
		return Row{}, false
	}
	i := slices.IndexFunc(t.Rows, func(r Row) bool { return r.Label == label && r.Key == key })
	if i < 0 {
		return Row{}, false
	}
	return t.Rows[i], true
}

// Triangle shows how cohorts return and pay. Keys are the labels of the purchases with
// which customers entered; under the entry [Stated] those of their first purchases, and
// "" for customers who have made none.
//
// Triangle returns [clientele.ErrEmpty] if no cohort has a customer, and
// [clientele.ErrRange] if the calendar is so fine that there would be more than four
// million cells, or eight million before those of customers whose columns end at different
// times are added up, or if under TriangleConfig.Strict a purchase or refund is before its
// customer's stated entry.
func (a *Activity[K]) Triangle(cfg TriangleConfig) (*Triangle, error) {
	return a.triangle("cohort.Activity.Triangle", cfg, nil)
}

// TriangleBy is [Activity.Triangle] with keys of the host's own, such as the segment of
// a customer at entry. The function is called once for each customer of the roster; nil
// means the labels of purchases.
func (a *Activity[K]) TriangleBy(cfg TriangleConfig, key func(customer K) string) (*Triangle, error) {
	return a.triangle("cohort.Activity.TriangleBy", cfg, key)
}

func (a *Activity[K]) triangle(op string, cfg TriangleConfig, key func(K) string) (*Triangle, error) {
	faults := clientele.ConfigError{Op: op}
	cfg, periods := cfg.fill(&faults)
	if err := a.ready(&faults); err != nil {
		return nil, err
	}
	b := &a.book
	c := a.counted(&cfg, newLayout(&cfg, periods, b), a.keys(key))
	if c.memory.isFull() {
		return nil, fault.Of(op, "Calendar.Unit", cfg.Calendar.Unit, errManyCells)
	}
	if f := c.fault; f != nil {
		return nil, fault.Of(op, "At", rule.Moment(f.at), rule.Because(rule.Range, "before the customer's stated entry",
			"a time from %s on, when customer %v entered; without Strict earlier purchases are left out", rule.Moment(f.entered), a.roster.ID(f.slot)))
	}
	if len(c.rows) == 0 {
		return nil, c.nobody(op)
	}
	return c.triangle(op)
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
func (a *Activity[K]) counted(cfg *TriangleConfig, layout *layout, keys *keys) *triangleCounter {
	seen := []bool(nil)
	if cfg.Entry == Stated {
		seen = make([]bool, a.known().Len())
	}
	since := bound(cfg.Since, math.MinInt64)
	starts, returns := a.book.labelled(cfg.StartLabels), a.book.labelled(cfg.ReturnLabels)
	newCounter := func() *triangleCounter {
		return &triangleCounter{
			cfg: cfg, layout: layout, book: &a.book, keys: keys, entries: a.enrolled, starts: starts, returns: returns, since: since, seen: seen,
			rows: make(map[rowKey]*rowTally),
		}
	}
	c := count(&a.book, cfg.Workers, newCounter, (*triangleCounter).visit)
	if cfg.Entry == Stated {
		c.onlyEnrolled()
	}
	return c
}

// nobody says why no customer is in any cohort.
func (c *triangleCounter) nobody(op string) error {
	why := rule.Because(rule.Empty, "nobody entered a cohort",
		"at least one entry from Since to AsOf: %d customers entered before Since, %d have only refunds, %d no purchase with one of StartLabels, %d no stated entry by AsOf",
		c.early, c.neverBought, c.neverStarted, c.unstated)
	if c.early+c.neverStarted+c.unstated > 0 {
		return fault.Of(op, "customers", nil, why)
	}
	return c.book.nobody(op, c.layout.asOf, errOnlyRefunds)
}

// triangle is what was counted.
func (c *triangleCounter) triangle(op string) (*Triangle, error) {
	t := &Triangle{
		Config: *c.cfg, Columns: []string{}, OutsideRevenue: c.wide.Decimal(c.outside),
		Later: c.later, BeforeSince: c.early, BeforeEntry: c.beforeEntry, NeverBought: c.neverBought, NeverStarted: c.neverStarted, Unstated: c.unstated,
	}
	cohorts, order := c.cohorts()
	width, cells, tallies := 0, 0, 0
	for _, id := range order {
		n := cohorts[id].width()
		width, cells, tallies = max(width, n), cells+n, tallies+n*len(cohorts[id])
	}
	rows := len(order)
	if c.cfg.Grouping == ByStart {
		rows = order[len(order)-1].start - order[0].start + 1
	}
	if cells > maxCells || rows > maxCells || width > maxCells || tallies > maxTallies {
		return nil, fault.Of(op, "Calendar.Unit", c.cfg.Calendar.Unit, errManyCells)
	}
	for i := range width {
		t.Columns = append(t.Columns, c.layout.name(i))
	}
	for i, id := range order {
		if c.cfg.Grouping == ByStart && i > 0 {
			for empty := order[i-1].start + 1; empty < id.start; empty++ {
				t.Rows = append(t.Rows, c.named(empty, Row{Cells: []Cell{}}))
			}
		}
		row := c.cohort(cohorts[id])
		row.Key = id.key
		if c.cfg.Grouping != ByKey {
			row = c.named(id.start, row)
		}
		t.Rows = append(t.Rows, row)
	}
	return t, nil
}

// named gives a row the name of its period.
func (c *triangleCounter) named(period int, row Row) Row {
	periods := c.layout.cohorts.periods
	row.Start, row.Label = periods.Start(period), periods.Label(period)
	return row
}
