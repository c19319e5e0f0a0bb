package survey_test

import (
	"testing"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/nps"
	"github.com/clientele-go/clientele/nps/survey"
	"github.com/shopspring/decimal"
	"pgregory.net/rapid"
)

func wordOfMouth(t testing.TB, replies []survey.Reply, referrals []survey.Referral, cfg survey.WordOfMouthConfig) *survey.WordOfMouthReport {
	t.Helper()
	r, err := survey.WordOfMouth(clientele.All(replies), clientele.All(referrals), cfg)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// tallyOf counts answers on the standard scale.
func tallyOf(t *testing.T, answers ...int) (tally nps.Tally) {
	t.Helper()
	if err := tally.AddSlice(answers); err != nil {
		t.Fatal(err)
	}
	return tally
}

// partsOf are those of the attitudes, and the total last.
func partsOf(m survey.ReferralStats) [4]survey.Referring {
	return [...]survey.Referring{m.Detractors, m.Passives, m.Promoters, m.Total}
}

// drawReferral draws one by such people.
var drawReferral = rapid.Custom(func(t *rapid.T) survey.Referral {
	c := drawContact.Draw(t, "contact")
	r := survey.Referral{
		Referrer: c.Customer, At: c.At, Amplified: c.Kind == survey.Invite,
		Revenue: decimal.New(rapid.Int64Range(-100, 1000).Draw(t, "cents"), -2),
	}
	if days := rapid.IntRange(-1, 30).Draw(t, "bought after"); days >= 0 {
		r.Bought = r.At.AddDate(0, 0, days)
	}
	return r
})
