package ltv

import (
	"encoding/json"
	"errors"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"

	"github.com/clientele-go/clientele"
)

// Invariant: what is stored comes back, as its own type and as a Model, and scores
// new customers alike.
func TestFittedJSON(t *testing.T) {
	h := compressed(t, withSpend(simulated(t, ParetoNBD{0.6, 8, 0.6, 12}, 800, 20, 60, 1, 1)))
	for _, m := range append(purchaseModels, Model(BGCNBD{K: 3})) {
		fit := fittedTo(t, m, h, FitConfig{})
		data, err := json.Marshal(fit)
		if err != nil {
			t.Fatal(err)
		}
		var back Fitted[Model]
		if err := json.Unmarshal(data, &back); err != nil {
			t.Fatal(m.Name(), err)
		}
		if !reflect.DeepEqual(back, fit) {
			t.Errorf("%s: %v became %v", m.Name(), fit, back)
		}
	}
	fit, err := Bootstrap(BGNBD{}, h, 3, rand.NewPCG(1, 2), FitConfig{})
	if err != nil {
		t.Fatal(err)
	}
	data, err := json.Marshal(fit)
	if err != nil {
		t.Fatal(err)
	}
	var back Fitted[BGNBD]
	if err := json.Unmarshal(data, &back); err != nil || !reflect.DeepEqual(back, fit) {
		t.Errorf("%v: %v became %v", err, fit, back)
	}
	var other Fitted[ParetoNBD]
	if err := json.Unmarshal(data, &other); !errors.Is(err, clientele.ErrMismatch) {
		t.Errorf("a BG/NBD as Pareto/NBD: %v", err)
	}
	if other.Params != nil {
		t.Error("a failed decoding changed the receiver")
	}
	if len(data) > 4000 {
		t.Errorf("%d bytes", len(data))
	}
}

func TestFittedJSONRefuses(t *testing.T) {
	good, err := json.Marshal(Fixed(BGNBD{0.24, 4.4, 0.8, 2.4}))
	if err != nil {
		t.Fatal(err)
	}
	for name, change := range map[string][2]string{
		"another version":      {`"version":1`, `"version":2`},
		"an unknown model":     {`"name":"BG/NBD"`, `"name":"XX/NBD"`},
		"an unknown key":       {`"logLik"`, `"logLok"`},
		"a bad parameter":      {`"r":0.24`, `"r":-1`},
		"other parameters":     {`"value":0.24`, `"value":0.25`},
		"a bad covariance":     {`"customers"`, `"covariance":[[1]],"customers"`},
		"an odd covariance":    {`"customers"`, `"logCovariance":[[1,2,0,0],[0,1,0,0],[0,0,1,0],[0,0,0,1]],"customers"`},
		"a parameter's key":    {`"alpha":4.4`, `"alfa":4.4`},
		"another model's name": {`"name":"BG/NBD"`, `"name":"Pareto/NBD"`},
	} {
		bad := strings.Replace(string(good), change[0], change[1], 1)
		if bad == string(good) {
			t.Fatal(name, "changes nothing in", bad)
		}
		fit := Fixed(Model(NBD{1, 2}))
		if err := json.Unmarshal([]byte(bad), &fit); !errors.Is(err, clientele.ErrEncoding) {
			t.Errorf("%s: %v", name, err)
		}
		if fit.Model != (NBD{1, 2}) {
			t.Errorf("%s: the receiver is changed", name)
		}
	}
}

func FuzzFittedJSON(f *testing.F) {
	for _, m := range []Model{NBD{1, 2}, BGNBD{0.24, 4.4, 0.8, 2.4}, MBGCNBD{2, 1.3, 2.8, 0.4, 0.8}} {
		data, err := json.Marshal(Fixed(m))
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		var fit Fitted[Model]
		if json.Unmarshal(data, &fit) != nil {
			return
		}
		if err := fit.Model.Validate(); err != nil {
			t.Fatal(err)
		}
		again, err := json.Marshal(fit)
		if err != nil {
			t.Fatal(err)
		}
		var back Fitted[Model]
		if err := json.Unmarshal(again, &back); err != nil {
			t.Fatal(err)
		}
		// Empty lists are not written, so documents are compared.
		if twice, err := json.Marshal(back); err != nil || string(twice) != string(again) {
			t.Fatalf("%v: %s became %s", err, again, twice)
		}
	})
}
