package price

import (
	"encoding/json"
	"errors"
	"reflect"
	"testing"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/verify"
)

// Invariant: what is written reads back to the same answers.
func TestAcceptanceJSON(t *testing.T) {
	a := asked("30", "10", "40.5", "20", "30", "0")
	text := verify.Must(json.Marshal(a))
	if want := `[{"price":"0","people":1},{"price":"10","people":1},{"price":"20","people":1},{"price":"30","people":2},{"price":"40.5","people":1}]`; string(text) != want {
		t.Errorf("%s, want %s", text, want)
	}
	var back Acceptance
	if err := json.Unmarshal(text, &back); err != nil || back.Len() != 6 {
		t.Fatal(back, err)
	}
	if !reflect.DeepEqual(verify.Must(back.Curve(0)), verify.Must(a.Curve(0))) {
		t.Errorf("%+v, want %+v", back, a)
	}
	if text := verify.Must(json.Marshal(new(Acceptance))); string(text) != "[]" {
		t.Errorf("no answers are %s", text)
	}
	for _, bad := range []string{
		`{}`, `[{"price":"1"}]`, `[{"price":"-1","people":1}]`, `[{"price":"2","people":1},{"price":"2.0","people":1}]`,
		`[{"price":"1","people":0}]`, `[{"price":"1","people":1,"men":1}]`, `[{"price":"1","people":9007199254740992},{"price":"2","people":1}]`,
	} {
		if err := back.UnmarshalJSON([]byte(bad)); !errors.Is(err, clientele.ErrEncoding) || back.Len() != 6 {
			t.Errorf("%s: %v", bad, err)
		}
	}
}
