package survey_test

import (
	"fmt"
	"log"
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/nps/survey"
	"github.com/shopspring/decimal"
)

// Do promoters do as they say?
func ExampleWordOfMouth() {
	january := time.Date(2025, 1, 15, 0, 0, 0, 0, time.UTC)
	var replies []survey.Reply
	var referrals []survey.Referral
	for i := range 100 {
		who := fmt.Sprint("customer ", i)
		score := 10 // 50 promoters, 30 passives, 20 detractors
		if i >= 80 {
			score = 4
		} else if i >= 50 {
			score = 7
		}
		replies = append(replies, survey.Reply{Customer: who, At: january, Answer: score})
		if i%5 == 0 && i < 80 { // every fifth promoter and passive
			referrals = append(referrals, survey.Referral{Referrer: who, At: january.AddDate(0, 1, 0), Revenue: decimal.NewFromInt(120)})
		}
		if i%4 == 0 && i < 50 { // for a reward
			referrals = append(referrals, survey.Referral{Referrer: who, At: january.AddDate(0, 2, 0), Amplified: true, Revenue: decimal.NewFromInt(60)})
		}
	}
	report, err := survey.WordOfMouth(clientele.All(replies), clientele.All(referrals), survey.WordOfMouthConfig{
		AsOf:   january.AddDate(0, 8, 0),
		Within: 180,
	})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Printf("score %v of %d\n", report.Score, report.Answers.N())
	organic := report.Organic
	fmt.Printf("organic: promoters who refer %v, passives %v, lift %v\n", organic.Promoters.Rate, organic.Passives.Rate, organic.Lift)
	fmt.Printf("organic: said less did %v points\n", organic.Gap)
	fmt.Printf("amplified: promoters who refer %v, money %v\n", report.Amplified.Promoters.Rate, report.Amplified.Total.Revenue)
	fmt.Printf("all: referrals per promoter %v, money %v\n", report.All.Promoters.PerCustomer, report.All.Total.Revenue)
	// Output:
	// score 30 [13.87, 44.38] of 100
	// organic: promoters who refer 0.2 [0.1124, 0.3304], passives 0.2 [0.09505, 0.3731], lift 1 [0.3763, 2.869]
	// organic: said less did 34 [21.41, 44.61] points
	// amplified: promoters who refer 0.26 [0.1587, 0.3955], money 780
	// all: referrals per promoter 0.46 [0.3025, 0.6994], money 2700
}

// Every second promoter is invited to refer others, drawn at random, so that the others show
// what happens without an invitation.
func ExampleReportInvitations() {
	january := time.Date(2025, 1, 15, 0, 0, 0, 0, time.UTC)
	var replies []survey.Reply
	var contacts []survey.Contact
	var referrals []survey.Referral
	for i := range 200 {
		who := fmt.Sprint("customer ", i)
		replies = append(replies, survey.Reply{Customer: who, At: january, Answer: 10})
		invited := survey.Sampled("invitations of January", who, 0.5)
		if invited {
			contact := survey.Contact{Customer: who, At: january.AddDate(0, 0, 2), Kind: survey.Invite, Outcome: survey.Unresolved}
			if i%3 == 0 {
				contact.Outcome = survey.Resolved
			}
			contacts = append(contacts, contact)
		}
		if i%10 == 0 || invited && i%4 == 0 {
			came := survey.Referral{Referrer: who, At: january.AddDate(0, 1, 0), Revenue: decimal.NewFromInt(120)}
			if i%8 == 0 {
				came.Bought = came.At.AddDate(0, 0, 9)
			}
			referrals = append(referrals, came)
		}
	}
	report, err := survey.ReportInvitations(clientele.All(replies), clientele.All(contacts), clientele.All(referrals), survey.InvitationConfig{
		AsOf:   january.AddDate(1, 0, 0),
		Invite: 7 * 24, // within a week after the answer
		Within: 90, BuyWithin: 30,
	})
	if err != nil {
		log.Fatal(err)
	}
	after := report.After
	fmt.Printf("%d invited, accepted %v\n", after.Customers, report.Outcomes.Share)
	fmt.Printf("referred %v: %d new customers\n", after.Rate, after.Referrals)
	fmt.Printf("bought %v, money %v\n", after.BuyerShare, after.Revenue)
	fmt.Printf("without an invitation %v, lift %v\n", report.Others.Rate, report.Lift)
	// Output:
	// 103 invited, accepted 0.3398 [0.2556, 0.4356]
	// referred 0.3204 [0.2381, 0.4156]: 33 new customers
	// bought 0.3939 [0.2468, 0.5632], money 3960
	// without an invitation 0.08247 [0.04238, 0.1544], lift 3.885 [1.834, 8.769]
}
