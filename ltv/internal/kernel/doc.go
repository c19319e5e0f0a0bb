// Package kernel is the mathematics of the models of buying and dropping out: what one
// customer did, and will do, by given parameters. A [Kernel] has no names, no units and
// no errors; package ltv checks what it is asked and explains the answers.
//
//	[BetaGeometric]  dropping out after a purchase: BG/NBD, MBG/NBD, BG/CNBD-k, MBG/CNBD-k
//	[Lifetime]       dropping out at any time: NBD and Pareto/NBD with [Pareto], GGom/NBD with gompertz.Life
//	[BetaBernoulli]  buying and dropping out at opportunities: BG/BB
//	[BetaWeibull]    leaving at the end of a period: sBG and BdW, which are no Kernels
//
// What the living will bring depends on little of a history, so a [Cache] keeps it for a
// base.
package kernel
