package ltv

import (
	"cmp"
	"fmt"
	"iter"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/rule"
)

// Comparison holds models that were fitted to the same base, the best by BIC first, models
// of equal BIC by name. Models that could not be fitted come last, by name.
type Comparison struct {
	Customers int        `json:"customers"`         // number of customers in the base
	Unit      Span       `json:"unit,omitzero"`     // the unit of time; zero where it is not known
	Horizon   float64    `json:"horizon,omitempty"` // the length of the holdout, in units of time; 0 = none
	Models    []Compared `json:"models"`
}

// Compared is one model of a [Comparison].
type Compared struct {
	Name string        // the model's name, with its setting: "BG/CNBD-2"
	Fit  Fitted[Model] // the fit; if Err is not nil, zero or the best point found
	Err  error         // why there is no fit, or nil

	// DeltaAIC and DeltaBIC are the differences from the smallest AIC and BIC of the
	// comparison.
	DeltaAIC, DeltaBIC float64

	// WeightAIC and WeightBIC are exp(-delta/2), divided by their sum over the models
	// that were fitted. WeightBIC is approximately the probability that the model is
	// true, if one of the models is and all were equally likely before the data;
	// WeightAIC is Akaike's weight.
	WeightAIC, WeightBIC float64

	Holdout    *Validation // how the fit did in the holdout; nil if there is no holdout, or if Err or HoldoutErr is not nil
	HoldoutErr error       // why there is no Validation though there is a holdout, or nil
}

// Compare fits models to the summaries of a base and, where the base has a
// holdout, validates the fits:
//
//	c, err := ltv.Compare(summaries.Observed(), []ltv.Model{ltv.BGNBD{}, ltv.ParetoNBD{}}, ltv.FitConfig{})
//	fmt.Print(c)
//
// Only the type and the settings (K of [BGCNBD] and [MBGCNBD]) of each model are used;
// its parameters are ignored, as in [Fit]. The keys of base do not matter. Priors must be
// about parameters that all models have. A model that cannot be fitted stays in the
// comparison with its error.
//
// Log-likelihoods are those of the times of purchases, so they can be compared. Those
// of models in discrete time ([BGBB]) are of counts at opportunities, and can be
// compared with each other alone.
//
// Compare returns a [clientele.InputError] with the position of a record of base that cannot
// be used, and [clientele.ErrEmpty] if there are no customers or no models.
//
// Sources: Burnham & Anderson, Model Selection and Multimodel Inference (2002),
// section 2.9, for the weights; Schwarz, Estimating the Dimension of a Model,
// Annals of Statistics 6 (1978), for BIC.
func Compare[K any](base iter.Seq2[K, Observed], models []Model, cfg FitConfig) (*Comparison, error) {
	const op = "ltv.Compare"
	if len(models) == 0 {
		return nil, fault.Of(op, "models", nil, rule.Because(clientele.ErrEmpty, "no models", "at least one, such as BGNBD{}"))
	}
	for i, m := range models {
		if m == nil {
			return nil, fault.Of(op, fmt.Sprintf("models[%d]", i), nil, errNoModel)
		}
		if _, err := cfg.fill(op, m.family().Names); err != nil {
			return nil, err
		}
	}
	b, err := readObserved(op, base)
	if err != nil {
		return nil, err
	}
	c := &Comparison{Customers: b.customers, Unit: b.unit, Horizon: b.horizon}
	h := b.sample()
	for _, m := range models {
		c.Models = append(c.Models, b.compared(m, h, cfg))
	}
	c.rank()
	return c, nil
}

// compared fits one model and validates it.
func (b *observedBase) compared(m Model, h *Sample, cfg FitConfig) Compared {
	fit, err := Fit(m, h, cfg)
	if err != nil {
		return Compared{Name: label(m), Fit: fit, Err: err}
	}
	c := Compared{Name: label(fit.Model), Fit: fit}
	if b.horizon == 0 {
		return c
	}
	how, err := ValidateConfig{Level: cfg.Level, Workers: cfg.Workers}.fill("ltv.Compare")
	if err != nil {
		c.HoldoutErr = err
		return c
	}
	v, err := b.validate(fit.Model, how)
	if err != nil {
		c.HoldoutErr = err
		return c
	}
	c.Holdout = &v
	return c
}

// label is the name of a model with the setting that it leaves open.
func label(m Model) string {
	k := 0
	switch m := m.(type) {
	case BGCNBD:
		k = m.K
	case MBGCNBD:
		k = m.K
	}
	if k < 1 {
		return m.Name()
	}
	return strings.TrimSuffix(m.Name(), "k") + strconv.Itoa(k)
}

// rank sorts the models and weighs those that were fitted.
func (c *Comparison) rank() {
	bic := func(m Compared) float64 {
		if m.Err != nil {
			return math.Inf(1)
		}
		return m.Fit.BIC
	}
	slices.SortStableFunc(c.Models, func(a, b Compared) int {
		return cmp.Or(cmp.Compare(bic(a), bic(b)), cmp.Compare(a.Name, b.Name))
	})
	fitted := len(c.Models)
	for fitted > 0 && c.Models[fitted-1].Err != nil {
		fitted--
	}
	weigh(c.Models[:fitted],
		func(m *Compared) float64 { return m.Fit.AIC },
		func(m *Compared) (delta, weight *float64) { return &m.DeltaAIC, &m.WeightAIC })
	weigh(c.Models[:fitted],
		func(m *Compared) float64 { return m.Fit.BIC },
		func(m *Compared) (delta, weight *float64) { return &m.DeltaBIC, &m.WeightBIC })
}

// weigh sets the differences and weights by a criterion.
func weigh(models []Compared, criterion func(m *Compared) float64, at func(m *Compared) (delta, weight *float64)) {
	least, sum := math.Inf(1), 0.0
	for i := range models {
		least = min(least, criterion(&models[i]))
	}
	for i := range models {
		delta, weight := at(&models[i])
		*delta = criterion(&models[i]) - least
		*weight = math.Exp(-*delta / 2)
		sum += *weight
	}
	for i := range models {
		_, weight := at(&models[i])
		*weight /= sum
	}
}
