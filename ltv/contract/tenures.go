package contract

import (
	"encoding/json"
	"fmt"
	"iter"
	"math"
	"slices"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/rule"
	"github.com/clientele-go/clientele/internal/strict"
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

// maxTenure bounds the tables that are indexed by periods: days of 179 years.
const maxTenure = 1 << 16

var errTooLong = rule.Want(clientele.ErrRange, "at most %d periods", maxTenure)

// NewTenures makes the tenures of a cohort: survivors[t] of its customers were
// still there after t periods, so survivors[0] is the size of the cohort and the
// last is how many are active now. There is at least one period, and survivors never
// grow: a [clientele.InputError] has the index of the first that is at fault.
func NewTenures(survivors []int) (Tenures, error) {
	var d Tenures
	err := d.add("contract.NewTenures", survivors)
	return d, err
}

// Add adds a cohort; survivors and errors are those of [NewTenures]. An error changes
// nothing.
func (d *Tenures) Add(survivors []int) error { return d.add("contract.Tenures.Add", survivors) }

func (d *Tenures) add(op string, survivors []int) error {
	if len(survivors) < 2 {
		return fault.Of(op, "survivors", len(survivors), rule.Because(clientele.ErrEmpty, "no period was observed", "the size of the cohort, then one number for each period"))
	}
	if len(survivors)-1 > maxTenure {
		return fault.Of(op, "survivors", len(survivors), errTooLong)
	}
	for t, n := range survivors {
		var refused error
		switch {
		case n < 0:
			refused = rule.Want(clientele.ErrNegative, "0 customers or more")
		case t == 0 && n == 0:
			refused = rule.ErrNobody
		case t == 0 || n <= survivors[t-1]:
			continue
		default:
			refused = rule.Because(clientele.ErrRange, "more survivors than a period before", "at most %d, since nobody comes back under a contract that ended", survivors[t-1])
		}
		return &clientele.InputError{Op: op, Index: t, Field: "survivors", Value: n, Err: refused}
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

// CountSpells makes the tenures of single customers, each a spell: the number of periods,
// and whether the customer left at the end of the last one rather than being active
// still. It stops at the first pair that is not possible, periods below 0 or none for a
// customer who has left, with a [clientele.InputError].
func CountSpells(spells iter.Seq2[int, bool]) (Tenures, error) {
	const op = "contract.CountSpells"
	var d Tenures
	if spells == nil {
		return d, fault.Of(op, "spells", nil, rule.Want(clientele.ErrMissing, "a sequence of periods, each with whether the customer left"))
	}
	i := 0
	err := d.collect(op, func(put func(periods int, ended bool, n int) error) error {
		for periods, ended := range spells {
			if err := put(periods, ended, 1); err != nil {
				return fault.Placed(op, i, err)
			}
			i++
		}
		return nil
	})
	return d, err
}

// AddCustomers adds n customers, at least one, who have stayed for the number of
// periods, and who left at the end of the last one or are active still. It
// returns a [clientele.InputError], and changes nothing, for fewer customers
// than one, for periods below 0, and for 0 periods of customers who have left.
func (d *Tenures) AddCustomers(periods int, ended bool, n int) error {
	const op = "contract.Tenures.AddCustomers"
	if n < 1 {
		return fault.Of(op, "n", n, rule.Want(clientele.ErrRange, "1 customer or more"))
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
	switch {
	case periods < 0:
		return fault.Of(op, "periods", periods, rule.Want(clientele.ErrNegative, "0 periods or more"))
	case periods > maxTenure:
		return fault.Of(op, "periods", periods, errTooLong)
	case periods == 0 && ended:
		return fault.Of(op, "periods", periods, rule.Want(clientele.ErrRange, "1 period or more of a customer who has left"))
	case n > math.MaxInt-d.customers:
		return fault.Of(op, "n", n, rule.Want(clientele.ErrRange, "at most %d customers in all", math.MaxInt))
	}
	if more := periods + 1 - len(d.left); more > 0 {
		d.left, d.active = append(d.left, make([]int64, more)...), append(d.active, make([]int64, more)...)
	}
	if ended {
		d.left[periods] += n
	} else {
		d.active[periods] += n
	}
	d.customers += n
	return nil
}

// tenuresJSON is the JSON form of [Tenures]: numbers of customers by number of periods,
// from 0.
type tenuresJSON struct {
	Left   []int64 `json:"left"`
	Active []int64 `json:"active"`
}

// MarshalJSON writes how many customers left at the end of 0, 1, 2 … periods (for 0 always
// none), and how many were still active after as many.
func (d Tenures) MarshalJSON() ([]byte, error) { return json.Marshal(tenuresJSON{d.left, d.active}) }

// UnmarshalJSON reads what MarshalJSON writes. Anything else returns
// [clientele.ErrEncoding] and leaves the tenures as they were.
func (d *Tenures) UnmarshalJSON(data []byte) error {
	const op = "contract.Tenures.UnmarshalJSON"
	var doc tenuresJSON
	if err := strict.Into[clientele.InputError](op, data, &doc); err != nil {
		return fault.Encoding(op, err)
	}
	if len(doc.Left) != len(doc.Active) {
		return fault.Encoding(op, fault.Of("", "active", len(doc.Active), rule.Because(clientele.ErrMismatch, "another length than left", "%d numbers", len(doc.Left))))
	}
	var sum Tenures
	for t := range doc.Left {
		for _, part := range []struct {
			field string
			ended bool
			n     int64
		}{{"left", true, doc.Left[t]}, {"active", false, doc.Active[t]}} {
			switch field := fmt.Sprintf("%s[%d]", part.field, t); {
			case part.n < 0:
				return fault.Encoding(op, fault.Of("", field, part.n, rule.Want(clientele.ErrNegative, "0 customers or more")))
			case part.n > 0:
				if err := sum.put(op, t, part.ended, part.n); err != nil {
					return fault.Encoding(op, err)
				}
			}
		}
	}
	*d = sum
	return nil
}

// Len returns the number of customers.
func (d Tenures) Len() int { return int(d.customers) }

// Periods returns the greatest number of periods for which anybody was observed.
func (d Tenures) Periods() int { return max(0, len(d.left)-1) }

// All yields for each number of periods, ascending from 0, how many customers left at
// the end of the last of these periods and how many were still active after it when
// their observation ended.
func (d Tenures) All() iter.Seq2[int, TenureCount] {
	return func(yield func(int, TenureCount) bool) {
		for t := range d.left {
			if !yield(t, TenureCount{Left: int(d.left[t]), Active: int(d.active[t])}) {
				return
			}
		}
	}
}

// TenureCount holds how many customers have one tenure.
type TenureCount struct {
	Left   int `json:"left"`   // number of customers who left at the end of this tenure
	Active int `json:"active"` // number of customers who had this tenure and were still there when last observed
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
