package nps

import (
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/rule"
	"github.com/clientele-go/clientele/internal/wire"
)

// UnmarshalBinary replaces the panel, its configuration included, with a decoded one.
// Anything but a whole, valid form returns [clientele.ErrEncoding] and leaves p as it was.
// Memory is bounded by some sixty times len(data).
func (p *Panel) UnmarshalBinary(data []byte) error {
	if p == nil {
		return fault.Unconfigured(opDecodePanel)
	}
	r := &panelReader{Reader: wire.NewReader(data)}
	decoded := r.config()
	if decoded == nil {
		return fault.Encoding(opDecodePanel, nil)
	}
	before := ""
	for i := range r.Count(2 + 1 + decoded.width()) {
		name := r.Text()
		if i > 0 && name <= before {
			r.Fail()
		}
		r.group(decoded, name)
		if !r.Ok() {
			return fault.Encoding(opDecodePanel, nil)
		}
		before = name
	}
	if !r.Done() {
		return fault.Encoding(opDecodePanel, nil)
	}
	*p = *decoded
	return nil
}

const opDecodePanel = "nps.Panel.UnmarshalBinary"

type panelReader struct{ *wire.Reader }

// config reads the head and returns an empty panel, nil if no panel has it.
func (r panelReader) config() *Panel {
	r.Expect(panelMagic)
	var cuts [4]int
	for i := range cuts {
		cuts[i] = int(r.IntWithin(-1<<30, 1<<30))
	}
	scale := Scale{Min: cuts[0], Max: cuts[1], Detractor: cuts[2], Promoter: cuts[3]}
	unit := clientele.Unit(r.UintMax(uint64(clientele.Year)))
	zone := r.Text()
	weekStart := time.Weekday(r.UintMax(uint64(time.Saturday)))
	if !r.Ok() || scale == (Scale{}) { // written in full
		return nil
	}
	p, err := NewPanel(PanelConfig{scale, clientele.Calendar{Unit: unit, Zone: zone, WeekStart: weekStart}})
	if err != nil {
		return nil
	}
	return p
}

// group reads the periods of a group.
func (r panelReader) group(p *Panel, name string) {
	periods := r.Count(1 + p.width())
	if periods == 0 {
		r.Fail()
	}
	var first, at int64
	for i := range periods {
		if i == 0 {
			at = r.IntWithin(-farPeriod, farPeriod)
			first = at
		} else {
			step := r.UintMax(2 * farPeriod)
			at += int64(step)
			if step == 0 || at > farPeriod {
				r.Fail()
			}
		}
		if !r.Ok() {
			return
		}
		r.counts(p, p.count(name, int32(at)))
	}
	if !r.Ok() || !reachable(p.periods, int(first)) || !reachable(p.periods, int(at)) {
		r.Fail()
	}
}

// counts reads the counts of a period.
func (r panelReader) counts(p *Panel, counts []uint64) {
	before := p.n
	for i := range counts {
		counts[i] = r.UintMax(maxN - p.n)
		p.n += counts[i]
	}
	if p.n == before {
		r.Fail()
	}
}

// farPeriod is beyond the number of any day that an answer can have.
const farPeriod = 1 << 20

// reachable reports whether a period holds a time that an answer can have.
func reachable(periods *clientele.Periods, i int) bool {
	return rule.Time(periods.Start(i)) == nil || rule.Time(periods.Start(i+1).Add(-1)) == nil
}
