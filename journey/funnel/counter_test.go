package funnel_test

import (
	"fmt"
	"testing"

	"github.com/clientele-go/clientele/internal/interval"
	"github.com/clientele-go/clientele/internal/verify"
	"github.com/clientele-go/clientele/journey"
	"github.com/clientele-go/clientele/journey/funnel"
	"github.com/shopspring/decimal"
)

// worth is a touch with money.
func worth(touchpoint string, n int, value int64) journey.Touch {
	touch := at(touchpoint, n)
	touch.Value = decimal.New(value, 0)
	return touch
}

// What is left out or was in no order is counted, also over shards.
func TestReportCountsWhatItLeavesOut(t *testing.T) {
	deal := func(touch journey.Touch, name string) journey.Touch {
		touch.Labels = map[string]string{"deal": name}
		return touch
	}
	f := changed(steps(5, "A", "B"), func(f *funnel.Funnel) { f.Per = funnel.Label("deal") })
	cfg := funnel.Config{Funnel: f, AsOf: second(20), Since: second(2), Until: second(18)}
	person := line(
		deal(at("A", 1), "early"), deal(at("A", 3), "one"), deal(at("B", 3), "one"), at("B", 4), deal(at("B", 5), "none"),
		deal(at("A", 12), "again"), deal(at("A", 17), "again"), deal(at("A", 17), "open"), deal(at("B", 19), "open"),
		deal(at("A", 18), "late"), deal(at("B", 21), "one"), deal(at("X", 22), "one"),
	)
	journey.Sort(person.Touches)
	one, all := verify.Must(funnel.New(cfg)), verify.Must(funnel.New(cfg))
	if err := one.Add(person); err != nil {
		t.Fatal(err)
	}
	for i := range 2 {
		if i == 1 {
			one.Reset()
			other := person
			other.Profile = "q"
			if err := one.Add(other); err != nil {
				t.Fatal(err)
			}
		}
		if err := all.Merge(one); err != nil {
			t.Fatal(err)
		}
	}
	for n, counter := range []*funnel.Counter{one, all} {
		r := verify.Must(counter.Report())
		g, times := r.Total, n+1
		got := []int{r.Timelines, r.NotEntered, r.Outside, r.Ties, r.Unassigned, r.Later, g.Entered, g.Converted, g.Reentered, g.Open.Entered, g.Open.Converted, g.Open.Reached[1]}
		want := []int{1, 1, 2, 2, 1, 2, 2, 1, 1, 1, 1, 1}
		for i := range want {
			if got[i] != times*want[i] {
				t.Errorf("number %d is %d, want %d times %d", i, got[i], times, want[i])
			}
		}
	}
}

// The share of money has the interval of a ratio of totals over cases.
func TestSharesOfMoney(t *testing.T) {
	var people []journey.Timeline
	var ofFirst, ofBefore interval.Ratio
	for i, money := range [][]int64{{100, 90, 80}, {50, 60}, {10, 10, 10}, {70}, {30, 5, 0}} {
		l := journey.Timeline{Profile: fmt.Sprint(i)}
		for step, value := range money {
			l.Touches = append(l.Touches, worth([]string{"A", "B", "C"}[step], step, value))
		}
		money = append(money, 0, 0)
		ofFirst.Add(float64(money[2]), float64(money[0]))
		ofBefore.Add(float64(money[2]), float64(money[1]))
		people = append(people, l)
	}
	r := count(t, funnel.Config{Funnel: steps(9, "A", "B", "C"), AsOf: second(100), Level: 0.9}, people...)
	last := r.Total.Steps[2]
	for _, c := range []struct {
		name string
		got  float64
		want float64
	}{
		{"of the first", last.ValueOfEntered.Value, 90. / 260}, {"of the step before", last.ValueOfBefore.Value, 90. / 165},
	} {
		verify.Near(t, c.name, c.got, c.want, 1e-15)
	}
	for name, of := range map[string]struct {
		want interval.Ratio
		lo   float64
	}{"of the first": {ofFirst, last.ValueOfEntered.Lo}, "of the step before": {ofBefore, last.ValueOfBefore.Lo}} {
		want, _ := of.want.Estimate(0.9)
		verify.Near(t, name, of.lo, want.Lo, 1e-12)
	}
	verify.Money(t, "the last step", last.Value, "90")
}

// A funnel that the host changes afterwards, and one that it got in a report, change nothing.
func TestCounterKeepsItsFunnel(t *testing.T) {
	f := steps(9, "A", "B")
	f.Steps[1].Match.Labels = map[string]string{"plan": "x"}
	f.ClickHouse = &funnel.ClickHouse{StrictOrder: true}
	f.Exclusions = nil
	counter := verify.Must(funnel.New(funnel.Config{Funnel: f, AsOf: second(100)}))
	wanted := asJSON(t, f)
	spoil := func(f funnel.Funnel) {
		f.Steps[0].Match.Touchpoints[0], f.Steps[1].Name = "Z", "Z"
		f.Steps[1].Match.Labels["plan"] = "z"
		f.ClickHouse.StrictOrder = false
	}
	spoil(f)
	if err := counter.Add(line(at("A", 1))); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		r := verify.Must(counter.Report())
		if got := asJSON(t, r.Config.Funnel); got != wanted || r.Total.Entered != 1 {
			t.Errorf("the funnel is %s, want %s; %d entered", got, wanted, r.Total.Entered)
		}
		spoil(r.Config.Funnel)
	}
}

// Shares of nobody are no numbers; of a funnel of other than three steps there is no effort.
func TestNobodyEntered(t *testing.T) {
	r := count(t, funnel.Config{Funnel: steps(9, "A", "B"), AsOf: second(100)}, line(at("B", 1)), journey.Timeline{Profile: "q"})
	if r.NotEntered != 2 || r.Total.Conversion.Level != 0 || r.Total.Steps[1].OfBefore.Level != 0 || r.Total.Steps[0].SinceEntry.N != 0 {
		t.Errorf("%+v", r)
	}
	if s, ok := r.Total.Selling(); ok {
		t.Errorf("%+v", s)
	}
}
