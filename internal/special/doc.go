// Package special holds the special functions and quadratures of the
// customer-value models.
//
// [LogMills] is the integral in the likelihood of the Pareto/NBD model, [BetaGeoMean] is
// the mean of the BG/NBD model. Both are hypergeometric functions 2F1 that choose between
// a power series, a transformed one, a continued fraction and a quadrature by what each
// would cost and lose, and report false where none is known to be exact to 1e-10.
// [LogBetaMean] is a mean over a beta distribution of whatever falls with it.
//
// The others are exact for all arguments in their domain, which the caller
// keeps: [LogRise] and [DigammaRise], [LogBeta] and [LogBetaSlope],
// [LogNegBin] and [NegBinTail], [NormalQuantile], [StudentQuantile] and
// [StudentTail]. [Integrate] is for whatever has no such form, with [Legendre] for
// panels of one's own. [Softplus], [LogAdd], [Expm1Ratio], [LogSum] and the like keep
// digits where logarithms and exponentials meet.
//
// DLMF is the NIST Digital Library of Mathematical Functions, dlmf.nist.gov.
package special
