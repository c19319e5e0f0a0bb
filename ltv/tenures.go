package ltv

import (
	"fmt"
	"iter"
	"math"
	"slices"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/rule"
	"github.com/clientele-go/clientele/ltv/internal/likelihood"
)

// Tenures are how long customers stayed under contracts, in periods, as counts:
// how many left at the end of each period, and how many were still there when the
// observation ended. Cohorts may have been observed for different times. The zero
// Tenures are empty and ready.
type Tenures struct {
	left      []int64 // left[t] left at the end of period t, counted from 1
	active    []int64 // active[t] had stayed t periods when their observation ended
	customers int64
}

// maxTenure bounds the tables that are indexed by periods.
const maxTenure = 1 << 20

var (
	errTooLong  = rule.Want(clientele.ErrRange, "at most %d periods", maxTenure)
	errNoSource = rule.Want(clientele.ErrMissing, "a source of random numbers, such as rand.NewPCG(1, 2)")
)

// FromSurvivors makes the tenures of a cohort: survivors[t] of its customers were
// still there after t periods, so survivors[0] is the size of the cohort and the
// last is how many are active now. There is at least one period, and survivors never
// grow: an InputError has the index of the first that is at fault.
func FromSurvivors(survivors []int) (Tenures, error) {
	var d Tenures
	err := d.add("ltv.FromSurvivors", survivors)
	return d, err
}

// Add adds a cohort, as [FromSurvivors] makes one.
func (d *Tenures) Add(survivors []int) error { return d.add("ltv.Tenures.Add", survivors) }

func (d *Tenures) add(op string, survivors []int) error {
	if len(survivors) < 2 {
		return &clientele.InputError{Op: op, Index: -1, Field: "survivors", Value: len(survivors), Err: clientele.ErrEmpty}
	}
	if len(survivors)-1 > maxTenure {
		return &clientele.InputError{Op: op, Index: -1, Field: "survivors", Value: len(survivors), Err: clientele.ErrRange}
	}
	for t, n := range survivors {
		fault := errGrowing
		switch {
		case n < 0:
			fault = clientele.ErrNegative
		case t == 0 && n == 0:
			fault = clientele.ErrEmpty
		case t == 0 || n <= survivors[t-1]:
			continue
		}
		return &clientele.InputError{Op: op, Index: t, Field: "survivors", Value: n, Err: fault}
	}
	return d.collect(op, func(put func(periods int, ended bool, n int) error) error {
		for t, n := range survivors[1:] {
			if err := put(t+1, true, survivors[t]-n); err != nil {
				return err
			}
		}
		return put(len(survivors)-1, false, survivors[len(survivors)-1])
	})
}

// errGrowing: nobody comes back under a contract that ended.
var errGrowing = fmt.Errorf("%w: more survivors than a period before", clientele.ErrRange)

// FromSpells makes the tenures of single customers: for each the number of
// periods, and whether the customer left at the end of the last of these rather than
// being active still. The first pair that is not possible ends it with an InputError:
// periods below 0, or none for a customer who has left.
func FromSpells(spells iter.Seq2[int, bool]) (Tenures, error) {
	const op = "ltv.FromSpells"
	var d Tenures
	i := 0
	err := d.collect(op, func(put func(periods int, ended bool, n int) error) error {
		for periods, ended := range spells {
			if err := put(periods, ended, 1); err != nil {
				return indexed(i, err)
			}
			i++
		}
		return nil
	})
	return d, err
}

// AddCustomers adds n customers, at least one, who have stayed for the number of
// periods, and who left at the end of the last of these or are active still.
func (d *Tenures) AddCustomers(periods int, ended bool, n int) error {
	const op = "ltv.Tenures.AddCustomers"
	if n < 1 {
		return &clientele.InputError{Op: op, Index: -1, Field: "n", Value: n, Err: clientele.ErrRange}
	}
	return d.collect(op, func(put func(periods int, ended bool, n int) error) error { return put(periods, ended, n) })
}

// collect adds what fill puts: all of it, or nothing where fill fails. Copies of the
// tenures keep what they had.
func (d *Tenures) collect(op string, fill func(put func(periods int, ended bool, n int) error) error) error {
	sum := Tenures{slices.Clone(d.left), slices.Clone(d.active), d.customers}
	err := fill(func(periods int, ended bool, n int) error { return sum.put(op, periods, ended, int64(n)) })
	if err != nil {
		return err
	}
	*d = sum
	return nil
}

func (d *Tenures) put(op string, periods int, ended bool, n int64) error {
	fault := func(field string, value any, err error) error {
		return &clientele.InputError{Op: op, Index: -1, Field: field, Value: value, Err: err}
	}
	switch {
	case periods < 0:
		return fault("periods", periods, clientele.ErrNegative)
	case periods > maxTenure, periods == 0 && ended:
		return fault("periods", periods, clientele.ErrRange)
	case n > math.MaxInt-d.customers:
		return fault("n", n, clientele.ErrRange)
	}
	for len(d.left) <= periods {
		d.left, d.active = append(d.left, 0), append(d.active, 0)
	}
	if ended {
		d.left[periods] += n
	} else {
		d.active[periods] += n
	}
	d.customers += n
	return nil
}

// Len returns the number of customers.
func (d Tenures) Len() int { return int(d.customers) }

// Periods returns the longest time that anybody was observed.
func (d Tenures) Periods() int { return max(0, len(d.left)-1) }

// All yields for each number of periods, ascending from 0, how many customers left at
// the end of the last of them and how many were active after it when their
// observation ended.
func (d Tenures) All() iter.Seq2[int, TenureCount] {
	return func(yield func(int, TenureCount) bool) {
		for t := range d.left {
			if !yield(t, TenureCount{Left: int(d.left[t]), Active: int(d.active[t])}) {
				return
			}
		}
	}
}

// TenureCount is how many customers have one tenure.
type TenureCount struct {
	Left   int `json:"left"`   // at its end
	Active int `json:"active"` // after it, when observation ended
}

// renewals are the periods to whose end anybody came.
func (d Tenures) renewals() (all []likelihood.Renewal) {
	stayed := int64(0)
	for t := len(d.left) - 1; t >= 1; t-- {
		stayed += d.active[t]
		if d.left[t]+stayed > 0 {
			all = append(all, likelihood.Renewal{Period: float64(t), Left: float64(d.left[t]), Stayed: float64(stayed)})
		}
		stayed += d.left[t]
	}
	slices.Reverse(all)
	return all
}
