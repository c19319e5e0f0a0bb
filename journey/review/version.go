package review

import (
	"cmp"
	"slices"

	"github.com/clientele-go/clientele/internal/boolean"
	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/rule"
)

// left counts the reviews that are left out, and why.
type left struct {
	repeated, replaced, withdrawn, outside, superseded int
	ties                                               int // decided by the rating
}

// item is a version that counts, or a review without versions.
type item struct {
	row    int32
	period int32
	when   int64 // moment at which it counts
	isLate bool
}

// chooser chooses the reviews that count.
type chooser struct {
	*rows
	cfg    *Config
	clock  clock
	left   left
	timely []item
	late   []item // apart
}

// choose chooses the versions that count, and puts late ones apart.
func (c *Counter) choose(op string) (*chooser, error) {
	ch := &chooser{rows: &c.rows, cfg: &c.cfg, clock: newClock(&c.cfg, c.periods)}
	heads := make([]int32, len(ch.ids.Names())) // how many versions an ID has
	for i := range ch.all {
		if id := ch.all[i].id; id != none {
			heads[id]++
		}
	}
	several := make(map[int32][]int32) // versions by ID, where there are several
	for i := range ch.all {
		switch id := ch.all[i].id; {
		case id == none || heads[id] == 1:
			ch.take(int32(i))
		default:
			several[id] = append(several[id], int32(i))
		}
	}
	twice := ""
	for id, versions := range several { // counts do not depend on the order
		if ch.version(versions) && c.cfg.Strict {
			if name := ch.ids.Names()[id]; twice == "" || name < twice {
				twice = name
			}
		}
	}
	if twice != "" {
		return nil, fault.Of(op, "ID", twice, errTwice)
	}
	return ch, nil
}

var errTwice = rule.Because(rule.Duplicate, "given twice with one Version and one At", "each version once, with a Version of its own")

// version takes the last of several versions, and reports whether two share version and
// moment. Where late reviews are apart, those in time are not replaced by late ones.
func (ch *chooser) version(versions []int32) (twice bool) {
	slices.SortFunc(versions, func(i, j int32) int { return ch.compareVersions(&ch.all[i], &ch.all[j]) })
	last := [2]int32{none, none} // in time, late
	for n, i := range versions {
		if n+1 < len(versions) {
			own, next := &ch.all[i], &ch.all[versions[n+1]]
			isSame := own.version == next.version && own.at == next.at
			twice = twice || isSame
			if isSame && ch.compareContent(own, next) == 0 {
				ch.left.repeated++
				continue
			}
			ch.left.ties += boolean.Int(isSame)
		}
		to := boolean.Int(ch.cfg.Late == Apart && ch.clock.isLate(&ch.all[i]))
		ch.left.replaced += boolean.Int(last[to] != none)
		last[to] = i
	}
	for _, i := range last {
		if i != none {
			ch.take(i)
		}
	}
	return twice
}

// compareVersions orders versions of one ID: the last one counts. Of repetitions that is the
// one that arrived first.
func (rs *rows) compareVersions(a, b *row) int {
	if c := cmp.Or(cmp.Compare(a.version, b.version), cmp.Compare(a.at, b.at)); c != 0 {
		return c
	}
	return cmp.Or(rs.compareContent(a, b), cmp.Compare(b.arrived, a.arrived))
}

// take takes a version that is the last of its ID.
func (ch *chooser) take(i int32) {
	r := &ch.all[i]
	if r.isWithdrawn {
		ch.left.withdrawn++
		return
	}
	it := item{row: i, when: r.at, isLate: ch.clock.isLate(r)}
	if it.isLate && ch.cfg.Late == OnArrival {
		it.when = r.arrived
	}
	if !ch.clock.counts(it.when) {
		ch.left.outside++
		return
	}
	it.period = ch.clock.index(it.when)
	if it.isLate && ch.cfg.Late == Apart {
		ch.late = append(ch.late, it)
	} else {
		ch.timely = append(ch.timely, it)
	}
}
