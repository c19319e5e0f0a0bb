package survey_test

import (
	"encoding/json"
	"reflect"
	"testing"

	"github.com/clientele-go/clientele/nps/survey"
)

// Whatever is read as a policy is written so that it reads as the same, and compiles or
// tells its faults.
func FuzzPolicy_Unmarshal_Marshal(f *testing.F) {
	data, err := json.Marshal(askingPolicy())
	if err != nil {
		f.Fatal(err)
	}
	f.Add(data)
	f.Add([]byte(`{"surveys":[{"name":"a","after":"b","share":0.5,"channels":["m"]}],"coolDown":7}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		var p, again survey.Policy
		if json.Unmarshal(data, &p) != nil {
			return
		}
		form, err := json.Marshal(p)
		if err != nil {
			t.Fatal(err)
		}
		if err := json.Unmarshal(form, &again); err != nil {
			t.Fatal(err)
		}
		other, err := json.Marshal(again)
		if err != nil || !reflect.DeepEqual(form, other) {
			t.Fatalf("%s\n%s: %v", form, other, err)
		}
		if s, err := p.Compile(); (s == nil) == (err == nil) {
			t.Fatal(s, err)
		}
	})
}
