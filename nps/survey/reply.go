package survey

import (
	"cmp"
	"fmt"
	"iter"
	"slices"
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/labelset"
	"github.com/clientele-go/clientele/internal/rule"
	"github.com/clientele-go/clientele/nps"
	"github.com/shopspring/decimal"
)

// Reply is the answer of a customer who is known: what [FollowUp] acts on, and what
// [ReportLoop] and [WordOfMouth] compare with what came later.
type Reply struct {
	Customer string    `json:"customer"` // required
	At       time.Time `json:"at"`
	Answer   int       `json:"answer"`

	// For the task alone.
	Survey  string           `json:"survey,omitempty"`
	Comment string           `json:"comment,omitempty"`
	Value   *decimal.Decimal `json:"value,omitempty"` // what the customer is worth; nil = not known
}

// check returns the role of the customer or what is wrong with the reply.
func (r *Reply) check(op string, scale nps.Scale) (nps.Attitude, error) {
	refuse := func(field string, value any, err error) (nps.Attitude, error) {
		return 0, fault.Of(op, field, value, err)
	}
	if r.Customer == "" {
		return refuse("Customer", nil, clientele.ErrMissing)
	}
	if err := rule.Time(r.At); err != nil {
		return refuse("At", r.At, err)
	}
	scale = cmp.Or(scale, nps.Standard())
	role, ok := scale.Classify(r.Answer)
	if !ok {
		return refuse("Answer", r.Answer, rule.Want(rule.Range, "an answer from %d to %d", scale.Min, scale.Max))
	}
	if r.Value != nil {
		if err := rule.Amount(*r.Value); err != nil {
			return refuse("Value", *r.Value, err)
		}
	}
	return role, nil
}

// replyTable are the replies up to a moment, each customer's in order of time.
type replyTable struct {
	who   labelset.Set
	rows  []loggedReply
	ends  []int // in rows, by customer
	later int   // replies after that moment
}

type loggedReply struct {
	at       int64
	index    int // in the source
	who      int32
	answer   int16
	attitude nps.Attitude
}

// readReplies reads a source. Two replies of a customer at the same moment have no
// order: the later of the source is a duplicate.
func readReplies(op string, src iter.Seq2[Reply, error], scale nps.Scale, asOf int64) (*replyTable, error) {
	log, i := new(replyTable), -1
	var role nps.Attitude
	check := func(r Reply) (err error) {
		role, err = r.check("", scale)
		return err
	}
	for r, err := range fault.Checked(op, src, check) {
		if err != nil {
			return nil, err
		}
		i++
		at := r.At.UnixNano()
		if at > asOf {
			log.later++
			continue
		}
		log.rows = append(log.rows, loggedReply{at, i, log.who.ID(r.Customer), int16(r.Answer), role})
	}
	slices.SortFunc(log.rows, func(a, b loggedReply) int {
		return cmp.Or(cmp.Compare(a.who, b.who), cmp.Compare(a.at, b.at), cmp.Compare(a.index, b.index))
	})
	log.ends = make([]int, len(log.who.Names()))
	for i, r := range log.rows {
		if i > 0 && r.who == log.rows[i-1].who && r.at == log.rows[i-1].at {
			return nil, &clientele.InputError{
				Op: op, Index: r.index, Field: "At", Value: time.Unix(0, r.at).UTC(),
				Err: fmt.Errorf("%w: another reply of %q at the same moment", clientele.ErrDuplicate, log.who.Names()[r.who]),
			}
		}
		log.ends[r.who] = i + 1
	}
	return log, nil
}

// all yields the replies of each customer.
func (l *replyTable) all() iter.Seq2[int32, []loggedReply] {
	return func(yield func(int32, []loggedReply) bool) {
		begin := 0
		for who, end := range l.ends {
			if !yield(int32(who), l.rows[begin:end]) {
				return
			}
			begin = end
		}
	}
}

// replySpan is the time from which answers are taken: since ≤ At < until.
type replySpan struct{ since, until time.Time }

// check notes bounds that are unusable; zero = no bound.
func (s replySpan) check(faults *clientele.ConfigError) {
	usable := true
	for _, bound := range []struct {
		field string
		at    time.Time
	}{{"Since", s.since}, {"Until", s.until}} {
		if bound.at.IsZero() {
			usable = false
		} else if err := rule.Time(bound.at); err != nil {
			faults.Add(bound.field, bound.at, err)
			usable = false
		}
	}
	if usable && !s.since.Before(s.until) {
		faults.Add("Until", s.until, fmt.Errorf("%w: not after Since", clientele.ErrRange))
	}
}

// holds reports whether a moment is in the span.
func (s replySpan) holds(at int64) bool {
	return (s.since.IsZero() || at >= s.since.UnixNano()) && (s.until.IsZero() || at < s.until.UnixNano())
}

// passed is the time from one moment to another that is none before.
func passed(from, to int64) uint64 { return uint64(to) - uint64(from) }
