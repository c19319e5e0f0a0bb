package survey_test

import (
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/verify"
	"github.com/clientele-go/clientele/nps/survey"
	"pgregory.net/rapid"
)

var askedNow = time.Date(2026, 3, 10, 12, 0, 0, 0, time.UTC)

func daysAgo(days float64) time.Time {
	return askedNow.Add(-time.Duration(days * 24 * float64(time.Hour)))
}

// deliveryRequest may be asked.
func deliveryRequest() survey.Request {
	return survey.Request{
		Survey: "delivery", Customer: "Ada", Now: askedNow, Consented: []string{"mail", "phone"},
		Event: survey.Event{Name: "delivered", At: daysAgo(2)},
	}
}

func relationRequest() survey.Request {
	return survey.Request{Survey: "relation", Customer: "Ada", Now: askedNow, Consented: []string{"mail"}, CustomerSince: daysAgo(400)}
}

func compiled(t testing.TB, p survey.Policy) *survey.Surveyor {
	t.Helper()
	s, err := p.Compile()
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// Each change refuses for its reason alone, until the time that is given.
func TestSurveyorRefuses(t *testing.T) {
	s := compiled(t, askingPolicy())
	type request = survey.Request
	sent := func(name string, days float64) func(*request) {
		return func(r *request) { r.Sent = append(r.Sent, survey.Sent{Survey: name, At: daysAgo(days)}) }
	}
	for name, c := range map[string]struct {
		base   survey.Request
		change func(*request)
		why    []survey.Refusal
		until  time.Time
	}{
		"nothing":              {deliveryRequest(), func(*request) {}, nil, time.Time{}},
		"another event":        {deliveryRequest(), func(r *request) { r.Event.Name = "returned" }, []survey.Refusal{survey.OtherEvent}, time.Time{}},
		"no event":             {deliveryRequest(), func(r *request) { r.Event = survey.Event{} }, []survey.Refusal{survey.OtherEvent}, time.Time{}},
		"an hour early":        {deliveryRequest(), func(r *request) { r.Event.At = askedNow.Add(-23 * time.Hour) }, []survey.Refusal{survey.TooEarly}, askedNow.Add(time.Hour)},
		"just not early":       {deliveryRequest(), func(r *request) { r.Event.At = daysAgo(1) }, nil, time.Time{}},
		"just not late":        {deliveryRequest(), func(r *request) { r.Event.At = daysAgo(7) }, nil, time.Time{}},
		"late":                 {deliveryRequest(), func(r *request) { r.Event.At = daysAgo(7).Add(-1) }, []survey.Refusal{survey.TooLate}, time.Time{}},
		"asked for it":         {deliveryRequest(), sent("delivery", 1), []survey.Refusal{survey.Missed, survey.AskedForEvent, survey.SurveyCoolDown, survey.CoolDown}, daysAgo(1).AddDate(0, 0, 90)},
		"asked 89 days ago":    {deliveryRequest(), sent("delivery", 89), []survey.Refusal{survey.SurveyCoolDown}, askedNow.AddDate(0, 0, 1)},
		"asked 90 days ago":    {deliveryRequest(), sent("delivery", 90), nil, time.Time{}},
		"another 29 days ago":  {deliveryRequest(), sent("relation", 29), []survey.Refusal{survey.CoolDown}, askedNow.AddDate(0, 0, 1)},
		"another 20 days ago":  {deliveryRequest(), sent("relation", 20), []survey.Refusal{survey.Missed, survey.CoolDown}, askedNow.AddDate(0, 0, 10)},
		"enough asked":         {deliveryRequest(), func(r *request) { r.QuotaUsed = 100 }, []survey.Refusal{survey.QuotaFull}, time.Time{}},
		"enough of the best":   {deliveryRequest(), func(r *request) { r.Segment, r.SegmentQuotaUsed = "Best", 10 }, []survey.Refusal{survey.SegmentFull}, time.Time{}},
		"one more of the best": {deliveryRequest(), func(r *request) { r.Segment, r.SegmentQuotaUsed = "Best", 9 }, nil, time.Time{}},
		"none of the worst":    {deliveryRequest(), func(r *request) { r.Segment = "Worst" }, []survey.Refusal{survey.SegmentFull}, time.Time{}},
		"no consent":           {deliveryRequest(), func(r *request) { r.Consented = []string{"phone"} }, []survey.Refusal{survey.NoConsent}, time.Time{}},
		"a complaint":          {deliveryRequest(), func(r *request) { r.Hold = true }, []survey.Refusal{survey.OnHold}, time.Time{}},

		"recurring":      {relationRequest(), func(*request) {}, nil, time.Time{}},
		"a newcomer":     {relationRequest(), func(r *request) { r.CustomerSince = daysAgo(59) }, []survey.Refusal{survey.NotDue}, askedNow.AddDate(0, 0, 1)},
		"half a year":    {relationRequest(), sent("relation", 182), nil, time.Time{}},
		"a day before":   {relationRequest(), sent("relation", 181), []survey.Refusal{survey.NotDue}, askedNow.AddDate(0, 0, 1)},
		"after delivery": {relationRequest(), sent("delivery", 3), []survey.Refusal{survey.CoolDown}, askedNow.AddDate(0, 0, 27)},
	} {
		c.change(&c.base)
		d, err := s.Decide(c.base)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if got := slices.Collect(d.Refusals.All()); !slices.Equal(got, c.why) || !d.NotBefore.Equal(c.until) || d.Ask != (c.why == nil) {
			t.Errorf("%s: %+v, want %v until %v", name, d, c.why, c.until)
		}
		if d.Ask && d.Channel != "mail" || !d.Ask && d.Channel != "" {
			t.Errorf("%s: by %q", name, d.Channel)
		}
	}
}

func TestSurveyorChoosesTheFirstChannel(t *testing.T) {
	r := deliveryRequest()
	r.Consented = []string{"mail", "app"}
	if d, err := compiled(t, askingPolicy()).Decide(r); err != nil || d.Channel != "app" {
		t.Error(d, err)
	}
}

// A policy that is edited afterwards is another one.
func TestSurveyorKeepsItsPolicy(t *testing.T) {
	p := askingPolicy()
	s := compiled(t, p)
	p.Surveys[0].Channels[1], p.Surveys[0].Quotas[0].Most = "phone", 0
	r := deliveryRequest()
	r.Segment = "Best"
	if d, err := s.Decide(r); err != nil || !d.Ask || d.Channel != "mail" {
		t.Error(d, err)
	}
}

// Invariant: one instant in two zones is one time, in whatever order.
func TestSurveyorKnowsInstants(t *testing.T) {
	s := compiled(t, askingPolicy())
	here := daysAgo(29)
	asked := []survey.Sent{{"relation", here}, {"relation", here.In(time.FixedZone("east", 3600))}}
	r := deliveryRequest()
	r.Sent = asked
	d := verify.Must(s.Decide(r))
	slices.Reverse(asked)
	if again := verify.Must(s.Decide(r)); again != d || d.NotBefore != here.AddDate(0, 0, 30) {
		t.Errorf("%+v, then %+v", d, again)
	}
}

func TestSurveyorBadRequests(t *testing.T) {
	s := compiled(t, askingPolicy())
	for field, c := range map[string]struct {
		change func(*survey.Request)
		kind   error
	}{
		"Survey":   {func(r *survey.Request) { r.Survey = "mood" }, clientele.ErrUnknown},
		"Customer": {func(r *survey.Request) { r.Customer = "" }, clientele.ErrMissing},
		"Now":      {func(r *survey.Request) { r.Now = time.Time{} }, clientele.ErrZeroTime},
		"Event.At": {func(r *survey.Request) { r.Event.At = askedNow.Add(1) }, clientele.ErrRange},
		"Sent[1].At": {func(r *survey.Request) {
			r.Sent = []survey.Sent{{"delivery", daysAgo(300)}, {"delivery", time.Time{}}}
		}, clientele.ErrZeroTime},
		"CustomerSince": {func(r *survey.Request) { r.Survey = "relation" }, clientele.ErrZeroTime},
	} {
		r := deliveryRequest()
		c.change(&r)
		_, err := s.Decide(r)
		if in, ok := errors.AsType[*clientele.InputError](err); !ok || in.Field != field || !errors.Is(err, c.kind) {
			t.Errorf("%s: %v", field, err)
		}
	}
}

// Invariant: when asked at NotBefore no reason holds that passes with time, and a moment
// before one does.
func TestSurveyorNotBefore(t *testing.T) {
	s := compiled(t, askingPolicy())
	timed := []survey.Refusal{survey.TooEarly, survey.NotDue, survey.SurveyCoolDown, survey.CoolDown}
	waiting := func(t *rapid.T, r survey.Request) bool {
		d, err := s.Decide(r)
		if err != nil {
			t.Fatal(err)
		}
		return slices.ContainsFunc(timed, d.Refusals.Has)
	}
	rapid.Check(t, func(t *rapid.T) {
		r := deliveryRequest()
		if rapid.Bool().Draw(t, "recurring") {
			r = relationRequest()
			r.CustomerSince = daysAgo(rapid.Float64Range(0, 300).Draw(t, "since"))
		}
		r.Event.At = daysAgo(rapid.Float64Range(0, 9).Draw(t, "event"))
		for range rapid.IntRange(0, 3).Draw(t, "asked") {
			r.Sent = append(r.Sent, survey.Sent{
				Survey: rapid.SampledFrom([]string{"delivery", "relation", "other"}).Draw(t, "survey"),
				At:     daysAgo(rapid.Float64Range(0, 300).Draw(t, "at")),
			})
		}
		d, err := s.Decide(r)
		if err != nil {
			t.Fatal(err)
		}
		if again, _ := s.Decide(r); again != d {
			t.Fatal("another decision")
		}
		if d.NotBefore.IsZero() != !waiting(t, r) {
			t.Fatalf("%+v", d)
		}
		if d.NotBefore.IsZero() {
			return
		}
		if r.Now = d.NotBefore; waiting(t, r) {
			t.Fatalf("still waiting at %v: %+v", r.Now, d)
		}
		if r.Now = d.NotBefore.Add(-1); !waiting(t, r) {
			t.Fatalf("not waiting at %v: %+v", r.Now, d)
		}
	})
}

func BenchmarkSurveyorDecide(b *testing.B) {
	s := compiled(b, askingPolicy())
	r := deliveryRequest()
	r.Sent = []survey.Sent{{"delivery", daysAgo(300)}, {"relation", daysAgo(200)}, {"relation", daysAgo(20)}}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := s.Decide(r); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "decisions/s")
}
