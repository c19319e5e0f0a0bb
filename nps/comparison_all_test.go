package nps_test

import (
	"testing"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/verify"
	"github.com/clientele-go/clientele/nps"
)

func TestCompareAll(t *testing.T) {
	groups := map[string]nps.Tally{"search": answered(67, 107, 118), "social": answered(107, 72, 42), "store": answered(63, 57, 46)}
	for name, c := range map[string]struct {
		cfg   nps.CompareAllConfig
		pairs [][2]string
	}{
		"pairs":     {nps.CompareAllConfig{}, [][2]string{{"search", "social"}, {"search", "store"}, {"social", "store"}}},
		"reference": {nps.CompareAllConfig{Reference: "social", Adjust: clientele.Bonferroni}, [][2]string{{"search", "social"}, {"store", "social"}}},
		"rest":      {nps.CompareAllConfig{Rest: true, Adjust: clientele.BenjaminiHochberg}, [][2]string{{"search", ""}, {"social", ""}, {"store", ""}}},
	} {
		all := verify.Must(nps.CompareAll(groups, c.cfg))
		if len(all) != len(c.pairs) {
			t.Fatal(name, all)
		}
		for i, got := range all {
			if got.Group != c.pairs[i][0] || got.Against != c.pairs[i][1] {
				t.Error(name, got)
			}
			var other nps.Tally
			for label, g := range groups {
				if label == got.Against || got.Against == "" && label != got.Group {
					other = merged(t, other, g)
				}
			}
			if want := verify.Must(nps.Compare(other, groups[got.Group], c.cfg.CompareConfig)); got.Comparison != want {
				t.Error(name, got, want)
			}
			if got.Adjusted < got.P || got.Adjusted > min(1, got.P*float64(len(all)))*(1+1e-15) {
				t.Error(name, got)
			}
		}
	}
}
