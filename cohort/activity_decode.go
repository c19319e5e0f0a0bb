package cohort

import (
	"cmp"

	"github.com/clientele-go/clientele/internal/codec"
	"github.com/clientele-go/clientele/internal/exact"
	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/rule"
	"github.com/clientele-go/clientele/internal/wire"
	"github.com/shopspring/decimal"
)

// The least bytes of the records of a form.
const (
	leastLabel    = 1
	leastCustomer = 3
	leastPurchase = 3
)

// UnmarshalBinary replaces the activity with a decoded one, which gets a roster of its
// own. Anything but a whole, valid form is [clientele.ErrEncoding] and leaves a as it
// was. Memory is bounded by some fifty times len(data).
func (a *Activity[K]) UnmarshalBinary(data []byte) error {
	const op = "cohort.Activity.UnmarshalBinary"
	r := newReader(data, activityMagic)
	var decoded Activity[K]
	roster, ok := codec.Customers[K](r.Reader, leastCustomer, func(slot int32) bool {
		before := decoded.book.n
		at, enrolled := r.record(&decoded.book, slot)
		if !enrolled {
			return decoded.book.n > before
		}
		return decoded.enrol(op, slot, at) == nil
	})
	if !ok || !r.done() {
		return fault.Encoding(op, nil)
	}
	decoded.roster = roster
	*a = decoded
	return nil
}

// reader reads what a writer writes, and fails on anything else.
type reader struct {
	*wire.Reader
	names []string
	used  []bool
	wide  exact.Wide
}

// newReader reads the head of a form.
func newReader(data []byte, magic string) *reader {
	r := &reader{Reader: wire.NewReader(data)}
	r.Expect(magic)
	n := r.Count(leastLabel)
	r.names, r.used = make([]string, 0, n), make([]bool, n)
	for i := range n {
		name := r.Text()
		if i > 0 && r.names[i-1] >= name {
			r.Fail()
		}
		r.names = append(r.names, name)
	}
	return r
}

// done reports whether the form was valid and is at its end.
func (r *reader) done() bool {
	for _, used := range r.used {
		if !used {
			return false
		}
	}
	return r.Done()
}

// record reads a customer into a slot of a log.
func (r *reader) record(l *book, slot int32) (at int64, enrolled bool) {
	if enrolled = r.Bool(); enrolled {
		at = r.time(r.Int())
	}
	n := r.Count(leastPurchase)
	var before decodedPayment
	for i := range n {
		p := r.purchase(before.at, i == 0)
		if i > 0 && p.compare(&before) < 0 {
			r.Fail()
		}
		if !r.Ok() {
			return at, enrolled
		}
		l.append(slot, p.at, p.amount, p.label)
		before = p
	}
	return at, enrolled
}

// decodedPayment is what an entry stands for.
type decodedPayment struct {
	at     int64
	amount decimal.Decimal
	label  string
}

// compare orders purchases as log.compare does entries.
func (p *decodedPayment) compare(o *decodedPayment) int {
	return cmp.Or(cmp.Compare(p.at, o.at), p.amount.Cmp(o.amount), cmp.Compare(p.label, o.label))
}

// purchase reads one; the first of a customer has a time of its own.
func (r *reader) purchase(before int64, first bool) (p decodedPayment) {
	if first {
		p.at = r.time(r.Int())
	} else {
		p.at = r.time(before + int64(r.UintMax(1<<63-1)))
	}
	sum, rest, ok := r.wide.Cut(r.Rest())
	r.Skip(rest, ok)
	p.amount = r.wide.Decimal(sum)
	r.wide.Drop(&sum)
	if rule.Amount(p.amount) != nil || checkAmount("", -1, p.amount) != nil {
		r.Fail()
	}
	place := r.Uint()
	if place >= uint64(len(r.names)) {
		r.Fail()
		return p
	}
	p.label, r.used[place] = r.names[place], true
	return p
}

// time passes a moment that is in range.
func (r *reader) time(at int64) int64 {
	if rule.Time(rule.Moment(at)) != nil {
		r.Fail()
	}
	return at
}
