// Package regression fits models whose parameters depend on covariates of customers.
//
//	r, err := regression.New(problem, design, model, cfg)
//	result := r.Run()
//
// It climbs the likelihood of groups of customers with equal covariates, by the parameters
// of a customer with mean covariates and by the effects, each per reach of its covariate, so
// that neither the unit nor the origin of a covariate matters; and it turns the result back.
//
// Package maximum names the ends that a likelihood of parameters may rise to. Effects have two
// more: one that the data do not determine is 0, and one that grows without bound, as that of
// a covariate whose bearers never buy again, is stopped at 20 reaches, with the parameters
// that run away with it. Where the likelihood rises beyond, since few customers are far
// beyond all others, the search goes on.
package regression
