package survey_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/verify"
	"github.com/clientele-go/clientele/nps"
	"github.com/clientele-go/clientele/nps/survey"
	"github.com/shopspring/decimal"
	"pgregory.net/rapid"
)

// wordOfMouthCase is worked out by hand; referrals count for 30 days.
func wordOfMouthCase() ([]survey.Reply, []survey.Referral) {
	refer := func(who string, day int, revenue string, amplified bool) survey.Referral {
		return survey.Referral{Referrer: who, At: loopDay(day), Amplified: amplified, Revenue: decimal.RequireFromString(revenue)}
	}
	replies := []survey.Reply{
		loopReply("Ada", 1, 10), loopReply("Bob", 1, 9), loopReply("Cyd", 1, 9), loopReply("Dan", 1, 10),
		loopReply("Eve", 1, 8), loopReply("Fay", 1, 7), loopReply("Gus", 1, 2), loopReply("Hal", 1, 5),
		loopReply("Ivy", 79, 10),                         // there is time to refer
		loopReply("Ada", 32, 0), loopReply("Bob", -5, 0), // further, and before the span
		loopReply("Kim", 92, 10), // after the end
	}
	referrals := []survey.Referral{
		refer("Ada", 10, "100.50", false), refer("Ada", 31, "20", true), // the last moment
		refer("Cyd", 2, "10", false), refer("Cyd", 3, "-3", false),
		refer("Dan", 5, "7", true),
		refer("Eve", 20, "5", false),
		refer("Ada", 0, "1", false), refer("Ada", 1, "1", false), // before, and at the very moment
		refer("Bob", 32, "1", false), // past
		refer("Ivy", 80, "1", false), // open
		refer("Zoe", 10, "1", false), // no answer
		refer("Bob", 91, "1", false), // after the end
	}
	return replies, referrals
}

func wordOfMouthConfigOf(asOf int) survey.WordOfMouthConfig {
	return survey.WordOfMouthConfig{AsOf: loopDay(asOf), Within: 30}
}

func TestWordOfMouth(t *testing.T) {
	replies, referrals := wordOfMouthCase()
	cfg := wordOfMouthConfigOf(90)
	cfg.Since = loopDay(1)
	r := wordOfMouth(t, replies, referrals, cfg)
	if r.Open != 1 || r.Further != 1 || r.Outside != 1 || r.Later != 1 || r.Answers.N() != 8 {
		t.Errorf("%+v", r)
	}
	if want := (survey.ReferralCount{Counted: 6, Before: 2, Past: 1, Open: 1, Unanswered: 1, Later: 1}); r.Referrals != want {
		t.Errorf("referrals are %+v, want %+v", r.Referrals, want)
	}
	if want := verify.Must(r.Answers.Interval(nps.AdjustedT, 0)); r.Score != want || r.Score.Value != 25 {
		t.Error(r.Score, want)
	}
	type counts struct {
		customers, referrers, referrals int
		revenue                         string
	}
	for _, c := range []struct {
		name                                   string
		mouth                                  survey.ReferralStats
		detractors, passives, promoters, total counts
		saidOnly, didOnly                      int
		gap                                    float64
	}{
		{"organic", r.Organic, counts{2, 0, 0, "0"}, counts{2, 1, 1, "5"}, counts{4, 2, 3, "107.5"}, counts{8, 3, 4, "112.5"}, 2, 1, 12.5},
		{"amplified", r.Amplified, counts{2, 0, 0, "0"}, counts{2, 0, 0, "0"}, counts{4, 2, 2, "27"}, counts{8, 2, 2, "27"}, 2, 0, 25},
		{"all", r.All, counts{2, 0, 0, "0"}, counts{2, 1, 1, "5"}, counts{4, 3, 5, "134.5"}, counts{8, 4, 6, "139.5"}, 1, 1, 0},
	} {
		for _, part := range []struct {
			name string
			got  survey.Referring
			want counts
		}{
			{"detractors", c.mouth.Detractors, c.detractors},
			{"passives", c.mouth.Passives, c.passives},
			{"promoters", c.mouth.Promoters, c.promoters},
			{"total", c.mouth.Total, c.total},
		} {
			if got := (counts{part.got.Customers, part.got.Referrers, part.got.Referrals, part.got.Revenue.String()}); got != part.want {
				t.Errorf("%s, %s: %v, want %v", c.name, part.name, got, part.want)
			}
			loopNear(t, part.name, part.got.Rate.Value, float64(part.want.referrers)/float64(part.want.customers))
			loopNear(t, part.name, part.got.PerCustomer.Value, float64(part.want.referrals)/float64(part.want.customers))
		}
		if c.mouth.SaidOnly != c.saidOnly || c.mouth.DidOnly != c.didOnly {
			t.Error(c.name, c.mouth.SaidOnly, c.mouth.DidOnly)
		}
		loopNear(t, c.name+" gap", c.mouth.Gap.Value, c.gap)
	}

	// Promoters and passives refer equally often: 2 of 4 and 1 of 2.
	lift := r.Organic.Lift
	loopNear(t, "lift", lift.Value, 1)
	loopNear(t, "upper end of the lift", lift.Hi, 22.77797827239165)
	if r.Amplified.Lift != nil {
		t.Error("a lift over nothing")
	}
	// Promoters made 2, 0, 2 and 1, whose variance 2.75/3 is below the mean, that of Poisson;
	// of Student's t with 3 degrees of freedom.
	per := r.All.Promoters.PerCustomer
	loopNear(t, "standard error", per.StdErr, math.Sqrt(1.25/4))
	loopNear(t, "upper end", per.Hi, 1.25*math.Exp(3.18244630528371*per.StdErr/1.25))
	loopNear(t, "lower end", per.Lo, 1.25/math.Exp(3.18244630528371*per.StdErr/1.25))
	// Two passives made none: of Poisson, e^-2λ is 0.025.
	none := r.Amplified.Passives.PerCustomer
	loopNear(t, "upper end of none", none.Hi, -math.Log(0.025)/2)
	if none.Value != 0 || none.Lo != 0 || none.Level != 0.95 {
		t.Errorf("no referral is %+v", *none)
	}
	// The gap is a score of customers who add 1, 0 or -1.
	as := tallyOf(t, 10, 10, 0, 7, 7, 7, 7, 7)
	if want := verify.Must(as.Interval(nps.AdjustedT, 0)); r.Organic.Gap != want {
		t.Error(r.Organic.Gap, want)
	}
}

// New customers have ten days of their own to buy in, however late they came.
func TestWordOfMouthBuyers(t *testing.T) {
	replies := []survey.Reply{loopReply("Ada", 1, 10)}
	refer := func(day, bought int) survey.Referral {
		return survey.Referral{Referrer: "Ada", At: loopDay(day), Bought: loopDay(bought)}
	}
	referrals := []survey.Referral{
		refer(31, 41), refer(31, 42), {Referrer: "Ada", At: loopDay(31)}, // in time, too late, never
		refer(20, 20), // at once
	}
	cfg := wordOfMouthConfigOf(41)
	cfg.BuyWithin = 10
	p := wordOfMouth(t, replies, referrals, cfg).Organic.Promoters
	if p.Referrals != 4 || p.Buyers != 2 || p.Waiting != 0 || p.BuyerShare.Value != 0.5 || p.BuyerShare.Level != 0.95 {
		t.Errorf("%+v", p)
	}
	cfg.AsOf = cfg.AsOf.Add(-1) // three wait, though one has bought
	if p := wordOfMouth(t, replies, referrals, cfg).Organic.Promoters; p.Buyers != 1 || p.Waiting != 3 || p.BuyerShare.Value != 1 || !(p.BuyerShare.Lo < 0.21) {
		t.Errorf("%+v", p)
	}
	cfg.BuyWithin = -1
	_, err := survey.WordOfMouth(clientele.All(replies), clientele.All(referrals), cfg)
	if fields := faultFields(err); !slices.Equal(fields, []string{"BuyWithin"}) {
		t.Error(fields)
	}
}

// Where all promoters and passives refer, or no promoter does, one of each says next to
// nothing.
func TestWordOfMouthLiftOfTwo(t *testing.T) {
	replies := []survey.Reply{loopReply("Ada", 1, 10), loopReply("Bob", 1, 7)}
	bob := []survey.Referral{{Referrer: "Bob", At: loopDay(2)}}
	both := append(bob, survey.Referral{Referrer: "Ada", At: loopDay(2)})
	for want, referrals := range [][]survey.Referral{bob, both} {
		lift := wordOfMouth(t, replies, referrals, wordOfMouthConfigOf(90)).Organic.Lift
		if lift.Value != float64(want) || lift.Level != 0.95 || !(lift.Lo < 0.05 && lift.Hi > 9) {
			t.Error(want, lift)
		}
	}
	if lift := wordOfMouth(t, replies[1:], bob, wordOfMouthConfigOf(90)).Organic.Lift; lift != nil {
		t.Error(lift)
	}
}

func TestWordOfMouthRefuses(t *testing.T) {
	replies, referrals := wordOfMouthCase()
	run := func(replies []survey.Reply, referrals []survey.Referral) error {
		_, err := survey.WordOfMouth(clientele.All(replies), clientele.All(referrals), wordOfMouthConfigOf(90))
		return err
	}
	boom := errors.New("boom")
	_, source := survey.WordOfMouth(func(yield func(survey.Reply, error) bool) { yield(survey.Reply{}, boom) }, clientele.All(referrals), wordOfMouthConfigOf(90))
	for name, c := range map[string]struct {
		err   error
		index int
		field string
		want  error
	}{
		"score":           {run(append(replies[:1:1], loopReply("Bob", 1, 11)), referrals), 1, "Answer", clientele.ErrRange},
		"the same moment": {run(append(replies[:8:8], loopReply("Ada", 1, 10)), referrals), 8, "At", clientele.ErrDuplicate},
		"referrer":        {run(replies, append(referrals[:3:3], survey.Referral{At: loopDay(1)})), 3, "Referrer", clientele.ErrMissing},
		"time":            {run(replies, []survey.Referral{{Referrer: "Ada"}}), 0, "At", clientele.ErrZeroTime},
		"revenue":         {run(replies, []survey.Referral{{Referrer: "Ada", At: loopDay(1), Revenue: decimal.New(1, -101)}}), 0, "Revenue", clientele.ErrAmountRange},
		"bought":          {run(replies, []survey.Referral{{Referrer: "Ada", At: loopDay(2), Bought: loopDay(1)}}), 0, "Bought", clientele.ErrRange},
		"source":          {source, 0, "", boom},
		"nobody":          {run(nil, referrals), -1, "replies", clientele.ErrEmpty},
		"all open":        {run(replies[8:9], referrals), -1, "replies", clientele.ErrEmpty},
	} {
		in, ok := errors.AsType[*clientele.InputError](c.err)
		if !ok || in.Op != "survey.WordOfMouth" || in.Index != c.index || in.Field != c.field || !errors.Is(c.err, c.want) {
			t.Errorf("%s: %v", name, c.err)
		}
	}
	bad := survey.WordOfMouthConfig{Scale: nps.Scale{Min: 5, Max: 1}, Since: loopDay(3), Until: loopDay(2), Level: -1}
	_, err := survey.WordOfMouth(nil, nil, bad)
	if fields, want := faultFields(err), []string{"Scale.Max", "Scale.Promoter", "AsOf", "Within", "Until", "Level", "replies", "referrals"}; !slices.Equal(fields, want) {
		t.Error(fields)
	}
}

// Invariant: no result depends on the order of the sources, everything that was read is
// counted once, organic and amplified referrals add up to all of them, and estimates are
// in order and in their range.
func TestWordOfMouthLaws(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		replies, referrals := drawReplies(rt), rapid.SliceOfN(drawReferral, 0, 40).Draw(rt, "referrals")
		cfg := wordOfMouthConfigOf(rapid.IntRange(1, 250).Draw(rt, "asOf"))
		cfg.BuyWithin = clientele.Days(rapid.IntRange(0, 20).Draw(rt, "buy within"))
		cfg.Level = rapid.SampledFrom([]float64{0, 0.5, 0.99}).Draw(rt, "level")
		r, err := survey.WordOfMouth(clientele.All(replies), clientele.All(referrals), cfg)
		if errors.Is(err, clientele.ErrEmpty) {
			return
		}
		other := wordOfMouth(t, rapid.Permutation(replies).Draw(rt, "order"), rapid.Permutation(referrals).Draw(rt, "order"), cfg)
		if err != nil || !reflect.DeepEqual(r, other) {
			rt.Fatal(r, other, err)
		}
		if c := r.Referrals; c.Counted+c.Before+c.Past+c.Open+c.Unanswered+c.Later != len(referrals) {
			rt.Fatal(c, len(referrals))
		}
		if int(r.Answers.N())+r.Open+r.Further+r.Outside+r.Later != len(replies) {
			rt.Fatal(r)
		}
		for i, all := range partsOf(r.All) {
			organic, amplified := partsOf(r.Organic)[i], partsOf(r.Amplified)[i]
			switch {
			case all.Referrals != organic.Referrals+amplified.Referrals,
				!all.Revenue.Equal(organic.Revenue.Add(amplified.Revenue)),
				all.Buyers != organic.Buyers+amplified.Buyers, all.Waiting != organic.Waiting+amplified.Waiting,
				all.Buyers+all.Waiting > all.Referrals, cfg.BuyWithin == 0 && all.BuyerShare != nil,
				all.Referrers > organic.Referrers+amplified.Referrers,
				all.Referrers < max(organic.Referrers, amplified.Referrers),
				all.Customers != organic.Customers, all.Customers != amplified.Customers:
				rt.Fatal(all, organic, amplified)
			}
		}
		for _, mouth := range []survey.ReferralStats{r.Organic, r.Amplified, r.All} {
			loopOrdered(rt, "gap", &mouth.Gap, -100, 100)
			loopOrdered(rt, "lift", mouth.Lift, 0, math.MaxFloat64)
			for _, part := range partsOf(mouth) {
				loopOrdered(rt, "rate", part.Rate, 0, 1)
				loopOrdered(rt, "buyers", part.BuyerShare, 0, 1)
				loopOrdered(rt, "mean", part.PerCustomer, 0, math.MaxFloat64)
			}
		}
		if _, err := json.Marshal(r); err != nil {
			rt.Fatal(err)
		}
	})
}

// Customers who refer within 60 days of an answer with probability 1 - exp(-0.6), at a
// constant rate, and who answer all the year round: of those whose window has ended the
// rate is right, though half of the year was not yet to be seen.
func TestWordOfMouthWaitsForWindows(t *testing.T) {
	rng := rand.New(rand.NewPCG(7, 11))
	const runs, customers = 300, 200
	want, covered := 1-math.Exp(-0.6), 0
	for range runs {
		var replies []survey.Reply
		var referrals []survey.Referral
		for i := range customers {
			who := fmt.Sprint(i)
			reply := loopReply(who, 1+rng.IntN(120), 10)
			replies = append(replies, reply)
			wait := time.Duration(rng.ExpFloat64() * 100 * 24 * float64(time.Hour))
			referrals = append(referrals, survey.Referral{Referrer: who, At: reply.At.Add(wait)})
		}
		cfg := wordOfMouthConfigOf(120)
		cfg.Within = 60
		r := wordOfMouth(t, replies, referrals, cfg)
		if r.Organic.Promoters.Rate.Contains(want) {
			covered++
		}
	}
	if share := float64(covered) / runs; math.Abs(share-0.95) > 4*math.Sqrt(0.95*0.05/runs) {
		t.Errorf("covered in %.3f of all cases", share)
	}
}

func BenchmarkWordOfMouth(b *testing.B) {
	const n = 300_000
	replies, contacts := loopBase(n)
	var referrals []survey.Referral
	for c := range contacts {
		referrals = append(referrals, survey.Referral{Referrer: c.Customer, At: c.At, Revenue: decimal.New(int64(len(referrals)), -2)})
	}
	cfg := wordOfMouthConfigOf(400)
	for b.Loop() {
		verify.Must(survey.WordOfMouth(replies, clientele.All(referrals), cfg))
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*n), "ns/reply")
}
