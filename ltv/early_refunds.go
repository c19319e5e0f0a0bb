package ltv

import (
	"iter"

	"github.com/clientele-go/clientele/internal/exact"
	"github.com/clientele-go/clientele/internal/table"
)

// earlyRefunds keep, by period, the refunds dated before the first period with a
// purchase. A purchase that arrives later may turn out to be earlier than these:
// then they are money of the first period, or of those after it.
type earlyRefunds struct {
	nodes table.Table[earlyRefund] // node 0 belongs to no list
	used  int32
	free  int32 // list of nodes that no customer uses
}

// earlyRefund is the refunds of one period, in a list that descends by period.
type earlyRefund struct {
	sum    exact.Sum
	period period
	next   int32 // 0 at the end
}

// at returns the sum of a period in the list at head, new and 0 if need be.
func (e *earlyRefunds) at(head *int32, u period) *exact.Sum {
	before, at := int32(0), *head
	for at != 0 && e.nodes.At(at).period > u {
		before, at = at, e.nodes.At(at).next
	}
	if at == 0 || e.nodes.At(at).period != u {
		added := e.take()
		*e.nodes.At(added) = earlyRefund{period: u, next: at}
		if before == 0 {
			*head = added
		} else {
			e.nodes.At(before).next = added
		}
		at = added
	}
	return &e.nodes.At(at).sum
}

// take returns a node that no list uses.
func (e *earlyRefunds) take() int32 {
	if at := e.free; at != 0 {
		e.free = e.nodes.At(at).next
		return at
	}
	e.used = max(e.used, 1) + 1
	e.nodes.Grow(int(e.used))
	return e.used - 1
}

// cut takes the latest refund off a list, if it is not before a period.
func (e *earlyRefunds) cut(head *int32, from period) (r earlyRefund, ok bool) {
	at := *head
	if at == 0 || e.nodes.At(at).period < from {
		return earlyRefund{}, false
	}
	node := e.nodes.At(at)
	r = *node
	*head, e.free, *node = node.next, at, earlyRefund{next: e.free}
	return r, true
}

// all yields the refunds of a list, latest first.
func (e *earlyRefunds) all(head int32) iter.Seq[earlyRefund] {
	return func(yield func(earlyRefund) bool) {
		for at := head; at != 0; {
			r := *e.nodes.At(at)
			if !yield(r) {
				return
			}
			at = r.next
		}
	}
}

// reset empties all lists, whose heads the caller zeroes.
func (e *earlyRefunds) reset() {
	e.nodes.Reset()
	e.used, e.free = 0, 0
}

func (e *earlyRefunds) clone() earlyRefunds {
	return earlyRefunds{e.nodes.Clone(), e.used, e.free}
}
