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
	storedModel
	Params           []FittedParam     `json:"params"`
	Unit             Span              `json:"unit,omitzero"`
	LogLik           float64           `json:"logLik"`
	AIC              float64           `json:"aic"`
	BIC              float64           `json:"bic"`
	Customers        int               `json:"customers"`
	DegreesOfFreedom int               `json:"degreesOfFreedom,omitempty"`
	Gradient         float64           `json:"gradient"`
	Evaluations      int               `json:"evaluations"`
	Covariance       [][]float64       `json:"covariance,omitempty"`
	LogCovariance    [][]float64       `json:"logCovariance,omitempty"`
	Warnings         []Warning         `json:"warnings,omitempty"`
	Replicates       []json.RawMessage `json:"replicates,omitempty"`
}

// MarshalJSON writes the versioned document that UnmarshalJSON reads.
func (f Fitted[M]) MarshalJSON() ([]byte, error) {
	if any(f.Model) == nil {
		return nil, fault.Of("ltv.Fitted.MarshalJSON", "Model", nil, rule.Want(clientele.ErrMissing, "a fit that Fit or Fixed made"))
	}
	model, err := storeModel(f.Model)
	if err != nil {
		return nil, err
	}
	doc := fittedJSON{
		storedModel: model, Params: f.Params, Unit: f.Unit,
		LogLik: f.LogLik, AIC: f.AIC, BIC: f.BIC, Customers: f.Customers, DegreesOfFreedom: f.DegreesOfFreedom, Gradient: f.Gradient, Evaluations: f.Evaluations,
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
	model, err := readModel[M](doc.storedModel, doc.Params)
	if err != nil {
		return out, err
	}
	out = Fitted[M]{
		Model: model, Params: doc.Params, Unit: doc.Unit,
		LogLik: doc.LogLik, AIC: doc.AIC, BIC: doc.BIC, Customers: doc.Customers, DegreesOfFreedom: doc.DegreesOfFreedom, Gradient: doc.Gradient, Evaluations: doc.Evaluations,
		Covariance: doc.Covariance, LogCovariance: doc.LogCovariance, Warnings: fault.Errors(doc.Warnings),
	}
	for i, raw := range doc.Replicates {
		m, err := decodeModel[M](fmt.Sprintf("replicates[%d]", i), doc.Name, raw)
		if err != nil {
			return out, err
		}
		out.Replicates = append(out.Replicates, m)
	}
	n := len(doc.Params)
	if err := checkCovariance("covariance", doc.Covariance, n); err != nil {
		return out, err
	}
	return out, checkCovariance("logCovariance", doc.LogCovariance, n)
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
