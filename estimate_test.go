package clientele_test

import (
	"encoding/json"
	"testing"

	"github.com/clientele-go/clientele"
)

func TestEstimate(t *testing.T) {
	e := clientele.Estimate{Value: 0.25, StdErr: 0.1, Lo: 0.05, Hi: 0.45, Level: 0.95}
	if got := e.String(); got != "0.25 [0.05, 0.45]" {
		t.Errorf("%q", got)
	}
	if !e.Contains(0.05) || !e.Contains(0.45) || e.Contains(0.46) || e.Contains(0.04) {
		t.Error("the ends belong to the interval, and nothing beyond")
	}
	if got := (clientele.Estimate{Value: 3}).String(); got != "3" {
		t.Errorf("%q", got)
	}
}

func TestEstimateJSON(t *testing.T) {
	for text, want := range map[string]clientele.Estimate{
		`{"value":0.25,"stdErr":0.1,"lo":0.05,"hi":0.45,"level":0.95}`: {Value: 0.25, StdErr: 0.1, Lo: 0.05, Hi: 0.45, Level: 0.95},
		`{"value":3,"lo":3,"hi":3}`:                                    {Value: 3, Lo: 3, Hi: 3},
	} {
		if got, err := json.Marshal(want); err != nil || string(got) != text {
			t.Errorf("written as %s, %v, want %s", got, err, text)
		}
		var back clientele.Estimate
		if err := json.Unmarshal([]byte(text), &back); err != nil || back != want {
			t.Errorf("read back as %+v, %v", back, err)
		}
	}
}
