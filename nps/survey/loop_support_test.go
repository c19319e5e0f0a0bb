package survey_test

import (
	"fmt"
	"math"
	"testing"
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/nps/survey"
	"pgregory.net/rapid"
)

// loopDay is noon of a day counted from the last of 2024.
func loopDay(day int) time.Time { return noonOf(2025, 1, day) }

func loopReply(customer string, day, score int) survey.Reply {
	return survey.Reply{Customer: customer, At: loopDay(day), Answer: score}
}

// loopCallsAndInvites leaves passives alone.
func loopCallsAndInvites() survey.LoopConfig { return survey.LoopConfig{CallBack: 48, Invite: 168} }

func loopConfigOf(asOf int) survey.LoopReportConfig {
	return survey.LoopReportConfig{Loop: loopCallsAndInvites(), AsOf: loopDay(asOf), Again: 30}
}

func reportLoop(t testing.TB, replies []survey.Reply, contacts []survey.Contact, cfg survey.LoopReportConfig) *survey.LoopReport {
	t.Helper()
	r, err := survey.ReportLoop(clientele.All(replies), clientele.All(contacts), cfg)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// loopNear reports a number that is not as wanted.
func loopNear(t testing.TB, what string, got, want float64) {
	t.Helper()
	if !(math.Abs(got-want) <= 1e-9*max(1, math.Abs(want))) {
		t.Errorf("%s is %.15g, want %.15g", what, got, want)
	}
}

// loopOrdered reports an estimate that is not in order.
func loopOrdered(t *rapid.T, what string, e *clientele.Estimate, least, most float64) {
	if e != nil && !(least <= e.Lo && e.Lo <= e.Value && e.Value <= e.Hi && e.Hi <= most) {
		t.Fatalf("%s is %+v", what, *e)
	}
}

// drawReplies draws replies of a few customers, none of whom replies twice a day.
func drawReplies(t *rapid.T) []survey.Reply {
	type moment struct {
		who string
		day int
	}
	when := rapid.Custom(func(t *rapid.T) moment {
		return moment{fmt.Sprint("c", rapid.IntRange(1, 8).Draw(t, "who")), rapid.IntRange(1, 200).Draw(t, "day")}
	})
	var all []survey.Reply
	for _, m := range rapid.SliceOfNDistinct(when, 1, 40, rapid.ID[moment]).Draw(t, "replies") {
		all = append(all, loopReply(m.who, m.day, rapid.IntRange(0, 10).Draw(t, "score")))
	}
	return all
}

// drawContact draws one with a customer of drawReplies, or another.
var drawContact = rapid.Custom(func(t *rapid.T) survey.Contact {
	return survey.Contact{
		Customer: fmt.Sprint("c", rapid.IntRange(1, 10).Draw(t, "who")), At: loopDay(rapid.IntRange(-5, 210).Draw(t, "day")),
		Kind:    rapid.SampledFrom([]survey.TaskKind{survey.CallBack, survey.AskWhy, survey.Invite}).Draw(t, "kind"),
		Outcome: rapid.SampledFrom([]survey.Outcome{survey.NotRecorded, survey.Resolved, survey.Unresolved, survey.NotReached}).Draw(t, "outcome"),
		Reason:  rapid.SampledFrom([]string{"", "price", "late"}).Draw(t, "reason"),
	}
})
