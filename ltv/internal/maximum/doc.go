// Package maximum finds the parameters at which the likelihood of a model is highest, or
// the end towards which it rises, whatever the start.
//
//	search := maximum.NewSearch(problem, maximum.Config{MaxEvaluations: 1000})
//	point := search.Run()
//	warnings := search.Warnings // what is to be said of it
//
// Package climb does the climbing. This package knows what a likelihood of customers looks
// like: which coordinates make it a hill, where it has no summit, and what that means.
//
// # Scale
//
// All parameters are positive, and a climb moves their logarithms, in units of the data's
// own making (times over their mean, money over its geometric mean), so that nothing depends
// on the host's units. A gamma or beta distribution of something over customers has a shape
// and a scale parameter, [Family.ShapeOf] tells which belong together; the coordinates are
// then the logarithms of the shape and of shape over scale, which is its mean or odds. So a
// distribution that narrows around a mean that the data know moves along one axis.
//
// Shapes are searched from e^-14 to e^21, ratios from e^-28 to e^28: beyond, no data tell
// one value from another. What ends there is stopped.
//
// # Ends
//
// A likelihood may have a summit inside. Or it rises for ever, towards one of its ends, where
// the model becomes a simpler one:
//
//   - never: the drop-out parameter is 0, and nobody ever drops out. Where the likelihood is
//     not higher anywhere else, the answer is this end, with [NoDropOut].
//   - alike: a shape and its scale grow in a steady ratio (or a shape alone, see
//     [Family.Alone]). The distribution narrows to a point: customers are alike in it.
//   - polarised: a shape and its scale vanish in a steady ratio. The distribution moves into
//     both corners: customers are at one extreme or the other.
//   - nested: a rate and a scale vanish in a steady ratio, and the family becomes another
//     with fewer parameters, see [Nested].
//   - stopped: a coordinate comes to where the search stops, for no reason known here.
//
// All but the first come with [AtEnd], and the parameter.
//
// # Order
//
// The ends are tried in an order in which each is met by the climb that can find it:
//
//  1. The maximum of the nested family, by this same order. What it is tells where to
//     start, and the answer is it unless something is higher.
//  2. The maximum at never, by the two parameters of purchasing: where to start, and what
//     the rest has to beat. Of large data a thinned sample is asked first, and where that
//     leaves no doubt that customers drop out the end is not looked at.
//  3. A climb from the likeliest of several starts; of large data, from where the climb on
//     the sample led, with its curvature.
//  4. Each shape that came out suspiciously large is followed to alike, each that came out
//     suspiciously small to polarised, by a climb with the shape held there. It stays if the
//     likelihood does not fall, so the answer does not depend on where on a ridge the climb
//     gave up.
//  5. The winner of this and never, then of this and nested. What is as likely as an end is
//     the end.
//  6. Coordinates that stopped.
//
// # Determinism
//
// Like a climb, a search depends on its arguments alone.
package maximum
