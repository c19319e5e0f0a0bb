package ltv

import (
	"encoding/json"
	"fmt"
	"math"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/rule"
	"github.com/clientele-go/clientele/internal/strict"
)

// fittedJSON is the stored form of a [Fitted]: a document of some hundred bytes
// from which customers are scored without the data it was fitted to.
type fittedJSON struct {
	Version       int               `json:"version"`
	Name          string            `json:"name"` // of the model
	Model         json.RawMessage   `json:"model"`
	Params        []FittedParam     `json:"params"`
	Unit          Span              `json:"unit,omitzero"`
	LogLik        float64           `json:"logLik"`
	AIC           float64           `json:"aic"`
	BIC           float64           `json:"bic"`
	Customers     int               `json:"customers"`
	Gradient      float64           `json:"gradient"`
	Evaluations   int               `json:"evaluations"`
	Covariance    [][]float64       `json:"covariance,omitempty"`
	LogCovariance [][]float64       `json:"logCovariance,omitempty"`
	Warnings      []Warning         `json:"warnings,omitempty"`
	Replicates    []json.RawMessage `json:"replicates,omitempty"`
}

const fittedVersion = 1

// MarshalJSON writes the versioned document that UnmarshalJSON reads.
func (f Fitted[M]) MarshalJSON() ([]byte, error) {
	if any(f.Model) == nil {
		return nil, fault.Of("ltv.Fitted.MarshalJSON", "Model", nil, rule.Want(clientele.ErrMissing, "a fit that Fit or Fixed made"))
	}
	model, err := json.Marshal(f.Model)
	if err != nil {
		return nil, err
	}
	doc := fittedJSON{
		Version: fittedVersion, Name: f.Model.Name(), Model: model, Params: f.Params, Unit: f.Unit,
		LogLik: f.LogLik, AIC: f.AIC, BIC: f.BIC, Customers: f.Customers, Gradient: f.Gradient, Evaluations: f.Evaluations,
		Covariance: f.Covariance, LogCovariance: f.LogCovariance, Warnings: asWarnings(f.Warnings),
	}
	for _, m := range f.Replicates {
		raw, err := json.Marshal(m)
		if err != nil {
			return nil, err
		}
		doc.Replicates = append(doc.Replicates, raw)
	}
	return json.Marshal(doc)
}

// UnmarshalJSON reads a stored fit and checks it: keys, version, parameters and
// the shape of the covariances. The model must be an M; where M is [Model], it may
// be any model of purchases. On an error ([clientele.ErrEncoding], or [clientele.ErrMismatch] for another
// model) the receiver stays as it was.
func (f *Fitted[M]) UnmarshalJSON(data []byte) error {
	out, err := decodeFitted[M](data)
	if err != nil {
		return fault.Encoding("ltv.Fitted.UnmarshalJSON", err)
	}
	*f = out
	return nil
}

func decodeFitted[M Parametric](data []byte) (out Fitted[M], err error) {
	var doc fittedJSON
	if err := strict.Into[clientele.InputError]("", data, &doc); err != nil {
		return out, err
	}
	if err := checkVersion(doc.Version); err != nil {
		return out, err
	}
	model, err := decodeModel[M]("model", doc.Name, doc.Model)
	if err != nil {
		return out, err
	}
	out = Fitted[M]{
		Model: model, Params: doc.Params, Unit: doc.Unit,
		LogLik: doc.LogLik, AIC: doc.AIC, BIC: doc.BIC, Customers: doc.Customers, Gradient: doc.Gradient, Evaluations: doc.Evaluations,
		Covariance: doc.Covariance, LogCovariance: doc.LogCovariance, Warnings: fault.Errors(doc.Warnings),
	}
	for i, raw := range doc.Replicates {
		m, err := decodeModel[M](fmt.Sprintf("replicates[%d]", i), doc.Name, raw)
		if err != nil {
			return out, err
		}
		out.Replicates = append(out.Replicates, m)
	}
	if err := checkParams(model, doc.Params); err != nil {
		return out, err
	}
	n := len(doc.Params)
	if err := checkCovariance("covariance", doc.Covariance, n); err != nil {
		return out, err
	}
	return out, checkCovariance("logCovariance", doc.LogCovariance, n)
}

func checkVersion(version int) error {
	if version != fittedVersion {
		return fault.Of("", "version", version, rule.Want(clientele.ErrUnknown, "%d, which this version of the library writes", fittedVersion))
	}
	return nil
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

// checkCovariance refuses what is no covariance matrix of n numbers; nil is none.
func checkCovariance(field string, cov [][]float64, n int) error {
	if cov != nil && !isCovariance(cov, n) {
		return fault.Of("", field, nil, rule.Because(clientele.ErrRange, "not a covariance matrix of the parameters", "a symmetric matrix of %d rows with no negative variance", n))
	}
	return nil
}

// isCovariance reports whether a matrix is n by n, symmetric, and has no negative
// variance.
func isCovariance(cov [][]float64, n int) bool {
	if len(cov) != n {
		return false
	}
	for i, row := range cov {
		if len(row) != n || row[i] < 0 {
			return false
		}
		for j := range i {
			if math.Abs(row[j]-cov[j][i]) > 1e-9*math.Sqrt(row[i]*cov[j][j]) {
				return false
			}
		}
	}
	return true
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
