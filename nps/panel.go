package nps

import (
	"cmp"
	"iter"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/rule"
	"github.com/clientele-go/clientele/internal/strict"
)

// Answer is one customer's answer to the question.
type Answer struct {
	At    time.Time `json:"at"`              // when the customer answered
	Group string    `json:"group,omitempty"` // a segment, touchpoint or channel, as the host calls it; "" = none
	Value int       `json:"value"`           // the answer, on the scale of the panel
}

// PanelConfig says on which scale customers answer, and into which periods time is cut.
// The zero value is the standard scale, by days in UTC.
type PanelConfig struct {
	Scale    Scale              `json:"scale,omitzero"` // scale of the answers; zero = the standard one
	Calendar clientele.Calendar `json:"calendar"`       // unit and zone of the periods; zero = days in UTC
}

// UnmarshalJSON reads a configuration. An unknown key, a key given twice or a value of the
// wrong type returns an InputError of [clientele.ErrEncoding] and leaves c as it was.
// [NewPanel] checks the values.
func (c *PanelConfig) UnmarshalJSON(data []byte) error {
	return strict.Into[clientele.InputError]("nps.PanelConfig.UnmarshalJSON", data, c)
}

// Panel counts answers by group and period. It keeps counts, not answers: memory grows
// with groups times periods that have answers, some 150 bytes each on the standard
// scale. It cannot see an answer that is given to it twice.
//
// [NewPanel] makes one; the zero Panel is empty and ready, on the standard scale and by
// days in UTC. Methods that only read may be called concurrently. A nil Panel is empty and
// read-only.
type Panel struct {
	blank   Tally              // of the scale, without answers
	periods *clientele.Periods // nil in the zero Panel
	names   []string           // of groups, as they came
	groups  map[string]int32   // which of names
	keys    []cell
	cells   map[cell]int32 // which of keys
	counts  []uint64       // of each cell in the order of keys, from the lowest answer
	n       uint64
}

// cell is a group in a period.
type cell struct{ group, period int32 }

// NewPanel returns an empty panel, or all faults of its configuration in a
// [clientele.ConfigError].
func NewPanel(cfg PanelConfig) (*Panel, error) {
	faults := clientele.ConfigError{Op: "nps.NewPanel"}
	cfg.Scale.check(&faults, "Scale.")
	periods, err := cfg.Calendar.Open()
	fault.AddPart(&faults, "Calendar.", err)
	if err := faults.Err(); err != nil {
		return nil, err
	}
	return &Panel{blank: newTally(cfg.Scale), periods: periods}, nil
}

// Config returns the configuration; the standard scale has its numbers instead of zeros.
func (p *Panel) Config() PanelConfig {
	if p == nil {
		return PanelConfig{}
	}
	cfg := PanelConfig{Scale: p.blank.Scale()}
	if p.periods != nil {
		cfg.Calendar = p.periods.Calendar()
	}
	return cfg
}

// open gives the zero Panel its calendar, and refuses a nil one.
func (p *Panel) open(op string) (err error) {
	if p == nil {
		return fault.Unconfigured(op)
	}
	if p.periods == nil {
		p.periods, err = (clientele.Calendar{}).Open()
	}
	return err
}

// like returns an empty panel of the same configuration.
func (p *Panel) like() *Panel { return &Panel{blank: p.blank, periods: p.periods} }

// N is the number of answers.
func (p *Panel) N() uint64 {
	if p == nil {
		return 0
	}
	return p.n
}

// Add counts an answer. One at an unusable time (zero, or outside the years 1678 to 2261),
// or off the scale, returns an InputError and changes nothing.
func (p *Panel) Add(a Answer) error { return p.add("nps.Panel.Add", a, 1) }

// AddN counts an answer that n customers gave in the same period, as a query that groups
// answers returns them; 0 customers leave no trace. It refuses what [Panel.Add] refuses,
// and returns [clientele.ErrRange] for more than 2^53 answers in all.
func (p *Panel) AddN(a Answer, n uint64) error { return p.add("nps.Panel.AddN", a, n) }

func (p *Panel) add(op string, a Answer, n uint64) error {
	if err := p.open(op); err != nil {
		return err
	}
	if err := rule.Time(a.At); err != nil {
		return fault.Of(op, "At", a.At, err)
	}
	low, high := p.blank.bounds()
	if a.Value < low || a.Value > high {
		return fault.Of(op, "Value", a.Value, p.blank.Scale().offScale())
	}
	if n > maxN-p.n {
		return tooMany(op, "n", n)
	}
	if n > 0 {
		p.count(a.Group, int32(p.periods.Index(a.At)))[a.Value-low] += n
		p.n += n
	}
	return nil
}

// count returns the counts of a group in a period.
func (p *Panel) count(name string, period int32) []uint64 {
	group, known := p.groups[name]
	if !known {
		if p.groups == nil {
			p.groups, p.cells = make(map[string]int32), make(map[cell]int32)
		}
		name = strings.Clone(name) // it may be a piece of something large
		group = int32(len(p.names))
		p.names = append(p.names, name)
		p.groups[name] = group
	}
	key := cell{group, period}
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
// [Panel.Add] refuses, returns an InputError with the index of the answer, and then
// nothing of the source is counted. A nil source returns [clientele.ErrMissing].
func (p *Panel) AddAll(src iter.Seq2[Answer, error]) error {
	const op = "nps.Panel.AddAll"
	if err := p.open(op); err != nil {
		return err
	}
	if src == nil {
		return fault.Of(op, "src", nil, rule.ErrNoSource)
	}
	more, i := p.like(), 0
	more.n = p.n // so that it refuses what p would
	for a, err := range src {
		if err == nil {
			err = more.add(op, a, 1)
		}
		if err != nil {
			return fault.Placed(op, i, err)
		}
		i++
	}
	p.join(more)
	p.n = more.n
	return nil
}

// Merge adds what another panel has counted; o is only read, unless it is p itself. The
// error is [clientele.ErrMismatch] if scales or calendars differ, and [clientele.ErrRange]
// for more than 2^53 answers in all; both leave p as it was.
func (p *Panel) Merge(o *Panel) error {
	const op = "nps.Panel.Merge"
	if err := p.open(op); err != nil {
		return err
	}
	if o == nil {
		return fault.Of(op, "panel", nil, rule.Want(rule.Missing, "a panel to merge"))
	}
	if err := p.sameConfig(op, o); err != nil {
		return err
	}
	if p.n > maxN-o.n {
		return tooMany(op, "N", o.n)
	}
	n := p.n + o.n
	p.join(o)
	p.n = n
	return nil
}

// sameConfig refuses a panel of another configuration.
func (p *Panel) sameConfig(op string, o *Panel) error {
	own, other := p.Config(), o.Config()
	switch a, b := own.Calendar, other.Calendar; {
	case own.Scale != other.Scale:
		return fault.Differs(op, "Scale", own.Scale, other.Scale)
	case a.Unit != b.Unit:
		return fault.Differs(op, "Calendar.Unit", a.Unit, b.Unit)
	case a.Zone != b.Zone:
		return fault.Differs(op, "Calendar.Zone", cmp.Or(a.Zone, "UTC"), b.Zone)
	case a.WeekStart != b.WeekStart:
		return fault.Differs(op, "Calendar.WeekStart", a.WeekStart, b.WeekStart)
	}
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
func (p *Panel) Reset() {
	if p != nil {
		*p = *p.like()
	}
}

// Clone returns a panel that has counted the same.
func (p *Panel) Clone() *Panel {
	if p == nil {
		return nil
	}
	c := *p
	c.names, c.groups = slices.Clone(p.names), maps.Clone(p.groups)
	c.keys, c.cells = slices.Clone(p.keys), maps.Clone(p.cells)
	c.counts = slices.Clone(p.counts)
	return &c
}
