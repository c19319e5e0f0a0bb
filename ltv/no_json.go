package ltv

import "github.com/clientele-go/clientele/internal/fault"

// A type that embeds one of the types below has no JSON form: encoding and decoding it are
// errors that name what to use instead.
type (
	outlookJSON    struct{}
	forecasterJSON struct{}
	designJSON     struct{}
	sampleJSON     struct{}
	summariesJSON  struct{}
	historyJSON    struct{}
)

// MarshalJSON refuses: an outlook has no JSON form; store the model and the [Summary].
func (outlookJSON) MarshalJSON() ([]byte, error) {
	return nil, fault.NoJSON("ltv.Outlook.MarshalJSON", "its answers, such as Alive and Expected, or JSON of the model and the Summary")
}

// UnmarshalJSON refuses, as MarshalJSON does.
func (*outlookJSON) UnmarshalJSON([]byte) error {
	return fault.NoJSON("ltv.Outlook.UnmarshalJSON", "JSON of the model and the Summary, and Model.Given")
}

// MarshalJSON refuses: a forecaster has no JSON form; store the fitted models and the
// [ForecastConfig].
func (forecasterJSON) MarshalJSON() ([]byte, error) {
	return nil, fault.NoJSON("ltv.Forecaster.MarshalJSON", "JSON of the fitted models and the ForecastConfig, and NewForecaster")
}

// UnmarshalJSON refuses, as MarshalJSON does.
func (*forecasterJSON) UnmarshalJSON([]byte) error {
	return fault.NoJSON("ltv.Forecaster.UnmarshalJSON", "JSON of the fitted models and the ForecastConfig, and NewForecaster")
}

// MarshalJSON refuses: a design has no JSON form; store its [Covariates], and add the
// summaries again.
func (designJSON) MarshalJSON() ([]byte, error) {
	return nil, fault.NoJSON("ltv.Design.MarshalJSON", "JSON of its Covariates, and the summaries added again to NewDesign")
}

// UnmarshalJSON refuses, as MarshalJSON does.
func (*designJSON) UnmarshalJSON([]byte) error {
	return fault.NoJSON("ltv.Design.UnmarshalJSON", "JSON of its Covariates, and the summaries added again to NewDesign")
}

// MarshalJSON refuses: a sample has no JSON form; store the [Summaries] it is made of.
func (sampleJSON) MarshalJSON() ([]byte, error) {
	return nil, fault.NoJSON("ltv.Sample.MarshalJSON", "Summaries.MarshalBinary to store what it is made of, All to show it")
}

// UnmarshalJSON refuses, as MarshalJSON does.
func (*sampleJSON) UnmarshalJSON([]byte) error {
	return fault.NoJSON("ltv.Sample.UnmarshalJSON", "Summaries.UnmarshalBinary and Summaries.Sample, or NewSample")
}

// MarshalJSON refuses: summaries have no JSON form; their binary form is stored.
func (summariesJSON) MarshalJSON() ([]byte, error) {
	return nil, fault.NoJSON("ltv.Summaries.MarshalJSON", "MarshalBinary to store summaries, All or Observed to show them")
}

// UnmarshalJSON refuses, as MarshalJSON does.
func (*summariesJSON) UnmarshalJSON([]byte) error {
	return fault.NoJSON("ltv.Summaries.UnmarshalJSON", "UnmarshalBinary, which reads stored summaries")
}

// MarshalJSON refuses: a history has no JSON form; its binary form is stored.
func (historyJSON) MarshalJSON() ([]byte, error) {
	return nil, fault.NoJSON("ltv.History.MarshalJSON", "MarshalBinary to store a history, Summary or Holdout to show it")
}

// UnmarshalJSON refuses, as MarshalJSON does.
func (*historyJSON) UnmarshalJSON([]byte) error {
	return fault.NoJSON("ltv.History.UnmarshalJSON", "UnmarshalBinary, which reads a stored history")
}
