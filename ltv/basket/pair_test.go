package basket

import (
	"testing"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/verify"
	"pgregory.net/rapid"
)

// Any pair can be asked for, in the order asked, and what was never bought together is
// stated as such: 0 of 2, of 10 receipts with 5 and 2, and exact limits.
func TestPairBySegment(t *testing.T) {
	b := basketsOf(t, ByProduct, tenReceipts()...)
	base, rows, err := b.Pair("rug", "desk", 0)
	if err != nil || len(rows) != 2 {
		t.Fatal(rows, err)
	}
	if base.A != "rug" || base.WithA != 2 || base.WithB != 5 || base.Together != 0 {
		t.Errorf("%+v", base)
	}
	wantEstimate(t, "confidence", base.AtoB, 0, 0, 0.657620)
	wantEstimate(t, "lift", base.Lift, 0, 0, 2.158790) // (1 - √0.025) / √(0.187086(1-0.187086))
	if store := rows[0]; store.Segment != "store" || store.WithA != 0 || store.WithB != 4 || store.Baskets != 4 ||
		store.AtoB != (clientele.Estimate{}) || store.Lift != (clientele.Estimate{}) || store.BtoA.Level != 0.95 {
		t.Errorf("%+v", store)
	}
	base, rows, err = b.Pair("desk", "chair", 0.9)
	if err != nil || base.Together != 3 || base.AtoB.Level != 0.9 || rows[0].Together != 3 || rows[1].Together != 0 || rows[1].WithA != 1 || rows[1].WithB != 2 {
		t.Error(base, rows, err)
	}
}

// Invariant: support and lift do not depend on which of the two is asked for first,
// and confidence turns round; a pair alone is the pair of the list; every value is in
// its interval, and the lift's limits are above 0.
func TestPairIsSymmetric(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		b := verify.Must(New(Config{}, channelOf))
		if err := clientele.FeedReceipts(clientele.All(drawBaskets(t, 30)), b); err != nil {
			t.Fatal(err)
		}
		got := verify.Must(b.Affinity(AffinityConfig{MinCount: 1}))
		for _, p := range got.Base.Pairs {
			there, rows, err := b.Pair(p.A, p.B, 0)
			if err != nil || there != p {
				t.Fatalf("%+v, in the list %+v: %v", there, p, err)
			}
			back, backRows, _ := b.Pair(p.B, p.A, 0)
			if back.Support != p.Support || back.Lift != p.Lift || back.AtoB != p.BtoA || back.BtoA != p.AtoB || back.WithA != p.WithB {
				t.Fatalf("%+v, back %+v", p, back)
			}
			for _, e := range []clientele.Estimate{p.Support, p.AtoB, p.BtoA, p.Lift} {
				if !e.Contains(e.Value) || e.Level != 0.95 || p.Lift.Lo <= 0 {
					t.Fatalf("%+v", p)
				}
			}
			together := int64(0)
			for i, row := range rows {
				together += row.Together
				if row.Lift != backRows[i].Lift || row.Segment != got.Segments[i].Segment {
					t.Fatalf("%+v, back %+v", row, backRows[i])
				}
			}
			if together != p.Together {
				t.Fatalf("segments have %d, all have %d", together, p.Together)
			}
		}
	})
}
