package identity

import (
	"bytes"
	"cmp"
	"math"
	"slices"
	"strings"
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/rule"
	"github.com/clientele-go/clientele/internal/table"
	"github.com/clientele-go/clientele/journey"
	"github.com/google/uuid"
)

// facts are what touches told: which identifiers came in which touch, and when. All else
// follows from them.
type facts struct {
	keys clientele.Roster[string]    // identifiers by node: see appendKey
	ids  clientele.Roster[uuid.UUID] // of touches that have one
	byID []int32                     // row of each of ids

	rows table.Table[row]
	refs []int32 // the nodes of rows, each row's in ascending order of keys

	unordered bool // some row is not after the one before it
}

// row is a touch with at least one identifier that may join.
type row struct {
	at, seq int64
	from    int64 // first of refs
	n       int32 // how many
	id      int32 // in ids, or none
	next    int32 // the next row in the list of its set, or none
}

// moment is where a touch stands among all, but for touches that are equal in it.
type moment struct {
	at, seq int64
	id      uuid.UUID
}

// appendKey appends the key of an identifier: the bytewise order of keys is that of trust
// and then of values.
func appendKey(dst []byte, rank, period int) []byte { return append(dst, byte(rank), byte(period)) }

// keyHead is the length of what stands in a key before the value.
const keyHead = 2

// outOfDates is the period of an identifier outside its dates.
const outOfDates = math.MaxUint8

func (f *facts) rank(node int32) int     { return int(f.keys.ID(node)[0]) }
func (f *facts) period(node int32) int   { return int(f.keys.ID(node)[1]) }
func (f *facts) value(node int32) string { return f.keys.ID(node)[keyHead:] }

// nodes are the identifiers of a row, the most trusted first.
func (f *facts) nodes(r int32) []int32 {
	row := f.rows.At(r)
	return f.refs[row.from : row.from+int64(row.n)]
}

// touchID is the ID of a row's touch, zero for none.
func (f *facts) touchID(r int32) uuid.UUID {
	if id := f.rows.At(r).id; id != none {
		return f.ids.ID(id)
	}
	return uuid.Nil
}

func (f *facts) moment(r int32) moment {
	return moment{f.rows.At(r).at, f.rows.At(r).seq, f.touchID(r)}
}

func (m moment) compare(o moment) int {
	return cmp.Or(cmp.Compare(m.at, o.at), cmp.Compare(m.seq, o.seq), bytes.Compare(m.id[:], o.id[:]))
}

// compare orders rows by time, number, ID and identifiers. Rows that are equal in all of
// these are alike in everything.
func (f *facts) compare(a, b int32) int {
	x, y := f.rows.At(a), f.rows.At(b)
	if x.at != y.at {
		return cmp.Compare(x.at, y.at)
	}
	if c := f.moment(a).compare(f.moment(b)); c != 0 {
		return c
	}
	return f.compareNodes(f.nodes(a), f.nodes(b))
}

// compareNodes orders the identifiers of rows.
func (f *facts) compareNodes(a, b []int32) int { return slices.CompareFunc(a, b, f.compareKeys) }

// compareKeys orders nodes by trust, then by value.
func (f *facts) compareKeys(a, b int32) int { return strings.Compare(f.keys.ID(a), f.keys.ID(b)) }

// before reports whether row a comes before row b.
func (f *facts) before(a, b int32) bool {
	if !f.unordered {
		return a < b
	}
	return f.compare(a, b) < 0
}

// add appends a row, unless its ID came before: then the earlier of both stays. kept is
// its number, or none for a repetition; replaced is whether its touch now stands for the
// one that came before.
func (f *facts) add(r row, nodes []int32) (kept int32, replaced bool) {
	last := int32(f.rows.Len())
	if last == math.MaxInt32 {
		panic("identity: more than 2147483647 touches in one Stitcher")
	}
	r.from, r.n, r.next = int64(len(f.refs)), int32(len(nodes)), none
	if r.id != none && int(r.id) < len(f.byID) {
		return none, f.repeat(f.byID[r.id], r, nodes)
	}
	f.refs = append(f.refs, nodes...)
	f.rows.Grow(int(last) + 1)
	*f.rows.At(last) = r
	if r.id != none {
		f.byID = append(f.byID, last)
	}
	f.unordered = f.unordered || last > 0 && f.compare(last-1, last) > 0
	return last, false
}

// repeat puts a row in the place of an old one with its ID if it is earlier.
func (f *facts) repeat(old int32, r row, nodes []int32) (replaced bool) {
	at := f.rows.At(old)
	if c := cmp.Or(cmp.Compare(r.at, at.at), cmp.Compare(r.seq, at.seq), f.compareNodes(nodes, f.nodes(old))); c >= 0 {
		return false
	}
	f.refs = append(f.refs, nodes...)
	r.next = at.next
	*at, f.unordered = r, true
	return true
}

// identifier is the identifier of a node.
func (s *Stitcher) identifier(node int32) journey.Identifier {
	return journey.Identifier{Kind: s.rules.Kinds[s.rank(node)].Name, Value: s.value(node)}
}

// time is when a row's touch was.
func (f *facts) time(r int32) time.Time { return rule.Moment(f.rows.At(r).at) }
