package survey_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/verify"
	"github.com/clientele-go/clientele/nps/survey"
	"pgregory.net/rapid"
)

// askingPolicy asks once after a delivery, a day to a week after it, and everybody every
// half year.
func askingPolicy() survey.Policy {
	return survey.Policy{
		CoolDown: 30,
		Surveys: []survey.Survey{
			{
				Name: "delivery", After: "delivered", Delay: 24, Within: 7 * 24, CoolDown: 90, Share: 1,
				Channels: []string{"app", "mail"}, Quota: 100, Quotas: []survey.SegmentQuota{{Segment: "Best", Most: 10}, {Segment: "Worst"}},
			},
			{Name: "relation", Every: 182, Start: 60, Share: 1, Channels: []string{"mail"}},
		},
	}
}

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
	return survey.Request{Survey: "relation", Customer: "Ada", Now: askedNow, Consented: []string{"mail"}, Since: daysAgo(400)}
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
		"a newcomer":     {relationRequest(), func(r *request) { r.Since = daysAgo(59) }, []survey.Refusal{survey.NotDue}, askedNow.AddDate(0, 0, 1)},
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
		"Since": {func(r *survey.Request) { r.Survey = "relation" }, clientele.ErrZeroTime},
	} {
		r := deliveryRequest()
		c.change(&r)
		_, err := s.Decide(r)
		if in, ok := errors.AsType[*clientele.InputError](err); !ok || in.Field != field || !errors.Is(err, c.kind) {
			t.Errorf("%s: %v", field, err)
		}
	}
}

func TestSurveyPolicyRefuses(t *testing.T) {
	p := survey.Policy{CoolDown: -1, Surveys: []survey.Survey{
		{},
		{Name: "a", After: "x", Every: 3, Channels: []string{"m", "m", ""}, Share: 1.5},
		{Name: "a", After: "x", Delay: 5, Within: 5, Share: 1, Channels: []string{"m"}, CoolDown: -2, Quotas: []survey.SegmentQuota{{Segment: "s"}, {Segment: "s"}}},
		{Name: "b", Every: 3, Delay: 1, Share: 1, Channels: []string{"m"}},
		{Name: "c", After: "x", Start: 3, Share: 1, Channels: []string{"m"}},
		{Name: "d", After: "x", Delay: -1, Share: 1, Channels: []string{"m"}},
		{Name: "e", After: "x", Every: 3, Delay: 2, Within: 1, Share: 1, Channels: []string{"m"}},
		{Name: "f", Every: 3, Within: 1, Share: 1, Channels: []string{"m"}},
	}}
	_, err := p.Compile()
	all, ok := errors.AsType[*clientele.ConfigError](err)
	if !ok {
		t.Fatal(err)
	}
	var fields []string
	for _, fault := range all.Faults {
		in, _ := errors.AsType[*clientele.InputError](fault)
		fields = append(fields, in.Field)
	}
	want := []string{
		"CoolDown", "Surveys[0].Name", "Surveys[0].After", "Surveys[0].Share", "Surveys[0].Channels",
		"Surveys[1].Every", "Surveys[1].Share", "Surveys[1].Channels[1]", "Surveys[1].Channels[2]",
		"Surveys[2].Name", "Surveys[2].CoolDown", "Surveys[2].Within", "Surveys[2].Quotas[1].Segment",
		"Surveys[3].Delay", "Surveys[4].Start", "Surveys[5].Delay",
		"Surveys[6].Every", "Surveys[6].Within", "Surveys[7].Within",
	}
	if !slices.Equal(fields, want) {
		t.Errorf("%v\nwant %v", fields, want)
	}
	if _, err := new(survey.Policy).Compile(); !errors.Is(err, clientele.ErrMissing) {
		t.Error(err)
	}
}

func TestSurveyPolicyJSON(t *testing.T) {
	data, err := json.Marshal(askingPolicy())
	if err != nil {
		t.Fatal(err)
	}
	var read survey.Policy
	if err := json.Unmarshal(data, &read); err != nil || fmt.Sprint(read) != fmt.Sprint(askingPolicy()) {
		t.Errorf("%v: %+v", err, read)
	}
	for _, bad := range []string{`{"survey":[]}`, `{"coolDown":"1"}`, `[]`} {
		if err := json.Unmarshal([]byte(bad), &read); !errors.Is(err, clientele.ErrEncoding) || len(read.Surveys) != 2 {
			t.Errorf("%s: %v", bad, err)
		}
	}
	d, err := compiled(t, read).Decide(survey.Request{Survey: "relation", Customer: "Ada", Now: askedNow, Since: daysAgo(10)})
	if err != nil {
		t.Fatal(err)
	}
	data, err = json.Marshal(d)
	if want := `{"ask":false,"refusals":["not due","no consent"],"notBefore":"2026-04-29T12:00:00Z"}`; err != nil || string(data) != want {
		t.Errorf("%s, want %s", data, want)
	}
	var again survey.Decision
	if err := json.Unmarshal(data, &again); err != nil || again != d {
		t.Errorf("%v: %+v", err, again)
	}
	if err := json.Unmarshal([]byte(`{"refusals":["bored"]}`), &again); !errors.Is(err, clientele.ErrEncoding) {
		t.Error(err)
	}
	if d.Refusals.String() != "not due, no consent" || survey.Refusal(99).String() != "Refusal(99)" {
		t.Error(d.Refusals)
	}
}

// Who is selected must not change when the library does.
func TestSampledStays(t *testing.T) {
	var selected strings.Builder
	for i := range 60 {
		if survey.Sampled("delivery", fmt.Sprint("customer-", i), 0.1) {
			selected.WriteString(fmt.Sprint(i, " "))
		}
	}
	if want := "1 6 14 28 "; selected.String() != want {
		t.Errorf("%q, want %q", selected.String(), want)
	}
}

// Invariants: a customer in a share is in every greater one; everybody is in 1 and nobody
// in 0; the share of many customers is the share, and two salts select independently.
func TestSampledShares(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		salt, customer := rapid.String().Draw(t, "salt"), rapid.String().Draw(t, "customer")
		share := rapid.Float64Range(0, 1).Draw(t, "share")
		more := rapid.Float64Range(share, 1).Draw(t, "more")
		if survey.Sampled(salt, customer, share) && !survey.Sampled(salt, customer, more) {
			t.Fatal("not in the greater share")
		}
		if !survey.Sampled(salt, customer, 1) || survey.Sampled(salt, customer, 0) {
			t.Fatal("everybody, nobody")
		}
	})
	const n = 100_000
	one, both := 0, 0
	for i := range n {
		id := fmt.Sprint(i)
		if survey.Sampled("a", id, 0.2) {
			one++
			if survey.Sampled("b", id, 0.2) {
				both++
			}
		}
	}
	// Within 4.5 standard deviations of n/5 and n/25.
	if one < 20000-570 || one > 20000+570 || both < 4000-280 || both > 4000+280 {
		t.Errorf("%d and %d of %d", one, both, n)
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
			r.Since = daysAgo(rapid.Float64Range(0, 300).Draw(t, "since"))
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
