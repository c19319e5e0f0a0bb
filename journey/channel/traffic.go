package channel

import (
	"cmp"
	"slices"
	"strings"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/interval"
	"github.com/shopspring/decimal"
)

// Traffic is the contacts that people had in one channel.
type Traffic struct {
	Channel string `json:"channel"` // name of the channel

	People int                `json:"people"` // people with a contact in it
	Share  clientele.Estimate `json:"share"`  // share of People in all people with contacts, with Wilson's interval
	Only   int                `json:"only"`   // people with contacts in no other channel
	First  int                `json:"first"`  // people whose first contact was in it
	Last   int                `json:"last"`   // people whose last contact was in it

	Contacts int             `json:"contacts"` // contacts in it
	Cost     decimal.Decimal `json:"cost"`     // what these contacts cost the company
}

// addTraffic counts the contacts of a person, of whom there is at least one, in so many
// channels.
func (m *measure) addTraffic(w *way, channels int) {
	last := len(w.contacts) - 1
	met := make(map[*Traffic]bool, channels)
	for i, touch := range w.contacts {
		t := m.traffic[touch.Channel]
		if t == nil {
			t = &Traffic{Channel: strings.Clone(touch.Channel)}
			m.traffic[t.Channel] = t
		}
		t.Contacts++
		t.Cost = t.Cost.Add(touch.Cost)
		if i == 0 {
			t.First++
		}
		if i == last {
			t.Last++
		}
		met[t] = true
	}
	for t := range met {
		t.People++
		if channels == 1 {
			t.Only++
		}
	}
}

// finishTraffic completes the traffic of all channels.
func (m *measure) finishTraffic() {
	r := &m.report
	for _, t := range m.traffic {
		t.Share = interval.Wilson(int64(t.People), int64(r.People), m.cfg.Level)
		r.Channels = append(r.Channels, *t)
	}
	slices.SortFunc(r.Channels, func(a, b Traffic) int {
		return cmp.Or(cmp.Compare(b.People, a.People), cmp.Compare(a.Channel, b.Channel))
	})
}
