package cohort

import (
	"cmp"
	"iter"
	"slices"
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/labelset"
	"github.com/clientele-go/clientele/internal/rule"
)

// record is something a host says about a customer.
type record struct {
	at    int64 // 0 where there is no time
	index int   // in the source
	slot  int32
	kind  uint32 // number of the label
}

// records are those of one source, by customer and in order of time.
type records struct {
	all    []record
	starts []int // by slot, where those of the customer begin; one more for the end
	kinds  labelset.Set
	bought []bool // by slot, set during a walk: the customer has bought at some time
}

// recordOf says what a record is about.
type recordOf[K clientele.ID] struct {
	customer K
	field    string // that holds kind
	kind     string // required
	timed    bool
	at       time.Time
}

// readRecords reads records of customers whom the roster has.
func readRecords[K clientele.ID, T any](op string, roster *clientele.Roster[K], src iter.Seq2[T, error], of func(T) recordOf[K]) (*records, error) {
	r := &records{starts: make([]int, roster.Len()+1), bought: make([]bool, roster.Len())}
	var next record
	check := func(v T) error {
		one := of(v)
		if one.kind == "" {
			return &clientele.InputError{Index: -1, Field: one.field, Value: one.kind, Err: clientele.ErrMissing}
		}
		if one.timed {
			if err := rule.Time(one.at); err != nil {
				return &clientele.InputError{Index: -1, Field: "At", Value: one.at, Err: err}
			}
			next.at = one.at.UnixNano()
		}
		slot, ok := roster.Find(one.customer)
		if !ok {
			return &clientele.InputError{Index: -1, Field: "Customer", Value: one.customer, Err: clientele.ErrUnknown}
		}
		next.slot, next.kind, next.index = slot, uint32(r.kinds.ID(one.kind)), len(r.all)
		return nil
	}
	for _, err := range fault.Checked(op, src, check) {
		if err != nil {
			return nil, err
		}
		r.all = append(r.all, next)
		r.starts[next.slot+1]++
	}
	for i := range roster.Len() {
		r.starts[i+1] += r.starts[i]
	}
	slices.SortFunc(r.all, func(x, y record) int {
		return cmp.Or(cmp.Compare(x.slot, y.slot), cmp.Compare(x.at, y.at), cmp.Compare(x.index, y.index))
	})
	return r, nil
}

// of returns those of a customer.
func (r *records) of(slot int32) []record { return r.all[r.starts[slot]:r.starts[slot+1]] }

// checkBought refuses the first record, by index, of a customer who never bought.
func checkBought[K clientele.ID](op string, roster *clientele.Roster[K], r *records) error {
	first := -1
	for i, one := range r.all {
		if !r.bought[one.slot] && (first < 0 || one.index < r.all[first].index) {
			first = i
		}
	}
	if first < 0 {
		return nil
	}
	one := r.all[first]
	return &clientele.InputError{Op: op, Index: one.index, Field: "Customer", Value: roster.ID(one.slot), Err: errNeverBought}
}
