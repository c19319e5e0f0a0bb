package survey_test

import (
	"encoding/json"
	"errors"
	"math"
	"testing"
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/verify"
	"github.com/clientele-go/clientele/nps"
	"github.com/clientele-go/clientele/nps/survey"
	"github.com/shopspring/decimal"
)

// The texts of all errors, which are to say what was wrong, what is allowed and what
// mends it.
func TestMessages(t *testing.T) {
	all := make(map[string]error)
	for part, refused := range map[string]map[string]error{
		"policy": policyMessages(), "request": requestMessages(t), "loop": loopMessages(), "report": reportMessages(),
		"word of mouth": wordOfMouthMessages(), "JSON": jsonMessages(t),
	} {
		for name, err := range refused {
			all[part+": "+name] = err
		}
	}
	verify.Messages(t, "messages.txt", all)
}

// of is the error of a call whose results do not matter.
func of[T any](_ T, err error) error { return err }

func policyMessages() map[string]error {
	mail := []string{"mail"}
	return map[string]error{
		"empty": survey.Policy{}.Validate(),
		"surveys": of(survey.Policy{CoolDown: -1, Surveys: []survey.Survey{
			{},
			{Name: "a", After: "x", Every: 3, Channels: []string{"m", "m", ""}, Share: 1.5},
			{Name: "a", After: "x", Delay: 5, Within: 5, Share: 1, Channels: mail, CoolDown: 200_000, Quotas: []survey.SegmentQuota{{Segment: "s"}, {Segment: "s"}}},
			{Name: "b", Every: 3, Delay: 1, Within: 2, Share: 1, Channels: mail},
			{Name: "c", After: "x", Start: 3, Delay: -1, Share: 1, Channels: mail},
			{Name: "d", After: "x", Delay: math.MaxInt, Share: 1, Channels: mail},
		}}.Compile()),
		"name of a refusal":    new(survey.Refusal).UnmarshalText([]byte("bored")),
		"name of no refusal":   of(survey.Refusal(99).MarshalText()),
		"name of a kind":       new(survey.TaskKind).UnmarshalText([]byte("Call back")),
		"name of no task kind": of(survey.TaskKind(9).MarshalText()),
		"name of an outcome":   new(survey.Outcome).UnmarshalText([]byte("Resolved")),
	}
}

func requestMessages(t *testing.T) map[string]error {
	s := compiled(t, askingPolicy())
	ask := func(change func(*survey.Request)) error {
		r := deliveryRequest()
		change(&r)
		return of(s.Decide(r))
	}
	choose := func(change func([]survey.Request)) error {
		requests := deliveriesTo(3)
		change(requests)
		return of(s.Choose(requests))
	}
	var nobody *survey.Surveyor
	return map[string]error{
		"choice of nobody": of(nobody.Choose(nil)),
		"choice: customer": choose(func(r []survey.Request) { r[1].Customer = "" }),
		"choice: now":      choose(func(r []survey.Request) { r[1].Now = askedNow.Add(-1) }),
		"choice: twice":    choose(func(r []survey.Request) { r[2].Customer = r[0].Customer }),
		"nil":              of(nobody.Decide(deliveryRequest())),
		"zero":             of(new(survey.Surveyor).Decide(deliveryRequest())),
		"survey":           ask(func(r *survey.Request) { r.Survey = "mood" }),
		"customer":         ask(func(r *survey.Request) { r.Customer = "" }),
		"now":              ask(func(r *survey.Request) { r.Now = time.Time{} }),
		"event":            ask(func(r *survey.Request) { r.Event.At = askedNow.Add(1) }),
		"beginning":        ask(func(r *survey.Request) { r.Survey = "relation" }),
		"sent":             ask(func(r *survey.Request) { r.Sent = []survey.Sent{{Survey: "delivery"}} }),
	}
}

func loopMessages() map[string]error {
	one, huge := decimal.NewFromInt(1), decimal.New(1, 200)
	follow := func(r survey.Reply) error {
		_, _, err := survey.FollowUp(r, loopCallsAndInvites())
		return err
	}
	return map[string]error{
		"nobody contacted": survey.LoopConfig{}.Validate(),
		"configuration": survey.LoopConfig{
			Scale: nps.Scale{Min: 5, Max: 1, Detractor: 4, Promoter: 5}, CallBack: -1, Invite: math.MaxInt,
			Priorities: []decimal.Decimal{one, huge, one},
		}.Validate(),
		"customer":      follow(survey.Reply{At: loopDay(1)}),
		"time":          follow(survey.Reply{Customer: "Ada"}),
		"off the scale": follow(loopReply("Ada", 1, 11)),
		"value":         follow(survey.Reply{Customer: "Ada", At: loopDay(1), Answer: 9, Value: &huge}),
	}
}

func reportMessages() map[string]error {
	replies, contacts := loopCase()
	report := func(replies []survey.Reply, contacts []survey.Contact) error {
		return of(survey.ReportLoop(clientele.All(replies), clientele.All(contacts), loopConfigOf(90)))
	}
	return map[string]error{
		"configuration": of(survey.ReportLoop(nil, nil, survey.LoopReportConfig{Since: loopDay(3), Until: loopDay(2), Again: -1, Level: 95})),
		"twice":         report(append(replies[:1:1], replies[0]), nil),
		"customer":      report(replies, append(contacts[:1:1], survey.Contact{})),
		"time":          report(replies, []survey.Contact{{Customer: "Ada"}}),
		"kind":          report(replies, []survey.Contact{{Customer: "Ada", At: loopDay(1), Kind: 9}}),
		"outcome":       report(replies, []survey.Contact{{Customer: "Ada", At: loopDay(1), Outcome: 9}}),
		"nothing due":   report(nil, contacts),
	}
}

func wordOfMouthMessages() map[string]error {
	replies, referrals := wordOfMouthCase()
	compare := func(replies []survey.Reply, referrals []survey.Referral) error {
		return of(survey.WordOfMouth(clientele.All(replies), clientele.All(referrals), wordOfMouthConfigOf(90)))
	}
	failing := func(yield func(survey.Reply, error) bool) { yield(survey.Reply{}, errors.New("connection lost")) }
	return map[string]error{
		"configuration":  of(survey.WordOfMouth(nil, nil, survey.WordOfMouthConfig{Scale: nps.Scale{Min: 5, Max: 1, Detractor: 4, Promoter: 5}})),
		"source":         of(survey.WordOfMouth(failing, clientele.All(referrals), wordOfMouthConfigOf(90))),
		"referrer":       compare(replies, []survey.Referral{{At: loopDay(1)}}),
		"time":           compare(replies, []survey.Referral{{Referrer: "Ada"}}),
		"revenue":        compare(replies, []survey.Referral{{Referrer: "Ada", At: loopDay(1), Revenue: decimal.New(1, -101)}}),
		"bought":         compare(replies, []survey.Referral{{Referrer: "Ada", At: loopDay(1), Bought: loopDay(0)}}),
		"nobody":         compare(nil, referrals),
		"invitations":    of(survey.ReportInvitations(nil, nil, nil, survey.InvitationConfig{BuyWithin: -1})),
		"nobody invited": of(survey.ReportInvitations(clientele.All(replies[7:8]), clientele.All([]survey.Contact{}), clientele.All(referrals), invitationConfigOf(90))),
	}
}

func jsonMessages(t *testing.T) map[string]error {
	refused := map[string]error{"surveyor": of(json.Marshal(compiled(t, askingPolicy())))}
	for name, c := range map[string]struct {
		into any
		text string
	}{
		"unknown key":  {new(survey.Policy), `{"surveys":[{"name":"a","chanels":["mail"]}]}`},
		"wrong type":   {new(survey.Policy), `{"surveys":[{"name":"a","quotas":[{"segment":"s","most":-1}]}]}`},
		"a key twice":  {new(survey.LoopConfig), `{"callBack":24,"callBack":48}`},
		"invitations":  {new(survey.InvitationConfig), `{"invites":1}`},
		"another case": {new(survey.WordOfMouthConfig), `{"asof":"2025-01-01T00:00:00Z"}`},
		"part":         {new(survey.LoopReportConfig), `{"loop":{"scale":{"mim":1}}}`},
		"refusal":      {new(survey.Refusals), `["bored"]`},
	} {
		refused[name] = json.Unmarshal([]byte(c.text), c.into)
	}
	return refused
}
