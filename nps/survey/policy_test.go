package survey_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"testing"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/nps/survey"
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

func TestPolicyRefuses(t *testing.T) {
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

func TestPolicyJSON(t *testing.T) {
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
	d, err := compiled(t, read).Decide(survey.Request{Survey: "relation", Customer: "Ada", Now: askedNow, CustomerSince: daysAgo(10)})
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
