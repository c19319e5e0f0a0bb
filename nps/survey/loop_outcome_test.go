package survey_test

import (
	"encoding/json"
	"errors"
	"slices"
	"testing"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/interval"
	"github.com/clientele-go/clientele/internal/verify"
	"github.com/clientele-go/clientele/nps/survey"
)

// outcomeOf is what came of the tasks of detractors, given one reply of each on day 1 and a
// second one of Ada on day 9.
func outcomeOf(t *testing.T, contacts ...survey.Contact) survey.LoopPart {
	t.Helper()
	replies := []survey.Reply{loopReply("Ada", 1, 3), loopReply("Ada", 9, 2), loopReply("Bob", 1, 0)}
	return reportLoop(t, replies, contacts, loopConfigOf(90)).Parts[0]
}

// Calls are due two days after the answer.
func TestReportLoopOutcomes(t *testing.T) {
	call := func(who string, day int, o survey.Outcome, reason string) survey.Contact {
		return survey.Contact{Customer: who, At: loopDay(day), Outcome: o, Reason: reason}
	}
	for name, c := range map[string]struct {
		contacts []survey.Contact
		want     [7]int // in time, late, not reached, never; resolved, unresolved, not recorded
		reasons  []string
	}{
		"nobody called": {nil, [7]int{0, 0, 0, 3, 0, 0, 0}, nil},
		"tried, reached late": {
			[]survey.Contact{call("Bob", 1, survey.NotReached, ""), call("Bob", 2, survey.NotReached, ""), call("Bob", 5, survey.Resolved, "late")},
			[7]int{0, 1, 0, 2, 1, 0, 0},
			[]string{"late"},
		},
		"tried in vain": {
			[]survey.Contact{call("Bob", 2, survey.NotReached, "wrong number"), call("Bob", 2, survey.NotReached, "")},
			[7]int{0, 0, 1, 2, 0, 0, 0},
			[]string{"wrong number"},
		},
		"a later try in vain changes nothing": {
			[]survey.Contact{call("Bob", 2, survey.Unresolved, "broken"), call("Bob", 3, survey.NotReached, "holiday")},
			[7]int{1, 0, 0, 2, 0, 1, 0},
			[]string{"broken"},
		},
		"unresolved, then resolved": {
			[]survey.Contact{call("Bob", 2, survey.Unresolved, "broken"), call("Bob", 20, survey.Resolved, "")},
			[7]int{1, 0, 0, 2, 1, 0, 0},
			[]string{"broken"},
		},
		"at one moment the better counts": {
			[]survey.Contact{call("Bob", 2, survey.Resolved, ""), call("Bob", 2, survey.Unresolved, "broken"), call("Bob", 2, survey.NotRecorded, "")},
			[7]int{1, 0, 0, 2, 1, 0, 0},
			[]string{"broken"},
		},
		"each task its own": { // the second reply is of day 9
			[]survey.Contact{call("Ada", 2, survey.Resolved, "late"), call("Ada", 9, survey.Unresolved, "broken")},
			[7]int{2, 0, 0, 1, 1, 1, 0},
			[]string{"broken", "late"},
		},
		"one contact for two tasks": {
			[]survey.Contact{call("Ada", 10, survey.Resolved, "late"), call("Ada", 11, survey.NotRecorded, "")},
			[7]int{1, 1, 0, 1, 2, 0, 0},
			[]string{"late"},
		},
	} {
		p := outcomeOf(t, c.contacts...)
		o := p.Outcomes
		if got := [7]int{p.InTime, p.Late, p.NotReached, p.Never, o.Resolved, o.Unresolved, o.NotRecorded}; got != c.want {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
		var reasons []string
		for _, r := range p.Reasons {
			reasons = append(reasons, r.Reason)
		}
		if !slices.Equal(reasons, c.reasons) {
			t.Errorf("%s: reasons %q, want %q", name, reasons, c.reasons)
		}
	}
}

// Four passives name what they miss; one was not reached.
func TestReportLoopReasonsOfPassives(t *testing.T) {
	var replies []survey.Reply
	var contacts []survey.Contact
	for _, c := range []struct {
		who, reason string
		outcome     survey.Outcome
	}{
		{"Ada", "price", survey.Resolved},
		{"Bob", "parking", survey.Resolved},
		{"Cyd", "price", survey.Unresolved},
		{"Dan", "price", survey.NotReached},
		{"Eve", "", survey.Unresolved},
	} {
		replies = append(replies, loopReply(c.who, 1, 7))
		contacts = append(contacts, survey.Contact{Customer: c.who, At: loopDay(2), Kind: survey.AskWhy, Outcome: c.outcome, Reason: c.reason})
	}
	cfg := loopConfigOf(90)
	cfg.Loop = survey.LoopConfig{AskWhy: 48}
	p := reportLoop(t, replies, contacts, cfg).Parts[0]
	want := []survey.LoopReason{
		{Reason: "price", Tasks: 3, Resolved: 1, Unresolved: 1, NotReached: 1, Share: interval.Wilson(3, 4, 0.95)},
		{Reason: "parking", Tasks: 1, Resolved: 1, Share: interval.Wilson(1, 4, 0.95)},
	}
	if !slices.Equal(p.Reasons, want) || p.NoReason != 1 {
		t.Errorf("%+v, %d without", p.Reasons, p.NoReason)
	}
	if share := interval.Wilson(2, 4, 0.95); *p.Outcomes.Share != share {
		t.Errorf("%+v, want %+v", *p.Outcomes.Share, share)
	}
}

func TestOutcomeJSON(t *testing.T) {
	contact := survey.Contact{Customer: "Ada", At: loopDay(1), Kind: survey.AskWhy, Outcome: survey.NotReached, Reason: "wrong number"}
	if back := verify.ReadBack(t, contact); back != contact {
		t.Error(back)
	}
	if form := verify.Must(json.Marshal(survey.Contact{})); string(form) != `{"customer":"","at":"0001-01-01T00:00:00Z","kind":"call back"}` {
		t.Error(string(form))
	}
	var o survey.Outcome
	if err := o.UnmarshalText([]byte("Resolved")); !errors.Is(err, clientele.ErrUnknown) {
		t.Error(err)
	}
	contact.Outcome = 9
	_, err := survey.ReportLoop(clientele.All([]survey.Reply{}), clientele.All([]survey.Contact{contact}), loopConfigOf(90))
	verify.InputError(t, err, "survey.ReportLoop", 0, "Outcome", clientele.ErrUnknown)
}
