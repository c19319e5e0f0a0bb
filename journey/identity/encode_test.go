package identity_test

import (
	"bytes"
	"math/rand/v2"
	"runtime"
	"slices"
	"testing"

	"github.com/clientele-go/clientele/internal/verify"
	"github.com/clientele-go/clientele/journey"
	"github.com/clientele-go/clientele/journey/identity"
)

// everything is a stitcher that has all that a form can hold.
func everything(t testing.TB) *identity.Stitcher {
	t.Helper()
	rules := identity.Rules{
		Blocked: []identity.Block{{Value: "shared"}},
		Dates:   []identity.Dates{{Kind: "card", Value: "7", Until: morning}, {Kind: "card", Value: "7", From: morning.Add(1)}},
	}
	s := stitched(t, rules,
		touch(1, "device d"), touch(2, "device d", "customer B"), touch(3, "device d", "customer C"), touch(3, "device d", "customer C"),
		touch(-5, "card 7", "email a"), touch(0, "card 7"), touch(5, "card 7", "phone null"), touch(6, "fax 1"), touch(7, "email shared"),
		journey.Touch{Touchpoint: "site", At: morning, Seq: -3, Identifiers: []journey.Identifier{{Kind: "email", Value: "a"}}},
	)
	if err := s.Unlink(named("card 7"), named("email a")); err != nil {
		t.Fatal(err)
	}
	return s
}

// Invariant: reading a form back loses nothing, and a stitcher that was read goes on.
func TestBinaryRoundTrip(t *testing.T) {
	s := everything(t)
	back := verify.Must(readBack(s))
	if form(t, back) != form(t, s) || back.Totals() != s.Totals() || !slices.Equal(back.Refused(), s.Refused()) {
		t.Errorf("read back as %+v, want %+v", back.Totals(), s.Totals())
	}
	for _, of := range []*identity.Stitcher{s, back} {
		if err := of.Add(touch(9, "email a", "customer B")); err != nil {
			t.Fatal(err)
		}
	}
	if form(t, back) != form(t, s) {
		t.Error("what was read goes on in another way")
	}
	s.Reset()
	if s.Totals() != (identity.Totals{}) || len(s.Unlinked()) != 0 || form(t, s) != form(t, stitcher(t, s.Rules())) {
		t.Error("Reset is to leave the rules alone")
	}
}

// Invariant: a form that is cut or changed is refused, or is the form of what is read; the
// receiver stays on error.
func TestBinaryRefusesDamage(t *testing.T) {
	s := everything(t)
	whole := []byte(form(t, s))
	for n := range whole {
		if err := s.UnmarshalBinary(whole[:n]); err == nil {
			t.Fatalf("%d of %d bytes are read", n, len(whole))
		}
	}
	rng := rand.New(rand.NewPCG(1, 2))
	for range 3000 {
		damaged := bytes.Clone(whole)
		damaged[rng.IntN(len(damaged))] ^= 1 << rng.IntN(8)
		var other identity.Stitcher
		if other.UnmarshalBinary(damaged) == nil && form(t, &other) != string(damaged) {
			t.Fatalf("%x is read as %x", damaged, form(t, &other))
		}
	}
	if form(t, s) != string(whole) {
		t.Error("the receiver has changed")
	}
}

func FuzzStitcher_UnmarshalBinary(f *testing.F) {
	f.Add([]byte(form(f, everything(f))))
	f.Add([]byte(form(f, stitcher(f, identity.Rules{}))))
	f.Fuzz(func(t *testing.T, data []byte) {
		var s identity.Stitcher
		if s.UnmarshalBinary(data) != nil {
			return
		}
		if form(t, &s) != string(data) {
			t.Fatalf("%x is read as %x", data, form(t, &s))
		}
		touches := 0
		for p := range s.All() {
			touches += p.Touches
		}
		if touches != s.Totals().Touches {
			t.Fatalf("profiles have %d touches, want %+v", touches, s.Totals())
		}
	})
}

// A short hostile form does not ask for much memory.
func TestBinaryDoesNotOverAllocate(t *testing.T) {
	head := []byte(form(t, stitcher(t, identity.Rules{})))
	head = head[:len(head)-3] // no identifiers, touches and pairs
	for _, hostile := range [][]byte{
		append(bytes.Clone(head), 0xff, 0xff, 0xff, 0xff, 0x0f),
		append(bytes.Clone(head), 0, 0xff, 0xff, 0xff, 0xff, 0x0f),
		append(bytes.Clone(head), 0, 0, 0xff, 0xff, 0xff, 0xff, 0x0f),
	} {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		err := new(identity.Stitcher).UnmarshalBinary(hostile)
		runtime.ReadMemStats(&after)
		if took := after.TotalAlloc - before.TotalAlloc; err == nil || took > 1<<20 {
			t.Errorf("error is %v, %d bytes were allocated", err, took)
		}
	}
}
