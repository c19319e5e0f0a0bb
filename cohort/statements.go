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

// statement is something that a host says of a customer: an event, a reason.
type statement struct {
	at    int64 // 0 without a time
	index int   // in the source
	slot  int32
	kind  uint32 // number of the label
}

// statements are those of one source, by customer and in order of time.
type statements struct {
	all    []statement
	starts []int // by slot, where those of the customer begin; one more for the end
	kinds  labelset.Set
	bought []bool // by slot, set during a visit: whether the customer ever bought
	rest   []bool // by kind, whether it was made one with others; nil = none was
}

// statementOf is what is read of a record.
type statementOf[K clientele.ID] struct {
	customer K
	field    string // name of the field that holds kind
	kind     string // required
	timed    bool
	at       time.Time
}

// The faults of records about customers.
var (
	errNoKind      = rule.Want(rule.Missing, "a name")
	errUnknown     = rule.Because(rule.Unknown, "not a customer", "a customer of the activity, with at least one purchase")
	errNeverBought = rule.Because(rule.Unknown, "never bought", "a customer with at least one purchase")
)

// readStatements reads records about customers of a roster.
func readStatements[K clientele.ID, T any](op string, roster *clientele.Roster[K], src iter.Seq2[T, error], of func(T) statementOf[K]) (*statements, error) {
	s := &statements{starts: make([]int, roster.Len()+1), bought: make([]bool, roster.Len())}
	var next statement
	check := func(v T) error {
		one := of(v)
		if one.kind == "" {
			return fault.Of("", one.field, one.kind, errNoKind)
		}
		if one.timed {
			if err := rule.Time(one.at); err != nil {
				return fault.Of("", "At", one.at, err)
			}
			next.at = one.at.UnixNano()
		}
		slot, ok := roster.Find(one.customer)
		if !ok {
			return fault.Of("", "Customer", one.customer, errUnknown)
		}
		next.slot, next.kind, next.index = slot, uint32(s.kinds.ID(one.kind)), len(s.all)
		return nil
	}
	for _, err := range fault.Checked(op, src, check) {
		if err != nil {
			return nil, err
		}
		s.all = append(s.all, next)
		s.starts[next.slot+1]++
	}
	for i := range roster.Len() {
		s.starts[i+1] += s.starts[i]
	}
	slices.SortFunc(s.all, func(x, y statement) int {
		return cmp.Or(cmp.Compare(x.slot, y.slot), cmp.Compare(x.at, y.at), cmp.Compare(x.index, y.index))
	})
	return s, nil
}

// of returns those of a customer.
func (s *statements) of(slot int32) []statement { return s.all[s.starts[slot]:s.starts[slot+1]] }

// checkBought refuses the first statement, by index, about a customer who never bought.
func checkBought[K clientele.ID](op string, roster *clientele.Roster[K], s *statements) error {
	first := -1
	for i, one := range s.all {
		if !s.bought[one.slot] && (first < 0 || one.index < s.all[first].index) {
			first = i
		}
	}
	if first < 0 {
		return nil
	}
	one := s.all[first]
	return &clientele.InputError{Op: op, Index: one.index, Field: "Customer", Value: roster.ID(one.slot), Err: errNeverBought}
}
