package ltv

import (
	"slices"
	"testing"

	"github.com/clientele-go/clientele/internal/exact"
	"github.com/shopspring/decimal"
	"pgregory.net/rapid"
)

// Invariant: lists that share nodes hold what maps from period to sum hold, latest
// first, while refunds are added and cut off again; nodes that were cut are used
// again.
func TestEarlyRefundsEqualMaps(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var e earlyRefunds
		var wide exact.Wide
		heads, plain := [2]int32{}, [2]map[period]int64{{}, {}}
		most := 0
		t.Repeat(map[string]func(*rapid.T){
			"add": func(t *rapid.T) {
				i, u := rapid.IntRange(0, 1).Draw(t, "list"), periodOf(rapid.IntRange(-9, 9).Draw(t, "period"))
				wide.Add(e.at(&heads[i], u), decimal.New(-1, 0))
				plain[i][u]--
				most = max(most, len(plain[0])+len(plain[1]))
			},
			"cut": func(t *rapid.T) {
				i, from := rapid.IntRange(0, 1).Draw(t, "list"), periodOf(rapid.IntRange(-9, 9).Draw(t, "from"))
				var latest period
				for u := range plain[i] {
					latest = max(latest, u)
				}
				r, ok := e.cut(&heads[i], from)
				if want := latest >= from; ok != want || ok && (r.period != latest || wide.Float(r.sum) != float64(plain[i][latest])) {
					t.Fatalf("cut %d, %t; want %d, %t", r.period.index(), ok, latest.index(), want)
				}
				if ok {
					delete(plain[i], latest)
				}
			},
			"": func(t *rapid.T) {
				for i, head := range heads {
					all := slices.Collect(e.all(head))
					if len(all) != len(plain[i]) || !slices.IsSortedFunc(all, func(a, b earlyRefund) int { return b.period.after(a.period) }) {
						t.Fatalf("list %d is %v, want %v", i, all, plain[i])
					}
					for _, r := range all {
						if wide.Float(r.sum) != float64(plain[i][r.period]) {
							t.Fatalf("list %d is %v, want %v", i, all, plain[i])
						}
					}
					for r := range e.all(head) {
						if r.period != all[0].period {
							t.Fatal("the first is not the latest")
						}
						break
					}
				}
				if e.nodes.Len() > 1+most {
					t.Fatalf("%d nodes for %d refunds", e.nodes.Len(), most)
				}
			},
		})
	})
}
