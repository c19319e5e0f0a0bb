package nps

import (
	"cmp"
	"slices"

	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/wire"
)

// The binary form of a panel. Varints are in their shortest form; "int" is zig-zag,
// "uint" is not; "text" is a uint length and bytes. Panels that have counted the same
// have equal bytes, in whatever order and from whatever shards they counted.
//
//	panel  "npsP" 1 config uint(groups) group…
//	config int(Min) int(Max) int(Detractor) int(Promoter) uint(Unit) text(Zone) uint(WeekStart)
//	group  text(name) uint(periods) period…
//	period int(number), or uint(number - that of the one before), then a uint for the
//	       count of each answer of the scale, from the lowest
//
// Groups are in ascending order of names, periods of numbers (those of
// [clientele.Periods]); all have answers.
const panelMagic = "npsP\x01"

// AppendBinary appends the binary form, which is versioned and holds the configuration
// too.
func (p *Panel) AppendBinary(dst []byte) ([]byte, error) {
	if p == nil {
		return nil, fault.Unconfigured("nps.Panel.AppendBinary")
	}
	dst = append(dst, panelMagic...)
	cfg := p.Config()
	for _, x := range []int{cfg.Scale.Min, cfg.Scale.Max, cfg.Scale.Detractor, cfg.Scale.Promoter} {
		dst = wire.AppendInt(dst, int64(x))
	}
	dst = wire.AppendUint(dst, uint64(cfg.Calendar.Unit))
	dst = wire.AppendText(dst, cfg.Calendar.Zone)
	dst = wire.AppendUint(dst, uint64(cfg.Calendar.WeekStart))

	periods := make([]int, len(p.names)) // of each group
	for _, key := range p.keys {
		periods[key.group]++
	}
	dst = wire.AppendUint(dst, uint64(len(p.names)))
	before := cell{group: -1}
	for _, i := range p.sorted() {
		key := p.keys[i]
		if key.group != before.group {
			dst = wire.AppendText(dst, p.names[key.group])
			dst = wire.AppendUint(dst, uint64(periods[key.group]))
			dst = wire.AppendInt(dst, int64(key.period))
		} else {
			dst = wire.AppendUint(dst, uint64(key.period-before.period))
		}
		for _, n := range p.at(i) {
			dst = wire.AppendUint(dst, n)
		}
		before = key
	}
	return dst, nil
}

// sorted returns the cells by name of the group, then by period.
func (p *Panel) sorted() []int {
	order := make([]int, len(p.keys))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(i, j int) int {
		a, b := p.keys[i], p.keys[j]
		return cmp.Or(cmp.Compare(p.names[a.group], p.names[b.group]), cmp.Compare(a.period, b.period))
	})
	return order
}

// MarshalBinary returns the binary form.
func (p *Panel) MarshalBinary() ([]byte, error) { return p.AppendBinary(nil) }
