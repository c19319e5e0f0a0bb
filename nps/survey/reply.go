package survey

import (
	"cmp"
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

// Reply is the answer of a customer who is known, unlike [nps.Answer]: what [FollowUp]
// acts on, and what [ReportLoop] and [WordOfMouth] compare with what came later. Survey,
// Comment and Value only matter for the task.
type Reply struct {
	Customer string    `json:"customer"` // id of the customer; required
	At       time.Time `json:"at"`       // when the customer answered; required
	Answer   int       `json:"answer"`   // the answer, on the scale

	Survey  string           `json:"survey,omitempty"`  // name of the survey
	Comment string           `json:"comment,omitempty"` // what the customer wrote
	Value   *decimal.Decimal `json:"value,omitempty"`   // what the customer is worth, for LoopConfig.Priorities; nil = not known
}

// check returns the attitude of the customer or what is wrong with the reply.
func (r *Reply) check(op string, scale nps.Scale) (nps.Attitude, error) {
	if r.Customer == "" {
		return 0, fault.Of(op, "Customer", nil, errNoCustomer)
	}
	if err := rule.Time(r.At); err != nil {
		return 0, fault.Of(op, "At", r.At, err)
	}
	attitude, ok := scale.Classify(r.Answer)
	if !ok {
		scale = cmp.Or(scale, nps.Standard())
		return 0, fault.Of(op, "Answer", r.Answer, rule.Because(rule.Range, "off the scale", "a whole number from %d to %d", scale.Min, scale.Max))
	}
	if r.Value != nil {
		if err := rule.Amount(*r.Value); err != nil {
			return 0, fault.Of(op, "Value", *r.Value, err)
		}
	}
	return attitude, nil
}

var errNoCustomer = rule.Want(rule.Missing, "the id of the customer")

// replyTable has the replies up to a moment, each customer's in order of time.
type replyTable struct {
	who   labelset.Set
	rows  []replyRow
	ends  []int // in rows, by customer
	later int   // replies after that moment
}

type replyRow struct {
	at       int64
	index    int // in the source
	who      int32
	answer   int16
	attitude nps.Attitude
}

// readReplies reads a source. Two replies of a customer at the same moment have no
// order: the later of the source is a duplicate.
func readReplies(op string, src iter.Seq2[Reply, error], scale nps.Scale, asOf int64) (*replyTable, error) {
	table, i := new(replyTable), -1
	var attitude nps.Attitude
	check := func(r Reply) (err error) {
		attitude, err = r.check("", scale)
		return err
	}
	for r, err := range fault.Checked(op, src, check) {
		if err != nil {
			return nil, err
		}
		i++
		at := r.At.UnixNano()
		if at > asOf {
			table.later++
			continue
		}
		table.rows = append(table.rows, replyRow{at, i, table.who.ID(r.Customer), int16(r.Answer), attitude})
	}
	return table, table.sort(op)
}

// sort sorts the rows, finds where each customer's end, and refuses duplicates.
func (t *replyTable) sort(op string) error {
	slices.SortFunc(t.rows, func(a, b replyRow) int {
		return cmp.Or(cmp.Compare(a.who, b.who), cmp.Compare(a.at, b.at), cmp.Compare(a.index, b.index))
	})
	t.ends = make([]int, len(t.who.Names()))
	for i, r := range t.rows {
		if i > 0 && r.who == t.rows[i-1].who && r.at == t.rows[i-1].at {
			return &clientele.InputError{
				Op: op, Index: r.index, Field: "At", Value: rule.Moment(r.at),
				Err: rule.Because(rule.Duplicate, "another reply of the customer at the same moment", "the last one alone, of customer %q", t.who.Names()[r.who]),
			}
		}
		t.ends[r.who] = i + 1
	}
	return nil
}

// all yields the replies of each customer.
func (t *replyTable) all() iter.Seq2[int32, []replyRow] {
	return func(yield func(int32, []replyRow) bool) {
		begin := 0
		for who, end := range t.ends {
			if !yield(int32(who), t.rows[begin:end]) {
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
	if fault.AddBounds(faults, "", s.since, s.until) && !s.since.Before(s.until) {
		faults.Add("Until", s.until, rule.Because(rule.Range, "not after Since", "a moment after %v, or none", s.since))
	}
}

// holds reports whether a moment is in the span.
func (s replySpan) holds(at int64) bool {
	return (s.since.IsZero() || at >= s.since.UnixNano()) && (s.until.IsZero() || at < s.until.UnixNano())
}

// passed is the time from one moment to a later one.
func passed(from, to int64) uint64 { return uint64(to) - uint64(from) }
