package survey_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/clientele-go/clientele/nps/survey"
	"pgregory.net/rapid"
)

// Who is selected must not change when the library does.
func TestSampledStays(t *testing.T) {
	var selected strings.Builder
	for i := range 60 {
		if survey.Sampled("delivery", fmt.Sprint("customer-", i), 0.1) {
			selected.WriteString(fmt.Sprint(i, " "))
		}
	}
	if want := "1 6 14 28 "; selected.String() != want {
		t.Errorf("%q, want %q", selected.String(), want)
	}
}

// Invariants: a customer in a share is in every greater one; everybody is in 1 and nobody
// in 0; the share of many customers is the share, and two salts select independently.
func TestSampledShares(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		salt, customer := rapid.String().Draw(t, "salt"), rapid.String().Draw(t, "customer")
		share := rapid.Float64Range(0, 1).Draw(t, "share")
		more := rapid.Float64Range(share, 1).Draw(t, "more")
		if survey.Sampled(salt, customer, share) && !survey.Sampled(salt, customer, more) {
			t.Fatal("not in the greater share")
		}
		if !survey.Sampled(salt, customer, 1) || survey.Sampled(salt, customer, 0) {
			t.Fatal("everybody, nobody")
		}
	})
	const n = 100_000
	one, both := 0, 0
	for i := range n {
		id := fmt.Sprint(i)
		if survey.Sampled("a", id, 0.2) {
			one++
			if survey.Sampled("b", id, 0.2) {
				both++
			}
		}
	}
	// Within 4.5 standard deviations of n/5 and n/25.
	if one < 20000-570 || one > 20000+570 || both < 4000-280 || both > 4000+280 {
		t.Errorf("%d and %d of %d", one, both, n)
	}
}
