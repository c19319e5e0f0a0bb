package survey_test

import (
	"encoding/json"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/verify"
	"github.com/clientele-go/clientele/nps/survey"
	"github.com/shopspring/decimal"
)

// recorded is what a host has recorded, in some order.
type recorded struct {
	replies   []survey.Reply
	contacts  []survey.Contact
	referrals []survey.Referral
	requests  []survey.Request
}

func drawRecorded(rng *rand.Rand) (r recorded) {
	for i := range 40 {
		who := fmt.Sprint("c", i)
		for day := range 1 + rng.IntN(3) {
			r.replies = append(r.replies, loopReply(who, 1+60*day+rng.IntN(50), rng.IntN(11)))
		}
		for range rng.IntN(4) {
			r.contacts = append(r.contacts, survey.Contact{
				Customer: who, At: loopDay(1 + rng.IntN(200)), Kind: survey.TaskKind(rng.IntN(3)),
				Outcome: survey.Outcome(rng.IntN(4)), Reason: []string{"", "price", "late"}[rng.IntN(3)],
			})
		}
		for range rng.IntN(3) {
			at := loopDay(1 + rng.IntN(200))
			r.referrals = append(r.referrals, survey.Referral{
				Referrer: who, At: at, Bought: at.AddDate(0, 0, rng.IntN(30)), Amplified: i%2 == 0,
				Revenue: decimal.New(rng.Int64N(1e6), -int32(rng.IntN(8))),
			})
		}
	}
	r.requests = deliveriesTo(30)
	return r
}

// inAnyOrder are all answers that are made of records.
var inAnyOrder = []struct {
	name   string
	answer func(t *testing.T, r recorded) any
}{
	{"ReportLoop", func(t *testing.T, r recorded) any {
		cfg := loopConfigOf(250)
		cfg.Loop.AskWhy = 96
		return reportLoop(t, r.replies, r.contacts, cfg)
	}},
	{"ReportInvitations", func(t *testing.T, r recorded) any {
		return reportInvitations(t, r.replies, r.contacts, r.referrals, survey.InvitationConfig{AsOf: loopDay(250), Invite: 24 * 30, Within: 60, BuyWithin: 20})
	}},
	{"WordOfMouth", func(t *testing.T, r recorded) any {
		cfg := wordOfMouthConfigOf(250)
		cfg.BuyWithin = 20
		return wordOfMouth(t, r.replies, r.referrals, cfg)
	}},
	{"Surveyor.Choose", func(t *testing.T, r recorded) any {
		chosen := make(map[string]survey.Decision)
		for i, d := range verify.Must(compiled(t, askingPolicy()).Choose(r.requests)) {
			chosen[r.requests[i].Customer] = d
		}
		return chosen
	}},
	{"Task.Compare", func(_ *testing.T, r recorded) any {
		var tasks []survey.Task
		for _, reply := range r.replies {
			if task, ok, err := survey.FollowUp(reply, loopCallsAndInvites()); err == nil && ok {
				tasks = append(tasks, task)
			}
		}
		slices.SortFunc(tasks, survey.Task.Compare)
		return tasks
	}},
}

// Invariant: however records are ordered, what is told of them has the same bytes, and its
// numbers are finite.
func TestAnswersInAnyOrder(t *testing.T) {
	for seed := range uint64(6) {
		rng := rand.New(rand.NewPCG(seed, 4))
		r := drawRecorded(rng)
		var want []string
		for round := range 3 {
			for i, row := range inAnyOrder {
				answer := row.answer(t, r)
				verify.Finite(t, row.name, answer)
				if got := string(verify.Must(json.Marshal(answer))); round == 0 {
					want = append(want, got)
				} else if got != want[i] {
					t.Errorf("%s in another order: %s, want %s", row.name, got, want[i])
				}
			}
			rng.Shuffle(len(r.replies), func(i, j int) { r.replies[i], r.replies[j] = r.replies[j], r.replies[i] })
			rng.Shuffle(len(r.contacts), func(i, j int) { r.contacts[i], r.contacts[j] = r.contacts[j], r.contacts[i] })
			rng.Shuffle(len(r.referrals), func(i, j int) { r.referrals[i], r.referrals[j] = r.referrals[j], r.referrals[i] })
			rng.Shuffle(len(r.requests), func(i, j int) { r.requests[i], r.requests[j] = r.requests[j], r.requests[i] })
		}
	}
}

// Invariant: whatever the level and the lengths of time, a report is finite or refused.
func TestExtremesAreFiniteOrRefused(t *testing.T) {
	r := drawRecorded(rand.New(rand.NewPCG(1, 4)))
	for _, level := range []float64{0, math.SmallestNonzeroFloat64, 1e-17, 0.5, 1 - 1e-15, math.Nextafter(1, 0), 1, -1, math.Inf(1), math.NaN()} {
		for _, days := range []clientele.Days{-1, 0, 1, 90, 106_751, math.MaxInt} {
			loop, word := loopConfigOf(250), wordOfMouthConfigOf(250)
			loop.Level, loop.Again = level, days
			word.Level, word.Within, word.BuyWithin = level, days, days
			invite := survey.InvitationConfig{AsOf: loopDay(250), Invite: survey.Hours(max(0, min(int64(days), math.MaxInt64/24)) * 24), Within: days, BuyWithin: days, Level: level}
			for name, call := range map[string]func() (any, error){
				"ReportLoop": func() (any, error) {
					return survey.ReportLoop(clientele.All(r.replies), clientele.All(r.contacts), loop)
				},
				"WordOfMouth": func() (any, error) {
					return survey.WordOfMouth(clientele.All(r.replies), clientele.All(r.referrals), word)
				},
				"ReportInvitations": func() (any, error) {
					return survey.ReportInvitations(clientele.All(r.replies), clientele.All(r.contacts), clientele.All(r.referrals), invite)
				},
			} {
				if got, err := call(); err == nil {
					verify.Finite(t, fmt.Sprintf("%s, level %v, %d days", name, level, days), got)
				}
			}
		}
	}
}
