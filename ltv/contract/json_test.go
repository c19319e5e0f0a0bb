package contract

import (
	"encoding/json"
	"errors"
	"reflect"
	"testing"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/verify"
	"github.com/clientele-go/clientele/ltv"
)

// Tenures come back, and nonsense is refused.
func TestTenuresJSON(t *testing.T) {
	d := tenuresOf(t, []int{10, 7, 7, 4}, []int{5, 3})
	if back := verify.ReadBack(t, d); !reflect.DeepEqual(back, d) {
		t.Errorf("%v became %v", d, back)
	}
	if back := verify.ReadBack(t, Tenures{}); back.Len() != 0 || back.Periods() != 0 {
		t.Errorf("no tenures became %v", back)
	}
	for _, bad := range []string{
		`{"left":[0,1],"active":[0]}`, `{"left":[1],"active":[0]}`, `{"left":[0,-1],"active":[0,0]}`, `{"left":[0],"activ":[0]}`, `[]`,
	} {
		kept := d
		if err := json.Unmarshal([]byte(bad), &kept); !errors.Is(err, clientele.ErrEncoding) || !reflect.DeepEqual(kept, d) {
			t.Errorf("%s: %v", bad, err)
		}
	}
}

// Models are read strictly, each by itself.
func TestModelsReadStrictly(t *testing.T) {
	for _, m := range []json.Unmarshaler{new(SBG), new(BdW)} {
		if err := json.Unmarshal([]byte(`{}`), m); err != nil {
			t.Errorf("%T: %v", m, err)
		}
		if err := json.Unmarshal([]byte(`{"nonsense":1}`), m); !errors.Is(err, clientele.ErrEncoding) {
			t.Errorf("%T reads an unknown key: %v", m, err)
		}
	}
}

// A stored fit comes back to the type of its model, and to no other.
func TestFittedContractJSON(t *testing.T) {
	fit := fittedContract(t, BdW{}, tenuresOf(t, highEnd[:8]), ltv.FitConfig{})
	if back := verify.ReadBack(t, fit); !reflect.DeepEqual(back, fit) {
		t.Errorf("%+v became %+v", fit, back)
	}
	data := verify.Must(json.Marshal(fit))
	var sbg ltv.Fitted[SBG]
	if err := json.Unmarshal(data, &sbg); !errors.Is(err, clientele.ErrMismatch) {
		t.Errorf("an SBG was read from a BdW: %v", err)
	}
	var open ltv.Fitted[Model]
	if err := json.Unmarshal(data, &open); !errors.Is(err, clientele.ErrMismatch) {
		t.Errorf("a contract of any kind was read: %v", err)
	}
	var purchases ltv.Fitted[ltv.Model]
	if err := json.Unmarshal(data, &purchases); !errors.Is(err, clientele.ErrMismatch) {
		t.Errorf("a purchase model was read from a BdW: %v", err)
	}
}
