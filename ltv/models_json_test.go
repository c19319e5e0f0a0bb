package ltv

import (
	"encoding/json"
	"errors"
	"reflect"
	"strings"
	"testing"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/verify"
)

// Invariant: a stored fit with covariates makes the same models of customers.
func TestFittedCovariatesJSON(t *testing.T) {
	all := bearers(t, 300, 3, levels, paretoByLevel)
	d := designed(t, []string{"level", "size"}, all, asDrawn)
	fit := fittedWith(t, ParetoNBD{}, d, CovariateConfig{Equal: []string{"size"}})
	back := verify.ReadBack(t, fit)
	if !reflect.DeepEqual(back, fit) {
		t.Errorf("%+v became %+v", fit, back)
	}
	z := []float64{1, 0.5}
	want, err := fit.For(z, z)
	if err != nil {
		t.Fatal(err)
	}
	if got, err := back.For(z, z); err != nil || got != want {
		t.Errorf("the model of a customer is %v, %v, want %v", got, err, want)
	}
	data, err := json.Marshal(fit)
	if err != nil {
		t.Fatal(err)
	}
	var other FittedCovariates[BGNBD]
	if err := json.Unmarshal(data, &other); !errors.Is(err, clientele.ErrMismatch) || !errors.Is(err, clientele.ErrEncoding) || other.Params != nil {
		t.Errorf("a Pareto/NBD as BG/NBD: %v", err)
	}
	for name, change := range map[string][2]string{
		"an unknown key":    {`"free"`, `"fee"`},
		"another version":   {`"version":1`, `"version":2`},
		"another covariate": {`"purchase":["level"`, `"purchase":["label"`},
		"a missing effect":  {`"covariates":{"purchase":["level",`, `"covariates":{"purchase":["level","more",`},
	} {
		bad := strings.Replace(string(data), change[0], change[1], 1)
		if bad == string(data) {
			t.Fatal(name, "changes nothing in", bad)
		}
		kept := fit
		if err := json.Unmarshal([]byte(bad), &kept); !errors.Is(err, clientele.ErrEncoding) || !reflect.DeepEqual(kept, fit) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// Models and configurations are read strictly, each by itself.
func TestModelsReadStrictly(t *testing.T) {
	for _, m := range []json.Unmarshaler{
		new(NBD), new(BGNBD), new(MBGNBD), new(BGCNBD), new(MBGCNBD), new(ParetoNBD), new(GGomNBD), new(BGBB),
		new(GammaGamma), new(FitConfig), new(Prior), new(CovariateConfig), new(Covariates),
	} {
		if err := json.Unmarshal([]byte(`{}`), m); err != nil {
			t.Errorf("%T: %v", m, err)
		}
		if err := json.Unmarshal([]byte(`{"nonsense":1}`), m); !errors.Is(err, clientele.ErrEncoding) {
			t.Errorf("%T reads an unknown key: %v", m, err)
		}
	}
	c := verify.ReadBack(t, CovariateConfig{FitConfig: FitConfig{Level: 0.9, Priors: []Prior{{"r", 1, 2}}}, Equal: []string{"size"}, Penalty: 3})
	if c.Level != 0.9 || c.Penalty != 3 || len(c.Priors) != 1 || c.Priors[0].Spread != 2 || len(c.Equal) != 1 {
		t.Errorf("the configuration became %+v", c)
	}
}

// What has no JSON form says what to store instead.
func TestNoJSON(t *testing.T) {
	for _, v := range []any{Design{}, &Design{}, Outlook{}} {
		if data, err := json.Marshal(v); !errors.Is(err, clientele.ErrEncoding) {
			t.Errorf("%T is %s, %v", v, data, err)
		}
	}
	if err := json.Unmarshal([]byte(`{}`), new(Design)); !errors.Is(err, clientele.ErrEncoding) {
		t.Error(err)
	}
	if err := json.Unmarshal([]byte(`{}`), new(Outlook)); !errors.Is(err, clientele.ErrEncoding) {
		t.Error(err)
	}
}
