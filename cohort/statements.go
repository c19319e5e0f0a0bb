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

// statement is something a host says about a customer.
type statement struct {
	at    int64 // 0 where there is no time
	index int   // in the source
	slot  int32
	kind  uint32 // number of the label
}

// statements are those of one source, by customer and in order of time.
type statements struct {
	all    []statement
	starts []int // by slot, where those of the customer begin; one more for the end
	kinds  labelset.Set
	bought []bool // by slot, set during a walk: the customer has bought at some time
}

// statementOf says what a record is about.
type statementOf[K clientele.ID] struct {
	customer K
	field    string // that holds kind
	kind     string // required
	timed    bool
	at       time.Time
}

// readStatements reads records of customers whom the roster has.
func readStatements[K clientele.ID, T any](op string, roster *clientele.Roster[K], src iter.Seq2[T, error], of func(T) statementOf[K]) (*statements, error) {
	r := &statements{starts: make([]int, roster.Len()+1), bought: make([]bool, roster.Len())}
	var next statement
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
	slices.SortFunc(r.all, func(x, y statement) int {
		return cmp.Or(cmp.Compare(x.slot, y.slot), cmp.Compare(x.at, y.at), cmp.Compare(x.index, y.index))
	})
	return r, nil
}

// of returns those of a customer.
func (r *statements) of(slot int32) []statement { return r.all[r.starts[slot]:r.starts[slot+1]] }

// checkBought refuses the first record, by index, of a customer who never bought.
func checkBought[K clientele.ID](op string, roster *clientele.Roster[K], r *statements) error {
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
