package nps_test

import (
	"encoding/json"
	"errors"
	"reflect"
	"testing"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/verify"
	"github.com/clientele-go/clientele/nps"
)

// Every configuration is read back as it was written, and an unknown key is refused and
// leaves it as it was.
func TestConfigurationsDecodeStrictly(t *testing.T) {
	asOf := noonOf(2024, 5, 1)
	for _, cfg := range []any{
		&nps.Scale{Min: 1, Max: 5, Detractor: 2, Promoter: 4},
		&nps.CompareConfig{Test: nps.PooledTest, Level: 0.9},
		&nps.CompareAllConfig{CompareConfig: nps.CompareConfig{Level: 0.9}, Reference: "a"},
		&nps.Dirichlet{Detractors: 1, Passives: 2, Promoters: 3},
		&nps.SampleSize{MarginOfError: 5, Method: nps.Wald},
		&nps.Detectable{Difference: 10, Power: 0.9},
		&nps.ChangeConfig{AsOf: asOf, Replicates: 99},
		&nps.TrendConfig{AsOf: asOf, Rolling: 3, Method: nps.Wald},
		&nps.PanelConfig{Scale: nps.CSATScale(), Calendar: monthly},
		&nps.RakeConfig{Scale: nps.OneToTen(), MaxWeight: 5},
		&nps.Dimension{Name: "sex", Categories: []nps.Category{{Name: "f", Population: 0.5}}},
		&nps.Category{Name: "f", Population: 0.5},
		&nps.DriverConfig{Scale: nps.OneToTen(), Resamples: 100},
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

func TestPosteriorJSON(t *testing.T) {
	p := verify.Must(answered(1, 2, 4).Posterior(nps.JeffreysPrior()))
	for _, c := range []nps.Posterior{p, {}} {
		data := verify.Must(json.Marshal(c))
		var read nps.Posterior
		if err := json.Unmarshal(data, &read); err != nil || read != c {
			t.Errorf("%v: %s", err, data)
		}
	}
	if err := json.Unmarshal([]byte(`{"detractors":-1,"passives":1,"promoters":1}`), &p); !errors.Is(err, clientele.ErrEncoding) || p.Parameters().Detractors != 1.5 {
		t.Error(err)
	}
}

func TestDriverReportJSON(t *testing.T) {
	r := nps.DriverReport{N: 9, R2: 0.5, Drivers: []nps.Driver{{Name: "price"}}, Warnings: []error{nps.ResampleWarning{Degenerate: 30, Resamples: 200}}}
	var read nps.DriverReport
	if err := json.Unmarshal(verify.Must(json.Marshal(r)), &read); err != nil || !reflect.DeepEqual(read, r) {
		t.Errorf("%v: %+v", err, read)
	}
}

// Values that nobody made answer, with errors where there is an error to return.
func TestNilValues(t *testing.T) {
	var p *nps.Panel
	var s *nps.Series
	asOf := noonOf(2024, 5, 1)
	for name, err := range map[string]error{
		"Add": p.Add(nps.Answer{At: asOf}), "AddN": p.AddN(nps.Answer{At: asOf}, 1), "AddAll": p.AddAll(clientele.All([]nps.Answer{})),
		"Merge": p.Merge(new(nps.Panel)), "Series": second(p.Series()), "MarshalBinary": second(p.MarshalBinary()), "UnmarshalBinary": p.UnmarshalBinary(nil),
	} {
		if !errors.Is(err, clientele.ErrMissing) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := s.Trend(nps.TrendConfig{AsOf: asOf}); !errors.Is(err, clientele.ErrEmpty) {
		t.Error(err)
	}
	p.Reset()
	if _, ok := p.Group(""); ok || p.N() != 0 || p.Clone() != nil || p.Groups() != nil || p.Total().N() != 0 || p.Config() != (nps.PanelConfig{}) {
		t.Error("a nil panel has answers")
	}
	if s.Periods() != nil || s.Total().N() != 0 {
		t.Error("a nil series has answers")
	}
	(*nps.Trend)(nil).Mark(nil)
	new(nps.Trend).Mark(nil)
}
