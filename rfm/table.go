package rfm

import (
	"iter"
	"runtime"
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/exact"
	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/rule"
	"github.com/shopspring/decimal"
)

// Row is what a warehouse has computed from one customer's purchases: all that [NewTable]
// knows about the customer.
type Row[K clientele.ID] struct {
	Customer  K               `json:"customer"`  // Customer is the id; each has one row.
	Recency   float64         `json:"recency"`   // Recency is the number of days since the last purchase, counted as the warehouse does; 0 or more.
	Frequency int             `json:"frequency"` // Frequency is the number of purchases; 1 or more.
	Monetary  decimal.Decimal `json:"monetary"`  // Monetary is the net money of all purchases of the customer: a total, not an average.

	// Tenure is the number of days since the first purchase, at least Recency; 0 = not known.
	// Plans that measure Rhythm, MeanInterval or purchases per year need it.
	Tenure float64 `json:"tenure,omitempty"`
}

// Table is a customer base known by one row a customer, without purchases. Make it with
// [NewTable]. [Table.Fit] and [Table.Grade] do what [Fit] and [Grade] do with a [Base]. A
// table has no medians, windows, [Falling] or [Degrading], which need the purchases. It is
// immutable and safe for concurrent use.
type Table[K clientele.ID] struct {
	roster *clientele.Roster[K]
	asOf   time.Time
	rows   []Row[K]
}

// NewTable reads a base that a warehouse has summed up already, as of a moment: one row a
// customer with recency, frequency and monetary. [Table.Fit] cuts its levels, and
// [Table.Grade] grades it by these or by any other frozen scales.
//
// The first row that cannot be used ends the reading with an InputError that has its
// position: a recency below 0, a frequency below 1 (a customer without a purchase is in no
// base: leave the row out), a tenure shorter than the recency, money of 10^200 or more, a
// customer who has a row already ([clientele.ErrDuplicate]). If there is no row, the error is
// [clientele.ErrEmpty].
func NewTable[K clientele.ID](asOf time.Time, src iter.Seq2[Row[K], error]) (*Table[K], error) {
	const op = "rfm.NewTable"
	if err := rule.AsOf(asOf); err != nil {
		return nil, fault.Of(op, "asOf", asOf, err)
	}
	if src == nil {
		return nil, fault.Of(op, "src", nil, errNoRows)
	}
	t := &Table[K]{roster: new(clientele.Roster[K]), asOf: rule.Moment(asOf.UnixNano())}
	for row, err := range fault.Checked(op, src, t.check) {
		if err != nil {
			return nil, err
		}
		t.roster.Slot(row.Customer)
		t.rows = append(t.rows, row)
	}
	if len(t.rows) == 0 {
		return nil, fault.Of(op, "src", nil, errEmptyTable)
	}
	return t, nil
}

// check refuses a row that cannot be used.
func (t *Table[K]) check(row Row[K]) error {
	if _, known := t.roster.Find(row.Customer); known {
		return flaw("Customer", row.Customer, errSameRow)
	}
	if err := rule.AtLeastZero(row.Recency, "0 days or more"); err != nil {
		return flaw("Recency", row.Recency, err)
	}
	if row.Frequency < 1 {
		return flaw("Frequency", row.Frequency, errNoPurchase)
	}
	switch x := row.Tenure; {
	case !rule.IsFinite(x):
		return flaw("Tenure", x, rule.Want(clientele.ErrNotFinite, "a number of days, or 0 where it is not known"))
	case x != 0 && x < row.Recency, x < 0:
		return flaw("Tenure", x, rule.Because(clientele.ErrRange, "shorter than the recency", "%v days or more, or 0 where it is not known", row.Recency))
	}
	if err := rule.Amount(row.Monetary); err != nil {
		return flaw("Monetary", row.Monetary, err)
	}
	if err := rule.Size(row.Monetary); err != nil {
		return flaw("Monetary", row.Monetary, err)
	}
	return nil
}

var (
	errNoRows     = rule.Want(clientele.ErrMissing, "rows, such as clientele.All of a slice or clientele.Query of a database")
	errEmptyTable = rule.Because(clientele.ErrEmpty, "no rows", "a row a customer")
	errSameRow    = rule.Because(clientele.ErrDuplicate, "another row is of the same customer", "one row a customer")
	errNoPurchase = rule.Because(clientele.ErrRange, "a customer without a purchase is in no base", "1 purchase or more, or no row")
	errNoTable    = rule.Want(clientele.ErrMissing, "a table made by NewTable")
	errNoMedian   = rule.Because(clientele.ErrMismatch, "rows have no medians", "%v or %v", AverageReceipt, Total)
	errNoTenure   = rule.Because(clientele.ErrMismatch, "the plan needs the days since the first purchase",
		"the Tenure of every customer, or a plan that measures the recency %v and no purchases per year", SinceLast)
)

// made reports whether the table was made by NewTable.
func (t *Table[K]) made() bool { return t != nil && t.roster != nil }

// Len is the number of customers.
func (t *Table[K]) Len() int {
	if !t.made() {
		return 0
	}
	return len(t.rows)
}

// Fit freezes a plan over the table, as [Fit] does over a base. It returns
// [clientele.ErrMismatch] if the plan measures what rows do not contain: medians, and
// rhythm, mean intervals or purchases per year where a customer has no Tenure. Days are
// those of the rows, whatever Measure.Days says.
func (t *Table[K]) Fit(plan Plan) (*Scales, error) {
	const op = "rfm.Table.Fit"
	faults := clientele.ConfigError{Op: op}
	plan.faults(&faults)
	if err := faults.Err(); err != nil {
		return nil, err
	}
	if !t.made() {
		return nil, fault.Of(op, "table", nil, errNoTable)
	}
	all, err := t.measure(op, plan.Measure)
	if err != nil {
		return nil, err
	}
	return fitScales(op, plan.clone(), all, runtime.GOMAXPROCS(0))
}

// Grade scores all customers of the table. The state's reports have the purchases
// and the revenue of the rows, which are of all time. The errors are those of [Table.Fit].
func (t *Table[K]) Grade(scales *Scales) (*State[K], error) {
	const op = "rfm.Table.Grade"
	if err := scales.usable(op); err != nil {
		return nil, err
	}
	if !t.made() {
		return nil, fault.Of(op, "table", nil, errNoTable)
	}
	all, err := t.measure(op, scales.plan.Measure)
	if err != nil {
		return nil, err
	}
	s := &State[K]{
		roster: t.roster, scales: scales, cfg: Config{AsOf: t.asOf}, values: all,
		cells: make([]uint16, len(t.rows)), totals: make([]aggregate, len(scales.scores)),
	}
	sleeps := scales.sleeps()
	s.pastYears = true
	for i, row := range t.rows {
		s.cells[i] = uint16(scales.cellOf(all.at(int32(i))))
		a := &s.totals[s.cells[i]]
		a.customers++
		a.purchases += int64(row.Frequency)
		s.wide.Add(&a.revenue, row.Monetary)
		s.wide.Add(&a.allTime, row.Monetary)
		if !sleeps[s.cells[i]] {
			continue
		}
		s.pastYears = s.pastYears && row.tellsYears()
		var money exact.Sum
		s.wide.Add(&money, row.Monetary)
		a.addPerYear(&s.wide, &s.wide, money, (row.Tenure-row.Recency)*dayNanos)
		s.wide.Drop(&money)
	}
	return s, nil
}

// measure takes the values of all customers.
func (t *Table[K]) measure(op string, by Measure) (*measurements, error) {
	if by.Monetary == Median {
		return nil, fault.Of(op, "Measure.Monetary", by.Monetary, errNoMedian)
	}
	all := newMeasurements(0)
	for i := range t.rows {
		row := &t.rows[i]
		if row.Tenure == 0 && row.Recency > 0 && row.wantsTenure(by) {
			return nil, &clientele.InputError{Op: op, Index: i, Field: "Tenure", Value: row.Tenure, Err: errNoTenure}
		}
		all.add(row.values(by))
	}
	return all, nil
}

// tellsYears reports whether the row says in how many years the customer bought.
func (r *Row[K]) tellsYears() bool { return r.Frequency == 1 || r.Tenure > 0 || r.Recency == 0 }

// wantsTenure reports whether a measure needs to know when the customer came.
func (r *Row[K]) wantsTenure(by Measure) bool {
	return by.Frequency == PerYear || r.Frequency > 1 && (by.Frequency == PerActiveYear || by.Recency != SinceLast)
}

// values measures a customer; what the measure needs is known.
func (r *Row[K]) values(by Measure) Values {
	v := Values{Recency: r.Recency, Frequency: float64(r.Frequency)}
	if by.Recency != SinceLast && r.Frequency > 1 {
		v.Recency = (max(r.Tenure, r.Recency) - r.Recency) / float64(r.Frequency-1)
		if by.Recency == Rhythm {
			v.Recency = max(v.Recency, r.Recency)
		}
	}
	const year = yearNanos / dayNanos
	switch by.Frequency {
	case PerYear:
		v.Frequency /= max(1, r.Tenure/year)
	case PerActiveYear:
		v.Frequency /= max(1, (r.Tenure-r.Recency)/year)
	}
	var wide exact.Wide
	var sum exact.Sum
	wide.Add(&sum, r.Monetary)
	if by.Monetary == Total {
		v.Monetary = wide.Float(sum)
	} else {
		v.Monetary = wide.Ratio(sum, int64(r.Frequency))
	}
	return v
}
