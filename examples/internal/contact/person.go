package contact

import (
	"fmt"
	"slices"
	"time"

	"github.com/clientele-go/clientele/journey"
	"github.com/shopspring/decimal"
)

// person is somebody with a way.
type person struct {
	devices []string // one or two
	phone   string
	number  string // of the customer; "" for those who never bought
	context context
	talks   int // conversations so far
}

// context is what the channels know of a talk in another one.
type context uint8

const (
	followed context = iota // the person, and not the talk
	shared                  // the talk
	broken                  // nothing
)

// person draws a person.
func (s *simulation) person() *person {
	s.people++
	p := &person{phone: fmt.Sprintf("+49 30 5%06d", s.people), devices: []string{fmt.Sprintf("d-%d-a", s.people)}}
	if s.chance(0.3) {
		p.devices = append(p.devices, fmt.Sprintf("d-%d-b", s.people))
	}
	switch u := s.r.Float64(); {
	case u < s.cfg.Shared:
		p.context = shared
	case u < s.cfg.Shared+s.cfg.Broken:
		p.context = broken
	}
	return p
}

// conversation is the id of the talk to which the next touch of a person belongs: one for
// all where channels share it, one for each touch where they know nothing.
func (p *person) conversation() string {
	switch p.context {
	case shared:
		return "talk " + p.phone
	case broken:
		p.talks++
		return fmt.Sprintf("talk %s, %d", p.phone, p.talks)
	}
	return ""
}

// add makes a touch of a person known by identifiers, and returns it to be completed.
func (s *simulation) add(p *person, touchpoint, channel string, at time.Time, known ...journey.Identifier) *journey.Touch {
	s.touches = append(s.touches, journey.Touch{
		Touchpoint: touchpoint, Channel: channel, At: at, Conversation: p.conversation(), Identifiers: known,
	})
	return &s.touches[len(s.touches)-1]
}

// visits makes the advertisement that brought a person, the first visit of the site, and
// perhaps a second one, on the last of the devices. The last visit is at the given moment.
func (s *simulation) visits(p *person, via string, last time.Time, devices []string) {
	device := journey.Identifier{Kind: "device", Value: devices[0]}
	first := last
	returns := s.chance(s.cfg.Returns)
	if returns {
		first = last.Add(-s.within(returnDays))
	}
	switch via {
	case "search":
		s.paid(p, SearchAd, "search", first, 90, device)
	case "social":
		s.paid(p, SocialAd, "social", first, 60, device)
	}
	s.add(p, Site, "web", first, device).Seq = 1
	if returns {
		device.Value = devices[len(devices)-1]
		s.paid(p, FollowAd, "display", last, 35, device)
		s.add(p, Site, "web", last, device).Seq = 1
	}
}

// paid makes a click on an advertisement, which costs cents.
func (s *simulation) paid(p *person, touchpoint, channel string, at time.Time, cents int64, known ...journey.Identifier) {
	s.add(p, touchpoint, channel, at, known...).Cost = decimal.New(cents, -2)
}

// form makes the telephone number that a person leaves on the site. A form that is begun on
// one device and ended on another, by a link that was sent, tells both.
func (s *simulation) form(p *person, at time.Time) {
	known := []journey.Identifier{{Kind: "phone", Value: p.phone}}
	for _, device := range p.devices {
		known = append(known, journey.Identifier{Kind: "device", Value: device})
	}
	if s.chance(s.cfg.Nonsense) {
		known = slices.Insert(known, 0, journey.Identifier{Kind: "phone", Value: Placeholder})
	}
	s.add(p, Form, "web", at, known...).By = journey.Customer
}

// call makes the talk with an operator.
func (s *simulation) call(p *person, at time.Time) {
	t := s.add(p, Call, "telephone", at, journey.Identifier{Kind: "phone", Value: p.phone})
	t.By, t.Outcome = journey.Company, "talked"
	t.Until = at.Add(time.Duration(1+s.r.Int64N(20)) * time.Minute)
	t.Staff = [...]string{"Ida", "Jan", "Kim"}[s.r.IntN(3)]
	t.Cost = decimal.New(2, 0)
}
