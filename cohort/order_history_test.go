package cohort_test

import (
	"bytes"
	"testing"

	"github.com/clientele-go/clientele/cohort"
	"github.com/clientele-go/clientele/internal/verify"
	"pgregory.net/rapid"
)

// Invariant: what one customer did gives the same history in any order, merged from whichever
// end.
func TestHistoryInAnyOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		all := drawActivity(t)
		made := func() (form []byte, n int) {
			parts := [2]*cohort.History{cohort.NewHistory(), cohort.NewHistory()}
			for _, p := range rapid.Permutation(all).Draw(t, "order") {
				if err := parts[rapid.IntRange(0, 1).Draw(t, "part")].Add(p.At, p.Amount, p.Group); err != nil {
					t.Fatal(err)
				}
			}
			one := rapid.IntRange(0, 1).Draw(t, "one")
			if err := parts[one].Merge(parts[1-one]); err != nil {
				t.Fatal(err)
			}
			if form = verify.Must(parts[one].MarshalBinary()); !bytes.Equal(form, verify.Must(parts[one].AppendBinary(nil))) {
				t.Fatal("there are two forms")
			}
			return form, parts[one].Len()
		}
		want, n := made()
		if got, m := made(); !bytes.Equal(got, want) || m != n {
			t.Fatalf("in another order %q of %d, want %q of %d", got, m, want, n)
		}
	})
}
