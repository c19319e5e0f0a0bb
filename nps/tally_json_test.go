package nps_test

import (
	"encoding/json"
	"errors"
	"testing"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/verify"
	"github.com/clientele-go/clientele/nps"
	"pgregory.net/rapid"
)

// Invariant: JSON holds all of a tally.
func TestTallyJSON(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		tally := drawTally(t, drawScale(t), "answers")
		var read nps.Tally
		if err := json.Unmarshal(verify.Must(json.Marshal(tally)), &read); err != nil || read != tally {
			t.Fatal(err)
		}
	})
	const want = `{"scale":{"min":0,"max":10,"detractor":6,"promoter":9},"counts":[1,0,0,0,0,0,0,2,0,0,4]}`
	if got := string(verify.Must(json.Marshal(answered(1, 2, 4)))); got != want {
		t.Errorf("%s, want %s", got, want)
	}
}

func TestBadTallyJSON(t *testing.T) {
	for name, text := range map[string]string{
		"no object":     `[1]`,
		"unknown key":   `{"scale":{"min":0,"max":10,"detractor":6,"promoter":9},"counts":[0,0,0,0,0,0,0,0,0,0,0],"n":0}`,
		"bad scale":     `{"scale":{"min":5,"max":1,"detractor":6,"promoter":9},"counts":[]}`,
		"few counts":    `{"scale":{"min":0,"max":10,"detractor":6,"promoter":9},"counts":[1]}`,
		"many counts":   `{"scale":{"min":0,"max":1,"detractor":0,"promoter":1},"counts":[1,2,3]}`,
		"negative":      `{"scale":{"min":0,"max":1,"detractor":0,"promoter":1},"counts":[1,-2]}`,
		"beyond 2^53":   `{"scale":{"min":0,"max":1,"detractor":0,"promoter":1},"counts":[9007199254740992,1]}`,
		"a second text": `{"scale":{"min":0,"max":1,"detractor":0,"promoter":1},"counts":[1,2]} 3`,
	} {
		tally := answered(1, 2, 3)
		if err := tally.UnmarshalJSON([]byte(text)); !errors.Is(err, clientele.ErrEncoding) || tally != answered(1, 2, 3) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func FuzzTallyJSON(f *testing.F) {
	f.Add(verify.Must(json.Marshal(answered(1, 2, 4))))
	f.Add(verify.Must(json.Marshal(verify.Must(nps.NewTally(nps.OneToTen())))))
	f.Add([]byte(`{"scale":{},"counts":[0,0,0,0,0,0,0,0,0,0,9007199254740992]}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		var tally nps.Tally
		if err := tally.UnmarshalJSON(data); err != nil {
			if !errors.Is(err, clientele.ErrEncoding) || tally != (nps.Tally{}) {
				t.Fatal(err)
			}
			return
		}
		var again nps.Tally
		if err := again.UnmarshalJSON(verify.Must(json.Marshal(tally))); err != nil || again != tally {
			t.Fatal(err)
		}
		for _, method := range everyMethod() {
			e, err := tally.Interval(method, 0)
			switch {
			case tally.N() == 0:
				if !errors.Is(err, clientele.ErrEmpty) {
					t.Fatal(err)
				}
			case err != nil || !(-100 <= e.Lo && e.Contains(e.Value) && e.Hi <= 100):
				t.Fatal(method, e, err)
			}
		}
	})
}
