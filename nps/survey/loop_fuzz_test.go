package survey_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"reflect"
	"testing"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/verify"
	"github.com/clientele-go/clientele/nps/survey"
)

// Whatever is decoded is either refused and changes nothing, or a configuration that is
// sound and written and read as the same, or one whose faults can be told.
func FuzzLoopConfig(f *testing.F) {
	for _, seed := range []string{
		`{"callBack":48,"askWhy":72,"invite":168,"priorities":["500","99.90"],"space":"01000000-0000-0000-0000-000000000000"}`,
		`{"scale":{"min":1,"max":5,"detractor":2,"promoter":4},"invite":1}`, `{"callBack":-1}`, `{"priorities":[1e999999999,"1"]}`, `{}`, `[]`,
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		cfg := loopCallsAndInvites()
		if err := cfg.UnmarshalJSON(data); err != nil {
			if !errors.Is(err, clientele.ErrEncoding) || !reflect.DeepEqual(cfg, loopCallsAndInvites()) {
				t.Fatal(cfg, err)
			}
			return
		}
		if err := cfg.Validate(); err != nil {
			if !errors.Is(err, clientele.ErrConfig) || err.Error() == "" {
				t.Fatal(err)
			}
			return
		}
		form := verify.Must(json.Marshal(cfg))
		var again survey.LoopConfig
		if err := again.UnmarshalJSON(form); err != nil || !bytes.Equal(verify.Must(json.Marshal(again)), form) {
			t.Fatal(again, err)
		}
		if _, _, err := survey.FollowUp(loopReply("Ada", 1, cfg.Scale.Min), cfg); err != nil {
			t.Fatal(err)
		}
	})
}
