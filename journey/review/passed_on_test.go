package review_test

import (
	"fmt"
	"reflect"
	"testing"
	"time"

	"github.com/clientele-go/clientele/internal/interval"
	"github.com/clientele-go/clientele/journey/review"
)

// What is passed on is asked for products, touchpoints and topics, and ranked by the lower
// limit of the share: one forwarded review of one is below thirty of forty.
func TestMostPassedOn(t *testing.T) {
	var all []review.Review
	add := func(r review.Review, topic string, times int) {
		r.Customer, r.Topics, r.PassedOn = fmt.Sprint(len(all)), []string{topic}, times
		all = append(all, r)
	}
	for i := range 40 {
		add(stars("", "tent", 5, 1), "weight", max(0, i-9))
		add(review.Review{Touchpoint: "chat", At: day(1)}, "answers", max(0, 3-i))
	}
	add(stars("", "stove", 1, 1), "noise", 4)
	r := count(t, byMonth(), all...)
	if got := names(r.MostPassedOn(review.Product)); !reflect.DeepEqual(got, []string{"tent", "stove"}) {
		t.Errorf("products %q", got)
	}
	if got := names(r.MostPassedOn(review.Topic)); !reflect.DeepEqual(got, []string{"weight", "noise", "answers"}) {
		t.Errorf("topics %q", got)
	}
	top := r.MostPassedOn(review.Touchpoint)
	if len(top) != 1 || top[0].Rank != 1 || top[0].PassedOn.Reviews != 3 || *top[0].PassedOn.Share != interval.Wilson(3, 40, 0.95) || top[0].PassedOn.Times != 6 {
		t.Errorf("%+v", top)
	}
	tent, _ := r.Group(review.Product, "tent")
	if p := tent.PassedOn; p.Reviews != 30 || p.Positive != 30 || p.Times != 30*31/2 || p.Referrals != 0 {
		t.Errorf("%+v", p)
	}
	if stove, _ := r.Group(review.Product, "stove"); stove.PassedOn.Positive != 0 || stove.PassedOn.Reviews != 1 {
		t.Errorf("%+v", stove.PassedOn)
	}
}

// A review that names a referrer passes on the review that the referrer wrote of the same
// object, and only of it.
func TestReferrals(t *testing.T) {
	by := func(referrer string, r review.Review) review.Review {
		return with(r, func(r *review.Review) { r.ReferredBy = referrer })
	}
	about := func(topic string, r review.Review) review.Review {
		return with(r, func(r *review.Review) { r.Topics = []string{topic} })
	}
	r := count(t, byMonth(),
		about("weight", stars("Ada", "tent", 5, 1)), stars("Ada", "stove", 5, 1),
		by("Ada", stars("Ben", "tent", 4, 3)), by("Ada", stars("Cleo", "tent", 2, 40)), by("Ben", stars("Dan", "tent", 5, 2)),
		by("Eve", stars("Fay", "tent", 5, 4)),
	)
	tent, _ := r.Group(review.Product, "tent")
	if p := tent.PassedOn; p.Reviews != 2 || p.Positive != 2 || p.Referrals != 3 || p.Uncredited != 1 || p.Times != 0 {
		t.Errorf("tent %+v", p)
	}
	if stove, _ := r.Group(review.Product, "stove"); stove.PassedOn.Reviews != 0 {
		t.Errorf("stove %+v", stove.PassedOn)
	}
	if weight, _ := r.Group(review.Topic, "weight"); weight.PassedOn.Referrals != 2 || weight.PassedOn.Reviews != 1 {
		t.Errorf("weight %+v", weight.PassedOn)
	}
	if p := r.Periods[0].All.PassedOn; p.Referrals != 3 || p.Uncredited != 1 {
		t.Errorf("January %+v", p)
	}
}

// A referral is credited to what the referrer wrote last up to that moment, or first after it.
func TestWhichReviewIsCredited(t *testing.T) {
	ben := func(written int) review.Review {
		return with(stars("Ben", "tent", 4, written), func(r *review.Review) { r.ReferredBy = "Ada" })
	}
	for _, c := range []struct {
		written int
		want    []int // referrals of January, February and March
	}{{1, []int{1, 0, 0}}, {9, []int{1, 0, 0}}, {39, []int{1, 0, 0}}, {40, []int{0, 1, 0}}, {89, []int{0, 0, 1}}} {
		r := count(t, byMonth(), stars("Ada", "tent", 2, 10), stars("Ada", "tent", 5, 40), stars("Ada", "tent", 5, 70), ben(c.written))
		for i, want := range c.want {
			if got := r.Periods[i].All.PassedOn.Referrals; got != want {
				t.Errorf("written on day %d: %d referrals in %s, want %d", c.written, got, r.Periods[i].Label, want)
			}
		}
	}
}

// Who wrote often of an object and is named by many takes no longer than as many others.
func TestReferralsToWhoWroteOften(t *testing.T) {
	const n = 50_000
	var all []review.Review
	for i := range n {
		own, other := stars("Ada", "tent", 5, 10), stars(fmt.Sprint(i), "tent", 4, 11)
		own.At, other.ReferredBy = own.At.Add(time.Duration(i)*time.Microsecond), "Ada"
		all = append(all, own, other)
	}
	every := configured(func(c *review.Config) { c.Repeats = review.Every })
	for _, c := range []struct {
		cfg    review.Config
		passed int // reviews that were passed on
	}{{byMonth(), 1}, {every, 1}} {
		if p := count(t, c.cfg, all...).All.PassedOn; p.Referrals != n || p.Reviews != c.passed || p.Uncredited != 0 {
			t.Errorf("%v: %+v", c.cfg.Repeats, p)
		}
	}
}

// What was passed on before the customer wrote anew counts with what was written last; in
// periods, with what was written before the referral.
func TestPassedOnBeforeWritingAnew(t *testing.T) {
	old := with(stars("Ada", "tent", 2, 1), func(r *review.Review) { r.PassedOn = 3 })
	ben := with(stars("Ben", "tent", 4, 36), func(r *review.Review) { r.ReferredBy = "Ada" })
	r := count(t, byMonth(), old, stars("Ada", "tent", 5, 35), stars("Ada", "tent", 5, 70), ben)
	if p := r.All.PassedOn; p.Reviews != 1 || p.Times != 3 || p.Referrals != 1 || p.Positive != 1 {
		t.Errorf("%+v", p)
	}
	for i, want := range []review.PassedOn{{Reviews: 1, Times: 3}, {Reviews: 1, Positive: 1, Referrals: 1}, {}} {
		got := r.Periods[i].All.PassedOn
		if got.Share = nil; got != want {
			t.Errorf("%s: %+v, want %+v", r.Periods[i].Label, got, want)
		}
	}
	every := count(t, configured(func(c *review.Config) { c.Repeats = review.Every }), old, stars("Ada", "tent", 5, 35), stars("Ada", "tent", 5, 70), ben)
	if p := every.All.PassedOn; p.Reviews != 2 || p.Times != 3 || p.Referrals != 1 {
		t.Errorf("%+v", p)
	}
}
