package channel

import (
	"cmp"
	"iter"
	"maps"
	"slices"
	"strings"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/interval"
	"github.com/clientele-go/clientele/internal/rule"
	"github.com/clientele-go/clientele/journey"
)

// Report is how well channels work together.
type Report struct {
	Config Config `json:"config"` // what was asked, with defaults filled in

	People         int `json:"people"`         // people with at least one contact
	WithoutChannel int `json:"withoutChannel"` // touches without a channel, which are no contacts

	Integration []IntegrationCount `json:"integration"` // by level of integration, each of the four
	Channels    []Traffic          `json:"channels"`    // by channel, that of the most people first, then by name
	ByNumber    []ChannelCount     `json:"byNumber"`    // by number of channels, ascending, each that occurs
	Several     clientele.Estimate `json:"several"`     // share of people with contacts in two or more channels

	Handoffs  []Handoff `json:"handoffs"`  // by From, then To
	HandedOff int       `json:"handedOff"` // people with at least one hand-off
	AllShared int       `json:"allShared"` // people with hand-offs all of which were shared

	// Shared is the share of AllShared in HandedOff; nil without any. It counts people,
	// since hand-offs of one person are no independent observations.
	Shared *clientele.Estimate `json:"shared,omitempty"`

	Repeats []Repeat `json:"repeats"` // by Message, then From, then To
}

// IntegrationCount is how many people met a level of integration.
type IntegrationCount struct {
	Integration Integration        `json:"integration"` // the level of integration
	People      int                `json:"people"`      // people whose level it is
	Share       clientele.Estimate `json:"share"`       // share of all people
}

// ChannelCount is how many people had contacts in so many channels.
type ChannelCount struct {
	Channels int `json:"channels"` // number of channels
	People   int `json:"people"`   // people with so many
}

// Handoff is how people got from one channel to another, or, where both are the same, from
// one member of staff to another.
type Handoff struct {
	From     string `json:"from"`     // channel of the first contact
	To       string `json:"to"`       // channel of the second contact
	Shared   int    `json:"shared"`   // hand-offs with their context
	Followed int    `json:"followed"` // hand-offs of a person who was known, without a talk that went on
	Broken   int    `json:"broken"`   // hand-offs at which the person had to start anew
}

// Repeat is a message that the company sent to one person by two channels.
type Repeat struct {
	Message string `json:"message"` // what the label of the message says
	From    string `json:"from"`    // channel by which it came first
	To      string `json:"to"`      // channel by which it came again
	Count   int    `json:"count"`   // how often
}

// Measure tells how well channels work together for people. It returns a
// [clientele.ConfigError] with all faults of the configuration, a [clientele.InputError] with the
// timeline's index for an error of the source and for a timeline that
// [journey.Timeline.Validate] refuses, and one of [clientele.ErrEmpty] where nobody has a
// contact.
func Measure(src iter.Seq2[journey.Timeline, error], cfg Config) (*Report, error) {
	const op = "channel.Measure"
	faults := clientele.ConfigError{Op: op}
	fault.AddSource(&faults, "src", src)
	cfg.complete(&faults)
	if err := faults.Err(); err != nil {
		return nil, err
	}
	m := &measure{
		cfg: cfg, traffic: make(map[string]*Traffic), channels: make(map[int]int),
		handoffs: make(map[pair]*Handoff), repeats: make(map[repeatKey]int),
	}
	m.report.Config = cfg
	for t, err := range fault.Checked(op, src, journey.Timeline.Validate) {
		if err != nil {
			return nil, err
		}
		m.add(new(cfg.wayOf(&t)))
	}
	if m.report.People == 0 {
		return nil, fault.Of(op, "timelines", nil, rule.Because(rule.Empty, "nobody has a contact", "touches with a channel that are no looks"))
	}
	return m.finish(), nil
}

// measure counts people.
type measure struct {
	cfg      Config
	report   Report
	levels   [Omni + 1]int
	traffic  map[string]*Traffic
	channels map[int]int // people by number of channels
	handoffs map[pair]*Handoff
	repeats  map[repeatKey]int
}

// pair is a channel and the one after it.
type pair struct{ from, to string }

type repeatKey struct {
	message string
	pair
}

// add counts a person.
func (m *measure) add(w *way) {
	m.report.WithoutChannel += w.without
	if len(w.contacts) == 0 {
		return
	}
	m.report.People++
	met := m.cfg.sum(w, len(w.contacts), func(i int, how bond) { m.between(w, i).count(how) })
	m.levels[met.level()]++
	m.channels[met.channels]++
	if met.handedOff {
		m.report.HandedOff++
		if met.worst == shared {
			m.report.AllShared++
		}
	}
	m.addTraffic(w, met.channels)
	m.addRepeats(w)
}

// between is the hand-off that contact i belongs to.
func (m *measure) between(w *way, i int) *Handoff {
	k := pair{w.contacts[i-1].Channel, w.contacts[i].Channel}
	h := m.handoffs[k]
	if h == nil {
		h = &Handoff{From: strings.Clone(k.from), To: strings.Clone(k.to)}
		m.handoffs[pair{h.From, h.To}] = h
	}
	return h
}

func (h *Handoff) count(how bond) {
	switch how {
	case shared:
		h.Shared++
	case followed:
		h.Followed++
	default:
		h.Broken++
	}
}

// addRepeats counts messages that came again by another channel.
func (m *measure) addRepeats(w *way) {
	last := make(map[string]*journey.Touch)
	for _, t := range w.contacts {
		message := t.Labels[m.cfg.Message]
		if message == "" || t.By != journey.Company {
			continue
		}
		if before := last[message]; before != nil && before.Channel != t.Channel && t.At.Sub(before.At) <= m.cfg.RepeatWithin.Duration() {
			m.repeats[repeatKey{message, pair{before.Channel, t.Channel}}]++
		}
		last[message] = t
	}
}

// finish completes the report.
func (m *measure) finish() *Report {
	r := &m.report
	several := 0
	for level, people := range m.levels {
		r.Integration = append(r.Integration, IntegrationCount{Integration(level), people, interval.Wilson(int64(people), int64(r.People), m.cfg.Level)})
	}
	for _, n := range slices.Sorted(maps.Keys(m.channels)) {
		r.ByNumber = append(r.ByNumber, ChannelCount{n, m.channels[n]})
		if n > 1 {
			several += m.channels[n]
		}
	}
	r.Several = interval.Wilson(int64(several), int64(r.People), m.cfg.Level)
	for _, h := range m.handoffs {
		r.Handoffs = append(r.Handoffs, *h)
	}
	m.finishTraffic()
	r.Shared = interval.Share(r.AllShared, r.HandedOff, m.cfg.Level)
	slices.SortFunc(r.Handoffs, func(a, b Handoff) int { return cmp.Or(cmp.Compare(a.From, b.From), cmp.Compare(a.To, b.To)) })
	for k, n := range m.repeats {
		r.Repeats = append(r.Repeats, Repeat{k.message, k.from, k.to, n})
	}
	slices.SortFunc(r.Repeats, func(a, b Repeat) int {
		return cmp.Or(cmp.Compare(a.Message, b.Message), cmp.Compare(a.From, b.From), cmp.Compare(a.To, b.To))
	})
	return r
}
