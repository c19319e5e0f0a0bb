package cohort

import (
	"runtime"
	"slices"
	"sync"
)

// customer is one customer's purchases and refunds in order of time, then amount,
// then label. They are only valid during the visit.
type customer struct {
	slot int32
	own  []payment
}

// firstPurchase is the place in own of the first purchase; -1 if there is none.
func (c customer) firstPurchase() int {
	return slices.IndexFunc(c.own, func(e payment) bool { return !e.refund })
}

// origin is when the customer bought first, and the number of the label of that, of
// several at one moment the least label; ok is false for one who never bought.
func (l *book) origin(c customer) (at int64, label uint32, ok bool) {
	i := c.firstPurchase()
	if i < 0 {
		return 0, 0, false
	}
	at, label = c.own[i].at, c.own[i].label
	for _, e := range c.own[i+1:] {
		if e.at != at {
			break
		}
		if !e.refund && l.labels.Names()[e.label] < l.labels.Names()[label] {
			label = e.label
		}
	}
	return at, label, true
}

// upTo returns the entries that are not after asOf, and how many are.
func upTo(own []payment, asOf int64) (seen []payment, later int) {
	n := len(own)
	for n > 0 && own[n-1].at > asOf {
		n--
	}
	return own[:n], len(own) - n
}

// gather visits every customer who has entries, on up to workers goroutines (0 =
// GOMAXPROCS). Each goroutine visits consecutive slots and has a part of its own,
// made by newPart; the parts are returned in order of slots. What is made of them
// must not depend on where one ends, nor on the order of customers, which is that of
// their first appearance: counts, exact sums, and samples that are sorted.
func gather[P any](l *book, workers int, newPart func() P, visit func(P, customer)) []P {
	if workers <= 0 {
		workers = runtime.GOMAXPROCS(0)
	}
	n := len(l.sections)
	workers = max(1, min(workers, n))
	parts := make([]P, workers)
	var wg sync.WaitGroup
	for w := range workers {
		work := func() {
			parts[w] = newPart()
			var s customerSorter
			for i := w * n / workers; i < (w+1)*n/workers; i++ {
				for c := range s.customers(l, i) {
					visit(parts[w], c)
				}
			}
		}
		if workers == 1 {
			work()
		} else {
			wg.Go(work)
		}
	}
	wg.Wait()
	return parts
}

// customerSorter sorts sections by customer and time, in memory that it uses again.
type customerSorter struct {
	payments []payment
	ends     [sectionLen + 1]int32
}

// customers yields the customers of section i in order of slots.
func (s *customerSorter) customers(l *book, i int) func(yield func(customer) bool) {
	return func(yield func(customer) bool) {
		s.distribute(&l.sections[i])
		begin := int32(0)
		for member, end := range s.ends[:sectionLen] {
			own := s.payments[begin:end]
			begin = end
			if len(own) == 0 {
				continue
			}
			l.order(own)
			if !yield(customer{int32(i)<<sectionBits | int32(member), own}) {
				return
			}
		}
	}
}

// distribute copies the entries of a section, those of each customer together, and
// sets ends to where each customer's end.
func (s *customerSorter) distribute(from *section) {
	clear(s.ends[:])
	n := 0
	for b := range from.blocks {
		n += len(b)
		for i := range b {
			s.ends[b[i].member+1]++
		}
	}
	if cap(s.payments) < n {
		s.payments = make([]payment, n)
	}
	s.payments = s.payments[:n]
	for i := range sectionLen {
		s.ends[i+1] += s.ends[i]
	}
	for b := range from.blocks { // ends[member] is where the next entry goes
		for i := range b {
			e := &b[i]
			s.payments[s.ends[e.member]] = *e
			s.ends[e.member]++
		}
	}
}

// order sorts the entries of one customer. Most come in order.
func (l *book) order(own []payment) {
	for i := 1; i < len(own); i++ {
		if own[i].at <= own[i-1].at {
			slices.SortFunc(own, func(x, y payment) int { return l.compare(&x, &y) })
			return
		}
	}
}
