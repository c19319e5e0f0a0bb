package ltv

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/clientele-go/clientele/internal/verify"
)

// Invariant: one customer's purchases give the same History in any order, merged from
// whichever end: Summary, Holdout, Group, Config and MarshalBinary.
func TestOrderOfOneCustomerChangesNothing(t *testing.T) {
	purchases := regularPurchases(1)
	answers := make(map[string]bool)
	for seed := range uint64(6) {
		parts := [2]*History{}
		for i := range parts {
			parts[i] = mustHistory(t, SummaryConfig{AsOf: evening(200), Until: evening(300), Per: 7})
		}
		for n, i := range rand.New(rand.NewPCG(seed, 3)).Perm(len(purchases)) {
			p := purchases[i]
			if err := parts[n%2].Add(p.At, p.Amount, fmt.Sprint("channel ", i%3)); err != nil {
				t.Fatal(err)
			}
		}
		one, two := parts[seed%2], parts[1-seed%2]
		if err := one.Merge(two); err != nil {
			t.Fatal(err)
		}
		summary, _ := one.Summary()
		holdout, _ := one.Holdout()
		answers[fmt.Sprint(summary, holdout, one.Group(), one.Config(), verify.Must(one.MarshalBinary()))] = true
	}
	if len(answers) != 1 {
		t.Errorf("one history gives %d answers: %.500v", len(answers), answers)
	}
}
