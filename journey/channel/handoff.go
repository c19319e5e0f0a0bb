package channel

import (
	"slices"
	"time"

	"github.com/clientele-go/clientele/journey"
)

// bond is how a hand-off went.
type bond uint8

const (
	broken bond = iota
	followed
	shared
)

// way is the contacts of a person, and the looks at the profile.
type way struct {
	contacts []*journey.Touch
	answers  []time.Time // by contact: when the company answered in its channel, else when it was
	looks    []time.Time
	without  int // touches without a channel
}

// wayOf sorts the touches of a timeline.
func (c *Config) wayOf(t *journey.Timeline) (w way) {
	for i := range t.Touches {
		touch := &t.Touches[i]
		switch {
		case slices.Contains(c.Looks, touch.Touchpoint):
			w.looks = append(w.looks, touch.At)
		case touch.Channel == "":
			w.without++
		default:
			w.contacts = append(w.contacts, touch)
		}
	}
	w.findAnswers()
	return w
}

// findAnswers finds for each contact the first one from it on, before the channel changes,
// that the company began.
func (w *way) findAnswers() {
	w.answers = make([]time.Time, len(w.contacts))
	var answer time.Time // zero = none before the channel changes
	for i := len(w.contacts) - 1; i >= 0; i-- {
		t := w.contacts[i]
		if i+1 < len(w.contacts) && w.contacts[i+1].Channel != t.Channel {
			answer = time.Time{}
		}
		if t.By == journey.Company {
			answer = t.At
		}
		if w.answers[i] = answer; answer.IsZero() {
			w.answers[i] = t.At
		}
	}
}

// handoff reports whether contact i took over from the one before, and how that went.
func (c *Config) handoff(w *way, i int) (how bond, ok bool) {
	from, to := w.contacts[i-1], w.contacts[i]
	changes := from.Channel != to.Channel || from.Staff != "" && to.Staff != "" && from.Staff != to.Staff
	if !changes || to.At.Sub(from.End()) > c.Within.Duration() {
		return 0, false
	}
	talks := from.Conversation != "" && to.Conversation != ""
	switch {
	case talks && from.Conversation == to.Conversation, w.looked(from.At, w.answers[i]):
		return shared, true
	case talks:
		return broken, true
	default:
		return followed, true
	}
}

// looked reports whether somebody looked at the profile between two moments.
func (w *way) looked(since, until time.Time) bool {
	i, _ := slices.BinarySearchFunc(w.looks, since, time.Time.Compare)
	return i < len(w.looks) && !w.looks[i].After(until)
}

// summary is what a person met over some contacts.
type summary struct {
	channels  int  // distinct channels
	worst     bond // the worst hand-off; shared where there was none
	handedOff bool // whether there was a hand-off
}

// sum sums up the first n contacts, and calls each with every hand-off.
func (c *Config) sum(w *way, n int, each func(i int, how bond)) summary {
	s, seen := summary{worst: shared}, make(map[string]struct{})
	for i, t := range w.contacts[:n] {
		seen[t.Channel] = struct{}{}
		if i == 0 {
			continue
		}
		if how, ok := c.handoff(w, i); ok {
			s.worst, s.handedOff = min(s.worst, how), true
			each(i, how)
		}
	}
	s.channels = len(seen)
	return s
}

// level is the level of integration that was met.
func (s summary) level() Integration {
	switch {
	case s.handedOff && s.worst == shared:
		return Omni
	case s.channels == 1:
		return Single
	case !s.handedOff || s.worst == broken:
		return Multi
	default:
		return Cross
	}
}

// level is that of the first n contacts.
func (c *Config) level(w *way, n int) Integration {
	return c.sum(w, n, func(int, bond) {}).level()
}
