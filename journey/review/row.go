package review

import (
	"cmp"
	"slices"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/boolean"
	"github.com/clientele-go/clientele/internal/labelset"
)

// none is the number of an ID or a referrer that a review does not have.
const none = -1

// row is a review, with numbers for its names.
type row struct {
	at, arrived int64 // Unix nanoseconds
	version     int
	rating      float64
	passedOn    int64

	id, customer, referrer int32 // id and referrer may be none
	object                 int32 // number among objects of its kind
	topics                 []int32

	kind        Kind
	isRated     bool
	isTardy     bool // written long after the purchase or the touch
	isWithdrawn bool
}

// rows are reviews and their names.
type rows struct {
	all               []row
	ids, people, tags labelset.Set
	objects           [Topic]labelset.Set // products, touchpoints
	free              []int32             // what is left of the memory for topics
}

// add takes a review that is usable.
func (rs *rows) add(r *Review, within clientele.Days) {
	own := row{
		at: r.At.UnixNano(), arrived: r.arrival().UnixNano(), version: r.Version, passedOn: int64(r.PassedOn),
		id: none, customer: rs.people.ID(r.Customer), referrer: none, isWithdrawn: r.Withdrawn,
		isTardy: within > 0 && !r.Experienced.IsZero() && r.At.Sub(r.Experienced) > within.Duration(),
	}
	if r.ID != "" {
		own.id = rs.ids.ID(r.ID)
	}
	if r.ReferredBy != "" {
		own.referrer = rs.people.ID(r.ReferredBy)
	}
	if r.Rating != nil {
		own.rating, own.isRated = *r.Rating+0, true // not -0
	}
	of, name := r.object()
	own.kind, own.object = of, rs.objects[of].ID(name)
	own.topics = rs.allocate(len(r.Topics))
	for _, topic := range r.Topics {
		own.topics = append(own.topics, rs.tags.ID(topic))
	}
	own.settle()
	rs.all = append(rs.all, own)
}

// allocate returns an empty list that holds a number of topics, cut from a larger block.
func (rs *rows) allocate(topics int) []int32 {
	const block = 1024
	if topics == 0 {
		return nil
	}
	if len(rs.free) < topics {
		rs.free = make([]int32, max(block, topics))
	}
	own := rs.free[:0:topics]
	rs.free = rs.free[topics:]
	return own
}

// settle makes the topics distinct and ordered.
func (r *row) settle() {
	slices.Sort(r.topics)
	r.topics = slices.Compact(r.topics)
}

// join adds the reviews of others.
func (rs *rows) join(o *rows) {
	ids, people, tags := rs.ids.Join(&o.ids), rs.people.Join(&o.people), rs.tags.Join(&o.tags)
	objects := [Topic][]int32{rs.objects[Product].Join(&o.objects[Product]), rs.objects[Touchpoint].Join(&o.objects[Touchpoint])}
	rs.all = slices.Grow(rs.all, len(o.all))
	for _, r := range o.all {
		if r.id != none {
			r.id = ids[r.id]
		}
		if r.referrer != none {
			r.referrer = people[r.referrer]
		}
		r.customer, r.object = people[r.customer], objects[r.kind][r.object]
		topics := rs.allocate(len(r.topics))
		for _, topic := range r.topics {
			topics = append(topics, tags[topic])
		}
		r.topics = topics
		r.settle()
		rs.all = append(rs.all, r)
	}
}

// compareContent orders reviews by what they say, without version, times and ID: higher
// ratings first, since the lower one counts as later.
func (rs *rows) compareContent(a, b *row) int {
	people, objects := rs.people.Names(), rs.objects[a.kind].Names()
	if c := cmp.Or(boolean.Compare(a.isRated, b.isRated), cmp.Compare(b.rating, a.rating), cmp.Compare(a.kind, b.kind)); c != 0 {
		return c
	}
	return cmp.Or(
		cmp.Compare(people[a.customer], people[b.customer]), cmp.Compare(objects[a.object], objects[b.object]),
		cmp.Compare(a.passedOn, b.passedOn), boolean.Compare(a.isWithdrawn, b.isWithdrawn), boolean.Compare(a.isTardy, b.isTardy),
		cmp.Compare(nameOf(people, a.referrer), nameOf(people, b.referrer)),
		slices.Compare(rs.topicsOf(a), rs.topicsOf(b)),
	)
}

// topicsOf are the topics of a row, in ascending order.
func (rs *rows) topicsOf(r *row) []string {
	names := rs.tags.Names()
	topics := make([]string, len(r.topics))
	for i, topic := range r.topics {
		topics[i] = names[topic]
	}
	slices.Sort(topics)
	return topics
}

// nameOf is the name of a number; "" for none.
func nameOf(names []string, id int32) string {
	if id == none {
		return ""
	}
	return names[id]
}
