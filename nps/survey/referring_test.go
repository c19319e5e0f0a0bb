package survey_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/verify"
	"github.com/clientele-go/clientele/nps/survey"
)

// perCustomerOf is the mean of so many referrals of each customer.
func perCustomerOf(t *testing.T, made ...int) clientele.Estimate {
	t.Helper()
	var replies []survey.Reply
	var referrals []survey.Referral
	for i, n := range made {
		who := fmt.Sprint(i)
		replies = append(replies, loopReply(who, 1, 10))
		for range n {
			referrals = append(referrals, survey.Referral{Referrer: who, At: loopDay(2)})
		}
	}
	return *wordOfMouth(t, replies, referrals, wordOfMouthConfigOf(90)).All.Total.PerCustomer
}

// By hand: 0, 0 and 6 referrals have the mean 2 and the variance 12; customers who made one
// each have the variance of Poisson, 1. Of Student's t with 2 degrees of freedom.
func TestReferralsPerCustomer(t *testing.T) {
	const student = 4.3026527297494639
	e := perCustomerOf(t, 0, 6, 0)
	loopNear(t, "mean", e.Value, 2)
	loopNear(t, "standard error", e.StdErr, 2)
	loopNear(t, "upper end", e.Hi, 2*math.Exp(student))
	loopNear(t, "lower end", e.Lo, 2/math.Exp(student))
	e = perCustomerOf(t, 1, 1, 1)
	loopNear(t, "standard error of the alike", e.StdErr, math.Sqrt(1./3))
	loopNear(t, "upper end of the alike", e.Hi, math.Exp(student/math.Sqrt(3)))
	if e := perCustomerOf(t, 4); e != (clientele.Estimate{Value: 4, Lo: 4, Hi: 4}) {
		t.Error("one customer:", e)
	}
}

// Of customers who differ the interval holds the mean about as often as it says; Student's
// around the mean itself does so in 88 % of these samples of 5 and of 10.
func TestReferralsPerCustomerCover(t *testing.T) {
	const runs = 1000
	rng := rand.New(rand.NewPCG(31, 32))
	for _, n := range []int{5, 10} {
		held := 0
		for range runs {
			made := make([]int, n)
			for i := range made {
				own := rng.ExpFloat64() // a Poisson number with the customer's own mean
				for at := rng.ExpFloat64(); at < own; at += rng.ExpFloat64() {
					made[i]++
				}
			}
			held += verify.OneIf(perCustomerOf(t, made...).Contains(1))
		}
		t.Logf("%d customers: %d of %d hold the mean", n, held, runs)
		if held < runs*94/100 {
			t.Errorf("%d customers: %d of %d hold the mean", n, held, runs)
		}
	}
}
