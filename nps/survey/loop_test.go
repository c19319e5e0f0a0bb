package survey_test

import (
	"encoding/json"
	"errors"
	"math"
	"reflect"
	"slices"
	"testing"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/nps"
	"github.com/clientele-go/clientele/nps/survey"
	"github.com/google/uuid"
	"github.com/shopspring/decimal"
)

func TestLoopConfigTellsAllFaults(t *testing.T) {
	one := decimal.NewFromInt(1)
	bad := survey.LoopConfig{
		Scale: nps.Scale{Min: 5, Max: 1}, CallBack: -1, Invite: math.MaxInt,
		Priorities: []decimal.Decimal{one, decimal.New(1, 200), one},
	}
	want := []string{"Scale.Max", "Scale.Promoter", "CallBack", "Invite", "Priorities[1]", "Priorities[2]"}
	for name, err := range map[string]error{
		"validate":  bad.Validate(),
		"follow up": func() error { _, _, err := survey.FollowUp(loopReply("Ada", 1, 3), bad); return err }(),
	} {
		if fields := faultFields(err); !slices.Equal(fields, want) {
			t.Errorf("%s: %v", name, fields)
		}
	}
	if err := (survey.LoopConfig{}).Validate(); !errors.Is(err, clientele.ErrConfig) || !errors.Is(err, clientele.ErrMissing) {
		t.Error(err)
	}
	if err := loopCallsAndInvites().Validate(); err != nil {
		t.Error(err)
	}
}

// faultFields are the fields of all faults of a configuration.
func faultFields(err error) (fields []string) {
	if all, ok := errors.AsType[*clientele.ConfigError](err); ok {
		for _, fault := range all.Faults {
			if in, ok := errors.AsType[*clientele.InputError](fault); ok {
				fields = append(fields, in.Field)
			}
		}
	}
	return fields
}

func TestLoopJSON(t *testing.T) {
	cfg := survey.LoopConfig{CallBack: 48, Priorities: []decimal.Decimal{decimal.NewFromInt(500)}, Space: uuid.UUID{1}}
	data, err := json.Marshal(cfg)
	if want := `{"callBack":48,"priorities":["500"],"space":"01000000-0000-0000-0000-000000000000"}`; err != nil || string(data) != want {
		t.Fatal(string(data), err)
	}
	var read survey.LoopConfig
	if err := json.Unmarshal(data, &read); err != nil || !reflect.DeepEqual(read, cfg) {
		t.Error(read, err)
	}
	for _, bad := range []string{`{"callback":48,"other":1}`, `{"callBack":"48"}`, `[]`, `{"callBack":1.5}`} {
		if err := read.UnmarshalJSON([]byte(bad)); !errors.Is(err, clientele.ErrEncoding) || !reflect.DeepEqual(read, cfg) {
			t.Error(bad, err)
		}
	}
	task, _, err := survey.FollowUp(loopReply("Ada", 1, 3), cfg)
	if err != nil {
		t.Fatal(err)
	}
	if data, err = json.Marshal(task); err != nil {
		t.Fatal(err)
	}
	var again survey.Task
	if err := json.Unmarshal(data, &again); err != nil || again != task {
		t.Error(again, err)
	}
	for kind, name := range map[survey.TaskKind]string{survey.CallBack: "call back", survey.AskWhy: "ask why", survey.Invite: "invite to refer"} {
		var read survey.TaskKind
		if err := read.UnmarshalText([]byte(name)); err != nil || read != kind || kind.String() != name {
			t.Error(name, read, err)
		}
	}
	if _, err := survey.TaskKind(9).MarshalText(); !errors.Is(err, clientele.ErrUnknown) {
		t.Error(err)
	}
	var kind survey.TaskKind
	if err := kind.UnmarshalText([]byte("Call back")); !errors.Is(err, clientele.ErrUnknown) {
		t.Error(err)
	}
}
