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

// The smallest sizes in bytes of parts of a form.
const (
	minCustomer = 3
	minPayment  = 3
)

// UnmarshalBinary replaces the activity with a decoded one, which gets a roster of its
// own. If data is not a whole and valid form, it returns [clientele.ErrEncoding] and
// leaves a as it was. It needs at most some fifty times the memory of data.
func (a *Activity[K]) UnmarshalBinary(data []byte) error {
	const op = "cohort.Activity.UnmarshalBinary"
	if err := a.exists(op); err != nil {
		return err
	}
	r := newReader(data, activityMagic)
	var decoded Activity[K]
	roster, ok := codec.Customers[K](r.Reader, minCustomer, func(slot int32) bool {
		before := decoded.book.n
		at, enrolled := r.record(&decoded.book, slot)
		if !enrolled {
			return decoded.book.n > before
		}
		decoded.setEnrolled(slot, at)
		return true
	})
	if !ok || !r.done() {
		return fault.Encoding(op, errForm)
	}
	decoded.roster = roster
	*a = decoded
	return nil
}

var errForm = rule.Because(rule.Encoding, "not a whole form of this version", "the bytes that MarshalBinary returned, all of them")

// reader reads what a writer writes, and fails on anything else.
type reader struct {
	*wire.Reader
	labels []string
	used   []bool // by label
	wide   exact.Wide
}

// newReader reads the head of a form.
func newReader(data []byte, magic string) *reader {
	r := &reader{Reader: wire.NewReader(data)}
	r.Expect(magic)
	labels, _ := codec.Labels(r.Reader)
	r.labels = labels.Names()
	r.used = make([]bool, len(r.labels))
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

// record reads a customer into a slot of a book.
func (r *reader) record(b *book, slot int32) (at int64, enrolled bool) {
	if enrolled = r.Bool(); enrolled {
		at = codec.Nanos(r.Reader)
	}
	n := r.Count(minPayment)
	var before decodedPayment
	for i := range n {
		p := r.payment(before.at, i == 0)
		if i > 0 && p.compare(&before) < 0 {
			r.Fail()
		}
		if !r.Ok() {
			return at, enrolled
		}
		b.append(slot, p.at, p.amount, p.label)
		before = p
	}
	return at, enrolled
}

// decodedPayment is what a payment stands for.
type decodedPayment struct {
	at     int64
	amount decimal.Decimal
	label  string
}

// compare orders payments as book.compare does.
func (p *decodedPayment) compare(o *decodedPayment) int {
	return cmp.Or(cmp.Compare(p.at, o.at), p.amount.Cmp(o.amount), cmp.Compare(p.label, o.label))
}

// payment reads one; the first of a customer has a time of its own, others that since
// the one before.
func (r *reader) payment(before int64, first bool) (p decodedPayment) {
	if first {
		p.at = codec.Nanos(r.Reader)
	} else {
		p.at = codec.NanosAfter(r.Reader, before)
	}
	sum, rest, ok := r.wide.Cut(r.Rest())
	r.Skip(rest, ok)
	p.amount = r.wide.Decimal(sum)
	r.wide.Drop(&sum)
	if !rule.InAmount(p.amount) || rule.Size(p.amount) != nil {
		r.Fail()
	}
	label := r.Uint()
	if label >= uint64(len(r.labels)) {
		r.Fail()
		return p
	}
	p.label, r.used[label] = r.labels[label], true
	return p
}
