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

const (
	fittedVersion = 1
	opFittedJSON  = "ltv.Fitted.UnmarshalJSON"
)

var errCovariance = rule.Because(rule.Range, "not a covariance matrix of the parameters", "a symmetric matrix with a row for each parameter and no negative variance")

// MarshalJSON writes the versioned document that UnmarshalJSON reads.
func (f Fitted[M]) MarshalJSON() ([]byte, error) {
	if any(f.Model) == nil {
		return nil, fault.Missing("ltv.Fitted.MarshalJSON", "Model")
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
// be any. On an error ([clientele.ErrEncoding], or [clientele.ErrMismatch] for another
// model) the receiver stays as it was.
func (f *Fitted[M]) UnmarshalJSON(data []byte) error {
	var doc fittedJSON
	if err := strict.Into[clientele.InputError](opFittedJSON, data, &doc); err != nil {
		return err
	}
	if doc.Version != fittedVersion {
		return undecodable("version", doc.Version, rule.Want(rule.Unknown, "%d, which this version of the library writes", fittedVersion))
	}
	model, err := decodeModel[M](doc.Name, doc.Model)
	if err != nil {
		return err
	}
	out := Fitted[M]{
		Model: model, Params: doc.Params, Unit: doc.Unit,
		LogLik: doc.LogLik, AIC: doc.AIC, BIC: doc.BIC, Customers: doc.Customers, Gradient: doc.Gradient, Evaluations: doc.Evaluations,
		Covariance: doc.Covariance, LogCovariance: doc.LogCovariance, Warnings: asErrors(doc.Warnings),
	}
	for _, raw := range doc.Replicates {
		m, err := decodeModel[M](doc.Name, raw)
		if err != nil {
			return err
		}
		out.Replicates = append(out.Replicates, m)
	}
	if err := out.check(); err != nil {
		return err
	}
	*f = out
	return nil
}

// check compares a decoded fit with its model.
func (f *Fitted[M]) check() error {
	params := f.Model.Parameters()
	if len(f.Params) != len(params) {
		return undecodable("params", len(f.Params), rule.Because(rule.Mismatch, "not the parameters of the model", "%d parameters", len(params)))
	}
	for i, p := range params {
		if q := f.Params[i]; q.Name != p.Name || q.Value != p.Value {
			return undecodable(fmt.Sprintf("params[%d]", i), fmt.Sprintf("%s = %v", q.Name, q.Value),
				rule.Because(rule.Mismatch, "not the parameter of the model", "%s = %v", p.Name, p.Value))
		}
	}
	if !f.Unit.IsZero() {
		if err := f.Unit.checkUnit(); err != nil {
			return undecodable("unit", f.Unit, err)
		}
	}
	if f.Covariance != nil && !isCovariance(f.Covariance, len(params)) {
		return undecodable("covariance", nil, errCovariance)
	}
	if f.LogCovariance != nil && !isCovariance(f.LogCovariance, len(params)) {
		return undecodable("logCovariance", nil, errCovariance)
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

// decodeModel reads the parameters of the named model.
func decodeModel[M Estimable](name string, data json.RawMessage) (M, error) {
	var none M
	for _, decode := range decoders {
		m, err := decode(name, data)
		if m == nil {
			continue
		}
		if err == nil {
			err = m.Validate()
		}
		if err != nil {
			if in, ok := err.(*clientele.InputError); ok && in.Field != "" {
				return none, undecodable("model."+in.Field, in.Value, in.Err)
			}
			return none, undecodable("model", name, err)
		}
		if out, ok := m.(M); ok {
			return out, nil
		}
		return none, undecodable("name", name, rule.Because(rule.Mismatch, "another model", "the model that is read into, or a Fitted[Model] to read it into"))
	}
	return none, undecodable("name", name, rule.Want(rule.Unknown, "the name of a model of this version of the library, such as %s", BGNBD{}.Name()))
}

// decoders read models, each its own.
var decoders = [...]func(name string, data []byte) (Estimable, error){
	decoder[NBD], decoder[BGNBD], decoder[MBGNBD], decoder[BGCNBD], decoder[MBGCNBD], decoder[ParetoNBD],
	decoder[GGomNBD], decoder[BGBB], decoder[GammaGamma], decoder[SBG], decoder[BdW],
}

// decoder reads an M; nil if the name is another model's.
func decoder[M Estimable](name string, data []byte) (Estimable, error) {
	var m M
	if m.Name() != name {
		return nil, nil
	}
	return m, strict.Into[clientele.InputError](opFittedJSON, data, &m)
}

// undecodable is an error that matches [clientele.ErrEncoding].
func undecodable(field string, value any, err error) error {
	return &clientele.InputError{
		Op: opFittedJSON, Index: -1, Field: field, Value: value, Err: rule.Also(rule.Encoding, err),
	}
}
