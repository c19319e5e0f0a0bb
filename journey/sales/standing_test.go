package sales_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/journey"
	"github.com/clientele-go/clientele/journey/sales"
)

// skilled is a person with a tenure in days, a number of criteria met of ten, bookings on one
// day and the money of a sale.
type skilled struct {
	name             string
	days, met, books int
	money            string
}

// team are records and members.
func team(people ...skilled) (g given, members []sales.Member) {
	for _, p := range people {
		members = append(members, sales.Member{Name: p.name, Since: config().AsOf.AddDate(0, 0, -p.days)})
		for i := range p.books {
			g.touches = append(g.touches, booked(1, p.name, fmt.Sprint(p.name, i)))
		}
		g.receipts = append(g.receipts, sold(1, p.name, p.name+"0", p.money))
		g.checks = append(g.checks, sales.Check{Staff: p.name, At: on(1, 9), Product: sales.Marks{Met: p.met, Of: 10}})
	}
	return g, members
}

// The four groups, by thresholds of the host: the end belongs to +.
func TestGroups(t *testing.T) {
	g, members := team(
		skilled{"pillar", 365, 8, 5, "100"},
		skilled{"coasting", 400, 9, 4, "99"},
		skilled{"rising", 364, 8, 6, "200"},
		skilled{"beginner", 10, 7, 1, "10"},
		skilled{"busy in vain", 10, 7, 9, "10"},
	)
	cfg := config()
	cfg.Team = append(members, sales.Member{Name: "no tenure"}, sales.Member{Name: "no data", Since: on(1, 0)})
	cfg.Thresholds = sales.Thresholds{Tenure: 365, Competence: 0.8, Effort: 5, Result: 100}
	card := g.card(t, cfg)
	for name, want := range map[string]string{
		"pillar": "++++ pillar", "coasting": "++−− coasting", "rising": "−+++ rising", "beginner": "−−−− beginner",
		"busy in vain": "−−+− mixed", "no tenure": "???? unjudged", "no data": "−??? unjudged",
	} {
		r := row(t, card, name)
		if got := fmt.Sprint(r.Standing, " ", r.Standing.Group); got != want {
			t.Errorf("%s: %s, want %s", name, got, want)
		}
		in := card.In(r.Standing.Group)
		if len(in) == 0 || want != "???? unjudged" && want != "−??? unjudged" && (len(in) != 1 || in[0].Name != name) {
			t.Errorf("%v: %d rows", r.Standing.Group, len(in))
		}
	}
}

// Without thresholds of the host, the medians of the team are those: at the median is +.
func TestGroupsByMedians(t *testing.T) {
	g, members := team(
		skilled{"a", 100, 5, 1, "10"},
		skilled{"b", 200, 6, 2, "20"},
		skilled{"c", 300, 7, 3, "30"},
	)
	cfg := config()
	cfg.Team = members
	card := g.card(t, cfg)
	for name, want := range map[string]string{"a": "−−−−", "b": "++++", "c": "++++"} {
		if got := row(t, card, name).Standing.String(); got != want {
			t.Errorf("%s: %s, want %s", name, got, want)
		}
	}
	g.touches, g.receipts, g.checks = g.touches[:3], g.receipts[:2], g.checks[:2]
	cfg.Team = members[:2]
	if got := row(t, g.card(t, cfg), "a").Standing; got != (sales.Standing{}) {
		t.Errorf("of two people there is no median: %v", got)
	}
}

// Windows of seven days that end with the weeks of the calendar, each in the same place for
// everybody; one that begins before the period is not whole.
func TestRollingWindows(t *testing.T) {
	g := given{touches: []journey.Touch{
		booked(2, "Ann", "1"), booked(8, "Ann", "2"), booked(9, "Ann", "3"), booked(9, "Ann", "4"), booked(16, "Ann", "5"), booked(17, "Ben", "6"),
	}}
	cfg := config()
	cfg.AsOf, cfg.Since = on(18, 12), on(1, 0)
	cfg.Calendar = clientele.Calendar{Unit: clientele.Week, WeekStart: 1}
	cfg.Rolling, cfg.Points = 7, 4
	card := g.card(t, cfg)
	for name, want := range map[string]string{
		"Ann": "02-09 1; 09-16 2; 12-18 1;",
		"Ben": "02-09 none; 09-16 none; 12-18 1;",
	} {
		var got []string
		for _, w := range row(t, card, name).Rolling {
			rate := "none"
			if e, ok := w.Of(sales.BookingsADay); ok {
				rate = fmt.Sprint(e.Value)
			}
			got = append(got, fmt.Sprintf("%s-%s %s;", w.First.Format("02"), w.Until.Format("02"), rate))
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%s: %s, want %s", name, got, want)
		}
	}
	for _, c := range []struct {
		since   time.Time
		windows int
	}{{on(2, 0), 3}, {on(2, 1), 2}, {time.Time{}, 4}} {
		cfg.Since = c.since
		if n := len(g.card(t, cfg).Total.Rolling); n != c.windows {
			t.Errorf("since %v there are %d windows", c.since, n)
		}
	}
}

// What happens at the moment at which a window ends is of the next one.
func TestWindowsDoNotOverlap(t *testing.T) {
	g := given{touches: []journey.Touch{booked(8, "Ann", "1"), booked(9, "Ann", "2")}, receipts: []receipt{sold(9, "Ann", "2", "10")}}
	g.touches[1].At = on(9, 0)
	cfg := config()
	cfg.AsOf, cfg.Calendar = on(20, 12), clientele.Calendar{Unit: clientele.Week, WeekStart: time.Monday}
	cfg.Rolling, cfg.Points = 7, 3
	windows := row(t, g.card(t, cfg), "Ann").Rolling
	if first, second := windows[0].Conversion, windows[1].Conversion; first == nil || second == nil || first.Value != 0 || second.Value != 1 {
		t.Errorf("%v, then %v", first, second)
	}
}

// Records outside the period are counted and left out.
func TestOutsideThePeriod(t *testing.T) {
	g := given{
		touches:  []journey.Touch{booked(1, "Ann", "1"), booked(10, "Ann", "1"), booked(29, "Ann", "1")},
		receipts: []receipt{sold(1, "Ann", "1", "1"), sold(10, "Ben", "1", "2"), sold(29, "Ann", "1", "4")},
		checks:   []sales.Check{{Staff: "Ann", At: on(1, 9), Product: sales.Marks{Met: 1, Of: 1}}, {Staff: "Ann", At: on(29, 9)}},
		shifts:   []sales.Shift{{Staff: "Ann", At: on(1, 9)}, {Staff: "Ann", At: on(29, 9)}, {Staff: "Ann", At: on(5, 0)}},
	}
	cfg := config()
	cfg.Since, cfg.AsOf = on(5, 0), on(20, 0)
	cfg.Team = []sales.Member{{Name: "Ann"}}
	card := g.card(t, cfg)
	if got, want := show(card), "Ann 2 days 1/1 booked; Ben 1 days 1 sold 2 1 repeat"; got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	if card.Before != 4 || card.Later != 4 {
		t.Errorf("%d records before, %d after", card.Before, card.Later)
	}
	if len(card.Warnings) != 1 || card.Warnings[0].Error() != `salespeople who are not in Config.Team: 1, the first "Ben": add them, or write names in one way` {
		t.Errorf("warnings: %v", card.Warnings)
	}
	g.receipts = append(g.receipts, sold(10, "", "7", "5"))
	warnings := g.card(t, cfg).Warnings
	if len(warnings) != 2 || warnings[0].Error() != "0 of 1 bookings and 1 of 2 sales name no salesperson: they are in Scorecard.Nobody" {
		t.Errorf("warnings: %v", warnings)
	}
}
