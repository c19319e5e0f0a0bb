package cohort

import (
	"cmp"
	"slices"

	"github.com/clientele-go/clientele/internal/exact"
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
//	labels   uint(n) text…, ascending, of the purchases that follow
//	record   bool(enrolled) [int(at) if so] uint(n) purchase…
//	purchase int(at), or uint(at - that of the one before), money uint(place of the label)
//
// Customers are in ascending order of ids; purchases of time, then amount, then label.
const (
	activityMagic = "cohA\x01"
	historyMagic  = "cohH\x01"
)

// AppendBinary appends the binary form, which is versioned and has no room for what
// the roster knows beyond this activity.
func (a *Activity[K]) AppendBinary(dst []byte) ([]byte, error) {
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

// writer writes the entries of a log.
type writer struct {
	book   *book
	wide   exact.Wide
	places []uint32 // by number of a label, its place among those in use
	used   []uint32 // numbers of labels in use, in ascending order of names
}

func (l *book) newWriter() writer {
	used := make([]bool, len(l.labels.Names()))
	for i := range l.sections {
		for b := range l.sections[i].blocks {
			for j := range b {
				used[b[j].label] = true
			}
		}
	}
	w := writer{book: l, places: make([]uint32, len(used))}
	for id, in := range used {
		if in {
			w.used = append(w.used, uint32(id))
		}
	}
	slices.SortFunc(w.used, func(a, b uint32) int { return cmp.Compare(l.labels.Names()[a], l.labels.Names()[b]) })
	for place, id := range w.used {
		w.places[id] = uint32(place)
	}
	return w
}

func (w *writer) appendLabels(dst []byte) []byte {
	dst = wire.AppendUint(dst, uint64(len(w.used)))
	for _, id := range w.used {
		dst = wire.AppendText(dst, w.book.labels.Names()[id])
	}
	return dst
}

// appendRecord appends the entries of a customer, which are in order.
func (w *writer) appendRecord(dst []byte, at int64, enrolled bool, own []payment) []byte {
	dst = wire.AppendBool(dst, enrolled)
	if enrolled {
		dst = wire.AppendInt(dst, at)
	}
	dst = wire.AppendUint(dst, uint64(len(own)))
	for i := range own {
		e := &own[i]
		if i == 0 {
			dst = wire.AppendInt(dst, e.at)
		} else {
			dst = wire.AppendUint(dst, uint64(e.at)-uint64(own[i-1].at))
		}
		var amount exact.Sum
		w.book.addAmount(&w.wide, &amount, e)
		dst = wire.AppendUint(w.wide.Append(dst, amount), uint64(w.places[e.label]))
		w.wide.Drop(&amount)
	}
	return dst
}
