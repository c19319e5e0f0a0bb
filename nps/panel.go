package nps

import (
	"fmt"
	"iter"
	"maps"
	"slices"
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/rule"
)

// Answer is one customer's answer to the question.
type Answer struct {
	At    time.Time `json:"at"`
	Group string    `json:"group,omitempty"` // a segment, touchpoint or channel; "" = none
	Value int       `json:"value"`
}

// PanelConfig says on which scale customers answer, and into what periods time is cut.
type PanelConfig struct {
	Scale    Scale              `json:"scale,omitzero"` // zero = the standard one
	Calendar clientele.Calendar `json:"calendar"`
}

// Panel counts answers by group and period. It keeps counts, not answers: memory grows
// with groups times periods that have answers, some 150 bytes each on the standard
// scale. It cannot see an answer that is given to it twice.
//
// [NewPanel] makes one; the zero Panel is empty and ready, on the standard scale and by
// days in UTC. Methods that only read may be called concurrently.
type Panel struct {
	blank   Tally              // of the scale, without answers
	periods *clientele.Periods // nil in the zero Panel
	names   []string           // of groups, as they came
	groups  map[string]int32   // places among names
	keys    []cell
	cells   map[cell]int32 // places among keys
	counts  []uint64       // of each cell in the order of keys, from the lowest answer
	n       uint64
}

// cell is a group in a period.
type cell struct{ group, period int32 }

// NewPanel returns an empty panel, or all faults of its configuration in a
// [clientele.ConfigError].
func NewPanel(cfg PanelConfig) (*Panel, error) {
	faults := clientele.ConfigError{Op: "nps.NewPanel"}
	blank, err := NewTally(cfg.Scale)
	if err != nil {
		faults.Add("Scale", cfg.Scale, err)
	}
	periods, err := cfg.Calendar.Open()
	if err != nil {
		faults.Add("Calendar", cfg.Calendar, err)
	}
	if err := faults.Err(); err != nil {
		return nil, err
	}
	return &Panel{blank: blank, periods: periods}, nil
}

// Config returns the configuration, with the scale in full.
func (p *Panel) Config() PanelConfig {
	cfg := PanelConfig{Scale: p.blank.Scale()}
	if p.periods != nil {
		cfg.Calendar = p.periods.Calendar()
	}
	return cfg
}

// open gives the zero Panel its calendar.
func (p *Panel) open(op string) (err error) {
	if p.periods == nil {
		if p.periods, err = (clientele.Calendar{}).Open(); err != nil {
			return &clientele.InputError{Op: op, Index: -1, Field: "Calendar", Err: err}
		}
	}
	return nil
}

// like returns an empty panel of the same configuration.
func (p *Panel) like() *Panel { return &Panel{blank: p.blank, periods: p.periods} }

// N is the number of answers.
func (p *Panel) N() uint64 { return p.n }

// Add counts an answer. One at a time that [clientele.CheckTime] refuses, or off the
// scale, is an InputError and changes nothing.
func (p *Panel) Add(a Answer) error { return p.add("nps.Panel.Add", a, 1) }

// AddN counts an answer that n customers gave in the same period, as a query that groups
// answers returns them; of none it keeps nothing. It refuses what [Panel.Add] does, and more
// than 2^53 answers in all as [clientele.ErrRange].
func (p *Panel) AddN(a Answer, n uint64) error { return p.add("nps.Panel.AddN", a, n) }

func (p *Panel) add(op string, a Answer, n uint64) error {
	if err := p.open(op); err != nil {
		return err
	}
	if err := rule.Time(a.At); err != nil {
		return &clientele.InputError{Op: op, Index: -1, Field: "At", Value: a.At, Err: err}
	}
	low, high := p.blank.bounds()
	if a.Value < low || a.Value > high {
		return &clientele.InputError{
			Op: op, Index: -1, Field: "Value", Value: a.Value,
			Err: fmt.Errorf("%w: the scale is %d to %d", clientele.ErrRange, low, high),
		}
	}
	if n > maxN-p.n {
		return &clientele.InputError{Op: op, Index: -1, Field: "n", Value: n, Err: clientele.ErrRange}
	}
	if n > 0 {
		p.count(a.Group, int32(p.periods.Index(a.At)))[a.Value-low] += n
		p.n += n
	}
	return nil
}

// count returns the counts of a group in a period.
func (p *Panel) count(group string, period int32) []uint64 {
	place, known := p.groups[group]
	if !known {
		if p.groups == nil {
			p.groups, p.cells = make(map[string]int32), make(map[cell]int32)
		}
		place = int32(len(p.names))
		p.names = append(p.names, group)
		p.groups[group] = place
	}
	key := cell{place, period}
	i, known := p.cells[key]
	if !known {
		i = int32(len(p.keys))
		p.keys = append(p.keys, key)
		p.cells[key] = i
		p.counts = slices.Grow(p.counts, p.width())[:len(p.counts)+p.width()]
		clear(p.at(int(i)))
	}
	return p.at(int(i))
}

// width is the number of answers of the scale.
func (p *Panel) width() int { return len(p.blank.used()) }

// at returns the counts of a cell.
func (p *Panel) at(i int) []uint64 { return p.counts[i*p.width() : (i+1)*p.width()] }

// AddAll counts answers from a source. The source's error, or the first answer that
// [Panel.Add] refuses, is an InputError with the index of the answer, and then none of
// them is counted. A nil source is [clientele.ErrMissing].
func (p *Panel) AddAll(src iter.Seq2[Answer, error]) error {
	const op = "nps.Panel.AddAll"
	if src == nil {
		return fault.Missing(op, "src")
	}
	if err := p.open(op); err != nil {
		return err
	}
	more, i := p.like(), 0
	more.n = p.n // so that it refuses what p would
	for a, err := range src {
		if err == nil {
			err = more.add(op, a, 1)
		}
		if err != nil {
			return indexed(op, i, err)
		}
		i++
	}
	p.join(more)
	p.n = more.n
	return nil
}

// Merge adds what another panel has counted; o is only read, unless it is p itself.
// Another scale or calendar is [clientele.ErrMismatch], more than 2^53 answers in all
// [clientele.ErrRange]; both leave p as it was.
func (p *Panel) Merge(o *Panel) error {
	const op = "nps.Panel.Merge"
	if o == nil {
		return fault.Missing(op, "panel")
	}
	if p.Config() != o.Config() {
		return &clientele.InputError{Op: op, Index: -1, Field: "Config", Value: o.Config(), Err: clientele.ErrMismatch}
	}
	if p.n > maxN-o.n {
		return &clientele.InputError{Op: op, Index: -1, Field: "N", Value: o.n, Err: clientele.ErrRange}
	}
	if err := p.open(op); err != nil {
		return err
	}
	n := p.n + o.n
	p.join(o)
	p.n = n
	return nil
}

// join adds the counts of a panel of the same configuration.
func (p *Panel) join(o *Panel) {
	for i, key := range o.keys {
		counts := p.count(o.names[key.group], key.period)
		for j, n := range o.at(i) {
			counts[j] += n
		}
	}
}

// Reset forgets all answers.
func (p *Panel) Reset() { *p = *p.like() }

// Clone returns a panel that has counted the same.
func (p *Panel) Clone() *Panel {
	c := *p
	c.names, c.groups = slices.Clone(p.names), maps.Clone(p.groups)
	c.keys, c.cells = slices.Clone(p.keys), maps.Clone(p.cells)
	c.counts = slices.Clone(p.counts)
	return &c
}
