package ltv

import (
	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/ltv/internal/maximum"
)

// FitTask is [Fit] for models of other data than a [Sample]. It serves the packages below
// this one, whose own functions call it, such as Fit of package contract: call those.
func FitTask[M Parametric](t maximum.Task, cfg FitConfig) (Fitted[M], error) {
	cfg, err := cfg.fill(t.Op, t.Names)
	if err != nil {
		return Fitted[M]{}, err
	}
	open := func(*Sample, int) (*fitting, error) {
		p, customers, err := t.Open()
		return &fitting{Problem: p, customers: customers}, err
	}
	fit, err := fitFamily[M](family{Family: t.Family, build: t.Build, open: open}, nil, cfg)
	return fit, fault.Renamed(t.Op, err)
}
