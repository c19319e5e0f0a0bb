package ltv

import (
	"encoding/json"
	"fmt"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/rule"
	"github.com/clientele-go/clientele/internal/strict"
)

// fittedCovariatesJSON is the stored form of a [FittedCovariates].
type fittedCovariatesJSON struct {
	storedModel
	Covariates       Covariates    `json:"covariates"` // of the design
	Params           []FittedParam `json:"params"`
	Purchase         []Effect      `json:"purchase,omitempty"`
	DropOut          []Effect      `json:"dropOut,omitempty"`
	LogLik           float64       `json:"logLik"`
	AIC              float64       `json:"aic"`
	BIC              float64       `json:"bic"`
	Customers        int           `json:"customers"`
	DegreesOfFreedom int           `json:"degreesOfFreedom,omitempty"`
	Free             int           `json:"free"`
	Gradient         float64       `json:"gradient"`
	Evaluations      int           `json:"evaluations"`
	LogCovariance    [][]float64   `json:"logCovariance,omitempty"`
	Warnings         []Warning     `json:"warnings,omitempty"`
}

// MarshalJSON writes the versioned document that UnmarshalJSON reads.
func (f FittedCovariates[M]) MarshalJSON() ([]byte, error) {
	model, err := storeModel(f.Model)
	if err != nil {
		return nil, err
	}
	return json.Marshal(fittedCovariatesJSON{
		storedModel: model, Covariates: f.names, Params: f.Params, Purchase: f.Purchase, DropOut: f.DropOut,
		LogLik: f.LogLik, AIC: f.AIC, BIC: f.BIC, Customers: f.Customers, DegreesOfFreedom: f.DegreesOfFreedom, Free: f.Free, Gradient: f.Gradient, Evaluations: f.Evaluations,
		LogCovariance: f.LogCovariance, Warnings: asWarnings(f.Warnings),
	})
}

// UnmarshalJSON reads a stored fit and checks it: keys, version, parameters, effects and
// the shape of the covariance. On an error ([clientele.ErrEncoding], or
// [clientele.ErrMismatch] for another model) the receiver stays as it was.
func (f *FittedCovariates[M]) UnmarshalJSON(data []byte) error {
	out, err := decodeFittedCovariates[M](data)
	if err != nil {
		return fault.Encoding("ltv.FittedCovariates.UnmarshalJSON", err)
	}
	*f = out
	return nil
}

func decodeFittedCovariates[M CovariateModel](data []byte) (out FittedCovariates[M], err error) {
	var doc fittedCovariatesJSON
	if err := strict.Into[clientele.InputError]("", data, &doc); err != nil {
		return out, err
	}
	model, err := readModel[M](doc.storedModel, doc.Params)
	if err != nil {
		return out, err
	}
	if err := checkEffects("purchase", doc.Purchase, doc.Covariates.Purchase); err != nil {
		return out, err
	}
	if doc.DropOut != nil { // none where nobody drops out
		if err := checkEffects("dropOut", doc.DropOut, doc.Covariates.DropOut); err != nil {
			return out, err
		}
	}
	if n := len(doc.LogCovariance); n < len(doc.Params) || n > len(doc.Params)+len(doc.Covariates.Purchase)+len(doc.Covariates.DropOut) {
		if doc.LogCovariance != nil {
			return out, fault.Of("", "logCovariance", n, rule.Because(clientele.ErrMismatch, "another number of rows than of estimates", "one for each parameter and each effect"))
		}
	}
	return FittedCovariates[M]{
		Model: model, Params: doc.Params, Purchase: doc.Purchase, DropOut: doc.DropOut,
		LogLik: doc.LogLik, AIC: doc.AIC, BIC: doc.BIC, Customers: doc.Customers, DegreesOfFreedom: doc.DegreesOfFreedom, Free: doc.Free, Gradient: doc.Gradient, Evaluations: doc.Evaluations,
		LogCovariance: doc.LogCovariance, Warnings: fault.Errors(doc.Warnings), names: doc.Covariates,
	}, checkCovariance("logCovariance", doc.LogCovariance, len(doc.LogCovariance))
}

// checkEffects compares decoded effects with the names of covariates.
func checkEffects(field string, effects []Effect, names []string) error {
	if len(effects) != len(names) {
		return fault.Of("", field, len(effects), rule.Because(clientele.ErrMismatch, "another number of effects than of covariates", "%d", len(names)))
	}
	for i, e := range effects {
		if e.Name != names[i] {
			return fault.Of("", fmt.Sprintf("%s[%d].name", field, i), e.Name, rule.Because(clientele.ErrMismatch, "another effect than of the covariate", "%q", names[i]))
		}
	}
	return nil
}
