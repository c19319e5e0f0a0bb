// Package climb finds the maximum of a smooth likelihood of a dozen parameters
// or fewer from its value and gradient, in few evaluations.
//
//	result := climb.Maximize(logLikelihood, start, climb.Options{})
//	covariance, ok := climb.Inverse(result.Hessian)
//
// # Scale
//
// The coordinates are logarithms of parameters or the like: a change of 1 is a
// large one but not absurd, and a change of 1e-5 changes second derivatives by
// about one part in 1e5. The value is a log-likelihood: a gain of 1 matters, and
// second derivatives may have the size of the sample.
//
// # Method
//
// The climb is a quasi-Newton method with a trust region. A quadratic model of
// the function, updated by the BFGS formula with Powell's damping, is maximised
// exactly in the box that the bounds and the trust region have in common. The
// damping and the formula are those of Nocedal & Wright, Numerical Optimization
// (2nd ed.), sections 6.1 and 18.3, the first scaling of the model is that of
// Shanno & Phua, Matrix conditioning and nonlinear optimization, Math. Prog. 14
// (1978).
//
// Once steps are short, central differences of the gradient give the Hessian,
// and Newton steps with it finish the climb. Where the Hessian is not negative
// definite, its eigenvalues are replaced by their absolute values and the climb
// goes on; a stationary point with a direction of positive curvature is left
// along that direction.
//
// # Determinism
//
// A call depends on its arguments alone, starts no goroutine and keeps nothing.
// The sequence of points at which the function is asked is the same each time.
package climb
