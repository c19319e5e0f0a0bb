package cohort

import (
	"github.com/clientele-go/clientele/internal/exact"
	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/key"
	"github.com/clientele-go/clientele/internal/wire"
)

// The binary forms. Varints are in their shortest form; "int" is zig-zag, "uint" is
// not; times are Unix nanoseconds; "money" is the form of internal/exact, the shortest
// exact decimal; "text" is a uint length and bytes. Equal facts have equal bytes, in
// whatever order and from whatever shards they were gathered.
//
//	activity "cohA" 1 labels uint(customers) [id record]…
//	history  "cohH" 1 labels record
//	labels   uint(n) text…, ascending, those of the payments that follow
//	record   bool(enrolled) [int(at) if so] uint(n) payment…
//	payment  int(at), or uint(at less that of the one before), money uint(index of the label)
//
// Customers are in ascending order of ids; payments of time, then amount, then label.
const (
	activityMagic = "cohA\x01"
	historyMagic  = "cohH\x01"
)

// AppendBinary appends the binary form, which is versioned. It holds the customers of
// this activity, not all that the roster knows.
func (a *Activity[K]) AppendBinary(dst []byte) ([]byte, error) {
	if err := a.exists("cohort.Activity.AppendBinary"); err != nil {
		return nil, err
	}
	dst = append(dst, activityMagic...)
	if a.known().Len() == 0 {
		return append(dst, 0, 0), nil // no labels, no customers
	}
	w := a.book.newWriter()
	dst = w.appendLabels(dst)
	records, customers := a.records(&w)
	dst = wire.AppendUint(dst, uint64(customers))
	for _, slot := range a.roster.Sorted() {
		if record := records[slot]; record != nil {
			dst = append(key.Append(dst, a.roster.ID(slot)), record...)
		}
	}
	return dst, nil
}

// MarshalBinary returns the binary form.
func (a *Activity[K]) MarshalBinary() ([]byte, error) { return a.AppendBinary(nil) }

// MarshalJSON always returns an error: an activity is stored in its binary form, see
// [Activity.MarshalBinary], and shown by the answer to a question.
func (a Activity[K]) MarshalJSON() ([]byte, error) {
	return nil, fault.NoJSON("cohort.Activity.MarshalJSON", insteadOfJSON)
}

// UnmarshalJSON always returns an error, as MarshalJSON does.
func (a *Activity[K]) UnmarshalJSON([]byte) error {
	return fault.NoJSON("cohort.Activity.UnmarshalJSON", insteadOfJSON)
}

const insteadOfJSON = "MarshalBinary and UnmarshalBinary to store it, or the answer to a question, such as Triangle, to show it"

// records returns the record of each slot, nil for one without facts, and how many
// there are.
func (a *Activity[K]) records(w *writer) (records [][]byte, n int) {
	records = make([][]byte, a.roster.Len())
	var all []byte
	add := func(slot int32, own []payment) {
		begin := len(all)
		at, enrolled := a.enrolled[slot]
		all = w.appendRecord(all, at, enrolled, own)
		records[slot] = all[begin:len(all):len(all)]
		n++
	}
	gather(&a.book, 1, func() *writer { return w }, func(_ *writer, c customer) { add(c.slot, c.own) })
	for slot := range a.enrolled {
		if records[slot] == nil {
			add(slot, nil)
		}
	}
	return records, n
}

// writer writes the payments of a book.
type writer struct {
	book  *book
	wide  exact.Wide
	index []uint32 // by number of a label, its index in the form
	used  []int32  // numbers of the labels in use, in ascending order of their names
}

func (b *book) newWriter() writer {
	used := make([]bool, len(b.labels.Names()))
	for i := range b.sections {
		for batch := range b.sections[i].blocks {
			for j := range batch {
				used[batch[j].label] = true
			}
		}
	}
	w := writer{book: b, index: make([]uint32, len(used))}
	for _, label := range b.labels.Sorted() {
		if used[label] {
			w.index[label] = uint32(len(w.used))
			w.used = append(w.used, label)
		}
	}
	return w
}

func (w *writer) appendLabels(dst []byte) []byte {
	dst = wire.AppendUint(dst, uint64(len(w.used)))
	for _, label := range w.used {
		dst = wire.AppendText(dst, w.book.labels.Names()[label])
	}
	return dst
}

// appendRecord appends the enrolment and the payments of a customer, which are in order.
func (w *writer) appendRecord(dst []byte, at int64, enrolled bool, own []payment) []byte {
	dst = wire.AppendBool(dst, enrolled)
	if enrolled {
		dst = wire.AppendInt(dst, at)
	}
	dst = wire.AppendUint(dst, uint64(len(own)))
	for i := range own {
		p := &own[i]
		if i == 0 {
			dst = wire.AppendInt(dst, p.at)
		} else {
			dst = wire.AppendUint(dst, uint64(p.at)-uint64(own[i-1].at))
		}
		var amount exact.Sum
		w.book.addAmount(&w.wide, &amount, p)
		dst = wire.AppendUint(w.wide.Append(dst, amount), uint64(w.index[p.label]))
		w.wide.Drop(&amount)
	}
	return dst
}
