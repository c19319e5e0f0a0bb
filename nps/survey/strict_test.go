package survey_test

import (
	"encoding/json"
	"errors"
	"reflect"
	"testing"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/verify"
	"github.com/clientele-go/clientele/nps"
	"github.com/clientele-go/clientele/nps/survey"
)

// Every configuration is read back as it was written, and an unknown key is refused and
// leaves it as it was.
func TestConfigurationsDecodeStrictly(t *testing.T) {
	policy := askingPolicy()
	loop := survey.LoopConfig{Scale: nps.OneToTen(), CallBack: 48}
	for _, cfg := range []any{
		&policy, &policy.Surveys[0], &policy.Surveys[0].Quotas[0], &loop,
		&survey.LoopReportConfig{Loop: loop, AsOf: noonOf(2025, 3, 1), Again: 90},
		&survey.WordOfMouthConfig{AsOf: noonOf(2025, 3, 1), Within: 30},
	} {
		data := verify.Must(json.Marshal(cfg))
		read := reflect.New(reflect.TypeOf(cfg).Elem()).Interface()
		if err := json.Unmarshal(data, read); err != nil || !reflect.DeepEqual(read, cfg) {
			t.Errorf("%T: %v: %s", cfg, err, data)
		}
		if err := json.Unmarshal([]byte(`{"other":1}`), read); !errors.Is(err, clientele.ErrEncoding) || !reflect.DeepEqual(read, cfg) {
			t.Errorf("%T: %v", cfg, err)
		}
	}
}

// A Surveyor that no policy made refuses to decide, and none has a JSON form.
func TestSurveyorOfNoPolicy(t *testing.T) {
	for _, s := range []*survey.Surveyor{nil, {}} {
		if _, err := s.Decide(deliveryRequest()); !errors.Is(err, clientele.ErrMissing) {
			t.Error(err)
		}
	}
	s := compiled(t, askingPolicy())
	for _, v := range []any{s, *s} {
		if data, err := json.Marshal(v); !errors.Is(err, clientele.ErrEncoding) {
			t.Errorf("%s, %v", data, err)
		}
	}
}
