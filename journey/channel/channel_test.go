package channel_test

import (
	"encoding/json"
	"fmt"
	"iter"
	"math"
	"math/rand/v2"
	"slices"
	"strconv"
	"testing"
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/testdata"
	"github.com/clientele-go/clientele/internal/verify"
	"github.com/clientele-go/clientele/journey"
	"github.com/clientele-go/clientele/journey/channel"
	"github.com/clientele-go/clientele/journey/internal/journeytest"
	"github.com/shopspring/decimal"
)

// source is timelines as a source.
func source(ways ...journey.Timeline) iter.Seq2[journey.Timeline, error] { return clientele.All(ways) }

// moment is a minute of a day.
func moment(hour, minute int) time.Time { return time.Date(2025, 3, 3, hour, minute, 0, 0, time.UTC) }

// Of 100 purchases in the shop 70 had been online: 70 % [60.4, 78.1]. 20 more of nobody known
// are neither yes nor no.
func TestOnlineFirstHasBounds(t *testing.T) {
	var ways []journey.Timeline
	till := touch(100, "shop", func(t *journey.Touch) {
		t.Touchpoint, t.Value, t.Labels = "till", decimal.New(10, 0), map[string]string{"category": "shoes"}
	})
	for i := range 100 {
		w := journey.Timeline{Profile: fmt.Sprint(i), Touches: []journey.Touch{till}}
		switch {
		case i < 70:
			w.Touches = []journey.Touch{touch(90, "web", nil), till}
		case i < 80:
			w.Touches = []journey.Touch{touch(0, "web", nil), till} // 100 hours before
		case i < 90:
			w.Touches = append(w.Touches, touch(101, "web", nil)) // after the purchase
		case i == 99:
			back := till
			back.At, back.Value = till.At.Add(time.Hour), decimal.New(-4, 0)
			w.Touches = append(w.Touches, back)
		}
		ways = append(ways, w)
	}
	cfg := channel.OnlineConfig{Online: []string{"web"}, Shop: []string{"shop"}, Purchase: []string{"till"}, Within: 4, Category: "category"}
	report := verify.Must(channel.OnlineFirst(source(ways...), slices.Repeat([]journey.Touch{till}, 20), cfg))
	if len(report.Categories) != 1 || report.Categories[0].Category != "shoes" {
		t.Fatalf("%+v", report.Categories)
	}
	for _, g := range []channel.OnlineGroup{report.All, report.Categories[0]} {
		if g.Purchases != 100 || g.Online != 70 || g.Unidentified != 20 {
			t.Fatalf("%+v", g)
		}
		verify.Near(t, "share", g.Share.Value, 0.70, 1e-12)
		verify.Near(t, "lower limit", math.Round(1000*g.Share.Lo), 604, 0)
		verify.Near(t, "upper limit", math.Round(1000*g.Share.Hi), 781, 0)
		verify.Near(t, "at least", g.Least, 70./120, 1e-12)
		verify.Near(t, "at most", g.Most, 90./120, 1e-12)
		verify.Money(t, "money", g.Money, "996")
		verify.Money(t, "online", g.OnlineMoney, "700")
		verify.Money(t, "nobody", g.UnidentifiedMoney, "200")
	}
}

// Questions at night wait; hours are those of the zone.
func TestAnswersByHour(t *testing.T) {
	ask := func(hour int, id string) journey.Touch {
		t := touch(hour, "chat", conversation(id, ""))
		t.By = journey.Customer
		return t
	}
	report := verify.Must(channel.Answers(source(
		journey.Timeline{Profile: "1", Touches: []journey.Touch{ask(9, "a"), touch(9, "chat", conversation("a", ""))}},
		journey.Timeline{Profile: "2", Touches: []journey.Touch{ask(22, "b"), touch(32, "chat", conversation("b", "Olga"))}},
		journey.Timeline{Profile: "3", Touches: []journey.Touch{ask(22, "c"), ask(23, "c")}},
		journey.Timeline{Profile: "4", Touches: []journey.Touch{ask(47, "d"), touch(47, "web", nil), ask(60, "e")}},
	), channel.AnswerConfig{AsOf: time.Date(2025, 3, 5, 0, 0, 0, 0, time.UTC), Within: 120, Zone: "Europe/Moscow"}))
	all := report.All
	if all.Asked != 4 || all.InTime != 1 || all.Late != 1 || all.Unanswered != 1 || all.Open != 1 || report.Later != 1 || report.WithoutConversation != 1 {
		t.Errorf("%+v", report)
	}
	if *all.Median != 0 || *all.Q90 != 0 && *all.Q90 != 10*time.Hour || all.Share.Value != 1./3 {
		t.Errorf("%v %v %v", all.Median, all.Q90, all.Share)
	}
	if report.Conversations != 2 || report.Ongoing != 2 || report.WithoutStaff != 2 {
		t.Errorf("%d ended, %d go on, %d without staff", report.Conversations, report.Ongoing, report.WithoutStaff)
	}
	var hours []int
	for _, g := range report.Hours {
		hours = append(hours, g.Hour)
	}
	if !slices.Equal(hours, []int{1, 2, 12}) {
		t.Errorf("hours in Moscow are %v", hours)
	}
}

func TestRefusals(t *testing.T) {
	bad := channel.Config{Within: -1, RepeatWithin: 1 << 30, Looks: []string{"a", "", "a"}, Level: math.Nextafter(1, 0)}
	verify.ConfigError(t, bad.Validate(), "channel.Config.Validate", "Within", "RepeatWithin", "Looks[1]", "Looks[2]", "Level")
	_, err := channel.Measure(nil, bad)
	verify.ConfigError(t, err, "channel.Measure", "src", "Within", "RepeatWithin", "Looks[1]", "Looks[2]", "Level")
	answers := channel.AnswerConfig{Zone: "Mars", Quiet: -1, Level: 2}
	verify.ConfigError(t, answers.Validate(), "channel.AnswerConfig.Validate", "AsOf", "Within", "Zone", "Quiet", "Level")
	_, err = channel.Answers(nil, answers)
	verify.ConfigError(t, err, "channel.Answers", "src", "AsOf", "Within", "Zone", "Quiet", "Level")
	online := channel.OnlineConfig{Online: []string{"a"}, Shop: []string{"a"}, Since: moment(2, 0), Until: moment(1, 0), Within: -1}
	verify.ConfigError(t, online.Validate(), "channel.OnlineConfig.Validate", "Purchase", "Shop", "Within", "Until")
	_, err = channel.OnlineFirst(nil, nil, online)
	verify.ConfigError(t, err, "channel.OnlineFirst", "src", "Purchase", "Shop", "Within", "Until")
	nothing := source()
	_, err = channel.Measure(nothing, channel.Config{})
	verify.InputError(t, err, "channel.Measure", -1, "timelines", clientele.ErrEmpty)
	_, err = channel.Answers(nothing, channel.AnswerConfig{AsOf: moment(1, 0), Within: 1})
	verify.InputError(t, err, "channel.Answers", -1, "timelines", clientele.ErrEmpty)
	shop := channel.OnlineConfig{Online: []string{"a"}, Shop: []string{"b"}, Purchase: []string{"c"}}
	_, err = channel.OnlineFirst(nothing, nil, shop)
	verify.InputError(t, err, "channel.OnlineFirst", -1, "timelines", clientele.ErrEmpty)
	_, err = channel.OnlineFirst(nothing, []journey.Touch{touch(1, "b", nil), {}}, shop)
	verify.InputError(t, err, "channel.OnlineFirst", -1, "unidentified[1].Touchpoint", clientele.ErrMissing)
	_, _, err = channel.Config{}.Met(journey.Timeline{}, 0)
	verify.InputError(t, err, "channel.Config.Met", -1, "n", clientele.ErrRange)
	_, _, err = channel.Config{}.IntegrationOf(journey.Timeline{})
	verify.InputError(t, err, "channel.Config.IntegrationOf", -1, "Profile", clientele.ErrMissing)
	_, err = channel.Measure(source(journey.Timeline{Profile: "1"}, journey.Timeline{}), channel.Config{})
	verify.InputError(t, err, "channel.Measure", 1, "Profile", clientele.ErrMissing)
	if _, ok, err := (channel.Config{}).Met(journey.Timeline{Profile: "1"}, 1); ok || err != nil {
		t.Error(ok, err)
	}
}

// The events of 400 people over all channels; the golden numbers are counted from the truth.
func TestReferenceChannels(t *testing.T) {
	var want struct {
		People map[string]int `json:"people_by_number_of_channels"`
	}
	var process map[string]json.RawMessage
	testdata.Golden(t, "journey.json", "process", &process)
	if err := json.Unmarshal(process["omnichannel_events"], &want); err != nil {
		t.Fatal(err)
	}
	report := verify.Must(channel.Measure(journeytest.Timelines(t).All(), channel.Config{}))
	if report.People != 400 || len(report.ByNumber) != len(want.People) {
		t.Errorf("%d people, %v", report.People, report.ByNumber)
	}
	for _, c := range report.ByNumber {
		if c.People != want.People[strconv.Itoa(c.Channels)] {
			t.Errorf("%d people in %d channels, want %d", c.People, c.Channels, want.People[strconv.Itoa(c.Channels)])
		}
	}
}

// randomWays are ways over a few channels and conversations.
func randomWays(seed uint64) []journey.Timeline {
	r := rand.New(rand.NewPCG(seed, 1))
	ways := make([]journey.Timeline, 60)
	for i := range ways {
		ways[i].Profile = fmt.Sprint(i)
		for j := range r.IntN(8) {
			ways[i].Touches = append(ways[i].Touches, touch(5*j, []string{"web", "shop", "chat", ""}[r.IntN(4)], func(t *journey.Touch) {
				t.Conversation, t.By = []string{"", "a", "b"}[r.IntN(3)], journey.Party(r.IntN(3))
				t.Cost = decimal.New(int64(r.IntN(100)), -int32(r.IntN(3)))
				t.Labels, t.Value = map[string]string{"message": "m", "category": []string{"x", "y"}[r.IntN(2)]}, decimal.New(int64(r.IntN(100)), -1)
			}))
		}
	}
	return ways
}
