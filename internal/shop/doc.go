// Package shop simulates a shop for home and office electronics, so that
// examples and tests have believable receipts whose truth is known.
//
// # The model
//
// Customers arrive over the whole period through one of several channels. Each
// has a buying rate and a drop-out rate, both drawn from gamma distributions as
// in the Pareto/NBD model, scaled by the channel; a customer buys by a Poisson
// process until an exponential lifetime ends. On top of that the shop has what
// makes real data untidy: seasons, weekdays and shop hours in local time, sales
// and coupons, jobs that bring add-ons weeks later, lead magnets that convert
// only some, gifts, refunds, referrals, staff, and costs. No model that is
// fitted to it is exactly true.
//
// Effects that a report should find are planted on purpose and are fields of
// [Config], so that a test can switch one off and look again.
//
// # Determinism
//
// [Simulate] takes its randomness from the source it is given. The same source
// and configuration give the same receipts on the same kind of processor; the
// last digit of a floating-point function, and with it a draw, may differ on
// another.
package shop
