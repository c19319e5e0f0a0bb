package identity

import (
	"maps"
	"slices"

	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/wire"
)

// The binary form. Varints are in their shortest form; "int" is zig-zag, "uint" is not; a
// "text" is a uint of its length and its bytes; times are Unix nanoseconds. Equal facts
// have equal bytes, in whatever order and from whatever shards they were gathered.
//
//	stitcher "jidS" 1 text(rules as JSON) uint(nobody) uint(again) kinds keys rows pairs
//	kinds    uint(n), then for each kind that the rules lack, ascending: text uint(times)
//	keys     uint(n), then for each identifier, in ascending order of trust, dates and value:
//	         byte(rank) byte(number of the dates) text(value) uint(times), times = 0 for one
//	         that may join
//	rows     uint(n), then for each touch, the earliest first: int(at), of the first, or
//	         uint(at - at before), of the others; int(seq), uint(1) and the ID or uint(0),
//	         uint(n) and the positions of its identifiers, uint, ascending
//	pairs    uint(n), then for each pair that is kept apart, ascending: uint uint, the
//	         positions of its identifiers
const (
	magic = "jidS\x01"

	leastKey  = 4 // bytes
	leastRow  = 5
	leastPair = 2
)

// AppendBinary appends the binary form, which is versioned. It holds the rules, the
// touches and the Unlinks.
func (s *Stitcher) AppendBinary(dst []byte) ([]byte, error) {
	if !s.ready() {
		return dst, fault.Unconfigured("identity.Stitcher.AppendBinary")
	}
	dst = append(dst, magic...)
	dst = wire.AppendText(dst, string(s.rules.form))
	dst = wire.AppendUint(dst, uint64(s.nobody))
	dst = wire.AppendUint(dst, uint64(s.again))
	dst = wire.AppendUint(dst, uint64(len(s.unknown)))
	for _, kind := range slices.Sorted(maps.Keys(s.unknown)) {
		dst = wire.AppendUint(wire.AppendText(dst, kind), uint64(s.unknown[kind]))
	}
	dst, places := s.appendKeys(dst)
	dst = s.appendRows(dst, places)
	pairs := s.sortedPairs()
	dst = wire.AppendUint(dst, uint64(len(pairs)))
	for _, p := range pairs {
		dst = wire.AppendUint(wire.AppendUint(dst, uint64(places[p[0]])), uint64(places[p[1]]))
	}
	return dst, nil
}

// MarshalBinary returns the binary form.
func (s *Stitcher) MarshalBinary() ([]byte, error) { return s.AppendBinary(nil) }

// appendKeys writes the identifiers that count, and returns the position of each.
func (s *Stitcher) appendKeys(dst []byte) (form []byte, places []int32) {
	counts := make([]bool, s.joins.nodes.Len())
	for r := range int32(s.rows.Len()) {
		for _, n := range s.nodes(r) {
			counts[n] = true
		}
	}
	for n, times := range s.refused {
		counts[n] = times > 0
	}
	for n := range s.joins.apart.of {
		counts[n] = true
	}
	places = make([]int32, len(counts))
	var order []int32
	for _, n := range s.keys.Sorted() {
		if counts[n] {
			places[n] = int32(len(order))
			order = append(order, n)
		}
	}
	dst = wire.AppendUint(dst, uint64(len(order)))
	for _, n := range order {
		dst = append(dst, byte(s.rank(n)), byte(s.period(n)))
		dst = wire.AppendText(dst, s.value(n))
		dst = wire.AppendUint(dst, uint64(s.refused[n]))
	}
	return dst, places
}

// appendRows writes the touches in order.
func (s *Stitcher) appendRows(dst []byte, places []int32) []byte {
	order := make([]int32, s.rows.Len())
	for r := range order {
		order[r] = int32(r)
	}
	if s.unordered {
		slices.SortFunc(order, s.facts.compare)
	}
	dst = wire.AppendUint(dst, uint64(len(order)))
	for i, n := range order {
		r := s.rows.At(n)
		if i == 0 {
			dst = wire.AppendInt(dst, r.at)
		} else {
			dst = wire.AppendUint(dst, uint64(r.at)-uint64(s.rows.At(order[i-1]).at))
		}
		dst = wire.AppendInt(dst, r.seq)
		dst = wire.AppendBool(dst, r.id != none)
		if id := s.touchID(n); r.id != none {
			dst = append(dst, id[:]...)
		}
		dst = wire.AppendUint(dst, uint64(r.n))
		for _, node := range s.nodes(n) {
			dst = wire.AppendUint(dst, uint64(places[node]))
		}
	}
	return dst
}
