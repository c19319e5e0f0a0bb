package contract

import (
	"encoding/json"
	"maps"
	"math"
	"testing"

	"github.com/clientele-go/clientele/internal/verify"
	"github.com/clientele-go/clientele/ltv"
)

// What users are told is reviewed as it is read.
func TestMessages(t *testing.T) {
	all := contractFaults()
	maps.Copy(all, tenureFaults())
	verify.Messages(t, "messages.txt", all)
}

func contractFaults() map[string]error {
	m := SBG{0.5, 1}
	_, _, noSource := m.Simulate(3, nil)
	fit := func(survivors ...int) error {
		d, err := NewTenures(survivors)
		if err != nil {
			return err
		}
		return verify.Second(Fit(BdW{}, d, ltv.FitConfig{}))
	}
	return map[string]error{
		"all parameters":     BdW{0, -1, math.Inf(1)}.Validate(),
		"parameters":         verify.Second(SBG{}.Survival(1)),
		"periods":            verify.Second(m.Survival(-1)),
		"period":             verify.Second(m.Retention(0)),
		"renewals":           verify.Second(m.DERL(1<<21, 0.1)),
		"rate":               verify.Second(m.DEL(-0.1)),
		"infinite mean":      verify.Second(m.DEL(0)),
		"no source":          noSource,
		"fit, no model":      verify.Second(Fit[Model](nil, Tenures{}, ltv.FitConfig{})),
		"fit, no tenures":    verify.Second(Fit(SBG{}, Tenures{}, ltv.FitConfig{})),
		"fit, nobody left":   fit(10, 10, 10, 10),
		"fit, nobody stayed": fit(10, 0),
		"fit, few periods":   fit(10, 5),
	}
}

func tenureFaults() map[string]error {
	var d Tenures
	spells := func(yield func(int, bool) bool) { yield(0, true) }
	return map[string]error{
		"tenures, one number":      verify.Second(NewTenures([]int{3})),
		"tenures, too long":        verify.Second(NewTenures(make([]int, 1<<21))),
		"tenures, negative":        verify.Second(NewTenures([]int{3, -1})),
		"tenures, nobody":          verify.Second(NewTenures([]int{0, 0})),
		"tenures, growing":         verify.Second(NewTenures([]int{3, 2, 3})),
		"tenures, no sequence":     verify.Second(CountSpells(nil)),
		"tenures, spell":           verify.Second(CountSpells(spells)),
		"tenures, customers":       d.AddCustomers(1, true, 0),
		"tenures, periods":         d.AddCustomers(-1, true, 1),
		"tenures, many periods":    d.AddCustomers(1<<21, true, 1),
		"tenures, JSON, lengths":   json.Unmarshal([]byte(`{"left":[0,1],"active":[0]}`), &d),
		"tenures, JSON, negative":  json.Unmarshal([]byte(`{"left":[0,-1],"active":[0,0]}`), &d),
		"tenures, JSON, left at 0": json.Unmarshal([]byte(`{"left":[1],"active":[0]}`), &d),
	}
}
