package ltv

import (
	"encoding/json"
	"fmt"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/rule"
	"github.com/clientele-go/clientele/internal/strict"
)

// fittedVersion is the version of the stored forms of fits.
const fittedVersion = 1

// storedModel is how the stored form of a fit begins.
type storedModel struct {
	Version int             `json:"version"`
	Name    string          `json:"name"` // of the model
	Model   json.RawMessage `json:"model"`
}

// storeModel returns the beginning of the stored form of a fit.
func storeModel(m Parametric) (storedModel, error) {
	data, err := json.Marshal(m)
	if err != nil {
		return storedModel{}, err
	}
	return storedModel{fittedVersion, m.Name(), data}, nil
}

// readModel returns the model of a stored fit, whose parameters have these estimates.
func readModel[M Parametric](stored storedModel, params []FittedParam) (m M, err error) {
	if stored.Version != fittedVersion {
		return m, fault.Of("", "version", stored.Version, rule.Want(clientele.ErrUnknown, "%d, which this version of the library writes", fittedVersion))
	}
	if m, err = decodeModel[M]("model", stored.Name, stored.Model); err != nil {
		return m, err
	}
	return m, checkParams(m, params)
}

// checkParams compares decoded estimates with the model.
func checkParams(m Parametric, params []FittedParam) error {
	of := m.Parameters()
	if len(params) != len(of) {
		return fault.Of("", "params", len(params), rule.Because(clientele.ErrMismatch, "not the parameters of the model", "%d parameters", len(of)))
	}
	for i, p := range of {
		if q := params[i]; q.Name != p.Name || q.Value != p.Value {
			return fault.Of("", fmt.Sprintf("params[%d]", i), fmt.Sprintf("%s = %v", q.Name, q.Value),
				rule.Because(clientele.ErrMismatch, "not the parameter of the model", "%s = %v", p.Name, p.Value))
		}
	}
	return nil
}

// decodeModel reads the parameters of the named model, which stand in a field.
func decodeModel[M Parametric](field, name string, data json.RawMessage) (M, error) {
	var none M
	for _, decode := range decodersOf(none) {
		m, err := decode(name, data)
		if m == nil {
			continue
		}
		if err == nil {
			err = m.Validate()
		}
		if in, ok := err.(*clientele.InputError); ok && in.Field != "" {
			return none, fault.Of("", field+"."+in.Field, in.Value, in.Err)
		}
		if err != nil {
			return none, fault.Of("", field, name, err)
		}
		if out, ok := m.(M); ok {
			return out, nil
		}
		break
	}
	if any(none) == nil {
		return none, fault.Of("", "name", name, rule.Because(clientele.ErrMismatch, "a fit of a model that the Fitted cannot hold", "a Fitted of the model's own type"))
	}
	return none, fault.Of("", "name", name, rule.Because(clientele.ErrMismatch, "a fit of another model", "%q, or a Fitted[ltv.Model] for any model of purchases", none.Name()))
}

// decodersOf are those of the models that an M can be: itself, or where it is an
// interface each model of this package.
func decodersOf[M Parametric](none M) []func(name string, data []byte) (Parametric, error) {
	if any(none) != nil {
		return []func(name string, data []byte) (Parametric, error){decoder[M]}
	}
	return []func(name string, data []byte) (Parametric, error){
		decoder[NBD], decoder[BGNBD], decoder[MBGNBD], decoder[BGCNBD], decoder[MBGCNBD], decoder[ParetoNBD],
		decoder[GGomNBD], decoder[BGBB], decoder[GammaGamma],
	}
}

// decoder reads an M; nil if the name is another model's.
func decoder[M Parametric](name string, data []byte) (Parametric, error) {
	var m M
	if m.Name() != name {
		return nil, nil
	}
	err := strict.Into[clientele.InputError]("", data, &m)
	return m, err
}
