package identity

import (
	"encoding/json"
	"math"
	"slices"

	"github.com/clientele-go/clientele/internal/codec"
	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/wire"
	"github.com/clientele-go/clientele/journey"
	"github.com/google/uuid"
)

// mostTimes bounds what one form may count, so that the sums of many stay far from
// overflow.
const mostTimes = math.MaxInt32

// UnmarshalBinary replaces the stitcher, its rules included, with a decoded one. Anything
// but a whole, valid form is refused with [clientele.ErrEncoding] and leaves s as it was.
// Memory is at most some hundred times len(data).
func (s *Stitcher) UnmarshalBinary(data []byte) error {
	const op = "identity.Stitcher.UnmarshalBinary"
	if s == nil {
		return fault.Unconfigured(op)
	}
	r := &reader{Reader: wire.NewReader(data)}
	r.Expect(magic)
	if r.rules(); r.to == nil {
		return fault.Encoding(op, nil)
	}
	r.to.nobody, r.to.again = r.times(), r.times()
	codec.Names(r.Reader, 2, func(kind string) {
		if r.to.unknown[kind] = r.times(); r.to.rules.rank(kind) >= 0 || r.to.unknown[kind] == 0 {
			r.Fail()
		}
	})
	r.keys()
	r.rows()
	r.pairs()
	if !r.Done() || slices.Contains(r.unused, true) {
		return fault.Encoding(op, nil)
	}
	*s = *r.to
	return nil
}

// reader reads a form, and fails on what no stitcher writes.
type reader struct {
	*wire.Reader
	to     *Stitcher // nil until the rules were read
	unused []bool    // by node: may join, and is in no touch or pair so far
}

func (r *reader) times() int { return int(r.UintMax(mostTimes)) }

// rules reads the rules, which are written in one way.
func (r *reader) rules() {
	text := r.Text()
	var rules Rules
	if !r.Ok() || json.Unmarshal([]byte(text), &rules) != nil {
		return
	}
	if c, err := compile("", rules); err == nil && string(c.form) == text {
		r.to = newStitcher(c)
	}
}

// keys reads the identifiers.
func (r *reader) keys() {
	before := ""
	for i := range r.Count(leastKey) {
		head := r.Bytes(keyHead)
		key := string(head) + r.Text()
		times := r.times()
		if i > 0 && key <= before || !r.isKey(key) {
			r.Fail()
			return
		}
		n := r.to.keys.Slot(key)
		r.to.addNode(n, key)
		if refused := r.to.joins.nodes.At(n).up < 0; refused != (times > 0) {
			r.Fail()
		} else if refused {
			r.to.refused[n] = times
		}
		r.unused = append(r.unused, times == 0)
		before = key
	}
}

// isKey reports whether a key was read that identifiers have under the rules.
func (r *reader) isKey(key string) bool {
	c := r.to.rules
	if !r.Ok() || int(key[0]) >= len(c.Kinds) {
		return false
	}
	kind, period, value := c.Kinds[key[0]], int(key[1]), key[keyHead:]
	all, dated := c.dates[journey.Identifier{Kind: kind.Name, Value: value}]
	if period != 0 && !dated || period != outOfDates && period > max(0, len(all)-1) {
		return false
	}
	return kind.Form.Normal(value) == value
}

// rows reads the touches.
func (r *reader) rows() {
	var at int64
	for i := range r.Count(leastRow) {
		if i == 0 {
			at = codec.Nanos(r.Reader)
		} else {
			at = codec.NanosAfter(r.Reader, at)
		}
		touch := row{at: at, seq: r.Int(), id: none}
		if r.Bool() {
			touch.id = r.touchID()
		}
		nodes := r.nodes()
		if !r.Ok() || len(nodes) == 0 {
			r.Fail()
			return
		}
		r.to.addRow(touch, nodes)
		if r.to.unordered || r.to.rows.Len() != i+1 {
			r.Fail()
			return
		}
	}
}

// touchID reads an ID, and returns its number.
func (r *reader) touchID() int32 {
	var id uuid.UUID
	copy(id[:], r.Bytes(len(id)))
	if id == uuid.Nil {
		r.Fail()
		return none
	}
	return r.to.ids.Slot(id)
}

// nodes reads the identifiers of a touch, which may join and ascend.
func (r *reader) nodes() []int32 {
	nodes := make([]int32, 0, 4)
	for range r.Count(1) {
		n := r.node()
		if !r.Ok() || len(nodes) > 0 && n <= nodes[len(nodes)-1] {
			r.Fail()
			return nil
		}
		nodes = append(nodes, n)
	}
	return nodes
}

// node reads an identifier that may join.
func (r *reader) node() int32 {
	n := r.Uint()
	if n >= uint64(len(r.unused)) || r.to.joins.nodes.At(int32(n)).up < 0 {
		r.Fail()
		return 0
	}
	r.unused[n] = false
	return int32(n)
}

// pairs reads what is kept apart.
func (r *reader) pairs() {
	var before pair
	for i := range r.Count(leastPair) {
		p := pair{r.node(), r.node()}
		if !r.Ok() || p[0] >= p[1] || i > 0 && slices.Compare(before[:], p[:]) >= 0 {
			r.Fail()
			return
		}
		r.to.keepApart(p[0], p[1])
		before = p
	}
}
