package review_test

import (
	"fmt"
	"reflect"
	"testing"
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/interval"
	"github.com/clientele-go/clientele/internal/verify"
	"github.com/clientele-go/clientele/journey/review"
)

// A later review of the same customer changes the whole, and no period before it.
func TestPeriodsStay(t *testing.T) {
	first := stars("a", "p", 2, 20)
	before := count(t, byMonth(), first)
	after := count(t, byMonth(), first, stars("a", "p", 3, 21), stars("a", "p", 5, 40))
	if got := after.All.Ratings; !reflect.DeepEqual(got, []review.RatingCount{{5, 1}}) {
		t.Errorf("%v", got)
	}
	if before.Periods[0].All.Ratings[0].Rating != 2 || after.Periods[0].All.Ratings[0].Rating != 3 || after.Periods[1].All.Ratings[0].Rating != 5 {
		t.Errorf("%+v, then %+v", before.Periods, after.Periods)
	}
	if len(after.Periods) != 2 || after.Periods[0].Label != "2025-01" || after.Periods[1].Label != "2025-02" {
		t.Errorf("%+v", after.Periods)
	}
}

// A period is complete when it is over, closed, and wholly within Since and Until.
func TestCompletePeriods(t *testing.T) {
	all := []review.Review{stars("a", "p", 2, 10), stars("b", "p", 2, 40), stars("c", "p", 2, 70)}
	for _, c := range []struct {
		name   string
		change func(*review.Config)
		want   []bool
	}{
		{"over", func(*review.Config) {}, []bool{true, true, false}},
		{"at the end of a month", func(c *review.Config) { c.AsOf = day(60).Add(-12 * time.Hour) }, []bool{true, true}},
		{"closed", func(c *review.Config) { c.ClosesAfter = 40 }, []bool{true, false, false}},
		{"since", func(c *review.Config) { c.Since = day(2) }, []bool{false, true, false}},
		{"until", func(c *review.Config) { c.Until = day(59) }, []bool{true, false}},
	} {
		var got []bool
		for _, p := range count(t, configured(c.change), all...).Periods {
			got = append(got, p.Complete)
		}
		if !reflect.DeepEqual(got, c.want) {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
}

// Late reviews are counted beside the groups to which they would belong, or in them.
func TestLateReviews(t *testing.T) {
	tardy := with(stars("a", "p", 1, 20), func(r *review.Review) {
		r.Experienced, r.Topics = day(1), []string{"x"}
	})
	overdue := with(stars("b", "p", 5, 20), func(r *review.Review) { r.Arrived = day(50) })
	cfg := configured(func(c *review.Config) { c.Within, c.ClosesAfter = 10, 5 })
	r := count(t, cfg, tardy, overdue, stars("c", "p", 5, 20))
	if r.Late.Tardy != 1 || r.Late.Overdue != 1 || r.Late.All.Reviews != 2 || r.Late.All.Late != 2 || r.Late.All.Positive != 1 {
		t.Errorf("%+v", r.Late)
	}
	if r.All.Reviews != 1 || r.All.Late != 2 || r.Products[0].Late != 2 || r.Topics[0].Late != 1 || r.Topics[0].Reviews != 0 || r.Periods[0].All.Late != 2 {
		t.Errorf("%+v", r)
	}
	cfg.Late = review.OnArrival
	r = count(t, cfg, tardy, overdue, stars("c", "p", 5, 20))
	if r.All.Reviews != 3 || r.All.Late != 2 || r.Late.All.Reviews != 2 || r.Periods[0].All.Reviews != 2 || r.Periods[1].All.Reviews != 1 || r.Periods[1].Label != "2025-02" {
		t.Errorf("%+v", r)
	}
}

// Topics are told by rating, with what goes with low ratings.
func TestEffectOfTopics(t *testing.T) {
	var all []review.Review
	for i := range 60 {
		r := stars(fmt.Sprint(i), "p", 5, 1)
		switch {
		case i < 20: // half of those about delivery are bad
			*r.Rating = float64(1 + i%2*4)
			r.Topics = []string{"delivery", "delivery"}
		case i < 40:
			r.Topics = []string{"colour"}
		}
		all = append(all, r)
	}
	r := count(t, byMonth(), all...)
	delivery := r.Topics[1]
	if delivery.Name != "delivery" || delivery.Reviews != 20 || !reflect.DeepEqual(delivery.Ratings, []review.RatingCount{{1, 10}, {5, 10}}) {
		t.Fatalf("%+v", r.Topics)
	}
	e := delivery.Effect
	if e.First != 40 || e.FirstOf != 40 || e.Second != 10 || e.SecondOf != 20 || *e.Difference != interval.RiskDifference(10, 20, 40, 40, 0.95) {
		t.Errorf("%+v", e)
	}
	p := interval.Strata{{K: 10, N: 20, K0: 40, N0: 40}}.P()
	verify.Near(t, "p", e.P, p, 1e-15)
	verify.Near(t, "adjusted", e.Adjusted, 2*p, 1e-12) // the smaller of two
	alone := count(t, byMonth(), all[:20]...).Topics[0]
	if alone.Effect.Difference != nil || alone.Effect.P != 1 || alone.Effect.Adjusted != 1 {
		t.Errorf("a topic of all reviews: %+v", alone.Effect)
	}
}

// What is talked about more, or less, than a month before.
func TestShifts(t *testing.T) {
	var all []review.Review
	talk := func(written, n, price, delivery int) {
		for i := range n {
			r := stars(fmt.Sprintf("%d-%d", written, i), "p", float64(1+4*(i%2)), written)
			if i < price {
				r.Topics = append(r.Topics, "price")
			}
			if i >= n-delivery {
				r.Topics = append(r.Topics, "delivery")
			}
			all = append(all, r)
		}
	}
	talk(10, 100, 10, 40)
	talk(40, 120, 60, 10)
	talk(70, 5, 5, 5)
	r := count(t, byMonth(), all...)
	s, err := r.Shifts(review.ShiftConfig{Of: review.Topic})
	if err != nil {
		t.Fatal(err)
	}
	if s.Config.First != "2025-01" || s.Config.Second != "2025-02" || s.Config.Level != 0.95 || len(s.Shifts) != 2 {
		t.Fatalf("%+v", s)
	}
	for _, one := range s.Shifts {
		m := one.Mentions
		switch one.Name {
		case "price":
			if !one.IsRising || one.IsFalling || *m.Difference != interval.RiskDifference(60, 120, 10, 100, 0.95) || one.Positive.FirstOf != 10 || one.Positive.SecondOf != 60 {
				t.Errorf("%+v", one)
			}
		case "delivery":
			if one.IsRising || !one.IsFalling || m.First != 40 || m.FirstOf != 100 || m.Second != 10 || m.SecondOf != 120 {
				t.Errorf("%+v", one)
			}
		}
		if m.Adjusted < m.P || m.P <= 0 {
			t.Errorf("%+v", m)
		}
	}
	back, err := r.Shifts(review.ShiftConfig{Of: review.Topic, First: "2025-02", Second: "2025-01"})
	if err != nil || back.Shifts[0].Name != "price" || !back.Shifts[0].IsFalling || back.Shifts[0].Mentions.P != s.Shifts[0].Mentions.P {
		t.Errorf("%+v, %v", back, err)
	}
	if p, err := r.Shifts(review.ShiftConfig{}); err != nil || p.Shifts[0].Mentions.Difference.Value != 0 || p.Shifts[0].IsRising {
		t.Errorf("%+v, %v", p, err)
	}
	if stored := verify.ReadBack(t, *r); asJSON(verify.Must(stored.Shifts(s.Config))) != asJSON(s) {
		t.Error("a report that was stored answers otherwise")
	}
}

// Mentions of products are shares of the reviews of products, and of many topics one must rise
// by more than by itself to be found.
func TestMentionsOfManyAndOfProducts(t *testing.T) {
	var all []review.Review
	for month, written := range []int{10, 40} {
		for i := range 60 {
			product := stars(fmt.Sprint(i), "tent", 5, written)
			if i >= 30+5*month {
				product.Product = "lamp"
			}
			for topic := range 12 {
				if i < 20 || topic == 0 && month == 1 && i < 32 {
					product.Topics = append(product.Topics, fmt.Sprint("topic ", topic))
				}
			}
			all = append(all, product, review.Review{Customer: fmt.Sprint(i), Touchpoint: "chat", At: day(written)})
		}
	}
	r := count(t, byMonth(), all...)
	products, err := r.Shifts(review.ShiftConfig{First: "2025-01", Second: "2025-02"})
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range products.Shifts {
		if s.Mentions.FirstOf != 60 || s.Mentions.SecondOf != 60 || s.Name == "tent" && s.Mentions.Second != 35 {
			t.Errorf("%+v", s)
		}
	}
	topics, err := r.Shifts(review.ShiftConfig{Of: review.Topic, First: "2025-01", Second: "2025-02", Level: 0.85})
	if err != nil {
		t.Fatal(err)
	}
	one := topics.Shifts[0]
	if one.Name != "topic 0" || one.Mentions.FirstOf != 120 || !(one.Mentions.P <= 0.15) || !(one.Mentions.Adjusted > 0.15) || one.IsRising {
		t.Errorf("%+v", one)
	}
	alone, err := r.Shifts(review.ShiftConfig{Of: review.Topic, First: "2025-01", Second: "2025-02", Level: 0.85, Adjust: clientele.Unadjusted})
	if err != nil || !alone.Shifts[0].IsRising || alone.Shifts[1].IsRising {
		t.Errorf("%+v, %v", alone, err)
	}
}

// What cannot be compared.
func TestShiftsRefuses(t *testing.T) {
	r := count(t, byMonth(), stars("a", "p", 2, 10), stars("b", "p", 2, 70))
	_, err := r.Shifts(review.ShiftConfig{})
	verify.InputError(t, err, "review.Report.Shifts", -1, "Periods", clientele.ErrEmpty)
	for name, c := range map[string]struct {
		cfg    review.ShiftConfig
		fields []string
	}{
		"names":    {review.ShiftConfig{Of: 7, First: "2025-01", Adjust: 9, Level: 2}, []string{"Of", "Second", "Adjust", "Level"}},
		"labels":   {review.ShiftConfig{First: "2024-01", Second: "x"}, []string{"First", "Second"}},
		"one":      {review.ShiftConfig{First: "2025-01", Second: "2025-01"}, []string{"Second"}},
		"no first": {review.ShiftConfig{Second: "2025-01"}, []string{"First"}},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := r.Shifts(c.cfg)
			verify.ConfigError(t, err, "review.Report.Shifts", c.fields...)
			if err := c.cfg.Validate(); (err == nil) != (name == "labels") { // which are judged with the report
				t.Error(err)
			}
		})
	}
	r.Periods[0].Products[0].Positive = 9
	_, err = r.Shifts(review.ShiftConfig{First: "2025-01", Second: "2025-03"})
	verify.InputError(t, err, "review.Report.Shifts", -1, "Periods[2025-01].product[0]", clientele.ErrRange)
}
