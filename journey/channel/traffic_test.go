package channel_test

import (
	"testing"
	"time"

	"github.com/clientele-go/clientele/internal/interval"
	"github.com/clientele-go/clientele/internal/verify"
	"github.com/clientele-go/clientele/journey"
	"github.com/clientele-go/clientele/journey/channel"
	"github.com/shopspring/decimal"
)

// Looks and touches without a channel are no traffic; whoever had contacts in one channel
// alone is told.
func TestTraffic(t *testing.T) {
	at := func(hour int, through, cost string) journey.Touch {
		return touch(hour, through, func(t *journey.Touch) { t.Cost = decimal.RequireFromString(cost) })
	}
	look := at(3, "shop", "99")
	look.Touchpoint = "profile"
	r := verify.Must(channel.Measure(source(
		journey.Timeline{Profile: "1", Touches: []journey.Touch{at(1, "web", "0.25"), at(2, "web", "0.5"), look, at(4, "shop", "3"), at(5, "", "7")}},
		journey.Timeline{Profile: "2", Touches: []journey.Touch{at(1, "shop", "1"), at(2, "web", "0.25")}},
		journey.Timeline{Profile: "3", Touches: []journey.Touch{at(1, "web", "0"), at(2, "web", "0")}},
		journey.Timeline{Profile: "4", Touches: []journey.Touch{at(5, "", "7")}},
	), channel.Config{Looks: []string{"profile"}, Level: 0.9}))
	if len(r.Channels) != 2 {
		t.Fatalf("%+v", r.Channels)
	}
	web, shop := r.Channels[0], r.Channels[1]
	if web.Channel != "web" || web.People != 3 || web.Only != 1 || web.First != 2 || web.Last != 2 || web.Contacts != 5 || web.Share != interval.Wilson(3, 3, 0.9) {
		t.Errorf("%+v", web)
	}
	if shop.Channel != "shop" || shop.People != 2 || shop.Only != 0 || shop.First != 1 || shop.Last != 1 || shop.Contacts != 2 || shop.Share != interval.Wilson(2, 3, 0.9) {
		t.Errorf("%+v", shop)
	}
	verify.Money(t, "web", web.Cost, "1")
	verify.Money(t, "shop", shop.Cost, "4")
}

// Invariants: everybody has one first and one last channel; who has one channel alone is
// counted by number, too; no channel has more people than contacts; channels with more people
// come first; and the conversations of channels and hours add up to those of each.
func TestTrafficAddsUp(t *testing.T) {
	for seed := range uint64(50) {
		ways := randomWays(seed)
		r := verify.Must(channel.Measure(source(ways...), channel.Config{}))
		var sum channel.Traffic
		for i, c := range r.Channels {
			sum.First, sum.Last, sum.Only, sum.Contacts = sum.First+c.First, sum.Last+c.Last, sum.Only+c.Only, sum.Contacts+c.Contacts
			sum.Cost = sum.Cost.Add(c.Cost)
			if c.People > c.Contacts || c.Only > c.People || c.First > c.People || c.Last > c.People || c.People > r.People || !c.Share.Contains(float64(c.People)/float64(r.People)) {
				t.Fatalf("%+v", c)
			}
			if i > 0 && (r.Channels[i-1].People < c.People || r.Channels[i-1].People == c.People && r.Channels[i-1].Channel >= c.Channel) {
				t.Fatalf("%+v", r.Channels)
			}
		}
		contacts, cost, alone := 0, decimal.Decimal{}, 0
		for _, w := range ways {
			for _, touch := range w.Touches {
				if touch.Channel != "" {
					contacts++
					cost = cost.Add(touch.Cost)
				}
			}
		}
		for _, n := range r.ByNumber {
			if n.Channels == 1 {
				alone = n.People
			}
		}
		if sum.First != r.People || sum.Last != r.People || sum.Only != alone || sum.Contacts != contacts || !sum.Cost.Equal(cost) {
			t.Fatalf("%+v of %+v", sum, r)
		}
		hoursAddUp(t, verify.Must(channel.Answers(source(ways...), channel.AnswerConfig{AsOf: moment(20, 0), Within: 60})))
	}
}

// hoursAddUp checks that hours of channels are parts of channels and of hours.
func hoursAddUp(t *testing.T, r *channel.AnswerReport) {
	t.Helper()
	type counts [5]int
	of := func(g channel.AnswerGroup) counts {
		return counts{g.Asked, g.InTime, g.Late, g.Unanswered, g.Open}
	}
	channels, hours := make(map[string]counts), make(map[int]counts)
	for i, g := range r.ChannelHours {
		c, h := channels[g.Channel], hours[g.Hour]
		for k, n := range of(g) {
			c[k], h[k] = c[k]+n, h[k]+n
		}
		channels[g.Channel], hours[g.Hour] = c, h
		if before := i - 1; before >= 0 {
			b := r.ChannelHours[before]
			if b.Channel > g.Channel || b.Channel == g.Channel && b.Hour >= g.Hour {
				t.Fatalf("%+v before %+v", b, g)
			}
		}
		if (g.Median == nil) != (g.InTime+g.Late == 0) || g.Asked == 0 {
			t.Fatalf("%+v", g)
		}
	}
	if len(channels) != len(r.Channels) || len(hours) != len(r.Hours) {
		t.Fatalf("%+v", r)
	}
	for _, g := range r.Channels {
		if channels[g.Channel] != of(g) {
			t.Fatalf("%+v, by hour %v", g, channels[g.Channel])
		}
	}
	for _, g := range r.Hours {
		if hours[g.Hour] != of(g) {
			t.Fatalf("%+v, by channel %v", g, hours[g.Hour])
		}
	}
}

// Hours are those of the local day, also where clocks were set forward in the night.
func TestChannelHoursAreLocal(t *testing.T) {
	ask := func(hour int, through, id string) journey.Touch {
		return touch(hour, through, func(t *journey.Touch) {
			t.At = time.Date(2025, 3, 29, hour, 30, 0, 0, time.UTC)
			t.Conversation, t.By = id, journey.Customer
		})
	}
	r := verify.Must(channel.Answers(source(
		journey.Timeline{Profile: "1", Touches: []journey.Touch{ask(24, "chat", "a"), ask(25, "chat", "b"), ask(25, "email", "c")}},
	), channel.AnswerConfig{AsOf: time.Date(2025, 4, 1, 0, 0, 0, 0, time.UTC), Within: 10, Zone: "Europe/Berlin"}))
	want := []channel.AnswerGroup{{Channel: "chat", Hour: 1}, {Channel: "chat", Hour: 3}, {Channel: "email", Hour: 3}}
	if len(r.ChannelHours) != len(want) {
		t.Fatalf("%+v", r.ChannelHours)
	}
	for i, g := range r.ChannelHours {
		if g.Channel != want[i].Channel || g.Hour != want[i].Hour || g.Unanswered != 1 {
			t.Errorf("%+v, want %+v", g, want[i])
		}
	}
}
