package identity_test

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/clientele-go/clientele/internal/testdata"
	"github.com/clientele-go/clientele/internal/verify"
	"github.com/clientele-go/clientele/journey"
	"github.com/clientele-go/clientele/journey/identity"
	"github.com/clientele-go/clientele/journey/internal/journeytest"
)

// stitchingScore is how stitched touches compare with the people who were there.
type stitchingScore struct {
	Profiles      int     `json:"profiles"`
	Attached      int     `json:"events_attached"`
	Without       int     `json:"events_without_identifier"`
	Dropped       int     `json:"identifiers_dropped"`
	Largest       int     `json:"largest_profile_events"`
	LargestValues int     `json:"largest_profile_identifiers"`
	Mixing        int     `json:"profiles_mixing_people"`
	Seen          int     `json:"true_people_seen"`
	Precision     float64 `json:"pair_precision"`
	Recall        float64 `json:"pair_recall"`
	Pairs         [3]int  `json:"pairs"`
	TwoCustomers  int     `json:"profiles_with_2plus_customer_numbers"`
}

// Pair precision and recall against the truth, of three sets of rules, are those of
// another program.
func TestStitchingReference(t *testing.T) {
	touches, people := journeytest.Omnichannel(t)
	kinds := func(limit int) []identity.Kind {
		return []identity.Kind{{Name: "customer", Limit: limit}, {Name: "phone"}, {Name: "email"}, {Name: "device"}}
	}
	blocked := []identity.Block{{Kind: "device", Value: "kiosk-01"}, {Kind: "phone", Value: "+70000000000"}}
	var golden map[string]stitchingScore
	testdata.Golden(t, "journey.json", "stitching", &golden)
	for name, rules := range map[string]identity.Rules{
		"naive":          {Kinds: kinds(0), AllowPlaceholders: true},
		"blocked_values": {Kinds: kinds(0), AllowPlaceholders: true, Blocked: blocked},
		"blocked_values_plus_one_customer_number": {Kinds: kinds(1), AllowPlaceholders: true, Blocked: blocked},
	} {
		t.Run(name, func(t *testing.T) {
			want, found := golden[name]
			if !found {
				t.Fatal("no reference")
			}
			checkScore(t, score(stitched(t, rules, touches...), touches, people), want)
			rules.AllowPlaceholders = name == "naive" // the default list has the placeholder
			checkScore(t, score(stitched(t, rules, touches...), touches, people), want)
			shuffled := slices.Clone(touches)
			for seed := range uint64(4) {
				rand.New(rand.NewPCG(seed, 1)).Shuffle(len(shuffled), func(i, j int) { shuffled[i], shuffled[j] = shuffled[j], shuffled[i] })
				s := stitched(t, rules, shuffled...)
				checkScore(t, score(s, touches, people), want)
				checkScore(t, score(verify.Must(readBack(s)), touches, people), want)
			}
		})
	}
}

func checkScore(t *testing.T, got, want stitchingScore) {
	t.Helper()
	const tolerance = 1e-12
	if math.Abs(got.Precision-want.Precision) > tolerance || math.Abs(got.Recall-want.Recall) > tolerance {
		t.Errorf("precision %v and recall %v, want %v and %v", got.Precision, got.Recall, want.Precision, want.Recall)
	}
	got.Precision, got.Recall = want.Precision, want.Recall
	for _, figure := range []struct{ got, want *int }{ // figures that the reference does not tell
		{&got.Attached, &want.Attached}, {&got.Without, &want.Without}, {&got.LargestValues, &want.LargestValues}, {&got.Seen, &want.Seen},
	} {
		if *figure.want == 0 {
			*figure.got = 0
		}
	}
	if got != want {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
}

// score compares profiles with people.
func score(s *identity.Stitcher, touches []journey.Touch, people []string) stitchingScore {
	totals := s.Totals()
	out := stitchingScore{Profiles: totals.Profiles, Attached: totals.Touches, Without: totals.Unidentified, Dropped: totals.SetAside}
	profiles, truth, both := make(map[string]int), make(map[string]int), make(map[[2]string]int)
	for i, t := range touches {
		if profile, ok := s.Of(t); ok {
			profiles[profile]++
			truth[people[i]]++
			both[[2]string{profile, people[i]}]++
		}
	}
	pairs := func(n int) int { return n * (n - 1) / 2 }
	inProfile := make(map[string]int)
	for key, n := range both {
		out.Pairs[0] += pairs(n)
		if inProfile[key[0]]++; inProfile[key[0]] == 2 {
			out.Mixing++
		}
	}
	for _, n := range profiles {
		out.Pairs[1] += pairs(n)
	}
	for _, n := range truth {
		out.Pairs[2] += pairs(n)
	}
	out.Seen = len(truth)
	out.Precision, out.Recall = float64(out.Pairs[0])/float64(out.Pairs[1]), float64(out.Pairs[0])/float64(out.Pairs[2])
	for p := range s.All() {
		out.Largest, out.LargestValues = max(out.Largest, p.Touches), max(out.LargestValues, len(p.Identifiers))
		customers := 0
		for _, id := range p.Identifiers {
			if id.Kind == "customer" {
				customers++
			}
		}
		if rules := s.Rules(); rules.Kinds[0].Limit == 1 && customers > 1 {
			out.TwoCustomers++
		}
	}
	return out
}
