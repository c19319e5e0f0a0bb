package nps_test

import (
	"encoding/json"
	"errors"
	"testing"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/verify"
	"github.com/clientele-go/clientele/nps"
)

func TestWeightedEncoding(t *testing.T) {
	good := weighed(weighedAnswer{answer: 10, weight: 0.1}, weighedAnswer{answer: 10, weight: 1e15}, weighedAnswer{answer: 2, weight: 3}, weighedAnswer{answer: 2, weight: 0})
	data := verify.Must(json.Marshal(good))
	var read nps.Weighted
	if err := json.Unmarshal(data, &read); err != nil || read != good {
		t.Errorf("%v: %s", err, data)
	}
	short := `{"scale":{"min":0,"max":1,"detractor":0,"promoter":1},`
	for name, data := range map[string]string{
		"nothing":               `{}`,
		"an unknown key":        short + `"counts":[0,0],"weights":[[],[]],"squares":[[],[],[]],"x":1}`,
		"a bad scale":           `{"scale":{"min":3,"max":1,"detractor":0,"promoter":1},"counts":[],"weights":[],"squares":[]}`,
		"too few counts":        short + `"counts":[0],"weights":[[],[]],"squares":[[],[],[]]}`,
		"too few weights":       short + `"counts":[0,0],"weights":[[]],"squares":[[],[],[]]}`,
		"too few squares":       short + `"counts":[0,0],"weights":[[],[]],"squares":[[],[]]}`,
		"weights of nobody":     short + `"counts":[0,0],"weights":[[1],[]],"squares":[[1],[],[]]}`,
		"squares of nobody":     short + `"counts":[1,0],"weights":[[1],[]],"squares":[[1],[],[1]]}`,
		"nobody's weight":       short + `"counts":[1,0],"weights":[[],[]],"squares":[[],[],[]]}`,
		"squares too large":     short + `"counts":[2,0],"weights":[[2],[]],"squares":[[5],[],[]]}`,
		"squares too small":     short + `"counts":[2,0],"weights":[[2],[]],"squares":[[1],[],[]]}`,
		"a negative weight":     short + `"counts":[1,0],"weights":[[-1],[]],"squares":[[1],[],[]]}`,
		"a weight of 0":         short + `"counts":[1,0],"weights":[[1,0],[]],"squares":[[1],[],[]]}`,
		"more bits than a sum":  short + `"counts":[1,0],"weights":[[1,1e-31],[]],"squares":[[1],[],[]]}`,
		"half a bit of a sum":   short + `"counts":[1,0],"weights":[[1,2.9582283945787943e-31],[]],"squares":[[1],[],[]]}`, // 3·2^-103
		"more terms than a sum": short + `"counts":[9,0],"weights":[[1,1,1,1,1,1,1,1,1],[]],"squares":[[9],[],[]]}`,
		"a weight too large":    short + `"counts":[1,0],"weights":[[1e300],[]],"squares":[[1],[],[]]}`,
		"a subnormal weight":    short + `"counts":[1,0],"weights":[[1,5e-324],[]],"squares":[[1],[],[]]}`,
		"too many":              short + `"counts":[9007199254740993,0],"weights":[[1],[]],"squares":[[1],[],[]]}`,
		"beyond counting":       short + `"counts":[0,0],"idle":18446744073709551615,"weights":[[],[]],"squares":[[],[],[]]}`,
		"too many of no weight": short + `"counts":[1,0],"idle":9007199254740992,"weights":[[1],[]],"squares":[[1],[],[]]}`,
	} {
		kept := good
		if err := json.Unmarshal([]byte(data), &kept); !errors.Is(err, clientele.ErrEncoding) || kept != good {
			t.Errorf("%s: %v", name, err)
		}
	}
}
