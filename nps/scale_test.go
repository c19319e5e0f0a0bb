package nps_test

import (
	"encoding/json"
	"errors"
	"testing"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/verify"
	"github.com/clientele-go/clientele/nps"
)

// A scale is read or refused: a key that is none does not leave the standard scale.
func TestScaleJSON(t *testing.T) {
	s := nps.CSATScale()
	for _, text := range []string{`{"mim":1,"max":5}`, `{"min":"1"}`, `[1,5]`, `{"min":1.5}`} {
		read := s
		if err := json.Unmarshal([]byte(text), &read); !errors.Is(err, clientele.ErrEncoding) || read != s {
			t.Error(text, err, read)
		}
	}
	var read nps.Scale
	if err := json.Unmarshal(verify.Must(json.Marshal(s)), &read); err != nil || read != s {
		t.Error(err, read)
	}
}
