package cohort

import (
	"iter"
	"runtime"
	"slices"
	"sync"
)

// customer is one customer's payments in order of time, then amount, then label. They
// are valid only during the visit.
type customer struct {
	slot int32
	own  []payment
}

// firstPurchase is the index in own of the first purchase; -1 if there is none.
func (c customer) firstPurchase() int {
	return slices.IndexFunc(c.own, func(p payment) bool { return !p.refund })
}

// nextPurchase is the index of the first purchase from an index on; len(own) if there is
// none.
func nextPurchase(own []payment, from int) int {
	for from < len(own) && own[from].refund {
		from++
	}
	return from
}

// nthPurchase is the index in own of purchase number n, counted from 1; -1 if there are
// fewer.
func (c customer) nthPurchase(n int) int {
	for i := range c.own {
		if c.own[i].refund {
			continue
		}
		if n--; n == 0 {
			return i
		}
	}
	return -1
}

// origin is when the customer first bought, and the number of the label of that
// purchase: of several at that moment the first label in alphabetical order. ok is false
// for a customer who never bought.
func (b *book) origin(c customer) (at int64, label uint32, ok bool) {
	return b.originAmong(c, nil)
}

// originAmong is origin where only purchases with some labels count.
func (b *book) originAmong(c customer, counts labels) (at int64, label uint32, ok bool) {
	i := slices.IndexFunc(c.own, func(p payment) bool { return !p.refund && counts.have(p.label) })
	if i < 0 {
		return 0, 0, false
	}
	at, label = c.own[i].at, c.own[i].label
	for _, p := range c.own[i+1:] {
		if p.at != at {
			break
		}
		if !p.refund && counts.have(p.label) && b.labels.Names()[p.label] < b.labels.Names()[label] {
			label = p.label
		}
	}
	return at, label, true
}

// labels says by number which labels count; nil = all.
type labels []bool

func (l labels) have(label uint32) bool { return l == nil || l[label] }

// labelled are the labels with names; without any they are all.
func (b *book) labelled(names []string) labels {
	if len(names) == 0 {
		return nil
	}
	l := make(labels, len(b.labels.Names()))
	for _, name := range names {
		if id, ok := b.labels.Find(name); ok {
			l[id] = true
		}
	}
	return l
}

// key is the label of the customer's origin; "" for a customer who never bought.
func (b *book) key(c customer) string {
	_, label, ok := b.origin(c)
	if !ok {
		return ""
	}
	return b.labels.Names()[label]
}

// upTo returns the payments that are not after asOf, and how many are.
func upTo(own []payment, asOf int64) (seen []payment, later int) {
	n := len(own)
	for n > 0 && own[n-1].at > asOf {
		n--
	}
	return own[:n], len(own) - n
}

// customers yields all customers who have payments, in order of slots.
func (b *book) customers() iter.Seq[customer] {
	return func(yield func(customer) bool) {
		var s customerSorter
		for i := range b.sections {
			for c := range s.customers(b, i) {
				if !yield(c) {
					return
				}
			}
		}
	}
}

// gather visits every customer who has payments, on up to workers goroutines (0 =
// GOMAXPROCS). Each goroutine visits consecutive slots and has a part of its own, made
// by newPart; the parts are returned in order of slots. What is made of the parts must
// not depend on where one ends and the next begins, nor on the order of customers, which
// is that of their first appearance. So parts hold counts, exact sums, and samples that
// are sorted.
func gather[P any](b *book, workers int, newPart func() P, visit func(P, customer)) []P {
	if workers <= 0 {
		workers = runtime.GOMAXPROCS(0)
	}
	n := len(b.sections)
	workers = max(1, min(workers, n))
	parts := make([]P, workers)
	var wg sync.WaitGroup
	for w := range workers {
		work := func() {
			parts[w] = newPart()
			var s customerSorter
			for i := w * n / workers; i < (w+1)*n/workers; i++ {
				for c := range s.customers(b, i) {
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

// counter is a part that can add what another part has counted.
type counter[C any] interface{ join(C) }

// count visits every customer as gather does, and joins the parts.
func count[C counter[C]](b *book, workers int, newCounter func() C, visit func(C, customer)) C {
	parts := gather(b, workers, newCounter, visit)
	for _, part := range parts[1:] {
		parts[0].join(part)
	}
	return parts[0]
}

// customerSorter sorts sections by customer and time, in memory that it uses again.
type customerSorter struct {
	payments []payment
	ends     [sectionLen + 1]int32
}

// customers yields the customers of section i in order of slots.
func (s *customerSorter) customers(b *book, i int) iter.Seq[customer] {
	return func(yield func(customer) bool) {
		s.distribute(&b.sections[i])
		begin := int32(0)
		for member, end := range s.ends[:sectionLen] {
			own := s.payments[begin:end]
			begin = end
			if len(own) == 0 {
				continue
			}
			b.sort(own)
			if !yield(customer{int32(i)<<sectionBits | int32(member), own}) {
				return
			}
		}
	}
}

// distribute copies the payments of a section, those of each customer together, and
// sets ends to where each customer's end.
func (s *customerSorter) distribute(from *section) {
	clear(s.ends[:])
	n := 0
	for batch := range from.blocks {
		n += len(batch)
		for i := range batch {
			s.ends[batch[i].member+1]++
		}
	}
	if cap(s.payments) < n {
		s.payments = make([]payment, n)
	}
	s.payments = s.payments[:n]
	for i := range sectionLen {
		s.ends[i+1] += s.ends[i]
	}
	for batch := range from.blocks { // ends[member] is where the next payment goes
		for i := range batch {
			p := &batch[i]
			s.payments[s.ends[p.member]] = *p
			s.ends[p.member]++
		}
	}
}

// sort sorts the payments of one customer, most of which come in order.
func (b *book) sort(own []payment) {
	for i := 1; i < len(own); i++ {
		if own[i].at <= own[i-1].at {
			slices.SortFunc(own, func(p, q payment) int { return b.compare(&p, &q) })
			return
		}
	}
}
