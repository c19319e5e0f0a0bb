package ltv

import (
	"encoding/json"

	"github.com/clientele-go/clientele/internal/fault"
)

// comparedJSON is the JSON form of a [Compared].
type comparedJSON struct {
	Name         string         `json:"name"`
	Fit          *Fitted[Model] `json:"fit,omitempty"`
	Error        string         `json:"error,omitempty"`
	DeltaAIC     float64        `json:"deltaAIC"`
	DeltaBIC     float64        `json:"deltaBIC"`
	WeightAIC    float64        `json:"weightAIC"`
	WeightBIC    float64        `json:"weightBIC"`
	Holdout      *Validation    `json:"holdout,omitempty"`
	HoldoutError string         `json:"holdoutError,omitempty"`
}

// MarshalJSON writes the model with its errors as texts, for people and pages. It is not
// read back: store the Fit.
func (c Compared) MarshalJSON() ([]byte, error) {
	out := comparedJSON{
		Name: c.Name, Error: textOf(c.Err),
		DeltaAIC: c.DeltaAIC, DeltaBIC: c.DeltaBIC, WeightAIC: c.WeightAIC, WeightBIC: c.WeightBIC,
		Holdout: c.Holdout, HoldoutError: textOf(c.HoldoutErr),
	}
	if c.Fit.Model != nil {
		out.Fit = &c.Fit
	}
	return json.Marshal(out)
}

// UnmarshalJSON always returns [clientele.ErrEncoding], since the errors of a comparison
// are texts in JSON.
func (c *Compared) UnmarshalJSON([]byte) error {
	return fault.NoJSON("ltv.Compared.UnmarshalJSON", "the Fit, which can be stored and read")
}

// textOf is an error's text; "" for nil.
func textOf(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}
