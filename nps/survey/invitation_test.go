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
	"github.com/clientele-go/clientele/internal/interval"
	"github.com/clientele-go/clientele/internal/verify"
	"github.com/clientele-go/clientele/nps/survey"
	"github.com/shopspring/decimal"
	"pgregory.net/rapid"
)

// invitationCase is worked out by hand: promoters are invited within two days, referrals
// count for 30 days, and purchases for ten.
func invitationCase() ([]survey.Reply, []survey.Contact, []survey.Referral) {
	invite := func(who string, day int, o survey.Outcome) survey.Contact {
		return survey.Contact{Customer: who, At: loopDay(day), Kind: survey.Invite, Outcome: o}
	}
	refer := func(who string, day, bought int, revenue string) survey.Referral {
		r := survey.Referral{Referrer: who, At: loopDay(day), Revenue: decimal.RequireFromString(revenue)}
		if bought > 0 {
			r.Bought = loopDay(bought)
		}
		return r
	}
	replies := []survey.Reply{
		loopReply("Ada", 1, 10), loopReply("Bob", 1, 9), loopReply("Cyd", 1, 10), loopReply("Dan", 1, 9), loopReply("Eve", 1, 10),
		loopReply("Fay", 1, 8),                         // a passive
		loopReply("Gus", 1, 3), loopReply("Gus", 5, 9), // the second answer counts
		loopReply("Hal", 80, 10), loopReply("Ivy", 95, 9), // open, and later
		loopReply("Jim", -3, 10), // before the span
	}
	contacts := []survey.Contact{
		invite("Ada", 2, survey.Resolved),
		invite("Bob", 3, survey.NotRecorded), invite("Bob", 2, survey.Unresolved), // at the last moment, and a day before
		invite("Cyd", 2, survey.NotReached),
		invite("Dan", 4, survey.Resolved), // late
		invite("Gus", 4, survey.Resolved), // before the answer
		invite("Gus", 7, survey.NotRecorded),
		invite("Fay", 2, survey.Resolved), invite("Hal", 81, survey.Resolved), invite("Ada", 91, survey.Resolved), invite("Jim", 1, survey.Resolved),
		{Customer: "Ada", At: loopDay(2)},
	}
	referrals := []survey.Referral{
		refer("Ada", 2, 3, "5"),                              // at the moment of the invitation: not after it
		refer("Ada", 10, 20, "10"), refer("Ada", 11, 0, "0"), // the first bought at the last moment
		refer("Ada", 32, 60, "7"),                         // at the last moment; bought too late
		refer("Ada", 33, 33, "1"),                         // in the window from the answer on alone
		refer("Ada", 34, 0, "1"), refer("Ada", 1, 0, "1"), // past, before
		refer("Cyd", 5, 0, "2"), refer("Dan", 5, 6, "3.50"),
		refer("Gus", 36, 0, "4"), // there is time to buy
		refer("Fay", 5, 0, "1"), refer("Hal", 82, 0, "1"), refer("Zoe", 5, 0, "1"), refer("Ada", 91, 0, "1"),
	}
	return replies, contacts, referrals
}

func invitationConfigOf(asOf int) survey.InvitationConfig {
	return survey.InvitationConfig{AsOf: loopDay(asOf), Invite: 48, Within: 30, BuyWithin: 10}
}

func reportInvitations(t testing.TB, replies []survey.Reply, contacts []survey.Contact, referrals []survey.Referral, cfg survey.InvitationConfig) *survey.InvitationReport {
	t.Helper()
	r, err := survey.ReportInvitations(clientele.All(replies), clientele.All(contacts), clientele.All(referrals), cfg)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestReportInvitations(t *testing.T) {
	replies, contacts, referrals := invitationCase()
	cfg := invitationConfigOf(90)
	cfg.Since = loopDay(1)
	r := reportInvitations(t, replies, contacts, referrals, cfg)
	if r.Open != 1 || r.Outside != 1 || r.Later != 1 || r.Config.Level != 0.95 {
		t.Errorf("%+v", r)
	}
	if want := (survey.InvitationCount{Counted: 4, NotReached: 1, Late: 1, Open: 1, Unasked: 3, OtherKind: 1, Later: 1}); r.Invitations != want {
		t.Errorf("invitations are %+v, want %+v", r.Invitations, want)
	}
	if want := (survey.ReferralCount{Counted: 8, Before: 1, Past: 1, Open: 1, Unanswered: 2, Later: 1}); r.Referrals != want {
		t.Errorf("referrals are %+v, want %+v", r.Referrals, want)
	}
	if want := (survey.OutcomeCount{Resolved: 1, Unresolved: 1, NotRecorded: 1, Share: new(interval.Wilson(1, 2, 0.95))}); !reflect.DeepEqual(r.Outcomes, want) {
		t.Errorf("outcomes are %+v, want %+v", r.Outcomes, want)
	}
	for _, c := range []struct {
		name    string
		got     survey.Referring
		want    [5]int // customers, referrers, referrals, buyers, waiting
		revenue string
	}{
		{"after invitations", r.After, [5]int{3, 2, 4, 1, 0}, "21"},
		{"invited", r.Invited, [5]int{3, 2, 6, 3, 0}, "27"},
		{"others", r.Others, [5]int{3, 2, 2, 1, 0}, "5.5"},
	} {
		g := c.got
		if got := [5]int{g.Customers, g.Referrers, g.Referrals, g.Buyers, g.Waiting}; got != c.want {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
		verify.Money(t, c.name, g.Revenue, c.revenue)
		if *g.Rate != interval.Wilson(int64(g.Referrers), int64(g.Customers), 0.95) || *g.BuyerShare != interval.Wilson(int64(g.Buyers), int64(g.Referrals), 0.95) {
			t.Errorf("%s: %+v", c.name, g)
		}
	}
	if want := interval.RiskRatio(2, 3, 2, 3, 0.95); *r.Lift != want {
		t.Errorf("lift is %+v, want %+v", *r.Lift, want)
	}

	// Of the referral of day 36 on, it is known on day 46 whether it made a buyer.
	for asOf, want := range map[int]int{45: 1, 46: 0} {
		cfg := invitationConfigOf(asOf)
		if r := reportInvitations(t, replies, contacts, referrals, cfg); r.After.Waiting != want {
			t.Errorf("on day %d %d are waiting", asOf, r.After.Waiting)
		}
	}
	cfg = invitationConfigOf(90)
	cfg.BuyWithin = 0
	if r := reportInvitations(t, replies, contacts, referrals, cfg); r.After.Buyers != 0 || r.After.BuyerShare != nil {
		t.Errorf("%+v", r.After)
	}
}

func TestReportInvitationsRefuses(t *testing.T) {
	replies, contacts, referrals := invitationCase()
	run := func(replies []survey.Reply, contacts []survey.Contact, referrals []survey.Referral) error {
		_, err := survey.ReportInvitations(clientele.All(replies), clientele.All(contacts), clientele.All(referrals), invitationConfigOf(90))
		return err
	}
	const op = "survey.ReportInvitations"
	verify.InputError(t, run([]survey.Reply{{}}, nil, nil), op, 0, "Customer", clientele.ErrMissing)
	verify.InputError(t, run(replies, append(contacts[:1:1], survey.Contact{}), nil), op, 1, "Customer", clientele.ErrMissing)
	verify.InputError(t, run(replies, contacts, append(referrals[:2:2], survey.Referral{})), op, 2, "Referrer", clientele.ErrMissing)
	early := survey.Referral{Referrer: "Ada", At: loopDay(2), Bought: loopDay(2).Add(-1)}
	verify.InputError(t, run(replies, contacts, []survey.Referral{early}), op, 0, "Bought", clientele.ErrRange)
	early.Bought = time.Date(9999, 1, 1, 0, 0, 0, 0, time.UTC)
	verify.InputError(t, run(replies, contacts, []survey.Referral{early}), op, 0, "Bought", clientele.ErrTimeRange)
	verify.InputError(t, run(replies[5:6], contacts, referrals), op, -1, "replies", clientele.ErrEmpty)
	_, err := survey.ReportInvitations(nil, nil, nil, survey.InvitationConfig{BuyWithin: -1, Since: loopDay(3), Until: loopDay(2), Level: 1})
	verify.ConfigError(t, err, op, "AsOf", "Invite", "Within", "BuyWithin", "Until", "Level", "replies", "contacts", "referrals")
	cfg := invitationConfigOf(90)
	cfg.Invite = -1
	_, err = survey.ReportInvitations(clientele.All(replies), clientele.All(contacts), clientele.All(referrals), cfg)
	verify.ConfigError(t, err, op, "Invite")
}

// Invariant: no result depends on the order of the sources, everything that was read is
// counted once, and estimates are in order and in their range.
func TestReportInvitationsLaws(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		replies := drawReplies(rt)
		contacts, referrals := rapid.SliceOfN(drawContact, 0, 40).Draw(rt, "contacts"), rapid.SliceOfN(drawReferral, 0, 40).Draw(rt, "referrals")
		cfg := invitationConfigOf(rapid.IntRange(1, 250).Draw(rt, "asOf"))
		cfg.BuyWithin = clientele.Days(rapid.IntRange(0, 20).Draw(rt, "buy within"))
		r, err := survey.ReportInvitations(clientele.All(replies), clientele.All(contacts), clientele.All(referrals), cfg)
		if errors.Is(err, clientele.ErrEmpty) {
			return
		}
		other := reportInvitations(t, rapid.Permutation(replies).Draw(rt, "order"), rapid.Permutation(contacts).Draw(rt, "order"),
			rapid.Permutation(referrals).Draw(rt, "order"), cfg)
		if err != nil || !reflect.DeepEqual(r, other) {
			rt.Fatal(r, other, err)
		}
		if c := r.Invitations; c.Counted+c.NotReached+c.Late+c.Open+c.Unasked+c.OtherKind+c.Later != len(contacts) {
			rt.Fatal(c, len(contacts))
		}
		if c := r.Referrals; c.Counted+c.Before+c.Past+c.Open+c.Unanswered+c.Later != len(referrals) || c.Counted != r.Invited.Referrals+r.Others.Referrals {
			rt.Fatal(c, len(referrals))
		}
		if o := r.Outcomes; o.Resolved+o.Unresolved+o.NotRecorded != r.Invited.Customers || r.After.Customers != r.Invited.Customers || r.After.Referrals > r.Invited.Referrals {
			rt.Fatal(r)
		}
		loopOrdered(rt, "lift", r.Lift, 0, math.MaxFloat64)
		for _, g := range []survey.Referring{r.After, r.Invited, r.Others} {
			loopOrdered(rt, "rate", g.Rate, 0, 1)
			loopOrdered(rt, "mean", g.PerCustomer, 0, math.MaxFloat64)
			loopOrdered(rt, "buyers", g.BuyerShare, 0, 1)
			if g.Buyers+g.Waiting > g.Referrals || g.Referrers > g.Customers {
				rt.Fatal(g)
			}
		}
		if _, err := json.Marshal(r); err != nil {
			rt.Fatal(err)
		}
	})
}

// Where a random half is invited and invitations change nothing, promoters refer all the
// same, and the lift is claimed to be above 1 in no more than 2.5 % of shops.
func TestReportInvitationsClaimNothing(t *testing.T) {
	rng := rand.New(rand.NewPCG(5, 8))
	const runs, customers = 400, 60
	claimed := 0
	for range runs {
		var replies []survey.Reply
		var contacts []survey.Contact
		var referrals []survey.Referral
		for i := range customers {
			who := fmt.Sprint(i)
			replies = append(replies, loopReply(who, 1, 10))
			if rng.IntN(2) == 0 {
				contacts = append(contacts, survey.Contact{Customer: who, At: loopDay(1).Add(survey.Hours(rng.IntN(49)).Duration()), Kind: survey.Invite})
			}
			if rng.IntN(3) == 0 {
				referrals = append(referrals, survey.Referral{Referrer: who, At: loopDay(1).Add(survey.Hours(1 + rng.IntN(24*32)).Duration())})
			}
		}
		if lift := reportInvitations(t, replies, contacts, referrals, invitationConfigOf(90)).Lift; lift.Lo > 1 {
			claimed++
		}
	}
	if share := float64(claimed) / runs; share > 0.025+4*math.Sqrt(0.025*0.975/runs) {
		t.Errorf("claimed in %.3f of all shops", share)
	}
}

func TestInvitationConfigJSON(t *testing.T) {
	cfg := invitationConfigOf(90)
	if back := verify.ReadBack(t, cfg); !reflect.DeepEqual(back, cfg) {
		t.Error(back)
	}
	for _, bad := range []string{`{"invites":1}`, `{"Invite":1}`, `{"invite":1,"invite":2}`, `{"within":"30"}`} {
		read := cfg
		if err := read.UnmarshalJSON([]byte(bad)); !errors.Is(err, clientele.ErrEncoding) || !reflect.DeepEqual(read, cfg) {
			t.Error(bad, err)
		}
	}
}

// A window ends with its last moment; an invitation may come at the moment of the answer,
// the first one begins the days for referrals, and the last outcome counts, of two at one
// moment the acceptance, in any order.
func TestReportInvitationsAtTheEdges(t *testing.T) {
	replies := []survey.Reply{loopReply("Ada", 1, 10)}
	invite := func(day int, o survey.Outcome) survey.Contact {
		return survey.Contact{Customer: "Ada", At: loopDay(day), Kind: survey.Invite, Outcome: o}
	}
	cfg := invitationConfigOf(33) // the answer, two days and 30
	if r := reportInvitations(t, replies, []survey.Contact{invite(1, survey.NotRecorded)}, nil, cfg); r.Open != 0 || r.Invited.Customers != 1 {
		t.Errorf("%+v", r)
	}
	cfg.AsOf = cfg.AsOf.Add(-1)
	_, err := survey.ReportInvitations(clientele.All(replies), clientele.All([]survey.Contact{}), clientele.All([]survey.Referral{}), cfg)
	verify.InputError(t, err, "survey.ReportInvitations", -1, "replies", clientele.ErrEmpty)

	cfg = invitationConfigOf(90)
	beside := append(replies[:1:1], loopReply("Bob", 1, 10)) // who refers nobody
	if r := reportInvitations(t, beside, []survey.Contact{invite(1, survey.Resolved)}, nil, cfg); r.Others.Customers != 1 || r.Lift != nil {
		t.Errorf("%+v", r)
	}
	late := []survey.Referral{{Referrer: "Ada", At: loopDay(32)}} // 31 days after the first invitation, 30 after the second
	for name, c := range map[string]struct {
		contacts []survey.Contact
		after    int
		want     survey.OutcomeCount
	}{
		"the second alone": {[]survey.Contact{invite(2, survey.Resolved)}, 1, survey.OutcomeCount{Resolved: 1}},
		"two invitations":  {[]survey.Contact{invite(1, survey.Resolved), invite(2, survey.Unresolved)}, 0, survey.OutcomeCount{Unresolved: 1}},
		"not recorded":     {[]survey.Contact{invite(1, survey.Resolved), invite(2, survey.NotRecorded)}, 0, survey.OutcomeCount{Resolved: 1}},
		"at one moment":    {[]survey.Contact{invite(2, survey.Unresolved), invite(2, survey.Resolved)}, 1, survey.OutcomeCount{Resolved: 1}},
	} {
		for range 2 {
			r := reportInvitations(t, replies, c.contacts, late, cfg)
			r.Outcomes.Share = nil
			if r.After.Referrals != c.after || r.Outcomes != c.want || r.Lift != nil {
				t.Errorf("%s: %d referrals, %+v", name, r.After.Referrals, r.Outcomes)
			}
			slices.Reverse(c.contacts)
		}
	}
}
