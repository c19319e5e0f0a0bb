package survey_test

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/verify"
	"github.com/clientele-go/clientele/nps/survey"
	"pgregory.net/rapid"
)

// deliveriesTo are requests of customers who may all be asked.
func deliveriesTo(n int) []survey.Request {
	var all []survey.Request
	for i := range n {
		r := deliveryRequest()
		r.Customer = fmt.Sprint("customer ", i)
		all = append(all, r)
	}
	return all
}

// asked are the customers who may be asked.
func asked(requests []survey.Request, decisions []survey.Decision) (customers []string) {
	for i, d := range decisions {
		if d.Ask {
			customers = append(customers, requests[i].Customer)
		}
	}
	return customers
}

// Of 300 customers with 40 of the quota of 100 left, of whom 30 are of the best, who have
// 4 of 10 left, and 30 of the worst, who have none.
func TestSurveyorChooses(t *testing.T) {
	requests := deliveriesTo(300)
	for i := range requests {
		requests[i].QuotaUsed = 60
		switch i % 10 {
		case 0:
			requests[i].Segment, requests[i].SegmentQuotaUsed = "Best", 6
		case 1:
			requests[i].Segment = "Worst"
		}
	}
	decisions := verify.Must(compiled(t, askingPolicy()).Choose(requests))
	if len(decisions) != len(requests) {
		t.Fatal(len(decisions))
	}
	segments := make(map[string]int)
	for i, d := range decisions {
		if d.Ask {
			segments[requests[i].Segment]++
		}
		full := d.Refusals.Has(survey.QuotaFull) || d.Refusals.Has(survey.SegmentFull)
		if d.Ask == full || d.Ask != (d.Channel == "mail") {
			t.Errorf("%d: %+v", i, d)
		}
	}
	if all := segments[""] + segments["Best"]; all != 40 || segments["Worst"] != 0 || segments["Best"] > 4 {
		t.Error(segments)
	}
}

// Another moment draws other customers, each as likely.
func TestSurveyorChoosesAnew(t *testing.T) {
	s := compiled(t, askingPolicy())
	times := make(map[string]int)
	for hour := range 60 {
		requests := deliveriesTo(200)
		for i := range requests {
			requests[i].Now = askedNow.Add(time.Duration(hour) * time.Hour)
		}
		for _, customer := range asked(requests, verify.Must(s.Choose(requests))) {
			times[customer]++
		}
	}
	least, most := 60, 0
	for _, n := range times {
		least, most = min(least, n), max(most, n)
	}
	// Each of 200 customers is drawn 30 times on average, with a standard deviation of 3.9.
	if len(times) != 200 || least < 14 || most > 46 {
		t.Error(len(times), least, most)
	}
}

// What a customer is asked counts for the customer's other requests: of two surveys the
// one that the policy names first, of two deliveries the later.
func TestSurveyorAsksACustomerOnce(t *testing.T) {
	s := compiled(t, askingPolicy())
	later := deliveryRequest()
	later.Event.At = daysAgo(1.5)
	requests := []survey.Request{relationRequest(), deliveryRequest(), later}
	decisions := verify.Must(s.Choose(requests))
	for i, want := range []survey.Decision{
		{Refusals: decisions[0].Refusals, NotBefore: askedNow.AddDate(0, 0, 30)},
		{Refusals: decisions[1].Refusals, NotBefore: askedNow.AddDate(0, 0, 90)},
		{Ask: true, Channel: "mail"},
	} {
		if decisions[i] != want {
			t.Errorf("%d: %+v, want %+v", i, decisions[i], want)
		}
	}
	if why := decisions[0].Refusals.String(); why != "cool-down" {
		t.Error(why)
	}
	if why := decisions[1].Refusals.String(); why != "missed, asked for this event, cool-down of the survey, cool-down" {
		t.Error(why)
	}
	// Where the survey that comes first has no quota left, the other is sent.
	for i := range requests {
		requests[i].QuotaUsed = 100
	}
	if decisions := verify.Must(s.Choose(requests)); !decisions[0].Ask || decisions[1].Ask || decisions[2].Ask {
		t.Errorf("%+v", decisions)
	}
	// Without cool-downs both are.
	p := askingPolicy()
	p.CoolDown = 0
	if decisions := verify.Must(compiled(t, p).Choose(requests[:2])); !decisions[0].Ask {
		t.Errorf("%+v", decisions)
	}
}

// Requests that disagree about what was used count the most, so that no quota is exceeded.
func TestSurveyorChoosesWithinTheGreatestUse(t *testing.T) {
	requests := deliveriesTo(5)
	requests[4].QuotaUsed = 98
	requests[4].Hold = true
	decisions := verify.Must(compiled(t, askingPolicy()).Choose(requests))
	if customers := asked(requests, decisions); len(customers) != 2 {
		t.Error(customers)
	}
}

func drawRequests(t *rapid.T) []survey.Request {
	used, best := rapid.Uint64Range(94, 101).Draw(t, "used"), rapid.Uint64Range(7, 11).Draw(t, "best used")
	var all []survey.Request
	for i := range rapid.IntRange(0, 30).Draw(t, "requests") {
		r := deliveryRequest()
		if rapid.Bool().Draw(t, "recurring") {
			r = relationRequest()
		}
		r.Customer = fmt.Sprint("customer ", rapid.IntRange(0, 15).Draw(t, "customer"))
		r.Event.At = r.Event.At.Add(time.Duration(i) * time.Second)
		if r.Survey == "relation" {
			r.Customer += fmt.Sprint(" ", i)
		}
		r.QuotaUsed = used
		if r.Segment = rapid.SampledFrom([]string{"", "Best", "Worst"}).Draw(t, "segment"); r.Segment == "Best" {
			r.SegmentQuotaUsed = best
		}
		r.Hold = rapid.IntRange(0, 5).Draw(t, "hold") == 0
		all = append(all, r)
	}
	return all
}

// Invariant: the order of requests does not matter; quotas are not exceeded, and are full
// where they are a reason; nobody is asked twice, or whom Decide would not ask; a refusal
// has a reason.
func TestSurveyorChoiceLaws(t *testing.T) {
	s := compiled(t, askingPolicy())
	rapid.Check(t, func(t *rapid.T) {
		requests := drawRequests(t)
		decisions := verify.Must(s.Choose(requests))
		used, best := map[string]uint64{}, uint64(0)
		twice := make(map[string]bool)
		for i, r := range requests {
			used[r.Survey] = max(used[r.Survey], r.QuotaUsed)
			best = max(best, r.SegmentQuotaUsed)
			alone := verify.Must(s.Decide(r))
			d := decisions[i]
			if d.Ask && (!alone.Ask || twice[r.Customer]) || alone.Refusals&^d.Refusals != 0 {
				t.Fatalf("%+v: %+v, alone %+v", r, d, alone)
			}
			twice[r.Customer] = twice[r.Customer] || d.Ask
			if r.Survey == "relation" && d != alone {
				t.Fatalf("%+v: %+v, alone %+v", r, d, alone)
			}
		}
		before, bestBefore := used["delivery"], best
		for i, r := range requests {
			if decisions[i].Ask {
				used[r.Survey]++
			}
			if decisions[i].Ask && r.Survey == "delivery" && r.Segment == "Best" {
				best++
			}
		}
		if used["delivery"] > max(before, 100) || best > max(bestBefore, 10) {
			t.Fatal("quota exceeded")
		}
		for i, r := range requests {
			d := decisions[i]
			if d.Refusals.Has(survey.QuotaFull) && used["delivery"] < 100 || r.Segment == "Best" && d.Refusals.Has(survey.SegmentFull) && best < 10 {
				t.Fatalf("%+v: %+v with quota left", r, d)
			}
			if !d.Ask && d.Refusals == 0 {
				t.Fatalf("%+v: no reason", r)
			}
		}
		order := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 1)).Perm(len(requests))
		var shuffled []survey.Request
		for _, i := range order {
			shuffled = append(shuffled, requests[i])
		}
		for k, d := range verify.Must(s.Choose(shuffled)) {
			if d != decisions[order[k]] {
				t.Fatalf("%+v: %+v, then %+v", shuffled[k], decisions[order[k]], d)
			}
		}
	})
}

func TestSurveyorChoiceRefuses(t *testing.T) {
	s := compiled(t, askingPolicy())
	for name, c := range map[string]struct {
		change func(r []survey.Request)
		index  int
		field  string
		kind   error
	}{
		"another moment": {func(r []survey.Request) { r[2].Now = askedNow.Add(1) }, 2, "Now", clientele.ErrMismatch},
		"a bad request":  {func(r []survey.Request) { r[1].Customer = "" }, 1, "Customer", clientele.ErrMissing},
		"twice, with another event between": {func(r []survey.Request) {
			r[1].Customer, r[2].Customer = r[0].Customer, r[0].Customer
			r[1].Event.Name = "returned"
		}, 2, "Customer", clientele.ErrDuplicate},
		"twice, recurring": {func(r []survey.Request) {
			for i := range r {
				customer, event := r[i].Customer, fmt.Sprint(i)
				r[i] = relationRequest()
				r[i].Customer, r[i].Event.Name = customer, event
			}
			r[1].Customer = r[2].Customer
		}, 2, "Customer", clientele.ErrDuplicate},
		"twice": {func(r []survey.Request) { r[2].Customer = r[0].Customer }, 2, "Customer", clientele.ErrDuplicate},
	} {
		requests := deliveriesTo(3)
		c.change(requests)
		decisions, err := s.Choose(requests)
		in, ok := errors.AsType[*clientele.InputError](err)
		if decisions != nil || !ok || in.Op != "survey.Surveyor.Choose" || in.Index != c.index || in.Field != c.field || !errors.Is(err, c.kind) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if d, err := s.Choose(nil); err != nil || len(d) != 0 {
		t.Error(d, err)
	}
	if _, err := new(survey.Surveyor).Choose(nil); !errors.Is(err, clientele.ErrMissing) {
		t.Error(err)
	}
	// Events that the survey does not follow are refused one by one.
	other := deliveriesTo(1)
	other[0].Event.Name = "returned"
	if d := verify.Must(s.Choose(slices.Repeat(other, 2))); d[0] != d[1] || !d[0].Refusals.Has(survey.OtherEvent) {
		t.Error(d)
	}
}

func BenchmarkSurveyorChoose(b *testing.B) {
	s := compiled(b, askingPolicy())
	requests := deliveriesTo(10_000)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := s.Choose(requests); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.N)*float64(len(requests))/b.Elapsed().Seconds(), "decisions/s")
}
